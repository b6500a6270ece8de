"""Competence: which rank may set a penalty, a licence, a fee or a compulsory measure, and who may not be entrusted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.check.rules.sanctions import bases
from quanze.form import kinds
from quanze.form.conditions import conditions, meets
from quanze.law.citation import BASIS, DUTY, PENALTY, POWER, citations
from quanze.law.fee import CHARGED, FEE, Fee
from quanze.law.fine import FINE, UPPER
from quanze.law.instrument import UNVERIFIED
from quanze.law.numerals import numeral
from quanze.law.penalty import KINDS, MAY_SET
from quanze.law.sanction import KINDS as FIELD
from quanze.register.catalog import BODIES
from quanze.register.roles import roles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quanze.base.model import Record
    from quanze.register.catalog import Catalog

LAW, REGULATION, DECISION, LOCAL = "法律", "行政法规", "国务院决定", "地方性法规"
RULES_OF = ("部门规章", "地方政府规章")
_LICENCE, _COMPULSION = "行政许可", "行政强制"
_MEASURE, _EXECUTION = "行政强制措施", "行政强制执行"
_PERSON_OR_MONEY = re.compile("人身自由|冻结|盘问|强制(?:约束|隔离|带离)")
_TAKEN = re.compile("查封|扣押|冻结|限制人身自由")
_CARRIED_OUT = re.compile("加处罚款|滞纳金|划拨|拍卖|代履行|强制拆除|恢复原状")
_ENTRUSTED = "委托"


def penalty_rank(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """什么位阶的文件能设定什么处罚，依行政处罚法第十条至第十四条、第十六条；超出的列为待复核。

    法律能设定各种处罚；行政法规不能设定行政拘留；地方性法规不能设定行政拘留、吊销营业执照；规章只能设定警告、通报批评、罚款；
    国务院决定和其他文件都不能设定。
    """
    for occurrence in catalog.sanctions:
        ranks = _distinct(i.rank for _, c, i in bases(catalog, occurrence) if not c.displaced)
        if not ranks or {LAW, UNVERIFIED} & {*ranks}:
            continue
        allowed = frozenset().union(*(MAY_SET.get(rank, (16, frozenset()))[1] for rank in ranks))
        for index, kind in enumerate(occurrence.value.kinds):
            if kind in KINDS and kind not in allowed:
                article = MAY_SET.get(ranks[0], (16, frozenset()))[0]
                message = f"{'、'.join(ranks)}不能设定「{kind}」（行政处罚法第{numeral(article)}条）；请核对依据"
                yield Finding(occurrence.record, f"{occurrence.pointer}/{FIELD}/{index}", message, "review")


def fine_limit(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """只依规章的罚款，不能超过 site.yaml 的「规章罚款限额」（行政处罚法第十三条、第十四条）；超过的列为待复核。

    限额由国务院、省级人大常委会规定，写进设置的要有出处；没有写限额的不比较。上位法规定了幅度的，请把上位法也写进依据。
    """
    limits = catalog.settings.fine_limits
    for occurrence in catalog.sanctions if limits else ():
        ranks = _distinct(i.rank for _, _, i in bases(catalog, occurrence))
        most = occurrence.value.bounds.amount.high or 0
        fitting = [limit for limit in limits if limit.rank in ranks]
        if not fitting or not {*ranks} <= {*RULES_OF} or most <= max(limit.most for limit in fitting):
            continue
        limit = max(fitting, key=lambda limit: limit.most)
        beyond = f"只依{'、'.join(ranks)}罚款 {most:,} 元，超过限额 {limit.most:,} 元（{limit.basis}）"
        message = f"{beyond}；请核对，或者补上上位法的依据"
        yield Finding(occurrence.record, f"{occurrence.pointer}/{FINE}/{UPPER}", message, "review")


def licence_rank(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """行政许可由法律、行政法规、国务院决定、地方性法规设定，省级人民政府规章只能设定临时的；其他文件不能设定。

    依行政许可法第十四条、第十五条、第十七条；职权依据里没有能设定许可的文件的，列为待复核。
    """
    for record, field in _powers(catalog, _LICENCE):
        ranks = _grounds(catalog, record, field)
        if not ranks or {LAW, REGULATION, DECISION, LOCAL} & {*ranks}:
            continue
        if "地方政府规章" in ranks:
            why = "规章里只有省级人民政府的能设定行政许可，是临时的，满一年就要有地方性法规（行政许可法第十五条）"
        else:
            why = f"{'、'.join(ranks)}不能设定行政许可（行政许可法第十七条）"
        message = f"{why}；请补上设定它的法律、法规或者国务院决定"
        yield Finding(record, f"/{field}", message, "review", at_key=True)


def licence_fee(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """行政许可不收费；收费的，须写法律、行政法规的依据（行政许可法第五十八条）。"""
    for record, _ in _powers(catalog, _LICENCE):
        for pointer, fee in _fees(record.data, ""):
            if not fee.charged:
                continue
            named = [catalog.named(basis.law) for basis in fee.bases]
            if not named:
                message = "写了收费，没有写收费的依据；行政许可收费须有法律、行政法规的依据（行政许可法第五十八条）"
                yield Finding(record, f"{pointer}/{CHARGED}", message)
            elif all(len(one) == 1 and one[0].rank not in {LAW, REGULATION, UNVERIFIED} for one in named):
                ranks = "、".join(_distinct(one[0].rank for one in named))
                message = f"{ranks}不能作行政许可收费的依据，须是法律、行政法规（行政许可法第五十八条）；请核对"
                yield Finding(record, f"{pointer}/{BASIS}", message, at_key=True)


def compulsion_rank(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """行政强制措施由法律设定；行政法规可以设定限制人身自由、冻结存款以外的，地方性法规只能设定查封、扣押的。

    事项的义务、罚则出自法律，而这部法律没有设定强制措施的，法规不得设定。行政强制执行只能由法律设定，规章和其他文件都不能设定。
    依行政强制法第十条、第十一条、第十三条；超出的列为待复核。
    """
    for record, field in _powers(catalog, _COMPULSION):
        ranks = _grounds(catalog, record, field)
        if ranks and LAW not in ranks:
            why = _executed(ranks) if _executes(catalog, record) else _measured(catalog, record, field, ranks)
            if why:
                yield Finding(record, f"/{field}", f"{why}；请核对依据", "review", at_key=True)


def _executed(ranks: list[str]) -> str:
    return f"{'、'.join(ranks)}不能设定行政强制执行，只能由法律设定（行政强制法第十三条）"


def _measured(catalog: Catalog, record: Record, field: str, ranks: list[str]) -> str:
    """Return why instruments of those ranks, none a law, cannot set a measure; empty where they can."""
    name = catalog.title(record)
    if not {REGULATION, LOCAL} & {*ranks}:
        return f"{'、'.join(ranks)}不能设定行政强制措施（行政强制法第十条）"
    if REGULATION in ranks and _PERSON_OR_MONEY.search(name):
        return "行政法规不能设定限制人身自由、冻结存款汇款的强制措施（行政强制法第十条）"
    if REGULATION not in ranks and not re.search("查封|扣押", name):
        return "地方性法规只能设定查封、扣押的强制措施（行政强制法第十条）"
    duties = [
        catalog.named(citation.law) for citation in citations(record.data[field]) if citation.role in {DUTY, PENALTY}
    ]
    laws = _distinct(law.short for named in duties for law in named if len(named) == 1 and law.rank == LAW)
    if laws:
        return f"《{laws[0]}》没有设定的强制措施，法规不得设定，法律规定由行政法规规定的除外（行政强制法第十一条）"
    return ""


def compulsion_kind(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """查封、扣押、冻结是行政强制措施（行政强制法第九条），加处罚款、划拨、拍卖、代履行是行政强制执行（第十二条）。

    事项子类写成另一种的，列为待复核：设定的权限、能不能委托、程序都不同。
    """
    for record, _ in _powers(catalog, _COMPULSION):
        field = catalog.forms[record.collection].role(kinds.SUBTYPE)
        subtype, name = record.data.get(field), catalog.title(record)
        carried_out = _CARRIED_OUT.search(name)
        taken = None if carried_out else _TAKEN.search(name)
        if carried_out and subtype == _MEASURE:
            why = f"{carried_out[0]}是{_EXECUTION}（行政强制法第十二条）"
        elif taken and subtype == _EXECUTION:
            why = f"{taken[0]}是{_MEASURE}（行政强制法第九条）"
        else:
            continue
        yield Finding(record, f"/{field}", f"{why}，这里写的是「{subtype}」；请核对", "review")


def compulsion_entrusted(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """行政强制措施权不得委托（行政强制法第十七条）：委托的事项里不能有行政强制措施，行使主体也不能是受委托组织。"""
    measures = {
        (record.collection, record.id) for record, _ in _powers(catalog, _COMPULSION) if not _executes(catalog, record)
    }
    for key in measures:
        for occurrence in catalog.references.get(key, ()):
            allowed = meets(catalog.records[key[0]][key[1]].data, conditions(occurrence.field.only))
            if _ENTRUSTED in occurrence.record.data.values() and allowed:  # else the reference itself is told
                name = catalog.title(catalog.records[key[0]][key[1]])
                message = f"「{name}」是行政强制措施，不得委托（行政强制法第十七条）；请删去"
                yield Finding(occurrence.record, occurrence.pointer, message)
    bodies = {roles(form).bodies for form in catalog.forms.values()}
    for named in catalog.by_kind[kinds.REF]:
        body = catalog.record(BODIES, named.value) if named.field.collection == BODIES else None
        held = (named.record.collection, named.record.id) in measures and named.field.name in bodies
        if held and body and body.data.get("类型") == "受委托组织":
            message = f"「{catalog.title(body)}」是受委托组织，不能实施行政强制措施（行政强制法第十七条）；请核对"
            yield Finding(named.record, named.pointer, message)


def _powers(catalog: Catalog, type_: str) -> Iterator[tuple[Record, str]]:
    """Yield the records of powers of a type, each with the field of its basis."""
    for collection, records in catalog.records.items():
        form = catalog.forms[collection]
        power, basis = form.role(kinds.POWERTYPE), form.role(kinds.CITATION)
        for record in records.values() if power and basis else ():
            if record.data.get(power) == type_ and basis in record.data:
                yield record, basis


def _grounds(catalog: Catalog, record: Record, field: str) -> list[str]:
    """Return the ranks of what gives the power: of the citations said to (作用: 职权), of all where none is.

    Empty where one of them is of an instrument that is not kept or whose rank is not known: then nobody can tell.
    """
    whole = citations(record.data[field])
    cited = [one for one in whole if one.role == POWER] or [one for one in whole if not one.role] or whole
    named = [catalog.named(one.law) for one in cited]
    sure = all(len(one) == 1 and one[0].rank != UNVERIFIED for one in named)
    return _distinct(one[0].rank for one in named) if sure else []


def _fees(value: object, pointer: str) -> Iterator[tuple[str, Fee]]:
    """Yield every group 收费 of a record with its pointer."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == FEE and isinstance(inner, dict):
                yield f"{pointer}/{name}", Fee.of(inner)
            else:
                yield from _fees(inner, f"{pointer}/{name}")


def _distinct(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _executes(catalog: Catalog, record: Record) -> bool:
    return record.data.get(catalog.forms[record.collection].role(kinds.SUBTYPE)) == _EXECUTION


RULES = (penalty_rank, fine_limit, licence_rank, licence_fee, compulsion_rank, compulsion_kind, compulsion_entrusted)
