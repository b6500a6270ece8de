"""Golden folders: a small sound catalog, overlaid by one folder of `tests/catalogs`, and what the check says of it."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.project import DAY, ROOT

from quanze.check import report, rules
from quanze.check.checking import Checked, check
from quanze.register import tree

CATALOGS = Path(__file__).parent / "catalogs"
BASE, BAD, SEEDED = CATALOGS / "base", CATALOGS / "bad", CATALOGS / "seeded"
EXPECTED, PAD, EARLIER = "expected.txt", "pad.txt", "earlier"


def project(folder: Path, *overlays: Path) -> Path:
    """Make a project of the base catalog, the project's schemas, and the overlays one after the other."""
    shutil.copytree(ROOT / "schema", folder / "schema")
    for overlay in (BASE, *overlays):
        shutil.copytree(overlay, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(EXPECTED, PAD, EARLIER))
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
