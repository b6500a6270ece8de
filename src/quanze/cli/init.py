"""quanze init."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from quanze.cli import options
from quanze.cli.frame import SOUND, Command
from quanze.edit.starter import SEVERAL, BodyName, NewRegister, begin, pinned

_HELP = """建立一个自己的清单：在一个空的文件夹里写好全部文件，接着就可以 make site。

在终端里运行时，没有用选项写明的逐个询问；不在终端里的，用默认的。以后都可以改。"""

_QUESTIONS = {
    "bureau": "机关名称（全称）",
    "level": "行政层级",
    "government": "复议机关：部门的写本级人民政府，乡镇的写县级人民政府（没有的写「无」）",
    "region": "行政区划代码（6 位，可以不写）",
    "place": "发布方式：栏目、独立网站、内网",
    "address": "网址（https://…/，可以不写）",
    "lists": "清单，用顿号隔开",
    "types": "职权类型，用顿号隔开，可以写自己的；不写的是全部",
    "laws": "还要哪些法律的资料，用顿号隔开，可以不写",
}
_NONE = "无"


@click.command("init", cls=Command, help=_HELP)
@click.argument("folder", metavar="文件夹", help="放在哪里；要是空的，或者还没有。")
@click.option("--bureau", metavar="名称", help="机关名称，写全称。")
@click.option("--level", metavar="哪一级", help="国家级、省级、市级、县级、乡级。")
@click.option("--government", metavar="名称", help="复议机关；没有的写「无」。不写时从机关名称看出，看不出的就没有。")
@click.option("--region", metavar="代码", help="6 位行政区划代码。")
@click.option("--place", metavar="方式", help="栏目（默认，挂在门户网站下面）、独立网站、内网。")
@click.option("--address", metavar="网址", help="网站的永久网址，以 / 结尾；还不知道的不写。")
@click.option("--list", "lists", metavar="清单", multiple=True, help="要哪张清单，可以写几次：权责清单、执法事项目录……")
@click.option("--type", "types", metavar="类型", multiple=True, help="职权类型，可以写几次，可以是自己的；不写是全部。")
@click.option("--law", "laws", metavar="法律", multiple=True, help="还要哪部法律的资料，可以写几次；写全称或者简称。")
@options.wheel
def command(folder: str, wheel: Path | None, **given: object) -> int:
    """Begin a register."""
    answers = _answers({name: value for name, value in given.items() if value})
    pin = pinned(wheel)
    count = begin(Path(folder), answers, pin)
    options.close(f"建好了 {folder}/：{count} 个文件，锁定 quanze {pin.version}；进入文件夹，运行 make site")
    return SOUND


def _answers(given: dict[str, object]) -> NewRegister:
    """Return what was given, asked for on a terminal, or is so unless somebody says otherwise."""
    asked = sys.stdin.isatty() and sys.stderr.isatty()
    whole = NewRegister()
    for name, question in _QUESTIONS.items():
        usual = getattr(BodyName.of(whole.bureau), name, "") or getattr(whole, name)
        value: object = given.get(name) or (_ask(question, usual) if asked else usual)
        value = "" if name == "government" and value == _NONE else value
        whole = NewRegister.of({**whole.data(), name: value})
    return whole


def _ask(question: str, usual: str | tuple[str, ...]) -> str | tuple[str, ...]:
    shown = usual if isinstance(usual, str) else "、".join(usual)
    answer: str = click.prompt(question, default=shown, show_default=bool(shown), err=True)
    return answer.strip() if isinstance(usual, str) else tuple(filter(None, map(str.strip, SEVERAL.split(answer))))
