"""Instruments and their versions: which is in force when, what moved where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.law.outline import Outline
from quanze.law.places import Place, parse_place

if TYPE_CHECKING:
    from quanze.base.model import Document

UNVERIFIED = "待核"
"""The name of the version of an instrument of which nobody has looked up more than its title."""
_ANY = 9_999
"""The last article where it is not known: no article is beyond it."""


@dataclass(frozen=True, slots=True)
class Move:
    """One row of an article map: what became of a place of the version before."""

    old: Place | None
    new: str
    change: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """One version of an instrument; dates are ISO text, so they compare as they stand."""

    name: str
    promulgated: str
    in_force: str
    last_article: int
    penalty_articles: frozenset[int]
    moves: tuple[Move, ...]
    adopted: str = ""
    """The day from which its changes are to be confirmed: that of adoption, else that of coming into force."""
    structure: str = ""
    """Its 结构, the compact text; empty where nobody looked it up."""
    text: str = ""
    """The file of its wording, where it is not the instrument's own."""

    @property
    def verified(self) -> bool:
        """Whether its dates were looked up."""
        return bool(self.in_force)

    @property
    def outline(self) -> Outline | None:
        """Which 条, 款, 项 and 目 it has; None where that is not known."""
        try:
            return Outline.of(self.structure) if self.structure else None
        except ValueError:
            return None

    def moved(self, place: Place) -> Move | None:
        """Return what the map says of a place of the version before; a row without 款 or 项 covers the whole."""
        for move in self.moves:
            if move.old and all(want in (0, have) for want, have in zip(move.old, place, strict=True)):
                return move
        return None


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, regulation, rule or document, as the record in `laws` describes it."""

    id: str
    title: str
    names: tuple[str, ...]
    rank: str
    versions: tuple[Version, ...]
    """Oldest first."""
    repealed: str
    successors: tuple[str, ...]
    own_kinds: frozenset[str]
    numbers: str = ""
    """The version whose numbers citations speak (条号版本); empty where the file does not say."""
    text: str = ""
    """The file of the wording (全文) of that version, else of the newest."""
    doubtful: str = ""
    """From which day on nobody knows whether it is still in force (效力待核); empty where that is no question."""

    @property
    def short(self) -> str:
        """The title without the name of the state."""
        return self.title.removeprefix("中华人民共和国")

    @property
    def newest(self) -> Version:
        """The version with the latest date of promulgation."""
        return self.versions[-1]

    @property
    def named_numbers(self) -> Version | None:
        """The version that the file says the numbers of citations are of."""
        return self.version(self.numbers) if self.numbers else None

    def in_doubt(self, at: str) -> bool:
        """Tell whether it is not known on a day if the instrument is still in force."""
        return bool(self.doubtful) and at >= self.doubtful

    def wording(self, version: Version) -> str:
        """Return the path of a version's wording; empty where none is kept."""
        own = version == (self.named_numbers or self.newest)
        return version.text or (self.text if own else "")

    def version(self, name: str) -> Version | None:
        """Return the version of that name."""
        return next((version for version in self.versions if version.name == name), None)

    def in_force(self, at: str) -> Version | None:
        """Return the version in force on a day; None before the first and after repeal."""
        if self.repealed and at >= self.repealed:
            return None
        return next((one for one in reversed(self.versions) if one.verified and one.in_force <= at), None)


def instrument(id_: str, data: Document) -> Instrument:
    """Return the instrument that a valid record of `laws` describes."""
    title = str(data["名称"])
    doubt: Document = data.get("效力待核", {})
    versions = sorted(data["版本"], key=lambda version: version.get("公布日期", ""))
    return Instrument(
        id=id_,
        title=title,
        names=tuple(dict.fromkeys((title, title.removeprefix("中华人民共和国"), *data.get("简称", ())))),
        rank=str(data["位阶"]),
        versions=tuple(map(_version, versions)),
        repealed=str(data.get("废止日期", "")),
        successors=tuple(data.get("替代文件", ())),
        own_kinds=frozenset(data.get("其他处罚种类", ())),
        numbers=str(data.get("条号版本", "")),
        text=str(data.get("全文", "")),
        doubtful=str(doubt.get("自", "")),
    )


def _version(data: Document) -> Version:
    rows: list[Document] = list(data.get("条文对照", ()))
    moves = (Move(parse_place(str(row.get("旧", ""))), str(row.get("新", "")), tuple(row["变化"])) for row in rows)
    return Version(
        name=str(data["名称"]),
        promulgated=str(data.get("公布日期", "")),
        in_force=str(data.get("施行日期", "")),
        last_article=int(data.get("条数", _ANY)),
        penalty_articles=frozenset(data.get("罚则条", ())),
        moves=tuple(sorted(moves, key=lambda move: move.old or (0, 0, 0), reverse=True)),
        adopted=str(data.get("采用日期", data.get("施行日期", ""))),
        structure=str(data.get("结构", "")),
        text=str(data.get("全文", "")),
    )
