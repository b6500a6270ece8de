"""The pages that are nothing without script: search, 对照, 查通知书, and the publication log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.register.catalog import LISTS
from quanze.register.disclaimer import mark
from quanze.register.settings import LOG
from quanze.site.pages.page import Page, render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.register.catalog import Catalog


_OWN_BOX = '<meta name="quanze-box" content="own">'
"""Said in the head, so that the header of the page is drawn without a box before the rest of the page has come."""


def pages(catalog: Catalog) -> Iterator[Page]:
    """Yield the search page, the page that compares, the page that reads a notice, and that of the publication log."""
    ways = [(catalog.title(record), f"../{LISTS}/{record.id}/") for record in catalog.lists_in_order]
    kinds = [(form.title, f"../{name}/") for name, form in catalog.forms.items() if catalog.records.get(name)]
    for name, title, said in (
        ("search", "搜索", "在全部公布的文字里查：事项、日常说法、条文、编码。"),
        ("compare", "并排对照", "两条记录、一条记录的两天、一张清单的两版，并排看哪里不同。"),
        ("notice", "查通知书", "粘贴通知书上写依据的那句话，看它引了哪些条文、对应哪些事项。"),
    ):
        body = render(f"{name}.html", title=title, said=said, ways=ways, kinds=kinds, mark=mark(catalog.settings))
        linked = _OWN_BOX if name == "search" else ""
        yield Page(f"{name}/", title, body, description=said, kind="column", linked=linked)
    title, said = LOG, "这个网站从前公布过什么，谁都可以核对。"
    body = render("log.html", title=title, said=said, address=catalog.settings.url)
    yield Page("log/", title, body, description=said, kind="column")
