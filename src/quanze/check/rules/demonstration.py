"""A demonstration claims nothing that is the bureau's; a real site lacks nothing that is required (DESIGN §9)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from quanze.base.problem import Finding
from quanze.check.rules.texts import VERBATIM, holding, texts
from quanze.form import kinds
from quanze.form.kinds.origin import RowOrigin
from quanze.form.words import UNVERIFIED, spot
from quanze.history.adjustment import ADJUSTMENTS
from quanze.law.adjustment import APPROVED
from quanze.law.instrument import VERSIONS
from quanze.law.version import MAP
from quanze.register.catalog import LAWS, LISTS
from quanze.register.definition import CONFIRMED, DOCUMENT, EDITIONS, NAME
from quanze.register.settings import DEMONSTRATION, HOST, OF_A_GOVERNMENT_SITE, REQUIRED, URL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.base.model import Value
    from quanze.form import Field
    from quanze.register.catalog import Catalog
    from quanze.register.occurrences import Occurrence

_ROW = re.compile(rf"/{VERSIONS}/[0-9]+/{MAP}/[0-9]+")
_NO_NUMBER = frozenset({UNVERIFIED, "不适用", "无"})


def demonstration_site(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """演示网站不能有机关网站的标识码和备案号，网址不能在 gov.cn 之下，主办单位不能写示例机关。"""
    if not catalog.settings.demonstration.on:
        return
    settings = catalog.settings
    for name in OF_A_GOVERNMENT_SITE:
        if name in catalog.site:
            message = f"演示网站不能有「{name}」；请删去，或者关闭「{DEMONSTRATION}」"
            yield Finding(catalog.site_record, f"/{name}", message, at_key=True)
    host = urlsplit(settings.url).hostname or ""
    if host == "gov.cn" or host.endswith(".gov.cn"):
        yield Finding(catalog.site_record, f"/{URL}", f"演示网站的网址不能在 gov.cn 之下，而这里是 {host}")
    if settings.demonstration.bureau == settings.host:
        message = f"演示网站不是「{settings.host}」主办的；请写实际的主办者"
        yield Finding(catalog.site_record, f"/{HOST}", message)


def demonstration_claim(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """演示里不写机关的电话和批准，清单的版次不写文号和确认日期，名称里写明「演示」：这些只有机关自己才能定。

    从机关自己的表导入的电话，「来源」的「原文」里有的，不是编造的，可以写。
    """
    if not catalog.settings.demonstration.on or catalog.settings.demonstration.fictitious:
        return  # of a bureau that does not exist nothing can be taken for its word
    for occurrence in catalog.by_kind[kinds.PHONE]:
        if occurrence.value not in _NO_NUMBER and not _from_a_sheet(catalog, occurrence):
            message = f"演示里不能写电话号码「{occurrence.value}」；请写「{UNVERIFIED}」"
            yield Finding(occurrence.record, occurrence.pointer, message)
    yield from _approvals(catalog)


def _from_a_sheet(catalog: Catalog, number: Occurrence[Value]) -> bool:
    """Tell whether a telephone number stands in the words of the row that its record was imported from."""
    origin = catalog.forms[number.record.collection].role(kinds.ORIGIN)
    said = RowOrigin.of(number.record.data.get(origin)).words
    written = str(number.value)
    return written in said or any(_figures(written) in _figures(line) for line in said.split("\n"))


def _figures(text: str) -> str:
    return re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", text))


def _approvals(catalog: Catalog) -> Iterator[Finding]:
    for record in catalog.records.get(ADJUSTMENTS, {}).values():
        if APPROVED in record.data:
            message = f"演示的调整没有经过批准，不能写「{APPROVED}」；请删去"
            yield Finding(record, f"/{APPROVED}", message, at_key=True)
    for record in catalog.records.get(LISTS, {}).values():
        for index, edition in enumerate(catalog.lists[record.id].editions):
            for name, written in ((DOCUMENT, edition.number), (CONFIRMED, edition.confirmed)):
                if written:
                    message = f"演示的清单没有经过批准，版次不能写「{name}」（{written}）；请删去"
                    yield Finding(record, f"/{EDITIONS}/{index}/{name}", message, at_key=True)
            if DEMONSTRATION not in edition.name:
                message = f"演示的版次名称「{edition.name}」会被当成正式版；请在名称里写明「演示」"
                yield Finding(record, f"/{EDITIONS}/{index}/{NAME}", message)


def required_setting(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """正式网站须有网址、承办单位和联系方式（内网不用网址）；独立网站还须有网站标识码、ICP 备案号和公安备案号。"""
    if not catalog.site or catalog.settings.demonstration.on:
        return
    for name in REQUIRED[catalog.settings.standing]:
        if name not in catalog.site:
            what = "正式网站" if name not in OF_A_GOVERNMENT_SITE else "独立的正式网站"
            message = f"{what}须写「{name}」；还没有的，先启用「{DEMONSTRATION}」"
            yield Finding(catalog.site_record, f"/{name}", message, at_key=True)


def unverified(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """正式网站不能留下「待核」，也不能有只写了名称、日期待核的法律版本：核实之后再关闭「演示」。

    条文对照里还待核的，是旧版条文的去向，不是本机关的事项：列为待复核，不影响公布，网页上照样说待核。
    """
    if not catalog.site or catalog.settings.demonstration.on:
        return
    for record in (catalog.site_record, *holding(catalog, re.compile(UNVERIFIED))):
        waiting = [pointer for pointer, text in texts(catalog, record, _keeps) if UNVERIFIED in text]
        for row in dict.fromkeys(row[0] for row in map(_ROW.match, waiting) if row):
            yield Finding(record, row, f"这一行对照还有「{UNVERIFIED}」：旧版的条款去了哪里没有核实", "review")
        for pointer in waiting:
            if not _ROW.match(pointer):
                message = f"{spot(pointer)}还是「{UNVERIFIED}」；核实之后才能作正式公布"
                yield Finding(record, pointer, message)
    for id_, instrument in catalog.instruments.items():
        for version in (*instrument.versions, *instrument.undated):
            if not version.verified and version.name != UNVERIFIED:
                message = f"「{version.name}」的公布日期、施行日期还待核；核实之后才能作正式公布"
                yield Finding(catalog.records[LAWS][id_], f"/{VERSIONS}/{version.index}", message)


def _keeps(name: str, _field: Field | None) -> bool:
    return name in VERBATIM


RULES = (demonstration_site, demonstration_claim, required_setting, unverified)
