"""Numbers of articles, paragraphs and items, each taken by what came before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.law.reader.alone import Alone
from quanze.law.reader.entries import nothing
from quanze.law.reader.lexicon import DATA, UNITS, pattern
from quanze.law.reader.notes import FORMER
from quanze.law.reader.state import ARTICLE, GAP, ITEM, PARAGRAPH
from quanze.law.reader.units import FEW, MANY, counted

if TYPE_CHECKING:
    from quanze.law.reader.entries import CitationEntry
    from quanze.law.reader.known import TitledInstrument
    from quanze.law.reader.units import Group

_SURE = frozenset("旧老原新前")
"""Words that point to a law of which the text says more than its class."""
_AFTER = 8
_HEARD = 120
"""What 同条 means where others' words alone named a place stands no further back."""
ARROW = "→"
_LISTED = ("、", ARROW)
"""What stands between numbers that have no unit, 97、98 or 94→97."""
_OPENS = frozenset("以之往起开至到~-")
"""What words begin with that let a run begin without an end."""


class Numbers(Alone):
    """What takes the numbers of a text."""

    __slots__ = ()

    def _group(self, group: Group) -> None:
        group, law = self._unwritten(group)
        if not group.said and not self._bare(group):
            return
        start, end, gap = group.start, group.end, self._gap(group.start)
        if group.naked and not (
            (self.naked and self.before == "place" and gap in _LISTED) or (self.before in ("title", "law") and not gap)
        ):
            return
        after = self.text.text[end : end + _AFTER]
        left = ("除" in after or after[:2] == "of") and pattern("except").match(after)
        agreed = "约" in after and self._agreed(after, gap)
        open_end = self._open_end(group, after)
        if left or agreed or open_end or (start in self.articles.heads and self._head()):
            self._refuse(group, open_end)
            return
        if group.unit and self.before in ("place", "article") and self._counts(group, gap):
            self.refused.append((start, end))
            self.end = end
            return
        before = self.entries.all[-1] if gap == ARROW and self.before == "place" else None
        if self._take(group, gap, law):
            if before:
                self._renumbered(before)
            self.explained.append((start, end))
            self.before, self.start, self.end = "place", start, end
            last = self.entries.all[-1]
            if group.unit == ARTICLE:
                self.naked = group.naked
                self.plain = not group.ordinal or pattern("informal").match(self.text.text[start:end]) is not None
            if self.inside or not last.quoted:
                self.scope.place = last
        elif group.said:
            self._refuse(group)

    def _step(self, group: Group) -> TitledInstrument | None:
        """Return the law of bare numbers in brackets, as in those before an article is: 立案（…法54条）、告知（44）."""
        last = self.entries.all[-1] if self.plain and self.before == "place" and not group.said else None
        signs = self.text.text
        if not last or signs[group.start] != "(" or ")" not in signs[self.end - 1 : self.end + 1] or not last.where:
            return None
        numbers = [number for span in group.spans for number, _ in span]
        if signs.count("(", group.start, group.end) > 1 or not self._known(numbers):
            return None
        gap = self._gap(group.start)
        broken = any(at in self.text.breaks for at in range(self.end, group.start))
        return last.instrument if pattern("step").match(gap) and not broken else None

    @staticmethod
    def _known(numbers: list[int]) -> bool:
        """Tell whether numbers without a unit can be those of articles."""
        return FEW <= max(numbers) < MANY

    def _unwritten(self, group: Group) -> tuple[Group, TitledInstrument | None]:
        """Return numbers without a unit as articles right behind a title, 《…法》（44、45）, or with their law."""
        law = None if group.said else self._step(group)
        if law:
            return group._replace(unit=ARTICLE, said=True, bracketed=False), law
        if group.said or self.before not in ("title", "law") or self.end != group.start:
            return group, None
        first, last = group.spans[0][0][0], group.spans[-1][-1][0]
        signs, end = self.text.text, group.end
        listed = group.unit == ARTICLE or (
            group.bracketed and first != last and signs.count("(", group.start, end) == 1
        )
        if not listed or not self._known([final for _, (final, _) in group.spans]):
            return group, None
        ends = end in self.text.breaks or pattern("ordinal_end" if group.ordinal else "listed_end").match(
            signs[end : end + 4]
        )
        return (group._replace(unit=ARTICLE, said=True, bracketed=False) if ends else group), None

    def _take(self, group: Group, gap: str, law: TitledInstrument | None) -> bool:
        """Take a number by what came before it, or as `law`'s, and tell whether it is one of a law's."""
        if law:
            self.entries.articles(law, group, quoted=self._quoted(group.start))
            if self.in_brackets:
                (scope, current, _), named, place = self.in_brackets
                self.in_brackets = ((scope, current, len(self.entries.all)), named, place)
            return True
        if self.before == "place":
            return self._after_number(group, gap)
        if self.before in ("title", "law"):
            return self._after_law(group, gap)
        if self.before in ("article", "paragraph"):
            return self._after_place(group, gap)
        return self._after_annex(group, gap) if self.before == "annex" else self._resumed(group, gap)

    def _renumbered(self, before: CitationEntry) -> None:
        """Take an article before an arrow for a former version's where the text speaks of old numbers: 94→97."""
        law = before.instrument
        if self.renumbers and not (law.year or law.event):
            before.instrument = law._replace(event=FORMER)

    def _open_end(self, group: Group, after: str) -> int:
        """Return how long the words are behind a number that let a run begin without an end: 第六十二条以后.

        They begin with `after`.
        """
        if after[:1] not in _OPENS or not group.said or group.end in self.text.spaces:
            return 0
        opened = pattern("open_end").match(self.text.text[group.end : group.end + _AFTER])
        return opened.end() if opened else 0

    def _agreed(self, after: str, gap: str) -> bool:
        """Tell whether what follows a number without a law says that parties agreed so: 第九条约定违约金."""
        if not pattern("agreed").match(after) or self.before in ("title", "law"):
            return False
        return not (self.before == "place" and pattern("tie").match(gap))

    def _head(self) -> bool:
        """Tell whether a head is one of the text's own: no place is known before it any more."""
        law, theirs = self.scope.current, self.articles.of
        if theirs and (not law or law.same == theirs.same):
            return False
        self.scope.place = None
        return True

    def _refuse(self, group: Group, more: int = 0) -> None:
        """Take no number, and so many signs behind it with it."""
        end = group.end + more
        self.refused.append((group.start, end))
        self.few = not group.ordinal and group.spans[0][0][0] < FEW
        self.before, self.start, self.end = "refused", group.start, end

    def _bare(self, group: Group) -> bool:
        """Tell whether bracketed numbers without a unit are items: they follow an article at once, and no list does."""
        if self.before != "place" or self.end != group.start or group.start in self.text.breaks:
            return False
        if self.entries.all[-1].depth >= ITEM:
            return False
        after = self.text.text[group.end : group.end + 4]
        if group.end in self.text.breaks or pattern("follow").match(after):
            return True
        return not self.text.text[group.start + 1].isascii() and not pattern("cited").match(after)

    def _after_law(self, group: Group, gap: str) -> bool:
        law = self.instrument
        if self.before == "law" and self.word.what in ("its", "paired") and group.unit != ARTICLE:
            self.before = "article"
            return self._after_place(group, gap)
        if not law or group.unit != ARTICLE or not pattern("glue").match(gap):
            alone = group.unit == ARTICLE and (self.before == "title" or self._still(law))
            return alone and self._alone(group, gap)
        last = self.entries.all[-1] if self.before == "title" and self.entries.all else None
        if last and last.whole and last.where[0][0] == self.start:
            self.entries.all.pop()
        own = self.before == "law" and self.own
        if self.before == "law" and self.word.what == "law" and not (own or self.given):
            echo = self._echo(group)
            law = echo if echo and echo.kind in DATA["groups"].get(self.word.of, ()) else law
        quoted = self._quoted(self.start, own=own)
        pointed = self.before == "law" and self.word.what == "law" and not (own or self.word.word in _SURE)
        pointed = pointed and not self._denied(group)
        self.entries.articles(law, group, self.start, quoted=quoted, alone=self.word.of if pointed else "")
        if self.before == "law" and not quoted:
            self.scope.current = law
        return True

    def _still(self, law: TitledInstrument | None) -> bool:
        """Tell whether 该法 and an article without a law mean the same, in no version: 该法已修订，现依据第五条."""
        current = self.scope.current = self.scope.current or law
        return bool(law and current and law.same == current.same and not law.year)

    def _after_place(self, group: Group, gap: str) -> bool:
        """Take 同条第二款, 前款第三项."""
        place = self._place()
        if not place or not pattern("inner").match(gap):
            return self._alone(group, gap)
        keep = 1 if self.before == "article" else UNITS.index(self.word.of) + 1
        if group.unit < keep or not place.levels[keep - 1] or self._inner():
            return False
        above = [*place.above(keep), *nothing()][: group.unit]
        if self.word.word == "前" and self.inside:
            number, inserted = above[keep - 1][0][0]
            if number <= 1 or inserted:
                return False
            above[keep - 1] = (((number - 1, 0), (number - 1, 0)),)
        quoted = self._quoted(self.start, own=self.own)
        self.entries.add(place.instrument, above, group, self.start, quoted=quoted, alone=place.alone)
        return True

    def _inner(self) -> bool:
        """Tell whether 本条 or 前款 is a word of a provision that the text copies without marks: it cites nothing."""
        own = self.own or self.word.word == "前"
        return own and not self.inside and self.passages.quoted(self.start, own=True)

    def _place(self) -> CitationEntry | None:
        """Return the place that 该条 means: what others' words named right before, else what the text did."""
        last = self.entries.all[-1] if self.entries.all else None
        theirs = last and last.quoted and last.where and not (self.inside or self.given or self.own)
        near = GAP if self.scope.place else _HEARD
        return last if last and theirs and self.start - last.where[-1][1] <= near else self.scope.place

    def _after_number(self, group: Group, gap: str) -> bool:
        """Take a number after another: deeper, up to, one more of the same, or anew."""
        last, unit = self.entries.all[-1], group.unit
        if unit == ITEM and self._fact(group, gap):
            return False
        depth = last.depth
        if unit and unit <= depth and last.levels[unit] and self._below(group):
            self.entries.sibling(group)
            return True
        if gap and pattern("range").match(gap):
            return self.entries.up_to(group)
        glued = not gap or bool(pattern("inner").match(gap))
        if gap and unit and unit == depth and pattern("among").match(gap):
            self.entries.narrow(group)
            return True
        comma = gap in (",", ";")
        plain = comma and unit and not (group.ordinal or group.bracketed)
        loose = comma and unit == ARTICLE and self.articles.spoken and self._own(last.instrument)
        joined = glued or (not plain and not loose and pattern("join").match(gap))
        if (glued and unit > depth) or (joined and (unit or not counted(self.text, group, gap))):
            if unit > depth:
                self.entries.deepen(group)
            else:
                self.entries.sibling(group)
            return True
        return self._behind_brackets(group, gap) or self._alone(group, gap)

    def _behind_brackets(self, group: Group, gap: str) -> bool:
        """Take a 款 or 项 of the place before brackets that name another: 第九十七条（原第九十四条）第一款."""
        place = self.scope.place if gap == ")" and group.unit in (PARAGRAPH, ITEM) and group.ordinal else None
        if not place or not place.where or place is self.entries.all[-1]:
            return False
        if group.unit <= place.depth or group.start in self.text.breaks or self.text.text[place.where[-1][1]] != "(":
            return False
        self.entries.resume(place, group)
        return True

    def _counts(self, group: Group, gap: str) -> bool:
        """Tell whether a text says how many 款 or 项 a place has: 第六条只有十三项, 第三十五条（三款全抄太长）."""
        if group.ordinal or group.bracketed:
            return False
        aside = gap == "(" and pattern("count_after").match(self.text.text[group.end : group.end + 1])
        return bool(aside or pattern("count").search(gap))

    def _after_annex(self, group: Group, gap: str) -> bool:
        """Take an article that a list sets beside an annex, 附件一和第七条; 附件一第七条 may be one of the annex."""
        law = self.instrument
        if not (law and group.unit == ARTICLE and group.ordinal and pattern("list").match(gap)) or gap in (",", ";"):
            return self._alone(group, gap)
        self.entries.articles(law, group, quoted=self._quoted(group.start))
        return True

    def _resumed(self, group: Group, gap: str) -> bool:
        """Take a number behind the provision quoted for the one before, 第九十七条：“…”第（二）项, or one alone."""
        if not self.given or group.unit == ARTICLE or self.before or not pattern("resumed").match(gap):
            return self._alone(group, gap)
        if not group.ordinal or (group.unit == ITEM and self._fact(group, gap)):
            return self._alone(group, gap)
        self.entries.resume(self.given, group)
        return True
