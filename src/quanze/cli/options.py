"""What several commands take: the project, the day, and how they close."""

from __future__ import annotations

import datetime
import ipaddress
import math
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quanze.base.printable import printable, shown
from quanze.base.problem import Fault
from quanze.check import report
from quanze.edit.changeset import finish
from quanze.io import git, writing
from quanze.io.file import given
from quanze.law.text import lines, read
from quanze.register.catalog import Catalog
from quanze.register.tree import BUILT_FROM, CATALOG, SCHEMA, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from quanze.check.checking import Checked
    from quanze.law.text import Statute

_FIRST_ON_EARTH = datetime.timedelta(hours=14)
"""So far ahead of UTC a day begins first."""


_LONGEST = 100_000
"""So many minutes a command may be given: some two months."""
_NAMED = 5
"""So many files one sentence names."""
_LAST_PORT = 65535
_EXTENSIONS = {"text": "txt", "markdown": "md"}
"""The extensions of formats that are called otherwise."""


class Day(click.ParamType[str]):
    """A day, YYYY-MM-DD."""

    name = "日期"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the day; complain of one that is none."""
        try:
            return datetime.date.fromisoformat(str(value)).isoformat()
        except ValueError:
            return self.fail(f"「{value}」不是日期，写成 2026-05-01 的样子", param, ctx)


class Minutes(click.ParamType[float]):
    """A number of minutes above none."""

    name = "分钟"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number; complain of one that is none, or without end."""
        try:
            minutes = float(str(value))
        except ValueError:
            minutes = math.nan
        if 0 < minutes <= _LONGEST:
            return minutes
        return self.fail(f"「{value}」不是分钟数，写大于 0、不超过 {_LONGEST:,} 的数，如 30", param, ctx)


class Address(click.ParamType[str]):
    """Where this machine serves: the number of an interface, or localhost, and a port."""

    name = "地址:端口"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the address; complain of one that is none."""
        host, _, port = str(value).rpartition(":")
        try:
            known = host == "localhost" or bool(ipaddress.ip_address(host))
        except ValueError:
            known = False
        if known and port.isascii() and port.isdigit() and 0 < int(port[:6]) <= _LAST_PORT:
            return str(value)
        return self.fail(f"「{value}」不对，写成 127.0.0.1:8000 的样子；端口是 1 到 {_LAST_PORT}", param, ctx)


def _project(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Path:
    """Return the project's folder: the one named, or the nearest above that has a catalog and its forms."""
    start = Path(value) if value else Path.cwd()
    for folder in (start,) if value else (start, *start.parents):
        if (folder / CATALOG).is_dir() and (folder / SCHEMA).is_dir():
            if late := finish(folder):
                close(f"上一次的改动写到一半就断了，补写了 {len(late)} 个文件：{'、'.join(late[:_NAMED])}")
            _whole(folder)
            return folder
    _whole(start)
    where = f"{value} 里" if value else "这里和上级文件夹里都"
    raise Fault(f"{where}没有 {CATALOG}/ 和 {SCHEMA}/；请在项目文件夹里运行，或者用 --root 指明")


def _whole(folder: Path) -> None:
    """Let pass a project of which git has put here all that it holds: what is not here would count as not recorded."""
    with suppress(git.NoRepository):
        for path in git.left_out(folder, *BUILT_FROM):
            raise Fault(f"git 没有取出 {path} 等文件（部分检出）：请运行 git sparse-checkout disable，取出全部文件")


def root(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the project's folder."""
    meaning = "项目文件夹；不写时，用最近的、有 catalog/ 和 schema/ 的上级文件夹。"
    return click.option("--root", metavar="文件夹", callback=_project, help=meaning)(command)


def at(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the day on which the law is looked at."""
    meaning = "按哪一天的法律检查；不写时，用最近一次提交的日期。"
    return click.option("--at", type=Day(), metavar="日期", help=meaning)(command)


def wheel(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the package of quanze that a register is locked to."""
    meaning = "锁定哪个 quanze 安装包；不写时，是装着的这个。"
    return click.option("--wheel", metavar="文件", type=click.Path(path_type=Path), help=meaning)(command)


def day(folder: Path, wanted: str | None) -> str:
    """Return the day that was asked for, or that of the newest commit; a Fault without either."""
    if wanted:
        return wanted
    try:
        newest = git.head(folder).date
    except git.NoRepository as fault:
        raise Fault(f"{fault}；看不到提交的日期时，请用 --at 写明按哪一天的法律检查，如 --at 2026-05-01") from None
    tell_ahead(newest)
    return newest


def tell_ahead(newest: str) -> None:
    """Say of the day of the newest commit that it has not come yet anywhere, by the clock of this machine.

    Only said: what is made of a commit never depends on a clock.
    """
    now = datetime.datetime.now(datetime.UTC)
    if newest > (now + _FIRST_ON_EARTH).date().isoformat():
        clock = f"这台电脑的钟是 {now.date().isoformat()}"
        close(f"最近一次提交写的日期是 {newest}，{clock}：这一天还没有到；请核对，或者用 --at 写明按哪一天的法律")


def catalog(folder: Path) -> Catalog:
    """Return every sound record of a project, for its names and forms; say how many files are not sound."""
    catalog = load(folder)
    if catalog.broken:
        close(f"catalog/ 里有 {len(catalog.broken)} 个文件有问题，它们的名称可能显示不出来")
    return Catalog.of(folder, catalog)


def statute(file: Path) -> Statute:
    """Return the statute that a file holds; a Fault that says why it holds none."""
    try:
        return read(lines(given(file)))
    except ValueError as error:
        raise Fault(f"{file}：{error}") from None


def tell_revisions(root: Path, *words: str) -> None:
    """Say of each word that is no sound name of a past state why: a day that has not come, an edition's tag, moved."""
    for word in dict.fromkeys(words):
        newest = git.last_day(root, word)
        if newest:
            close(f"版本库只记录到 {newest}：{word} 的内容是到那时为止的，以后的还不知道")
    for told in moved(root, *words):
        close(told)


def moved(root: Path, *words: str) -> Iterator[str]:
    """Yield of each word that is the tag of an edition what it names now, where that is no longer the edition."""
    tags = git.tags(root).keys() & {word.removeprefix("refs/tags/") for word in words}
    if tags:
        from quanze.proof.publication import moved_tags  # noqa: PLC0415 — knows all rules; few commands name a tag

        for told in moved_tags(catalog(root), tags):
            yield f"{told}；这里用的是现在指向的那个提交"


def refuse(checked: Checked, doing: str) -> bool:
    """Tell the errors of a catalog in which nothing can be done; tell whether there are any."""
    for line in report.text(checked.errors):
        click.echo(line)
    if checked.errors:
        close(f"catalog/ 里有 {len(checked.errors)} 个问题，没有{doing}；请先改正")
    return bool(checked.errors)


def write(folder: Path, output: str, content: bytes, read: str = "") -> None:
    """Write a file that was asked for; a Fault where it would take the place of what git holds or a register is of.

    `read` is the file that the content was made of, which it does not replace either.
    """
    target = writing.resolved(Path(output))
    if read and target == writing.resolved(Path(read)):
        raise Fault(f"「{output}」是读的那个文件，写了就没有原来的了，没有写；请写到别处")
    for name in (CATALOG, SCHEMA, ".git"):
        if (folder / name).resolve() in (target, *target.parents):
            raise Fault(f"「{output}」在 {name}/ 里，会盖掉那里的文件，没有写；请写到别处")
    with suppress(git.NoRepository):
        if target.is_file() and git.held(target):
            raise Fault(f"「{output}」是版本库里的文件，会盖掉它，没有写；请写到别处，确实要换的，先删去它")
    writing.write(Path(output), content)


def layout(output: str | None, formats: Iterable[str]) -> str:
    """Return the format that a file's extension names, the first one where there is none; a Fault for any other."""
    known = {f".{_EXTENSIONS.get(name, name)}": name for name in formats}
    extension = Path(output or "").suffix.lower()
    if extension and extension not in known:
        raise Fault(f"看不出「{output}」是什么格式：扩展名可以是 {'、'.join(known)}；别的，请用 --format 写明格式")
    return known.get(extension) or next(iter(known.values()))


def say(lines: Iterable[str]) -> None:
    """Print lines, all at once: an import names twenty thousand files."""
    whole = "".join(f"{shown(part)}\n" for line in lines for part in line.split("\n"))
    if whole:
        click.echo(whole, nl=False)


def close(sentence: str) -> None:
    """Print the closing line, apart from what another program may read."""
    click.echo(printable(sentence), err=True)
