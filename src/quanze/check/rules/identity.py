"""Identity: one name, one code for one thing, and codes that say what the record says."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.problem import Finding
from quanze.check.rules.values import of_values
from quanze.form import kinds, pattern
from quanze.form.sentences import quote
from quanze.form.words import spot
from quanze.law import codes
from quanze.register.catalog import BODIES, SUBITEM
from quanze.register.definition import UPSTREAM
from quanze.register.life import lives
from quanze.register.settings import CodeScheme

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Record
    from quanze.form import Field, Form
    from quanze.form.kinds import Kind
    from quanze.register.catalog import Catalog
    from quanze.register.occurrences import Occurrence

"""Sub-items share the name of their main item and differ in this."""


def _body_field(form: Form) -> str:
    """Return the field that names the bodies of a record, or an empty string."""
    fields = form.fields.values()
    return next((f.name for f in fields if f.collection == BODIES != form.collection and f.kind is kinds.REF), "")


def _editions(catalog: Catalog, collection: str) -> list[str]:
    """Return the fields by which lists of a superior's tell one directory, or one edition of it, from another."""
    lists = (one for one in catalog.lists.values() if one.collection == collection and one.nature == UPSTREAM)
    return sorted({name for one in lists for name in one.condition})


def duplicate_name(catalog: Catalog, at: str) -> Iterator[Finding]:
    """同一机关、同一职权类型之下，两条有效的记录不能同名；子项与主项同名的，子项名称须不同。

    只有全角半角、空格、大小写不同的，也是同名。上级目录的条目，只比同一部目录里的。
    """
    known = lives(catalog)
    for collection, records in catalog.records.items():
        form = catalog.forms[collection]
        title, kind, body = form.title_field, form.role(kinds.POWERTYPE), _body_field(form)
        editions = _editions(catalog, collection)
        seen: dict[tuple[object, ...], Record] = {}
        also = "和".join(filter(None, (body, kind)))
        for record in records.values():
            if title not in record.data or known[collection].ended(record.data, at):
                continue
            name = (
                *(_alike(record.data.get(one)) for one in (title, SUBITEM)),
                *(str(record.data.get(one)) for one in (kind, *editions)),
            )
            bodies = record.data.get(body)
            twins = [
                seen.setdefault((*name, one), record) for one in (bodies if isinstance(bodies, list) else [bodies])
            ]
            twin = next((one for one in twins if one is not record), None)
            if twin:
                mine, other = record.data[title], twin.data[title]
                same = "同名" if mine == other else f"的「{other}」只有全角半角、空格或者大小写不同"
                alike = f"{same}，{also}也相同" if also else same
                yield Finding(record, f"/{title}", f"「{mine}」与 {twin.id} {alike}；请合并，或者把名称写得不同")


def _alike(text: object) -> str:
    """Return a name without what only a machine tells apart: full and half width, spaces, case."""
    return "".join(unicodedata.normalize("NFKC", str(text or "")).split()).casefold()


def duplicate_code(catalog: Catalog, at: str) -> Iterator[Finding]:
    """同一方案的一个编码只能给一条有效的记录。"""
    known = lives(catalog)
    seen: dict[tuple[object, object], Occurrence[object]] = {}
    for occurrence in catalog.by_kind[kinds.CODE]:
        if known[occurrence.record.collection].ended(occurrence.record.data, at):
            continue
        code = codes.AssignedCode.of(occurrence.value)
        first = seen.setdefault((code.scheme, code.code), occurrence)
        if first is not occurrence:
            whose = "本记录" if first.record is occurrence.record else f" {first.record.id} "
            message = f"{code.scheme}「{code.code}」已经用在{whose}的{spot(first.pointer)}；一个编码只能用一次"
            yield Finding(occurrence.record, f"{occurrence.pointer}/{codes.CODE}", message)


def code_scheme(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """编码须符合它的方案：基本编码 12 位，实施编码 31 位，业务办理项编码 33 位（后两种含统一社会信用代码的校验）。

    地方方案照 site.yaml 的「编码方案」。
    """
    local, wrong = _local(catalog)
    yield from wrong
    yield from of_values(catalog, "code-scheme")
    for occurrence in catalog.by_kind[kinds.CODE]:
        code = codes.AssignedCode.of(occurrence.value)
        fault = codes.fault(code.scheme, code.code, local)
        if fault:
            part = codes.CODE if code.scheme in {*codes.LENGTHS, *local} else codes.SCHEME
            yield Finding(occurrence.record, f"{occurrence.pointer}/{part}", f"编码「{code.code}」{fault}")


def _local(catalog: Catalog) -> tuple[Mapping[str, codes.LocalScheme], list[Finding]]:
    """Return the schemes that site.yaml registers, and findings on patterns that are none."""
    patterns: dict[str, codes.LocalScheme] = {}
    wrong: list[Finding] = []
    for index, scheme in enumerate(catalog.settings.code_schemes):
        fits = pattern(scheme.pattern)
        if fits is None:
            why = "不是能用的正则表达式：括号要成对，不用前瞻和反向引用，重复次数不要太大；如 [0-9]{13}"
            message = f"编码方案「{scheme.name}」的写法{quote(scheme.pattern)}{why}"
            wrong.append(Finding(catalog.site_record, CodeScheme.place(index), message))
        else:
            patterns[scheme.name] = codes.LocalScheme(scheme.pattern, fits)
    return patterns, wrong


class _Said(NamedTuple):
    """What a record says of itself, to hold its codes against."""

    type: str
    types: Mapping[str, str]
    """The digits that national codes have for the form's types."""
    credits: frozenset[str]
    levels: frozenset[str]
    provinces: frozenset[str]


def _said(catalog: Catalog, record: Record, body: str, kind: Field | None) -> _Said:
    """Return what a record and its bodies say; `body` and `kind` are the fields that hold them and the type."""
    names = record.data.get(body)
    found = (catalog.record(BODIES, id_) for id_ in (names if isinstance(names, list) else [names]))
    bodies = [one.data for one in found if one]

    def every(kind: Kind) -> frozenset[str]:
        name = catalog.forms[BODIES].role(kind) if bodies else ""
        return frozenset(str(data[name]) for data in bodies if name in data)

    provinces = frozenset(region[:2] for region in every(kinds.REGION))
    type_, types = (str(record.data.get(kind.name, "")), kind.codes) if kind else ("", {})
    return _Said(type_, types, every(kinds.USCC), every(kinds.LEVEL), provinces)


def code_mismatch(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """编码里的类型、省份、机关代码和层级与记录不一致的，列为待复核（真实的机关也有不一致的）。"""
    fields = {
        name: (_body_field(form), form.fields.get(form.role(kinds.POWERTYPE))) for name, form in catalog.forms.items()
    }
    said: dict[str, _Said] = {}
    for occurrence in catalog.by_kind[kinds.CODE]:
        given = codes.AssignedCode.of(occurrence.value)
        code = codes.read(given.scheme, given.code)
        if code is None:
            continue
        if occurrence.record.path not in said:
            said[occurrence.record.path] = _said(catalog, occurrence.record, *fields[occurrence.record.collection])
        for message in _differences(code, said[occurrence.record.path]):
            yield Finding(
                occurrence.record, f"{occurrence.pointer}/{codes.CODE}", f"编码「{given.code}」{message}", "review"
            )


def _differences(code: codes.Code, said: _Said) -> Iterator[str]:
    """Yield what a code says otherwise than its record."""
    if said.types.get(said.type, code.type) != code.type:
        meant = next((word for word, digits in said.types.items() if digits == code.type), "没有的类型")
        yield f"的类型码 {code.type} 是{meant}，而职权类型是{said.type}"
    if said.provinces and code.region not in {codes.NATIONAL, *said.provinces}:
        yield f"的行政区划码 {code.region} 与行使主体的 {'、'.join(sorted(said.provinces))} 不同"
    if code.credit and said.credits and code.credit not in said.credits:
        yield f"里的统一社会信用代码 {code.credit} 不是行使主体的"
    if code.level and said.levels and code.level not in said.levels:
        yield f"的层级是{code.level}，而行使主体是{'、'.join(sorted(said.levels))}"


def credit_code(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """统一社会信用代码的校验码须对（GB 32100）。"""
    return of_values(catalog, "credit-code")


def credit_region(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """统一社会信用代码第 3 至 8 位与行政区划不同的，列为待复核（登记地不同的也有）。"""
    for collection, form in catalog.forms.items():
        credit, region = form.role(kinds.USCC), form.role(kinds.REGION)
        if not (credit and region):
            continue
        for record in catalog.records.get(collection, {}).values():
            code, place = str(record.data.get(credit, "")), str(record.data.get(region, ""))
            if code and place and code[2:8] != place:
                message = f"统一社会信用代码里的区划 {code[2:8]} 与「{region}」{place} 不同；请核对"
                yield Finding(record, f"/{credit}", message, "review")


RULES = (duplicate_name, duplicate_code, code_scheme, code_mismatch, credit_code, credit_region)
