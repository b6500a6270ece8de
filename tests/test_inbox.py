"""quanze inbox: workbooks in a clone of a local bare repository become branches of drafts there."""

from __future__ import annotations

import json
import os
import re
import subprocess

import openpyxl
import pytest
from click.testing import CliRunner
from tests.clerk import DAY, Said
from tests.project import ROOT
from tests.small_register import Register

from quanze import cli
from quanze.cli.inbox import _WITHOUT

HEAD = ("事项名称", "职权类型", "实施依据", "行使主体")
ROWS = (
    ("对未建立应急预案的检查", "行政检查", "《安全生产法》第六十五条第一款第一项", "示例市应急管理局"),
    ("对未按照规定报告的检查", "行政检查", "《没有收录的办法》第三条", "示例市应急管理局"),
)


@pytest.fixture(name="bare")
def _bare(tmp_path):
    folder = tmp_path / "bare.git"
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", folder], check=True)
    return folder


@pytest.fixture(name="register")
def _register(tmp_path, bare):
    register = Register(tmp_path / "project")
    register.git("push", "--quiet", str(bare), "main")
    return register


@pytest.fixture(name="inbox")
def _inbox(register, tmp_path, bare):
    def run(*words):
        words = ["inbox", "--root", str(register.root), "-o", str(tmp_path / "答"), "--at", DAY, *words]
        done = CliRunner().invoke(cli.main, words, catch_exceptions=False)
        return Said(done.exit_code, done.stdout, done.stderr)

    return lambda *words: run("--push", str(bare), *words)


def drop(register, name="权责清单.xlsx", rows=ROWS, folder=""):
    book = openpyxl.Workbook()
    for row in (HEAD, *rows):
        book.active.append(row)
    place = register.root / "inbox" / folder
    place.mkdir(parents=True, exist_ok=True)
    book.save(place / name)
    return register.commit("2024-02-01", "上传")


def there(bare, *words):
    done = subprocess.run(["git", "-C", bare, *words], capture_output=True, text=True, check=True)
    return done.stdout


def heads(bare):
    return there(bare, "for-each-ref", "--format=%(refname:strip=2)", "refs/heads").split()


def test_a_workbook_becomes_a_branch_of_drafts(register, inbox, bare, tmp_path):
    drop(register)
    said = inbox()
    (branch,) = [one for one in heads(bare) if one != "main"]
    assert branch.startswith("import/quan-ze-qing-dan-")
    assert f"inbox/权责清单.xlsx：{branch}" in said.lines
    names = there(bare, "-c", "core.quotepath=off", "ls-tree", "-r", "--name-only", branch).splitlines()
    new = [one for one in names if one.startswith("catalog/items/xzjc-00") and not one.endswith("001.yaml")]
    assert len(new) == 2
    assert all("状态: 拟" in there(bare, "show", f"{branch}:{one}") for one in new)
    assert not [one for one in names if one.startswith("inbox/")]
    folder = tmp_path / "答" / branch.removeprefix("import/")
    assert json.loads((folder / "report.json").read_bytes())["rows"] == 2
    assert openpyxl.load_workbook(folder / "marked.xlsx").active["A2"].value == ROWS[0][0]
    assert f"草稿在分支 `{branch}`" in (tmp_path / "答/answer.md").read_text("utf-8")


def test_another_repository_is_where_the_command_was_typed(register, inbox, bare, monkeypatch):
    """The branch is made in a work tree elsewhere, where a path from here leads to nothing."""
    drop(register)
    monkeypatch.chdir(register.root)
    assert inbox("--push", f"../{bare.name}").code == 0
    assert len(heads(bare)) == 2


def test_a_workbook_that_gives_nothing_is_not_to_be_merged(register, inbox, tmp_path):
    drop(register, rows=[["甲", "乙"], ["一", "二"]])
    inbox()
    answer = (tmp_path / "答/answer.md").read_text("utf-8")
    assert "没有什么可写的，不用合并" in answer
    assert "发起合并请求" not in answer


def test_a_workbook_that_says_what_is_there_already_is_not_sent_back(register, inbox, bare, tmp_path):
    drop(register)
    inbox()
    (branch,) = [one for one in heads(bare) if one != "main"]
    register.git("pull", "-q", str(bare), branch)
    drop(register, name="又一份.xlsx")
    inbox()
    answer = (tmp_path / "答/answer.md").read_text("utf-8")
    assert "表里的都已经有了，没有不同" in answer
    assert "再上传一次" not in answer


@pytest.mark.skipif(os.name == "nt", reason="文件名里没有换行")
def test_a_name_with_a_line_break_forges_no_line(register, inbox):
    drop(register, "甲\n乙.xlsx：import\n丙.xlsx")
    said = inbox()
    assert "inbox/甲<U+000A>乙.xlsx：import<U+000A>丙.xlsx：import/" in said.lines[0]
    assert not [line for line in said.lines if line.startswith("乙")]


def test_the_branch_that_it_came_to_stays_as_it_was(register, inbox):
    before = drop(register)
    inbox()
    assert register.git("rev-parse", "HEAD") == before
    assert register.git("status", "--porcelain") == ""
    assert register.git("worktree", "list").count("\n") == 0


def test_a_workbook_of_ours_comes_back_as_what_was_changed_in_it(register, inbox, bare, tmp_path):
    """The list as a workbook, one cell changed in it: without a terminal that cell is updated, and no other."""
    file = register.root / "inbox/改.xlsx"
    file.parent.mkdir()
    words = ["export", "quan-ze-qing-dan", "-o", str(file), "--root", str(register.root)]
    assert CliRunner().invoke(cli.main, words, catch_exceptions=False).exit_code == 0
    book = openpyxl.load_workbook(file)
    (cell,) = [one for row in book.active for one in row if one.value == "对生产经营单位的监督检查"]
    cell.value = "对生产经营单位的监督和检查"
    book.save(file)
    before = register.commit("2024-02-01", "上传")
    inbox()
    (branch,) = [one for one in heads(bare) if one != "main"]
    changed = there(bare, "diff", "--unified=0", f"{before}..{branch}", "--", "catalog").splitlines()
    changed = [line for line in changed if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert changed == ["-事项名称: 对生产经营单位的监督检查", "+事项名称: 对生产经营单位的监督和检查"]
    assert "更新 1 条" in (tmp_path / "答/answer.md").read_text("utf-8")


def test_who_has_no_terminal_is_told_what_to_do_instead_of_an_option(register, inbox, tmp_path):
    drop(register, rows=[("对生产经营单位的监督检查", "行政检查", "《安全生产法》第六十六条", "示例市应急管理局")])
    inbox()
    answer = (tmp_path / "答/answer.md").read_text("utf-8")
    assert "要更新的加 --update" in answer
    assert "- `--update`：从网站“填写和修改”下载那张清单的工作簿" in answer
    assert "`--sheet`" not in answer


def test_every_option_that_a_sentence_of_an_import_names_is_explained():
    sources = (ROOT / "src/quanze/edit/importer").rglob("*.py")
    named = {option for file in sources for option in re.findall(r"--[a-z]+", file.read_text("utf-8"))}
    assert named <= _WITHOUT.keys()


def test_the_same_workbook_is_not_imported_twice(register, inbox, bare, tmp_path):
    drop(register)
    inbox()
    first = heads(bare)
    said = inbox()
    assert heads(bare) == first
    assert f"这份工作簿已经导入过，草稿在分支 {first[0]}，没有再做" in said.out
    answer = (tmp_path / "答/answer.md").read_text("utf-8")
    assert "不用合并" not in answer
    assert "marked.xlsx" not in answer
    drop(register, rows=ROWS[:1])
    inbox()
    assert len(heads(bare)) == len(first) + 1


def test_what_cannot_be_read_is_told_and_stops_nothing(register, inbox, bare):
    (register.root / "inbox").mkdir()
    (register.root / "inbox/a.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    drop(register, "b.xlsx")
    said = inbox()
    assert said.code == 1
    assert next(one for one in heads(bare) if one != "main").startswith("import/b-")
    assert len(heads(bare)) == 2
    assert "inbox/a.xlsx：没有导入" in said.lines


def test_a_folder_names_the_collection(register, inbox, bare):
    drop(register, "x.xlsx", folder="没有这个")
    said = inbox()
    assert (said.code, heads(bare)) == (1, ["main"])
    assert "没有「没有这个」这个集合" in said.out


def test_the_same_workbook_in_two_folders_goes_into_two_collections(register, inbox):
    drop(register, "x.xlsx")
    place = register.root / "inbox/bodies"
    place.mkdir()
    (place / "x.xlsx").write_bytes((register.root / "inbox/x.xlsx").read_bytes())
    register.commit("2024-02-02", "再上传")
    said = inbox()
    assert "已经导入过" not in said.out
    assert any(one.startswith("import/bodies-x-") for one in said.out.split("：")), said.out


def test_an_empty_inbox_is_no_fault(register, inbox, tmp_path):
    register.write("inbox/README.md", "怎样用\n")
    register.commit("2024-02-01")
    assert inbox().code == 0
    assert "inbox/ 里没有工作簿。" in (tmp_path / "答/answer.md").read_text("utf-8")


@pytest.mark.parametrize("fails", ["push", "ask"])
def test_a_push_that_fails_is_told_in_the_answer_without_its_key(register, inbox, bare, tmp_path, fails):
    if fails == "push":
        (bare / "hooks/pre-receive").write_text("#!/bin/sh\necho no >&2\nexit 1\n")
        (bare / "hooks/pre-receive").chmod(0o755)
    drop(register)
    said = inbox(*([] if fails == "push" else ["--push", f"file://x:geheim@{bare}-weg"]))
    told = (tmp_path / "答/answer.md").read_text("utf-8")
    assert said.code == 1
    assert "inbox/权责清单.xlsx：没有导入" in said.lines
    assert ("草稿分支没有建成" in told) is (fails == "push")
    assert ("读了 2 项" in told) is (fails == "push")
    assert "geheim" not in told + said.out + said.err
    assert len([*(tmp_path / "答").rglob("marked.xlsx")]) == (fails == "push")


def test_a_workbook_that_is_not_committed_is_told(inbox, register, tmp_path):
    """It lies there and nothing happened: new, changed after the commit, or of a kind that git was told to ignore."""
    drop(register)
    rows = ROWS[:1]
    for name in ("新的.xlsx", "事项/也是新的.csv", "~$权责清单.xlsx", ".~lock.权责清单.xlsx#", "不看的.tmp"):
        (register.root / "inbox" / name).parent.mkdir(exist_ok=True)
        (register.root / "inbox" / name).write_bytes(b"x")
    (register.root / ".git/info/exclude").write_text("*.tmp\n", "utf-8")
    book = openpyxl.Workbook()
    book.active.append(rows[0])
    book.save(register.root / "inbox/权责清单.xlsx")
    said = inbox()
    lines = said.out.splitlines()
    assert said.code == 1
    assert lines[0].startswith("inbox/权责清单.xlsx：import/")
    assert lines[2:] == [
        "inbox/不看的.tmp：没有导入",
        "  没有导入：被 git 忽略，进不了版本库；请从 .gitignore 里去掉，然后提交",
        "inbox/事项/也是新的.csv：没有导入",
        "  没有导入：还没有提交；先提交（git add、git commit），再运行",
        "inbox/新的.xlsx：没有导入",
        "  没有导入：还没有提交；先提交（git add、git commit），再运行",
        "inbox/权责清单.xlsx：没有导入",
        "  这里的与提交的不一样，上面说的是提交的那一份；要导入这里的，先提交",
    ]
    assert "## inbox/新的.xlsx" in (tmp_path / "答/answer.md").read_text("utf-8")
