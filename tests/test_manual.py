"""The generated pages of the manual: every rule with what it asks, every penalty article with its items or reasons."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from markupsafe import escape
from tests import golden
from tests.changed import register
from tests.project import DAY

from quanze.base.model import Record
from quanze.check import rules
from quanze.check.examples import FILE, examples
from quanze.check.summary import coverage
from quanze.register import tree
from quanze.site.notices import notices
from quanze.site.pages import manual

LAW = "an-quan-sheng-chan-fa"


@pytest.fixture(name="base", scope="module")
def _base(tmp_path_factory):
    return golden.checked(tmp_path_factory.mktemp("base"), golden.BASE).catalog


def with_reasons(base, *reasons):
    """Return the base catalog with reasons why articles of the law have no item."""
    data = {"名称": "不列事项的条款", "依据文件": LAW, "不列事项": list(reasons)}
    told = {LAW: Record("coverage", LAW, f"catalog/coverage/{LAW}.yaml", data)}
    return replace(base, records={**base.records, "coverage": told})


def test_every_rule_is_on_the_page_with_an_anchor_of_its_own():
    html = manual.rule_page().body
    ids = [*tree.RULES, *(id_ for group in rules.MANUAL.values() for id_ in group)]
    anchors = re.findall(r'<dt id="([a-z-]+)">', html)
    assert sorted(anchors) == sorted(ids)
    assert len(set(anchors)) == len(anchors)


def test_every_rule_shows_what_is_wrong_and_what_is_right(pytestconfig):
    told = {folder.name: golden.lesson(folder).example(folder) for folder in sorted(golden.BAD.iterdir())}
    if pytestconfig.getoption("update_golden"):
        FILE.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
        examples.cache_clear()
    assert json.loads(FILE.read_bytes()) == told
    assert all(one["right"] and one["said"] for one in told.values())
    html = manual.rule_page().body
    for id_, one in told.items():
        row = html.partition(f'<dt id="{id_}">')[2].partition("</dd>")[0]
        assert str(escape(one["said"])) in row
        assert str(escape(one["right"])) in row


def test_the_table_of_contents_leads_to_the_groups():
    page = manual.rule_page()
    assert [head for _, head in page.toc] == ["文件的写法", "表单", *rules.MANUAL]
    assert all(f'<h2 id="{anchor}">{head}</h2>' in page.body for anchor, head in page.toc)


def test_the_words_of_a_rule_are_those_of_its_docstring():
    assert f"<dd><p>{rules.MANUAL['存续']['vanished']}</p>" in manual.rule_page().body


def test_an_article_shows_its_items_and_why_other_parts_have_none(base):
    catalog = with_reasons(base, {"条": 97, "项": 1, "原因": "由<公安>机关实施"})
    html = manual.coverage_page(catalog, DAY).body
    row = re.search(r"<dt>第九十七条</dt>(.*?)</div>", html, re.DOTALL)[1]
    assert "1 个事项" in row
    assert '<a href="../../items/xzcf-001/">' in row
    assert "第九十七条第一项：由&lt;公安&gt;机关实施" in row


def test_an_article_without_item_says_why(base):
    html = manual.coverage_page(with_reasons(base, {"条": 93, "原因": "由公安机关实施"}), DAY).body
    row = re.search(r"<dt>第九十三条</dt>(.*?)</div>", html, re.DOTALL)[1]
    assert "<p>由公安机关实施</p>" in row


def test_an_article_with_neither_stands_out(base):
    html = manual.coverage_page(base, DAY).body
    row = re.search(r"<dt>第九十三条</dt>(.*?)</div>", html, re.DOTALL)[1]
    assert "<strong>没有事项，也没有写明原因</strong>" in row
    one = next(one for one in coverage(base, DAY) if one.instrument.id == LAW)
    assert f"<strong>没有说明 {len(one.missing)} 条</strong>" in html


def test_laws_without_any_item_stand_apart(base):
    items = {id_: one for id_, one in base.records["items"].items() if id_ != "xzcf-001"}
    html = manual.coverage_page(replace(base, records={**base.records, "items": items}), DAY).body
    assert f'<h2 id="{LAW}"' not in html
    assert f'<li id="{LAW}"><a href="../../laws/{LAW}/">' in html.partition('id="others"')[2]


def test_a_provision_on_which_a_power_rests_is_not_told_to_have_none(base):
    place, item = {"条": 93}, {"条": 94, "款": 1}
    items = base.records["items"]
    id_, old = next(iter(items.items()))
    for basis, told in (
        ({"依据文件": "安全生产法", **place, "作用": "职权"}, [True, False]),
        ({"依据文件": "安全生产法", **item}, [False, True]),
        ({"依据文件": "安全生产法", **place, "作用": "义务"}, [False, False]),
        (
            {"依据文件": "安全生产法", **place, "效力": "被上位法取代", "取代依据": "《安全生产法》第一百条"},
            [False, False],
        ),
        ({"依据文件": "安全生产法", "条": 94, "款": 2}, [False, False]),
    ):
        record = replace(old, data={**old.data, "实施依据": [basis]})
        whole = with_reasons(base, {**place, "原因": "不是处罚"}, {**item, "原因": "由别的机关处罚"})
        whole = replace(whole, records={**whole.records, "items": {id_: record}})
        rows = notices(register(whole))["others"][f"laws/{LAW}"]
        assert [partial for *_, partial in rows] == told, basis
