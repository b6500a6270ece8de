"""Names: one word for one thing."""

import ast
from collections import defaultdict

from tests.project import ROOT


def test_no_class_is_called_like_another():
    found = defaultdict(list)
    for path in sorted((ROOT / "src/quanze").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(str(path.relative_to(ROOT)))
    assert {name: paths for name, paths in found.items() if len(paths) > 1} == {}
