"""A page of the theme with holes: rendered once per kind of page, filled for every record.

The frame renders the theme with the tokens below in the place of what varies; `Shell` cuts the result at the tokens
and joins it again around the values. Values are escaped here, the body is HTML already.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import escape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quanze.pages.page import Page

TITLE, DESCRIPTION, CANONICAL, EDIT = "qz0title0qz", "qz0description0qz", "qz0canonical0qz", "qz0edit0qz"
HEAD, CRUMBS, UPDATED, BODY = "qz0head0qz", "qz0crumbs0qz", "qz0updated0qz", "<h1>qz0body0qz</h1>"
TOKENS = (TITLE, DESCRIPTION, CANONICAL, EDIT, HEAD, CRUMBS, UPDATED, BODY)
_CUT = re.compile("(" + "|".join(map(re.escape, TOKENS)) + ")")


class Shell:
    """One rendering of the theme, ready to be filled."""

    def __init__(self, html: str) -> None:
        self._parts = _CUT.split(html)

    def fill(self, values: Mapping[str, str]) -> str:
        """Return the page with each token replaced by its value."""
        parts = self._parts.copy()
        parts[1::2] = [values[token] for token in parts[1::2]]
        return "".join(parts)


def values(page: Page, site_url: str, edit_url: str) -> dict[str, str]:
    """Return what fills the holes of a shell for one page."""
    return {
        TITLE: str(escape(page.title)),
        DESCRIPTION: str(escape(page.description)),
        CANONICAL: str(escape(site_url + page.url)) if site_url else "",
        EDIT: str(escape(edit_url + page.source)) if edit_url and page.source else "",
        HEAD: head(page),
        CRUMBS: crumbs(page),
        UPDATED: updated(page),
        BODY: str(page.body),
    }


def head(page: Page) -> str:
    """Return the metadata that the head of a content page carries beside the theme's."""
    return "".join(str(escape(name)) for name in ()) if page.kind else ""


def crumbs(page: Page) -> str:
    """Return the way from the home page to this one."""
    if not page.url:
        return ""
    links = [("首页", ""), *page.crumbs]
    steps = "".join(f'<li><a href="{page.base}{escape(url)}">{escape(title)}</a></li>' for title, url in links)
    return f'<nav class="qz-crumbs" aria-label="当前位置"><ol>{steps}<li aria-current="page">{escape(page.title)}</li></ol></nav>'


def updated(page: Page) -> str:
    """Return the line that says when the page was last changed."""
    return f'最近更改 <time datetime="{page.updated}">{page.updated}</time>' if page.updated else ""
