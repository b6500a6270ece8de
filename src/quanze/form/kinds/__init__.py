"""The kinds of values: only they are code, everything else about a collection is its form.

One file a kind; its name (a `title` in `common.schema.json`) is spelt there and nowhere else.
"""

from __future__ import annotations

from dataclasses import replace

from quanze.form.kinds.adoption import KIND as ADOPTION
from quanze.form.kinds.amount import KIND as AMOUNT
from quanze.form.kinds.article import KIND as ARTICLE
from quanze.form.kinds.attachment import KIND as ATTACHMENT
from quanze.form.kinds.check import KIND as CHECK
from quanze.form.kinds.citation import KIND as CITATION
from quanze.form.kinds.code import KIND as CODE
from quanze.form.kinds.condition import KIND as CONDITION
from quanze.form.kinds.count import KIND as COUNT
from quanze.form.kinds.date import KIND as DATE
from quanze.form.kinds.emphasis import KIND as EMPHASIS
from quanze.form.kinds.end import KIND as END
from quanze.form.kinds.file import KIND as FILE
from quanze.form.kinds.fine import KIND as FINE
from quanze.form.kinds.group import KIND as GROUP
from quanze.form.kinds.keyword import KIND as KEYWORD
from quanze.form.kinds.kind import Kind, Look, Lookup, ValueFault, in_words, show, texts
from quanze.form.kinds.level import KIND as LEVEL
from quanze.form.kinds.mapped import KIND as MAPPED
from quanze.form.kinds.number import KIND as NUMBER
from quanze.form.kinds.origin import KIND as ORIGIN
from quanze.form.kinds.outline import KIND as OUTLINE
from quanze.form.kinds.outside import KIND as OUTSIDE
from quanze.form.kinds.paragraph import KIND as PARAGRAPH
from quanze.form.kinds.phone import KIND as PHONE
from quanze.form.kinds.powertype import KIND as POWERTYPE
from quanze.form.kinds.rank import KIND as RANK
from quanze.form.kinds.ref import KIND as REF
from quanze.form.kinds.region import KIND as REGION
from quanze.form.kinds.sanction import KIND as SANCTION
from quanze.form.kinds.sector import KIND as SECTOR
from quanze.form.kinds.select import KIND as SELECT
from quanze.form.kinds.stage import KIND as STAGE
from quanze.form.kinds.start import KIND as START
from quanze.form.kinds.statistic import KIND as STATISTIC
from quanze.form.kinds.status import KIND as STATUS
from quanze.form.kinds.subtype import KIND as SUBTYPE
from quanze.form.kinds.text import KIND as TEXT
from quanze.form.kinds.threshold import KIND as THRESHOLD
from quanze.form.kinds.tier import KIND as TIER
from quanze.form.kinds.title import KIND as TITLE
from quanze.form.kinds.unit import KIND as UNIT
from quanze.form.kinds.url import KIND as URL
from quanze.form.kinds.uscc import KIND as USCC
from quanze.form.kinds.wording import KIND as WORDING
from quanze.form.kinds.yesno import KIND as YESNO

__all__ = [
    "ADOPTION",
    "AMOUNT",
    "ARTICLE",
    "ATTACHMENT",
    "CHECK",
    "CITATION",
    "CODE",
    "CONDITION",
    "COUNT",
    "DATE",
    "EMPHASIS",
    "END",
    "FILE",
    "FINE",
    "GROUP",
    "KEYWORD",
    "KINDS",
    "LEVEL",
    "MAPPED",
    "NUMBER",
    "ORIGIN",
    "OUTLINE",
    "OUTSIDE",
    "PARAGRAPH",
    "PHONE",
    "POWERTYPE",
    "PROSE",
    "RANK",
    "REF",
    "REGION",
    "SANCTION",
    "SECTOR",
    "SELECT",
    "STAGE",
    "START",
    "STATISTIC",
    "STATUS",
    "SUBTYPE",
    "TEXT",
    "THRESHOLD",
    "TIER",
    "TITLE",
    "UNIT",
    "URL",
    "USCC",
    "WORDING",
    "YESNO",
    "Kind",
    "Look",
    "Lookup",
    "ValueFault",
    "in_words",
    "named",
    "show",
    "texts",
]

KINDS = {one.name: one for one in [*globals().values()] if isinstance(one, Kind) and one is not GROUP}
"""The kinds by name."""
PROSE = frozenset({PARAGRAPH, EMPHASIS})
"""What is written in sentences."""


def named(name: str, *, has_parts: bool) -> Kind:
    """Return the kind of a name; one that code does not know is a group or a text under that name."""
    known = KINDS.get(name)
    if known:
        return known
    plain = GROUP if has_parts else TEXT
    return replace(plain, name=name) if name else plain
