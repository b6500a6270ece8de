"""A file under files/ that is published with a record (附件): linked with its type and size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import escape

from quanze.form.kinds.kind import Kind, as_html, linked

if TYPE_CHECKING:
    from markupsafe import Markup

    from quanze.form.fields import Field
    from quanze.form.kinds.kind import Look, Lookup

FILE, TITLE, DIGEST = "文件", "名称", "校验值"
"""The parts of an attachment."""
_KILO = 1024


def _text(value: Any, _field: Field, _look: Look) -> str:
    return str(value.get(TITLE) or value[FILE])


def _html(value: Any, field: Field, look: Look) -> Markup:
    url, size = look.attachment(value[FILE])
    about = f"{value[FILE].rpartition('.')[2].upper()}，{_size(size)}" if url else "文件不在"
    return as_html(f'{linked(url, _text(value, field, look))} <span class="qz-muted">（{escape(about)}）</span>')


def _size(octets: int) -> str:
    """Return a size in KB or MB, rounded up."""
    if octets < _KILO * _KILO:
        return f"{max(1, -(-octets // _KILO))} KB"
    return f"{octets / _KILO / _KILO:.1f} MB"


def _read(text: str, _field: Field, _names: Lookup) -> dict[str, str]:
    return {FILE: text.strip()}


KIND = Kind("附件", _text, _html, _read)
