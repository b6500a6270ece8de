"""portal.yaml: which registers stand on a portal, where each is published, and what is known of its publisher."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from quanze.base.problem import Fault, Problem
from quanze.base.value import mapping, number, rows, text
from quanze.form import Validator
from quanze.io.file import Unfit, content
from quanze.io.yaml import MOST, marks, read
from quanze.proof.log import note
from quanze.register.settings import HOST, KEY, URL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.base.model import Value

FILE = "portal.yaml"
_SCHEMA = json.loads((Path(__file__).parent / "portal.schema.json").read_bytes())
_TITLE, _INTRO, _REGIONS, _SOURCES, _LIMITS = "名称", "简介", "区划", "来源", "限额"
_ID, _BODY, _REGION, _FIELD, _FOLDER, _CODE = "编号", "机关", "区划代码", "领域", "文件夹", "统一社会信用代码"
_FIRST, _REGION_CODE = "首次提交", "代码"
_ONCE = {_ID: "编号", _BODY: "机关", URL: "网址"}
"""What two sources must not share."""


@dataclass(frozen=True, slots=True)
class SourceLimits:
    """How much is taken from one source at most."""

    size: int = 256 << 20
    """In bytes, of all files together."""
    files: int = 5_000
    seconds: int = 300

    @classmethod
    def of(cls, data: Mapping[str, Value], usual: SourceLimits) -> SourceLimits:
        """Return what 限额 says; what it does not say is as usual."""
        return cls(
            number(data.get("兆字节")) << 20 or usual.size,
            number(data.get("文件数")) or usual.files,
            number(data.get("秒")) or usual.seconds,
        )


@dataclass(frozen=True, slots=True)
class Region:
    """An administrative region, by its code of six digits."""

    code: str
    name: str

    @property
    def above(self) -> tuple[str, ...]:
        """The codes of the regions that it lies in, the nearest first: 990101 lies in 990100 and 990000."""
        return tuple(
            code for code in (self.code[:4] + "00", self.code[:2] + "0000") if code != self.code and code < self.code
        )


@dataclass(frozen=True, slots=True)
class PublishedSource:
    """One bureau's register, as the portal knows it beforehand; what is not said is empty."""

    limits: SourceLimits
    id: str
    body: str
    """The bureau's full name."""
    region: str
    field: str
    address: str
    """Its own site, ending in a slash."""
    folder: str
    """Where it is taken from in the address's stead."""
    key: str
    first: str
    code: str
    """The unified social credit code of the bureau."""

    @classmethod
    def of(cls, data: Mapping[str, Value], usual: SourceLimits) -> PublishedSource:
        """Return what one entry says."""
        names = (_ID, _BODY, _REGION, _FIELD, URL, _FOLDER, KEY, _FIRST, _CODE)
        return cls(SourceLimits.of(mapping(data.get(_LIMITS)), usual), *(text(data.get(name)) for name in names))

    def url(self, path: str) -> str:
        """Return the address of a page of the bureau's own site."""
        return self.address + quote(path)

    @property
    def public_key(self) -> note.PublicKey | None:
        """The key of its publication log; None where none was agreed."""
        return note.public_key(self.key) if self.key else None


@dataclass(frozen=True, slots=True)
class PortalSettings:
    """What portal.yaml says; what it does not say is empty."""

    title: str
    intro: str
    address: str
    host: str
    regions: tuple[Region, ...]
    sources: tuple[PublishedSource, ...]

    @classmethod
    def of(cls, data: Mapping[str, Value]) -> PortalSettings:
        """Return the settings that a sound document holds."""
        usual = SourceLimits.of(mapping(data.get(_LIMITS)), SourceLimits())
        return cls(
            text(data.get(_TITLE)),
            text(data.get(_INTRO)),
            text(data.get(URL)),
            text(data.get(HOST)),
            tuple(Region(text(row.get(_REGION_CODE)), text(row.get(_TITLE))) for row in rows(data.get(_REGIONS))),
            tuple(PublishedSource.of(row, usual) for row in rows(data.get(_SOURCES))),
        )


def load(folder: Path) -> tuple[PortalSettings | None, tuple[Problem, ...]]:
    """Return what the portal.yaml of a folder says, or None and everything that is wrong with it, placed.

    Raises:
        Fault: there is no such file, or it is none that can be read.

    """
    try:
        body = content(folder / FILE, MOST)
    except FileNotFoundError:
        raise Fault(f"「{folder}」里没有 {FILE}；门户由它写明有哪些机关") from None
    except Unfit as why:
        raise Fault(f"{FILE} {why}") from None
    data, problems = read(body, FILE)
    if problems:
        return None, problems
    where = marks(body)
    errors = [error.problem(FILE, where) for error in Validator(_SCHEMA).errors(data)]
    if not errors:
        wrong = ((pointer, why) for pointer, why in _wrong(mapping(data), folder))
        errors = [Problem(FILE, *where.value(pointer), "portal-source", why, pointer) for pointer, why in wrong]
    return (None, tuple(errors)) if errors else (PortalSettings.of(mapping(data)), ())


def _wrong(data: Mapping[str, Value], folder: Path) -> Iterator[tuple[str, str]]:
    """Yield (pointer, sentence) of what no schema can tell."""
    regions = [text(row.get(_REGION_CODE)) for row in rows(data.get(_REGIONS))]
    yield from _repeated(regions, f"/{_REGIONS}", _REGION_CODE, "区划代码")
    sources = rows(data.get(_SOURCES))
    for name, word in _ONCE.items():
        yield from _repeated([text(source.get(name)) for source in sources], f"/{_SOURCES}", name, word)
    for index, source in enumerate(sources):
        at = f"/{_SOURCES}/{index}"
        region, inside, key = text(source.get(_REGION)), text(source.get(_FOLDER)), text(source.get(KEY))
        if region not in regions:
            yield f"{at}/{_REGION}", f"区划代码「{region}」没有写在上面的「{_REGIONS}」里；请补上它的名称，或者改正"
        if inside and not (folder / inside).is_dir():
            yield f"{at}/{_FOLDER}", f"没有文件夹「{inside}」；从 {FILE} 所在的文件夹算起"
        if key and not _is_key(key):
            yield f"{at}/{KEY}", f"「{key}」不是公布日志的公钥；应是 quanze log key 打印的那一行"


def _repeated(values: Sequence[str], at: str, name: str, word: str) -> Iterator[tuple[str, str]]:
    seen: dict[str, int] = {}
    for index, value in enumerate(values):
        first = seen.setdefault(value, index)
        if first != index:
            yield f"{at}/{index}/{name}", f"{word}「{value}」与第 {first + 1} 项的相同；各项不能重复"


def _is_key(line: str) -> bool:
    try:
        return note.public_key(line).kind == note.SIGNATURE
    except ValueError:
        return False
