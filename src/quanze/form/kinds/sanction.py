"""Sanctions (罚则) and their fines: as a table on a page, as a row of words elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from quanze.form.kinds.kind import Kind, Look, parts
from quanze.law.citation import written
from quanze.law.penalty import fine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.form import Field

_JOINED = {"择一": "或者"}
_NOTES = ("条文用语", "说明")
_HEADS = ("情形", "对象", "责令", "种类", "罚款", "力度", "决定机关", "依据")


def _fine_text(value: Any, _field: Field, _look: Look) -> str:
    condition = f"{value['基数条件']}，" if "基数条件" in value else ""
    return condition + (fine(value) or str(value.get("基数", "")))


def _fine_html(value: Any, field: Field, look: Look) -> Markup:
    return escape(_fine_text(value, field, look))


def _cells(value: Any, field: Field, look: Look) -> Iterator[tuple[str, str]]:
    for part, inner in parts(value, field):
        if part.name == "罚款":
            yield part.name, _fine_text(inner, part, look)
        elif part.name == "依据":
            yield part.name, "、".join(written(citation) for citation in inner)
        else:
            yield part.name, _JOINED.get(part.name, "、").join(map(str, inner)) if part.many else str(inner)


def _text(value: Any, field: Field, look: Look) -> str:
    return "；".join(f"{name}：{cell}" for name, cell in _cells(value, field, look))


def _texts(value: Any, field: Field, look: Look) -> Iterator[str]:
    for _, cell in _cells(value, field, look):
        yield cell


def _table(values: list[Any], field: Field, look: Look) -> Markup:
    from quanze.form.kinds import show  # noqa: PLC0415 — a sanction holds citations, which are kinds too

    heads = Markup().join(Markup('<th scope="col">{}</th>').format(name) for name in _HEADS)
    rows = Markup().join(_table_row(value, field, look, show) for value in values)
    return Markup(
        '<div class="qz-scroll" tabindex="0" role="group" aria-label="{0}"><table class="qz-sanctions">'
        "<thead><tr>{1}</tr></thead><tbody>{2}</tbody></table></div>"
    ).format(field.name, heads, rows)


def _table_row(value: Any, field: Field, look: Look, show: Any) -> Markup:
    cells = dict(_cells(value, field, look))
    told = []
    for name in _HEADS:
        cell = show(field.fields[name], value[name], look) if name == "依据" and name in value else cells.get(name)
        if name == "种类":
            notes = [value[note] for note in _NOTES if note in value]
            cell = Markup().join([escape(cell or ""), *map(Markup('<span class="qz-note">{}</span>').format, notes)])
        told.append(Markup('<td data-label="{}">{}</td>').format(name, cell or _ABSENT.get(name, "未载明")))
    return Markup("<tr>{}</tr>").format(Markup().join(told))


_ABSENT = {"责令": "不责令", "种类": "不处罚", "罚款": "不罚款"}

SANCTION = (Kind("罚款幅度", _fine_text, _fine_html), Kind("罚则", _text, block=_table, texts=_texts))
