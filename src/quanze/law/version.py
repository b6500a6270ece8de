"""One version of an instrument (版本): its days, its articles, their structure, and what moved since the one before."""

from __future__ import annotations

from dataclasses import dataclass

from quanze.base.value import mapping, number, rows, text
from quanze.law.citation import NUMBER
from quanze.law.move import Move
from quanze.law.outline import Outline

NAME, PROMULGATED, IN_FORCE, ADOPTED, LAST = "名称", "公布日期", "施行日期", "采用日期", "条数"
STRUCTURE, PENALTIES, MAP, TEXT = "结构", "罚则条", "条文对照", "全文"
PARTS = (NAME, PROMULGATED, IN_FORCE, ADOPTED, NUMBER, LAST, STRUCTURE, PENALTIES, MAP, TEXT)
"""In the order in which one writes them."""
UNCOUNTED = 9_999
"""The last article where it is not known: no article is beyond it."""


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """One version of an instrument; dates are ISO text, so they compare as they stand."""

    index: int
    """Its place in the instrument's file, from 0."""
    name: str
    promulgated: str
    in_force: str
    number: str
    """That of its promulgation."""
    last_article: int
    penalties: tuple[int, ...]
    """The articles that punish, as they are written."""
    penalty_articles: frozenset[int]
    article_map: tuple[Move, ...]
    """The map from the version before, as it is written."""
    moves: tuple[Move, ...]
    """The same, the most exact of an article first."""
    adopted: str = ""
    """The day from which its changes are to be confirmed: that of adoption, else that of coming into force."""
    renumbered: bool = False
    """Whether its numbers were adopted by `impact --apply`, which carries every citation over."""
    structure: str = ""
    """Its 结构, the compact text; empty where nobody looked it up."""
    text: str = ""
    """The file of its wording, where it is not the instrument's own."""

    @classmethod
    def of(cls, index: int, data: object) -> Version:
        """Return the version that a row of an instrument's file tells."""
        row = mapping(data)
        written = row.get(PENALTIES)
        penalties = tuple(map(number, written)) if isinstance(written, list) else ()
        moves = tuple(map(Move.of, rows(row.get(MAP))))
        return cls(
            index=index,
            name=text(row.get(NAME)),
            promulgated=text(row.get(PROMULGATED)),
            in_force=text(row.get(IN_FORCE)),
            number=text(row.get(NUMBER)),
            last_article=number(row.get(LAST, UNCOUNTED)),
            penalties=penalties,
            penalty_articles=frozenset(penalties),
            article_map=moves,
            moves=tuple(sorted(moves, key=lambda move: move.old or (0, 0, 0), reverse=True)),
            adopted=text(row.get(ADOPTED, row.get(IN_FORCE))),
            renumbered=ADOPTED in row,
            structure=text(row.get(STRUCTURE)),
            text=text(row.get(TEXT)),
        )

    @property
    def verified(self) -> bool:
        """Whether its dates were looked up."""
        return bool(self.in_force)

    @property
    def counted(self) -> bool:
        """Whether it is known how many articles it has."""
        return self.last_article != UNCOUNTED

    @property
    def outline(self) -> Outline | None:
        """Which 条, 款, 项 and 目 it has; None where that is not known."""
        try:
            return Outline.of(self.structure) if self.structure else None
        except ValueError:
            return None
