"""Which records are meant, by what they say (条件)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.base.value import mapping
from quanze.form.kinds.kind import Kind, escaped

if TYPE_CHECKING:
    from quanze.form.kinds.kind import Field
from quanze.form.kinds.kind import Look


def _text(value: object, _field: Field, _look: Look) -> str:
    return "；".join(f"{path}：{_wanted(wanted)}" for path, wanted in mapping(value).items())


def _wanted(wanted: object) -> str:
    if isinstance(wanted, dict):
        return "、".join(_asked(name, inner) for name, inner in wanted.items())
    return "、".join(map(str, wanted)) if isinstance(wanted, list) else str(wanted)


def _asked(name: str, inner: object) -> str:
    """Return {无: false}, {之前: 当日}, {含: [人, 户]} in words: 写明, 当日 之前, 含有 人、户 之一."""
    if isinstance(inner, list):
        return f"含有{'、'.join(f'「{word}」' for word in inner)}之一"
    if isinstance(inner, bool):
        return "没有写明" if inner else "写明"
    return f"{inner} {name}"


KIND = Kind("条件", _text, escaped(_text))
