"""Two lists side by side, as Markdown, as a workbook and as data."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from quanze.history.delta import cell
from quanze.io.workbook import workbook
from quanze.law.citation import LAW

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.register.reconciliation import Discrepancy

HEAD = ("差异", "上级", "本清单", "事项", "上级怎么写", "本清单怎么写", "上级的变化", "决定", "理由", LAW)


def rows(differences: Sequence[Discrepancy], since: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield one row a difference; `since` says what became of a row above since an earlier edition."""
    for difference in differences:
        above = difference.theirs.title if difference.theirs else ""
        decision = difference.decision
        yield (
            difference.kind,
            above,
            "；".join(each.title for each in difference.ours),
            "、".join(difference.ids),
            difference.new,
            difference.old,
            since.get(above, ""),
            ("采纳" if decision.adopted else "不采纳") if decision else "待定",
            decision.reason if decision else "",
            decision.source if decision else "",
        )


def moved(edition: Sequence[Discrepancy]) -> Mapping[str, str]:
    """Return by its name what became of a row above, from the differences of an earlier edition from the newer one."""
    words = {"缺少": "新增", "多出": "取消", "合并": "变更", "名称": "变更", "类型": "变更", "依据": "变更"}
    return {discrepancy.title: words[discrepancy.kind] for discrepancy in reversed(edition)}


def markdown(title: str, differences: Sequence[Discrepancy], edition: Sequence[Discrepancy]) -> Iterator[str]:
    """Yield a report: counts, then a table of differences, then what changed above."""
    yield f"# 对照：{cell(title)}"
    counts = Counter(difference.kind for difference in differences)
    undecided = sum(difference.decision is None for difference in differences)
    told = "、".join(f"{kind} {count}" for kind, count in counts.items()) or "没有差异"
    yield from ("", f"{told}；待定 {undecided} 处。")
    if differences:
        yield from ("", f"| {' | '.join(HEAD)} |", f"|{' --- |' * len(HEAD)}")
        yield from (f"| {' | '.join(map(cell, row))} |" for row in rows(differences, moved(edition)))
    if edition:
        yield from ("", "## 上级这一版的变化", "", "| 变化 | 名称 | 原 | 现 |", "| --- | --- | --- | --- |")
        known = moved(edition)
        yield from (
            f"| {known[change.title]} | {cell(change.title)} | {cell(change.old)} | {cell(change.new)} |"
            for change in edition
        )


def xlsx(title: str, differences: Sequence[Discrepancy], edition: Sequence[Discrepancy], notice: str) -> bytes:
    """Return a workbook with room for the decisions that are still open."""
    known = moved(edition)
    sheets: dict[str, list[tuple[str, ...]]] = {"对照": [HEAD, *rows(differences, known)]}
    if edition:
        changes = [
            (known[discrepancy.title], discrepancy.title, discrepancy.old, discrepancy.new) for discrepancy in edition
        ]
        sheets["上级的变化"] = [("变化", "名称", "原", "现"), *changes]
    return workbook(title, sheets, notice)


def as_json(title: str, differences: Sequence[Discrepancy], edition: Sequence[Discrepancy]) -> str:
    """Return the same as data."""
    names = ("kind", "above", "ours", "ids", "new", "old", "above_change", "decision", "reason", "source")
    told = [dict(zip(names, row, strict=True)) for row in rows(differences, moved(edition))]
    changes = [
        {
            "change": moved(edition)[discrepancy.title],
            "title": discrepancy.title,
            "old": discrepancy.old,
            "new": discrepancy.new,
        }
        for discrepancy in edition
    ]
    return json.dumps({"title": title, "differences": told, "above": changes}, ensure_ascii=False, indent=2)
