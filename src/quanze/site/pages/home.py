"""The pages that are not records: home, a collection's index, the field guide, the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quanze.base.markup import as_html
from quanze.form import kinds
from quanze.register.catalog import LAWS
from quanze.register.family import groups
from quanze.register.life import Life
from quanze.register.listing import listing
from quanze.register.roles import roles
from quanze.site.gist import gist
from quanze.site.pages.lists import bars
from quanze.site.pages.page import TEMPLATES, Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quanze.base.model import Record
    from quanze.form import Field, Form
    from quanze.register.catalog import Catalog
    from quanze.register.table import Listing
    from quanze.site.pages.lists import Bar


_ENDED = "已终止"
"""The heading over what is kept only for the acts of its time."""


SHOWN = 24
"""So many entries of one group stand open; the others behind a click."""


class _Entry(NamedTuple):
    """One record on the page of its collection."""

    title: str
    url: str
    gist: str


def home(catalog: Catalog, at: str, changes: Sequence[object]) -> Page:
    """Return the home page: what this is, the search box, the lists in their groups, the latest changes."""
    told = [(group, [*_cards(catalog, group.lists, at)]) for group in groups(catalog)]
    counts = [(form, len(catalog.records[name])) for name, form in catalog.forms.items() if name in catalog.records]
    body = TEMPLATES.get_template("home.html").render(
        site=catalog.settings,
        groups=told,
        counts=[(f, n) for f, n in counts if n and f.collection != "lists"],
        changes=changes,
    )
    return Page("", catalog.settings.title, as_html(body), description=catalog.settings.intro, kind="site")


def _cards(catalog: Catalog, lists: Iterable[Record], at: str) -> Iterator[tuple[Record, Listing, list[Bar]]]:
    for record in lists:
        listed = listing(catalog, record, at)
        yield record, listed, bars(listed)


def index(catalog: Catalog, form: Form, at: str) -> Page:
    """Return the page of a collection: every record by name, those of powers by type, what has ended last."""
    is_, life = roles(form), Life.of(form)
    order = form.fields[is_.power].choices if is_.power else ()
    gone = "已失效" if form.collection == LAWS else _ENDED
    groups: dict[str, list[_Entry]] = {name: [] for name in order}
    for record in catalog.records[form.collection].values():
        ended = life.ended(record.data, at)
        head = gone if ended else str(record.data.get(is_.power, ""))
        groups.setdefault(head, []).append(
            _Entry(catalog.title(record), f"{record.id}/", "" if ended else gist(catalog, is_, record))
        )
    groups = {name: groups[name] for name in (*(name for name in groups if name != gone), gone) if groups.get(name)}
    body = TEMPLATES.get_template("index.html").render(
        form=form, groups=groups, others="其他" if order else "现行", shown=SHOWN, total=sum(map(len, groups.values()))
    )
    return Page(f"{form.collection}/", form.title, as_html(body), description=form.help, kind="column")


def fields(catalog: Catalog) -> Page:
    """Return the field guide: every form's fields, their help and vocabulary."""
    forms = [(form, list(_flat(form.fields, 0))) for form in catalog.forms.values()]
    body = TEMPLATES.get_template("fields.html").render(forms=forms)
    toc = tuple((form.collection, form.title) for form, _ in forms)
    crumbs = (("指南", "guide/"),)
    return Page("guide/fields/", "栏目说明", as_html(body), toc, crumbs, description="每一类记录有哪些栏目，怎么填写。")


def _flat(fields: Mapping[str, Field], depth: int) -> Iterator[tuple[Field, int]]:
    for field in fields.values():
        yield field, depth
        if field.kind not in {kinds.CITATION, kinds.FINE} or depth == 0:
            yield from _flat(field.fields, depth + 1)
