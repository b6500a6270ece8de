"""The trade or business that a power belongs to (领域): what people narrow a list by."""

from __future__ import annotations

from quanze.form.kinds.kind import Kind, as_written

KIND = Kind("领域", read=as_written)
