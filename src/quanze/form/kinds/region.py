"""A region's code of six digits (行政区划)."""

from __future__ import annotations

from quanze.form.kinds.kind import Kind

KIND = Kind("行政区划")
