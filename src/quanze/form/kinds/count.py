"""A whole number (数量)."""

from __future__ import annotations

from quanze.form.kinds import number
from quanze.form.kinds.kind import Kind, escaped

KIND = Kind("数量", number.text, escaped(number.text), number.read)
