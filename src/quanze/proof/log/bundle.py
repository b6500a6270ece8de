"""A file that proves without a network what was published: the manifest and its place in the log (c2sp.org/tlog-proof).

A bundle is a zip of manifest.json and manifest.tlog-proof; what came beside them, such as an attestation, stays there.
"""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.proof import manifest
from quanze.proof.log import merkle, note
from quanze.proof.log.publications import Checkpoint, Publication

if TYPE_CHECKING:
    from quanze.proof.log.publications import PublicationLog

PROOF = "manifest.tlog-proof"
_HEAD = "c2sp.org/tlog-proof@v1"
_EXTRA = re.compile(r"extra (?P<extra>[A-Za-z0-9+/]+=*)")
_INDEX = re.compile(r"index (?P<index>0|[1-9][0-9]{0,8})")
_DAY = (1980, 1, 1, 0, 0, 0)
_MAX_BYTES = 64 << 20
_BROKEN = (
    *(EOFError, KeyError, NotImplementedError, OSError, RuntimeError, ValueError),
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
)
"""What an archive does that is none."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a bundle proves."""

    manifest: manifest.Manifest
    publication: Publication
    number: int
    """Its place in the log, from 1."""
    checkpoint: Checkpoint
    signed: note.Note


def pack(content: bytes, log: PublicationLog) -> bytes:
    """Return the bundle of the manifest `content`, which the newest entry of a log names."""
    hashes = log.leaves
    index = len(hashes) - 1
    lines = [note.encoded(one) for one in merkle.inclusion(index, hashes)]
    extra = note.encoded(log.entries[-1].content())
    head = log.signed or note.signed(log.checkpoint.text(), ())
    proof = "\n".join((_HEAD, f"extra {extra}", f"index {index}", *lines, "", str(head)))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, part in ((manifest.NAME, content), (PROOF, proof.encode())):
            whole.writestr(zipfile.ZipInfo(name, _DAY), part, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def unpack(content: bytes) -> Bundle:
    """Return what a bundle proves.

    Raises:
        Fault: it is none, or its parts do not belong together.

    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as whole:
            if any(whole.getinfo(name).file_size > _MAX_BYTES for name in (manifest.NAME, PROOF)):
                raise Fault(f"证明包里的文件超过 {_MAX_BYTES >> 20} MB")
            own, proof = whole.read(manifest.NAME), whole.read(PROOF).decode()
        told = manifest.parse(own)
        publication, index, path, signed = _parse(proof)
        checkpoint = Checkpoint.of(signed.text)
    except _BROKEN:
        raise Fault("不是证明包，或者被改动过；应是 quanze verify --save 写的") from None
    if publication.manifest != manifest.digest(own):
        raise Fault("证明包里的清单文件，不是公布日志那一条写的")
    if publication.commit != told.origin.commit:
        raise Fault("证明包里的清单文件写的提交，不是公布日志那一条写的")
    found = merkle.included(merkle.leaf(publication.content()), index, checkpoint.size, path)
    if found != checkpoint.root:
        raise Fault("证明包的证明不成立：这一条不在检查点所说的公布日志里")
    return Bundle(told, publication, index + 1, checkpoint, signed)


def _parse(proof: str) -> tuple[Publication, int, list[bytes], note.Note]:
    above, _, below = proof.partition("\n\n")
    head, extra, index, *lines = above.split("\n")
    told, place = _EXTRA.fullmatch(extra), _INDEX.fullmatch(index)
    if head != _HEAD or not told or not place:
        raise ValueError(head)
    return (
        Publication.of(note.decoded(told["extra"])),
        int(place["index"]),
        [note.decoded(line) for line in lines],
        note.parse(below.encode()),
    )
