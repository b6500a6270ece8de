"""Time goes forward, whatever commits claim; who wrote what a merge holds; editions compare whole items."""

from __future__ import annotations

import pytest
from tests.repository import Repository
from tests.small_register import LIST, LIST_ID, PENALTY, Register

from quanze import history
from quanze.base.problem import Fault
from quanze.history.comparison import compare
from quanze.io import git
from quanze.proof import publication

KEY = ("items", "x-1")


@pytest.fixture(name="stepping")
def _stepping(tmp_path):
    """Return a repository whose third commit claims a day before the first."""
    made = Repository(tmp_path / "登记")
    for day, word in (("2026-03-01", "一"), ("2026-05-01", "二"), ("2026-01-01", "三"), ("2026-06-01", "四")):
        made.item("x-1", f"备注: {word}")
        made.commit(day)
    return made


def test_a_commit_that_claims_an_earlier_day_gets_that_of_the_one_before(stepping):
    whole = history.read(stepping.root)
    assert [entry.date for entry in whole.entries] == ["2026-06-01", "2026-05-01", "2026-05-01", "2026-03-01"]
    assert [commit.claimed for commit in whole.line] == ["", "2026-01-01", "", ""]
    assert [one.date for one in git.line(stepping.root)] == [commit.date for commit in whole.line]


@pytest.mark.parametrize(("day", "word"), [("2026-03-15", "一"), ("2026-05-01", "三"), ("2026-06-01", "四")])
def test_the_past_is_not_rewritten_by_a_commit_that_claims_to_be_of_it(stepping, day, word):
    assert history.at(stepping.root, day).documents[KEY]["备注"] == word


def test_before_the_first_commit_there_is_nothing_still(stepping):
    with pytest.raises(Fault, match="最早的提交在 2026-03-01"):
        history.at(stepping.root, "2026-02-01")


def test_the_newest_commit_too(stepping):
    stepping.item("x-1", "备注: 五")
    stepping.commit("2020-01-01")
    assert git.head(stepping.root).date == "2026-06-01"
    assert {one.date for one in git.last_changes(stepping.root, "catalog").values()} == {"2026-06-01"}


def test_every_step_back_is_a_review(tmp_path):
    register = Register(tmp_path / "登记")
    register.edit(PENALTY, ("条: 28, 款: 1", "条: 28, 款: 4"))
    commit = register.commit("2020-01-01", "补记")
    answers = publication.registered(register.catalog(), history.read(register.root), "2026-11-23")
    (found,) = next(one.findings for one in answers if one.rule == "time-backwards")
    assert found.level == "review"
    assert found.message == f"提交 {commit[:12]} 写的日期是 2020-01-01，早于它前面的提交，按 2024-01-10 算；请核对"


# 合并和作者


def merged(tmp_path, own=""):
    made = Repository(tmp_path / "登记")
    made.item("x-1", "备注: 一")
    made.commit("2026-01-01", "初", "甲")
    made.branch("side")
    made.item("x-1", "备注: 旁")
    made.commit("2026-01-02", "旁", "乙")
    made.switch("main")
    made.git("merge", "--quiet", "--no-ff", "--no-commit", "side")
    if own:
        made.item("x-1", f"备注: {own}")
    made.commit("2026-01-03", "合并", "丙")
    return history.read(made.root).records()[KEY][0]


def test_a_merge_that_adds_nothing_names_who_wrote_it(tmp_path):
    assert merged(tmp_path).authors == ("乙",)


def test_the_author_of_a_merges_own_content_is_the_merger(tmp_path):
    entry = merged(tmp_path, "暗")
    assert entry.authors == ("乙", "丙")
    assert [(one.old, one.new) for one in entry.changes] == [("一", "暗")]


def test_one_person_has_one_name(tmp_path):
    made = Repository(tmp_path / "登记")
    made.write(".mailmap", "张三 <test@example.org> 小张 <test@example.org>\n")
    made.item("x-1")
    made.commit("2026-01-01", "初", "小张")
    assert history.read(made.root).entries[0].authors == ("张三",)


# 版次


@pytest.fixture(name="turn", scope="module")
def _turn(tmp_path_factory):
    """Return two snapshots of a list: a fine that no column shows is another, and the day of the check."""
    register = Register(tmp_path_factory.mktemp("turn") / "登记")
    register.git("tag", "v1")
    register.edit(PENALTY, ("上限: 100000", "上限: 70000"), ("日期: 2026-11-01", "日期: 2026-11-20"))
    register.commit("2026-11-21", "罚款")
    archive = register.past().archive
    return archive.snapshot(LIST_ID, "v1"), archive.snapshot(LIST_ID, "HEAD")


def test_a_fine_that_no_column_shows_is_a_change(turn):
    told = compare(*turn)
    (pair,) = told.changed
    (cell,) = pair.cells
    assert cell.column.startswith("事项·处罚")
    assert "十万元" in cell.old
    assert "七万元" in cell.new
    assert told.unchanged == 1


def test_what_a_column_shows_is_told_once(tmp_path):
    register = Register(tmp_path / "登记")
    register.git("tag", "v1")
    register.edit(PENALTY, ("条: 28, 款: 1", "条: 28, 款: 4"))
    register.commit("2026-11-21")
    archive = register.past().archive
    (pair,) = compare(archive.snapshot(LIST_ID, "v1"), archive.snapshot(LIST_ID, "HEAD")).changed
    assert [cell.column for cell in pair.cells] == ["实施依据"]
    assert LIST.endswith(f"{LIST_ID}.yaml")
