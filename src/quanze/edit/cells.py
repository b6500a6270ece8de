"""What a cell says: text → the value of a field, by its kind; the inverse of what a list prints.

Nothing is guessed: a text that cannot be read raises ValueError with a sentence that says what would be right.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from quanze.form.kinds import kind
from quanze.law.reading import citations

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from quanze.base.model import Value
    from quanze.form import Field
    from quanze.register.catalog import Catalog

CITATION = "引用依据"
TITLE_MARK = "《"
UNREAD = "原文"
"""The part of a citation that keeps what could not be taken apart."""
SCHEMES: Mapping[int, str] = {12: "基本编码", 31: "实施编码", 33: "业务办理项编码"}
"""The name of a code's scheme by its number of digits."""

_LONG = frozenset({"多行文本"})
_NUMBERS = frozenset({"数值", "数量", "金额"})
_FREE = frozenset({"文本", "标题", "关键词", "职权子类"})
_MARKS = re.compile(r"[\n、，,；;]+")
_LINES = re.compile(r"[\n；;]+")
_MYRIADS = re.compile(r"([0-9]+(?:\.[0-9]+)?)(万|亿)?元?\Z")
_CODE = re.compile(r"(?:(?P<scheme>\S+)\s+)?(?P<code>[0-9A-Za-z-]+)\s*(?:（(?P<start>[^至]*)至(?P<end>[^）]*)）)?\Z")
_CHECK = re.compile(r"(?P<date>[^（]+)（(?P<source>.+)）\Z", re.DOTALL)
_PLAIN_PLACE = re.compile(
    r"【[^】]*】|[第条款项目之至、，,；;。.：:()（）\[\]\s0-9零〇一二两三四五六七八九十百千和或者及以与]"
)
_TITLES = re.compile(r"《[^《》]*》")


def tidy(text: str) -> str:
    """Return the text of a cell without what a spreadsheet leaves in it and nobody sees."""
    clean = (
        text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").replace("\ufeff", "")
    )
    return "\n".join(line.strip(" \t　") for line in clean.split("\n")).strip()


def read(text: str, field: Field, catalog: Catalog) -> Value:
    """Return the value that a text gives to a field; None for a text that says nothing."""
    clean = tidy(text)
    if not clean:
        return None
    if not field.many:
        return _one(clean, field, catalog)
    if field.kind == CITATION:
        return list(basis(clean, catalog))
    found: list[Value] = []
    for part in _split(clean, field, catalog):
        value = _one(part, field, catalog)
        if value not in found:
            found.append(value)
    return found


def basis(text: str, catalog: Catalog) -> list[dict[str, Value]]:
    """Return the citations in a text; whatever is not the title or place of one stays with it as 原文.

    A line that begins with a known title counts as if the title stood in its marks.
    """
    names = sorted((name for one in catalog.instruments.values() for name in one.names), key=len, reverse=True)
    head, *rest = "\n".join(_marked(line, names) for line in tidy(text).split("\n")).split(TITLE_MARK)
    segments = [TITLE_MARK + part for part in rest] or [""]
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
    for name in names if TITLE_MARK not in line else ():
        if bare == name or bare.startswith(f"{name}第"):
            return f"《{name}》{bare.removeprefix(name)}"
    return line


def _split(text: str, field: Field, catalog: Catalog) -> list[str]:
    """Cut the text of a list into its elements: at the marks, unless the whole is one element already."""
    if field.kind == "关联记录":
        return [text] if _reference(text, field, catalog) else [part for part in _MARKS.split(text) if part]
    if field.fields:
        inner = _only_part(field)
        marks = _MARKS if inner and inner.choices and not _named_parts(text, field) else re.compile(r"\n+")
    else:
        marks = _LINES if field.kind == "文本" and not field.choices else _MARKS
    return [part.strip() for part in marks.split(text) if part.strip()]


def _one(text: str, field: Field, catalog: Catalog) -> Value:
    if field.choices:
        return _choice(text, field)
    own = _READERS.get(field.kind)
    if own:
        value: Value = own(text, field, catalog)
        return value
    if field.kind in _LONG:
        return text
    line = re.sub(r"\s*\n\s*", "", text)
    if field.kind == CITATION:
        return basis(line, catalog)[0]
    if field.kind in _NUMBERS:
        return _number(line, field)
    if field.fields:
        return _group(text, field, catalog)
    said: Value = kind(field).read(line if field.kind in _FREE else unicodedata.normalize("NFKC", line), field)
    return said


def _choice(text: str, field: Field) -> str:
    word = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    for choice in field.choices:
        if word in (choice, unicodedata.normalize("NFKC", choice)):
            return choice
    near = difflib.get_close_matches(word, field.choices, 1, 0.4)
    hint = f"最接近的是「{near[0]}」；" if near else ""
    raise ValueError(f"「{text}」不在词表里；{hint}只能是：{'、'.join(field.choices)}")


def _reference(text: str, field: Field, catalog: Catalog) -> str:
    """Return the id of the record that a text names by id or title; empty where none or several have that name."""
    records = catalog.records.get(field.collection, {})
    if text in records or not field.collection:
        return text
    named = [id_ for id_, record in records.items() if catalog.title(record) == text]
    return named[0] if len(named) == 1 else ""


def _referred(text: str, field: Field, catalog: Catalog) -> str:
    line = text.replace("\n", "")
    found = _reference(line, field, catalog)
    if found:
        return found
    titles = {catalog.title(record): id_ for id_, record in catalog.records.get(field.collection, {}).items()}
    near = difflib.get_close_matches(line, [*titles, *titles.values()], 1, 0.5)
    hint = f"；最接近的是「{near[0]}」" if near else "；请先建这条记录"
    raise ValueError(f"「{line}」在 catalog/{field.collection}/ 里没有对应的记录{hint}")


def _number(text: str, field: Field) -> int | float:
    """Return a number as people write it in a sheet: １０万元, 1,000, 2.5."""
    digits = re.sub(r"[\s,，]", "", unicodedata.normalize("NFKC", text))
    found = _MYRIADS.match(digits)
    if not found:
        said: int | float = kind(field).read(digits, field)
        return said
    amount = float(found[1]) * {"万": 10_000, "亿": 100_000_000}.get(found[2] or "", 1)
    return int(amount) if amount == int(amount) else amount


def _only_part(field: Field) -> Field | None:
    """Return the part that a text without part names goes to: the one that is required, if it is the only one."""
    required = [part for part in field.fields.values() if part.required]
    return required[0] if len(required) == 1 else None


def _named_parts(text: str, field: Field) -> list[tuple[str, str]]:
    """Cut 层级：市级；权限：全部 at the names of the parts; nothing where the text does not begin with one."""
    names = "|".join(map(re.escape, field.fields))
    found = list(re.finditer(rf"(?:\A|；)({names})：", text))
    if not found or found[0].start():
        return []
    ends = [*(match.start() for match in found[1:]), len(text)]
    return [(match[1], text[match.end() : end]) for match, end in zip(found, ends, strict=True)]


def _group(text: str, field: Field, catalog: Catalog) -> Value:
    named = _named_parts(text, field)
    if named:
        return {name: read(part, field.fields[name], catalog) for name, part in named}
    only = _only_part(field)
    if only:
        return {only.name: read(text, only, catalog)}
    raise ValueError(f"「{text[:20]}」要分开写：{'；'.join(f'{name}：…' for name in list(field.fields)[:4])}")


def _code(text: str, _field: Field, _catalog: Catalog) -> Value:
    found = _CODE.match(unicodedata.normalize("NFKC", text).replace("(", "（").replace(")", "）").replace("\n", ""))
    scheme = found and (found["scheme"] or SCHEMES.get(len(found["code"])))
    if not found or not scheme:
        raise ValueError(f"「{text}」看不出是哪种编码；写成「方案 编码」，如「基本编码 000125045000」")
    span = {
        name: part.strip() for name, part in (("起", found["start"]), ("止", found["end"])) if part and part.strip()
    }
    return {"方案": scheme, "编码": found["code"], **span}


def _check(text: str, field: Field, catalog: Catalog) -> Value:
    found = _CHECK.match(text)
    if not found:
        raise ValueError(f"「{text[:20]}」要写明日期和来源，如「2026-05-01（来源）」")
    return {"日期": read(found["date"], field.fields["日期"], catalog), "来源": found["source"].strip()}


def _unreadable(text: str, field: Field, _catalog: Catalog) -> Value:
    raise ValueError(
        f"「{field.name}」不能从一格文字读入（{text[:20]}）；请导入后在记录里填写，或者先用固定值写「待核」"
    )


_READERS: Mapping[str, Callable[[str, Field, Catalog], Any]] = {
    "关联记录": _referred,
    "编码": _code,
    "核对": _check,
    "罚款幅度": _unreadable,
}
