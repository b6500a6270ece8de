"""Which record of a superior's register a record takes over (采用), and what became of it here."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quanze.base.value import mapping, rows, text, texts
from quanze.form.kinds.kind import Kind, escaped, in_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Value
    from quanze.form.kinds.kind import Field, Look, Lookup

ADOPTION = "采用"
"""The field of this kind: the same in every form, since a file is asked for it before its form is known to fit."""
BODY, ID, REASONS, LEFT_OUT, STAYS, TAKEN = "机关", "编号", "理由", "不取", "留用", "取自"
_DATED, _COMMIT, _DIGEST, _ON, _OWN, _ABOVE = "日期", "提交", "校验值", "取得日期", "本处", "更上级"


class Superior(NamedTuple):
    """A record of another register."""

    body: str
    id: str
    dated: str = ""
    """The day of the state that was taken."""

    def __str__(self) -> str:
        """Return what it is called: 示例市应急管理局的 xzcf-001."""
        return f"{self.body}的 {self.id}"

    def data(self) -> dict[str, Value]:
        """Return it as a record has it."""
        return {BODY: self.body, ID: self.id, **({_DATED: self.dated} if self.dated else {})}


class TakenFrom(NamedTuple):
    """The state of a superior's record that was taken; written by the program, never by hand."""

    dated: str = ""
    commit: str = ""
    digest: str = ""
    """SHA-256 of the file in which it was published."""
    on: str = ""
    """The day on which it was taken."""
    own: tuple[str, ...] = ()
    """The fields that are this register's own."""
    above: tuple[Superior, ...] = ()
    """From whom the superior has it, the nearest first."""

    @classmethod
    def of(cls, data: object) -> TakenFrom:
        """Return what a value of a record tells."""
        told = mapping(data)
        rows_ = rows(told.get(_ABOVE))
        above = (Superior(text(one.get(BODY)), text(one.get(ID)), text(one.get(_DATED))) for one in rows_)
        dated, commit, digest, on = (text(told.get(name)) for name in (_DATED, _COMMIT, _DIGEST, _ON))
        return cls(dated, commit, digest, on, texts(told.get(_OWN)), tuple(above))

    def data(self) -> dict[str, Value]:
        """Return it as a record has it."""
        found: dict[str, Value] = {_DATED: self.dated, _COMMIT: self.commit, _DIGEST: self.digest, _ON: self.on}
        found |= {_OWN: [*self.own], _ABOVE: [one.data() for one in self.above]}
        return {name: value for name, value in found.items() if value}


class Overlay(NamedTuple):
    """What a record says of the one that it takes over."""

    body: str = ""
    """The superior's full name."""
    id: str = ""
    reasons: Mapping[str, str] = {}
    """Why a field differs, by its path."""
    left_out: tuple[str, ...] = ()
    """What the superior says and this register does not."""
    stays: str = ""
    """The beginning of the hash of a newer state that is not followed."""
    why: str = ""
    """Why not."""
    taken: TakenFrom = TakenFrom()

    @classmethod
    def of(cls, data: object) -> Overlay:
        """Return what a value of a record tells; one without a body takes over nothing."""
        told = mapping(data)
        stays = mapping(told.get(STAYS))
        return cls(
            text(told.get(BODY)),
            text(told.get(ID)),
            {name: text(why) for name, why in mapping(told.get(REASONS)).items()},
            texts(told.get(LEFT_OUT)),
            text(stays.get(_DIGEST)),
            text(stays.get(REASONS)),
            TakenFrom.of(told.get(TAKEN)),
        )

    @property
    def superior(self) -> Superior:
        """The record that is taken over."""
        return Superior(self.body, self.id, self.taken.dated)

    @property
    def chain(self) -> tuple[Superior, ...]:
        """The record that is taken over, and those from which it comes, the nearest first."""
        return (self.superior, *self.taken.above)


def stays(digest: str, why: str) -> dict[str, Value]:
    """Return what a record says that does not follow a newer state of its superior's."""
    return {_DIGEST: digest[:12], REASONS: why}


def _text(value: object, _field: Field, _look: Look) -> str:
    return describe(Overlay.of(value))


def describe(overlay: Overlay) -> str:
    """Return in a sentence from whom a record comes, of which state, and what of it is its own."""
    taken = overlay.taken
    state = [f"{taken.dated} 的一版" if taken.dated else "", f"校验值 {taken.digest[:12]}" if taken.digest else ""]
    state += [f"{taken.on} 取来" if taken.on else "", *(f"它采用自{each}" for each in taken.above)]
    known = "，".join(filter(None, state))
    own = f"；本处的栏目：{'、'.join(taken.own)}" if taken.own else "；没有自己的栏目" if taken.digest else ""
    return f"采用{overlay.superior}{f'（{known}）' if known else ''}{own}"


def _texts(value: object, _field: Field, _look: Look) -> Iterator[str]:
    yield Overlay.of(value).body


def _read(text: str, _field: Field, _names: Lookup) -> Value:
    raise ValueError(f"「{text[:20]}」不从表里导入：采用上级的记录用 quanze adopt")


KIND = Kind("采用", _text, escaped(_text), _read, in_lines, texts=_texts, phrase=True, provenance=True)
