"""The same work on many parts, on every core: parts are inherited by a fork, only results travel."""

from __future__ import annotations

import gc
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Part = TypeVar("Part")
Result = TypeVar("Result")

_SELDOM = 100_000
"""So many objects more, and a worker looks for cycles."""

_job: Any = None
"""(work, parts) of the call under way: inherited by the fork, so that neither need be picklable."""


def spread(work: Callable[[Part], Result], parts: Sequence[Part]) -> Iterator[Result]:
    """Yield the result of each part, in order; by forked processes where the system has them."""
    if len(parts) < 2 or "fork" not in multiprocessing.get_all_start_methods():  # noqa: PLR2004
        yield from map(work, parts)
        return
    global _job  # noqa: PLW0603
    _job = work, parts
    try:
        with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("fork"), _settle) as pool:
            yield from pool.map(_run, range(len(parts)))
    finally:
        _job = None


def _settle() -> None:
    """Look for cycles seldom, and never in what was inherited: a worker makes much that goes by itself."""
    gc.freeze()
    gc.set_threshold(_SELDOM)


def _run(index: int) -> Any:
    work, parts = _job
    return work(parts[index])


@contextmanager
def lasting() -> Iterator[None]:
    """Make what stays to the end: no collector walks it, neither while it grows nor afterwards."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def chunks(parts: Sequence[Part], size: int) -> list[Sequence[Part]]:
    """Cut a sequence into pieces of at most `size`."""
    return [parts[start : start + size] for start in range(0, len(parts), size)]
