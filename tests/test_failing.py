"""A program of a register's own that fails in a build: where it stands is told, and no traceback."""

from __future__ import annotations

import pytest
from tests import project

from quanze.base.package import FOLDER
from quanze.site.failing import told

LIBRARY = '  File "/usr/lib/site-packages/mkdocs/plugins.py", line 3, in run_event'
OURS = f'  File "{FOLDER}/frame/events.py", line 5, in on_config'


def traceback(*lines):
    return ["Traceback (most recent call last):", *lines, "    1 / 0", "ZeroDivisionError: division by zero"]


def test_a_fault_in_a_file_of_the_registers_own_is_told_at_its_line(tmp_path):
    own = f'  File "{tmp_path}/hooks/own.py", line 7, in on_nav'
    assert told(traceback(LIBRARY, own, LIBRARY), tmp_path) == (
        "hooks/own.py:7:1: 这个程序出错，没有做完：「ZeroDivisionError: division by zero」；请改正，或者从版本库里恢复",
    )


def test_a_fault_in_no_file_of_ours_is_told_without_a_place(tmp_path):
    assert told(traceback(LIBRARY), tmp_path)[0].startswith("MkDocs 做不下去：「ZeroDivisionError")


@pytest.mark.parametrize("before", [(), (OURS,)])
def test_a_fault_of_this_program_keeps_its_traceback(tmp_path, before):
    lines = traceback(*before, f'  File "{tmp_path}/hooks/own.py", line 7, in on_nav', OURS)
    assert told(lines, tmp_path) == lines


def test_a_setting_at_which_the_theme_fails_is_no_fault_of_our_templates(tmp_path):
    template = f'  File "{FOLDER}/frame/overrides/main.html", line 6, in top-level template code'
    assert told(traceback(template, LIBRARY), tmp_path)[0].startswith("MkDocs 做不下去")
    assert told(traceback(LIBRARY, template), tmp_path) == traceback(LIBRARY, template)


def test_what_is_installed_below_the_register_is_not_its_own(tmp_path):
    lines = traceback(f'  File "{tmp_path}/.venv/lib/site-packages/mkdocs/a.py", line 1, in a')
    assert told(lines, tmp_path)[0].startswith("MkDocs 做不下去")


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ("def on_nav(nav, **_):\n    1 / 0\n", ":2:1: 这个程序出错"),
        ("def on_page_markdown(markdown, **_):\n    return 5\n", "MkDocs 做不下去：「AttributeError"),
        ("def (\n", ":1:1: 这个程序出错，没有做完：「SyntaxError"),
        ("raise SystemExit(3)\n", "没有说为什么就停了"),
    ],
)
def test_a_hook_that_fails_is_no_traceback(tmp_path, added, said):
    folder = project.copy(tmp_path / "p")
    settings = folder / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("hooks:\n", "hooks:\n  - hooks/own.py\n"), "utf-8")
    (folder / "hooks/own.py").write_text(added, "utf-8")
    done = project.run(folder, "quanze", "build", "--at", project.DAY)
    assert (done.returncode, said in done.stderr) == (1, True), done.stderr
    assert "Traceback" not in done.stderr
    assert "Error reading page" not in done.stderr
