"""Lists as other bureaus draw them up: who signs them, how they call themselves, what they cite and what they mean."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests import books
from tests.clerk import DAY, Clerk

from quanze.check.checking import check
from quanze.edit import importer
from quanze.edit.importer.bases import basis
from quanze.edit.importer.closing import closes, signs
from quanze.edit.importer.instruments import WrittenInstrument
from quanze.edit.importer.problem import Question
from quanze.edit.importer.sheet import Cell, Sheet
from quanze.edit.importer.values import Values
from quanze.edit.importer.whose import Bodies
from quanze.form import Validator
from quanze.form.kinds.origin import RowOrigin
from quanze.form.sentences import quote
from quanze.io.yaml import read

LAW, ORDER = "《安全生产法》", "《煤矿安全生产条例》"
HEAD = ["序号", "职权类型", "事项名称", "实施依据", "承办机构", "备注"]
ITEM = ["1", "行政检查", "对取水工程的检查", f"{LAW}第六十五条", "水政科", ""]
KEY = "行使主体"


@pytest.fixture(name="catalog", scope="module")
def _catalog(tmp_path_factory):
    return check(Clerk(tmp_path_factory.mktemp("项目") / "册").root, DAY).catalog


@pytest.fixture(name="take")
def _take(catalog):
    """Return what takes rows in memory and returns the plan, its new items and its drafted laws."""

    def take(*rows, words=None, of=catalog, **looks):
        sheet = Sheet("表.xlsx", "清单", [[Cell(cell) for cell in row] for row in rows], **looks)
        answers = replace(importer.NONE, words=words or {})
        plan = importer.plan(of, of.forms["items"], [sheet], DAY, importer.Wishes(answers))
        told = {edit.path: read(edit.new.encode(), "")[0] for edit in plan.edits}
        laws = [data for path, data in told.items() if "/laws/" in path]
        return plan, [told[one.path] for one in plan.records], laws

    return take


def called(catalog, name, *others):
    """Return the catalog where the register's own body, and some beside it, are called otherwise."""
    bodies = dict(catalog.records["bodies"])
    body = bodies[catalog.settings.body]
    bodies[body.id] = replace(body, data={**body.data, "名称": name})
    for n, other in enumerate(others):
        bodies[f"ling-{n}"] = replace(body, id=f"ling-{n}", data={**body.data, "名称": other})
    return replace(catalog, records={**catalog.records, "bodies": bodies})


def messages(plan, rule):
    return [one.message for one in plan.problems if one.rule == rule]


# 落款


@pytest.mark.parametrize(
    "line",
    [
        "填报人：|审核人：",
        "单位负责人：|联系电话：|0990-6612345",
        "经办人（签字）：|负责人（签字）：|年  月  日",
        "制表人|王某|审核人|李某",
        "科室负责人（签字）：王某|分管领导（签字）：",
        "填表人：张某 联系电话：6612345",
        "水务局（公章）|2024年3月5日",
        "局长：|赵某|日期：|2024-03-05",
        "核稿：张|签发：李",
        "联系人及电话：|王某 13800000000",
    ],
)
def test_a_line_of_signatures_takes_several_cells(line):
    assert signs(line.split("|"))


@pytest.mark.parametrize(
    "line",
    [
        "对单位负责人的检查|行政检查",
        "2|审核|行政确认|审批科",
        "审核责任：按规定审核|科室",
        "责任人员",
        "行政处罚|责任人",
        "备案|联系人",
        f"负责人|行政处罚|{LAW}第九十五条",
        "1.受理责任：|2.审查责任：",
        "水政科|联系电话：6612345",
        "审批科|可网上办",
    ],
)
def test_a_row_of_an_item_is_no_line_of_signatures(line):
    assert not signs(line.split("|"))


def test_what_is_left_of_a_line_of_signatures():
    assert all(map(closes, ["（盖章）", "2025年3月5日", "年  月  日", "联系电话：6612345"]))
    assert not any(map(closes, ["水政科", "监督电话6612345", "可网上办", "对负责人的处罚"]))


@pytest.mark.parametrize(
    "tail",
    [
        ["||填报人：||审核人：|", "|单位负责人：|||联系电话：|6612345", "||||（盖章）|", "|||||2025年3月5日"],
        ["|经办人（签字）：|||负责人（签字）：|", "|||||年  月  日"],
        ["||||联系电话：6612345|"],
    ],
)
def test_signatures_below_the_rows_are_notes_and_nobody_publishes_them(take, tail):
    plan, (item,), _ = take(HEAD, ITEM, *(row.split("|") for row in tail))
    assert item["承办机构"] == "水政科"
    assert "备注" not in item
    assert "6612345" not in str(item)
    assert {one.went for one in plan.cells if not one.cell.endswith(("1", "2"))} == {"note"}


def test_signatures_below_a_form_are_none_of_its_labels(take):
    rows = [
        ["事项名称", "对取水工程的检查", "序号", "1"],
        ["职权类型", "行政检查", "承办机构", "水政科"],
        ["实施依据", f"{LAW}第六十五条", "", ""],
        ["", "填报人：", "王某", "6612345"],
        ["审核人", "李某", "填表人", "赵某"],
    ]
    _, (item,), _ = take(*rows)
    assert item["承办机构"] == "水政科"
    assert not any(word in str(item) for word in ("王某", "李某", "赵某", "6612345"))


def test_what_goes_on_with_an_item_still_does(take):
    _, (one, two), _ = take(
        HEAD, ITEM, ["", "", "", f"{LAW}第六十六条", "", "联系人：王某"], ["2", "行政检查", "对渡口的检查", "", "", ""]
    )
    assert [each["条"] for each in one["实施依据"]] == [65, 66]
    assert one["备注"] == "联系人：王某"
    assert two["事项名称"] == "对渡口的检查"


# 本机关的简称


@pytest.mark.parametrize(
    ("own", "ours", "doubtful", "others"),
    [
        ("柳塘区城市管理局", "区城管局 柳塘区城管局 城管局", "区城市更新局", "区城建局"),
        ("松江县发展和改革委员会", "县发改委 发展改革委 县发改局", "改革局", "县教育局"),
        ("盐城市自然资源和规划局", "资规局 市自规局 市自然资源局", "规划局", "林业局"),
        ("聊城市城市管理和综合行政执法局", "市城管局 综合执法局", "综合行政执法局", "市公安局"),
        ("运城市教育体育局", "教体局 市教育局", "体育局", "文体局"),
        ("松江县农业农村局", "农业局 县农业农村局", "农村局", "水务局"),
    ],
)
def test_a_short_name_has_the_letters_of_the_whole_in_their_order(catalog, own, ours, doubtful, others):
    bodies = Bodies(called(catalog, own), {})
    assert [word for word in ours.split() if not (bodies.named(word).ours or bodies.named(word).ids)] == []
    assert bodies.named(doubtful).doubtful == (doubtful,)
    assert not bodies.named(others).ours


def test_a_short_name_that_another_body_may_have_is_asked_about(catalog):
    bodies = Bodies(called(catalog, "松江县教育体育局", "松江县教职体校局"), {})
    assert bodies.named("教体局").doubtful
    assert bodies.named("教育局").ours


def test_a_doubtful_name_makes_a_draft_and_its_answer_works_as_it_stands(take, catalog):
    of = called(catalog, "松江县教育体育局")
    rows = [["事项名称", "职权类型", KEY, "状态"], ["对泳池的检查", "行政检查", "县体育局", "有效"]]
    plan, (item,), _ = take(*rows, of=of)
    (said,) = messages(plan, "import-doubt")
    assert item["状态"] == "拟"
    told = said.partition("里写 ")[2].partition("；")[0]
    assert told == f"词: {{{KEY}: {{县体育局: 松江县教育体育局}}}}"
    words, problems = read(told.encode(), "")
    assert not problems
    plan, (item,), _ = take(*rows, of=of, words=words["词"])
    assert item[KEY] == [catalog.settings.body]
    assert not messages(plan, "import-doubt")


def test_what_is_another_bodys_is_refused_and_can_be_answered_too(take, catalog):
    rows = [["事项名称", "职权类型", KEY], ["对桥的检查", "行政检查", "县城管局"]]
    plan, items, _ = take(*rows)
    assert not items
    assert f"词: {{{KEY}: {{县城管局: 示例市应急管理局}}}}" in messages(plan, "import-section")[0]
    assert take(*rows, words={KEY: {"县城管局": "示例市应急管理局"}})[1][0][KEY] == [catalog.settings.body]


def test_of_several_bodies_ours_is_kept_and_the_others_are_told(take, catalog):
    rows = [
        ["事项名称", "职权类型", KEY],
        ["对桥的检查", "行政检查", "市应急管理局会同市桥梁局"],
        ["对渡口的检查", "行政检查", "市应急管理局（牵头）、市桥梁局（配合）"],
        ["对坝的检查", "行政检查", "由市应急管理局牵头，市桥梁局配合"],
        ["对井的检查", "行政检查", "牵头单位：市应急管理局；配合单位：市桥梁局"],
        ["对塔的检查", "行政检查", "市桥梁局会同市港口局"],
        ["对路的检查", "行政检查", "市桥梁局（牵头）、市应急管理局（配合）"],
    ]
    plan, items, _ = take(*rows)
    assert [item["事项名称"] for item in items] == ["对桥的检查", "对渡口的检查", "对坝的检查", "对井的检查"]
    assert all(item[KEY] == [catalog.settings.body] for item in items)
    assert "市桥梁局" in "".join(messages(plan, "import-body"))
    assert len(messages(plan, "import-section")) == 2


@pytest.mark.parametrize(
    ("cell", "others"),
    [
        ("市商务局、市公安局", ("市商务局", "市公安局")),
        ("市工商行政管理局", ("市工商行政管理局",)),
        ("市妇女联合会、市教育局", ("市妇女联合会", "市教育局")),
        ("市残疾人联合会、市民政局", ("市残疾人联合会", "市民政局")),
        ("县自然资源局商县住建局", ("县自然资源局", "县住建局")),
        ("市桥梁局联合市港口局", ("市桥梁局", "市港口局")),
    ],
)
def test_a_name_that_holds_a_joining_word_is_one_name(catalog, cell, others):
    assert Bodies(catalog, {}).named(cell).others == others


def test_who_acts_together_may_stand_in_brackets(take, catalog):
    _, (item,), _ = take(
        ["事项名称", "职权类型", KEY], ["对桥的检查", "行政检查", "市应急管理局（会同市桥梁局、市港口局）"]
    )
    assert item[KEY] == [catalog.settings.body]


def test_who_had_a_delegated_power_before_is_not_who_has_it(take, catalog):
    rows = [
        ["序号", "事项名称", "职权类型", "设定依据", "原实施主体"],
        ["1", "对桥的检查", "行政检查", "《安全生产法》第五条", "市桥梁局"],
        ["二、派驻部门的事项（以派驻部门名义实施，不属本机关职权）"],
        ["2", "对塔的检查", "行政检查", "《安全生产法》第五条", "市桥梁局"],
    ]
    plan, (item,), _ = take(*rows)
    assert (item["事项名称"], item[KEY]) == ("对桥的检查", [catalog.settings.body])
    assert "派驻部门的事项" in messages(plan, "import-section")[0]


def test_a_type_in_brackets_behind_the_name(take):
    rows = [
        ["事项名称", "设定依据"],
        ["（三）其他行政权力（2项）"],
        ["桥梁登记（行政确认）", "《安全生产法》第五条"],
        ["桥梁标志（含限高）", "《安全生产法》第六条"],
    ]
    plan, items, _ = take(*rows)
    told = [(item["事项名称"], item["职权类型"]) for item in items]
    assert told == [("桥梁登记", "行政确认"), ("桥梁标志（含限高）", "其他行政权力")]
    assert "行政确认" in messages(plan, "import-near")[0]


# 分栏


def test_a_place_whose_numbers_stand_in_columns_of_their_own(take):
    rows = [
        ["事项名称", "职权类型", "法律名称", "条", "款", "项", "内容"],
        ["对桥的检查", "行政检查", "安全生产法", "69", "/", "（一）", "桥应当检查。"],
        ["对渡口的检查", "行政检查", "《安全生产法》", "第六十二条", "第一款", "", ""],
        ["对坝的检查", "行政检查", "安全生产法", "五", "2", "一、三", ""],
    ]
    _, items, _ = take(*rows)
    told = [{name: one.get(name) for name in ("条", "款", "项", "摘录")} for item in items for one in item["实施依据"]]
    assert len({one["依据文件"] for item in items for one in item["实施依据"]}) == 1
    assert told == [
        {"条": 69, "款": None, "项": 1, "摘录": "桥应当检查。"},
        {"条": 62, "款": 1, "项": None, "摘录": None},
        {"条": 5, "款": 2, "项": [1, 3], "摘录": None},
    ]


def test_columns_that_are_ticked_are_words_of_one_field(take, catalog):
    rows = [
        ["事项名称", "许可", "处罚类", "行政检查", KEY, "设定依据"],
        ["渡口许可", "√", "", "×", "市应急管理局", "《安全生产法》第五条"],
        ["对渡口的处罚", "", "●", "", "〃", "《安全生产法》第六条"],
        ["对渡口的检查", "", "", "✔", "同上", "《安全生产法》第七条"],
    ]
    _, items, _ = take(*rows)
    assert [item["职权类型"] for item in items] == ["行政许可", "行政处罚", "行政检查"]
    assert all(item[KEY] == [catalog.settings.body] for item in items)
    plan, items, _ = take(rows[0], ["渡口事项", "√", "√", "", "市应急管理局", ""])
    assert not items or "职权类型" not in items[0] or items[0]["状态"] == "拟"
    assert plan.problems


# 依据


@pytest.mark.parametrize(
    ("told", "want"),
    [
        (f"【法律】{LAW}第二条 【行政法规】{ORDER}第六条", [("安全生产法", 2, None), ("煤矿安全生产条例", 6, None)]),
        (
            f"〔法律〕{LAW}第二条　取水应当计量。〔规章〕《桥梁办法》第六条",
            [("安全生产法", 2, "取水应当计量。"), ("桥梁办法", 6, None)],
        ),
        (
            f"（1）[法律]{LAW}第二条：应当计量[规范性文件]《桥梁细则》第三条",
            [("安全生产法", 2, "应当计量"), ("桥梁细则", 3, None)],
        ),
        (
            f"{LAW}第九条　不得堆放物料。第四十条第一款　堆放物料的，责令清除。",
            [("安全生产法", 9, "不得堆放物料。"), ("安全生产法", 40, "堆放物料的，责令清除。")],
        ),
        (
            f"{LAW}第九条：不得堆放。第四十条：责令清除。",
            [("安全生产法", 9, "不得堆放。"), ("安全生产法", 40, "责令清除。")],
        ),
        (
            f"1、【法律】{LAW}第二条 2、【法规】{ORDER}第六条",
            [("安全生产法", 2, None), ("煤矿安全生产条例", 6, None)],
        ),
        (
            f"{LAW}第二条　取水应当计量。{ORDER}第六条　渡口应当设标志。",
            [("安全生产法", 2, "取水应当计量。"), ("煤矿安全生产条例", 6, "渡口应当设标志。")],
        ),
        (
            f"{LAW}第二条 取水应当依照{ORDER}第六条计量。",
            [("安全生产法", 2, f"取水应当依照{ORDER}第六条计量。")],
        ),
        (f"{LAW}第九条 依照第四十条第一款的规定办理。", [("安全生产法", 9, "依照第四十条第一款的规定办理。")]),
        (f"{LAW}第九条：“不得堆放。第四十条 清除。”", [("安全生产法", 9, "“不得堆放。第四十条 清除。”")]),
        ("根据桥梁法第五十六条", [("桥梁法", 56, None)]),
        ("违反：桥梁强制性标准的规定。处罚依据：桥梁条例第六十一条", [("桥梁条例", 61, None)]),
        ("《乡镇煤矿管理条例》第二十条", [("乡镇煤矿管理条例", 20, None)]),
        ("违反水法第六十五条第二款的", [("水法", 65, None)]),
        (
            "1.水法第69条 2.桥梁法第56条3.安全生产法第2条",
            [("水法", 69, None), ("桥梁法", 56, None), ("安全生产法", 2, None)],
        ),
        (
            "桥梁法第9条 安全生产法第2条第1款 水法第69条",
            [("桥梁法", 9, None), ("安全生产法", 2, None), ("水法", 69, None)],
        ),
        (
            "①渡口和桥梁管理条例第三条：渡口应当设标志。 ②水法第六条",
            [("渡口和桥梁管理条例", 3, "渡口应当设标志。"), ("水法", 6, None)],
        ),
        ("桥梁法第9条 过桥的车辆违反本法第三十条的，处罚款", [("桥梁法", 9, "过桥的车辆违反本法第三十条的，处罚款")]),
        ("桥梁法第9条 过桥的违反桥梁法第三条规定的", [("桥梁法", 9, "过桥的违反桥梁法第三条规定的")]),
    ],
)
def test_a_later_basis_in_the_same_line_is_one_of_its_own(catalog, told, want):
    assert [(one.law, one.article, one.quote or None) for one in basis(told, catalog)] == want


@pytest.mark.parametrize(
    "told",
    [
        "{0}第五条；同办法第二十六条",
        "{0}第五条；该办法第二十六条",
        "{0}第五条，上述办法第二十六条",
        "{0}第五条 同一办法第二十六条",
        "{0}第五条；《同办法》第二十六条",
        "{0}第五条；该管理办法第二十六条",
        "{0}第五条\n同办法第二十六条",
        "{0}第五条\n本办法第二十六条",
        "{0}第五条：应当取得许可。\n该办法第二十六条：责令停止。",
    ],
)
def test_a_word_that_points_back_names_no_law_of_its_own(catalog, told):
    assert [(one.law, one.article) for one in basis(told.format("《渡口管理办法》"), catalog)] == [
        ("渡口管理办法", 5),
        ("渡口管理办法", 26),
    ]


def test_duty_and_penalty_in_neighbouring_columns(take):
    for duty, penalty in [("违则", "罚则"), ("违反条款", "处罚条款"), ("定性条款", "法律责任条款")]:
        _, (item,), laws = take(
            ["事项名称", "职权类型", "主体", duty, penalty],
            ["对占用航道的处罚", "行政处罚", "市应急局", "《渡口实施细则》第四条", "该实施细则第九条"],
        )
        assert [(one["依据文件"], one["条"]) for one in item["实施依据"]] == [("渡口实施细则", 4), ("渡口实施细则", 9)]
        assert [one["名称"] for one in laws] == ["渡口实施细则"]


# 职权类型


@pytest.mark.parametrize(
    ("word", "type_"),
    [
        ("行政处分", ""),
        ("行政处理", ""),
        ("行政检察", ""),
        ("行政调处", ""),
        ("行政许诺", ""),
        ("行政处罚权", "行政处罚"),
        ("2.行政许可", "行政许可"),
        ("行政确认事项", "行政确认"),
        ("其他权力类", "其他行政权力"),
        ("处罚。", "行政处罚"),
        ("Ｂ行政处罚", "行政处罚"),
        ("a、行政许可", "行政许可"),
        ("C类-行政检查", "行政检查"),
        ("（D）行政强制", "行政强制"),
        ("AB行政处罚", ""),
        ("A", ""),
    ],
)
def test_a_type_is_never_chosen_by_likeness(catalog, word, type_):
    field = catalog.forms["items"].fields["职权类型"]
    assert Values(catalog, Bodies(catalog, {}), {}).typed(word, field).type == type_


def test_a_type_that_is_none_is_asked_about_whatever_stands_above(take):
    plan, items, _ = take(["事项名称", "职权类型"], ["一、行政处罚"], ["对学生旷课的处罚", "行政处分"])
    assert not items
    assert messages(plan, "import-type") == [
        "看不出「职权类型」，「行政处分」不是职权类型；请在表里写明，或者用 --set 职权类型=…"
    ]


# 没有收录的文件


@pytest.mark.parametrize(
    ("title", "number", "said", "rank"),
    [
        ("河湖法典", "", "", "法律"),
        ("河湖法", "", "", "法律"),
        ("河湖条例", "", "", "行政法规"),
        ("河湖法实施细则", "", "", ""),
        ("河湖条例实施办法", "", "", ""),
        ("渡口规定", "", "", ""),
        ("渡口办法", "水运部令第3号", "", "部门规章"),
        ("渡口办法", "国务院令第3号", "", "行政法规"),
        ("渡口办法", "示例市人民政府令第3号", "规章", "地方政府规章"),
        ("渡口办法", "", "规章", "部门规章"),
        ("东江省渡口办法", "", "规章", "地方政府规章"),
        ("渡口办法", "", "政策文件", "规范性文件"),
        ("渡口办法", "", "部门规章", "部门规章"),
        ("渡口办法", "", "法规", ""),
        ("渡口条例", "", "法规", "行政法规"),
        ("东江省河湖条例", "", "", "地方性法规"),
        ("自然保护区条例", "", "", "行政法规"),
        ("疏浚方法", "", "", ""),
        ("关于疏浚的通知", "", "", "规范性文件"),
    ],
)
def test_a_rank_is_what_title_and_number_prove(title, number, said, rank):
    assert WrittenInstrument(title, number, said).rank == rank


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("《关于渡口的意见》第三条第二款", [("关于渡口的意见", "第三条第二款", "")]),
        (
            "《示例省人民政府关于加强渡口管理的意见》（示政发〔2018〕3号）第（五）条：推广渡口联网。",
            [("示例省人民政府关于加强渡口管理的意见", "第五条", "")],
        ),
        (
            f"1.{LAW}第六十五条第一款。2.《渡口管理方案》（示〔2010〕3号）第二条规定：“渡口应当检查。”",
            [("安全生产法", "第六十五条第一款", ""), ("渡口管理方案", "第二条", "")],
        ),
        (
            "《关于印发〈渡口办法〉的通知》（示政发〔2019〕3号）第七条",
            [("关于印发〈渡口办法〉的通知", "第七条", "")],
        ),
        (
            "《关于渡口的通知》第二条、第四条至第六条",
            [("关于渡口的通知", "第二条", ""), ("关于渡口的通知", "第四条至第六条", "")],
        ),
        ("《关于渡口的通知》（示〔2017〕1号）三、（二）", [("关于渡口的通知", "", "三、（二）")]),
        ("《渡口管理方案》（示政办〔2020〕1号）第五部分", [("渡口管理方案", "", "第五部分")]),
        (
            f"{LAW}第六十五条，按照《关于渡口的通知》第二条执行",
            [("安全生产法", "第六十五条", "按照《关于渡口的通知》第二条执行")],
        ),
        ("会同《关于渡口的通知》第二条", [("", "", "会同《关于渡口的通知》第二条")]),
    ],
)
def test_a_notice_with_an_article_is_that_document_with_its_place_and_what_is_no_place_is_kept(catalog, text, cited):
    found = basis(text, catalog)
    assert [(one.law, one.place) for one in found] == [(law, place) for law, place, _ in cited]
    assert all(
        bool(one.unread) == bool(words) and words in one.unread for one, (_, _, words) in zip(found, cited, strict=True)
    )


def test_a_notice_without_an_article_is_a_document_with_its_number_and_not_only_words(take):
    notice = "文化部 公安部关于加强渡口管理的通知"
    cited = [
        f"《{notice}》（文旅发〔2022〕70号）",
        f"1.{LAW}第六十五条。2.《{notice}》（文旅发〔2022〕70号）：各地应当按照《关于某事的意见》办理。",
        f"{LAW}第六十五条第一款；《某市渡口管理方案》（某政办〔2020〕1号）、《关于渡口的意见》",
        "《关于渡口的意见》第三条",
        f"{LAW}第六十五条：按照《关于某事的通知》执行",
    ]
    rows = ([f"对{n}号坝的检查", "行政检查", one] for n, one in enumerate(cited))
    _, items, laws = take(["事项名称", "职权类型", "依据"], *rows)
    law = LAW.strip("《》")
    assert [[one.get("依据文件") for one in item["实施依据"]] for item in items] == [
        [notice], [law, notice], [law, "某市渡口管理方案", "关于渡口的意见"], ["关于渡口的意见"], [law],
    ]  # fmt: skip
    assert [one.get("原文") for item in items[:3] for one in item["实施依据"]] == [None] * 6
    assert [(one["名称"], one["位阶"], one["版本"][0].get("文号")) for one in laws][:2] == [
        (notice, "规范性文件", "文旅发〔2022〕70号"), ("某市渡口管理方案", "规范性文件", "某政办〔2020〕1号"),
    ]  # fmt: skip


def test_what_a_sheet_writes_of_a_law_is_kept_and_told(take, catalog):
    cited = [
        "《中华人民共和国河湖法》（2016年修正）第五条",
        "《河湖法》第六条；《渡口办法》第二条",
        "《疏浚条例》（2006年2月21日中华人民共和国国务院令第960号公布，根据2017年3月1日《某决定》修订）第三条",
    ]
    plan, _, laws = take(
        ["事项名称", "职权类型", "依据"], *([f"对{n}号坝的检查", "行政检查", one] for n, one in enumerate(cited))
    )
    assert [(one["名称"], one.get("简称"), one["位阶"], one["版本"][0].get("文号")) for one in laws] == [
        ("中华人民共和国河湖法", ["河湖法"], "法律", None),
        ("渡口办法", None, "待核", None),
        ("疏浚条例", None, "行政法规", "国务院令第960号"),
    ]
    named = [[version["名称"] for version in one["版本"]] for one in laws]
    assert named == [["待核", "2016年修正"], ["待核"], ["待核", "2017年修订"]]
    assert not [error for one in laws for error in Validator(catalog.forms["laws"].schema).errors(one)]
    (said,) = messages(plan, "import-law")
    assert "《中华人民共和国河湖法》（法律，表里写的是2016年修正）" in said
    assert "《渡口办法》（位阶待核）" in said
    assert "《疏浚条例》（行政法规，表里写的是2017年修订）" in said


# 日期、图例、目录的说明


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("自2024年5月20日起", "2024-05-20"),
        ("从二〇二三年十二月一日起施行", "2023-12-01"),
        ("2024.05.20起", "2024-05-20"),
        ("于2024年5月20日生效。", "2024-05-20"),
    ],
)
def test_the_day_from_which_something_holds(catalog, told, day):
    field = catalog.forms["items"].fields["生效日期"]
    assert str(Values(catalog, Bodies(catalog, {}), {}).read(told, field)) == day


def test_of_several_cells_each_complaint_has_its_own_place(take):
    plan, _, _ = take(
        ["事项名称", "职权类型", "生效日期"],
        *(
            [f"对{one}的检查", "行政检查", day]
            for one, day in [("甲", "自发布之日起"), ("乙", "去年"), ("丙", "2026年5月")]
        ),
    )
    (asked,) = [one for one in plan.questions if one.problems[0].rule == "import-value"]
    assert isinstance(asked, Question)
    assert "；C3 「生效日期」这一格：「去年」不是日期" in str(asked)
    assert "；C4 「生效日期」这一格：「2026年5月」不是日期" in str(asked)


def test_a_legend_is_none_of_the_rows_that_it_explains(take):
    rows = [["标红的为拟取消的"], ["事项名称", "职权类型"], ["对甲的检查", "检查"], ["对乙的检查", "检查"]]
    plan, items, _ = take(*rows, colours={(1, 1): "红", (3, 1): "红"})
    assert [one["事项名称"] for one in items] == ["对乙的检查"]
    assert [one for one in messages(plan, "import-signal") if one.startswith("第 3 行标了红")]


def test_a_note_on_the_whole_list_is_taken_out_of_a_name_only_where_it_says_so(take):
    plan, items, _ = take(
        ["事项名称", "职权类型"],
        ["对水工程（本目录所称水工程，包括涵闸（含泵站）；下同）的检查", "检查"],
        ["对渡口（含渡运，下同）的检查", "检查"],
        ["对船舶（含渔船）的检查", "检查"],
    )
    assert [one["事项名称"] for one in items] == [
        "对水工程的检查",
        "对渡口（含渡运，下同）的检查",
        "对船舶（含渔船）的检查",
    ]
    assert "本目录所称水工程" in items[0]["来源"]["原文"]
    assert len(messages(plan, "import-signal")) == 2


# 别处的机关


@pytest.mark.parametrize(
    ("own", "ours", "others"),
    [
        ("安康市应急管理局", "市应急局 陕西省安康市应急管理局 应急局", "县应急管理局 汉滨区应急管理局 省应急管理局"),
        ("汉滨区农业农村局", "区农业农村局 县农业农村局 安康市汉滨区农业农村局", "市农业农村局 旬阳县农业农村局"),
        ("松江县水务局", "县水务局 水务局", "市水务局 柳江县水务局"),
    ],
)
def test_the_same_body_of_another_region_is_another_body(catalog, own, ours, others):
    bodies = Bodies(called(catalog, own), {})
    assert [word for word in ours.split() if not (bodies.named(word).ours or bodies.named(word).ids)] == []
    assert [word for word in others.split() if not bodies.named(word).others] == []


def test_two_levels_of_one_body_are_ours_too(catalog):
    named = Bodies(called(catalog, "安康市应急管理局"), {}).named("市、县应急管理局")
    assert (named.ours, named.others) == (("市应急管理局",), ("县应急管理局",))


def test_a_name_is_known_with_another_behind_it(catalog):
    bodies = Bodies(called(catalog, "安康市应急管理局"), {})
    assert bodies.named("桥梁和港口局（桥管局）").others
    assert bodies.named("市应急管理局（市地震局）").ids


@pytest.mark.parametrize("title", ["市桥梁局权责清单（2026年）", "市桥梁局行政职权目录", "市桥梁局"])
def test_a_list_of_another_body_by_its_title_is_not_ours(take, title):
    plan, items, _ = take([title], ["事项名称", "职权类型", "备注"], ["对桥的检查", "行政检查", "—"])
    assert (items, len(messages(plan, "import-section"))) == ([], 1)


@pytest.mark.parametrize(
    "title", ["安康市人民政府部门权责清单", "权责清单（2026年）", "市应急局权责清单", "应急管理处罚事项"]
)
def test_a_title_that_names_no_other_body_keeps_nothing_out(take, catalog, title):
    rows = [[title], ["事项名称", "职权类型"], ["对桥的检查", "行政检查"]]
    _, items, _ = take(*rows, of=called(catalog, "安康市应急管理局"))
    assert len(items) == 1


def test_a_body_without_a_region_below_a_title_of_another_region_is_asked_about(take, catalog):
    rows = [
        ["旬阳县行政执法事项清单"],
        ["事项名称", "职权类型", KEY],
        ["对桥的检查", "行政检查", "应急管理局"],
        ["对塔的检查", "行政检查", "县应急管理局"],
    ]
    plan, items, _ = take(*rows, of=called(catalog, "安康市应急管理局"))
    assert [one["事项名称"] for one in items] == ["对桥的检查"]
    assert messages(plan, "import-doubt")


@pytest.mark.parametrize(
    "heading",
    ["（由市桥梁局实施的事项）", "由市桥梁局负责实施的处罚事项", "【市桥梁局】", "市桥梁局港口分局实施的事项"],
)
def test_a_heading_in_brackets_says_whose_the_rows_are(take, heading):
    rows = [
        ["序号", "事项名称", "职权类型"],
        ["1", "对甲的检查", "行政检查"],
        [heading],
        ["2", "对乙的检查", "行政检查"],
    ]
    plan, items, _ = take(*rows)
    assert [one["事项名称"] for one in items] == ["对甲的检查"]
    assert messages(plan, "import-section")


@pytest.mark.parametrize(
    ("heading", "count"), [("（由公安机关实施的事项）", 1), ("由应急管理部门实施的事项", 2), ("由本局实施的事项", 2)]
)
def test_a_heading_that_says_who_acts_counts_though_a_cell_says_it_as_laws_do(take, catalog, heading, count):
    rows = [
        ["序号", "事项名称", "职权类型", "实施主体"],
        ["1", "对甲的检查", "行政检查", "应急管理部门"],
        [heading],
        ["2", "对乙的检查", "行政检查", "公安机关" if count == 1 else "应急管理部门"],
    ]
    plan, items, _ = take(*rows, of=called(catalog, "安康市应急管理局"))
    assert (len(items), bool(messages(plan, "import-section"))) == (count, count == 1)


@pytest.mark.parametrize("mark", ["，", "、", "；", "", "和", "，以及"])
def test_a_second_provision_of_a_law_behind_the_wording_of_the_first(catalog, mark):
    text = f"{LAW}第二十四条：“甲单位应当设置机构，配备专人”{mark}第九十七条第一项：“未按照规定设置机构的”"
    found = [(one.place, one.quote) for one in basis(text, catalog)]
    assert found == [("第二十四条", "“甲单位应当设置机构，配备专人”"), ("第九十七条第一项", "“未按照规定设置机构的”")]


# 一个栏目分成几列


def test_columns_of_levels_are_ticked_or_say_what_each_may_do(take):
    rows = [
        ["事项名称", "职权类型", "设定依据", "行使层级", "", "", "备注"],
        ["", "", "", "省级", "设区的市级", "县（市、区）级", ""],
        ["渡口许可", "行政许可", f"{LAW}第五条", "", "√", "√", ""],
        ["桥梁许可", "行政许可", f"{LAW}第六条", "负责跨市的；\n负责省管的", "其他的", "否", ""],
    ]
    plan, items, _ = take(*rows)
    assert items[0]["行使层级"] == [{"层级": "市级"}, {"层级": "县级"}]
    assert items[1]["行使层级"] == [
        {"层级": "省级", "权限": "负责跨市的；负责省管的"},
        {"层级": "市级", "权限": "其他的"},
    ]
    assert not messages(plan, "import-value")
    assert not messages(plan, "import-column")
    _, items, _ = take(["事项名称", "职权类型", "省级", "市级", "县级"], ["渡口许可", "行政许可", "", "√", "●"])
    assert items[0]["行使层级"] == [{"层级": "市级"}, {"层级": "县级"}]


def test_whom_it_is_for_may_be_ticked(take):
    rows = [
        ["职责名称", "职责类型", "职责对象", "", ""],
        ["", "", "公民", "法人", "其他组织"],
        ["渡口许可", "许可", "√", "", "√"],
    ]
    assert take(*rows)[1][0]["实施对象"] == "公民、其他组织"


STAGES = [
    ["事项名称", "职权类型", "责任事项", "", "", "备注"],
    ["", "", "受理环节", "审查阶段", "决定责任", ""],
    ["渡口许可", "行政许可", "1.公示材料。\n2.一次告知。", "现场核查。", "/", ""],
    ["桥梁许可", "行政许可", "同上", "同上", "作出决定。", ""],
]


def test_columns_of_stages_hold_the_duties_of_each(take):
    _, items, _ = take(*STAGES)
    first = {"环节": "受理", "内容": "1.公示材料。\n2.一次告知。"}, {"环节": "审查", "内容": "现场核查。"}
    assert items[0]["责任事项"] == [*first]
    assert items[1]["责任事项"] == [*first, {"环节": "决定", "内容": "作出决定。"}]
    alone = [["事项名称", "职权类型", "受理责任", "决定责任"], ["渡口许可", "行政许可", "公示。", "作出决定。"]]
    assert take(*alone)[1][0]["责任事项"] == [
        {"环节": "受理", "内容": "公示。"},
        {"环节": "决定", "内容": "作出决定。"},
    ]


@pytest.mark.parametrize(
    ("rows", "row", "column", "to", "field", "want"),
    [
        (STAGES, 3, 4, "书面审查。", "责任事项", {"环节": "审查", "内容": "书面审查。"}),
        (
            [["事项名称", "职权类型", "省级", "市级", "县级"], ["渡口许可", "行政许可", "", "√", ""]],
            2, (4, 5), ("", "√"), "行使层级", {"层级": "县级"},
        ),
    ],
)  # fmt: skip
def test_what_changed_in_one_of_the_columns_is_taken_over(tmp_path, rows, row, column, to, field, want):  # noqa: PLR0913, PLR0917
    clerk = Clerk(tmp_path / "册")
    path = books.xlsx(tmp_path / "表.xlsx", rows)
    assert clerk("import", path, "items", "--at", DAY).code == 0
    before = clerk.files()
    assert clerk("import", path, "items", "--at", DAY, "--update").code == 0
    assert clerk.files() == before
    pairs = zip(column, to, strict=True) if isinstance(column, tuple) else [(column, to)]
    cells = {f"{'ABCDEF'[c - 1]}{row}": value for c, value in pairs}
    done = clerk("import", books.edited(path, tmp_path / "改.xlsx", **cells), "items", "--at", DAY, "--update")
    assert done.code == 0, done.out
    changed = [path for path, content in clerk.files().items() if before.get(path) != content]
    assert len(changed) == 1, done.out
    assert want in read(clerk.read(f"catalog/{changed[0]}").encode(), "")[0][field]


# 还办不办


@pytest.mark.parametrize(
    ("note", "asked"),
    [
        ("拟取消", True),
        ("已收回市局", True),
        ("2022年省政府令第3号取消", True),
        ("部分下放至园区管委会", True),
        ("暂停实施", True),
        ("机构改革后划转县自然资源局；见编办文件", True),
        ("与第3项合并为一项", True),
        ("模拟演练", False),
        ("承接省级下放", False),
        ("涉嫌犯罪的移交司法机关", False),
        ("责令暂停作业的除外", False),
        ("取消收费", False),
        ("省政府下放", False),
        ("由市级下放", False),
        ("市级下放至乡镇", True),
        ("此项保留", False),
        ("委托乡镇实施", False),
    ],
)
def test_what_a_note_says_of_the_state_is_asked_and_nothing_in_force(catalog, note, asked):
    row = ["1", "行政检查", "对渡口的检查", f"{LAW}第六十五条", "水政科", note]
    sheet = Sheet("表.xlsx", "清单", [[Cell(cell) for cell in one] for one in (HEAD, row)])
    wishes = importer.Wishes(importer.NONE, {"状态": "有效"})
    plan = importer.plan(catalog, catalog.forms["items"], [sheet], DAY, wishes)
    item = read(plan.edits[-1].new.encode(), "")[0]
    assert (item["状态"], bool(messages(plan, "import-status"))) == (("拟", True) if asked else ("有效", False))
    assert item["备注"] == note


def test_the_state_may_stand_in_brackets_in_a_column_of_its_own_or_of_no_field(take):
    rows = [
        ["事项名称", "职权类型", "设定依据", "实施状态", "调整意见"],
        ["对渡口的检查（拟取消）", "行政检查", f"{LAW}第五条", "", ""],
        ["对桥梁的检查", "行政检查", f"{LAW}第五条", "", "建议不再保留"],
        ["对水闸的检查", "行政检查", f"{LAW}第五条", "正常实施", ""],
        ["对堤防的检查", "行政检查", f"{LAW}第五条", "暂停实施", "暂停"],
        ["对泵站的检查", "行政检查", f"{LAW}第五条", "系统内挂起", ""],
    ]
    plan, items, _ = take(*rows)
    assert [one["状态"] for one in items] == ["拟", "拟", "有效", "暂停", "拟"]
    assert len(messages(plan, "import-status")) == 2
    assert len(messages(plan, "import-value")) == 1


def test_a_table_of_adjustments_tells_old_names_and_new_ones(take):
    rows = [
        [
            "序号",
            "原清单事项名称",
            "调整后事项名称",
            "权力类别",
            "调整类型",
            "调整依据",
            "设定依据",
            "理由",
            "是否保留",
        ],
        ["1", "渡口的许可", "渡口设置许可", "行政许可", "变更", "政发3号", f"{LAW}第五条", "规范", "保留"],
        ["2", "对桥梁的检查", "—", "行政检查", "取消", "政发3号", f"{LAW}第六条", "不再", "不保留"],
    ]
    plan, items, _ = take(*rows)
    assert [(one["事项名称"], one["状态"]) for one in items] == [("渡口设置许可", "拟")]
    (told,) = [one for one in plan.problems if one.rule == "import-status"]
    said = "「原清单事项名称」是「对桥梁的检查」，「调整后事项名称」空着，像是不再办的，没有导入"
    assert (told.row, told.message) == (3, f"{said}；还办的，加 --include 停办")


@pytest.mark.parametrize(
    ("head", "open_", "asked", "gone"),
    [
        ("启用状态", "启用 在用", "暂停 挂起", "停用 已停用 已取消 废止 下放 下放至乡镇 作废 已整合"),
        ("是否启用", "是 √ Y 启用", "待定", "否 × N 停用"),
        ("是否取消", "否", "研究中", "是 √"),
        ("当前状态", "正常 在用", "系统内挂起", "已取消 作废 已整合 停用"),
        ("事项状态", "现行有效", "", "已取消 废止 下放 作废 已整合 停用"),
        ("调整意见", "保留 修改 新增 规范名称", "拟取消 与第3项合并 再议", "取消 下放 合并 予以取消"),
        ("是否保留（填是或否）", "是 保留", "暂缓", "否 不保留 取消"),
        ("处理方式", "责令改正 罚款", "", ""),
        ("承接意见", "承接 同意承接", "研究中", "暂不承接 不予承接 未承接"),
        (
            "处理结果",
            "保留",
            "2018年研究",
            "国发〔2019〕6号取消 2018年取消 2020年3月1日起停止实施 根据鲁政发〔2021〕12号文件予以废止",
        ),
        ("备注", "重点 每年两次", "下放 已下放 拟取消 暂停办理", "已停用 停用 已取消 废止 2018年取消"),
    ],
)
def test_a_column_of_states_leaves_out_what_is_gone_and_asks(take, head, open_, asked, gone):
    words = [*open_.split(), *asked.split(), *gone.split()]
    rows = [[f"对第{n}项的检查", "行政检查", f"{LAW}第五条", word] for n, word in enumerate(words, 1)]
    plan, items, _ = take(["事项名称", "职权类型", "设定依据", head], *rows)
    kept = [RowOrigin.of(one["来源"]).words for one in items]
    assert len(items) == len(words) - len(gone.split())
    assert all(word in text for word, text in zip(words, kept, strict=False))
    status = [one for one in plan.problems if one.rule in {"import-status", "import-value"}]
    told = "".join(one.message for one in status)
    assert all(f"「{word}」" in told for word in (*asked.split(), *gone.split()))
    assert not any(f"写着「{word}」" in told for word in open_.split())
    first = len(open_.split())
    assert {one["状态"] for one in items[first:]} <= {"拟"}
    lost = [one.value for one in plan.cells if one.went == "report"]
    assert sorted(word for word in lost if word in words) == sorted(gone.split())


@pytest.mark.parametrize(
    ("name", "gone"),
    [
        ("已取消和下放", True), ("取消事项", True), ("2019年已废止的行政许可事项", True), ("拟取消类", True),
        ("停用", True), ("下放事项", False), ("承接下放", False), ("调整后清单", False), ("取消收费", False),
        ("现行事项", False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("heads", [True, False])
def test_what_stands_below_a_heading_or_in_a_sheet_of_what_is_gone_is_left_out(catalog, name, gone, heads):
    rows = [
        ["序号", "事项名称", "职权类型"],
        ["1", "对甲的检查", "行政检查"],
        [f"二、{name}"],
        ["2", "对乙的检查", "行政检查"],
    ]
    rows = rows if heads else [rows[0], *rows[3:]]
    sheet = Sheet("表.xlsx", "清单" if heads else name, [[Cell(cell) for cell in one] for one in rows])
    plan = importer.plan(catalog, catalog.forms["items"], [sheet], DAY, importer.Wishes(importer.NONE, {}))
    names = [one["事项名称"] for edit in plan.edits if "事项名称" in (one := read(edit.new.encode(), "")[0])]
    assert ("对乙的检查" in names) is not gone
    assert (not heads) or "对甲的检查" in names
    assert bool(messages(plan, "import-status")) is gone


def test_what_one_column_suspends_and_another_ends_is_gone(take):
    rows = [["事项名称", "职权类型", "设定依据", "事项状态", "调整意见"]]
    rows += [[f"对{n}号坝的检查", "行政检查", f"{LAW}第五条", "暂停", word] for n, word in enumerate(("取消", "暂停"))]
    plan, items, _ = take(*rows)
    assert [(one["事项名称"], one["状态"]) for one in items] == [("对1号坝的检查", "暂停")]
    assert [one.row for one in plan.problems if one.rule == "import-status"] == [2]


def test_what_is_gone_comes_in_as_a_draft_where_it_is_asked_for(catalog):
    rows = [["事项名称", "职权类型", "设定依据", "启用状态"], ["对渡口的检查", "行政检查", f"{LAW}第五条", "停用"]]
    sheet = Sheet("表.xlsx", "清单", [[Cell(cell) for cell in one] for one in rows])
    wishes = importer.Wishes(importer.NONE, {"状态": "有效"}, include=frozenset({"停办"}))
    plan = importer.plan(catalog, catalog.forms["items"], [sheet], DAY, wishes)
    assert read(plan.edits[-1].new.encode(), "")[0]["状态"] == "拟"
    assert messages(plan, "import-status") == ["「启用状态」写着「停用」，像是不再办的；写成「拟」，还办不办，请定"]


def test_what_is_gone_is_asked_of_the_record_that_is_there_and_changes_nothing(catalog):
    there = next(one for one in catalog.records["items"].values() if one.data["状态"] == "有效")
    name, kind = there.data["事项名称"], there.data["职权类型"]
    rows = [["原事项名称", "现事项名称", "职权类型"], [name, "", kind]]
    sheet = Sheet("表.xlsx", "清单", [[Cell(cell) for cell in one] for one in rows])
    plan = importer.plan(catalog, catalog.forms["items"], [sheet], DAY, importer.Wishes(importer.NONE, update=True))
    assert ([one.done for one in plan.records], plan.edits) == (["same"], ())
    assert messages(plan, "import-status") == [
        f"「原事项名称」是{quote(name)}，「现事项名称」空着，像是不再办的；已有的记录没有动，还办不办，请定"
    ]


@pytest.mark.parametrize(
    ("new", "verdict", "named"),
    [
        ("", "", None),
        ("无", "", None),
        ("取消", "", None),
        ("并入第3项", "", None),
        ("", "保留", "对桥梁的检查"),
        ("不变", "", "对桥梁的检查"),
        ("对桥梁安全的检查", "合并", "对桥梁安全的检查"),
        ("", "取消", None),
    ],
)
def test_a_table_of_old_and_new_names_gives_no_name_that_nobody_wrote(take, new, verdict, named):
    head = ["序号", "原事项名称", "现事项名称", "职权类型", "设定依据", "调整意见"]
    plan, items, _ = take(
        head,
        ["1", "对渡口的检查", "对渡口运营的检查", "行政检查", f"{LAW}第五条", "修改"],
        ["2", "对桥梁的检查", new, "行政检查", f"{LAW}第五条", verdict],
    )
    assert [one["事项名称"] for one in items[1:]] == ([named] if named else [])
    told = [one for one in plan.problems if one.rule == "import-status"]
    assert [one.row for one in told] == ([] if named and verdict != "合并" else [3])
    assert all(any(f"「{word}」" in one.message for word in ("对桥梁的检查", new, verdict) if word) for one in told)


def test_who_is_in_charge_of_another_field_is_asked_about(catalog):
    ours = called(catalog, "示例市应急管理局")
    bodies = Bodies(ours, {})
    for word in ("应急管理部门", "有关主管部门", "负有安全生产监督管理职责的部门", "县级以上人民政府应急管理部门"):
        assert (bodies.named(word).generic, bodies.named(word).doubtful) == (True, ())
    for word in ("地震部门", "公安机关", "县级以上人民政府地震工作主管部门", "市场监督管理部门"):
        assert bodies.named(word).doubtful == (word,)
    assert Bodies(ours, {"地震部门": ours.settings.body}).named("地震部门").ids == (ours.settings.body,)


@pytest.mark.parametrize("blank", [" ", "\n", "\u3000", "\n \n"])
def test_blanks_in_a_cell_only_lay_it_out(catalog, blank):
    text = f"{LAW}{blank * 20_000}第九十七条"
    assert [one.place for one in basis(text, catalog)] == ["第九十七条"]


def test_a_heading_ends_what_the_one_before_of_its_level_began(take, catalog):
    rows = [
        ["序号", "事项名称", "职权类型", "实施主体"],
        ["一、由市桥梁局实施的事项"],
        ["（一）检查"],
        ["1", "对甲的检查", "行政检查", "应急管理部门"],
        ["二、委托市应急队实施的事项"],
        ["2", "对乙的检查", "行政检查", "应急管理部门"],
    ]
    _, items, _ = take(*rows, of=called(catalog, "安康市应急管理局"))
    assert [one["事项名称"] for one in items] == ["对乙的检查"]


@pytest.mark.parametrize("title", ["《桥梁预付卡管理办法（试行）》", "《桥梁预付卡管理办法(试行)》"])
def test_a_drafted_law_is_called_by_its_whole_title_and_known_without_the_end(take, title):
    rows = [["事项名称", "职权类型", "设定依据"], ["对甲的检查", "行政检查", f"{title}第七条"]]
    _, items, (law,) = take(*rows, ["对乙的检查", "行政检查", "《桥梁预付卡管理办法》第八条"])
    assert law["名称"] == "桥梁预付卡管理办法（试行）"
    cited = [one["实施依据"][0]["依据文件"] for one in items]
    assert {*cited} <= {law["名称"], *law["简称"]}
    _, _, (law,) = take(rows[0], ["对乙的检查", "行政检查", "《桥梁预付卡管理办法》第八条（试行）"])
    assert law["名称"] == "桥梁预付卡管理办法"


# 拒绝的行


def test_a_row_that_is_refused_tells_why_and_nothing_else(take, catalog):
    head = ["事项名称", "职权类型", "行使主体", "实施依据", "法定时限"]
    theirs = ["对渔港的检查", "行政检查", "清河县教育局", "按上级文件精神第三", "看情况"]
    odd = ["对灯塔的征稽", "征稽", "", "按上级文件精神第三", "看情况"]
    ours = ["对船闸的检查", "行政检查", "", f"{LAW}第六十五条", "看情况"]
    plan, items, _ = take(head, theirs, odd, ours, of=called(catalog, "清河县水利局"))
    assert [one["事项名称"] for one in items] == ["对船闸的检查"]
    assert [one.rule for one in plan.problems if one.row == 2] == ["import-section"]
    assert {one.rule for one in plan.problems if one.row == 3} == {"import-type"}
    assert [cell.reason for cell in plan.cells if cell.cell == "E2"]


def test_what_each_row_of_an_item_repeats_is_said_once(take):
    head = ["事项名称", "职权类型", "监督电话", "实施依据"]
    below = ["", "行政检查", "0319-8162345", f"{LAW}第六十六条"]
    _, items, _ = take(head, ["对船闸的检查", "行政检查", "0319-8162345", f"{LAW}第六十五条"], below)
    assert [(one["职权类型"], one["监督电话"], len(one["实施依据"])) for one in items] == [
        ("行政检查", "0319-8162345", 2)
    ]


# 条号后面直接写项


@pytest.mark.parametrize(
    ("cell", "places"),
    [
        (
            f"【法律】{LAW}\n第九十七条 （一）未设置机构的；\n【行政法规】{ORDER}（2024年公布）第五条",
            [(97, 1), (5, None)],
        ),
        (f"{LAW}第九十七条（一）未设置机构的", [(97, 1)]),
        (f"{LAW}第九十七条（一）、{ORDER}第五条", [(97, 1), (5, None)]),
        (f"{LAW}第九十七条（一）以及{ORDER}第五条", [(97, 1), (5, None)]),
        (f"{LAW}第九十七条（一）（三）", [(97, (1, 3))]),
    ],
)
def test_an_item_right_behind_its_article_with_its_words(catalog, cell, places):
    found = basis(cell, catalog)
    assert [(one.article, one.item or None) for one in found] == places
    assert not any(one.unread for one in found)


# 电话


@pytest.mark.parametrize(
    ("remark", "place", "want"),
    [
        ("（原国家渡口和航道监督管理总局令第55号）", "第五条", ("第五条", "")),
        ("（示例省第十二届人民代表大会常务委员会公告第7号）", "第三条第一款", ("第三条第一款", "")),
        ("（渡口和信息化部、航道委员会令第9号）（试行）", "第七条", ("第七条", "")),
        ("（原示例省渡口技术监督管理局公布，第12号令修正）", "第七条：“处以罚款。”", ("第七条", "“处以罚款。”")),
        ("", "第三条（未经批准开行渡船的，由渡口责令停止）", ("第三条", "（未经批准开行渡船的，由渡口责令停止）")),
        ("（未经批准开行渡船的，由主管部门责令停止）", "", ("", "（未经批准开行渡船的，由主管部门责令停止）")),
    ],
)
def test_a_long_remark_before_the_place_is_not_taken_for_the_provision(catalog, remark, place, want):
    (found,) = basis(f"《渡口管理办法》{remark}{place}", catalog)
    assert (found.law, found.place, found.quote, found.unread) == ("渡口管理办法", *want, "")


@pytest.mark.parametrize(
    "text",
    [
        "《渡口管理办法》第三条\n1.《安全生产法》第九十七条第（一）项；\n2、《水法》第十二条第二款。",
        "《安全生产法》第九十七条\n《安全生产法》第九十七条；\n《煤矿安全生产条例》第3条",
        "《本条例》第三条\n《水法》第六条",
        "1.《采砂合同》第三条\n2.《水法》第六条",
        "《水法》第六条\n第七条第一款",
        "《渡口管理办法》（以下简称《办法》）第三条\n《办法》第四条",
        "《水法》第六条\n该法第七条",
    ],
)
def test_lines_that_are_read_once_for_all_cells_say_what_the_whole_says(catalog, text):
    field = catalog.forms["items"].fields["实施依据"]
    values = Values(catalog, Bodies(catalog, {}), {})
    for line in text.split("\n"):
        values.read(line, field)
    assert values.read(text, field) == [one.data() for one in basis(text, catalog)]


@pytest.mark.parametrize(
    "written", ["电话：0319-8162345", "(0319)8162345", "（0319） 8162345", "0319—8162345", "０３１９－８１６２３４５"]
)
def test_a_telephone_of_the_workbook_is_none_that_a_demonstration_invents(take, written):
    head = ["序号", "职权类型", "事项名称", "实施依据", "监督电话", "状态"]
    plan, items, _ = take(head, [*ITEM[:4], written, "有效"])
    assert not messages(plan, "demonstration-claim")
    assert items[0]["监督电话"] == "0319-8162345"
