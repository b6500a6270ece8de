"""What a person can do, by the paper in hand: prose with its articles, the same for all powers of a type and body.

The words stand in templates/remedies/. Whether a person can do it in a case is never said: what the paper says decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from quanze.form.kinds import as_html
from quanze.register.catalog import BODIES
from quanze.site.pages.page import TEMPLATES

if TYPE_CHECKING:
    from markupsafe import Markup

    from quanze.base.model import Record
    from quanze.site.pages.register import Register

PENALTY, OTHER = "penalty", "other"
_BY_TYPE = {"行政处罚": PENALTY, "行政许可": "licence", "行政检查": "inspection", "行政强制": "measure"}
_TITLES = {
    PENALTY: ("收到文书，怎么办", "先看手里是哪一种文书。"),
    "licence": ("怎么申请，不批怎么办", "看您走到了哪一步。"),
    "inspection": ("来检查，怎么办", "先看来的是检查，还是要求改正的文书。"),
    "measure": ("被采取强制措施，怎么办", "先看手里是哪一种文书。"),
    OTHER: ("不服，或者没有答复", "先看有没有书面的决定、答复。"),
}
"""Heading and first line."""
_REVIEW = "复议机关"


class Remedies(NamedTuple):
    """The ways open to a person, as HTML."""

    title: str
    lead: str
    papers: Markup
    """A choice of papers, each with its steps."""
    leniency: Markup
    """When a penalty is not or may not be imposed; empty for other powers."""
    brief: Markup
    """The same on a few lines, for the printed sheet."""


def title(type_: str) -> str:
    """Return the heading of the remedies against a type of power."""
    return _TITLES[_BY_TYPE.get(type_, OTHER)][0]


def remedies(register: Register, type_: str, record: Record) -> Remedies:
    """Return what can be done about a power of a type; who reconsiders is told for the bureau's own acts alone."""
    site = register.catalog.site
    roles = register.roles[record.collection]
    bureau = str(site.get("本机关", ""))
    bodies: Any = record.data.get(roles.bodies, ())
    office = register.catalog.record(BODIES, bureau) if bureau in bodies else None
    return register.once(("remedies", type_, office.id if office else ""), lambda: _remedies(register, type_, office))


def _remedies(register: Register, type_: str, office: Record | None) -> Remedies:
    superior = register.catalog.record(BODIES, office.data.get(_REVIEW, "")) if office else None
    context = {
        "cite": register.cite,
        "office": register.catalog.title(office) if office else "",
        "superior": register.catalog.title(superior) if superior else "",
        "hearings": register.catalog.site.get("听证标准", ()),
    }
    kind = _BY_TYPE.get(type_, OTHER)
    words: Any = TEMPLATES.get_template(f"remedies/{kind}.html").make_module(context)
    return Remedies(*_TITLES[kind], as_html(words.papers()), as_html(words.leniency()), as_html(words.brief()))
