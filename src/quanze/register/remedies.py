"""What a person can do against a power (救济途径): by the paper in hand, in steps, each with its period and basis."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from quanze.law.citation import BASIS, Citation, citations
from quanze.law.numerals import numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.base.model import Record
    from quanze.register.catalog import Catalog

REMEDIES = "remedies"
OFFICE, HEARINGS, CASE = "复议机关", "听证标准", "情况"
SUPERIOR, HEARING = "向谁复议", "可否听证"
"""What stands in a text between 〔 and 〕 for what depends on the body, the settings and the subtype."""
_WRITTEN = {"工作日": "个工作日", "日": "日", "月": "个月", "年": "年"}


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when a step has to be taken."""

    number: int
    """0 where the law counts no days."""
    unit: str
    start: str
    wording: str

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Deadline:
        """Return the deadline that a group 期限 tells."""
        return cls(data.get("数", 0), data.get("单位", ""), data.get("起算", ""), data.get("写法", ""))

    @property
    def length(self) -> str:
        """The number with its unit, as a statute writes it; empty where none is counted."""
        return f"{numeral(self.number)}{_WRITTEN[self.unit]}" if self.number else ""

    @property
    def text(self) -> str:
        """The deadline in words."""
        return self.wording or f"{self.start}起{self.length}内"


@dataclass(frozen=True, slots=True)
class RemedyText:
    """A text and the citations that it may speak of."""

    text: str
    cited: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class RemedyStep:
    """One thing to do."""

    title: str
    deadline: Deadline | None
    told: RemedyText
    basis: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class RemedyPaper:
    """A paper that one may have in hand, and what can be done with it."""

    title: str
    hint: str
    steps: tuple[RemedyStep, ...]


@dataclass(frozen=True, slots=True)
class Remedy:
    """What can be done against the powers of some types or subtypes."""

    id: str
    title: str
    hint: str
    types: frozenset[str]
    subtypes: frozenset[str]
    rest: bool
    """Whether it is for the powers that no other is for."""
    opening: RemedyText
    cases: tuple[tuple[frozenset[str], str], ...]
    """(subtypes, text) of what depends on the subtype; the one without subtypes is for the others."""
    papers: tuple[RemedyPaper, ...]
    leniency: tuple[tuple[str, RemedyText], ...]
    """(name, text) of when a penalty is not or need not be imposed."""
    leniency_note: str
    brief: tuple[RemedyText, ...]
    """The same on a few lines, for the printed sheet."""
    quick: tuple[tuple[str, RemedyText], ...] = ()
    """(question, answer) of what is told under the title of a page already."""

    @classmethod
    def of(cls, record: Record, all_: Mapping[str, Record]) -> Remedy:
        """Return what a record tells, with what it takes over (沿用) in its place."""
        data: Any = record.data
        for_: Any = data.get("适用", {})
        return cls(
            id=record.id,
            title=data.get("题目", ""),
            hint=data.get("提示", ""),
            types=cls.types_of(data),
            subtypes=frozenset(for_.get("职权子类", ())),
            rest=for_.get("其余") is True,
            opening=RemedyText(data.get("开头", ""), citations(data.get("引用"))),
            cases=tuple((frozenset(one.get("职权子类", ())), one["内容"]) for one in data.get(CASE, ())),
            papers=tuple(_papers(data, all_, frozenset({record.id}))),
            leniency=tuple(
                (one["名称"], RemedyText(one["说明"], citations(one[BASIS]))) for one in data.get("从宽", ())
            ),
            leniency_note=data.get("从宽说明", ""),
            brief=tuple(RemedyText(one["内容"], citations(one.get(BASIS))) for one in data.get("要点", ())),
            quick=tuple((one["问"], RemedyText(one["答"], citations(one.get(BASIS)))) for one in data.get("速答", ())),
        )

    @staticmethod
    def types_of(data: Mapping[str, Any]) -> frozenset[str]:
        """Return the types of power that a record is for; none where it goes by subtype, or is only taken over."""
        return frozenset(data.get("适用", {}).get("职权类型", ()))

    def case(self, subtype: str) -> str:
        """Return what depends on the subtype of a power; empty where nothing does."""
        found = (text for subtypes, text in self.cases if subtype in subtypes)
        return next(found, "") or next((text for subtypes, text in self.cases if not subtypes), "")


def _papers(data: Mapping[str, Any], all_: Mapping[str, Record], seen: frozenset[str]) -> Iterator[RemedyPaper]:
    for one in data.get("文书", ()):
        taken = _taken(one, all_, seen)
        if taken:
            yield from _papers(taken.data, all_, seen | {taken.id})
        elif "步骤" in one:
            yield RemedyPaper(one["文书"], one["提示"], tuple(_steps(one["步骤"], all_, seen)))


def _steps(rows: Sequence[Mapping[str, Any]], all_: Mapping[str, Record], seen: frozenset[str]) -> Iterator[RemedyStep]:
    for row in rows:
        deadline = Deadline.of(row["期限"]) if "期限" in row else None
        basis, text = citations(row.get(BASIS)), row.get("说明", "")
        own = RemedyStep(row.get("做什么", ""), deadline, RemedyText(text, citations(row.get("引用")) + basis), basis)
        taken = _taken(row, all_, seen)
        if taken:
            first, *others = _steps(taken.data.get("步骤", ()), all_, seen | {taken.id})
            told = RemedyText(own.told.text + first.told.text, own.told.cited + first.told.cited)
            yield replace(first, told=told, basis=own.basis + first.basis)
            yield from others
        elif own.title:
            yield own


def _taken(row: Mapping[str, Any], all_: Mapping[str, Record], seen: frozenset[str]) -> Record | None:
    """Return the record that a paper or a step takes over; never one that leads back, which is told as a fault."""
    name = str(row.get("沿用", ""))
    found = all_.get(name) if name not in seen else None
    return found if found and ("步骤" in found.data or "文书" in found.data) else None


_NONE = Remedy(
    id="",
    title="不服，怎么办",
    hint="按手里的文书载明的途径和期限办理。",
    types=frozenset(),
    subtypes=frozenset(),
    rest=True,
    opening=RemedyText("", ()),
    cases=(),
    papers=(),
    leniency=(),
    leniency_note="",
    brief=(RemedyText("按手里的文书载明的途径和期限办理。", ()),),
)
"""What a register says that keeps no record of it."""


def remedies(catalog: Catalog) -> tuple[Remedy, ...]:
    """Return what can be done against each kind of power; what others only take over is not among them."""
    records = catalog.records.get(REMEDIES, {})
    return tuple(Remedy.of(one, records) for one in records.values() if "适用" in one.data)


def remedy(known: Sequence[Remedy], type_: str, subtype: str) -> Remedy:
    """Return what can be done against a power: by its subtype where that decides, else by its type."""
    for fits in (lambda one: subtype in one.subtypes, lambda one: type_ in one.types, lambda one: one.rest):
        found = next(filter(fits, known), None)
        if found:
            return found
    return _NONE


def texts(record: Record) -> Iterator[tuple[str, RemedyText]]:
    """Yield the texts of a record in which provisions are named, each with its pointer."""
    data: Any = record.data
    if "开头" in data:
        yield "/开头", RemedyText(data["开头"], citations(data.get("引用")))
    for pointer, row in _rows(data):
        if "说明" in row:
            yield f"{pointer}/说明", RemedyText(row["说明"], citations(row.get("引用")) + citations(row.get(BASIS)))
    for index, row in enumerate(data.get("要点", ())):
        yield f"/要点/{index}/内容", RemedyText(row["内容"], citations(row.get(BASIS)))
    for index, row in enumerate(data.get("速答", ())):
        yield f"/速答/{index}/答", RemedyText(row["答"], citations(row.get(BASIS)))
    for index, row in enumerate(data.get("从宽", ())):
        yield f"/从宽/{index}/说明", RemedyText(row["说明"], citations(row[BASIS]))


def deadlines(record: Record) -> Iterator[tuple[str, Deadline]]:
    """Yield the deadlines of a record's steps, each with its pointer."""
    for pointer, row in _rows(record.data):
        if "期限" in row:
            yield f"{pointer}/期限", Deadline.of(row["期限"])


def _rows(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield from ((f"/步骤/{number}", row) for number, row in enumerate(data.get("步骤", ())))
    for index, paper in enumerate(data.get("文书", ())):
        yield from ((f"/文书/{index}/步骤/{number}", row) for number, row in enumerate(paper.get("步骤", ())))
