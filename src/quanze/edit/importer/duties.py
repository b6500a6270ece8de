"""Duties as lists write them in one cell, “1.立案责任：…2.调查责任：…”, → a stage each."""

from __future__ import annotations

import re
from sys import intern
from typing import TYPE_CHECKING

from quanze.edit.importer.words import simplified
from quanze.form.kinds import stage
from quanze.law.citation import BASIS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quanze.base.model import Value

_MARK = re.compile(
    r"(?:(?<=\n)|(?<=\A)|(?<=[。；;：:]))[ 　]*(?:"
    r"(?P<arabic>[0-9]{1,2})[ ]*[.．、)）][ ]*(?![0-9])|[（(](?P<round>[0-9]{1,2})[）)]"
    r"|(?P<chinese>[一二三四五六七八九十]{1,3})、|[（(](?P<inner>[一二三四五六七八九十]{1,3})[）)]|(?P<circled>[①-⑳]))"
)
_NAMED = re.compile(r"\A(?P<name>[^：:。；;，,\n]{1,16}?)(?:阶段)?(?:环节)?(?:的)?(?:责任)?[：:]\s*", re.DOTALL)
_LINE = re.compile(r"^(?P<name>[^：:。；;，,\n]{1,12}?)(?:阶段|环节)?责任[：:]", re.MULTILINE)
_CHINESE = "零一二三四五六七八九十"
DUTY = "责任："
"""What stands between the name of a stage and its duties."""
WHOLE = "全部环节"
"""The name of the stage where a text names none."""


def stages(text: str) -> list[dict[str, Value]]:
    """Return the stages of a text, each with its name and what is to be done; one where it has no parts."""
    before, *parts = _numbered(text) or ("", *(_lined(text) or [text.strip()]))
    found = [_stage(part, number, len(parts)) for number, part in enumerate(parts, 1)]
    if before:  # 一般程序： stands over the stages and is none
        found[0][stage.DUTY] = f"{before}\n{found[0][stage.DUTY]}"
    return found


def told(text: str, parts: Sequence[str]) -> list[dict[str, str]]:
    """Return the parts of stages as a list tells them (环节：受理；内容：…), a line each; nothing for another text."""
    starts = [one.start() for one in re.finditer(rf"^{parts[0]}：", text, re.MULTILINE)]
    if not starts or text[: starts[0]].strip():
        return []
    labels = re.compile(rf"(?:\A|[；\n])(?P<label>{'|'.join(map(re.escape, parts))})：")
    found: list[dict[str, str]] = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        line, said = text[start:end].strip(), dict[str, str]()
        marks = [*labels.finditer(line)]
        for one, stop in zip(marks, [*(mark.start() for mark in marks[1:]), len(line)], strict=True):
            again = f"{said[one['label']]}；{one['label']}：" if one["label"] in said else ""
            said[one["label"]] = again + line[one.end() : stop].strip()
        found.append(said)
    return found


def of_columns(text: str, names: Sequence[str]) -> list[dict[str, Value]]:
    """Return the stages of a text in which each begins with its name, as columns of those names give it."""
    heads = "|".join(re.escape(f"{name}{DUTY}") for name in names)
    starts = [*re.finditer(rf"^(?:{heads})", text, re.MULTILINE)]
    ends = [*(one.start() for one in starts[1:]), len(text)]
    return [
        {stage.NAME: one[0].removesuffix(DUTY), stage.DUTY: text[one.end() : end].strip()}
        for one, end in zip(starts, ends, strict=True)
    ]


def numbered(text: str) -> list[str]:
    """Cut a text at its numbers, all of one kind and as far as they go up; nothing if it has none."""
    before, *parts = _numbered(text) or [""]
    return [f"{before}\n{parts[0]}".strip(), *parts[1:]] if before else parts


def _numbered(text: str) -> list[str]:
    """Return what stands before the first number of a text, and its parts; nothing if it has none."""
    best: list[re.Match[str]] = []
    found = [*_MARK.finditer(text)]
    for kind in dict.fromkeys(mark.lastgroup for mark in found):
        marks: list[re.Match[str]] = []
        last = 0
        for mark in found:
            number = _number(mark[kind]) if kind and mark[kind] else 0
            if number and (number > last if last else number <= 2):  # noqa: PLR2004 — jumping numbers are usual
                marks.append(mark)
                last = number
        if marks and (not best or marks[0].start() < best[0].start()):
            best = marks
    if len(best) < 2 and not (best and best[0].start() == 0):  # noqa: PLR2004
        return []
    starts = [mark.start() for mark in best]
    parts = [text[mark.end() : end].strip() for mark, end in zip(best, [*starts[1:], len(text)], strict=True)]
    return [text[: starts[0]].strip(), *parts]


def _lined(text: str) -> list[str]:
    """Cut a text at lines that begin with the name of a stage, as 受理责任：… does."""
    starts = [mark.start() for mark in _LINE.finditer(simplified(text))]
    if not starts or text[: starts[0]].strip():
        return []
    return [text[start:end].strip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _stage(part: str, number: int, of: int) -> dict[str, Value]:
    named = _NAMED.match(simplified(part))
    if named and part[named.end() :].strip():
        return {stage.NAME: intern("".join(named["name"].split())), stage.DUTY: part[named.end() :].strip()}
    return {stage.NAME: f"第{number}环节" if of > 1 else WHOLE, stage.DUTY: part}


def _number(text: str) -> int:
    if text.isascii():
        return int(text)
    if "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    tens, ten, ones = text.rpartition("十")
    return (_CHINESE.index(tens or "一") * 10 if ten else 0) + (_CHINESE.index(ones) if ones else 0)


def with_bases(found: Sequence[dict[str, Value]], bases: Sequence[Sequence[Value]]) -> list[dict[str, Value]]:
    """Give each stage its bases, where there are as many; nothing is given where there are not."""
    if len(found) != len(bases):
        return [dict(one) for one in found]
    return [{**one, **({BASIS: cited} if cited else {})} for one, cited in zip(found, bases, strict=True)]
