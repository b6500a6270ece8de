"""What the package brings to every register: the theme's overrides, styles and scripts, and the guides.

A register's own files win: a page or an asset of the same name in its docs/, a template in its overrides/.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

HERE = Path(__file__).parent
OVERRIDES = HERE / "overrides"
FOLDERS = {"assets": "assets/quanze", "guide": "guide"}
"""Folders of the package → where they lie on the site."""
OWN_OVERRIDES = "overrides"
"""Where a register has templates of its own."""
WATCHED = ("catalog", "schema", OWN_OVERRIDES)


def theme(config: MkDocsConfig) -> None:
    """Put the package's templates before those of the theme, and a register's own before both."""
    root = Path(config.config_file_path).parent
    own = [str(root / OWN_OVERRIDES)] if (root / OWN_OVERRIDES).is_dir() else []
    ours = [*own, str(OVERRIDES)]
    config.theme.dirs[:] = [*ours, *(folder for folder in config.theme.dirs if folder not in ours)]
    watched = [str(root / name) for name in WATCHED if (root / name).is_dir()]
    config.watch[:] = dict.fromkeys([*config.watch, *watched, str(HERE)])


def add(files: Files, config: MkDocsConfig) -> None:
    """Add the package's pages and assets that the register does not have itself."""
    for uri, path in sources():
        own = files.get_file_from_path(uri)
        if own is None:
            files.append(File.generated(config, uri, abs_src_path=str(path)))


def sources() -> Iterator[tuple[str, Path]]:
    """Yield (source name as if in docs/, file) of everything that the package adds."""
    for folder, place in FOLDERS.items():
        for path in sorted((HERE / folder).iterdir()):
            yield f"{place}/{path.name}", path
