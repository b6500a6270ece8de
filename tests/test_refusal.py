"""What the system refuses is told in one sentence with the file's name, in the commands and in a build."""

from __future__ import annotations

import errno
import os
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort
from tests import project

from quanze import __main__
from quanze.base.refusal import naming, refusal
from quanze.frame import Frame
from quanze.io.writing import write_new

FULL = Path("/dev/full")
SOURCES = sorted((project.ROOT / "src/quanze").rglob("*.py"))
WRITING = re.compile(r"^(?!Path).*\.write_(?:text|bytes)\(", re.MULTILINE)


@pytest.mark.skipif(not FULL.exists(), reason="没有 /dev/full")
def test_a_write_on_a_full_disk_names_its_file():
    with pytest.raises(OSError, match="space") as caught, naming("items/页.html"), FULL.open("wb") as file:
        file.write(b"x")
    assert refusal(caught.value) == "items/页.html：磁盘满了"
    assert refusal(pickle.loads(pickle.dumps(caught.value))) == "items/页.html：磁盘满了"


def test_a_new_file_on_a_full_disk_is_named(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(OSError, match="No space") as error:
        write_new(tmp_path / "甲/乙", b"")
    assert refusal(error.value) == f"{tmp_path / '甲/乙'}：磁盘满了"


def test_only_what_names_its_file_writes_one():
    bare = [file.name for file in SOURCES if WRITING.search(file.read_text("utf-8"))]
    assert bare == ["writing.py"]


def test_of_a_copy_the_file_that_was_to_be_written_is_named():
    assert refusal(OSError(errno.ENOSPC, "No space left on device", "甲", None, "乙")) == "乙：磁盘满了"


def test_what_has_no_sentence_of_its_own_is_told_by_its_code_and_not_in_english():
    assert refusal(OSError(errno.ENOTTY, "Inappropriate ioctl", "甲")) == "甲：系统没有照办（ENOTTY）"
    assert refusal(OSError("whatever")) == "系统：系统没有照办（OSError）"


def test_too_many_open_files_and_no_place_for_temporary_ones_say_what_to_do():
    assert (
        refusal(OSError(errno.EMFILE, "Too many open files"))
        == "系统：打开的文件太多，系统不让再打开；请用 ulimit -n 放宽"
    )
    nowhere = FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']", "site.new")
    assert refusal(nowhere).startswith("没有能写临时文件的文件夹；")


def test_a_build_that_the_system_refuses_ends_in_the_sentence():
    frame = Frame()
    with pytest.raises(Abort, match="乙：磁盘满了"):
        frame.on_build_error(OSError(errno.ENOSPC, "No space left on device", "甲", None, "乙"))
    frame.folder = "网站"
    with pytest.raises(Abort, match="网站：磁盘满了"):
        frame.on_build_error(OSError(errno.ENOSPC, "No space left on device"))
    frame.on_build_error(ValueError("a fault of ours keeps its traceback"))
    frame.serving = True
    frame.on_build_error(OSError(errno.ENOSPC, "a preview goes on"))


def test_an_old_python_gets_a_sentence(monkeypatch, capsys):
    monkeypatch.setattr(__main__.sys, "version_info", (3, 9, 18))
    with pytest.raises(SystemExit) as left:
        __main__.main()
    assert (left.value.code, capsys.readouterr().err) == (2, "要 Python 3.11 以上，这里是 3.9\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows 没有这些信号")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_preview_that_is_ended_leaves_what_it_was_doing_in_order(name):
    code = f"""
import os, signal
from quanze.frame import Frame
Frame().on_startup("serve")
try:
    os.kill(os.getpid(), signal.{name})
finally:
    print("tidied")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "tidied\n", "预览结束了\n")
