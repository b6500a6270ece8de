"""quanze adopt."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quanze.base.problem import Fault
from quanze.check import report
from quanze.check.checking import check
from quanze.cli import options
from quanze.cli.frame import PROBLEMS, SOUND, Command
from quanze.cli.saving import save_and_check
from quanze.edit.changeset import diff
from quanze.edit.overlay import SuperiorData, Wanted, overlays
from quanze.edit.overlay.taking import Following
from quanze.history.diff import compare
from quanze.history.wording import ChangeWording, fields
from quanze.proof.offered import offered
from quanze.register.adopting import LOCK, AdoptedLock
from quanze.register.links import SiteLook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.edit.overlay import Overlays
    from quanze.register.catalog import Catalog

_HELP = """采用上级机关公布的记录：取来副本，看上级改了什么，采用新的一版，或者写明理由照旧。

记录的文件里写「采用: {机关, 编号}」和本处不同的栏目；其余由这个命令从上级公布的网站取来，放在 catalog/adopted/，
校验值记在 adopted.lock，一起提交。上级是谁写全称；第一次用 --from 写明它的网站（网址或者文件夹），以后记着。
不写机关，就看采用过的每一个上级。上级改了的，不会自己变过来：列为待复核，直到 --take 采用，或者 --keep 写明理由。
不加 --apply 只说明会怎样。"""


@click.command("adopt", cls=Command, help=_HELP)
@click.argument("body", metavar="[机关]", required=False, help="上级机关的全称；不写，就是 adopted.lock 里的每一个。")
@click.option("--from", "place", metavar="来源", help="上级网站的网址或者文件夹；第一次要写。")
@click.option(
    "--new", metavar="记录", multiple=True, help="上级的哪一条从现在起采用，如 items/xzcf-001；只写 items 是全部。"
)
@click.option(
    "--take", metavar="记录", multiple=True, help="本处的哪一条采用上级新的一版，如 items/xzcf-001；「全部」是每一条。"
)
@click.option("--keep", metavar="记录", multiple=True, help="本处的哪一条仍照原来的；用 --because 写明理由。")
@click.option("--because", metavar="理由", default="", help="为什么仍照原来的。")
@click.option("--apply", "apply_", is_flag=True, help=f"写入 catalog/ 和 {LOCK}。")
@options.at
@options.root
def command(  # noqa: PLR0913 - click hands over each option
    root: Path,
    *,
    body: str | None,
    place: str | None,
    new: tuple[str, ...],
    take: tuple[str, ...],
    keep: tuple[str, ...],
    because: str,
    apply_: bool,
    at: str | None,
) -> int:
    """Take over a superior's records."""
    if keep and not because.strip():
        raise Fault("--keep 要用 --because 写明为什么仍照原来的")
    day = options.day(root, at)
    wanted, code = Wanted(new, take, keep, because.strip()), SOUND
    for name, where in _sources(root, body, place):
        catalog = options.catalog(root)
        overlaid = overlays(catalog, _data(catalog, where), name, where, day, wanted)
        options.say(_lines(catalog, overlaid))
        summary = _summary(name, overlaid)
        if overlaid.laws:
            words = " ".join(f"--law {title}" for title in overlaid.laws)
            options.close(
                f"采用来的记录引用的法律，有 {len(overlaid.laws)} 部本处没有：quanze law pull {where} {words} --apply"
            )
        if not apply_:
            options.say(diff(edit for edit in overlaid.edits if edit.path != LOCK and not edit.path.endswith(".json")))
            options.close(f"{summary}{'；没有写入，加 --apply 才写' if overlaid.edits or overlaid.gone else ''}")
            code = max(code, PROBLEMS if overlaid.edits or overlaid.gone else SOUND)
            continue
        after = save_and_check(check(root, day), overlaid.edits)
        for path in overlaid.gone:
            (root / path).unlink(missing_ok=True)
        for line in report.text(after.fresh):
            options.close(line)
        options.close(summary)
        options.close(
            f"写入了 {len(overlaid.edits)} 个文件；{after.summary}" if overlaid.edits else "catalog/ 没有改动"
        )
        code = max(code, PROBLEMS if after.errors else SOUND)
    return code


def _sources(root: Path, body: str | None, place: str | None) -> Iterator[tuple[str, str]]:
    """Yield the superiors that are asked for, and where each publishes."""
    known = AdoptedLock.load(root).sources
    if not body and place:
        raise Fault("--from 写的是谁的网站？请写上级机关的全称：quanze adopt 机关 --from 来源")
    if body:
        where = place or (known[body].place if body in known else "")
        if not where:
            hint = f"；记着的有：{'、'.join(known)}" if known else ""
            raise Fault(f"{LOCK} 里没有「{body}」；第一次请用 --from 写明它的网站{hint}")
        yield body, where
    elif known:
        yield from ((name, pin.place) for name, pin in known.items())
    else:
        raise Fault("还没有采用过哪个上级；请写 quanze adopt 机关 --from 来源，如 --new items/xzcf-001")


def _data(catalog: Catalog, place: str) -> SuperiorData:
    site = offered(place, Path())
    data = SuperiorData(site.manifest.origin.commit, site.manifest.files, site.read)
    if data.demonstration and not catalog.settings.demonstration.on:
        raise Fault(f"「{place}」是演示或者虚构的网站，正式的清单不能采用它的记录")
    return data


def _lines(catalog: Catalog, overlaid: Overlays) -> Iterator[str]:
    wording = ChangeWording(catalog.forms, SiteLook(catalog))
    for row in overlaid.rows:
        if row.standing is Following.SAME:
            continue
        yield f"{row.key}：{row.standing.value}（上级的 {row.id}）"
        collection = row.key.partition("/")[0]
        if row.before and row.now:
            for difference in wording.differences(collection, row.before, row.now, compare(row.before, row.now)):
                yield from fields(difference)


def _summary(name: str, overlaid: Overlays) -> str:
    counts = Counter(row.standing for row in overlaid.rows)
    counted = "，".join(f"{standing.value} {counts[standing]} 条" for standing in Following if counts[standing])
    return f"{name}：采用了 {len(overlaid.rows)} 条{f'，其中{counted}' if counted else ''}"
