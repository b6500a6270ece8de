"""A published site as something to read from: a folder, or an address reached over HTTP within limits."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote, urlsplit

from quanze.problem import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MAX_BYTES = 64 << 20
MAX_REDIRECTS = 3
SECONDS = 20


class Unreadable(Exception):  # noqa: N818
    """One file of the site cannot be read; the text says why."""


class Published(Protocol):
    """Where a site is."""

    def read(self, path: str) -> bytes | None:
        """Return the content of a file; None where there is none; raises Unreadable where it does not come whole."""

    def paths(self) -> Iterable[str] | None:
        """Return the path of every file, or None where that cannot be known."""


class Folder:
    """A site in a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def read(self, path: str) -> bytes | None:
        """Return the content of a file, or None; what leads out of the folder is not there."""
        target = self._root / path
        if not target.is_file() or not target.resolve().is_relative_to(self._root.resolve()):
            return None
        return target.read_bytes()

    def paths(self) -> Iterable[str]:
        """Return the path of every file."""
        return [path.relative_to(self._root).as_posix() for path in self._root.rglob("*") if path.is_file()]


class Web:
    """A site at an address; redirects stay on its host, answers are bounded."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise Fault(f"「{url}」不是网址；写成 https://… 的样子，或者写一个文件夹")
        self._base = url if url.endswith("/") else f"{url}/"
        self._open = urllib.request.build_opener(_SameHost(parts.hostname), urllib.request.ProxyHandler({})).open

    def read(self, path: str) -> bytes | None:
        """Return the content of a file; None where the server says that there is none."""
        url = self._base + quote(path.removesuffix("index.html"))
        request = urllib.request.Request(url, headers={"Accept-Encoding": "identity", "User-Agent": "quanze-verify"})  # noqa: S310
        try:
            with self._open(request, timeout=SECONDS) as answer:
                content: bytes = answer.read(MAX_BYTES + 1)
        except urllib.error.HTTPError as error:
            if error.code in {404, 410}:
                return None
            raise Unreadable(f"服务器答复 {error.code}") from None
        except http.client.IncompleteRead:
            raise Unreadable("没有传完就断开了") from None
        except (TimeoutError, urllib.error.URLError, http.client.HTTPException, OSError) as error:
            raise Unreadable(f"连接不上：{getattr(error, 'reason', error)}") from None
        if len(content) > MAX_BYTES:
            raise Unreadable(f"超过 {MAX_BYTES >> 20} MB")
        return content

    def paths(self) -> None:
        """Return None: a server does not tell what else it has."""
        return


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a few redirects on one host."""

    max_redirections = MAX_REDIRECTS

    def __init__(self, host: str) -> None:
        self._host = host

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]  # noqa: ANN001, PLR0913, PLR0917
        """Refuse to leave the host or to fall back from https."""
        if urlsplit(newurl).hostname != self._host or (req.type == "https" and not newurl.startswith("https:")):
            raise urllib.error.URLError(f"被转到别处 {newurl}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def published(place: str, root: Path) -> Published:
    """Return the site at a place: an address, or a folder relative to `root`."""
    if "://" in place:
        return Web(place)
    folder = root / place
    if not folder.is_dir():
        raise Fault(f"没有文件夹「{place}」")
    return Folder(folder)
