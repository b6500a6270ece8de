"""click in Chinese: help, complaints and exit codes; a fault is one sentence, a bug keeps its traceback."""

from __future__ import annotations

import difflib
import os
import re
import sys
import unicodedata
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import click

from quanze.base.printable import printable
from quanze.base.problem import Fault
from quanze.base.refusal import refusal
from quanze.cli import progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

SOUND, PROBLEMS, WRONG = 0, 1, 2
"""The exit codes."""

_HEADS = {"Options": "选项", "Commands": "命令", "Positional arguments": "参数"}
_TERM, _STDERR = 30, 2
_EXTRA = re.compile(r"extra arguments? \((?P<words>.*)\)", re.DOTALL)


class Formatter(click.HelpFormatter):
    """Help with Chinese heads, its columns aligned by what characters take on the screen."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how the command is called."""
        super().write_usage(prog, args, prefix or "用法：")

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """Write a head and indent what stands below it."""
        with super().section(_HEADS.get(name, name)):
            yield

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = _TERM, col_spacing: int = 2) -> None:
        """Write terms and what they mean; a long term has a line of its own."""
        rows = [*rows]
        width = max((wide for wide in (_width(term) for term, _ in rows) if wide <= col_max), default=0) + col_spacing
        for term, meaning in rows:
            wide = _width(term)
            gap = " " * (width - wide) if wide + col_spacing <= width else "\n" + " " * (self.current_indent + width)
            self.write(f"{'':>{self.current_indent}}{term}{gap}{meaning}".rstrip() + "\n")


class CommandContext(click.Context):
    """What click knows of one call."""

    formatter_class = Formatter


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


class Command(click.Command):
    """One command; what its function returns is the exit code."""

    context_class = CommandContext

    def __init__(self, *args: Any, **settings: Any) -> None:
        """Take click's settings."""
        super().__init__(*args, **{"options_metavar": "[选项]…", **settings})

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what was written behind the command; a complaint names the command."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help` with a Chinese meaning."""
        option = super().get_help_option(ctx)
        if option:
            option.help = "显示这份说明。"
        return option


class Program(click.Group):
    """All commands, each loaded when it is asked for."""

    context_class = CommandContext

    def __init__(self, name: str, modules: Mapping[str, str], **settings: Any) -> None:
        """Take command → module, and click's settings."""
        settings = {"options_metavar": "[选项]…", "subcommand_metavar": "命令 [参数]…", **settings}
        super().__init__(name, **settings)
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of the commands, in the order of the manual."""
        return [*self._modules]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command, or None."""
        if cmd_name not in self._modules:
            return None
        command: click.Command = import_module(f"quanze.cli.{self._modules[cmd_name]}").command
        return command

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help` with a Chinese meaning."""
        option = super().get_help_option(ctx)
        if option:
            option.help = "显示这份说明。"
        return option

    def main(self, *args: Any, **settings: Any) -> NoReturn:
        """Run a command and exit with its code."""
        _open_streams()
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding=None if _writes_chinese(stream) else "utf-8", errors="backslashreplace")
        try:
            _readable()
            with progress.shown():
                code = super().main(*args, **{"prog_name": self.name, **settings, "standalone_mode": False})
            sys.stdout.flush()
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            code = WRONG
        except click.UsageError as error:
            code = _wrong(f"{_said(error)}；用法见 {_path(error)} --help")
        except Fault as fault:
            code = _wrong(str(fault))
        except BrokenPipeError:
            # The reader has gone; nothing more can be said, and the interpreter must not try when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = PROBLEMS
        except OSError as error:
            code = _wrong(refusal(error))
        except click.Abort:
            code = _wrong("中断了")
        sys.exit(code or SOUND)


def _readable() -> None:
    """Let pass what reads arguments and names of files as they are written: elsewhere no Chinese word is found."""
    encoding = sys.getfilesystemencoding()
    if encoding != "utf-8":
        raise Fault(f"这里按 {encoding} 读命令和文件名，读不对中文；请去掉 PYTHONUTF8=0，或者写上 PYTHONUTF8=1 再运行")
    for one in sys.argv[1:]:
        whole = one.encode(errors="surrogateescape").decode(errors="replace")
        if whole != one and not os.path.lexists(one):
            raise Fault(f"参数「{whole}」里有的字节不是 UTF-8，读不出是什么字；请按 UTF-8 重写")


def _open_streams() -> None:
    """Give each of the three streams that is closed the null device, so that no file takes its number."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= _STDERR:
        pass
    os.close(number)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 — as long as the program


def _writes_chinese(stream: TextIO) -> bool:
    """Tell whether an encoding has Chinese characters: in Latin-1 each would be written as a number."""
    try:
        "权责".encode(stream.encoding or "utf-8")
    except (UnicodeError, LookupError):
        return False
    return True


def _wrong(sentence: str) -> int:
    click.echo(printable(sentence), err=True)
    return WRONG


def _path(error: click.UsageError) -> str:
    return error.ctx.command_path if error.ctx else "quanze"


def _said(error: click.UsageError) -> str:
    """Say in Chinese what click complains of."""
    if isinstance(error, click.NoSuchOption):
        return f"没有选项 {error.option_name}{_near(error.option_name, error.possibilities or ())}"
    if isinstance(error, click.exceptions.NoSuchCommand):
        program = error.ctx.command if error.ctx else None
        names = program.list_commands(error.ctx) if error.ctx and isinstance(program, Program) else []
        return f"没有命令「{error.command_name}」{_near(error.command_name, names)}"
    if isinstance(error, click.BadOptionUsage):
        valued = "does not take" not in error.message
        return f"选项 {error.option_name} 后面{'要写一个值' if valued else '不写值'}"
    if isinstance(error, click.BadParameter):
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else str(error.param_hint or "")
        if error.param and isinstance(error.param, click.Option):
            name = error.param.opts[-1]
        if isinstance(error, click.MissingParameter):
            return f"缺少 {name}"
        if error.param and isinstance(error.param.type, click.Choice):
            return f"{name} 只能是 {'、'.join(map(str, error.param.type.choices))}"
        return f"{name}：{error.message}" if name else error.message
    extra = _EXTRA.search(error.message)
    if extra:
        return f"多写了「{extra['words']}」"
    return "要写一个命令" if error.message == "Missing command." else error.message


def _near(word: str, words: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, words, 1)
    return f"；是不是 {near[0]}" if near else ""
