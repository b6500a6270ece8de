"""The rows of a sheet that hold nothing but looks: a workbook may have a million of them."""

from __future__ import annotations

import re

_ROW = re.compile(
    rb'<row r="[0-9]+"(?:(?! hidden=)(?! ht="0) [\w:]+="[^"<>]*")*+'
    rb'(?:/>|>(?:<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?/>|\s)*+</row>)'
)


def without_blank_rows(content: bytes) -> bytes:
    """Return the part of a sheet without them, those that hide aside.

    A row without a number stands behind the one before: where there is such a row, nothing is left out.
    """
    if content.count(b"<row r=") != content.count(b"<row ") + content.count(b"<row>"):
        return content
    return _ROW.sub(b"", content)
