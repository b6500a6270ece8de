"""One basis for another in every record that cites it, in the YAML text itself, with all else left as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.edit.changeset import Edit
from quanze.edit.patch import amend
from quanze.law.citation import CITED, LAW, QUOTE
from quanze.law.places import ARTICLE
from quanze.register.adopted import inherited

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Value
    from quanze.edit.place import Sought
    from quanze.law.citation import Citation
    from quanze.register.catalog import Catalog
    from quanze.register.occurrences import Occurrence


@dataclass(frozen=True, slots=True)
class Left:
    """A citation that a person has to look at."""

    path: str
    pointer: str
    why: str

    def __str__(self) -> str:
        """Return the place and the sentence on one line."""
        return f"{self.path}: {self.why}"


@dataclass(frozen=True, slots=True)
class Replacement:
    """What replacing a basis comes to."""

    edits: tuple[Edit, ...]
    places: int
    """How many citations are changed."""
    left: tuple[Left, ...]


class _ByHandError(Exception):
    """Why a citation cannot be changed without a decision."""


def replace(catalog: Catalog, old: Sought, new: Sought) -> Replacement:
    """Work out the files with citations of `old` changed to `new`.

    Parts of a citation below the place asked for stay where both places are equally deep (第八十九条 → 第九十二条
    turns 第八十九条第一款 into 第九十二条第一款); where they are not, only a citation of exactly that place is changed.
    A citation that names a version, or several places of which one is asked for, is left for a person.

    Raises:
        Fault: one side is not exactly one place.

    """
    if len(old.places) > 1 or len(new.places) > 1:
        raise Fault("一次只能把一处依据换成另一处；几款几项的，请分几次换")
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    left: list[Left] = []
    count = 0
    for occurrence in catalog.citations.get(old.instrument.id, ()):
        path = occurrence.record.path
        if path not in before:
            before[path] = after[path] = (catalog.root / path).read_bytes().decode()
        try:
            values = _changed(occurrence.value, old, new)
            if values:
                after[path] = _amended(after[path], occurrence, values)
                count += 1
                left += _quoting(occurrence)
        except _ByHandError as why:
            left.append(Left(path, occurrence.pointer, f"{occurrence.value}没有改：{why}；请人工核对"))
    edits = tuple(Edit(path, before[path], after[path]) for path in sorted(before) if before[path] != after[path])
    return Replacement(edits, count, tuple(left))


def _amended(text: str, occurrence: Occurrence[Citation], values: Mapping[str, Value]) -> str:
    if inherited(occurrence.record, occurrence.pointer):
        raise _ByHandError("它是采用来的，要等上级改")
    amended = amend(text, occurrence.pointer, values, CITED)
    if amended is None:
        raise _ByHandError("几个栏目写在同一行里")
    return amended


def _quoting(occurrence: Occurrence[Citation]) -> Iterator[Left]:
    if occurrence.value.quote:
        why = f"{occurrence.value}改了，「{QUOTE}」还是原来的条文；请换成新条文的原话"
        yield Left(occurrence.record.path, occurrence.pointer, why)


def _changed(citation: Citation, old: Sought, new: Sought) -> dict[str, Value]:
    """Return the fields of a citation that change, None for one that goes; none where it does not cite the place."""
    have, asked, given = (one.levels for one in (citation, old.citations[0], new.citations[0]))
    if any(unit in have and not _holds(have[unit], number) for unit, number in asked.items()):
        return {}
    missing = [unit for unit in asked if unit not in have]
    if ARTICLE in missing:
        return {}
    if missing:
        raise _ByHandError(f"它没有写到{missing[0]}")
    if citation.version:
        raise _ByHandError(f"它指明了版本「{citation.version}」")
    below = [unit for unit in have if unit not in asked]
    if below and [*asked] != [*given]:
        raise _ByHandError(f"它写到了{'、'.join(below)}，而换成的写到{[*given][-1] if given else '整个文件'}")
    renamed = {} if old.instrument == new.instrument else {LAW: new.citations[0].law}
    several = [unit for unit in asked if str(have[unit]) != str(asked[unit])]
    if several:
        moved = [unit for unit in {**asked, **given} if asked.get(unit) != given.get(unit)]
        return _one_of_several(have, asked, given, several[0] if moved == several and not renamed else "")
    values = {**renamed, **dict.fromkeys(asked), **given}
    now = {LAW: citation.law, **have}
    return {name: value for name, value in values.items() if now.get(name) != value}


def _one_of_several(
    numbers: Mapping[str, Value], asked: Mapping[str, Value], given: Mapping[str, Value], unit: str
) -> dict[str, Value]:
    """Put one number in the place of another in a list of numbers, where nothing else changes."""
    have = numbers.get(unit)
    if not isinstance(have, tuple) or asked[unit] not in have or unit not in given:
        raise _ByHandError("它一并引了几处，只有一处要换")
    return {unit: [given[unit] if one == asked[unit] else one for one in have]}


def _holds(have: Value, wanted: Value) -> bool:
    """Tell whether the numbers of a part are, or have among them, the one that is asked for."""
    if isinstance(have, tuple):
        return any(_holds(one, wanted) for one in have)
    first, _, last = str(have).partition("至")
    if first.isdecimal() and last.isdecimal() and str(wanted).isdecimal():
        return int(first) <= int(str(wanted)) <= int(last)
    return str(have) == str(wanted)
