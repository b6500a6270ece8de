"""Files written together: all or none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quanze.base.problem import Fault
from quanze.base.refusal import refusal
from quanze.edit.changeset import Edit, diff, finish, save


def content(folder):
    return {path.name: path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}


def test_makes_folders_and_files(tmp_path):
    save(tmp_path, [Edit("a/b/c.yaml", None, "甲: 1\n")])
    assert (tmp_path / "a/b/c.yaml").read_bytes() == "甲: 1\n".encode()


def test_keeps_windows_line_ends_of_a_text(tmp_path):
    (tmp_path / "a").write_bytes(b"1\r\n")
    save(tmp_path, [Edit("a", "1\r\n", "2\r\n")])
    assert (tmp_path / "a").read_bytes() == b"2\r\n"


def test_never_overwrites_what_it_does_not_know(tmp_path):
    (tmp_path / "a").write_text("别人的", "utf-8")
    for old in (None, "以前的"):
        with pytest.raises(Fault):
            save(tmp_path, [Edit("b", None, "新"), Edit("a", old, "新")])
    assert content(tmp_path) == {"a": "别人的"}


def test_a_deleted_file_is_told(tmp_path):
    with pytest.raises(Fault, match="改动或者删除"):
        save(tmp_path, [Edit("a", "旧", "新")])


def test_an_error_half_way_leaves_everything_as_it_was(tmp_path):
    (tmp_path / "a").write_text("旧", "utf-8")
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(OSError):  # noqa: PT011 — 系统不同，说法不同
        save(tmp_path, [Edit("a", "旧", "新"), Edit("n", None, "新"), Edit("file/x", None, "新")])
    assert content(tmp_path) == {"a": "旧", "file": ""}


@pytest.mark.skipif(os.name == "nt", reason="没有这样的限度")
def test_a_write_that_does_not_fit_names_its_file_and_leaves_all_as_it_was(tmp_path):
    import resource  # noqa: PLC0415 — Windows has none

    (tmp_path / "a").write_text("旧", "utf-8")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(OSError) as caught:  # noqa: PT011 — a full disk is another number
            save(tmp_path, [Edit("a", "旧", "新"), Edit("b.yaml", None, "新" * 1000)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert refusal(caught.value).startswith(f"{tmp_path / 'b.yaml'}：")
    assert content(tmp_path) == {"a": "旧"}


def test_an_error_after_the_first_move_is_undone(tmp_path):
    (tmp_path / "a").write_text("旧", "utf-8")
    with pytest.raises(Fault, match="已经存在"):
        save(tmp_path, [Edit("a", "旧", "新"), Edit("b", None, "新"), Edit("b", None, "又新")])
    assert content(tmp_path) == {"a": "旧"}


CHANGES = [Edit(name, "旧", "新") for name in ("a", "b", "c")]
NOTE = ".unfinished.json"


def killed(folder, moves):
    """Begin three changes in a process that is killed after some of them."""
    for name in "abc":
        (folder / name).write_text("旧", "utf-8")
    child = os.fork()
    if not child:
        real, left = Path.replace, [*range(moves)]
        Path.replace = lambda *given: real(*given) if left and left.pop() >= 0 else os._exit(9)
        save(folder, CHANGES)
        os._exit(0)
    os.waitpid(child, 0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="这个系统没有 fork")
@pytest.mark.parametrize("moves", [0, 1, 2])
def test_changes_killed_half_way_are_finished_and_those_not_begun_are_not(tmp_path, moves):
    killed(tmp_path, moves)
    assert [(tmp_path / name).read_text("utf-8") for name in "abc"] == ["新"] * moves + ["旧"] * (3 - moves)
    assert finish(tmp_path) == (tuple("abc"[moves:]) if moves else ())
    assert content(tmp_path) == dict.fromkeys("abc", "新" if moves else "旧") | {"changing.lock": ""}
    assert finish(tmp_path) == ()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="这个系统没有 fork")
def test_what_was_changed_since_is_not_written_over(tmp_path):
    killed(tmp_path, 1)
    (tmp_path / "c").write_text("别人的", "utf-8")
    with pytest.raises(Fault, match="之后 c 又改过，补不完"):
        finish(tmp_path)
    assert (tmp_path / "b").read_text("utf-8") == "旧"
    (tmp_path / "a").write_text("旧", "utf-8")  # as git restores it
    assert finish(tmp_path) == ()
    assert not (tmp_path / NOTE).exists()


@pytest.mark.parametrize(
    "noted",
    [
        "",
        "{",
        "[]",
        "[" * 9000,
        '{"a\\u0000": ["旧", "新"]}',
        '{"a": ["\\ud800", "新"]}',
        '{"a": 1}',
        '{"a": ["x"]}',
        '{"../a": ["旧", "新"], "b": ["x", "旧"]}',
    ],
)
def test_a_note_that_nobody_wrote_changes_nothing(tmp_path, noted):
    root = tmp_path / "根"
    root.mkdir()
    for file in (tmp_path / "a", root / "b", root / NOTE):
        file.write_text(noted if file.name == NOTE else "旧", "utf-8")
    assert finish(root) == ()
    assert content(tmp_path) == {"a": "旧", "b": "旧", "changing.lock": ""}


def test_the_difference_is_git_like():
    shown = list(diff([Edit("a", "1\n2\n", "1\n3\n"), Edit("b", None, "新\n")]))
    assert shown == [
        "--- a/a",
        "+++ b/a",
        "@@ -1,2 +1,2 @@",
        " 1",
        "-2",
        "+3",
        "--- /dev/null",
        "+++ b/b",
        "@@ -0,0 +1 @@",
        "+新",
    ]
