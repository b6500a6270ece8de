"""What another register publishes, taken from a folder or an address: nothing but what its manifest vouches for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.proof import manifest, remote
from quanze.proof.response import Unreadable
from quanze.proof.verify import previous

if TYPE_CHECKING:
    from pathlib import Path

    from quanze.proof.manifest import Manifest
    from quanze.proof.remote import Published


@dataclass(frozen=True, slots=True)
class OfferedSite:
    """The published site of another register."""

    place: str
    site: Published
    manifest: Manifest

    def read(self, path: str) -> bytes:
        """Return a file, once its hash is what the manifest says.

        Raises:
            Fault: it cannot be read, is not there, or is not what the manifest says.

        """
        try:
            found = self.site.read(path)
        except Unreadable as why:
            raise Fault(f"读不到「{self.place}」的 {path}：{why}") from None
        if found is None:
            raise Fault(f"「{self.place}」没有 {path}：不是 quanze 公布的网站")
        if self.manifest.files.get(path) != manifest.digest(found):
            raise Fault(f"「{self.place}」的 {path} 与它的 {manifest.NAME} 对不上：被改动过，或者正在发布；没有取")
        return found


def offered(place: str, here: Path) -> OfferedSite:
    """Return what is published at a place: an address, or a folder relative to `here`.

    Raises:
        Fault: it cannot be read, or is none of ours.

    """
    site = remote.published(place, here)
    told = previous(site)
    if told is None:
        raise Fault(f"「{place}」没有 {manifest.NAME}：不是 quanze 公布的网站")
    return OfferedSite(place, site, told)
