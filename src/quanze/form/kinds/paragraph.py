"""Text in paragraphs (多行文本)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.base.markup import as_html, escape
from quanze.form.kinds.kind import WIDE, Kind

if TYPE_CHECKING:
    from markupsafe import Markup

    from quanze.form.kinds.kind import Field, Look, Lookup


def _html(value: object, _field: Field, _look: Look) -> Markup:
    lines = [line.strip() for line in str(escape(value)).split("\n")]
    return as_html("".join([f"<p>{line}</p>" for line in lines if line]))


def _read(text: str, _field: Field, _names: Lookup) -> str:
    return text


KIND = Kind("多行文本", html=_html, read=_read, width=WIDE)
