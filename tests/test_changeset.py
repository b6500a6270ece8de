"""Files written together: all or none."""

from __future__ import annotations

import os

import pytest

from quanze.base.problem import Fault
from quanze.base.refusal import refusal
from quanze.edit.changeset import Edit, diff, save


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
