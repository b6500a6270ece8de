"""A text that cites → each citation in the form of a record, with what the check would say of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quanze.base.model import Record
from quanze.check import rules
from quanze.edit.place import fold
from quanze.form import Field, Form, kinds
from quanze.io.yaml import write
from quanze.law.citation import written
from quanze.law.reading import citations
from quanze.register.catalog import LAWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Value
    from quanze.register.catalog import Catalog

_ASIDE = "-"
"""A collection of one record, which holds the citations while the rules look at them; no folder is called so."""
_FIELD = "依据"


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation of a text."""

    value: Mapping[str, Value]
    told: str
    """Which version is in force and since when; empty where that is not known."""
    problems: tuple[str, ...]
    """What the check would say of it in a record."""

    @property
    def yaml(self) -> str:
        """The citation as an element of a list of 依据, ready to paste."""
        return write({_FIELD: [dict(self.value)]}).partition("\n")[2]


def cite(catalog: Catalog, text: str, at: str) -> tuple[Cited, ...]:
    """Return the citations of a text as of a day; none where it names no instrument."""
    values = [_named(catalog, one) for one in citations(text)]
    found: dict[int, list[str]] = {index: [] for index in range(len(values))}
    for pointer, message in _judged(catalog, values, at):
        index = pointer.split("/")[2:3]
        if index:
            found[int(index[0])].append(message)
    return tuple(Cited(one, _told(catalog, one, at), tuple(found[n])) for n, one in enumerate(values))


def _named(catalog: Catalog, citation: Mapping[str, Value]) -> Mapping[str, Value]:
    """Return the citation with the title as records write it: short, full-width brackets and all."""
    title = str(citation["依据文件"])
    known = (one.short for one in catalog.instruments.values() for name in one.names if fold(name) == fold(title))
    return {**citation, "依据文件": next(known, title)}


def _judged(catalog: Catalog, values: list[Mapping[str, Value]], at: str) -> Iterator[tuple[str, str]]:
    """Yield (pointer, sentence) of every finding of the rules."""
    field = Field(_FIELD, kinds.CITATION, many=True, fields=_parts(catalog))
    form = Form(_ASIDE, _FIELD, "", {}, {_FIELD: field})
    record = Record(_ASIDE, _ASIDE, "", {_FIELD: values})
    kept = {name: records if name == LAWS else {} for name, records in catalog.records.items()}
    alone = replace(catalog, forms={**catalog.forms, _ASIDE: form}, records={**kept, _ASIDE: {_ASIDE: record}})
    for _, finding in rules.run(alone, at).open:
        if finding.record.collection == _ASIDE and finding.pointer.startswith(f"/{_FIELD}/"):
            yield finding.pointer, finding.message


def _parts(catalog: Catalog) -> Mapping[str, Field]:
    """Return the parts of a citation as some form of the project has them."""
    fields = [field for form in catalog.forms.values() for field in form.fields.values()]
    while fields:
        field = fields.pop()
        if field.kind is kinds.CITATION:
            return field.fields
        fields += field.fields.values()
    return {}


def _told(catalog: Catalog, citation: Mapping[str, Value], at: str) -> str:
    named = catalog.named(citation["依据文件"])
    if len(named) != 1:
        return ""
    version = named[0].version(str(citation.get("版本", ""))) or named[0].in_force(at)
    if version and named[0].in_doubt(at):
        return f"{version.name}，{version.in_force} 起施行，{named[0].doubtful} 起是否继续有效待核"
    return f"{version.name}，{version.in_force} 起施行，{at} 有效" if version else ""


def lines(one: Cited) -> Iterator[str]:
    """Yield a citation as YAML with what is known of it as comments."""
    yield f"# {written(one.value)}{f'：{one.told}' if one.told and not one.problems else ''}"
    for problem in one.problems:
        yield f"# 注意：{problem}"
    yield one.yaml.rstrip("\n")
