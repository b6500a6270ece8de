"""What a server answers, as the content of a file: whole, within bounds, shown as it is; or why it is none."""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import string
import zlib
from itertools import compress
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from quanze.base.refusal import coded

SECONDS = 20
"""So long a server may say nothing."""
ASTRAY = "转去的地方到不了"
ELSEWHERE = "被转到 {}：网页在那里，里面的链接就指向别的文件"
_HEADS = (
    "Refresh",
    "Link",
    "Content-Disposition",
    "Content-Type",
    "Content-Security-Policy",
    "Alt-Svc",
    "Clear-Site-Data",
)
"""What a server says of a file that can make a browser do something else than show it."""
_NEEDED, _ALLOWING = (
    ("script-src", "style-src", "img-src", "connect-src"),
    frozenset({"'self'", "*", "https:", "http:"}),
)
_SAID = 80
_PAGE, _UTF8 = frozenset({"text/html", "application/xhtml+xml"}), frozenset({"utf-8", "utf8"})
_WRITTEN = re.compile(r"text/.+|.+[/+](?:json|javascript|xml)")
"""The types of which a browser heeds the character set that is told."""
_ADDRESS = re.compile(r"<[^<>]*>")
_LENGTH = re.compile("[0-9]{1,15}")
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


class Unchanged(Unreadable):
    """The server says that what a browser has of it is still good."""


class Oversized(Unreadable):
    """It is larger than it may be."""


def refuse_ambiguous(answer: http.client.HTTPResponse) -> None:
    """Let an answer pass whose head every reader reads alike: where it ends, and where the content does.

    Raises:
        Unreadable: a line is no head (browsers go on behind it, others stop), or the length is told unclearly.

    """
    lengths = {*map(str.strip, answer.headers.get_all("Content-Length", ()))}
    parts = [one.strip().lower() for one in answer.headers.get_all("Transfer-Encoding", ())]
    if answer.headers.defects:
        raise Unreadable("答复的头里有一行不合 HTTP 的写法，读者看到的可能不是这份内容")
    if not all(map(_LENGTH.fullmatch, lengths)) or len(lengths) + len(parts) > 1 or parts not in ([], ["chunked"]):
        raise Unreadable("答复有多长没有说清楚，读者看到的可能不是这份内容")


def refuse_misleading(answer: http.client.HTTPResponse, *, page: bool) -> None:
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
        any("stylesheet" in unquote(_ADDRESS.sub("", one).replace("\\", "")) for one in told["Link"]),
        any(one.partition(";")[0].strip() != "inline" for one in told["Content-Disposition"]),
        bool(told["Content-Type"]) and ((kind in _PAGE) != page or garbled or _several(told["Content-Type"])),
        any(map(_withholds, told["Content-Security-Policy"])),
        any(one != "clear" for one in told["Alt-Svc"]),
        any(told["Clear-Site-Data"]),
    )
    for name in compress(_HEADS, misleading):
        said = quote("，".join(told[name])[:_SAID], safe=" ;=/<>，")
        raise Unreadable(f"答复带着 {name}: {said}，读者看到的不会是这份内容")


def _withholds(told: str) -> bool:
    """Tell whether a policy keeps a browser from what a page of ours is made of: its own scripts, styles, pictures."""
    for policy in told.split(","):
        words = [part.split() for part in policy.split(";")]
        sources = {name: {*rest} for name, *rest in filter(None, words[::-1])}  # of two of a name the first counts
        wanted = (sources.get(need, sources.get("default-src")) for need in _NEEDED)
        if "sandbox" in sources or any(one is not None and one.isdisjoint(_ALLOWING) for one in wanted):
            return True
    return False


def _several(types: list[str]) -> bool:
    """Tell whether more types than one are told: browsers take the last."""
    return len({*types}) > 1 or any("," in one for one in types)


def body(answer: http.client.HTTPResponse, most: int) -> bytes:
    """Return an answer's content, once it is sure that it is all of it and no more than is allowed.

    Raises:
        Unreadable: it is cut off, or packed in a way that cannot be undone.
        Oversized: it has more than `most` bytes.

    """
    encoding = ", ".join(answer.headers.get_all("Content-Encoding", ("identity",))).strip().lower()
    if encoding not in {"identity", "gzip", "deflate"}:
        raise Unreadable(f"服务器只给压缩过的内容（{quote(encoding)}），无从核对")
    length = answer.length
    limit = most if encoding == "identity" else most + _PACKED
    found = b"" if length and length > limit else answer.read(limit + 1)
    if (length and length > limit) or len(found) > limit:
        raise Oversized(f"超过{_size(most)}")
    # http.client takes a connection that ends too early for the end of the answer.
    if length and len(found) < length:
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


def reason(error: Exception) -> str:
    """Say in Chinese why there was no answer."""
    code = coded(error) if isinstance(error, OSError) else ""
    return next((said for kind, said in _WHY if isinstance(error, kind)), f"连接不上{code and f'（{code}）'}")


def moved(asked: str, found: str) -> bool:
    """Tell whether a file stands elsewhere than where it was asked for, so that what it leads to is something else."""
    return unquote(urlsplit(asked).path) != unquote(urlsplit(found).path)


def redirected(base: SplitResult, address: str, told: str) -> str:
    """Return the address that a server sends the reader to: on this server, never back from https to http.

    Raises:
        Unreadable: it sends elsewhere.

    """
    target = urlsplit(urljoin(address, told))
    if not told or target.scheme not in {"http", "https"}:
        raise Unreadable(ASTRAY)
    if (target.scheme, target.netloc.lower()) not in {
        (base.scheme, base.netloc.lower()),
        ("https", base.hostname),
    }:
        raise Unreadable(f"被转到别处：{quote(f'{target.scheme}://{target.netloc}', safe=':/[]%')}")
    return quote(target.geturl(), safe=string.punctuation)
