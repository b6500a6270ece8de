"""A citation of an instrument (引用依据): rendered here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import escape

from quanze.form.kinds.kind import WIDE, Kind, as_html, linked, one_line
from quanze.form.kinds.reading import tidy
from quanze.law.basis import bases
from quanze.law.citation import numbers, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markupsafe import Markup

    from quanze.base.model import Value
    from quanze.form.fields import Field
    from quanze.form.kinds.kind import Look, Lookup


def _text(value: Any, _field: Field, _look: Look) -> str:
    return written(value)


def link(value: Mapping[str, Any], look: Look) -> Markup:
    """Return a citation as a statute writes it, as a link to its article."""
    article = next(iter(numbers(value.get("条"))), 0)
    return linked(look.law(value["依据文件"], article) if "依据文件" in value else "", written(value))


def _html(value: Any, _field: Field, look: Look) -> Markup:
    """Return the citation, what it proves, whether it still holds, and its wording."""
    role, state, said = value.get("作用"), value.get("效力"), value.get("摘录")
    parts: list[str] = [link(value, look)]
    if role:
        parts.append(f' <span class="qz-tag">{escape(role)}</span>')
    if (state and state != "部分适用") or look.lapsed(value.get("依据文件")):
        parts.append(' <span class="qz-tag qz-tag-dead">不再适用</span>')
    over = look.prevails(value)
    if over:
        parts.append(f' <span class="qz-tag qz-tag-dead">{escape(over)}</span>')
    if said:
        parts.append(f'<details class="qz-quote"><summary>条文</summary><p>{escape(said)}</p></details>')
    return as_html("".join(parts))


def _texts(value: Any, _field: Field, _look: Look) -> Iterator[str]:
    yield written(value)
    if "摘录" in value:
        yield value["摘录"]


def _read(text: str, field: Field, names: Lookup) -> dict[str, Value]:
    return read_all(one_line(text), field, names)[0]


def read_all(text: str, _field: Field | None, names: Lookup) -> list[dict[str, Value]]:
    """Return the citations in a text; whatever is not the title or place of one stays with it as 原文."""
    return bases(tidy(text), names.titles(), names.instruments())


KIND = Kind("引用依据", _text, _html, _read, read_all=read_all, texts=_texts, phrase=True, width=WIDE, shared=True)
