"""Lists: what a list names must be in the form of what it lists, and what it says differently must fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from quanze.base.problem import Finding
from quanze.form.words import near, quote, spot
from quanze.io.yaml import escape
from quanze.register.catalog import LISTS
from quanze.register.life import lives
from quanze.register.listing import ID, NUMBER, selects

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Record
    from quanze.form import Field, Form
    from quanze.register.catalog import Catalog

_FIXED = (NUMBER, ID)
RESERVED = frozenset({"print"})
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
    """清单的条件、排序、列、短列、筛选里写的栏目，须是那个集合的表单里有的；下级栏目写成「办理.法定时限」。"""
    for one in _lists(catalog):
        for pointer, path, fixed in _named(one.data):
            if path in fixed:
                continue
            field = one.form.find(path)
            if field is None:
                hint = near(path, [*fixed, *_paths(one.form.fields)])
                where = "「条件」里的" if pointer.startswith("/条件/") else f"{spot(pointer)}写的"
                message = f"{where}「{path}」不是{one.form.title}的栏目{hint}"
                yield Finding(one.record, pointer, message, at_key=pointer.startswith("/条件/"))
            elif above := _list_above(one.form, path):
                message = f"「{path}」取不到值：「{above}」可以有几条，清单只能取整个「{above}」"
                yield Finding(one.record, pointer, message, at_key=pointer.startswith("/条件/"))
        for index, column in enumerate(one.data.get("列", ())):
            field = one.form.find(column["字段"])
            if "位阶" in column and field is not None and field.kind != "引用依据":
                message = f"只有依据栏目能按位阶分列，「{column['字段']}」不是；请删去「位阶」"
                yield Finding(one.record, f"/列/{index}/位阶", message)


def _named(data: Mapping[str, Any]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield (pointer, path, the fixed columns allowed there) of every field that a list names."""
    yield from ((f"/条件/{escape(path)}", path, ()) for path in data.get("条件", ()))
    yield from ((f"/排序/{n}", path, (ID,)) for n, path in enumerate(data.get("排序", ())))
    yield from ((f"/列/{n}/字段", column["字段"], _FIXED) for n, column in enumerate(data.get("列", ())))
    yield from ((f"/短列/{n}", path, _FIXED) for n, path in enumerate(data.get("短列", ())))
    yield from ((f"/筛选/{n}", path, ()) for n, path in enumerate(data.get("筛选", ())))


def _paths(fields: Mapping[str, Field], above: str = "") -> Iterator[str]:
    for name, field in fields.items():
        yield f"{above}{name}"
        if not field.many:
            yield from _paths(field.fields, f"{above}{name}.")


def _list_above(form: Form, path: str) -> str:
    """Return the part of a dotted path that is a list, so that nothing below it is one value."""
    steps = path.split(".")
    above = (".".join(steps[:n]) for n in range(1, len(steps)))
    return next((part for part in above if (field := form.find(part)) and field.many), "")


def list_value(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """清单条件里的值，须是那个栏目的词表里有的词，或者存在的记录。"""
    for one in _lists(catalog):
        for pointer, value, hint in _impossible(catalog, one):
            if hint:
                yield Finding(one.record, pointer, f"{spot(pointer)}不会有{quote(value)}这个值{hint}")


def _impossible(catalog: Catalog, one: _List) -> Iterator[tuple[str, object, str]]:
    """Yield (pointer, value, why) of what no record can have; without a reason where there is no such field."""
    for path, wanted in one.data.get("条件", {}).items():
        field = one.form.find(path)
        many = isinstance(wanted, list)
        for index, value in enumerate(wanted if many else [wanted]):
            hint = _unfit(catalog, field, value) if field else ""
            if hint or not field:
                yield f"/条件/{escape(path)}" + (f"/{index}" if many else ""), value, hint


def _unfit(catalog: Catalog, field: Field, value: object) -> str:
    """Return why a field can never have a value, or an empty string."""
    if field.choices and value not in field.choices:
        return near(value, field.choices) or f"；只能是：{'、'.join(field.choices)}"
    if field.kind == "是否" and not isinstance(value, bool):
        return "；只能是 true（是）或 false（否）"
    known = catalog.records.get(field.collection, {}) if field.kind == "关联记录" else {}
    if known and value not in known and (field.collection, value) not in catalog.broken:
        return f"；catalog/{field.collection}/ 里没有这条记录{near(value, known)}"
    return ""


def list_empty(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """清单按条件至少要选中一条记录。"""
    broken = {collection for collection, _ in catalog.broken}
    for one in _lists(catalog):
        condition = one.data.get("条件", {})
        unsound = one.data["集合"] in broken or any(_impossible(catalog, one))
        if unsound or any(selects(condition, record.data) for record in one.records.values()):
            continue
        pointer = "/条件" if condition else "/集合"
        message = f"清单「{one.data['名称']}」一条{one.form.title}也没有选中；请核对条件"
        yield Finding(one.record, pointer, message, at_key=True)


def list_draft(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """状态为「拟」的记录还没有公布，不能列入清单：在条件里限定状态。"""
    known = lives(catalog)
    for one in _lists(catalog):
        life, condition = known[one.data["集合"]], one.data.get("条件", {})
        drafts = [r for r in one.records.values() if life.draft(r.data) and selects(condition, r.data)]
        if drafts:
            more = f"等 {len(drafts)} 条" if len(drafts) > 1 else ""
            message = (
                f"清单选中了尚未公布（拟）的「{catalog.title(drafts[0])}」{more}（{drafts[0].id}）；"
                f"请在条件里限定「{life.status}」，如 [有效, 暂停]"
            )
            pointer = next((p for p in (f"/条件/{life.status}", "/条件") if _has(one.data, p)), "/集合")
            yield Finding(one.record, pointer, message, at_key=True)


def _has(data: Mapping[str, Any], pointer: str) -> bool:
    inner: Any = data
    for step in pointer.split("/")[1:]:
        inner = inner.get(step) if isinstance(inner, dict) else None
    return inner is not None


def list_entry(catalog: Catalog, _at: str) -> Iterator[Finding]:
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
                message = _misplaced(catalog, one, id_) or _again("事项", id_, items, index)
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


def _misplaced(catalog: Catalog, one: _List, id_: str) -> str:
    """Return why a record cannot be among a list's entries, or an empty string."""
    if not _there(catalog, one.data["集合"], id_):
        return _absent(one, id_)
    record = one.records.get(id_)
    if record and not selects(one.data.get("条件", {}), record.data):
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


RULES = (list_collection, list_column, list_value, list_empty, list_draft, list_entry, list_edition)
