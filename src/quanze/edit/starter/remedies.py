"""What can be done against the powers of a new register, as far as it rests on the law of procedure alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.edit.starter import package
from quanze.edit.starter.laws import PROCEDURAL
from quanze.edit.starter.procedures import citations
from quanze.law.citation import Citation
from quanze.register.remedies import REMEDIES, Remedy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.edit.starter.answers import NewRegister


def remedies(answers: NewRegister) -> Iterator[tuple[str, str]]:
    """Yield (id, text of the file) of the remedies against a bureau's types of power, and of what they take over."""
    fields = package.form(REMEDIES).fields
    for id_, (data, text) in package.records(REMEDIES).items():
        types = Remedy.types_of(data)
        cited = {Citation.of(citation).law for citation in citations(fields, data)}
        if cited <= PROCEDURAL and (not types or types & {*answers.types}):
            yield id_, text
