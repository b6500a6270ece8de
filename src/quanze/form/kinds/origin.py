"""Which row of which document a record was made from (来源)."""

from __future__ import annotations

from quanze.form.kinds import group
from quanze.form.kinds.kind import Kind

KIND = Kind("来源", group.text, group.html, group.read, group.split, texts=group.texts, provenance=True)
