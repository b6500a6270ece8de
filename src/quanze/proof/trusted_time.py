"""Since when an edition stood so, and who vouches for it (可信时间): what others signed, where there is any.

A time-stamp authority signs a commit's own bytes with the time (RFC 3161); a person signs the commit or its tag with an
SSH key. Whose word counts stands in site.yaml (可信时间). None of it is ever needed, and none says that an edition was
approved. Whether a token holds is asked as of its own time, so that the answer never changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from sshsig import InvalidSignature, PublicKey, check_signature

from quanze.base.problem import Fault
from quanze.io import git
from quanze.io.file import Unfit, content
from quanze.register.definition import STAMP
from quanze.register.links import FILES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rfc3161_client import TimeStampResponse

    from quanze.register.catalog import Catalog
    from quanze.register.definition import Edition
    from quanze.register.settings import Trust

COMMIT, TAG = "提交的签名", "标签的签名"
_SKEW = timedelta(minutes=10)
"""So far two honest clocks may be apart."""
HOLDS: Final = "属实"
UNCHECKED: Final = "没有核对"
FALSE: Final = "不符"
_CHINA = timezone(timedelta(hours=8))
_MOST = 1 << 20
_SSH = b"-----BEGIN SSH SIGNATURE-----"
_ARMOUR = b"-----BEGIN "


class Word(NamedTuple):
    """What one signature comes to."""

    state: Literal["属实", "没有核对", "不符"]
    by: str = ""
    """Who signed."""
    time: str = ""
    """The time that the signer states: of an authority its own, of a tag what its maker wrote; in China's zone."""
    why: str = ""
    """Why it does not hold, or was not checked."""


@dataclass(frozen=True, slots=True)
class TrustedTime:
    """A token or a signature of an edition."""

    list_id: str
    edition: Edition
    kind: str
    word: Word

    def __str__(self) -> str:
        """Say it in one line."""
        state, by, time, why = self.word
        told = "，".join(filter(None, (by, time, why)))
        return f"清单 {self.list_id} 的「{self.edition.name}」的{self.kind}{state}" + (f"：{told}" if told else "")


def trusted_times(catalog: Catalog) -> Iterator[TrustedTime]:
    """Yield what is signed of every edition."""
    for list_id, list_ in catalog.lists.items():
        for edition in list_.editions:
            for kind, word in _of_edition(catalog, edition, tags=True):
                yield TrustedTime(list_id, edition, kind, word)


def of_edition(catalog: Catalog, list_id: str, edition: Edition) -> tuple[TrustedTime, ...]:
    """Return what is signed of one edition for its page, which is made of a commit alone: tags are no part of one."""
    return tuple(TrustedTime(list_id, edition, *told) for told in _of_edition(catalog, edition, tags=False))


def _of_edition(catalog: Catalog, edition: Edition, *, tags: bool) -> Iterator[tuple[str, Word]]:
    try:
        found = git.commit(catalog.root, edition.revision) if edition.revision else None
        commit = found if found and edition.means(found.id) else None
        whole = next(iter(git.blobs(catalog.root, (commit.id,)))) if commit else b""
    except Fault:
        return  # told with the edition itself
    for kind, word in _signed(catalog, edition, whole, tags=tags):
        yield kind, _not_before(word, commit.moment) if commit else word


def _not_before(word: Word, moment: str) -> Word:
    """Return a word that does not hold where it is older than the commit that it is of."""
    if word.state == FALSE or not word.time:
        return word
    early = datetime.fromisoformat(word.time) < datetime.fromisoformat(moment) - _SKEW
    return word._replace(state=FALSE, why=f"早于提交自己写的时间 {moment}：有一个时间是假的") if early else word


def _signed(catalog: Catalog, edition: Edition, whole: bytes, *, tags: bool) -> Iterator[tuple[str, Word]]:
    root, trust = catalog.root, catalog.settings.trust
    if edition.token:
        yield STAMP, _stamped(root / FILES / edition.token, whole, trust)
    signed, signature = parted(whole)
    if signature:
        yield COMMIT, signed_by(signed, signature, trust)
    if tags and edition.tag in git.tags(root):
        made = next(iter(git.blobs(root, (f"refs/tags/{edition.tag}",))))
        place = made.rfind(b"\n" + _ARMOUR) + 1
        if made.startswith(b"object ") and place:
            word = signed_by(made[:place], made[place:], trust)._replace(time=_tagged(made))
            named = f"\ntag {edition.tag}\n".encode() in made.partition(b"\n\n")[0]
            yield TAG, word if named or word.state == FALSE else word._replace(state=FALSE, why="签的是另一个标签")


def _stamped(file: Path, whole: bytes, trust: Trust) -> Word:
    try:
        return stamped(content(file, _MOST), whole, trust)
    except OSError:
        return Word(FALSE, why="文件打不开")
    except Unfit as why:
        return Word(FALSE, why=f"文件{str(why).partition('；')[0]}")


def stamped(answer: bytes, whole: bytes, trust: Trust) -> Word:
    """Return what the answer of a time-stamp service says of a commit's content."""
    from cryptography import x509  # noqa: PLC0415 — slow to load, and few registers have an answer
    from rfc3161_client import VerifierBuilder, decode_timestamp_response  # noqa: PLC0415

    try:
        token = decode_timestamp_response(answer)
        time = token.tst_info.gen_time.astimezone(_CHINA).isoformat()
        word = partial(Word, by=_authority(token), time=time)
    except Exception:  # noqa: BLE001 — the libraries meet a damaged token with whatever they stumble over
        return Word(FALSE, why="文件不是时间戳服务的答复（RFC 3161），或者被改过")
    if not whole:
        return word(UNCHECKED, why="版次没有写提交，不知道盖的是什么")
    if not trust.roots:
        return word(UNCHECKED, why="site.yaml 没有写时间戳机构的根证书")
    try:
        roots = [x509.load_pem_x509_certificate(one.encode()) for one in trust.roots]
    except ValueError:
        return word(UNCHECKED, why="site.yaml 的根证书读不懂")
    try:
        VerifierBuilder(roots=roots).build().verify_message(token, whole)
    except Exception as why:  # noqa: BLE001
        other = "Mismatch" in str(why)
        return Word(FALSE, why="盖的不是这一版的提交" if other else "签名不是登记的机构的，或者被改过")
    return word(HOLDS)


def _authority(token: TimeStampResponse) -> str:
    """Return the name of the authority, as its certificate says."""
    from cryptography import x509  # noqa: PLC0415

    signer = next(iter(token.signed_data.signer_infos))
    found = map(x509.load_der_x509_certificate, token.signed_data.certificates)
    return next(one.subject.rfc4514_string() for one in found if one.serial_number == signer.serial_number)


def parted(commit: bytes) -> tuple[bytes, bytes]:
    """Return a commit without its signature, and the signature; empty where it has none."""
    head, blank, message = commit.partition(b"\n\n")
    kept: list[bytes] = []
    signature: list[bytes] = []
    inside = own = False
    for line in head.split(b"\n"):
        if not line.startswith(b" "):
            own = line.startswith(b"gpgsig ")
            inside = own or line.startswith(b"gpgsig-sha256 ")
        if own:
            signature.append(line.removeprefix(b"gpgsig").removeprefix(b" "))
        elif not inside:
            kept.append(line)
    return b"\n".join(kept) + blank + message, b"\n".join(signature)


def signed_by(whole: bytes, signature: bytes, trust: Trust) -> Word:
    """Return what the signature of a commit or a tag says of the rest of it."""
    if not signature.startswith(_SSH):
        return Word(UNCHECKED, why="不是 SSH 的签名")
    try:
        key = check_signature(whole, signature)
    except NotImplementedError:
        return Word(UNCHECKED, why="这种钥匙的签名核对不了；可以用 ed25519")
    except (InvalidSignature, ValueError, AssertionError):
        return Word(FALSE, why="签了名以后被改过")
    named = [name for name, line in trust.signers if _key(line) == key]
    if not named:
        return Word(UNCHECKED, by=key.sha256_str(), why="这把钥匙不在 site.yaml 的签名人里")
    return Word(HOLDS, by=named[0])


def _key(line: str) -> PublicKey | None:
    """Return the key that a line holds; None for one that only looks like one."""
    try:
        return PublicKey.from_openssh_str(line)
    except (ValueError, NotImplementedError, AssertionError):
        return None


def _tagged(made: bytes) -> str:
    """Return when a tag was made, as its maker wrote."""
    line = next((one for one in made.split(b"\n") if one.startswith(b"tagger ")), b"")
    seconds = line.rpartition(b"> ")[2].partition(b" ")[0]
    if not seconds.isdigit() or len(seconds) > len("99999999999"):
        return ""
    return datetime.fromtimestamp(int(seconds), UTC).astimezone(_CHINA).isoformat()
