"""MkDocs' events → quanze: the only place that knows MkDocs.

MkDocs renders the theme once per (depth, table of contents); the shells so made are filled for every generated page
and written beside the pages that were written by hand.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.toc import AnchorLink, TableOfContents
from quanze import build, report, shell
from quanze.problem import Fault

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page as MkPage
    from quanze.build import Build

state: dict[str, Any] = {}
"""The build under way; MkDocs calls functions, so what passes between them has to stand somewhere."""


def _build() -> Build:
    return state["build"]  # type: ignore[no-any-return]


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Take the site's name and address from the catalog and check it: a fault in it stops here, with site/ untouched."""
    root = Path(config.config_file_path).parent
    try:
        state["build"] = build.prepare(root, os.environ.get("QUANZE_AT", ""))
    except Fault as fault:
        raise Abort(str(fault)) from None
    site = _build().site.catalog.site
    config.site_name = str(site.get("名称", config.site_name))
    config.site_url = str(site.get("网址", "")) or None
    config.extra["quanze"] = {"site": site, "notice": _build().notice, "lists": _build().lists}
    return config


def on_pre_build(config: MkDocsConfig) -> None:  # noqa: ARG001
    """Stop a build whose catalog has errors."""
    errors = _build().checked.errors
    if errors:
        raise Abort("\n".join([*report.text(errors), f"有 {len(errors)} 个问题，没有生成网站"]))


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add one page per shell."""
    state["shells"] = {}
    for (depth, _), name in _build().shells.items():
        file = File.generated(config, name, content=name, inclusion=InclusionLevel.NOT_IN_NAV)
        files.append(file)
        state["shells"][file.src_uri] = depth
    return files


def on_page_content(html: str, page: MkPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Put the holes of a shell in the place of what the theme prints."""
    if page.file.src_uri not in state["shells"]:
        return html
    page.title, page.canonical_url, page.edit_url = shell.TITLE, shell.CANONICAL, shell.EDIT
    page.meta = {"description": shell.DESCRIPTION, "quanze": shell}
    toc = _build().toc_of(page.file.src_uri)
    page.toc = TableOfContents([AnchorLink(title, anchor, 2) for anchor, title in toc])
    return shell.BODY


def on_post_page(output: str, page: MkPage, config: MkDocsConfig) -> str:  # noqa: ARG001
    """Keep a shell for filling instead of writing it; the rest is finished and written by MkDocs."""
    if page.file.src_uri not in state["shells"]:
        return build.finish(output)
    _build().keep(page.file.src_uri, output)
    return ""


def on_post_build(config: MkDocsConfig) -> None:
    """Fill the shells for every page and write the files that are no pages."""
    _build().write(Path(config.site_dir))
