"""What a built page says, in blocks: the measure of what a search should have found."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from quanze.site.search import fold

if TYPE_CHECKING:
    from pathlib import Path

_LABELS = frozenset(
    ["dt", "th", "h2", "h3", "h4", "strong", "summary", "caption", "nav", "footer", "svg", "script", "style"]
)
_ADVICE = frozenset(["qz-kicker", "qz-dateline", "qz-leniency", "qz-limit", "qz-todo", "qz-links"])
"""Classes of what quanze's pages say beside the record: advice, other records, the page's own data."""
_INLINE = frozenset(["a", "abbr", "b", "code", "em", "i", "mark", "small", "span", "strong", "time"])
_VOID = frozenset(["br", "hr", "img", "input", "link", "meta", "wbr"])


@dataclass(frozen=True, slots=True)
class Text:
    """The folded text of one page, one block a line."""

    values: str
    """What a query must find."""
    whole: str
    """The same with labels, headings and advice, which it may find."""


class _Page(HTMLParser):
    """Collects the text below the element that is the page's own: <article>, or <body> where there is none."""

    def __init__(self, root: str) -> None:
        super().__init__()
        self.root = root
        self.open: list[tuple[str, bool, bool]] = []
        """The elements begun: tag, whether in the page's own part, whether in a label."""
        self.values: list[str] = []
        self.whole: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element; what is in a label is no value."""
        self._break(tag)
        if tag not in _VOID:
            classes = (dict(attrs).get("class") or "").split()
            _, inside, label = self.open[-1] if self.open else ("", False, False)
            label = label or tag in _LABELS or not _ADVICE.isdisjoint(classes)
            self.open.append((tag, inside or tag == self.root, label))

    def handle_endtag(self, tag: str) -> None:
        """End an element, and those in it that have no end of their own."""
        self._break(tag)
        if any(tag == begun for begun, *_ in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Take text."""
        _, inside, label = self.open[-1] if self.open else ("", False, False)
        if inside:
            self.whole.append(data)
        if inside and not label:
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
