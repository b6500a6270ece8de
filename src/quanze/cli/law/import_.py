"""quanze law import."""

from __future__ import annotations

from pathlib import Path

import click

from quanze.check import report
from quanze.check.checking import check
from quanze.cli import options
from quanze.cli.frame import PROBLEMS, SOUND, Command
from quanze.cli.saving import save_and_check
from quanze.edit.texting import Text, text

_HELP = """把一部法律的文本收进 texts/，写上「全文」和「结构」。

读 Word（.docx）、网页、Markdown 和纯文本；章、节、条、款、项、目照官方网站上的样子。
比登记的都新的文本，登记成新的版本，引用的条号照旧；还没有登记的文件，按文本里的名称和日期登记。写完重新检查，打印新出现的问题。"""


@click.command("import", cls=Command, help=_HELP)
@click.argument("source", metavar="文件", type=click.Path(path_type=Path))
@click.option("--law", metavar="法律", default="", help="名称、简称或者编号；不写就用文本里的名称。")
@click.option("--version", "name", metavar="版本", default="", help="版本的名称或者公布日期；不写就看文本里的日期。")
@click.option("--since", metavar="日期", type=options.Day(), help="新版本从哪天起施行；文本自己写了的不用写。")
@click.option("--dry-run", is_flag=True, help="只说明读到什么、会写什么，不写。")
@options.at
@options.root
def command(  # noqa: PLR0913 - click hands over each option
    root: Path, source: Path, *, law: str, name: str, since: str | None, dry_run: bool, at: str | None
) -> int:
    """Keep the wording of a law."""
    day = options.day(root, at)
    statute = options.statute(source)
    before = check(root, day)
    imported = text(before.catalog, statute, law, name, since or "")
    outline = statute.outline
    paragraphs = [paragraph for article in outline.articles.values() for paragraph in article]
    options.close(
        f"《{imported.instrument.short}》{imported.version.name}：{len(outline.articles)} 条、{len(paragraphs)} 款、"
        f"{sum(paragraph.items for paragraph in paragraphs)} 项、{len(statute.heads)} 个章节标题"
    )
    if statute.after:
        options.close(
            f"还有 {len(statute.after)} 行不是条文（附件、编者的注、页脚），原样留在全文的最后：{statute.after[0][:30]}"
        )
    if imported.first:
        options.close(_first(imported))
    elif imported.new:
        options.close(_next(imported, day))
    for edit in imported.edits:
        click.echo(edit.path)
    if dry_run:
        return SOUND
    after = save_and_check(before, [edit for edit in imported.edits if edit.old != edit.new])
    options.say(report.text(after.fresh))
    options.close(after.summary)
    return PROBLEMS if after.errors else SOUND


def _first(imported: Text) -> str:
    """Return what was taken to be so of an instrument that nobody had looked up."""
    law, version = imported.instrument, imported.version
    return (
        f"《{law.short}》登记了第一个版本「{version.name}」：公布日期 {version.promulgated}，"
        f"施行日期 {version.in_force}，位阶「{law.rank}」，都是从文本和名称看出来的。"
        "请逐项核对，补上写着待核的，再写上「核对」；有罚则的也写上「罚则条」"
    )


def _next(imported: Text, day: str) -> str:
    """Return what is to be done about a version that the register did not have."""
    law, new = imported.instrument, imported.version
    spoken = law.numbers or law.newest.name
    penal = "，「罚则条」也写上" if law.newest.penalties else ""
    then = "，那天以前不用改" if new.in_force > day else ""
    return (
        f"登记为新的版本「{new.name}」，{new.in_force} 起施行；条号版本是「{spoken}」，引用的条号照旧{then}。"
        f"请用 quanze law map {law.short} {law.newest.name} {new.name} 起草条文对照，"
        f"核对后写进这一版的「条文对照」{penal}；"
        f"施行以后用 quanze impact {law.short} --to {new.name} --apply 一次换号"
    )
