"""Discretion benchmarks: the tiers are contiguous, and lie inside the sanction of the power that they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quanze.base.problem import Finding
from quanze.form import kinds
from quanze.form.words import near
from quanze.io.yaml import escape
from quanze.law.tier import LOWER, MEASURES, UPPER, outside, tiers, uneven

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.base.model import Record
    from quanze.register.catalog import Catalog

_CIRCUMSTANCE, _ADDRESSEE, _FINE = "情形", "对象", "罚款"
"""By what a benchmark names the sanction that it belongs to, in the words of the sanction itself."""


def tier_order(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """裁量阶次从低到高要接得上：不能重叠，不能有空档，恰好等于分界的只属于一个阶次。"""
    for record, name, values in _benchmarks(catalog):
        for measure, unit in MEASURES.items():
            for index, said in uneven(tiers(values, measure), unit):
                yield Finding(record, f"/{escape(name)}/{index}", f"{said}；请核对")


def tier_bounds(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """裁量阶次须在所属罚则的幅度之内，并且占满它；减轻和不予可以低于罚则的下限。"""
    for record, name, values in _benchmarks(catalog):
        sanctions = _sanctions(catalog, record)
        if not sanctions:
            continue
        belonging = [one for one in sanctions if _belongs(record, one)]
        if not belonging:
            known = list(dict.fromkeys(_told(one) for one in sanctions))
            wanted = _told(record.data)
            said = f"对应事项的罚则里没有「{wanted}」{near(wanted, known)}；有：{'、'.join(known)}"
            yield Finding(record, f"/{_CIRCUMSTANCE}" if _CIRCUMSTANCE in record.data else f"/{escape(name)}", said)
            continue
        for measure, unit in MEASURES.items():
            lows, highs = ([_bound(one, measure + side) for one in belonging] for side in (LOWER, UPPER))
            found = tiers(values, measure)
            if len(belonging) > 1 and (len(set(lows)) > 1 or len(set(highs)) > 1):
                yield Finding(
                    record,
                    f"/{escape(name)}",
                    f"对应事项有 {len(belonging)} 条这样的罚则，幅度不同；请写明「{_ADDRESSEE}」",
                )
                break
            for index, said in outside(found, lows[0], highs[0], unit):
                yield Finding(record, f"/{escape(name)}/{index}", f"{said}；请核对")


def _benchmarks(catalog: Catalog) -> Iterator[tuple[Record, str, Sequence[Mapping[str, Any]]]]:
    """Yield (record, field, tiers) of every list of tiers."""
    for collection, records in catalog.records.items():
        names = [f.name for f in catalog.forms[collection].fields.values() if f.kind is kinds.TIER and f.many]
        for record in records.values() if names else ():
            for name in names:
                if name in record.data:
                    yield record, name, record.data[name]


def _sanctions(catalog: Catalog, record: Record) -> list[Mapping[str, Any]]:
    """Return the sanctions of the powers that a benchmark refers to."""
    found: list[Mapping[str, Any]] = []
    for field in catalog.forms[record.collection].fields.values():
        target = catalog.forms.get(field.collection) if field.kind is kinds.REF else None
        name = target.role(kinds.SANCTION) if target else ""
        value = record.data.get(field.name, ())
        for id_ in (value if isinstance(value, list) else [value]) if name else ():
            power = catalog.record(field.collection, id_)
            found += power.data.get(name, ()) if power else ()
    return found


def _belongs(record: Record, sanction: Mapping[str, Any]) -> bool:
    return all(record.data.get(name) in (None, sanction.get(name)) for name in (_CIRCUMSTANCE, _ADDRESSEE))


def _told(data: Mapping[str, Any]) -> str:
    return "，".join(str(data[name]) for name in (_CIRCUMSTANCE, _ADDRESSEE) if name in data)


def _bound(sanction: Mapping[str, Any], name: str) -> float | None:
    value = sanction.get(_FINE, {}).get(name)
    return value if isinstance(value, int | float) else None


RULES = (tier_order, tier_bounds)
