"""Whether a declared rule fits its fields: what cannot be compared, added up or fall due is told at the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.form import kinds
from quanze.form.words import near
from quanze.register.paths import find

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quanze.form import Field, Form
    from quanze.form.declared import Rule

NUMBER, DAY, TEXT = "数字", kinds.DATE.name, "文字"
_TYPES = {"integer": NUMBER, "number": NUMBER, "string": TEXT, "boolean": "是或否", "object": "一组栏目"}


def unfit(forms: Mapping[str, Form], form: Form, rule: Rule) -> str:
    """Return why a rule can say nothing of its fields; empty where it can.

    A field whose schema leaves its type open fits everything: what it will hold is not known.
    """
    fields = [find(forms, form, name) for name in rule.fields]
    for name, field in zip(rule.fields, fields, strict=True):
        if field is None:
            return f"规则写的「{name}」不是{form.title}的栏目{near(name, form.fields)}"
    held = {name: _held(field) for name, field in zip(rule.fields, fields, strict=True) if field}
    match rule.kind:
        case "compare":
            return _incomparable(held)
        case "sum":
            return _other(held, NUMBER, "加起来")
        case "due":
            return _other(held, DAY, "算期限")
        case "cover":
            others = (name for name, field in zip(rule.fields, fields, strict=True) if field and not field.collection)
            name = next(others, "")
            return f"规则写的「{name}」没有指向别的集合（collection），不能逐一覆盖" if name else ""
    return ""


def _held(field: Field) -> str:
    """Return what a field holds, of what can be compared; empty where its schema does not say."""
    if field.kind is kinds.STATISTIC:
        return NUMBER  # it is worked out before it is compared
    return DAY if field.kind.day else _TYPES.get(field.type, "")


def _incomparable(held: Mapping[str, str]) -> str:
    whole = [f"「{name}」填{what}" for name, what in held.items()]
    ordered = {what for what in held.values() if what}
    if ordered <= {NUMBER} or ordered <= {DAY} or ordered <= {TEXT}:
        return ""
    return f"规则写的{'，'.join(whole)}，不能比较；两个栏目要都填{NUMBER}、都填{DAY}或者都填{TEXT}"


def _other(held: Mapping[str, str], wanted: str, verb: str) -> str:
    name = next((name for name, what in held.items() if what not in {wanted, ""}), "")
    return f"规则写的「{name}」填{held[name]}，不能{verb}；请用填{wanted}的栏目" if name else ""
