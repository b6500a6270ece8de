"""Personal data: no identity number, no private telephone, no unmasked name where the form asks for a mask."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from stdnum.cn import ric

from quanze.base.problem import Finding
from quanze.check.rules.texts import holding, texts
from quanze.form import kinds
from quanze.form.words import spot
from quanze.io.yaml import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Record, Value
    from quanze.form import Field
    from quanze.register.catalog import Catalog

_IDENTITY = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(
    r"(?<!编码：)(?<!代码：)(?<!编号：)(?<![0-9A-Za-z.-])"
    r"(?:\+?86[ -]?)?1[3-9][0-9](?P<gap>[ -]?)[0-9]{4}(?P=gap)[0-9]{4}(?![0-9A-Za-z.])"
)
_MASKED = re.compile(r"[*＊×某●]")


_SUSPECT = re.compile(f"{_IDENTITY.pattern}|{_MOBILE.pattern}")
_SIGN = re.compile("[0-9][0-9][0-9]")
"""So many digits in a row have all of them."""


def personal_data(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """任何栏目里都不能有身份证号码，「电话」以外的栏目里不能有手机号码；表单要求隐名的栏目，姓名须隐去一部分。"""
    for record in (*holding(catalog, _SUSPECT, _SIGN), catalog.site_record):
        yield from _numbers(catalog, record)
    hiding = {name: fields for name, form in catalog.forms.items() if (fields := _masked(form.fields))}
    for record in chain(catalog, (catalog.site_record,)) if hiding else ():
        for pointer, name in _names(record.data, hiding.get(record.collection, {}), ""):
            if not _MASKED.search(name):
                message = f"{spot(pointer)}写了全名；这一栏公开时须隐去一部分，写成「{name[:1]}*」的样子"
                yield Finding(record, pointer, message)


def _numbers(catalog: Catalog, record: Record) -> Iterator[Finding]:
    for pointer, text in texts(catalog, record, _none):
        for number in _IDENTITY.finditer(text):
            if ric.is_valid(number[0].upper()):
                hidden = f"{number[0][:6]}********{number[0][-4:]}"
                yield Finding(record, pointer, f"{spot(pointer)}里有身份证号码（{hidden}）；请删去")
    for pointer, text in texts(catalog, record, _telephone):
        for number in _MOBILE.finditer(text):
            hidden = f"{number[0][:3]}****{number[0][-4:]}"
            message = f"{spot(pointer)}里有手机号码（{hidden}）；办公电话请写进「电话」，私人的请删去"
            yield Finding(record, pointer, message)


def _none(_name: str, _field: Field | None) -> bool:
    return False


def _telephone(_name: str, field: Field | None) -> bool:
    return field is not None and field.kind in (kinds.PHONE, kinds.CODE)


def _masked(fields: Mapping[str, Field]) -> dict[str, Field]:
    """Return the fields that want a mask, or have parts that do."""
    return {name: field for name, field in fields.items() if field.masked or _masked(field.fields)}


def _names(data: Value, fields: Mapping[str, Field], above: str) -> Iterator[tuple[str, str]]:
    """Yield (pointer, text) of every field that the form wants masked."""
    if not isinstance(data, dict):
        return
    for name, field in fields.items():
        value = data.get(name)
        rows = value if field.many and isinstance(value, list) else [value]
        for index, one in enumerate(rows):
            pointer = f"{above}/{escape(name)}" + (f"/{index}" if field.many else "")
            if field.masked and isinstance(one, str):
                yield pointer, one
            elif field.fields:
                yield from _names(one, field.fields, pointer)


RULES = (personal_data,)
