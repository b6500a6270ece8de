"""What a page is, before any theme: an address, a title, a body, and what the head says of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined

from quanze.base.markup import as_html, escape
from quanze.register.catalog import LISTS
from quanze.site.pages import parts

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.bccache import Bucket
    from markupsafe import Markup

    from quanze.io.store import Store

DATELINE = as_html("<!-- dateline -->")
"""Where a page has the line of its dates, if not under its title."""
ALL_LISTS = ("清单", f"{LISTS}/")
"""The page above each list's."""
Toc = tuple[tuple[str, str], ...]
"""(anchor, heading) of each section."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site."""

    url: str
    """The address, relative to the site's root: items/xzcf-001/; empty for the home page."""
    title: str
    body: Markup
    toc: Toc = ()
    crumbs: tuple[tuple[str, str], ...] = ()
    """(title, address from the root) of the pages above this one, from the top."""
    source: str = ""
    """The file that a clerk edits to change the page; empty for one made from many."""
    in_forms: bool = True
    """Whether the file can be changed in a form of the browser, where the site has any."""
    updated: str = ""
    """When it was last changed, ISO 8601: a day, or a moment with its zone; empty where it is not known."""
    description: str = ""
    keywords: tuple[str, ...] = field(default=())
    feed: bool = False
    """Whether a feed of its changes lies beside it."""
    data: str = ""
    """The address of the same as data, from the site's root; empty where there is none."""
    linked: str = ""
    """What it says to programs, as an element of the head; empty where it says nothing."""
    kind: str = "content"
    """site, column or content: which metadata a government page of this kind carries."""

    @property
    def base(self) -> str:
        """The way from this page to the root: ../../ for items/xzcf-001/."""
        return "../" * self.url.count("/")


TEMPLATES = Environment(
    loader=PackageLoader("quanze.site", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
_FILTERS = (parts.answers, parts.fields, parts.lines, parts.table, parts.lacking, parts.dates)
TEMPLATES.filters |= {part.__name__: part for part in _FILTERS}


class KeptTemplates(BytecodeCache):
    """Templates as they were compiled before: to compile them takes as long as two hundred pages."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a template that was kept of the same source, if there is one."""
        kept = self._store.get(f"templates/{bucket.key}", bucket.checksum.encode())
        if kept:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        self._store.put(f"templates/{bucket.key}", bucket.checksum.encode(), bucket.bytecode_to_string())


def render(template: str, **values: object) -> Markup:
    """Return a template filled with values, which it escapes."""
    return as_html(_template(template).render(values))


def compile_all() -> None:
    """Compile every template, before the work is divided among processes of which each would do it."""
    for name in TEMPLATES.list_templates():
        _template(name)


@cache
def _template(name: str) -> Template:
    found = TEMPLATES.get_template(name)
    found.globals = dict(found.globals)  # a chain of mappings otherwise, walked again for each page
    found.root_render_func.__globals__["escape"] = escape  # most of what it is given is HTML already
    return found
