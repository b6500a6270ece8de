"""quanze export."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from quanze import history
from quanze.base.problem import Fault
from quanze.check import report
from quanze.cli import options
from quanze.cli.frame import PROBLEMS, SOUND, Command
from quanze.form import kinds
from quanze.history.editions import Archive
from quanze.io import git
from quanze.register.catalog import LISTS, Catalog
from quanze.register.disclaimer import disclaimer
from quanze.register.links import SiteLook
from quanze.register.listing import listing
from quanze.register.published import published
from quanze.register.tree import CATALOG, load
from quanze.site import exports
from quanze.site.exports.annex import list_docx
from quanze.site.exports.fragment import list_html
from quanze.site.exports.report import list_markdown, report_docx
from quanze.site.publish import Site
from quanze.site.reckoning import chapters

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from quanze.form.kinds import Look
    from quanze.register.definition import Edition
    from quanze.register.table import Listing
    from quanze.site.reckoning import Chapter

_HELP = """导出一张清单：Excel（改完可以再导入）、Word（报送的附件）、CSV、JSON、Markdown，或者能粘贴到网站后台的 HTML。

年度报告一类有统计数的清单，Word 和 Markdown 里先写成句子，再列表，可以粘贴到报告里。

--at 导出那时记录的清单：标签、提交，或者日期（指那一天结束时）。"""


@dataclass(frozen=True, slots=True)
class _Whole:
    """A list with everything that a file of it says."""

    listing: Listing
    catalog: Catalog
    cells: Sequence[Sequence[str]]
    disclaimer: str
    dated: str
    demonstration: bool
    edition: Edition | None = None
    """The edition whose content it is; None where it is none's."""
    chapters: tuple[Chapter, ...] = ()
    """Its figures, where it has any."""

    @property
    def title(self) -> str:
        return self.listing.definition.title


def _xlsx(whole: _Whole) -> bytes:
    return exports.list_xlsx(whole.listing, whole.cells, whole.disclaimer, whole.title, working=True)


def _docx(whole: _Whole) -> bytes:
    if whole.chapters:
        return report_docx(whole.listing, whole.cells, whole.disclaimer, whole.title, whole.chapters)
    return list_docx(whole.listing, whole.cells, whole.disclaimer, whole.title, whole.edition)


def _csv(whole: _Whole) -> bytes:
    return exports.list_csv(whole.listing, whole.cells, whole.disclaimer)


def _json(whole: _Whole) -> bytes:
    result = exports.list_data(whole.listing, whole.cells, whole.catalog)
    return exports.envelope(result, whole.dated, demonstration=whole.demonstration, total=len(whole.cells))


def _html(whole: _Whole) -> bytes:
    return list_html(whole.listing, whole.cells, whole.disclaimer, whole.title)


def _md(whole: _Whole) -> bytes:
    return list_markdown(whole.listing, whole.cells, whole.disclaimer, whole.title, whole.chapters)


_FORMATS: Mapping[str, Callable[[_Whole], bytes]] = {
    "xlsx": _xlsx,
    "csv": _csv,
    "json": _json,
    "html": _html,
    "docx": _docx,
    "md": _md,
}


@click.command("export", cls=Command, help=_HELP)
@click.argument("list_", metavar="清单", help="清单的编号，如 quan-ze-qing-dan。")
@click.option("--format", "layout", type=click.Choice([*_FORMATS]), help="文件的格式；不写时，看 -o 的扩展名。")
@click.option("-o", "--output", metavar="文件", help="写到哪个文件；不写时打印出来。")
@click.option("--at", metavar="版本", help="导出那时的清单：日期、标签或者提交。")
@options.root
def command(*, root: Path, list_: str, layout: str | None, output: str | None, at: str | None) -> int:
    """Write a list to a file or to the standard output."""
    layout = layout or (output.rpartition(".")[2].lower() if output else "")
    if layout not in _FORMATS:
        raise Fault(f"请用 --format 写明格式：{'、'.join(_FORMATS)}")
    if layout in {"xlsx", "docx"} and not output and sys.stdout.isatty():
        raise Fault(f"Excel、Word 文件不能打印出来；请用 -o 写明文件，如 -o {list_}.{layout}")
    loaded = load(root)
    if loaded.problems and not at:
        options.say(report.text(sorted(loaded.problems)))
        options.close(f"有 {len(loaded.problems)} 个问题，清单会缺少记录，没有导出；请先改正")
        return PROBLEMS
    catalog = Catalog.of(root, loaded)
    whole = _then(catalog, list_, at) if at else _now(catalog, list_)
    content = _FORMATS[layout](whole)
    if at:
        options.tell_revisions(root, at)
    if output:
        options.write(root, output, content)
        options.close(f"写好了 {output}：{whole.title}，{len(whole.cells)} 行")
    else:
        click.echo(content, nl=False)
    return SOUND


def _now(catalog: Catalog, id_: str) -> _Whole:
    """Return a list as it is."""
    lists = published(catalog).records.get(LISTS, {})
    if id_ not in lists:
        raise Fault(f"没有「{id_}」这张清单；有：{'、'.join(lists) or '（没有清单）'}")
    dates: Mapping[str, str] = {}
    at = ""
    with suppress(git.NoRepository):
        dates = {path: commit.date for path, commit in git.last_changes(catalog.root, CATALOG).items()}
        at = git.head(catalog.root).date
    site = Site(catalog, at)
    listed = listing(site.shown, lists[id_], at)
    if listed.form.role(kinds.STATISTIC):
        site = replace(site, history=history.read(catalog.root, catalog.root / history.CACHE))
    members = [listed.record, *(record for row in listed.rows for record in row.records)]
    dated = max((dates.get(member.path, "") for member in members), default="")
    whole = _whole(listed, site.shown, SiteLook(catalog, figures=site.figures), dated)
    return replace(whole, chapters=chapters(listed, site.figures))


def _then(catalog: Catalog, id_: str, at: str) -> _Whole:
    """Return a list as it was recorded, and say so in its disclaimer."""
    dirty = frozenset(git.dirty(catalog.root, CATALOG))
    snapshot = Archive(catalog, dirty, SiteLook).snapshot(id_, at)
    commit = snapshot.commit
    remark = f"这是 {commit.date} 记录的内容（提交 {commit.id[:12]}），不是现行清单。"
    whole = _whole(snapshot.listing, snapshot.catalog, snapshot.look, commit.date, remark)
    editions = catalog.lists[id_].editions if id_ in catalog.lists else ()
    named = (edition for edition in editions if at in {edition.id, edition.tag, edition.commit})
    return replace(whole, edition=next(named, None))


def _whole(listed: Listing, catalog: Catalog, look: Look, dated: str, remark: str = "") -> _Whole:
    notice = disclaimer(catalog.settings)
    return _Whole(listed, catalog, exports.rows(listed, catalog, look), notice + remark, dated, bool(notice))
