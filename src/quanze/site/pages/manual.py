"""The manual's generated pages: what is checked, and which penalty articles have items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from quanze.check import rules
from quanze.check.examples import examples
from quanze.check.summary import coverage
from quanze.form.kinds.kind import linked
from quanze.law.numerals import numeral
from quanze.register import tree
from quanze.site.pages.page import Page, render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quanze.register.catalog import Catalog
    from quanze.register.settings import Settings

COVERAGE = "guide/coverage/"
GUIDE = (("指南", "guide/"),)


def _groups() -> Mapping[str, Mapping[str, str]]:
    texts = {id_: asks for id_, asks in tree.RULES.items() if id_.startswith("yaml-")}
    forms = {id_: asks for id_, asks in tree.RULES.items() if id_ not in texts}
    return {"文件的写法": texts, "表单": forms, **rules.MANUAL}


def rule_page() -> Page:
    """Return the page of the rules: id and what each asks, in the words of its docstring."""
    groups = _groups()
    toc = tuple((f"g{index}", head) for index, head in enumerate(groups, 1))
    heads = [(anchor, head, groups[head]) for anchor, head in toc]
    body = render("rules.html", groups=heads, examples=examples())
    return Page("guide/rules/", "检查规则", body, toc, GUIDE, description="每次修改都检查什么，怎样写才对。")


LICENCE = "<p data-qz-licence></p>"
"""Where the guide of re-users says on what terms the data may be used."""
UNDECLARED = "未声明"


def licence(site: Settings) -> str:
    """Return on what terms others may use the data, as HTML; that it is not said where site.yaml does not."""
    name = linked(site.licence.url, site.licence.name) if site.licence.name else UNDECLARED
    return str(Markup("<p>数据的许可：{}。</p>").format(name))


ANSWERS = "<div data-qz-rules></div>"
"""Where the guide of those who record says what each answer of the check means."""


def answers() -> str:
    """Return every rule with its meaning and what to do, as HTML: generated, so that it says what the rules say."""
    return str(render("answers.html", groups=_groups()))


def coverage_page(catalog: Catalog, at: str) -> Page:
    """Return the page of the coverage: law by law, the penalty articles with and without items."""
    laws = coverage(catalog, at)
    used = [law for law in laws if any(article.records for article in law.articles)]
    others = [law for law in laws if law not in used]
    body = render("coverage.html", laws=used, others=others, at=at, numeral=numeral, title=catalog.title)
    said = "每部法律的罚则条，哪些有事项，哪些没有、为什么。"
    return Page(COVERAGE, "罚则条覆盖", body, (), GUIDE, description=said)
