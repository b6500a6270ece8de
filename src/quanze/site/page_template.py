"""A page of the theme with slots: rendered once per kind of page, filled for every record.

The frame renders the theme with `SLOTS` in the place of what varies; `PageTemplate` cuts the result at them and
joins it again around a page's own `PageFrame`. All that stands in a frame is HTML and escaped already.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.markup import escape
from quanze.history.walk import key_of
from quanze.register.disclaimer import mark
from quanze.site.correcting import ways
from quanze.site.feeds import FILE
from quanze.site.pages.page import DATELINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quanze.register.settings import Settings
    from quanze.site.pages.page import Page


class PageFrame(NamedTuple):
    """What the theme prints of a page, each part as HTML."""

    title: str
    head: str
    """The metadata that only this page has."""
    crumbs: str
    body: str
    foot: str
    """When the page was last changed, and where a clerk changes it."""


SLOTS = PageFrame(*(f"qz0{name}0qz" for name in PageFrame._fields))
_CUT = re.compile("(" + "|".join(SLOTS) + ")")


class PageTemplate:
    """One rendering of the theme, ready to be filled."""

    def __init__(self, html: str) -> None:
        cut = _CUT.split(html)
        self._parts: list[bytes] = [part.encode() for part in cut]
        self._slots = [SLOTS.index(slot) for slot in cut[1::2]]
        self.digest = sha256(html.encode()).digest()

    def fill(self, values: Sequence[bytes]) -> bytes:
        """Return the page with each slot filled by a part of a frame in UTF-8."""
        parts = self._parts.copy()
        parts[1::2] = [values[slot] for slot in self._slots]
        return b"".join(parts)


def encoded(frame: PageFrame) -> tuple[bytes, ...]:
    """Return a frame in UTF-8."""
    return tuple(part.encode() for part in frame)


def frame(page: Page, site: Settings) -> PageFrame:
    """Return what the theme prints of a page of the site that site.yaml describes."""
    line = dateline(page, site)
    place, told = (DATELINE, line) if DATELINE in page.body else ("</h1>", f"</h1>{line}")
    body = str(page.body).replace(place, told, 1)
    return PageFrame(str(escape(page.title)), head(page, site), crumbs(page), body, foot(page, site))


def metas(site: Settings) -> dict[str, str]:
    """Return the metadata that every page carries: of the site, and of the column of it that this is.

    The names are those of 国办发〔2017〕47号; what site.yaml does not have is left out.
    """
    told = {
        "SiteName": site.title,
        "SiteDomain": site.domain,
        "SiteIDCode": site.code,
        "ColumnName": site.column.title,
        "ColumnDescription": site.column.intro,
        "ColumnKeywords": ",".join(site.column.keywords),
        "ColumnType": site.column.type,
    }
    return {name: value.strip() for name, value in told.items() if value}


def head(page: Page, site: Settings) -> str:
    """Return the metadata that only this page carries; a bare day is no PubDate, which has minutes."""
    url = site.url + page.url if site.url else ""
    told = {"description": page.description}
    if page.kind == "content":
        told |= {
            "ArticleTitle": page.title,
            "PubDate": _minute(page.updated) if len(page.updated) > len("2026-05-01") else "",
            "ContentSource": site.host,
            "Keywords": ",".join(page.keywords),
            "Description": page.description,
            "Url": url,
        }
    link = f'<link rel="canonical" href="{escape(url)}">' if url else ""
    return (
        "".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in told.items() if value)
        + link
        + follow(page, site)
        + (f'<link rel="alternate" type="application/json" href="{page.base}{page.data}">' if page.data else "")
        + page.linked
    )


def follow(page: Page, site: Settings) -> str:
    """Return the link in the head to the feed beside a page; nothing where there is none."""
    title = escape(f"{mark(site)}{page.title}：变化")
    return f'<link rel="alternate" type="application/atom+xml" title="{title}" href="{FILE}">' if page.feed else ""


def dateline(page: Page, site: Settings) -> str:
    """Return the line that a record's page, as content on a government site, carries under its title."""
    if not page.source or page.kind != "content":
        return ""
    published = f"<span>发布时间：{_time(page.updated)}</span>" if page.updated else ""
    source, number = escape(site.host), page.source.rpartition("/")[2].removesuffix(".yaml")
    return f'<p class="qz-dateline">{published}<span>来源：{source}</span><span>索引号：{number}</span></p>'


def _minute(stamp: str) -> str:
    return stamp[:16].replace("T", " ")


def _time(stamp: str) -> str:
    """Return a day, or a minute of it, as HTML."""
    return f'<time datetime="{stamp}">{_minute(stamp)}</time>'


def crumbs(page: Page) -> str:
    """Return the way from the home page to this one."""
    if not page.url:
        return ""
    above = (("首页", ""), *page.crumbs)
    steps = "".join(f'<li><a href="{page.base}{escape(url)}">{escape(title)}</a></li>' for title, url in above)
    here = f'<li aria-current="page">{escape(page.title)}</li>'
    return f'<nav class="qz-crumbs" aria-label="当前位置"><ol>{steps}{here}</ol></nav>'


def _editing(page: Page, site: Settings) -> str:
    """Return where a page is changed: its form, on a site for those who record; else its file on the code host."""
    key = key_of(page.source)
    if site.editing and page.in_forms and key and page.url == f"{'/'.join(key)}/":
        return f"{page.base}edit/{page.url}"
    return site.edit_base + page.source if page.source and site.edit_base else ""


def foot(page: Page, site: Settings) -> str:
    """Return the line that says when the page was last changed where a mistake is told, and the file behind it."""
    changed = f"<span>最近更改 {_time(page.updated)}</span>" if page.updated else ""
    url = _editing(page, site)
    edit = f'<a href="{escape(url)}" rel="edit">修改本页的数据</a>' if url else ""
    wrong = "".join(f'<a href="{escape(way.url)}" rel="nofollow">{escape(way.words)}</a>' for way in ways(page, site))
    return f'<footer class="qz-foot">{changed}{wrong}{edit}</footer>' if changed or wrong or edit else ""
