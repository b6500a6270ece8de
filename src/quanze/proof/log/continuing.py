"""The log of a publication: that of the site that is online now, with one entry more."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from quanze.base.problem import Fault
from quanze.base.value import mapping
from quanze.history.governing import SETTINGS
from quanze.io import git
from quanze.io.yaml import read
from quanze.proof import manifest
from quanze.proof.log import note
from quanze.proof.log.keys import log_keys
from quanze.proof.log.publications import Publication, PublicationLog, fetch
from quanze.register.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from quanze.proof.remote import Published

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


def go_on(root: Path, settings: Settings, online: Published, previous: str = "") -> Continuation:
    """Return the log of the site that is online now, which was published from the commit `previous`, if that is told.

    Raises Fault where it cannot be read, or is not there: to begin anew would lose what was published so far. And where
    it is not what was published: to go on from it would sign for what a server made of it.
    """
    found = fetch(online)
    if not found:
        raise Fault("网上的网站没有公布日志，接不下去；以前就没有过的，加 --new-log 从这一次开始写")
    wrong = _not_ours(root, settings, found, trusted=online.paths() is not None)
    last = found.entries[-1].commit if found.entries else ""
    if previous not in {"", last}:
        wrong = f"最后一条写的提交是 {last[:12] or '（没有）'}，上一次公布的是 {previous[:12]}"
    if wrong:
        raise Fault(f"网上的公布日志{wrong}，不接着写；请查明，再用 --published 指明自己存着的那一份网站的文件夹")
    return Continuation(PublicationLog(found.origin, found.entries), begin(settings).keys)


def _not_ours(root: Path, settings: Settings, log: PublicationLog, *, trusted: bool) -> str:
    """Return why a log is not as this register signed it; a folder may hold one that was never signed."""
    own, _ = log_keys(settings)
    if not own or not log.signed:
        return ""
    try:
        signed = log.signed.signed_by(own) is not None
    except ValueError:
        return f"写着 {own.name} 的签名，但签名不对"
    named = not signed and not trusted and any(_key_then(root, one.commit) for one in log.entries[-1:])
    return f"没有 {own.name} 的签名，公布它的时候 site.yaml 已经写明了公钥" if named else ""


def _key_then(root: Path, commit: str) -> str:
    """Return the key that site.yaml named in a commit; empty where it named none, or nobody knows."""
    held = git.files(root, commit, SETTINGS) if git.is_ancestor(root, commit, "HEAD") else {}
    data = read(next(git.blobs(root, held.values())), SETTINGS)[0] if held else {}
    return Settings.of(mapping(data)).log_key


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
