"""The same work on many parts, on every core: by this process and by forks of it, from which only results travel."""

from __future__ import annotations

import gc
import multiprocessing
import os
import traceback
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection

Part = TypeVar("Part")
Result = TypeVar("Result")


def spread(work: Callable[[Part], Result], parts: Sequence[Part]) -> Iterator[Result]:
    """Begin the same work on many parts, and return the results in the order of the parts.

    Forks begin at once; this process takes its share when the results are asked for, and can do something else before.
    Whoever is free takes the next part. A fork copies what it touches of its parent, so there is one less than cores.
    What a part raises is raised where the results are asked for.
    """
    helpers = (os.cpu_count() or 1) - 1
    if not helpers or len(parts) < 2 or "fork" not in multiprocessing.get_all_start_methods():  # noqa: PLR2004
        return map(work, parts)
    results = _divided(work, parts, helpers)
    next(results)
    return results


def _divided(work: Callable[[Part], Result], parts: Sequence[Part], helpers: int) -> Iterator[Any]:
    """Yield once when the forks have begun, then every result; the forks end with the generator."""
    fork = multiprocessing.get_context("fork")
    turn = fork.Value("i", 0)

    def share() -> dict[int, Result]:
        return {index: work(parts[index]) for index in _turns(turn, len(parts))}

    forks: list[tuple[Any, Connection]] = []
    try:
        for _ in range(helpers):
            out, into = fork.Pipe(duplex=False)
            one = fork.Process(target=_help, args=(share, into), daemon=True)
            one.start()
            into.close()  # so that no later fork holds it open: the end of a fork is the end of its pipe
            forks.append((one, out))
        yield None
        with _undisturbed():
            done = share()
        for _, out in forks:
            done |= _received(out)
    finally:
        for one, out in forks:
            one.terminate()
            one.join()
            out.close()
    yield from (done[index] for index in range(len(parts)))


def _turns(turn: Any, count: int) -> Iterator[int]:
    """Yield the numbers that no other process has taken."""
    while True:
        with turn.get_lock():
            index, turn.value = turn.value, turn.value + 1
        if index >= count:
            return
        yield index


def _help(share: Callable[[], Any], into: Connection) -> None:
    """Take a share of the work in a fork, and send what came of it in the end."""
    gc.disable()  # the fork ends before what it leaves behind could matter
    try:
        done = share()
    except Exception as error:  # noqa: BLE001 — raised again in the parent
        error.add_note(traceback.format_exc())
        into.send(error)
    else:
        into.send(done)


def _received(out: Connection) -> Any:
    try:
        done = out.recv()
    except EOFError:
        raise RuntimeError("a process ended before its work was done") from None
    if isinstance(done, Exception):
        raise done
    return done


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Work without the collector of cycles: what the work makes goes by itself, or stays."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@contextmanager
def lasting() -> Iterator[None]:
    """Make what stays: no collector walks it, neither while it grows nor afterwards.

    What was made so before, and is not needed any more, is let go first: a preview makes it again and again.
    """
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
    with _undisturbed():
        yield
    gc.freeze()


def chunks(parts: Sequence[Part], size: int) -> list[Sequence[Part]]:
    """Cut a sequence into pieces of at most `size`."""
    return [parts[start : start + size] for start in range(0, len(parts), size)]
