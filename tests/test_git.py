"""What quanze.io.git tells of real repositories, and how it complains."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from typing import TYPE_CHECKING

import pytest
from tests.repository import Repository

from quanze.base.problem import Fault
from quanze.io import git
from quanze.io.git import command
from quanze.io.git.command import _filters
from quanze.io.git.pipes import _odd, sound

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

UNKNOWN = "1234567890" * 4


@pytest.fixture(name="repository")
def _repository(tmp_path: Path) -> Repository:
    """Three commits on three days: one file, a second file, the first one changed."""
    repository = Repository(tmp_path / "project")
    repository.write("catalog/items/甲 一.yaml", "a: 1\n")
    repository.commit("2026-01-01", "第一次")
    repository.write("catalog/items/b.yaml", "b: 1\n")
    repository.commit("2026-01-03", "第二次", author="乙")
    repository.write("catalog/items/甲 一.yaml", "a: 2\n")
    repository.commit("2026-01-05", "第三次")
    return repository


def test_the_head_is_told_with_tree_day_author_and_subject(repository: Repository) -> None:
    head = git.head(repository.root)
    assert head.id == repository.git("rev-parse", "HEAD")
    assert head.tree == repository.git("rev-parse", "HEAD^{tree}")
    assert head.parents == (repository.git("rev-parse", "HEAD^"),)
    assert (head.date, head.time) == ("2026-01-05", "2026-01-05T12:00:00+08:00")
    assert (head.author, head.subject) == ("甲", "第三次")


def test_the_same_calls_make_the_same_commits(tmp_path: Path) -> None:
    ids = set()
    for name in ("one", "two"):
        repository = Repository(tmp_path / name)
        repository.item("x-1")
        ids.add(repository.commit("2026-01-01"))
    assert len(ids) == 1


def test_without_a_repository_it_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(git.NoRepository, match="不在 git 版本库里：历史要用 git clone 取得"):
        git.head(tmp_path)


def test_without_a_commit_it_says_so(tmp_path: Path) -> None:
    Repository(tmp_path)
    with pytest.raises(git.NoRepository, match="还没有提交"):
        git.head(tmp_path)


def test_a_folder_that_an_outer_repository_does_not_hold_is_in_none(repository: Repository) -> None:
    """A tarball unpacked inside somebody's repository must not get that one's history."""
    inner = repository.root / "unpacked"
    inner.mkdir()
    with pytest.raises(git.NoRepository, match="没有收录"):
        git.head(inner)


def test_a_bare_repository_has_no_project(repository: Repository, tmp_path: Path) -> None:
    repository.git("clone", "--quiet", "--bare", str(repository.root), str(tmp_path / "bare"))
    with pytest.raises(Fault):
        git.dirty(tmp_path / "bare")


def test_without_git_it_says_what_to_install(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(git.NoRepository, match="请先安装 git"):
        git.head(repository.root)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda own: (own / "HEAD").write_text("junk"),
        lambda own: (own / "HEAD").unlink(),
        lambda own: shutil.rmtree(own / "objects"),
        lambda own: shutil.rmtree(own / "refs"),
        lambda own: (own / "refs/heads/main").write_bytes(b""),
        lambda own: (own / "refs/heads/main").write_bytes(b"\xff junk"),
        lambda own: (shutil.rmtree(own), own.write_text("gitdir: /nowhere")),
        lambda own: (shutil.rmtree(own), own.mkdir()),
    ],
)
def test_a_broken_repository_is_not_told_as_none(repository: Repository, spoil: Callable[[Path], object]) -> None:
    """Where there was none, the history would go unlooked at, and nobody would know."""
    spoil(repository.root / ".git")
    with pytest.raises(Fault, match="损坏了") as caught:
        git.head(repository.root)
    assert not isinstance(caught.value, git.NoRepository)


def test_a_missing_folder_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="没有这个文件夹，或者进不去"):
        git.head(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("path", "content", "told"),
    [
        (".git/config", b"[core\n x", "设置.*git 读不懂"),
        (".git/config", b"[core]\n bare = maybe\n", "设置.*git 读不懂"),
        (".git/config", b"[core]\n repositoryformatversion = 9\n", "比这里的 git 新"),
        (".git/shallow", b"junk", "版本库损坏了"),
        (".git/packed-refs", b"junk\nfoo", "版本库损坏了"),
        (".git/index", b"junk", "暂存区.*损坏了"),
        ("objects", b"", "版本库损坏了"),
        ("objects", b"junk", "版本库损坏了"),
    ],
)
def test_what_git_complains_of_is_told_in_chinese(repository: Repository, path: str, content: bytes, told: str) -> None:
    repository.item("xzcf-001")
    repository.commit("2026-01-01")
    repository.git("tag", "v1")
    own = repository.root / ".git"
    for file in [one for one in own.glob("objects/??/*") if path == "objects"] or [repository.root / path]:
        file.unlink(missing_ok=True)
        file.write_bytes(content)
    with pytest.raises(Fault, match=told) as caught:
        git.dirty(repository.root)
    assert not re.search(r"fatal|error|junk|maybe", str(caught.value))
    if not path.endswith("index"):  # no tag is called unknown because git cannot read it
        with pytest.raises(Fault, match=told):
            git.commit(repository.root, "v1")


@pytest.mark.parametrize(
    ("people", "claimed"),
    [
        ("", "1970-01-02"),
        ("author 甲 <a@b> 1772000000 +0800\n", "1970-01-02"),
        ("committer 甲 <a@b> -99999999999 +0800\n", "1970-01-02"),
        ("committer 甲 <a@b> 1099511627776 +0800\n", ""),
        ("committer 甲 <a@b> 99999999999999999999999 +9999\n", ""),
        ("committer 甲 1772000000\n", "1970-01-02"),
    ],
)
def test_a_commit_with_a_date_that_is_none_is_told(repository: Repository, people: str, claimed: str) -> None:
    first = repository.commit("2026-01-01")
    tree = repository.git("rev-parse", "HEAD^{tree}")
    text = f"tree {tree}\nparent {first}\n{people}\n改\n"
    repository.write("text", text)
    name = repository.git("hash-object", "-t", "commit", "-w", "--literally", "text")
    repository.git("update-ref", "HEAD", name)
    newest, before, *_ = git.line(repository.root)
    assert (newest.id, before.id) == (name, first)
    assert newest.claimed == claimed
    assert newest.date == (before.date if claimed else "9999-12-30")
    assert newest.moment >= before.moment


def _swapped(index: Path, names: list[str]) -> bytes:
    """Return the index of a pack (version 2) with the places of two objects exchanged, and its own sum right again."""
    content = bytearray(index.read_bytes())
    count = int.from_bytes(content[1028:1032], "big")
    listed = [content[1032 + 20 * at : 1052 + 20 * at].hex() for at in range(count)]
    one, two = map(listed.index, names)
    for table in (1032 + 20 * count, 1032 + 24 * count):  # checksums, offsets
        a, b = (slice(table + 4 * at, table + 4 * at + 4) for at in (one, two))
        content[a], content[b] = content[b], content[a]
    return bytes(content[:-20]) + hashlib.sha1(content[:-20], usedforsecurity=False).digest()


@pytest.mark.parametrize("packed", [True, False])
def test_a_copied_repository_that_was_made_to_lie_is_found_out(repository: Repository, packed: bool) -> None:  # noqa: FBT001
    repository.write("a", "上限: 9\n")
    repository.write("b", "上限: 3\n")
    repository.commit("2026-01-01")
    names = [repository.git("rev-parse", f"HEAD:{name}").strip() for name in "ab"]
    git.intact(repository.root)
    if packed:
        repository.git("gc", "--quiet")
        (index,) = (repository.root / ".git/objects/pack").glob("*.idx")
        content = _swapped(index, names)
    else:
        index, other = (repository.root / ".git/objects" / name[:2] / name[2:] for name in names)
        content = other.read_bytes()
    index.unlink()
    index.write_bytes(content)
    assert repository.git("show", "HEAD:a") == "上限: 3"
    with pytest.raises(Fault, match="与它的名字不符"):
        git.intact(repository.root)


def test_settings_of_a_calling_hook_are_ignored(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    assert git.head(repository.root).subject == "第三次"
    assert git.dirty(repository.root) == ()


@pytest.mark.parametrize("setting", ["log.showSignature true", "diff.renames false", "core.quotePath true",
                                     "log.decorate full", "diff.mnemonicPrefix true", "color.ui always"])  # fmt: skip
def test_settings_of_the_user_change_nothing(repository: Repository, setting: str) -> None:
    repository.move("catalog/items/b.yaml", "catalog/items/x/b.yaml")
    repository.commit("2026-01-06")
    plain = tuple(git.log(repository.root, "catalog"))
    repository.git("config", *setting.split())
    assert tuple(git.log(repository.root, "catalog")) == plain


@pytest.mark.skipif(os.name == "nt", reason="没有 sh")
@pytest.mark.parametrize("name", ["evil", "a=b.c"])
def test_no_program_runs_that_a_repository_names_itself(repository: Repository, tmp_path: Path, name: str) -> None:
    """An auditor's folder may have come in an archive, with settings, hooks and filters."""
    ran = tmp_path / "ran"
    program = f"touch '{ran}'; cat"
    for kind in ("clean", "smudge"):
        repository.git("config", f"filter.{name}.{kind}", program)
    repository.git("config", f"filter.{name}.required", "true")
    repository.write(".git/included", f'[filter "other"]\n\tprocess = "{program}"\n')
    repository.git("config", "include.path", "included")
    repository.write(".git/info/attributes", f"*.yaml filter={name} diff=evil\n*.txt filter=other\n")
    for setting in ("core.fsmonitor", "diff.external", "diff.evil.textconv", "core.sshCommand"):
        repository.git("config", setting, program)
    for hook in ("post-checkout", "post-index-change", "reference-transaction"):
        repository.write(f".git/hooks/{hook}", f"#!/bin/sh\n{program}\n")
        (repository.root / ".git/hooks" / hook).chmod(0o755)
    repository.write("catalog/items/b.yaml", "改了的\n")
    repository.write("catalog/b.txt", "新的\n")
    assert "catalog/items/b.yaml" in git.dirty(repository.root)
    assert git.since(repository.root, "HEAD~1")
    with git.worktree(repository.root, "HEAD") as place:
        assert (place / "catalog").is_dir()
        assert not git.dirty(place)
    assert not ran.exists()


class TestResolve:
    """From what a person writes to a commit."""

    @pytest.mark.parametrize(
        ("text", "subject"),
        [
            ("HEAD", "第三次"),
            ("HEAD~1", "第二次"),
            ("main", "第三次"),
            ("2026-01-01", "第一次"),
            ("2026-01-02", "第一次"),
            ("2026-01-03", "第二次"),
            ("2030-01-01", "第三次"),
        ],
    )
    def test_names_and_days(self, repository: Repository, text: str, subject: str) -> None:
        assert git.resolve(repository.root, text).subject == subject

    @pytest.mark.parametrize("options", [(), ("--annotate", "--message=x")], ids=["light", "annotated"])
    def test_a_tag(self, repository: Repository, options: tuple[str, ...]) -> None:
        repository.git("tag", *options, "2023年版", "HEAD~2")
        assert git.resolve(repository.root, "2023年版").subject == "第一次"

    def test_a_short_id(self, repository: Repository) -> None:
        assert git.resolve(repository.root, git.head(repository.root).id[:8]).subject == "第三次"

    @pytest.mark.parametrize("text", ["v9", "", "--all", "-1", "HEAD:catalog", "HEAD^{tree}", UNKNOWN, "2026-1-1"])
    def test_what_names_no_commit_is_told(self, repository: Repository, text: str) -> None:
        with pytest.raises(Fault, match=f"「{text.replace('^', '.')}」不是已知的".replace("{", ".").replace("}", ".")):
            git.resolve(repository.root, text)

    def test_a_day_that_the_calendar_lacks(self, repository: Repository) -> None:
        with pytest.raises(Fault, match="没有「2026-02-30」这一天"):
            git.resolve(repository.root, "2026-02-30")

    def test_a_day_before_the_first_commit(self, repository: Repository) -> None:
        with pytest.raises(Fault, match="最早的提交在 2026-01-01"):
            git.resolve(repository.root, "2025-12-31")

    def test_a_day_that_is_a_tag_too_is_not_guessed(self, repository: Repository) -> None:
        repository.git("tag", "2026-01-03", "HEAD~2")
        with pytest.raises(Fault, match="既是日期，也是标签"):
            git.resolve(repository.root, "2026-01-03")
        assert git.resolve(repository.root, "refs/tags/2026-01-03").subject == "第一次"

    @pytest.mark.parametrize(
        ("time", "day"),
        [
            ("2026-02-01T15:59:59+00:00", "2026-02-01"),
            ("2026-02-01T16:00:00+00:00", "2026-02-02"),
            ("2026-02-01T23:59:59+08:00", "2026-02-01"),
            ("2026-02-01T23:00:00-05:00", "2026-02-02"),
        ],
    )
    def test_a_day_is_a_day_in_china(self, repository: Repository, time: str, day: str) -> None:
        id_ = repository.commit(time)
        assert git.head(repository.root).date == day
        assert git.head(repository.root).time == time
        assert git.resolve(repository.root, day).id == id_
        assert git.resolve(repository.root, "2026-01-31").id != id_

    def test_with_clocks_that_run_backwards_the_latest_day_counts(self, repository: Repository) -> None:
        repository.commit("2027-01-01", "误")
        last = repository.commit("2026-01-07", "正")
        assert git.resolve(repository.root, "2027-01-01").id == last
        assert git.resolve(repository.root, "2026-01-07").id != last

    def test_a_merge_counts_on_the_day_of_the_merge(self, repository: Repository) -> None:
        repository.branch("side")
        repository.write("catalog/items/c.yaml", "c: 1\n")
        repository.commit("2026-01-06", "旁支")
        repository.switch("main")
        merge = repository.merge("side", "2026-01-10")
        assert git.resolve(repository.root, "2026-01-09").subject == "第三次"
        assert git.resolve(repository.root, "2026-01-10").id == merge


class TestFiles:
    """Files as they were and as they are."""

    def test_at_a_revision(self, repository: Repository) -> None:
        first = git.resolve(repository.root, "2026-01-01").id
        assert [*git.files(repository.root, first, "catalog")] == ["catalog/items/甲 一.yaml"]
        assert len(git.files(repository.root, "HEAD", "catalog")) == 2
        assert git.files(repository.root, "HEAD", "schema") == {}

    def test_links_are_no_files(self, repository: Repository) -> None:
        (repository.root / "catalog/items/link.yaml").symlink_to("b.yaml")
        repository.commit("2026-01-06")
        assert "catalog/items/link.yaml" not in git.files(repository.root, "HEAD", "catalog")
        assert next(git.log(repository.root, "catalog"))[1] == (git.Touch("", "", ""),)

    def test_blobs_come_in_the_order_asked_for(self, repository: Repository) -> None:
        contents = [b"", b"\n", b"a\0b\n", "多行\n文字".encode(), *(b"%d" % n for n in range(300)), b"x" * 200_000]
        for number, content in enumerate(contents):
            repository.write(f"bin/{number:03}", content)
        repository.commit("2026-01-06")
        names = [*git.files(repository.root, "HEAD", "bin").values()]
        assert [*git.blobs(repository.root, names)] == contents
        assert [*git.blobs(repository.root, reversed(names))] == contents[::-1]

    def test_no_blobs(self, repository: Repository) -> None:
        assert [*git.blobs(repository.root, ())] == []

    def test_a_reader_may_stop_early(self, repository: Repository) -> None:
        names = [*git.files(repository.root, "HEAD", "catalog").values()] * 100
        contents = git.blobs(repository.root, names)
        assert next(contents) in {b"a: 2\n", b"b: 1\n"}
        contents.close()

    def test_a_blob_that_is_not_there(self, repository: Repository) -> None:
        with pytest.raises(Fault, match=f"缺少内容 {UNKNOWN}"):
            next(git.blobs(repository.root, [UNKNOWN]))

    def test_blobs_without_a_repository(self, tmp_path: Path) -> None:
        with pytest.raises(Fault):
            [*git.blobs(tmp_path, [UNKNOWN] * 10_000)]

    def test_dirty_tells_altered_new_and_removed_files(self, repository: Repository) -> None:
        assert git.dirty(repository.root) == ()
        repository.write("catalog/items/甲 一.yaml", "a: 3\n")
        repository.write("catalog/items/新/n.yaml", "n: 1\n")
        repository.remove("catalog/items/b.yaml")
        repository.write("docs/x.md", "x")
        expected = ("catalog/items/b.yaml", "catalog/items/新/n.yaml", "catalog/items/甲 一.yaml")
        assert git.dirty(repository.root, "catalog") == expected
        assert git.dirty(repository.root) == (*expected[:2], expected[2], "docs/x.md")

    def test_what_a_sparse_checkout_leaves_out_is_told(self, repository: Repository) -> None:
        assert git.left_out(repository.root, "catalog") == ()
        repository.write("docs/一.md", "")
        repository.commit("2026-02-01")
        repository.git("sparse-checkout", "set", "docs")
        assert git.left_out(repository.root, "docs") == ()
        assert git.left_out(repository.root, "catalog")
        repository.git("sparse-checkout", "disable")
        assert git.left_out(repository.root, "catalog") == ()

    def test_dirty_writes_nothing(self, repository: Repository) -> None:
        index = repository.root / ".git/index"
        before = index.stat().st_mtime_ns
        repository.write("catalog/items/b.yaml", "b: 1\n")
        git.dirty(repository.root)
        assert index.stat().st_mtime_ns == before

    def test_a_worktree_is_the_commit_and_goes_away(self, repository: Repository) -> None:
        repository.write("catalog/items/b.yaml", "b: 1\r\n")
        repository.commit("2026-01-06")
        repository.git("config", "core.autocrlf", "true")
        hook = repository.root / ".git/hooks/post-checkout"
        hook.write_text("#!/bin/sh\ntouch hooked\n")
        hook.chmod(0o755)
        with git.worktree(repository.root, "HEAD") as folder:
            assert (folder / "catalog/items/b.yaml").read_bytes() == b"b: 1\r\n"
            assert git.head(folder).id == git.head(repository.root).id
            assert not (folder / "hooked").exists()
        assert not folder.exists()
        assert len(repository.git("worktree", "list").splitlines()) == 1

    def test_a_worktree_goes_away_after_a_fault(self, repository: Repository) -> None:
        with pytest.raises(KeyError), git.worktree(repository.root, "HEAD"):
            raise KeyError
        assert len(repository.git("worktree", "list").splitlines()) == 1

    def test_a_worktree_of_an_unknown_commit(self, repository: Repository) -> None:
        with pytest.raises(Fault), git.worktree(repository.root, UNKNOWN):
            pass


class TestLog:
    """One pass over all commits."""

    def test_it_tells_what_each_commit_touched(self, repository: Repository) -> None:
        told = [(one.subject, [touch[:2] for touch in touches]) for one, touches in git.log(repository.root, "catalog")]
        one, two = "catalog/items/甲 一.yaml", "catalog/items/b.yaml"
        assert told == [("第三次", [(one, one)]), ("第二次", [("", two)]), ("第一次", [("", one)])]

    def test_other_folders_are_left_out_but_not_their_commits(self, repository: Repository) -> None:
        repository.write("docs/x.md", "x")
        repository.commit("2026-01-06", "别处")
        commit, touches = next(git.log(repository.root, "catalog"))
        assert (commit.subject, touches) == ("别处", ())

    def test_moves_and_removals(self, repository: Repository) -> None:
        repository.move("catalog/items/b.yaml", "catalog/items/下/b.yaml")
        repository.remove("catalog/items/甲 一.yaml")
        repository.commit("2026-01-06")
        _, touches = next(git.log(repository.root, "catalog"))
        moved = ("catalog/items/b.yaml", "catalog/items/下/b.yaml")
        assert sorted(touch[:2] for touch in touches) == [moved, ("catalog/items/甲 一.yaml", "")]

    def test_files_that_merely_resemble_each_other_are_not_moved(self, repository: Repository) -> None:
        lines = [f"栏目{number}: 相同的内容\n" for number in range(10)]
        repository.write("catalog/items/old.yaml", "".join(lines))
        repository.commit("2026-01-06")
        repository.remove("catalog/items/old.yaml")
        repository.write("catalog/items/new.yaml", "".join(lines[:7]) + "别的: 全不一样的三行内容\n" * 3)
        repository.commit("2026-01-07")
        _, touches = next(git.log(repository.root, "catalog"))
        assert sorted(touch[:2] for touch in touches) == [
            ("", "catalog/items/new.yaml"),
            ("catalog/items/old.yaml", ""),
        ]

    def test_a_merge_tells_what_it_brought_in(self, repository: Repository) -> None:
        repository.branch("side")
        repository.write("catalog/items/c.yaml", "c: 1\n")
        repository.commit("2026-01-06", "旁支", author="丙")
        repository.switch("main")
        repository.write("catalog/items/d.yaml", "d: 1\n")
        repository.commit("2026-01-07", "主线")
        repository.merge("side", "2026-01-08")
        log = {one.subject: [touch.path for touch in touches] for one, touches in git.log(repository.root, "catalog")}
        assert log["合并 side"] == log["旁支"] == ["catalog/items/c.yaml"]
        assert [one.subject for one in git.line(repository.root)] == ["合并 side", "主线", "第三次", "第二次", "第一次"]

    def test_last_changes(self, repository: Repository) -> None:
        found = git.last_changes(repository.root, "catalog")
        assert {path: one.date for path, one in found.items()} == {
            "catalog/items/甲 一.yaml": "2026-01-05",
            "catalog/items/b.yaml": "2026-01-03",
        }

    def test_changed_between_two_commits(self, repository: Repository) -> None:
        repository.move("catalog/items/b.yaml", "catalog/items/下/b.yaml")
        repository.commit("2026-01-06")
        touches = git.changed(repository.root, "HEAD~2", "HEAD", "catalog")
        assert [touch[:2] for touch in touches] == [
            ("catalog/items/b.yaml", "catalog/items/下/b.yaml"),
            ("catalog/items/甲 一.yaml", "catalog/items/甲 一.yaml"),
        ]

    def test_a_subject_may_hold_anything(self, repository: Repository) -> None:
        repository.commit("2026-01-06", ":100644 像一行原始记录\n\n正文")
        assert git.head(repository.root).subject == ":100644 像一行原始记录"

    def test_a_reader_may_stop_early(self, repository: Repository) -> None:
        log = git.log(repository.root, "catalog")
        next(log)
        log.close()


class TestAncestry:
    """Tags, ancestors and clones that break off."""

    def test_tags(self, repository: Repository) -> None:
        repository.git("tag", "轻", "HEAD~1")
        repository.git("tag", "--annotate", "--message=x", "重", "HEAD~2")
        repository.git("tag", "文件", "HEAD:catalog/items/b.yaml")
        first, second = (git.commit(repository.root, name).id for name in ("HEAD~2", "HEAD~1"))
        assert git.tags(repository.root) == {"轻": second, "重": first}

    def test_ancestors(self, repository: Repository) -> None:
        root = repository.root
        assert git.is_ancestor(root, "HEAD~2", "HEAD")
        assert git.is_ancestor(root, "HEAD", "HEAD")
        assert not git.is_ancestor(root, "HEAD", "HEAD~1")

    def test_a_commit_rewritten_away_is_no_ancestor(self, repository: Repository) -> None:
        old = git.head(repository.root).id
        repository.git("reset", "--quiet", "--hard", "HEAD~1")
        repository.commit("2026-01-06")
        assert not git.is_ancestor(repository.root, old, "HEAD")
        assert not git.is_ancestor(repository.root, UNKNOWN, "HEAD")

    def test_a_graft_does_not_hide_history(self, repository: Repository) -> None:
        before = [commit.id for commit in git.line(repository.root)]
        repository.write(".git/info/grafts", f"{before[0]}\n")
        assert [commit.id for commit in git.line(repository.root)] == before

    def test_a_replaced_commit_does_not_hide_history(self, repository: Repository) -> None:
        repository.git("replace", "--graft", "HEAD")
        assert len([*git.line(repository.root)]) == 3

    def test_a_shallow_clone_knows_where_it_breaks_off(self, repository: Repository, tmp_path: Path) -> None:
        assert git.boundary(repository.root) == frozenset()
        shallow = repository.shallow(tmp_path / "shallow", 2)
        assert git.boundary(shallow.root) == {repository.git("rev-parse", "HEAD~1")}
        with pytest.raises(Fault, match="浅克隆"):
            git.is_ancestor(shallow.root, "HEAD", "HEAD")
        with pytest.raises(Fault, match="unshallow"):
            git.resolve(shallow.root, "2026-01-01")


class TestSubfolder:
    """A project that is a folder of a larger repository sees itself alone."""

    @pytest.fixture(name="project")
    def _project(self, tmp_path: Path) -> Path:
        repository = Repository(tmp_path / "outer")
        repository.write("bureau/catalog/items/a.yaml", "a: 1\n")
        repository.write("other/catalog/items/z.yaml", "z: 1\n")
        repository.commit("2026-01-01")
        repository.move("other/catalog/items/z.yaml", "bureau/catalog/items/z.yaml")
        repository.commit("2026-01-02")
        return repository.root / "bureau"

    def test_paths_are_relative_to_it(self, project: Path) -> None:
        a, z = "catalog/items/a.yaml", "catalog/items/z.yaml"
        assert [*git.files(project, "HEAD", "catalog")] == [a, z]
        assert [[touch[:2] for touch in touches] for _, touches in git.log(project, "catalog")] == [
            [("", z)],
            [("", a)],
        ]
        assert {*git.last_changes(project, "catalog")} == {a, z}
        assert [touch.path for touch in git.changed(project, "HEAD~1", "HEAD", "catalog")] == [z]

    def test_what_is_dirty_and_a_worktree_too(self, project: Path) -> None:
        (project / "catalog/items/a.yaml").write_text("a: 2\n")
        (project.parent / "other.txt").write_text("x")
        assert git.dirty(project) == ("catalog/items/a.yaml",)
        with git.worktree(project, "HEAD") as folder:
            assert (folder / "catalog/items/a.yaml").read_text() == "a: 1\n"


RULES = (".gitignore", ".gitattributes", "catalog/.gitignore", "catalog/items/.gitattributes")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="没有命名管道")
@pytest.mark.parametrize(
    "path",
    [".mailmap", *RULES, *(f".git/{name}" for name in ("HEAD", "config", "info/exclude", "commondir", "shallow"))],
)
def test_a_pipe_where_git_looks_for_a_file_is_told_instead_of_waited_for(repository: Repository, path: str) -> None:
    repository.item("xzcf-001")
    repository.commit("2026-01-01")
    (repository.root / path).parent.mkdir(parents=True, exist_ok=True)
    (repository.root / path).unlink(missing_ok=True)
    os.mkfifo(repository.root / path)
    with pytest.raises(Fault, match=f"{path} 是管道或者设备，不是文件") as caught:
        git.dirty(repository.root, "catalog")
    assert not isinstance(caught.value, git.NoRepository)
    if path not in RULES:
        with pytest.raises(Fault, match="是管道或者设备"):
            git.commit(repository.root, "HEAD")


def test_of_the_many_files_of_a_repository_only_odd_ones_are_looked_at_by_themselves(repository: Repository) -> None:
    repository.item("xzcf-001")
    repository.commit("2026-01-01")
    own = repository.root / ".git"
    assert {path.name for path in _odd(own)} == {"config"}
    (own / "objects/aa").mkdir(exist_ok=True)
    os.mkfifo(own / "objects/aa/loose")
    (own / "refs/link").symlink_to("/dev/zero")
    assert {path.name for path in _odd(own)} == {"config", "link", "loose"}


@pytest.mark.parametrize(
    ("path", "size", "told"),
    [
        (".mailmap", (1 << 20) + 1, "1,048,577 字节，超过 1024 KB 的上限"),
        (".gitignore", (1 << 16) + 1, "65,537 字节，超过 64 KB 的上限"),
        ("catalog/.gitattributes", (1 << 16) + 1, "65,537 字节，超过 64 KB 的上限"),
    ],
)
def test_what_git_holds_against_every_name_is_bounded(repository: Repository, path: str, size: int, told: str) -> None:
    repository.item("xzcf-001")
    repository.commit("2026-01-01")
    repository.write(path, "#".ljust(size - 1, "#") + "\n")
    with pytest.raises(Fault, match=told):
        git.dirty(repository.root, "catalog")


@pytest.mark.parametrize("name", ["mailmap.file", "core.excludesFile", "core.attributesFile", "diff.orderFile"])
def test_no_file_is_read_that_the_settings_of_a_repository_name(repository: Repository, name: str) -> None:
    repository.item("xzcf-001")
    repository.commit("2026-01-01")
    os.mkfifo(repository.root.parent / "endless")
    repository.git("config", name, str(repository.root.parent / "endless"))
    assert git.head(repository.root).author == "甲"
    assert git.dirty(repository.root, "catalog") == ()
    assert git.unheld(repository.root, "catalog") == {}
    assert git.since(repository.root, "HEAD") == frozenset()
    assert len([*git.log(repository.root, "catalog")]) > 1


def test_settings_that_lead_to_another_folder_are_told(repository: Repository) -> None:
    repository.item("xzcf-001")
    repository.commit("2026-01-01")
    repository.git("config", "core.worktree", str(repository.root))
    assert git.dirty(repository.root) == ()
    repository.git("config", "core.worktree", str(repository.root.parent / "elsewhere"))
    _filters.cache_clear()
    with pytest.raises(Fault, match="worktree 指着别的文件夹"):
        git.dirty(repository.root)


def test_settings_that_are_taken_from_elsewhere_are_files(repository: Repository) -> None:
    place = repository.root.parent
    (place / "more").write_text("[user]\n\tname = 丙\n")
    repository.git("config", "include.path", str(place / "more"))
    assert git.head(repository.root).author == "甲"
    os.mkfifo(place / "endless")
    (place / "more").write_text(f"[include] path = {place}/endless\n")
    sound.cache_clear()
    with pytest.raises(Fault, match="endless 是管道"):
        git.head(repository.root)


def test_a_work_tree_beside_its_repository_is_looked_at_whole(repository: Repository) -> None:
    repository.item("xzcf-001")
    repository.commit("2026-01-01")
    place = repository.root.parent / "beside"
    repository.git("worktree", "add", "--quiet", "--detach", str(place))
    assert git.dirty(place) == ()
    exclude = repository.root / ".git/info/exclude"
    exclude.unlink(missing_ok=True)
    os.mkfifo(exclude)
    sound.cache_clear()
    with pytest.raises(Fault, match="info/exclude 是管道"):
        git.dirty(place)


def test_a_name_of_several_commits_is_none(repository: Repository) -> None:
    first, second = (repository.git("rev-parse", name) for name in ("HEAD~2", "HEAD~1"))
    repository.git("tag", "v1", first)
    assert git.resolve(repository.root, "v1").id == first
    repository.git("branch", "v1", second)
    for word in ("v1", "v1~0", "v1^{}"):
        with pytest.raises(Fault, match=r"指哪一个看不出来.*refs/tags/v1、refs/heads/v1；请写全名，如 refs/heads/v1"):
            git.resolve(repository.root, word)
    assert git.resolve(repository.root, "refs/heads/v1").id == second
    assert git.resolve(repository.root, "refs/tags/v1~0").id == first
    repository.git("branch", "--force", "v1", first)
    assert git.resolve(repository.root, "v1").id == first  # two names of one commit


def test_a_local_branch_that_is_called_like_a_remotes_one_is_not_taken_for_it(repository: Repository) -> None:
    repository.git("update-ref", "refs/remotes/origin/main", "HEAD~1")
    repository.git("branch", "origin/main", "HEAD~2")
    with pytest.raises(Fault, match="refs/heads/origin/main、refs/remotes/origin/main"):
        git.fork(repository.root, "origin/main")


def test_a_tag_that_is_called_like_the_beginning_of_an_id_is_not_taken_for_it(repository: Repository) -> None:
    head = repository.git("rev-parse", "HEAD")
    assert git.resolve(repository.root, head[:8]).id == head
    repository.git("tag", head[:8], "HEAD~1")
    with pytest.raises(Fault, match="指哪一个看不出来"):
        git.resolve(repository.root, head[:8])
    assert git.resolve(repository.root, head).id == head


def test_a_branch_called_head_changes_nothing(repository: Repository) -> None:
    head = repository.git("rev-parse", "HEAD")
    repository.git("update-ref", "refs/heads/HEAD", "HEAD~1")
    repository.git("update-ref", "refs/tags/HEAD", "HEAD~2")
    assert git.resolve(repository.root, "HEAD").id == head
    assert git.resolve(repository.root, "HEAD~1").id == repository.git("rev-parse", f"{head}~1")


@pytest.mark.skipif(os.name == "nt" or os.geteuid(), reason="只有 root 能把文件夹给别人")
def test_a_repository_of_another_user_is_no_unknown_revision(repository: Repository, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for path in (repository.root, repository.root / ".git"):
        os.chown(path, 65534, 65534)
    for revision in ("HEAD", "v1"):
        with pytest.raises(Fault, match="属于别的用户：请运行 git config --global --add safe"):
            git.commit(repository.root, revision)


@pytest.mark.parametrize(
    ("complaint", "told"),
    [
        ("fatal: could not create directory of '.git/worktrees/a': Read-only file system", "磁盘是只读的"),
        ("error: unable to write file .git/objects/1: No space left on device", "磁盘满了"),
        ("fatal: sha1 file '.git/index.lock' write error. Out of diskspace", "磁盘满了"),
    ],
)
def test_a_disk_on_which_git_cannot_write_is_told(tmp_path: Path, complaint: str, told: str) -> None:
    assert str(command._fault(tmp_path, complaint)).startswith(told)


def test_what_git_complains_of_is_heard_though_the_disk_is_full(repository: Repository, monkeypatch) -> None:
    if not hasattr(os, "memfd_create"):
        pytest.skip("这个系统没有只在内存里的文件")
    monkeypatch.setattr(tempfile, "TemporaryFile", None)
    with pytest.raises(Fault, match="分支的名称写得不对"):
        command.ask(repository.root, "branch", "--", "a..b", "HEAD")
