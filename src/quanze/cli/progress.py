"""How far a command is: a bar on a terminal for what takes longer than a second, and nothing anywhere else."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

import click

from quanze.base.parallel import watcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PATIENCE = 1.0
"""So many seconds a person waits without asking what is going on."""


class Bars:
    """One bar after the other, each for one piece of work."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream, self._clock = stream, clock
        self._start = clock()
        self._what = ""
        self._bar: Any = None  # click's class of it is not for other programs

    def __call__(self, what: str, begun: int, parts: int) -> None:
        """Show how far a piece of work is; begin no bar for what ends at once."""
        if what != self._what:
            self.close()
            self._what = what
        if self._bar is None and begun < parts and self._clock() - self._start > _PATIENCE:
            self._bar = click.progressbar(length=parts, label=what, file=self._stream, show_eta=False)
            self._bar.__enter__()
        if self._bar is not None:
            self._bar.update(begun - self._bar.pos)
            if begun >= parts:
                self.close()

    def close(self) -> None:
        """End the bar that is shown."""
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None


@contextmanager
def shown() -> Iterator[None]:
    """Show on a terminal how far the work within is."""
    if not sys.stderr.isatty():
        yield
        return
    bars = Bars(sys.stderr)
    before = watcher.set(bars)
    try:
        yield
    finally:
        watcher.reset(before)
        bars.close()
