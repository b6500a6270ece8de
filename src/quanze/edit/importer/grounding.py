"""The bases of sanctions that are given to all rows: what a row cites of penalty articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.edit.importer import instruments
from quanze.form import kinds
from quanze.law.citation import BASIS, PENALTY, Citation
from quanze.law.places import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quanze.base.model import Value
    from quanze.edit.importer.draft import Draft
    from quanze.form import Form
    from quanze.register.catalog import Catalog


def ground(catalog: Catalog, form: Form, fixed: Mapping[str, Value], drafts: Sequence[Draft]) -> None:
    """Give sanctions that are fixed without a basis what the item cites of penalty articles."""
    for name, value in fixed.items():
        if form.fields[name].kind is kinds.SANCTION and isinstance(value, list):
            for draft in drafts:
                draft.data[name] = [*_grounded(catalog, draft, value)]
    for draft in drafts:
        for name in form.forbidden(draft.data) & fixed.keys():
            draft.data.pop(name, None)


def _grounded(catalog: Catalog, draft: Draft, value: Iterable[Value]) -> Iterator[Value]:
    cited = map(Citation.of, instruments.citations(draft.data))
    basis = [one._replace(role=PENALTY).data() for one in cited if _penal(catalog, one)]
    for one in value:
        yield {**one, BASIS: basis} if basis and isinstance(one, dict) and BASIS not in one else one


def _penal(catalog: Catalog, citation: Citation) -> bool:
    named = catalog.named(citation.law)
    articles = numbers(citation.article)
    return len(named) == 1 and bool(articles) and named[0].newest.penalty_articles.issuperset(articles)
