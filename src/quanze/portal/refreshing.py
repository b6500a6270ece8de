"""All sources asked for their newest state; one that is down, slow or lies stops no other, and changes nothing."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quanze.base.package import __version__
from quanze.portal.fetching import CLAIMS, UNREADABLE, Refused, place, take
from quanze.portal.shards import key, shard
from quanze.portal.state import SourceState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from quanze.portal.fetching import TakenState
    from quanze.portal.settings import PortalSettings, PublishedSource
    from quanze.portal.state import StateFolder

_AT_ONCE = 8
_RELEASE = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){1,3}")


@dataclass(frozen=True, slots=True)
class SourceNews:
    """What came of asking one source."""

    source: PublishedSource
    state: SourceState
    """What is held of it now."""
    changed: bool
    """Whether that is a newer state than before."""


@dataclass(frozen=True, slots=True)
class Refresh:
    """One round of asking."""

    settings: PortalSettings
    here: Path
    """Where portal.yaml lies."""
    folder: StateFolder
    at: str
    """The day that is written beside what is taken; empty for none."""

    def run(self, say: Callable[[str], object]) -> tuple[SourceNews, ...]:
        """Ask every source, and keep what is sound."""
        sources = self.settings.sources
        held = [self.folder.recall(source.id) for source in sources]
        pool = ThreadPoolExecutor(_AT_ONCE)
        try:
            news = [*pool.map(self._ask, sources, held)]
        finally:
            pool.shutdown(cancel_futures=True)
        sound = _honest(news, held, self.at)
        for new in sound:
            self.folder.keep(new.source.id, new.state)
            trouble = new.state.trouble
            outcome = f"{trouble.kind}：{trouble.said}" if trouble else "取到新的" if new.changed else "没有变"
            say(f"{new.source.id} {new.source.body}：{outcome}")
        regions = self.settings.regions
        kept = {key(new.source, new.state, regions) for new in sound if new.state.manifest}
        self.folder.sweep(kept)
        return tuple(sound)

    def _ask(self, source: PublishedSource, held: SourceState) -> SourceNews:
        try:
            taken = take(place(source, self.here), source, held, self.at)
            if taken is None:
                return SourceNews(source, replace(held, trouble=None), changed=False)
            state = _stated(taken, self.at)
            self.folder.store(taken.files.values())
            try:
                made = shard(self.folder, source, state, self.settings.regions)
            except ValueError:
                raise Refused(UNREADABLE, unlike(taken.manifest.origin.version)) from None
            _own(source, made.facts.code, made.facts.bodies)
        except Refused as why:
            return SourceNews(source, held.troubled(why.kind, str(why), self.at), changed=False)
        return SourceNews(source, replace(state, code=made.facts.code), changed=True)


def unlike(version: str) -> str:
    """Say why the data or the forms of a register cannot be read, by the quanze that it says has written them."""
    if version == __version__ or not _RELEASE.fullmatch(version):
        return "它的数据或者表单读不懂：不是 quanze 写的，或者被改动过"
    numbers, ours = ([int(one) for one in told.split(".")] for told in (version, __version__))
    older, mend = ("早于", "请那里升级 quanze") if numbers < ours else ("晚于", "请升级这个门户的 quanze")
    return f"它写明由 quanze {version} 生成，{older}这个门户的 {__version__}，它的数据或者表单这里读不了；{mend}"


def _own(source: PublishedSource, code: str, bodies: Sequence[str]) -> None:
    """Refuse data that is another body's than the one that the portal was told."""
    if source.body not in bodies:
        raise Refused(CLAIMS, f"它的数据里没有名为「{source.body}」的机关，是别的机关的")
    if source.code and code != source.code:
        raise Refused(CLAIMS, f"它写的统一社会信用代码「{code or '没有'}」不是约定的「{source.code}」")


def _honest(news: Sequence[SourceNews], held: Sequence[SourceState], at: str) -> list[SourceNews]:
    """Return the states without those that claim the credit code of another bureau.

    The code is that of the source for which the portal was told it, else of the one that had it before, else of the
    first in portal.yaml.
    """
    owners = {new.source.code: new.source for new in reversed(news) if new.source.code}
    for new, before in zip(news, held, strict=True):
        if before.code:
            owners.setdefault(before.code, new.source)
    for new in news:
        if new.state.code:
            owners.setdefault(new.state.code, new.source)
    states = []
    for new, before in zip(news, held, strict=True):
        owner = owners.get(new.state.code)
        if owner is None or owner.id == new.source.id:
            states.append(new)
            continue
        why = f"它写的统一社会信用代码「{new.state.code}」是「{owner.body}」（{owner.id}）的"
        kept = SourceState() if before.code == new.state.code else before
        states.append(replace(new, state=kept.troubled(CLAIMS, why, at), changed=False))
    return states


def _stated(taken: TakenState, at: str) -> SourceState:
    log = taken.log
    return SourceState(
        manifest=taken.digest,
        files={path: taken.manifest.files[path] for path in taken.files},
        commit=taken.manifest.origin.commit,
        dated=taken.dated,
        demonstration=taken.manifest.demonstration,
        checkpoint=log.checkpoint.text() if log else "",
        law_day=taken.manifest.at or taken.dated,
        publications=len(log.entries) if log else 0,
        signed=taken.signed,
        taken=at,
    )
