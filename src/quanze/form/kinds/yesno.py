"""Yes or no (是否)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.form.kinds.kind import Kind, escaped, plain

if TYPE_CHECKING:
    from quanze.form.kinds.kind import Field, Look, Lookup

_YES, _NO = {"是", "有", "true", "TRUE", "1", "√"}, {"否", "无", "false", "FALSE", "0", "×"}


def _text(value: object, _field: Field, _look: Look) -> str:
    return "是" if value else "否"


def _read(text: str, _field: Field, _names: Lookup) -> bool:
    word = plain(text)
    if word in _YES or word in _NO:
        return word in _YES
    raise ValueError(f"「{word}」不是「是」或「否」")


KIND = Kind("是否", _text, escaped(_text), _read)
