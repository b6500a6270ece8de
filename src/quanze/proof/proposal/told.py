"""What is put forward, as Markdown for the comment of a pull request and as JSON for a program."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from quanze.check import report
from quanze.history.delta import cell, commit, details

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from quanze.base.problem import Problem
    from quanze.proof.proposal.shapes import Proposal, Submitted, Touched

_MOST = 20
"""So many pages and problems elsewhere are named; the rest are counted."""


def sums(this: Proposal) -> Iterator[str]:
    """Yield what there is in all, a clause each."""
    yield "、".join(f"{kind} {count} 条" for kind, count in this.counts.items()) or "没有记录变化"
    if this.lists:
        yield f"涉及 {len(this.lists)} 张清单、{len(this.pages)} 个页面"
    states: dict[str, int] = {}
    for record in this.records:
        for basis in record.bases:
            states[basis.state] = states.get(basis.state, 0) + 1
    if states:
        yield f"依据 {sum(states.values())} 处：" + "、".join(f"{state} {count}" for state, count in states.items())
    errors = sum(problem.level == "error" for record in this.records for problem in record.problems) + len(this.errors)
    if errors:
        yield f"{errors} 个问题必须改正"
    reviews = sum(problem.level == "review" for record in this.records for problem in record.problems)
    if reviews:
        yield f"改动的记录有 {reviews} 处待复核"
    yield _approvals(this)


def _approvals(this: Proposal) -> str:
    lacking = {words for record in this.records for words in record.missing}
    if lacking:
        return f"还缺 {len(lacking)} 项批准"
    if any(record.governed for record in this.records):
        return "没有缺少的批准"
    return "改动的不在公布过版次的清单里，没有问批准"


def markdown(this: Proposal) -> Iterator[str]:
    """Yield a report for people: the sum first, then record by record, then the lists and the rest."""
    yield f"# 改动报告：{cell(this.title)}"
    yield from ("", f"{'；'.join(sums(this))}。")
    yield from (
        "",
        f"`{this.old.id[:12]}`（{this.old.date}）→ `{this.new.id[:12]}`（{this.new.date}），按 {this.at} 的法律。",
    )
    if this.disclaimer:
        yield from ("", f"> {cell(this.disclaimer)}")
    lacking = dict.fromkeys(words for record in this.records for words in record.missing)
    if lacking:
        yield from ("", "## 还缺的批准", "")
        for words in lacking:
            names = [record.changed.name for record in this.records if words in record.missing]
            yield f"- {cell(words)}（{_some(names)}）"
    if this.errors:
        yield from ("", "## 没有改动的文件里的错误", "")
        yield from _problems(this.errors, place=True)
    for record in this.records:
        yield from ("", *_record(record))
    if this.lists:
        yield from (
            "",
            "## 清单",
            "",
            "| 清单 | 新增 | 变更 | 不再列入 | 只改序号 | 版次 |",
            "| --- | ---: | ---: | ---: | ---: | --- |",
        )
        yield from map(_list, this.lists)
    if this.pages:
        yield from ("", "## 页面", "", f"{len(this.pages)} 个页面会变：{_some([f'`{page}`' for page in this.pages])}")
    yield from _elsewhere(this)


def _elsewhere(this: Proposal) -> Iterator[str]:
    yield from ("", "## 别处", "")
    if this.fresh:
        yield f"没有改动的文件里，因为这次改动新出现 {len(this.fresh)} 处待复核："
        yield ""
        yield from _problems(this.fresh[:_MOST], place=True)
        yield from ((f"- ……共 {len(this.fresh)} 处",) if len(this.fresh) > _MOST else ())
        yield ""
    yield f"原有的 {this.others} 处待复核与这次改动无关；这次改动消除了 {this.settled} 处。"
    if this.files:
        yield from ("", f"记录以外的文件：{_some([f'`{file}`' for file in this.files])}")
    if this.uncommitted:
        yield from ("", f"有 {len(this.uncommitted)} 个文件改了还没有提交，不在比较之内。")


def _record(one: Submitted) -> Iterator[str]:
    entry = one.changed.entry
    yield f"## {entry.kind}：{cell(one.changed.title)}（{one.changed.name}）"
    if entry.old_key:
        yield from ("", f"编号原为 {cell('/'.join(entry.old_key))}。")
    if entry.fault:
        yield from ("", f"读不出来：{cell(entry.fault)}")
    if one.fields:
        yield from ("", "| 栏目 | 原 | 现 |", "| --- | --- | --- |")
        yield from (f"| {cell(d.label)} | {cell(d.old or '')} | {cell(d.new or '')} |" for d in one.fields)
    if one.bases:
        yield from ("", "改动的依据：", "")
        yield from (f"- {cell(words)}：**{state}**" for words, state in one.cited)
    if one.problems:
        yield from ("", "检查：", "")
        yield from _problems(one.problems, place=False)
    if one.adjustments:
        yield from ("", f"动态调整：{'、'.join(cell(adjustment.title) for adjustment in one.adjustments)}")


def _problems(problems: Sequence[Problem], *, place: bool) -> Iterator[str]:
    for problem in problems:
        mark = "**错误**" if problem.level == "error" else "待复核"
        where = f"{cell(problem.path)}:{problem.line} " if place else f"第 {problem.line} 行 "
        yield f"- {mark}：{where}{cell(problem.message)}（{problem.rule}）"


def _list(one: Touched) -> str:
    this = one.comparison
    counts = (
        [len(found) for found in (this.added, this.changed, this.ended, this.renumbered)]
        if this
        else ["—", "—", "—", "—"]
    )
    told = [f"新的版次「{cell(edition.name)}」" for edition in one.editions]
    if one.newest:
        told.append(f"与已公布的「{cell(one.newest.name)}」不再相同")
    words = "；".join(told) or ("还没有公布过版次" if this else cell(one.note))
    return f"| {cell(one.title)} | {' | '.join(map(str, counts))} | {words} |"


def _some(names: Sequence[str]) -> str:
    more = f" 等 {len(names)} 个" if len(names) > _MOST else ""
    return "、".join(names[:_MOST]) + more


def as_json(this: Proposal) -> Iterator[str]:
    """Yield one JSON object: all of it."""
    yield json.dumps(
        {
            "old": commit(this.old),
            "new": commit(this.new),
            "at": this.at,
            "counts": dict(this.counts),
            "records": [_data(record) for record in this.records],
            "lists": [_list_data(one) for one in this.lists],
            "pages": this.pages,
            "elsewhere": {
                "errors": [report.fields(error) for error in this.errors],
                "new_reviews": [report.fields(one) for one in this.fresh],
                "other_reviews": this.others,
                "settled": this.settled,
            },
            "files": this.files,
            "uncommitted": this.uncommitted,
        },
        ensure_ascii=False,
        indent=2,
    )


def _data(one: Submitted) -> dict[str, object]:
    collection, id_ = one.changed.entry.key
    return {
        "collection": collection,
        "id": id_,
        "title": one.changed.title,
        "page": one.url,
        **details(one.changed.entry, one.fields),
        "citations": [{"text": basis.words, "pointer": basis.pointer, "state": basis.state} for basis in one.bases],
        "problems": [report.fields(problem) for problem in one.problems],
        "adjustments": [adjustment.id for adjustment in one.adjustments],
        "missing_approvals": one.missing,
        "suggestions": [asdict(each) for each in one.suggestions],
    }


def _list_data(one: Touched) -> dict[str, object]:
    this = one.comparison
    told: dict[str, object] = {"id": one.id, "title": one.title}
    if this:
        told |= {
            name: [pair.ids for pair in getattr(this, name)] for name in ("added", "changed", "ended", "renumbered")
        }
    else:
        told["note"] = one.note
    told["newest_edition"] = one.newest.id if one.newest else None
    told["new_editions"] = [edition.id for edition in one.editions]
    return told


FORMATS: Mapping[str, Callable[[Proposal], Iterator[str]]] = {"markdown": markdown, "json": as_json}
