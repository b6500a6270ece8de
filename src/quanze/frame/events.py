"""MkDocs' events → quanze: the only place that knows MkDocs.

MkDocs renders the theme once per (depth, table of contents); the templates so made are filled for every generated
page and written beside the pages that were written by hand. `mkdocs serve` writes none of them: it fills a page when
a browser asks for it.
"""

from __future__ import annotations

import gc
import logging
import os
import re
import signal
import sys
from filecmp import cmp
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, InclusionLevel, set_exclusions
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.meta import get_data

from quanze.base.parallel import PROGRESS, let_go, watcher
from quanze.base.printable import printable
from quanze.base.problem import Fault
from quanze.base.refusal import refusal
from quanze.check import report
from quanze.frame import package
from quanze.frame.markdown_limits import MOST, too_much
from quanze.frame.preview import preview
from quanze.io.file import Unfit, content, walk
from quanze.proof.manifest import unlisted
from quanze.register.litter import left_over
from quanze.site import build, page_template, rendered
from quanze.site.pages import manual
from quanze.site.pages.page import Page
from quanze.site.pages.parts import dates
from quanze.site.rendering import BEFORE

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page as MkPage
    from mkdocs.theme import Theme

    from quanze.register.reading import Seen
    from quanze.site.build import Build


GUIDE = ("指南", "guide/")
"""What stands above every page of the guide."""


HOME = "index.md"
UNUSED = ("assets/javascripts/", "assets/images/", "assets/stylesheets/")
"""The theme's scripts, icon and styles: the frame has its own."""


_HEAD = re.compile(r"---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
"""What MkDocs takes for the settings of a page, if it is YAML."""
_WEB = frozenset({".html", ".htm", ".xhtml"})
_COVERED = "会被生成的同名文件盖掉，不起作用；请删去，或者给文件改名"
_PAGE = "index.html"
_WIDE = 4
"""The bytes that a character can have."""


class Frame:
    """The events of MkDocs, and what passes between them: one of it lives as long as MkDocs runs."""

    def __init__(self) -> None:
        self.serving = False
        self.seen: Seen | None = None
        """What was read of the catalog: kept between the builds of a preview."""
        self.folder = ""
        """Where the site is written."""
        self.root = Path()
        """Where the register is."""
        self.written: set[str] = set()
        """The addresses of the pages that are written by hand."""
        self.beside: dict[str, Path] = {}
        """The register's own files in docs/ that are no pages, by where they lie on the site."""
        self.build: Build
        self.served: Build
        """The newest build that went well: what a preview shows."""
        self.key: tuple[object, ...] = ()
        """What MkDocs' part of it was made of; empty where nobody knows."""

    def events(self) -> dict[str, Callable[..., object]]:
        """Return MkDocs' events by name, as a file of hooks has to hold them."""
        return {name: getattr(self, name) for name in dir(self) if name.startswith("on_")}

    def on_startup(self, command: str, **_: object) -> None:
        """Remember whether this is a preview; a build ends before the collector of cycles could be of use."""
        self.serving = command == "serve"
        logging.getLogger("mkdocs.commands.build").addFilter(_matters)
        if os.environ.get(PROGRESS):
            watcher.set(_tell)
        if self.serving:
            _end_quietly()
        else:
            gc.disable()
        self.seen = {} if self.serving else None

    def on_shutdown(self) -> None:
        """Let the process end without a last look at what the build has left."""
        gc.freeze()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check the catalog; take the site's name and address from it. Any error stops here, with site/ untouched.

        Raises:
            Abort: the catalog has an error, or cannot be read.

        """
        self.folder, self.root = config.site_dir, Path(config.config_file_path).parent
        made = self._prepared(self.root)
        package.settings(config, made.checked.catalog.settings)
        self.beside = {}
        files = _own(config)
        for file in files:
            if not file.is_documentation_page():
                self.beside[file.dest_uri] = Path(str(file.abs_src_path))
                if said := _unfit(file, made) or (_COVERED if _page_at(file.dest_uri) in made.jobs else ""):
                    raise Abort(printable(f"docs/{file.src_uri} {said}"))
        addresses: dict[str, File] = {}
        for file in sorted(files, key=File.is_documentation_page):
            page = file.is_documentation_page()
            twin = addresses.setdefault(file.dest_uri.casefold() if page else file.dest_uri, file)
            if twin is not file:
                where = file.url if page else file.dest_uri
                raise Abort(printable(f"docs/{file.src_uri} 和 docs/{twin.src_uri} 的网址都是 {where}；请给一个改名"))
            if page:
                self._give_way(made, file)
                _sound(file, config.theme)
        self.build = made
        site = made.checked.catalog.settings
        config.site_name = site.title
        if not self.serving:
            config.site_url = site.url
        config.extra["quanze"] = {
            "site": made.checked.catalog.site,
            "metas": page_template.metas(site),
            "disclaimer": made.disclaimer,
            "groups": made.groups,
            "collections": made.collections,
        }
        return config

    def _prepared(self, root: Path) -> Build:
        if self.serving:
            let_go()
        try:
            made = build.prepare(root, os.environ.get("QUANZE_AT", ""), self.seen)
        except Fault as fault:
            raise Abort(printable(str(fault))) from None
        if made.checked.errors:
            raise Abort(
                "\n".join([*report.text(made.checked.errors), f"有 {len(made.checked.errors)} 个问题，没有生成网站"])
            )
        return made

    def _refreshed(self) -> bool:
        """Let a preview show the catalog as it is now, with all that MkDocs made; tell whether that could be."""
        root = self.served.checked.catalog.root
        if not self.key:
            return False
        made = self._prepared(root)
        if self.key != _made_of(made) or not rendered.same(
            made, self.served, {*self.written, *map(_page_at, self.beside)}
        ):
            return False
        self.build = self.served = made
        return True

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the package's files and one page per template; leave out the theme's files that no page asks for."""
        package.add(files, config, self.build.checked.catalog.settings)
        for file in [file for file in files if file.src_uri.startswith(UNUSED)]:
            files.remove(file)
        for name in self.build.templates:
            files.append(File.generated(config, name, content=name, inclusion=InclusionLevel.NOT_IN_NAV))
        return files

    @staticmethod
    def _give_way(made: Build, file: File) -> None:
        """Let the home page that a register has written itself take the place of ours; any other address is taken."""
        if file.src_uri == HOME:
            made.leave_out("")
        elif _page_at(file.dest_uri) in made.jobs:
            home = "；首页自己写的，叫 index.md" if file.dest_uri == _PAGE else ""
            where = f"docs/{file.src_uri} 的网址 {file.url}"
            raise Abort(printable(f"{where} 已经有生成的页面了；请给文件改名{home}"))

    @staticmethod
    def on_env(env: Environment, **_: object) -> Environment:
        """Let a template of a register extend the package's of the same name, and give ours what marks dates."""
        package.reachable(env)
        env.filters["dates"] = dates
        return env

    def on_page_content(self, html: str, page: MkPage, **_: object) -> str:
        """Put slots in the place of what the theme prints of a template; a page written by hand is framed at once."""
        toc = self.build.templates.get(page.file.src_uri)
        if toc is None:
            site = self.build.checked.catalog.settings
            html = html.replace(manual.ANSWERS, manual.answers()) if manual.ANSWERS in html else html
            html = html.replace(manual.LICENCE, manual.licence(site))
            framed = page_template.frame(_written(page, html), site)
            self.written.add(page.url)
        else:
            page.toc = TableOfContents([AnchorLink(title, anchor, 2) for anchor, title in toc])
            framed = page_template.SLOTS
        page.meta["frame"] = framed
        return framed.body

    def on_post_page(self, output: str, page: MkPage, **_: object) -> str:
        """Keep a template for filling instead of writing it; MkDocs writes the pages that are written by hand."""
        finished = build.finish(output)
        if page.file.src_uri not in self.build.templates:
            return finished
        self.build.keep(page.file.src_uri, finished)
        return ""

    def on_post_template(self, output_content: str, template_name: str, **_: object) -> str:
        """Finish 404.html, a template alone; leave out the theme's site map, which knows the page templates only."""
        if template_name == "sitemap.xml":
            return ""
        return build.finish(output_content) if template_name.endswith(".html") else output_content

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Fill the templates for every page and write the files that are no pages; a preview fills them when asked.

        Raises:
            Abort: a page cannot be written.

        """
        if self.serving:
            self.served, self.key = self.build, _made_of(self.build)
            return
        folder, before = Path(config.site_dir), os.environ.get(BEFORE)
        rendered.keep(self.build, self.written, folder)
        try:
            rendered.publish(self.build, folder, Path(before) if before else None, self.written)
        except Fault as fault:
            raise Abort(printable(str(fault))) from None
        for path, own in self.beside.items():
            if not cmp(own, folder / path, shallow=False):
                raise Abort(printable(f"docs/{path} {_COVERED}"))

    def on_build_error(self, error: Exception, **_: object) -> None:
        """Say in a sentence what the system refuses, such as to write on a full disk, and what is wrong in a template.

        Raises:
            Abort: it did so in a build, or a template is the register's own.

        """
        if place := package.own_place(error, self.root):
            raise Abort(
                printable(f"{place}: 这个模板用不了：{package.why(error)}；自己的模板怎样写，见指南“换成自己的清单”")
            ) from None
        if isinstance(error, OSError) and not self.serving:
            error.filename = error.filename or self.folder  # of a write the system names none
            raise Abort(printable(refusal(error))) from None

    def on_serve(self, server: LiveReloadServer, **_: object) -> LiveReloadServer:
        """Answer with generated pages, and with the last good ones while the catalog is broken."""
        return preview(server, self._lookup, self._refreshed)

    def _lookup(self, path: str) -> bytes | None:
        return self.served.lookup(path)


def _end_quietly() -> None:
    """Let a preview that is ended, at any moment, leave nothing behind and say no more than that."""
    here = os.getpid()

    def end(number: int, _frame: object) -> None:
        """Raise SystemExit, unless this is a fork: that ends by the signal."""
        if os.getpid() == here:
            print("预览结束了", file=sys.stderr)  # noqa: T201
            raise SystemExit(0)
        signal.signal(number, signal.SIG_DFL)  # a fork, which its parent ends
        os.kill(os.getpid(), number)

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)


def _own(config: MkDocsConfig) -> list[File]:
    """Return the files in docs/ that a site or a preview is made of; MkDocs leaves out one of two with an address."""
    there = walk(Path(config.docs_dir))
    files = [File(path, config.docs_dir, config.site_dir, config.use_directory_urls) for path in there]
    set_exclusions(files, config)
    return [file for file in files if file.inclusion != InclusionLevel.EXCLUDED]


def _page_at(path: str) -> str | None:
    """Return the address of the page that a file of the site is; None for any other file."""
    return path.removesuffix(_PAGE) if path.rpartition("/")[2] == _PAGE else None


def _sound(file: File, theme: Theme) -> None:
    """Let a page that is written by hand stop the build where it is no text, or what MkDocs cannot make a page of."""
    found: tuple[int, str] | None
    try:
        text = content(str(file.abs_src_path), _WIDE * MOST).decode("utf-8-sig")
        found = too_much(text) or _misheaded(text, theme)
    except Unfit as unfit:
        found = 1, f"这个文件{unfit}；请分成几页"
    except UnicodeDecodeError as error:
        found = error.object.count(b"\n", 0, error.start) + 1, "这个文件不是 UTF-8 编码；请用编辑器另存为 UTF-8"
    if found:
        raise Abort(printable(f"docs/{file.src_uri}:{found[0]}: {found[1]}"))


def _unfit(file: File, made: Build) -> str:
    """Return why a file beside the pages cannot be published as it is; empty where it can."""
    if left_over(Path(file.src_uri).name):
        return "是编辑器或者别的程序留下的，会原样公布；请删去"
    if unlisted(file.dest_uri):
        return "与封版时写的文件同名，会被盖掉；请给文件改名"
    mark = made.disclaimer["mark"]
    if mark and Path(file.src_uri).suffix.lower() in _WEB and mark not in _words(Path(str(file.abs_src_path))):
        return f"没有写「{mark}」：演示的网站每一页都要写明；请写上，或者改成 .md 的页面"
    return ""


def _words(path: Path) -> str:
    """Return what a web page holds, however its characters are coded."""
    body = path.read_bytes()
    return "".join(body.decode(code, "ignore") for code in ("utf-8", "gb18030", "utf-16"))


def _misheaded(text: str, theme: Theme) -> tuple[int, str] | None:
    """Return what is wrong with the settings at the head of a page, and the line; None for nothing."""
    body, settings = get_data(text)
    if body == text and _HEAD.match(text):
        return 2, "页头（两行 --- 之间）读不懂，会当成正文公布；请核对冒号、引号和缩进"
    name = settings.get("template")
    if name is None or any((Path(folder) / str(name)).is_file() for folder in theme.dirs):
        return None
    line = next(number for number, line in enumerate(text.split("\n"), 1) if "template" in line)
    return line, f"没有模板「{name}」；请核对拼写，或者删去这一行"


def _made_of(made: Build) -> tuple[object, ...]:
    """Return what all is made of that MkDocs makes of a preview; nothing where nobody knows."""
    told = rendered.key(made)
    stats = ((path, (package.HERE / path).stat()) for path in walk(package.HERE))
    return (told, *((path, stat.st_mtime_ns, stat.st_size) for path, stat in stats)) if told else ()


def _matters(record: logging.LogRecord) -> bool:
    """Tell whether a line of the log is worth reading: that a page template was kept for filling is not."""
    return not record.getMessage().endswith(("Generated empty output.", "generated empty output."))


def _tell(what: str, begun: int, parts: int) -> None:
    """Tell the process that started this one how far it is."""
    print(PROGRESS, what, begun, parts, sep="\t", file=sys.stderr, flush=True)  # noqa: T201


def _written(page: MkPage, html: str) -> Page:
    """Return a page that was written by hand as quanze knows pages."""
    return Page(
        url=page.url,
        title=str(page.title),
        body=Markup(f'<div class="md-typeset">{html}</div>'),  # noqa: S704 — from a file of the project
        crumbs=(GUIDE,) if page.url.startswith(GUIDE[1]) and page.url != GUIDE[1] else (),
        source="" if page.file.generated_by else f"docs/{page.file.src_uri}",
        description=str(page.meta.get("description", "")),
        kind="guide",
    )
