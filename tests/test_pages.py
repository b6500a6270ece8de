"""Record pages: every value in words, no cell without one, headings that their shells know, links that arrive."""

from __future__ import annotations

import gzip
import html
import re
from dataclasses import replace

import pytest
from tests import golden
from tests.changed import catalog, changed, register

from quanze.base.markup import as_html
from quanze.base.model import Record
from quanze.check.rules.lifecycle import vanished
from quanze.form import form
from quanze.site import search_records
from quanze.site.pages import law, naming, record, tools
from quanze.site.search import fold

WEIGHT = 15_000
"""The bytes, gzipped, of a record's page; its shell takes 4 KB of them."""
SHELL = 4_000


@pytest.fixture(name="base", scope="module")
def _base(tmp_path_factory, shili):
    made = catalog(golden.project(tmp_path_factory.mktemp("base") / "p"))
    return replace(made, records={**made.records, "remedies": catalog(shili).records["remedies"]})


@pytest.fixture(name="site", scope="module")
def _site(shili):
    return register(catalog(shili))


@pytest.fixture(name="pages", scope="module")
def _pages(site):
    """Every record's page with its record."""
    return [(one, record.page(site, one, "")) for one in site.catalog if one.collection != "lists"]


def text(body):
    return html.unescape(re.sub("<[^>]+>", "", str(body)))


def page(base, collection="items", id_="xzcf-001", **values):
    site, one = changed(base, collection, id_, **values)
    return record.page(site, one, "")


# --- the contract with the shells


def test_the_headings_of_a_page_are_those_that_its_shell_knows(site, pages):
    for one, made in pages:
        assert made.toc == record.toc(site, one), one.id
        heads = re.findall(r'<h2 id="([^"]+)">', made.body)
        assert [anchor for anchor, _ in made.toc if anchor not in heads] == [], one.id
        assert [anchor for anchor, _ in made.toc] == [anchor for anchor in heads if anchor in dict(made.toc)], one.id


def test_few_shells_are_enough(pages):
    assert len({(made.url.count("/"), made.toc) for _, made in pages}) <= 1.5 * len(
        {one.collection for one, _ in pages}
    )
    assert len({made.toc for one, made in pages if one.collection == "items"}) <= 8


def test_a_history_is_a_section_of_its_own(base):
    site, one = changed(base, "items", "xzcf-001")
    made = record.page(site, one, "", record.PageHistory(as_html("<p>沿革</p>"), ""))
    assert made.toc == record.toc(site, one, history=True)
    assert made.toc[-2:] == (("history", "沿革"), ("about", "关于本页"))


# --- what stands on it


def test_the_answers_come_in_the_order_in_which_they_are_asked(base):
    anchors = re.findall(r'<h2 id="([^"]+)">', page(base).body)
    assert anchors == ["todo", "cost", "basis", "touch", "who", "fields", "duties", "related", "about"]


def test_nothing_is_left_without_a_word(pages):
    for one, made in pages:
        empty = re.findall(r"<(dd|td|li|p|h2|h3|dt|th|summary)[^>]*>\s*</\1>", made.body)
        assert empty == [], one.id
        assert "None" not in text(made.body), one.id


def test_every_text_that_the_search_knows_of_a_record_stands_on_its_page(site, pages):
    shown = {f"{one.collection}/{one.id}": fold(text(made.body)) for one, made in pages}
    for entry in search_records.entries(site.register, site.look):
        body = shown.get(entry.key)
        cited = [citation.text for citation in entry.citations]
        missing = [
            value
            for value in (entry.title, *entry.keywords, *entry.codes, *cited, *entry.values)
            if body and fold(value) not in body
        ]
        assert missing == [], entry.key


def test_a_page_is_light(pages):
    weights = {made.url: len(gzip.compress(str(made.body).encode())) for _, made in pages}
    assert {url: weight for url, weight in weights.items() if weight > WEIGHT - SHELL} == {}


def test_ids_are_unique_on_a_page(pages):
    for one, made in pages:
        ids = re.findall(r'\bid="([^"]+)"', made.body)
        assert len(ids) == len(set(ids)), one.id


def test_every_link_to_an_article_arrives(pages):
    anchors = {made.url: set(re.findall(r'\bid="([^"]+)"', made.body)) for one, made in pages}
    for _, made in pages:
        for base, url, anchor in re.findall(r'href="((?:\.\./)+)(laws/[^"#]+)#([^"]+)"', made.body):
            assert base == made.base, made.url
            assert anchor in anchors[url], (made.url, url, anchor)


def test_what_a_form_leaves_out_and_what_it_forbids_are_different_words(base):
    said = text(page(base).body)
    assert re.search("未载明[^不]*监督电话|监督电话未载明", said)
    assert re.search("不适用.*办理", said)


def test_an_ended_power_leads_to_what_follows_it(base):
    made = page(base, 状态="合并", 终止日期="2026-06-01", 终止原因="重复", 承接事项="xzjc-001")
    assert re.search(r'role="note">.*自 2026-06-01 起不再行使。', made.body)
    assert '<p class="qz-after">由 <a href="../../items/xzjc-001/">' in made.body
    assert "<h1>" in made.body


def test_texts_are_escaped(base):
    made = page(base, 事项名称="<script>alert(1)</script>", 备注='a <b> & "c"', 关键词=["<i>"])
    assert "<script>alert" not in made.body
    assert "<b>" not in made.body
    assert "<i>" not in made.body


def test_the_permanent_address_is_told_where_there_is_one(base, site, pages):
    assert "永久网址" not in page(base).body
    one, made = next((one, made) for one, made in pages if one.collection == "items")
    assert f'{site.address}items/{one.id}/"' in made.body


def test_own_duties_take_the_place_of_the_procedure_s(base):
    made = page(base, 责任事项=[{"环节": "立案", "内容": "本事项另有要求"}, {"环节": "公示", "内容": "公示七日"}])
    stages = re.findall(r"<li><strong>(.*?)</strong>", made.body[made.body.index('id="duties"') :])
    assert stages.count("立案") == 1
    assert stages[-1] == "公示"
    assert "流程图：" in made.body


def test_duties_that_are_the_procedure_s_alone_are_told_on_its_page(base):
    item, procedure = page(base), page(base, "procedures", "xing-zheng-chu-fa")
    duties = item.body[item.body.index('id="duties"') :]
    assert (
        '<a href="../../procedures/xing-zheng-chu-fa/">行政处罚一般程序</a>，各环节的责任、时限和依据写在那里' in duties
    )
    assert "流程图：" in duties
    assert "qz-stages" in procedure.body
    assert "qz-stages" not in duties


def test_the_search_knows_stages_where_they_are_told(base):
    for own, found in ((None, False), ([{"环节": "公示", "内容": "公示七日"}], True)):
        site, _ = changed(base, "items", "xzcf-001", **({"责任事项": own} if own else {}))
        known = {one.key: one.values for one in search_records.entries(site.register, site.look)}
        assert "立案" in known["procedures/xing-zheng-chu-fa"]
        assert ("立案" in known["items/xzcf-001"]) == found


def test_a_licence_says_how_to_apply(pages):
    made = next(made for one, made in pages if one.data.get("职权类型") == "行政许可")
    body = made.body[made.body.index('id="how"') :]
    for name in ("条件", "材料", "法定时限", "收费"):
        assert f"<dt>{name}</dt>" in body
    assert 'id="cost"' not in made.body


def test_the_lists_in_which_an_item_stands_are_told(base):
    assert re.search("所在清单.*第 1 号", text(page(base).body), re.DOTALL)


# --- a collection that the code has never heard of

POWERS = {
    "title": "赋权事项",
    "type": "object",
    "properties": {
        "标题": {"title": "标题", "type": "string", "section": "甲"},
        "类": {"title": "职权类型", "type": "string", "section": "甲"},
        "现状": {"title": "状态", "type": "string", "section": "甲"},
        "镇街": {
            "section": "乙",
            "type": "array",
            "items": {"title": "关联记录", "type": "string", "collection": "bodies"},
        },
        "办公室": {"type": "string", "section": "乙"},
        "根据": {"section": "丙", "type": "array", "items": {"title": "引用依据", "type": "object"}},
        "心得": {"type": "string", "section": "丁"},
    },
}


def test_a_power_of_an_unknown_form_gets_the_answers(base):
    data = {
        "标题": "对乱堆乱放的处罚",
        "类": "行政处罚",
        "现状": "有效",
        "镇街": ["shi-ying-ji-guan-li-ju"],
        "办公室": "三楼",
        "根据": [{"依据文件": "安全生产法", "条": 97}],
        "心得": "从严",
    }
    forms = {**base.forms, "delegated": form("delegated", POWERS)}
    records = {**base.records, "delegated": {"fu-1": Record("delegated", "fu-1", "", data)}}
    made = record.page(register(type(base)(base.root, base.site, forms, records)), records["delegated"]["fu-1"], "")
    assert [anchor for anchor, _ in made.toc] == ["todo", "basis", "who", "fields", "duties", "related", "about"]
    assert "<dt>办公室</dt><dd>三楼</dd>" in made.body
    assert "<dt>心得</dt><dd>从严</dd>" in made.body
    assert "行政处罚告知书" in made.body


def test_a_plain_record_of_an_unknown_form_has_its_fields(base):
    schema = {
        "title": "应急预案",
        "type": "object",
        "properties": {
            "名": {"title": "标题", "type": "string"},
            "演练": {
                "type": "array",
                "items": {"type": "object", "properties": {"年": {"type": "string"}, "次": {"type": "integer"}}},
            },
        },
    }
    data = {"名": "火灾预案", "演练": [{"年": "2025", "次": 2}, {"年": "2026"}]}
    forms = {**base.forms, "plans": form("plans", schema)}
    records = {**base.records, "plans": {"p-1": Record("plans", "p-1", "", data)}}
    made = record.page(register(type(base)(base.root, base.site, forms, records)), records["plans"]["p-1"], "")
    assert made.toc == (("s1", "应急预案"),)
    assert '<td data-label="次">2</td>' in made.body
    assert '<td data-label="次">未载明</td>' in made.body


@pytest.mark.parametrize(
    ("dated", "data", "said"),
    [
        (False, {}, "取消：已经终止。"),
        (True, {}, "取消：已经终止，从哪一天起待核。"),
        (True, {"止": "2026-01-02"}, "取消：自 2026-01-02 起。"),
    ],
)
def test_an_ended_record_tells_the_day_where_its_form_has_one_and_it_is_known(base, dated, data, said):
    end = {"止": {"title": "终止日期", "type": "string"}} if dated else {}
    status = {"title": "状态", "type": "string", "enum": ["有效", "取消"]}
    schema = {"title": "预案", "properties": {"名": {"title": "标题", "type": "string"}, "态": status, **end}}
    forms = {**base.forms, "plans": form("plans", schema)}
    one = Record("plans", "p-1", "", {"名": "火灾预案", "态": "取消", **data})
    made = record.page(
        register(type(base)(base.root, base.site, forms, {**base.records, "plans": {"p-1": one}})), one, ""
    )
    assert said in text(made.body)


def test_what_is_asked_of_one_that_vanished_is_in_its_form(base):
    schema = {"title": "预案", "properties": {"态": {"title": "状态", "type": "string", "enum": ["有效", "取消"]}}}
    now = type(base)(
        base.root, base.site, {**base.forms, "plans": form("plans", schema)}, {**base.records, "plans": {}}
    )
    one = Record("plans", "p-1", "catalog/plans/p-1.yaml", {"态": "有效"})
    (found,) = vanished(now, {("plans", "p-1"): one})
    assert found.message.endswith("请恢复文件，改写「态」")


def test_what_the_procedure_tells_is_not_called_lacking(base):
    given = {"追责情形": "一、示例的。", "追责依据": [{"依据文件": "安全生产法", "条": 90}]}
    for more, lacking in ({}, True), (given, False):
        site, _ = changed(base, "procedures", "xing-zheng-chu-fa", **more)
        one = site.catalog.record("items", "xzcf-001")
        (said,) = re.findall('<footer class="qz-absent">.*?</footer>', record.page(site, one, "").body)
        assert "责任事项" not in said
        assert ("追责情形" in said) is ("追责依据" in said) is lacking


# --- laws, bodies


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ([], "未载明"),
        ([90], "第九十条"),
        ([93, 91, 90, 92, 95], "第九十条至第九十三条、第九十五条"),
    ],
)
def test_runs_of_articles(numbers, told):
    assert law.runs(numbers) == told


def test_the_versions_of_a_law(base):
    site, one = changed(base, "laws", "an-quan-sheng-chan-fa")
    versions = law.law(site, one).versions
    assert [(version.name, version.state, version.until) for version in versions] == [
        ("2021年修正", "现行", ""),
        ("2014年修正", "已失效", "2021-09-01"),
    ]
    made = record.page(site, one, "")
    assert "第八十九条第一款" in made.body
    assert 'data-qz-span="2014-12-01/2021-09-01"' in made.body


def test_a_repealed_law_is_not_in_force(base):
    site, one = changed(base, "laws", "an-quan-sheng-chan-fa", 废止日期="2026-01-01")
    assert [version.state for version in law.law(site, one).versions] == ["已失效", "已失效"]


def test_an_article_lists_what_rests_on_it(base):
    site, one = changed(base, "laws", "an-quan-sheng-chan-fa")
    found = {article.number: article for article in law.law(site, one).articles}
    (resting,) = found[97].shown
    assert (resting.place, resting.roles, resting.kind) == ("第三项", ("罚则",), "")
    assert {98, 97} & {number for number, _ in law.law(site, one).uncited} == {98}


def test_what_is_no_power_stands_after_the_powers_and_says_what_it_is(base):
    site, _ = changed(base, "procedures", "xing-zheng-chu-fa", 追责依据=[{"依据文件": "安全生产法", "条": 97}])
    one = site.catalog.record("laws", "an-quan-sheng-chan-fa")
    found = next(article for article in law.law(site, one).articles if article.number == 97)
    assert [resting.kind for resting in found.shown] == ["", "办理程序"]
    assert '<span class="qz-muted">办理程序</span>' in record.page(site, one, "").body


def test_a_body_is_named_by_its_items(site):
    bureau = site.catalog.record("bodies", site.catalog.site["本机关"])
    (items,) = (group for group in naming.naming(site, bureau) if group.title == "权责事项 · 行使主体")
    assert items.total == len(site.catalog.records["items"])
    assert items.types.startswith("行政处罚 ")


# --- the sheet and the tools


def test_a_sheet_has_the_code_of_the_permanent_address(site, pages):
    for one, made in pages:
        assert (f'aria-label="{site.address}{made.url} 的二维码"' in made.body) == (one.collection == "items"), one.id


def test_without_an_address_there_is_no_code(base):
    assert "qz-qr" not in page(base).body


def test_a_sheet_says_when_it_leaves_something_out(base):
    rows = [
        {**base.record("items", "xzcf-001").data["处罚"][0], "情形": f"第 {n} 种情形", "力度": "待核"}
        for n in range(40)
    ]
    body = page(base, 处罚=rows).body
    assert body.count("种情形</td>") == 40
    assert 0 < body.count('<tr class="qz-offsheet">') < 40
    assert "本页只列出一部分，全文见下面的网址" in body
    assert "本页只列出一部分" not in page(base).body


def test_the_tools_lead_to_the_lists_without_script(base):
    found = {made.url: made.body for made in tools.pages(base) if made.url in {"search/", "notice/"}}
    assert len(found) == 2
    for body in found.values():
        assert '<a href="../lists/quan-ze-qing-dan/">' in body
        assert "<noscript>" in body
    assert "data-qz-search" in found["search/"]
    assert "data-qz-notice" in found["notice/"]


# --- what the search knows


def test_an_entry(base):
    site, _ = changed(
        base, "items", "xzcf-001", 关键词=["没培训"], 事项编码=[{"方案": "基本编码", "编码": "000225001000"}]
    )
    entry = next(one for one in search_records.entries(site.register, site.look) if one.key == "items/xzcf-001")
    assert entry.keywords == ("没培训",)
    assert entry.codes == ("000225001000",)
    assert [cited.text for cited in entry.citations][1] == "《安全生产法》第九十七条第三项"
    assert entry.citations[1].law == "laws/an-quan-sheng-chan-fa"
    assert entry.facets["罚款上限"] == ("10万元以上", "超过5万元，不超过10万元")
    assert entry.facets["清单"] == ("示例市应急管理局权责清单",)
    assert entry.facets["行使主体"] == ("示例市应急管理局",)
    assert entry.facets["层级"] == ("市级",)
    assert entry.facets["引用此法"] == ("安全生产法",)
    assert not entry.ended


def test_what_a_procedure_says_for_all_its_powers_is_found_at_each_and_it_is_no_power_itself(base):
    site, _ = changed(base, "procedures", "xing-zheng-chu-fa", 追责情形="滥用职权的")
    known = {one.key: one for one in search_records.entries(site.register, site.look)}
    assert "滥用职权的" in known["items/xzcf-001"].values
    assert known["items/xzcf-001"].facets["职权类型"] == ("行政处罚",)
    assert known["procedures/xing-zheng-chu-fa"].facets["职权类型"] == ()


def test_ended_records_come_after_those_in_force(base):
    site, _ = changed(base, "items", "xzcf-001", 状态="取消")
    assert {one.key: one.ended for one in search_records.entries(site.register, site.look)}["items/xzcf-001"]


def test_the_order_of_a_facet_is_that_of_its_form(base):
    site, _ = changed(base, "items", "xzcf-001")
    found = search_records.orders(site.catalog)
    assert found["职权类型"][:2] == ("行政许可", "行政处罚")
    assert found["层级"][0] == "国家级"
