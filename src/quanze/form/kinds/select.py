"""A reference by what records say, not by their ids (按条件引用)."""

from __future__ import annotations

from quanze.form.kinds import group
from quanze.form.kinds.kind import Kind

KIND = Kind("按条件引用", group.text, group.html, group.read, group.split, texts=group.texts)
