"""The file of an instrument, changed by command: its versions' facts, with layout and comments as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.edit.patch import amend, append
from quanze.law.instrument import PARTS, VERSIONS
from quanze.law.version import PARTS as VERSION_PARTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quanze.base.model import Record, Value
    from quanze.law.instrument import Instrument
    from quanze.law.version import Version
    from quanze.register.catalog import Catalog


def version(instrument: Instrument, name: str) -> Version:
    """Return the version of a name or a date of promulgation; the newest where none is given.

    Raises:
        Fault: the law has no version of that name.

    """
    if not name:
        return instrument.newest
    for one in instrument.versions:
        if name in (one.name, one.promulgated):
            return one
    known = "、".join(one.name for one in instrument.versions)
    raise Fault(f"《{instrument.short}》没有登记「{name}」这个版本；登记的有：{known}")


def with_version(text: str, record: Record, one: Version, values: Mapping[str, Value]) -> str:
    """Return the file's text with fields of one version set; a field set to None goes."""
    return _set(text, record, f"/{VERSIONS}/{one.index}", values, VERSION_PARTS)


def with_newest(text: str, record: Record, values: Mapping[str, Value]) -> str:
    """Return the file's text with one version more, at the end.

    Raises:
        Fault: the versions stand on one line.

    """
    longer = append(text, f"/{VERSIONS}", values)
    if longer is None:
        raise Fault(f"{record.path} 里的版本写在同一行，加不了新的版本；请先每个版本写成几行")
    return longer


def with_fields(text: str, record: Record, values: Mapping[str, Value]) -> str:
    """Return the file's text with fields of the instrument itself set."""
    return _set(text, record, "", values, PARTS)


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
