"""The rank of an instrument (位阶)."""

from __future__ import annotations

from quanze.form.kinds.kind import Kind

KIND = Kind("位阶")
