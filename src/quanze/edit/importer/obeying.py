"""The records of an import, held against the rules of the check before a file is written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quanze.check import rules
from quanze.edit.importer.problem import SheetProblem
from quanze.register.catalog import LAWS
from quanze.register.life import Life

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quanze.base.model import Record
    from quanze.base.problem import Finding, Level
    from quanze.edit.importer.draft import Draft
    from quanze.edit.importer.settling import Settling
    from quanze.form import Form
    from quanze.register.catalog import Catalog

_TURNS = 4
_MANY = 5_000
"""So many drafts are not held against the rules one by one: a fault in a draft blocks nothing."""
_DATED = "check-date"
"""Nobody has checked a draft yet: to say so of each would say nothing."""


def whole(catalog: Catalog, added: Mapping[str, Iterable[Record]]) -> Catalog:
    """Return a catalog with some records more, or others in their place."""
    records = dict(catalog.records)
    for collection, new in added.items():
        merged = {**records.get(collection, {}), **{one.id: one for one in new}}
        records[collection] = dict(sorted(merged.items()))
    return replace(catalog, records=records)


class Obeying:
    """What holds records against the rules, until they find nothing that they did not find before."""

    def __init__(self, catalog: Catalog, form: Form, settling: Settling, day: str) -> None:
        self._catalog, self._form, self._settling, self._day = catalog, form, settling, day

    def obey(
        self, records: dict[Draft, Record], laws: Sequence[Record], there: frozenset[Draft]
    ) -> Iterator[SheetProblem]:
        """Make drafts of what the rules refuse, refuse what is `there` already; yield what concerns no row."""
        if not records and not laws:
            return
        life, changed = Life.of(self._form), [*records]
        if len(changed) > _MANY and all(life.draft(one.data) for one in records.values()):
            message = f"新建了 {len(changed)} 条「拟」的记录，待复核的没有在这里逐条说；请用 quanze check 看"
            yield _of_all(changed, "import-draft", message, "review")
            return
        known = {_key(one) for one in rules.run(self._catalog, self._day).open}
        for _ in range(_TURNS):
            live = {draft: record for draft, record in records.items() if not draft.refused}
            by_path = {record.path: draft for draft, record in live.items()}
            new = whole(self._catalog, {self._form.collection: live.values(), LAWS: laws})
            wrong = [one for one in rules.run(new, self._day).open if _key(one) not in known]
            errors = [(rule, one) for rule, one in wrong if one.level == "error"]
            if not errors:
                _review(wrong, by_path)
                return
            done: set[tuple[Draft, str]] = set()
            for rule, finding in errors:
                draft = by_path.get(finding.record.path)
                if draft is None:
                    yield _of_all(changed, rule, f"导入后，{finding.record.path}：{finding.message}")
                elif draft in there:
                    draft.refuse(_column(draft, finding.pointer), rule, finding.message)
                elif (draft, finding.pointer) not in done and not draft.refused:
                    done.add((draft, finding.pointer))
                    self._settling.yield_to(draft, finding, rule)
                    records[draft] = replace(records[draft], data=self._settling.ordered(draft.data))
            known |= {_key(one) for one in wrong if one[1].record.path not in by_path}


def _review(wrong: Iterable[tuple[str, Finding]], by_path: Mapping[str, Draft]) -> None:
    """Say at its row what is to be looked at, if it is not said yet."""
    for rule, finding in wrong:
        draft = by_path.get(finding.record.path)
        if draft is None or rule == _DATED:
            continue
        if not any(problem.rule == rule and problem.message.startswith(finding.message) for problem in draft.problems):
            draft.say(_column(draft, finding.pointer), rule, finding.message)


def _of_all(drafts: Sequence[Draft], rule: str, message: str, level: Level = "error") -> SheetProblem:
    first = drafts[0].sheet
    return SheetProblem(0, 0, first.file, first.name, rule, message, level)


def _column(draft: Draft, pointer: str) -> int:
    name = pointer.split("/")[1] if "/" in pointer else ""
    return next((one.index for one in draft.item.head.targets if one.path.partition(".")[0] == name), 1)


def _key(found: tuple[str, Finding]) -> tuple[str, str, str, str]:
    id_, one = found
    return id_, one.record.path, one.pointer, one.message
