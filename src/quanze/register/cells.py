"""What the cells of a list say: as words, and as the values that the records hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.form import kinds
from quanze.law.sentence import sentence
from quanze.register.definition import ID, NUMBER
from quanze.register.matrix import tops
from quanze.register.numbering import meant
from quanze.register.occurrences import Occurrence
from quanze.register.paths import values
from quanze.register.table import ABSENT, EMPTY, NOT_APPLICABLE
from quanze.register.wording import statute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.base.model import Record, Value
    from quanze.form.kinds import Look
    from quanze.law.citation import Citation
    from quanze.register.catalog import Catalog
    from quanze.register.table import Column, Row


def cell(column: Column, row: Row, catalog: Catalog, look: Look) -> tuple[str, ...]:
    """Return the texts of one cell, several where it has several values; empty where nothing is known."""
    if column.path == NUMBER:
        return (str(row.number),)
    if column.path == ID:
        return tuple(record.id for record in row.records)
    if column.path in row.rewritten:
        return (row.rewritten[column.path],)
    told = (text for record in records_of(column, row, catalog) for text in _texts(column, row, record, catalog, look))
    return tuple(dict.fromkeys(told))


def prose(column: Column, row: Row, catalog: Catalog, look: Look) -> tuple[str, ...]:
    """Return the texts of one cell as people read them: sanctions as one sentence, where all that it needs is known."""
    field = column.field
    if field is None or field.kind is not kinds.SANCTION or column.path in row.rewritten:
        return cell(column, row, catalog, look)
    told = (text for one in records_of(column, row, catalog) for text in _sentences(column, row, one, catalog, look))
    return tuple(dict.fromkeys(told))


def _sentences(column: Column, row: Row, record: Record, catalog: Catalog, look: Look) -> list[str]:
    whole = sentence([*map(catalog.sanction, _values(column, row, record, catalog))])
    return [whole] if whole else _texts(column, row, record, catalog, look)


def silence(column: Column, row: Row, catalog: Catalog) -> str:
    """Return what stands in a cell that tells nothing: 不适用 where no record of the row can have that field."""
    if column.only:
        return EMPTY
    name = column.path.partition(".")[0]
    forbidden = (name in catalog.forms[record.collection].forbidden(record.data) for record in row.records)
    return NOT_APPLICABLE if all(forbidden) else ABSENT


def records_of(column: Column, row: Row, catalog: Catalog) -> Iterator[Record]:
    """Yield the records of a row that a column tells: in a matrix those alone that have its value."""
    for record in row.records:
        if column.only is None or column.only[1] in tops(catalog, record, column.only[0]):
            yield record


def held(column: Column, row: Row, catalog: Catalog) -> list[Value]:
    """Return the values of one cell as the records hold them, each once; none where the list words it otherwise."""
    if column.path == NUMBER:
        return [row.number]
    if column.path == ID:
        return [record.id for record in row.records]
    found: list[Value] = []
    for record in () if column.path in row.rewritten else records_of(column, row, catalog):
        found += (one for one in _values(column, row, record, catalog) if one not in found)
    return found


def _values(column: Column, row: Row, record: Record, catalog: Catalog) -> list[Value]:
    if column.field is None:
        return []
    found = values(catalog, record, column.path, row.part if column.inner else None)
    return [one for one in found if _rank(one, catalog) == column.rank] if column.rank else found


def _texts(column: Column, row: Row, record: Record, catalog: Catalog, look: Look) -> list[str]:
    field = column.field
    if field is None:
        return []
    found = _values(column, row, record, catalog)
    say = field.kind.text
    if column.quoted and field.kind is kinds.CITATION:
        return [
            say(one, field, look)
            + _wording(catalog, Occurrence(record, "", field, catalog.citation(one)), column.quoted)
            for one in found
        ]
    return [say(one, field, look) for one in found]


def _wording(catalog: Catalog, occurrence: Occurrence[Citation], at: str) -> str:
    """Return the wording of a citation behind a colon; empty where the register does not keep it."""
    citation = occurrence.value
    named = catalog.named(citation.law)
    if len(named) != 1 or citation.article is None:
        return ""
    text = statute(catalog, named[0], meant(catalog, named[0], occurrence, at))
    found = (text.words(step.article, step.paragraph, step.item) for step in citation.steps) if text else ()
    told = "".join(dict.fromkeys(found))
    return f"：{told}" if told else ""


def _rank(citation: object, catalog: Catalog) -> str:
    named = catalog.named(catalog.citation(citation).law)
    return named[0].rank if len(named) == 1 else ""
