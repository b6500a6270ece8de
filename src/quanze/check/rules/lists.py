"""Lists: what a list names must be in the form of what it lists, and what it says differently must fit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from quanze.base.problem import Finding
from quanze.check.conditions import impossible_values, unknown_fields
from quanze.form import kinds
from quanze.form.conditions import conditions, meets
from quanze.form.words import near, spot
from quanze.io.yaml import escape
from quanze.register.catalog import LISTS
from quanze.register.life import DRAFT, lives
from quanze.register.listing import ID, NUMBER, SPLIT, chosen
from quanze.register.paths import find, values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Record
    from quanze.form import Field, Form
    from quanze.register.catalog import Catalog

_FIXED = (NUMBER, ID)
RESERVED = frozenset({"print", "reconcile"})
"""What already stands below a list's address, so that no edition may be called so."""


class _List(NamedTuple):
    """A list whose collection is known."""

    record: Record
    data: Mapping[str, Any]
    form: Form
    records: Mapping[str, Record]


def _lists(catalog: Catalog) -> Iterator[_List]:
    for record in catalog.records.get(LISTS, {}).values():
        data: Mapping[str, Any] = record.data
        name = str(data.get("集合"))
        if name in catalog.records:
            yield _List(record, data, catalog.forms[name], catalog.records[name])


def list_collection(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """清单的「集合」须是 catalog/ 下有表单的文件夹名。"""
    for record in catalog.records.get(LISTS, {}).values():
        name = record.data.get("集合")
        if name not in catalog.records:
            hint = near(name, catalog.records) or f"；可以用的有：{'、'.join(catalog.records)}"
            yield Finding(record, "/集合", f"清单的「集合」写的「{name}」没有这样的集合{hint}")


def list_column(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """清单的条件、排序、列、短列、筛选、版式里写的栏目，须是那个集合的表单里有的。

    下级栏目写成「办理.法定时限」，引用的记录的栏目写成「对应事项.实施依据」。
    """
    for one in _lists(catalog):
        for fault in unknown_fields(catalog, one.form, one.data.get("条件", {})):
            yield Finding(one.record, f"/条件{fault.pointer}", f"「条件」里的{fault.said}", at_key=True)
        for pointer, path, fixed in _named(one.data):
            if path not in fixed and find(catalog.forms, one.form, path) is None:
                hint = near(path, [*fixed, *_paths(one.form.fields)])
                message = f"{spot(pointer)}写的「{path}」不是{one.form.title}的栏目{hint}"
                yield Finding(one.record, pointer, message)
        for index, column in enumerate(one.data.get("列", ())):
            field = find(catalog.forms, one.form, column["字段"])
            if "位阶" in column and field is not None and field.kind is not kinds.CITATION:
                message = f"只有依据栏目能按位阶分列，「{column['字段']}」不是；请删去「位阶」"
                yield Finding(one.record, f"/列/{index}/位阶", message)
        split = one.data.get("版式", {}).get(SPLIT)
        field = one.form.find(split) if split else None
        if field and not (field.many and field.fields):
            message = f"「{split}」不是由几项组成的列表，不能一项一行"
            yield Finding(one.record, f"/版式/{SPLIT}", message)


def _named(data: Mapping[str, Any]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield (pointer, path, the fixed columns allowed there) of every field that a list names."""
    yield from ((f"/排序/{n}", path, (ID,)) for n, path in enumerate(data.get("排序", ())))
    yield from ((f"/列/{n}/字段", column["字段"], _FIXED) for n, column in enumerate(data.get("列", ())))
    yield from ((f"/短列/{n}", path, _FIXED) for n, path in enumerate(data.get("短列", ())))
    yield from ((f"/筛选/{n}", path, ()) for n, path in enumerate(data.get("筛选", ())))
    for name, laid in data.get("版式", {}).items():
        if isinstance(laid, str):
            yield f"/版式/{name}", laid, ()
        else:
            yield from ((f"/版式/{name}/{part}", path, ()) for part, path in laid.items())
    if "栏目" in data.get("应有", {}):
        yield "/应有/栏目", data["应有"]["栏目"], ()


def _paths(fields: Mapping[str, Field], above: str = "") -> Iterator[str]:
    for name, field in fields.items():
        yield f"{above}{name}"
        yield from _paths(field.fields, f"{above}{name}.")


def list_count(catalog: Catalog, at: str) -> Iterator[Finding]:
    """清单写了「应有」的，项数须与它相等：总数，和按某个栏目分的各个值。"""
    for one in _lists(catalog):
        wanted = one.data.get("应有", {})
        field = find(catalog.forms, one.form, wanted["栏目"]) if "栏目" in wanted else None
        if not wanted or ("栏目" in wanted and field is None):
            continue
        found = chosen(catalog, one.data, at)
        if "总数" in wanted and len(found) != wanted["总数"]:
            yield Finding(one.record, "/应有/总数", f"应有 {wanted['总数']} 项，清单里是 {len(found)} 项；请核对")
        counts = Counter(value for record in found for value in values(catalog, record, wanted.get("栏目", "")))
        for name, number in wanted.get("各值", {}).items():
            if counts[name] != number:
                message = f"「{wanted['栏目']}」是「{name}」的应有 {number} 项，清单里是 {counts[name]} 项；请核对"
                yield Finding(one.record, f"/应有/各值/{escape(name)}", message)
        total = sum(wanted.get("各值", {}).values())
        if "总数" in wanted and "各值" in wanted and total != wanted["总数"]:
            told = "+".join(map(str, wanted["各值"].values()))
            yield Finding(one.record, "/应有/总数", f"各值加起来是 {told}={total}，不是总数 {wanted['总数']}；请核对")


def list_value(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """清单条件里的值，须是那个栏目的词表里有的词，或者存在的记录；比先后的须是日期。"""
    for one in _lists(catalog):
        for fault in impossible_values(catalog, one.form, one.data.get("条件", {})):
            pointer = f"/条件{fault.pointer}"
            yield Finding(one.record, pointer, f"{spot(pointer)}{fault.said}", at_key=fault.at_key)


def list_empty(catalog: Catalog, at: str) -> Iterator[Finding]:
    """清单按条件至少要选中一条记录；还没有一条记录有条件里词表的词的，列为待复核。"""
    broken = {collection for collection, _ in catalog.broken}
    for one in _lists(catalog):
        written = one.data.get("条件", {})
        wrong = any(unknown_fields(catalog, one.form, written)) or any(impossible_values(catalog, one.form, written))
        unsound = wrong or one.data["集合"] in broken
        if unsound or chosen(catalog, one.data, at):
            continue
        pointer = "/条件" if written else "/集合"
        none = f"清单「{one.data['名称']}」一条{one.form.title}也没有选中"
        if _awaited(catalog, one, written, at):
            yield Finding(one.record, pointer, f"{none}；还没有这样的记录", "review", at_key=True)
        else:
            yield Finding(one.record, pointer, f"{none}；请核对条件", at_key=True)


def _awaited(catalog: Catalog, one: _List, condition: Mapping[str, Any], at: str) -> bool:
    """Tell whether there is yet no record with the words that a list asks for of closed vocabularies.

    A word of a vocabulary cannot be misspelt: the list waits for its first record.
    """
    fields = ((path, one.form.find(path)) for path in condition)
    closed = {path: condition[path] for path, field in fields if field and field.choices}
    return not chosen(catalog, {**one.data, "条件": closed}, at)


def list_draft(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """状态为「拟」的记录还没有公布，从不列入清单：条件里不能要「拟」。"""
    known = lives(catalog)
    for one in _lists(catalog):
        status = known[one.data["集合"]].status
        for part in conditions(one.data.get("条件", {})):
            if part.path == status and DRAFT in part.values:
                message = f"条件要了「{DRAFT}」；还没有公布的记录从不列入清单，请删去"
                yield Finding(one.record, f"/条件/{escape(status)}", message, at_key=True)


def list_entry(catalog: Catalog, day: str) -> Iterator[Finding]:
    """清单的「条目」和「说明」只能写清单里的事项，一个事项只写一次，序号不重复，只改写清单有的列。"""
    for one in _lists(catalog):
        known = one.data["集合"]
        for index, note in enumerate(one.data.get("说明", ())):
            if "记录" in note and not _there(catalog, known, note["记录"]):
                yield Finding(one.record, f"/说明/{index}/记录", _absent(one, note["记录"]))
        items: dict[str, int] = {}
        numbers: dict[int, int] = {}
        columns = {column["字段"] for column in one.data.get("列", ())}
        for index, entry in enumerate(one.data.get("条目", ())):
            for at, id_ in enumerate(entry["事项"]):
                message = _misplaced(catalog, one, id_, day) or _again("事项", id_, items, index)
                if message:
                    yield Finding(one.record, f"/条目/{index}/事项/{at}", message)
            message = _again("序号", entry["序号"], numbers, index) if "序号" in entry else ""
            if message:
                yield Finding(one.record, f"/条目/{index}/序号", message)
            for name in entry.get("改写", ()):
                if name not in columns:
                    message = f"第 {index + 1} 个条目改写的「{name}」不是这张清单的列{near(name, columns)}"
                    yield Finding(one.record, f"/条目/{index}/改写/{escape(name)}", message, at_key=True)


def _there(catalog: Catalog, collection: str, id_: str) -> bool:
    return id_ in catalog.records[collection] or (collection, id_) in catalog.broken


def _absent(one: _List, id_: str) -> str:
    return f"「{id_}」在 catalog/{one.data['集合']}/ 里没有这条记录{near(id_, one.records)}"


def _misplaced(catalog: Catalog, one: _List, id_: str, at: str) -> str:
    """Return why a record cannot be among a list's entries, or an empty string."""
    if not _there(catalog, one.data["集合"], id_):
        return _absent(one, id_)
    record = one.records.get(id_)
    if record and not meets(record.data, conditions(one.data.get("条件", {})), at):
        return f"「{catalog.title(record)}」（{id_}）不符合清单的条件，不在这张清单里；请从条目里删去，或者核对条件"
    return ""


def _again(name: str, value: int | str, seen: dict[Any, int], index: int) -> str:
    """Return that a value stands in an earlier entry too, or an empty string."""
    first = seen.setdefault(value, index)
    return f"{name} {value} 已经写在第 {first + 1} 个条目里；请删去一处" if first != index else ""


def list_edition(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """清单的「版次」从早到晚写：编号不重复，不用网站保留的名称；确认不晚于公布，后一版不早于前一版。"""
    for record in catalog.records.get(LISTS, {}).values():
        ids: dict[str, int] = {}
        newest = ""
        for index, one in enumerate(record.data.get("版次", ())):
            id_, pointer = one["编号"], f"/版次/{index}"
            if id_ in RESERVED:
                yield Finding(record, f"{pointer}/编号", f"编号「{id_}」是网站保留的名称；请换一个，如 2026-11")
            elif ids.setdefault(id_, index) != index:
                yield Finding(record, f"{pointer}/编号", f"编号「{id_}」已经用在第 {ids[id_] + 1} 版；请换一个")
            earlier = newest
            for name in ("确认日期", "公布日期"):
                day = one.get(name, "")
                if day and day < newest:
                    before = f"前一版的 {newest}" if newest == earlier else f"确认日期 {newest}"
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
