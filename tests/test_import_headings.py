"""What headings and heads say in the words of lists that were handed over, opened as data, or made for services."""

from __future__ import annotations

import pytest
from tests.test_import_bureaus import _catalog, _take, called, messages  # noqa: F401 — fixtures

from quanze.edit.importer.heading import Acting, acting
from quanze.edit.importer.layout import under

TOWN = "晋宁县双河镇人民政府"
TITLES = ["序号", "事项名称", "职权类型", "设定依据"]


def item(number, name):
    return [str(number), name, "行政处罚", "《安全生产法》第六十五条"]


@pytest.mark.parametrize(
    ("heading", "now", "before"),
    [
        ("（一）原由县水利局行使的职权（共3项）", "", "县水利局"),
        ("二、划转前由县林业局实施的处罚", "", "县林业局"),
        ("承接原县应急管理局行使的职权", "", "县应急管理局"),
        ("原由县水利局行使、现由县自然资源局行使的职权", "县自然资源局", "县水利局"),
        ("三、仍由县级部门实施、镇政府配合的事项", "县级部门", ""),
        ("继续由市公安局办理的事项（2项）", "市公安局", ""),
        ("赋予镇人民政府行使的行政处罚权限事项", "", ""),
        ("赋予镇人民政府行使的行政职权", "镇人民政府", ""),
        ("由县林业局划转镇政府行使的职权", "镇政府", ""),
        ("原阳县林业局行使的职权", "原阳县林业局", ""),
        ("委托乡镇行使的职权", "", ""),
        ("对用人单位管理的处罚", "", ""),
    ],
)
def test_who_acts_and_who_did_before(heading, now, before):
    assert acting(heading) == Acting(now, before)


def test_what_was_handed_over_is_ours_and_what_was_kept_is_not(take, catalog):
    rows = [
        TITLES,
        ["一、赋予镇政府行使的行政职权（共2项）"],
        ["（一）原由县水利局行使的职权"],
        item(1, "对占用河道的处罚"),
        ["（二）划转前由县林业局、县住建局实施的职权"],
        item(2, "对毁坏树木的处罚"),
        ["二、仍由县级部门行使、镇政府配合的事项（1项）"],
        item(1, "对无证行医的处罚"),
        ["三、原由镇政府行使的职权"],
        item(1, "对占道的处罚"),
    ]
    plan, items, _ = take(*rows, of=called(catalog, TOWN))
    assert [one["事项名称"] for one in items] == ["对占用河道的处罚", "对毁坏树木的处罚", "对占道的处罚"]
    assert items[-1]["状态"] == "拟"  # what was ours may have gone
    assert ["仍由县级部门" in one for one in messages(plan, "import-section")] == [True]
    assert [one.row for one in plan.problems if one.rule == "import-doubt"] == [10]


@pytest.mark.parametrize(
    "heads",
    [("依据一", "依据二", "依据三"), ("法律依据1", "法律依据2", "法律依据3"), ("第一依据", "第二依据", "依据之三")],
)
def test_bases_over_several_columns_with_numbers(take, heads):
    rows = [
        ["sxmc", "qllx", "yj1", "yj2", "yj3"],
        ["事项名称", "职权类型", *heads],
        ["对桥的检查", "行政检查", "《安全生产法》第六十五条", "第六十六条第一款", "《煤矿安全生产条例》第七条"],
        ["对塔的检查", "行政检查", "《安全生产法》第六十七条", "", ""],
    ]
    _, items, _ = take(*rows)
    assert [[(one["依据文件"][:4], one["条"]) for one in item["实施依据"]] for item in items] == [
        [("安全生产", 65), ("安全生产", 66), ("煤矿安全", 7)], [("安全生产", 67)],
    ]  # fmt: skip


def test_several_citations_of_which_each_has_its_own_columns(take):
    rows = [
        ["事项名称", "职权类型", "依据名称1", "条款1", "依据名称2", "条款2"],
        ["对桥的检查", "行政检查", "安全生产法", "第六十五条", "煤矿安全生产条例", "第七条"],
        ["对塔的检查", "行政检查", "安全生产法", "第六十六条", "", ""],
    ]
    _, items, _ = take(*rows)
    assert [[one["条"] for one in item["实施依据"]] for item in items] == [[65, 7], [66]]


def test_ditto_below_a_title_of_the_same_item_is_that_title(take):
    rows = [
        ["序号", "事项名称", "职权类型", "依据名称", "条款"],
        ["1", "对桥的检查", "行政检查", "煤矿安全生产条例", "第七条"],
        ["", "", "", "安全生产法", "第六十五条"],
        ["", "", "", "同上", "第六十六条"],
        ["2", "对塔的检查", "行政检查", "同上", "第六十七条"],
        ["", "", "", "同上", "第六十八条"],
    ]
    _, items, laws = take(*rows)
    assert [[(one["依据文件"][:4], one["条"]) for one in item["实施依据"]] for item in items] == [
        [("煤矿安全", 7), ("安全生产", 65), ("安全生产", 66)], [("安全生产", 67), ("安全生产", 68)],
    ]  # fmt: skip
    assert not laws


@pytest.mark.parametrize("head", ["服务事项", "公共服务事项", "便民事项", "监管项目名称", "审核转报事项"])
def test_what_a_list_is_of_is_the_head_of_its_names(take, head):
    rows = [["序", head, "责任单位", "服务依据"], ["1", "对桥的养护", "本局", "《安全生产法》第六十五条"]]
    _, (one,), _ = take(["某局公共服务事项清单"], *rows)
    assert (one["事项名称"], one["职权类型"]) == ("对桥的养护", "公共服务")


@pytest.mark.parametrize("head", ["注意事项", "其他事项", "前置事项", "上级事项"])
def test_what_is_called_so_without_being_the_items_name_is_none(take, head):
    rows = [["序", head, "责任单位", "服务依据"], ["1", "带好证件", "本局", "《安全生产法》第六十五条"]]
    assert take(["某局公共服务事项清单"], *rows)[1] == []


@pytest.mark.parametrize("between", ["；", "、", "。", "，以及", "和"])
def test_another_article_behind_a_provision_between_quotation_marks(take, between):
    text = f"《安全生产法》第六十五条规定：“应当依法检查违反第三条的单位。”{between}第九十七条第（四）项"
    _, (one,), _ = take(["事项名称", "职权类型", "设定依据"], ["对桥的检查", "行政检查", text])
    assert [(cited["条"], cited.get("项")) for cited in one["实施依据"]] == [(65, None), (97, 4)]


def test_a_line_of_the_page_that_comes_again_among_the_rows_is_no_item(take):
    page = [["某局执法事项表"], ["填报部门：某局（章）", "", "", "二〇二五年度"]]
    heads = ["执法事项名称", "职权类型", "设定依据", "备注"]
    rows = [
        *page, heads, ["对桥的检查", "行政检查", "《安全生产法》第六十五条", ""],
        *page, heads, ["对塔的检查", "行政检查", "《安全生产法》第六十六条", ""],
    ]  # fmt: skip
    assert [one["事项名称"] for one in take(*rows)[1]] == ["对桥的检查", "对塔的检查"]


COUNTY = "江宁县民政局"


@pytest.mark.parametrize(
    ("remark", "taken"),
    [
        ("由县公安局实施", "no"),
        ("现由市民政局负责实施。", "no"),
        ("乡镇卫生院、县医院实施", "no"),
        ("归县公安局管辖", "no"),
        ("2025年起由县公安局实施", "no"),
        ("2024年机构改革后，由县公安局行使。", "no"),
        ("实施主体为县公安局", "no"),
        ("实施主体：县民政局", "yes"),
        ("交由乡镇实施", "no"),
        ("审核后由市民政局实施", "yes"),
        ("2023年划转县公安局行使", "no"),
        ("教育行政部门实施", "asked"),
        ("由县公安局负责", "asked"),
        ("由社会救助股实施", "yes"),
        ("由本局实施", "yes"),
        ("委托乡镇人民政府实施", "yes"),
        ("会同县公安局实施", "yes"),
        ("跨县的由市民政局实施", "yes"),
        ("按照县人民政府的决定实施", "yes"),
    ],
)
def test_who_acts_by_a_remark(take, catalog, remark, taken):
    rows = [
        ["事项名称", "职权类型", "设定依据", "备注"],
        ["对桥的检查", "行政检查", "《安全生产法》第六十五条", remark],
    ]
    plan, items, _ = take(*rows, of=called(catalog, COUNTY))
    assert len(items) == (taken != "no")
    assert len(told := messages(plan, "import-section")) == (taken == "no")
    assert not any("行使主体: {2023" in one for one in told)  # whom it proposes is the body alone
    assert len(messages(plan, "import-doubt")) == (taken == "asked")


@pytest.mark.parametrize("head", ["划出部门", "移出单位", "划转前的部门"])
def test_who_gave_a_power_away_does_not_act(take, catalog, head):
    rows = [["对桥的检查", "行政检查", "江宁县水利局"], ["对塔的检查", "行政检查", "江宁县林业局"]]
    _, items, _ = take(["事项名称", "职权类型", head], *rows, of=called(catalog, COUNTY))
    assert len(items) == len(rows)


def test_a_remark_against_the_cell_of_who_acts_is_asked(take, catalog):
    rows = [
        ["事项名称", "职权类型", "实施主体", "备注"],
        ["对桥的检查", "行政检查", "县民政局", "由县公安局实施"],
    ]
    plan, (item,), _ = take(*rows, of=called(catalog, COUNTY))
    assert item["状态"] == "拟"
    assert "「备注」写的是「由县公安局实施」" in messages(plan, "import-doubt")[0]


def leveled(catalog, name, level):
    catalog = called(catalog, name)
    catalog.records["bodies"][catalog.settings.body].data["层级"] = level
    return catalog


LEVELS = [
    (("江宁县民政局", "县级"), "县级 市级 市、县级 省民政厅 设区的市或县级", ".?. ."),
    (("江宁市民政局", "市级"), "市级 省级 市、县级 县（市）民政局 乡级", ".?. ?"),
    (("江宁市生态环境局云河分局", "市级"), "市级 县级", ".."),
]


@pytest.mark.parametrize(("own", "said", "taken"), LEVELS)
def test_what_another_level_alone_exercises_is_asked_and_a_body_there_is_another(take, catalog, own, said, taken):
    rows = [[f"对{'桥塔坝井灯'[n]}的检查", "行政检查", word] for n, word in enumerate(said.split())]
    plan, items, _ = take(["事项名称", "职权类型", "行使层级"], *rows, of=leveled(catalog, *own))
    assert [one["事项名称"] for one in items] == [row[0] for row, how in zip(rows, taken, strict=True) if how != " "]
    asked = {one.row - 2 for one in plan.problems if one.rule == "import-doubt"}
    assert asked == {n for n, how in enumerate(taken) if how == "?"}


def test_a_remark_that_names_who_acts_counts_more_than_a_level(take, catalog):
    rows = [["事项名称", "职权类型", "行使层级", "备注"], ["对桥的检查", "行政检查", "市级", "由市民政局实施"]]
    assert take(*rows, of=leveled(catalog, COUNTY, "县级"))[1] == []


def test_a_level_is_not_asked_where_a_cell_says_that_we_act(take, catalog):
    rows = [["事项名称", "职权类型", "行使层级", "实施主体"], ["对桥的检查", "行政检查", "市级", "县民政局"]]
    plan, items, _ = take(*rows, of=leveled(catalog, COUNTY, "县级"))
    assert len(items) == 1
    assert not messages(plan, "import-doubt")


@pytest.mark.parametrize(
    ("own", "word", "ours"),
    [
        ("江宁县民政局", "各乡镇（街道）", False),
        ("江宁县民政局", "属地镇政府", False),
        ("江宁市民政局", "各县（市、区）", True),
        ("江宁市民政局", "各县、区", False),
        ("江宁县双河镇人民政府", "各镇（街道）", True),
        ("江宁县水利局", "水利部", False),
        ("江宁县民政局", "乡镇", False),
    ],
)
def test_places_of_another_level_and_ministries_are_others(take, catalog, own, word, ours):
    rows = [["事项名称", "职权类型", "实施主体"], ["对桥的检查", "行政检查", word]]
    assert bool(take(*rows, of=called(catalog, own))[1]) is ours


def test_who_acts_on_our_behalf_is_ours(take, catalog):
    rows = [
        ["事项名称", "职权类型", "实施主体", "备注"],
        ["对桥的检查", "行政检查", "江宁县殡葬服务中心", "受县民政局委托"],
        ["对塔的检查", "行政检查", "江宁县殡葬服务中心（受江宁县民政局的委托）", ""],
        ["对坝的检查", "行政检查", "江宁县水利局", "受县公安局委托"],
    ]
    _, items, _ = take(*rows, of=called(catalog, COUNTY))
    assert [one["事项名称"] for one in items] == ["对桥的检查", "对塔的检查"]


@pytest.mark.parametrize("brackets", ["〔行政检查〕", "【检查】", "[行政检查]", "（行政检查）"])
def test_the_type_behind_a_name_counts_more_than_that_of_the_sheet(take, brackets):
    _, (item,), _ = take(["某局权责清单（其他类）"], ["序号", "事项名称"], ["1", f"对桥的巡护{brackets}"])
    assert (item["事项名称"], item["职权类型"]) == ("对桥的巡护", "行政检查")


def test_how_many_there_are_of_each_is_no_list(take):
    rows = [["权力类型", "主项数", "子项数量", "备注"], ["行政许可", "11", "7", ""], ["行政处罚", "22", "8", ""]]
    plan, items, _ = take(["汇总表"], *rows)
    assert not items
    assert not messages(plan, "import-required")


def test_labels_within_one_line_are_those_of_an_item_too(take):
    rows = [
        ["序", "事项信息", "备注"],
        ["1", "事项名称：对桥的检查\n事项类型：行政检查\n设定依据：《安全生产法》第六十五条", ""],
        ["2", "【类型】行政检查 【名称】对塔的检查 【依据】《安全生产法》第六十六条 【监督】022-3200000", ""],
        ["3", "名称:对坝的检查;类型:行政检查;法律依据:《安全生产法》第六十七条；第六十八条", ""],
    ]
    _, items, _ = take(*rows)
    assert [(one["事项名称"], [cited["条"] for cited in one["实施依据"]]) for one in items] == [
        ("对桥的检查", [65]), ("对塔的检查", [66]), ("对坝的检查", [67, 68]),
    ]  # fmt: skip
    assert {one["职权类型"] for one in items} == {"行政检查"}


@pytest.mark.parametrize("type_", ["01-行政处罚", "A2行政处罚", "（03）行政处罚", "行政处罚-04", "行政处罚（05）"])
def test_a_type_with_its_code_is_that_type(take, type_):
    row = ["1", "对桥的养护", type_, "《安全生产法》第六十五条"]
    _, (one,), _ = take(["某局权责清单"], TITLES, row)
    assert one["职权类型"] == "行政处罚"


@pytest.mark.parametrize(
    ("headings", "over"),
    [
        ("五、派驻机构|（一）市公安局|（一）行政许可|（二）行政处罚", "五、派驻机构|（一）市公安局|（二）行政处罚"),
        ("五、派驻机构|（一）市公安局|（二）行政处罚|（二）市税务局", "五、派驻机构|（二）市税务局"),
        ("五、派驻机构|（二）市税务局|（一）行政强制", "五、派驻机构|（二）市税务局|（一）行政强制"),
        ("一、经济发展局|（一）行政许可|（二）行政处罚|二、财政局", "二、财政局"),
        ("一、经济发展局|（一）行政许可|（一）行政许可", "一、经济发展局|（一）行政许可"),
    ],
)
def test_headings_whose_numbers_begin_anew_stand_below_the_body_before(headings, over):
    found = ()
    for one in headings.split("|"):
        found = under(found, one)
    assert "|".join(found) == over
