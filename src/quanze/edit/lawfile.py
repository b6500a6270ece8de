"""The file of an instrument, changed by command: its versions' facts, with layout and comments as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quanze.base.problem import Fault
from quanze.edit.patch import amend

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quanze.base.model import Record, Value
    from quanze.law.instrument import Instrument, Version
    from quanze.register.catalog import Catalog

_VERSION = ("名称", "公布日期", "施行日期", "采用日期", "文号", "条数", "结构", "罚则条", "条文对照", "全文")
_LAW = ("名称", "简称", "位阶", "制定机关", "条号版本", "版本", "其他处罚种类", "废止日期", "替代文件", "全文")


def version(instrument: Instrument, name: str) -> Version:
    """Return the version of a name or a date of promulgation; the newest where none is given."""
    if not name:
        return instrument.newest
    for one in instrument.versions:
        if name in (one.name, one.promulgated):
            return one
    known = "、".join(one.name for one in instrument.versions)
    raise Fault(f"《{instrument.short}》没有登记「{name}」这个版本；登记的有：{known}")


def with_version(text: str, record: Record, name: str, values: Mapping[str, Value]) -> str:
    """Return the file's text with fields of one version set; a field set to None goes."""
    rows: Any = record.data["版本"]
    index = next(n for n, row in enumerate(rows) if row["名称"] == name)
    return _set(text, record, f"/版本/{index}", values, _VERSION)


def with_fields(text: str, record: Record, values: Mapping[str, Value]) -> str:
    """Return the file's text with fields of the instrument itself set."""
    return _set(text, record, "", values, _LAW)


def _set(text: str, record: Record, pointer: str, values: Mapping[str, Value], order: tuple[str, ...]) -> str:
    """Set fields; a text of several lines is put on one where the layout has the fields in braces."""
    flat = {name: " ".join(value.split()) if isinstance(value, str) else value for name, value in values.items()}
    for one in (values, flat):
        amended = amend(text, pointer, one, order)
        if amended is not None:
            return amended
    where = f"{pointer.strip('/')}的" if pointer else ""
    raise Fault(f"{record.path} 里{where}栏目写在同一行，改不了；请先每个栏目写一行")


def text(catalog: Catalog, record: Record) -> str:
    """Return a record's file as it is, line ends included."""
    return (catalog.root / record.path).read_bytes().decode()
