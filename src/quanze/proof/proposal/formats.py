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


def sums(proposal: Proposal) -> Iterator[str]:
    """Yield what there is in all, a clause each."""
    yield "、".join(f"{kind} {count} 条" for kind, count in proposal.counts.items()) or "没有记录变化"
    if proposal.lists:
        yield f"涉及 {len(proposal.lists)} 张清单、{len(proposal.pages)} 个页面"
    states: dict[str, int] = {}
    for record in proposal.records:
        for basis in record.bases:
            states[basis.state] = states.get(basis.state, 0) + 1
    if states:
        yield f"依据 {sum(states.values())} 处：" + "、".join(f"{state} {count}" for state, count in states.items())
    problems = [problem for record in proposal.records for problem in record.problems]
    errors = sum(problem.level == "error" for problem in problems) + len(proposal.errors)
    if errors:
        yield f"{errors} 个问题必须改正"
    reviews = sum(problem.level == "review" for problem in problems)
    if reviews:
        yield f"改动的记录有 {reviews} 处待复核"
    yield _approvals(proposal)


def _approvals(proposal: Proposal) -> str:
    lacking = {words for record in proposal.records for words in record.missing}
    if lacking:
        return f"还缺 {len(lacking)} 项批准"
    if any(record.governed for record in proposal.records):
        return "没有缺少的批准"
    return "改动的不在公布过版次的清单里，没有问批准"


def markdown(proposal: Proposal) -> Iterator[str]:
    """Yield a report for people: the sum first, then record by record, then the lists and the rest."""
    yield f"# 改动报告：{cell(proposal.title)}"
    yield from ("", f"{'；'.join(sums(proposal))}。")
    old, new = proposal.old, proposal.new
    yield from ("", f"`{old.id[:12]}`（{old.date}）→ `{new.id[:12]}`（{new.date}），按 {proposal.at} 的法律。")
    if proposal.disclaimer:
        yield from ("", f"> {cell(proposal.disclaimer)}")
    lacking = dict.fromkeys(words for record in proposal.records for words in record.missing)
    if lacking:
        yield from ("", "## 还缺的批准", "")
        for words in lacking:
            names = [record.changed.name for record in proposal.records if words in record.missing]
            yield f"- {cell(words)}（{_some(names)}）"
    if proposal.errors:
        yield from ("", "## 没有改动的文件里的错误", "")
        yield from _problems(proposal.errors, place=True)
    for record in proposal.records:
        yield from ("", *_record(record))
    if proposal.lists:
        yield from (
            "",
            "## 清单",
            "",
            "| 清单 | 新增 | 变更 | 不再列入 | 只改序号 | 版次 |",
            "| --- | ---: | ---: | ---: | ---: | --- |",
        )
        yield from map(_list, proposal.lists)
    if proposal.pages:
        pages = [f"`{page}`" for page in proposal.pages]
        yield from ("", "## 页面", "", f"{len(pages)} 个页面会变：{_some(pages)}")
    yield from _elsewhere(proposal)


def _elsewhere(proposal: Proposal) -> Iterator[str]:
    yield from ("", "## 别处", "")
    if proposal.fresh:
        yield f"没有改动的文件里，因为这次改动新出现 {len(proposal.fresh)} 处待复核："
        yield ""
        yield from _problems(proposal.fresh[:_MOST], place=True)
        yield from ((f"- ……共 {len(proposal.fresh)} 处",) if len(proposal.fresh) > _MOST else ())
        yield ""
    yield f"原有的 {proposal.others} 处待复核与这次改动无关；这次改动消除了 {proposal.settled} 处。"
    if proposal.files:
        yield from ("", f"记录以外的文件：{_some([f'`{file}`' for file in proposal.files])}")
    if proposal.uncommitted:
        yield from ("", f"有 {len(proposal.uncommitted)} 个文件改了还没有提交，不在比较之内。")


def _record(submitted: Submitted) -> Iterator[str]:
    entry = submitted.changed.entry
    yield f"## {submitted.kind}：{cell(submitted.changed.title)}（{submitted.changed.name}）"
    if entry.old_key:
        yield from ("", f"编号原为 {cell('/'.join(entry.old_key))}。")
    if entry.fault:
        yield from ("", f"读不出来：{cell(entry.fault)}")
    if submitted.fields:
        yield from ("", "| 栏目 | 原 | 现 |", "| --- | --- | --- |")
        yield from (f"| {cell(d.label)} | {cell(d.old or '')} | {cell(d.new or '')} |" for d in submitted.fields)
    if submitted.bases:
        yield from ("", "改动的依据：", "")
        yield from (f"- {cell(words)}：**{state}**" for words, state in submitted.cited)
    if submitted.problems:
        yield from ("", "检查：", "")
        yield from _problems(submitted.problems, place=False)
    if submitted.adjustments:
        yield from ("", f"动态调整：{'、'.join(cell(adjustment.title) for adjustment in submitted.adjustments)}")


def _problems(problems: Sequence[Problem], *, place: bool) -> Iterator[str]:
    for problem in problems:
        mark = "**错误**" if problem.level == "error" else "待复核"
        where = f"{cell(problem.path)}:{problem.line} " if place else f"第 {problem.line} 行 "
        yield f"- {mark}：{where}{cell(problem.message)}（{problem.rule}）"


def _list(touched: Touched) -> str:
    comparison = touched.comparison
    counts = (
        [len(found) for found in (comparison.added, comparison.changed, comparison.ended, comparison.renumbered)]
        if comparison
        else ["—", "—", "—", "—"]
    )
    editions = [f"新的版次「{cell(edition.name)}」" for edition in touched.editions]
    if touched.newest:
        editions.append(f"与已公布的「{cell(touched.newest.name)}」不再相同")
    words = "；".join(editions) or ("还没有公布过版次" if comparison else cell(touched.note))
    return f"| {cell(touched.title)} | {' | '.join(map(str, counts))} | {words} |"


def _some(names: Sequence[str]) -> str:
    more = f" 等 {len(names)} 个" if len(names) > _MOST else ""
    return "、".join(names[:_MOST]) + more


def as_json(proposal: Proposal) -> Iterator[str]:
    """Yield one JSON object: all of it."""
    yield json.dumps(
        {
            "old": commit(proposal.old),
            "new": commit(proposal.new),
            "at": proposal.at,
            "counts": dict(proposal.counts),
            "records": [_data(record) for record in proposal.records],
            "lists": [_list_data(one) for one in proposal.lists],
            "pages": proposal.pages,
            "elsewhere": {
                "errors": [report.fields(error) for error in proposal.errors],
                "new_reviews": [report.fields(one) for one in proposal.fresh],
                "other_reviews": proposal.others,
                "settled": proposal.settled,
            },
            "files": proposal.files,
            "uncommitted": proposal.uncommitted,
        },
        ensure_ascii=False,
        indent=2,
    )


def _data(submitted: Submitted) -> dict[str, object]:
    collection, id_ = submitted.changed.entry.key
    return {
        "collection": collection,
        "id": id_,
        "title": submitted.changed.title,
        "page": submitted.url,
        **details(submitted.changed.entry, submitted.fields),
        "citations": [
            {"text": basis.words, "pointer": basis.pointer, "state": basis.state} for basis in submitted.bases
        ],
        "problems": [report.fields(problem) for problem in submitted.problems],
        "adjustments": [adjustment.id for adjustment in submitted.adjustments],
        "missing_approvals": submitted.missing,
        "suggestions": [asdict(each) for each in submitted.suggestions],
    }


def _list_data(touched: Touched) -> dict[str, object]:
    comparison = touched.comparison
    fields: dict[str, object] = {"id": touched.id, "title": touched.title}
    if comparison:
        fields |= {
            name: [pair.ids for pair in getattr(comparison, name)]
            for name in ("added", "changed", "ended", "renumbered")
        }
    else:
        fields["note"] = touched.note
    fields["newest_edition"] = touched.newest.id if touched.newest else None
    fields["new_editions"] = [edition.id for edition in touched.editions]
    return fields


FORMATS: Mapping[str, Callable[[Proposal], Iterator[str]]] = {"markdown": markdown, "json": as_json}
