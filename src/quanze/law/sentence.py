"""What sanctions cost, in one plain sentence that says what the article says: no more, no less, in its order."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from quanze.law.citation import BASIS
from quanze.law.fine import FINE
from quanze.law.penalty import BASE
from quanze.law.sanction import ADDRESSEE, CIRCUMSTANCE, FORCE, KINDS, ORDERS, Sanction

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

UNTIL = "直至"
"""The force of a sanction up to which the one before it may go."""
_UNKNOWN = "待核"
SILENT = "未载明"
"""What stands for an addressee whom the article does not name."""
_GIVEN = frozenset({"警告", "通报批评", "行政拘留"})
"""Kinds that are nouns: an authority gives them."""
_VERBS = {"应当": "处", "可以": "可以处", "可以并处": "可以并处", "单处或并处": "单处或者并处"}
_HEADS = (ORDERS, "没收", "吊销", "暂扣")
_TAIL = "许可证件"


class _Usual(NamedTuple):
    """Whom the first sanction is for and who decides it: named again only where another one differs."""

    actor: str
    decider: str


def sentence(sanctions: Sequence[Sanction]) -> str:
    """Return the sanctions as one plain sentence, or an empty string where `gaps` finds one not fully known."""
    return describe(sanctions) if sanctions and not any(gaps(sanctions)) else ""


def describe(sanctions: Sequence[Sanction]) -> str:
    """Return sanctions in which `gaps` finds nothing as one plain sentence.

    The words name the addressee and the decider only where they are not the first row's.
    """
    usual = _Usual(sanctions[0].addressee, sanctions[0].decider)
    clauses = (
        _circumstance(name, [*rows], usual) for name, rows in groupby(sanctions, key=lambda row: row.circumstance)
    )
    return "；".join(clauses) + "。"


def gaps(sanctions: Sequence[Sanction]) -> Iterator[tuple[int, str]]:
    """Yield (row, field) of what a sentence would need and nobody has verified: rows count from 1.

    Circumstance, addressee, force, basis and at least one penalty or order have to be there and not 待核. An article
    that names no addressee (未载明) and a remark that leaves something open take nothing from what is certain.
    """
    for number, (before, row) in enumerate(pairwise([Sanction(), *sanctions]), 1):
        needed = {CIRCUMSTANCE: row.circumstance, ADDRESSEE: row.addressee, FORCE: row.force, BASIS: row.bases}
        for name, value in needed.items():
            if not value or _UNKNOWN in str(value) or (name == FORCE and alone(row, before)):
                yield number, name
        kinds = row.kinds + row.orders
        if not kinds or any(_UNKNOWN in kind for kind in kinds):
            yield number, KINDS


def alone(row: Sanction, before: Sanction) -> bool:
    """Tell whether a row is 直至 without a penalty of the same circumstance and addressee before it."""
    same = (row.circumstance, row.addressee) == (before.circumstance, before.addressee)
    return row.force == UNTIL and not (same and before.kinds)


def _circumstance(name: str, rows: list[Sanction], usual: _Usual) -> str:
    told: list[tuple[Sanction, str]] = []
    penalised: set[str] = set()
    for row, further in _steps(rows):
        told.append((row, _row(row, further, usual, also=row.addressee in penalised)))
        if row.kinds:
            penalised.add(row.addressee)
    conditional = any(_condition(row) for row, _ in told)
    body = "；".join(_with_conditions(told)) if conditional else "，".join(text for _, text in told)
    return body if name == BASE else f"{name}，{body}"


def _steps(rows: list[Sanction]) -> Iterator[tuple[Sanction, Sanction | None]]:
    """Yield each row with the one up to which it may go: 责令停产停业整顿直至吊销."""
    for row, after in pairwise([*rows, None]):
        if row and (row.force != UNTIL or row is rows[0]):
            yield row, after if after and after.force == UNTIL else None


def _condition(row: Sanction) -> str:
    return row.bounds.condition


def _with_conditions(told: list[tuple[Sanction, str]]) -> Iterator[str]:
    """Put before each row the condition on which its fine depends; the others stay as they are."""
    for row, text in told:
        yield f"{_condition(row)}，{text}" if _condition(row) else text


def _row(row: Sanction, further: Sanction | None, usual: _Usual, *, also: bool) -> str:
    """Return one row: who and to whom where it differs, orders, kinds, the remark, the fine."""
    orders, acts = _acts(row)
    if further:
        acts += f"{UNTIL}{_by(further, row.decider)}{_acts(further)[1]}{_remark(further)}"
    if acts and row.force == "可以":
        acts = f"可以{acts}"
    remark = _remark(row)
    whom = "" if row.addressee in {usual.actor, SILENT} else row.addressee if _bars(row) else f"对{row.addressee}"
    parts = list(filter(None, [*orders, acts]))
    if row.fined:
        parts = _fined(row, orders, acts, remark, also=also)
    elif parts:
        parts[-1] += remark
    return _by(row, usual.decider) + whom + "，".join(parts)


def _bars(row: Sanction) -> bool:
    """Tell whether the article's words say what the addressee may not do, and so begin with the addressee."""
    return row.kinds == ("限制从业",) and "不得" in row.words


def _remark(row: Sanction) -> str:
    return f"（{row.remark}）" if row.remark else ""


def _by(row: Sanction, usual: str) -> str:
    known = row.decider not in {"", usual} and _UNKNOWN not in row.decider
    return f"由{row.decider}" if known else ""


def _fined(row: Sanction, orders: list[str], acts: str, remark: str, *, also: bool) -> list[str]:
    """Return the parts of a row with a fine: where the article has the fine before the other kinds, so has it here."""
    first = acts != "" and row.kinds[0] == FINE
    penalty = _penalty(row, also=also or (len(row.kinds) > 1 and not first))
    if acts and FINE in row.either:
        return [*orders, f"{acts}或者{_penalty(row, also=also)}{remark}"]
    if first:
        return [*orders, penalty, acts + remark if row.words else f"并{acts}{remark}"]
    before = [*orders, acts] if acts else orders
    return [*before[:-1], before[-1] + remark, penalty] if before else [penalty + remark]


def _penalty(row: Sanction, *, also: bool) -> str:
    """Return the fine with its verb; beside another penalty for the same one it is 并处."""
    amount, force = str(row.bounds), row.force
    if row.bounds.daily:
        return amount if force == "应当" else f"可以{amount}"
    verb = "并处" if also and (force == "应当" or (force == "可以" and len(row.kinds) > 1)) else _VERBS[force]
    link = "" if not amount or amount.endswith(("以上", "以下")) else "的"
    return f"{verb}{amount}{link}{FINE}"


def _acts(row: Sanction) -> tuple[list[str], str]:
    """Return the orders, and the kinds beside a fine as one text: the article's own words where they are given."""
    either = [one for one in row.either if one != FINE]
    orders = list(row.orders)
    kinds = [kind for kind in row.kinds if kind != FINE]
    if {*either} & {*orders}:
        orders = [_either(either), *(one for one in orders if one not in either)]
        kinds = [kind for kind in kinds if kind not in either]
    if row.words:
        return orders, row.words
    chosen = [kind for kind in kinds if kind in either]
    if len(chosen) > 1:
        at = kinds.index(chosen[0])
        kinds = [kind for kind in kinds if kind not in chosen]
        kinds.insert(at, _either(chosen))
    return orders, _joined(kinds)


def _joined(kinds: list[str]) -> str:
    """Join kinds by 、, those that are given and what is a choice apart by a comma."""
    told = ""
    for index, kind in enumerate(kinds):
        before = kinds[index - 1] if index else ""
        alike = before != "" and (before in _GIVEN) == (kind in _GIVEN) and "或者" not in before + kind
        told += ("、" if alike else "，" if before else "") + ("给予" if kind in _GIVEN and not alike else "") + kind
    return told


def _either(words: Sequence[str]) -> str:
    """Join words of which one is chosen, with what they share said once: 暂扣或者吊销许可证件."""
    for head in _HEADS:
        if all(word.startswith(head) for word in words):
            return head + _or([word.removeprefix(head) for word in words])
    if all(word.endswith(_TAIL) for word in words):
        return _or([word.removesuffix(_TAIL) for word in words]) + _TAIL
    return _or([f"给予{word}" if word in _GIVEN else word for word in words])


def _or(words: Sequence[str]) -> str:
    return "或者".join(filter(None, ["、".join(words[:-1]), words[-1]]))
