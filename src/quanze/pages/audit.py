"""The auditors' page: commit, manifest and checks always; open reviews, waivers and clocks where the site shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from quanze.pages.page import TEMPLATES, Page

if TYPE_CHECKING:
    from quanze.audit import Audit
    from quanze.catalog import Catalog

SHOWN = "公开待复核"


def page(catalog: Catalog, state: Audit, commit: str) -> Page:
    """Return the page; `commit` is empty where the site is made without git."""
    body = TEMPLATES.get_template("audit.html").render(audit=state, commit=commit, shown=bool(catalog.site.get(SHOWN)))
    said = "这个网站由哪个提交生成、检查了什么、有哪些待复核的问题。"
    return Page("audit/", "审计", Markup(body), description=said, kind="column")
