"""One build: check, know the shells that the frame has to render, fill them, write everything."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quanze.check import Checked, check
from quanze.notice import notice
from quanze.parallel import chunks, spread
from quanze.problem import Fault
from quanze.publish import File, Job, Site
from quanze.shell import Shell, values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from quanze.pages.page import Toc

_CHUNK = 200
_Key = tuple[int, "Toc"]


@dataclass
class Build:
    """What a build knows from its check to its last file."""

    checked: Checked
    site: Site
    jobs: list[Job]
    shells: dict[_Key, str]
    """The file name of the shell by (depth, table of contents)."""
    _filled: dict[_Key, Shell] = field(default_factory=dict)

    @property
    def notice(self) -> str:
        """The words of a demonstration; empty for a real site."""
        return notice(self.checked.catalog.site)

    @property
    def lists(self) -> list[tuple[str, str]]:
        """(title, address from the root) of every list, in the order of the home page."""
        found = self.site.shown.records.get("lists", {}).values()
        order = sorted(found, key=lambda one: (one.data.get("次序", 999), one.id))
        return [(str(one.data["名称"]), f"lists/{one.id}/") for one in order]

    def toc_of(self, name: str) -> Toc:
        """Return the table of contents of a shell."""
        return next(toc for (_, toc), shell in self.shells.items() if shell == name)

    def keep(self, name: str, html: str) -> None:
        """Take a shell as the theme rendered it."""
        key = next(key for key, shell in self.shells.items() if shell == name)
        self._filled[key] = Shell(finish(html))

    def write(self, folder: Path) -> None:
        """Write every page and file into the folder; raises Fault where the frame did not render a shell."""
        missing = [name for key, name in self.shells.items() if key not in self._filled]
        if missing:
            raise Fault(f"主题没有渲染 {len(missing)} 个页面外壳，网站不完整；请检查 mkdocs.yml 的 hooks")
        work: list[Callable[[], Iterable[File]]] = [*self.site.tasks()]
        work += [_Pages(self, part) for part in chunks(self.jobs, _CHUNK)]
        for _ in spread(_Writer(folder), work):
            pass

    def fill(self, job: Job) -> bytes:
        """Return a page as it is published."""
        page = job.make()
        site = self.checked.catalog.site
        shell = self._filled[page.url.count("/"), page.toc]
        return shell.fill(values(page, str(site.get("网址", "")), str(site.get("编辑地址", "")))).encode()


@dataclass(frozen=True)
class _Pages:
    """Some of the pages, as files."""

    build: Build
    jobs: Iterable[Job]

    def __call__(self) -> Iterable[File]:
        for job in self.jobs:
            yield f"{job.url}index.html", self.build.fill(job)


@dataclass(frozen=True)
class _Writer:
    """Writes files below a folder."""

    folder: Path

    def __call__(self, make: Callable[[], Iterable[File]]) -> int:
        count = 0
        for path, content in make():
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            count += 1
        return count


def prepare(root: Path, at: str) -> Build:
    """Check a project and work out the pages and shells of its site."""
    checked = check(root, at or "2026-11-23")
    site = Site(checked.catalog, checked.at)
    jobs = [] if checked.errors else list(site.jobs())
    shells: dict[_Key, str] = {}
    for job in jobs:
        key = job.url.count("/"), job.toc
        if key not in shells:
            shells[key] = _name(key[0], len(shells))
    return Build(checked, site, jobs, shells)


def _name(depth: int, number: int) -> str:
    """Return a source name whose page lies as deep as those that the shell is filled for."""
    return "index.md" if depth == 0 else "shell/" * (depth - 1) + f"shell-{number}.md"


def finish(html: str) -> str:
    """Return a rendered page with what the theme cannot do: the policy that the browser has to keep."""
    return html
