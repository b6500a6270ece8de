"""Which days a browser has to know so that it counts working days as the calendar does."""

from __future__ import annotations

import json
from datetime import date, timedelta

from quanze.law.calendar import workday

FIRST = 2025
"""Nobody counts from a paper of an earlier year."""


def module() -> str:
    """Return a script that holds which days depart from the week, for the years that are known."""
    off: list[str] = []
    on: list[str] = []
    first = day = date(FIRST, 1, 1)
    while (works := workday(day)) is not None:
        if works != (day.isoweekday() <= 5):  # noqa: PLR2004 - Monday to Friday
            (on if works else off).append(day.isoformat())
        day += timedelta(days=1)
    until = day - timedelta(days=1)
    body = json.dumps({"from": first.isoformat(), "until": until.isoformat(), "off": off, "on": on}, indent=2)
    return f"/** Which days the State Council's arrangement of holidays turns. */\nexport default {body};\n"
