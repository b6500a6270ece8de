"""The wording of an instrument: read as official sites offer it, kept as plain text, asked by 条, 款, 项 and 目."""

from quanze.law.text.lines import lines
from quanze.law.text.reading import read
from quanze.law.text.statute import Clause, Item, Statute

__all__ = ["Clause", "Item", "Statute", "lines", "read"]
