"""Merkle trees as RFC 6962 §2.1 defines them, over SHA-256: roots, and the proof that a leaf is in one.

A tree is the sequence of its leaves' hashes; the hashes are 32 bytes each.
"""

from __future__ import annotations

import hashlib
from functools import reduce
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

EMPTY = hashlib.sha256().digest()
"""The root of a tree without leaves."""


def leaf(entry: bytes) -> bytes:
    """Return the hash of an entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the root of a tree."""
    if len(leaves) < 2:  # noqa: PLR2004 — one leaf is its own root
        return leaves[0] if leaves else EMPTY
    split = _split(len(leaves))
    return node(root(leaves[:split]), root(leaves[split:]))


def inclusion(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Return the proof that a leaf is in a tree, from its sibling up (RFC 6962 §2.1.1)."""
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*inclusion(index, leaves[:split]), root(leaves[split:])]
    return [*inclusion(index - split, leaves[split:]), root(leaves[:split])]


def included(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """Return the root of the tree that a proof speaks of; None where it cannot be a proof of that place and size."""
    if not 0 <= index < size:
        return None
    inner = (index ^ (size - 1)).bit_length()
    """So many steps up until the way to this leaf and the way to the last one are the same."""
    if len(proof) != inner + (index >> inner).bit_count():
        return None
    found = leaf_hash
    for level, sibling in enumerate(proof[:inner]):
        found = node(sibling, found) if index >> level & 1 else node(found, sibling)
    return reduce(lambda right, left: node(left, right), proof[inner:], found)


def _split(size: int) -> int:
    """Return the largest power of two below a size."""
    return 1 << (size - 1).bit_length() - 1
