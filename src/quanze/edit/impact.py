"""What rests on an instrument, or on an article of it: records, their sanctions, lists, and what refers to them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quanze.base.value import mapping
from quanze.edit.renumbering_report import table
from quanze.form import kinds
from quanze.form.kinds import in_words
from quanze.law.citation import BASIS, ROLE
from quanze.law.sanction import Sanction
from quanze.law.sentence import sentence
from quanze.register.catalog import LISTS
from quanze.register.listing import listing
from quanze.register.occurrences import Occurrence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Record, Value
    from quanze.edit.place import Sought
    from quanze.form.kinds import Look
    from quanze.law.citation import Citation
    from quanze.law.places import Place
    from quanze.register.catalog import Catalog

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Resting:
    """One record that rests on what was asked for."""

    record: Record
    citations: tuple[Occurrence[Citation], ...]
    whole: bool
    """Whether it cites the instrument as a whole, and no place in it that was asked for."""
    sanctions: tuple[Occurrence[Mapping[str, Value]], ...]
    """Its sanctions that have one of the citations for their basis."""
    referring: tuple[Record, ...]
    """The records that refer to it, and so rest on it in turn."""


@dataclass(frozen=True, slots=True)
class Impact:
    """Everything that rests on an instrument or an article."""

    sought: Sought
    resting: tuple[Resting, ...]
    lists: tuple[tuple[Record, tuple[int, ...]], ...]
    """The lists in which such records stand, with the numbers of their rows."""


def impact(catalog: Catalog, sought: Sought) -> Impact:
    """Work out what rests on an instrument or on places in it."""
    wanted = sought.places
    by_record: dict[tuple[str, str], list[Occurrence[Citation]]] = defaultdict(list)
    for occurrence in catalog.citations.get(sought.instrument.id, ()):
        if touches(occurrence.value, wanted):
            by_record[occurrence.record.collection, occurrence.record.id].append(occurrence)
    sanctions: dict[tuple[str, str], list[Occurrence[Mapping[str, Value]]]] = defaultdict(list)
    for sanction in catalog.by_kind[kinds.SANCTION]:
        key = sanction.record.collection, sanction.record.id
        sanctions[key].append(Occurrence(*sanction[:3], mapping(sanction.value)))
    resting = tuple(
        Resting(
            record=occurrences[0].record,
            citations=tuple(occurrences),
            whole=bool(wanted) and not any(occurrence.value.places for occurrence in occurrences),
            sanctions=tuple(
                one
                for one in sanctions[key]
                if any(occurrence.pointer.startswith(f"{one.pointer}/") for occurrence in occurrences)
            ),
            referring=tuple(
                {occurrence.record.path: occurrence.record for occurrence in catalog.references.get(key, ())}.values()
            ),
        )
        for key, occurrences in by_record.items()
    )
    ordered = tuple(sorted(resting, key=lambda one: (one.whole, one.record.collection, one.record.id)))
    return Impact(sought, ordered, tuple(_lists(catalog, {*by_record})))


def touches(citation: Citation, wanted: tuple[Place, ...]) -> bool:
    """Tell whether a citation names one of the places, part of it, or something that it is part of."""
    cited = citation.places
    if not wanted or not cited:
        return True
    return any(all(0 in (a, b) or a == b for a, b in zip(one, other, strict=True)) for one in cited for other in wanted)


def _lists(catalog: Catalog, keys: set[tuple[str, str]]) -> Iterator[tuple[Record, tuple[int, ...]]]:
    for record in catalog.records.get(LISTS, {}).values():
        if catalog.lists[record.id].collection in catalog.records:
            rows = listing(catalog, record, "").rows
            numbers = [row.number for row in rows if any((one.collection, one.id) in keys for one in row.records)]
            if numbers:
                yield record, tuple(numbers)


def text(impact: Impact, catalog: Catalog, look: Look) -> Iterator[str]:
    """Yield the impact as a clerk reads it."""
    places_ = sum(len(affected.citations) for affected in impact.resting)
    yield f"{impact.sought}：{len(impact.resting)} 条记录、{places_} 处依据，{len(impact.lists)} 张清单"
    for affected in impact.resting:
        facts = "、".join(_facts(affected.record, catalog))
        yield ""
        yield f"{affected.record.path}  {catalog.title(affected.record)}{f'（{facts}）' if facts else ''}"
        for occurrence in affected.citations:
            if not any(occurrence.pointer.startswith(f"{sanction.pointer}/") for sanction in affected.sanctions):
                whole = "（只引整部文件）" if affected.whole else ""
                yield f"  {spoken(occurrence.pointer)}：{_cited(occurrence.value)}{whole}"
        for sanction in affected.sanctions:
            yield f"  {spoken(sanction.pointer)}：{_sanction(sanction, look)}"
        if affected.referring:
            count = len(affected.referring)
            names = "、".join(record.id for record in affected.referring[:_SHOWN])
            yield f"  被 {count} 条记录引用：{names}{'……' if count > _SHOWN else ''}"
    for record, numbers in impact.lists:
        rows = "、".join(map(str, numbers[:_SHOWN])) + ("……" if len(numbers) > _SHOWN else "")
        yield ""
        yield f"{record.path}  {catalog.title(record)}：{len(numbers)} 行，序号 {rows}"


def data(impact: Impact, catalog: Catalog) -> dict[str, object]:
    """Return the impact as JSON data."""
    return {
        BASIS: str(impact.sought),
        "文件": impact.sought.instrument.id,
        "记录": [
            {
                "集合": affected.record.collection,
                "编号": affected.record.id,
                "名称": catalog.title(affected.record),
                "文件": affected.record.path,
                "只引整部文件": affected.whole,
                BASIS: [
                    {"位置": occurrence.pointer, "写法": str(occurrence.value), **_role(occurrence.value)}
                    for occurrence in affected.citations
                ],
                "处罚": [{"位置": occurrence.pointer, "内容": occurrence.value} for occurrence in affected.sanctions],
                "被引用": [f"{record.collection}/{record.id}" for record in affected.referring],
            }
            for affected in impact.resting
        ],
        "清单": [
            {"编号": record.id, "名称": catalog.title(record), "序号": list(numbers)}
            for record, numbers in impact.lists
        ],
    }


_HEAD = ("文件", "名称", "依据的位置", BASIS, ROLE, "只引整部文件", "处罚", "被引用")


def tables(found: Impact, catalog: Catalog) -> dict[str, list[tuple[str, ...]]]:
    """Return the impact as tables, each with its head first: the citations, and the lists."""
    citations = [
        (
            one.record.path,
            catalog.title(one.record),
            spoken(occurrence.pointer),
            str(occurrence.value),
            occurrence.value.role,
            "是" if one.whole else "",
            "；".join(spoken(sanction.pointer) for sanction in one.sanctions),
            "、".join(record.id for record in one.referring),
        )
        for one in found.resting
        for occurrence in one.citations
    ]
    lists = [(record.path, catalog.title(record), "、".join(map(str, numbers))) for record, numbers in found.lists]
    return {BASIS: [_HEAD, *citations], "清单": [("文件", "名称", "序号"), *lists]}


def markdown(found: Impact, catalog: Catalog) -> Iterator[str]:
    """Yield the impact as Markdown."""
    citations = sum(len(one.citations) for one in found.resting)
    yield f"## {found.sought}：{len(found.resting)} 条记录、{citations} 处依据，{len(found.lists)} 张清单"
    yield ""
    for head, *body in tables(found, catalog).values():
        yield from table(head, body)


def spoken(pointer: str) -> str:
    """Return a JSON pointer in words: 实施依据第 2 条, 处罚第 1 条的依据第 1 条."""
    said = ""
    for step in pointer.split("/")[1:]:
        said += f"第 {int(step) + 1} 条" if step.isdecimal() else f"{'的' if said else ''}{step}"
    return said


def _facts(record: Record, catalog: Catalog) -> Iterator[str]:
    form = catalog.forms[record.collection]
    for kind in (kinds.POWERTYPE, kinds.STATUS):
        value = record.data.get(form.role(kind))
        if value:
            yield str(value)


def _role(cited: Citation) -> dict[str, str]:
    return {ROLE: cited.role} if cited.role else {}


def _cited(cited: Citation) -> str:
    return f"{cited}（{cited.role}）" if cited.role else str(cited)


def _sanction(occurrence: Occurrence[Mapping[str, Value]], look: Look) -> str:
    value, one = occurrence.value, Sanction.of(occurrence.value)
    told = sentence([one])
    return f"对{one.addressee}，{told}" if told else in_words(replace(occurrence.field, many=False), value, look)
