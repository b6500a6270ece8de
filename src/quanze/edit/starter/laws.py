"""The laws of a new register, facts only: those that bind every bureau with its powers, and those that it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.edit.starter import package
from quanze.form import kinds
from quanze.form.kinds import check
from quanze.law.instrument import Instrument
from quanze.law.nearest import nearest
from quanze.register.catalog import LAWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quanze.edit.starter.answers import NewRegister

_GENERAL = {
    "": ("政府信息公开条例", "行政复议法"),
    "行政处罚": ("行政处罚法", "行政强制法", "行政执法机关移送涉嫌犯罪案件的规定"),
    "行政强制": ("行政强制法",),
    "行政许可": ("行政许可法",),
}
"""Instruments that bind every bureau with powers of a type; of the first all that are bureaus."""
PROCEDURAL = frozenset(
    {"政府信息公开条例", "行政处罚法", "行政许可法", "行政强制法", "行政复议法", "行政诉讼法", "民事诉讼法"}
)
"""Instruments on how any bureau acts, and on what can be done against it."""
_MATTER = re.compile("(?:管理|监督|实施){0,3}(?:法|条例|规定|办法)$")
"""What the short title of an instrument has besides its matter."""


def instruments() -> dict[str, Instrument]:
    """Return the instruments whose facts the package has, by id."""
    return {id_: Instrument.of(id_, data) for id_, (data, _) in package.records(LAWS).items()}


def chosen(answers: NewRegister) -> Iterator[tuple[str, str]]:
    """Yield (id, text of the file) of the laws of a new register, those that took the place of one included."""
    known = instruments()
    ids = {*named((*_titles(answers), *PROCEDURAL, *answers.laws))}
    while more := {id_ for one in ids for id_ in known[one].successors} & known.keys() - ids:
        ids |= more
    for id_ in sorted(ids):
        yield id_, package.records(LAWS)[id_][1]


def general(answers: NewRegister) -> frozenset[str]:
    """Return the ids of the laws that bind every bureau with such powers."""
    return frozenset(named(_titles(answers)))


def foreign(ids: frozenset[str]) -> re.Pattern[str]:
    """Return what the matters of all other laws are called: 安全生产, 特种设备安全 and so on."""
    others = (name for id_, one in instruments().items() if id_ not in ids for name in one.names)
    matters = {_MATTER.sub("", name) for name in others}
    return re.compile("|".join(re.escape(one) for one in sorted(matters, key=len, reverse=True) if len(one) > 1))


def checked(answers: NewRegister) -> str:
    """Return up to which day the facts of all laws of a new register were looked at: that of the first."""
    role = package.form(LAWS).role(kinds.CHECK)
    records = package.records(LAWS)
    return min(check.day(records[id_][0][role]) for id_, _ in chosen(answers))


def named(titles: Iterable[str]) -> Iterator[str]:
    """Yield the ids of instruments by full or short title; a Fault for one whose facts the package has not."""
    names = {name: id_ for id_, one in instruments().items() for name in one.names}
    for title in titles:
        plain = title.strip("《》")
        if plain not in names:
            raise Fault(f"--law：没有《{plain}》的资料{nearest(plain, names)}；可以先不写，以后用 quanze new laws 新建")
        yield names[plain]


def _titles(answers: NewRegister) -> Iterator[str]:
    for type_ in ("", *answers.types):
        yield from _GENERAL.get(type_, ())
