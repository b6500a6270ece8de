"""What a person can do against a power (救济途径): by the paper in hand, in steps, each with its period and basis."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quanze.base.value import mapping, number, rows, text
from quanze.base.value import texts as words
from quanze.law.citation import BASIS, Citation, citations
from quanze.law.numerals import numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.base.model import Record, Value
    from quanze.register.catalog import Catalog

REMEDIES = "remedies"
OFFICE, HEARINGS, CASE = "复议机关", "听证标准", "情况"
SUPERIOR, HEARING = "向谁复议", "可否听证"
"""What stands in a text between 〔 and 〕 for what depends on the body, the settings and the subtype."""
_FOR, _SUBTYPE, _HINT, _OPENING, _CITED = "适用", "职权子类", "提示", "开头", "引用"
_PAPERS, _STEPS, _PERIOD, WORDING = "文书", "步骤", "期限", "写法"
_LENIENCY, BRIEF, QUICK, _WORDS, _ANSWER, _SAID = "从宽", "要点", "速答", "内容", "答", "说明"
_HIGHEST = frozenset({"国家级", "省级"})
_WRITTEN = {"工作日": "个工作日", "日": "日", "月": "个月", "年": "年"}


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when a step has to be taken."""

    number: int
    """0 where the law counts no days."""
    unit: str
    start: str
    wording: str
    postponed: tuple[Citation, ...] = ()
    """By which law a last day on a holiday is postponed; empty where none is known."""

    @classmethod
    def of(cls, data: object) -> Deadline:
        """Return the deadline that a group 期限 tells."""
        parts = mapping(data)
        return cls(
            number=number(parts.get("数")),
            unit=text(parts.get("单位")),
            start=text(parts.get("起算")),
            wording=text(parts.get(WORDING)),
            postponed=citations(parts.get("顺延")),
        )

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
    remark: RemedyText
    basis: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class RemedyPaper:
    """A paper that one may have in hand, and what can be done with it."""

    title: str
    hint: str
    steps: tuple[RemedyStep, ...]
    counts: bool = False
    """Whether the days of its steps run from the day on which it was received."""
    marks: tuple[str, ...] = ()
    """Words in its heading or text by which such a paper is known."""

    def counted(self, step: RemedyStep) -> Deadline | None:
        """Return the deadline of a step whose days run from the paper's receipt; None for others."""
        return step.deadline if self.counts and step.deadline and step.deadline.start else None


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
        data = record.data
        for_ = mapping(data.get(_FOR))
        return cls(
            id=record.id,
            title=text(data.get("题目")),
            hint=text(data.get(_HINT)),
            types=cls.types_of(data),
            subtypes=frozenset(words(for_.get(_SUBTYPE))),
            rest=for_.get("其余") is True,
            opening=RemedyText(text(data.get(_OPENING)), citations(data.get(_CITED))),
            cases=tuple((frozenset(words(row.get(_SUBTYPE))), text(row[_WORDS])) for row in rows(data.get(CASE))),
            papers=tuple(_papers(data, all_, frozenset({record.id}))),
            leniency=tuple((text(row["名称"]), _told(row, _SAID)) for row in rows(data.get(_LENIENCY))),
            leniency_note=text(data.get("从宽说明")),
            brief=tuple(_told(row, _WORDS) for row in rows(data.get(BRIEF))),
            quick=tuple((text(row["问"]), _told(row, _ANSWER)) for row in rows(data.get(QUICK))),
        )

    @staticmethod
    def types_of(data: Mapping[str, Value]) -> frozenset[str]:
        """Return the types of power that a record is for; none where it goes by subtype, or is only taken over."""
        return frozenset(words(mapping(data.get(_FOR)).get("职权类型")))

    def case(self, subtype: str) -> str:
        """Return what depends on the subtype of a power; empty where nothing does."""
        found = (text for subtypes, text in self.cases if subtype in subtypes)
        return next(found, "") or next((text for subtypes, text in self.cases if not subtypes), "")


def _told(row: Mapping[str, Value], name: str) -> RemedyText:
    return RemedyText(text(row[name]), citations(row.get(BASIS)))


def _papers(data: Mapping[str, Value], all_: Mapping[str, Record], seen: frozenset[str]) -> Iterator[RemedyPaper]:
    for paper in rows(data.get(_PAPERS)):
        taken = _taken(paper, all_, seen)
        if taken:
            yield from _papers(taken.data, all_, seen | {taken.id})
        elif _STEPS in paper:
            steps = tuple(_steps(paper[_STEPS], all_, seen))
            counts = paper.get("推算") is True
            yield RemedyPaper(text(paper[_PAPERS]), text(paper[_HINT]), steps, counts, words(paper.get("识别")))


def _steps(values: object, all_: Mapping[str, Record], seen: frozenset[str]) -> Iterator[RemedyStep]:
    for row in rows(values):
        deadline = Deadline.of(row[_PERIOD]) if _PERIOD in row else None
        basis = citations(row.get(BASIS))
        remark = RemedyText(text(row.get(_SAID)), citations(row.get(_CITED)) + basis)
        own = RemedyStep(text(row.get("做什么")), deadline, remark, basis)
        taken = _taken(row, all_, seen)
        if taken:
            first, *others = _steps(taken.data.get(_STEPS), all_, seen | {taken.id})
            remedy_text = RemedyText(own.remark.text + first.remark.text, own.remark.cited + first.remark.cited)
            yield replace(first, remark=remedy_text, basis=own.basis + first.basis)
            yield from others
        elif own.title:
            yield own


def _taken(row: Mapping[str, Value], all_: Mapping[str, Record], seen: frozenset[str]) -> Record | None:
    """Return the record that a paper or a step takes over; never one that leads back, which is told as a fault."""
    name = text(row.get("沿用"))
    record = all_.get(name) if name not in seen else None
    return record if record and (_STEPS in record.data or _PAPERS in record.data) else None


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
    return tuple(Remedy.of(record, records) for record in records.values() if _FOR in record.data)


def papers(catalog: Catalog) -> Iterator[RemedyPaper]:
    """Yield every paper that one may have in hand, those that stand on no power's page too."""
    records = catalog.records.get(REMEDIES, {})
    for record in records.values():
        yield from _papers(record.data, records, frozenset({record.id}))


def by_itself(level: object) -> bool:
    """Tell whether there are bodies of a level that reconsider their own acts: ministries, provinces' governments.

    行政复议法 24 and 25.
    """
    return level in _HIGHEST


def reviewer(body: Record) -> str:
    """Return the id of the body that reconsiders what a body does; empty where that is not told."""
    return text(body.data.get(OFFICE))


def remedy(known: Sequence[Remedy], type_: str, subtype: str) -> Remedy:
    """Return what can be done against a power: by its subtype where that decides, else by its type."""
    for fits in (lambda one: subtype in one.subtypes, lambda one: type_ in one.types, lambda one: one.rest):
        found = next(filter(fits, known), None)
        if found:
            return found
    return _NONE


def texts(record: Record) -> Iterator[tuple[str, RemedyText]]:
    """Yield the texts of a record in which provisions are named, each with its pointer."""
    data = record.data
    if _OPENING in data:
        yield f"/{_OPENING}", RemedyText(text(data[_OPENING]), citations(data.get(_CITED)))
    for pointer, row in _rows(data):
        if _SAID in row:
            remedy_text = RemedyText(text(row[_SAID]), citations(row.get(_CITED)) + citations(row.get(BASIS)))
            yield f"{pointer}/{_SAID}", remedy_text
    for group, name in ((BRIEF, _WORDS), (QUICK, _ANSWER), (_LENIENCY, _SAID)):
        for index, row in enumerate(rows(data.get(group))):
            yield f"/{group}/{index}/{name}", _told(row, name)


def deadlines(record: Record) -> Iterator[tuple[str, Deadline]]:
    """Yield the deadlines of a record's steps, each with its pointer."""
    for pointer, row in _rows(record.data):
        if _PERIOD in row:
            yield f"{pointer}/{_PERIOD}", Deadline.of(row[_PERIOD])


def _rows(data: Mapping[str, Value]) -> Iterator[tuple[str, Mapping[str, Value]]]:
    yield from ((f"/{_STEPS}/{index}", row) for index, row in enumerate(rows(data.get(_STEPS))))
    for index, paper in enumerate(rows(data.get(_PAPERS))):
        steps = enumerate(rows(paper.get(_STEPS)))
        yield from ((f"/{_PAPERS}/{index}/{_STEPS}/{place}", row) for place, row in steps)
