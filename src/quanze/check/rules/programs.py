"""What runs whenever the site is made: the hooks, which may change what any page says."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from quanze.base.model import Record
from quanze.base.package import FOLDER
from quanze.base.problem import Finding
from quanze.io.file import held, walk
from quanze.io.yaml import MOST
from quanze.io.yaml.foreign import lists
from quanze.register.tree import FRAME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from quanze.register.catalog import Catalog

FOLDER_OF_HOOKS = "hooks"
HOOKS = f"{FOLDER_OF_HOOKS}/quanze_hooks.py"
OURS = FOLDER / "edit/starter/templates/hooks"
"""What `init` writes there."""
_PROGRAMS = (".py", ".pyc", ".so", ".pyd")
"""What Python loads: for as long as it reads a hook, the hook's own folder comes before all others."""
_CACHE, _COMPILED, _HEAD = "__pycache__", ".pyc", 8
_MAY = "每次生成网站都会运行，能改任何一页"


def own_program(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """生成网站只运行 quanze init 写的 hooks/quanze_hooks.py；它改过、另有程序、mkdocs.yml 另写了的，待复核。"""
    root = catalog.root
    if (root / HOOKS).is_file() and held(root / HOOKS, MOST).split() != OURS.read_bytes().split():
        message = f"不是 quanze init 写的那几行，{_MAY}；请核对，不是自己要的就换回来"
        yield _finding(HOOKS, message)
    for path in walk(root / FOLDER_OF_HOOKS):
        other = path.endswith(_PROGRAMS) and f"{FOLDER_OF_HOOKS}/{path}" != HOOKS
        if other and not _left_by_python(root / FOLDER_OF_HOOKS, path):
            said = "不是 quanze 的程序，生成网站时会先于同名的运行，能改任何一页；请核对，不是自己要的就删去"
            yield _finding(f"{FOLDER_OF_HOOKS}/{path}", said)
    if any(told != (HOOKS,) for told in lists(held(root / FRAME, MOST), "hooks")):
        yield _finding(FRAME, f"「hooks」不是只写 {HOOKS}：写在这里的程序{_MAY}；请核对", "/hooks")


def _left_by_python(folder: Path, path: str) -> bool:
    """Tell whether a file is what Python left when it ran a hook: of these it runs the hook's own, which that names."""
    parent, _, name = path.rpartition("/")
    if parent != _CACHE or not name.endswith(_COMPILED):
        return False
    own = name.startswith(f"{PurePosixPath(HOOKS).stem}.")
    return not own or held(folder / path, MOST)[4:_HEAD] == bytes(_HEAD - 4)


def _finding(path: str, message: str, pointer: str = "") -> Finding:
    return Finding(Record(FOLDER_OF_HOOKS, path, path, {}), pointer, f"{path} {message}", "review")


RULES = (own_program,)
