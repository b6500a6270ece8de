"""What a person can do, by the paper in hand: prose with its articles, the same for all powers of a type and body.

The words stand in templates/remedies/. Whether a person can do it in a case is never said: what the paper says decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from quanze.form.kinds import as_html
from quanze.register.catalog import BODIES
from quanze.site.pages.page import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from quanze.base.model import Record
    from quanze.register.roles import Roles
    from quanze.site.pages.context import RenderContext

PENALTY, OTHER, NOBODY = "penalty", "other", "nobody"
_BY_TYPE = {
    "行政处罚": PENALTY,
    "行政许可": "licence",
    "行政检查": "inspection",
    "行政强制": "measure",
    "行政征用": "requisition",
    "行政给付": "benefit",
}
_BY_SUBTYPE = {
    **dict.fromkeys(("责令", "督办", "取缔", "应急措施", "证据保全", "撤销", "注销"), "decision"),
    **dict.fromkeys(("信用管理", "信息公开"), "record"),
    "行政强制执行": "execution",
    **dict.fromkeys(("报请", "提请关闭", "初审", "申请执行", "事故报告", "事故调查"), NOBODY),
    **dict.fromkeys(("报告", "报送", "告知", "捐赠款物"), NOBODY),
    **dict.fromkeys(("机关间备案", "机关间分配", "机关间监督"), NOBODY),
    "信息发布": "public",
}
"""What is no decision about anybody, or one that nobody applied for, has other ways than its type would say."""
_LICENCES = frozenset({"撤销", "注销"})
_TITLES = {
    PENALTY: ("收到文书，怎么办", "先看手里是哪一种文书。"),
    "licence": ("怎么申请，不批怎么办", "看您走到了哪一步。"),
    "inspection": ("来检查，怎么办", "先看来的是检查，还是要求改正的文书。"),
    "measure": ("被采取强制措施，怎么办", "先看手里是哪一种文书。"),
    "execution": ("不服，怎么办", "先看手里是催告书，还是执行的决定、通知。"),
    "record": ("不服，怎么办", "先看是记录、公示写得不对，还是对处罚本身不服。"),
    "requisition": ("不服，怎么办", "先看征用决定写了什么；用完要还，毁损要补偿。"),
    "benefit": ("不服，或者没有答复", "先看有没有书面的决定、答复。"),
    "decision": ("不服，怎么办", "先看决定、通知写了什么。"),
    "public": ("不服，怎么办", "公布面向所有人，不是对您一个人作出的决定。"),
    NOBODY: ("不服，怎么办", "这一项本身不是对您作出的决定。"),
    OTHER: ("不服，或者没有答复", "先看有没有书面的决定、答复。"),
}
"""Heading and first line; headings are few, since each one is a page template of the theme."""
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


def way(roles: Roles, data: Mapping[str, Any]) -> str:
    """Return which ways are open against a power: by its subtype (事项子类) where that decides, else by its type."""
    return _BY_SUBTYPE.get(str(data.get(roles.subtype, ""))) or _BY_TYPE.get(str(data[roles.power]), OTHER)


def title(roles: Roles, data: Mapping[str, Any]) -> str:
    """Return the heading of the remedies against a power."""
    return _TITLES[way(roles, data)][0]


def remedies(context: RenderContext, record: Record) -> Remedies:
    """Return what can be done about a power; who reconsiders is told for the bureau's own acts alone."""
    site = context.catalog.site
    roles = context.roles[record.collection]
    bureau = str(site.get("本机关", ""))
    bodies: Any = record.data.get(roles.bodies, ())
    office = context.catalog.record(BODIES, bureau) if bureau in bodies else None
    kind, subtype = way(roles, record.data), str(record.data.get(roles.subtype, ""))
    key = ("remedies", kind, subtype, office.id if office else "")
    return context.once(key, lambda: _remedies(context, kind, subtype, office))


def _remedies(context: RenderContext, kind: str, subtype: str, office: Record | None) -> Remedies:
    superior = context.catalog.record(BODIES, office.data.get(_REVIEW, "")) if office else None
    given = {
        "cite": context.cite,
        "office": context.catalog.title(office) if office else "",
        "superior": context.catalog.title(superior) if superior else "",
        "hearings": context.catalog.site.get("听证标准", ()),
        "subtype": subtype,
        "licence": subtype in _LICENCES,
    }
    words: Any = TEMPLATES.get_template(f"remedies/{kind}.html").make_module(given)
    return Remedies(*_TITLES[kind], as_html(words.papers()), as_html(words.leniency()), as_html(words.brief()))
