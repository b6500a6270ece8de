"""Golden folders: a small sound catalog, overlaid by one folder of `tests/catalogs`, and what the check says of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.project import DAY, ROOT

from quanze.check import report, rules
from quanze.check.checking import Checked, check
from quanze.register import tree

if TYPE_CHECKING:
    from collections.abc import Mapping

CATALOGS = Path(__file__).parent / "catalogs"
BASE, BAD, SEEDED, FAMILY = (CATALOGS / name for name in ("base", "bad", "seeded", "family"))
EXPECTED, PAD, EARLIER, RIGHT = "expected.txt", "pad.txt", "earlier", "right.txt"


def project(folder: Path, *overlays: Path) -> Path:
    """Make a project of the base catalog, the project's schemas, and the overlays one after the other."""
    shutil.copytree(ROOT / "schema", folder / "schema")
    for overlay in (BASE, *overlays):
        shutil.copytree(
            overlay, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(EXPECTED, PAD, EARLIER, RIGHT)
        )
        _pad(folder, overlay / PAD)
    return folder


def _pad(folder: Path, rows: Path) -> None:
    """Fill files up with comments to the sizes that pad.txt names, so that no large file lies in the repository.

    A row `path -> target` makes a link, which not every system could hold.
    """
    for row in rows.read_text("utf-8").splitlines() if rows.is_file() else ():
        path, size = row.split(" ", 1)
        if size.startswith("-> "):
            (folder / path).symlink_to(size.removeprefix("-> "))
            continue
        content = (folder / path).read_bytes() + b"# "
        (folder / path).write_bytes(content.ljust(int(size), b"."))


def checked(folder: Path, overlay: Path) -> Checked:
    """Check the base catalog with an overlay; its folder `earlier` holds what the newest edition held."""
    earlier = {}
    if (overlay / EARLIER).is_dir():
        then = tree.load(project(folder / "then", overlay / EARLIER))
        earlier = {(one.collection, one.id): one for found in then.records.values() for one in found.values()}
    return check(project(folder / "now", overlay), DAY, also=lambda now: [rules.ask(rules.vanished, now, earlier)])


def told(folder: Path, overlay: Path) -> str:
    """Return what the check prints of the base catalog with an overlay."""
    return "".join(f"{line}\n" for line in report.text(checked(folder, overlay).problems))


_FIRST = r"^(?P<path>[^:\n]+):(?P<line>[0-9]+):[0-9]+: (?P<said>.*) \[{}\]$"
_EDIT = re.compile("(?P<line>[0-9]+):(?: (?P<text>.*))?")


GONE = "（整行删去）"
"""What is right where nothing takes the place of the wrong lines."""


class Lesson(NamedTuple):
    """The first fault that a folder's rule tells, and how it is put right."""

    path: str
    line: int
    said: str
    edits: Mapping[int, tuple[str, ...]]
    """The lines that are written anew, each as so many others; none where it is told in words."""
    words: str

    def put_right(self, lines: Mapping[int, str]) -> str:
        """Return lines of the file by their numbers, the wrong ones written anew."""
        return "\n".join(new for number, line in lines.items() for new in self.edits.get(number, (line,)))

    def mend(self, root: Path) -> None:
        """Write the file anew."""
        lines = dict(enumerate((root / self.path).read_bytes().decode().split("\n"), 1))
        (root / self.path).write_bytes(self.put_right(lines).encode())

    def example(self, folder: Path) -> dict[str, str]:
        """Return what the manual shows of it."""
        if not self.edits:
            return {"path": self.path, "wrong": "", "said": self.said, "right": self.words}
        lines = (folder / self.path).read_bytes().decode().split("\n")
        shown = {number: lines[number - 1] for number in sorted({*self.edits, self.line})}
        wrong, right = "\n".join(shown.values()), self.put_right(shown) or GONE
        return {"path": self.path, "wrong": wrong, "said": self.said, "right": right}


def lesson(folder: Path) -> Lesson:
    """Return what a folder teaches: lines `NUMBER: TEXT` of right.txt take the place of those of the file."""
    rule = re.compile(_FIRST.format(folder.name), re.MULTILINE)
    found = rule.search((folder / EXPECTED).read_text("utf-8"))
    told = (folder / RIGHT).read_text("utf-8").rstrip("\n").split("\n")
    edits: dict[int, tuple[str, ...]] = {}
    for row in filter(None, map(_EDIT.fullmatch, told)):
        number, text = int(row["line"]), row["text"]
        edits[number] = (*edits.get(number, ()), *(() if text is None else (text,)))
    return Lesson(found["path"], int(found["line"]), found["said"], edits, "" if edits else told[0])
