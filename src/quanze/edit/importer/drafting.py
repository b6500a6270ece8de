"""The rows of a sheet, each as the record that it is or would be."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quanze.edit.importer.matching import origin_of, said
from quanze.edit.importer.reading import at, put
from quanze.form import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.base.model import Record, Value
    from quanze.edit.importer.head import Target
    from quanze.edit.importer.matching import Matching
    from quanze.edit.importer.problem import SheetProblem
    from quanze.edit.importer.reading import SheetReading
    from quanze.register.listing import Row

_SHOWN = 24


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """What one row comes to."""

    row: int
    data: Mapping[str, Value] = field(default_factory=dict)
    """The data of the record to be written; nothing where none is."""
    old: Record | None = None
    """The record as it is; None for a new one."""
    id: str = ""
    """The id that the sheet gives a new record, if it does."""
    problems: tuple[SheetProblem, ...] = ()
    heading: bool = False
    """Whether the row is no record."""
    same: bool = False
    """Whether the row says what its record says."""


class Drafting:
    """What compares the rows of one sheet with the records."""

    def __init__(self, reading: SheetReading, matching: Matching, *, update: bool) -> None:
        self._reading, self._matching, self._update = reading, matching, update

    def heads(self) -> Iterator[SheetProblem]:
        """Yield what there is to say of the columns."""
        reading = self._reading
        for one in reading.head.targets:
            if one.near:
                message = f"表头「{one.head}」按相近的「{one.path}」读取；不对的，用 --map 写明"
                yield reading.problem(reading.head.bottom, one.index, "import-near", message, "review")
            elif not one.column and not one.skipped:
                keep = reading.form.role(kinds.ORIGIN)
                kept = f"内容保留在「{keep}」的原文里" if keep else "内容没有地方保留；不要的，用 --map 写明 null"
                message = f"表头「{one.head}」没有对应的栏目；{kept}"
                yield reading.problem(
                    reading.head.bottom, one.index, "import-column", message, "review" if keep else "error"
                )

    def _matched(self) -> list[tuple[int, Row | None]]:
        """Return each row of the sheet with the row of records that it is: by what it says, else by where it stands."""
        sheet = self._reading.sheet
        rows = [row for row in self._reading.rows() if not self._reading.section(row)]
        found = {row: self._matching.find(self._reading.texts(row)) for row in rows}
        claimed = {one.id for match in found.values() if match for one in match.records}
        for row, match in found.items():
            if match is None and not self._matching.ids(self._reading.texts(row)):
                origin = self._matching.from_origin((sheet.file, sheet.name, row))
                if origin and origin.records[0].id not in claimed:
                    found[row] = origin
        return [*found.items()]

    def drafts(self) -> Iterator[Draft]:
        """Yield what each row comes to, headings left out."""
        reading, taken, named = self._reading, dict[str, int](), dict[tuple[str, ...], int]()
        matched = dict(self._matched())
        section: dict[str, Value] = {}
        for row in reading.rows():
            heading = reading.section(row)
            if heading:
                section = reading.choices_in(heading)
                used = f"，其下各行的「{'、'.join(section)}」按它填" if section else ""
                message = f"「{heading[:_SHOWN]}」当作分节标题，没有导入{used}"
                problem = reading.problem(row, 1, "import-section", message, "review")
                yield Draft(row, problems=(problem,), heading=True)
                continue
            match = matched[row]
            name = self._matching.name(reading.texts(row))
            earlier = taken.get(match.records[0].id) if match else named.get(name) if name else None
            if earlier:
                message = f"与第 {earlier} 行是同一条记录；请合并，或者改正名称、编号"
                yield Draft(row, problems=(reading.problem(row, 1, "import-duplicate", message),))
                continue
            if match:
                taken[match.records[0].id] = row
                yield self._known(row, match)
            else:
                named[name] = row
                yield self._new(row, section)

    def _new(self, row: int, section: Mapping[str, Value]) -> Draft:
        ids = self._matching.ids(self._reading.texts(row))
        data, problems = self._reading.data(row, section)
        if len(ids) > 1:
            message = f"一格里写了几个编号（{'、'.join(ids)}），而没有这样的行；一行只导入一条记录"
            problems.append(self._reading.problem(row, 1, "import-joined", message))
        return Draft(row, data, id=ids[0] if ids else "", problems=tuple(problems))

    def _known(self, row: int, match: Row) -> Draft:
        """Compare a row with what the sheet would say of its records."""
        record = match.records[0]
        expected = dict(self._matching.told(match))
        data: dict[str, Value] = deepcopy(dict(record.data))
        problems: list[SheetProblem] = []
        for path, targets in self._reading.by_path(self._reading.head.fields).items():
            changed = [one for one in targets if self._differs(row, one, expected[one.index])]
            problems += self._told(row, match, changed, expected)
            changed = [one for one in changed if self._text(row, one)]
            if changed:
                value, faults = self._reading.value(row, targets, at(record.data, path), changed)
                problems += (one for one in faults if self._update or one.level == "error")
                if self._update and value is not None:
                    put(data, path, value)
        self._keep_unplaced(row, record, data)
        sound = data != record.data and not any(one.level == "error" for one in problems)
        return Draft(
            row,
            data if sound else {},
            old=record,
            problems=tuple(problems),
            same=data == record.data and not problems,
        )

    def _told(
        self, row: int, match: Row, changed: Sequence[Target], expected: Mapping[int, str]
    ) -> Iterator[SheetProblem]:
        """Yield what there is to say of cells that differ from the record."""
        path = match.records[0].path
        for one in changed:
            old, new = _cut(expected[one.index]), _cut(self._text(row, one))
            if not new:
                message = f"「{one.head}」空着，{path} 里的「{old}」没有动"
                yield self._reading.problem(row, one.index, "import-blank", message, "review")
            elif len(match.records) > 1 or one.path in match.rewritten:
                ids = "、".join(member.id for member in match.records)
                message = f"「{one.head}」与清单对 {ids} 的写法不同；请在清单的「条目」里改，或者直接改记录"
                yield self._reading.problem(row, one.index, "import-joined", message)
            elif not self._update:
                message = f"「{one.head}」与 {path} 不同：「{old}」→「{new}」；要更新的加 --update"
                yield self._reading.problem(row, one.index, "import-differs", message, "review")

    def _text(self, row: int, target: Target) -> str:
        return said(self._reading.sheet.cell(row, target.index).text)

    def _differs(self, row: int, target: Target, expected: str) -> bool:
        """Tell whether a cell says something else than the record: not only in other words."""
        if _plain(self._text(row, target)) == _plain(expected):
            return False
        return _plain(self._reading.words(target, self._reading.value(row, [target])[0])) != _plain(expected)

    def _keep_unplaced(self, row: int, record: Record, data: dict[str, Value]) -> None:
        """Take over the cells that no field has, where the record came from this very sheet."""
        reading, origin = self._reading, origin_of(record, self._reading.form)
        here = reading.origin(row)
        same = origin.get("文件") == here["文件"] and origin.get("表") == here.get("表")
        if self._update and same and "原文" in here and origin.get("原文") != here["原文"]:
            data[reading.form.role(kinds.ORIGIN)] = {**origin, "原文": here["原文"]}


def _plain(text: str) -> str:
    """Return a text as it is compared: what a sheet does to white space is no difference."""
    return "".join(text.split())


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
