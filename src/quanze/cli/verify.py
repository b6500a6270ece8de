"""quanze verify."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quanze.base.printable import shown
from quanze.base.problem import Fault
from quanze.cli import options
from quanze.cli.frame import PROBLEMS, SOUND, Command
from quanze.io import git
from quanze.io.file import given
from quanze.proof import memory
from quanze.proof.deadline import within
from quanze.proof.log.auditing import audit_log, beside, signatures, untrue
from quanze.proof.log.bundle import pack, unpack
from quanze.proof.manifest import NAME, SUM, Manifest, digest, parse, total
from quanze.proof.publication import moved_tags
from quanze.proof.remote import Web, published
from quanze.proof.trusted_time import FALSE, trusted_times
from quanze.proof.verify import compare, early, extra, since, verify
from quanze.proof.visitor import ASKED
from quanze.register.catalog import LISTS, Catalog
from quanze.register.settings import Settings
from quanze.register.tree import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.proof.verify import Verified

_HELP = """核对网上的（或者文件夹里的）网站是不是仓库里的。

照清单文件写明的提交重新生成一遍，逐个文件比较，说出每一个被改动、缺少、多出、读不到的文件；
再看公布日志：每一次公布的提交是不是都还在历史里，跟上次核对时看到的接不接得上。
与仓库一致，不等于与批准文件一致。

有 --save 存下的证明包，不上网也能核对：加 --bundle，写网站的文件夹时连文件一起核对。"""


@click.command("verify", cls=Command, help=_HELP)
@click.argument("place", metavar="网址或文件夹", default="", help="发布的网站，如 https://… 或者 site。")
@click.option("--commit", "revision", metavar="提交", default="", help="照这个提交核对；不写时，照清单文件写明的。")
@click.option(
    "--since", "old", metavar="旧清单文件", help="以前保存的 manifest.json：从那以来有没有改写历史、丢失记录。"
)
@click.option("--find-links", "wheels", metavar="位置", default="", help="不能上网的：安装包放在哪个文件夹或者网址。")
@click.option(
    "--within",
    "minutes",
    metavar="分钟",
    type=options.Minutes(),
    default=120,
    help="最多用多少分钟，到时还没有核对完就停下。",
)
@click.option("--latest", is_flag=True, help="网站不是最近一次提交的，也算不同。")
@click.option(
    "--state",
    metavar="文件",
    default="",
    help="把核对过的记在哪里，下次对照；不写时在 ~/.local/state。",
)
@click.option("--save", metavar="文件", default="", help="没有不同的，存一个证明包，以后不上网也能核对。")
@click.option("--bundle", metavar="文件", default="", help="核对一个证明包，不上网，也不重新生成。")
@options.root
def command(  # noqa: PLR0913 — one for each option
    *,
    root: Path,
    place: str,
    revision: str,
    old: str | None,
    wheels: str,
    minutes: float,
    latest: bool,
    state: str,
    save: str,
    bundle: str,
) -> int:
    """Compare a published site with the repository."""
    if bundle:
        return _bundle(root, bundle, place, state)
    if not place:
        raise click.MissingParameter(param_hint="网址或文件夹", param_type="argument", ctx=click.get_current_context())
    before = _read(old) if old else None
    seconds = minutes * 60
    site = published(place, Path.cwd(), seconds)
    kept = Path(state) if state else memory.place(site.address) if isinstance(site, Web) else None
    seen = memory.recall(kept) if kept else None
    with within(seconds):
        verified = verify(root, site, revision, options.close, _absolute(wheels))
        head = memory.recall_head(kept) if kept else None
        claimed = parse(verified.content)
        commits = {"commit": claimed.origin.commit, "previous": claimed.previous, "day": claimed.at}
        log = audit_log(root, site, Settings.load(root), verified.digest, head, **commits)
    catalog = Catalog.of(root, load(root, only=frozenset({LISTS})))  # the editions, and the keys in site.yaml
    times = [*trusted_times(catalog)]
    known = [before, seen if seen and seen.origin.commit else None]
    earlier = [told for one in known if one for told in since(root, one, verified.made)]
    breaks = [*verified.breaks, *earlier, *log.breaks, *moved_tags(catalog)]
    breaks += [str(each) for each in times if each.word.state == FALSE]
    if kept and not verified.differences and not breaks:
        memory.keep(kept, verified.made, log.log.checkpoint if log.log else None)
    behind = [each.id for each in takewhile(lambda each: each.id != verified.commit.id, git.line(root))]
    options.say(map(shown, _lines(verified)))
    options.say(log.notes)
    options.say(str(each) for each in times if each.word.state != FALSE)
    if behind:
        options.say([f"旧版：仓库的当前分支在这个提交以后还有 {len(behind)} 个提交"])
    options.say(map(shown, dict.fromkeys(breaks)))
    _tell_limits(verified.complete)
    count = len(verified.differences)
    other = f"，可是历史、日期或者公布日志有 {len({*breaks})} 处不合，见上面" if breaks else ""
    outcome = f"有 {count} 处不同" if count else f"与仓库一致{other}；与仓库一致，不等于与批准文件一致"
    options.close(f"比较了 {len(verified.made.files)} 个文件：{outcome}")
    if save and not count and not breaks:
        if not log.log:
            raise Fault("网站没有公布日志，做不成证明包")
        options.write(root, save, pack(verified.content, log.log))
    return PROBLEMS if count or breaks or (latest and behind) else SOUND


def _bundle(root: Path, file: str, place: str, state: str) -> int:
    """Check a bundle against the history, the keys and the memory that are here, and a site's folder against it."""
    bundle = unpack(given(file))
    publication = bundle.publication
    git.intact(root)
    breaks = [*untrue(root, publication, "证明包", {one.id: one.moment for one in git.line(root)})]
    breaks += early(bundle.manifest, publication.time[:10])
    options.say([f"提交：{publication.commit}（{publication.time}）", f"清单文件的 SHA-256：{publication.manifest}"])
    options.say([f"公布日志：第 {bundle.number} 次，日志共 {bundle.checkpoint.size} 次；证明成立"])
    options.say(signatures(bundle.signed, Settings.load(root), breaks, (publication,), bundle.manifest.at))
    seen = memory.recall_head(Path(state)) if state else None
    options.say(beside(bundle.checkpoint, seen, breaks) if seen else ())
    if place:
        own = {NAME: publication.manifest, SUM: digest(total(publication.manifest))}
        files = {**bundle.manifest.files, **own}
        site = published(place, Path.cwd())
        differences = sorted([*compare(site, files, options.close), *extra(site, files, files)])
        breaks += [f"{difference.kind}：{difference.path}" for difference in differences]
        outcome = f"有 {len(differences)} 处不同" if differences else "与证明包一致"
        _tell_limits(site.paths() is not None)
        options.close(f"比较了 {len(files)} 个文件：{outcome}")
    options.say(map(shown, breaks))
    options.close("证明包只说这一版在这个时候公布过；没有重新生成，是不是仓库的内容没有核对")
    return PROBLEMS if breaks else SOUND


def _tell_limits(complete: bool) -> None:  # noqa: FBT001 — whether all files of a site are known
    """Say what could not be seen of a site at an address."""
    if not complete:
        options.close(ASKED)
        options.close("网址上有没有多出来的文件，看不出来；要查，请核对网站的文件夹")


def _absolute(wheels: str) -> str:
    """Return where packages lie: a folder from here, not from where the commit is built."""
    return str(Path(wheels).absolute()) if wheels and Path(wheels).is_dir() else wheels


def _lines(verified: Verified) -> Iterator[str]:
    yield f"提交：{verified.commit.id}（{verified.commit.date}）"
    if verified.made.at:
        yield f"法律看到：{verified.made.at}"
    yield f"清单文件的 SHA-256：{verified.digest}"
    for difference in verified.differences:
        yield f"{difference.kind}：{difference.path}" + (f"（{difference.detail}）" if difference.detail else "")


def _read(path: str) -> Manifest:
    try:
        return parse(given(path))
    except ValueError:
        raise Fault(f"「{path}」不是清单文件（manifest.json）") from None
