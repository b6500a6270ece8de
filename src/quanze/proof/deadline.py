"""A deadline for a whole answer, and for all that is done: a server that trickles never keeps the reader for ever."""

from __future__ import annotations

import http.client
import signal
import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING, Any, Self
from urllib.request import HTTPHandler, HTTPSHandler

from quanze.base.problem import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from urllib.request import Request


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


@cache
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


class TimeLimit:
    """Ends the connections that are made through its handlers, some seconds after it was entered."""

    def __init__(self, seconds: float) -> None:
        self.over = False
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        """Begin to count."""
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop counting."""
        self._timer.cancel()
        for one in self._sockets:
            one.close()

    def _end(self) -> None:
        self.over = True
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def watch(self, one: socket.socket) -> None:
        """Take a connection into the deadline: by another handle on it, as encryption takes its own away."""
        self._sockets.append(one.dup())
        if self.over:
            self._end()

    def handlers(self) -> tuple[HTTPHandler, HTTPSHandler]:
        """Return what opens connections for urllib."""
        return _Http(self), _Https(self)


class _Watched(http.client.HTTPConnection):
    """A connection that is told to a deadline before anything is said over it, encryption included."""

    deadline: TimeLimit

    def connect(self) -> None:
        """Connect."""
        super().connect()
        self.deadline.watch(self.sock)


class _WatchedSecurely(http.client.HTTPSConnection, _Watched):
    """The same, encrypted: HTTPSConnection connects by what stands behind it, and encrypts then."""


class _Http(HTTPHandler):
    def __init__(self, deadline: TimeLimit) -> None:
        super().__init__()
        self._deadline = deadline

    def http_open(self, req: Request) -> http.client.HTTPResponse:
        """Open a connection under the deadline."""
        return self.do_open(self._made, req)

    def _made(self, host: str, **settings: Any) -> _Watched:
        made = _Watched(host, **settings)
        made.deadline = self._deadline
        return made


class _Https(HTTPSHandler):
    def __init__(self, deadline: TimeLimit) -> None:
        super().__init__()
        self._deadline = deadline

    def https_open(self, req: Request) -> http.client.HTTPResponse:
        """Open an encrypted connection under the deadline."""
        return self.do_open(self._made, req)

    def _made(self, host: str, **settings: Any) -> _WatchedSecurely:
        made = _WatchedSecurely(host, context=_context(), **settings)
        made.deadline = self._deadline
        return made
