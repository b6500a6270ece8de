"""quanze law pull."""

from __future__ import annotations

from collections import defaultdict
from itertools import starmap, takewhile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quanze.base.problem import Fault
from quanze.base.refusal import naming
from quanze.check import report
from quanze.check.checking import check
from quanze.cli import options
from quanze.cli.frame import PROBLEMS, SOUND, Command
from quanze.cli.saving import save_and_check
from quanze.edit.changeset import Edit, diff
from quanze.edit.pulling import Lock, Offer, Pulled, lock, offer, pull
from quanze.edit.pulling.pull import Resolution
from quanze.edit.pulling.source import patch
from quanze.edit.pulling.taking import corrections
from quanze.io.file import Unfit, content
from quanze.law.version import PROMULGATED
from quanze.proof import remote
from quanze.proof.offered import offered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.base.model import Value
    from quanze.edit.pulling.pull import PulledLaw
    from quanze.law.facts import Fact

DATA = "data/v1/laws.json"
_HELP = """从别的机关公布的登记取来法律的资料：新的版本、条数、各条的结构、条文对照、废止和替代。

来源是对方网站的网址或者文件夹，也可以是 --patch 写出的更正文件；不写，就用 laws.lock 里记着的。
只看本处已有的法律，要新收的用 --law 指明。逐项三方比较：上次取来以后本处没动过的，跟着来源改；
本处改过的不动；两处各说各的列出来，由人核对（--take 照来源的写）。
条号版本、采用日期、全文和 coverage/ 是本处自己的，不动。不加 --apply 只说明会怎样。"""


@click.command("pull", cls=Command, help=_HELP)
@click.argument("source", metavar="来源", required=False, help="网址、网站的文件夹，或者更正文件。")
@click.option("--law", "wanted", metavar="法律", multiple=True, help="本处还没有、也要收的法律；可以写几次。")
@click.option("--take", metavar="法律", multiple=True, help="这部法律凡不一致的，都照来源的写；可以写几次。")
@click.option("--apply", "apply_", is_flag=True, help="写入 catalog/laws/ 和 laws.lock，注释和版面不动。")
@click.option("--patch", "corrected", metavar="文件", help="把本处改过的写成更正文件，供来源用 law pull 取去。")
@options.at
@options.root
def command(  # noqa: PLR0913 - click hands over each option
    root: Path,
    *,
    source: str | None,
    wanted: tuple[str, ...],
    take: tuple[str, ...],
    apply_: bool,
    corrected: str | None,
    at: str | None,
) -> int:
    """Take facts of the law from another register."""
    pins = Lock.load(root)
    place = source or _known(pins)
    commit, offer = _offered(place)
    pin = pins.get(place, lock.LawPin())
    if offer.dated < pin.dated:
        raise Fault(f"来源现在是 {offer.dated} 的，上次取的是 {pin.dated} 的：它退回到了以前，没有取；请问明原因")
    catalog = options.catalog(root)
    pulled = pull(catalog, offer, pin, wanted, take)
    options.say(_lines(pulled))
    if corrected:
        _offer_back(root, corrected, pulled, offer)
    if not offer.partial:
        pins[place] = lock.LawPin(commit, offer.dated, offer.digest, {**(pin.laws or {}), **pulled.marks})
    before = (root / lock.NAME).read_bytes().decode() if (root / lock.NAME).is_file() else None
    edits = [*pulled.edits, *([Edit(lock.NAME, before, pins.text())] if pins and before != pins.text() else [])]
    if not apply_:
        options.say(diff(pulled.edits))
        options.close(f"{_summary(pulled)}{'；没有写入，加 --apply 才写' if edits else ''}")
        return PROBLEMS if edits or any(law.refused for law in pulled.laws) else SOUND
    return _apply(root, edits, pulled, options.day(root, at))


def _apply(root: Path, edits: list[Edit], pulled: Pulled, day: str) -> int:
    """Write, check again, and tell what has come up."""
    after = save_and_check(check(root, day), edits)
    for line in report.text(after.fresh):
        options.close(line)
    options.close(_summary(pulled))
    options.close(f"写入了 {len(pulled.edits)} 个文件；{after.summary}" if pulled.edits else "catalog/ 没有改动")
    return PROBLEMS if after.errors or any(law.refused for law in pulled.laws) else SOUND


def _known(pins: Lock) -> str:
    if len(pins) != 1:
        titles = "、".join(pins)
        raise Fault(f"请写明来源；{lock.NAME} 里记着 {len(pins)} 个{f'：{titles}' if titles else ''}")
    return next(iter(pins))


def _offered(place: str) -> tuple[str, Offer]:
    """Return the commit of a source and what it offers, once its hash is what its manifest says.

    Raises:
        Fault: it cannot be read, or is not what the manifest says.

    """
    file = Path(place)
    if file.is_file():
        try:
            with naming(place):
                return "", offer(content(file, remote.MAX_BYTES), place, partial=True)
        except Unfit as why:
            raise Fault(f"读不到「{place}」：{why}") from None
    site = offered(place, Path())
    return site.manifest.origin.commit, offer(site.read(DATA), DATA)


def _offer_back(root: Path, output: str, pulled: Pulled, offer: Offer) -> None:
    by_law: dict[str, dict[Fact, Value]] = defaultdict(dict)
    for law, row in pulled.of(Resolution.OWN):
        if row.own is not None:
            by_law[law.title][row.fact] = row.own
    options.write(root, output, patch(starmap(corrections, by_law.items()), offer.dated))
    name = Path(output).name
    told = f"来源用 quanze law pull {name} 就能看到" if by_law else "只有先从来源取过（--apply）、后来改了的才算"
    options.close(f"{output}：{len(by_law)} 部法律里本处改过的；{told}")


def _lines(pulled: Pulled) -> Iterator[str]:
    for law in pulled.laws:
        if law.refused:
            yield f"《{law.title}》不合本处的表单，没有取：{law.refused}"
        elif law.new:
            yield f"《{law.title}》：新收"
        else:
            yield from _of_law(law)
    if pulled.others:
        yield f"来源另有 {len(pulled.others)} 部本处没有的法律；要收的用 --law 指明"


def _of_law(law: PulledLaw) -> Iterator[str]:
    shown: set[tuple[Resolution, str]] = set()
    for settled in law.settled:
        version = settled.fact.version
        if (
            settled.resolution is Resolution.TAKEN
            and version
            and settled.own is None
            and settled.fact.field == PROMULGATED
        ):
            yield f"《{law.title}》：取来新版本「{version}」"
            shown.add((Resolution.TAKEN, version))
        elif (settled.resolution, version) not in shown or not version:
            sides = _sides(settled.own, settled.theirs)
            yield f"《{law.title}》的{settled.fact}：{settled.resolution.value}（{sides}）"


_LONG, _BEFORE = 60, 12
"""So many characters of a value are told, so many of them before the first that differs."""


def _sides(own: object, theirs: object) -> str:
    """Tell two values on one line; of long ones what stands where they begin to differ."""
    texts = _text(own), _text(theirs)
    long = max(map(len, texts)) > _LONG
    alike = sum(1 for _ in takewhile(lambda signs: signs[0] == signs[1], zip(*texts, strict=False)))
    begin = max(0, alike - _BEFORE) if long else 0
    here, there = (
        f"{'……' if begin else ''}{text[begin : begin + _LONG]}{'……' if text[begin + _LONG :] else ''}" for text in texts
    )
    return f"本处：{here}；来源：{there}"


def _text(value: object) -> str:
    if value is None:
        return "没有写"
    if isinstance(value, list):
        return "、".join(map(_text, value))
    return " ".join(f"{name} {_text(said)}" for name, said in value.items()) if isinstance(value, dict) else str(value)


def _summary(pulled: Pulled) -> str:
    counts = {resolution: sum(1 for _ in pulled.of(resolution)) for resolution in Resolution}
    new = sum(law.new and not law.refused for law in pulled.laws)
    totals = "，".join(f"{resolution.value} {count} 项" for resolution, count in counts.items())
    refused = sum(bool(law.refused) for law in pulled.laws)
    return f"看了 {len(pulled.laws)} 部法律：新收 {new} 部，{totals}{f'，没有取 {refused} 部' if refused else ''}"
