"""A published site as something to read from: a folder, or an address reached over HTTP within limits."""

from __future__ import annotations

import http.client
import math
import os
import re
import time
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote, urlsplit

from quanze.base.problem import Fault
from quanze.io.file import TooLarge, Unfit, content, strange, walk
from quanze.proof.connection import Connections, Patience
from quanze.proof.deadline import overdue
from quanze.proof.response import (
    ASTRAY,
    ELSEWHERE,
    SECONDS,
    Late,
    Oversized,
    Silent,
    Unchanged,
    Unreadable,
    body,
    moved,
    reason,
    redirected,
    refuse_ambiguous,
    refuse_misleading,
)
from quanze.proof.visitor import Visit, Visitors, visits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

MAX_BYTES = 64 << 20
MAX_REDIRECTS = 3
WHOLE_SECONDS = 120
"""So long one file may take, however busily it trickles."""

_INDEX = "index.html"
_HEADERS = {"Accept-Encoding": "identity", "User-Agent": "quanze-verify"}
_STILL_GOOD, _SAME = ("If-None-Match", "If-Modified-Since"), 304
_SERVER = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[\w-]+(?:\.[\w-]+)*\.?)(?::[0-9]+)?")
"""A server by name or number, and a port; no user, and no sign that no name has."""
_GONE = frozenset({404, 410})
_WELL, _ONWARD = frozenset({200, 203}), frozenset({301, 302, 303, 307, 308})
"""To others that say well (205, 206) a browser shows nothing, or a part."""


class Published(Protocol):
    """Where a site is."""

    def read(self, path: str, most: int = MAX_BYTES, *, browser: bool = False) -> bytes | None:
        """Return the content of a file; None where there is none.

        Raises:
            Unreadable: it does not come whole, or is larger than `most` bytes.

        """

    def paths(self) -> Iterable[str] | None:
        """Return the path of every file, or None where that cannot be known."""


class Folder:
    """A site in a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()

    def read(self, path: str, most: int = MAX_BYTES, *, browser: bool = False) -> bytes | None:  # noqa: ARG002
        """Return the content of a file, or None; what leads out of the folder is not there, no link is followed.

        Raises:
            Unreadable: it cannot be read, or is no file.

        """
        target = self._root / path
        if not target.parent.resolve().is_relative_to(self._root) or not os.path.lexists(target) or target.is_dir():
            return None
        try:
            return content(target, most)
        except Unfit as why:
            kind = Oversized if isinstance(why, TooLarge) else Unreadable
            raise kind(str(why).partition("；")[0]) from None
        except OSError:
            raise Unreadable("没有读的权限，或者磁盘出错") from None

    def paths(self) -> Iterable[str]:
        """Return the path of everything that is no folder: files, and links, pipes and devices too."""
        return [*walk(self._root), *(path for path, _ in strange(self._root) if (self._root / path).is_dir())]


class Web:
    """A site at an address, asked directly, without any proxy; redirects stay on it, answers are bounded.

    `whole` is how many seconds one file may take, `within` how many all of them from now on.
    """

    def __init__(self, url: str, whole: float = WHOLE_SECONDS, within: float = math.inf) -> None:
        try:
            parts = urlsplit(url)
            named = _SERVER.fullmatch(parts.netloc) and url.isprintable()  # what is cut out of an address names another
            sound = parts.scheme in {"http", "https"} and named and parts.hostname and parts.port != 0
        except ValueError:
            sound = False
        if not sound:
            raise Fault(f"「{url}」不是能核对的网址；写成 https://… 的样子，不带用户名和密码")
        self.address, self._whole, self._within = url, whole, within
        self._end = time.monotonic() + within
        self._base = f"{parts.scheme}://{parts.netloc}{_page(quote(parts.path, safe='/%')).rstrip('/')}/"
        self._connections, self._visitors = Connections(), Visitors()

    def read(self, path: str, most: int = MAX_BYTES, *, browser: bool = False) -> bytes | None:
        """Return the content of a file, of a page at the address that readers know; None where there is none.

        Raises:
            Unreadable: the server does not answer, or not what was asked.
            Late: the file did not come whole in its time.
            Fault: the time for all files is over.

        """
        seconds = min(self._whole, self._end - time.monotonic())
        if seconds <= 0:
            raise overdue(self._within)
        patience = Patience(SECONDS, time.monotonic() + seconds)
        try:
            found = self._answered(self._base + _page(quote(path)), most, patience, path if browser else None)
        except Unreadable:
            if not patience.over:
                raise
        else:
            if not patience.over:
                return found
        raise Late(f"{seconds:.3g} 秒没有传完")

    def _answered(self, address: str, most: int, patience: Patience, shown: str | None) -> bytes | None:
        """Return what is at an address, or where it sends to; what is late is told by whoever set the time.

        `shown` is the file that a visitor asks for; None where we do so ourselves.
        """
        headers, query = Visit(_HEADERS) if shown is None else self._visitors.next(self._base, shown)
        asked = address = address + query
        try:
            for _ in range(MAX_REDIRECTS + 1):
                with self._connections.answer(urlsplit(address), headers, patience) as answer:
                    if shown is not None:
                        self._visitors.keep(shown, headers, answer.headers)
                    if answer.status not in _ONWARD:
                        _refuse(answer.status, headers)
                        return None if answer.status in _GONE else _whole(answer, asked, address, most, shown)
                    address = redirected(urlsplit(self._base), address, answer.headers.get("Location", ""))
        except http.client.IncompleteRead:
            raise Unreadable("没有传完就断开了") from None
        except ValueError:
            raise Unreadable("转去的地址读不懂") from None
        except (OSError, http.client.HTTPException) as error:
            raise Silent(reason(error)) from None
        raise Unreadable(ASTRAY)

    def paths(self) -> None:
        """Return None: a server does not tell what else it has."""
        return


def _refuse(status: int, headers: Mapping[str, str]) -> None:
    """Let pass what says that a file is there, or that it is not.

    Raises:
        Unchanged: it says that what the reader has is still good, as it was asked.
        Unreadable: it says anything else.

    """
    if status == _SAME and any(name in headers for name in _STILL_GOOD):
        raise Unchanged
    if status not in _WELL | _GONE:
        raise Unreadable(f"服务器答复 {status}")


def _whole(answer: http.client.HTTPResponse, asked: str, address: str, most: int, shown: str | None) -> bytes:
    """Return the content of an answer that stands where it was asked for, or at another address of the same path."""
    if moved(asked, address):
        raise Unreadable(ELSEWHERE.format(quote(urlsplit(address).path, safe="/%")))
    refuse_ambiguous(answer)
    if shown is not None:
        refuse_misleading(answer, page=urlsplit(address).path.endswith(("/", ".html")))
    return body(answer, most)


def cloaked(site: Published, path: str, content: bytes) -> bool:
    """Tell whether a site shows one of its readers another file than we got; a folder is the same to everybody.

    Raises:
        Unreadable: it does not come to one of them as it should.

    """
    told = [_differs(site, path, content) for _ in range(0 if isinstance(site, Folder) else visits(path))]
    return any(told)  # all are asked, whatever the first was shown


def _differs(site: Published, path: str, content: bytes) -> bool:
    try:
        return site.read(path, len(content), browser=True) != content
    except Oversized:
        return True
    except Unchanged:
        return False


def _page(path: str) -> str:
    """Return the address of a page: a folder, where the file is its index."""
    folder, slash, name = path.rpartition("/")
    return folder + slash if name == _INDEX else path


def published(place: str, here: Path, within: float = math.inf) -> Published:
    """Return the site at a place: an address, read within so many seconds, or a folder relative to `here`.

    Raises:
        Fault: there is no such folder.

    """
    if "://" in place:
        return Web(place, within=within)
    folder = here / place
    if not folder.is_dir():
        raise Fault(f"没有文件夹「{place}」；网址要从 https:// 写起")
    return Folder(folder)
