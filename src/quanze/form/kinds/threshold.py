"""A threshold (门槛) that a sanction can reach: kinds of penalty, and amounts for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.form.kinds import group
from quanze.form.kinds.kind import Kind, escaped
from quanze.law.fine import FINE
from quanze.law.numerals import yuan
from quanze.law.threshold import Threshold

if TYPE_CHECKING:
    from quanze.form.kinds.kind import Field, Look


def _text(value: object, _field: Field, _look: Look) -> str:
    threshold = Threshold.of(value)
    amounts = (f"对{whom or '任何人'}{FINE}{yuan(amount)}以上" for whom, amount in threshold.amounts)
    return "；".join([*amounts, *threshold.kinds])


KIND = Kind("门槛", _text, escaped(_text), group.read, group.split)
