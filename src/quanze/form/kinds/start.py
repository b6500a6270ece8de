"""The day from which a record is in effect (起始日期)."""

from __future__ import annotations

from quanze.form.kinds import date
from quanze.form.kinds.kind import Kind

KIND = Kind("起始日期", html=date.html, read=date.read, faults=date.FAULTS, day=True, shared=True)
