"""What a citizen's browser sends when it asks for a page: never quite the same, so no server knows an auditor by it.

A server may show something else to those who come for the first time or again, from a search, with a phone, or who
read English. Which of them asks for a file is left to chance, so none knows it beforehand: of lies told to some of them
in many files some are seen at once, of one in a single file only after some rounds. Who comes over which network, and
what scripts tell of a browser, is nothing that a machine could vary.
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
_COOKIE = re.compile(r"[!#-'*+.0-9A-Z^-z|~-]+=[!-+\--:<-\[\]-~]*")
_MOST, _LONGEST = 20, 4096


class Visitors:
    """Those who ask for the pages of one site, and what it had them keep."""

    def __init__(self) -> None:
        self._kept: defaultdict[str, dict[str, str]] = defaultdict(dict)

    def headers(self, site: str) -> dict[str, str]:
        """Return what one of them sends; `site` is the address of the site's first page."""
        chance = random.Random()  # noqa: S311 — no key is made of it
        name, (coming, place) = chance.choice(_BROWSERS), chance.choice(_WAYS)
        sent = {**_ALWAYS, "User-Agent": name, "Accept-Language": chance.choice(_LANGUAGES), "Sec-Fetch-Site": coming}
        if place is not None:
            sent["Referer"] = place or site
        kept = list(self._kept[name].values())
        if kept and chance.getrandbits(1):
            sent["Cookie"] = "; ".join(kept)
        return sent

    def keep(self, sent: dict[str, str], answer: Message) -> None:
        """Keep the cookies of an answer for whoever asked: no more of them than a browser would."""
        kept = self._kept[sent["User-Agent"]]
        for told in answer.get_all("Set-Cookie", ()):
            cookie = told.partition(";")[0].strip()
            name = cookie.partition("=")[0]
            if len(cookie) <= _LONGEST and _COOKIE.fullmatch(cookie) and (name in kept or len(kept) < _MOST):
                kept[name] = cookie
