"""quanze verify."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quanze.base.problem import Fault
from quanze.cli import options
from quanze.cli.frame import PROBLEMS, SOUND, Command
from quanze.io import git
from quanze.proof import memory
from quanze.proof.manifest import Manifest, parse
from quanze.proof.publication import bases
from quanze.proof.remote import Web, published
from quanze.proof.verify import since, verify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.proof.verify import Verified

_HELP = """核对网上的（或者文件夹里的）网站是不是仓库里的。

照清单文件写明的提交重新生成一遍，逐个文件比较，说出每一个被改动、缺少、多出、读不到的文件。
与仓库一致，不等于与批准文件一致。"""


@click.command("verify", cls=Command, help=_HELP)
@click.argument("place", metavar="网址或文件夹", help="发布的网站，如 https://… 或者 site。")
@click.option("--commit", "revision", metavar="提交", default="", help="照这个提交核对；不写时，照清单文件写明的。")
@click.option(
    "--since", "old", metavar="旧清单文件", help="以前保存的 manifest.json：从那以来有没有改写历史、丢失记录。"
)
@click.option("--find-links", "wheels", metavar="位置", default="", help="不能上网的：安装包放在哪个文件夹或者网址。")
@click.option("--latest", is_flag=True, help="网站不是最近一次提交的，也算不同。")
@click.option(
    "--state",
    metavar="文件",
    default="",
    help="把核对过的记在哪里，下次对照；不写时在 ~/.local/state。",
)
@options.root
def command(  # noqa: PLR0913 — one for each option
    *, root: Path, place: str, revision: str, old: str | None, wheels: str, latest: bool, state: str
) -> int:
    """Compare a published site with the repository."""
    before = _read(old) if old else None
    site = published(place, Path.cwd())
    found = verify(root, site, revision, options.close, _absolute(wheels))
    kept = Path(state) if state else memory.place(site.address) if isinstance(site, Web) else None
    seen = memory.recall(kept) if kept else None
    if seen and seen.origin.commit:
        before = before or seen
    moved = [one for one in bases(options.catalog(root)) if one.commit and one.fault]
    tags = (f"清单 {one.list_id} 的「{one.edition.name}」：{one.fault}" for one in moved)
    breaks = [*found.breaks, *(since(root, before, found.made) if before else ()), *tags]
    if kept and not found.differences and not breaks:
        memory.keep(kept, found.made)
    behind = [one.id for one in takewhile(lambda one: one.id != found.commit.id, git.line(root))]
    options.say(_lines(found))
    if behind:
        options.say([f"旧版：仓库的当前分支在这个提交以后还有 {len(behind)} 个提交"])
    options.say(dict.fromkeys(breaks))
    if not found.complete:
        options.close("网址上有没有多出来的文件，看不出来；要查，请核对网站的文件夹")
    count = len(found.differences)
    told = f"有 {count} 处不同" if count else "与仓库一致；与仓库一致，不等于与批准文件一致"
    options.close(f"比较了 {len(found.made.files)} 个文件：{told}")
    return PROBLEMS if count or breaks or (latest and behind) else SOUND


def _absolute(wheels: str) -> str:
    """Return where packages lie: a folder from here, not from where the commit is built."""
    return str(Path(wheels).absolute()) if wheels and Path(wheels).is_dir() else wheels


def _lines(found: Verified) -> Iterator[str]:
    yield f"提交：{found.commit.id}（{found.commit.date}）"
    if found.made.at:
        yield f"法律看到：{found.made.at}"
    yield f"清单文件的 SHA-256：{found.digest}"
    for one in found.differences:
        yield f"{one.kind}：{one.path}" + (f"（{one.detail}）" if one.detail else "")


def _read(path: str) -> Manifest:
    try:
        return parse(Path(path).read_bytes())
    except ValueError:
        raise Fault(f"「{path}」不是清单文件（manifest.json）") from None
