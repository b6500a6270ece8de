"""The name of a record (标题)."""

from __future__ import annotations

from quanze.form.kinds.kind import WIDE, Kind, as_written

KIND = Kind("标题", read=as_written, width=WIDE)
