"""Projects for tests: copies of this one in temporary folders, built by real processes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
DAY = "2026-11-23"
PARTS = ("catalog", "schema", "docs", "hooks", "mkdocs.yml", "requirements.lock")
SMALL = ROOT / "tests/catalogs/base/catalog"
REFERENCE = ROOT / "catalog"
"""The reference register, which only its own tests look at."""


def copy(folder: Path, *, catalog: Path = SMALL) -> Path:
    """Copy what a build needs into a folder, without git: the frame of this project, and a small catalog or another."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in PARTS:
        source = catalog if name == "catalog" else ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, folder / name)
    return folder


def run(folder: Path, *words: str, at: str = DAY, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of this environment in a project's folder; the output is text."""
    program = Path(sys.executable).parent / words[0]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(
        [program, *words[1:]],
        cwd=folder,
        env={
            **inherited,
            "XDG_STATE_HOME": str(folder / ".cache/state"),
            "QUANZE_AT": at,
            "NO_MKDOCS_2_WARNING": "1",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def build(folder: Path, site: str = "site", *, at: str = DAY, **environment: str) -> Path:
    """Build a project's site with the real frame and return its folder."""
    done = run(folder, "mkdocs", "build", "--strict", "--site-dir", site, at=at, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / site


def files(folder: Path) -> dict[str, bytes]:
    """Return the content of every file below a folder by its path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
