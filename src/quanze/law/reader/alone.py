"""An article by itself: whose it is by the words, the cells and the lines around it."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING

from quanze.law.reader.cited import ANY
from quanze.law.reader.lexicon import pattern
from quanze.law.reader.notes import FORMER, year_before
from quanze.law.reader.state import ARTICLE, ITEM, LOOKED_BACK, PARAGRAPH, State
from quanze.law.reader.units import FEW, matter

if TYPE_CHECKING:
    from quanze.law.reader.entries import CitationEntry
    from quanze.law.reader.known import TitledInstrument
    from quanze.law.reader.units import Group

_TAIL = 24
_BEFORE = 8
_UNIT_BEFORE = 3
_PLACES = 40
"""The law in brackets behind an article stands no further behind its number."""
_PICKED = 60
"""A 项 that is picked from an article stands no further behind it."""
_YEAR = 4
_GIVEN = 600
"""A 项 of a provision that is given in between stands no further behind it."""
_MARKED = re.compile("[(][^()]+[)]")
_RANKED = 120
"""Another 款 of an article stands no further behind the one named last."""
_SAID = re.compile("[。!?][”’」』]")
_SENTENCE = re.compile("[。!?]")
_NOTE = re.compile(r"^\((?:[^()]|\([^()]{1,12}\)){1,28}\)")
"""The number of a paper behind its title."""
_CLAUSE_ENDS = (",", "。", "?", "!", ":", "说", "讲", "写")
_OPEN_RUN = re.compile(r"(?:至|到|~|(?:^|[条款项目)0-9])-+)$")


class Alone(State):
    """What takes numbers that nothing before them leads to."""

    __slots__ = ()

    def _alone(self, group: Group, gap: str) -> bool:
        """Take an article that stands by itself: it is of the law named last, if nothing before it says otherwise."""
        words = self.text.text[max(self.start, group.start - _RANKED) : group.start] if self.passed_by else ""
        if self.passed_by and not self.inside and _SENTENCE.search(words):
            self.scope.current, self.passed_by = self.passed_by, None
        law = self.scope.current
        few = self.before == "refused" and self.few
        apart = self.before in ("other", "annex", "refused") and group.unit == ARTICLE and not few
        bare = _NOTE.sub("", gap) if self.before == "other" else gap
        if apart and (pattern("glue").match(bare) or pattern("quoting").match(gap)):
            self.scope.current = law if self.before == "refused" and not gap else None
            return False
        tail = self.text.text[max(self.end, group.start - _TAIL) : group.start]
        self.facts = self.facts or (group.unit == ITEM and bool(pattern("fact_lead").search(tail)))
        if law and group.unit == PARAGRAPH and (self._told(group, tail) or self._ranked(group, tail)):
            return True
        if law and group.unit in (PARAGRAPH, ITEM) and (self._glossed(group, tail) or self._lined(group)):
            return True
        if group.unit == ITEM and self._picked(group, tail):
            return True
        if group.unit != ARTICLE or not group.said or matter(self.text, group):
            return False
        passing = not group.ordinal and bool(self._behind(group) or self._passing(group, tail))
        if not (group.ordinal or passing):
            return False
        law = self._led(group, tail, passing=passing)
        if not law:
            return False
        after = self.text.text[group.end : group.end + _TAIL]
        if (tail[-1:] == ";" and pattern("telling").match(after)) or pattern("author_again").search(tail):
            self.passages.speak(group.start)
        given = group.start not in self.text.breaks
        quoted = self.inside or (given and self._quoted(group.start))
        self.entries.articles(
            law, group, quoted=quoted, alone="" if self._behind(group) or self._denied(group) else ANY
        )
        return True

    def _denied(self, group: Group) -> bool:
        """Tell whether the text says that the law has no such article: no other law's is meant."""
        return pattern("no_such").match(self.text.text[group.end : group.end + _PLACES]) is not None

    def _behind(self, group: Group) -> TitledInstrument | None:
        """Return the law that stands in brackets behind an article: 第九十七条第一款（安全生产法）."""
        if not self.enclosed or not (group.ordinal or group.spans[0][0][0] >= FEW):
            return None
        places = pattern("places_of").match(self.text.text[group.end : group.end + _PLACES])
        return self.enclosed.get(group.end + places.end()) if places else None

    def _led(self, group: Group, tail: str, *, passing: bool) -> TitledInstrument | None:
        """Return the law that an article by itself is of, by the words before it; None where they may name another."""
        once = pattern("once").search(tail)
        words = tail[: once.start()] if once else tail
        if self._labelled(group) or self._below(group):
            tail = words = ""
        if pattern("noun").search(words) or pattern("foreign").search(words):
            self.scope.current = None
            return None
        behind = self._behind(group) or self._echo(group)
        if behind:
            year, event, _ = year_before(tail)
            behind = behind._replace(year=year, event=event) if event else behind
            self.scope.name(behind, group.start)
            return behind
        if group.start in self.text.cells:
            tail = ""
        law = self.scope.current
        again = pattern("again").search(tail) or not law
        before = self._named_before(group) if again else self._numbered_before(group, tail)
        heard = (
            self._heard_alone(group, tail, passing=passing)
            if not before and (not law or pattern("set_right").search(tail))
            else None
        )
        law = before or heard or law or self._named_later(group) or self._carried(group, tail)
        if not law or pattern("formerly").search(tail) or self._own(law) or _OPEN_RUN.search(tail):
            return None
        year, event, _ = year_before(tail)
        today = bool(pattern("today").search(tail))
        since = pattern("year_since").search(tail) if law.year and not (event or today) else None
        year = since[1] if since else year
        law = self.dated.get(year, law)
        if event or (year and (law.year or (self.before == "place" and tail.startswith("(")))):
            kept = law.event if year == law.year[:_YEAR] else ""
            self.scope.current = law._replace(year=year, event=event or kept)
            return self.scope.current
        dated = bool(law.year or law.event)
        today = today or (dated and bool(pattern("nowadays").search(tail)))
        deeper = pattern("deeper").match(self.text.text[group.end : group.end + _TAIL])
        led = passing or before or once or today or deeper or pattern("lead").search(tail)
        if tail and "一" <= tail[-1] <= "鿿" and not (led or (group.ordinal and group.spans[0][0][0] >= FEW)):
            return None
        self.scope.current = self.scope.current or (None if heard and not self.only else law)
        if once:
            return self._former(law)
        return law.undated if today else law

    def _former(self, law: TitledInstrument) -> TitledInstrument:
        """Return a law in a version before that of the place right before, else in the one that is old by itself."""
        last = self.entries.all[-1].instrument if self.before == "place" else None
        named = last and (last.same, last.year, last.event) == (law.same, law.year, law.event)
        return law._replace(year="" if named else law.year, event=FORMER)

    def _named_before(self, group: Group) -> TitledInstrument | None:
        """Return the law of which these articles were named last: 上述第九十一条.

        Where the text itself names no law, the one of which others' words named them, if it is one alone.
        """
        law = self.scope.current
        found = self._naming(group, quoted=not law)
        one = found and (law or len({instrument.same for instrument in found}) == 1)
        return found[0] if one else None

    def _echo(self, group: Group) -> TitledInstrument | None:
        """Return the law of which others' words named these articles right before: “…法第十七条”，第十七条说的是….."""
        last = self.entries.all[-1] if self.entries.all and not self.inside else None
        if not last or not last.quoted or not last.where or not {*group.spans} <= {*last.levels[ARTICLE]}:
            return None
        return last.instrument if self._near(group, last, beyond=True) else None

    def _naming(self, group: Group, *, quoted: bool) -> list[TitledInstrument]:
        """Return the laws of which these articles were named, by the text or in others' words, the last one first."""
        named = (one for one in reversed(self.entries.all[-LOOKED_BACK:]) if one.quoted == quoted)
        return [one.instrument for one in named if {*group.spans} <= {*one.levels[ARTICLE]}]

    def _named_later(self, group: Group) -> TitledInstrument | None:
        """Return the law of which alone the article is named below; for 按101条第3项, the only law of the text."""
        if self.scope.named or self.inside:
            return None
        if group.spans[0] in self.numbered and len(self.numbered[group.spans[0]]) == 1:
            return next(iter(self.numbered[group.spans[0]].values()))
        if group.ordinal or not self.only:
            return None
        return self.only if pattern("deeper").match(self.text.text[group.end : group.end + _TAIL]) else None

    def _carried(self, group: Group, tail: str) -> TitledInstrument | None:
        """Return the law that a sentence cites before a document, where a penalty is by this article.

        So of 《…法》第四条和《…制度》第五条，罚则为第九十七条.
        """
        place = self.scope.place
        if self.before != "refused" or not (place and place.where and self._near(group, place, signs=_RANKED)):
            return None
        after = self.text.text[group.end : group.end + _PICKED]
        led = pattern("applied_by").search(tail) and pattern("punishing").match(after)
        return place.instrument if led or pattern("applied").search(tail) else None

    def _heard_alone(self, group: Group, tail: str, *, passing: bool) -> TitledInstrument | None:
        """Return the law that others' words alone named: the only one of the text, or in this sentence and set right.

        So of 原稿写“《…法》第五十条”，现在是第53条, and of “…” 的，现在是第53条 beside other laws.
        """
        heard = self.scope.heard.values()
        clear = self.only and group.ordinal and group.spans[0][0][0] >= FEW
        if (
            self.inside
            or not heard
            or (tail and "一" <= tail[-1] <= "鿿" and not (passing or clear or pattern("lead").search(tail)))
        ):
            return None
        if self.only:
            return self.only if any(law.same == self.only.same for _, law in heard) else None
        if not self.scope.named and len(heard) == 1:
            return next(iter(heard))[1]
        at, law = max(heard, key=itemgetter(0))
        near = group.start - at <= _PICKED and not _SENTENCE.search(_SAID.sub("", self.text.text[at : group.start]))
        last = all(named < at for named, _ in self.scope.named.values())
        return law if near and last and pattern("set_right").search(tail) else None

    def _numbered_before(self, group: Group, tail: str) -> TitledInstrument | None:
        """Return the law of which alone these articles were named before, where that is not the one named last."""
        law = self.scope.current
        if not law or self._goes_on(group, law) or group.start in self.text.breaks or year_before(tail)[1]:
            return None
        if tail and "一" <= tail[-1] <= "鿿" and not pattern("lead").search(tail):
            return None
        found = self._naming(group, quoted=False)
        laws = {one.same for one in found}
        return found[0] if len(laws) == 1 and law.same not in laws else None

    def _goes_on(self, group: Group, law: TitledInstrument) -> bool:
        """Tell whether an article goes on in the sentence and the line of a place of the law named last."""
        place = self.scope.place
        if not place or not place.where or law.same != place.instrument.same or not self._near(group, place):
            return False
        return not any(at in self.text.breaks for at in range(place.where[-1][1], group.start + 1))

    def _labelled(self, group: Group) -> bool:
        """Tell whether a label and a space stand before an article, as a colon would: 调查责任 第五十五条."""
        start, text = group.start, self.text
        if start not in text.spaces or start in text.breaks or start in text.cells:
            return False
        begin = next((at for at in range(start, max(0, start - _BEFORE) - 1, -1) if self._clause(at)), -1)
        label = text.text[begin:start] if begin >= self.end else ""
        line = begin in text.breaks and group.end in text.spaces
        word = pattern("headed" if line else "label").match(label) and not pattern("noun").search(label)
        return bool(word and (pattern("decided").search(label) or not pattern("foreign").search(label)))

    def _clause(self, at: int) -> bool:
        """Tell whether a line or a clause begins at a place."""
        return not at or at in self.text.breaks or self.text.text[at - 1] in ";。:"

    def _below(self, group: Group) -> bool:
        """Tell whether a number begins a cell below the one that the last citation begins."""
        column = self.text.cells.get(group.start)
        above = self.entries.all[-1].where[0][0] if column and self.entries.all else -1
        return column is not None and self.text.cells.get(above) == column

    def _passing(self, group: Group, tail: str) -> bool:
        """Tell whether an article without 第 after running words is one: 罚则是九十七条, 63条听证、58条审核."""
        if pattern("deeper").match(self.text.text[group.end : group.end + _TAIL]):
            few = tail.endswith(":") and group.spans[0][0][0] < FEW
            return not (few or pattern("amount_of").search(tail[-_UNIT_BEFORE:]))
        if group.spans[0][0][0] < FEW:
            return False
        after = self.text.text[group.end : group.end + 4]
        follows = self.plain and self.before in ("place", "refused", "law")
        listed = follows and tail.endswith("、") and "。" not in tail
        begins = tail.endswith(_CLAUSE_ENDS) or group.start in self.text.spaces
        answers = self._answers(group)
        said = pattern("begun_after" if follows or answers else "begun_firmly").match(after)
        begun = begins and said and (answers or not pattern("amount_of").search(tail))
        spoken = pattern("article_after").match(after) and not pattern("counting").search(tail)
        if spoken and not pattern("amount_of").search(tail):
            return True
        running = pattern("running").search(tail) and pattern("running_after").match(after)
        told = running and not pattern("amount_of").search(tail)
        return bool(listed or begun or told or self._bracketed(group, tail) or pattern("chat").search(tail))

    def _answers(self, group: Group) -> bool:
        """Tell whether an article begins what a person answers, on a line of its own: 乙：六十四条，五十万起."""
        at, text = group.start, self.text.text
        line = next((one for one in range(at - 1, max(0, at - _BEFORE), -1) if one in self.text.breaks), at)
        if text[at - 1 : at] != ":" or line == at:
            return False
        return not pattern("how_many").search(text[max(0, line - _TAIL) : line])

    def _bracketed(self, group: Group, tail: str) -> bool:
        """Tell whether brackets hold an article without 第, as they held one before: （消防法28条）…（16条1款2项）."""
        closed = pattern("closed").match(self.text.text[group.end : group.end + _TAIL])
        return bool(self.plain and tail.endswith("(") and closed and not pattern("amount_of").search(tail[:-1]))

    def _picked(self, group: Group, tail: str) -> bool:
        """Take a 项 that a text picks in the sentence of its article: 第九十七条，共七项，本案适用第（三）项."""
        heard = self._set_right(tail)
        place = heard or self.scope.place
        if not place or not place.where or not group.ordinal or self.facts:
            return False
        if not (pattern("picks").search(tail) or (place.levels[ITEM] and pattern("picks_again").search(tail))):
            return False
        law = heard.instrument if heard else self.scope.current
        near = self._near(group, place, beyond=bool(pattern("picks_far").search(tail))) or self._given_item(
            group, place
        )
        if not law or law.same != place.instrument.same or not near or self._own(law):
            return False
        self.entries.add(place.instrument, place.above(ITEM), group, quoted=self.inside, alone=place.alone)
        return True

    def _given_item(self, group: Group, place: CitationEntry) -> bool:
        """Tell whether a 项 is one of those that the text gives behind its article: 第五十八条：（一）…；（二）…."""
        end, text = place.where[-1][1], self.text.text
        number = _MARKED.search(text, group.start, group.end)
        if not number or group.start - end > _GIVEN or not pattern("enumerated").match(text[end : end + _BEFORE]):
            return False
        return text.find(number[0], end, group.start) >= 0

    def _set_right(self, tail: str) -> CitationEntry | None:
        """Return the place that others' words named last, where it is set right: 写的“…第八项”，应该是第七项."""
        last = self.entries.all[-1] if self.entries.all and not self.inside else None
        return last if last and last.quoted and pattern("set_right").search(tail) else None

    def _ranked(self, group: Group, tail: str) -> bool:
        """Take another 款 of the article whose 款 was named last, in its sentence: 依据该条第一款，并按第二款告知."""
        place = self.scope.place
        if not (place and place.where and place.levels[PARAGRAPH] and group.ordinal):
            return False
        if not pattern("picks_paragraph").search(tail) or self._own(place.instrument):
            return False
        if not self._near(group, place, beyond=True, signs=_RANKED):
            return False
        self.entries.add(place.instrument, place.above(PARAGRAPH), group, quoted=self.inside, alone=place.alone)
        return True

    def _glossed(self, group: Group, tail: str) -> bool:
        """Take one more 款 or 项 of the article named last, behind words on the one before, in its sentence.

        So in 第（一）项当场处罚、第（四）项不予公开, and in 第三十三条三种“不罚”：第一款…；第二款….
        """
        place = self.scope.place
        if not (place and place.where and (group.ordinal or self._noted(group, tail))) or self._own(place.instrument):
            return False
        again = place.levels[group.unit]
        if not again and (group.unit == ITEM or not place.levels[ARTICLE] or place.levels[ITEM]):
            return False
        if group.unit == ITEM and (self._fact(group, tail) or matter(self.text, group)):
            return False
        far = bool(pattern("glossed_far").search(tail))
        led = not group.ordinal or pattern("glossed_again" if again else "glossed").search(tail)
        if not led or not self._near(group, place, beyond=far, signs=_RANKED):
            return False
        self.entries.add(place.instrument, place.above(group.unit), group, quoted=self.inside, alone=place.alone)
        return True

    def _noted(self, group: Group, tail: str) -> bool:
        """Tell whether a 款 without 第 is one of a note: 33条：1款轻微，2款无过错; 38条1款 主体；2款 程序."""
        last, number = self.scope.place, group.spans[0][0][0]
        if not last or group.unit != PARAGRAPH or not self.plain or group.bracketed or number >= FEW:
            return False
        begun = self.text.text.endswith(":", 0, last.where[-1][0]) and tail.endswith((",", ";"))
        told = last.levels[PARAGRAPH] and (begun or tail.endswith((";", "→", "在")))
        return bool(told or tail[-1:] == "→" or (tail == ":" and number == 1))

    def _lined(self, group: Group) -> bool:
        """Take a 项 that begins a line below the article that the lines above name: 第二十一条 七项职责, 第（一）项 ….

        Further 项 of such a list stand below each other.
        """
        place = self.scope.place
        if group.unit != ITEM or not group.ordinal or group.start not in self.text.breaks or self.facts:
            return False
        if not (place and place.where and place.levels[ARTICLE]) or self._own(place.instrument):
            return False
        below = place.levels[ITEM] and place.where[0][0] not in self.text.breaks
        if below or self._fact(group, "。") or matter(self.text, group):
            return False
        if not self._near(group, place, beyond=True, signs=_RANKED):
            return False
        self.entries.add(place.instrument, place.above(ITEM), group, quoted=self.inside, alone=place.alone)
        return True

    def _near(self, group: Group, place: CitationEntry, *, beyond: bool = False, signs: int = _PICKED) -> bool:
        """Tell whether a place stands shortly before a number, in its sentence or `beyond` its end."""
        end = place.where[-1][1]
        near = 0 < group.start - end <= signs
        return near and (beyond or not _SENTENCE.search(self.text.text[end : group.start]))

    def _fact(self, group: Group, gap: str) -> bool:
        """Tell whether a 项 that begins a clause is one of the text's own list of facts: ，第（二）项行为违反了."""
        clause = gap[-1:] in {",", ";", ":", "。"}
        return clause and bool(self.facts or pattern("fact").match(self.text.text[group.end : group.end + 12]))

    def _told(self, group: Group, tail: str) -> bool:
        """Take a 款 that begins a sentence on what the article named last says: ；第二款规定，…."""
        place = self.scope.place
        if not (place and place.levels[ARTICLE] and group.ordinal and pattern("told_begins").search(tail)):
            return False
        if not pattern("told_paragraph").match(self.text.text[group.end : group.end + 4]):
            return False
        self.passages.speak(group.start)
        self.entries.add(place.instrument, place.above(PARAGRAPH), group, quoted=self.inside, alone=place.alone)
        return True
