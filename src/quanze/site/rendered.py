"""What the frame made of a register, kept: a build in which none of it would be another needs no frame.

Nothing is kept where a register has code, templates or settings of its own: nobody knows what these read.
"""

from __future__ import annotations

import marshal
from typing import TYPE_CHECKING, NamedTuple

from quanze.io.file import held, walk
from quanze.io.store import Store
from quanze.io.writing import write_new
from quanze.io.yaml import MOST
from quanze.register.catalog import LISTS
from quanze.register.digest import digest
from quanze.register.tree import FRAME
from quanze.site import offline
from quanze.site.page_template import SLOTS, PageTemplate, encoded
from quanze.site.plain import DOCS, plain
from quanze.site.sitemap import sitemap
from quanze.site.writing import Earlier, Piece, Writer, WrittenPiece, content_digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from quanze.proof.seal import Taken
    from quanze.site.build import Build
    from quanze.site.pages.page import Toc

HOME = f"{DOCS}/index.md"
_SLOT = "frame"
_FILES = "the frame's files"


class Rendered(NamedTuple):
    """What the frame made."""

    templates: list[tuple[int, Toc, bytes]]
    """Depth and table of contents of pages, and their template."""
    written: list[str]
    """The addresses of the pages that are written by hand."""
    files: dict[str, bytes]
    """The SHA-256 of its files by path."""


def key(made: Build) -> bytes:
    """Return what tells all that the frame of a register is made of; empty where nobody knows."""
    root = made.checked.catalog.root
    if not plain(root):
        return b""
    pages = [(path, content_digest(f"{root}/{DOCS}/{path}")) for path in walk(root / DOCS)]
    return digest(
        held(root / FRAME, MOST), pages, made.checked.catalog.site, made.disclaimer, made.groups, made.collections
    )


def keep(made: Build, written: Iterable[str], folder: Path) -> None:
    """Keep what the frame made of a register: its templates, and what lies in the folder by now."""
    told = key(made)
    if told:
        slots = encoded(SLOTS)
        templates = [(depth, toc, template.fill(slots)) for (depth, toc), template in made.rendered.items()]
        files = {path: content_digest(f"{folder}/{path}") for path in walk(folder)}
        Store.of(made.checked.catalog.root).put(_SLOT, told, marshal.dumps((templates, sorted(written), files)))


def same(made: Build, before: Build, written: Collection[str | None]) -> bool:
    """Give a build the templates of another of the same key; tell whether it needs no more of the frame."""
    _give_way(made)
    made.rendered.update(before.rendered)
    return not made.missing() and made.jobs.keys().isdisjoint(written)


def _give_way(made: Build) -> None:
    """Let the home page that a register has written itself take the place of ours."""
    if (made.checked.catalog.root / HOME).exists():
        made.leave_out("")


def recall(made: Build, folder: Path, before: Path) -> list[str] | None:
    """Give a build what the frame would make, and the folder its files, from the site before.

    Return the addresses of the pages written by hand; None where something would be another, or is not there.
    """
    _give_way(made)
    told = key(made)
    body = Store.of(made.checked.catalog.root).get(_SLOT, told) if told else None
    if body is None:
        return None
    known = Rendered(*marshal.loads(body))  # noqa: S302 — sealed by this code
    made.rendered.update({(depth, toc): PageTemplate(html.decode()) for depth, toc, html in known.templates})
    piece = Piece(_FILES, told, tuple)
    earlier = Earlier(before, {_FILES: WrittenPiece(told, known.files)})
    if made.missing() or not made.jobs.keys().isdisjoint(known.written):
        return None
    taken = Writer(folder, earlier)(lambda: [piece])[_FILES].files == known.files
    return known.written if taken else None


def covers(root: Path, folder: Path) -> bool:
    """Tell whether a site has something else where a file of the register's own should be: the frame says which."""
    own = (path for path in walk(root / DOCS) if (folder / path).is_file())
    return any(content_digest(f"{root / DOCS}/{path}") != content_digest(f"{folder}/{path}") for path in own)


def publish(made: Build, folder: Path, before: Path | None, written: Iterable[str]) -> Taken:
    """Write all that is not the frame's; `written` are the addresses of the pages that are.

    Return what was taken from the site before.
    """
    taken = made.write(folder, before)
    site, settings = made.site, made.checked.catalog.settings
    if settings.offline:
        lists = [f"{LISTS}/{id_}/" for id_ in site.shown.records.get(LISTS, {})]
        offline.write(folder, lists, site.dated or site.at)
    if settings.url:
        pages = dict.fromkeys((*made.jobs, *written), "")
        days = {page: day for page, day in site.changed().items() if page in pages}
        write_new(folder / "sitemap.xml", sitemap(settings.url, {**pages, **days}))
    return taken
