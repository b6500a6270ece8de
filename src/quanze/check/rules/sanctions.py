"""Sanctions: complete, in bounds, of a kind that its basis may set, and resting on law that applies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.base.value import elements
from quanze.check.rules.values import of_values
from quanze.form import kinds
from quanze.form.words import UNVERIFIED, near, spot
from quanze.law.citation import BASIS, PENALTY, Citation
from quanze.law.fine import FINE, UNSTATED
from quanze.law.penalty import KINDS as KNOWN
from quanze.law.places import spans
from quanze.law.sanction import ADDRESSEE, CIRCUMSTANCE, DECIDER, EITHER, FORCE, KINDS, ORDERS, WORDS, Sanction
from quanze.law.sentence import alone
from quanze.register.displaced import displaced, of_citation
from quanze.register.exclusions import excluded, exclusions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.law.instrument import Instrument
    from quanze.register.catalog import Catalog
    from quanze.register.occurrences import Occurrence


def bases(catalog: Catalog, occurrence: Occurrence[Sanction]) -> Iterator[tuple[str, Citation, Instrument]]:
    """Yield (pointer, citation, instrument) of the bases whose instrument is known."""
    for index, citation in enumerate(occurrence.value.bases):
        named = catalog.named(citation.law)
        if len(named) == 1:
            yield f"{occurrence.pointer}/{BASIS}/{index}", citation, named[0]


def sanction_incomplete(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """每条罚则写明情形、对象、力度、决定机关、依据，以及处罚种类或者责令的内容；除依据外，还没有核实的写「待核」，列为待复核。"""
    for occurrence in catalog.sanctions:
        row = occurrence.value
        parts = {CIRCUMSTANCE: row.circumstance, ADDRESSEE: row.addressee, FORCE: row.force, DECIDER: row.decider}
        if not row.bases:
            message = f"{spot(occurrence.pointer)}没有写「{BASIS}」；请写设定这项处罚的条款，它也要在这个事项的依据里"
            yield Finding(occurrence.record, f"{occurrence.pointer}/{BASIS}", message, at_key=True)
        for name, value in parts.items():
            if not value:
                message = f"{spot(occurrence.pointer)}没有写「{name}」；照条文写，没有核实的写「{UNVERIFIED}」"
                yield Finding(occurrence.record, f"{occurrence.pointer}/{name}", message, at_key=True)
            elif value == UNVERIFIED:
                message = f"{spot(occurrence.pointer)}的「{name}」还没有核实"
                yield Finding(occurrence.record, f"{occurrence.pointer}/{name}", message, "review")
        if not row.kinds and not row.orders:
            message = f"{spot(occurrence.pointer)}既没有处罚「{KINDS}」，也没有「{ORDERS}」的内容；请照条文写"
            yield Finding(occurrence.record, occurrence.pointer, message)


def fine_bounds(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """罚款的下限不能高于上限；条文没有写下限的不写下限，不写 0，上限也不写 0。"""
    return of_values(catalog, "fine-bounds")


def fine_percent(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """百分比写百分之几的「几」：百分之六十写 60，不写 0.6；不到百分之一的列为待复核。"""
    return of_values(catalog, "fine-percent")


def fine_amount(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """种类有罚款的，须写罚款的上限、下限，条文没有写的照实写「幅度: 条文没有写」；写了的，种类须有罚款。"""
    for occurrence in catalog.sanctions:
        row = occurrence.value
        bounded = row.bounds.daily or row.bounds.bounds
        where = spot(occurrence.pointer)
        if row.fined and not bounded and not row.bounds.unstated:
            message = (
                f"{where}的种类有罚款，却没有写罚款的幅度；请在「{FINE}」里写上限，条文有下限的写下限，"
                f"条文没有写数额的写「{UNSTATED}: 条文没有写」"
            )
            yield Finding(occurrence.record, f"{occurrence.pointer}/{KINDS}/{row.kinds.index(FINE)}", message)
        elif bounded and row.bounds.unstated:
            message = f"{where}的罚款写了数额，又写「条文没有写」；请照条文删去一个"
            yield Finding(occurrence.record, f"{occurrence.pointer}/{FINE}/{UNSTATED}", message)
        elif row.fine and not row.fined:
            message = f"{where}写了罚款的幅度，「种类」里却没有罚款；请补上"
            yield Finding(occurrence.record, f"{occurrence.pointer}/{FINE}", message, at_key=True)


def either_or(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """「择一」里写的，须是同一条罚则的「种类」或者「责令」里有的。"""
    for occurrence in catalog.sanctions:
        known = occurrence.value.kinds + occurrence.value.orders
        for index, word in enumerate(occurrence.value.either):
            if word not in known:
                message = (
                    f"{spot(occurrence.pointer)}的「择一」写的「{word}」不在「种类」和「责令」里{near(word, known)}"
                )
                yield Finding(occurrence.record, f"{occurrence.pointer}/{EITHER}/{index}", message)


_TELLING = {
    "警告": "警告",
    "通报批评": "通报",
    "没收违法所得": "没收|追缴",
    "没收非法财物": "没收",
    "暂扣许可证件": "暂扣|暂停|扣留|中止",
    "降低资质等级": "降低",
    "吊销许可证件": "吊销|撤销|注销",
    "吊销营业执照": "吊销",
    "限制开展生产经营活动": "限制|不得|停止|暂停",
    "责令关闭": "关闭|取缔",
    "限制从业": "不得|禁入|禁止|限制",
    "行政拘留": "拘留",
}
"""Kind → how articles word it; those that are not here begin with 责令."""


def sanction_words(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """罚则的「条文用语」须把罚款以外的每个种类都说到：种类是吊销许可证件的，用语里要有吊销或者撤销，等等。"""
    for occurrence in catalog.sanctions:
        words = occurrence.value.words
        others = [kind for kind in occurrence.value.kinds if kind != FINE] if words else []
        untold = [kind for kind in others if not re.search(_TELLING.get(kind, "责令|停"), words)]
        if untold:
            message = (
                f"{spot(occurrence.pointer)}的「条文用语」写的「{words}」没有说到「{'」「'.join(untold)}」；请照条文改"
            )
            yield Finding(occurrence.record, f"{occurrence.pointer}/{WORDS}", message)
        elif words and not others:
            message = (
                f"{spot(occurrence.pointer)}写了「条文用语」，「种类」里却没有罚款以外的种类；请补上种类，或者删去"
            )
            yield Finding(occurrence.record, f"{occurrence.pointer}/{WORDS}", message, at_key=True)


def sanction_until(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """力度写「直至」的罚则，须紧接在同一情形、同一对象的处罚之后：责令停产停业整顿，直至吊销许可证件。"""
    rows = {(sanction.record.path, sanction.pointer): sanction.value for sanction in catalog.sanctions}
    for occurrence in catalog.sanctions:
        head, _, index = occurrence.pointer.rpartition("/")
        before = rows.get((occurrence.record.path, f"{head}/{int(index) - 1}"), Sanction())
        if alone(occurrence.value, before):
            message = f"{spot(occurrence.pointer)}写「直至」，前一条却不是同一情形、同一对象的处罚；请照条文核对次序"
            yield Finding(occurrence.record, f"{occurrence.pointer}/{FORCE}", message)


def penalty_kind(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """处罚种类须是行政处罚法第九条的种类，或者所引法律、行政法规规定的种类（文件的「其他处罚种类」）；责令改正不是处罚。"""
    for occurrence in catalog.sanctions:
        if all(kind in KNOWN for kind in occurrence.value.kinds):
            continue
        own = {kind for _, _, instrument in bases(catalog, occurrence) for kind in instrument.own_kinds}
        for index, kind in enumerate(occurrence.value.kinds):
            if kind in KNOWN or kind in own:
                continue
            if kind.startswith(ORDERS) and "改正" in kind:
                why = "不是行政处罚（行政处罚法第二十八条）；请移到「责令」"
            else:
                why = f"不在行政处罚法第九条的种类里，所引文件也没有登记这个种类{near(kind, [*KNOWN, *own])}"
            yield Finding(occurrence.record, f"{occurrence.pointer}/{KINDS}/{index}", f"「{kind}」{why}")


def sanction_basis(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """罚则的依据须在记录的实施依据里也有。"""
    roles = {name: form.role(kinds.CITATION) for name, form in catalog.forms.items()}
    for occurrence in catalog.sanctions:
        role = roles[occurrence.record.collection]
        if not role:
            continue
        cited = map(catalog.citation, elements(occurrence.record.data.get(role)))
        whole = [(one, catalog.named(one.law)) for one in cited]
        for pointer, citation, instrument in bases(catalog, occurrence):
            if not any(_same(citation, instrument, *one) for one in whole):
                message = f"{spot(pointer)}《{instrument.short}》{citation.place}不在「{role}」里；请补上，或者核对"
                yield Finding(occurrence.record, pointer, message)


def _same(citation: Citation, instrument: Instrument, cited: Citation, named: Sequence[Instrument]) -> bool:
    """Tell whether a basis of a sanction may be one of the record's; of which law that is, its own fault may hide."""
    if len(named) != 1:
        return _overlap(citation, cited)
    return named[0] is instrument and (_slip(instrument, cited) or _overlap(citation, cited))


def _slip(instrument: Instrument, citation: Citation) -> bool:
    """Tell whether no version has the article that is cited: another rule says so, and what was meant is not known."""
    highest = max(version.last_article for version in instrument.versions)
    return any(last > highest for _, last in spans(citation.article))


def _overlap(citation: Citation, other: Citation) -> bool:
    """Tell whether two citations of one instrument share a place."""
    for mine, theirs in (
        (citation.article, other.article),
        (citation.paragraph, other.paragraph),
        (citation.item, other.item),
    ):
        if mine is None or theirs is None or mine == theirs:
            continue
        if not any(a <= d and c <= b for a, b in spans(mine) for c, d in spans(theirs)):
            return False
    return True


def displaced_basis(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """被上位法或者新法取代的规定，不能再作罚则的依据。"""
    for occurrence in catalog.sanctions:
        for pointer, citation, instrument in bases(catalog, occurrence):
            if citation.displaced:
                by = citation.by or "取代它的规定"
                message = f"《{instrument.short}》{citation.place}{citation.state}，不能再据以处罚；请改引{by}"
                yield Finding(occurrence.record, pointer, message)


def displaced_elsewhere(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """别的记录写明被上位法或者新法取代的规定，这里作罚则的依据却没有写「效力」的，列为待复核。"""
    for id_ in displaced(catalog):
        for occurrence in catalog.citations[id_]:
            citation, where = occurrence.value, f"《{catalog.instruments[id_].short}》{occurrence.value.place}"
            if citation.role == PENALTY and not citation.state and (told := of_citation(catalog, id_, citation)):
                message = f"{where}在别的记录里写明{told}；请核对，改引取代它的规定，或者写明「效力」"
                yield Finding(occurrence.record, occurrence.pointer, message, "review")


def excluded_provision(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """写明「不列事项」的条款，罚则却据以处罚的，列为待复核；原因以「仅」开头的，只排除条款的一部分。"""
    rows = exclusions(catalog)
    for occurrence in catalog.sanctions:
        for pointer, citation, instrument in bases(catalog, occurrence):
            if citation.role != PENALTY or citation.state or instrument.id not in rows:
                continue
            reasons = [excluded(rows[instrument.id], place) for place in citation.places]
            if reasons and all(reasons):
                where = f"《{instrument.short}》{citation.place}"
                message = f"{where}登记为不列事项（{reasons[0]}），这里却据以处罚；请核对"
                yield Finding(occurrence.record, pointer, message, "review")


RULES = (
    sanction_incomplete,
    fine_bounds,
    fine_percent,
    fine_amount,
    either_or,
    sanction_words,
    sanction_until,
    penalty_kind,
    sanction_basis,
    displaced_basis,
    displaced_elsewhere,
    excluded_provision,
)
