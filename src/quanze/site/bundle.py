"""The site's scripts as pages load them: each with all that it imports, as one classic script.

A page opened from a folder without a server may load classic scripts alone, and from a server one file comes sooner
than ten in a row. The sources are ECMAScript modules of a plain shape, told below; anything else is a Fault, so nothing
is lost unseen. A module that several scripts of a page have runs once: they share `globalThis.quanze`. What a script
loads when it needs it leaves out the modules that are there by then.
"""

from __future__ import annotations

import posixpath
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from quanze.base.problem import Fault
from quanze.law import workdays
from quanze.law.reader.lexicon import MODULE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ASSETS: Final = Path(__file__).parents[1] / "frame/assets"
LEXICON: Final = "reader/lexicon.js"
"""The words of the browser's reader of citations: the data file of the generator's own."""
PORTAL: Final = "portal/"
"""What only a portal loads."""
WORKDAYS: Final = "workdays.js"
"""The days that the arrangements of holidays turn, as far as they are known."""

_IMPORT: Final = re.compile(r'^import (?:(\w+)|\{([^}]*)\}) from "(\.[^"]+)";$', re.MULTILINE)
_PASSED: Final = re.compile(r'^export \{([^}]*)\}(?: from "(\.[^"]+)")?;$', re.MULTILINE)
_DEFAULT: Final = re.compile(r"^export default ", re.MULTILINE)
_EXPORT: Final = re.compile(r"^export ((?:async )?function\*?|const|let|class) (\w+)", re.MULTILINE)
_COMMENT: Final = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*\n", re.MULTILINE | re.DOTALL)
"""A comment that has its lines for itself: nobody reads it on the site."""
_MARGIN: Final = re.compile(r"^[ \t]+|(?<=[;,{}])[ \t]+// [^\n]*$", re.MULTILINE)
"""What stands before a line, and a comment after one."""
_REMARK: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_LEFT: Final = re.compile(r"^(?:import|export)\b.*|\bimport[.(].*", re.MULTILINE)


@cache
def modules() -> Mapping[str, str]:
    """Return the sources by their path below the folder of assets."""
    found = {path.relative_to(ASSETS).as_posix(): path.read_text("utf-8") for path in sorted(ASSETS.rglob("*.js"))}
    return {**found, LEXICON: MODULE, WORKDAYS: workdays.module()}


def scripts() -> tuple[str, ...]:
    """Return the modules that no other imports: what pages load, and what is loaded when it is needed."""
    return tuple(name for name in _roots() if not name.startswith(PORTAL))


def _roots() -> tuple[str, ...]:
    imported = {other for name, source in modules().items() for other in _imports(name, source)}
    return tuple(name for name in modules() if name not in imported)


def joined(sheets: Iterable[str]) -> str:
    """Return several style sheets as one, without comments and margins: one file comes sooner and packs tighter."""
    lines = (line.strip() for sheet in sheets for line in _REMARK.sub("", sheet).splitlines())
    return "\n".join(filter(None, lines)) + "\n"


@cache
def bundle(script: str) -> str:
    """Return a script with all that it imports, each module after those that it needs."""
    there = _there(script)
    body = "".join(_wrapped(name) for name in _parts(script) if name not in there)
    return f'"use strict";\n(() => {{\nconst quanze = (globalThis.quanze ??= {{}});\n{body}}})();\n'


def _parts(script: str) -> Mapping[str, None]:
    """Return the modules of a script, each after those that it needs."""
    order: dict[str, None] = {}
    _gather(script, order, ())
    return order


def _there(script: str) -> frozenset[str]:
    """Return the modules that every script has which loads this one; none for what is opened by itself."""
    asks = {name for name, source in modules().items() if f' load("{script}")' in source}
    if not asks or any(f'new URL("{script}"' in source for source in modules().values()):
        return frozenset()
    every = [frozenset(_parts(name)) for name in _roots()]
    return frozenset.intersection(*(parts for parts in every if not asks.isdisjoint(parts)))


def _gather(name: str, order: dict[str, None], above: tuple[str, ...]) -> None:
    if name in above:
        raise Fault(f"脚本互相引用：{' → '.join((*above, name))}")
    for other in _imports(name, modules()[name]):
        if other not in order:
            _gather(other, order, (*above, name))
    order[name] = None


@cache
def _imports(name: str, source: str) -> tuple[str, ...]:
    found = [match[2] for match in _IMPORT.findall(source)]
    passed = [match[1] for match in _PASSED.findall(source) if match[1]]
    return tuple(_place(name, path) for path in (*found, *passed))


def _place(name: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))


def _wrapped(name: str) -> str:
    """Return a module as a function that runs once and returns what it exports."""
    source = _MARGIN.sub("", _COMMENT.sub("", modules()[name]))
    given: dict[str, str] = {}

    def imported(match: re.Match[str]) -> str:
        module = f'quanze["{_place(name, match[3])}"]'
        if match[1]:
            return f"const {match[1]} = {module}.default;"
        names = ", ".join(one.strip().replace(" as ", ": ") for one in match[2].split(",") if one.strip())
        return f"const {{ {names} }} = {module};"

    def passed(match: re.Match[str]) -> str:
        module = f'quanze["{_place(name, match[2])}"].' if match[2] else ""
        for one in filter(None, map(str.strip, match[1].split(","))):
            own, _, other = one.partition(" as ")
            given[other or own] = module + own
        return ""

    def exported(match: re.Match[str]) -> str:
        given[match[2]] = match[2]
        return f"{match[1]} {match[2]}"

    source = _IMPORT.sub(imported, source)
    source = _PASSED.sub(passed, source)
    source, defaults = _DEFAULT.subn("const made = ", source)
    if defaults:
        given["default"] = "made"
    source = _EXPORT.sub(exported, source)
    left = _LEFT.search(source)
    if left:
        raise Fault(f"脚本 {name} 里的「{left[0][:60]}」不是能合并的写法")
    told = ", ".join(f"{key}: {value}" if key != value else key for key, value in given.items())
    return f'quanze["{name}"] ??= (() => {{\n{source}return {{ {told} }};\n}})();\n'
