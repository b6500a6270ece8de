"""Lists: what a list names must be in the form of what it lists, and what it says differently must fit."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from quanze.base.problem import Finding
from quanze.check.conditions import NUMBERS, impossible_values, unfit, unknown_fields
from quanze.form import kinds
from quanze.form.conditions import conditions, meets
from quanze.form.words import near, spot
from quanze.io.yaml import escape
from quanze.register.catalog import LISTS
from quanze.register.definition import (
    COLLECTION,
    COLUMNS,
    CONDITION,
    CONFIRMED,
    COUNTED,
    COUNTS,
    EDITIONS,
    ENTRIES,
    EXPECTED,
    FIELD,
    FILTERS,
    ID,
    ITEMS,
    LAYOUT,
    NOTES,
    NUMBER,
    PUBLISHED,
    RANK,
    RECORD,
    REWRITTEN,
    SHORT,
    SORT,
    SPLIT,
    TITLE,
    TOTAL,
)
from quanze.register.life import DRAFT, lives
from quanze.register.listing import chosen
from quanze.register.paths import find, values
from quanze.register.table import column

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.base.model import Record, Value
    from quanze.form import Field, Form
    from quanze.register.catalog import Catalog
    from quanze.register.definition import ListDefinition

_FIXED = (NUMBER, ID)
_Value = TypeVar("_Value", int, str)
RESERVED = frozenset({"print", "reconcile"})
"""What already stands below a list's address, so that no edition may be called so."""


class _List(NamedTuple):
    """A list whose collection is known."""

    record: Record
    definition: ListDefinition
    form: Form
    records: Mapping[str, Record]


def _lists(catalog: Catalog) -> Iterator[_List]:
    for record in catalog.records.get(LISTS, {}).values():
        definition = catalog.lists[record.id]
        if definition.collection in catalog.records:
            yield _List(
                record, definition, catalog.forms[definition.collection], catalog.records[definition.collection]
            )


def list_collection(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """清单的「集合」须是 catalog/ 下有表单的文件夹名。"""
    for record in catalog.records.get(LISTS, {}).values():
        name = catalog.lists[record.id].collection
        if name not in catalog.records:
            hint = near(name, catalog.records) or f"；可以用的有：{'、'.join(catalog.records)}"
            yield Finding(record, f"/{COLLECTION}", f"清单的「{COLLECTION}」写的「{name}」没有这样的集合{hint}")


def list_column(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """清单的条件、排序、列、短列、筛选、版式里写的栏目，须是那个集合的表单里有的；一列写一次，各列的标题不相同。

    下级栏目写成「办理.法定时限」，引用的记录的栏目写成「对应事项.实施依据」。矩阵的列和短列只能是行、列、格用的三个栏目。
    """
    for list_ in _lists(catalog):
        for fault in unknown_fields(catalog, list_.form, list_.definition.condition):
            yield Finding(list_.record, f"/{CONDITION}{fault.pointer}", f"「{CONDITION}」里的{fault.said}", at_key=True)
        for pointer, path, fixed in _named(list_.definition):
            if path not in fixed and find(catalog.forms, list_.form, path) is None:
                hint = near(path, [*fixed, *_paths(list_.form.fields)])
                message = f"{spot(pointer)}写的「{path}」不是{list_.form.title}的栏目{hint}"
                yield Finding(list_.record, pointer, message)
        for index, defined in enumerate(list_.definition.columns):
            field = find(catalog.forms, list_.form, defined.path)
            if defined.ranked and field is not None and field.kind is not kinds.CITATION:
                message = f"只有依据栏目能按位阶分列，「{defined.path}」不是；请删去「{RANK}」"
                yield Finding(list_.record, f"/{COLUMNS}/{index}/{RANK}", message)
        expected, field = list_.definition.expected, _counted(catalog, list_)
        if expected and field and field.fields:
            message = f"「{expected.field}」由几项组成，不能按值数项；请写填词的栏目"
            yield Finding(list_.record, f"/{EXPECTED}/{COUNTED}", message)
        split = list_.definition.layout.split
        field = list_.form.find(split) if split else None
        if field and not (field.many and field.fields):
            message = f"「{split}」不是由几项组成的列表，不能一项一行"
            yield Finding(list_.record, f"/{LAYOUT}/{SPLIT}", message)
        yield from _repeated(catalog, list_)
        yield from _outside(catalog, list_)


def _repeated(catalog: Catalog, list_: _List) -> Iterator[Finding]:
    """Yield the columns that say what one before says, or have its head: in a file nobody can tell them apart."""
    heads: dict[str, int] = {}
    contents: dict[tuple[str, str, bool], int] = {}
    for index, defined in enumerate(list_.definition.columns):
        same = contents.setdefault((defined.path, defined.rank, defined.quoted), index)
        head = column(list_.form, defined, catalog.forms).head
        like = heads.setdefault(head, index)
        pointer = f"/{COLUMNS}/{index}/{FIELD}"
        if same < index:
            yield Finding(list_.record, pointer, f"「{defined.path}」在第 {same + 1} 列写过了；请删去一列")
        elif like < index:
            message = f"这一列的标题「{head}」与第 {like + 1} 列相同，在文件里分不清；请另写「{TITLE}」"
            yield Finding(list_.record, pointer, message)


def _named(definition: ListDefinition) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield (pointer, path, the fixed columns allowed there) of every field that a list names."""
    yield from ((f"/{SORT}/{n}", path, (ID,)) for n, path in enumerate(definition.sort))
    yield from ((f"/{COLUMNS}/{n}/{FIELD}", column.path, _FIXED) for n, column in enumerate(definition.columns))
    yield from ((f"/{SHORT}/{n}", path, _FIXED) for n, path in enumerate(definition.short))
    yield from ((f"/{FILTERS}/{n}", path, ()) for n, path in enumerate(definition.filters))
    yield from ((f"/{LAYOUT}{pointer}", path, ()) for pointer, path in definition.layout.named())
    if definition.expected and definition.expected.field:
        yield f"/{EXPECTED}/{COUNTED}", definition.expected.field, ()


def _outside(catalog: Catalog, list_: _List) -> Iterator[Finding]:
    """Yield what a list says that its matrix has no place for; nothing where a field of the matrix is not known."""
    definition, matrix = list_.definition, list_.definition.layout.matrix
    if not matrix or not all(find(catalog.forms, list_.form, path) for path in matrix):
        return
    columns = ((f"/{COLUMNS}/{n}/{FIELD}", column.path) for n, column in enumerate(definition.columns))
    for pointer, path in (*columns, *((f"/{SHORT}/{n}", path) for n, path in enumerate(definition.short))):
        if path not in matrix:
            message = f"矩阵只显示行、列、格三个栏目，「{path}」不会显示；请删去，或者不用矩阵"
            yield Finding(list_.record, pointer, message)
    if definition.entries:
        message = "矩阵里不能合并、改写或者另编序号，这里写的不起作用；请删去"
        yield Finding(list_.record, f"/{ENTRIES}", message, at_key=True)


def _paths(fields: Mapping[str, Field], above: str = "") -> Iterator[str]:
    for name, field in fields.items():
        yield f"{above}{name}"
        yield from _paths(field.fields, f"{above}{name}.")


def list_count(catalog: Catalog, at: str) -> Iterator[Finding]:
    """清单写了「应有」的，项数须与它相等：总数，和按某个栏目分的各个值。"""
    for list_ in _lists(catalog):
        wanted = list_.definition.expected
        field = _counted(catalog, list_)
        if wanted is None or (wanted.field and (field is None or field.fields)):
            continue
        found = _chosen(catalog, list_, at)
        if wanted.total is not None and len(found) != wanted.total:
            message = f"应有 {wanted.total} 项，清单里是 {len(found)} 项；请核对"
            yield Finding(list_.record, f"/{EXPECTED}/{TOTAL}", message)
        counts = Counter(_key(value) for record in found for value in values(catalog, record, wanted.field))
        for name, number in wanted.counts.items():
            if counts[name] != number:
                message = f"「{wanted.field}」是「{name}」的应有 {number} 项，清单里是 {counts[name]} 项；请核对"
                yield Finding(list_.record, f"/{EXPECTED}/{COUNTS}/{escape(name)}", message)
        total = sum(wanted.counts.values())
        if wanted.total is not None and wanted.counts and total != wanted.total:
            told = "+".join(map(str, wanted.counts.values()))
            message = f"各值加起来是 {told}={total}，不是总数 {wanted.total}；请核对"
            yield Finding(list_.record, f"/{EXPECTED}/{TOTAL}", message)


def _counted(catalog: Catalog, list_: _List) -> Field | None:
    """Return the field by whose values a list's entries are counted; None where none is, or it is not known."""
    expected = list_.definition.expected
    return find(catalog.forms, list_.form, expected.field) if expected and expected.field else None


def _key(value: Value) -> str:
    """Return a value as it is written for the name of a field: true, 2026."""
    return value if isinstance(value, str) else json.dumps(value)


def _meant(field: Field, key: str) -> Value:
    """Return the value that the name of a field tells, where it is one of a field that holds no words."""
    if field.kind is kinds.YESNO or field.type in NUMBERS:
        with suppress(ValueError):
            meant: Value = json.loads(key)
            return meant
    return key


def list_value(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """清单条件里的值，「应有」数的值，须是那个栏目的词表里有的词，或者存在的记录；日期须是日历上有的。"""
    for list_ in _lists(catalog):
        for fault in impossible_values(catalog, list_.form, list_.definition.condition):
            pointer = f"/{CONDITION}{fault.pointer}"
            yield Finding(list_.record, pointer, f"{spot(pointer)}{fault.said}", at_key=fault.at_key)
        expected, field = list_.definition.expected, _counted(catalog, list_)
        for name in expected.counts if expected and field and not field.fields else ():
            why = unfit(catalog, field, _meant(field, name)) if field else ""
            if why:
                pointer = f"/{EXPECTED}/{COUNTS}/{escape(name)}"
                yield Finding(
                    list_.record, pointer, f"「{EXPECTED}」的「{COUNTS}」不会有「{name}」这个值{why}", at_key=True
                )


def list_empty(catalog: Catalog, at: str) -> Iterator[Finding]:
    """清单按条件至少要选中一条记录；还没有一条记录有条件里词表的词的，列为待复核。"""
    broken = {collection for collection, _ in catalog.broken}
    for list_ in _lists(catalog):
        written = list_.definition.condition
        wrong = any(unknown_fields(catalog, list_.form, written)) or any(
            impossible_values(catalog, list_.form, written)
        )
        unsound = wrong or list_.definition.collection in broken
        if unsound or _chosen(catalog, list_, at):
            continue
        pointer = f"/{CONDITION if written else COLLECTION}"
        none = f"清单「{list_.definition.title}」一条{list_.form.title}也没有选中"
        if _awaited(catalog, list_, at):
            yield Finding(list_.record, pointer, f"{none}；还没有这样的记录（拟的不列）", "review", at_key=True)
        else:
            yield Finding(list_.record, pointer, f"{none}；请核对条件", at_key=True)


def _chosen(catalog: Catalog, list_: _List, at: str) -> Sequence[Record]:
    return chosen(catalog, list_.definition.collection, list_.definition.condition, at)


def _awaited(catalog: Catalog, list_: _List, at: str) -> bool:
    """Tell whether there is yet no record with the words that a list asks for of closed vocabularies.

    A word of a vocabulary cannot be misspelt: the list waits for its first record.
    """
    fields = ((path, list_.form.find(path)) for path in list_.definition.condition)
    closed = {path: list_.definition.condition[path] for path, field in fields if field and field.choices}
    return not chosen(catalog, list_.definition.collection, closed, at)


def list_draft(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """状态为「拟」的记录还没有公布，从不列入清单：条件里不能要「拟」。"""
    known = lives(catalog)
    for list_ in _lists(catalog):
        status = known[list_.definition.collection].status
        for part in conditions(list_.definition.condition):
            if part.path == status and DRAFT in part.values:
                message = f"条件要了「{DRAFT}」；还没有公布的记录从不列入清单，请删去"
                yield Finding(list_.record, f"/{CONDITION}/{escape(status)}", message, at_key=True)


def list_entry(catalog: Catalog, day: str) -> Iterator[Finding]:
    """清单的「条目」和「说明」只能写清单里的事项，一个事项只写一次，序号不重复，只改写清单有的列。"""
    for list_ in _lists(catalog):
        for index, note in enumerate(list_.definition.notes):
            if note.record and not _there(catalog, list_.definition.collection, note.record):
                yield Finding(list_.record, f"/{NOTES}/{index}/{RECORD}", _absent(list_, note.record))
        items: dict[str, int] = {}
        numbers: dict[int, int] = {}
        columns = {column.path for column in list_.definition.columns}
        for index, entry in enumerate(list_.definition.entries):
            for at, id_ in enumerate(entry.items):
                message = _misplaced(catalog, list_, id_, day) or _again(ITEMS, id_, items, index)
                if message:
                    yield Finding(list_.record, f"/{ENTRIES}/{index}/{ITEMS}/{at}", message)
            message = "" if entry.number is None else _again(NUMBER, entry.number, numbers, index)
            if message:
                yield Finding(list_.record, f"/{ENTRIES}/{index}/{NUMBER}", message)
            for name in entry.rewritten:
                if name not in columns:
                    message = f"第 {index + 1} 个条目改写的「{name}」不是这张清单的列{near(name, columns)}"
                    pointer = f"/{ENTRIES}/{index}/{REWRITTEN}/{escape(name)}"
                    yield Finding(list_.record, pointer, message, at_key=True)


def _there(catalog: Catalog, collection: str, id_: str) -> bool:
    return id_ in catalog.records[collection] or (collection, id_) in catalog.broken


def _absent(list_: _List, id_: str) -> str:
    return f"「{id_}」在 catalog/{list_.definition.collection}/ 里没有这条记录{near(id_, list_.records)}"


def _misplaced(catalog: Catalog, list_: _List, id_: str, at: str) -> str:
    """Return why a record cannot be among a list's entries, or an empty string."""
    if not _there(catalog, list_.definition.collection, id_):
        return _absent(list_, id_)
    record = list_.records.get(id_)
    if record and not meets(record.data, conditions(list_.definition.condition), at):
        return f"「{catalog.title(record)}」（{id_}）不符合清单的条件，不在这张清单里；请从条目里删去，或者核对条件"
    return ""


def _again(name: str, value: _Value, seen: dict[_Value, int], index: int) -> str:
    """Return that a value stands in an earlier entry too, or an empty string."""
    first = seen.setdefault(value, index)
    return f"{name} {value} 已经写在第 {first + 1} 个条目里；请删去一处" if first != index else ""


def list_edition(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """清单的「版次」从早到晚写：编号不重复，不用网站保留的名称；确认不晚于公布，后一版不早于前一版。"""
    for record in catalog.records.get(LISTS, {}).values():
        ids: dict[str, int] = {}
        newest = ""
        for index, edition in enumerate(catalog.lists[record.id].editions):
            pointer = f"/{EDITIONS}/{index}"
            if edition.id in RESERVED:
                yield Finding(record, f"{pointer}/{ID}", f"编号「{edition.id}」是网站保留的名称；请换一个，如 2026-11")
            elif ids.setdefault(edition.id, index) != index:
                yield Finding(
                    record, f"{pointer}/{ID}", f"编号「{edition.id}」已经用在第 {ids[edition.id] + 1} 版；请换一个"
                )
            earlier = newest
            for name, day in ((CONFIRMED, edition.confirmed), (PUBLISHED, edition.published)):
                if day and day < newest:
                    before = f"前一版的 {newest}" if newest == earlier else f"{CONFIRMED} {newest}"
                    yield Finding(record, f"{pointer}/{name}", f"{name} {day} 早于{before}；请核对，版次从早到晚写")
                newest = max(newest, day)


RULES = (
    list_collection,
    list_column,
    list_value,
    list_empty,
    list_count,
    list_draft,
    list_entry,
    list_edition,
)
