"""What nobody notices by looking at the branch: what a merge left out, and an adjustment that stays open."""

from __future__ import annotations

import pytest
from tests.small_register import INSPECTION, LIST, PENALTY, Register

from quanze import history
from quanze.proof import publication

DAY = "2026-11-23"
ADJUSTMENT = """名称: 降低罚款
事由: 法律修订。
事件日期: 2024-02-01
申请: {机关: 示例市应急管理局, 日期: 2024-02-02}
批准: {机关: 示例市人民政府, 日期: 2024-02-05, 文号: 市政发9号}
涉及事项: [{事项: xzcf-001, 变化: 变更}]
"""


@pytest.fixture(name="register")
def _register(tmp_path):
    """A bureau's own register with an approved edition of 2024-01-15, and a branch that lowers a fine."""
    register = Register(tmp_path / "登记")
    register.edit("catalog/site.yaml", ("启用: true", "启用: false"))
    first = register.commit("2024-01-11")
    row = f"版次:\n  - {{编号: v1, 名称: 第一版, 文号: 市政发8号, 公布日期: 2024-01-15, 提交: {first}}}\n"
    register.edit(LIST, ("短列:", f"{row}短列:"))
    register.commit("2024-01-15", "版次")
    return register


def told(register, rule):
    past = history.read(register.root)
    results = publication.registered(register.catalog(), past, DAY)
    return [(one.record.id, one.message) for result in results if result.rule == rule for one in result.findings]


def side(register, *edits):
    register.branch("side")
    for path, *pair in edits or [(PENALTY, "上限: 100000", "上限: 70000")]:
        register.edit(path, tuple(pair))
    register.commit("2024-02-10", "降低", "乙")
    register.switch("main")


def merge(register, *how):
    return register._recorded("2024-02-20", "甲", "merge", "--quiet", "--no-ff", "--message=合并", *how, "side")


def test_a_merge_that_keeps_one_side_is_told(register):
    side(register)
    commit = merge(register, "-s", "ours")
    ((id_, message),) = told(register, "merge-dropped")
    assert id_ == "xzcf-001"
    assert message.startswith(f"2024-02-20 的合并（提交 {commit[:12]}）：另一边（2024-02-10，提交 ")
    assert message.endswith("改了「处罚」，没有收进来；请核对")


def test_a_merge_that_takes_all_is_not_told(register):
    side(register)
    register.edit(PENALTY, ("核对:", "备注: 主线的改动\n核对:"))
    register.edit(INSPECTION, ("核对:", "备注: 主线的改动\n核对:"))
    register.commit("2024-02-12")
    merge(register)
    assert told(register, "merge-dropped") == []


def test_one_side_in_a_conflict_is_told(register):
    side(register)
    register.edit(PENALTY, ("上限: 100000", "上限: 90000"))
    register.commit("2024-02-12")
    merge(register, "-X", "ours")
    assert [id_ for id_, _ in told(register, "merge-dropped")] == ["xzcf-001"]


def test_both_sides_with_the_same_change_are_not_told(register):
    side(register)
    register.edit(PENALTY, ("上限: 100000", "上限: 70000"))
    register.commit("2024-02-12")
    merge(register)
    assert told(register, "merge-dropped") == []


def test_what_was_done_again_later_is_not_told(register):
    side(register)
    merge(register, "-s", "ours")
    register.edit(PENALTY, ("上限: 100000", "上限: 70000"))
    register.commit("2024-03-01", "再改")
    assert told(register, "merge-dropped") == []


def test_only_what_tells_something_of_the_list_counts(register):
    side(register, (PENALTY, "核对: {日期: ", "核对: {日期: 2024-01-02} # "))
    merge(register, "-s", "ours")
    assert told(register, "merge-dropped") == []


def test_new_and_removed_records_are_told_and_drafts_are_not(register):
    register.branch("side")
    text = (register.root / INSPECTION).read_text("utf-8")
    register.write("catalog/items/xzjc-002.yaml", text.replace("的监督检查", "的第二种检查"))
    draft = text.replace("的监督检查", "的第三种检查").replace("状态: 有效", "状态: 拟")
    register.write("catalog/items/xzjc-003.yaml", draft)
    register.remove(PENALTY)
    register.commit("2024-02-10")
    register.switch("main")
    merge(register, "-s", "ours")
    messages = [message.partition("）：")[2].partition("）")[2] for _, message in told(register, "merge-dropped")]
    assert sorted(messages) == ["删去了没有收进来；请核对", "新加了items/xzjc-002 没有收进来；请核对"]


def test_a_change_that_a_merge_within_the_side_took_away_is_told(register):
    side(register)
    register.branch("other")
    register.write("catalog/notes.txt", "别的\n")
    register.commit("2024-02-12", "别的", "丙")
    register._recorded("2024-02-13", "丙", "merge", "--quiet", "--no-ff", "--message=合并", "-s", "ours", "side")
    register.switch("main")
    register._recorded("2024-02-20", "甲", "merge", "--quiet", "--no-ff", "--message=合并", "other")
    assert [id_ for id_, _ in told(register, "merge-dropped")] == ["xzcf-001"]


def adjust(register, day, published=""):
    register.write("catalog/adjustments/tz-1.yaml", ADJUSTMENT + (f"公布日期: {published}\n" if published else ""))
    register.commit("2024-02-06", "登记")
    register.edit(PENALTY, ("上限: 100000", "上限: 70000"))
    register.commit(day, "降低")


def test_an_approval_that_nobody_publishes_is_told(register):
    adjust(register, "2024-02-08")
    ((id_, message),) = told(register, "adjustment-open")
    assert (id_, message) == ("tz-1", f"2024-02-05 批准，到 {DAY} 已 1022 天，还没有公布；请核对是不是不办了")


def test_a_change_long_after_its_approval_is_told(register):
    adjust(register, "2025-03-08", "2025-03-10")
    ((id_, message),) = told(register, "adjustment-open")
    assert id_ == "tz-1"
    assert message.startswith("2024-02-05 批准，397 天以后 2025-03-08（提交 ")


def test_what_is_done_in_time_is_not_told(register):
    adjust(register, "2024-02-08", "2024-02-20")
    assert told(register, "adjustment-open") == []
