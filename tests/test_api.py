"""What other programs may use: the page of the guide runs as it stands, on a register that was just begun."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from tests import project

import quanze
from quanze.edit.starter import NewRegister, begin
from quanze.edit.starter.files import Pin

PAGE = project.ROOT / "src/quanze/frame/guide/python.md"


def test_the_page_describes_every_name():
    table = re.findall(r"^\| `(\w+)", PAGE.read_text("utf-8"), re.MULTILINE)
    assert sorted(table) == sorted(quanze.__all__)


@pytest.mark.parametrize("name", quanze.__all__)
def test_every_name_is_there_whatever_was_loaded_before(name):
    for before in ("", "import quanze.check.rules.lists as lists; ", "import quanze.check; "):
        program = f"{before}from quanze import {name}; assert callable({name}); import quanze.check.report as report"
        subprocess.run([sys.executable, "-c", program], check=True)


def test_another_name_is_none_of_them():
    with pytest.raises(AttributeError, match="nothing"):
        _ = quanze.nothing


def test_a_command_starts_without_what_it_does_not_need():
    program = "import sys, quanze; assert 'quanze.api' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_example_runs_as_it_stands(tmp_path):
    begin(tmp_path / "权责清单", NewRegister(government="示例县人民政府"), Pin(quanze.__version__, "a" * 64))
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    checking, *_ = code.partition("# 生成网站")
    done = subprocess.run([sys.executable, "-c", checking], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert re.search(r"^catalog/items/ggfw-001.yaml:2:1: .* \[check-date\]$", done.stdout, re.MULTILINE)
    assert "ggfw-001 政府信息公开申请的办理\n" in done.stdout
    assert "'article': 33, 'paragraph': 2" in done.stdout


def test_a_build_that_fails_says_every_problem(tmp_path):
    folder = tmp_path / "p"
    begin(folder, NewRegister(), Pin(quanze.__version__, "a" * 64))
    (folder / "catalog/items/ggfw-001.yaml").write_text("事项名称：错\n", "utf-8")
    with pytest.raises(quanze.base.problem.Fault, match=r"catalog/items/ggfw-001\.yaml:1:5: "):
        quanze.build(folder, folder / "site")
    assert not (folder / "site").exists()


def test_a_build_tells_what_it_made(tmp_path):
    folder = tmp_path / "p"
    begin(folder, NewRegister(), Pin(quanze.__version__, "a" * 64))
    sealed = quanze.build(folder, folder / "site")
    assert sealed.pages == len([*(folder / "site").rglob("*.html")])
