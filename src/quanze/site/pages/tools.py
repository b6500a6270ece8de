"""The two pages that are nothing without script: search and 查通知书; without it they lead to the lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.register.catalog import LISTS
from quanze.site.pages.page import Page, render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.register.catalog import Catalog


def pages(catalog: Catalog) -> Iterator[Page]:
    """Yield the search page and the page that reads a notice."""
    ways = [(catalog.title(one), f"../{LISTS}/{one.id}/") for one in catalog.lists_in_order]
    kinds = [(form.title, f"../{name}/") for name, form in catalog.forms.items() if catalog.records.get(name)]
    for name, title, said in (
        ("search", "搜索", "在全部公布的文字里查：事项、日常说法、条文、编码。"),
        ("notice", "查通知书", "粘贴通知书上写依据的那句话，看它引了哪些条文、对应哪些事项。"),
    ):
        body = render(f"{name}.html", title=title, said=said, ways=ways, kinds=kinds)
        yield Page(f"{name}/", title, body, description=said, kind="column")
