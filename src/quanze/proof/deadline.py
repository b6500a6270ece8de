"""A deadline for all that is done, whatever it waits for."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

from quanze.base.problem import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Do what stands inside in so many seconds, whatever it waits for; raises Fault where it took longer.

    Windows has no such clock: there the connections alone end.
    """

    def late(*_: object) -> None:
        raise overdue(seconds)

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def overdue(seconds: float) -> Fault:
    """Return what is told once the time for all of it is over."""
    return Fault(f"{seconds / 60:g} 分钟没有核对完；请换个网络，或者取来文件夹核对，或者用 --within 写明更多分钟")
