"""The register's mkdocs.yml: what is wrong with it, in words that its people understand."""

from __future__ import annotations

import math
import re
from os.path import relpath
from typing import TYPE_CHECKING, NamedTuple

from yaml import (
    CollectionNode,
    MappingNode,
    MarkedYAMLError,
    ScalarNode,
    YAMLError,
    compose,
)
from yaml.cyaml import CSafeLoader

from quanze.base.printable import printable
from quanze.base.problem import Fault
from quanze.io.file import Unfit, content
from quanze.io.yaml import MOST, explain
from quanze.io.yaml.faults import MAX_DEPTH
from quanze.io.yaml.foreign import too_deep
from quanze.register.tree import FRAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from yaml import Mark, Node

_MOST_SETTINGS, _MOST_NODES = 500, 100_000
_NEEDED = {"site_name": "site_name: 权责清单", "hooks": "hooks: [hooks/quanze_hooks.py]"}
_VALUE = re.compile(r"(?:WARNING|ERROR) +-? *Config value '([^']+)': (.*)")
_ABSENT = re.compile(r"The path (?:set in (?P<inner>\w+) \()?'(?P<path>.+)'\)? (?:isn't an existing|does not exist)")
_EXTENSION = re.compile(r"Failed to load extension '(.+)'")
_ADDED = tuple(
    map(
        re.compile,
        (
            r"^[A-Za-z_.]*(?:Error|Exception)(?:: |$)",
            r"ERROR +-? *Error (?:reading|building) page ",
            r"cannot find (?:module )?'",
            r' {4}|  File "',
        ),
    )
)
"""What MkDocs adds of why, in lines of their own: a Python's words."""
_MARK = re.compile(r' +in ".+", line (\d+), column (\d+)$')
_TEMPLATES = "extra_templates"
_TEMPLATE = re.compile(r"WARNING +-? *Template skipped: '(.+)' not found in docs_dir")
_INHERIT = "INHERIT"
_THEME = "theme"
_DOCS, _SITE = "docs_dir", "site_dir"
_READS = frozenset({_DOCS, "hooks", _THEME, "plugins", "markdown_extensions", "watch"})
"""The settings in which a path says what is read."""
_OUTSIDE = re.compile(r"^(?:[/\\~]|[A-Za-z]:[/\\])|(?:^|[/\\])\.\.(?:[/\\]|$)")
_NAVIGATION = "nav"
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.\-\s]*):")
_ROOTED = re.compile(r"\s*[/\\]\s*\S")
"""A path from the root of a disk or server, of which nobody knows here what it leads to: / alone is its home page."""
_LEADS = frozenset({"http", "https", "mailto", "tel"})
"""Where an entry of the navigation may lead, besides to a page."""
_YAML = "tag:yaml.org,2002:"
_PYTHON = f"{_YAML}python/"
_MERGE = f"{_YAML}merge"
_NO_YAML = "从这里起不合 YAML 的写法；请核对缩进、冒号、引号和括号，最外层是「名称: 值」"
_ITS_OWN_END = "Aborted with "
_OTHERS = frozenset({"yaml-anchor", "yaml-tag", "yaml-multiline", "yaml-comment"})
"""What no record may hold and this file may."""


class FrameFile(NamedTuple):
    """Where the settings of mkdocs.yml stand."""

    places: Mapping[str, tuple[int, int]]
    """Line and column of each setting at the top, and of each of the theme's as theme.name, from 1."""
    root: Path

    @classmethod
    def of(cls, root: Path) -> FrameFile:
        """Read the file of a register.

        Raises:
            Fault: it is not there, is no YAML, or lacks what every register needs.
            OSError: it cannot be read.

        """
        path = root / FRAME
        if not path.is_file():
            raise Fault(f"没有 {FRAME}；它写着网站的导航和 hooks，从版本库里恢复，或者照 quanze init 建的写一份")
        try:
            body = content(path, MOST)
        except Unfit as why:
            raise Fault(f"{FRAME} {why}") from None
        try:
            if too_deep(body):
                raise Fault(f"{FRAME}:1:1: 套了 {MAX_DEPTH} 层以上；请检查括号和缩进")
            top = compose(body, Loader=CSafeLoader)
        except (YAMLError, ValueError) as error:
            raise Fault(_syntax(body, getattr(error, "problem_mark", None))) from None
        if not isinstance(top, MappingNode):
            raise Fault(_syntax(body))
        for told in _too_much(top):
            raise Fault(f"{FRAME}:1:1: {told}")
        marks = dict(_marks(top))
        for told, mark in (*_unsafe(top), *_unreadable(top)):
            raise Fault(f"{FRAME}:{mark.line + 1}:{mark.column + 1}: {told}")
        for name, line in _NEEDED.items():
            if name not in marks:
                raise Fault(f"{FRAME}:1:1: 没有写 {name}；请写上一行 {line}")
        return cls({name: (mark.line + 1, mark.column + 1) for name, mark in marks.items()}, root)

    def worded(self, line: str) -> str:
        """Return a line that MkDocs says about its settings as a sentence; empty where it tells nothing more."""
        if place := _MARK.match(line):
            return f"{FRAME}:{place[1]}:{place[2]}: 这里写的读不懂，或者它指着的程序找不到；请核对拼写，或者删去"
        if template := _TEMPLATE.match(line):
            return f"{FRAME}:{self._at(_TEMPLATES)}: 没有「docs/{template[1]}」；请核对拼写，或者放进去"
        found = _VALUE.match(line)
        if not found:
            return "" if line.startswith(_ITS_OWN_END) or any(one.match(line) for one in _ADDED) else line
        name = found[1]
        absent = _ABSENT.search(found[2])
        if absent:
            at = self._at(f"{name}.{absent['inner']}" if absent["inner"] else name)
            path = relpath(absent["path"], self.root).replace("\\", "/")
            return f"{FRAME}:{at}: 没有「{path}」；请核对拼写，或者建好并提交（空文件夹 git 不收）"
        if name == _SITE:  # given by whoever builds, never by the file
            return f"{FRAME}:{self._at(_DOCS)}: 网站不能放在「{_DOCS}」的文件夹里，也不能包着它；请另写一个文件夹"
        at = self._at(name)
        extension = _EXTENSION.match(found[2])
        if extension:
            return f"{FRAME}:{at}: 没有扩展「{extension[1]}」，或者它装载不了；请核对拼写，或者删去"
        if found[2].startswith("Unrecognised configuration"):
            return f"{FRAME}:{at}: MkDocs 没有「{name}」这一项设置；请核对拼写，或者删去"
        return f"{FRAME}:{at}: 「{name}」写的值 MkDocs 不认；请核对，或者恢复成 quanze init 写的样子"

    def _at(self, name: str) -> str:
        return ":".join(map(str, self.places.get(name, (1, 1))))


def _too_much(top: MappingNode) -> Iterator[str]:
    """Yield of what there is too much: settings, or values where each alias is written out."""
    if len(top.value) > _MOST_SETTINGS:
        yield f"写了 {len(top.value):,} 项设置，超过 {_MOST_SETTINGS} 项的上限；请删去用不上的"
    try:
        whole = _expanded(top, {})
    except RecursionError:
        whole = math.inf
    if whole > _MOST_NODES:
        yield "「*」引用一层套一层，展开以后太大；请把内容写在用它的地方"


def _expanded(node: Node, known: dict[int, float]) -> float:
    """Return how many values there are below one where each alias is written out; no end of one that holds itself."""
    if id(node) not in known:
        known[id(node)] = math.inf
        parts = node.value if isinstance(node, CollectionNode) else ()
        inner = (one for part in parts for one in (part if isinstance(part, tuple) else (part,)))
        known[id(node)] = 1 + sum(_expanded(one, known) for one in inner)
    return known[id(node)]


def _marks(top: MappingNode) -> Iterator[tuple[str, Mark]]:
    for name, value in top.value:
        yield str(name.value), name.start_mark
        if name.value == _THEME and isinstance(value, MappingNode):
            yield from ((f"{_THEME}.{key.value}", key.start_mark) for key, _ in value.value)


def _unsafe(top: MappingNode) -> Iterator[tuple[str, Mark]]:
    """Yield what of the settings would run a program, or read what no commit of the register holds."""
    for key, value in top.value:
        if key.value == _INHERIT:
            yield f"不写 {_INHERIT}；全部设置都写在这一个文件里", key.start_mark
        for node in _below(value, set()):
            if node.tag.startswith(_PYTHON) and not node.tag.startswith(f"{_PYTHON}name:"):
                yield f"「!!{node.tag.removeprefix(_YAML)}」会运行程序；设置里不能这样写", node.start_mark
            if key.value in _READS and isinstance(node, ScalarNode) and _OUTSIDE.search(node.value):
                yield f"「{node.value}」在项目文件夹外面；网站只由版本库里的文件生成", node.start_mark
        for node in _targets(value, set()) if key.value == _NAVIGATION else ():
            scheme = _SCHEME.match(node.value)
            if _ROOTED.match(node.value) or (scheme and scheme[1].lower() not in _LEADS):
                yield f"导航不能通到「{node.value}」；写 docs/ 里的页面，或者 https:// 开头的网址", node.start_mark


class _Values(CSafeLoader):
    """Makes values of nodes as MkDocs does, but of a tag of its own nothing: that may run a program."""


_Values.add_multi_constructor("!", lambda *_: None)
_Values.add_multi_constructor(_PYTHON, lambda *_: None)


def _unreadable(top: MappingNode) -> Iterator[tuple[str, Mark]]:
    """Yield what is YAML by its signs and no value: a day that no month has, what joins a map and is none."""
    loader = _Values(b"")
    try:
        for node in _below(top, set()):
            if isinstance(node, ScalarNode) and node.tag != _MERGE:
                try:
                    loader.construct_document(node)
                except ValueError:
                    yield f"「{printable(node.value)}」不是有效的数或者日期；是文字的，加上引号", node.start_mark
                    return
        loader.construct_document(top)
    except MarkedYAMLError as error:
        yield _NO_YAML, error.problem_mark or error.context_mark or top.start_mark


def _targets(node: Node, seen: set[int]) -> Iterator[ScalarNode]:
    """Yield where the entries of a navigation lead, each once however often an alias names it: no titles."""
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, ScalarNode):
        yield node
    for one in node.value if isinstance(node, CollectionNode) else ():
        yield from _targets(one[1] if isinstance(one, tuple) else one, seen)


def _below(node: Node, seen: set[int]) -> Iterator[Node]:
    """Yield a node and all below it, each once however often an alias names it."""
    if id(node) in seen:
        return
    seen.add(id(node))
    yield node
    for one in node.value if isinstance(node, CollectionNode) else ():
        for inner in one if isinstance(one, tuple) else (one,):
            yield from _below(inner, seen)


def _syntax(body: bytes, mark: Mark | None = None) -> str:
    told = [problem for problem in explain(body, FRAME) if problem.rule not in _OTHERS]
    if told:
        return f"{FRAME}:{told[0].line}:{told[0].column}: {told[0].message}"
    at = f"{mark.line + 1}:{mark.column + 1}" if mark else "1:1"
    return f"{FRAME}:{at}: {_NO_YAML}"
