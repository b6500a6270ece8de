"""How long `make serve` takes to show a changed record, read from the server's own log."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from typing import IO, TYPE_CHECKING
from urllib.request import urlopen

from benchmarks import items

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SERVE = "make --old-file=.venv/site serve"
_PATIENCE = 300  # seconds, for all rounds together
_ROUNDS = 5


def rebuilds(made: Path, command: str = SERVE) -> list[float]:
    """Return the seconds from “Detected file changes” to “Reloading browsers”, one record changed each time.

    The lines are timed as they arrive; the log's own clock has whole seconds only. Each time the changed words
    are then looked for on the record's page.
    """
    process = subprocess.Popen(
        command.split(), cwd=made, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    end = threading.Timer(_PATIENCE, _stop, (process.pid,))
    end.start()
    try:
        log = _timed(process.stdout)
        address = _until(log, "Serving on")[1].split()[-1]
        return [_round(made, log, address, number) for number in range(_ROUNDS)]
    finally:
        end.cancel()
        _stop(process.pid)
        process.wait()


def _round(made: Path, log: Iterator[tuple[float, str]], address: str, number: int) -> float:
    """Change the name of one record, wait for the reload and look at the page."""
    id_ = items.item_id(number * 7)
    file = made / f"catalog/items/{id_.partition('-')[0]}/{id_}.yaml"
    new = f"{items.title(number * 7)}（第{number + 1}次修改）"
    file.write_text(file.read_text(encoding="utf-8").replace(items.title(number * 7), new), encoding="utf-8")
    start, _ = _until(log, "Detected file changes")
    done, _ = _until(log, "Reloading browsers")
    with urlopen(f"{address}items/{id_}/") as page:
        if new not in page.read().decode():
            raise SystemExit(f"{id_} was rebuilt without the change")
    return done - start


def _timed(log: IO[str] | None) -> Iterator[tuple[float, str]]:
    """Yield the lines of a log with the time of their arrival."""
    for line in log or ():
        yield time.perf_counter(), line.rstrip()


def _until(log: Iterator[tuple[float, str]], words: str) -> tuple[float, str]:
    """Read the log up to a line with these words; exits where it ends before."""
    heard = []
    for moment, line in log:
        heard.append(line)
        if words in line:
            return moment, line
    raise SystemExit("\n".join((f"the server ended before “{words}”:", *heard[-20:])))


def _stop(group: int) -> None:
    """End the server and what it started."""
    try:
        os.killpg(group, signal.SIGTERM)
    except ProcessLookupError:
        return
