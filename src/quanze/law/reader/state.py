"""What is known of a text at a place of it, between what was read and what comes next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quanze.law.reader.clauses import OwnArticles
from quanze.law.reader.entries import CitationEntry, Entries
from quanze.law.reader.passage import Passages
from quanze.law.reader.scope import Pointer, Scope

if TYPE_CHECKING:
    from quanze.law.reader.columns import ColumnCell, ColumnHead
    from quanze.law.reader.folding import Folded
    from quanze.law.reader.known import Title, TitledInstrument
    from quanze.law.reader.units import Span

ARTICLE, PARAGRAPH, ITEM = 0, 1, 2
LOOKED_BACK = 50
"""So many of the last citations may be meant by a word that points back."""
GAP = 30
"""A gap between two numbers that is longer joins nothing."""
_NO_WORD = Pointer(0, 0, "", "", "款")


@dataclass(slots=True)
class State:
    """One text on its way to a `Reading`."""

    text: Folded
    titles: list[Title]
    columns: list[ColumnCell] = field(default_factory=list)
    """The cells of its tables whose columns are each of a law, or a version."""
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
    naked: bool = False
    """Whether the last article stood without 第 and 条."""
    passed_by: TitledInstrument | None = None
    """What the text spoke of before 构成犯罪的，依照刑法第…条: the next sentence goes on with it."""
    renumbers: bool = False
    """Whether the text speaks of old numbers, and has arrows."""
    few: bool = False
    """Whether what was refused last is a count: 一共7条."""
    given: CitationEntry | None = None
    """The citation whose provision the last quotation gives."""
    articles: OwnArticles = field(default_factory=OwnArticles)
    """What articles of its own the text has."""
    pair: list[tuple[TitledInstrument, CitationEntry | None]] = field(default_factory=list)
    """What 前者 and 后者 mean, the law and its place, until another law is named."""
    enclosed: dict[int, TitledInstrument] = field(default_factory=dict)
    """The laws that stand alone in brackets, by where their titles begin."""
    only: TitledInstrument | None = None
    """The law that the text names where it names no other title: 36条第6项 before its name is of it."""
    numbered: dict[Span, dict[tuple[str, ...], TitledInstrument]] = field(default_factory=dict)
    """The laws behind whose titles an article stands, by its number."""
    dated: dict[str, TitledInstrument] = field(default_factory=dict)
    """What was named last with each year."""
    before_brackets: tuple[Scope, TitledInstrument | None, CitationEntry | None] | None = None
    """What the text spoke of before the brackets that are open."""
    listing: bool = False
    """Whether these brackets follow a word: 超期未检（…第四十条）、未登记（第三十三条）."""
    in_brackets: tuple[tuple[int, int, int], TitledInstrument | None, CitationEntry | None] | None = None
    """What the last such brackets named, and where the text stood behind them: the next ones go on with it."""
    column: ColumnHead | None = None
    """What heads the cell."""
    passages: Passages = field(init=False)

    def __post_init__(self) -> None:
        """Look for the ends of sentences, once."""
        self.passages = Passages(self.text)

    def _gap(self, start: int) -> str:
        return self.text.text[self.end : start] if start - self.end <= GAP else "……" * GAP

    def _quoted(self, start: int, *, own: bool = False) -> bool:
        return self.inside or self.passages.quoted(start, own=own)

    def _own(self, law: TitledInstrument) -> bool:
        """Tell whether an article that no law stands before may be one of the text's own rather than the law's."""
        return not self.inside and self.articles.may_be(law)
