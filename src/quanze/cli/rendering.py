"""MkDocs as a process of its own: what it is given, and what of its words is passed on."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import click

from quanze.base.parallel import PROGRESS, unwatched, watcher

if TYPE_CHECKING:
    from pathlib import Path

_CHATTER = ("INFO ", "DEBUG ")


def render(root: Path, folder: Path, at: str) -> bool:
    """Render a register's site into a folder, strictly; tell whether that went well. What is wrong is printed."""
    words = ("build", "--strict", "--site-dir", str(folder.absolute()))
    watching = watcher.get()
    environment = _environment(at) | ({} if watching is unwatched else {PROGRESS: "1"})
    with subprocess.Popen(  # noqa: S603
        _command(*words), cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    ) as process:
        for line in process.stdout or ():
            if line.startswith(PROGRESS):
                what, begun, parts = line.split("\t")[1:]
                watching(what, int(begun), int(parts))
            elif line.strip() and not line.startswith(_CHATTER):
                click.echo(line.rstrip("\n"), err=True)
    return not process.returncode


def serve(root: Path, at: str, address: str) -> int:
    """Show a register's site as it would be, until someone ends it; return MkDocs' exit code.

    Where that can be, this process becomes MkDocs, so that whoever ends it ends the server.
    """
    command = _command("serve", *(("--dev-addr", address) if address else ()))
    if os.name != "nt":
        os.chdir(root)
        os.execve(command[0], command, _environment(at))  # noqa: S606
    return subprocess.run(command, cwd=root, env=_environment(at), check=False).returncode  # noqa: S603


def _command(*words: str) -> list[str]:
    return [sys.executable, "-P", "-m", "mkdocs", *words]


def _environment(at: str) -> dict[str, str]:
    return os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONIOENCODING": "utf-8", "QUANZE_AT": at}
