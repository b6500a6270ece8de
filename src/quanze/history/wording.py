"""What changed in a record, told in its form's words.

A document of an earlier year need not fit today's form: a field whose value the form would refuse is told as it was
written, never forced into a kind that expects another shape.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from quanze.base.value import elements, mapping
from quanze.form import Validator
from quanze.form.kinds import in_words
from quanze.history.rewind import undo
from quanze.law.numerals import numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.base.model import Value
    from quanze.form import Field, Form
    from quanze.form.kinds import Look
    from quanze.history.diff import Change

    Document = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference in words; None stands for what is not there."""

    label: str
    """The field as a person names it: 办理·法定时限, 实施依据（其二）·摘录."""
    old: str | None
    new: str | None

    @property
    def field(self) -> str:
        """The field of the record in which it is, without its place there."""
        return self.label.partition("·")[0].partition("（")[0]


class ChangeWording:
    """Tells values and changes in the words of the forms of a catalog."""

    def __init__(self, forms: Mapping[str, Form], look: Look) -> None:
        self._forms = forms
        self._look = look
        self._validator = cache(self._make_validator)

    def fits(self, collection: str, name: str, value: Value) -> bool:
        """Tell whether today's form accepts a value in a field; an absent one is always accepted."""
        if value is None:
            return True
        form = self._forms.get(collection)
        return form is not None and name in form.fields and self._validator(collection, name).fits(value)

    def _make_validator(self, collection: str, name: str) -> Validator:
        return Validator(self._forms[collection].schema["properties"][name])

    def field(self, collection: str, name: str) -> Field | None:
        """Return a field of today's form, or None."""
        form = self._forms.get(collection)
        return form.fields.get(name) if form else None

    def in_words(self, collection: str, name: str, value: Value, *, sound: bool = False) -> str:
        """Return the value of a record's field in words; of a `sound` record it is known to fit today's form."""
        if sound or self.fits(collection, name, value):
            return in_words(self._forms[collection].fields[name], value, self._look)
        return plain(value)

    def differences(
        self, collection: str, old: Document, new: Document, changes: Sequence[Change]
    ) -> tuple[Difference, ...]:
        """Return the changes that lead from one document of a record to another, in words, each once.

        Where the new document is not known (empty), the changes alone are told.
        """
        differences: dict[Difference, None] = {}
        for change in changes:
            name = str(change.steps[0]) if change.steps else ""
            form = self._forms.get(collection)
            known = len(change.steps) == 1 or name in new
            if form and known and all(self.fits(collection, name, document.get(name)) for document in (old, new)):
                differences[self._formed(form, new, change, changes)] = None
            else:
                differences[Difference(_label(change.steps), _plain(change.old), _plain(change.new))] = None
        return tuple(differences)

    def _formed(self, form: Form, new: Document, change: Change, changes: Sequence[Change]) -> Difference:
        label, field, part = [""], None, None
        for depth, step in enumerate(change.steps, 1):
            if isinstance(step, str):
                field = (field.fields if field else form.fields).get(step)
                if field is None:
                    return Difference(_label(change.steps), _plain(change.old), _plain(change.new))
                label.append(step)
            inside = depth < len(change.steps) and field is not None and field.many == isinstance(step, int)
            if inside and field is not None and field.kind.phrase:
                part = self._phrase(field, _reach(new, change.steps[:depth]), change.steps[:depth], changes)
                if part.old != part.new:
                    return Difference("·".join(label[1:]), part.old, part.new)
                label[-1] += f"（{part.new}）"
            elif inside and isinstance(step, int):
                label[-1] += f"（其{numeral(step)}）"
        order = "（顺序）" if change.moved else ""
        element = isinstance(change.steps[-1], int) and not change.moved
        old, now = (self._leaf(field, value, element=element) for value in (change.old, change.new))
        if old == now:  # what differs is not in the words: only what is emphasised
            old, now = _plain(change.old), _plain(change.new)
        return Difference("·".join(label[1:]) + order, old, now)

    def _phrase(
        self, field: Field, value: Value, place: tuple[str | int, ...], changes: Sequence[Change]
    ) -> Difference:
        """Tell a value made of parts as the phrase that it is, before and after all changes to its parts."""
        depth = len(place)
        inner = [change for change in changes if change.steps[:depth] == place and len(change.steps) > depth]
        old = undo(value, inner, depth)
        return Difference("", *(self._leaf(field, side, element=field.many) for side in (old, value)))

    def _leaf(self, field: Field | None, value: Value, *, element: bool) -> str | None:
        if value is None or field is None:
            return _plain(value)
        return in_words(field, [value] if element and field.many else value, self._look)


def fields(difference: Difference) -> Iterator[str]:
    """Yield one difference, each line of the old text after -, of the new after +."""
    yield f"    {difference.label}"
    for sign, value in (("-", difference.old), ("+", difference.new)):
        yield from (f"      {sign} {line}" for line in (value or "").splitlines())


def _reach(document: Value, steps: Sequence[str | int]) -> Value:
    for step in steps:
        document = elements(document)[step - 1] if isinstance(step, int) else mapping(document)[step]
    return document


def _label(steps: Sequence[str | int]) -> str:
    words = (f"（其{numeral(step)}）" if isinstance(step, int) else f"·{step}" for step in steps)
    return "".join(words).removeprefix("·")


def _plain(value: Value) -> str | None:
    return None if value is None else plain(value)


def plain(value: Value) -> str:
    """Return a value in words that need no form."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return "；".join(_parts(value))
    if isinstance(value, list | tuple):
        return ("\n" if any(isinstance(element, Mapping) for element in value) else "、").join(map(plain, value))
    return "" if value is None else str(value).strip()


def _parts(value: Mapping[str, Value]) -> Iterator[str]:
    for name, inner in value.items():
        yield f"{name}：{plain(inner)}"
