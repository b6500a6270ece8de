"""A list to be pasted into a report: Markdown of any list, and a Word document of one with figures."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from quanze.io.document import Document
from quanze.site.exports.lists import heading as heads

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.register.table import Listing
    from quanze.site.reckoning import Chapter

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def list_markdown(
    listing: Listing, cells: Sequence[Sequence[str]], disclaimer: str, title: str, chapters: Sequence[Chapter] = ()
) -> bytes:
    """Return a list as Markdown: a table under each heading, above it the sentences of its figures."""
    lines = [f"# {_plain(title)}", ""]
    lines += [f"> {_plain(disclaimer)}", ""] if disclaimer else []
    names = heads(listing.columns)
    for heading, sentences, rows in _sections(listing, cells, chapters):
        lines += [f"## {_plain(heading)}", ""] if heading else []
        lines += [*(f"- {_plain(sentence)}" for sentence in sentences), ""] if sentences else []
        lines += [_line(names), _line(["---"] * len(names), plain=False), *map(_line, rows), ""]
    return "\n".join(lines).encode()


def report_docx(
    listing: Listing, cells: Sequence[Sequence[str]], disclaimer: str, title: str, chapters: Sequence[Chapter]
) -> bytes:
    """Return a list with figures as a document: under each heading the sentences, then the table."""
    document = Document(title, disclaimer)
    names = heads(listing.columns)
    for heading, sentences, rows in _sections(listing, cells, chapters):
        if heading:
            document.heading(heading)
        for sentence in sentences:
            document.paragraph(sentence)
        document.table([names, *rows], [column.width for column in listing.columns])
        document.paragraph("")
    return document.content()


def _sections(
    listing: Listing, cells: Sequence[Sequence[str]], chapters: Sequence[Chapter]
) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """Yield (heading, sentences, rows) of each part of a list; a cell that another reaches over is empty."""
    sentences = {chapter.heading: [figure.sentence for figure in chapter.figures] for chapter in chapters}
    for heading, rows in groupby(zip(listing.rows, cells, strict=True), key=lambda one: one[0].heading):
        told = [
            [text if span else "" for text, span in zip(texts, listing.spans(row, listing.columns), strict=True)]
            for row, texts in rows
        ]
        yield heading, sentences.get(heading, []), told


def _line(texts: Sequence[str], *, plain: bool = True) -> str:
    return f"| {' | '.join(_plain(text) if plain else text for text in texts)} |"


def _plain(text: str) -> str:
    """Return a text that Markdown takes as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", text).replace("\n", "<br>")
