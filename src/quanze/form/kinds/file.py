"""A file that belongs to a record (附件文件)."""

from __future__ import annotations

from quanze.form.kinds.kind import Kind

KIND = Kind("附件文件")
