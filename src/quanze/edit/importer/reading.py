"""A row of a sheet → the data of a record: each cell read by its field, and told where it cannot be."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quanze.edit import cells
from quanze.edit.importer.matching import said
from quanze.edit.importer.problem import SheetProblem
from quanze.form import kinds
from quanze.form.kinds import tell
from quanze.law.citation import numbers
from quanze.register.listing import value_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.base.model import Value
    from quanze.base.problem import Level
    from quanze.edit.importer.head import Head, Target
    from quanze.edit.importer.sheet import Cell, Sheet
    from quanze.form import Form
    from quanze.form.kinds import Kind, Look
    from quanze.register.catalog import Catalog

_DIGITS_KEPT = 15
"""A spreadsheet's numbers have no more digits than these."""
_AS_TEXT = frozenset({kinds.CODE, kinds.USCC, kinds.REGION, kinds.PHONE})
"""The kinds whose leading zeros count."""
_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!")


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What reads the rows of one sheet."""

    catalog: Catalog
    form: Form
    sheet: Sheet
    head: Head
    fixed: Mapping[str, Value]
    """What every new record of the sheet is given."""
    look: Look

    def problem(self, row: int, column: int, rule: str, message: str, level: Level = "error") -> SheetProblem:
        """Return a problem at a cell."""
        return SheetProblem(row, column, self.sheet.file, self.sheet.name, rule, message, level)

    def texts(self, row: int) -> dict[int, str]:
        """Return the texts of a row by column, without those that say that nothing is known."""
        return {one.index: said(self.sheet.cell(row, one.index).text) for one in self.head.targets}

    def rows(self) -> Iterator[int]:
        """Yield the numbers of the rows that are neither blank nor the heads."""
        for row in range(self.head.bottom + 1, len(self.sheet.rows) + 1):
            if any(text and not (text.isdecimal() and self._is_number(index)) for index, text in self._all(row)):
                yield row

    def section(self, row: int) -> str:
        """Return the heading that a row is, if nothing else is in it: 一、行政许可（5项）; else an empty text."""
        texts = [(index, text) for index, text in self._all(row) if text]
        if len(texts) != 1:
            return ""
        index, text = texts[0]
        merge = self.sheet.merged(row, index)
        if merge.right > merge.left or not any(one.index == index for one in self.head.fields):
            return text
        return ""

    def choices_in(self, heading: str) -> dict[str, Value]:
        """Return the fields that a heading gives the rows below: the one word of a vocabulary that no column has."""
        found: dict[str, Value] = {}
        for field in self.form.fields.values():
            words = [word for word in field.choices if word in heading]
            if len(words) == 1 and not field.many and not self.head.of(field.name):
                found[field.name] = words[0]
        return found

    def column(self, name: str) -> int:
        """Return the first column of a field or of a part of it, counted from 1; 0 where there is none."""
        return next((one.index for one in self.head.fields if one.path.partition(".")[0] == name), 0)

    def data(self, row: int, section: Mapping[str, Value]) -> tuple[dict[str, Value], list[SheetProblem]]:
        """Return the data of a new record and what is wrong with its cells."""
        found: dict[str, Value] = {}
        problems: list[SheetProblem] = []
        for targets in self.by_path(self.head.fields).values():
            value, told = self.value(row, targets)
            problems += told
            if value is not None:
                put(found, targets[0].path, value)
        given = {name: value for name, value in {**self.fixed, **section}.items() if name not in found}
        whole = {**found, **given}
        forbidden = self.form.forbidden(whole) & given.keys()
        origin = self.form.role(kinds.ORIGIN)
        if origin:
            whole[origin] = self.origin(row)
        names = [name for name in self.form.fields if name in whole and name not in forbidden]
        return {name: self._grounded(name, whole[name], whole) for name in names}, problems

    def _grounded(self, name: str, value: Value, data: Mapping[str, Value]) -> Value:
        """Give sanctions that are fixed without a basis what the row cites of penalty articles."""
        if self.form.fields[name].kind is not kinds.SANCTION or not isinstance(value, list):
            return value
        fields = [one.name for one in self.form.fields.values() if one.kind is kinds.CITATION]
        cited = [one for field in fields for one in _listed(data.get(field)) if self._penal(one)]
        basis = [{**one, "作用": "罚则"} for one in cited]
        return [{**one, "依据": basis} if basis and "依据" not in one else one for one in value]

    def _penal(self, citation: Mapping[str, Value]) -> bool:
        named = self.catalog.named(citation.get("依据文件"))
        articles = numbers(citation.get("条"))
        return len(named) == 1 and bool(articles) and named[0].newest.penalty_articles.issuperset(articles)

    def origin(self, row: int) -> dict[str, Value]:
        """Return where a row stands, with the cells that no field has."""
        sheet: dict[str, Value] = {"表": self.sheet.name} if self.sheet.name else {}
        kept = self.unplaced(row)
        return {"文件": self.sheet.file, **sheet, "行": row, **({"原文": kept} if kept else {})}

    def unplaced(self, row: int) -> str:
        """Return the cells of the columns that no field has, one line each."""
        loose = (one for one in self.head.targets if not one.column and not one.skipped)
        texts = ((one.head, self.sheet.cell(row, one.index).text) for one in loose)
        return "\n".join(f"{head}：{text}" for head, text in texts if text)

    def value(
        self, row: int, targets: Sequence[Target], have: Value = None, changed: Sequence[Target] | None = None
    ) -> tuple[Value, list[SheetProblem]]:
        """Return the value that the cells of a field give it, and what is wrong with them.

        Of what the record has already, `have`, elements that the cells say again are kept as they are; so is what
        stands in columns that are not `changed`, and in none.
        """
        problems: list[SheetProblem] = []
        parts: list[Value] = []
        for target in targets:
            if changed is not None and target not in changed:
                parts += self._of_rank(have, target)
                continue
            value, told = self._cell(row, target)
            problems += told
            known = {self.words(target, [one]): one for one in have} if isinstance(have, list) else {}
            parts += [known.get(self.words(target, [one]), one) if known else one for one in _listed(value)]
        if isinstance(have, list):
            parts += [one for one in have if not any(one in self._of_rank(have, target) for target in targets)]
        field = targets[0].column.field if targets[0].column else None
        return (parts if field and field.many else parts[0]) if parts else None, problems

    def words(self, target: Target, value: Value) -> str:
        """Return what the sheet would say of a value in a column."""
        field = target.column.field if target.column else None
        if field is None or value is None:
            return ""
        many = isinstance(value, list) and field.many
        return "\n".join(
            tell(field, one, self.look) for one in ([[one] for one in _listed(value)] if many else [value])
        )

    def _of_rank(self, have: Value, target: Target) -> list[Value]:
        """Return those of the values that stand in a column."""
        rank = target.column.rank if target.column else ""
        values = have if isinstance(have, list) else []
        return [one for one in values if not rank or self._rank(one) == rank]

    def _rank(self, citation: Any) -> str:
        named = self.catalog.named(citation.get("依据文件")) if isinstance(citation, dict) else ()
        return named[0].rank if len(named) == 1 else ""

    def _cell(self, row: int, target: Target) -> tuple[Value, list[SheetProblem]]:
        cell = self.sheet.cell(row, target.index)
        field = target.column.field if target.column else None
        if field is None:
            return None, []
        fault = self._damage(row, target, cell, field.kind)
        if fault:
            return None, [fault]
        try:
            value = cells.read(said(cell.text), field, self.catalog)
        except ValueError as error:
            return None, [self.problem(row, target.index, "import-value", f"「{target.head}」这一格：{error}")]
        if field.kind is kinds.CITATION and any(cells.UNREAD in one for one in _listed(value)):
            message = f"「{target.head}」没能全部拆成条款，原话保留在「{cells.UNREAD}」里"
            return value, [self.problem(row, target.index, "import-citation", message, "review")]
        return value, []

    def _damage(self, row: int, target: Target, cell: Cell, kind: Kind) -> SheetProblem | None:
        """Return what the spreadsheet itself did to a cell, if anything."""
        if (row, target.index) in self.sheet.unsettled:
            message = f"「{target.head}」是没有算出值的公式；请在 Excel 里打开并保存，或者改成文字"
            return self.problem(row, target.index, "import-formula", message)
        if cell.text in _ERRORS:
            message = f"「{target.head}」是错误值 {cell.text}；请改成文字"
            return self.problem(row, target.index, "import-formula", message)
        whole = len(cell.text) in cells.SCHEMES and len(cell.text) <= _DIGITS_KEPT
        if cell.number and not whole and (kind in _AS_TEXT or len(cell.text) > _DIGITS_KEPT):
            lost = "可能丢了前面的 0 或者后面的位数；请把这一列设成文本后重填"
            message = f"「{target.head}」在表里存成了数字 {cell.text}，{lost}"
            return self.problem(row, target.index, "import-number", message)
        return None

    def by_path(self, targets: Sequence[Target]) -> Mapping[str, list[Target]]:
        """Return the columns by field, in the order of the sheet."""
        found: defaultdict[str, list[Target]] = defaultdict(list)
        for one in targets:
            found[one.path].append(one)
        return found

    def _all(self, row: int) -> list[tuple[int, str]]:
        return [(index, self.sheet.cell(row, index).text) for index in range(1, self.sheet.width + 1)]

    def _is_number(self, index: int) -> bool:
        """Tell whether a column holds the numbers of the rows."""
        return any(one.index == index and one.column and not one.column.field for one in self.head.targets)


def put(data: dict[str, Any], path: str, value: Value) -> None:
    """Set the value at a dotted path, making the objects above it."""
    *above, last = path.split(".")
    for name in above:
        data[name] = {**data[name]} if isinstance(data.get(name), dict) else {}
        data = data[name]
    data[last] = value


def at(data: Mapping[str, Value], path: str) -> Value:
    """Return the value at a dotted path, or None."""
    found: Value = value_at(data, path)
    return found


def _listed(value: Value) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
