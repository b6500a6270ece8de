"""A published site as something to read from: a folder, or an address reached over HTTP within limits."""

from __future__ import annotations

import http.client
import math
import os
import re
import socket
import ssl
import string
import time
import zlib
from itertools import compress
from typing import TYPE_CHECKING, Protocol
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from quanze.base.problem import Fault
from quanze.base.refusal import coded
from quanze.io.file import TooLarge, Unfit, content, strange, walk
from quanze.proof.connection import Connections, Patience
from quanze.proof.deadline import overdue
from quanze.proof.visitor import Visitors

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MAX_BYTES = 64 << 20
MAX_REDIRECTS = 3
SECONDS = 20
"""So long a server may say nothing."""
WHOLE_SECONDS = 120
"""So long one file may take, however busily it trickles."""

_INDEX = "index.html"
_HEADERS = {"Accept-Encoding": "identity", "User-Agent": "quanze-verify"}
_WELL, _ONWARD, _ASTRAY = 2, frozenset({301, 302, 303, 307, 308}), "转去的地方到不了"
_HEADS = ("Refresh", "Link", "Content-Disposition", "Content-Type")
"""What a server says of a file that can make a browser do something else than show it."""
_SAID = 80
_PAGE, _UTF8 = frozenset({"text/html", "application/xhtml+xml"}), frozenset({"utf-8", "utf8"})
_WRITTEN = re.compile(r"text/.+|.+[/+](?:json|javascript|xml)")
"""The types of which a browser heeds the character set that is told."""
_ADDRESS = re.compile(r"<[^<>]*>")
_PACKED = 1 << 16
"""So much longer than the file itself its packed form may be."""
_WHY = (
    (socket.gaierror, "找不到这个主机"),
    (TimeoutError, f"{SECONDS} 秒没有答复"),
    (ConnectionRefusedError, "拒绝连接"),
    (ssl.SSLError, "证书不对，或者加密连接建立不起来"),
    (ConnectionError, "连接中断"),
    (http.client.HTTPException, "答复的不是 HTTP，或者长得读不完"),
)


class Unreadable(Exception):  # noqa: N818
    """One file of the site does not come as it should; the text says why."""


class Silent(Unreadable):
    """There was no answer at all."""


class Late(Unreadable):
    """It did not come whole within its time."""


class Oversized(Unreadable):
    """It is larger than it may be."""


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
            sound = parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc and parts.port != 0
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
            found = self._answered(self._base + _page(quote(path)), most, patience, browser=browser)
        except Unreadable:
            if not patience.over:
                raise
        else:
            if not patience.over:
                return found
        raise Late(f"{seconds:.3g} 秒没有传完")

    def _answered(self, address: str, most: int, patience: Patience, *, browser: bool) -> bytes | None:
        """Return what is at an address, or where it sends to; what is late is told by whoever set the time."""
        headers = self._visitors.headers(self._base) if browser else _HEADERS
        try:
            for _ in range(MAX_REDIRECTS + 1):
                with self._connections.answer(urlsplit(address), headers, patience) as answer:
                    if browser:
                        self._visitors.keep(headers, answer.headers)
                    if answer.status // 100 == _WELL:
                        if browser:
                            _shown(answer, page=urlsplit(address).path.endswith(("/", ".html")))
                        return _whole(answer, most)
                    if answer.status in {404, 410}:
                        return None
                    if answer.status not in _ONWARD:
                        raise Unreadable(f"服务器答复 {answer.status}")
                    address = _onward(urlsplit(self._base), address, answer.headers.get("Location", ""))
        except http.client.IncompleteRead:
            raise Unreadable("没有传完就断开了") from None
        except ValueError:
            raise Unreadable("转去的地址读不懂") from None
        except (OSError, http.client.HTTPException) as error:
            raise Silent(_why(error)) from None
        raise Unreadable(_ASTRAY)

    def paths(self) -> None:
        """Return None: a server does not tell what else it has."""
        return


def _page(path: str) -> str:
    """Return the address of a page: a folder, where the file is its index."""
    folder, slash, name = path.rpartition("/")
    return folder + slash if name == _INDEX else path


def _shown(answer: http.client.HTTPResponse, *, page: bool) -> None:
    """Let an answer to a browser pass whose head does not make it show something else than the content.

    Of what a Link leads to a style sheet alone is shown: nothing that is only fetched, or told to search engines.

    Raises:
        Unreadable: it leads away, brings in a style sheet, hands the file out as a download, or calls it another type.

    """
    told = {name: [one.strip().lower() for one in answer.headers.get_all(name, ())] for name in _HEADS}
    kind, characters = answer.headers.get_content_type(), answer.headers.get_content_charset("utf-8")
    garbled = _WRITTEN.fullmatch(kind) and characters not in _UTF8
    misleading = (
        any(told["Refresh"]),
        any("stylesheet" in _ADDRESS.sub("", one) for one in told["Link"]),
        any(one.partition(";")[0].strip() != "inline" for one in told["Content-Disposition"]),
        bool(told["Content-Type"]) and ((kind in _PAGE) != page or garbled),
    )
    for name in compress(_HEADS, misleading):
        said = quote("，".join(told[name])[:_SAID], safe=" ;=/<>，")
        raise Unreadable(f"答复带着 {name}: {said}，读者看到的不会是这份内容")


def _whole(answer: http.client.HTTPResponse, most: int) -> bytes:
    """Return an answer's content, once it is sure that it is all of it and no more than is allowed."""
    encoding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in {"identity", "gzip", "deflate"}:
        raise Unreadable(f"服务器只给压缩过的内容（{quote(encoding)}），无从核对")
    told = answer.length
    limit = most if encoding == "identity" else most + _PACKED
    found = b"" if told and told > limit else answer.read(limit + 1)
    if (told and told > limit) or len(found) > limit:
        raise Oversized(f"超过{_size(most)}")
    # http.client takes a connection that ends too early for the end of the answer.
    if told and len(found) < told:
        raise Unreadable("没有传完就断开了")
    return found if encoding == "identity" else _unpacked(found, most)


def _unpacked(packed: bytes, most: int) -> bytes:
    """Return what was packed, within the same bounds: a small answer may hold a very large file."""
    for shape in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):  # gzip or zlib by their heads, else bare deflate
        unpacker = zlib.decompressobj(shape)
        try:
            found = unpacker.decompress(packed, most + 1)
        except zlib.error:
            continue
        if len(found) > most:
            raise Oversized(f"解开后超过{_size(most)}")
        if not unpacker.eof:
            raise Unreadable("没有传完就断开了")
        if unpacker.unused_data:  # some readers go on with it, others do not
            raise Unreadable("压缩的内容后面还有别的内容")
        return found
    raise Unreadable("压缩的内容解不开")


def _size(most: int) -> str:
    return f" {most >> 20} MB" if most >= 1 << 20 else f"应有的 {most:,} 字节"


def _why(error: Exception) -> str:
    """Say in Chinese why there was no answer."""
    code = coded(error) if isinstance(error, OSError) else ""
    return next((said for kind, said in _WHY if isinstance(error, kind)), f"连接不上{code and f'（{code}）'}")


def _onward(base: SplitResult, address: str, told: str) -> str:
    """Return the address that a server sends the reader to: on this server, never back from https to http.

    Raises:
        Unreadable: it sends elsewhere.

    """
    target = urlsplit(urljoin(address, told))
    if not told or target.scheme not in {"http", "https"}:
        raise Unreadable(_ASTRAY)
    if (target.scheme, target.netloc.lower()) not in {
        (base.scheme, base.netloc.lower()),
        ("https", base.hostname),
    }:
        raise Unreadable(f"被转到别处：{quote(f'{target.scheme}://{target.netloc}', safe=':/[]%')}")
    return quote(target.geturl(), safe=string.punctuation)


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
