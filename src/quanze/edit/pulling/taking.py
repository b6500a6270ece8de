"""The file of a law with facts of another register in it; what is this register's own stays as it is."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from quanze.base.value import rows, text
from quanze.edit import lawfile
from quanze.edit.changeset import Edit
from quanze.io.yaml import write
from quanze.law import facts
from quanze.law.instrument import NUMBERS, SUCCESSORS, UNVERIFIED, VERSIONS, Instrument
from quanze.law.outline import Outline
from quanze.law.version import NAME, STRUCTURE
from quanze.register.catalog import LAWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quanze.base.model import Document, Value
    from quanze.law.facts import Fact
    from quanze.register.catalog import Catalog

_SCHEMA = "../../schema/laws.schema.json"


def begun(catalog: Catalog, data: Document, ids: Mapping[str, str], theirs: Mapping[str, str]) -> Edit:
    """Return the file of a law that is new here; `theirs` are the titles by the source's ids."""
    title = text(data.get(NAME))
    known = {name for instrument in catalog.instruments.values() for name in instrument.names}
    by_their_id = {id_: ids[name] for id_, name in theirs.items() if name in ids}
    told = facts.law(data, by_their_id, known)
    return Edit(f"catalog/{LAWS}/{ids[title]}.yaml", None, write(told, _SCHEMA))


def amended(catalog: Catalog, id_: str, data: Document, taken: Mapping[Fact, Value]) -> Edit:
    """Return the file of a law that is here with the facts that are taken."""
    record = catalog.records[LAWS][id_]
    before = now = lawfile.text(catalog, record)
    here = Instrument.of(id_, record.data)
    of_law, of_versions = _by_version(taken)
    known = {one.name: one for one in (*here.versions, *here.undated) if one.name != UNVERIFIED}
    if of_versions and not any(version.verified for version in here.versions):
        theirs = [facts.version(row) for row in facts.versions(data)]
        cited: list[Value] = [{NAME: name} for name in known if name not in {text(row.get(NAME)) for row in theirs}]
        of_law[VERSIONS] = [*cited, *theirs]
        of_versions.clear()
    newer = [name for name in of_versions if name not in known]
    if newer and not here.numbers:
        of_law[NUMBERS] = here.newest.name  # what the citations here speak is not for another register to change
    for name, values in of_versions.items():
        if name in known:
            now = lawfile.with_version(now, record, known[name], _laid_out(values))
    for row in rows(data.get(VERSIONS)):
        if text(row.get(NAME)) in newer:
            now = lawfile.with_newest(now, record, facts.version(row))
    return Edit(record.path, before, lawfile.with_fields(now, record, of_law) if of_law else now)


def _laid_out(values: Mapping[str, Value]) -> dict[str, Value]:
    """Return a version's facts with its structure on lines of the usual length; one that is none is refused later."""
    try:
        outline = {STRUCTURE: str(Outline.of(text(values[STRUCTURE])))} if values.get(STRUCTURE) else {}
    except ValueError:
        outline = {}
    return {**values, **outline}


def corrections(title: str, values: Mapping[Fact, Value]) -> Document:
    """Return facts of a law as a record that tells no more than they."""
    of_law, of_versions = _by_version(values)
    of_law.pop(SUCCESSORS, None)
    rows = [{NAME: name, **parts} for name, parts in of_versions.items()]
    return {NAME: title, **of_law, **({VERSIONS: rows} if rows else {})}


def _by_version(values: Mapping[Fact, Value]) -> tuple[dict[str, Value], dict[str, dict[str, Value]]]:
    """Return the fields of the law itself, and those of each of its versions."""
    of_law: dict[str, Value] = {}
    of_versions: dict[str, dict[str, Value]] = defaultdict(dict)
    for fact, value in values.items():
        (of_versions[fact.version] if fact.version else of_law)[fact.field] = value
    return of_law, of_versions
