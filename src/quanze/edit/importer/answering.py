"""Which of our items a row of a superior's directory stands for (对应事项): by code, name, article and likeness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.register.catalog import ITEMS
from quanze.register.life import Life
from quanze.register.reconciliation import answering, beside, entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quanze.edit.importer.draft import Draft
    from quanze.form import Form
    from quanze.register.catalog import Catalog


def answer(catalog: Catalog, form: Form, drafts: Sequence[Draft], at: str) -> None:
    """Give new rows the items that answer to them, and tell for which there is none; to be looked at, either way."""
    link, items = answering(form), catalog.forms.get(ITEMS)
    if not link or items is None:
        return
    life = Life.of(items)
    ours = [
        entry(one.data, items, catalog, (id_,))
        for id_, one in catalog.records.get(ITEMS, {}).items()
        if not life.gone(one.data) and not life.draft(one.data) and not life.ended(one.data, at)
    ]
    asked = [one for one in drafts if link not in one.data]
    rows, _ = beside(ours, [entry(one.data, form, catalog) for one in asked])
    for draft, found in zip(asked, rows, strict=True):
        ids = [id_ for one in found for id_ in one.ids]
        if ids:
            draft.data[link] = ids
            said = f"「{link}」看编码、名称和依据填了 {'、'.join(ids)}，请核对"
        else:
            said = f"没有找到对应的事项；有的，写进「{link}」"
        draft.say(1, "import-answer", said)
