"""A list as the annex that is filed: a Word document with title, edition, notes, heads that repeat, page numbers."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from quanze.io.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.register.definition import Edition
    from quanze.register.table import Column, Listing

Merge = tuple[int, int, int, int]
"""(first row, first column, last row, last column), counted from 0."""


def list_docx(
    listing: Listing, cells: Sequence[Sequence[str]], disclaimer: str, title: str, edition: Edition | None
) -> bytes:
    """Return a list as a document; `edition` is the one whose content it is, None where it is none's."""
    document = Document(title, disclaimer)
    told = [*filter(None, (edition.name, edition.number, edition.published))] if edition else []
    if told:
        document.paragraph("　".join(told))
    document.paragraph(f"共 {listing.total} 项")
    if listing.definition.scope:
        document.paragraph(f"适用范围：{listing.definition.scope}")
    heads, merges = _heads(listing.columns)
    rows = list(heads)
    for row, heading, texts in zip(listing.rows, listing.headings(), cells, strict=True):
        if heading:
            merges.append((len(rows), 0, len(rows), len(listing.columns) - 1))
            rows.append([heading, *[""] * (len(listing.columns) - 1)])
        spans = listing.spans(row, listing.columns)
        merges += [(len(rows), n, len(rows) + span - 1, n) for n, span in enumerate(spans) if span > 1]
        rows.append([text if span else "" for text, span in zip(texts, spans, strict=True)])
    document.table(rows, heads=len(heads), merges=merges)
    for number, note in enumerate(listing.definition.notes, 1):
        document.paragraph(f"注{number}：{note.text}")
    return document.content()


def _heads(columns: Sequence[Column]) -> tuple[list[list[str]], list[Merge]]:
    """Return the rows of heads, two where a column has a group, and what of them is merged."""
    if not any(column.group for column in columns):
        return [[column.title for column in columns]], []
    upper, lower = [column.group or column.title for column in columns], [column.title for column in columns]
    merges = [(0, n, 1, n) for n, column in enumerate(columns) if not column.group]
    merges += [(0, first, 0, last) for first, last in _groups(columns) if last > first]
    for first, last in _groups(columns):
        upper[first + 1 : last + 1] = [""] * (last - first)
    return [upper, [text if column.group else "" for text, column in zip(lower, columns, strict=True)]], merges


def _groups(columns: Sequence[Column]) -> Iterator[tuple[int, int]]:
    for group, members in groupby(enumerate(columns), key=lambda one: one[1].group):
        places = [n for n, _ in members]
        if group:
            yield places[0], places[-1]
