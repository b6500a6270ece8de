"""A fee (收费): whether one is charged, how much, on what law."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quanze.base.value import mapping, text
from quanze.law.citation import BASIS, Citation, citations

if TYPE_CHECKING:
    from quanze.base.model import Value

FEE, CHARGED, STANDARD = "收费", "是否", "标准"


class Fee(NamedTuple):
    """One fee; what it does not say is empty."""

    charged: bool
    standard: str = ""
    bases: tuple[Citation, ...] = ()

    @classmethod
    def of(cls, data: object) -> Fee:
        """Return the fee that a group 收费 tells."""
        told = mapping(data)
        return cls(told.get(CHARGED) is True, text(told.get(STANDARD)), citations(told.get(BASIS)))

    def data(self) -> dict[str, Value]:
        """Return it as a record has it."""
        bases: list[Value] = [basis.data() for basis in self.bases]
        told: dict[str, Value] = {STANDARD: self.standard, BASIS: bases}
        return {CHARGED: self.charged, **{name: value for name, value in told.items() if value}}
