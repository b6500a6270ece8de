"""What the site tells programs that come to read it: robots.txt and llms.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.register.disclaimer import details, disclaimer
from quanze.site.exports import bulk
from quanze.site.pages.manual import UNDECLARED

if TYPE_CHECKING:
    from quanze.register.catalog import Catalog

ROBOTS, LLMS = "robots.txt", "llms.txt"


def robots(catalog: Catalog) -> bytes:
    """Return robots.txt: everything may be read, a demonstration's noindex too, which a closed door would hide."""
    site = catalog.settings
    said = f"# {disclaimer(site)}每一页都写明不要收录（noindex）。\n" if disclaimer(site) else ""
    place = f"\nSitemap: {site.url}sitemap.xml\n" if site.url else ""
    return f"{said}User-agent: *\nAllow: /\n{place}".encode()


def llms(catalog: Catalog) -> bytes:
    """Return llms.txt: what the site is and where its text is in a form for machines, as Markdown."""
    site = catalog.settings
    intro = " ".join(site.intro.split())
    name = site.licence.name or UNDECLARED
    terms = f"[{name}]({site.licence.url})" if site.licence.url else name
    lists = [
        f"- [{title}]({site.url}data/v1/lists/{id_}.json)"
        for id_, title in ((one.id, catalog.title(one)) for one in catalog.records.get("lists", {}).values())
    ]
    parts = (
        f"# {site.title}",
        f"> {disclaimer(site) or intro or site.title}",
        details(site) or (intro if disclaimer(site) else ""),
        f"数据的许可：{terms}。引用时请写明记录的网址和日期；以页面和 `dated` 的日期为准。",
        "## 数据",
        "\n".join(
            (
                f"- [全部文件的目录]({site.url}data/v1/index.json)：每个文件和它的结构",
                f"- [接口说明]({site.url}openapi.json)：OpenAPI 3.1",
                f"- [全部变化]({site.url}data/v1/changes.json)",
                f"- [一次下载]({site.url}{bulk.ARCHIVE})：逐行的记录、各清单的 CSV 和结构",
                f"- [数据怎么用]({site.url}guide/data/)",
            )
        ),
        *(("## 清单", "\n".join(lists)) if lists else ()),
    )
    return ("\n\n".join(filter(None, parts)) + "\n").encode()
