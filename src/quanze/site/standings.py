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


def _instrument(catalog: Catalog, one: Instrument) -> dict[str, object]:
    rows = displaced(catalog).get(one.id, {})
    return {
        "title": one.title,
        "versions": [_version(version) for version in one.versions],
        "repealed": one.repealed,
        "successors": catalog.successors(one),
        "doubtful": one.doubtful,
        "displaced": [[*place, told.by] for place, told in rows.items() if told.state == DISPLACED],
    }


def _version(one: Version) -> dict[str, object]:
    return {
        "name": one.name,
        "adopted": one.promulgated,
        "day": one.in_force,
        "last": one.last_article,
        "penal": sorted(one.penalty_articles),
        "structure": one.structure if one.outline else "",
        "moves": [_move(move) for move in one.moves],
    }


def _move(one: Move) -> dict[str, object]:
    return {"from": one.old, "to": one.new, "place": parse_place(one.new), "gone": GONE in one.change}
