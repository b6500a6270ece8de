"""A body's unified social credit code (统一社会信用代码)."""

from __future__ import annotations

from quanze.form.kinds.kind import Kind

KIND = Kind("统一社会信用代码")
