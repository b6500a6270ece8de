"""The baseline of the audit is the edition as it was first registered: nothing that is written later silences it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.small_register import LIST, PENALTY, Register

from quanze import history
from quanze.check.checking import check
from quanze.proof import publication
from quanze.proof.audit import audit

DAY = "2026-11-23"
COPY = "catalog/lists/lao-qing-dan.yaml"
NO_EDITION = "清单现在都没有写版次，改动是不是登记过没有查"


@pytest.fixture(name="register")
def _register(tmp_path):
    """A bureau's own register with an approved edition of 2026-01-08, whose commit is of 2026-01-05."""
    register = Register(tmp_path / "登记")
    register.edit("catalog/site.yaml", ("启用: true", "启用: false"))
    register.first = register.commit("2026-01-05", "清单")
    register.row = (
        "版次:\n  - {编号: v1, 名称: 第一版, 文号: 市政发9号, 确认日期: 2026-01-06, 公布日期: 2026-01-08, "
        f"提交: {register.first}}}\n"
    )
    register.edit(LIST, ("短列:", f"{register.row}短列:"))
    register.commit("2026-01-08", "版次")
    return register


def change(register, day="2026-02-01"):
    register.edit(PENALTY, ("上限: 100000", "上限: 200000"))
    return register.commit(day, "改上限")


def state(register):
    told = history.read(register.root)
    checked = check(register.root, DAY, also=lambda catalog: publication.registered(catalog, told, DAY))
    return audit(checked.catalog, DAY, checked.problems, checked.waived, told)


def unregistered(register):
    return [one.path for one in state(register).reviews if one.rule == "unregistered-change"]


def deleted(register):
    register.edit(LIST, (register.row, ""))


def deleted_first(register):
    deleted(register)
    register.commit("2026-01-20", "删版次")


def deleted_afterwards(register):
    change(register)
    deleted(register)
    register.commit("2026-03-01", "删版次")


def another_commit(register):
    commit = change(register)
    register.edit(LIST, (register.first, commit))
    register.commit("2026-03-01", "改版次")


def no_approval(register):
    register.edit(LIST, ("文号: 市政发9号, ", ""))


def a_day_to_come(register):
    register.edit(LIST, ("公布日期: 2026-01-08", "公布日期: 2027-01-08"))


def no_commit_of_this_branch(register):
    register.edit(LIST, (register.first, "0" * 40))


def another_id(register):
    commit = change(register)
    register.edit(LIST, ("编号: v1", "编号: v1a"), (register.first, commit), ("公布日期: 2026-01-08, ", ""))
    register.edit(LIST, ("文号: 市政发9号, ", ""))
    register.commit("2026-03-01", "改编号")


def another_file(register):
    register.git("mv", LIST, COPY)
    register.commit("2026-01-20", "改名")
    register.edit(COPY, (register.row, ""))


def unreadable_between(register):
    text = (register.root / LIST).read_text("utf-8")
    register.write(LIST, "名称: [")
    register.commit("2026-01-20", "写坏")
    register.write(LIST, text.replace(register.row, ""))
    register.commit("2026-01-21", "修好")


def not_recorded(register):
    change(register)
    deleted(register)


def replaced_by_none_that_counts(register):
    deleted(register)
    register.edit(LIST, ("短列:", "版次:\n  - {编号: v2, 名称: 第二版}\n短列:"))


def the_list_itself(register):
    register.remove(LIST)
    register.commit("2026-01-20", "删清单")


def the_list_itself_unrecorded(register):
    change(register)
    register.remove(LIST)


def the_whole_folder_of_lists(register):
    register.remove(LIST)
    register.write("catalog/lists/.gitkeep", "")


def the_list_for_another(register):
    text = (register.root / LIST).read_text("utf-8").replace(register.row, "")
    register.remove(LIST)
    register.write("catalog/lists/xin-qing-dan.yaml", "名称: 新清单\n" + text.split("\n", 1)[1].replace("\n", "  \n"))


def the_list_in_a_merge(register):
    register.branch("side")
    register.remove(LIST)
    register.commit("2026-01-20", "删清单")
    register.switch("main")
    register.merge("side", "2026-01-21")


def the_list_after_it_was_spoilt(register):
    register.write(LIST, "名称: [")
    register.commit("2026-01-20", "写坏")
    register.remove(LIST)


WAYS = [
    the_list_itself,
    the_list_itself_unrecorded,
    the_whole_folder_of_lists,
    the_list_for_another,
    the_list_in_a_merge,
    the_list_after_it_was_spoilt,
    deleted,
    deleted_first,
    deleted_afterwards,
    another_commit,
    no_approval,
    a_day_to_come,
    no_commit_of_this_branch,
    another_id,
    another_file,
    unreadable_between,
    not_recorded,
    replaced_by_none_that_counts,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_an_edition_that_was_registered_stays_the_baseline(register, way):
    way(register)
    if "上限: 200000" not in (register.root / PENALTY).read_text("utf-8"):
        change(register)
    found = state(register)
    assert PENALTY in [one.path for one in found.reviews if one.rule == "unregistered-change"]
    assert NO_EDITION not in found.limits
    assert [base.commit.id for base in found.bases if base.commit] == [register.first]


OTHER = "catalog/items/xzcf-900.yaml"


def under_another_id_for_a_day(register):
    register.move(PENALTY, OTHER)
    register.edit(OTHER, ("上限: 100000", "上限: 200000"))
    register.commit("2026-01-20", "改编号")
    register.move(OTHER, PENALTY)


def as_a_draft_under_another_id(register):
    register.move(PENALTY, OTHER)
    register.edit(OTHER, ("上限: 100000", "上限: 200000"), ("状态: 有效", "状态: 拟"))
    register.commit("2026-01-20", "改编号")
    register.move(OTHER, PENALTY)
    register.edit(PENALTY, ("状态: 拟", "状态: 有效"))


def a_draft_that_is_published_under_another_id(register):
    text = (register.root / PENALTY).read_text("utf-8")
    register.write(
        "catalog/items/ni.yaml", text.replace("状态: 有效", "状态: 拟").replace("事项名称: 对", "事项名称: 不准")
    )
    register.commit("2026-01-20", "拟")
    register.move("catalog/items/ni.yaml", OTHER)
    register.edit(OTHER, ("状态: 拟", "状态: 有效"))


@pytest.mark.parametrize(
    ("way", "path"),
    [
        (under_another_id_for_a_day, PENALTY),
        (as_a_draft_under_another_id, PENALTY),
        (a_draft_that_is_published_under_another_id, OTHER),
    ],
)
def test_another_id_hides_no_change(register, way, path):
    way(register)
    register.commit("2026-02-01", "改编号")
    assert path in unregistered(register)


def test_another_id_alone_is_no_change_of_the_list(register):
    register.move(PENALTY, OTHER)
    register.commit("2026-01-20", "改编号")
    assert unregistered(register) == []


def test_the_audit_says_that_it_still_counts_from_a_deleted_edition(register):
    deleted_first(register)
    (base,) = state(register).bases
    assert base.fault == "登记以后被删去，仍从登记时写的提交查起"


def test_a_later_edition_moves_the_baseline_whatever_became_of_the_first(register):
    commit = change(register)
    deleted(register)
    register.edit(LIST, ("短列:", f"版次:\n  - {{编号: v2, 名称: 第二版, 文号: 市政发10号, 提交: {commit}}}\n短列:"))
    register.commit("2026-02-03", "第二版")
    found = state(register)
    assert [base.commit.id for base in found.bases] == [commit]
    assert unregistered(register) == []


def test_an_edition_whose_commit_is_written_later_counts_from_then_on(register):
    register.edit(LIST, (register.row, ""))
    register.commit("2026-01-09", "没有版次")
    register.edit(LIST, ("短列:", "版次:\n  - {编号: v3, 名称: 第三版, 文号: 市政发11号}\n短列:"))
    commit = register.commit("2026-02-03", "先登记")
    register.edit(LIST, ("文号: 市政发11号", f"文号: 市政发11号, 提交: {commit}"))
    register.commit("2026-02-04", "写提交")
    assert [base.edition.name for base in state(register).bases] == ["第三版"]


def test_what_left_the_list_with_its_collection_is_still_held_against_it(register):
    register.edit(LIST, ("集合: items", "集合: bodies"))
    change(register)
    told = history.read(register.root)
    found = publication.recorded(register.catalog(), told, DAY)
    assert ("items", "xzcf-001") in found.since


def test_an_edition_of_a_history_that_was_begun_anew_is_not_sound(register):
    assert replace(state(register), errors=(), reviews=()).sound
    register.git("checkout", "--quiet", "--orphan", "new")
    register.commit("2026-02-01", "重来")
    found = state(register)
    assert [base.lost for base in found.bases] == [True]
    assert not replace(found, errors=(), reviews=()).sound
