"""What was added and not registered is told: a rule, a command, a page; and nothing needs one system alone."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from functools import cache
from pathlib import Path

import click
import pytest
from tests.project import ROOT

from quanze import cli
from quanze.check import rules
from quanze.check import rules as package
from quanze.site import pages

CODE = ROOT / "src/quanze"
ONE_SYSTEM = {"fcntl", "grp", "msvcrt", "pty", "pwd", "resource", "termios", "tty", "winreg"}


def modules(of):
    return [importlib.import_module(f"{of.__name__}.{one.name}") for one in pkgutil.iter_modules(of.__path__)]


def test_every_rule_is_asked_and_in_the_manual():
    """A rule is a public generator of findings on (catalog, day): it stands in the RULES of its module."""
    told = {id_ for group in rules.MANUAL.values() for id_ in group}
    for module in modules(package):
        for one in ast.parse(Path(module.__file__).read_text("utf-8")).body:
            names = [arg.arg for arg in one.args.args] if isinstance(one, ast.FunctionDef) else []
            if len(names) == 2 and names[0] == "catalog" and names[1].strip("_") == "at" and one.name[0] != "_":
                asked = one.name.replace("_", "-") in told or ast.unparse(one.returns) != "Iterator[Finding]"
                assert asked, f"{module.__name__}.{one.name} is in no RULES"


def test_every_group_of_rules_is_listed():
    listed = {rule.__module__ for group in rules.GROUPS.values() for rule in group}
    assert {module.__name__ for module in modules(package) if getattr(module, "RULES", ())} <= listed


@pytest.mark.parametrize("module", modules(cli), ids=lambda module: module.__name__)
def test_every_command_can_be_called(module):
    known = {id(cli.main.get_command(None, name)) for name in cli.main.list_commands(None)}
    found = [one for one in vars(module).values() if isinstance(one, click.Command) and one is not cli.main]
    own = [one for one in found if one.callback and one.callback.__module__ == module.__name__]
    groups = [one for one in found if isinstance(one, click.Group)]
    inner = {id(command) for group in groups for command in group.commands.values()}
    assert [one.name for one in own if id(one) not in known | inner] == []


@cache
def trees():
    """Return (path below the package, syntax tree) of every module."""
    paths = [path for path in sorted(CODE.rglob("*.py")) if "templates" not in path.parts]
    return [(path.relative_to(CODE).as_posix(), ast.parse(path.read_text("utf-8"))) for path in paths]


def test_every_page_is_made():
    """A module of pages that nothing imports makes no page: it is to stand in `site.publish`, or in another page."""
    asked = set()
    for _, tree in trees():
        for one in ast.walk(tree):
            if isinstance(one, ast.ImportFrom) and one.module:
                asked |= {one.module, *(f"{one.module}.{name.name}" for name in one.names)}
    made = {f"{pages.__name__}.{one.name}" for one in pkgutil.iter_modules(pages.__path__)}
    assert made - asked == set()


def test_every_function_that_makes_a_page_is_called():
    """One that returns a Page is named somewhere: as `module.function`, imported, or beside itself."""
    asked, making = set(), set()
    for path, tree in trees():
        module = Path(path).stem
        for one in ast.walk(tree):
            if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
                asked.add((one.value.id, one.attr))
            elif isinstance(one, ast.ImportFrom) and one.module:
                asked |= {(one.module.rpartition(".")[2], name.name) for name in one.names}
            elif isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load):
                asked.add((module, one.id))
        if Path(path).parent.name == "pages":
            made = [one for one in tree.body if isinstance(one, ast.FunctionDef) and one.returns]
            making |= {(module, one.name) for one in made if re.search(r"\bPage\b", ast.unparse(one.returns))}
    assert len(making) > 10
    assert making - asked == set()


def test_nothing_needs_one_system_alone():
    """Windows, macOS and Linux load every module: what only one of them has is imported behind a question."""
    found = [
        f"{path}:{one.lineno}"
        for path, tree in trees()
        for one in tree.body
        if isinstance(one, ast.Import | ast.ImportFrom)
        and ({name.name for name in one.names} | {getattr(one, "module", "")}) & ONE_SYSTEM
    ]
    assert found == []
