"""An audit as text, as JSON data and as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.form import kinds
from quanze.form.kinds.adoption import describe
from quanze.io.workbook import workbook
from quanze.law.instrument import VERSIONS
from quanze.law.numerals import numeral
from quanze.law.version import PENALTIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.base.problem import Problem
    from quanze.proof.audit import Audit, GoverningRow, WaiverRow

_FEW = 12
"""So many places of a file that goes with the records are named one by one."""
UNKNOWN = "未定"
"""What is said of a day in a year whose holidays are not yet published."""


def data(audit: Audit) -> dict[str, object]:
    """Return an audit as JSON data, with Chinese keys like all our data."""
    return {
        "日期": audit.at,
        "提交": audit.commit,
        "限制": list(audit.warnings),
        "检查": [{"规则": check.id, "要求": check.asks, "发现": check.found} for check in audit.checks],
        "版次": [
            {
                "清单": base.list_id,
                "版次": base.edition.name,
                "公布日期": base.edition.published,
                "提交": base.commit.id if base.commit else "",
                "查不到的原因": base.fault,
            }
            for base in audit.bases
        ],
        "错误": [_problem(problem) for problem in audit.errors],
        "待复核": [_problem(problem) for problem in audit.reviews],
        "豁免": [_waiver(waiver) for waiver in audit.waivers],
        "期限": [
            {
                "调整": clock.record.id,
                "事项": clock.name,
                "起算": clock.begins,
                "工作日": clock.days,
                "期限": clock.due or UNKNOWN,
                "完成": clock.done,
                "状态": clock.state(audit.at),
            }
            for clock in audit.clocks
        ],
        PENALTIES: [
            {
                "文件": law.instrument.short,
                VERSIONS: law.version.name,
                "条": len(law.articles),
                "有事项": sum(bool(article.records) for article in law.articles),
                "没有事项也没有原因": list(law.missing),
            }
            for law in audit.coverage
        ],
        "上级目录缺项": [
            {"清单": gap.list_id, "记录": f"{gap.collection}/{gap.id}", "名称": gap.title} for gap in audit.gaps
        ],
        "设置和表单": [_governing(it) for it in audit.governing if not it.beside],
        "附件和法律文本": [_governing(it) for it in audit.governing if it.beside],
        "其他记录": [_governing(it) for it in audit.aside],
        "可信时间": [
            {
                "清单": it.list_id,
                "版次": it.edition.name,
                "种类": it.kind,
                "结果": it.word.state,
                "签名": it.word.by,
                "时间": it.word.time,
                "原因": it.word.why,
            }
            for it in audit.times
        ],
        str(kinds.ADOPTION): [
            {
                "记录": it.record,
                "上级": it.overlay.body,
                "上级的编号": it.overlay.id,
                "版本日期": it.overlay.taken.dated,
                "提交": it.overlay.taken.commit,
                "校验值": it.overlay.taken.digest,
                "取来": it.overlay.taken.on,
                "本处的栏目": [*it.overlay.taken.own],
                "不取的栏目": [*it.overlay.left_out],
                "再往上": [str(each) for each in it.overlay.taken.above],
                "上级新的一版": it.waiting,
            }
            for it in audit.adopted
        ],
    }


def _governing(row: GoverningRow) -> dict[str, object]:
    return {"日期": row.date, "提交": row.commit, "文件": row.path, "变化": row.kind, "栏目": list(row.fields)}


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "文件": problem.path,
        "行": problem.line,
        "列": problem.column,
        "规则": problem.rule,
        "问题": problem.message,
    }


def _waiver(waiver: WaiverRow) -> dict[str, object]:
    return {
        "规则": waiver.rule,
        "记录": waiver.record,
        "问题": waiver.message,
        "理由": waiver.reason,
        "起": waiver.since,
        "已有天数": waiver.days,
        "截止": waiver.until,
        "剩余天数": waiver.days_left,
    }


def lines(audit: Audit) -> Iterator[str]:
    """Yield an audit in words, a line a finding."""
    yield f"日期：{audit.at}"
    yield f"提交：{audit.commit or '没有（不在版本库里，或者有没有提交的改动）'}"
    errors, reviews, waivers = len(audit.errors), len(audit.reviews), len(audit.waivers)
    yield f"运行了 {len(audit.checks)} 条规则：错误 {errors}，待复核 {reviews}，豁免 {waivers}"
    for limit in audit.warnings:
        yield f"限制：{limit}"
    for base in audit.bases:
        if base.commit:
            number = f"，文号「{base.edition.number}」" if base.edition.number else ""
            named = f"{base.list_id}「{base.edition.name}」{number}"
            yield f"版次：{named}，提交 {base.commit.id[:12]}（{base.commit.date}）"
    yield from (f"可信时间：{it}" for it in audit.times)
    for row in audit.adopted:
        waiting = f"；上级 {row.waiting} 的一版还没有采用" if row.waiting else ""
        yield f"采用：{row.record} {describe(row.overlay)}{waiting}"
    for problem in (*audit.errors, *audit.reviews):
        mark = "错误" if problem.level == "error" else "待复核"
        yield f"{mark}：{problem.path}:{problem.line}:{problem.column}: {problem.message} [{problem.rule}]"
    for waiver in audit.waivers:
        begun = f"自 {waiver.since} 起，已 {waiver.days} 天；" if waiver.since else ""
        left = f"{begun}截止 {waiver.until}，还有 {waiver.days_left} 天"
        yield f"豁免：{waiver.record} {waiver.message} [{waiver.rule}]；理由：{waiver.reason}（{left}）"
    for clock in audit.clocks:
        due = f"{clock.begins} 之后 {clock.days} 个工作日，到 {clock.due or UNKNOWN}"
        yield f"期限：{clock.record.id} {clock.name}：{due}；{clock.state(audit.at)}"
    yield from _lacking(audit)
    told = (("附件和法律文本" if it.beside else "设置和表单", it) for it in audit.governing)
    for what, it in (*told, *(("其他记录", it) for it in audit.aside)):
        more = f"等 {len(it.fields)} 处" if len(it.fields) > _FEW else ""
        places = f"：{'、'.join(it.fields[:_FEW])}{more}" if it.fields else ""
        yield f"{what}：{it.date} {it.kind} {it.path}（提交 {it.commit[:12]}）{places}"


def _lacking(one: Audit) -> Iterator[str]:
    for law in one.coverage:
        if law.missing:
            places = "、".join(f"第{numeral(article)}条" for article in law.missing)
            yield f"缺项：《{law.instrument.short}》的{places}没有事项，也没有写明原因"
    for gap in one.gaps:
        yield f"缺项：清单 {gap.list_id} 的「{gap.title}」（{gap.collection}/{gap.id}）没有对应的事项"


def book(one: Audit, disclaimer: str) -> bytes:
    """Return an audit as an XLSX workbook: the whole first, then a sheet a subject."""
    whole = data(one)
    tables = {name: rows for name, rows in whole.items() if isinstance(rows, list) and name != "限制"}
    facts = [["日期", one.at], ["提交", one.commit], *(["限制", limit] for limit in one.warnings)]
    counts = [[name, len(rows)] for name, rows in tables.items()]
    sheets: dict[str, list[Sequence[object]]] = {"概况": [["内容", "说明或数量"], *facts, *counts]}
    for name, rows in tables.items():
        heads = list(rows[0]) if rows else ["没有"]
        sheets[name] = [heads, *([_cell(row[head]) for head in heads] for row in rows)]
    return workbook("审计", sheets, disclaimer)


def _cell(value: object) -> object:
    if value is None:
        return ""
    return "、".join(map(str, value)) if isinstance(value, list) else value
