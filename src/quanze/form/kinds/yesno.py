"""Yes or no (是否)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.form.kinds.kind import Kind, escaped, plain

if TYPE_CHECKING:
    from quanze.form.kinds.kind import Field, Look, Lookup

_YES = {"是", "有", "对", "是的", "true", "yes", "y", "1", *"√✓✔☑●"}
_NO = {"否", "无", "没有", "不是", "false", "no", "n", "0", *"×✕✗✘☐○"}
"""What people write into a cell for yes and for no, in small letters."""


def _text(value: object, _field: Field, _look: Look) -> str:
    return "是" if value else "否"


def _read(text: str, _field: Field, _names: Lookup) -> bool:
    word = plain(text).rstrip("。.").lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise ValueError(f"「{plain(text)}」不是「是」或「否」")


KIND = Kind("是否", _text, escaped(_text), _read)
