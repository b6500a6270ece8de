"""The whole wording of an instrument, where the register keeps it, on pages of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.markup import as_html
from quanze.law.places import Step, article_name, articles, coded
from quanze.register.wording import statute
from quanze.site.pages.page import DATELINE, Page, render
from quanze.site.pages.provision import lines, outdated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markupsafe import Markup

    from quanze.base.model import Record
    from quanze.law.instrument import Instrument
    from quanze.law.places import Article
    from quanze.law.text import Statute
    from quanze.law.version import Version
    from quanze.site.pages.context import RenderContext

_MOST = 20_000
"""So many characters stand on one page, about as many bytes when compressed; one article may be longer."""
_SECTION = re.compile("第[^节]{1,9}节")


class Part(NamedTuple):
    """A page of a wording."""

    url: str
    """From the page of the instrument."""
    articles: tuple[Article, ...]

    def __str__(self) -> str:
        """Return which articles it has."""
        first, last = self.articles[0], self.articles[-1]
        return article_name(first) + (f"至{article_name(last)}" if first != last else "")


class Provision(NamedTuple):
    """An article with the heads before it."""

    heads: tuple[tuple[str, bool], ...]
    """编, 章 and 节, each with whether it is a 节."""
    anchor: str
    name: str
    words: tuple[Markup, ...]
    """Its lines: 款, 项 and 目, the number of the article before the first."""
    resting: int
    """How many records rest on it."""
    displaced: tuple[str, ...]
    """What no longer applies of it, and what prevails."""


def spoken(instrument: Instrument, at: str) -> Version:
    """Return the version of which the wording is shown: whose numbers are spoken, else what is in force."""
    return instrument.named_numbers or instrument.in_force(at) or instrument.newest


def parts(context: RenderContext, record: Record) -> tuple[Part, ...]:
    """Return the pages that the wording of an instrument takes; none where the register does not keep it."""
    instrument = context.catalog.instruments[record.id]
    text = statute(context.catalog, instrument, spoken(instrument, context.at))
    return tuple(divided(text)) if text else ()


def divided(text: Statute) -> Iterator[Part]:
    """Yield the pages of a wording: once one is half full, a chapter that does not fit on it begins the next."""
    pages: list[list[Article]] = [[]]
    taken = 0
    for chapter in _chapters(text):
        sizes = {article: sum(len(clause.words) for clause in text.articles[article]) for article in chapter}
        apart = 2 * taken > _MOST and taken + sum(sizes.values()) > _MOST
        for article, size in sizes.items():
            if pages[-1] and (apart or taken + size > _MOST):
                pages.append([])
                taken, apart = 0, False
            pages[-1].append(article)
            taken += size
    for number, some in enumerate(pages, 1):
        yield Part("text/" if number == 1 else f"text/{number}/", tuple(some))


def _chapters(text: Statute) -> list[list[Article]]:
    """Return the articles by 章; each by itself where the text has no heads."""
    begins = {article for article, head in text.heads if not _SECTION.match(head)} or {*text.articles}
    chapters: list[list[Article]] = []
    for article in text.articles:
        if article in begins or not chapters:
            chapters.append([])
        chapters[-1].append(article)
    return chapters


def anchor(article: Article) -> str:
    """Return the anchor of an article on its page."""
    number, inserted = article
    return f"t{number}" + (f"-{inserted}" if inserted else "")


def addresses(context: RenderContext, record: Record) -> Mapping[Article, str]:
    """Return where the wording of each article stands, from the page of the instrument."""
    return {article: f"{part.url}#{anchor(article)}" for part in parts(context, record) for article in part.articles}


def page(context: RenderContext, record: Record, part: Part) -> Page:
    """Return one page of the wording of an instrument."""
    instrument, every = context.catalog.instruments[record.id], parts(context, record)
    version = spoken(instrument, context.at)
    text = statute(context.catalog, instrument, version)
    title = context.catalog.title(record)
    url = f"laws/{record.id}/"
    base = "../" * (url + part.url).count("/")
    body = render(
        "wording.html",
        title=title,
        version=version,
        official=instrument.official,
        dateline=DATELINE,
        law=base + url,
        notes=text.notes if text and part == every[0] else (),
        parts=[(str(one), base + url + one.url, one.url == part.url) for one in every],
        provisions=[_provision(context, record, text, article) for article in part.articles] if text else [],
        after=text.after if text and part == every[-1] else (),
    )
    return Page(
        url + part.url,
        f"{title}全文" + (f"，{part}" if len(every) > 1 else ""),
        body,
        crumbs=((context.catalog.forms[record.collection].title, f"{record.collection}/"), (title, url)),
        source=record.path,
        description=f"《{title}》（{version.name}）的条文，每条有哪些事项以它为依据。",
    )


def _provision(context: RenderContext, record: Record, text: Statute, article: Article) -> Provision:
    return Provision(
        tuple((head, bool(_SECTION.match(head))) for before, head in text.heads if before == article),
        anchor(article),
        article_name(article),
        tuple(as_html(line) for line, _ in lines(text, article, [Step(article)])),
        len(_resting(context, record.id).get(article, ())),
        tuple(outdated(context, record.id, coded(article))),
    )


def _resting(context: RenderContext, id_: str) -> Mapping[Article, set[tuple[str, str]]]:
    """Return which records rest on each article of an instrument."""
    return context.once(("resting", id_), lambda: _cited(context, id_))


def _cited(context: RenderContext, id_: str) -> Mapping[Article, set[tuple[str, str]]]:
    found: dict[Article, set[tuple[str, str]]] = defaultdict(set)
    for occurrence in context.catalog.citations.get(id_, ()):
        for article in articles(occurrence.value.article):
            found[article].add((occurrence.record.collection, occurrence.record.id))
    return found
