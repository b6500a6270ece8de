"""One build: check, know the page templates that the frame has to render, fill them, write everything."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from quanze import history
from quanze.base.parallel import chunks, parallel_map
from quanze.base.problem import Fault
from quanze.check.checking import Checked, check
from quanze.io import git
from quanze.io.store import Store
from quanze.proof.audit import audit
from quanze.proof.publication import registered
from quanze.register.adopted import FOLDER, files_of
from quanze.register.adopting import LOCK
from quanze.register.digest import digest
from quanze.register.disclaimer import details, disclaimer, mark
from quanze.register.family import groups
from quanze.register.tree import CATALOG
from quanze.site import today, writing
from quanze.site.exports import bulk
from quanze.site.files import SiteFiles
from quanze.site.page_template import PageTemplate, encoded, frame
from quanze.site.pages import family
from quanze.site.pages.page import TEMPLATES, KeptTemplates, compile_all
from quanze.site.policy import protect
from quanze.site.publish import File, Job, Site
from quanze.site.writing import Piece

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from quanze.base.model import Value
    from quanze.history import History
    from quanze.proof.seal import Taken
    from quanze.register.catalog import Catalog
    from quanze.register.reading import Seen
    from quanze.site.pages.page import Toc

_CHUNK = 20


@dataclass
class Build:
    """What a build knows from its check to its last file."""

    checked: Checked
    site: Site
    jobs: Mapping[str, Job]
    """The pages by their address from the root."""
    templates: Mapping[str, Toc]
    """What the frame has to render: tables of contents by the source name of a page at the right depth."""
    rendered: dict[tuple[int, Toc], PageTemplate] = field(default_factory=dict)
    """What it rendered, by depth and table of contents."""
    _made: dict[str, bytes] = field(default_factory=dict)

    @property
    def disclaimer(self) -> Mapping[str, str]:
        """The words of a demonstration; empty for a real site."""
        site = self.checked.catalog.settings
        return {"mark": mark(site), "short": disclaimer(site), "details": details(site)}

    @property
    def groups(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """(title, address from the root, lists as (title, address)) of the groups in which the lists stand."""
        return [
            (
                group.title,
                f"{family.URL}#{group.anchor}",
                [(self.site.shown.title(r), f"lists/{r.id}/") for r in group.lists],
            )
            for group in groups(self.site.shown)
        ]

    @property
    def collections(self) -> list[tuple[str, str]]:
        """(title, address from the root) of every collection that has records."""
        shown = self.site.shown
        return [(form.title, f"{name}/") for name, form in shown.forms.items() if shown.records.get(name)]

    def leave_out(self, url: str) -> None:
        """Make no page at an address: the register has one of its own there."""
        self.jobs = {at: job for at, job in self.jobs.items() if at != url}
        self.templates = _templates(self.jobs.values())

    def keep(self, name: str, html: str) -> None:
        """Take a page template as the frame rendered it."""
        self.rendered[_depth(name), self.templates[name]] = PageTemplate(html)

    def missing(self) -> int:
        """Return how many page templates were not rendered."""
        return sum((_depth(name), toc) not in self.rendered for name, toc in self.templates.items())

    def write(self, folder: Path, before: Path | None = None) -> Taken:
        """Write every page and file into the folder; raises Fault where the frame did not render a page template.

        `before` is where the site before lies: what is the same there is taken from it. Return what was.
        """
        missing = self.missing()
        if missing:
            raise Fault(f"主题没有渲染 {missing} 个页面外壳，网站不完整；请检查 mkdocs.yml 的 hooks")
        self.site.context.warm()
        self.site.keys.warm()
        compile_all()
        kept = Store.of(self.checked.catalog.root)
        earlier = writing.Earlier.of(kept, before)
        write = writing.Writer(folder, earlier, self._day)
        written: dict[str, writing.WrittenPiece] = {}
        for some in parallel_map(write, [*self._work()], "写网页"):
            written |= some
        bulk.pack(folder)
        writing.keep(kept, written, self._day)
        return writing.taken(earlier, written)

    def _work(self) -> Iterator[Callable[[], Iterable[Piece]]]:
        """Yield the work in parts, the long ones first; files go with the pages that are made of the same."""
        rest = dict(self.jobs)
        for task in SiteFiles(self.site).tasks():
            same = [rest.pop(url) for url in self.jobs if task.below and url.startswith(task.below)]
            if same:
                yield partial(self._pieces, (same[0]._replace(beside=task.make), *same[1:]))
            else:
                yield partial(_apart, task.make)
        for jobs in chunks([*rest.values()], _CHUNK):
            yield partial(self._pieces, jobs)

    def fill(self, job: Job) -> bytes:
        """Return a page as it is published."""
        return today.put_in(self._filled(job), self._day)[0]

    @property
    def _day(self) -> bytes:
        return self.checked.at.encode()

    def _filled(self, job: Job) -> bytes:
        return self._template(job).fill(encoded(frame(job.make(), self.checked.catalog.settings)))

    def _template(self, job: Job) -> PageTemplate:
        return self.rendered[job.url.count("/"), job.toc]

    def _pieces(self, jobs: Iterable[Job]) -> Iterator[Piece]:
        """Yield pages with the files beside them, each under what tells whether it would be the same as before."""
        for job in jobs:
            key = job.key() if job.key else b""
            yield Piece(job.url, key and digest(key, self._template(job).digest), partial(self._files, job))

    def _files(self, job: Job) -> Iterator[File]:
        yield f"{job.url}index.html", self._filled(job)
        yield from job.beside()

    def lookup(self, path: str) -> bytes | None:
        """Return a generated page or file, made when it is first asked for; None for one that is not ours."""
        job = self.jobs.get(path)
        if job:
            return self.fill(job)
        if path.endswith("/") or "." not in path:
            return None
        beside = self.jobs.get(path[: path.rfind("/") + 1])
        if beside:
            self._made.update(beside.beside())
        for task in [] if path in self._made else reversed(SiteFiles(self.site).tasks()):
            self._made.update(task.make())
            if path in self._made:
                break
        return self._made.get(path)


def _apart(files: Callable[[], Iterable[File]]) -> Iterator[Piece]:
    """Yield files of which nobody knows whether they would be the same as before."""
    yield Piece("", b"", files)


def prepare(root: Path, at: str, seen: Seen | None = None) -> Build:
    """Check a project and work out the pages and templates of its site.

    `at` is the day on which the law is looked at: left out, the day of the newest commit.

    Raises:
        Fault: the folder holds no project, or there is neither a day nor a commit.

    """
    try:
        head = git.head(root)
        changed = {path: commit.moment for path, commit in git.last_changes(root, CATALOG).items()}
    except git.NoRepository as fault:
        if not at:
            day = "请用 --at 写明按哪一天的法律，如 --at 2026-05-01（make site 写 AT=2026-05-01）"
            raise Fault(f"{fault}；没有 git 版本库时，{day}") from None
        head, changed = None, {}
    waiting = git.dirty(root, CATALOG) if head else ()

    def recorded(catalog: Catalog) -> History:
        clean = {one.path: one.data for one in catalog if unrecorded.isdisjoint(files_of(one))}
        return _recorded(_Asked(root, head.id if head else "", waiting, clean))

    unrecorded = frozenset(waiting)
    day = at or (head.date if head else "")
    TEMPLATES.bytecode_cache = KeptTemplates(Store.of(root))
    checked = check(root, day, seen, lambda one: registered(one, recorded(one), day), Store.of(root))
    changed |= _taken_over(root, checked.catalog, changed, held=bool(head))
    told = recorded(checked.catalog)
    state = partial(audit, checked.catalog, checked.at, checked.problems, checked.waived, told)
    site = Site(checked.catalog, checked.at, changed, told, state, checked.problems, Store.of(root))
    jobs = {} if checked.errors else by_address(site.jobs())
    return Build(checked, site, jobs, _templates(jobs.values()))


def _taken_over(root: Path, catalog: Catalog, changed: Mapping[str, str], *, held: bool) -> dict[str, str]:
    """Return the moment of the last change of the records that take over a superior's: their copies count too.

    Raises:
        Fault: a copy will never be in a commit.

    """
    over = {one.path: files_of(one) for one in catalog if one.adopted}
    needed = {LOCK, *(path for files in over.values() for path in files)}
    for path, why in git.unheld(root, LOCK, f"{CATALOG}/{FOLDER}").items() if held and over else ():
        if path in needed:
            raise Fault(f"网站不能只凭提交再做出来：{path} {why}")
    return {path: max(changed.get(file, "") for file in files) for path, files in over.items()}


def by_address(jobs: Iterable[Job]) -> dict[str, Job]:
    """Return the pages by their address; a Fault where two would be written to one place."""
    found: dict[str, Job] = {}
    for job in jobs:
        if found.setdefault(job.url, job) is not job:
            raise Fault(f"有两个页面的网址都是 /{job.url}；请给其中一条记录、清单或者版次改名")
    return found


def _templates(jobs: Iterable[Job]) -> dict[str, Toc]:
    """Return what the frame has to render for some pages."""
    kinds = dict.fromkeys((job.url.count("/"), job.toc) for job in jobs)
    return {_name(depth, number): toc for number, (depth, toc) in enumerate(kinds)}


@dataclass(frozen=True)
class _Asked:
    """What the history is read for: a preview reads it again only when there is a commit, or another file waits."""

    root: Path
    head: str
    waiting: tuple[str, ...]
    """The files that wait for a commit."""
    current: Mapping[str, Mapping[str, Value]] = field(compare=False)
    """The documents by path of the others: they need not be read again."""


@lru_cache(maxsize=1)
def _recorded(asked: _Asked) -> History:
    return history.read(asked.root, asked.root / history.CACHE, asked.current)


def _name(depth: int, number: int) -> str:
    """Return a source name whose page lies as deep as those that the page template is filled for."""
    return "index.md" if depth == 0 else "shell/" * (depth - 1) + f"shell-{number}.md"


def _depth(name: str) -> int:
    return 0 if name == "index.md" else name.count("/") + 1


def finish(html: str) -> str:
    """Return a rendered page with what the theme cannot do: the policy that the browser has to keep."""
    return protect(html)
