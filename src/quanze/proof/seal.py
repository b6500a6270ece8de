"""A built folder → the published site: nothing lost, no dead link, a manifest, and only then in its place."""

from __future__ import annotations

import html
import marshal
import posixpath
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from quanze.base.parallel import chunks, parallel_map
from quanze.base.problem import Fault
from quanze.io import git
from quanze.io.exchange import put, readable
from quanze.io.file import walk
from quanze.io.store import Store
from quanze.io.writing import write_new
from quanze.proof import manifest
from quanze.register.disclaimer import disclaimer
from quanze.register.life import Life
from quanze.register.settings import Settings
from quanze.register.tree import BUILT_FROM, CATALOG, load

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence
    from pathlib import Path

    from quanze.proof.log.continuing import Continuation
    from quanze.register.tree import Tree

_MARKS = re.compile(rb' (?:href|id|src|data-src|action)="[^"]*')
"""A link, or an anchor: what comes from a record has its quotes escaped, so a mark is an attribute."""
_ANCHOR = b' id="'
_ELSEWHERE = re.compile(rb"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_SHOWN = 20
_CHUNK = 400
_SLOT = "links"
Taken = Mapping[str, tuple[bytes, bytes]]
"""By path: the SHA-256 of a file, and of what it was in the site before, where it may have told another day."""
_NOTHING: Taken = MappingProxyType({})


PageLinks = tuple[tuple[str, ...], tuple[str, ...]]
"""The anchors of a page, and its links within the site, but for those to its own anchors."""


class Scanned(NamedTuple):
    """What the files of the site say of themselves."""

    digests: dict[str, str]
    pages: dict[str, PageLinks]
    """By digest: equal pages are looked at once."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A site in its place."""

    pages: int
    files: int
    digest: str
    """The SHA-256 of manifest.json: what an approval can be held against."""
    origin: manifest.Origin
    digests: Mapping[str, str]
    """The SHA-256 of its files by path."""


def seal(  # noqa: PLR0913 — one for each thing that is told of a publication
    root: Path,
    built: Path,
    site: Path,
    *,
    previous: str = "",
    at: str = "",
    log: Continuation | None = None,
    same: Mapping[str, str] | None = None,
    taken: Taken = _NOTHING,
) -> Sealed:
    """Check a built folder, write its manifest and put it in the place of `site` in one step.

    `previous` is the commit of the publication that this one follows, `at` the day on which the law was looked at where
    it is not that of the commit: both are told, never looked for, so that the manifest depends on nothing else.
    `log` is the publication log to which this site is added; a draft is not. `same` are the SHA-256 of the files by
    path, of a site that was sealed before and is the same; `taken` are the files that were just taken from it.

    Raises Fault, with `site` as it was, where a record has no page or a link leads nowhere.
    """
    if not built.is_dir():
        raise Fault(f"没有找到 {built.name}/；请先生成网站")
    replaceable(root, site)
    settings = Settings.load(root)
    origin = manifest.origin(root, (built, site))
    digests = same or _digests(root, built, settings, taken)
    made = manifest.Manifest(origin, at, previous, bool(disclaimer(settings)), digests)
    content = made.content()
    whole = manifest.digest(content)
    write_new(built / manifest.NAME, content)
    write_new(built / manifest.SUM, manifest.total(whole))
    if log and made.origin.commit:
        for path, part in log.files(content, git.head(root)):
            write_new(built / path, part)
    readable(built)
    put(built, site)
    return Sealed(sum(name.endswith(".html") for name in digests), len(digests), whole, made.origin, digests)


def _digests(root: Path, built: Path, settings: Settings, taken: Taken) -> Mapping[str, str]:
    """Return the SHA-256 of the files of a folder by path; raises Fault where it is not whole."""
    names = [name for name in walk(built) if not manifest.unlisted(name)]
    kept = Store.of(root)
    known = _known(kept)
    scans = parallel_map(_Scan(built, known, taken), chunks(names, _CHUNK), "核对网页")
    lost = _lost(root, frozenset(names))
    if lost:
        raise Fault(f"有 {len(lost)} 条记录没有页面，网站不完整，没有发布：{_some(lost)}")
    scanned = _joined(scans, known)
    dead = list(_dead(scanned, urlsplit(settings.url).path or "/"))
    if dead:
        raise Fault(f"有 {len(dead)} 个站内链接指向不存在的页面，没有发布：{_some(dead)}")
    if scanned.pages.keys() != known.keys():
        kept.put(_SLOT, b"", marshal.dumps(scanned.pages))
    return scanned.digests


def replaceable(root: Path, site: Path) -> None:
    """Raise Fault for a place that a site must not take: one that holds something else, or the register itself."""
    own, place = root.resolve(), site.resolve()
    for name in (*BUILT_FROM, ".git"):
        if own / name in (place, *place.parents):
            raise Fault(f"{site} 在 {name}/ 里，那里放的是清单自己的文件；请另写一个文件夹")
    for outer in place.parents:
        if (outer / manifest.NAME).is_file() and (outer / "index.html").is_file():
            raise Fault(f"{site} 在另一个网站的文件夹 {outer} 里，那个网站下一次生成就没有了；请另写一个文件夹")
    inside = own == place or place in own.parents
    made = not place.exists() or ((place.is_dir() and (place / "index.html").is_file()) or not any(place.iterdir()))
    if inside or not made or (place / CATALOG).exists() or (place / ".git").exists():
        raise Fault(f"{site} 里有别的东西，不是生成的网站，没有换掉；请另写一个文件夹")


def _lost(root: Path, names: Container[str]) -> list[str]:
    """Return the pages that are not there of the files that hold records; only a draft (拟) may have none."""
    files = (path for path in walk(root / CATALOG) if path.endswith(".yaml") and "/" in path)
    keys = [(path.partition("/")[0], path.rpartition("/")[2].removesuffix(".yaml")) for path in files]
    lost = [key for key in keys if "/".join((*key, "index.html")) not in names]
    loaded = load(root) if lost else None
    return ["/".join((*key, "index.html")) for key in lost if not (loaded and _draft(loaded, *key))]


def _draft(loaded: Tree, collection: str, id_: str) -> bool:
    record = loaded.records.get(collection, {}).get(id_)
    return record is not None and Life.of(loaded.forms[collection]).draft(record.data)


def _known(kept: Store) -> dict[str, PageLinks]:
    """Return what was seen in the pages of the site before, by their digests."""
    body = kept.get(_SLOT, b"")
    known: dict[str, PageLinks] = marshal.loads(body) if body else {}  # noqa: S302 — sealed by this code
    return known


@dataclass(frozen=True, slots=True)
class _Scan:
    folder: Path
    known: Mapping[str, PageLinks]
    """What was seen in pages that need not be looked at, by their digests."""
    taken: Taken
    """What was just read; a page that tells another day has the same links."""

    def __call__(self, names: Sequence[str]) -> Scanned:
        found = Scanned({}, {})
        for name in names:
            digest, same = (one.hex() for one in self.taken.get(name, (b"", b"")))
            if digest and (same in self.known or not name.endswith(".html")):
                found.digests[name] = digest
                if digest not in self.known and same in self.known:
                    found.pages[digest] = self.known[same]
                continue
            with open(f"{self.folder}/{name}", "rb", buffering=0) as file:  # noqa: PTH123 — twenty thousand times
                content = file.read()
            digest = found.digests[name] = manifest.digest(content)
            if name.endswith(".html") and digest not in self.known:
                found.pages[digest] = _links(content)
        return found


def _links(content: bytes) -> PageLinks:
    """Return what a page has."""
    marks = [*dict.fromkeys(_MARKS.findall(content))]
    anchors = tuple(_told(mark.removeprefix(_ANCHOR)) for mark in marks if mark.startswith(_ANCHOR))
    inside = {f"#{anchor}" for anchor in anchors}
    links = (_link(mark) for mark in marks if not mark.startswith(_ANCHOR))
    return anchors, tuple(link for link in links if link is not None and link not in inside)


@cache
def _link(mark: bytes) -> str | None:
    """Return where a mark leads; None for another site."""
    link = mark.partition(b'"')[2]
    return None if _ELSEWHERE.match(link) else _told(link)


@cache
def _told(value: bytes) -> str:
    return html.unescape(value.decode())


def _joined(parts: Iterable[Scanned], known: Mapping[str, PageLinks]) -> Scanned:
    digests: dict[str, str] = {}
    pages = {**known}
    for part in parts:
        digests.update(part.digests)
        pages.update(part.pages)
    there = {digest for name, digest in digests.items() if name.endswith(".html")}
    return Scanned(digests, {digest: page for digest, page in pages.items() if digest in there})


def _dead(scanned: Scanned, base: str) -> Iterator[str]:
    """Yield `page → link` for every internal link that leads to no file, or to no anchor of a page.

    A link that climbs to the root means the same on every page that lies as deep: most are on many.
    """
    anchors = _Anchors(scanned)
    seen: defaultdict[int, set[str]] = defaultdict(set)
    for page in sorted(name for name in scanned.digests if name.endswith(".html")):
        depth = page.count("/")
        climb = "../" * depth
        for link in sorted({*scanned.pages[scanned.digests[page]][1]} - seen[depth]):
            if climb and link.startswith(climb):
                seen[depth].add(link)
            address = f"/{link.removeprefix(base)}" if link.startswith("/") else link
            if not _leads(page, address, scanned, anchors):
                yield f"{page} → {link}"


class _Anchors(dict[str, frozenset[str]]):
    """The anchors of pages by their paths, each gathered when it is first asked for."""

    def __init__(self, scanned: Scanned) -> None:
        super().__init__()
        self._scanned = scanned

    def __missing__(self, page: str) -> frozenset[str]:
        self[page] = frozenset(self._scanned.pages[self._scanned.digests[page]][0])
        return self[page]


def _leads(page: str, link: str, scanned: Scanned, anchors: Mapping[str, Container[str]]) -> bool:
    """Tell whether a link of a page leads to a file and, where it names one, to an anchor in it.

    A fragment with an equals sign is state for a script, and leads nowhere.
    """
    address, _, anchor = link.partition("#")
    address = address.partition("?")[0]
    target = _target(posixpath.dirname(page), address, scanned) if address else page
    if target is None:
        return False
    return not anchor or "=" in anchor or not target.endswith(".html") or unquote(anchor) in anchors[target]


def _target(folder: str, address: str, scanned: Scanned) -> str | None:
    """Return the file that an address leads to; one that names a folder has to end in a slash, or in dots."""
    path = posixpath.normpath(posixpath.join("/", folder, unquote(address))).lstrip("/")
    if address.endswith(("/", ".")):
        path = posixpath.join(path, "index.html")
    return path if path in scanned.digests or path in {manifest.NAME, manifest.SUM} else None


def _some(texts: Sequence[str]) -> str:
    return "；".join(texts[:_SHOWN]) + ("；……" if len(texts) > _SHOWN else "")
