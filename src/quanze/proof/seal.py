"""A built folder → the published site: nothing lost, no dead link, a manifest, and only then in its place."""

from __future__ import annotations

import html
import os
import posixpath
import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from quanze.notice import notice
from quanze.parallel import chunks, spread
from quanze.problem import Fault
from quanze.proof import manifest
from quanze.rules.life import DRAFT
from quanze.tree import CATALOG, SITE, load

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from quanze.tree import Tree

_LINK = re.compile(rb'<[a-z][^>]*?\s(?:href|src|data-src|action)="([^"]*)"', re.IGNORECASE)
_ANCHOR = re.compile(rb'\sid="([^"]+)"')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_SHOWN = 20
_CHUNK = 400


class Scanned(NamedTuple):
    """What one file of the site says of itself."""

    path: str
    digest: str
    links: frozenset[str]
    anchors: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A site in its place."""

    pages: int
    files: int
    digest: str
    """The SHA-256 of manifest.json: what an approval can be held against."""
    origin: manifest.Origin


def seal(root: Path, built: Path, site: Path, *, previous: str = "", at: str = "") -> Sealed:
    """Check a built folder, write its manifest and put it in the place of `site` by two renames.

    `previous` is the commit of the publication that this one follows, `at` the day on which the law was looked at where
    it is not that of the commit: both are told, never looked for, so that the manifest depends on nothing else.

    Raises Fault, with `site` as it was, where a record has no page or a link leads nowhere.
    """
    if not built.is_dir():
        raise Fault(f"没有找到 {built.name}/；请先生成网站")
    loaded = load(root)
    names = sorted(
        os.path.relpath(os.path.join(top, name), built).replace(os.sep, "/")  # noqa: PTH118
        for top, _, found in os.walk(built)
        for name in found
        if name not in manifest.UNLISTED
    )
    lost = [path for path in _expected(root, loaded) if not (built / path).is_file()]
    if lost:
        raise Fault(f"有 {len(lost)} 条记录没有页面，网站不完整，没有发布：{_some(lost)}")
    scanned = {one.path: one for part in spread(_Scan(built), chunks(names, _CHUNK)) for one in part}
    dead = list(_dead(scanned, urlsplit(str(loaded.site.get("网址", ""))).path or "/"))
    if dead:
        raise Fault(f"有 {len(dead)} 个站内链接指向不存在的页面，没有发布：{_some(dead)}")
    digests = {one.path: one.digest for one in scanned.values()}
    made = manifest.Manifest(manifest.origin(root), at, previous, bool(notice(loaded.site)), digests)
    content = made.content()
    whole = manifest.digest(content)
    (built / manifest.NAME).write_bytes(content)
    (built / manifest.SUM).write_text(f"{whole}  {manifest.NAME}\n", "utf-8")
    _swap(built, site)
    return Sealed(sum(name.endswith(".html") for name in names), len(names), whole, made.origin)


def _expected(root: Path, loaded: Tree) -> Iterator[str]:
    """Yield the page that every file of a record must have; only what was read as a draft (拟) may have none."""
    for path in sorted((root / CATALOG).rglob("*.yaml")):
        collection = path.relative_to(root / CATALOG).parts[0]
        record = loaded.records.get(collection, {}).get(path.stem)
        draft = record and record.data.get(loaded.forms[collection].role("状态")) == DRAFT
        if collection != f"{SITE}.yaml" and not draft:
            yield f"{collection}/{path.stem}/index.html"


@dataclass(frozen=True, slots=True)
class _Scan:
    folder: Path

    def __call__(self, names: Sequence[str]) -> list[Scanned]:
        return [self._one(name) for name in names]

    def _one(self, name: str) -> Scanned:
        content = (self.folder / name).read_bytes()
        if not name.endswith(".html"):
            return Scanned(name, manifest.digest(content), frozenset(), frozenset())
        links = frozenset(html.unescape(link.decode()) for link in set(_LINK.findall(content)))
        anchors = frozenset(anchor.decode() for anchor in _ANCHOR.findall(content))
        return Scanned(name, manifest.digest(content), links, anchors)


def _dead(scanned: Mapping[str, Scanned], base: str) -> Iterator[str]:
    """Yield `page → link` for every internal link that leads to no file, or to no anchor of a page."""
    known: dict[tuple[str, str], str | None] = {}
    for one in scanned.values():
        folder = posixpath.dirname(one.path)
        for link in sorted(one.links):
            if _ELSEWHERE.match(link):
                continue
            address, _, anchor = link.partition("#")
            address = address.partition("?")[0]
            if address.startswith("/"):
                address = "/" + address.removeprefix(base)
            # All records' pages link to the root alike: such a link is resolved once.
            key = ("/" if folder.count("/") == 1 and address.startswith("../../") else folder, address)
            if key not in known:
                known[key] = _target(folder, address, scanned) if address else None
            target = known[key] if address else one.path
            if target is None or (anchor and not _has(scanned.get(target), anchor)):
                yield f"{one.path} → {link}"


def _target(folder: str, address: str, scanned: Mapping[str, Scanned]) -> str | None:
    """Return the file that an address leads to; one that names a folder has to end in a slash, or in dots."""
    path = posixpath.normpath(posixpath.join("/", folder, unquote(address))).lstrip("/")
    if address.endswith(("/", ".")):
        path = posixpath.join(path, "index.html")
    return path if path in scanned or path in manifest.UNLISTED else None


def _has(page: Scanned | None, anchor: str) -> bool:
    """Tell whether a page has an anchor; a fragment with an equals sign is state for a script, and leads nowhere."""
    return page is None or not page.path.endswith(".html") or "=" in anchor or unquote(anchor) in page.anchors


def _some(texts: Sequence[str]) -> str:
    return "；".join(texts[:_SHOWN]) + ("；……" if len(texts) > _SHOWN else "")


def _swap(built: Path, site: Path) -> None:
    old = site.with_name(f"{site.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    try:
        built.rename(site)
    except OSError:
        if old.exists():
            old.rename(site)
        raise
    shutil.rmtree(old, ignore_errors=True)
