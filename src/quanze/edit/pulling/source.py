"""The laws that another register offers: its data/v1/laws.json, or the corrections of one that took from here."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.base.value import rows, text
from quanze.edit.envelope import SCHEMA, opened
from quanze.law.facts import facts
from quanze.law.version import NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quanze.base.model import Document, Value
    from quanze.law.facts import Fact

_DATED, _RESULT = "dated", "result"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a register says of the laws, as it published it."""

    dated: str
    """The day of its last change."""
    digest: str
    """SHA-256 of the file."""
    laws: Mapping[str, Document]
    """By full title."""
    ids: Mapping[str, str]
    """The titles by that register's ids."""
    partial: bool
    """Whether it tells no more than corrections: what it does not tell is not denied."""

    def facts(self, title: str) -> dict[Fact, Value]:
        """Return what it says of a law."""
        return facts(self.laws[title], self.ids)


def offer(content: bytes, where: str, *, partial: bool = False) -> Offer:
    """Return what a file of laws offers; a `partial` one tells corrections alone.

    Raises:
        Fault: it is no such file, or of a version of the data that is not known here.

    """
    whole = opened(content, where)
    laws = {text(row.get(NAME)): row for row in rows(whole.get(_RESULT)) if text(row.get(NAME))}
    if not laws:
        raise Fault(f"{where} 里一部法律也没有")
    ids = {text(one.get("id")): title for title, one in laws.items()}
    return Offer(text(whole.get(_DATED)), hashlib.sha256(content).hexdigest(), laws, ids, partial)


def patch(laws: Iterable[Document], dated: str) -> bytes:
    """Return corrections as the same kind of file, for the register that they are offered to."""
    documents = [*laws]
    whole = {SCHEMA: "1.0", _DATED: dated, "total": len(documents), _RESULT: documents}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"
