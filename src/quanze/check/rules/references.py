"""References: what a record names must be there, be one thing, and lead somewhere."""

from __future__ import annotations

from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.check.conditions import impossible_values, selection_faults, statistic_faults, unknown_fields
from quanze.check.rules.bases import blank
from quanze.form import kinds
from quanze.form.conditions import conditions
from quanze.form.kinds.select import Selection
from quanze.form.kinds.statistic import Statistic
from quanze.form.words import near, spot
from quanze.law.citation import LAW, VERSION
from quanze.law.nearest import nearest
from quanze.register.catalog import LAWS
from quanze.register.paths import values
from quanze.register.remedies import OFFICE, by_itself

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quanze.base.model import Record, Value
    from quanze.check.conditions import ConditionFault
    from quanze.form import Field
    from quanze.form.conditions import Condition
    from quanze.register.catalog import Catalog
    from quanze.register.occurrences import Occurrence


def unknown_reference(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """引用别的记录（机关、程序、事项）写它的编号，那条记录必须存在。"""
    for occurrence in chain(catalog.by_kind[kinds.REF], catalog.site_occurrences(kinds.REF)):
        collection = occurrence.field.collection
        if collection not in catalog.forms or (collection, occurrence.value) in catalog.broken:
            continue  # a collection without a form is told at the schema
        if not catalog.record(collection, occurrence.value):
            hint = near(occurrence.value, catalog.records.get(collection, {}))
            message = (
                f"「{occurrence.field.name}」写的「{occurrence.value}」在 catalog/{collection}/ 里没有这条记录{hint}"
            )
            yield Finding(occurrence.record, occurrence.pointer, message)


def reference_only(catalog: Catalog, at: str) -> Iterator[Finding]:
    """表单写明只能指向哪些记录（only）的引用，如不予处罚只能对应行政处罚事项，指向的记录须符合。"""
    sound: dict[int, tuple[Condition, ...]] = {}
    for occurrence in catalog.by_kind[kinds.REF]:
        target = catalog.record(occurrence.field.collection, occurrence.value) if occurrence.field.only else None
        if target is None:
            continue
        if id(occurrence.field) not in sound:
            sound[id(occurrence.field)] = _sound(catalog, occurrence.field)
        for part in sound[id(occurrence.field)]:
            if not part.holds(target.data, at):
                yield Finding(occurrence.record, occurrence.pointer, _unfit(catalog, occurrence, target, part))


def _sound(catalog: Catalog, field: Field) -> tuple[Condition, ...]:
    """Return what a reference asks of its target; nothing where that is at fault itself, which the schema is told."""
    form = catalog.forms[field.collection]
    faults = (*unknown_fields(catalog, form, field.only), *impossible_values(catalog, form, field.only))
    return () if faults else conditions(field.only)


def _unfit(catalog: Catalog, occurrence: Occurrence[Value], target: Record, part: Condition) -> str:
    have = "、".join(map(str, values(catalog, target, part.path)))
    told = f"它的「{part.path}」是{have}" if have else f"它没有写「{part.path}」"
    wanted = f"只能是{'、'.join(map(str, part.values))}的" if part.values else "不符合表单的要求"
    title = catalog.forms[target.collection].title
    return (
        f"{spot(occurrence.pointer)}写的「{catalog.title(target)}」（{target.id}）不合：{told}，这里的{title}{wanted}"
    )


def unknown_instrument(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """引用的依据文件须在 laws/ 里有记录，写全称或者登记的简称。"""
    if any(collection == LAWS for collection, _ in catalog.broken):
        return  # one of the broken files may be the very instrument; its own fault is told already
    names = sorted(name for instrument in catalog.instruments.values() for name in instrument.names)
    for occurrence in catalog.bases:
        written = occurrence.value.law
        name = written.strip("《》")
        if name and not catalog.named(written) and not blank(occurrence.value):
            hint = nearest(name, names) or "；请先在 catalog/laws/ 里建一条记录，或者改用「文号」"
            marked = f"{LAW}「{written}」带了书名号；请去掉，只写名称"
            message = marked if catalog.named(name) else f"{LAW}《{name}》没有收录{hint}"
            yield Finding(occurrence.record, f"{occurrence.pointer}/{LAW}", message)


def ambiguous_instrument(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """一个名称或者简称只能指一部文件；指两部以上的，引用时写全称。"""
    for occurrence in catalog.bases:
        name = occurrence.value.law
        instruments = catalog.named(name)
        if len(instruments) > 1:
            titles = "、".join(sorted(f"《{instrument.title}》({instrument.id})" for instrument in instruments))
            yield Finding(occurrence.record, f"{occurrence.pointer}/{LAW}", f"《{name}》同时指{titles}；请写全称")


def unknown_version(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """引用时写明「版本」的，须是该文件登记的版本名称；不写版本就是现行版本。"""
    for id_, occurrences in catalog.citations.items():
        instrument = catalog.instruments[id_]
        known = [version.name for version in (*instrument.versions, *instrument.undated)]
        for occurrence in occurrences:
            name = occurrence.value.version
            if name and name not in known:
                message = f"《{instrument.short}》没有登记「{name}」这个版本；登记的有：{'、'.join(known)}"
                yield Finding(occurrence.record, f"{occurrence.pointer}/{VERSION}", message)


def reference_cycle(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """承接事项、主项、替代文件、复议机关这类同一集合里的引用，不能绕一圈回到自己；国家级、省级机关由自己复议的除外。"""
    graphs: dict[tuple[str, str], dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    occurrences: dict[tuple[str, str, str, str], Occurrence[Value]] = {}
    for occurrence in catalog.by_kind[kinds.REF]:
        collection, name = occurrence.record.collection, occurrence.field.name
        if occurrence.field.collection == collection:
            graphs[collection, name][occurrence.record.id][str(occurrence.value)] = None
            occurrences[collection, name, occurrence.record.id, str(occurrence.value)] = occurrence
    for (collection, name), graph in graphs.items():
        for cycle in _cycles(graph):
            first, second = next(pairwise(cycle))
            occurrence = occurrences[collection, name, first, second]
            if (name, first) == (OFFICE, second) and by_itself(_level(catalog, occurrence.record)):
                continue
            message = f"「{name}」绕成了一圈：{' → '.join(cycle)}；请去掉其中不对的一处"
            yield Finding(occurrence.record, occurrence.pointer, message)


def _level(catalog: Catalog, record: Record) -> Value:
    return record.data.get(catalog.forms[record.collection].role(kinds.LEVEL))


def _cycles(graph: Mapping[str, Iterable[str]]) -> Iterator[list[str]]:
    """Yield separate cycles a → b → a, each from its smallest id on."""
    rest = {node: [*targets] for node, targets in graph.items()}
    while True:
        try:
            TopologicalSorter(rest).prepare()
        except CycleError as error:
            cycle: list[str] = error.args[1][:0:-1]
            start = cycle.index(min(cycle))
            yield [*cycle[start:], *cycle[: start + 1]]
            for node in cycle:
                del rest[node]
        else:
            return


def record_condition(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """记录里按条件引用别的记录、写明数怎样统计的，集合、清单、栏目须是有的，值须是那个栏目的词表里有的词。"""
    for kind, faults in ((kinds.SELECT, _selected), (kinds.STATISTIC, _reckoned)):
        for occurrence in catalog.by_kind[kind]:
            for fault in faults(catalog, occurrence.value):
                pointer = f"{occurrence.pointer}{fault.pointer}"
                where = spot(pointer.rpartition("/")[0]) if fault.at_key else spot(pointer)
                yield Finding(occurrence.record, pointer, f"{where}{fault.said}", at_key=fault.at_key)


def _selected(catalog: Catalog, value: object) -> Iterator[ConditionFault]:
    return selection_faults(catalog, Selection.of(value))


def _reckoned(catalog: Catalog, value: object) -> Iterator[ConditionFault]:
    return statistic_faults(catalog, Statistic.of(value))


def type_mismatch(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """引用另一类记录（如程序）时，两边的职权类型须一致：处罚事项不能用许可的程序；上级目录照上级的写。"""
    roles = {name: form.role(kinds.POWERTYPE) for name, form in catalog.forms.items()}
    for occurrence in catalog.by_kind[kinds.REF]:
        other = occurrence.field.collection
        here = occurrence.record.collection
        if here in {other, *catalog.from_above} or not roles.get(other) or not roles[here]:
            continue
        target = catalog.record(other, occurrence.value)
        have = occurrence.record.data.get(roles[here])
        wanted = target.data.get(roles[other]) if target else None
        if have and wanted and have != wanted:
            message = f"{spot(occurrence.pointer)}写的「{occurrence.value}」用于{wanted}，而这条记录的职权类型是{have}"
            yield Finding(occurrence.record, occurrence.pointer, message)


RULES = (
    unknown_reference,
    reference_only,
    unknown_instrument,
    ambiguous_instrument,
    unknown_version,
    reference_cycle,
    record_condition,
    type_mismatch,
)
