"""The answers at the top of a power's page: in force, whose, what it can cost, on what basis, and what one can do."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import segno
from tests import golden, project
from tests.changed import catalog, changed, register

from quanze.base.model import Record
from quanze.form import form
from quanze.law.sanction import sanctions
from quanze.law.sentence import gaps, sentence
from quanze.site.pages import answer, qr, related, remedies
from quanze.site.pages.parts import dates
from quanze.site.today import SLOT

DAY = project.DAY
BUREAU, GOVERNMENT = "shi-ying-ji-guan-li-ju", "shi-ren-min-zheng-fu"


@pytest.fixture(name="base", scope="module")
def _base(tmp_path_factory, shili):
    made = catalog(golden.project(tmp_path_factory.mktemp("base") / "p"))
    return replace(made, records={**made.records, "remedies": catalog(shili).records["remedies"]})


@pytest.fixture(name="whole", scope="module")
def _whole(shili):
    return catalog(shili)


def penalty(catalog, at=DAY, **values):
    site, record = changed(catalog, "items", "xzcf-001", at, **values)
    return site, answer.answer(site, record)


def row(**values):
    whole = {
        "情形": "基本情形",
        "对象": "生产经营单位",
        "种类": ["罚款"],
        "责令": ["责令限期改正"],
        "力度": "应当",
        "罚款": {"上限": 100_000},
        "决定机关": "应急管理部门",
        "依据": [{"依据文件": "安全生产法", "条": 97}],
    }
    return {name: value for name, value in {**whole, **values}.items() if value is not None}


def cost(rows):
    return sentence(sanctions(rows))


LATE = {"情形": "逾期未改正的", "责令": None}
CHARGE = "直接负责的主管人员和其他直接责任人员"


# --- the sentence


def test_the_sentence_of_article_97():
    told = cost(
        [
            row(),
            row(**LATE, 种类=["责令停产停业整顿", "罚款"], 罚款={"下限": 100_000, "上限": 200_000}),
            row(**LATE, 对象=CHARGE, 罚款={"下限": 20_000, "上限": 50_000}),
        ]
    )
    assert told == (
        "责令限期改正，处十万元以下罚款；逾期未改正的，责令停产停业整顿，并处十万元以上二十万元以下罚款，"
        "对直接负责的主管人员和其他直接责任人员处二万元以上五万元以下罚款。"
    )


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (row(力度="可以"), "责令限期改正，可以处十万元以下罚款。"),
        (row(种类=["警告"], 罚款=None), "责令限期改正，给予警告。"),
        (
            row(责令=None, 罚款={"百分比下限": 40, "百分比上限": 40, "基数": "上一年年收入"}),
            "处上一年年收入百分之四十的罚款。",
        ),
        (row(责令=None, 说明="按日连续处罚"), "处十万元以下罚款（按日连续处罚）。"),
        (
            row(种类=["没收违法所得", "罚款"], 说明="有违法所得的"),
            "责令限期改正，没收违法所得（有违法所得的），并处十万元以下罚款。",
        ),
        (
            row(责令=["责令立即消除", "责令限期消除"], 择一=["责令立即消除", "责令限期消除"]),
            "责令立即消除或者限期消除，处十万元以下罚款。",
        ),
    ],
)
def test_sentences(one, told):
    assert cost([one]) == told


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"对象": None}, "对象"),
        ({"对象": "待核"}, "对象"),
        ({"力度": "待核"}, "力度"),
        ({"依据": None}, "依据"),
        ({"情形": None}, "情形"),
        ({"种类": None, "责令": None}, "种类"),
        ({"种类": ["待核"]}, "种类"),
        ({"力度": "直至", "情形": "逾期未改正的"}, "力度"),
    ],
)
def test_what_is_not_known_makes_no_sentence(values, missing):
    rows = [row(), row(**values)]
    assert [*gaps(sanctions(rows))] == [(2, missing)]
    assert cost(rows) == ""


def test_who_decides_is_told_where_it_is_another():
    assert cost([row(决定机关="待核")])
    other = row(**LATE, 种类=["吊销许可证件"], 罚款=None, 决定机关="发证机关")
    assert cost([row(), other]).endswith("；逾期未改正的，由发证机关吊销许可证件。")


def test_an_article_without_an_addressee_has_its_sentence():
    assert cost([row(对象="未载明")]) == "责令限期改正，处十万元以下罚款。"


def test_what_a_remark_leaves_open_takes_nothing_from_what_is_certain():
    one = row(责令=None, 罚款=None, 种类=["吊销许可证件"], 说明="由哪一级吊销待核")
    assert cost([one]) == "吊销许可证件（由哪一级吊销待核）。"


# --- what it can cost


def test_without_a_sentence_the_table_stands_with_the_reason(base):
    _, told = penalty(base, 处罚=[row(), row(力度="待核", 对象=None)])
    assert told.cost.sentence == ""
    assert told.cost.why == "第 2 行的对象、力度尚待核，所以不概括成一句话。"
    assert len(told.cost.table.rows) == 2


def test_a_record_that_nobody_checked_has_no_sentence(base):
    _, told = penalty(base, 核对=None)
    assert told.cost.sentence == ""
    assert "没有核对日期" in told.cost.why
    assert "没有核对记录，待核" in told.force.said


def test_what_is_the_same_in_every_row_is_told_once(base):
    rows = [row(), row(情形="情节严重的", 种类=["责令停产停业整顿"], 罚款=None, 责令=None)]
    _, told = penalty(base, 处罚=rows)
    assert told.cost.table.heads == ("情形", "对象", "责令", "种类", "罚款", "力度")
    assert [name for name, _ in told.cost.table.notes] == ["决定机关", "依据"]
    assert [cell.striptags() for cell in told.cost.table.rows[1]] == [
        "情节严重的",
        "生产经营单位",
        "未规定",
        "责令停产停业整顿",
        "未规定",
        "应当",
    ]


def test_deciders_that_differ_stay_in_the_table(base):
    _, told = penalty(base, 处罚=[row(), row(决定机关="县级以上人民政府"), row(决定机关=None)])
    assert [one[told.cost.table.heads.index("决定机关")] for one in told.cost.table.rows] == [
        "应急管理部门",
        "县级以上人民政府",
        "待核",
    ]


def test_what_excludes_each_other_is_said_in_the_table(base):
    both = ["责令停止建设", "责令停产停业整顿"]
    _, told = penalty(base, 处罚=[row(责令=both[:1], 种类=both[1:], 罚款=None, 择一=both)])
    assert "择一：责令停止建设或者责令停产停业整顿" in told.cost.table.rows[0][told.cost.table.heads.index("责令")]


def test_a_power_without_sanctions_costs_nothing_that_is_known(base):
    site, record = changed(base, "items", "xzjc-001")
    assert answer.answer(site, record).cost is None


def test_texts_are_escaped(base):
    _, told = penalty(base, 处罚=[row(对象="<b>单位", 说明="<i>说明")], 法定实施主体="<u>机关")
    html = "".join(map(str, (*told.cost.table.rows[0], *(value for _, value in told.who))))
    assert "<b>" not in html
    assert "&lt;b&gt;单位" in html
    assert "&lt;i&gt;说明" in html
    assert "&lt;u&gt;机关" in html


# --- in force


@pytest.mark.parametrize(
    ("values", "at", "word", "note"),
    [
        ({}, DAY, "有效", ""),
        ({"状态": "暂停"}, DAY, "暂停", "现在暂停行使"),
        ({"状态": "取消", "终止日期": "2026-01-01"}, DAY, "取消", "自 2026-01-01 起不再行使"),
        ({"状态": "划转"}, DAY, "划转", "自 日期待核 起不再行使"),
        ({"生效日期": "2027-01-01"}, DAY, "尚未生效", "自 2027-01-01 起行使"),
        ({"生效日期": DAY}, DAY, "有效", ""),
        ({"状态": "取消", "终止日期": DAY}, DAY, "取消", f"自 {DAY} 起不再行使"),
        ({}, "2014-01-01", "有效", "所引《安全生产法》没有施行中的版本，效力待核"),
    ],
)
def test_in_force(base, values, at, word, note):
    _, told = penalty(base, at, **values)
    assert (told.force.word, told.force.note) == (word, note)


def test_of_a_law_that_nobody_looked_up_no_more_is_said(base):
    site, _ = changed(base, "laws", "an-quan-sheng-chan-fa", DAY, 版本=[{"名称": "待核"}])
    told = answer.answer(site, site.catalog.records["items"]["xzcf-001"])
    assert told.force.note == "所引《安全生产法》还没有核对过版本，效力待核"


def test_the_reader_compares_with_the_power_s_own_days(base):
    _, told = penalty(base, 生效日期="2027-01-01")
    assert 'data-qz-span="2027-01-01/"' in told.force.span
    assert penalty(base)[1].force.span == ""


@pytest.mark.parametrize(
    ("checked", "said"),
    [(DAY, f"截至 {SLOT} 核对"), ("2026-03-01", f"截至 {SLOT}；最近一次核对 2026-03-01")],
)
def test_as_of_when(base, checked, said):
    assert penalty(base, 核对={"日期": checked, "来源": "公开文本"})[1].force.said == said


# --- who


def test_who(base):
    _, told = penalty(base, 承办机构="待核", 行使层级=[{"层级": "市级", "权限": "跨区的"}, {"层级": "县级"}])
    who = {name: value.striptags() for name, value in told.who}
    assert who["行使主体"] == "示例市应急管理局（市级）"
    assert who["承办机构"] == "待核"
    assert who["联系电话"] == "未载明"
    assert [*who][1] == "行使层级"
    assert dict(told.who)["行使层级"].count("qz-line") == 2


def test_a_telephone_is_dialled(base):
    site, _ = changed(base, "bodies", BUREAU, 电话=[{"用途": "咨询", "号码": "029-12345678"}])
    told = answer.answer(site, site.catalog.record("items", "xzcf-001"))
    assert '<a href="tel:02912345678">029-12345678</a>' in dict(told.who)["联系电话"]


# --- on what basis


def test_a_basis_leads_to_its_article(base):
    _, told = penalty(base)
    link = '<a href="../../laws/an-quan-sheng-chan-fa/#t97">《安全生产法》第九十七条第三项</a>'
    assert told.basis[1] == f'{link} <span class="qz-tag">罚则</span>'
    assert "2021年修正，2021-09-01 起施行" in told.laws[0]


def test_a_displaced_basis_says_so(base):
    _, told = penalty(
        base, 实施依据=[{"依据文件": "安全生产法", "条": 97, "效力": "被上位法取代", "取代依据": "某法第一条"}]
    )
    assert "不再适用" in told.basis[0]
    assert "被上位法取代：某法第一条" in told.basis[0]


def test_an_official_text_is_linked_where_it_is_known(base):
    site, _ = changed(base, "laws", "an-quan-sheng-chan-fa", 官方链接="https://example.gov.cn/a?b=1&c=2")
    told = answer.answer(site, site.catalog.record("items", "xzcf-001"))
    assert 'href="https://example.gov.cn/a?b=1&amp;c=2"' in told.laws[0]
    assert "官方文本" not in penalty(base)[1].laws[0]


def test_a_coming_version_is_announced_to_the_reader_s_day(base):
    _, told = penalty(base, "2021-08-31")
    assert "2014年修正" in told.laws[0]
    assert 'data-qz-span="/2021-09-01"' in told.laws[0]


def test_an_instrument_that_is_not_kept_is_named_without_a_link(base):
    _, told = penalty(base, 实施依据=[{"文号": "国办函〔2023〕51号"}])
    assert told.basis == ("国办函〔2023〕51号",)
    assert told.laws == ()


# --- what else may touch it

EXEMPTIONS = {
    "title": "不予处罚清单",
    "type": "object",
    "properties": {
        "名称": {"title": "标题", "type": "string"},
        "类别": {"type": "string", "enum": ["不予处罚", "可以不予处罚"]},
        "事项": {"type": "array", "items": {"title": "关联记录", "type": "string", "collection": "items"}},
    },
}


def test_what_must_not_and_what_need_not_be_penalised_stay_apart(base):
    data = {"mian-1": "不予处罚", "mian-2": "可以不予处罚", "mian-3": "不予处罚"}
    records = {
        id_: Record("exemptions", id_, "", {"名称": f"情形{id_[-1]}", "类别": kind, "事项": ["xzcf-001"]})
        for id_, kind in data.items()
    }
    forms = {**base.forms, "exemptions": form("exemptions", EXEMPTIONS)}
    made = replace(base, forms=forms, records={**base.records, "exemptions": records})
    site = register(made)
    told = answer.touch(site, made.record("items", "xzcf-001"))
    assert [(group.title, [link.striptags() for link in group.links]) for group in told] == [
        ("不予处罚清单：不予处罚", ["情形1", "情形3"]),
        ("不予处罚清单：可以不予处罚", ["情形2"]),
    ]


def test_nothing_that_only_uses_it_touches_it(base):
    assert penalty(base)[1].touch == ()


# --- what to do


def ways(site, type_="行政处罚", **values):
    site, record = changed(site.catalog, "items", "xzcf-001", 职权类型=type_, **values)
    return remedies.remedies(site, record)


def test_the_papers_of_a_penalty(base):
    told = ways(penalty(base)[0])
    papers = re.findall(r"<summary><strong>(.*?)</strong>", told.papers)
    assert papers == [
        "行政处罚告知书",
        "行政处罚决定书",
        "当场处罚决定书",
        "责令整改、现场处理措施的文书",
        "行政复议决定书",
    ]
    assert "告知后五个工作日内" in told.papers
    assert "看告知书<strong>拟作出的处罚</strong>，不看法定最高额" in told.papers
    assert "以告知书载明为准" in told.papers


def test_reconsideration_is_told_for_the_bureau_s_own_acts(base):
    told = ways(penalty(base)[0])
    assert "示例市应急管理局以自己名义作出的，向示例市人民政府申请；以决定书载明的为准" in told.papers
    assert "受委托的组织作出的，复议机关不同" in told.papers


def test_who_reconsiders_the_acts_of_others_is_not_told(base):
    site, record = changed(base, "items", "xzcf-001", 行使主体=[GOVERNMENT])
    told = remedies.remedies(site, record)
    assert "示例市人民政府申请" not in told.papers
    assert "以决定书载明的为准" in told.papers


def test_the_acts_of_one_other_body_go_to_its_own_superior_and_of_several_to_none(base):
    other = replace(base.records["bodies"][BUREAU], id="qu-ju", path="catalog/bodies/qu-ju.yaml")
    other = replace(other, data={**other.data, "名称": "示例区应急管理局", "复议机关": GOVERNMENT})
    bodies = {**base.records["bodies"], other.id: other, "san-ju": replace(other, id="san-ju")}
    among = replace(base, records={**base.records, "bodies": bodies})
    told = ways(register(among), 行使主体=[other.id]).papers
    assert "示例区应急管理局以自己名义作出的，向示例市人民政府申请" in told
    assert "示例市应急管理局以自己名义作出的" not in told
    several = ways(register(among), 行使主体=[other.id, "san-ju"]).papers
    assert "以自己名义作出的" not in several


def test_a_body_whose_superior_is_not_known_says_so(base):
    site, _ = changed(base, "bodies", BUREAU, 复议机关=None)
    assert "复议机关待核" in ways(site).papers


@pytest.fixture(name="lawful")
def _lawful(base, whole):
    """The small register with the laws of the large one, 行政处罚法 among them."""
    return replace(base, records={**base.records, "laws": whole.records["laws"]})


def threshold(article):
    basis = [{"依据文件": "行政处罚法", "条": article}]
    limit = {"数额": [{"对象": "个人", "起点": 10_000}]}
    data = {"名称": "大额罚款", "类别": "听证", "状态": "有效", "门槛": limit, "依据": basis}
    return Record("reviews", "zdsh-1", "catalog/reviews/zdsh-1.yaml", data)


def test_amounts_of_a_hearing_come_from_records_that_rest_on_the_right_to_one(lawful):
    made = replace(lawful, records={**lawful.records, "reviews": {"zdsh-1": threshold(63)}})
    told = ways(register(made)).papers
    assert re.search("对个人罚款一万元以上（<a [^>]*>大额罚款</a>）", told)
    assert "以告知书载明为准" in told
    assert "大额罚款" not in ways(penalty(lawful)[0]).papers
    review = replace(lawful, records={**lawful.records, "reviews": {"zdsh-1": threshold(58)}})
    assert "大额罚款" not in ways(register(review)).papers


@pytest.mark.parametrize("type_", ["行政处罚", "行政许可", "行政强制", "行政检查", "行政奖励", "从未见过的类型"])
def test_no_court_is_named_and_nothing_is_denied(base, type_):
    told = ways(penalty(base)[0], type_)
    text = re.sub("<[^>]+>", "", told.papers + told.leniency + told.brief)
    assert "不能听证" not in text
    assert not re.search(r"[市区县]人民法院|铁路运输法院", text)
    assert "六十日" in text
    assert "六个月" in text


@pytest.mark.parametrize(
    ("type_", "subtype", "articles"),
    [
        ("行政征用", None, ["第五项", "第十一项"]),
        ("行政给付", None, ["第十一项", "第十二项", "第十五项"]),
        ("行政奖励", None, ["第十五项", "第十一项"]),
        ("行政强制", "行政强制执行", ["第二项"]),
        ("其他行政权力", "信息公开", ["第十四项", "第十五项"]),
        ("行政确认", "考核", ["第十五项", "第十一项"]),
        ("其他行政权力", "责令", ["第十五项"]),
        ("其他行政权力", "注销", ["第三项"]),
        ("其他行政权力", "备案", ["第十五项", "第十一项"]),
        ("公共服务", "信息发布", ["第十四项"]),
        ("行政检查", None, ["第二项", "第十五项"]),
    ],
)
def test_reconsideration_rests_on_the_item_that_fits_the_act(base, type_, subtype, articles):
    told = ways(penalty(base)[0], type_, 事项子类=subtype)
    found = re.findall("行政复议法》?第十一条第一款(第[一二三四五六七八九十]+项)", re.sub("<[^>]+>", "", told.papers))
    assert list(dict.fromkeys(found)) == articles


@pytest.mark.parametrize("subtype", ["报请", "初审", "申请执行", "事故报告", "机关间备案", "机关间分配", "捐赠款物"])
@pytest.mark.parametrize("type_", ["其他行政权力", "行政给付", "行政检查"])
def test_what_is_no_decision_about_anybody_has_no_days_to_object(base, type_, subtype):
    told = ways(penalty(base)[0], type_, 事项子类=subtype)
    assert told.lead == "这一项本身不是对您作出的决定。"
    assert "按那份文书载明的途径和期限" in told.papers
    assert not re.search("六十日|六个月|先申请", told.papers + told.brief)


def test_a_seizure_and_an_execution_have_papers_of_their_own(base):
    seizure = ways(penalty(base)[0], "行政强制", 事项子类="行政强制措施").papers
    execution = ways(penalty(base)[0], "行政强制", 事项子类="行政强制执行").papers
    assert "查封、扣押等强制措施的决定书" in seizure
    assert "催告书" not in seizure
    assert "催告书" in execution
    assert "查封、扣押等强制措施的决定书" not in execution


def test_an_order_that_nobody_applied_for_is_not_late(base):
    assert "逾期没有答复" not in ways(penalty(base)[0], "其他行政权力", 事项子类="责令").papers
    assert "逾期没有答复" in ways(penalty(base)[0], "其他行政权力", 事项子类="审查").papers


@pytest.mark.parametrize("type_", ["行政处罚", "行政许可", "行政奖励"])
def test_reconsideration_comes_first_as_a_condition(base, type_):
    assert "先申请行政复议" in ways(penalty(base)[0], type_).papers


def exemption(meant, *places):
    data = {
        "违法行为": "轻微",
        "结果": "不予处罚",
        "状态": "有效",
        "适用条件": ["轻微"],
        "从宽依据": [{"依据文件": "行政处罚法", "条": article, "款": paragraph} for article, paragraph in places],
        **meant,
    }
    return Record("exemptions", "qwbf-1", "catalog/exemptions/qwbf-1.yaml", data)


def lenient(lawful, one):
    made = replace(lawful, records={**lawful.records, "exemptions": {one.id: one}})
    return re.findall("<dt>(.*?)</dt>", ways(register(made)).leniency)


def test_what_exemptions_for_all_penalties_tell_is_not_told_twice(lawful):
    for_all = {"适用于": {"集合": "items", "条件": {"职权类型": "行政处罚"}}}
    assert lenient(lawful, exemption(for_all, (33, 1))) == ["不予处罚", "超过期限不再处罚"]
    assert lenient(lawful, exemption(for_all, (33, 1), (33, 2), (36, 1))) == []
    assert len(lenient(lawful, exemption({"对应事项": ["xzcf-001"]}, (33, 1), (33, 2), (36, 1)))) == 3
    others = {"适用于": {"集合": "items", "条件": {"职权类型": "行政强制"}}}
    assert len(lenient(lawful, exemption(others, (33, 1), (33, 2), (36, 1)))) == 3


def test_leniency_belongs_to_penalties(base):
    told = ways(penalty(base)[0])
    assert re.findall("<dt>(.*?)</dt>", told.leniency) == ["不予处罚", "可以不予处罚", "超过期限不再处罚"]
    assert "由执法机关根据案情认定" in told.leniency
    assert ways(penalty(base)[0], "行政许可").leniency.strip() == ""


def test_the_remedies_cite(whole):
    site = register(whole)
    record = whole.record("items", "xzcf-012")
    assert '<a href="../../laws/xing-zheng-chu-fa-fa/#t45">《行政处罚法》第四十五条</a>' in (
        remedies.remedies(site, record).papers
    )


# --- what belongs together


def power_type(link):
    return link.rpartition('">')[2].partition("<")[0]


def test_neighbours(whole):
    site = register(whole)
    record = next(
        one
        for one in whole.records["items"].values()
        if one.data["事项名称"].endswith("从业人员进行安全生产教育和培训的处罚")
    )
    groups = {group.title: group for group in related.related(site, record)}
    types = {power_type(link) for link in groups["同一义务，另一类职权"].links}
    assert "行政处罚" not in types
    assert "行政检查" in types
    assert {power_type(link) for link in groups["同一罚则条文的其他事项"].links} == {"行政处罚"}
    links = [link for group in groups.values() for link in group.links]
    assert len(links) == len(set(links))
    assert not any(site.link(record) in link for link in links)


def test_a_licence_leads_to_the_penalty_for_having_none(base):
    duty = base.record("items", "xzcf-001").data["实施依据"][0]
    site, record = changed(base, "items", "xzjc-001", 职权类型="行政许可", 实施依据=[{**duty, "作用": "职权"}])
    (group,) = related.related(site, record)
    assert [power_type(link) for link in group.links] == ["行政处罚"]
    assert "处罚" not in group.title, "an inspection of the same duty stands there too"


def test_a_record_that_shares_no_article_has_no_neighbours(base):
    site, record = changed(base, "items", "xzjc-001")
    assert related.related(site, record) == ()


# --- the code to scan


@pytest.mark.parametrize(
    "address",
    [
        "https://quanze.example/items/xzcf-001/",
        "https://quanze.example/items/xzcf-198/",
        "https://a.gov.cn/zwgk/items/q-1/",
    ],
)
def test_a_code_made_by_adding_is_the_one_that_is_drawn(address):
    drawn = segno.make_qr(address.encode(), error="m", boost_error=False, mode="byte", mask=3)
    rows = [[] for _ in drawn.matrix]
    for y, strokes in re.findall(r"M0 (\d+)([hm\d ]*)", qr.svg(address)):
        for dark, light in re.findall(r"h(\d+)|m(\d+) 0", strokes):
            rows[int(y)] += [1] * int(dark or 0) + [0] * int(light or 0)
    assert rows == [[*row] for row in drawn.matrix]


def test_a_date_in_a_sentence_is_one():
    assert dates("截至 2026-11-28；<最近>") == "截至 <time>2026-11-28</time>；&lt;最近&gt;"
