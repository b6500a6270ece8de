"""Adjustments: working days, the order of steps, and what is registered against what git recorded."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from click.testing import CliRunner
from tests import golden
from tests.small_register import INSPECTION, LIST, PENALTY, Register

from quanze import cli, history
from quanze.base.model import Record
from quanze.check.checking import check
from quanze.check.rules import adjustments as rules
from quanze.check.rules.attachments import attachment
from quanze.form import load_forms
from quanze.history.adjustment import adjustments
from quanze.io import git
from quanze.proof import publication
from quanze.site.dates import dates

DAY = "2026-11-23"
EDITION = "版次:\n  - {编号: v1, 名称: 演示第一版, 标签: v1}\n"
IDLE = (
    "unregistered-change",
    "adjustment-mismatch",
    "adjustment-recorded",
    "time-backwards",
    "edition-altered",
    "edition-recorded",
    "attachment-replaced",
    "beginning-moved",
    "merge-dropped",
    "adoption-altered",
    "adjustment-open",
    "declared-figure",
)
PROCEDURE = "catalog/procedures/xing-zheng-chu-fa.yaml"


@pytest.fixture(name="base", scope="module")
def _base(tmp_path_factory):
    return golden.checked(tmp_path_factory.mktemp("base"), golden.BASE).catalog


def with_adjustment(base, **data):
    record = Record("adjustments", "tz-1", "catalog/adjustments/tz-1.yaml", {"名称": "调整", **data})
    return replace(base, records={**base.records, "adjustments": {"tz-1": record}})


def by(day):
    return {"机关": "甲", "日期": day}


# 期限


@pytest.mark.parametrize(
    ("begins", "due"),
    [
        ("2026-05-01", "2026-05-18"),  # over the holiday of May, with the Saturday that is worked for it
        ("2026-09-24", "2026-10-15"),  # over mid-autumn and the national holiday
        ("2026-11-02", "2026-11-16"),
        ("1990-01-01", ""),
        ("2031-01-01", ""),
        ("9999-12-31", ""),
    ],
)
def test_the_period_is_counted_in_chinese_working_days(base, begins, due):
    (clock,) = rules.clocks(with_adjustment(base, 事件日期=begins))
    assert (clock.name, clock.begins, clock.days, clock.due) == ("申请", begins, 10, due)


def test_the_days_are_those_of_the_settings(base):
    catalog = replace(with_adjustment(base, 事件日期="2026-11-02"), site={"期限": {"申请工作日": 1}})
    assert [clock.due for clock in rules.clocks(catalog)] == ["2026-11-03"]
    assert [*rules.clocks(replace(catalog, site={}))] == []


def test_a_day_that_the_calendar_does_not_have_runs_no_clock(base):
    assert [*rules.clocks(with_adjustment(base, 事件日期="2026-02-30"))] == []


@pytest.mark.parametrize(
    ("done", "at", "late", "state"),
    [
        ("", "2026-11-16", False, "还没有申请"),
        ("", "2026-11-17", True, "没有申请，逾期"),
        ("2026-11-16", "2026-12-31", False, "2026-11-16 已申请"),
        ("2026-11-17", "2026-12-31", True, "2026-11-17 才申请，逾期"),
    ],
)
def test_the_last_day_is_still_in_time(base, done, at, late, state):
    data = {"事件日期": "2026-11-02", **({"申请": by(done)} if done else {})}
    catalog = with_adjustment(base, **data)
    (clock,) = rules.clocks(catalog)
    assert (clock.late(at), clock.state(at)) == (late, state)
    assert bool([*rules.adjustment_late(catalog, at)]) is late


@pytest.mark.parametrize(("done", "there"), [({}, True), ({"申请": by("2026-11-03")}, False)])
def test_the_calendar_has_no_deadline_that_was_kept(base, done, there):
    catalog = with_adjustment(base, 事件日期="2026-11-02", **done)
    assert any(one.day == "2026-11-16" for one in dates(catalog, "2026-11-05")) is there


def test_an_undetermined_day_is_never_late(base):
    catalog = with_adjustment(base, 事件日期="2031-01-01")
    assert [*rules.adjustment_late(catalog, "2099-01-01")] == []


def test_publication_runs_from_the_approval(base):
    catalog = with_adjustment(
        base, 事件日期="2026-06-01", 申请=by("2026-06-02"), 批准=by("2026-07-01"), 公布日期="2026-08-03"
    )
    (late,) = rules.adjustment_late(catalog, DAY)
    assert late.message == "公布的期限是 2026-07-29（2026-07-01 之后 20 个工作日），2026-08-03 才公布"
    assert (late.pointer, late.level) == ("/公布日期", "review")


# 先后


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, []),
        ({"申请": by("2026-06-01")}, []),
        ({"申请": by("2026-05-31")}, ["「申请」的日期 2026-05-31 早于「事件」的 2026-06-01；请核对"]),
        ({"审核": [by("2026-06-09"), by("2026-06-05")], "批准": by("2026-06-09")}, []),
        (
            {"审核": [by("2026-06-09"), by("2026-05-05")], "批准": by("2026-06-08")},
            [
                "「审核」的日期 2026-05-05 早于「事件」的 2026-06-01；请核对",
                "「批准」的日期 2026-06-08 早于「审核」的 2026-06-09；请核对",
            ],
        ),
        (
            {"批准": by("2026-06-09"), "公布日期": "2026-06-08"},
            ["「公布」的日期 2026-06-08 早于「批准」的 2026-06-09；请核对"],
        ),
    ],
)
def test_the_steps_come_in_their_order(base, data, told):
    found = rules.adjustment_order(with_adjustment(base, 事件日期="2026-06-01", **data), DAY)
    assert [one.message for one in found] == told


# 与版本库对照


@pytest.fixture(name="register")
def _register(tmp_path):
    """The base catalog as its first edition (v1), 2024-01-10."""
    register = Register(tmp_path / "project")
    register.git("tag", "v1")
    register.write(LIST, (register.root / LIST).read_text("utf-8") + EDITION)
    register.commit("2024-01-11", "登记版次")
    return register


def adjust(register, items="xzcf-001", kind="变更", event="2024-01-20", published="2024-02-05"):
    """Write an adjustment that touches some items; other lines may follow in place of the items."""
    touched = ", ".join(f"{{事项: {item}, 变化: {kind}}}" for item in items.split())
    register.write(
        "catalog/adjustments/tz-1.yaml",
        f"名称: 调整\n事由: 法律修订。\n事件日期: {event}\n"
        + (f"公布日期: {published}\n" if published else "")
        + (items if ":" in items else f"涉及事项: [{touched}]\n"),
    )


def asked(register):
    """Return what the rules that look at the history find: (rule, record, message)."""
    told = history.read(register.root)
    answers = publication.registered(register.catalog(), told, DAY)
    return [(answer.rule, one.record.id, one.message) for answer in answers for one in answer.findings]


def change(register, day="2024-02-01"):
    register.edit(PENALTY, ("上限: 100000", "上限: 200000"))
    return register.commit(day, "改上限")


def test_nothing_changed_since_the_edition(register):
    assert asked(register) == []


def test_a_change_without_adjustment(register):
    commit = change(register)
    message = f"2024-02-01 的变更（提交 {commit[:12]}）没有动态调整登记；请补登记"
    assert asked(register) == [("unregistered-change", "xzcf-001", message)]


def test_two_changes_are_one_review(register):
    change(register)
    register.edit(PENALTY, ("状态: 有效", "状态: 暂停"))
    commit = register.commit("2024-03-01", "暂停")
    message = f"2024-03-01 的暂停等 2 次改动（提交 {commit[:12]}）没有动态调整登记；请补登记"
    assert asked(register) == [("unregistered-change", "xzcf-001", message)]


def test_a_registered_change(register):
    adjust(register)
    change(register)
    assert asked(register) == []


def test_an_adjustment_does_not_cover_what_was_before_its_event(register):
    change(register)
    adjust(register, event="2024-02-02")
    register.commit("2024-02-03", "登记")
    assert [rule for rule, _, _ in asked(register)] == ["unregistered-change", "adjustment-mismatch"]


def test_an_adjustment_does_not_cover_what_came_after_its_publication(register):
    adjust(register, published="2024-01-25")
    register.edit(PENALTY, ("上限: 100000", "上限: 150000"))
    register.commit("2024-01-25", "登记")
    register.edit(PENALTY, ("上限: 150000", "上限: 200000"))
    commit = register.commit("2024-02-01", "改上限")
    assert asked(register) == [
        ("unregistered-change", "xzcf-001", f"2024-02-01 的变更（提交 {commit[:12]}）没有动态调整登记；请补登记")
    ]


def test_an_adjustment_that_is_registered_after_the_change_but_within_its_time(register):
    change(register)
    adjust(register)
    register.commit("2024-02-03", "补登记")
    assert asked(register) == []


@pytest.mark.parametrize(
    ("day", "published", "end"),
    [
        ("2024-02-03", "2024-02-20", "2024-02-20"),  # put off before it came
        ("2024-02-05", "2024-02-20", "2024-02-20"),
        ("2024-02-03", "", ""),
        ("2024-02-06", "2024-02-20", "2024-02-05"),
        ("2025-03-01", "2025-03-01", "2024-02-05"),
        ("2025-03-01", "", "2024-02-05"),
    ],
)
def test_nothing_opens_an_adjustment_again_that_is_over(register, day, published, end):
    adjust(register)
    change(register)
    adjust(register, published=published)
    register.commit(day, "改公布日期")
    register.edit("catalog/adjustments/tz-1.yaml", ("名称: 调整", "名称: 调整\n备注: 甲"))
    register.commit("2025-06-01", "备注")
    told = history.read(register.root).records()
    (one,) = adjustments(register.catalog(), told)["items", "xzcf-001"]
    assert (one.begin, one.end) == ("2024-01-20", end)


def test_an_adjustment_that_is_recorded_late_is_open_until_then(register):
    change(register)
    adjust(register)
    register.commit("2024-03-01", "补登记")
    told = history.read(register.root).records()
    (one,) = adjustments(register.catalog(), told)["items", "xzcf-001"]
    assert one.end == "2024-03-01"


def test_a_change_in_the_time_for_which_an_adjustment_was_opened_again_is_registered_by_none(register):
    adjust(register)
    change(register)
    adjust(register, published="2025-03-31")
    register.commit("2025-03-01", "改公布日期")
    register.edit(PENALTY, ("上限: 200000", "上限: 2000"))
    commit = register.commit("2025-03-10", "笔误")
    assert [rule for rule, *_ in asked(register)] == ["unregistered-change", "adjustment-recorded"]
    assert f"2025-03-10 的变更（提交 {commit[:12]}）没有动态调整登记" in asked(register)[0][2]


@pytest.mark.parametrize(("was", "told"), [("", False), (f"哈希: {'a' * 64}, ", True)])
def test_the_document_of_an_approval_may_be_added_afterwards_and_not_exchanged(register, was, told):
    for day, digest in (("2024-01-22", was), ("2024-06-01", f"哈希: {'b' * 64}, ")):
        adjust(register)
        approved = f"批准: {{机关: 甲, {digest}日期: 2024-01-21}}\n"
        register.edit("catalog/adjustments/tz-1.yaml", ("公布日期", f"{approved}公布日期"))
        register.commit(day, "批准")
        if day < "2024-02-05":
            change(register)
    assert bool(told_afterwards(register)) is told


def test_an_edition_confirms_all_before_it(register):
    change(register)
    register.git("tag", "v2")
    register.edit(LIST, (EDITION, EDITION + "  - {编号: v2, 名称: 演示第二版, 标签: v2}\n"))
    register.commit("2024-02-03", "登记版次")
    assert asked(register) == []


def test_an_edition_that_was_taken_back_is_still_what_changes_are_counted_from(register):
    register.edit(LIST, (EDITION, ""))
    register.commit("2024-01-12", "没有版次")
    change(register)
    assert [rule for rule, *_ in asked(register)] == ["unregistered-change", "edition-altered"]


def test_an_edition_that_was_called_otherwise_is_told(register):
    register.edit(LIST, ("名称: 演示第一版", "名称: 演示修订版"))
    register.commit("2024-01-12", "改名称")
    ((rule, *_, message),) = asked(register)
    assert (rule, "「名称」由 演示第一版 改为 演示修订版" in message) == ("edition-altered", True), message


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (PENALTY, "日期: 2026-11-01", "日期: 2026-11-02"),
        (PENALTY, "状态: 有效", "状态: 有效\n关键词: [没培训]"),
        (PENALTY, "状态: 有效", "状态: 有效\n# 只是注释"),
        (LIST, "名称: 示例", "简介: 说明。\n名称: 示例"),
        (LIST, "短列: [序号, 事项名称]", "短列: [事项名称]"),
        ("catalog/laws/an-quan-sheng-chan-fa.yaml", "名称:", "官方链接: https://example.org/\n名称:"),
    ],
)
def test_what_the_list_does_not_say_needs_no_adjustment(register, path, old, new):
    register.edit(path, (old, new))
    register.commit("2024-02-01")
    assert asked(register) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "id_"),
    [
        (LIST, "  - 字段: 职权类型\n", "", "quan-ze-qing-dan"),
        (PROCEDURE, "  - 环节: 立案\n", "", "xing-zheng-chu-fa"),
    ],
)
def test_the_list_itself_and_the_procedures_of_its_items(register, path, old, new, id_):
    register.edit(path, (old, new))
    register.commit("2024-02-01")
    assert [(rule, record) for rule, record, _ in asked(register)] == [("unregistered-change", id_)]
    adjust(register, items="涉及清单: [quan-ze-qing-dan]\n涉及程序: [xing-zheng-chu-fa]\n")
    register.commit("2024-02-02")
    assert asked(register) == []


def test_a_new_item_and_one_that_left_the_list(register):
    text = (register.root / INSPECTION).read_text("utf-8")
    register.write("catalog/items/xzjc-002.yaml", text.replace("监督检查", "复查"))
    register.edit(INSPECTION, ("状态: 有效", "状态: 取消\n终止日期: 2024-02-01\n终止原因: 依据废止"))
    register.commit("2024-02-01")
    assert [(rule, id_, message[:16]) for rule, id_, message in asked(register)] == [
        ("unregistered-change", "xzjc-001", "2024-02-01 的取消（提"),
        ("unregistered-change", "xzjc-002", "2024-02-01 的新增（提"),
    ]


def test_a_draft_needs_no_adjustment(register):
    text = (register.root / INSPECTION).read_text("utf-8")
    register.write("catalog/items/xzjc-002.yaml", text.replace("状态: 有效", "状态: 拟"))
    register.commit("2024-02-01")
    assert asked(register) == []


def test_a_cancelled_item_registered_as_changed(register):
    adjust(register, items="xzjc-001")
    register.edit(INSPECTION, ("状态: 有效", "状态: 取消\n终止日期: 2024-02-01\n终止原因: 依据废止"))
    register.commit("2024-02-01")
    assert [(rule, id_) for rule, id_, _ in asked(register)] == [
        ("unregistered-change", "xzjc-001"),
        ("adjustment-mismatch", "tz-1"),
    ]
    assert asked(register)[1][2] == "登记为变更的「xzjc-001」，版本库在这次调整期间记录的是取消；请核对"


def test_a_correction_goes_with_what_is_registered(register):
    adjust(register, kind="暂停")
    register.edit(PENALTY, ("状态: 有效", "状态: 暂停"))
    register.commit("2024-02-01")
    change(register, "2024-02-02")
    assert asked(register) == []


def test_an_adjustment_that_git_knows_nothing_of(register):
    adjust(register, items="xzcf-001 xzjc-001")
    change(register)
    message = "登记为变更的「xzjc-001」，版本库在这次调整期间没有记录它的改动；请核对"
    assert asked(register) == [("adjustment-mismatch", "tz-1", message)]


def test_an_open_adjustment_may_still_be_carried_out(register):
    adjust(register, published="")
    register.commit("2024-02-01")
    assert asked(register) == []


def told_afterwards(register):
    return [message for rule, _, message in asked(register) if rule == "adjustment-recorded"]


@pytest.mark.parametrize("name", ["名称", "事由"])
def test_a_closed_adjustment_that_is_told_otherwise_is_told(register, name):
    adjust(register)
    change(register)
    path = "catalog/adjustments/tz-1.yaml"
    (line,) = (each for each in (register.root / path).read_text("utf-8").splitlines() if each.startswith(f"{name}:"))
    register.edit(path, (line, f"{name}: 市里要求全部降低"))
    register.commit("2024-06-01", "改说法")
    assert [f"「{name}」是 2024-06-01 才写成这样的" in each for each in told_afterwards(register)] == [True]


def test_a_closed_adjustment_that_takes_in_what_it_did_not_name_is_told(register):
    """The window in which it is open stays as it was: what it names alone is another."""
    adjust(register, items="xzjc-001")
    register.edit(INSPECTION, ("状态: 有效", "状态: 有效\n备注: 甲"))
    change(register)
    assert [rule for rule, *_ in asked(register)] == ["unregistered-change"]
    adjust(register, items="xzjc-001 xzcf-001")
    commit = register.commit("2024-06-01", "补上")
    said = f"公布日期是 2024-02-05，而「涉及事项」是 2024-06-01 才写成这样的（提交 {commit[:12]}）；请核对是不是补登记"
    assert asked(register) == [("adjustment-recorded", "tz-1", said)]


def test_what_a_closed_adjustment_names_beside_items_is_told_too(register):
    adjust(register)
    change(register)
    register.edit(LIST, ("  - 字段: 职权类型\n", ""))
    register.commit("2024-02-03")
    text = (register.root / "catalog/adjustments/tz-1.yaml").read_text("utf-8")
    register.write("catalog/adjustments/tz-1.yaml", text + "涉及清单: [quan-ze-qing-dan]\n")
    register.commit("2024-06-01")
    (said,) = told_afterwards(register)
    assert "「涉及清单」是 2024-06-01 才写成这样的" in said


@pytest.mark.parametrize("published", ["", "2026-06-01"], ids=["opened", "put off"])
def test_an_adjustment_that_was_over_before_git_began_is_told_once_it_takes_in_what_git_saw(register, published):
    adjust(register, event="2019-01-20", published="2019-02-05")
    register.commit("2024-01-12", "从前的")
    change(register, "2025-02-01")
    adjust(register, event="2019-01-20", published=published)
    register.commit("2026-05-01", "改")
    (said,) = told_afterwards(register)
    assert said.startswith("公布日期是 2019-02-05，而「公布日期」是 2026-05-01 才写成这样的")


def test_correcting_an_adjustment_that_was_over_before_git_began_is_no_review(register):
    adjust(register, event="2019-01-20", published="2019-02-05")
    register.commit("2024-01-12", "从前的")
    adjust(register, event="2019-01-21", published="2019-02-06")
    register.commit("2026-05-01", "改正")
    assert told_afterwards(register) == []


def test_what_was_published_before_git_began_is_not_held_against_git(register):
    adjust(register, event="2023-01-20", published="2023-02-01")
    register.commit("2024-02-01")
    assert asked(register) == []


STEPS = {"申请": "申请: {机关: 甲, 日期: %s}\n", "审核": "审核: [{机关: 乙, 日期: %s, 意见: 同意}]\n"}
STEPS |= {"批准": "批准: {机关: 丙, 日期: %s, 文号: 甲〔2024〕9号}\n"}


def stepped(register, published="", **days):
    """Write an adjustment with some of its steps."""
    told = "".join(STEPS[name] % f'"{day}"' for name, day in days.items())
    items = "涉及事项: [{事项: xzcf-001, 变化: 变更}]\n"
    adjust(register, items + told, published=published)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(("recorded", "late"), [("2024-03-02", False), ("2024-03-03", True), ("2024-09-01", True)])
def test_a_step_that_is_recorded_long_after_its_day_is_told(register, step, recorded, late):
    change(register)
    stepped(register, **{step: "2024-02-01"})
    register.commit(recorded, "登记")
    said = f"写的{step}日期是 2024-02-01，而版本库里 {recorded} 才写上；请核对是不是补登记"
    assert told_afterwards(register) == ([said] if late else [])


def test_an_approval_that_an_open_adjustment_gets_afterwards_is_told(register):
    stepped(register, 申请="2024-01-22")
    register.commit("2024-01-22", "申请")
    change(register)
    stepped(register, 申请="2024-01-22", 批准="2024-01-30")
    register.commit("2024-06-01", "补批准")
    assert told_afterwards(register) == ["写的批准日期是 2024-01-30，而版本库里 2024-06-01 才写上；请核对是不是补登记"]


def test_a_step_stands_since_it_was_first_written_so(register):
    stepped(register, 申请="2024-01-22", 批准="2024-01-30")
    register.commit("2024-01-31", "批准")
    stepped(register, 申请="2024-01-22", 批准="2024-01-30", 审核="2024-01-25")
    register.commit("2024-02-03", "补审核")
    change(register, "2024-02-04")
    stepped(register, "2024-02-05", 申请="2024-01-22", 批准="2024-01-30", 审核="2024-01-25")
    register.commit("2024-02-05", "公布")
    assert asked(register) == []


@pytest.mark.parametrize("changed", [True, False])
@pytest.mark.parametrize("published", ["", "2019-02-05"])
def test_an_approval_from_before_git_began_that_is_recorded_late_registers_nothing_silently(
    register, changed, published
):
    if changed:
        change(register)
    told = "".join(STEPS[name] % '"2019-01-25"' for name in STEPS)
    items = "涉及事项: [{事项: xzcf-001, 变化: 变更}]\n"
    adjust(register, items + told, event="2019-01-20", published=published)
    register.commit("2024-09-01", "登记")
    assert bool(told_afterwards(register)) is changed


def test_an_old_adjustment_still_matches_after_the_next_edition(register):
    adjust(register)
    change(register)
    register.git("tag", "v2")
    register.edit(LIST, (EDITION, EDITION + "  - {编号: v2, 名称: 演示第二版, 标签: v2}\n"))
    register.commit("2024-03-01", "登记版次")
    assert asked(register) == []


def test_a_shallow_clone_is_not_asked(register, tmp_path):
    change(register)
    shallow = register.shallow(tmp_path / "shallow", 1)
    told = history.read(shallow.root)
    assert publication.idle(told) == (
        "unregistered-change",
        "adjustment-mismatch",
        "adjustment-recorded",
        "time-backwards",
        "edition-altered",
        "edition-recorded",
        "attachment-replaced",
        "beginning-moved",
        "merge-dropped",
        "adoption-altered",
        "adjustment-open",
        "declared-figure",
    )
    catalog = check(shallow.root, DAY).catalog
    assert [answer.rule for answer in publication.registered(catalog, told, DAY)] == ["vanished"]


def test_without_git_nothing_of_the_history_is_asked(tmp_path):
    root = golden.project(tmp_path / "p")
    told = history.read(root)
    assert publication.idle(told) == (
        "vanished",
        "unregistered-change",
        "adjustment-mismatch",
        "adjustment-recorded",
        "time-backwards",
        "edition-altered",
        "edition-recorded",
        "attachment-replaced",
        "beginning-moved",
        "merge-dropped",
        "adoption-altered",
        "adjustment-open",
        "declared-figure",
    )
    assert [answer.findings for answer in publication.registered(check(root, DAY).catalog, told, DAY)] == [()]


# 消失


def test_a_record_of_the_edition_that_vanished(register):
    register.remove(INSPECTION)
    register.commit("2024-02-01")
    (answer,) = publication.published(register.catalog())
    (one,) = answer.findings
    assert (one.record.path, one.level) == (INSPECTION, "error")
    assert "已经公布的「xzjc-001」不见了" in one.message


def test_a_record_that_became_a_draft_again(register):
    register.edit(INSPECTION, ("状态: 有效", "状态: 拟"))
    (answer,) = publication.published(register.catalog())
    assert [one.message for one in answer.findings] == ["已经公布的「xzjc-001」不能退回「拟」；不再行使的，请写明终止"]


def test_moving_a_file_is_not_vanishing(register):
    register.move(INSPECTION, "catalog/items/xzjc/xzjc-001.yaml")
    assert [answer.findings for answer in publication.published(register.catalog())] == [()]


NEW = "catalog/items/xzjc-002.yaml"


def add(register, status):
    text = (register.root / INSPECTION).read_text("utf-8")
    register.write(NEW, text.replace("状态: 有效", f"状态: {status}"))
    register.commit("2024-02-01")


def vanished(register):
    return [one.record.id for answer in publication.published(register.catalog()) for one in answer.findings]


def test_a_record_is_published_from_its_first_commit_on(register):
    add(register, "有效")
    register.remove(NEW)
    assert vanished(register) == ["xzjc-002"]
    register.commit("2024-02-02")
    assert vanished(register) == ["xzjc-002"]
    add(register, "有效")
    assert vanished(register) == []


def test_a_draft_can_go_and_one_that_was_published_cannot(register):
    add(register, "拟")
    register.remove(NEW)
    register.commit("2024-02-02")
    assert vanished(register) == []
    add(register, "有效")
    add(register, "拟")
    assert vanished(register) == ["xzjc-002"]
    register.remove(NEW)
    register.commit("2024-02-03")
    assert vanished(register) == ["xzjc-002"]


def test_another_id_for_a_record_is_no_way_to_end_it(register):
    add(register, "有效")
    register.move(NEW, "catalog/items/xzjc-003.yaml")
    register.commit("2024-02-02")
    assert vanished(register) == ["xzjc-002"]


def test_what_a_branch_brought_in_and_took_back_was_never_published(register):
    register.branch("x")
    add(register, "有效")
    register.remove(NEW)
    register.commit("2024-02-02")
    register.switch("main")
    register.merge("x", "2024-02-03")
    assert vanished(register) == []


def test_before_the_register_s_own_history_nothing_was_published(register):
    add(register, "有效")
    register.remove(NEW)
    start = register.commit("2024-02-02")
    assert vanished(register) == ["xzjc-002"]
    for begins in (start, "2024-02-02"):
        catalog = register.catalog()
        catalog = replace(catalog, site={**catalog.site, "历史起点": begins})
        assert [one.record.id for answer in publication.published(catalog) for one in answer.findings] == []
    register.remove(INSPECTION)
    catalog = register.catalog()
    catalog = replace(catalog, site={**catalog.site, "历史起点": start}, records={**catalog.records})
    assert [one.record.id for answer in publication.published(catalog) for one in answer.findings] == ["xzjc-001"]


def test_in_a_clone_only_the_branch_of_the_remote_is_published(register, tmp_path):
    register.git("clone", "--quiet", str(register.root), str(tmp_path / "clone"))
    clone = Register.__new__(Register)
    clone.root = tmp_path / "clone"
    clone.branch("x")
    clone.git("config", "user.name", "甲")
    clone.git("config", "user.email", "test@example.org")
    add(clone, "有效")
    clone.remove(NEW)
    assert vanished(clone) == []
    clone.remove(INSPECTION)
    assert vanished(clone) == ["xzjc-001"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("{编号: v9, 名称: 演示第九版, 标签: v9}", "没有「v9」这个标签"),
        ("{编号: v9, 名称: 演示第九版}", "没有写标签，也没有写提交"),
    ],
)
def test_an_edition_whose_commit_is_not_known(register, row, told):
    register.edit(LIST, (EDITION, EDITION + f"  - {row}\n"))
    register.remove(INSPECTION)
    catalog = register.catalog()
    newest, counting = publication.bases(catalog)
    assert (newest.commit, newest.fault, counting.edition.id) == (None, told, "v1")
    assert [one.record.id for answer in publication.published(catalog) for one in answer.findings] == ["xzjc-001"]


def test_the_base_is_the_newest_edition(register):
    (base,) = publication.bases(register.catalog())
    assert base.commit == git.commit(register.root, "v1")


# 表单


@pytest.mark.parametrize(
    ("touched", "fits"),
    [
        ({"涉及事项": [{"事项": "xzcf-001", "变化": "变更"}]}, True),
        ({"涉及程序": ["xing-zheng-chu-fa"]}, True),
        ({"涉及事项": [{"事项": "xzcf-001", "变化": "修改"}]}, False),
        ({}, False),
        ({"涉及清单": [], "备注": "无"}, False),
        (
            {"涉及依据": ["an-quan-sheng-chan-fa"], "批准": {"机关": "甲", "日期": "2026-01-01", "哈希": "A" * 64}},
            False,
        ),
        ({"涉及依据": ["an-quan-sheng-chan-fa"], "批准": {"机关": "甲", "日期": "2026-01-01", "哈希": "a" * 64}}, True),
    ],
)
def test_the_form(base, touched, fits):
    validator = load_forms(base.root / "schema")["adjustments"].validator
    assert validator.fits({"名称": "调整", "事由": "修法", "事件日期": "2026-01-01", **touched}) is fits


# 不能让审计说不出话


def real(register):
    """Let the register be a bureau's own."""
    register.edit("catalog/site.yaml", ("启用: true", "启用: false"))
    return register


def told(register):
    catalog = register.catalog()
    return {
        answer.rule: answer.findings for answer in publication.registered(catalog, history.read(register.root), DAY)
    }


APPROVED = "批准: {机关: 市政府, 文号: 市政发1号, 日期: 2026-06-01}\n"


@pytest.mark.parametrize("name", ["pi-fu.pdf", "files/pi-fu.pdf"])
def test_an_approving_document_that_was_swapped_is_told(tmp_path, name):
    register = real(Register(tmp_path / "登记"))
    register.write("files/pi-fu.pdf", b"%PDF-1.4 one")
    digest = hashlib.sha256(b"%PDF-1.4 one").hexdigest()
    approval = f"批准: {{机关: 市政府, 文号: 市政发1号, 日期: 2026-06-01, 文件: {name}, 哈希: {digest}}}"
    head = f"名称: 调整\n事由: 修法\n事件日期: 2026-05-10\n{approval}\n"
    register.write("catalog/adjustments/tz-1.yaml", f"{head}涉及清单: [quan-ze-qing-dan]\n")
    assert [*attachment(register.catalog(), DAY)] == []
    register.write("files/pi-fu.pdf", b"%PDF-1.4 two")
    (found,) = attachment(register.catalog(), DAY)
    assert (found.record.id, found.pointer) == ("tz-1", "/批准/哈希")
    assert found.message.startswith("files/pi-fu.pdf 的内容和登记的校验值不符，文件被换过")


LATE = APPROVED.replace("06-01", "06-03")
UNREGISTERED = "没有动态调整登记；请补登记"


@pytest.mark.parametrize(
    ("approval", "why"), [("", UNREGISTERED), (APPROVED, ""), (LATE, "早于登记它的动态调整的批准；请核对")]
)
def test_at_a_bureau_only_an_adjustment_approved_before_it_registers_a_change(tmp_path, approval, why):
    register = real(Register(tmp_path / "登记"))
    register.edit(LIST, ("短列:", "版次:\n  - {编号: v1, 名称: 第一版, 文号: 市政发9号, 标签: v1}\n短列:"))
    register.commit("2026-05-01", "版次")
    register.git("tag", "v1")
    register.edit(PENALTY, ("条: 28, 款: 1", "条: 28, 款: 4"))
    register.write(
        "catalog/adjustments/tz-1.yaml",
        f"名称: 调整\n事由: 修法\n事件日期: 2026-05-10\n{approval}涉及事项:\n  - {{事项: xzcf-001, 变化: 变更}}\n",
    )
    commit = register.commit("2026-06-02", "调整")
    message = f"2026-06-02 的变更（提交 {commit[:12]}）{why}"
    assert [one.message for one in told(register)["unregistered-change"]] == ([message] if why else [])


@pytest.mark.parametrize(("number", "counted"), [("", False), (", 文号: 市政发9号", True)])
def test_an_edition_that_nobody_approved_moves_no_baseline(tmp_path, number, counted):
    register = real(Register(tmp_path / "登记"))
    register.git("tag", "v1")
    register.edit(PENALTY, ("条: 28, 款: 1", "条: 28, 款: 4"))
    register.commit("2026-05-02", "没有登记的改动")
    register.git("tag", "v2")
    rows = (
        f"  - {{编号: v1, 名称: 第一版, 文号: 市政发1号, 标签: v1}}\n  - {{编号: v2, 名称: 第二版, 标签: v2{number}}}\n"
    )
    register.edit(LIST, ("短列:", f"版次:\n{rows}短列:"))
    register.commit("2026-05-03", "版次")
    found = told(register)["unregistered-change"]
    assert any(one.record.id == "xzcf-001" for one in found) is not counted
    faults = [base.fault for base in publication.bases(register.catalog())]
    label = "只写了标签，没有写提交：标签移动了也看不出来"
    assert faults == ([label] if counted else ["没有写批准的文号，不能作公布的版次", label])


def test_a_tag_that_was_moved_is_told_by_name(tmp_path):
    register = Register(tmp_path / "登记")
    commit = register.git("rev-parse", "HEAD")
    register.git("tag", "v1")
    register.edit(LIST, ("短列:", f"版次:\n  - {{编号: v1, 名称: 演示第一版, 标签: v1, 提交: {commit}}}\n短列:"))
    later = register.commit("2026-05-03", "版次")
    (base,) = publication.bases(register.catalog())
    assert (base.commit.id, base.fault) == (commit, "")
    register.git("tag", "--force", "v1")
    (base,) = publication.bases(register.catalog())
    assert base.commit.id == commit
    told = f"标签 v1 现在指向提交 {later[:12]}，登记的是 {commit[:12]}：标签移动过，或者登记改过"
    row = f"  - {{编号: v2, 名称: 演示第二版, 提交: {later}}}\n"
    register.edit(LIST, ("短列:", f"{row}短列:"))
    assert [*publication.moved_tags(register.catalog())] == [f"清单 quan-ze-qing-dan 的「演示第一版」：{told}"]


@pytest.mark.parametrize(("published", "counts"), [("2026-05-02", False), ("2026-05-03", True), ("2024-01-01", True)])
def test_an_edition_cannot_be_published_before_what_it_holds_was_recorded(tmp_path, published, counts):
    register = Register(tmp_path / "登记")
    register.commit("2026-05-01", "开始")
    commit = register.commit("2026-05-03", "以后")
    row = f"{{编号: v1, 名称: 演示第一版, 公布日期: {published}, 提交: {commit}}}"
    register.edit(LIST, ("短列:", f"版次:\n  - {row}\n短列:"))
    (base,) = publication.bases(register.catalog())
    late = f"写的提交 {commit[:12]} 是 2026-05-03 才记录的，晚于公布日期 {published}，不能作公布的版次"
    assert (bool(base.commit), base.fault) == (counts, "" if counts else late)


@pytest.mark.parametrize(("published", "late"), [("2026-06-01", True), ("2026-06-10", False), ("2026-06-20", False)])
def test_an_adjustment_that_was_recorded_after_the_fact_is_told(tmp_path, published, late):
    register = Register(tmp_path / "登记")
    register.write(
        "catalog/adjustments/tz-1.yaml",
        f"名称: 调整\n事由: 修法\n事件日期: 2026-05-10\n公布日期: {published}\n涉及清单: [quan-ze-qing-dan]\n",
    )
    register.commit("2026-06-10", "补登记")
    assert bool(told(register)["adjustment-recorded"]) is late


# 报告里写的数


FIGURE = """指标: {}
年度: 2024
报告数: {}
统计: {{集合: items, 计: {}, 年度: 2024}}
"""


def test_a_stated_figure_is_held_against_what_happened_at_its_line(register):
    """In the check, the audit and the build alike: two are new in the year, one changed, one ended."""
    for n, (told, what) in enumerate([(2, "终止"), (1, "变更"), (2, "新增")]):
        register.write(f"catalog/figures/ndbg-{n}.yaml", FIGURE.format(what, told, what))
    register.edit(INSPECTION, ("状态: 有效", "状态: 取消\n终止日期: 2024-02-01\n终止原因: 法律修改"))
    change(register)
    said = "「报告数」是「2」，应当等于「统计」的「1」；请核对"
    told = [one for one in asked(register) if one[0] == "declared-figure"]
    assert told == [("declared-figure", "ndbg-0", said)]
    done = CliRunner().invoke(cli.main, ["check", "--root", str(register.root), "--at", DAY])
    assert [line for line in done.stdout.splitlines() if "figures" in line] == [
        f"catalog/figures/ndbg-0.yaml:3:6: 待复核：{said} [declared-figure]"
    ]
