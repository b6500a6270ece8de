"""A change as a sentence: 上限由 10 万元改为 20 万元; of a long text what differs, marked."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from quanze.base.markup import as_html
from quanze.law.amounts import YUAN, amounts
from quanze.law.fine import LOWER, UPPER
from quanze.law.heaviest import figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from quanze.history.wording import Difference
    from quanze.law.amounts import Range

_SHORT = 40
"""Texts of so many characters stand whole in the sentence."""
_PLACE = re.compile("（其([一二三四五六七八九十百]+)）")


def sentences(
    differences: Iterable[Difference], marked: Callable[[str | None, str | None], Markup]
) -> Iterator[Markup]:
    """Yield what changed, a sentence each; short texts that were all added to one field, or all left it, in one."""
    for _, found in groupby(differences, _together):
        several = [*found]
        first = several[0]
        if len(several) > 1:
            old, new = (
                "、".join(filter(None, texts)) for texts in zip(*((one.old, one.new) for one in several), strict=True)
            )
            first = replace(first, old=old or None, new=new or None)
        yield sentence(first, marked)


def _together(difference: Difference) -> tuple[str, ...] | Difference:
    """Return what the differences have in common that are told in one sentence."""
    text = difference.new if difference.old is None else difference.old if difference.new is None else None
    if text is None or len(text) > _SHORT or "\n" in text:
        return difference
    return difference.label, "added" if difference.old is None else "removed"


def sentence(difference: Difference, marked: Callable[[str | None, str | None], Markup]) -> Markup:
    """Return what changed as a sentence, as HTML; `marked` shows what differs between two long texts."""
    name = _name(difference.label)
    if difference.old is None:
        return Markup("增加了{}：{}。").format(name, marked(None, _open(difference.new)))
    if difference.new is None:
        return Markup("删去了{}：{}。").format(name, marked(_open(difference.old), None))
    bound = _bound(difference.old, difference.new)
    if bound:
        return Markup("{}的{}。").format(name, bound)
    if max(map(len, (difference.old, difference.new))) <= _SHORT and "\n" not in difference.old + difference.new:
        old, new = _open(difference.old), _open(difference.new)
        if old != new:
            return Markup("{}由<del>{}</del>改为<ins>{}</ins>。").format(name, old, new)
    return _grown(difference.old, difference.new, name, marked) or Markup("改写了{}：{}").format(
        name, marked(difference.old, difference.new)
    )


def _grown(old: str, new: str, name: Markup, marked: Callable[[str | None, str | None], Markup]) -> Markup | None:
    """Return what a long text gained or lost at one of its ends; None where it changed in another way."""
    shorter, longer = sorted((old, new), key=len)
    at, part = ("末尾", longer[len(shorter) :]) if longer.startswith(shorter) else ("最前面", longer[: -len(shorter)])
    if not part.strip("。，；、\n") or longer not in {shorter + part, part + shorter}:
        return None
    part = _open(part.strip("，；、\n")) or ""
    if longer == new:
        return Markup("{}的{}加上了：{}。").format(name, at, marked(None, part))
    return Markup("{}的{}删去了：{}。").format(name, at, marked(part, None))


def _open(text: str | None) -> str | None:
    """Return a text without the full stops that the sentence around it cannot have: at its end, before a semicolon."""
    return text.removesuffix("。").replace("。；", "；") if text else text


def _name(label: str) -> Markup:
    """Return the field as one says it: 处罚（其一）·罚款 → “处罚”第一项的“罚款”."""
    told = []
    for part in label.removesuffix("（顺序）").split("·"):
        place = _PLACE.search(part)
        bare = _PLACE.sub("", part)
        told.append(Markup("“{}”{}").format(bare, f"第{place[1]}项" if place else ""))
    order = "的先后" if label.endswith("（顺序）") else ""
    return Markup("的").join(told) + order


def _bound(old: str, new: str) -> Markup | None:
    """Return what of a fine changed where only one of its bounds did."""
    before, after = _range(old), _range(new)
    if before is None or after is None:
        return None
    if before.low == after.low and before.high is not None and after.high is not None:
        return _moved(UPPER, before.high, after.high)
    if before.high == after.high and before.low is not None and after.low is not None:
        return _moved(LOWER, before.low, after.low)
    return None


def _moved(bound: str, old: float, new: float) -> Markup:
    told = (f"{tag}{figure(amount)}</{tag[1:]}" for tag, amount in (("<del>", old), ("<ins>", new)))
    return as_html(f"{bound}由{'改为'.join(told)}")


def _range(text: str) -> Range | None:
    """Return the range of yuan that a whole text is; None for any other text."""
    found = [*amounts(text)]
    whole = re.fullmatch("[零〇一二三四五六七八九十百千万亿元以上下]+", text)
    return found[0].range if whole and len(found) == 1 and found[0].range.unit == YUAN else None
