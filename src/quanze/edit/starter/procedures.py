"""The procedures of a new register: what rests on law that binds every bureau, without what is one bureau's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quanze.base.value import rows
from quanze.edit.naming import schema_path
from quanze.edit.starter import package
from quanze.edit.starter.laws import foreign, general, instruments
from quanze.form import kinds
from quanze.io.yaml import write
from quanze.law.citation import Citation
from quanze.register.roles import PROCEDURES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Value
    from quanze.edit.starter.answers import NewRegister
    from quanze.form import Field


def procedures(answers: NewRegister) -> Iterator[tuple[str, str]]:
    """Yield (id, text of the file) of the procedures of a bureau's types that rest mostly on general law.

    Their 核对 is left out: whether what remains is right for the bureau, nobody has looked at.
    """
    form = package.form(PROCEDURES)
    type_, looked = form.role(kinds.POWERTYPE), form.role(kinds.CHECK)
    ids = general(answers)
    known = instruments()
    own = _Own(frozenset(name for id_ in ids for name in known[id_].names), foreign(ids))
    for id_, (data, _) in package.records(PROCEDURES).items():
        rests = [own.rests(citation) for citation in citations(form.fields, data)]
        if data[type_] in answers.types and sum(rests) * 2 > len(rests):
            kept = {name: value for name, value in data.items() if name != looked}
            schema = schema_path(f"catalog/{PROCEDURES}/{id_}.yaml", PROCEDURES)
            yield id_, write(own.pruned(form.fields, kept), schema)


def citations(fields: Mapping[str, Field], data: Mapping[str, Value]) -> Iterator[Mapping[str, Value]]:
    """Yield the citations in the lists of a record, at any depth."""
    for name, value in data.items():
        for row in rows(value):
            if fields[name].kind is kinds.CITATION:
                yield row
            else:
                yield from citations(fields[name].fields, row)


class _Own:
    """What may stand in any bureau's procedure: citations of the general laws, and words of no other law's matter."""

    def __init__(self, names: frozenset[str], others: re.Pattern[str]) -> None:
        self._names, self._others = names, others

    def rests(self, citation: Mapping[str, Value]) -> bool:
        """Tell whether a citation is of a general law."""
        return Citation.of(citation).law in self._names

    def pruned(self, fields: Mapping[str, Field], data: Mapping[str, Value]) -> dict[str, Value]:
        """Return a record, or a part of one, without what is another bureau's."""
        found = {name: self._value(fields[name], value) for name, value in data.items()}
        return {name: value for name, value in found.items() if value not in ([], "")}

    def _value(self, field: Field, value: Value) -> Value:
        if field.kind is kinds.CITATION:
            return [row for row in rows(value) if self.rests(row)]
        if field.many and field.fields:
            return [self.pruned(field.fields, row) for row in rows(value) if self._stays(field.fields, row)]
        return self._clauses(value) if isinstance(value, str) else value

    def _stays(self, fields: Mapping[str, Field], part: Mapping[str, Value]) -> bool:
        """Tell whether a part is worth keeping: not one all of whose citations are of other laws."""
        cited = [*citations(fields, part)]
        return not cited or any(map(self.rests, cited))

    def _clauses(self, text: str) -> str:
        clauses = re.split("(?<=[；。])", text)
        kept = [clause for clause in clauses if not self._others.search(clause)]
        return text if kept == clauses else "".join(kept).strip().rstrip("；。") + "。"
