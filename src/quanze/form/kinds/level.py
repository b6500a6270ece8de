"""A level of government (层级)."""

from __future__ import annotations

from quanze.form.kinds.kind import Kind

KIND = Kind("层级", shared=True)
