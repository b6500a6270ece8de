"""Two lists side by side, as Markdown, as a workbook and as data."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

from quanze.history.delta import cell
from quanze.io.workbook import workbook
from quanze.law.citation import LAW
from quanze.register.definition import ADOPTED, NOT_ADOPTED, Decision

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quanze.edit.importer.sheet import Sheet
    from quanze.register.reconciliation import Discrepancy, ListedRow

HEAD = (
    "差异",
    "上级",
    "本清单",
    "事项",
    "上级写的",
    "本清单写的",
    "同一条的",
    "上级的变化",
    "决定",
    "理由",
    LAW,
)
_OPEN = "待定"
_IDS, _NEAR, _CHANGE = HEAD[3], HEAD[6], HEAD[7]
_LISTS, _LISTS_HEAD = "两张清单", ("这张工作簿对照的", "编号", "名称")
_BESIDE = ("本清单", "与它对照的")


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
            "；".join(map(_named, difference.near)),
            since.get(above, ""),
            (ADOPTED if decision.adopted else NOT_ADOPTED) if decision else _OPEN,
            decision.reason if decision else "",
            decision.source if decision else "",
        )


def _named(row: ListedRow) -> str:
    return f"{row.title}（{'、'.join(row.ids)}）" if row.ids else row.title


def beside(sheets: Iterable[Sheet]) -> tuple[str, str]:
    """Return the ids of the two lists that a workbook of differences sets side by side; empty ones where none does."""
    sheet = next((one for one in sheets if one.name == _LISTS), None)
    rows_ = ([cell.text.strip() for cell in row] for row in sheet.rows) if sheet else ()
    ids = {row[0]: row[1] for row in rows_ if len(row) > 1}
    return ids.get(_BESIDE[0], ""), ids.get(_BESIDE[1], "")


def decided(sheets: Iterable[Sheet]) -> Iterator[tuple[str, Decision | str]]:
    """Yield what somebody decided in the workbook: (row, decision), or (row, what is wrong with it)."""
    for sheet in sheets:
        texts = [[cell.text.strip() for cell in row] for row in sheet.rows]
        top = next((number for number, row in enumerate(texts) if {HEAD[0], *HEAD[-3:-1]} <= {*row}), len(texts))
        for number, row in enumerate(texts[top + 1 :], top + 2):
            told = dict(zip(texts[top], row, strict=False))
            kind, above, ids, word, reason, source = (told.get(name, "") for name in (*HEAD[:2], HEAD[3], *HEAD[-3:]))
            if word in {"", _OPEN}:
                continue
            place = f"{sheet.name} 第 {number} 行"
            if word not in {ADOPTED, NOT_ADOPTED}:
                yield place, f"决定不能是「{word}」；只能是：{ADOPTED}、{NOT_ADOPTED}、{_OPEN}"
            elif not reason:
                yield place, f"写了{word}，没有写理由；请补上"
            else:
                items = frozenset(filter(None, re.split("[、,，\\s]+", ids)))
                yield place, Decision(kind, above, items, word == ADOPTED, reason, source)


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


def xlsx(
    title: str,
    differences: Sequence[Discrepancy],
    edition: Sequence[Discrepancy],
    notice: str,
    lists: Sequence[tuple[str, str]] = (),
) -> bytes:
    """Return a workbook with room for the decisions that are still open; `lists` are ours and theirs: (id, title)."""
    known = moved(edition)
    sheets: dict[str, list[tuple[str, ...]]] = {"对照": _table(differences, known)}
    if edition:
        changes = [
            (known[discrepancy.title], discrepancy.title, discrepancy.old, discrepancy.new) for discrepancy in edition
        ]
        sheets["上级的变化"] = [("变化", "名称", "原", "现"), *changes]
    if lists:
        sheets[_LISTS] = [_LISTS_HEAD, *((word, *one) for word, one in zip(_BESIDE, lists, strict=True))]
    return workbook(f"对照：{title}", sheets, notice, {HEAD[-3]: (_OPEN, ADOPTED, NOT_ADOPTED)}, {_IDS})


def _table(differences: Sequence[Discrepancy], since: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return head and rows of what is printed: nothing twice, no column without a word, the ids last.

    What rests on the same article stands where the other side says nothing; what changed above, with what it says.
    """
    _, above, ours, _, new, old, *_ = HEAD
    found = []
    for difference, row in zip(differences, rows(differences, since), strict=True):
        told = dict(zip(HEAD, row, strict=True))
        beside = f"{_NEAR}：{told[_NEAR]}" if told[_NEAR] else ""
        changed = f"上级{told[_CHANGE]}" if told[_CHANGE] else ""
        theirs = (changed, "" if told[new] == told[above] else told[new], "" if difference.theirs else beside)
        mine = ("" if told[old] == told[ours] else told[old], beside if difference.theirs else "")
        found.append({**told, new: "\n".join(filter(None, theirs)), old: "\n".join(filter(None, mine))})
    columns = [one for one in HEAD if one not in {_IDS, _NEAR, _CHANGE}]
    shown = [one for one in columns if one in HEAD[-3:] or any(row[one] for row in found)]
    return [(*shown, _IDS), *(tuple(row[one] for one in (*shown, _IDS)) for row in found)]


def as_json(title: str, differences: Sequence[Discrepancy], edition: Sequence[Discrepancy]) -> str:
    """Return the differences from another list as JSON."""
    names = (
        "kind",
        "above",
        "ours",
        "ids",
        "new",
        "old",
        "same_article",
        "above_change",
        "decision",
        "reason",
        "source",
    )
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
