"""A reference by what records say, not by their ids (按条件引用)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.value import mapping, text
from quanze.form.kinds import group
from quanze.form.kinds.kind import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quanze.base.model import Value


@dataclass(frozen=True, slots=True)
class Selection:
    """The records that are meant."""

    collection: str
    condition: Mapping[str, Value]
    """As it is written."""

    @classmethod
    def of(cls, data: object) -> Selection:
        """Return what a value of a record tells."""
        selection = mapping(data)
        return cls(text(selection.get(COLLECTION)), mapping(selection.get(CONDITION)))


COLLECTION, CONDITION = "集合", "条件"
KIND = Kind("按条件引用", group.text, group.html, group.read, group.split, texts=group.texts)
