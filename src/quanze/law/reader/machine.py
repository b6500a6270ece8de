"""Titles, numbers and pointing words → citations, from left to right, each looked at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from quanze.law.citation import ANNEX
from quanze.law.reader.cited import Reading
from quanze.law.reader.clauses import OwnArticles, own_articles
from quanze.law.reader.entries import CitationEntry, Entries, nothing
from quanze.law.reader.known import Title, kind_of
from quanze.law.reader.lexicon import DATA, UNITS, pattern
from quanze.law.reader.notes import FORMER
from quanze.law.reader.passage import Passages
from quanze.law.reader.quotation import covered, quotations
from quanze.law.reader.rest import rest
from quanze.law.reader.scope import Pointer, Scope, pointers
from quanze.law.reader.units import FEW, Group, counted, groups, matter, pieces

if TYPE_CHECKING:
    from quanze.law.reader.folding import Folded
    from quanze.law.reader.known import TitledInstrument

_ARTICLE, _PARAGRAPH, _ITEM = 0, 1, 2
_LOOKED_BACK = 50
_TAIL = 24
_BEFORE = 8
_UNIT_BEFORE = 3
_NEAR = 150
"""What 前者 and 后者 mean stands no further back."""
_PICKED = 60
"""A 项 that is picked from an article stands no further behind it."""
_SENTENCE = re.compile("[。!?]")
_GAP = 30
"""A gap between two numbers that is longer joins nothing."""


_STATED = ("place", "title", "annex")
_NAMED = ("law", "other", "refused")
"""What a quoted number right after it belongs to, or to no law: 该条例“第三十条”."""
_RULES = frozenset(DATA["groups"]["规章"] + DATA["groups"]["法规"])
_OPEN_RUN = re.compile(r"(?:至|到|~|(?:^|[条款项目)0-9])-+)$")
_NO_WORD = Pointer(0, 0, "", "", "款")


@dataclass(slots=True)
class Machine:
    """One text on its way to a `Reading`."""

    text: Folded
    titles: list[Title]
    scope: Scope = field(default_factory=Scope)
    entries: Entries = field(default_factory=Entries)
    refused: list[tuple[int, int]] = field(default_factory=list)
    explained: list[tuple[int, int]] = field(default_factory=list)
    before: str = ""
    """What came last: title, other, law, article, paragraph, place or refused; nothing where text came between."""
    start: int = 0
    end: int = 0
    """Where that stands."""
    instrument: TitledInstrument | None = None
    inside: bool = False
    """Whether a quotation is open."""
    word: Pointer = _NO_WORD
    """The last word that pointed back."""
    own: bool = False
    """Whether it was 本法 or 本条."""
    facts: bool = False
    """Whether the text has spoken of an item of its own list of facts: 上述第（一）项."""
    plain: bool = False
    """Whether the last article stood without 第."""
    given: CitationEntry | None = None
    """The citation whose provision the last quotation gives."""
    articles: OwnArticles = field(default_factory=OwnArticles)
    """What articles of its own the text has."""
    pair: list[tuple[TitledInstrument, CitationEntry | None]] = field(default_factory=list)
    """What 前者 and 后者 mean, the law and its place, until another law is named."""
    passages: Passages = field(init=False)

    def __post_init__(self) -> None:
        """Look for the ends of sentences, once."""
        self.passages = Passages(self.text)

    def run(self) -> Reading:
        """Return what the text cites."""
        folded = self.text.text
        quotes = quotations(self.text, self.titles)
        edges = [edge for quote in quotes for edge in quote]
        within = covered(self.titles)
        numbers = [one for one in pieces(self.text) if not within(one.start)]
        back = [one for one in pointers(folded) if not within(one.start)]
        places = list(groups(self.text, numbers))
        self.articles = own_articles(self.text, places, self.titles, quotes)
        events: list[Title | Group | Pointer] = [*self.titles, *places, *back]
        events.sort(key=attrgetter("start"))
        crossed = 0
        for event in events:
            if self.before in _STATED and folded.startswith("(", self.end):
                self._state()
            if event.start < self.end:
                continue
            while crossed < len(edges) and edges[crossed] <= event.start:
                self._cross(edges[crossed])
                crossed += 1
            if self.before == "place":
                self._passage(event.start)
            if isinstance(event, Group):
                self._group(event)
            elif isinstance(event, Title):
                self._title(event)
            else:
                self._pointer(event)
        cited = tuple(self.entries.settled(self.text))
        return Reading(cited, tuple(self.text.span(*one) for one in self.refused), rest(self.text, self.explained))

    def _cross(self, edge: int) -> None:
        """Go into a quotation, or out of it: what it names is forgotten outside."""
        if self.inside:
            self.scope = self.scope.left() or self.scope
        else:
            if self.before == "place":
                self._passage(edge)
            others = bool(self.entries.all and self.entries.all[-1].quoted)
            self.scope = self.scope.quoted()
            if others and not self.scope.current and len(self.scope.heard) == 1:
                ((_, self.scope.current),) = self.scope.heard.values()
            led = pattern("quoting").match(self._gap(edge))
            if led and self.before in _NAMED:
                self.scope.current = self.instrument if self.before == "law" else None
            self.given = self.entries.all[-1] if led and self.before == "place" else None
        self.inside = not self.inside
        self.before, self.start, self.end = "", edge, edge

    def _passage(self, start: int) -> None:
        """Notice a provision given after its number without marks."""
        if not self.inside:
            self.passages.notice(self.start, self.end, start)

    def _state(self) -> None:
        """Step over what a citation says of itself: （被上位法取代：…） names a law that is no basis here."""
        match = pattern("state").match(self.text.text[self.end : self.end + 120])
        if match:
            self.before, self.end = "", self.end + match.end()

    def _quoted(self, start: int, *, own: bool = False) -> bool:
        return self.inside or self.passages.quoted(start, own=own)

    # --- titles

    def _title(self, title: Title) -> None:
        law = title.instrument
        self.pair = []
        self.before, self.start, self.end = ("title" if law.kind else "other"), title.start, title.end
        self.instrument = law
        if not law.kind:
            self.scope.forget(kind_of(law.name))
            return
        self.explained.append((title.start, title.end))
        if self.text.text[title.start - 1 : title.start] in {",", ";", ":", ")", "】"} or self._line(title.start):
            self.passages.speak(title.start)
        quoted = self._quoted(title.start)
        if self.inside or not quoted:
            self.scope.name(law, title.start)
        if quoted:
            self.scope.hear(law, title.start)
        if not quoted:
            self.passages.end()
        if not title.aside:
            self.entries.all.append(CitationEntry(law, nothing(), [(title.start, title.end)], quoted, whole=True))

    def _line(self, start: int) -> bool:
        """Tell whether a title begins a line that does not go on with the one before."""
        return start in self.text.breaks and not pattern("wrapped").search(
            self.text.text[max(0, start - _BEFORE) : start]
        )

    # --- words that point back

    def _pointer(self, pointer: Pointer) -> None:
        gap = self._gap(pointer.start)
        if pointer.what == "annex":
            self._annex(pointer, gap)
            return
        if pointer.what == "paired" and not self._paired(pointer):
            return
        self.start, self.end = pointer.start, pointer.end
        self.own = pattern("self").match(pointer.word) is not None
        self.word = pointer
        place = self.scope.place
        law = place.instrument if place else None
        self.before = pointer.what
        if pointer.what in ("law", "its", "paired"):
            law = self.instrument = self.scope.meant(pointer)
            self.before = "law"
        told = self.articles.heads or self._drafted(pointer)
        ours = (self.own or pointer.word == "前") and not self.inside and told
        if not law or (ours and self.articles.may_be(law)):
            self.before = "refused"
        if self.before != "refused":
            self.explained.append((pointer.start, pointer.end))

    def _paired(self, pointer: Pointer) -> bool:
        """Look what 前者 or 后者 means, of the two laws or places that were named last; tell whether it is known."""
        if not self.pair:
            near = [one for one in self.entries.all[-_LOOKED_BACK:] if not one.quoted and one.where]
            near = [one for one in near if one.where[0][0] >= pointer.start - _NEAR]
            laws = [[*group] for _, group in groupby(near, key=lambda one: one.instrument.same)][-2:]
            pair = laws if len(laws) > 1 else [[one] for one in near] if len(near) == 2 else []  # noqa: PLR2004
            self.pair = [(of[0].instrument, of[0] if len(of) == 1 and not of[0].whole else None) for of in pair]
        if not self.pair:
            self.before, self.start, self.end = "refused", pointer.start, pointer.end
            return False
        self.scope.current, self.scope.place = self.pair[pointer.word == "后者"]
        return True

    def _drafted(self, pointer: Pointer) -> bool:
        """Tell whether 本办法 is what the text itself lays down, or 本条 a clause of its own, rather than a rule's."""
        if not self.articles.spoken or self.passages.quoted(pointer.start, own=True):
            return False
        return pointer.of in _RULES if pointer.what == "law" else True

    def _annex(self, pointer: Pointer, gap: str) -> None:
        law = self.instrument if self.before in ("title", "law", "annex") else None
        joined = law and (pattern("glue").match(gap) or (self.before == "annex" and pattern("list").match(gap)))
        last = self.entries.all[-1] if self.before == "place" else None
        law = last.instrument if last else law
        if law and (joined or pattern("annexed").match(gap)):
            where = (pointer.start if last else self.start, pointer.end)
            number = pointer.of if pointer.word == ANNEX else pointer.word + pointer.of
            self.entries.all.append(CitationEntry(law, nothing(), [where], self._quoted(where[0]), annex=number))
            self.explained.append((self.end, pointer.end))
            self.before, self.end, self.instrument = "annex", pointer.end, law

    # --- numbers

    def _gap(self, start: int) -> str:
        return self.text.text[self.end : start] if start - self.end <= _GAP else "……" * _GAP

    def _group(self, group: Group) -> None:
        if not group.said and not self._bare(group):
            return
        gap = self._gap(group.start)
        if group.naked and not (self.before in ("title", "law") and not gap):
            return
        after = self.text.text[group.end : group.end + 8]
        left = pattern("except").match(after) or self._agreed(after, gap)
        if left or (group.start in self.articles.heads and self._head()):
            self._refuse(group)
            return
        if self._take(group, gap):
            aside = group.start - self.end > _GAP or ")" in gap or (gap and self._apart(group))
            self.explained.append((group.start if aside else self.end, group.end))
            self.before, self.start, self.end = "place", group.start, group.end
            last = self.entries.all[-1]
            self.plain = not group.ordinal if group.unit == _ARTICLE else self.plain
            if self.inside or not last.quoted:
                self.scope.place = last
        elif group.said:
            self._refuse(group)

    def _take(self, group: Group, gap: str) -> bool:
        """Take a number by what came before it, and tell whether it is one of a law's."""
        if self.before == "place":
            return self._after_number(group, gap)
        if self.before in ("title", "law"):
            return self._after_law(group, gap)
        if self.before in ("article", "paragraph"):
            return self._after_place(group, gap)
        return self._after_annex(group, gap) if self.before == "annex" else self._resumed(group, gap)

    def _agreed(self, after: str, gap: str) -> bool:
        """Tell whether what follows a number without a law says that parties agreed so: 第九条约定违约金."""
        joined = self.before in ("title", "law") or (self.before == "place" and bool(pattern("tie").match(gap)))
        return not joined and pattern("agreed").match(after) is not None

    def _head(self) -> bool:
        """Tell whether a head is one of the text's own: no place is known before it any more."""
        law, theirs = self.scope.current, self.articles.of
        if theirs and (not law or law.same == theirs.same):
            return False
        self.scope.place = None
        return True

    def _refuse(self, group: Group) -> None:
        self.refused.append((group.start, group.end))
        self.before, self.start, self.end = "refused", group.start, group.end

    def _bare(self, group: Group) -> bool:
        """Tell whether bracketed numbers without a unit are items: they follow an article at once, and no list does."""
        if self.before != "place" or self.end != group.start or group.start in self.text.breaks:
            return False
        if self.entries.all[-1].depth >= _ITEM:
            return False
        after = self.text.text[group.end : group.end + 4]
        if pattern("follow").match(after):
            return True
        return not self.text.text[group.start + 1].isascii() and not pattern("cited").match(after)

    def _after_law(self, group: Group, gap: str) -> bool:
        law = self.instrument
        if self.before == "law" and self.word.what in ("its", "paired") and group.unit != _ARTICLE:
            self.before = "article"
            return self._after_place(group, gap)
        if not law or group.unit != _ARTICLE or not pattern("glue").match(gap):
            alone = group.unit == _ARTICLE and (self.before == "title" or self._still(law))
            return alone and self._alone(group, gap)
        last = self.entries.all[-1] if self.before == "title" and self.entries.all else None
        if last and last.whole and last.where[0][0] == self.start:
            self.entries.all.pop()
        own = self.before == "law" and self.own
        quoted = self._quoted(self.start, own=own)
        self.entries.articles(law, group, self.start, quoted=quoted)
        if self.before == "law" and not quoted:
            self.scope.current = law
        return True

    def _still(self, law: TitledInstrument | None) -> bool:
        """Tell whether 该法 and an article without a law mean the same, in no version: 该法已修订，现依据第五条."""
        current = self.scope.current = self.scope.current or law
        return bool(law and current and law.same == current.same and not law.year)

    def _after_place(self, group: Group, gap: str) -> bool:
        """Take 同条第二款, 前款第三项."""
        place = self.scope.place
        if not place or not pattern("inner").match(gap):
            return self._alone(group, gap)
        keep = 1 if self.before == "article" else UNITS.index(self.word.of) + 1
        if group.unit < keep or not place.levels[keep - 1]:
            return False
        above = [*place.above(keep), *nothing()][: group.unit]
        if self.word.word == "前" and self.inside:
            number, inserted = above[keep - 1][0][0]
            if number <= 1 or inserted:
                return False
            above[keep - 1] = [((number - 1, 0), (number - 1, 0))]
        quoted = self._quoted(self.start, own=self.own)
        self.entries.add(place.instrument, above, group, self.start, quoted=quoted)
        return True

    def _after_number(self, group: Group, gap: str) -> bool:
        """Take a number after another: deeper, up to, one more of the same, or anew."""
        last = self.entries.all[-1]
        if group.unit == _ITEM and self._fact(group, gap):
            return False
        if group.unit and group.unit <= last.depth and last.levels[group.unit] and self._below(group):
            self.entries.sibling(group)
            return True
        if gap and pattern("range").match(gap):
            return self.entries.up_to(group)
        glued = not gap or bool(pattern("inner").match(gap))
        if glued and group.unit > last.depth:
            self.entries.deepen(group)
            return True
        if gap and group.unit and group.unit == last.depth and pattern("among").match(gap):
            self.entries.narrow(group)
            return True
        plain = group.unit and gap in (",", ";") and not (group.ordinal or group.bracketed)
        loose = gap in (",", ";") and group.unit == _ARTICLE and self.articles.spoken and self._own(last.instrument)
        joined = glued or (pattern("join").match(gap) and not plain and not loose)
        if joined and (group.unit or not counted(self.text, group, gap)):
            if group.unit > last.depth:
                self.entries.deepen(group)
            else:
                self.entries.sibling(group)
            return True
        return self._alone(group, gap)

    def _after_annex(self, group: Group, gap: str) -> bool:
        """Take an article that a list sets beside an annex, 附件一和第七条; 附件一第七条 may be one of the annex."""
        law = self.instrument
        if not (law and group.unit == _ARTICLE and group.ordinal and pattern("list").match(gap)) or gap in (",", ";"):
            return self._alone(group, gap)
        self.entries.articles(law, group, quoted=self._quoted(group.start))
        return True

    def _resumed(self, group: Group, gap: str) -> bool:
        """Take a number behind the provision quoted for the one before, 第九十七条：“…”第（二）项, or one alone."""
        if not self.given or group.unit == _ARTICLE or self.before or not pattern("resumed").match(gap):
            return self._alone(group, gap)
        if not group.ordinal or (group.unit == _ITEM and self._fact(group, gap)):
            return self._alone(group, gap)
        self.entries.resume(self.given, group)
        return True

    def _fact(self, group: Group, gap: str) -> bool:
        """Tell whether a 项 that begins a clause is one of the text's own list of facts: ，第（二）项行为违反了."""
        clause = gap[-1:] in {",", ";", ":", "。"}
        return clause and bool(self.facts or pattern("fact").match(self.text.text[group.end : group.end + 12]))

    def _alone(self, group: Group, gap: str) -> bool:
        """Take an article that stands by itself: it is of the law named last, if nothing before it says otherwise."""
        law = self.scope.current
        apart = self.before in ("other", "annex", "refused") and group.unit == _ARTICLE
        if apart and (pattern("glue").match(gap) or pattern("quoting").match(gap)):
            self.scope.current = law if self.before == "refused" and not gap else None
            return False
        tail = self.text.text[max(self.end, group.start - _TAIL) : group.start]
        self.facts = self.facts or (group.unit == _ITEM and bool(pattern("fact_lead").search(tail)))
        if law and group.unit == _PARAGRAPH and self._told(group, tail):
            return True
        if group.unit == _ITEM and self._picked(group, tail):
            return True
        passing = not group.ordinal and self._passing(group, tail)
        if group.unit != _ARTICLE or not (group.ordinal or passing) or not group.said or matter(self.text, group):
            return False
        law = self._led(group, tail, passing=passing)
        if not law:
            return False
        if tail[-1:] == ";" and pattern("telling").match(self.text.text[group.end : group.end + _TAIL]):
            self.passages.speak(group.start)
        given = group.start not in self.text.breaks
        self.entries.articles(law, group, quoted=self.inside or (given and self._quoted(group.start)))
        return True

    def _led(self, group: Group, tail: str, *, passing: bool) -> TitledInstrument | None:
        """Return the law that an article by itself is of, by the words before it; None where they may name another."""
        if self._labelled(group) or self._below(group):
            tail = ""
        if pattern("noun").search(tail) or pattern("foreign").search(tail):
            self.scope.current = None
            return None
        if group.start in self.text.cells:
            tail = ""
        law = self.scope.current
        before = self._named_before(group) if pattern("again").search(tail) or not law else None
        law = before or law
        if not law or self._own(law) or _OPEN_RUN.search(tail):
            return None
        once, today = pattern("once").search(tail), pattern("today").search(tail)
        led = passing or before or once or today or pattern("lead").search(tail)
        if tail and "一" <= tail[-1] <= "鿿" and not led:
            return None
        self.scope.current = self.scope.current or law
        return law._replace(year="", event=FORMER if once else "") if once or today else law

    def _named_before(self, group: Group) -> TitledInstrument | None:
        """Return the law of which these articles were named last: 上述第九十一条.

        Where the text itself names no law, the one of which others' words named them, if it is one alone.
        """
        law = self.scope.current
        named = (one for one in reversed(self.entries.all[-_LOOKED_BACK:]) if one.quoted == (not law))
        found = [one.instrument for one in named if {*group.spans} <= {*one.levels[_ARTICLE]}]
        one = found and (law or len({instrument.same for instrument in found}) == 1)
        return found[0] if one else None

    def _labelled(self, group: Group) -> bool:
        """Tell whether a label and a space stand before an article, as a colon would: 调查责任 第五十五条."""
        start, text = group.start, self.text
        if start not in text.spaces or start in text.breaks or start in text.cells:
            return False
        begin = next((at for at in range(start, max(0, start - _BEFORE) - 1, -1) if self._clause(at)), -1)
        label = text.text[begin:start] if begin >= self.end else ""
        word = pattern("label").match(label) and not pattern("noun").search(label)
        return bool(word and (pattern("decided").search(label) or not pattern("foreign").search(label)))

    def _apart(self, group: Group) -> bool:
        """Tell whether what stands before a number is a label, or another cell."""
        return group.start in self.text.cells or self._labelled(group)

    def _clause(self, at: int) -> bool:
        """Tell whether a line or a clause begins at a place."""
        return not at or at in self.text.breaks or self.text.text[at - 1] in ";。:"

    def _below(self, group: Group) -> bool:
        """Tell whether a number begins a cell below the one that the last citation begins."""
        column = self.text.cells.get(group.start)
        above = self.entries.all[-1].where[0][0] if column and self.entries.all else -1
        return column is not None and self.text.cells.get(above) == column

    def _own(self, law: TitledInstrument) -> bool:
        """Tell whether an article that no law stands before may be one of the text's own rather than the law's."""
        return not self.inside and self.articles.may_be(law)

    def _passing(self, group: Group, tail: str) -> bool:
        """Tell whether an article without 第 after running words is one: 罚则是九十七条, 63条听证、58条审核."""
        if pattern("deeper").match(self.text.text[group.end : group.end + _TAIL]):
            return not (tail.endswith(":") or pattern("amount_of").search(tail[-_UNIT_BEFORE:]))
        if group.spans[0][0][0] < FEW:
            return False
        after = self.text.text[group.end : group.end + 4]
        listed = self.plain and self.before == "place" and tail.endswith("、") and "。" not in tail
        begun = self.plain and self.before == "place" and tail.endswith(",") and pattern("begun_after").match(after)
        running = pattern("running").search(tail) and pattern("running_after").match(after)
        told = running and not pattern("amount_of").search(tail)
        return bool(listed or begun or told or self._bracketed(group, tail) or pattern("chat").search(tail))

    def _bracketed(self, group: Group, tail: str) -> bool:
        """Tell whether brackets hold an article without 第, as they held one before: （消防法28条）…（16条1款2项）."""
        closed = pattern("closed").match(self.text.text[group.end : group.end + _TAIL])
        return bool(self.plain and tail.endswith("(") and closed and not pattern("amount_of").search(tail[:-1]))

    def _picked(self, group: Group, tail: str) -> bool:
        """Take a 项 that a text picks in the sentence of its article: 第九十七条，共七项，本案适用第（三）项."""
        place = self.scope.place
        if not place or not place.where or not group.ordinal or self.facts or not pattern("picks").search(tail):
            return False
        law, end = self.scope.current, place.where[-1][1]
        near = 0 < group.start - end <= _PICKED and not _SENTENCE.search(self.text.text[end : group.start])
        if not law or law.same != place.instrument.same or not near or self._own(law):
            return False
        self.entries.add(place.instrument, place.above(_ITEM), group, quoted=self.inside)
        return True

    def _told(self, group: Group, tail: str) -> bool:
        """Take a 款 that begins a sentence on what the article named last says: ；第二款规定，…."""
        place = self.scope.place
        begins = not tail or tail[-1] in "。;,"
        if not (place and place.levels[_ARTICLE] and group.ordinal and begins):
            return False
        if not pattern("told_paragraph").match(self.text.text[group.end : group.end + 4]):
            return False
        self.passages.speak(group.start)
        self.entries.add(place.instrument, place.above(_PARAGRAPH), group, quoted=self.inside)
        return True
