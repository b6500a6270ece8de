"""Whether an item is still exercised, as rows say it beside the column for that: 拟取消, 已收回."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quanze.edit.importer.words import is_former_name, status_paths, status_said
from quanze.form.sentences import quote
from quanze.register.life import DRAFT, Life

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.edit.importer.draft import Draft
    from quanze.edit.importer.target import Target
    from quanze.form import Form

_IN_BRACKETS = re.compile(r"[（(【\[]([^（）()【】\[\]]{2,20})[）)】\]]")


def still_open(draft: Draft, form: Form) -> None:
    """Ask about what a row says of its item's state, and make a draft of it, whatever else says that it is in force."""
    life = Life.of(form)
    if life.gone(draft.data) or life.held(draft.data):  # its own column says so
        return
    status = form.fields.get(life.status)
    drafts = status is not None and DRAFT in status.choices
    done = f"新记录先写成「{DRAFT}」，已有的没有动；" if drafts else ""
    doubtful = False
    for target, words in _said(draft, form):
        message = f"「{target.head}」写着{quote(words)}，像是说这一项的状态；{done}还办不办，请定"
        draft.say(target.index, "import-status", message)
        doubtful = True
    if status and drafts and (doubtful or _unread(draft, status.name)):
        draft.data[status.name] = DRAFT


def _unread(draft: Draft, status: str) -> bool:
    """Tell whether a cell says a state that could not be read: what --set gives must not take its place."""
    target = draft.item.head.of(status)
    return bool(target and status not in draft.data and draft.texts.get(target.head))


def _said(draft: Draft, form: Form) -> Iterator[tuple[Target, str]]:
    """Yield the columns that speak of the item's state, with their words."""
    for target in draft.item.head.targets:
        text = draft.texts.get(target.head, "")
        if target.skipped or not text or is_former_name(target.head):
            continue
        if not target.column or target.path in status_paths():
            words = status_said(text)
        elif target.path == form.title_field:
            words = next(filter(None, map(status_said, _IN_BRACKETS.findall(text))), "")
        else:
            continue
        if words:
            yield target, words
