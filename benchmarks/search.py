"""Measure the searches of the same records: quanze beside Material with jieba and Pagefind.

    python -m benchmarks.search --competitors VENV [--size 1000] [--only quanze pagefind]

Each search is the tool's own, unchanged, in headless Chromium, asked random pieces of the items' texts, 2 to 8
characters without punctuation. It is judged by the item pages of its own site: a query must find the pages with
a value that contains it (after NFKC, case folding and removal of white space), and may find those that have it
in a label only.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from benchmarks import builds, items, served, truth
from benchmarks.run import MEMORY, print_rows
from quanze.site.search import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from playwright.sync_api import Page

    from benchmarks.truth import Text
    from quanze.base.model import Value

_COLUMNS = "Search | Recall | Precision | First KB | All KB | First ms | Query ms, median | 95 % | worst"
_FIRST = """async ([given, query]) => {
  const start = performance.now();
  await engine.open(given);
  await engine.ask(query);
  return performance.now() - start;
}"""
_NEXT = """async (query) => {
  const start = performance.now();
  await engine.ask(query);
  return performance.now() - start;
}"""
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Search:
    """One search: the site that it belongs to, its script in engines/, and what that is opened with."""

    title: str
    tool: str
    engine: str
    given: str = ""


SEARCHES = {
    "quanze": Search("quanze", "quanze", "quanze"),
    "jieba": Search("Material + jieba", "jieba", "material", "/assets/javascripts/workers/search.*.min.js"),
    "pagefind": Search("Pagefind", "hugo", "pagefind"),
    "quoted": Search("Pagefind, query in quotation marks", "hugo", "pagefind", '"'),
}


def main() -> None:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--competitors", type=Path, required=True, help="environment of requirements.txt")
    parser.add_argument("--size", type=int, default=1_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--only", nargs="+", metavar="SEARCH", default=list(SEARCHES))
    parser.add_argument("--quanze", default=builds.QUANZE, help="what builds the site (%(default)s)")
    parser.add_argument("--folder", type=Path, default=MEMORY if MEMORY.is_dir() else None, help="where to work")
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="quanze-", dir=asked.folder) as name:
        print(f"{asked.size:,} items, {asked.queries} queries, ", end="")
        print_rows(_COLUMNS, rows(asked, Path(name)))


def rows(asked: argparse.Namespace, folder: Path) -> Iterator[Sequence[object]]:
    """Build the sites, put the same questions to each search and yield its row."""
    chosen = [SEARCHES[name] for name in asked.only]
    sites = {tool: site(tool, asked, folder) for tool in {one.tool: None for one in chosen}}
    pages = {tool: truth.texts(where) for tool, where in sites.items()}
    queries = list(drawn(asked.size, asked.queries, pages.values()))
    for one in chosen:
        yield one.title, *measured(one, sites[one.tool], pages[one.tool], queries, asked.chromium)


def site(tool: str, asked: argparse.Namespace, folder: Path) -> Path:
    """Build a tool's site and return where it lies; Hugo's gets Pagefind's index."""
    one = builds.tools(asked.competitors, asked.quanze)[tool]
    made = builds.project(one, asked.size, folder)
    builds.build(one, made, asked.size)
    if tool == "hugo":
        python = asked.competitors.absolute() / "bin/python"
        subprocess.run((python, "-m", "pagefind", "--site", one.site), cwd=made, check=True, capture_output=True)
    return made / one.site


def drawn(size: int, count: int, sites: Iterable[Mapping[str, Text]]) -> Iterator[str]:
    """Yield pieces of the items' texts, within one clause; each stands on some page of every site."""
    r = Random("queries")
    values = dict.fromkeys(leaf for number in range(size) for leaf in leaves(items.item(number)))
    clauses = [clause for value in values if not value.isascii() for clause in re.findall(r"\w{2,}", value)]
    whole = ["\n".join(page.values for page in site.values()) for site in sites]
    while count:
        clause = r.choice(clauses)
        length = min(r.randrange(2, 9), len(clause))
        start = r.randrange(len(clause) - length + 1)
        query = clause[start : start + length]
        if all(fold(query) in text for text in whole):
            count -= 1
            yield query


def leaves(value: Value) -> Iterator[str]:
    """Yield the texts in a record, paragraphs one by one."""
    if isinstance(value, str):
        yield from value.splitlines()
    elif isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)


def measured(
    search: Search, where: Path, pages: Mapping[str, Text], queries: Sequence[str], chromium: str
) -> Iterable[str]:
    """Return the cells of one search: exactness, bytes, time."""
    given = search.given
    if "*" in given:
        given = "/" + next(where.glob(given[1:])).relative_to(where).as_posix()
    with served.serve(where) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(0)
        page.goto(f"http://127.0.0.1:{server.server_port}{served.BLANK}")
        page.evaluate((_HERE / f"engines/{search.engine}.js").read_text(encoding="utf-8"))
        first_ms = page.evaluate(_FIRST, [given, queries[0]])
        first = server.sent
        times = sorted(page.evaluate(_NEXT, query) for query in queries[1:])
        sent = server.sent
        recall, precision = exactness(page, pages, queries)
        browser.close()
    last = times[-1], times[len(times) * 95 // 100]
    yield f"{recall:.3f}"
    yield f"{precision:.3f}"
    yield from (f"{size / 1_000:,.0f}" for size in (first, sent))
    yield f"{first_ms:,.0f}"
    yield from (f"{one:.1f}" for one in (statistics.median(times), *reversed(last)))


def exactness(page: Page, pages: Mapping[str, Text], queries: Sequence[str]) -> tuple[float, float]:
    """Return recall and precision, each the mean over the queries; only items are looked at."""
    recalls, precisions = [], []
    for query in queries:
        found = {url.lstrip("/") for url in page.evaluate("(query) => engine.all(query)", query)} & pages.keys()
        words = fold(query)
        must = {url for url, text in pages.items() if words in text.values}
        may = {url for url, text in pages.items() if words in text.whole}
        recalls.append(len(found & must) / len(must))
        if found:
            precisions.append(len(found & may) / len(found))
    return statistics.mean(recalls), statistics.mean(precisions)


if __name__ == "__main__":
    main()
