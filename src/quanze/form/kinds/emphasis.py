"""Text in paragraphs, in which what stands between two pairs of stars is emphasised (加重文本)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quanze.base.markup import as_html, escape
from quanze.form.kinds import paragraph
from quanze.form.kinds.kind import WIDE, Kind

if TYPE_CHECKING:
    from markupsafe import Markup

    from quanze.form.kinds.kind import Field, Look

_STARRED = re.compile(r"\*\*([^*<>]+)\*\*")


def strong(html: Markup) -> Markup:
    """Return the HTML of such a text with its emphasised words in bold."""
    return as_html(_STARRED.sub(r"<strong>\1</strong>", str(html)))


def _text(value: object, _field: Field, _look: Look) -> str:
    return _STARRED.sub(r"\1", str(value))


def _html(value: object, field: Field, look: Look) -> Markup:
    return strong(paragraph.KIND.html(value, field, look) if "\n" in str(value) else escape(value))


KIND = Kind("加重文本", _text, _html, paragraph.KIND.read, width=WIDE)
