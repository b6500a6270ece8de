"""What a citizen's browser sends when it asks for a page: never quite the same, so no server knows an auditor by it.

A server may show something else to those who come for the first time or again, from a search, with a phone, or who
read English. Each file is asked for by so many visitors that each of these is among them: a lie that is told to one
kind is found in whatever file it stands. Who comes how is left to chance, so no server knows it beforehand; of a lie
that is told only where two of these come together (an English reader with a phone) that is all there is to find it.
Who comes over which network, and what scripts tell of a browser, is nothing that a machine could vary.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from email.message import Message

_ALWAYS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate",
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-User": "?1",
    "Upgrade-Insecure-Requests": "1",
}
_IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
_BROWSERS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
    f"{_IPHONE} Version/18.5 Mobile/15E148 Safari/604.1",
    f"{_IPHONE} Mobile/15E148 MicroMessenger/8.0.60(0x18003c2f) NetType/WIFI Language/zh_CN",
)
_LANGUAGES = ("zh-CN,zh;q=0.9", "zh-CN,zh;q=0.9", "en-US,en;q=0.9")
_OWN = ""
_WAYS = (("same-origin", _OWN), ("none", None), ("cross-site", "https://www.baidu.com/"))
"""Where a visitor comes from: another page here, nowhere (an address, a code on paper), a search."""
VISITS = len(_BROWSERS)
"""So many ask for each file: none of them with the browser or on the way of another, one in English."""
_PAIRINGS = len(_BROWSERS) * len({*_LANGUAGES}) * len(_WAYS) * 2
ASKED = (
    f"一致的每个文件，除了核对程序自己，还以 {VISITS} 种读者的样子取过：电脑、手机、微信，从站内、地址栏、搜索来，"
    "中文、英文，第一次来、带着收到的 Cookie 再来，每样至少一次；"
    f"{_PAIRINGS} 种搭配里其余 {_PAIRINGS - VISITS} 种没有问"
)
"""What was asked, and what was not."""
_COOKIE = re.compile(r"[!#-'*+.0-9A-Z^-z|~-]+=[!-+\--:<-\[\]-~]*")
_MOST, _LONGEST = 20, 4096
_Visit = tuple[str, str, tuple[str, "str | None"], bool]
"""Browser, language, where from, and whether one comes again."""


class Visitors:
    """Those who ask for the pages of one site, and what it had them keep."""

    def __init__(self) -> None:
        self._kept: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._waiting: dict[str, list[_Visit]] = {}

    def headers(self, site: str, path: str) -> dict[str, str]:
        """Return what the next of them sends who asks for a file; `site` is the address of the site's first page."""
        waiting = self._waiting.pop(path, None) or self._party()
        name, language, (coming, place), again = waiting.pop()
        if waiting:
            self._waiting[path] = waiting
        sent = {**_ALWAYS, "User-Agent": name, "Accept-Language": language, "Sec-Fetch-Site": coming}
        if place is not None:
            sent["Referer"] = place or site
        kept = list(self._kept[name].values())
        if kept and again:
            sent["Cookie"] = "; ".join(kept)
        return sent

    def _party(self) -> list[_Visit]:
        """Return those who ask for one file: each browser once, each way once, each language, someone known or new."""
        chance = random.Random()  # noqa: S311 — no key is made of it
        names = chance.sample(_BROWSERS, VISITS)
        known = [name for name in names if self._kept[name]] or names
        returning = chance.choice(known)
        new = chance.choice([name for name in names if name != returning])
        again = [name == returning or (name != new and bool(chance.getrandbits(1))) for name in names]
        return [*zip(names, chance.sample(_LANGUAGES, VISITS), chance.sample(_WAYS, VISITS), again, strict=True)]

    def keep(self, sent: dict[str, str], answer: Message) -> None:
        """Keep the cookies of an answer for whoever asked: no more of them than a browser would."""
        kept = self._kept[sent["User-Agent"]]
        for told in answer.get_all("Set-Cookie", ()):
            cookie = told.partition(";")[0].strip()
            name = cookie.partition("=")[0]
            if len(cookie) <= _LONGEST and _COOKIE.fullmatch(cookie) and (name in kept or len(kept) < _MOST):
                kept[name] = cookie
