"""Drafts that fit: what a form or a rule refuses is kept in 来源 instead, so that hardly a row is lost for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.base.parallel import parallel_each
from quanze.edit.importer.problem import After
from quanze.edit.skeleton import Needs
from quanze.form import kinds
from quanze.form.sentences import quote
from quanze.register.life import DRAFT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quanze.base.model import Value
    from quanze.base.problem import Finding
    from quanze.edit.importer.draft import Draft
    from quanze.edit.importer.target import Target
    from quanze.form import Form
    from quanze.form.validate import FormError

_TURNS = 8
_PART = 500
"""So many drafts are held against the form at once: few are not worth a process."""


class Settling:
    """What makes drafts of one form fit it."""

    def __init__(self, form: Form) -> None:
        self._form, self._validator, self._needs = form, form.validator, Needs(form)
        self._status = form.role(kinds.STATUS)
        choices = form.fields[self._status].choices if self._status else ()
        self._drafts = DRAFT in choices

    def fit_all(self, drafts: Sequence[Draft]) -> None:
        """Make every draft fit, as `fit` does; what the form says of them first is asked on every core."""
        found = parallel_each(self._asked, drafts, _PART, "对照表单")
        for draft, asked in zip(drafts, found, strict=True):
            self.fit(draft, asked)

    def _asked(self, draft: Draft) -> tuple[frozenset[str], Sequence[FormError]]:
        """Return what a draft lacks, and what of it the form refuses where it lacks nothing."""
        missing = frozenset(self._needs.of(draft.data) - draft.data.keys())
        return missing, () if missing else self._validator.errors(self.ordered(draft.data))

    def fit(self, draft: Draft, asked: tuple[frozenset[str], Sequence[FormError]] | None = None) -> None:
        """Take out what the form refuses, at last the claim that the record is in force; refuse what does not help."""
        for _ in range(_TURNS):
            missing, misfits = asked or self._asked(draft)
            asked = None
            if not missing and not misfits:
                break
            if missing and not self._lacks(draft, missing):
                return
            for one in misfits:
                name = one.pointer.split("/")[1] if "/" in one.pointer else ""
                if not name or name not in draft.data:
                    draft.refuse(1, one.rule, one.message)
                    return
                draft.say(self._column(draft, name), one.rule, one.message, after=After.KEPT)
                draft.out(name, one.message)
        draft.data = self.ordered(draft.data)

    def _lacks(self, draft: Draft, missing: Iterable[str]) -> bool:
        """Make a draft of a record that lacks what it must have; return whether that helps."""
        names = "、".join(name for name in self._form.fields if name in missing)
        if self._drafts and draft.data.get(self._status) != DRAFT:
            draft.say(self._column(draft, self._status), "import-draft", f"还缺「{names}」，状态写「拟」，补齐以后再改")
            draft.data[self._status] = DRAFT
            return True
        for name in missing:
            head = draft.item.head
            target = next((one for one in head.targets if one.path.partition(".")[0] == name), None)
            if target:
                draft.refuse(target.index, "form-required", _lacking(draft, name, target))
            else:
                draft.refuse(
                    1,
                    "import-required",
                    f"表里没有「{name}」一栏，这一项必填；用 --set {name}=… 或者 --map 的「固定值」写明",
                )
        return False

    def yield_to(self, draft: Draft, finding: Finding, rule: str) -> None:
        """Make a draft of what a rule refuses; without drafts, take it out, or refuse the row."""
        if self._drafts and draft.data.get(self._status) != DRAFT:
            column = self._column(draft, finding.pointer.partition("/")[2].partition("/")[0])
            draft.say(column, rule, finding.message, after=After.DRAFTED)
            draft.data[self._status] = DRAFT
            return
        steps = finding.pointer.split("/")[1:]
        name = steps[0] if steps else ""
        value = draft.data.get(name)
        field = self._form.fields.get(name)
        if field is None or value is None or field.required:
            draft.refuse(self._column(draft, name), rule, finding.message)
            return
        draft.say(self._column(draft, name), rule, finding.message, after=After.KEPT)
        draft.out(name, finding.message)
        self.fit(draft)

    def ordered(self, data: Mapping[str, Value]) -> dict[str, Value]:
        """Return the data in the form's order."""
        return {name: data[name] for name in self._form.fields if name in data}

    def _column(self, draft: Draft, name: str) -> int:
        return next((one.index for one in draft.item.head.targets if one.path.partition(".")[0] == name), 1)


def _lacking(draft: Draft, name: str, target: Target) -> str:
    """Return why a cell gives nothing to a field that must be filled in; what was said of the cell goes into it."""
    text = " ".join(draft.texts.get(target.head, "").split())
    if not text:
        return f"「{name}」必填，这里空着"
    said = next(
        (problem for problem in draft.problems if problem.about == target.head and problem.after is After.KEPT), None
    )
    if not said:
        return f"「{name}」必填，这里写的是{quote(text)}"
    draft.problems.remove(said)
    return f"{said.message}{'' if text in said.message else f'，这里写的是{quote(text)}'}；这一项必填，这一行没有导入"
