"""Discretion benchmarks: the tiers are contiguous, and lie inside the sanction of the power that they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.base.value import rows
from quanze.form import kinds
from quanze.form.words import near
from quanze.io.yaml import escape
from quanze.law.fine import Bounds
from quanze.law.sanction import ADDRESSEE, CIRCUMSTANCE, Sanction, sanctions
from quanze.law.tier import MEASURES, outside, tiers, uneven

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.base.model import Record, Value
    from quanze.register.catalog import Catalog


def tier_order(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """裁量阶次从低到高要接得上：不能重叠，不能有空档，恰好等于分界的只属于一个阶次。"""
    for record, name, values in _benchmarks(catalog):
        for measure, unit in MEASURES.items():
            for index, message in uneven(tiers(values, measure), unit):
                yield Finding(record, f"/{escape(name)}/{index}", f"{message}；请核对")


def tier_bounds(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """裁量阶次须在所属罚则的幅度之内，并且占满它；减轻和不予可以低于罚则的下限。"""
    for record, name, values in _benchmarks(catalog):
        known = _sanctions(catalog, record)
        if not known:
            continue
        wanted = Sanction.of(record.data)
        belonging = [one for one in known if _belongs(wanted, one)]
        if not belonging:
            every = list(dict.fromkeys(map(_told, known)))
            message = f"对应事项的罚则里没有「{_told(wanted)}」{near(_told(wanted), every)}；有：{'、'.join(every)}"
            yield Finding(record, f"/{CIRCUMSTANCE if wanted.circumstance else escape(name)}", message)
            continue
        for measure, unit in MEASURES.items():
            bounds = [one.bounds.bounds.get(measure, Bounds()) for one in belonging]
            found = tiers(values, measure)
            if len({*bounds}) > 1:
                yield Finding(
                    record,
                    f"/{escape(name)}",
                    f"对应事项有 {len(belonging)} 条这样的罚则，幅度不同；请写明「{ADDRESSEE}」",
                )
                break
            for index, message in outside(found, *bounds[0], unit):
                yield Finding(record, f"/{escape(name)}/{index}", f"{message}；请核对")


def _benchmarks(catalog: Catalog) -> Iterator[tuple[Record, str, Sequence[Mapping[str, Value]]]]:
    """Yield (record, field, tiers) of every list of tiers."""
    for collection, records in catalog.records.items():
        names = [f.name for f in catalog.forms[collection].fields.values() if f.kind is kinds.TIER and f.many]
        for record in records.values() if names else ():
            for name in names:
                if name in record.data:
                    yield record, name, rows(record.data[name])


def _sanctions(catalog: Catalog, record: Record) -> list[Sanction]:
    """Return the sanctions of the powers that a benchmark refers to."""
    found: list[Sanction] = []
    for field in catalog.forms[record.collection].fields.values():
        target = catalog.forms.get(field.collection) if field.kind is kinds.REF else None
        name = target.role(kinds.SANCTION) if target else ""
        value = record.data.get(field.name, ())
        for id_ in (value if isinstance(value, list) else [value]) if name else ():
            power = catalog.record(field.collection, id_)
            found += sanctions(power.data.get(name)) if power else ()
    return found


def _belongs(wanted: Sanction, sanction: Sanction) -> bool:
    return wanted.circumstance in {"", sanction.circumstance} and wanted.addressee in {"", sanction.addressee}


def _told(sanction: Sanction) -> str:
    return "，".join(filter(None, (sanction.circumstance, sanction.addressee)))


RULES = (tier_order, tier_bounds)
