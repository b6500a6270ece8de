"""A page of the theme with holes: rendered once per kind of page, filled for every record.

The frame renders the theme with `HOLES` in the place of what varies; `Shell` cuts the result at them and joins it
again around a page's own `Frame`. All that stands in a frame is HTML and escaped already.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.pages.page import Page


class Frame(NamedTuple):
    """What the theme prints of a page, each part as HTML."""

    title: str
    head: str
    """The metadata that only this page has."""
    crumbs: str
    body: str
    foot: str
    """When the page was last changed, and where a clerk changes it."""


HOLES = Frame(*(f"qz0{name}0qz" for name in Frame._fields))
_CUT = re.compile("(" + "|".join(HOLES) + ")")


class Shell:
    """One rendering of the theme, ready to be filled."""

    def __init__(self, html: str) -> None:
        self._parts = _CUT.split(html)

    def fill(self, page: Frame) -> str:
        """Return the page with each hole filled."""
        values = dict(zip(HOLES, page, strict=True))
        parts = self._parts.copy()
        parts[1::2] = [values[hole] for hole in parts[1::2]]
        return "".join(parts)


def frame(page: Page, site: Mapping[str, Any]) -> Frame:
    """Return what the theme prints of a page of the site that site.yaml describes."""
    line = dateline(page, site)
    body = str(page.body).replace("</h1>", f"</h1>{line}", 1)
    return Frame(escape(page.title), head(page, site), crumbs(page), body, foot(page, site))


def metas(site: Mapping[str, Any]) -> dict[str, str]:
    """Return the metadata that every page carries: of the site, and of the column of it that this is.

    The names are those of 国办发〔2017〕47号; what site.yaml does not have is left out.
    """
    column = site.get("栏目", {})
    told = {
        "SiteName": site["名称"],
        "SiteDomain": site.get("网站域名"),
        "SiteIDCode": site.get("网站标识码"),
        "ColumnName": column.get("名称"),
        "ColumnDescription": column.get("简介"),
        "ColumnKeywords": ",".join(column.get("关键词", ())),
        "ColumnType": column.get("类别"),
    }
    return {name: str(value).strip() for name, value in told.items() if value}


def head(page: Page, site: Mapping[str, Any]) -> Markup:
    """Return the metadata that only this page carries; a bare day is no PubDate, which has minutes."""
    url = site["网址"] + page.url if "网址" in site else ""
    told = {"description": page.description}
    if page.kind == "content":
        told |= {
            "ArticleTitle": page.title,
            "PubDate": page.updated[:16].replace("T", " ") if len(page.updated) > len("2026-05-01") else "",
            "ContentSource": str(site["主办单位"]),
            "Keywords": ",".join(page.keywords),
            "Description": page.description,
            "Url": url,
        }
    metas = [Markup('<meta name="{}" content="{}">').format(name, value) for name, value in told.items() if value]
    link = Markup('<link rel="canonical" href="{}">').format(url) if url else Markup("")
    return Markup().join(metas) + link


def dateline(page: Page, site: Mapping[str, Any]) -> Markup:
    """Return the line that a record's page, as content on a government site, carries under its title."""
    if not page.source or page.kind != "content":
        return Markup("")
    return Markup('<p class="qz-dateline">{}</p>').format(
        Markup().join(Markup("<span>{}：{}</span>").format(name, value) for name, value in _facts(page, site))
    )


def _facts(page: Page, site: Mapping[str, Any]) -> Iterator[tuple[str, str | Markup]]:
    if page.updated:
        yield "发布时间", _time(page.updated)
    yield "来源", str(site["主办单位"])
    yield "索引号", PurePath(page.source).stem


def _time(stamp: str) -> Markup:
    """Return a day, or a minute of it, as HTML."""
    return Markup('<time datetime="{}">{}</time>').format(stamp, stamp[:16].replace("T", " "))


def crumbs(page: Page) -> Markup:
    """Return the way from the home page to this one."""
    if not page.url:
        return Markup("")
    step = Markup('<li><a href="{}">{}</a></li>')
    above = Markup().join(step.format(page.base + url, title) for title, url in (("首页", ""), *page.crumbs))
    return Markup(
        '<nav class="qz-crumbs" aria-label="当前位置"><ol>{}<li aria-current="page">{}</li></ol></nav>'
    ).format(above, page.title)


def foot(page: Page, site: Mapping[str, Any]) -> Markup:
    """Return the line that says when the page was last changed and leads to the file behind it."""
    told = []
    if page.updated:
        told.append(Markup("<span>最近更改 {}</span>").format(_time(page.updated)))
    if page.source and "编辑地址" in site:
        told.append(Markup('<a href="{}" rel="edit">修改本页的数据</a>').format(site["编辑地址"] + page.source))
    return Markup('<footer class="qz-foot">{}</footer>').format(Markup().join(told)) if told else Markup("")
