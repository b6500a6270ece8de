"""The settings and the forms have a history: in governing itself, in diff, history, audit, and in the deadlines."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from tests.small_register import Register

from quanze import cli
from quanze.check.rules.programs import left_out
from quanze.history.clocks import clocks
from quanze.history.governing import governing, settings_then
from quanze.register.settings import Settings

SITE, FORM = "catalog/site.yaml", "schema/items.schema.json"
ADJUSTMENT = """名称: {name}
事由: 法律修订。
事件日期: {event}
涉及事项: [{{事项: xzcf-001, 变化: 变更}}]
"""


@pytest.fixture(name="register")
def _register(tmp_path):
    """The base catalog, a term that was shortened in June 2024, and a form that was changed in July."""
    register = Register(tmp_path / "project")
    terms(register, 20)
    register.commit("2024-01-11", "定期限", "张三")
    terms(register, 5, old=20)
    register.commit("2024-06-01", "缩短期限", "李四")
    form = json.loads((register.root / FORM).read_text("utf-8"))
    form["properties"]["备注"]["description"] = "改过的说明。"
    register.write(FORM, json.dumps(form, ensure_ascii=False, indent=2))
    register.commit("2024-07-01", "改表单", "王五")
    return register


def terms(register, days, old=10):
    register.edit(SITE, (f"申请工作日: {old}\n", f"申请工作日: {days}\n"))


def run(register, *words):
    return CliRunner().invoke(cli.main, [*words, "--root", str(register.root)], catch_exceptions=False)


def test_each_change_newest_first_and_no_beginning(register):
    told = [(one.commit.date, one.path, one.kind) for one in governing(register.root)]
    assert told == [("2024-07-01", FORM, "变更"), ("2024-06-01", SITE, "变更"), ("2024-01-11", SITE, "变更")]


def test_nothing_before_the_registers_own_history(register):
    text = (register.root / SITE).read_text("utf-8")
    register.write(SITE, f"{text}历史起点: 2024-06-15\n")
    register.commit("2024-08-01", "定起点")
    assert [one.commit.date for one in governing(register.root)] == ["2024-08-01", "2024-07-01"]


def test_a_folder_without_repository_has_none(tmp_path):
    (tmp_path / "catalog").mkdir()
    assert governing(tmp_path) == ()
    assert settings_then(tmp_path, Settings.of({})).on("2024-01-01") == Settings.of({})


def test_a_form_that_could_not_be_read_is_told(register):
    register.write(FORM, "{")
    register.commit("2024-08-01", "写坏")
    assert governing(register.root)[0].fault == "不是 JSON"


def test_history_tells_the_settings_in_the_words_of_their_form(register):
    done = run(register, "history", "site")
    assert done.stdout.splitlines()[0].startswith("2024-06-01 变更 catalog/site.yaml ")
    assert done.stdout.splitlines()[0].endswith(" 李四 缩短期限")
    assert done.stdout.splitlines()[1:4] == ["    期限·申请工作日", "      - 20", "      + 5"]


def test_history_tells_a_form(register):
    told = json.loads(run(register, "history", "schema/items", "--format", "json").stdout)
    assert [(one["authors"], one["words"][0]["new"]) for one in told] == [(["王五"], "改过的说明。")]
    assert run(register, "history", "schema/bodies").stdout == ""
    assert run(register, "history", "schema/nothing").exit_code == 2


def test_diff_tells_what_governs(register):
    done = run(register, "diff", "2024-05-01", "2024-06-02")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == ["变更 catalog/site.yaml", "    期限·申请工作日", "      - 20", "      + 5"]
    told = json.loads(run(register, "diff", "2024-06-02", "HEAD", "--format", "json").stdout)
    assert [one["path"] for one in told["governing"]] == [FORM]
    assert (
        "## 变更：schema/items.schema.json"
        in run(register, "diff", "2024-06-02", "HEAD", "--format", "markdown").stdout
    )


def test_the_audit_tells_it(register):
    told = json.loads(run(register, "audit", "--at", "2024-08-01", "--format", "json").stdout)["设置和表单"]
    assert [(one["日期"], one["栏目"]) for one in told][1:] == [
        ("2024-06-01", ["期限·申请工作日"]),
        ("2024-01-11", ["期限·申请工作日"]),
    ]


def test_a_deadline_is_that_of_the_day_of_its_event(register):
    for name, event in (("tz-old", "2024-05-06"), ("tz-new", "2024-06-03")):
        register.write(f"catalog/adjustments/{name}.yaml", ADJUSTMENT.format(name=name, event=event))
    register.commit("2024-08-01", "登记")
    days = {clock.record.id: clock.days for clock in clocks(register.catalog())}
    assert days == {"tz-old": 20, "tz-new": 5}


def test_a_term_that_is_not_yet_recorded_does_not_reach_back(register):
    register.write("catalog/adjustments/tz-old.yaml", ADJUSTMENT.format(name="去年的", event="2024-05-06"))
    terms(register, 3, old=5)
    assert [clock.days for clock in clocks(register.catalog())] == [20]


MAKING = (
    "mkdocs.yml",
    "requirements.lock",
    "hooks/quanze_hooks.py",
    "overrides/main.html",
    "docs/a/own.CSS",
    "docs/own.js",
)


def test_a_pin_of_a_superior_that_was_set_back_is_told(register):
    pin = '{"schema_version": "1.0", "sources": {"示例省应急管理厅": {"place": "上", "commit": "%s", '
    pin += '"dated": "%s"}}, "copies": {}}'
    register.write("adopted.lock", pin % ("a" * 40, "2024-07-01"))
    register.commit("2024-08-01", "采用", "钱六")
    register.write("adopted.lock", pin % ("b" * 40, "2024-01-01"))
    register.commit("2024-08-02", "又改", "钱六")
    told = [(one.commit.date, one.path, one.kind) for one in governing(register.root)][:2]
    assert told == [("2024-08-02", "adopted.lock", "变更"), ("2024-08-01", "adopted.lock", "新增")]
    assert "变更 adopted.lock" in run(register, "diff", "2024-08-01", "HEAD").stdout


@pytest.mark.parametrize("path", MAKING)
def test_what_may_change_every_page_has_a_history_too(register, path):
    register.write(path, "一\n")
    register.commit("2024-08-01", "自己的", "钱六")
    register.write(path, "二二\n")
    register.commit("2024-08-02", "又改", "钱六")
    told = [(one.commit.date, one.path, one.kind) for one in governing(register.root)][:2]
    assert told == [("2024-08-02", path, "变更"), ("2024-08-01", path, "新增")]
    assert "钱六 又改" in run(register, "history", path).stdout
    assert f"变更 {path}" in run(register, "diff", "2024-08-01").stdout
    assert f"变更 {path}（提交 " in run(register, "audit").stdout


@pytest.mark.parametrize("path", ["README.md", "hooks.txt", "other/own.md"])
def test_what_is_not_published_has_none(register, path):
    register.write(path, "一\n")
    register.commit("2024-08-01", "别的")
    assert governing(register.root)[0].path == FORM


@pytest.mark.parametrize("path", ["docs/own.md", "docs/a/b.MD", "docs/notice.txt", "catalog/words.yaml"])
def test_a_page_of_ones_own_is_told_by_its_lines(register, path):
    register.write(path, "# 办事\n\n20 日内申请复议。\n罚款 1 万元。\n")
    register.commit("2024-08-01", "自己的", "钱六")
    register.write(path, "# 办事\n\n60 日内申请复议。\n第一行\n罚款 1 万元。\n")
    register.commit("2024-08-02", "又改", "钱六")
    register.write(path, "# 办事\n\n60 日内申请复议。\n第一行\n")
    register.commit("2024-08-03", "再改", "钱六")
    assert run(register, "history", path).stdout.splitlines()[1:] == [
        "    原第 5 行",
        "      - 罚款 1 万元。",
        run(register, "history", path).stdout.splitlines()[3],
        "    第 3 行",
        "      - 20 日内申请复议。",
        "      + 60 日内申请复议。",
        "    第 4 行",
        "      + 第一行",
        run(register, "history", path).stdout.splitlines()[9],
        "    文字",
        "      + # 办事",
        "      + ",
        "      + 20 日内申请复议。",
        "      + 罚款 1 万元。",
    ]
    assert f"变更 {path}" in run(register, "diff", "2024-08-01").stdout
    assert f" {path}（提交 " in run(register, "audit").stdout
    assert "20 日内" in run(register, "history", path, "--at", "2024-08-01").stdout
    assert run(register, "history", path, "--at", "2024-07-01").exit_code == 2


def test_a_picture_is_told_by_its_hash(register):
    register.write("docs/fees.png", b"\x89PNG\0")
    register.commit("2024-08-01", "图")
    assert "SHA-256" in run(register, "history", "docs/fees.png").stdout


def test_the_settings_stand_as_they_were(register):
    assert "申请工作日: 20" in run(register, "history", "site", "--at", "2024-02-01").stdout


def test_a_page_that_is_not_published_is_not_on_the_site(register):
    register.write("docs/own.md", "一\n")
    register.write("docs/inner/note.md", "二\n")
    register.write("mkdocs.yml", "exclude_docs: |\n  /inner/\n")
    register.commit("2024-08-01", "别的")
    excluded = left_out(register.root)
    assert [excluded(path) for path in ("docs/own.md", "docs/inner/note.md", "docs/.x", "files/inner/a")] == [
        False, True, True, False,
    ]  # fmt: skip
