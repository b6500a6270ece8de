"""A code that some scheme gives a power (编码)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from quanze.base.markup import as_html, escape
from quanze.form.kinds.kind import Kind, ValueFault, in_lines
from quanze.law.codes import END, AssignedCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markupsafe import Markup

    from quanze.base.model import Value
    from quanze.form.kinds.kind import Field, Look, Lookup

SCHEMES: Mapping[int, str] = {12: "基本编码", 31: "实施编码", 33: "业务办理项编码"}
"""The name of a code's scheme by its number of digits."""

_CODE = re.compile(r"(?:(?P<scheme>\S+)\s+)?(?P<code>[0-9A-Za-z-]+)\s*(?:（(?P<start>[^至]*)至(?P<end>[^）]*)）)?\Z")


def _span(code: AssignedCode) -> str:
    return f"（{code.start}至{code.end}）" if code.start or code.end else ""


def _text(value: object, _field: Field, _look: Look) -> str:
    code = AssignedCode.of(value)
    return f"{code.scheme} {code.code}{_span(code)}"


def _html(value: object, _field: Field, _look: Look) -> Markup:
    assigned_code = AssignedCode.of(value)
    scheme, code, span = escape(assigned_code.scheme), escape(assigned_code.code), escape(_span(assigned_code))
    return as_html(f'{scheme} <code class="qz-code">{code}</code>{span}')


def _read(text: str, _field: Field, _names: Lookup) -> dict[str, Value]:
    match = _CODE.match(unicodedata.normalize("NFKC", text).replace("(", "（").replace(")", "）").replace("\n", ""))
    scheme = match and (match["scheme"] or SCHEMES.get(len(match["code"])))
    if not match or not scheme:
        raise ValueError(f"「{text}」看不出是哪种编码；写成「方案 编码」，如「基本编码 000125045000」")
    start, end = ((match[part] or "").strip() for part in ("start", "end"))
    return AssignedCode(scheme, match["code"], start, end).data()


def _period(value: object) -> Iterator[ValueFault]:
    code = AssignedCode.of(value)
    if code.start and code.end and code.end < code.start:
        yield ValueFault(f"编码「{code.code}」的「止」{code.end} 早于「起」{code.start}；是不是写反了", f"/{END}")


KIND = Kind("编码", _text, _html, _read, in_lines, faults={"code-scheme": _period}, phrase=True)
