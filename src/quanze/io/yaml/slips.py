"""Slips of the hand that make a YAML file unreadable, looked for line by line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Place = tuple[str, int, int, str]
"""(rule, line, column, what is wrong there)."""
SHOWN = 20
"""So many characters of a value are shown."""
_KEY = r"[^\s:：'\"#\[\]{},|>&*!%@`-][^\s:：'\"#\[\]{},]{0,40}"
_FULLWIDTH_COLON = re.compile(rf"(\s*(?:- +)*)({_KEY}) *：")
_MISSING_SPACE = re.compile(rf"(\s*(?:- +)*)({_KEY}):(?=[^\s/:])")
_BLOCK = re.compile(r"[|>][-+0-9]{0,2}\s*(?:#.*)?\Z")


def slips(lines: list[str]) -> Iterator[Place]:
    """Look line by line for the slips of the hand that make a file unreadable."""
    block: int | None = None
    for number, line in enumerate(lines, 1):
        indent = len(line) - len(line.lstrip(" \t"))
        if block is not None:
            if not line.strip() or indent > block:
                continue
            block = None
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if "\t" in line[:indent]:
            yield "yaml-tab", number, line.index("\t") + 1, "缩进用了制表符（Tab）；请改成空格，一层两个"
        elif slip := _FULLWIDTH_COLON.match(line):
            message = f"栏目「{slip[2]}」后面是全角冒号「：」；请改成半角冒号加一个空格「: 」"
            yield "yaml-fullwidth-colon", number, slip.end(), message
        elif (slip := _MISSING_SPACE.match(line)) and not line[: slip.end()].lstrip(" -").isascii():
            value = line[slip.end() :].strip()[:SHOWN]
            message = f"栏目「{slip[2]}」的冒号后面少了一个空格；请写成「{slip[2]}: {value}」"
            yield "yaml-missing-space", number, slip.end() + 1, message
        elif line.lstrip(" -").startswith(("［", "｛", "【")):
            yield "yaml-fullwidth", number, indent + 1, f"「{line.strip()[:SHOWN]}」用了全角括号；请改成半角"
        if _BLOCK.search(line):
            block = indent
