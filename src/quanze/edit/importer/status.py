"""Whether an item is still exercised, as rows say it beside the column for that: 拟取消, 已收回."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from quanze.edit.importer.draft import Gone
from quanze.edit.importer.words import (
    bare,
    fold,
    is_former_name,
    plain,
    says_nothing,
    simplified,
    status_paths,
    status_words,
    ticked,
    unticked,
)
from quanze.form.sentences import quote
from quanze.register.life import DRAFT, Life

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from quanze.edit.importer.draft import Draft
    from quanze.edit.importer.target import Target
    from quanze.form import Form

_IN_BRACKETS = re.compile(r"[（(【\[]([^（）()【】\[\]]{2,20})[）)】\]]")
_GOES_ON, _DOUBTFUL, _OVER = "照办", "存疑", "不办"
_CLAUSE, _WORD = 60, 12
"""The most characters of a clause, and of a cell, that says the state of an item."""


def still_open(draft: Draft, form: Form, fixed: Collection[str]) -> None:
    """Ask about what a row says of its item's state: a draft, or no record of what the row says to be gone.

    `fixed` are the fields that every record is given.
    """
    life = Life.of(form)
    column = draft.item.head.of(life.status)
    if life.held(draft.data):  # its own column says so, and another may say more
        ending = next((target for target, _, over in _said(draft, form) if over), None)
        if ending:
            draft.gone = draft.gone or Gone(ending.index, _cell(draft, ending))
            draft.data[life.status] = DRAFT
        return
    if life.gone(draft.data):
        lacks = life.end and life.end not in draft.data and life.end not in fixed
        if column and lacks:
            draft.gone = draft.gone or Gone(column.index, f"{_cell(draft, column)}，没有写「{life.end}」")
        return
    status = form.fields.get(life.status)
    drafts = status is not None and DRAFT in status.choices
    done = f"新记录先写成「{DRAFT}」，已有的没有动；" if drafts else ""
    doubtful = draft.gone is not None
    if column and _over(draft.texts.get(column.head, "")):
        draft.gone = draft.gone or Gone(column.index, _cell(draft, column))
    if heading := next(filter(_ends, (*reversed(draft.item.context.headings), draft.sheet.name)), ""):
        draft.gone = draft.gone or Gone(1, f"上面的标题或者表名写着{quote(heading)}")
        doubtful = True
    for target, words, over in _said(draft, form):
        if over:
            draft.gone = draft.gone or Gone(target.index, _cell(draft, target))
        else:
            message = f"「{target.head}」写着{quote(words)}，像是说这一项的状态；{done}还办不办，请定"
            draft.say(target.index, "import-status", message)
        doubtful = True
    if status and drafts and (doubtful or _unread(draft, status.name)):
        draft.data[status.name] = DRAFT


def renamed(draft: Draft, title: Target, texts: dict[int, str]) -> None:
    """Take the name that an item had before where the one for its new name says none: it may be one that is gone."""
    before = next((one for one in draft.item.head.targets if is_former_name(one.head) and texts.get(one.index)), None)
    name = texts.get(title.index, "")
    if before is None or (name and not _over(name) and not _matches("不变", name)):
        return
    texts[title.index] = texts[before.index]
    told = {_verdict(one.head, draft.texts.get(one.head, "")) for one in draft.item.head.targets}
    if _matches("不变", name) or (not name and _GOES_ON in told):
        done = f"写着{quote(name)}" if name else "空着"
        draft.say(title.index, "import-near", f"「{title.head}」{done}，按「{before.head}」填")
    else:
        said = _cell(draft, title) if name else f"「{before.head}」是{quote(texts[before.index])}，「{title.head}」空着"
        draft.gone = Gone(title.index, said)


def _cell(draft: Draft, target: Target) -> str:
    return f"「{target.head}」写着{quote(' '.join(draft.texts.get(target.head, '').split()))}"


@lru_cache(8_192)
def _matches(use: str, text: str) -> bool:
    return bool(status_words()[use].fullmatch(plain(text).rstrip("。.；;")))


def _over(text: str) -> bool:
    """Tell whether a cell says of its item, and of nothing else, that it is exercised no longer."""
    return _matches(_OVER, text)


def _ended(text: str) -> bool:
    """Tell whether a whole remark says that its item is gone; 下放 and 收回 may say where it came from."""
    return _over(text) and not re.search("放|并|整合|划|移|收|承接", text)


def _ends(heading: str) -> bool:
    """Tell whether a heading, or the name of a sheet, says that what stands below is exercised no longer."""
    return _matches("分节", heading) and bool(re.search("取消|停用|废|失效|撤销", heading))


@lru_cache(8_192)
def _verdict(head: str, text: str) -> str:
    """Return what a column of states says of an item; empty for nothing and for another column."""
    name = fold(bare(head))
    if not text:
        return ""
    asked, turned = (bool(status_words()[use].fullmatch(name)) for use in ("还办", "反"))
    if not asked and not turned and not status_words()["表头"].fullmatch(name):
        return ""
    if asked or turned:
        no = unticked(text)
        yes = _matches(_GOES_ON, text) or ticked(text)
        if no or yes:
            return _OVER if yes == turned else _GOES_ON
    if says_nothing(text):
        return ""
    return _GOES_ON if _matches(_GOES_ON, text) else _OVER if _over(text) else _DOUBTFUL


def _unread(draft: Draft, status: str) -> bool:
    """Tell whether a cell says a state that could not be read: what --set gives must not take its place."""
    target = draft.item.head.of(status)
    return bool(target and status not in draft.data and draft.texts.get(target.head))


def _said(draft: Draft, form: Form) -> Iterator[tuple[Target, str, bool]]:
    """Yield the columns that speak of the item's state, with their words, and whether these say that it is gone.

    Of columns with one head, which have one text, the first speaks.
    """
    seen: set[tuple[str, str, bool]] = set()
    for target in draft.item.head.targets:
        text = draft.texts.get(target.head, "")
        key = target.head, target.path, target.column is None
        if target.skipped or not text or key in seen or is_former_name(target.head):
            continue
        seen.add(key)
        remark = target.path in status_paths()
        verdict = _OVER if remark and _ended(text) else "" if target.column else _verdict(target.head, text)
        if verdict == _OVER and not _called_anew(draft, form):
            yield target, text, True
            continue
        words = ""
        if verdict == _DOUBTFUL:
            words = _clause(text) or (text if len(text) <= _WORD else "")
        elif verdict == _OVER:
            words = text
        elif verdict != _GOES_ON and (not target.column or remark):
            words = _clause(text)
        elif target.path == form.title_field:
            words = next(filter(None, map(_clause, _IN_BRACKETS.findall(text))), "")
        if words:
            yield target, words, False


def _called_anew(draft: Draft, form: Form) -> bool:
    """Tell whether a row has an old name and a new one: what is said of it may be said of the old one alone."""
    title = draft.item.head.of(form.title_field)
    names = (one for one in draft.item.head.targets if is_former_name(one.head))
    return bool(
        title and not draft.gone and draft.texts.get(title.head) and any(draft.texts.get(one.head) for one in names)
    )


@lru_cache(8_192)
def _clause(text: str) -> str:
    """Return the words of a text that speak of whether its item is still exercised; empty for none."""
    like, text = status_words()["像是"], status_words()["不算"].sub("", simplified(text))
    clauses = (one.strip() for one in re.split(r"[。；;\n]", text))
    return next((one for one in clauses if len(one) <= _CLAUSE and like.search(one)), "")
