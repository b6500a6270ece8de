"""What 该法, 本条例, 同条, 前款 mean: what was last named in that class, inside a quotation apart from outside."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import TYPE_CHECKING

from quanze.law.reader.lexicon import DATA, pattern
from quanze.law.reader.notes import FORMER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.law.reader.entries import CitationEntry
    from quanze.law.reader.known import TitledInstrument

_NEAR = 80
"""What 现行法 means in others' words stands no further back."""
_GROUPS: Mapping[str, list[str]] = DATA["groups"]


@dataclass(frozen=True, slots=True)
class Pointer:
    """A word that points back, or an annex: what it is, its first word, its class and its place in the text."""

    start: int
    end: int
    what: str
    """law, article, paragraph, its, paired or annex."""
    word: str
    of: str


def pointers(text: str) -> Iterator[Pointer]:
    """Yield the words of a text that point back, in no order."""
    for what in ("law", "article", "paragraph", "annex", "paired"):
        for match in pattern(what).finditer(text):
            of = (match[2] or "") if match.re.groups > 1 else ""
            yield Pointer(match.start(), match.end(), what, match[1], of)
    for match in pattern("its").finditer(text):
        yield Pointer(match.start(), match.end(), "its", match[0], "")
    for match in pattern("bare").finditer(text):
        if match[1] or pattern("bare_lead").search(text[max(0, match.start() - 2) : match.start()]):
            yield Pointer(match.start(), match.end(), "law", "", match[1] or match[2])


@dataclass(slots=True)
class Scope:
    """What has been named so far."""

    current: TitledInstrument | None = None
    """What an article without a law belongs to."""
    named: dict[str, tuple[int, TitledInstrument]] = field(default_factory=dict)
    place: CitationEntry | None = None
    """The place that was named last."""
    outer: Scope | None = None
    heard: dict[str, tuple[int, TitledInstrument]] = field(default_factory=dict)
    """What others' words alone have named: 该法 means that where the text itself names no law of the class."""

    def name(self, instrument: TitledInstrument, at: int) -> None:
        """Take note of a law that the text names; 将第四条修改为 is of another one than the decision that says so."""
        self.current = None if pattern("amending").search(instrument.name) else instrument
        self.named[instrument.kind] = (at, instrument)

    def forget(self, kind: str) -> None:
        """Take note that the text names something of a class that is no law: what 该办法 means is open again."""
        self.named.pop(kind, None)
        self.heard.pop(kind, None)

    def hear(self, instrument: TitledInstrument, at: int) -> None:
        """Take note of a law that others' words name."""
        self.heard[instrument.kind] = (at, instrument)

    def meant(self, pointer: Pointer) -> TitledInstrument | None:
        """Return the instrument that 该法 or 本条例 means: what the text itself named last.

        Where it has named none of the class, what others' words did. In a quotation 本 is what is quoted.
        现行法 and 新法 are that law in no version, 旧法 is it in a former one.
        """
        if pointer.what in ("its", "paired"):
            return self.current
        own = pattern("self").match(pointer.word)
        whose = self.outer if self.outer and own and self.outer.named else self
        law = _last(whose.named, pointer.of) or (None if own else _last(whose.heard, pointer.of))
        if law and pattern("present").match(pointer.word):
            return (self._heard_right_before(pointer) or law).undated
        return law._replace(event=FORMER) if law and pattern("bygone").match(pointer.word) else law

    def _heard_right_before(self, pointer: Pointer) -> TitledInstrument | None:
        """Return the law that others' words named last, before 现行法: 写的“…法第四十条”，对应现行法第四十三条."""
        heard = [self.heard[kind] for kind in _GROUPS.get(pointer.of, ()) if kind in self.heard]
        at, law = max(heard, key=itemgetter(0), default=(0, None))
        later = all(named < at for named, _ in self.named.values())
        return law if law and later and pointer.start - at <= _NEAR else None

    def quoted(self) -> Scope:
        """Return what is known inside a quotation that begins here."""
        return replace(self, named=dict(self.named), heard=dict(self.heard), outer=self)

    def left(self) -> Scope | None:
        """Return what is known after a quotation: of its laws only that they were heard; None outside one."""
        if self.outer:
            self.outer.heard.update(self.heard)
        return self.outer


def _last(known: Mapping[str, tuple[int, TitledInstrument]], group: str) -> TitledInstrument | None:
    """Return what was last named in a group of classes."""
    found = [known[kind] for kind in _GROUPS.get(group, ()) if kind in known]
    return max(found, key=lambda one: one[0])[1] if found else None
