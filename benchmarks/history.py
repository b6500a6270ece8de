"""How long the whole history of a large register takes: cold, and with what an earlier run kept.

    python -m benchmarks.history

The repository is made up: 2,000 full records, then 500 commits of 5 records each and, in their middle, one that
touches 1,000. The same figures every time, and the same bytes.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import items
from benchmarks.generate import lines
from quanze import history

if TYPE_CHECKING:
    from collections.abc import Iterator

RECORDS, COMMITS, EACH, LARGE = 2_000, 500, 5, 1_000
_START = 1_700_000_000
_DAY = 86_400
_STRIDE = 7  # prime to RECORDS: every record has its turn


def _file(number: int, edits: int) -> bytes:
    """Return the file of a record after so many edits, each of two fields."""
    data = {**items.item(number)}
    if edits:
        data["备注"] = f"第 {edits} 次修改时补充的说明。\n"
        data["核对"] = {"日期": f"2025-01-{edits % 28 + 1:02}", "来源": "示例来源"}
    return ("\n".join(lines(data)) + "\n").encode()


def _commits() -> Iterator[list[int]]:
    """Yield the numbers of the records that each commit touches."""
    yield [*range(RECORDS)]
    for commit in range(COMMITS):
        if commit == COMMITS // 2:
            yield [*range(0, RECORDS, RECORDS // LARGE)]
        yield [(commit * EACH + place) * _STRIDE % RECORDS for place in range(EACH)]


def _stream() -> Iterator[bytes]:
    """Yield the repository as `git fast-import` reads it."""
    edits: dict[int, int] = {}
    for commit, numbers in enumerate(_commits()):
        message = f"第 {commit} 次提交".encode()
        when = _START + commit * _DAY
        yield f"commit refs/heads/main\ncommitter 测试 <test@example.org> {when} +0800\ndata {len(message)}\n".encode()
        yield message + b"\n"
        for number in numbers:
            content = _file(number, edits.setdefault(number, 0))
            edits[number] += 1
            yield f"M 644 inline catalog/items/{items.item_id(number)}.yaml\ndata {len(content)}\n".encode()
            yield content + b"\n"


def make(folder: Path) -> None:
    """Make the repository in an empty folder."""
    for command, text in ((["init", "--quiet", "--initial-branch=main"], b""), (["fast-import", "--quiet"], b"".join(_stream()))):
        subprocess.run(["git", "-C", str(folder), *command], input=text, check=True)  # noqa: S603, S607
    subprocess.run(["git", "-C", str(folder), "checkout", "--quiet", "main"], check=True)  # noqa: S603, S607


def measure(folder: Path) -> None:
    """Read the history in a process of its own and print a row of the table."""
