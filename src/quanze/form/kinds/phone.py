"""A telephone number (电话)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quanze.base.markup import as_html, escape
from quanze.form.kinds.kind import Kind, plain

if TYPE_CHECKING:
    from markupsafe import Markup

    from quanze.form.kinds.kind import Field, Look, Lookup

_LABEL = re.compile(r"\A[^0-9:]{0,8}(?:电话|热线|号码):\s*")
_USUAL = (
    (re.compile(r"(?<!\s)\s*[—–‒‐‑−]+\s*"), "-"),
    (re.compile(r"\A\((0[0-9]{2,3})\)\s*-?\s*"), r"\1-"),
    (re.compile(r"(?<!\s)\s*(?:转|分机)\s*(?=[0-9]{1,6}\Z)"), "转"),
)
"""How people write a number, and how a record does: (0319)8162345, 0319—8162345 分机 2."""


def _html(value: object, _field: Field, _look: Look) -> Markup:
    digits = re.sub("[^0-9+]", "", str(value).partition("转")[0])
    return as_html(f'<a href="tel:{digits}">{escape(value)}</a>') if digits else escape(value)


def _read(text: str, _field: Field, _names: Lookup) -> str:
    number = _LABEL.sub("", plain(text))
    for pattern, usual in _USUAL:
        number = pattern.sub(usual, number)
    return number


KIND = Kind("电话", html=_html, read=_read)
