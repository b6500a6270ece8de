"""What people search for (关键词)."""

from __future__ import annotations

from quanze.form.kinds.kind import Kind, as_written

KIND = Kind("关键词", read=as_written, provenance=True)
