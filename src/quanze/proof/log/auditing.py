"""Whether the log of a published site is true: to its own head, to the repository, to what was seen before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.io import git
from quanze.proof import manifest
from quanze.proof.log.keys import log_keys
from quanze.proof.log.publications import Checkpoint, Publication, PublicationLog, fetch
from quanze.proof.remote import cloaked
from quanze.proof.response import Unreadable
from quanze.register.life import real

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from quanze.proof.log.note import Note
    from quanze.proof.remote import Published
    from quanze.register.settings import Settings


@dataclass(frozen=True, slots=True)
class AuditedLog:
    """What the log of a site came to."""

    log: PublicationLog | None
    notes: tuple[str, ...]
    """What there is, in sentences."""
    breaks: tuple[str, ...]
    """What is wrong, in sentences."""


def audit_log(  # noqa: PLR0913 — what is trusted, what is looked at, what is known of it
    root: Path,
    site: Published,
    settings: Settings,
    digest: str,
    seen: Checkpoint | None,
    *,
    commit: str = "",
    previous: str = "",
    day: str = "",
) -> AuditedLog:
    """Look through the log of a site whose manifest has the SHA-256 `digest`; `seen` is the head of an earlier look.

    `commit`, `previous` and the `day` of the law are those that the manifest names; empty where that is not known.

    `settings` are those of the register that the reader trusts: the keys are taken from there.
    """
    try:
        log = fetch(site)
    except Fault as fault:
        return AuditedLog(None, (), (str(fault),))
    if log is None:
        gone = "公布日志不见了：上次核对时有" if seen else ""
        gone = gone or ("没有公布日志：site.yaml 写明了它的公钥，公布时应当写" if settings.log_key else "")
        return AuditedLog(None, ("网站没有公布日志：从前公布过什么，看不出来",), (gone,) if gone else ())
    breaks = [*_entries(root, log, digest, commit), *_skipped(log, previous), *_files(site, log)]
    if seen and not log.begins_with(seen):
        fewer = f"公布日志只有 {len(log.entries)} 条，上次核对时有 {seen.size} 条：退回过旧版，或者被改写过"
        rewritten = f"公布日志被改写过：上次核对时的 {seen.size} 条不再是它的开头"
        breaks.append(fewer if len(log.entries) < seen.size else rewritten)
    notes = [_length(log)]
    if previous and len(log.entries) == 1:
        notes.append(f"公布日志从这一次才写：清单文件写的上一次公布（提交 {previous[:12]}）和更早的不在里面")
    if log.signed:
        notes += signatures(log.signed, settings, breaks, log.entries, day)
    return AuditedLog(log, tuple(notes), tuple(breaks))


def _skipped(log: PublicationLog, previous: str) -> Iterator[str]:
    """Tell that the publication that a manifest follows is not the one that its log has before it."""
    before = log.entries[-2].commit if log.entries[1:] else previous
    if previous not in {"", before}:
        told = f"清单文件写的上一次公布是提交 {previous[:12]}，公布日志的上一条是 {before[:12]}"
        yield f"{told}：有一次公布没有写进日志，或者日志被改写过"


def _length(log: PublicationLog) -> str:
    first, last = (f"（{one.time[:10]}，提交 {one.commit[:12]}）" for one in (log.entries[0], log.entries[-1]))
    return f"公布日志：{len(log.entries)} 次，第一次{first}，最近一次{last}"


def _entries(root: Path, log: PublicationLog, digest: str, commit: str) -> Iterator[str]:
    """Tell which entries the repository does not bear out."""
    if not log.entries:
        yield "公布日志是空的"
        return
    last = log.entries[-1]
    if last.manifest != digest:
        yield f"公布日志的最后一条不是这一版：写的是 {last.manifest[:12]}…，网上的清单文件是 {digest[:12]}…"
    elif commit not in {"", last.commit}:
        yield f"公布日志的最后一条写的提交是 {last.commit[:12]}，清单文件写的是 {commit[:12]}"
    before = ""
    moments = {one.id: one.moment for one in git.line(root)}
    for number, one in enumerate(log.entries, 1):
        yield from untrue(root, one, f"公布日志第 {number} 条", moments)
        known = git.is_ancestor(root, one.commit, "HEAD")
        if before and known and not git.is_ancestor(root, before, one.commit):
            yield f"公布日志第 {number} 条写的提交 {one.commit[:12]} 早于上一条的 {before[:12]}：公布过的退回过旧版"
        before = one.commit if known else before


def untrue(root: Path, one: Publication, where: str, moments: Mapping[str, str]) -> Iterator[str]:
    """Yield what an entry says that the history here does not bear out; `moments` are those of the branch's commits."""
    told = f"{where}写的提交 {one.commit[:12]} "
    if not git.is_ancestor(root, one.commit, "HEAD"):
        yield f"{told}不在当前分支的历史里：历史被改写过，或者要先 git pull"
        return
    if one.commit not in moments:
        yield f"{told}不在当前分支的主线上，只由合并带进来：主线绕开了它，公布过的改动在变更历史里看不到"
    moment = moments.get(one.commit) or git.commit(root, one.commit).moment
    if moment != one.time:
        yield f"{told}是 {moment} 的，写成 {one.time}"


def _files(site: Published, log: PublicationLog) -> Iterator[str]:
    """Tell which files of a log are not those that its entries give, and which are too many."""
    made = dict(log.files())
    for path, content in made.items():
        try:
            found = site.read(path, len(content))
            differs = found == content and cloaked(site, path, content)
        except Unreadable as why:
            yield f"{path}：{why}"
            continue
        if found is None:
            yield f"{path}：缺少"
        elif found != content:
            yield f"{path}：与公布日志的条目不符"
        elif differs:
            yield f"{path}：因人而异，给浏览器的是另一份内容"
    for path in site.paths() or ():
        if manifest.of_the_log(path) and path not in made:
            yield f"{path}：多出"


def beside(head: Checkpoint, seen: Checkpoint, breaks: list[str]) -> Iterator[str]:
    """Yield what the head of a log is to another that was seen, where its entries are not here; a fork is a break."""
    if head.origin != seen.origin:
        breaks.append(f"证明包里是「{head.origin}」的公布日志，上次核对的是「{seen.origin}」的")
    elif head.size != seen.size:
        yield f"上次核对时公布日志有 {seen.size} 条：跟证明包里的 {head.size} 条接不接得上，要核对网上的日志才知道"
    elif head.root != seen.root:
        breaks.append(f"公布日志有两份：证明包里的和上次核对时的都是 {seen.size} 条，内容不同；请保存好这个证明包")
    else:
        yield "公布日志与上次核对时的是同一份"


def signatures(
    signed: Note, settings: Settings, breaks: list[str], entries: Iterable[Publication], day: str = ""
) -> Iterator[str]:
    """Yield who signed a checkpoint, of those whose keys the register names; what is wrong goes to `breaks`.

    No witness can have seen it before what it holds: the entries that are known, and the manifest of a day.
    """
    earliest = [(one.moment, f"日志里写的公布时间 {one.time}") for one in entries]
    if real(day):
        earliest.append((datetime.fromisoformat(f"{day}T00:00+08:00"), f"清单文件写的日期 {day}"))
    after, what = max(earliest, default=(datetime.min.replace(tzinfo=UTC), ""))
    own, witnesses = log_keys(settings)
    for key in (own, *witnesses):
        if key is None:
            yield "检查点有没有签名没有核对：site.yaml 没有写公布日志的公钥"
            continue
        try:
            time = signed.signed_by(key)
        except ValueError:
            breaks.append(f"检查点上写着 {key.name} 的签名，但签名不对")
            continue
        if time is None and key is own:
            breaks.append(f"检查点没有 {key.name} 的签名：site.yaml 写明了公钥，公布时应当签名")
        elif time is None:
            yield f"见证人 {key.name} 没有签名"
        elif key is own:
            yield f"检查点有 {key.name} 的签名"
        elif (moment := _moment(time)) < after:
            breaks.append(f"见证人 {key.name} 的签名写的时间 {moment:%Y-%m-%d %H:%M} UTC，早于{what}：有一个时间是假的")
        else:
            yield f"见证人 {key.name} 签过名（它写的时间 {moment:%Y-%m-%d %H:%M} UTC）"


def _moment(seconds: int) -> datetime:
    """Return the time that a witness states; the last that can be told, for one beyond it."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OSError, OverflowError, ValueError):
        return datetime.max.replace(tzinfo=UTC)
