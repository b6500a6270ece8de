"""Nothing takes Linux for granted: lines, paths and names as macOS and Windows have them, one process."""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path

import pytest
from tests import project

from quanze.register.litter import is_record, misnamed

SOURCES = sorted((project.ROOT / "src/quanze").rglob("*.py"))
DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
ELSEWHERE = """
import multiprocessing, os
from quanze.io import exchange
multiprocessing.get_all_start_methods = lambda: ["spawn"]
exchange.exchange = lambda *_: False
if hasattr(os, "O_NOFOLLOW"):
    del os.O_NOFOLLOW
if hasattr(os, "O_NONBLOCK"):
    del os.O_NONBLOCK
open(os.environ["SEEN"], "w").close()
"""
"""What a Python does first that has neither forks, nor two folders exchanged in one step, nor the flags of POSIX."""


TOLD = ("write_text", "read_text", "open(", "relative_to")


def nodes(text):
    """Return every node of a module that could depend on the system; none of one that has no word of it."""
    return [*ast.walk(ast.parse(text))] if any(word in text for word in TOLD) else []


def calls(found):
    """Yield (name of what is called, the call)."""
    for node in found:
        if isinstance(node, ast.Call):
            called = node.func
            yield (called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")), node


def translating(found):
    """Return the lines that write text without saying how its lines end: on Windows they would end otherwise."""
    told = []
    for name, call in calls(found):
        words = {one.arg for one in call.keywords}
        given = [*call.args, *(one.value for one in call.keywords if one.arg == "mode")]
        writes = any(isinstance(one, ast.Constant) and one.value in {"w", "a", "x"} for one in given)
        if "newline" not in words and (name == "write_text" or (name in {"open", "fdopen"} and writes)):
            told.append(call.lineno)
    return told


def native(found):
    """Return the lines that take a path inside a folder without its slashes."""
    slashes = {"as_posix", "parts"}
    sure = {id(node.value) for node in found if isinstance(node, ast.Attribute) and node.attr in slashes}
    return [call.lineno for name, call in calls(found) if name == "relative_to" and id(call) not in sure]


def encoded(found):
    """Return the lines that read or write text in whatever the machine's encoding is."""
    needed = {"write_text": 2, "read_text": 1}
    return [
        call.lineno
        for name, call in calls(found)
        if name in needed and len(call.args) < needed[name] and "encoding" not in {one.arg for one in call.keywords}
    ]


def test_texts_and_paths_are_the_same_on_every_system():
    told = {}
    for file in SOURCES:
        found = nodes(file.read_text("utf-8"))
        told[file.name] = [*translating(found), *native(found), *encoded(found)]
    assert {name: lines for name, lines in told.items() if lines} == {}


@pytest.mark.parametrize(
    ("look", "text"),
    [
        (translating, 'path.write_text("a\\n", "utf-8")'),
        (translating, 'path.open("w", encoding="utf-8")'),
        (translating, 'os.fdopen(handle, mode="w")'),
        (native, "name = str(path.relative_to(root))"),
        (encoded, "path.read_text()"),
        (encoded, 'path.write_text("a", newline="\\n")'),
    ],
)
def test_what_depends_on_the_system_is_told(look, text):
    assert look(nodes(text)) == [1]


def test_one_process_without_the_means_of_linux_builds_the_same_bytes(small, tmp_path):
    folder = project.copy(tmp_path / "p")
    (tmp_path / "first").mkdir()
    (tmp_path / "first/sitecustomize.py").write_text(ELSEWHERE, "utf-8")
    paths = os.pathsep.join([str(tmp_path / "first"), str(project.ROOT / "src")])
    site = project.build(folder, PYTHONPATH=paths, SEEN=str(tmp_path / "seen"))
    assert project.files(site) == project.files(small / "site")
    assert (tmp_path / "seen").exists()


def test_addresses_differ_by_more_than_case_and_are_no_devices(small):
    paths = [path.relative_to(small / "site").as_posix() for path in sorted((small / "site").rglob("*"))]
    assert len({path.casefold() for path in paths}) == len(paths) > 200
    steps = {step for path in paths for step in Path(path).parts}
    assert {step for step in steps if DEVICES.fullmatch(step) or re.search(r'[<>:"|?*\\]|[. ]$', step)} == set()


@pytest.mark.parametrize("name", ["con", "aux", "nul", "com1", "lpt9", "prn"])
def test_a_record_is_not_called_like_a_device(name):
    assert not is_record(f"{name}.yaml")
    assert "Windows" in misnamed(f"{name}.yaml")
    assert is_record(f"{name}-1.yaml")
