"""Attachments: every file that a record publishes is there, is what its name says, and is the one that was meant."""

from __future__ import annotations

import hashlib
import stat
from typing import TYPE_CHECKING

from quanze.base.model import Record
from quanze.base.problem import Finding
from quanze.base.value import mapping, text
from quanze.form import kinds
from quanze.form.kinds.attachment import DIGEST, FILE, Attachment
from quanze.form.words import near, spot
from quanze.history.adjustment import ADJUSTMENTS
from quanze.io.file import walk
from quanze.io.yaml import escape
from quanze.law.adjustment import APPROVED, HASH
from quanze.register.links import FILES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from quanze.register.catalog import Catalog

_MOST = 20 * 1024 * 1024
"""Bytes that a file may have: one that is larger nobody reads on a telephone."""
_ZIP = (b"PK\x03\x04",)
TYPES: Mapping[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "ofd": _ZIP,
    "docx": _ZIP,
    "xlsx": _ZIP,
    "doc": (b"\xd0\xcf\x11\xe0",),
    "xls": (b"\xd0\xcf\x11\xe0",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "tsr": (b"0\x82", b"0\x83"),
}
"""The types of files that may be published, and how such a file begins."""


def attachment(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """附件须在 files/ 里，是 PDF、OFD、Word、Excel、图片或者时间戳，不超过 20 MB；写了校验值或者哈希的，不能被换掉。"""
    there = walk(catalog.root / FILES) if (catalog.root / FILES).is_dir() else []
    named = set()
    for occurrence in catalog.by_kind[kinds.ATTACHMENT]:
        attachment = Attachment.of(occurrence.value)
        path = attachment.path
        named.add(path)
        message = _fault(catalog.root / FILES / path, path, there)
        if message:
            yield Finding(occurrence.record, f"{occurrence.pointer}/{FILE}", f"{spot(occurrence.pointer)}：{message}")
        elif message := _replaced(catalog.root, path, attachment.digest):
            yield Finding(occurrence.record, f"{occurrence.pointer}/{DIGEST}", message)
    for record in catalog.records.get(ADJUSTMENTS, {}).values():
        approval = mapping(record.data.get(APPROVED))
        path = text(approval.get(FILE)).removeprefix(f"{FILES}/")
        if path in there and not _fault(catalog.root / FILES / path, path, there):
            named.add(path)
            if message := _replaced(catalog.root, path, text(approval.get(HASH))):
                yield Finding(record, f"/{APPROVED}/{HASH}", message)
    for path in there:
        if path not in named:
            record = Record(FILES, path, f"{FILES}/{path}", {})
            yield Finding(record, "", f"{FILES}/{escape(path)} 没有记录引用，不会公布；请引用它，或者删去", "review")


def _replaced(root: Path, path: str, told: str) -> str:
    """Return that a file is not the one whose digest was told; an empty string where it is, or none was."""
    digest = hashlib.sha256((root / FILES / path).read_bytes()).hexdigest() if told else ""
    said = f"{FILES}/{path} 的内容和登记的校验值不符，文件被换过；核对之后把校验值改为 {digest}"
    return said if digest != told else ""


def _fault(file: Path, path: str, there: list[str]) -> str:
    """Return what is wrong with a file, or an empty string; kind and size are asked before it is opened."""
    suffix = path.rpartition(".")[2]
    if suffix not in TYPES:
        return f"「{path}」不是可以公布的文件类型；可以用的有：{'、'.join(TYPES)}"
    try:
        status = file.lstat()
    except OSError:
        return f"{FILES}/{path} 不存在{near(path, there)}"
    if not stat.S_ISREG(status.st_mode) or any(parent.is_symlink() for parent in file.parents):
        return f"{FILES}/{path} 不是普通文件；请放文件本身，不要放链接"
    if status.st_size > _MOST:
        return f"{FILES}/{path} 有 {status.st_size / 1024 / 1024:.0f} MB，超过 20 MB；请压缩或者拆分"
    with file.open("rb") as opened:
        begin = opened.read(8)
    if not begin.startswith(TYPES[suffix]):
        return f"{FILES}/{path} 的内容不是 {suffix.upper()}；请核对扩展名，不要只改文件名"
    return ""


RULES = (attachment,)
