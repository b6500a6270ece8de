"""Is what is online what the repository says? The named commit is built again and compared file by file."""

from __future__ import annotations

import re
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.io import git
from quanze.io.file import walk
from quanze.proof import manifest
from quanze.proof.early import read_early
from quanze.proof.rebuild import rebuild
from quanze.proof.remote import MAX_BYTES, Published, cloaked
from quanze.proof.response import Silent, Unreadable
from quanze.register.life import real

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from quanze.proof.manifest import Manifest

ALTERED, MISSING, EXTRA, UNREADABLE, SILENT = "被改动", "缺少", "多出", "读不到", "没有答复"
CLOAKED = "因人而异"
_RECORD = re.compile(r"data/v1/(?P<collection>[^/]+)/(?P<id>[^/]+)\.json")
_READERS = 8
_PATIENCE = 20
"""So many files without any answer: then the server is given up."""
_STEP = 500


@dataclass(frozen=True, slots=True, order=True)
class FileDifference:
    """One way in which the published site is not the one that the repository gives."""

    path: str
    kind: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Verified:
    """What a comparison came to."""

    commit: git.Commit
    made: Manifest
    """The manifest of the site that the commit gives."""
    content: bytes
    """The manifest as published."""
    differences: tuple[FileDifference, ...]
    breaks: tuple[str, ...]
    """What shows that the history between two publications is no longer whole."""
    complete: bool
    """Whether files that are too many would have been seen."""

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the manifest as published."""
        return manifest.digest(self.content)


def verify(root: Path, site: Published, revision: str, progress: Callable[[str], None], wheels: str = "") -> Verified:
    """Build a commit again and compare; `revision` is empty for the commit that the manifest names.

    `wheels` is the folder or address of the packages for a machine without an index.

    Raises Fault where there is nothing to compare with: no manifest, no such commit, no build.
    """
    claimed, content = _fetch(site)
    if git.boundary(root):
        raise Fault("这是浅克隆，缺少更早的历史，生成不出同样的网站；请先运行 git fetch --unshallow")
    git.intact(root)
    commit = git.commit(root, revision) if revision else _named(root, claimed)
    progress(f"重新生成提交 {commit.id[:12]}（{commit.date}）……")
    with (
        git.worktree(root, commit.id) as tree,
        tempfile.TemporaryDirectory(prefix="quanze-") as outside,
        read_early(partial(_one, site), claimed.files, _READERS) as right,
    ):
        expected = rebuild(tree, Path(outside), claimed, progress, wheels)
        own = (expected / manifest.NAME).read_bytes()
        total = (expected / manifest.SUM).read_bytes()
        sizes = {path: (expected / path).stat().st_size for path in walk(expected)}
    rebuilt = manifest.parse(own)
    progress(f"逐个核对 {len(rebuilt.files)} 个文件……")
    want = {**rebuilt.files, manifest.SUM: manifest.digest(total)}
    left = {path: digest for path, digest in want.items() if path not in right or digest != claimed.files[path]}
    differences = sorted([*compare(site, left, progress, sizes), *extra(site, want, claimed.files)])
    if content != own:
        differences.insert(0, FileDifference(manifest.NAME, ALTERED, _unlike(claimed, rebuilt)))
    elif (altered := _one(site, manifest.NAME, manifest.digest(own), len(own))) is not None:
        differences.insert(0, altered)
    return Verified(
        commit,
        rebuilt,
        content,
        tuple(differences),
        (*_aside(root, commit), *early(claimed, commit.date), *_cut(root, claimed.previous, commit.id)),
        site.paths() is not None,
    )


def previous(site: Published) -> Manifest | None:
    """Return the manifest of the site that is published at a place; None where there is none yet.

    Raises Fault where the place does not answer, or not with a manifest: nobody knows then what is published.
    """
    found = _read(site)
    return found[0] if found else None


def _fetch(site: Published) -> tuple[Manifest, bytes]:
    found = _read(site)
    if not found:
        raise Fault(f"那里没有 {manifest.NAME}：不是 quanze 发布的网站，或者清单文件被删去了")
    return found


def _read(site: Published) -> tuple[Manifest, bytes] | None:
    try:
        content = site.read(manifest.NAME)
        return None if content is None else (manifest.parse(content), content)
    except Unreadable as why:
        raise Fault(f"读不到 {manifest.NAME}：{why}") from None
    except ValueError:
        raise Fault(f"{manifest.NAME} 读不懂：不是 quanze 写的，或者被改动过") from None


def _named(root: Path, told: Manifest) -> git.Commit:
    """Return the commit that a manifest names; a Fault where it is none of this branch.

    Building runs the commit's code, and anyone can write a commit into a manifest: it has to be in the history that
    the reader has chosen to trust.
    """
    name = told.origin.commit
    if not name:
        what = f"（有 {len(told.origin.changes)} 个文件没有提交，或者跟提交里的不一样）" if told.origin.changes else ""
        raise Fault(
            f"清单文件没有写明提交：这是从提交里没有的内容生成的草稿{what}，无从核对；"
            "可以用 --commit 指明照哪个提交核对"
        )
    if not git.is_ancestor(root, name, "HEAD"):
        raise Fault(
            f"清单文件写的提交 {name[:12]} 不在这里当前分支的历史里：请先 git pull 取得最新的历史；"
            "还是没有，说明网站不出自这个版本库"
        )
    return git.commit(root, name)


def _unlike(told: Manifest, made: Manifest) -> str:
    if told.origin.commit != made.origin.commit:
        return f"写的提交是 {told.origin.commit[:12] or '（没有）'}，不是 {made.origin.commit[:12]}"
    names = {"文件": told.files != made.files, "来源": told.origin != made.origin}
    found = [name for name, differs in names.items() if differs] or ["写法"]
    return f"{'、'.join(found)}与重新生成的不同"


def compare(
    site: Published,
    want: Mapping[str, str],
    progress: Callable[[str], None],
    sizes: Mapping[str, int] = MappingProxyType({}),
) -> Iterator[FileDifference]:
    """Yield how files of a site differ from what they should be (SHA-256 by path).

    `sizes` is how many bytes each file has: none is read any further. Raises Fault once the server has fallen silent,
    or the time for all of it is over.
    """
    silent = 0
    pool = ThreadPoolExecutor(_READERS)
    ask, bounds = partial(_one, site), [sizes.get(path, MAX_BYTES) for path in want]
    try:
        for count, found in enumerate(pool.map(ask, want, want.values(), bounds), 1):
            if found:
                yield found
                silent += found.kind == SILENT
            if silent == _PATIENCE:
                raise Fault(f"服务器不再答复，只核对了 {count - silent} 个文件")
            if count % _STEP == 0:
                progress(f"已核对 {count} 个")
    finally:
        pool.shutdown(cancel_futures=True)


def extra(site: Published, want: Collection[str], told: Iterable[str]) -> Iterator[FileDifference]:
    """Yield what a site has beside what it should have; of a server that is what its manifest tells of (`told`)."""
    present = site.paths()
    for path in sorted({*(told if present is None else present)}.difference(want)):
        if not manifest.unlisted(path):
            yield FileDifference(path, EXTRA, "写在清单文件里" if present is None else "")


def _one(site: Published, path: str, digest: str, most: int) -> FileDifference | None:
    try:
        content = site.read(path, most)
        found = digest if content is None else manifest.digest(content)
        differs = content is not None and found == digest and cloaked(site, path, content)
    except Silent as why:
        return FileDifference(path, SILENT, str(why))
    except Unreadable as why:
        return FileDifference(path, UNREADABLE, str(why))
    if content is None:
        return FileDifference(path, MISSING)
    if found != digest:
        return FileDifference(path, ALTERED, f"应为 {digest[:12]}…，实为 {found[:12]}…")
    return FileDifference(path, CLOAKED, "给浏览器的是另一份内容") if differs else None


def since(root: Path, old: Manifest, new: Manifest) -> Iterator[str]:
    """Yield what shows that history was rewritten between two publications: a lost commit, a lost record.

    Raises Fault where the old manifest is that of a draft: it names no commit to look for.
    """
    if not old.origin.commit:
        raise Fault("旧的清单文件没有写明提交：那是草稿，不是公布过的网站")
    yield from _cut(root, old.origin.commit, new.origin.commit)
    for path in sorted(old.files.keys() - new.files.keys()):
        record = _RECORD.fullmatch(path)
        if record:
            yield f"记录 {record['collection']}/{record['id']} 不见了：公布过的记录只能终止，不能删除"


def _aside(root: Path, commit: git.Commit) -> Iterator[str]:
    """Tell that a site is made of a commit that never was what the branch itself held."""
    if not git.on_line(root, commit.id, "HEAD"):
        yield f"网站的提交 {commit.id[:12]} 不在当前分支的主线上，只由合并带进来：主线的记录可能与它不同"


def early(told: Manifest, recorded: str) -> Iterator[str]:
    """Tell that a site looked at a day before what is in it was recorded: what had lapsed or was late looks sound.

    A day apart is none: where a build ran, it may have been the day before.
    """
    looked, made = real(told.at), real(recorded)
    if looked and made and (made - looked).days > 1:
        what = "过了的期限、失效的法律、到期的事项，照更早的一天看不出来"
        yield f"清单文件写的日期 {told.at} 早于它的提交（{recorded} 记录）：{what}"


def _cut(root: Path, before: str, after: str) -> Iterator[str]:
    """Tell that the commit of an earlier publication is no longer in the history of a later one."""
    if not before or git.on_line(root, before, after):
        return
    if git.is_ancestor(root, before, after):
        yield (
            f"上一次公布的提交 {before[:12]} 不在这一次 {after[:12]} 的主线上，只由合并带进来："
            "主线绕开了它，公布过的改动在变更历史里看不到"
        )
    elif git.is_ancestor(root, after, before):
        yield f"网站退回了旧版：上一次公布的是提交 {before[:12]}，这一次是在它以前的 {after[:12]}"
    else:
        yield f"上一次公布的提交 {before[:12]} 不在这一次 {after[:12]} 的历史里：历史被改写过"
