"""Where a version's wording lies under texts/ (条文全文)."""

from __future__ import annotations

from quanze.form.kinds.kind import Kind

KIND = Kind("条文全文")
