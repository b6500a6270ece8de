"""Signed notes (c2sp.org/signed-note) with Ed25519, and the cosignatures of witnesses (c2sp.org/tlog-cosignature).

A key is written as one line: `名称+编号+公钥` for all to know, `PRIVATE+KEY+名称+编号+私钥` for its owner alone.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from quanze.base.problem import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable

SIGNATURE, COSIGNATURE = 1, 4
"""The signature types: of the log itself, of a witness."""
MAX_SIGNATURES = 64

_KEY = re.compile(r"(?P<secret>PRIVATE\+KEY\+)?(?P<name>[^+\s]+)\+(?P<id>[0-9a-f]{8})\+(?P<key>[A-Za-z0-9+/=]+)")
_NAME = re.compile(r"[^+\s]+")
_LINE = re.compile(r"— (?P<name>[^+\s]+) (?P<signature>[A-Za-z0-9+/]+=*)")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_ID_BYTES, _KEY_BYTES, _TIME_BYTES = 4, 32, 8


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What a signature is checked with."""

    name: str
    kind: int
    """SIGNATURE or COSIGNATURE."""
    key: bytes

    @property
    def id(self) -> bytes:
        """Return the four bytes that name the key in a signature."""
        return hashlib.sha256(f"{self.name}\n".encode() + bytes([self.kind]) + self.key).digest()[:_ID_BYTES]

    def __str__(self) -> str:
        """Return the key as it is written into site.yaml."""
        return f"{self.name}+{self.id.hex()}+{encoded(bytes([self.kind]) + self.key)}"


@dataclass(frozen=True, slots=True, repr=False)
class SecretKey:
    """What a note is signed with."""

    name: str
    seed: bytes

    def public(self, kind: int = SIGNATURE) -> PublicKey:
        """Return the key that everybody may know."""
        return PublicKey(self.name, kind, self._key().public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """Return the signature line of a log under a text."""
        return _line(self.public(), self._key().sign(text.encode()))

    def cosign(self, text: str, time: int) -> str:
        """Return the line of a witness who has seen at a POSIX time that a checkpoint goes on from the earlier ones."""
        signature = self._key().sign(_cosigned(text, time))
        return _line(self.public(COSIGNATURE), time.to_bytes(_TIME_BYTES, "big") + signature)

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def __str__(self) -> str:
        """Return the key as its owner keeps it."""
        return f"PRIVATE+KEY+{self.name}+{self.public().id.hex()}+{encoded(bytes([SIGNATURE]) + self.seed)}"


@dataclass(frozen=True, slots=True)
class Note:
    """A text and the lines below it that sign it."""

    text: str
    """With its last line break."""
    signatures: tuple[tuple[str, bytes], ...]
    """(name, key id and signature), as written: whether they are true is asked of `signed_by`."""

    def signed_by(self, key: PublicKey) -> int | None:
        """Return when a key signed this: the POSIX time of a witness, 0 for a log; None where it did not.

        Raises:
            ValueError: a signature that names this key is not by it.

        """
        for name, whole in self.signatures:
            if name == key.name and whole[:_ID_BYTES] == key.id:
                return _checked(self.text, key, whole[_ID_BYTES:])
        return None

    def __str__(self) -> str:
        """Return the note as a file holds it; a text that nobody has signed ends in its blank line."""
        return f"{self.text}\n" + "".join(f"— {name} {encoded(whole)}\n" for name, whole in self.signatures)


def encoded(content: bytes) -> str:
    """Return bytes in base64, as they stand in a note."""
    return base64.b64encode(content).decode()


def decoded(text: str) -> bytes:
    """Return the bytes that a text in base64 stands for; raises ValueError for any other text."""
    return base64.b64decode(text, validate=True)


def parse(content: bytes) -> Note:
    """Return the note that a file holds.

    Raises:
        ValueError: it is none.

    """
    whole = content.decode()
    text, blank, below = whole.rpartition("\n\n")
    if not blank or not text or _CONTROL.search(whole):
        raise ValueError(whole[:80])
    lines = [_LINE.fullmatch(line) for line in below.splitlines()]
    if len(lines) > MAX_SIGNATURES or (below and not below.endswith("\n")):
        raise ValueError(below[:80])
    found = []
    for line in lines:
        if not line:
            raise ValueError(below[:80])
        found.append((line["name"], decoded(line["signature"])))
    return Note(f"{text}\n", tuple(found))


def signed(text: str, keys: Iterable[SecretKey]) -> Note:
    """Return a text signed by some keys, or by none."""
    return parse(f"{text}\n{''.join(key.sign(text) for key in keys)}".encode())


def public_key(told: str) -> PublicKey:
    """Return the key that a line of `quanze log key` names; raises ValueError for anything else."""
    found = _KEY.fullmatch(told.strip())
    if not found or found["secret"]:
        raise ValueError(told)
    whole = decoded(found["key"])
    key = PublicKey(found["name"], whole[0] if whole else 0, whole[1:])
    if key.kind not in {SIGNATURE, COSIGNATURE} or len(key.key) != _KEY_BYTES or key.id.hex() != found["id"]:
        raise ValueError(told)
    return key


def secret_key(told: str) -> SecretKey:
    """Return the key of a file; the text of a Fault never repeats it."""
    found = _KEY.fullmatch(told.strip())
    try:
        whole = decoded(found["key"]) if found else b""
    except ValueError:
        whole = b""
    if found and found["secret"] and whole[:1] == bytes([SIGNATURE]) and len(whole) == 1 + _KEY_BYTES:
        key = SecretKey(found["name"], whole[1:])
        if key.public().id.hex() == found["id"]:
            return key
    raise Fault("签名的私钥读不懂；应是 quanze log key 写下的那一行，以 PRIVATE+KEY+ 开头")


def new_key(name: str) -> SecretKey:
    """Return a key that nobody else has; raises Fault for a name that cannot stand in a note."""
    if not _NAME.fullmatch(name):
        raise Fault(f"「{name}」不能作名称：不能空着，不能有空格和加号；宜写网址去掉 https://")
    return SecretKey(name, Ed25519PrivateKey.generate().private_bytes_raw())


def _checked(text: str, key: PublicKey, signature: bytes) -> int:
    message, time = text.encode(), 0
    if key.kind == COSIGNATURE:
        time, signature = int.from_bytes(signature[:_TIME_BYTES], "big"), signature[_TIME_BYTES:]
        message = _cosigned(text, time)
    try:
        Ed25519PublicKey.from_public_bytes(key.key).verify(signature, message)
    except InvalidSignature:
        raise ValueError(key.name) from None
    return time


def _cosigned(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def _line(key: PublicKey, signature: bytes) -> str:
    return f"— {key.name} {encoded(key.id + signature)}\n"
