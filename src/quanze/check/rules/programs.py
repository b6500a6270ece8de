"""What runs whenever the site is made, or takes the place of what the package brings: it may change any page."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from quanze.base.model import Record
from quanze.base.package import FOLDER
from quanze.base.problem import Finding
from quanze.io.file import held, walk
from quanze.io.yaml import MOST
from quanze.io.yaml.foreign import lists, settings, words
from quanze.register.tree import FRAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from quanze.register.catalog import Catalog

FOLDER_OF_HOOKS = "hooks"
HOOKS = f"{FOLDER_OF_HOOKS}/quanze_hooks.py"
OURS = FOLDER / "edit/starter/templates/hooks"
"""What `init` writes there."""
PROGRAMS = (".py", ".pyc", ".so", ".pyd")
"""What Python loads: for as long as it reads a hook, the hook's own folder comes before all others."""
_HOME, _OF_PAGES = "index.md", (".md", ".markdown", ".html", ".htm", ".xhtml")
_STYLE = "style.css"
"""The parts of the style in one, which the package puts together."""
_CACHE, _COMPILED, _HEAD = "__pycache__", ".pyc", 8
_MAY = "每次生成网站都会运行，能改任何一页"
_TEMPLATES, _PAGES = "overrides", "docs"
_PLACES = {"assets/quanze": FOLDER / "frame/assets", "guide": FOLDER / "frame/guide"}
"""Where the site has what the package brings: a file of the register's own in docs/ takes the place of one there."""
_USUAL = {"theme": ({"name": "material"}, "material"), "plugins": ("[]", "")}
"""How the settings of mkdocs.yml that can run or replace something stand in what `init` writes."""
_HARMLESS = frozenset(
    ("site_name", "site_description", "site_author", "copyright", "hooks", "nav", "not_in_nav", "exclude_docs")
)
"""The other settings that every register may write as it likes; the hooks are asked for by themselves."""


def own_program(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """生成网站只用 quanze 带来的程序、模板、脚本和样式，hooks/ 里只有 quanze init 写的那几行。

    改过的，另有的，mkdocs.yml 另写了插件、扩展、主题、样式、脚本的，待复核。
    """
    yield from _hooks(catalog.root)
    yield from _settings(held(catalog.root / FRAME, MOST))
    yield from _replaced(catalog.root)


def _hooks(root: Path) -> Iterator[Finding]:
    if (root / HOOKS).is_file() and held(root / HOOKS, MOST).split() != OURS.read_bytes().split():
        message = f"不是 quanze init 写的那几行，{_MAY}；请核对，不是自己要的就换回来"
        yield _finding(HOOKS, message)
    for path in walk(root / FOLDER_OF_HOOKS):
        other = path.endswith(PROGRAMS) and f"{FOLDER_OF_HOOKS}/{path}" != HOOKS
        if other and not _left_by_python(root / FOLDER_OF_HOOKS, path):
            said = "不是 quanze 的程序，生成网站时会先于同名的运行，能改任何一页；请核对，不是自己要的就删去"
            yield _finding(f"{FOLDER_OF_HOOKS}/{path}", said)


def _settings(body: bytes) -> Iterator[Finding]:
    if any(told != (HOOKS,) for told in lists(body, "hooks")):
        yield _finding(FRAME, f"「hooks」不是只写 {HOOKS}：写在这里的程序{_MAY}；请核对", "/hooks")
    for name, value in settings(body):
        if name not in _HARMLESS and value not in _USUAL.get(name, ()):
            yield _finding(FRAME, f"「{name}」不是 quanze init 写的：它能改任何一页；请核对", f"/{name}")


def _replaced(root: Path) -> Iterator[Finding]:
    for path in walk(root / _TEMPLATES):
        yield _finding(f"{_TEMPLATES}/{path}", "是自己的模板，能改用它的每一页；请核对，不是自己要的就删去")
    if (root / _PAGES / _HOME).is_file():
        yield _finding(f"{_PAGES}/{_HOME}", "代替 quanze 生成的首页；请核对，不是自己要的就删去")
    for place, folder in _PLACES.items():
        for path in walk(root / _PAGES / place):
            if (folder / path).is_file() or path == _STYLE:
                said = "与 quanze 带来的同名，网站上用它，不用 quanze 的；请核对，不是自己要的就删去"
                yield _finding(f"{_PAGES}/{place}/{path}", said)


def page_not_listed(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """自己的网页（docs/ 里的）须写在 mkdocs.yml 的 nav 里，或者用 exclude_docs 不公布；没有写的待复核。"""
    body = held(catalog.root / FRAME, MOST)
    listed = {text.removeprefix("./") for text in words(body, "nav")}
    excluded = left_out(catalog.root)
    for path in walk(catalog.root / _PAGES):
        if path.endswith(_OF_PAGES) and path not in {_HOME, *listed} and not excluded(f"{_PAGES}/{path}"):
            yield _finding(f"{_PAGES}/{path}", "不在导航里，照样公布；请写进 mkdocs.yml 的 nav，不要的删去")


def left_out(root: Path) -> Callable[[str], bool]:
    """Return what tells whether a file of the register's is one in docs/ that is not published."""
    body = held(root / FRAME, MOST)
    patterns = [line for text in words(body, "exclude_docs") for line in text.split()]

    def excluded(path: str) -> bool:
        folder, _, name = path.partition("/")
        hidden = any(step.startswith(".") for step in name.split("/"))
        return folder == _PAGES and (hidden or any(_matches(name, pattern) for pattern in patterns))

    return excluded


def _matches(path: str, pattern: str) -> bool:
    """Tell whether a line of exclude_docs leaves a file out, as .gitignore would."""
    anchored = "/" in pattern.rstrip("/")
    inner = pattern.strip("/")
    steps = path.split("/")
    names = ["/".join(steps[:length]) for length in range(1, len(steps) + 1)] if anchored else steps
    return any(fnmatchcase(name, inner) for name in (names[:-1] if pattern.endswith("/") else names))


def own_build(_catalog: Catalog, written: Mapping[str, str], others: Iterable[str]) -> Iterator[Finding]:
    """生成和公布网站的文件（Makefile、流水线、锁定的安装包）须是 quanze init 或者 quanze upgrade 写的。

    改过的，另有的，待复核：公布的不一定是 quanze 生成的。
    """
    for path, why in written.items():
        yield _finding(path, f"{why}；请核对，不是自己要的就换回来")
    for path in others:
        yield _finding(path, "不是 quanze init 写的，生成、公布网站时会运行；请核对，不是自己要的就删去")


def _left_by_python(folder: Path, path: str) -> bool:
    """Tell whether a file is what Python left when it ran a hook: of these it runs the hook's own, which that names."""
    parent, _, name = path.rpartition("/")
    if parent != _CACHE or not name.endswith(_COMPILED):
        return False
    own = name.startswith(f"{PurePosixPath(HOOKS).stem}.")
    return not own or held(folder / path, MOST)[4:_HEAD] == bytes(_HEAD - 4)


def _finding(path: str, message: str, pointer: str = "") -> Finding:
    return Finding(Record(FOLDER_OF_HOOKS, path, path, {}), pointer, message, "review")


RULES = (own_program, page_not_listed)
BUILDING = (own_build,)
"""They take a catalog and what is known of how a register is built."""
