"""Kinds that are one word or one line: text, dates, numbers, yes or no, telephones, addresses."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from quanze.form.kinds.kind import Kind, Look, as_html
from quanze.law.citation import articles
from quanze.law.numerals import number

if TYPE_CHECKING:
    from markupsafe import Markup

    from quanze.form import Field

_DATE = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?(?:[ T]00:00:00)?\Z")
_YES, _NO = {"是", "有", "true", "TRUE", "1", "√"}, {"否", "无", "false", "FALSE", "0", "×"}


def _paragraphs(value: Any, _field: Field, _look: Look) -> Markup:
    lines = [line.strip() for line in str(escape(value)).split("\n")]
    return as_html("".join([f"<p>{line}</p>" for line in lines if line]))


def _date_html(value: Any, _field: Field, _look: Look) -> Markup:
    date = escape(value)
    return as_html(f'<time datetime="{date}">{date}</time>')


def _date_read(text: str, _field: Field) -> str:
    found = _DATE.match(text.strip())
    if not found:
        raise ValueError(f"「{text}」不是日期；写成 2026-05-01 的样子")
    try:
        return datetime.date(*map(int, found.groups())).isoformat()
    except ValueError:
        raise ValueError(f"「{text}」不是日历上有的日期") from None


def _number_text(value: Any, _field: Field, _look: Look) -> str:
    return f"{value:,}"


def _number_html(value: Any, field: Field, look: Look) -> Markup:
    return escape(_number_text(value, field, look))


def _number_read(text: str, _field: Field) -> int | float:
    digits = text.strip().replace(",", "").replace("，", "").removesuffix("元")
    whole = number(digits) if digits else None
    if whole is not None:
        return whole
    try:
        return float(digits)
    except ValueError:
        raise ValueError(f"「{text}」不是数字") from None


def _amount_text(value: Any, _field: Field, _look: Look) -> str:
    return f"{value:,} 元"


def _amount_html(value: Any, field: Field, look: Look) -> Markup:
    return escape(_amount_text(value, field, look))


def _units_text(value: Any, field: Field, _look: Look) -> str:
    return articles({field.name: value}) or str(value)


def _units_html(value: Any, field: Field, look: Look) -> Markup:
    return escape(_units_text(value, field, look))


def _yes_text(value: Any, _field: Field, _look: Look) -> str:
    return "是" if value else "否"


def _yes_html(value: Any, field: Field, look: Look) -> Markup:
    return escape(_yes_text(value, field, look))


def _yes_read(text: str, _field: Field) -> bool:
    word = text.strip()
    if word in _YES or word in _NO:
        return word in _YES
    raise ValueError(f"「{text}」不是「是」或「否」")


def _phone_html(value: Any, _field: Field, _look: Look) -> Markup:
    digits = re.sub("[^0-9+]", "", str(value).partition("转")[0])
    return as_html(f'<a href="tel:{digits}">{escape(value)}</a>') if digits else escape(value)


def _url_html(value: Any, _field: Field, _look: Look) -> Markup:
    url = escape(value)
    return as_html(f'<a href="{url}" rel="external noopener">{url}</a>')


def _status_html(value: Any, _field: Field, _look: Look) -> Markup:
    status = escape(value)
    return as_html(f'<span class="qz-status" data-status="{status}">{status}</span>')


PLAIN = (
    Kind("文本"),
    Kind("标题"),
    Kind("关键词"),
    Kind("职权类型"),
    Kind("职权子类"),
    Kind("层级"),
    Kind("位阶"),
    Kind("统一社会信用代码"),
    Kind("行政区划"),
    Kind("附件文件"),
    Kind("条文全文"),
    Kind("条款序号", _units_text, _units_html),
    Kind("状态", html=_status_html),
    Kind("多行文本", html=_paragraphs),
    *(Kind(name, html=_date_html, read=_date_read) for name in ("日期", "起始日期", "终止日期")),
    *(Kind(name, _number_text, _number_html, _number_read) for name in ("数值", "数量")),
    Kind("金额", _amount_text, _amount_html, _number_read),
    Kind("是否", _yes_text, _yes_html, _yes_read),
    Kind("电话", html=_phone_html),
    Kind("网址", html=_url_html),
)
