"""A body that the register does not keep (他机关): whose matter something is that is not this bureau's."""

from __future__ import annotations

from quanze.form.kinds.kind import Kind, as_written

KIND = Kind("他机关", read=as_written)
