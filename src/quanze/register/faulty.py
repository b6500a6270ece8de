"""The files of laws that hold no sound record: under which names they would be known, and what is wrong with them."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from quanze.form import load_forms
from quanze.io.file import held
from quanze.io.yaml import MOST
from quanze.register.catalog import LAWS
from quanze.register.reading import RecordFile, faults
from quanze.register.tree import CATALOG, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.base.problem import Problem
    from quanze.register.catalog import Catalog

_NAME = re.compile("^[\"']?(?:名称|简称)[\"']? *[:： ] *[\"']?([^\"'#\n\\[]+)", re.MULTILINE)
_SHORT = re.compile("^简称 *[:：](.*(?:\n[ \t]+.*|\n-.*)*)", re.MULTILINE)
_WORD = re.compile("[\u4e00-\u9fff（）()]{2,}")


class FaultyLaw(NamedTuple):
    """A law's file that cannot be read."""

    id: str
    names: frozenset[str]
    """None where not even these can be made out: then it may be any law that nobody finds."""
    problem: Problem

    @property
    def titles(self) -> list[str]:
        """The names, the longest first: that is the full title."""
        return sorted(self.names, key=lambda name: (-len(name), name))

    def __str__(self) -> str:
        """Tell where it is and what is wrong with it."""
        problem, what = self.problem, "读不出来" if self.names else "名称也读不出来"
        place = f"第 {problem.line} 行第 {problem.column} 列"
        return f"{problem.path} 有错，{what}：{place}，{problem.message}；请先改正"


def faulty_laws(catalog: Catalog) -> Iterator[FaultyLaw]:
    """Yield the files of laws that have a fault of text or form."""
    for id_ in sorted(id_ for collection, id_ in catalog.broken if collection == LAWS):
        for file in sorted((catalog.root / CATALOG / LAWS).rglob(f"{id_}.yaml")):
            path = file.relative_to(catalog.root).as_posix()
            found = faults(catalog.root, RecordFile(path, LAWS), load_forms(catalog.root / SCHEMA)[LAWS])
            if found:
                yield FaultyLaw(id_, _names(_text(held(file, MOST))), found[0])


def _text(data: bytes) -> str:
    """Return what a file says, in the encodings that editors here write by mistake too."""
    for encoding in ("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return data.decode("utf-8", "replace")


def _names(text: str) -> frozenset[str]:
    """Return the titles that a file gives, as far as they can be made out in a text that is no sound YAML."""
    names = {match[1].strip().removeprefix("《").removesuffix("》") for match in _NAME.finditer(text)}
    names |= {word for block in _SHORT.findall(text) for word in _WORD.findall(block)}
    return frozenset({*names, *(name.removeprefix("中华人民共和国") for name in names)} - {""})
