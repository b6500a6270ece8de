"""What stands in a record and can turn on a day.

Whatever looks at a register on a day holds that day against days that stand in records: so nothing turns between two
of these, and a digest need not hold the day, but only which of them have come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.form.conditions import TODAY

if TYPE_CHECKING:
    from collections.abc import Iterable


def gather_days(values: Iterable[object], into: set[str]) -> None:
    """Add what in some values may be held against a day: texts are compared as such, so all that begin with a digit.

    What asks for the day itself (当日) is added too; it sorts behind every day.
    """
    for value in values:
        if type(value) is str:
            if "0" <= value < ":" or value == TODAY:
                into.add(value)
        elif type(value) is list:
            gather_days(value, into)
        elif type(value) is dict:
            gather_days(value.values(), into)
        elif type(value) is int:
            into.add(str(value))
