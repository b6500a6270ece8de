"""One source's newest state, taken within its limits, every file checked, and held against what is known of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.portal import reading
from quanze.proof import manifest
from quanze.proof.log.publications import Checkpoint, PublicationLog, fetch
from quanze.proof.remote import MAX_BYTES, Folder, Web
from quanze.proof.response import Late, Oversized, Silent, Unreadable
from quanze.proof.verify import early
from quanze.register.life import real

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from quanze.portal.settings import PublishedSource
    from quanze.portal.state import SourceState
    from quanze.proof.manifest import Manifest
    from quanze.proof.remote import Published

DOWN, SLOW, BROKEN, BACK, NEWER = "读不到", "太慢", "被改动", "退回旧版", "数据版本新"
ANOTHER, LARGE, UNREADABLE, CLAIMS = "换了发布者", "超出限额", "读不懂", "冒用"
DRAFT, EARLY, PAST = "草稿", "日期未到", "法律日期早"


class Refused(Exception):  # noqa: N818
    """A source's newest state is not taken; the text says why."""

    def __init__(self, kind: str, said: str) -> None:
        super().__init__(said)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class TakenState:
    """A state that was taken whole."""

    manifest: Manifest
    digest: str
    files: Mapping[str, bytes]
    dated: str
    log: PublicationLog | None
    signed: bool


def place(source: PublishedSource, here: Path) -> Published:
    """Return where a source is taken from."""
    return Folder(here / source.folder) if source.folder else _Twice(Web(source.address, source.limits.seconds))


def take(site: Published, source: PublishedSource, held: SourceState, at: str = "") -> TakenState | None:
    """Return a source's newest state; None where it is the one that is held. `at` is today, where that is told.

    Raises:
        Refused: it is not there, not whole, not within the limits, or not what may follow upon the one that is held.

    """
    end = time.monotonic() + source.limits.seconds
    content = _read(site, manifest.NAME, source.limits.size, end, source)
    if content is None:
        raise Refused(DOWN, f"那里没有 {manifest.NAME}：不是 quanze 发布的网站，或者已经撤下")
    digest = manifest.digest(content)
    log = _log(site)
    signed = _trusted(log, source)
    _goes_on(log, held, digest)
    if digest == held.manifest:
        return None
    try:
        listed = manifest.parse(content)
        paths = reading.wanted(listed.files)
        files = _files(site, listed, paths, source, end)
        dated = reading.dated(files)
    except reading.NewerData as why:
        raise Refused(NEWER, f"它的数据是第 {why} 版，这个门户的程序只读第 1 版；请升级门户的 quanze") from None
    except (ValueError, RecursionError):
        raise Refused(UNREADABLE, f"{manifest.NAME} 或者数据目录读不懂：不是 quanze 写的，或者被改动过") from None
    if not listed.origin.commit:
        raise Refused(DRAFT, "那里是没有写明提交的草稿：由没有提交的内容生成，谁也核对不了")
    if log and log.entries[-1].commit != listed.origin.commit:
        raise Refused(BROKEN, f"公布日志的最后一条写的提交不是 {manifest.NAME} 写的 {listed.origin.commit[:12]}")
    _come(dated, at)
    for said in early(listed, dated):
        raise Refused(PAST, said)
    if dated < held.dated:
        raise Refused(BACK, f"那里现在是 {dated or '没有日期'} 的数据，早于已经取到的 {held.dated}")
    return TakenState(listed, digest, files, dated, log, signed)


def _come(dated: str, at: str) -> None:
    """Refuse a day that is none or has not come: all that came after it would be older. Somewhere it is tomorrow."""
    day, today = real(dated), real(at)
    if dated and not day:
        raise Refused(UNREADABLE, "它的数据写的日期不是日期：不是 quanze 写的，或者被改动过")
    if day and today and (day - today).days > 1:
        raise Refused(EARLY, f"它的数据写的日期 {dated} 还没有到：采用了它，以后真实的日期就都早于它")


def _log(site: Published) -> PublicationLog | None:
    try:
        return fetch(site)
    except Fault as fault:
        cause = fault.__cause__
        raise Refused(_kind(cause) if isinstance(cause, Unreadable) else BROKEN, str(fault)) from None


def _trusted(log: PublicationLog | None, source: PublishedSource) -> bool:
    """Tell whether the head of the log bears the agreed signature; refuse one that is another publisher's."""
    key = source.public_key
    if (key or source.first) and not (log and log.entries):
        raise Refused(ANOTHER, "那里没有公布日志，无法确认还是约定的发布者")
    if log and source.first and log.entries[0].commit != source.first:
        begun = log.entries[0].commit[:12]
        raise Refused(ANOTHER, f"公布日志从提交 {begun} 开始，不是约定的 {source.first[:12]}")
    if not key or not log:
        return False
    try:
        time_ = log.signed.signed_by(key) if log.signed else None
    except ValueError:
        raise Refused(ANOTHER, f"公布日志上写着 {key.name} 的签名，但签名不对") from None
    if time_ is None:
        raise Refused(ANOTHER, f"公布日志没有约定的公钥 {key.name} 的签名")
    return True


def _goes_on(log: PublicationLog | None, held: SourceState, digest: str) -> None:
    """Refuse a log that does not go on from the one that was seen, or does not name what is there."""
    if held.checkpoint:
        seen = Checkpoint.of(held.checkpoint)
        if not log:
            raise Refused(BACK, f"公布日志不见了：上次看到时有 {seen.size} 次公布")
        if not log.begins_with(seen):
            less = len(log.entries) < seen.size
            why = f"只有 {len(log.entries)} 次，上次看到时有 {seen.size} 次" if less else "与上次看到的接不上，被改写过"
            raise Refused(BACK, f"公布日志{why}")
    if log and (not log.entries or log.entries[-1].manifest != digest):
        raise Refused(BACK, "公布日志的最后一条写的不是那里现在的这一版：退回过旧版，或者公布没有做完")


def _files(
    site: Published, listed: Manifest, paths: list[str], source: PublishedSource, end: float
) -> dict[str, bytes]:
    limits, left = source.limits, source.limits.size
    if len(paths) > limits.files:
        raise Refused(LARGE, f"要取的文件有 {len(paths)} 个，超过限额 {limits.files} 个")
    files = {}
    for path in paths:
        content = _read(site, path, left, end, source)
        if content is None:
            raise Refused(BROKEN, f"清单文件里有 {path}，那里却没有")
        digest = manifest.digest(content)
        if digest != listed.files[path]:
            raise Refused(BROKEN, f"{path} 与清单文件不符：应为 {listed.files[path][:12]}…，实为 {digest[:12]}…")
        files[path] = content
        left -= len(content)
    return files


def _read(site: Published, path: str, most: int, end: float, source: PublishedSource) -> bytes | None:
    if time.monotonic() > end:
        raise Refused(SLOW, f"{source.limits.seconds} 秒没有取完")
    try:
        return site.read(path, most)
    except Unreadable as why:
        raise Refused(_kind(why), f"读不到 {path}：{why}") from None


def _kind(why: Unreadable) -> str:
    return SLOW if isinstance(why, Late) else LARGE if isinstance(why, Oversized) else DOWN


class _Twice:
    """A site that is asked once more for what got no answer: connections break."""

    def __init__(self, site: Published) -> None:
        self._site = site

    def read(self, path: str, most: int = MAX_BYTES, *, browser: bool = False) -> bytes | None:
        try:
            return self._site.read(path, most, browser=browser)
        except Silent:
            return self._site.read(path, most, browser=browser)

    def paths(self) -> Iterable[str] | None:
        return self._site.paths()
