"""A clerk at the terminal: the small base catalog in a folder, and the commands run in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from click.testing import CliRunner
from tests import golden

from quanze import cli

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2026-11-23"
RANKED = """\
  - 字段: 实施依据
    组: 实施依据
    标题: 法律
    位阶: 法律
  - 字段: 实施依据
    组: 实施依据
    标题: 行政法规
    位阶: 行政法规
"""
"""The bases in a column a rank below a head of their own, as provinces prescribe them: columns of a list."""


class Said(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines of the standard output."""
        return self.out.splitlines()


class Clerk:
    """Runs commands in a project's folder."""

    def __init__(self, folder: Path, *overlays: Path) -> None:
        """Make the project."""
        self.root = golden.project(folder, *overlays)

    def __call__(self, *words: str, typed: str | None = None) -> Said:
        """Run a command; a bug is raised, not told."""
        done = CliRunner().invoke(cli.main, [*words, "--root", str(self.root)], input=typed, catch_exceptions=False)
        return Said(done.exit_code, done.stdout, done.stderr)

    def write(self, path: str, text: str) -> Path:
        """Write a file of the project."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        return file

    def read(self, path: str) -> str:
        """Return the text of a file of the project."""
        return (self.root / path).read_text("utf-8")

    def files(self) -> dict[str, bytes]:
        """Return every file of the catalog."""
        base = self.root / "catalog"
        return {str(path.relative_to(base)): path.read_bytes() for path in sorted(base.rglob("*")) if path.is_file()}
