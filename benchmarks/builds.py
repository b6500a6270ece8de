"""The ways to build the same records, and one whole build from nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks import generate, markdown, measure

if TYPE_CHECKING:
    from pathlib import Path

QUANZE = "make --old-file=.venv/site site"
"""What a person types, in a project whose environment is there already."""
_WITHOUT_JIEBA = "import sys; sys.modules['jieba'] = None; from mkdocs.__main__ import cli; cli()"
_MOMENT = "2026-11-23T00:00:00+0800"
_GIT = ("git", "-c", "user.name=benchmark", "-c", "user.email=benchmark@example.org", "-c", "gc.auto=0")


@dataclass(frozen=True, slots=True)
class Tool:
    """One way to build the site: a command in a project, and the folder that it fills."""

    name: str
    title: str
    command: tuple[str, ...]
    site: str


def tools(competitors: Path, quanze: str = QUANZE) -> dict[str, Tool]:
    """Return the ways to build by name; `competitors` is the virtual environment of requirements.txt."""
    programs = competitors.absolute() / "bin"
    mkdocs = "--quiet", "build", "--config-file", "mkdocs.yml"
    known = (
        Tool("quanze", "quanze", tuple(quanze.split()), "site"),
        Tool("material", "Material", (f"{programs}/python", "-c", _WITHOUT_JIEBA, *mkdocs), "site-mkdocs"),
        Tool("jieba", "Material + jieba", (f"{programs}/mkdocs", *mkdocs), "site-mkdocs"),
        Tool("zensical", "Zensical", (f"{programs}/zensical", "build", "-f", "zensical.yml"), "site-zensical"),
        Tool("hugo", "Hugo", (f"{programs}/hugo", "--quiet", "--destination", "site-hugo"), "site-hugo"),
    )
    return {tool.name: tool for tool in known}


def project(tool: Tool, count: int, folder: Path) -> Path:
    """Write what the tool builds from, and return where."""
    made = folder / f"{tool.name}-{count}"
    if tool.name != "quanze":
        markdown.write(count, made)
        return made
    generate.write(count, made)
    _commit(made)
    (made / ".venv").symlink_to(generate.ROOT / ".venv")
    return made


def build(tool: Tool, made: Path, count: int) -> tuple[measure.Usage, measure.Output]:
    """Build once, from nothing; exits with the tool's own words where it failed or left pages out."""
    log = made.with_suffix(".log")
    usage = measure.run(tool.command, made, log, {"HUGO_CACHEDIR": str(made / ".hugo"), "NO_MKDOCS_2_WARNING": "1"})
    left = measure.output(made / tool.site)
    if usage.code or left.pages < count:
        raise SystemExit(f"{tool.name}: exit {usage.code}, {left.pages} pages of {count}\n{log.read_text()[-3_000:]}")
    return usage, left


def once(tool: Tool, count: int, folder: Path) -> tuple[measure.Usage, measure.Output]:
    """Build in a fresh folder and remove it again."""
    made = project(tool, count, folder)
    try:
        return build(tool, made, count)
    finally:
        shutil.rmtree(made)


def _commit(made: Path) -> None:
    """Make the project what a fresh clone is: one packed commit; quanze takes its dates from there."""
    moment = {"GIT_AUTHOR_DATE": _MOMENT, "GIT_COMMITTER_DATE": _MOMENT}
    for command in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "Generated"), ("repack", "-a", "-d", "-q")):
        subprocess.run((*_GIT, *command), cwd=made, env=os.environ | moment, check=True)
    (made / ".git/info/exclude").write_text("/.venv\n", encoding="utf-8")
