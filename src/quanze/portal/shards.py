"""What is made of one source's state, and kept: its facts, and its part of the search in files of a bearable size."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from quanze.base.package import __version__
from quanze.base.parallel import chunks
from quanze.portal import lines
from quanze.portal.gathering import RegisterFacts, gather
from quanze.site import search, search_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quanze.portal.settings import PublishedSource, Region
    from quanze.portal.state import SourceState, StateFolder
    from quanze.site.search import SearchRecord

RECORDS = 1_000
"""So many records are in one part of the search: the names of so many are about 30 KB compressed."""
POWERS, LAWS, FACTS = "powers.ndjson", "laws.ndjson", "facts.json"
PARTS = ("names", "citations", "texts")
BODY, REGION = "机关", "区划"
"""The facets that the portal adds."""
_CODE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Shard:
    """What was made of one source's state."""

    facts: RegisterFacts
    digests: Mapping[str, bytes]
    """What changes with each power, by its page; so much of another page that tells of it is new."""
    search: tuple[int, ...]
    """How many records are in each part of its search."""
    folder: Path
    """Where its files lie: lines of JSON, and the three files of each part of its search."""

    def search_file(self, number: int, part: str) -> Path:
        """Return a file of a part of the search, counted from 1."""
        return self.folder / f"{number}-{part}.js"


def key(source: PublishedSource, state: SourceState, regions: Iterable[Region]) -> str:
    """Return under what name a shard is kept: it changes with the state, with the settings, and with this program."""
    own = source.id, source.body, source.address, source.region, _names(source, regions)
    inputs = (state.manifest, state.law_day, state.demonstration, own, program())
    return sha256(json.dumps(inputs, ensure_ascii=False).encode()).hexdigest()[:32]


def shard(folder: StateFolder, source: PublishedSource, state: SourceState, regions: Iterable[Region]) -> Shard:
    """Return the shard of a state, made before or now.

    Raises:
        ValueError: the files are not what a register publishes.

    """
    name = key(source, state, regions)
    kept = folder.shard(name) or folder.keep_shard(name, make(folder.contents(state), source, state, regions))
    whole = json.loads((kept / FACTS).read_bytes())
    digests = {path: bytes.fromhex(digest) for path, digest in whole["digests"].items()}
    return Shard(RegisterFacts.of(whole["facts"]), digests, tuple(whole["search"]), kept)


def make(
    files: Mapping[str, bytes], source: PublishedSource, state: SourceState, regions: Iterable[Region]
) -> dict[str, bytes]:
    """Return the files of a shard; raises ValueError where the source's are not what a register publishes."""
    facts, records, orders = gather(files, source.body, state.law_day)
    facets = {BODY: (source.body,), REGION: _names(source, regions)}
    ours: Sequence[SearchRecord] = [record._replace(facets={**facets, **record.facets}) for record in records]
    made = {POWERS: lines.powers(facts, source, state), LAWS: lines.laws(facts, source, state)}
    counts = []
    for number, part in enumerate(chunks(ours, RECORDS), 1):
        packed = search.index(part, orders, facet=search_records.TYPE, basis=search_records.BY_LAW)
        made |= {f"{number}-{Path(path).name}": content for path, content in packed.items()}
        counts.append(len(part))
    digests = {power.path: sha256(json.dumps(power, ensure_ascii=False).encode()).hexdigest() for power in facts.powers}
    rest = json.dumps({"digests": digests, "search": counts}).encode()
    return {**made, FACTS: b'{"facts":%b,%b' % (facts.content(), rest[1:])}


def _names(source: PublishedSource, regions: Iterable[Region]) -> tuple[str, ...]:
    """Return the names of the regions in which a source lies, the widest first."""
    known = {region.code: region for region in regions}
    own = known[source.region]
    return (*(known[code].name for code in reversed(own.above) if code in known), own.name)


@cache
def program() -> str:
    """Return what changes with this program: its code, and the templates of the portal's pages."""
    digest = sha256(__version__.encode())
    for path in sorted((*_CODE.rglob("*.py"), *Path(__file__).parent.rglob("*.html"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()
