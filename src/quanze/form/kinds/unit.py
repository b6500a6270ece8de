"""What a number counts (计量单位): 项, 件, %."""

from __future__ import annotations

from quanze.form.kinds.kind import Kind, as_written

KIND = Kind("计量单位", read=as_written)
