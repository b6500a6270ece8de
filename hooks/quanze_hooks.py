"""MkDocs' events → quanze: the only place that knows MkDocs.

MkDocs renders the theme once per (depth, table of contents); the shells so made are filled for every generated page
and written beside the pages that were written by hand. `mkdocs serve` writes none of them: it fills a page when a
browser asks for it.
"""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from markupsafe import Markup
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.toc import AnchorLink, TableOfContents

from quanze import build, report, shell
from quanze.pages.page import Page
from quanze.problem import Fault
from quanze.sitemap import sitemap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page as MkPage

    from quanze.build import Build
    from quanze.tree import Seen


GUIDE = ("指南", "guide/")
"""What stands above every page that is written by hand."""


UNUSED = ("assets/javascripts/", "assets/images/", "assets/stylesheets/palette.")
"""The theme's script, its icon and its colours: the frame has its own."""


class _State:
    """What passes between the events of a build: MkDocs calls functions, so it has to stand somewhere."""

    serving = False
    seen: Seen | None = None
    """What was read of the catalog: kept between the builds of `mkdocs serve`."""
    build: Build
    written: ClassVar[set[str]] = set()
    """The addresses of the pages that are written by hand."""
    served: Build
    """The newest build that went well: what `mkdocs serve` shows."""


def on_startup(command: str, dirty: bool) -> None:  # noqa: ARG001, FBT001
    """Remember whether this is a preview; a build ends before the collector of cycles could be of use."""
    _State.serving = command == "serve"
    if not _State.serving:
        gc.disable()
    _State.seen = {} if _State.serving else None


def on_shutdown() -> None:
    """Let the process end without a last look at what the build has left."""
    gc.freeze()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Check the catalog and take the site's name and address from it; any error stops here, with site/ untouched."""
    try:
        made = build.prepare(Path(config.config_file_path).parent, os.environ.get("QUANZE_AT", ""), _State.seen)
    except Fault as fault:
        raise Abort(str(fault)) from None
    if made.checked.errors:
        raise Abort(
            "\n".join([*report.text(made.checked.errors), f"有 {len(made.checked.errors)} 个问题，没有生成网站"])
        )
    _State.build = made
    site = made.checked.catalog.site
    config.site_name = str(site["名称"])
    if not _State.serving:
        config.site_url = str(site.get("网址", ""))
    config.extra["quanze"] = {
        "site": site,
        "metas": shell.metas(site),
        "notice": made.notice,
        "lists": made.lists,
        "collections": made.collections,
    }
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add one page per shell; leave out the theme's files that no page asks for."""
    for file in [file for file in files if file.src_uri.startswith(UNUSED)]:
        files.remove(file)
    for name in _State.build.shells:
        files.append(File.generated(config, name, content=name, inclusion=InclusionLevel.NOT_IN_NAV))
    return files


def on_page_content(html: str, page: MkPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Put holes in the place of what the theme prints of a shell; a page written by hand is framed at once."""
    toc = _State.build.shells.get(page.file.src_uri)
    if toc is None:
        framed = shell.frame(_written(page, html), _State.build.checked.catalog.site)
        _State.written.add(page.url)
    else:
        page.toc = TableOfContents([AnchorLink(title, anchor, 2) for anchor, title in toc])
        framed = shell.HOLES
    page.meta["frame"] = framed
    return framed.body


def _written(page: MkPage, html: str) -> Page:
    """Return a page that was written by hand as quanze knows pages."""
    return Page(
        url=page.url,
        title=str(page.title),
        body=Markup(f'<div class="md-typeset">{html}</div>'),  # noqa: S704 — from a file of the project
        crumbs=() if page.url == GUIDE[1] else (GUIDE,),
        source=f"docs/{page.file.src_uri}",
        description=str(page.meta.get("description", "")),
        kind="guide",
    )


def on_post_page(output: str, page: MkPage, config: MkDocsConfig) -> str:  # noqa: ARG001
    """Keep a shell for filling instead of writing it; a page written by hand is finished and written by MkDocs."""
    finished = build.finish(output)
    if page.file.src_uri not in _State.build.shells:
        return finished
    _State.build.keep(page.file.src_uri, finished)
    return ""


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG001
    """Finish 404.html, a template alone; leave out the theme's site map, which knows the shells only."""
    if template_name == "sitemap.xml":
        return ""
    return build.finish(output_content) if template_name.endswith(".html") else output_content


def on_post_build(config: MkDocsConfig) -> None:
    """Fill the shells for every page and write the files that are no pages; a preview fills them when asked."""
    if _State.serving:
        _State.served = _State.build
        return
    folder = Path(config.site_dir)
    try:
        _State.build.write(folder)
    except Fault as fault:
        raise Abort(str(fault)) from None
    if config.site_url:
        (folder / "sitemap.xml").write_bytes(sitemap(config.site_url, {*_State.build.jobs, *_State.written}))


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., None]) -> LiveReloadServer:  # noqa: ARG001
    """Answer with generated pages, and with the last good ones while the catalog is broken."""
    rebuild, answer = server.builder, server.serve_request
    inner: Any = server  # what it keeps to itself has no types

    def build_or_keep() -> None:
        try:
            rebuild()
        except Abort as abort:
            # Left to itself the server would never answer again.
            print(f"{abort}\n仍显示上一次成功生成的页面；改好后会自动更新")  # noqa: T201

    def serve(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        path = str(environ["PATH_INFO"]).encode("latin-1").decode("utf-8", "ignore")
        content = _State.served.lookup(path.removeprefix(server.mount_path))
        if content is None:
            return answer(environ, start_response)
        if path.endswith("/"):
            content = inner._inject_js_into_html(content, inner._visible_epoch)  # noqa: SLF001
        kind = "text/html; charset=utf-8" if path.endswith("/") else inner._guess_type(path)  # noqa: SLF001
        start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(content)))])
        return [content]

    server.builder = build_or_keep
    server.set_app(serve)
    return server
