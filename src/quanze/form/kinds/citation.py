"""A citation of an instrument (引用依据): rendered here and nowhere else."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from quanze.form.kinds.kind import WIDE, Kind, as_html, linked, one_line
from quanze.form.kinds.reading import tidy
from quanze.law.citation import numbers, written
from quanze.law.reading import citations

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markupsafe import Markup

    from quanze.base.model import Value
    from quanze.form.fields import Field
    from quanze.form.kinds.kind import Look, Names

UNREAD = "原文"
"""The part of a citation that keeps what could not be taken apart."""

_MARK = "《"
_PLAIN_PLACE = re.compile(
    r"【[^】]*】|[第条款项目之至、，,；;。.：:()（）\[\]\s0-9零〇一二两三四五六七八九十百千和或者及以与]"
)
_TITLES = re.compile(r"《[^《》]*》")


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
    if said:
        parts.append(f'<details class="qz-quote"><summary>条文</summary><p>{escape(said)}</p></details>')
    return as_html("".join(parts))


def _texts(value: Any, _field: Field, _look: Look) -> Iterator[str]:
    yield written(value)
    if "摘录" in value:
        yield value["摘录"]


def _read(text: str, field: Field, names: Names) -> dict[str, Value]:
    return read_all(one_line(text), field, names)[0]


def read_all(text: str, _field: Field | None, names: Names) -> list[dict[str, Value]]:
    """Return the citations in a text; whatever is not the title or place of one stays with it as 原文.

    A line that begins with a known title counts as if the title stood in its marks.
    """
    known = names.instruments()
    head, *rest = "\n".join(_marked(line, known) for line in tidy(text).split("\n")).split(_MARK)
    segments = [_MARK + part for part in rest] or [""]
    segments[0] = head + segments[0]
    found: list[dict[str, Value]] = []
    for segment in segments:
        cited = citations(segment) or [{UNREAD: segment.strip()}]
        if UNREAD not in cited[0] and _PLAIN_PLACE.sub("", unicodedata.normalize("NFKC", _TITLES.sub("", segment))):
            cited[0] = {**cited[0], UNREAD: segment.strip()}
        found += [one for one in cited if one not in found]
    return found


def _marked(line: str, names: Sequence[str]) -> str:
    """Put a known title at the beginning of a line between its marks, if it has none."""
    bare = line.lstrip("0123456789.、（）() ")
    for name in names if _MARK not in line else ():
        if bare == name or bare.startswith(f"{name}第"):
            return f"《{name}》{bare.removeprefix(name)}"
    return line


KIND = Kind("引用依据", _text, _html, _read, read_all=read_all, texts=_texts, phrase=True, width=WIDE, shared=True)
