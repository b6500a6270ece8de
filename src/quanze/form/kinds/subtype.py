"""The subtype of a power (职权子类): what can be done against it depends on it first."""

from __future__ import annotations

from quanze.form.kinds.kind import Kind, as_written

KIND = Kind("职权子类", read=as_written)
