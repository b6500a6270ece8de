"""A register that grew out of another's repository tells its own history alone (历史起点)."""

from __future__ import annotations

import pytest
from tests.small_register import LIST, PENALTY, Register

from quanze import history
from quanze.base.problem import Fault
from quanze.cli import main
from quanze.edit.naming import NewIds
from quanze.proof.publication import published

FORMER = "catalog/items/xzcf-405.yaml"


@pytest.fixture(name="fork")
def _fork(tmp_path):
    """Return a register whose first two commits are another bureau's."""
    fork = Register(tmp_path / "p")
    fork.write(FORMER, (fork.root / PENALTY).read_text("utf-8").replace("事项名称: 对", "事项名称: 原来对"))
    fork.commit("2024-02-01", "别的机关的一条")
    fork.remove(FORMER)
    fork.commit("2024-02-02", "别的机关删去")
    return fork


def begin(fork, start):
    """Write where the history begins, and then change an item on the day after."""
    fork.write("catalog/site.yaml", (fork.root / "catalog/site.yaml").read_text("utf-8") + f"历史起点: {start}\n")
    fork.commit("2025-01-01", "成为自己的清单")
    fork.edit(PENALTY, ("状态: 有效", "状态: 暂停"))
    fork.commit("2025-01-02", "自己的改动")


@pytest.mark.parametrize("named", ["day", "commit"])
def test_the_history_before_is_not_told(fork, named):
    begin(fork, '"2025-01-01"' if named == "day" else fork.git("rev-parse", "HEAD"))
    told = history.read(fork.root)
    assert [(entry.commit.subject, entry.key, entry.kind) for entry in told.entries] == [
        ("自己的改动", ("items", "xzcf-001"), "暂停")
    ]
    assert [commit.subject for commit in told.line] == ["自己的改动", "成为自己的清单"]


def test_without_a_beginning_all_is_told(fork):
    assert {entry.commit.subject for entry in history.read(fork.root).entries} >= {"初次收录", "别的机关的一条"}


@pytest.mark.parametrize(("start", "gone"), [("2024-02-01", True), ("2024-02-02", False)])
def test_what_was_published_on_the_day_of_the_beginning_may_not_vanish(fork, start, gone):
    begin(fork, f'"{start}"')
    assert [bool(answer.findings) for answer in published(fork.catalog())] == [gone]


def test_ids_count_from_there(fork):
    catalog = fork.catalog()
    form, data = catalog.forms["items"], {"职权类型": "行政处罚"}
    assert NewIds(catalog).new(form, data) == "xzcf-406"
    begin(fork, fork.git("rev-parse", "HEAD"))
    assert NewIds(fork.catalog()).new(form, data) == "xzcf-002"


def test_a_commit_that_is_not_there_is_said(fork):
    begin(fork, "a" * 40)
    with pytest.raises(Fault, match="「历史起点」写的提交 aaaaaaaaaaaa 不在版本库里"):
        history.read(fork.root)


def test_a_change_is_told_as_the_work_of_who_makes_the_site(fork):
    (event, *_) = [event for event in fork.past().timeline.events if event.entry.key[0] == "lists"]
    assert event.office == "开源项目"
    assert LIST.endswith(f"{event.entry.key[1]}.yaml")


def test_a_beginning_that_has_not_come_is_said(fork, capsys):
    begin(fork, '"2030-01-01"')
    with pytest.raises(SystemExit):
        main(["history", "xzcf-001", "--root", str(fork.root)])
    assert "「历史起点」（catalog/site.yaml）以后还没有提交" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("record", "told"), [("xzcf-001", ""), ("items/xzjc-001", "，items/xzjc-001 从那以来没有改动")]
)
def test_what_is_left_out_is_said_and_a_record_without_a_change_is_one(fork, capsys, record, told):
    begin(fork, '"2025-01-01"')
    with pytest.raises(SystemExit) as ended:
        main(["history", record, "--root", str(fork.root)])
    assert ended.value.code == 0
    assert (
        f"历史从 2025-01-01 算起（catalog/site.yaml 的「历史起点」），以前的没有列{told}\n" in capsys.readouterr().err
    )
