"""Records that take over a superior's, put together while the catalog is read: what is lacking or wrong is told."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.problem import Problem
from quanze.base.value import mapping, text
from quanze.form.kinds.adoption import ADOPTION, TAKEN, Overlay
from quanze.io import lockfile
from quanze.io.file import Unfit, content
from quanze.io.yaml import MOST, marks
from quanze.register.adopted import AdoptedCopy, copy_path, document, is_own, joined, newest_path

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from quanze.base.model import Document, Value
    from quanze.form import Validator

LOCK, WRITER, RULE = "adopted.lock", "quanze adopt", "adopted-copy"
_COPIES, _SOURCES, _PLACE, _COMMIT, _DATED = "copies", "sources", "place", "commit", "dated"


class SuperiorPin(NamedTuple):
    """Where a superior publishes, and the state that was seen last."""

    place: str
    commit: str = ""
    dated: str = ""


class AdoptedLock(NamedTuple):
    """adopted.lock: where from, and the hash of every copy by its path."""

    sources: Mapping[str, SuperiorPin]
    copies: Mapping[str, str]

    @classmethod
    def load(cls, root: Path) -> AdoptedLock:
        """Read the file of a register; empty where there is none, a Fault where it is no such file."""
        told = lockfile.load(root, LOCK, WRITER)
        pins = {
            body: SuperiorPin(*(text(mapping(one).get(name)) for name in (_PLACE, _COMMIT, _DATED)))
            for body, one in mapping(told.get(_SOURCES)).items()
        }
        return cls(pins, {path: text(digest) for path, digest in mapping(told.get(_COPIES)).items()})

    def text(self) -> str:
        """Return the file."""
        sources = {
            body: {_PLACE: pin.place, _COMMIT: pin.commit, _DATED: pin.dated}
            for body, pin in sorted(self.sources.items())
        }
        return lockfile.text({_SOURCES: sources, _COPIES: dict(sorted(self.copies.items()))})


Resolved = tuple["Value", tuple[Problem, ...]]
"""(what a record says, what its file says, the superior's part of it, the copy, the newest one seen), or problems."""


def resolve(  # noqa: PLR0913, PLR0917
    root: Path, path: str, own: Document, body: bytes, validator: Validator, copies: Mapping[str, str]
) -> Resolved:
    """Put a record together that takes over a superior's; what is the superior's fault is told at 采用."""
    collection, id_ = path.split("/")[1], path.rpartition("/")[2].removesuffix(".yaml")
    at, where = f"/{ADOPTION}", marks(body)
    wrong = [error for error in validator.errors({ADOPTION: own[ADOPTION]}) if error.pointer.startswith(at)]
    if wrong:
        return None, tuple(one.problem(path, where) for one in wrong)
    try:
        copy, newest = _copies(root, collection, id_, own, copies)
    except ValueError as why:
        return None, (Problem(path, *where.key(at), RULE, str(why), at),)
    whole, base = joined(own, AdoptedCopy.of(copy))
    problems = []
    for error in validator.errors(whole):
        if is_own(own, base, error.pointer):
            problems.append(error.problem(path, where))
        else:
            said = theirs(Overlay.of(own[ADOPTION]), error.message)
            problems.append(Problem(path, *where.key(at), error.rule, said, error.pointer))
    return (None, tuple(problems)) if problems else ((whole, own, base, copy, newest), ())


def theirs(adoption: Overlay, message: str) -> str:
    """Return what is wrong with something that is the superior's: not here it is put right."""
    return f"采用来的内容（{adoption.superior}）：{message}"


def _copies(
    root: Path, collection: str, id_: str, own: Document, copies: Mapping[str, str]
) -> tuple[Document, Document | None]:
    """Return the copy that a record rests on, and the newest that was seen; a ValueError where one is not right."""
    adoption = Overlay.of(own[ADOPTION])
    if TAKEN in mapping(own[ADOPTION]):
        raise ValueError(f"「{TAKEN}」由 {WRITER} 填，文件里不写；请删去")
    copy = held(root, copy_path(collection, id_), copies)
    adopted_copy = AdoptedCopy.of(copy)
    if (adopted_copy.body, adopted_copy.id) != adoption[:2]:
        raise ValueError(
            f"取来的是{adopted_copy.body}的 {adopted_copy.id}，不是{adoption.superior}；请运行 {WRITER} 取来"
        )
    other = newest_path(collection, id_)
    return copy, held(root, other, copies) if other in copies else None


def held(root: Path, path: str, copies: Mapping[str, str]) -> Document:
    """Return what a copy holds.

    Raises:
        ValueError: it is not there, or is not what was locked; with a sentence.

    """
    file = root / path
    if path not in copies or not file.is_file():
        raise ValueError(f"没有取来的上级副本 {path}；请运行 {WRITER} 取来，与 {LOCK} 一起提交")
    try:
        body = content(file, MOST)
    except (Unfit, OSError):
        raise ValueError(f"上级副本 {path} 读不了；请从版本库恢复") from None
    if hashlib.sha256(body).hexdigest() != copies[path]:
        raise ValueError(f"上级副本 {path} 与 {LOCK} 记的校验值不符，被改动过；请从版本库恢复，或者用 {WRITER} 重取")
    try:
        return document(body)
    except ValueError as why:
        raise ValueError(f"上级副本 {path} {why}；请从版本库恢复，或者用 {WRITER} 重取") from None
