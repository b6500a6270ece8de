"""What the browser needs to say where a cited place stands: versions, maps, ends, displaced places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.law.places import parse_place
from quanze.law.standing import DISPLACED, GONE
from quanze.register.catalog import LAWS
from quanze.register.displaced import displaced

if TYPE_CHECKING:
    from quanze.law.instrument import Instrument
    from quanze.law.move import Move
    from quanze.law.version import Version
    from quanze.register.catalog import Catalog

FILE = "search/standings.js"


def standings(catalog: Catalog) -> dict[str, dict[str, object]]:
    """Return what reader/standing.js takes, by the key of the instrument's page (laws/an-quan-sheng-chan-fa)."""
    return {f"{LAWS}/{instrument.id}": _instrument(catalog, instrument) for instrument in catalog.instruments.values()}


def _instrument(catalog: Catalog, instrument: Instrument) -> dict[str, object]:
    rows = displaced(catalog).get(instrument.id, {})
    return {
        "title": instrument.title,
        "versions": [_version(version) for version in instrument.versions],
        "repealed": instrument.repealed,
        "successors": catalog.successors(instrument),
        "doubtful": instrument.doubtful,
        "displaced": [[*place, told.by] for place, told in rows.items() if told.state == DISPLACED],
    }


def _version(version: Version) -> dict[str, object]:
    return {
        "name": version.name,
        "adopted": version.promulgated,
        "day": version.in_force,
        "last": version.last_article,
        "penal": sorted(version.penalty_articles),
        "structure": version.structure if version.outline else "",
        "moves": [_move(move) for move in version.moves],
    }


def _move(move: Move) -> dict[str, object]:
    return {"from": move.old, "to": move.new, "place": parse_place(move.new), "gone": GONE in move.change}
