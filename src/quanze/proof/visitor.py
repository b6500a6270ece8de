"""What a citizen's browser sends when it asks for a file: never quite the same, so no server knows an auditor by it.

A server may show something else to those who come for the first time or again, from a search, with a phone, or who
read English; to a page that loads a script and not to whoever opens it; to the worker that keeps the site for when
there is no network; to a browser that asks whether what it has is still good; or at an address with a question mark
behind. Each file is asked for by so many visitors that each of these is among them: a lie that is told to one
kind is found in whatever file it stands. Who comes how is left to chance, so no server knows it beforehand; of a lie
that is told only where two of these come together (an English reader with a phone) that is all there is to find it.
Who comes over which network, how a connection is encrypted or packed (br), and what scripts tell of a browser, is
nothing that a machine could vary.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from posixpath import splitext
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import Message

_IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
_CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)
_BROWSERS = (
    _CHROME,
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
    f"{_IPHONE} Version/18.5 Mobile/15E148 Safari/604.1",
    f"{_IPHONE} Mobile/15E148 MicroMessenger/8.0.60(0x18003c2f) NetType/WIFI Language/zh_CN",
)
_HINTS = {
    "sec-ch-ua": '"Chromium";v="140", "Not=A?Brand";v="24", "Google Chrome";v="140"',
    "sec-ch-ua-mobile": "?0",
    "sec-ch-ua-platform": '"Windows"',
}
"""What Chrome says of itself over an encrypted connection, and no other of these does."""
_LANGUAGES = (*["zh-CN,zh;q=0.9"] * 3, "en-US,en;q=0.9")
_OWN = ""
_SEARCH = "https://www.baidu.com/"
_INSIDE = "same-origin", _OWN
_WAYS = (_INSIDE, ("none", None), ("cross-site", _SEARCH))
"""Where a visitor comes from: another page here, nowhere (an address, a code on paper), a search."""
_QUERY = "?from=singlemessage"
"""What WeChat puts behind the address of a page that somebody sends on."""
_PAGE = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Upgrade-Insecure-Requests": "1",
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-User": "?1",
}


def _use(kind: str, mode: str = "no-cors", accept: str = "*/*", **more: str) -> Mapping[str, str]:
    return {"Accept": accept, "Sec-Fetch-Dest": kind, "Sec-Fetch-Mode": mode, **more}


_PICTURE, _FONT, _SCRIPT = _use("image", accept="image/avif,image/webp,image/*,*/*;q=0.8"), _use("font"), _use("script")
_USES = {
    ".js": _SCRIPT,
    ".css": _use("style", accept="text/css,*/*;q=0.1"),
    ".woff2": _FONT,
    **dict.fromkeys((".svg", ".png", ".webp", ".ico", ".jpg"), _PICTURE),
}
"""How a page asks for what it is made of, by the end of the name; everything else a reader opens."""
_WORKERS = {
    "sw.js": _use("serviceworker", "same-origin", **{"Service-Worker": "script"}),
    "worker.js": _use("worker", "same-origin"),
}
_FETCH = _use("empty", "cors")
"""How scripts ask, and the worker that keeps the site."""
ASKED = (
    "一致的每个文件，除了核对程序自己，还以几种读者的样子取过：电脑（Chrome、火狐）、手机（苹果）、微信，从站内、地址栏、搜索来，"
    "中文、英文，第一次来、带着收到的 Cookie 再来，网址后面带问号的，网页自己取用、离线保存的，问有没有变过的，"
    "每样至少一次；几样凑在一起的没有问全，别的浏览器没有问。按网络、加密连接的特征或者 br 压缩认人的，看不出来"
)
"""What was asked, and what was not."""
_COOKIE = re.compile(r"[!#-'*+.0-9A-Z^-z|~-]+=[!-+\--:<-\[\]-~]*")
_MARK = re.compile(r"[\x20-\x7e]{1,200}")
_MOST, _LONGEST = 20, 4096


class Visit(NamedTuple):
    """Who asks for a file, and how."""

    headers: dict[str, str]
    query: str = ""
    """What stands behind the address."""


class _Visitor(NamedTuple):
    browser: str
    language: str
    way: tuple[str, str | None]
    again: bool
    """Whether it sends back what it was told to keep."""
    use: Mapping[str, str]
    query: str = ""
    has: bool = False
    """Whether it has the file, and asks whether that is still good."""


def visits(path: str) -> int:
    """Return how many ask for a file: each browser once, a script, one that has it; one more for a worker."""
    return len(_BROWSERS) + 2 + (_name(path) in _WORKERS)


class Visitors:
    """Those who ask for the files of one site, and what it had them keep."""

    def __init__(self) -> None:
        self._kept: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._waiting: dict[str, list[_Visitor]] = {}
        self._marks: dict[str, dict[str, str]] = {}
        """What a browser sends to ask whether a file that it has is still good."""

    def next(self, site: str, path: str) -> Visit:
        """Return how the next of them asks for a file; `site` is the address of the site's first page."""
        waiting = self._waiting.pop(path, None) or self._party(path)
        one = waiting.pop()
        if waiting:
            self._waiting[path] = waiting
        coming, place = one.way
        sent = {"User-Agent": one.browser, "Accept": "", "Accept-Language": one.language}
        sent["Accept-Encoding"] = "gzip, deflate"
        if place is not None:
            sent["Referer"] = place or site
        sent["Connection"] = "keep-alive"
        kept = list(self._kept[one.browser].values())
        if kept and one.again:
            sent["Cookie"] = "; ".join(kept)
        sent |= {**one.use, "Sec-Fetch-Site": coming}
        if one.browser == _CHROME and site.startswith("https:"):
            sent |= _HINTS
        if one.has:
            sent |= self._marks.pop(path, {})
        return Visit(sent, one.query)

    def _party(self, path: str) -> list[_Visitor]:
        """Return those who ask for one file, the last first."""
        chance = random.Random()  # noqa: S311 — no key is made of it
        names = chance.sample(_BROWSERS, len(_BROWSERS))
        known = [name for name in names if self._kept[name]] or names
        returning = chance.choice(known)
        new = chance.choice([name for name in names if name != returning])
        again = [name == returning or (name != new and bool(chance.getrandbits(1))) for name in names]
        use = _USES.get(splitext(path)[1], _PAGE)
        opened = use is _PAGE
        ways = chance.sample([*_WAYS, chance.choice(_WAYS)], len(names)) if opened else [_INSIDE] * len(names)
        queries = (
            chance.sample(["", *chance.choices(("", _QUERY), k=2), _QUERY], len(names)) if opened else [""] * len(names)
        )
        languages = chance.sample(_LANGUAGES, len(names))
        by_browser = zip(names, languages, ways, again, [use] * len(names), queries, strict=True)
        others = [_FETCH, *([_WORKERS[_name(path)]] if _name(path) in _WORKERS else [])]
        some = [(chance.choice(names), chance.choice(_LANGUAGES), _INSIDE, bool(chance.getrandbits(1))) for _ in "ab"]
        party = [_Visitor(*one) for one in by_browser] + [_Visitor(*some[0], other) for other in others]
        return [_Visitor(*some[1], use, has=True), *chance.sample(party, len(party))]

    def keep(self, path: str, sent: dict[str, str], answer: Message) -> None:
        """Keep what an answer has whoever asked remember: the mark of the file, and no more cookies than a browser."""
        marks = {"If-None-Match": answer["ETag"], "If-Modified-Since": answer["Last-Modified"]}
        if path in self._waiting:
            self._marks[path] = {name: mark for name, mark in marks.items() if mark and _MARK.fullmatch(mark)}
        kept = self._kept[sent["User-Agent"]]
        for told in answer.get_all("Set-Cookie", ()):
            cookie = told.partition(";")[0].strip()
            name = cookie.partition("=")[0]
            if len(cookie) <= _LONGEST and _COOKIE.fullmatch(cookie) and (name in kept or len(kept) < _MOST):
                kept[name] = cookie


def _name(path: str) -> str:
    return path.rpartition("/")[2]
