"""What a second check and a second build cost: nothing changed, one record, and on other days too."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks import builds, items, measure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHECK = ".venv/bin/quanze check"
_CACHE = ".cache"
_DAYS = ("2026-12-02", "2026-12-03")
"""After that of the commit; nothing in the records turns on them."""


def rounds(tool: builds.Tool, made: Path, count: int) -> Iterator[tuple[str, measure.Usage]]:
    """Yield (what was done, what it took), a check and a build from nothing first."""
    for what, done in (("check", _check), ("build", _build)):
        shutil.rmtree(made / _CACHE, ignore_errors=True)
        yield f"{what}, nothing kept", done(tool, made, count)
        yield f"{what}, nothing changed", done(tool, made, count)
        _rename(made, count // 2 if what == "check" else count // 3)
        yield f"{what}, one record changed", done(tool, made, count)
    for place, day in enumerate(_DAYS):
        later = replace(tool, command=(*tool.command, f"AT={day}"))
        yield f"build on another day, {'one record' if place else 'nothing'} changed", _build(later, made, count)
        _rename(made, count // 4)


def _check(_tool: builds.Tool, made: Path, _count: int) -> measure.Usage:
    usage = measure.run(CHECK.split(), made, made.with_suffix(".log"))
    if usage.code:
        raise SystemExit(made.with_suffix(".log").read_text()[-3_000:])
    return usage


def _build(tool: builds.Tool, made: Path, count: int) -> measure.Usage:
    return builds.build(tool, made, count)[0]


def _rename(made: Path, number: int) -> None:
    """Change the name of one record, which others show."""
    id_, old = items.item_id(number), items.title(number)
    file = made / f"catalog/items/{id_.partition('-')[0]}/{id_}.yaml"
    file.write_text(file.read_text("utf-8").replace(old, f"{old}（修改）"), "utf-8")
