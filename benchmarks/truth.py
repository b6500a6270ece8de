"""What a built page says, in blocks: the measure of what a search should have found."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from quanze.search import fold

if TYPE_CHECKING:
    from pathlib import Path

_LABELS = frozenset("dt th h2 h3 h4 h5 h6 strong summary caption nav svg script style button".split())
_INLINE = frozenset("a abbr b code em i mark small span sub sup time".split())
_VOID = frozenset("br hr img input link meta wbr path rect line".split())


@dataclass(frozen=True, slots=True)
class Text:
    """The folded text of one page, one block a line."""

    values: str
    """What a query must find."""
    whole: str
    """The same with labels and headings, which it may find."""


class _Page(HTMLParser):
    """Collects the text of the innermost part that is the page's own: <article>, or <body> where there is none."""

    def __init__(self, root: str) -> None:
        super().__init__()
        self.root, self.inside = root, 0
        self.labels: list[str] = []
        self.values: list[str] = []
        self.whole: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Begin a block, a label or the page's own part."""
        self.inside += tag == self.root
        if tag in _LABELS:
            self.labels.append(tag)
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        """End what has begun."""
        self._break(tag)
        if tag in _LABELS and self.labels:
            self.labels.pop()
        self.inside -= tag == self.root

    def handle_data(self, data: str) -> None:
        """Take text."""
        if self.inside:
            self.whole.append(data)
            if not self.labels:
                self.values.append(data)

    def _break(self, tag: str) -> None:
        if tag not in _INLINE:
            self.values.append("\x00")
            self.whole.append("\x00")


def text(html: str) -> Text:
    """Return what a page says."""
    page = _Page("article" if "<article" in html else "body")
    page.feed(html)
    return Text(_lines(page.values), _lines(page.whole))


def _lines(parts: list[str]) -> str:
    return "\n".join(filter(None, map(fold, "".join(parts).split("\x00"))))


def texts(site: Path) -> dict[str, Text]:
    """Return what each item's page of a built site says, by its address below the root."""
    pages = site.glob("items/*/index.html")
    return {f"items/{page.parent.name}/": text(page.read_text(encoding="utf-8")) for page in sorted(pages)}
