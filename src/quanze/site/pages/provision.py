"""The wording of cited provisions on pages, where the register keeps it: what is cited marked, the rest folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from quanze.base.markup import as_html, escape
from quanze.law.articlemap import describe
from quanze.law.numerals import numeral
from quanze.law.places import Step, article_name
from quanze.register.displaced import displaced
from quanze.register.numbering import meant
from quanze.register.occurrences import Occurrence
from quanze.register.wording import statute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.base.model import Record
    from quanze.form import Field
    from quanze.law.citation import Citation
    from quanze.law.places import Article
    from quanze.law.text import Statute
    from quanze.site.pages.context import RenderContext

_MOST = 6
"""So many articles of one citation are shown."""


def provision(context: RenderContext, record: Record, field: Field, citation: Citation) -> Markup:
    """Return the wording that a record's citation names; empty where it is not kept, or quoted already."""
    named = context.catalog.named(citation.law)
    if len(named) != 1 or citation.article is None or citation.quote:
        return Markup()
    version = meant(context.catalog, named[0], Occurrence(record, "", field, citation), context.at)
    text = statute(context.catalog, named[0], version)
    if text is None:
        return Markup()
    key = "provision", named[0].id, version.name, citation
    return context.once(key, lambda: _shown(text, version.name, [*citation.steps]))


def _shown(text: Statute, version: str, cited: list[Step]) -> Markup:
    articles = [one for one in dict.fromkeys(step.article for step in cited) if one in text.articles][:_MOST]
    parts = []
    for article in articles:
        told = [*lines(text, article, [_exact(text, step) for step in cited if step.article == article])]
        marked = "".join(f"<p>{line}</p>" for line, wanted in told if wanted)
        rest = "".join(f"<p>{line}</p>" for line, wanted in told if not wanted)
        whole = "".join(f"<p>{line}</p>" for line, _ in told)
        parts.append(
            marked if not rest else f"{marked}<details><summary>{article_name(article)}全文</summary>{whole}</details>"
        )
    if not parts:
        return Markup()
    return as_html(f'<details class="qz-quote"><summary>条文（{escape(version)}）</summary>{"".join(parts)}</details>')


def lines(text: Statute, article: Article, cited: list[Step]) -> Iterator[tuple[str, bool]]:
    """Yield each 款 and 项 of an article as HTML, and whether it is cited; what is cited is marked where not all is."""
    whole = any(not step.paragraph and not step.item for step in cited)
    for number, clause in enumerate(text.articles[article], 1):
        here = [step for step in cited if step.paragraph in (0, number)]
        own = whole or any(not step.item for step in here)
        head = f"{article_name(article)}　" if number == 1 else "　　"
        yield _line(head + clause.text, marked=own and not whole), own or any(step.item for step in here)
        for n, item in enumerate(clause.items, 1):
            wanted = own or any(step.item == n for step in here)
            words = f"　　（{numeral(n)}）{item.text}" + "".join(
                f"{m}．{point}" for m, point in enumerate(item.points, 1)
            )
            yield _line(words, marked=wanted and not whole), wanted


def _exact(text: Statute, step: Step) -> Step:
    """Return a place with its 款, where a 项 is cited without one and only one 款 has it."""
    holder = text.outline.holder(step.article, step.item) if step.item and not step.paragraph else 0
    return step._replace(paragraph=holder) if holder else step


def _line(words: str, *, marked: bool) -> str:
    return f"<mark>{escape(words)}</mark>" if marked else str(escape(words))


def outdated(context: RenderContext, id_: str, article: int) -> Iterator[str]:
    """Yield what no longer applies of an article, each place with what prevails."""
    rows = displaced(context.catalog).get(id_, {})
    for here, told in sorted(rows.items()):
        if here[0] == article and article and (not any(here[1:]) or (article, 0, 0) not in rows):
            yield f"{describe(here)}{told}，不再据以处罚。"
