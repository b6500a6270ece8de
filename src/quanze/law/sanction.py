"""A sanction (罚则): in which circumstance it meets whom, its kinds and its fine, who decides, on what law."""

from __future__ import annotations

from typing import NamedTuple

from quanze.base.value import text, texts
from quanze.law.citation import BASIS, PENALTY, Citation, citations
from quanze.law.fine import FINE, Fine

CIRCUMSTANCE, ADDRESSEE, KINDS, ORDERS, EITHER = "情形", "对象", "种类", "责令", "择一"
WORDS, FORCE, REMARK, DECIDER = "条文用语", "力度", "说明", "决定机关"


class Sanction(NamedTuple):
    """One sanction; what it does not say is empty, or None for the fine."""

    circumstance: str = ""
    addressee: str = ""
    kinds: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    """What has to be done, which is no penalty."""
    either: tuple[str, ...] = ()
    """The kinds and orders of which only one is chosen."""
    words: str = ""
    """How the article says the kinds beside a fine."""
    force: str = ""
    """Whether it must be imposed, or may."""
    fine: Fine | None = None
    remark: str = ""
    decider: str = ""
    bases: tuple[Citation, ...] = ()
    """The provisions that impose it, each as 罚则 where it does not say what it proves."""

    @classmethod
    def of(cls, data: object) -> Sanction:
        """Return the sanction that a value of the kind tells; an empty one where it is nothing of the sort."""
        if not isinstance(data, dict):
            return cls()
        get = data.get
        return cls(
            text(get(CIRCUMSTANCE)),
            text(get(ADDRESSEE)),
            texts(get(KINDS)),
            texts(get(ORDERS)),
            texts(get(EITHER)),
            text(get(WORDS)),
            text(get(FORCE)),
            Fine.of(get(FINE)) if get(FINE) else None,
            text(get(REMARK)),
            text(get(DECIDER)),
            tuple(one if one.role else one._replace(role=PENALTY) for one in citations(get(BASIS))),
        )

    @property
    def fined(self) -> bool:
        """Whether a fine is among its kinds."""
        return FINE in self.kinds

    @property
    def bounds(self) -> Fine:
        """Its fine; one without bounds where it has none."""
        return self.fine or Fine()


def sanctions(values: object) -> tuple[Sanction, ...]:
    """Return the sanctions that a list of the kind tells; none where it is no list."""
    return tuple(map(Sanction.of, values)) if isinstance(values, list | tuple) else ()
