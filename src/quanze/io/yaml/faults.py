"""What is wrong with the text of a YAML file, in words a legal clerk understands."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from yaml import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    YAMLError,
)
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from quanze.base.printable import INVISIBLE, described, named
from quanze.base.problem import Problem
from quanze.io.yaml.slips import SHOWN, Place, slips

if TYPE_CHECKING:
    from collections.abc import Iterator

    Event = Any  # libyaml's events; their stubs know none of the attributes

MAX_BYTES = 1 << 20
MAX_DEPTH = 32

RULES = {
    "yaml-encoding": "文件须用 UTF-8 编码保存（可以带 BOM）。Windows 记事本另存时，编码一栏选「UTF-8」。",
    "yaml-excel": "Excel 工作簿不能改名成 .yaml，要用「导入」转换。",
    "yaml-empty": "文件不能是空的。",
    "yaml-size": "一条记录的文件不超过 1 MB。",
    "yaml-depth": "栏目套栏目不超过 32 层。",
    "yaml-conflict": "两个人改了同一处，合并时留下的冲突标记（<<<<<<< 和 >>>>>>>）不能留在文件里。",
    "yaml-line-ending": "换行须用 LF，不用 Windows 的 CRLF：同一行字在不同电脑上才不会显示成改动。",
    "yaml-control": "文件里不能有看不见的字符：控制字符、零宽字符、改变书写方向的字符，用转义写出来的也不行。",
    "yaml-tab": "缩进只用空格，不用制表符（Tab）。",
    "yaml-fullwidth-colon": "栏目名后面用半角冒号加一个空格「: 」，不用全角冒号「：」。",
    "yaml-missing-space": "栏目名后面的半角冒号和值之间要有一个空格。",
    "yaml-fullwidth-quote": '引号用半角的 "，不用全角的“”；文字本来不需要引号的，去掉引号。',
    "yaml-fullwidth": "数字、方括号、逗号须用半角字符。",
    "yaml-indentation": "同一层的栏目左边对齐，下一层比上一层多两个空格。",
    "yaml-quote": "引号要成对。",
    "yaml-bracket": "方括号、花括号要成对。",
    "yaml-duplicate-key": "同一层里一个栏目只能写一次。",
    "yaml-multiline": "一个值写在一行里；要分段的文字，在栏目名后写「|」，再另起一行缩进书写。",
    "yaml-comment": "空格后面的「#」是注释的开头：值里有的，给整个值加上半角引号；是注释的，「#」后面空一格。",
    "yaml-anchor": "不用锚点（&）和引用（*）：每条记录自己写全。",
    "yaml-tag": "不用类型标记（!）。",
    "yaml-document": "一个文件只写一条记录，不用「---」分成几份。",
    "yaml-root": "文件的最外层是「栏目: 值」。",
    "yaml-syntax": "文件的写法须是有效的 YAML。",
}

_UNREADABLE = {"yaml-syntax", "yaml-root", "yaml-multiline", "yaml-indentation", "yaml-bracket"}
_CONFLICT = re.compile(r"^([<>])\1{6}(?: .*)?\r?$", re.MULTILINE)
_UNSEEN = re.compile(INVISIBLE.pattern.replace("\r", ""))
"""What no file holds; a carriage return has its own rule."""
_FEW = 20
"""So many of them are told of one file."""
_COMMENT = re.compile(r"[ \t]+#[^\s#]\S*")


def explain(body: bytes, path: str) -> tuple[Problem, ...]:
    """Return everything that is wrong with the text of one file, without a BOM; none when nothing is."""
    return tuple(Problem(path, line, column, rule, message) for rule, line, column, message in _faults(body))


def _faults(body: bytes) -> list[Place]:
    whole = _not_text(body)
    if whole:
        return [whole]
    text = body.decode()
    hidden = list(islice(_hidden(text), _FEW))
    if hidden:
        return hidden
    lines = text.split("\n")
    faults = list(_conflicts(text)) or list(_line_endings(lines))
    if faults:
        return faults
    faults = list(_structure(text))
    if any(rule in _UNREADABLE for rule, *_ in faults):
        faults = list(slips(lines)) or _first_cause(faults)
    return sorted(faults, key=lambda fault: fault[1:3])


def _first_cause(places: list[Place]) -> list[Place]:
    """Keep what the clerk has to mend when a value over several lines and a syntax error are one slip."""
    if any(rule == "yaml-bracket" for rule, *_ in places):
        return [fault for fault in places if fault[0] != "yaml-multiline"]
    if any(rule == "yaml-multiline" for rule, *_ in places):
        return [fault for fault in places if fault[0] not in {"yaml-indentation", "yaml-syntax"}]
    return places


def _not_text(body: bytes) -> Place | None:
    """Tell what the file is when it is no YAML text at all."""
    if body.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return (
            "yaml-excel",
            1,
            1,
            "这是 Excel 或 Word 文件，只是改了扩展名；请用 quanze import 导入，或者把内容另写成文本",
        )
    if len(body) > MAX_BYTES:
        return "yaml-size", 1, 1, f"文件有 {len(body):,} 字节，超过 1 MB 的上限；一个文件只写一条记录"
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        column = len(body[body.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        guess = "看起来是 GBK（Windows 中文编码）" if _is_gbk(body) else "不是文本"
        return "yaml-encoding", line, column, f"文件不是 UTF-8 编码，{guess}；请在编辑器里选「另存为」，编码选 UTF-8"
    if not re.search(r"^[ \t]*[^#\s]", text, re.MULTILINE):
        return "yaml-empty", 1, 1, "文件是空的，没有任何栏目"
    return None


def _hidden(text: str) -> Iterator[Place]:
    """Yield every character that nobody sees, where it stands."""
    for hidden in _UNSEEN.finditer(text):
        line = text.count("\n", 0, hidden.start()) + 1
        yield "yaml-control", line, hidden.start() - text.rfind("\n", 0, hidden.start()), _unseen(hidden[0])


def _unseen(character: str) -> str:
    if character == "\ufffd":
        return f"这里有一个乱码字符 {named(character)}；请删掉它"
    return f"这里有一个看不见的字符 {described(character)}；请删掉它"


def _is_gbk(body: bytes) -> bool:
    try:
        body.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _conflicts(text: str) -> Iterator[Place]:
    """Report each begin of two versions that git could not merge; a stray end where no begin is left."""
    marks = [*_CONFLICT.finditer(text)]
    for mark in [mark for mark in marks if mark[1] == "<"] or marks[:1]:
        line = text.count("\n", 0, mark.start()) + 1
        message = "从这里起是合并冲突的两份内容，还没有决定用哪一份；请留下对的一份，删去「<<<<<<<」「>>>>>>>」等行"
        yield "yaml-conflict", line, 1, message


def _line_endings(lines: list[str]) -> Iterator[Place]:
    """Report a file with Windows line ends once, at the first."""
    for number, line in enumerate(lines, 1):
        if "\r" in line:
            message = "换行是 Windows 的 CRLF；请在编辑器右下角把行尾改成 LF 后保存"
            yield "yaml-line-ending", number, line.index("\r") + 1, message
            return


def _structure(text: str) -> Iterator[Place]:
    """Walk libyaml's events and report what our dialect refuses; stop where libyaml cannot go on."""
    parser = CParser(text)
    containers: list[_Container] = []
    documents = 0
    try:
        while parser.check_event():
            event = parser.get_event()
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    yield _at(event, "yaml-document", "从这里起是第二份文档；一个文件只写一条记录，请去掉「---」")
                    return
            elif isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent | AliasEvent):
                yield from _node(event, containers)
                if isinstance(event, ScalarEvent) and not event.style:
                    yield from _cut(event, text)
                if len(containers) > MAX_DEPTH:
                    yield _at(event, "yaml-depth", f"套了 {MAX_DEPTH} 层以上；请检查括号和缩进")
                    return
            elif isinstance(event, MappingEndEvent | SequenceEndEvent):
                containers.pop()
    except YAMLError as error:
        yield _syntax(error)
    except RecursionError:  # pragma: no cover
        yield "yaml-depth", 1, 1, f"套了 {MAX_DEPTH} 层以上；请检查括号和缩进"


class _Container:
    """A mapping or a list whose end has not come yet."""

    def __init__(self, *, mapping: bool) -> None:
        self.mapping = mapping
        self.key: str | None = None
        self.seen: dict[str, int] = {}


def _node(event: Event, containers: list[_Container]) -> Iterator[Place]:
    """Check one scalar, or the start of a mapping or a list, where it stands."""
    container = containers[-1] if containers else None
    if isinstance(event, AliasEvent):
        yield _at(event, "yaml-anchor", f"这里用了引用「*{event.anchor}」；请把内容写全")
    else:
        if event.anchor:
            yield _at(event, "yaml-anchor", f"这里用了锚点「&{event.anchor}」；请去掉，需要的内容各处写全")
        if event.tag:
            yield _at(event, "yaml-tag", f"这里用了类型标记「{event.tag}」；请去掉")
    scalar = isinstance(event, ScalarEvent)
    if scalar and (hidden := INVISIBLE.search(event.value)):
        yield _at(event, "yaml-control", _unseen(hidden[0]).replace("这里", "这个值里"))
    if scalar and not event.style:
        yield from _plain(event)
    if container and container.mapping and container.key is None:
        yield from _key(event, container)
    else:
        if not container and not isinstance(event, MappingStartEvent):
            yield _at(event, "yaml-root", "文件的最外层应当是「栏目: 值」，一行一个栏目")
        if container:
            container.key = None
    if isinstance(event, MappingStartEvent | SequenceStartEvent):
        containers.append(_Container(mapping=isinstance(event, MappingStartEvent)))


def _key(event: Event, container: _Container) -> Iterator[Place]:
    name = event.value if isinstance(event, ScalarEvent) else ""
    container.key = name or "?"
    if not name:
        yield _at(event, "yaml-syntax", "冒号前面没有栏目名")
    elif name in container.seen:
        first = container.seen[name]
        yield _at(event, "yaml-duplicate-key", f"栏目「{name}」写了两次，前一次在第 {first} 行；请合并成一个")
    else:
        container.seen[name] = event.start_mark.line + 1


def _plain(event: Event) -> Iterator[Place]:
    if event.start_mark.line != event.end_mark.line:
        shown = event.value if len(event.value) <= SHOWN else event.value[:SHOWN] + "…"
        message = f"这个值占了几行「{shown}」；可能下一行少了冒号，或者缩进多了。要分段的文字，在栏目名后写「|」"
        yield _at(event, "yaml-multiline", message)
    elif event.value.startswith("“") and event.value.endswith("”") and event.value.count("“") == 1:
        inner = event.value[1:-1]
        yield _at(event, "yaml-fullwidth-quote", f'「{event.value}」用了全角引号；请去掉引号，或写成 "{inner}"')


def _cut(event: Event, text: str) -> Iterator[Place]:
    """Report a value that ends where a number sign begins what looks like more of it, such as 看 #3 闸门."""
    comment = _COMMENT.match(text, event.end_mark.index)
    if comment:
        sign = comment[0].strip()
        message = f"「{sign}」被当作注释，不在值里；是值的一部分的，给整个值加上半角引号，是注释的，「#」后面空一格"
        column = event.end_mark.column + len(comment[0]) - len(sign) + 1
        yield "yaml-comment", event.end_mark.line + 1, column, message


def _at(event: Event, rule: str, message: str) -> Place:
    return rule, event.start_mark.line + 1, event.start_mark.column + 1, message


_SYNTAX = (
    ("while scanning a quoted scalar", "yaml-quote", "这里的引号没有配对；请在文字末尾补上引号"),
    ("cannot start any token", "yaml-syntax", "这里的符号不能放在值的开头；请给整个值加上半角引号"),
    ("while parsing a flow", "yaml-bracket", "方括号或花括号没有配对，或者里面用了全角逗号；请用「[甲, 乙]」的写法"),
    (
        "mapping values are not allowed",
        "yaml-indentation",
        "这里多了一个冒号，或者缩进不对；值里有冒号的，给整个值加上半角引号",
    ),
    ("while parsing a block", "yaml-indentation", "缩进不对；同一层的栏目左边要对齐，下一层多两个空格"),
    ("while scanning a simple key", "yaml-indentation", "这一行少了冒号，或者缩进不对；写法是「栏目: 值」"),
    ("while scanning a block scalar", "yaml-indentation", "「|」下面的文字缩进不对；每行都比栏目名多两个空格"),
)


_FROM_THE_START = ("while scanning a quoted", "while scanning a simple", "while parsing a flow")
"""What is mended where it begins, not where libyaml gives up."""


def _syntax(error: YAMLError) -> Place:
    """Turn libyaml's complaint into one sentence at its place."""
    words = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or ''}"
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    for phrase, rule, message in _SYNTAX:
        if phrase in words:
            start = getattr(error, "context_mark", None)
            if start and phrase.startswith(_FROM_THE_START):
                line, column = start.line + 1, start.column + 1
            return rule, line, column, message
    return "yaml-syntax", line, column, "这里的写法读不懂；请与同类文件对照"
