"""The same work on many parts, on every core: by this process and by forks of it, from which only results travel."""

from __future__ import annotations

import gc
import multiprocessing
import os
import traceback
from collections.abc import Callable
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from quanze.base.problem import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess
    from multiprocessing.sharedctypes import Synchronized

Part = TypeVar("Part")
Result = TypeVar("Result")

Watcher = Callable[[str, int, int], object]
"""Is told what is being done, how many parts of it are begun, and of how many."""


def unwatched(_what: str, _begun: int, _parts: int) -> None:
    """Let nobody be told."""


watcher: ContextVar[Watcher] = ContextVar("watcher", default=unwatched)
_PATIENCE = 5
"""So many seconds a fork waits for its turn before it looks whether its parent is still there."""
PROGRESS = "QUANZE_PROGRESS"
"""Set in the environment of a process whose output another one reads: it tells the other, a line a time."""


def parallel_map(work: Callable[[Part], Result], parts: Sequence[Part], what: str = "") -> Iterator[Result]:
    """Begin the same work on many parts, and return the results in the order of the parts.

    `what` names the work for whoever watches it, in Chinese.

    Forks begin at once; this process takes its share when the results are asked for, and can do something else before.
    Whoever is free takes the next part. A fork copies what it touches of its parent, so there is one less than cores.
    What a part raises is raised where the results are asked for.
    """
    helpers = (os.cpu_count() or 1) - 1
    if not helpers or len(parts) < 2 or "fork" not in multiprocessing.get_all_start_methods():  # noqa: PLR2004
        return (work(parts[index]) for index in _watched(what, range(len(parts)), len(parts)))
    results = _divided(work, parts, helpers, what)
    next(results)
    return results


def _divided(work: Callable[[Part], Result], parts: Sequence[Part], helpers: int, what: str) -> Iterator[Any]:
    """Yield once when the forks have begun, then every result; the forks end with the generator."""
    fork = multiprocessing.get_context("fork")
    turn = fork.Value("i", 0)

    def share() -> dict[int, Result]:
        return {index: work(parts[index]) for index in _watched(what, _turns(turn, len(parts)), len(parts))}

    forks: list[tuple[ForkProcess, Connection]] = []
    try:
        for _ in range(helpers):
            out, into = fork.Pipe(duplex=False)
            process = fork.Process(target=_help, args=(share, into, [*(one for _, one in forks), out]), daemon=True)
            process.start()
            into.close()  # so that no later fork holds it open: the end of a fork is the end of its pipe
            forks.append((process, out))
        yield None
        with undisturbed():
            done = share()
        for _, out in forks:
            done |= _received(out)
    finally:
        for process, out in forks:
            process.terminate()
            process.join()
            out.close()
    yield from (done[index] for index in range(len(parts)))


def _turns(turn: Synchronized[int], count: int) -> Iterator[int]:
    """Yield the numbers that no other process has taken."""
    parent = os.getppid()
    while True:
        while not turn.get_lock().acquire(timeout=_PATIENCE):
            if os.getppid() != parent:
                raise RuntimeError("the parent ended while it took its turn")
        try:
            index, turn.value = turn.value, turn.value + 1
        finally:
            turn.get_lock().release()
        if index >= count:
            return
        yield index


def _watched(what: str, turns: Iterable[int], count: int) -> Iterator[int]:
    """Tell the watcher of every turn of this process, and of the end."""
    tell = watcher.get()
    for index in turns:
        tell(what, index, count)
        yield index
    tell(what, count, count)


def _help(share: Callable[[], object], into: Connection, others: Sequence[Connection]) -> None:
    """Take a share of the work in a fork, and send what came of it in the end; nobody waits where the parent is gone.

    `others` are the ends at which the parent listens: while a fork holds one too, it would wait for itself.
    """
    for one in others:
        one.close()
    gc.disable()  # the fork ends before what it leaves behind could matter
    watcher.set(unwatched)  # how far the work is, the parent knows from its own turns
    try:
        done = share()
    except Exception as error:  # noqa: BLE001 — raised again in the parent
        error.add_note(traceback.format_exc())
        done = error
    with suppress(BrokenPipeError):
        into.send(done)


def _received(out: Connection) -> Any:
    try:
        done = out.recv()
    except EOFError:
        raise Fault("帮着做的一个进程没有做完就没有了，多半是内存不够；请关掉别的程序，再运行一次") from None
    if isinstance(done, Exception):
        raise done
    return done


@contextmanager
def undisturbed() -> Iterator[None]:
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
    """Make what stays: no collector walks it, neither while it grows nor afterwards."""
    with undisturbed():
        yield
    gc.freeze()


def let_go() -> None:
    """Free what was to last and is not needed any more: a preview makes it again and again."""
    gc.unfreeze()
    gc.collect()


def parallel_each(work: Callable[[Part], Result], elements: Sequence[Part], size: int, what: str) -> Iterator[Result]:
    """Return the results of the same work on many small elements, `size` of them at once: few are not worth a fork."""
    return chain.from_iterable(parallel_map(lambda part: [*map(work, part)], chunks(elements, size), what))


def chunks(parts: Sequence[Part], size: int) -> list[Sequence[Part]]:
    """Cut a sequence into pieces of at most `size`."""
    return [parts[start : start + size] for start in range(0, len(parts), size)]
