"""The log of a publication: that of the site that is online now, with one entry more."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from quanze.base.problem import Fault
from quanze.proof import manifest
from quanze.proof.log import note
from quanze.proof.log.keys import log_keys
from quanze.proof.log.publications import Publication, PublicationLog, fetch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.io import git
    from quanze.proof.remote import Published
    from quanze.register.settings import Settings

KEY = "QUANZE_LOG_KEY"
"""The environment variable that holds the secret key: it stands in no file of the register."""


@dataclass(frozen=True, slots=True)
class Continuation:
    """A log that waits for the publication that is being made."""

    log: PublicationLog
    keys: tuple[note.SecretKey, ...]

    def files(self, content: bytes, commit: git.Commit) -> Iterator[tuple[str, bytes]]:
        """Yield the files of the log once the manifest `content` of a commit is published."""
        log = self.log.after(Publication(manifest.digest(content), commit.id, commit.moment))
        yield from log.files(self.keys)


def begin(settings: Settings) -> Continuation:
    """Return a log that has no entry yet."""
    address = urlsplit(settings.url)
    own = f"{address.netloc}{address.path.rstrip('/')}" if address.netloc else settings.body or "quanze"
    return Continuation(PublicationLog(own, ()), tuple(_keys(settings)))


def go_on(settings: Settings, online: Published) -> Continuation:
    """Return the log of the site that is online now.

    Raises Fault where it cannot be read, or is not there: to begin anew would lose what was published so far.
    """
    found = fetch(online)
    if not found:
        raise Fault("网上的网站没有公布日志，接不下去；以前就没有过的，加 --new-log 从这一次开始写")
    return Continuation(PublicationLog(found.origin, found.entries), begin(settings).keys)


def _keys(settings: Settings) -> Iterator[note.SecretKey]:
    told = os.environ.get(KEY, "")
    own, _ = log_keys(settings)
    if told:
        key = note.secret_key(told)
        if own and key.public() != own:
            raise Fault(f"环境变量 {KEY} 里的私钥，与 site.yaml「公布日志」的公钥不是一对")
        yield key


def secretless(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment without the secret key: whoever makes the pages has no use for it."""
    return {name: value for name, value in environment.items() if name != KEY}
