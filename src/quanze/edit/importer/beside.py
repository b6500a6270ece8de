"""Who acts, as cells beside that of the acting body say it: 由县水利局实施 in a remark, 市级 in a county's list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.value import rows
from quanze.edit.importer.heading import given_to
from quanze.edit.importer.spread import level_part, levels
from quanze.edit.importer.worded import names_actors
from quanze.edit.importer.words import plain, remark_words, simplified, status_paths
from quanze.form import kinds
from quanze.law.instrument import UNVERIFIED
from quanze.register.catalog import BODIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quanze.edit.importer.draft import Draft, RowReading
    from quanze.edit.importer.target import Target
    from quanze.edit.importer.whose import Bodies

_ENTRUSTED = re.compile(r"受(?P<who>[^，。；,;（）()受]{2,24}?)的?委托")
_OF_TWO_LEVELS = re.compile(r"分局|管委会|管理委员会|[支大]队")
"""Bodies that belong to another level than that of which they are called."""
_LONGEST = 40


class Said(NamedTuple):
    """What a cell says of who acts."""

    column: int
    words: str
    plainly: bool = False
    """Whether it says that another body does; else it may mean that: a level that is not ours."""
    body: str = ""
    """The other body, if it is named."""


def entrusted(texts: Iterable[str], bodies: Bodies) -> bool:
    """Tell whether a row says that who acts does so for the register's own body: 受市交通运输局委托."""
    return any(bodies.named(found["who"]).ids for text in texts for found in _ENTRUSTED.finditer(simplified(text)))


class Beside:
    """What finds in the rows of one sheet who else acts."""

    def __init__(self, reading: RowReading) -> None:
        self._reading = reading
        self._field = levels(reading.form)
        self._part = level_part(self._field) if self._field else ""
        self._own = self._own_level()

    def _own_level(self) -> str:
        catalog = self._reading.catalog
        own = catalog.record(BODIES, self._reading.bodies.own)
        form = catalog.forms.get(BODIES)
        field = next((one for one in form.fields.values() if one.kind is kinds.LEVEL), None) if form else None
        if not own or not field or _OF_TWO_LEVELS.search(catalog.title(own)):
            return ""
        level = str(own.data.get(field.name, ""))
        return "" if level == UNVERIFIED else level

    def others(self, draft: Draft, texts: Mapping[int, str]) -> Iterator[Said]:
        """Yield what cells of a row say of another body that acts."""
        yield from self._of_level(draft, texts)
        for one in draft.item.head.targets:
            if one.path in status_paths() or names_actors(one):
                yield from self._of_remark(one, plain(texts.get(one.index, "")))

    def _of_remark(self, one: Target, text: str) -> Iterator[Said]:
        sure, like, otherwise = remark_words()
        found = sure.fullmatch(text) or like.fullmatch(text) if len(text) <= _LONGEST else None
        if found and not otherwise.search(text):
            named = self._reading.bodies.named(given_to(found["who"]))
            if (named.others or named.doubtful) and not (named.ids or named.ours or named.units):
                body = (*named.others, *named.doubtful)[0]
                yield Said(one.index, text, bool(sure.fullmatch(text) and named.others), body)

    def _of_level(self, draft: Draft, texts: Mapping[int, str]) -> Iterator[Said]:
        if not self._field or not (target := draft.item.head.of(self._field.name)):
            return
        said = [str(one.get(self._part, "")) for one in rows(draft.data.get(self._field.name))]
        if self._own and said and self._own not in said and UNVERIFIED not in said:
            yield Said(target.index, f"{'、'.join(said)}（本机关是{self._own}）")
        text = texts.get(target.index, "") if not said else ""
        if not text:
            return
        named = self._reading.bodies.named(text)
        if named.others and not (named.ids or named.ours or named.units or named.doubtful or named.generic):
            yield Said(target.index, text, plainly=True, body=named.others[0])
