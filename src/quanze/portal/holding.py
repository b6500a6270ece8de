"""One source of a portal with what is held of it, and what is said of how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quanze.portal.facts import Power
    from quanze.portal.gathering import RegisterFacts
    from quanze.portal.settings import PublishedSource
    from quanze.portal.shards import Shard
    from quanze.portal.state import SourceState

SOUND, HELD, EMPTY = "正常", "沿用上一次的", "还没有取到"


@dataclass(frozen=True)
class Holding:
    """One source with what is held of it."""

    source: PublishedSource
    state: SourceState
    shard: Shard | None
    """None where nothing was ever taken."""

    @property
    def id(self) -> str:
        """The source's id on this portal."""
        return self.source.id

    @property
    def body(self) -> str:
        """The bureau's name."""
        return self.source.body

    @property
    def facts(self) -> RegisterFacts | None:
        """What its register tells."""
        return self.shard.facts if self.shard else None

    @property
    def standing(self) -> str:
        """In a word, how it stands with the source."""
        return EMPTY if not self.shard else HELD if self.state.trouble else SOUND

    @property
    def dated(self) -> str:
        """Of which day its data is, in words."""
        return self.state.dated or "没有写明日期"

    @property
    def warning(self) -> str:
        """One sentence on a source whose newest state was not taken; empty where all is well."""
        trouble = self.state.trouble
        if not trouble:
            return ""
        seen = f"（{trouble.at} 看到）" if trouble.at else ""
        why = f"{trouble.kind}{seen}：{trouble.said}。"
        if not self.shard:
            return f"这个机关的数据还没有取到过。{why}"
        taken = f"，{self.state.taken} 取得" if self.state.taken else ""
        return f"这里是上一次完好的数据（{self.dated}{taken}），以后的没有采用。{why}"

    @property
    def trust(self) -> str:
        """What is known of who published it."""
        state = self.state
        if not state.manifest:
            return ""
        if not state.publications:
            return "没有公布日志：从前公布过什么、有没有改写，看不出来。"
        agreed = "有约定的公钥签名" if state.signed else "首次提交与约定的相同" if self.source.first else ""
        known = agreed or "没有约定公钥或者首次提交，不能确认还是原来的发布者"
        return f"公布日志 {state.publications} 次，这次接得上；{known}。"

    def url(self, path: str) -> str:
        """Return the address of a page of the bureau's own site."""
        return self.source.url(path)

    @cached_property
    def badge(self) -> bytes:
        """What changes with all that is told of the bureau beside its powers."""
        return sha256(repr((self.source, self.warning, self.state.demonstration)).encode()).digest()

    def digest(self, power: Power) -> bytes:
        """Return what changes with a power."""
        return self.shard.digests[power.path] if self.shard else b""
