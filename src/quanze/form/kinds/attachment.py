"""A file under files/ that is published with a record (附件): linked with its type and size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.markup import as_html, escape
from quanze.base.value import mapping, text
from quanze.form.kinds.kind import Kind, linked

if TYPE_CHECKING:
    from markupsafe import Markup

    from quanze.form.kinds.kind import Field

from quanze.form.kinds.kind import Look, Lookup

FILE, DIGEST = "文件", "校验值"
_KILO = 1024


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file with a name and a digest."""

    path: str
    """Below files/."""
    title: str
    digest: str

    @classmethod
    def of(cls, value: object) -> Attachment:
        """Return what a value of a record tells."""
        data = mapping(value)
        return cls(text(data.get(FILE)), text(data.get("名称")), text(data.get(DIGEST)))


def _text(value: object, _field: Field, _look: Look) -> str:
    attachment = Attachment.of(value)
    return attachment.title or attachment.path


def _html(value: object, field: Field, look: Look) -> Markup:
    path = Attachment.of(value).path
    url, size = look.attachment(path)
    about = f"{path.rpartition('.')[2].upper()}，{_size(size)}" if url else "文件不在"
    return as_html(f'{linked(url, _text(value, field, look))} <span class="qz-muted">（{escape(about)}）</span>')


def _size(octets: int) -> str:
    """Return a size in KB or MB, rounded up."""
    if octets < _KILO * _KILO:
        return f"{max(1, -(-octets // _KILO))} KB"
    return f"{octets / _KILO / _KILO:.1f} MB"


def _read(line: str, _field: Field, _names: Lookup) -> dict[str, str]:
    return {FILE: line.strip()}


KIND = Kind("附件", _text, _html, _read)
