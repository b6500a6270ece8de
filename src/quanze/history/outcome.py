"""What each file of a record is against the one before it: every version is read and compared once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.parallel import chunks, parallel_map
from quanze.form.kinds.adoption import ADOPTION
from quanze.history import diff
from quanze.io import git, yaml
from quanze.register.adopted import AdoptedCopy, apart, document, joined
from quanze.register.life import state

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from quanze.base.model import Value
    from quanze.history.walk import FileStep

_CHUNK = 250
"""So many records are read in one go by one process."""


Fields = Mapping[str, str]
"""The field of each collection that tells a status, empty for none; a collection without a form is not there."""


class BlobPair(NamedTuple):
    """A blob of a record and the newest one before it that can be read, empty for none."""

    base: str
    blob: str
    field: str | None
    """The field that tells the status in this collection; None where no form is left to say so."""


class Outcome(NamedTuple):
    """What comes of a pair: why the blob cannot be read, or its status and what differs from the base."""

    fault: str
    status: str
    changes: tuple[diff.Change, ...]


def parse(content: bytes, path: str, *copy: bytes) -> tuple[Mapping[str, Value], str]:
    """Return a record's document and an empty text, or an empty document and why it cannot be read.

    With the copy of what it takes over from a superior, the document says what both say together.
    """
    data, problems = yaml.read(content, path)
    if isinstance(data, Mapping):
        return whole(data, *copy), ""
    return {}, problems[0].message if problems else "文件的最外层不是「栏目: 值」"


def whole(own: Mapping[str, Value], *copy: bytes) -> Mapping[str, Value]:
    """Return what a file says together with the copy of what it takes over, where that can be read."""
    if not copy or ADOPTION not in own:
        return own
    try:
        return joined(own, AdoptedCopy.of(document(copy[0])))[0]
    except ValueError:
        return own


def follow(
    chain: list[FileStep], fields: Fields, outcome_of: Callable[[BlobPair], Outcome]
) -> Iterator[tuple[FileStep, BlobPair, Outcome | None]]:
    """Yield each step with its pair and outcome, None where the file was removed."""
    base = ""
    for step in chain:
        pair = BlobPair(base, step.blob, fields.get(step.key[0]))
        outcome = outcome_of(pair) if step.blob else None
        yield step, pair, outcome
        if outcome and not outcome.fault:
            base = step.blob


def added(
    chains: Iterable[list[FileStep]], fields: Fields, current: Mapping[str, Mapping[str, Value]]
) -> dict[BlobPair, Outcome]:
    """Return what comes of records that are as they were first recorded, by their documents, which are read already."""
    newest = (chain[-1] for chain in chains)
    known = (
        (BlobPair("", step.blob, fields.get(step.key[0])), current[step.path])
        for step in newest
        if step.path in current
    )
    return {pair: Outcome("", state(document, pair.field), ()) for pair, document in known}


def compare(
    root: Path, chains: Iterable[list[FileStep]], fields: Fields, known: Mapping[BlobPair, Outcome]
) -> dict[BlobPair, Outcome]:
    """Return the outcomes of all steps and no others; only records with a step that is not `known` are read."""
    compared: dict[BlobPair, Outcome] = {}
    fresh = []
    for chain in chains:
        try:
            compared.update(_outcomes(chain, fields, known.__getitem__))
        except KeyError:
            fresh.append(chain)
    for outcomes in parallel_map(partial(_read, root, fields), chunks(fresh, _CHUNK), "读历史"):
        compared.update(outcomes)
    return compared


def _read(root: Path, fields: Fields, chains: Iterable[list[FileStep]]) -> dict[BlobPair, Outcome]:
    """Read and compare some records, holding no more than the versions of one at a time."""
    outcomes = {}
    contents = git.blobs(root, (part for chain in chains for blob in _blobs(chain) for part in apart(blob)))
    for chain in chains:
        documents = {}
        for blob, path in _blobs(chain).items():
            first, *copy = [next(contents) for _ in apart(blob)]
            documents[blob] = parse(first, path, *copy)
        outcomes.update(_outcomes(chain, fields, partial(_compare, documents)))
    return outcomes


def _outcomes(
    chain: list[FileStep], fields: Fields, outcome_of: Callable[[BlobPair], Outcome]
) -> dict[BlobPair, Outcome]:
    return {pair: outcome for _, pair, outcome in follow(chain, fields, outcome_of) if outcome}


def _blobs(chain: list[FileStep]) -> dict[str, str]:
    """Return blob → path of the versions of a record, each once."""
    return {step.blob: step.path for step in chain if step.blob}


def _compare(documents: Mapping[str, tuple[Mapping[str, Value], str]], pair: BlobPair) -> Outcome:
    document, fault = documents[pair.blob]
    changes = diff.compare(documents[pair.base][0], document) if pair.base and not fault else ()
    return Outcome(fault, state(document, pair.field), changes)
