"""MkDocs as a process of its own: what it is given, and what of its words is passed on."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from quanze.base.parallel import PROGRESS, undisturbed, unwatched, watcher
from quanze.base.problem import Fault
from quanze.io.exchange import alone, clear, mend
from quanze.io.writing import resolved
from quanze.proof.log.continuing import secretless
from quanze.proof.seal import replaceable, seal
from quanze.site.failing import FAILING, told
from quanze.site.frame_file import FrameFile
from quanze.site.unchanged import Inputs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from quanze.proof.log.continuing import Continuation
    from quanze.proof.seal import Sealed, Taken

BEFORE = "QUANZE_BEFORE"
"""Set in the environment of a build: where the site before lies."""
KEPT = ".cache/frame"
"""Where the project keeps what the frame made."""
_LOCK = ".cache/build.lock"
_CHATTER = ("INFO ", "DEBUG ")
_NO_MEMORY = ("MemoryError", "ImportError: ")
"""What it ends with where no memory was left: a library that is there cannot be loaded either."""


def render(root: Path, folder: Path, at: str, say: Callable[[str], object], before: Path | None = None) -> bool:
    """Render a register's site into a folder, strictly; tell whether that went well, and say what is wrong.

    `before` is where the site before lies: what is the same there is taken from it.

    Raises:
        Fault: its mkdocs.yml cannot be used.

    """
    file = FrameFile.of(root)
    words = ("build", "--strict", "--site-dir", str(folder.absolute()))
    watching = watcher.get()
    failing: list[str] = []
    silent = True
    environment = _environment(at) | ({} if watching is unwatched else {PROGRESS: "1"})
    environment |= {BEFORE: str(before.absolute())} if before else {}
    with subprocess.Popen(  # noqa: S603
        _command(*words), cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    ) as process:
        try:
            for line in process.stdout or ():
                if line.startswith(PROGRESS):
                    what, begun, parts = line.split("\t")[1:]
                    watching(what, int(begun), int(parts))
                elif failing or line.startswith(FAILING):
                    failing.append(line.rstrip("\n"))
                elif line.strip() and not line.startswith(_CHATTER) and (sentence := file.worded(line.rstrip("\n"))):
                    silent = False
                    say(sentence)
        except BaseException:
            process.kill()
            raise
    if process.returncode < 0 or any(line.startswith(_NO_MEMORY) for line in failing):
        say("生成网页的进程没有做完就没有了，多半是内存不够；请关掉别的程序，再运行一次")
    elif failing:
        for line in told(failing, root):
            say(line)
    elif silent and process.returncode:
        say("生成网页的程序没有说为什么就停了；请核对 hooks/ 里的程序")
    return not process.returncode


def target(site: Path) -> Path:
    """Return the folder that a link to a site leads to, or the site itself.

    Raises:
        Fault: it leads back to itself, or is all there is.

    """
    try:
        site = resolved(site) if site.is_symlink() or not site.name else site
    except OSError:
        raise Fault(f"{site} 是一个指向自己的链接；请删去") from None
    if not site.name:
        raise Fault(f"{site} 是整个磁盘，放不了网站；请写一个文件夹")
    return site


def build(  # noqa: PLR0913 — one for each thing that is told of a publication
    root: Path,
    site: Path,
    *,
    at: str = "",
    previous: str = "",
    log: Continuation | None = None,
    say: Callable[[str], object],
) -> Sealed | None:
    """Build a register's site beside the one that is there, seal it and put it in its place.

    None where the register is not sound: then `say` was told why, and the site is as it was. Raises Fault where the
    site is not whole.
    """
    site = target(site)
    built = site.with_name(f"{site.name}.new")
    with alone(root / _LOCK, "另一次生成还没有完，没有再生成一次；请等它完，或者先停掉它"):
        mend(site)
        replaceable(root, site)
        clear(built)
        if built.is_symlink():
            raise Fault(f"{built} 是一个链接，删不掉：里面要写网站；请删去")
        try:
            inputs = Inputs.of(root, at)
            same = inputs.site(site, built)
            taken = None if same else _fill(root, built, at, site)
            if not same and taken is None and not render(root, built, at, say, site):
                return None
            sealed = seal(root, built, site, previous=previous, at=at, log=log, same=same, taken=taken or {})
            if not same:
                inputs.keep(sealed.digests)
            return sealed
        finally:
            clear(built)


def _fill(root: Path, folder: Path, at: str, before: Path) -> Taken | None:
    """Build without MkDocs where all that it would make is as it was; None where that cannot be.

    Return what was taken from the site before. What is wrong with a register, MkDocs' process tells.
    """
    if not (root / KEPT).is_file():
        return None
    from quanze.site import rendered  # noqa: PLC0415 — a first build needs none of it in this process
    from quanze.site.build import prepare  # noqa: PLC0415

    try:
        with undisturbed():
            made = prepare(root, at)
            written = None if made.checked.errors else rendered.recall(made, folder, before)
            taken = None if written is None else rendered.publish(made, folder, before, written)
            return None if rendered.covers(root, folder) else taken
    except (Fault, OSError):
        return None


def serve(root: Path, at: str, address: str) -> int:
    """Show a register's site as it would be, until someone ends it; return MkDocs' exit code.

    Where that can be, this process becomes MkDocs, so that whoever ends it ends the server.
    """
    FrameFile.of(root)
    command = _command("serve", *(("--dev-addr", address) if address else ()))
    if os.name != "nt":
        os.chdir(root)
        os.execve(command[0], command, _environment(at))  # noqa: S606
    return subprocess.run(command, cwd=root, env=_environment(at), check=False).returncode  # noqa: S603


def _command(*words: str) -> list[str]:
    return [sys.executable, "-P", "-m", "mkdocs", *words]


def _environment(at: str) -> dict[str, str]:
    inherited = {name: value for name, value in secretless(os.environ).items() if name != "SOURCE_DATE_EPOCH"}
    return inherited | {"NO_MKDOCS_2_WARNING": "1", "PYTHONIOENCODING": "utf-8", "QUANZE_AT": at}
