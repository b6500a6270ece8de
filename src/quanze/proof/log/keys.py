"""The keys that site.yaml names (公布日志): that of the log, and those of its witnesses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.proof.log import note
from quanze.register.settings import KEY, LOG

if TYPE_CHECKING:
    from quanze.register.settings import Settings


def log_keys(settings: Settings) -> tuple[note.PublicKey | None, tuple[note.PublicKey, ...]]:
    """Return the key of the log, None where there is none, and those of its witnesses.

    Raises:
        Fault: a line is no key.

    """
    own = _read(settings.log_key, note.SIGNATURE, KEY) if settings.log_key else None
    return own, tuple(_read(witness, note.COSIGNATURE, "见证人的公钥") for witness in settings.witnesses)


def _read(told: str, kind: int, what: str) -> note.PublicKey:
    try:
        key = note.public_key(told)
    except ValueError:
        key = None
    if key is None or key.kind != kind:
        raise Fault(f"site.yaml「{LOG}」的{what}读不懂：「{told}」；应是 quanze log key 打印的那一行")
    return key
