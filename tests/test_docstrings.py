"""Docstrings: a public function that raises a fault names it."""

import ast

from tests.project import ROOT

CODE = ROOT / "src/quanze"


def raised(function):
    """Yield the classes of faults that a function raises itself; what it calls is asked in its turn."""
    waiting = list(ast.iter_child_nodes(function))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda):
            continue
        if isinstance(node, ast.Raise) and node.exc is not None:
            fault = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            name = getattr(fault, "id", getattr(fault, "attr", ""))
            if name[:1].isupper():
                yield name
        waiting += ast.iter_child_nodes(node)


def test_who_raises_says_so():
    found = {}
    for path in sorted(CODE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            # what a command raises is told on its terminal, and its docstring by nobody
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.name != "command":
                untold = {name for name in raised(node) if name not in (ast.get_docstring(node) or "")}
                if untold:
                    found[f"{path.relative_to(CODE)}:{node.name}"] = sorted(untold)
    assert found == {}
