"""quanze verify."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quanze.cli import options
from quanze.cli.frame import PROBLEMS, SOUND, Command
from quanze.problem import Fault
from quanze.remote import published
from quanze.verify import read_manifest, since, verify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.verify import Verified

_HELP = """核对网上的（或者文件夹里的）网站是不是仓库里的。

照清单文件写明的提交重新生成一遍，逐个文件比较，说出每一个被改动、缺少、多出、读不到的文件。
与仓库一致，不等于与批准文件一致。"""


@click.command("verify", cls=Command, help=_HELP)
@click.argument("place", metavar="网址或文件夹", help="发布的网站，如 https://… 或者 site。")
@click.option("--commit", "revision", metavar="提交", default="", help="照这个提交核对；不写时，照清单文件写明的。")
@click.option("--since", "old", metavar="旧清单文件", help="只看历史：从这份旧的 manifest.json 以来，有没有改写历史、丢失记录。")
@options.root
def command(root: Path, place: str, revision: str, old: str | None) -> int:
    """Compare a published site with the repository."""
    site = published(place, Path.cwd())
    if old:
        return _history(root, _read(old), read_manifest(site)[0])
    found = verify(root, site, revision, options.close)
    options.say(_lines(found))
    count = len(found.differences)
    options.close(f"比较了 {found.files} 个文件：{f'有 {count} 处不同' if count else '与仓库一致'}")
    return PROBLEMS if count else SOUND


def _lines(found: Verified) -> Iterator[str]:
    yield f"提交 {found.commit}"
    yield f"清单文件的 SHA-256：{found.digest}"
    for one in found.differences:
        yield f"{one.kind}　{one.path}" + (f"　{one.detail}" if one.detail else "")


def _history(root: Path, old: dict[str, Any], new: dict[str, Any]) -> int:
    faults = [*since(root, old, new)]
    options.say(faults)
    options.close(f"有 {len(faults)} 个问题" if faults else "历史连续，没有丢失记录")
    return PROBLEMS if faults else SOUND


def _read(path: str) -> dict[str, Any]:
    try:
        found = json.loads(Path(path).read_bytes())
    except (OSError, ValueError):
        raise Fault(f"「{path}」不是能读的清单文件（manifest.json）") from None
    if not isinstance(found, dict) or not isinstance(found.get("files"), dict):
        raise Fault(f"「{path}」不是清单文件（manifest.json）")
    return found
