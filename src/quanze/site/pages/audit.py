"""The auditors' page: commit, manifest and checks always; reviews, waivers and clocks where the site shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.check.rules.programs import left_out
from quanze.proof.trusted_time import TAG
from quanze.register.catalog import LISTS
from quanze.register.links import FILES
from quanze.register.named_files import NamedFiles
from quanze.site.dates import ending
from quanze.site.pages.page import Page, render

if TYPE_CHECKING:
    from quanze.proof.audit import Audit
    from quanze.register.catalog import Catalog

URL = "audit/"
_FEW = 12
"""So many reviews of one rule are open to begin with."""


def page(whole: Catalog, shown: Catalog, audit: Audit) -> Page:
    """Return the page; what is found in a draft, a record in `whole` that is not `shown`, is not told.

    Neither is an attachment that no shown record names, nor a file in docs/ that is not published.
    """
    drafts = {record.path for record in whole} - {record.path for record in shown}
    by_path = {record.path: record for record in shown}
    by_key = {f"{record.collection}/{record.id}": record for record in whole}
    found = [(review, by_path.get(review.path)) for review in audit.reviews if review.path not in drafts]
    by_rule = [(check, [pair for pair in found if pair[0].rule == check.id]) for check in audit.checks]
    waivers = [(waiver, by_key.get(waiver.record)) for waiver in audit.waivers]
    known = NamedFiles(one.path for one in audit.governing)
    named = {path for text in shown.texts for path in known.of(text)}
    excluded = left_out(whole.root)
    body = render(
        "audit.html",
        audit=audit,
        bases=[one for one in audit.bases if one.list_id in shown.lists],
        open=shown.settings.shows_reviews,
        count=len(found),
        few=_FEW,
        reviews=[(check, pairs) for check, pairs in by_rule if pairs],
        waivers=[(one, record) for one, record in waivers if not record or record.path not in drafts],
        adopted=[
            (one, record) for one in audit.adopted if (record := by_key.get(one.record)) and record.path in by_path
        ],
        times=[one for one in audit.times if one.kind != TAG and one.list_id in shown.lists],
        missing=[coverage for coverage in audit.coverage if coverage.missing],
        governing=[
            one
            for one in audit.governing
            if (not one.path.startswith(f"{FILES}/") or one.path in named) and not excluded(one.path)
        ],
        aside=[(one, record) for one in audit.aside if (record := by_key.get(one.path)) and record.path in by_path],
        lists=shown.records.get(LISTS, {}),
        title=shown.title,
        ending=ending(shown, audit.at),
    )
    said = "这个网站由哪个提交生成、检查了什么、有哪些待复核的问题。"
    return Page(URL, "审计", body, description=said, kind="column")
