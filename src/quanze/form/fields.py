"""What a schema says to people: the fields of a collection, their labels, help, kinds and order."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from quanze.base.value import mapping, text
from quanze.form import kinds
from quanze.form.declared import FORBIDDEN, Adoptable, Back, Rule
from quanze.form.kinds.kind import Field
from quanze.form.validate import Validator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Schema, Value
    from quanze.form.kinds import Kind

_LAST = 999


@dataclass(frozen=True, eq=False)
class Form:
    """The form of one collection; one that is read again from the same files is the same."""

    collection: str
    title: str
    help: str
    schema: Schema
    fields: Mapping[str, Field]

    @property
    def prefix(self) -> str:
        """What the ids of new records begin with; empty where the form does not say."""
        return str(self.schema.get("prefix", ""))

    @property
    def family(self) -> float:
        """Where the form stands among the others: in the order of lists, navigation and back links."""
        place = self.schema.get("family")
        return place if isinstance(place, int | float) else _LAST

    @property
    def group(self) -> str:
        """Under what the lists of its records stand in the navigation; empty where the form does not say."""
        return str(self.schema.get("group", ""))

    @cached_property
    def validator(self) -> Validator:
        """What tells whether a record fits."""
        return Validator(self.schema)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules between values that the form declares; those that are malformed are told at the schema."""
        rules = []
        for rule in self.schema.get("rules", ()):
            with suppress(ValueError, TypeError, AttributeError):
                rules.append(Rule.of(rule))
        return tuple(rules)

    @cached_property
    def adoptable(self) -> Adoptable | None:
        """What records may take over from a superior's; None where the form does not let them."""
        told = self.schema.get("adopt")
        return Adoptable.of(told) if isinstance(told, dict) and self.role(kinds.ADOPTION) else None

    def role(self, kind: Kind) -> str:
        """Return the name of the first field of a kind, or an empty string: how code finds a title or a status."""
        return self._roles.get(kind, "")

    @cached_property
    def _roles(self) -> Mapping[Kind, str]:
        return {field.kind: field.name for field in reversed([*self.fields.values()])}

    @cached_property
    def bases(self) -> Field | None:
        """The first list of citations: what a record rests on; None in a form without one."""
        return next((field for field in self.fields.values() if field.kind is kinds.CITATION and field.many), None)

    @cached_property
    def title_field(self) -> str:
        """The field that names a record; empty in a form without one."""
        return self.role(kinds.TITLE)

    @cached_property
    def sections(self) -> Mapping[str, tuple[Field, ...]]:
        """The fields by section, both in the form's order; fields of no section stand under the form's title."""
        sections: dict[str, list[Field]] = {}
        for part in self.fields.values():
            sections.setdefault(part.section or self.title, []).append(part)
        return {name: tuple(fields) for name, fields in sections.items()}

    def find(self, path: str) -> Field | None:
        """Return the field at a dotted path such as 办理.法定时限, or None."""
        fields, field = self.fields, None
        for name in path.split("."):
            field = fields.get(name)
            if field is None:
                return None
            fields = field.fields
        return field

    @cached_property
    def _conditions(self) -> tuple[tuple[Mapping[str, tuple[Value, ...]], bool, frozenset[str]], ...]:
        return tuple(_forbidding(self.schema))

    def forbidden(self, data: Mapping[str, Value]) -> frozenset[str]:
        """Return the fields that a record like this cannot have: on its page they are 不适用, not 未载明."""
        met = (
            names
            for wanted, fitting, names in self._conditions
            if all(data.get(k) in v for k, v in wanted.items()) is fitting
        )
        return frozenset().union(*met)


def _forbidding(schema: Schema) -> Iterator[tuple[Mapping[str, tuple[Value, ...]], bool, frozenset[str]]]:
    """Yield (which values, whether a record has them, which fields that forbids) of each if/then/else of a schema."""
    for rule in [schema, *schema.get("allOf", ())]:
        wanted = {
            name: tuple(test["enum"]) if "enum" in test else (test.get("const"),)
            for name, test in rule.get("if", {}).get("properties", {}).items()
        }
        for branch, fitting in (("then", True), ("else", False)):
            tests = rule.get(branch, {}).get("properties", {})
            names = frozenset(name for name, test in tests.items() if test == FORBIDDEN)
            if wanted and names:
                yield wanted, fitting, names


def form(collection: str, schema: Schema) -> Form:
    """Return the form that an inlined schema describes."""
    title = schema.get("title", collection)
    return Form(collection, title, schema.get("description", ""), schema, _fields(schema))


def _fields(schema: Schema) -> Mapping[str, Field]:
    required = set(schema.get("required", ()))
    return {name: _field(name, part, required) for name, part in schema.get("properties", {}).items()}


def _field(name: str, schema: Schema, required: set[str]) -> Field:
    outer, many = schema, schema.get("type") == "array"
    if many:
        schema = schema.get("items", {})
    examples = schema.get("examples", ())
    return Field(
        name=name,
        kind=kinds.named(schema.get("title", ""), has_parts="properties" in schema),
        type=one if isinstance(one := schema.get("type"), str) else "",
        help=outer.get("description") or schema.get("description", ""),
        section=outer.get("section", ""),
        many=many,
        required=name in required,
        choices=_choices(schema),
        codes={word: text(code) for word, code in mapping(schema.get("codes")).items()},
        collection=str(schema.get("collection") or outer.get("collection") or ""),
        only=mapping(schema.get("only") or outer.get("only")),
        back=Back.of(back) if (back := mapping(schema.get("back") or outer.get("back"))) else None,
        masked=bool(schema.get("masked") or outer.get("masked")),
        unit=str(schema.get("unit") or outer.get("unit") or ""),
        example=examples[0] if examples else None,
        fields=_fields(schema),
    )


def _choices(schema: Schema) -> tuple[str, ...]:
    for part in [schema, *reversed(schema.get("allOf", ()))]:
        if "enum" in part:
            return tuple(part["enum"])
    return ()
