"""An edition of a list: the list as it stood then, and what it changed of the edition before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from quanze.base.problem import Fault
from quanze.form import kinds
from quanze.history.comparison import compare
from quanze.io.git import NoRepository
from quanze.proof.trusted_time import of_edition
from quanze.register.definition import ListDefinition
from quanze.site import exports
from quanze.site.pages import annex
from quanze.site.pages.changes import sides
from quanze.site.pages.page import ALL_LISTS, Page, render

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Record
    from quanze.history.editions import Archive, ListSnapshot
    from quanze.register.catalog import Catalog
    from quanze.register.definition import Edition


@dataclass(frozen=True, slots=True)
class EditionStep:
    """An edition of a list and the one that it is compared with, None for the first."""

    record: Record
    edition: Edition
    before: Edition | None

    @property
    def url(self) -> str:
        """The address of the list as it stood in the edition."""
        return f"lists/{self.record.id}/{self.edition.id}/"

    @property
    def changes_url(self) -> str:
        """The address of what the edition changed."""
        return f"changes/{self.record.id}/{self.edition.id}/"


def turns(record: Record) -> Iterator[EditionStep]:
    """Yield the editions of a list, the oldest first.

    An approved one is compared with the approved one before it: else one that nobody approved would hide changes.
    """
    before = approved = None
    for edition in ListDefinition.of(record.data).editions:
        yield EditionStep(record, edition, (edition.approved and approved) or before)
        before = edition
        approved = edition if edition.approved else approved


def page(shown: Catalog, archive: Archive, step: EditionStep, became: Mapping[str, str]) -> Page:
    """Return a list as it stood in an edition; where that cannot be made out again, the page says why."""
    then, fault = snapshot(archive, step.record, step.edition)
    editions = ListDefinition.of(step.record.data).editions
    name = then.listing.definition.title if then else ListDefinition.of(step.record.data).title
    body = render(
        "edition.html",
        step=step,
        record=step.record,
        editions=editions,
        today=ListDefinition.of(step.record.data).title,
        name=name,
        snapshot=then,
        fault=fault,
        heads=annex.heads(then.listing.columns) if then else Markup(),
        rows=annex.table_body(then.listing, _rows(shown, then)) if then else Markup(),
        columns=then.listing.columns if then else (),
        latest=editions[-1] == step.edition,
        doubts=[*_doubts(step.edition, then, became)],
        times=of_edition(archive.catalog, step.record.id, step.edition),
        base="../../../",
    )
    return _page(step, step.url, f"{name} {step.edition.name}", body)


def changes(shown: Catalog, archive: Archive, step: EditionStep, became: Mapping[str, str]) -> Page:
    """Return what an edition changed of the one before it."""
    new, fault = snapshot(archive, step.record, step.edition)
    old = None
    if step.before and not fault:
        old, fault = snapshot(archive, step.record, step.before)
    name = ListDefinition.of(step.record.data).title
    body = render(
        "change.html",
        step=step,
        name=name,
        fault=fault,
        count=new.listing.total if new else 0,
        doubts=[
            doubt
            for one, then in ((step.edition, new), (step.before, old))
            if one
            for doubt in _doubts(one, then, became)
        ],
        comparison=compare(old, new) if old and new else None,
        known=frozenset(shown.records[new.listing.form.collection]) if new else frozenset(),
        collection=new.listing.form.collection if new else "",
        sides=sides,
        base="../../../",
    )
    return _page(step, step.changes_url, f"{name} {step.edition.name}的变化", body)


def _doubts(edition: Edition, then: ListSnapshot | None, became: Mapping[str, str]) -> Iterator[str]:
    """Yield why what is shown of an edition may not be what was published as it."""
    if edition.id in became:
        yield f"「{edition.name}」{became[edition.id]}。下面照现在的登记，公布的是不是这些，请核对。"
    if then and edition.published and then.commit.date > edition.published:
        recorded = f"登记的内容 {then.commit.date} 才记录，晚于公布日期 {edition.published}"
        yield f"「{edition.name}」{recorded}：公布的是不是这些，请核对。"


def _page(step: EditionStep, url: str, title: str, body: Markup) -> Page:
    return Page(
        url=url,
        title=title,
        body=body,
        crumbs=(ALL_LISTS, (ListDefinition.of(step.record.data).title, f"lists/{step.record.id}/")),
        updated=step.edition.published,
        description=title,
        kind="column",
    )


def snapshot(archive: Archive, record: Record, edition: Edition) -> tuple[ListSnapshot | None, str]:
    """Return a list as it stood in an edition, or why that cannot be made out again."""
    if not edition.revision:
        return None, f"「{edition.name}」没有登记对应的标签或者提交，当时的清单无法再现。"
    try:
        found = archive.snapshot(record.id, edition.revision)
    except NoRepository:
        return None, f"「{edition.name}」当时的清单无法再现：生成网站时没有版本库。"
    except Fault as fault:
        return None, f"「{edition.name}」当时的清单无法再现：{fault}。"
    if not edition.means(found.commit.id):
        return None, f"「{edition.name}」当时的清单无法再现：写的不是提交的编号，也不是标签的名称，它指着的会变。"
    return found, ""


def _rows(shown: Catalog, then: ListSnapshot) -> Iterator[list[str | Markup]]:
    """Yield the cells of every row; a name leads to the record's page of today, where it has one."""
    names = [column.field is not None and column.field.kind is kinds.TITLE for column in then.listing.columns]
    cells = exports.rows(then.listing, then.catalog, then.look)
    for row, texts in zip(then.listing.rows, cells, strict=True):
        one = row.records[0]
        link = shown.record(one.collection, one.id) is not None
        yield [
            Markup('<a href="../../../{}/{}/">{}</a>').format(one.collection, one.id, text) if name and link else text
            for name, text in zip(names, texts, strict=True)
        ]
