"""References: what a record names must be there."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from quanze.catalog import LAWS
from quanze.problem import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.catalog import Catalog


def unknown_reference(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """引用别的记录（机关、程序、事项）写它的编号，那条记录必须存在。"""
    for seat in catalog.by_kind.get("关联记录", ()):
        collection = seat.field.collection
        if not collection or (collection, seat.value) in catalog.broken:
            continue
        if not catalog.record(collection, seat.value):
            near = difflib.get_close_matches(str(seat.value), list(catalog.records.get(collection, {})), 1)
            hint = f"；最接近的是「{near[0]}」" if near else ""
            message = f"「{seat.field.name}」写的「{seat.value}」在 catalog/{collection}/ 里没有这条记录{hint}"
            yield Finding(seat.record, seat.pointer, message)


def unknown_instrument(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """引用的依据文件须在 laws/ 里有记录，写全称或者登记的简称；一个简称只能指一部文件。"""
    if any(collection == LAWS for collection, _ in catalog.broken):
        return  # one of the broken files may be the very instrument; its own fault is told already
    names = sorted(name for one in catalog.instruments.values() for name in one.names)
    for seat in catalog.by_kind.get("引用依据", ()):
        name = seat.value.get("依据文件")  # type: ignore[union-attr]
        if name is None:
            continue
        found = catalog.named(name)
        if not found:
            near = difflib.get_close_matches(str(name), names, 1)
            hint = f"；最接近的是《{near[0]}》" if near else "；请先在 catalog/laws/ 里建一条记录，或者改用「文号」"
            yield Finding(seat.record, f"{seat.pointer}/依据文件", f"依据文件《{name}》没有收录{hint}")
        elif len(found) > 1:
            ids = "、".join(one.id for one in found)
            yield Finding(seat.record, f"{seat.pointer}/依据文件", f"简称《{name}》同时指 {ids}；请写全称")


RULES = (unknown_reference, unknown_instrument)
