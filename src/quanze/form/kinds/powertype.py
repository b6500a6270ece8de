"""The type of a power (职权类型)."""

from __future__ import annotations

from quanze.form.kinds.kind import Kind

KIND = Kind("职权类型", width=10, shared=True)
