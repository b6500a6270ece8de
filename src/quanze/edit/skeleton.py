"""The beginning of a new record, made from its form and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.form import Validator
from quanze.io.yaml import write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quanze.base.model import Value
    from quanze.form import Field, Form

_OPTIONAL = "# —— 以下栏目可以不写；要写的，删去每行开头的「# 」——"


def skeleton(form: Form, data: Mapping[str, Value], schema: str) -> str:
    """Return the text of a new record: what is known, what must be filled in, and as comments what may be.

    A field that must be filled in has no value, so the check asks for it until it has. `schema` is the path of the
    schema, for editors.
    """
    required = needed(form, data)
    forbidden = form.forbidden(data)
    first = [one for one in form.fields.values() if one.name in required or one.name in data]
    rest = [one for one in form.fields.values() if one not in first and one.name not in forbidden]
    lines = [f"# yaml-language-server: $schema={schema}", f"# {form.title}：{form.help}".rstrip("：")]
    for field in first:
        lines += [f"# {line}" for line in _help(field)]
        lines += _known(field, data[field.name]) if field.name in data else _blank(field)
    if rest:
        lines += ["", _OPTIONAL]
    for field in rest:
        lines += [f"# # {line}" for line in _help(field)]
        lines += [f"# {line}" for line in _blank(field, plain=True)]
    return "\n".join(lines) + "\n"


class Needs:
    """What records of one form must have, worked out for many of them."""

    def __init__(self, form: Form) -> None:
        self._always = {field.name for field in form.fields.values() if field.required}
        rules = (rule for rule in form.schema.get("allOf", ()) if "if" in rule)
        found = ((rule["if"], form.fields.keys() & {*rule.get("then", {}).get("required", ())}) for rule in rules)
        self._rules = [(Validator(test), names) for test, names in found if names]

    def of(self, data: Mapping[str, Value]) -> frozenset[str]:
        """Return the fields that a record with this data must have, those that depend on its values included."""
        found = {*self._always}
        for test, names in self._rules:
            if not names <= found and test.fits(dict(data)):
                found |= names
        return frozenset(found)


def needed(form: Form, data: Mapping[str, Value]) -> frozenset[str]:
    """Return the fields that a record with this data must have."""
    return Needs(form).of(data)


def _help(field: Field) -> Iterator[str]:
    """Yield what the form says of a field, one line each."""
    if field.help:
        yield " ".join(field.help.split())
    if field.choices:
        yield f"可以写：{'、'.join(field.choices)}"
    if field.collection:
        yield f"写 catalog/{field.collection}/ 里的编号"
    elif field.example is not None:  # that of a reference is an id, of whatever collection
        yield f"如 {field.example}"


def _known(field: Field, value: Value) -> Iterable[str]:
    return write({field.name: value}).rstrip("\n").split("\n")


def _blank(field: Field, *, plain: bool = False) -> Iterator[str]:
    """Yield a field without a value; `plain` where the lines become comments anyhow."""
    yield f"{field.name}:"
    if not field.fields:
        if field.many:
            yield "  -"
        return
    first = True
    for part, live in _parts(field):
        for line in _blank(part, plain=plain):
            dash = "- " if first and field.many else "  " if field.many else ""
            hide = "" if live or plain else "# "
            yield f"  {dash}{hide}{line}"
            first = False


def _parts(field: Field) -> Iterator[tuple[Field, bool]]:
    """Yield the parts of an object, those to be filled in first: the required ones, or the first of all."""
    parts = list(field.fields.values())
    live = [part for part in parts if part.required] or parts[:1]
    for part in (*live, *(part for part in parts if part not in live)):
        yield part, part in live
