"""这里写错了: where a reader says that a page is wrong, with the page's address in it; nothing is sent by itself."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quanze.register.settings import Settings
    from quanze.site.pages.page import Page

WRONG = "这里写错了"


class Way(NamedTuple):
    """One way to tell a mistake."""

    words: str
    url: str


def ways(page: Page, site: Settings) -> list[Way]:
    """Return the ways that site.yaml names; where it names none, the form for issues of the code host it edits on."""
    told, address = site.correction, site.url + page.url
    subject, body = (f"{WRONG}：", page.title), ("网页：", address, "\n\n应当怎么写：\n\n根据什么：\n")
    found = [Way(WRONG, told.url)] if told.url else []
    if told.mail:
        query = _query({"subject": subject, "body": [part.replace("\n", "\r\n") for part in body]})
        found.append(Way(f"{WRONG}，写信到 {told.mail}", f"mailto:{quote(told.mail, safe='@')}?{query}"))
    if _dialled(told.phone):
        found.append(Way(f"{WRONG}，打电话 {told.phone}", f"tel:{_dialled(told.phone)}"))
    form = "" if found else _form(site.edit_base, subject, body, address)
    return found or ([Way(WRONG, form)] if form else [])


_escaped = lru_cache(maxsize=1 << 10)(partial(quote, safe=""))
"""All but the title and the address is the same on ten thousand pages."""


def _query(fields: Mapping[str, Sequence[str]]) -> str:
    """Return fields, each in parts, as they stand in an address."""
    return "&".join(f"{_escaped(name)}={''.join(map(_escaped, parts))}" for name, parts in fields.items())


def _form(edit_base: str, subject: Sequence[str], body: Sequence[str], address: str) -> str:
    """Return the address of a code host's form for issues, filled in; empty where the host is none that is known.

    GitHub takes title and body, and `page` into the form that quanze init writes; GitLab issue[title] and
    issue[description]; Gitea title and body. Gitee takes nothing in the address.
    """
    project, edits, _ = edit_base.partition("/-/edit/")
    if edits:
        query = {"issue[title]": subject, "issue[description]": body}
        return f"{project}/-/issues/new?{_query(query)}"
    for sign in ("/_edit/", "/edit/"):
        project, edits, _ = edit_base.partition(sign)
        if not edits:
            continue
        if urlsplit(project).hostname == "gitee.com":
            return f"{project}/issues/new"
        query = {"template": ["correction.yml"], "page": [address]} if sign == "/edit/" else {}
        return f"{project}/issues/new?{_query({**query, 'title': subject, 'body': body})}"
    return ""


def _dialled(phone: str) -> str:
    """Return a telephone number as a link has it: an extension after a pause."""
    number, _, extension = phone.partition("转")
    digits = "".join(sign for sign in number if sign.isdigit() or sign == "+")
    return f"{digits},{extension}" if extension else digits
