"""A code that some scheme gives a power (编码)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from quanze.form.kinds.kind import Kind, as_html, in_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from quanze.base.model import Value
    from quanze.form.fields import Field
    from quanze.form.kinds.kind import Look, Lookup

SCHEMES: Mapping[int, str] = {12: "基本编码", 31: "实施编码", 33: "业务办理项编码"}
"""The name of a code's scheme by its number of digits."""

_CODE = re.compile(r"(?:(?P<scheme>\S+)\s+)?(?P<code>[0-9A-Za-z-]+)\s*(?:（(?P<start>[^至]*)至(?P<end>[^）]*)）)?\Z")


def _span(value: Any) -> str:
    return f"（{value.get('起', '')}至{value.get('止', '')}）" if "起" in value or "止" in value else ""


def _text(value: Any, _field: Field, _look: Look) -> str:
    return f"{value['方案']} {value['编码']}{_span(value)}"


def _html(value: Any, _field: Field, _look: Look) -> Markup:
    scheme, code, span = escape(value["方案"]), escape(value["编码"]), escape(_span(value))
    return as_html(f'{scheme} <code class="qz-code">{code}</code>{span}')


def _read(text: str, _field: Field, _names: Lookup) -> dict[str, Value]:
    found = _CODE.match(unicodedata.normalize("NFKC", text).replace("(", "（").replace(")", "）").replace("\n", ""))
    scheme = found and (found["scheme"] or SCHEMES.get(len(found["code"])))
    if not found or not scheme:
        raise ValueError(f"「{text}」看不出是哪种编码；写成「方案 编码」，如「基本编码 000125045000」")
    span = {
        name: part.strip() for name, part in (("起", found["start"]), ("止", found["end"])) if part and part.strip()
    }
    return {"方案": scheme, "编码": found["code"], **span}


KIND = Kind("编码", _text, _html, _read, in_lines, phrase=True)
