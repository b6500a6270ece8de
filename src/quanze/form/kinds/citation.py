"""A citation of an instrument (引用依据): rendered here and nowhere else."""

from __future__ import annotations

from types import NoneType
from typing import TYPE_CHECKING

from quanze.base.markup import as_html, escape
from quanze.base.value import mapping
from quanze.form.kinds.kind import WIDE, Kind, ValueFault, linked, one_line
from quanze.form.kinds.reading import tidy
from quanze.form.sentences import quote
from quanze.law.basis import bases
from quanze.law.citation import IN_PART, Citation
from quanze.law.places import MOST, UNITS, numbers, spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from quanze.base.model import Value
    from quanze.form.kinds.kind import Field, Look, Lookup


def _text(value: object, _field: Field, look: Look) -> str:
    return look.cited(value)


def link(cited: Citation, look: Look) -> Markup:
    """Return a citation as a statute writes it, as a link to its article."""
    article = next(iter(numbers(cited.article)), 0)
    return linked(look.law(cited.law, article) if cited.law else "", str(cited))


def _html(value: object, _field: Field, look: Look) -> Markup:
    """Return the citation, what it proves, whether it still holds, and its wording."""
    cited = look.citation(value)
    parts: list[str] = [link(cited, look)]
    if cited.role:
        parts.append(f' <span class="qz-tag">{escape(cited.role)}</span>')
    if cited.state not in {"", IN_PART} or look.lapsed(cited.law):
        parts.append(' <span class="qz-tag qz-tag--dead">不再适用</span>')
    over = look.prevails(cited)
    if over:
        parts.append(f' <span class="qz-tag qz-tag--dead">{escape(over)}</span>')
    if cited.quote:
        parts.append(f'<details class="qz-quote"><summary>条文</summary><p>{escape(cited.quote)}</p></details>')
    return as_html("".join(parts))


def _texts(value: object, _field: Field, look: Look) -> Iterator[str]:
    yield look.cited(value)
    quoted = look.citation(value).quote
    if quoted:
        yield quoted


def _read(text: str, field: Field, names: Lookup) -> dict[str, Value]:
    return read_all(one_line(text), field, names)[0]


def read_all(text: str, _field: Field | None, names: Lookup) -> list[dict[str, Value]]:
    """Return the citations in a text; whatever is not the title or place of one stays with it as 原文."""
    return [one.data() for one in bases(tidy(text), names.titles(), names.instruments())]


_PLAIN = frozenset({int, NoneType})


def _runs(value: object) -> Iterator[ValueFault]:
    """Yield runs that go backwards, and a citation that names more places than anybody looks at."""
    told = mapping(value)
    if _PLAIN.issuperset(map(type, map(told.get, UNITS))):  # as nearly all are
        return
    citation = Citation.of(value)
    for unit, part in citation.levels.items():
        if part.__class__ is not int and any(first > last for first, last in spans(part)):
            yield ValueFault(f"「{unit}」写的{quote(part)}前大后小；请把小的写在前面", f"/{unit}")
    if citation.size > MOST:
        yield ValueFault(f"一处依据写了 {citation.size} 处条款，超过 {MOST} 处；请拆开或者核对")


KIND = Kind(
    *("引用依据", _text, _html, _read),
    read_all=read_all,
    texts=_texts,
    faults={"article-run": _runs},
    phrase=True,
    width=WIDE,
    shared=True,
)
