"""The portal's folder, written from what is held: a file is written anew only where its content changed."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.compact import compact
from quanze.base.problem import Fault
from quanze.base.value import elements, mapping, text
from quanze.io import writing
from quanze.io.exchange import clear, mend, put, readable
from quanze.io.file import walk
from quanze.portal import exports
from quanze.portal.holding import Holding
from quanze.portal.pages import OWN, STYLES, PortalPages
from quanze.portal.shards import BODY, LAWS, PARTS, POWERS, program, shard
from quanze.portal.whole import Portal
from quanze.proof import manifest
from quanze.site.bundle import ASSETS, bundle
from quanze.site.search import script

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from quanze.portal.refreshing import SourceNews
    from quanze.portal.settings import PortalSettings
    from quanze.portal.state import StateFolder

BUILT = "built.json"
"""In the state folder: of what each page was made, and what came of it."""
_OWN = "assets/quanze/"
_SCRIPTS = ("frame.js", "header.js", "search.js", "traditional.js", "characters.js")
_WORKER, _OF_A_SITE = "portal/worker.js", "worker.js"
"""The portal's worker takes the place of a single site's: pages ask it under that name."""


class PortalSite(NamedTuple):
    """What a build came to."""

    pages: int
    files: int
    written: int
    """How many of them are new or otherwise than before."""


def portal(settings: PortalSettings, states: Iterable[SourceNews], folder: StateFolder) -> Portal:
    """Return all that is held.

    Raises:
        Fault: this program cannot read what an earlier one took.

    """
    return Portal(settings, tuple(_held(news, settings, folder) for news in states))


def _held(news: SourceNews, settings: PortalSettings, folder: StateFolder) -> Holding:
    try:
        made = shard(folder, news.source, news.state, settings.regions) if news.state.manifest else None
    except ValueError:
        where = f"状态文件夹里的 sources/{news.source.id}.json"
        raise Fault(f"存下的「{news.source.body}」的数据，这一版程序读不懂；请删去{where}，重新取") from None
    return Holding(news.source, news.state, made)


def publish(whole: Portal, folder: StateFolder, site: Path) -> PortalSite:
    """Write the site beside the one that is there, and put it in its place in one step: nobody sees half of it.

    Equal states make equal bytes, whatever was there before.

    Raises:
        Fault: the folder holds something else.

    """
    mend(site)
    if site.is_dir() and any(site.iterdir()) and not (site / exports.PORTAL).is_file():
        raise Fault(f"「{site}」里有别的文件，不是门户；请换一个空的文件夹")
    aside = site.with_name(f"{site.name}.new")
    clear(aside)
    aside.mkdir(parents=True)
    try:
        return _published(whole, folder, site, aside)
    finally:
        clear(aside)


def _published(whole: Portal, folder: StateFolder, site: Path, aside: Path) -> PortalSite:
    """Write every file of the site aside, and let it take the place of what is there, if it is another."""
    known = _known(folder)
    built: dict[str, tuple[str, str]] = {}
    there = set(walk(site)) if site.is_dir() else set()
    written = 0
    for page in PortalPages(whole, program()).all():
        inputs = manifest.digest(page.inputs)
        before = known.get(page.path)
        if before and before[0] == inputs and page.path in there and _digest(site, page.path) == before[1]:
            built[page.path] = before
            _link(site / page.path, aside / page.path)
            continue
        content = page.make()
        written += _write(site, aside, page.path, content)
        built[page.path] = (inputs, manifest.digest(content))
    pages = len(built)
    others = set()
    for path, content in _others(whole):
        others.add(path)
        written += _write(site, aside, path, content)
    readable(aside)
    if written or there - built.keys() - others:
        put(aside, site)
    writing.write(folder.root / BUILT, json.dumps(built, ensure_ascii=False, sort_keys=True).encode())
    return PortalSite(pages, pages + len(others), written)


def _others(whole: Portal) -> Iterator[tuple[str, bytes]]:
    """Yield every file that is no page."""
    yield from exports.files(whole)
    made = [(holding, holding.shard) for holding in whole.full if holding.shard]
    for name in (POWERS, LAWS):
        yield exports.BULK + name, b"".join((shard_.folder / name).read_bytes() for _, shard_ in made)
    shards = []
    for holding, shard_ in made:
        for number, records in enumerate(shard_.search, 1):
            name = f"{holding.id}-{number}"
            shards.append({"id": name, "body": holding.body, "address": holding.source.address, "records": records})
            for part in PARTS:
                yield f"search/{name}/{part}.js", shard_.search_file(number, part).read_bytes()
    index = {"facet": BODY, "shards": shards}
    yield "search/shards.js", script(compact(index))
    for name in STYLES:
        yield f"{_OWN}{name}.css", (ASSETS / f"{name}.css").read_bytes()
    yield f"{_OWN}favicon.svg", (ASSETS / "favicon.svg").read_bytes()
    yield f"{_OWN}{OWN}.css", (ASSETS / f"portal/{OWN}.css").read_bytes()
    for name in _SCRIPTS:
        yield _OWN + name, bundle(name).encode()
    known = f'globalThis.quanze["{_OF_A_SITE}"] = globalThis.quanze["{_WORKER}"];\n'
    yield _OWN + _OF_A_SITE, (bundle(_WORKER) + known).encode()


def _known(folder: StateFolder) -> dict[str, tuple[str, str]]:
    try:
        built = mapping(json.loads((folder.root / BUILT).read_bytes()))
    except (OSError, ValueError):
        return {}
    return {path: (text(inputs), text(digest)) for path, pair in built.items() for inputs, digest in (elements(pair),)}


def _digest(site: Path, path: str) -> str:
    return manifest.digest((site / path).read_bytes())


def _write(site: Path, aside: Path, path: str, content: bytes) -> bool:
    """Write a file, or link the one that is there already, as it is; tell whether it was written."""
    old, new = site / path, aside / path
    if old.is_file() and old.read_bytes() == content:
        _link(old, new)
        return False
    writing.write_new(new, content)
    return True


def _link(old: Path, new: Path) -> None:
    """Let a file stand in a second place; copy it where the disk has no such links."""
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        new.hardlink_to(old)
    except OSError:
        shutil.copyfile(old, new)
