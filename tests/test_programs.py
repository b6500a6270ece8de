"""A program of a register's own that runs with every build is told as a review: it may change what any page says."""

from __future__ import annotations

import importlib.util
import py_compile
from types import SimpleNamespace

import pytest

from quanze.check.rules.programs import HOOKS, OURS, own_program

FRAME = "site_name: 权责清单\nhooks:\n  - hooks/quanze_hooks.py\n"


@pytest.fixture(name="root")
def _root(tmp_path):
    (tmp_path / "hooks").mkdir()
    (tmp_path / HOOKS).write_bytes(OURS.read_bytes())
    (tmp_path / "mkdocs.yml").write_text(FRAME, "utf-8")
    return tmp_path


def found(root):
    return [one.record.path for one in own_program(SimpleNamespace(root=root), "2026-11-23")]


def write(path, text):
    def do(root):
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, "utf-8")

    return do


def add(text):
    return lambda root: (root / HOOKS).write_text(OURS.read_text("utf-8") + text, "utf-8")


def unchecked(root):
    """Leave a compiled file that Python runs whatever the source says."""
    write("other.py", "print(1)\n")(root)
    target = importlib.util.cache_from_source(str(root / HOOKS))
    py_compile.compile(str(root / "other.py"), target, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)


PROGRAMS = [
    (add("\nimport os\n"), HOOKS),
    (add("\n# -*- coding: utf-7 -*-\n"), HOOKS),
    (add("def on_page_content(html, **_): return html\n"), HOOKS),
    (write(HOOKS, "from quanze.frame import Frame as F\nglobals().update(F().events())\n"), HOOKS),
    (write(HOOKS, ""), HOOKS),
    (write("hooks/quanze.py", ""), "hooks/quanze.py"),
    (write("hooks/quanze/__init__.py", ""), "hooks/quanze/__init__.py"),
    (write("hooks/lib.so", ""), "hooks/lib.so"),
    (write("hooks/own.pyc", ""), "hooks/own.pyc"),
    (unchecked, None),
    (write("mkdocs.yml", FRAME + "  - docs/own.py\n"), "mkdocs.yml"),
    (write("mkdocs.yml", FRAME + "hooks: [docs/own.py]\n"), "mkdocs.yml"),
    (write("mkdocs.yml", "site_name: x\nhooks: !ENV [OWN, [docs/own.py]]\n"), "mkdocs.yml"),
    (write("mkdocs.yml", "a: &a [docs/own.py]\nhooks: *a\n"), "mkdocs.yml"),
    (write("mkdocs.yml", "hooks:\n  - hooks/../docs/quanze_hooks.py\n"), "mkdocs.yml"),
]


@pytest.mark.parametrize(("make", "path"), PROGRAMS)
def test_a_program_of_ones_own_is_told(root, make, path):
    assert found(root) == []
    make(root)
    assert found(root) == [path or importlib.util.cache_from_source(HOOKS)]


def windows(root):
    (root / HOOKS).write_bytes(OURS.read_bytes().replace(b"\n", b"\r\n"))


def run_once(root):
    target = importlib.util.cache_from_source(str(root / HOOKS))
    py_compile.compile(str(root / HOOKS), target, invalidation_mode=py_compile.PycInvalidationMode.TIMESTAMP)


def another_s(root):
    """Leave what nothing runs: a compiled file there is read beside its source alone."""
    write("hooks/__pycache__/own.cpython-311.pyc", "")(root)


def another_nav(root):
    (root / "mkdocs.yml").write_text(FRAME + "nav:\n  - 关于: about.md\nplugins: []\n", "utf-8")


def flow(root):
    (root / "mkdocs.yml").write_text('"hooks": ["hooks/quanze_hooks.py"]\n', "utf-8")


def no_yaml(root):
    (root / "mkdocs.yml").write_text("hooks: [", "utf-8")


def too_deep(root):
    (root / "mkdocs.yml").write_text("hooks: " + "[" * 9999 + "]" * 9999, "utf-8")


def nothing(root):
    (root / HOOKS).unlink()
    (root / "hooks").rmdir()
    (root / "mkdocs.yml").unlink()


def what_python_does_not_load(root):
    for name in ("README.md", ".gitkeep", "quanze/notes.txt"):
        write(f"hooks/{name}", "一\n")(root)


@pytest.mark.parametrize(
    "make", [what_python_does_not_load, windows, run_once, another_s, another_nav, flow, no_yaml, too_deep, nothing]
)
def test_nothing_is_said_of(root, make):
    make(root)
    assert found(root) == []
