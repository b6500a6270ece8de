"""A record's page: everything that it says, in its form's order, and what is not known in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from quanze.catalog import ITEMS, LAWS
from quanze.kinds import show
from quanze.pages import duties, law
from quanze.pages.page import TEMPLATES, Page

if TYPE_CHECKING:
    from quanze.catalog import Catalog
    from quanze.form import Field, Form
    from quanze.model import Record
    from quanze.pages.look import SiteLook
    from quanze.pages.page import Toc

PROCEDURES = "procedures"
ABSENT, FORBIDDEN = "未载明", "不适用"
ENDED = frozenset({"取消", "下放", "划转", "合并"})
UNPUBLISHED = "拟"


class Section(NamedTuple):
    """A part of the page under one heading."""

    anchor: str
    title: str
    rows: list[tuple[str, Markup]]


def published(record: Record, form: Form) -> bool:
    """Tell whether a record is shown at all: one in the state 拟 never is."""
    status = form.role("状态")
    return not status or record.data.get(status) != UNPUBLISHED


def toc(record: Record, form: Form) -> Toc:
    """Return the headings of a record's page; cheap, since every shell must be known before any page is made."""
    heads = [(anchor, title) for anchor, title, fields in _sections(form) if any(f.name in record.data for f in fields)]
    if record.collection == LAWS:
        heads.append(("items", "依据本文件的事项"))
    return tuple(heads)


def _sections(form: Form) -> list[tuple[str, str, tuple[Field, ...]]]:
    return [(f"s{index}", title, fields) for index, (title, fields) in enumerate(form.sections.items(), 1)]


def page(catalog: Catalog, look: SiteLook, record: Record, updated: str) -> Page:
    """Return the page of a record."""
    form, data = catalog.forms[record.collection], record.data
    sections = [
        Section(anchor, title, [(field.name, _value(catalog, look, field, data[field.name])) for field in fields if field.name in data])
        for anchor, title, fields in _sections(form)
    ]
    forbidden = form.forbidden(data)
    missing = [name for name in form.fields if name not in data and name != form.title_field]
    title = catalog.title(record)
    body = TEMPLATES.get_template("record.html").render(
        record=record,
        form=form,
        title=title,
        sections=[section for section in sections if section.rows],
        absent=[name for name in missing if name not in forbidden],
        forbidden=[name for name in missing if name in forbidden],
        ended=_ended(form, record, look),
        basis=law.basis(catalog, look, record) if record.collection == LAWS else None,
        updated=updated,
    )
    return Page(
        url=f"{record.collection}/{record.id}/",
        title=title,
        body=Markup(body),
        toc=toc(record, form),
        crumbs=((form.title, f"guide/{record.collection}/"),),
        source=record.path,
        updated=updated,
        description=f"{form.title}：{title}",
        keywords=tuple(map(str, data.get(form.role("关键词")) or ())),
    )


def _value(catalog: Catalog, look: SiteLook, field: Field, value: Any) -> Markup:  # noqa: ANN401
    if field.kind == "责任环节" or field.collection == PROCEDURES:
        return duties.stages(catalog, look, field, value)
    return show(field, value, look)


def _ended(form: Form, record: Record, look: SiteLook) -> dict[str, Any] | None:
    """Return what the top of an ended record's page says, or None for one in effect."""
    data, status = record.data, form.role("状态")
    if not status or data.get(status) not in ENDED:
        return None
    successor = next((f for f in form.fields.values() if f.name == "承接事项" and f.name in data), None)
    return {
        "status": data[status],
        "date": data.get(form.role("终止日期"), "日期待核"),
        "successor": show(successor, data[successor.name], look) if successor else None,
    }


__all__ = ["ITEMS", "page", "published", "toc"]
