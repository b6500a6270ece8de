"""Sweep: put each small wrong of `tests.mutations` into a copy of the project, and see whether its tests notice.

python -m tests.sweep [WORD…]        only those whose path or text has a word
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.mutations import MUTATIONS, Mutation
from tests.project import ROOT

WANTED = 0.9
"""So many of them have to be noticed."""
_LIMIT = 600


def copy(folder: Path) -> Path:
    """Copy the project as it is committed, so that mutants do not disturb who works in it."""
    subprocess.run(["git", "clone", "--quiet", "--shared", ROOT, folder], check=True)
    return folder


def tests(mutation: Mutation) -> list[str]:
    """Return what pytest is to run: modules by name, and folders of rules as bad/RULE."""
    folders = [name.removeprefix("bad/") for name in mutation.tests.split() if name.startswith("bad/")]
    modules = [f"tests/test_{name}.py" for name in mutation.tests.split() if not name.startswith("bad/")]
    few = ["--deselect", "tests/test_rules.py::test_folder"] if "tests/test_rules.py" in modules and not folders else []
    return [*(f"tests/test_rules.py::test_folder[{name}]" for name in folders), *modules, *few]


def noticed(root: Path, mutation: Mutation) -> bool:
    """Tell whether one of the tests fails on the mutant."""
    file = root / mutation.path
    sound = file.read_text("utf-8")
    file.write_text(sound.replace(mutation.old, mutation.new, 1), "utf-8")
    words = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests(mutation)]
    environment = {**os.environ, "PYTHONPATH": str(root / "src")}
    try:
        done = subprocess.run(words, cwd=root, env=environment, capture_output=True, timeout=_LIMIT, check=False)
    except subprocess.TimeoutExpired:
        return True
    finally:
        file.write_text(sound, "utf-8")
    return done.returncode == 1


def main(words: list[str]) -> int:
    """Run the sweep; 1 where too few are noticed, or one is no change of what stands there now."""
    asked = [one for one in MUTATIONS if not words or any(word in f"{one.path} {one.old}" for word in words)]
    survived = []
    with tempfile.TemporaryDirectory() as folder:
        root = copy(Path(folder) / "project")
        stale = [one for one in asked if one.old not in (root / one.path).read_text("utf-8")]
        for one in (one for one in asked if one not in stale):
            found = noticed(root, one)
            survived += [] if found else [one]
            print(
                f"{'noticed ' if found else 'SURVIVED'} {one.path}: {one.old} → {one.new}".replace("\n", "⏎"),
                flush=True,
            )
    for one in stale:
        print(f"STALE    {one.path}: {one.old}".replace("\n", "⏎"))
    tried = len(asked) - len(stale)
    print(f"{tried} mutations, {tried - len(survived)} noticed, {len(stale)} stale")
    return int(bool(stale) or len(survived) > (1 - WANTED) * tried)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
