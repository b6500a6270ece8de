"""Files that strangers may have put there: what they are is asked before they are read; git holds what is published."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from socket import AF_UNIX, socket

import pytest
from tests import golden
from tests.clerk import DAY, Clerk
from tests.project import copy
from tests.repository import Repository

from quanze import history
from quanze.base.problem import Fault
from quanze.check.checking import check
from quanze.cli.seal import report_sealed
from quanze.form import load_forms
from quanze.history.walk import key_of
from quanze.io import git
from quanze.io.file import TooLarge, Unfit, content, given, parts, strange, walk
from quanze.proof import manifest
from quanze.proof.seal import Sealed
from quanze.register.faulty import faulty_laws
from quanze.register.inputs import DayInputs
from quanze.register.settings import Settings
from quanze.site.unchanged import Inputs

pytestmark = pytest.mark.skipif(os.name == "nt", reason="没有管道和设备")


def test_a_file_is_read_whole_up_to_its_bound(tmp_path):
    file = tmp_path / "a"
    file.write_bytes(b"x" * 3_000_000)
    assert content(file, 3_000_000) == b"x" * 3_000_000
    assert len([*parts(file, 3_000_000)]) == 3
    with pytest.raises(TooLarge, match="有 3,000,000 字节，超过 2 MB 的上限"):
        content(file, 2 << 20)


def test_what_is_no_file_is_never_read(tmp_path):
    (tmp_path / "zero").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe")
    with socket(AF_UNIX) as bound:
        bound.bind(str(tmp_path / "socket"))
    (tmp_path / "folder").mkdir()
    start = time.monotonic()
    for name, why in (("zero", "链接"), ("pipe", "管道"), ("socket", "普通文件"), ("folder", "普通文件")):
        with pytest.raises(Unfit, match=why):
            content(tmp_path / name, 100)
    with pytest.raises(Unfit, match="普通文件"):
        content(golden.Path("/dev/zero"), 100)
    assert time.monotonic() - start < 5


def test_what_a_person_names_may_be_a_link_or_a_pipe_and_ends(tmp_path):
    (tmp_path / "a").write_bytes(b"abc")
    (tmp_path / "link").symlink_to("a")
    (tmp_path / "zero").symlink_to("/dev/zero")
    ends = os.pipe()
    os.write(ends[1], b"piped")
    os.close(ends[1])
    assert given(tmp_path / "link", 3) == b"abc"
    assert given(f"/dev/fd/{ends[0]}") == b"piped"
    with pytest.raises(Fault, match="link 超过 2 字节"):
        given(tmp_path / "link", 2)
    with pytest.raises(Fault, match="zero 是设备，不是文件"):
        given(tmp_path / "zero")
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(Fault, match="fifo 是管道，不是文件"):
        given(tmp_path / "fifo")


@pytest.mark.parametrize(
    "words",
    [
        ("import", "FILE"),
        ("import", "FILE", "--map", "FILE"),
        ("law", "outline", "安全生产法", "--text", "FILE"),
        ("verify", "site", "--bundle", "FILE"),
        ("verify", "site", "--since", "FILE"),
        ("cite", "-", "--at", DAY),
    ],
)
def test_no_command_reads_without_an_end(tmp_path, words):
    """In a process of its own, which may have no more than it needs: memory is what such a file takes."""
    clerk = Clerk(tmp_path / "登记")
    (tmp_path / "zero.xlsx").symlink_to("/dev/zero")
    words = [str(tmp_path / "zero.xlsx") if word == "FILE" else word for word in words]
    limit = "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30)); "
    run = "from quanze.cli import main; main()"
    command = [sys.executable, "-c", limit + run, *words, "--root", str(clerk.root)]
    with Path("/dev/zero").open("rb") as zero:
        done = subprocess.run(command, stdin=zero, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "是设备，不是文件" in done.stderr or re.search("标准输入 超过 [0-9]+ MB", done.stderr)


def test_a_folder_is_looked_through_for_what_is_no_file(tmp_path):
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/one").write_bytes(b"")
    (tmp_path / "a/loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "a/b/pipe")
    (tmp_path / "module").mkdir()
    (tmp_path / "module/.git").write_text("gitdir: ../x", "utf-8")
    told = dict(strange(tmp_path))
    assert {path: why[:4] for path, why in told.items()} == {
        "a/loop": "是一个链",
        "a/b/pipe": "不是普通",
        "module": "是另一个",
    }


@pytest.mark.parametrize("target", ["/dev/zero", "nowhere"])
def test_what_is_read_beside_the_check_asks_first_too(tmp_path, target):
    clerk = Clerk(tmp_path / "登记")
    for path in ("catalog/laws/x-fa.yaml", "catalog/words.yaml", "texts/x.txt", "files/x.pdf"):
        (clerk.root / path).parent.mkdir(exist_ok=True)
        (clerk.root / path).symlink_to(target)
    told = check(clerk.root, DAY)
    assert {one.path for one in told.errors} == {
        *("catalog/laws/x-fa.yaml", "catalog/words.yaml", "texts/x.txt", "files/x.pdf")
    }
    assert {one.id for one in faulty_laws(told.catalog)} <= {"x-fa"}
    assert len(DayInputs(told.catalog, DAY).shared(())) == sha256().digest_size


@pytest.mark.parametrize("target", ["/dev/zero", "nowhere"])
def test_settings_that_are_no_file_are_told_and_never_read(tmp_path, target):
    clerk = Clerk(tmp_path / "登记")
    (clerk.root / "catalog/site.yaml").unlink()
    (clerk.root / "catalog/site.yaml").symlink_to(target)
    assert Settings.load(clerk.root) == Settings.of({})
    assert ("catalog/site.yaml", "file-kind") in [(one.path, one.rule) for one in check(clerk.root, DAY).errors]


@pytest.mark.skipif(os.name == "nt", reason="没有管道")
@pytest.mark.parametrize("folder", ["docs", "files", "hooks", "overrides", "texts"])
def test_what_lies_beside_the_records_leads_nowhere_else(tmp_path, folder):
    """A page that is a link would publish a file of the machine that builds; a pipe would let it wait for ever."""
    clerk = Clerk(tmp_path / "登记")
    (clerk.root / folder / "in").mkdir(parents=True, exist_ok=True)
    (clerk.root / folder / "in/a.md").symlink_to("/etc/hosts")
    os.mkfifo(clerk.root / folder / "in/b.md")
    told = [one for one in check(clerk.root, DAY).errors if one.rule == "file-kind"]
    assert [one.path for one in told] == [f"{folder}/in/a.md", f"{folder}/in/b.md"]
    shutil.rmtree(clerk.root / folder)
    (clerk.root / folder).symlink_to(tmp_path)
    assert folder in {one.path for one in check(clerk.root, DAY).errors}


@pytest.mark.parametrize("name", ["catalog", "schema", "mkdocs.yml"])
def test_what_a_site_is_made_of_is_no_link(tmp_path, name):
    clerk = Clerk(tmp_path / "登记")
    (clerk.root / "mkdocs.yml").touch()
    (clerk.root / name).rename(tmp_path / "elsewhere")
    (clerk.root / name).symlink_to(tmp_path / "elsewhere")
    told = [one.path for one in check(clerk.root, DAY).errors if one.rule == "file-kind"]
    assert told == [name]


@pytest.mark.parametrize("target", ["/dev/zero", "/dev/stdin", "/etc/hosts", "nowhere", "xzjc-001.yaml"])
def test_a_record_that_is_a_link_is_told_at_once(tmp_path, target):
    clerk = Clerk(tmp_path / "登记")
    (clerk.root / "catalog/items/xzjc-900.yaml").symlink_to(target)
    done = clerk("check", "--at", DAY)
    assert done.code == 1
    assert done.lines == ["catalog/items/xzjc-900.yaml:1:1: 这是一个链接，不是文件；请换成文件本身 [file-kind]"]


def test_a_record_that_is_a_pipe_waits_for_nobody(tmp_path):
    clerk = Clerk(tmp_path / "登记")
    os.mkfifo(clerk.root / "catalog/items/xzjc-900.yaml")
    assert "管道" in clerk("check", "--at", DAY).out


def test_a_form_that_is_no_file(tmp_path):
    (tmp_path / "common.schema.json").symlink_to("/dev/zero")
    with pytest.raises(Fault, match=r"common\.schema\.json 是一个链接"):
        load_forms(tmp_path)


# 版本库里没有的，不能公布


@pytest.fixture(name="repository")
def _repository(tmp_path):
    folder = golden.project(tmp_path / "登记")
    made = Repository(folder)
    made.write(".gitignore", "*.local.yaml\n/docs/own.md\n__pycache__/\n*.log\n/texts/\n")
    made.commit("2026-11-20")
    return made


def test_a_clean_register_is_one_with_its_commit(repository):
    repository.write("catalog/items/bug.log", "")
    repository.write("hooks/__pycache__/a.pyc", "")
    assert manifest.origin(repository.root).commit


def test_the_folder_of_a_site_makes_no_draft_of_it(repository):
    for name in ("out.new", "出/a"):
        (repository.root / name).mkdir(parents=True)
        (repository.root / name / "index.html").write_text("a")
    made = repository.root / "out.new", repository.root / "出/a", repository.root / "none", repository.root.parent
    assert manifest.origin(repository.root, made).commit == repository.git("rev-parse", "HEAD")
    (repository.root / "out.new2").write_text("a")
    assert manifest.origin(repository.root, made).changes == ("out.new2",)


@pytest.mark.parametrize("path", ["catalog/items/geheim.local.yaml", "docs/own.md", "texts/fa.txt"])
def test_a_file_that_git_ignores_makes_a_draft(repository, path):
    repository.write(path, "事项名称: 甲\n")
    found = manifest.origin(repository.root)
    assert (found.commit, found.changes) == ("", (path,))


@pytest.mark.parametrize("flag", ["--assume-unchanged", "--skip-worktree"])
def test_a_file_that_git_does_not_look_at_makes_a_draft(repository, flag):
    path = "catalog/items/xzjc-001.yaml"
    repository.git("update-index", flag, path)
    repository.write(path, "事项名称: 甲\n")
    assert git.dirty(repository.root) == ()
    assert manifest.origin(repository.root).changes == (path,)


@pytest.mark.parametrize("attribute", ["ident", "text eol=crlf", "working-tree-encoding=UTF-16", "filter=lfs"])
def test_a_file_that_git_converts_makes_a_draft(repository, attribute, monkeypatch):
    home, path = repository.root.parent, "docs/page.md"
    (home / ".gitconfig").write_text('[filter "lfs"]\nclean = sed s/Id/pointer/\nsmudge = sed s/pointer/Id/\n')
    user = {"GIT_CONFIG_GLOBAL": str(home / ".gitconfig")}
    monkeypatch.setenv("HOME", str(home))
    repository.write(path, "$Id$\n".encode("utf-16" if "UTF-16" in attribute else "utf-8"))
    repository.write(".gitattributes", f"docs/** {attribute}\n")
    repository.git("add", "--all", **user)
    repository.git("commit", "--quiet", "--message=改", **user)
    repository.remove(path)
    repository.git("checkout", "--", path, **user)
    assert git.dirty(repository.root) == ()
    assert manifest.origin(repository.root).changes == (path,)
    assert ".gitattributes 里去掉" in git.unheld(repository.root, "docs")[path]


@pytest.mark.parametrize("filled", [True, False])
def test_a_folder_that_git_takes_for_another_repository_makes_a_draft(repository, filled):
    folders = "catalog/items/sub", "docs/sub"
    head = repository.git("rev-parse", "HEAD")
    for folder in folders:
        repository.git("update-index", "--add", "--cacheinfo", f"160000,{head},{folder}")
    repository.git("commit", "--quiet", "--message=改")
    for folder in folders:
        (repository.root / folder).mkdir(parents=True)
        if filled:
            repository.write(f"{folder}/a.yaml", "")
    assert git.dirty(repository.root) == ()
    assert manifest.origin(repository.root).changes == tuple(f"{folder}/" for folder in folders)
    assert "子模块" in git.unheld(repository.root, "catalog")["catalog/items/sub/"]


def test_a_file_whose_name_differs_by_case_alone_makes_a_draft(repository):
    repository.write("docs/a.md", "")
    repository.commit("2026-01-02")
    repository.git("config", "core.ignoreCase", "true")
    repository.write("docs/A.md", "")
    assert manifest.origin(repository.root).changes == ("docs/A.md",)


def test_a_change_that_keeps_size_and_time_is_told_as_one(repository):
    path = "catalog/items/xzjc-001.yaml"
    repository.write(path, "上限: 10000\n")
    repository.commit("2026-01-02")
    file = repository.root / path
    os.utime(file, (1_700_000_000, 1_700_000_000))
    repository.git("config", "core.checkStat", "minimal")
    repository.git("config", "core.trustctime", "false")
    repository.git("update-index", "--refresh")
    repository.move(path, "old.yaml")
    repository.write(path, "上限: 90000\n")
    repository.remove("old.yaml")
    os.utime(file, (1_700_000_000, 1_700_000_000))
    assert git.dirty(repository.root) == (path,)


@pytest.mark.parametrize(("guard", "draft"), [("* text=auto eol=lf\n", False), ("", True)])
def test_a_clone_with_other_ends_of_lines_is_a_draft_where_nothing_keeps_them(repository, guard, draft):
    repository.write(".gitattributes", guard)
    repository.commit("2026-01-02")
    place = repository.root.parent / "clone"
    repository.git("-c", "core.autocrlf=true", "clone", "--quiet", "--config=core.autocrlf=true", ".", str(place))
    assert git.dirty(place) == ()
    assert bool(manifest.origin(place).changes) is draft


@pytest.mark.parametrize("folder", ["catalog", "schema", "files", "texts"])
def test_a_build_does_not_wait_at_a_pipe_to_learn_whether_anything_changed(tmp_path, folder):
    root = copy(tmp_path / "登记")
    assert Inputs.of(root, DAY).key
    (root / folder).mkdir(exist_ok=True)
    os.mkfifo(root / folder / "pipe")
    assert Inputs.of(root, DAY).key == b""


def test_a_file_that_somebody_changed_is_told_once_and_not_as_converted(repository):
    path = "catalog/items/xzjc-001.yaml"
    repository.write(path, "事项名称: 甲\n")
    assert git.unheld(repository.root, "catalog") == {}
    assert manifest.origin(repository.root).changes == (path,)


def test_a_draft_says_of_each_file_why(repository, capsys):
    for path in ("docs/page.md", "texts/fa.txt", "docs/own.md"):
        repository.write(path, "")
    origin = manifest.origin(repository.root)
    report_sealed(repository.root, Path("site"), Sealed(1, 1, "", origin, {}), "")
    assert capsys.readouterr().err.splitlines()[1] == (
        "这是草稿，别人无从核对：有 1 个文件（docs/page.md）没有提交；"
        "有 2 个文件（docs/own.md、texts/fa.txt）被 git 忽略，进不了版本库；请从 .gitignore 里去掉，然后提交"
    )


def test_a_recorded_name_with_a_line_break_or_without_utf8_shifts_no_other_file(tmp_path):
    made = Repository(tmp_path)
    made.item("xzcf-001")
    made.write("catalog/items/a\nHEAD:./catalog/items/xzcf-001.yaml", "x: 1\n")
    with suppress(OSError):  # not every system has such names
        Path(os.fsdecode(b"%s/catalog/items/\xff.yaml" % os.fsencode(tmp_path))).write_text("x: 1\n")
    made.item("xzcf-002")
    made.commit("2026-01-01")
    assert key_of("catalog/items/a\nb.yaml") is None
    assert history.at(tmp_path, "HEAD").documents["items", "xzcf-002"]["事项名称"] == "对xzcf-002的处罚"
    assert {*history.read(tmp_path).records()} == {("items", "xzcf-001"), ("items", "xzcf-002")}


def test_a_folder_that_cannot_be_read_is_not_one_without_files(tmp_path):
    assert walk(tmp_path / "nowhere") == [*strange(tmp_path / "nowhere")] == []
    for look in (walk, lambda folder: [*strange(folder)]):
        with pytest.raises(OSError, match="x" * 300):  # a name that no system takes
            look(tmp_path / ("x" * 300))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root 什么都能读")
def test_a_folder_without_the_right_to_read_it_is_told(tmp_path):
    (tmp_path / "inner").mkdir(mode=0)
    with pytest.raises(PermissionError, match="inner"):
        walk(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="只有 Linux 有这样的名称")
def test_a_record_in_a_folder_whose_name_is_no_text_is_told(tmp_path):
    root = Clerk(tmp_path / "登记").root
    folder = root / "catalog/items" / os.fsdecode(b"\xff")
    folder.mkdir()
    (folder / "xzcf-009.yaml").write_bytes(b"a: b\n")
    found = check(root, DAY).problems
    assert [problem.rule for problem in found if "不是文字的字节" in problem.message] == ["file-kind"]
