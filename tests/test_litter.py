"""Files that are no records: named for what they are; and a clone on Windows has the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest
from click.testing import CliRunner
from tests import golden
from tests.project import DAY, ROOT
from tests.repository import Repository

from quanze import cli
from quanze.register.litter import is_record, misnamed


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("xzcf-001.yaml", ""),
        ("README.md", ""),
        ("流程图.pdf", ""),
        (".xzcf-001.yaml.swp", ""),
        ("xzcf-001.yaml~", ""),
        ("#xzcf-001.yaml#", ""),
        ("._xzcf-001.yaml", "macOS"),
        (".#xzcf-001.yaml", "编辑器的锁"),
        ("xzcf-001_REMOTE_123.yaml", "合并冲突"),
        ("xzcf-001.yaml.orig", "合并冲突"),
        ("xzcf-001(1).yaml", "副本"),
        ("xzcf-001 - Copy.yaml", "副本"),
        ("xzcf-001.yaml.bak", "副本"),
        ("xzcf-001.yaml.txt", "多了一层扩展名"),
        (".xzcf-001.yaml.new", "quanze 写到最后一步"),
        ("xzcf-001.yml", "文件名「xzcf-001.yml」不对"),
        ("Xzcf-001.YAML", "文件名「Xzcf-001.YAML」不对"),
        ("-x.yaml", "文件名「-x.yaml」不对"),
        ("x\n.yaml", "不对"),
    ],
)
def test_a_file_is_named_for_what_it_is(name, told):
    assert told in misnamed(name)
    assert bool(misnamed(name)) is bool(told)
    assert is_record(name) is (name == "xzcf-001.yaml")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (b"catalog/stray.yaml", "「stray.yaml」不在任何集合的文件夹里"),
        (b"docs/a\xff.md", "的名称里有不是文字的字节"),
        (b"catalog/items/a\xff.txt", "的名称里有不是文字的字节"),
    ],
)
def test_what_lies_where_nothing_reads_it_or_has_no_name_is_told(tmp_path, path, said):
    golden.project(tmp_path)
    place = os.path.join(os.fsencode(tmp_path), path)  # noqa: PTH118 — a Path of bytes there is not
    os.makedirs(os.path.dirname(place), exist_ok=True)  # noqa: PTH103, PTH120
    with open(place, "wb") as file:  # noqa: PTH123
        file.write("事项名称: 甲\n".encode())
    done = CliRunner().invoke(cli.main, ["check", "--root", str(tmp_path), "--at", DAY])
    assert (done.exit_code, said in done.output) == (1, True)
    done.output.encode()


def test_a_clone_that_converts_line_ends_checks_clean(tmp_path):
    """The line ends of a register are those of its repository, whatever git does by default on Windows."""
    made = Repository(tmp_path / "here")
    golden.project(made.root)
    shutil.copy(ROOT / ".gitattributes", made.root)
    made.commit("2026-11-20")
    clone = tmp_path / "there"
    command = ["git", "clone", "--quiet", "--config=core.autocrlf=true", "--config=core.eol=crlf", made.root, clone]
    subprocess.run(command, check=True)
    done = CliRunner().invoke(cli.main, ["check", "--at", DAY, "--root", str(clone)], catch_exceptions=False)
    assert done.exit_code == 0, done.stdout[:500]
