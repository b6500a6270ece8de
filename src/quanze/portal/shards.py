"""What is made of one source's state, and kept: its facts, and its part of the search in files of a bearable size."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from quanze import __version__
from quanze.base.parallel import chunks
from quanze.portal.gathering import RegisterFacts, gather
from quanze.site import search, search_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quanze.portal.settings import PublishedSource, Region
    from quanze.portal.state import SourceState, StateFolder
    from quanze.site.search import SearchRecord

RECORDS = 1_000
"""So many records are in one part of the search: the names of so many are about 30 KB compressed."""
BODY, REGION = "机关", "区划"
"""The facets that the portal adds."""
_CODE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class SearchShard:
    """A part of the search: the three files of some records of one source."""

    records: int
    files: Mapping[str, str]
    """By the name of the part: names, citations, texts."""


@dataclass(frozen=True, slots=True)
class Shard:
    """What was made of one source's state."""

    facts: RegisterFacts
    search: tuple[SearchShard, ...]


def key(source: PublishedSource, state: SourceState, regions: Iterable[Region]) -> str:
    """Return under what name a shard is kept: it changes with the state, with the settings, and with this program."""
    told = (state.manifest, source.id, source.body, state.law_day, _names(source, regions), program())
    return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:32]


def shard(folder: StateFolder, source: PublishedSource, state: SourceState, regions: Iterable[Region]) -> Shard:
    """Return the shard of a state, made before or now.

    Raises:
        ValueError: the files are not what a register publishes.

    """
    name = key(source, state, regions)
    kept = folder.shard(name)
    if kept:
        return _parsed(kept)
    made = make(folder.contents(state), source, state.law_day, regions)
    folder.keep_shard(name, _content(made))
    return made


def make(files: Mapping[str, bytes], source: PublishedSource, day: str, regions: Iterable[Region]) -> Shard:
    """Return what a source's files tell on a day; raises ValueError where they are not what a register publishes."""
    facts, records, orders = gather(files, source.body, day)
    facets = {BODY: (source.body,), REGION: _names(source, regions)}
    ours: Sequence[SearchRecord] = [replace(one, facets={**facets, **one.facets}) for one in records]
    parts = []
    for some in chunks(ours, RECORDS):
        packed = search.index(some, orders, facet=search_records.TYPE)
        named = {Path(path).stem: content.decode() for path, content in packed.items()}
        parts.append(SearchShard(len(some), named))
    return Shard(facts, tuple(parts))


def _names(source: PublishedSource, regions: Iterable[Region]) -> tuple[str, ...]:
    """Return the names of the regions in which a source lies, the widest first."""
    known = {one.code: one for one in regions}
    own = known[source.region]
    return (*(known[code].name for code in reversed(own.above) if code in known), own.name)


def _content(made: Shard) -> bytes:
    search_ = [[one.records, one.files] for one in made.search]
    return b'{"facts":%b,"search":%b}' % (made.facts.content(), json.dumps(search_, ensure_ascii=False).encode())


def _parsed(kept: bytes) -> Shard:
    told = json.loads(kept)
    return Shard(RegisterFacts.of(told["facts"]), tuple(SearchShard(count, files) for count, files in told["search"]))


@cache
def program() -> str:
    """Return what changes with this program: its code, and the templates of the portal's pages."""
    found = sha256(__version__.encode())
    for path in sorted((*_CODE.rglob("*.py"), *Path(__file__).parent.rglob("*.html"))):
        found.update(path.read_bytes())
    return found.hexdigest()
