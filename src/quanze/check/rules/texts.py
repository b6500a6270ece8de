"""Texts: names that are gone, names that contradict the type, words left to be filled in, days that are none."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.base.value import gather_texts
from quanze.check.rules.values import of_values
from quanze.form import kinds
from quanze.form.words import spot
from quanze.io.yaml import escape
from quanze.law.citation import BY, LAW, QUOTE, UNREAD
from quanze.law.sanction import DECIDER
from quanze.register.catalog import LAWS
from quanze.register.roles import STATUTORY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from quanze.base.model import Record, Value
    from quanze.form import Field
    from quanze.register.catalog import Catalog

    Skip = Callable[[str, Field | None], bool]

VERBATIM = frozenset({QUOTE, UNREAD})
"""Fields whose words are somebody else's."""
_OF_THE_LAW = VERBATIM | {LAW, BY, STATUTORY, DECIDER}
_QUOTED = re.compile("「[^「」]*」|『[^『』]*』|《[^《》]*》|“[^“”]*”")
_PLACEHOLDER = re.compile(
    r"\b(?:TODO|todo|FIXME|TBD)\b|(?<![A-Za-z0-9])(?:[Xx]{2,}|Ｘ{2,}|×{2,})(?![A-Za-z0-9])|某某|[?？]{3,}"
    r"|(?<![等期])待定(?![期点])|\A(?:待补充|待完善|待填写)\Z"
)
_SIGN = re.compile("[TtFXxＸ×某?？待]")
"""With one of these each of them begins."""
_ENDING = re.compile("(?:的|行政|监督)(处罚|检查|奖励|许可|确认|给付|强制|征收|征用|裁决)\\Z")


def holding(catalog: Catalog, pattern: re.Pattern[str], sign: re.Pattern[str] | None = None) -> Iterator[Record]:
    """Yield the records with a text in which a pattern is found: the few that are worth a closer look.

    `sign` is what every text with the pattern has: a set of characters is found at a tenth of the cost.
    """
    suspect = filter(sign.search, catalog.texts) if sign else catalog.texts
    fitting = frozenset(filter(pattern.search, suspect))
    for record in catalog if fitting else ():
        own: set[str] = set()
        gather_texts(record.data.values(), own)
        if not own.isdisjoint(fitting):
            yield record


def texts(catalog: Catalog, record: Record, skip: Skip) -> Iterator[tuple[str, str]]:
    """Yield every text of a record with its pointer, without the fields that `skip` names."""
    yield from _texts(record.data, catalog.forms[record.collection].fields, "", skip)


def _texts(value: Value, fields: Mapping[str, Field], pointer: str, skip: Skip) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _texts(one, fields, f"{pointer}/{index}", skip)
    elif isinstance(value, dict):
        for name, one in value.items():
            field = fields.get(name)
            if not skip(name, field):
                yield from _texts(one, field.fields if field else {}, f"{pointer}/{escape(name)}", skip)


def abolished_name(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """清单里不能再出现已经撤销或者更名的机关（site.yaml 的「旧机构名称」）。

    引号、书名号里的，前面写明「原」的，条文原话、法定实施主体和决定机关除外。
    """
    now = {name.old: name.new for name in catalog.settings.former_names}
    if not now:
        return
    old = re.compile("|".join(map(re.escape, sorted(now, key=len, reverse=True))))
    for record in holding(catalog, old):
        if record.collection == LAWS:
            continue  # who issued what, and what a map says of old wording, is history
        for pointer, text in texts(catalog, record, _not_ours):
            names = _abolished(old, _QUOTED.sub("", text))
            if names:
                message = f"{spot(pointer)}写了已经撤销或者更名的「{names}」；现在是「{now[names]}」"
                yield Finding(record, pointer, message)


def _not_ours(name: str, field: Field | None) -> bool:
    return name in _OF_THE_LAW or name.startswith(("旧", "原")) or (field is not None and field.kind.provenance)


def _abolished(old: re.Pattern[str], text: str) -> str:
    """Return the first abolished name that is not said to be a former one."""
    for match in old.finditer(text):
        if not re.search("原[\u4e00-\u9fff]{0,8}\\Z", text[: match.start()]):
            return match[0]
    return ""


def name_type(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """名称和职权类型不能矛盾：名称以「的处罚」「的检查」等结尾的，类型须是行政处罚、行政检查等；上级目录照上级的写。"""
    for collection, records in catalog.records.items():
        if collection in catalog.from_above:
            continue
        form = catalog.forms[collection]
        title, kind = form.title_field, form.role(kinds.POWERTYPE)
        for record in records.values() if title and kind else ():
            ending = _ENDING.search(str(record.data.get(title, "")))
            if ending and kind in record.data and record.data[kind] != f"行政{ending[1]}":
                contrary = f"名称以「{ending[0]}」结尾，职权类型却是「{record.data[kind]}」"
                yield Finding(record, f"/{kind}", f"{contrary}；请改名称，或者把类型改为「行政{ending[1]}」")


def placeholder(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """不能留下 TODO、待定、XX、××× 这类待填的字样；没有核实的写「待核」。"""
    for record in holding(catalog, _PLACEHOLDER, _SIGN):
        for pointer, text in texts(catalog, record, lambda name, _: name in VERBATIM):
            placeholder = _PLACEHOLDER.search(text)
            if placeholder:
                message = f"{spot(pointer)}里留着待填的「{placeholder[0]}」；没有核实的写「待核」"
                yield Finding(record, pointer, message)


_ALIKE = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u2e80-\u2fdf\ue000-\uf8ff\uf900-\ufaff\U0002f800-\U0002fa1f]")
"""Spaces that are none of ours, radicals (部首), characters of one's own (造字) and compatibility forms of others."""
_RADICALS, _SPACES, _OWN = ("\u2e80", "\u2fdf"), ("\u00a0", "\u205f"), ("\ue000", "\uf8ff")


def look_alike(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """看起来一样、其实是另一个字的，不能用：康熙部首（⼯）不是汉字（工），不换行空格不是空格；查不到，也认不出条文。

    自己造的字别的电脑上显示不出来，列为待复核。
    """
    for record in holding(catalog, _ALIKE):
        for pointer, text in texts(catalog, record, lambda _name, _field: False):
            for found in _ALIKE.finditer(text):
                character, right = found[0], unicodedata.normalize("NFKC", found[0])
                code, at = f"U+{ord(character):04X}", found.start() + 1
                message = f"{spot(pointer)}的第 {at} 个字符是{_told(character, code, right)}"
                yield Finding(record, pointer, message, "review" if _OWN[0] <= character <= _OWN[1] else "error")


def _told(character: str, code: str, right: str) -> str:
    if _SPACES[0] <= character <= _SPACES[1]:
        return f"特殊的空格（{code}）；请删去，或者改成普通的空格"
    if _OWN[0] <= character <= _OWN[1]:
        return f"自己造的字（{code}），别的电脑上显示不出来；请换成标准的汉字"
    what = "部首" if _RADICALS[0] <= character <= _RADICALS[1] else "兼容汉字"
    meant = f"「{right}」" if right != character else ""
    return f"{what}「{character}」（{code}），不是汉字{meant}；请重新打这个字"


def real_date(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """日期须是日历上有的。"""
    return of_values(catalog, "real-date")


RULES = (abolished_name, name_type, placeholder, look_alike, real_date)
