"""Kinds that are made of parts, and references: groups, codes, checks, citations, duties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import escape

from quanze.form.kinds.kind import Kind, Look, as_html, parts
from quanze.law.citation import numbers, written
from quanze.law.reading import citations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from quanze.form import Field


def _reference_text(value: Any, field: Field, look: Look) -> str:
    return look.title(field.collection, value) if field.collection else str(value)


def _reference_html(value: Any, field: Field, look: Look) -> Markup:
    return _linked(look.url(field.collection, value) if field.collection else "", _reference_text(value, field, look))


def _linked(url: str, words: str) -> Markup:
    return as_html(f'<a href="{escape(url)}">{escape(words)}</a>') if url else escape(words)


def _citation_text(value: Any, _field: Field, _look: Look) -> str:
    return written(value)


def _citation_html(value: Any, _field: Field, look: Look) -> Markup:
    article = next(iter(numbers(value.get("条"))), 0)
    parts: list[str] = [_linked(look.law(value["依据文件"], article) if "依据文件" in value else "", written(value))]
    role, state, said = value.get("作用"), value.get("效力"), value.get("摘录")
    if role:
        parts.append(f' <span class="qz-tag">{escape(role)}</span>')
    if state and state != "部分适用":
        parts.append(' <span class="qz-tag qz-tag-dead">不再据此处罚</span>')
    if said:
        parts.append(f'<blockquote class="qz-quote">{escape(said)}</blockquote>')
    return as_html("".join(parts))


def _citation_read(text: str, _field: Field) -> Any:
    found = citations(text)
    return found[0] if len(found) == 1 else {"原文": text.strip()}


def _citation_texts(value: Any, _field: Field, _look: Look) -> Iterator[str]:
    yield written(value)
    if "摘录" in value:
        yield value["摘录"]


def _code_span(value: Any) -> str:
    return f"（{value.get('起', '')}至{value.get('止', '')}）" if "起" in value or "止" in value else ""


def _code_text(value: Any, _field: Field, _look: Look) -> str:
    return f"{value['方案']} {value['编码']}{_code_span(value)}"


def _code_html(value: Any, _field: Field, _look: Look) -> Markup:
    scheme, code, span = escape(value["方案"]), escape(value["编码"]), escape(_code_span(value))
    return as_html(f'{scheme} <code class="qz-code">{code}</code>{span}')


def _check_text(value: Any, _field: Field, _look: Look) -> str:
    return f"{value['日期']}（{value['来源']}）"


def _check_html(value: Any, field: Field, look: Look) -> Markup:
    return escape(_check_text(value, field, look))


def _condition_text(value: Any, _field: Field, _look: Look) -> str:
    return "；".join(f"{path}：{_wanted(wanted)}" for path, wanted in value.items())


def _wanted(wanted: Any) -> str:
    if isinstance(wanted, dict):
        return "、".join(f"{inner} {name}" if isinstance(inner, str) else name for name, inner in wanted.items())
    return "、".join(map(str, wanted)) if isinstance(wanted, list) else str(wanted)


def _condition_html(value: Any, field: Field, look: Look) -> Markup:
    return escape(_condition_text(value, field, look))


COMPOSITE = (
    Kind("条件", _condition_text, _condition_html),
    Kind("关联记录", _reference_text, _reference_html),
    Kind("引用依据", _citation_text, _citation_html, _citation_read, texts=_citation_texts),
    Kind("编码", _code_text, _code_html),
    Kind("核对", _check_text, _check_html),
)

__all__ = ["COMPOSITE", "parts"]
