"""Connections to a server that are kept from one file to the next, each answer within its time."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from urllib.parse import SplitResult

    from _typeshed import WriteableBuffer

_IDLE = 5.0
"""After so many seconds a connection is not used again: servers and what stands before them forget it in silence."""


_QUICK = getattr(socket, "TCP_QUICKACK", 0)
"""Linux waits 40 ms before it acknowledges, and a server that sends head and body apart waits for that."""


@dataclass(slots=True)
class Patience:
    """How long is waited: `silence` seconds for the next bytes, and for none once `end` (monotonic) is there."""

    silence: float
    end: float

    @property
    def over(self) -> bool:
        """Tell whether the time is over."""
        return time.monotonic() >= self.end

    def left(self) -> float:
        """Return how many seconds to wait now.

        Raises:
            TimeoutError: the time is over.

        """
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(self.silence, left)


class Connections:
    """Connections that wait for the next file, as many for each server as were needed at once.

    What asks as another (User-Agent, with cookies or without) goes over another: a server must not know two for one.
    """

    def __init__(self) -> None:
        self._idle: dict[tuple[str, str, str, bool], list[_Kept]] = defaultdict(list)

    def __del__(self) -> None:
        """Close what is still open."""
        for kept in (kept for idle in self._idle.values() for kept in idle):
            kept.connection.close()

    @contextmanager
    def answer(
        self, address: SplitResult, headers: Mapping[str, str], patience: Patience
    ) -> Iterator[http.client.HTTPResponse]:
        """Ask for an address; give the answer to be read inside. Raises what http.client raises."""
        idle = self._idle[address.scheme, address.netloc, headers["User-Agent"], "Cookie" in headers]
        kept, answer = _asked(idle, address, headers, patience)
        try:
            with answer:
                yield answer
                read = answer.isclosed()
        except BaseException:
            kept.connection.close()
            raise
        if read and kept.connection.sock:
            kept.used = time.monotonic()
            idle.append(kept)
        else:
            kept.connection.close()


class _Kept:
    """A connection, and when it was used last."""

    def __init__(self, address: SplitResult, patience: Patience) -> None:
        host, port, silence = address.hostname or "", address.port, patience.left()
        self.connection = (
            http.client.HTTPSConnection(host, port, timeout=silence, context=_context())
            if address.scheme == "https"
            else http.client.HTTPConnection(host, port, timeout=silence)
        )
        self.used = 0.0

    def ask(self, address: SplitResult, headers: Mapping[str, str], patience: Patience) -> http.client.HTTPResponse:
        """Ask, and return the answer once its head is there."""
        if self.connection.sock:
            self.connection.sock.settimeout(patience.left())
        self.connection.response_class = partial(_answer, patience)  # type: ignore[assignment]
        try:
            self.connection.request(
                "GET", address._replace(scheme="", netloc="", fragment="").geturl() or "/", headers=dict(headers)
            )
            return self.connection.getresponse()
        except BaseException:
            self.connection.close()
            raise


def _asked(
    idle: list[_Kept], address: SplitResult, headers: Mapping[str, str], patience: Patience
) -> tuple[_Kept, http.client.HTTPResponse]:
    """Ask over a connection that waits; over a new one where the server has closed all of them meanwhile."""
    while idle:
        kept = idle.pop()
        if time.monotonic() - kept.used > _IDLE:
            kept.connection.close()
            continue
        try:
            return kept, kept.ask(address, headers, patience)
        except (ConnectionError, ssl.SSLError):
            continue
    kept = _Kept(address, patience)
    return kept, kept.ask(address, headers, patience)


def _answer(patience: Patience, sock: socket.socket, **asked: str) -> http.client.HTTPResponse:
    """Return an answer that is read with patience, its head included."""
    answer = http.client.HTTPResponse(sock, **asked)  # type: ignore[arg-type]
    answer.fp = io.BufferedReader(_Timed(answer.fp.detach(), sock, patience))
    return answer


class _Timed(io.RawIOBase):
    """What comes from a server, never waited for beyond the time for all of it."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, patience: Patience) -> None:
        self._raw, self._sock, self._patience = raw, sock, patience

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        """Wait for some bytes."""
        self._sock.settimeout(self._patience.left())
        if _QUICK:
            self._sock.setsockopt(socket.IPPROTO_TCP, _QUICK, 1)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        """Let go of the connection."""
        self._raw.close()
        super().close()


@cache
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()
