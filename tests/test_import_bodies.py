"""Whose a power is, by all the names that bodies go by: ours cut short or in full, the superior's, the neighbour's."""

from __future__ import annotations

import pytest
from tests import books
from tests.clerk import DAY, Clerk
from tests.test_import_bureaus import _catalog, _take, called, messages  # noqa: F401 — fixtures

from quanze.edit.importer.head import Heads
from quanze.edit.importer.sheet import Cell, Sheet
from quanze.edit.importer.whose import Bodies

OURS = [
    ("合肥高新技术产业开发区管理委员会", "高新区管委会 合肥市高新区管委会 合肥高新区管理委员会 区管委会 管委会 高新区"),
    ("芜湖经济技术开发区管理委员会", "经开区管委会 芜湖经开区管委会 开发区管委会"),
    ("合肥高新区管委会", "合肥高新技术产业开发区管理委员会 高新区管委会"),
    ("湘潭县市场监督管理局", "县市场监管局 湘潭县市监局 市监局 湘潭市湘潭县市场监督管理局 县级市场监督管理局 县局"),
    ("长沙市市场监督管理局", "市市场监管局 市市监局 长沙市市监局 市局 本局"),
    ("桃源县卫生健康局", "县卫健局 县卫健委 县卫生健康委员会"),
    ("绍兴市发展和改革委员会", "市发改委 市发展改革委 市发改局"),
    ("金牛区住房和城乡建设局", "区住建局 成都市金牛区住建局 区住房城乡建设局 区住建局（区人防办）"),
    ("定海区人力资源和社会保障局", "区人社局 区人力社保局"),
    ("义乌市佛堂镇人民政府", "镇政府 佛堂镇政府 佛堂镇 本镇 乡镇人民政府 乡（镇）人民政府"),
    ("西城区金融街街道办事处", "街道办 街道办事处 金融街街道"),
    ("江油市城市管理综合行政执法局", "市城管执法局 市城管局 市综合执法局 市城市管理和综合执法局"),
    ("富川瑶族自治县民族宗教事务局", "县民宗局 自治县民宗局 富川县民宗局"),
    ("延边朝鲜族自治州应急管理局", "州应急局 延边州应急局"),
    ("大同市生态环境局云州分局", "云州分局 市生态环境局云州分局"),
    ("海南省市场监督管理局", "省市监局 省局"),
]
OTHERS = [
    (
        "合肥高新技术产业开发区管理委员会",
        "合肥市人民政府 市政府 经开区管委会 高新区公安分局 芜湖高新区管委会 国资委",
    ),
    ("湘潭县市场监督管理局", "市市场监管局 湘潭市市监局 省市场监管局 市场监管总局 市局 省厅 县农业农村局"),
    ("长沙市市场监督管理局", "省市场监管局 县市场监管局 长沙县市监局 市监察局"),
    ("桃源县卫生健康局", "市卫健委 常德市卫健委"),
    ("金牛区住房和城乡建设局", "市住建局 武侯区住建局 区城管局"),
    ("义乌市佛堂镇人民政府", "义乌市人民政府 市政府 市农业农村局 赤岸镇人民政府"),
    ("湘潭县农业农村局", "乡镇人民政府 乡镇人民政府（街道办事处）"),
    ("西城区金融街街道办事处", "区政府 德胜街道办事处"),
    ("海南省市场监督管理局", "市局 海口市市场监管局"),
    ("大同市生态环境局云州分局", "大同市生态环境局 市生态环境局 云州区水务局"),
    ("海南省水务厅", "县级水行政主管部门 市（县）水行政主管部门"),
    ("潜江市文化广电和旅游局", "各县区文化和旅游主管部门"),
    ("金牛区退役军人事务局", "各镇街退役军人服务站 市级退役军人事务主管部门"),
    ("桐县水务局", "县公安局水上派出所 县消防救援大队 邻县水土保持站 市水土保持站 县人民医院"),
]
UNITS = [
    ("合肥高新技术产业开发区管理委员会", "高新区应急管理局 经济发展局 高新区党政办公室 合肥高新区财政局 综合执法队"),
    ("民勤县水务局", "水政水资源股 质安站"),
    ("佛堂镇人民政府", "镇畜牧兽医站 佛堂镇社会事务办"),
]
NO_UNITS = [
    ("民勤县水务局", "武威市水土保持站 县消防救援大队 县农业农村局 县交警大队"),
    ("合肥高新技术产业开发区管理委员会", "市财政局 蜀山区应急管理局 高新区税务局 市公安局高新分局"),
]
DOUBTFUL = [
    ("桐县工业信息化和科学技术局", "县科技局"),
    ("歙县自然资源和规划局", "县规划局"),
    ("湘潭县市场监督管理局", "县场管局"),
    ("潜江市文化广电和旅游局", "市旅游局"),
    ("桐县水务局", "县水土保持站"),
    ("桐县水务局", "桐县水利建设质量监督站"),
    ("桐市教育和体育局", "市学生资助管理中心"),
    ("桐县林业和草原局", "县林业综合行政执法队"),
    ("桐地区民政局", "地区社会福利院"),
    ("桐市生态环境局云州分局", "云州区生态环境保护综合行政执法队"),
]


@pytest.mark.parametrize(("own", "words"), OURS)
def test_our_own_name_cut_short_or_in_full_is_never_asked(catalog, own, words):
    bodies = Bodies(called(catalog, own), {})
    found = {word: bodies.named(word) for word in words.split()}
    assert [word for word, named in found.items() if not named.ids or named.doubtful or named.others] == []


@pytest.mark.parametrize(
    ("own", "words", "within"), [*((*one, True) for one in UNITS), *((*one, False) for one in NO_UNITS)]
)
def test_units_of_our_own_body_bear_the_name_of_their_place_or_none(catalog, own, words, within):
    bodies = Bodies(called(catalog, own), {})
    found = {word: bodies.named(word) for word in words.split()}
    assert [word for word, named in found.items() if bool(named.units) is not within] == []
    assert [word for word, named in found.items() if bodies.is_other(word) is within] == []


@pytest.mark.parametrize(("own", "words"), OTHERS)
def test_the_superiors_body_and_the_neighbours_are_others(catalog, own, words):
    bodies = Bodies(called(catalog, own), {})
    found = {word: bodies.named(word) for word in words.split()}
    assert [word for word, named in found.items() if named.ids or named.doubtful or not named.others] == []


@pytest.mark.parametrize(("own", "word"), DOUBTFUL)
def test_a_name_that_only_has_some_of_our_letters_is_asked(catalog, own, word):
    assert Bodies(called(catalog, own), {}).named(word).doubtful == (word,)


COMMITTEE = "梧桐经济技术开发区管理委员会"


def test_the_bureaus_of_a_committee_are_its_offices(take, catalog):
    rows = [
        ["梧桐经开区管委会权责清单"],
        ["序号", "事项名称", "职权类型", "承办机构"],
        ["（一）行政审批局（1项）"],
        ["1", "渡口设置许可", "行政许可", "行政审批局"],
        ["（二）梧桐市公安局经开区分局（1项）"],
        ["2", "对旅馆的检查", "行政检查", "梧桐市公安局经开区分局"],
        ["（三）国家税务总局梧桐经开区税务局（1项）"],
        ["3", "契税征收", "行政征收", "国家税务总局梧桐经开区税务局"],
        ["（四）应急管理和安全监管局（1项）"],
        ["4", "对矿山的检查", "行政检查", "应急管理和安全监管局"],
    ]
    plan, items, _ = take(*rows, of=called(catalog, COMMITTEE))
    assert [one["事项名称"] for one in items] == ["渡口设置许可", "对矿山的检查"]
    assert len(messages(plan, "import-section")) == 2
    assert take(*rows, of=called(catalog, "梧桐市司法局"))[1] == []  # to others these headings are bodies


def test_the_units_of_a_committee_and_what_is_stationed_there_are_told_apart_below_two_levels_of_one_style(
    take, catalog
):
    rows = [
        ["梧桐经济技术开发区管理委员会权责清单"],
        ["填报单位：经开区党政办公室"],
        ["序号", "事项名称", "设定依据"],
        ["一、经济发展局（1项）"],
        ["（一）行政许可"],
        ["1", "渡口设置许可", "《安全生产法》第六十五条"],
        ["二、派驻机构（市直部门派驻）"],
        ["（一）梧桐市公安局经开分局"],
        ["（一）行政处罚"],
        ["1", "对旅馆的处罚", "《安全生产法》第六十五条"],
        ["（二）梧桐市自然资源局经开分局"],
        ["（一）行政许可"],
        ["1", "规划许可证核发", "《安全生产法》第六十五条"],
        ["（二）行政检查"],
        ["2", "对矿山的检查", "《安全生产法》第六十五条"],
        ["三、管委会综合执法大队"],
        ["（一）行政处罚"],
        ["1", "对桥的处罚", "《安全生产法》第六十五条"],
    ]
    plan, items, _ = take(*rows, of=called(catalog, COMMITTEE))
    assert [(one["事项名称"], one["职权类型"]) for one in items] == [
        ("渡口设置许可", "行政许可"),
        ("对桥的处罚", "行政处罚"),
    ]
    assert len(messages(plan, "import-section")) == 2
    assert [one for one in messages(plan, "import-body") if "经济发展局" in one]


def test_another_body_in_the_column_of_offices_is_asked_where_no_column_says_who_acts(take, catalog):
    rows = [
        ["事项名称", "职权类型", "承办科室"],
        ["对桥的检查", "行政检查", "法规科"],
        ["对塔的检查", "行政检查", "桐县城市管理局"],
        ["对坝的检查", "行政检查", "桐县住房和城乡建设局"],
    ]
    plan, items, _ = take(*rows, of=called(catalog, "桐县住房和城乡建设局"))
    assert [one["状态"] for one in items] == ["拟"] * 3
    assert [one for one in messages(plan, "import-doubt") if "桐县城市管理局" in one]
    assert len(messages(plan, "import-doubt")) == 1


def test_a_list_that_an_office_filled_in_is_that_of_the_body_in_its_title(take, catalog):
    rows = [["桐县水务局权责清单"], ["填报单位：桐县水利综合站"], ["事项名称", "职权类型"], ["对桥的检查", "行政检查"]]
    plan, items, _ = take(*rows, of=called(catalog, "桐县水务局"))
    assert len(items) == 1
    assert not messages(plan, "import-doubt")


def test_two_pairs_of_columns_for_bases_are_no_tables_side_by_side(take):
    rows = [
        ["序号", "职权名称", "职权类型", "设定依据（一）", "", "设定依据（二）", ""],
        ["", "", "", "名称", "条款", "名称", "条款"],
        ["1", "对桥的检查", "行政检查", "《桥梁法》", "第三条", "《桥梁条例》", "第五条"],
        ["2", "对塔的检查", "行政检查", "《桥梁法》", "第四条", "《桥梁条例》", "第六条"],
    ]
    _, items, _ = take(*rows)
    assert [[(one["依据文件"], one["条"]) for one in item["实施依据"]] for item in items] == [
        [("桥梁法", 3), ("桥梁条例", 5)], [("桥梁法", 4), ("桥梁条例", 6)],
    ]  # fmt: skip


def test_rows_that_repeat_an_item_with_another_basis_are_one(take):
    rows = [
        ["事项编码", "事项名称", "职权类型", "依据序号", "依据名称", "条款号"],
        ["A01", "对桥的检查", "行政检查", "1", "桥梁法", "第三条"],
        ["A01", "对桥的检查", "行政检查", "2", "桥梁条例", "第五条"],
        ["A01", "对桥的检查", "行政检查", "3", "桥梁条例", "第九条"],
        ["A02", "对塔的检查", "行政检查", "1", "桥梁法", "第四条"],
        ["A02", "对塔的检查", "行政检查", "1", "桥梁法", "第四条"],
    ]
    plan, items, _ = take(*rows)
    assert [[(one["依据文件"], one["条"]) for one in item["实施依据"]] for item in items] == [
        [("桥梁法", 3), ("桥梁条例", 5), ("桥梁条例", 9)], [("桥梁法", 4)],
    ]  # fmt: skip
    assert messages(plan, "import-duplicate")


def test_who_acts_is_the_column_that_says_so_and_not_the_one_of_who_publishes(take, catalog):
    rows = [
        ["部门名称", "事项名称", "职权类型", "实施主体"],
        ["合江市水务局", "对桥的检查", "行政检查", "合江市水务局"],
        ["合江市水务局", "对塔的检查", "行政检查", "县级水行政主管部门"],
    ]
    _, items, _ = take(*rows, of=called(catalog, "合江市水务局"))
    assert [one["事项名称"] for one in items] == ["对桥的检查"]


def test_a_table_of_contents_is_no_list(tmp_path):
    clerk = Clerk(tmp_path / "册")
    list_ = [["事项名称", "职权类型", "设定依据"], ["对桥的检查", "行政检查", "《安全生产法》第六十五条"]]
    contents = [["序号", "事项名称", "页码"], ["1", "对桥的检查", "3"], ["2", "对塔的许可", "4"]]
    path = books.xlsx(tmp_path / "表.xlsx", {"目录": contents, "清单": list_})
    done = clerk("import", path, "items", "--at", DAY)
    assert "新增 1 条" in done.out
    assert "import-type" not in done.out


def test_a_line_at_the_foot_of_a_page_belongs_to_no_item(take):
    rows = [
        ["序号", "职权类型", "事项名称", "依据名称", "条款"],
        ["1", "行政检查", "对桥的检查", "《安全生产法》", "第六十五条"],
        ["2", "〃", "对塔的检查", "〃", "第六十六条"],
        ["", "", "", "— 1 —", ""],
        ["序号", "职权类型", "事项名称", "依据名称", "条款"],
        ["3", "行政检查", "对坝的检查", "《安全生产法》", "第六十七条"],
        ["", "", "", "", "第 2 页 共 2 页"],
    ]
    plan, items, _ = take(*rows)
    assert [[(one["依据文件"], one["条"]) for one in item["实施依据"]] for item in items] == [
        [("安全生产法", 65)], [("安全生产法", 66)], [("安全生产法", 67)],
    ]  # fmt: skip
    assert not messages(plan, "import-citation")


@pytest.mark.parametrize(
    ("titles", "places", "want"),
    [
        ("《安全生产法》\n《煤矿安全生产条例》", "第八十六条第一款\n第十九条", [(86, 1), (19, None)]),
        ("《安全生产法》\n《煤矿安全生产条例》", "第五条\n第六条、第七条", [(5, None), (6, None), (7, None)]),
        ("《安全生产法》", "第五条\n第六条", [(5, None), (6, None)]),
    ],
)
def test_several_titles_and_their_places_in_two_cells_belong_line_by_line(take, titles, places, want):
    _, (item,), _ = take(["事项名称", "职权类型", "依据名称", "条款"], ["对桥的检查", "行政检查", titles, places])
    assert [(one["条"], one.get("款")) for one in item["实施依据"]] == want
    laws = [one["依据文件"] for one in item["实施依据"]]
    assert laws[0] == "安全生产法"
    assert ("煤矿安全生产条例" in laws[-1]) is ("煤矿" in titles)


def test_who_acts_by_law_is_asked_where_it_is_another_body_and_no_cell_says_who_acts(take, catalog):
    rows = [
        ["事项名称", "职权类型", "法定实施主体", "行使主体"],
        ["对桥的检查", "行政检查", "市公安局交警支队", ""],
        ["对塔的检查", "行政检查", "县级以上人民政府应急管理部门", ""],
        ["对坝的检查", "行政检查", "市水利局", "市应急局"],
    ]
    plan, items, _ = take(*rows, of=called(catalog, "安康市应急管理局"))
    assert next((one["事项名称"], one["状态"]) for one in items) == ("对桥的检查", "拟")
    (said,) = messages(plan, "import-doubt")
    assert "「市公安局交警支队」是不是本机关" in said


def test_a_body_below_ours_is_asked(catalog):
    bodies = Bodies(called(catalog, "潜江市交通运输局"), {})
    assert bodies.named("市道路运输管理局（局属）").doubtful == ("市道路运输管理局",)


def test_what_a_county_kept_is_asked(take):
    rows = [
        ["事项名称", "职权类型", "行使方式"],
        ["对桥的检查", "行政检查", "保留在县级"],
        ["对塔的检查", "行政检查", "赋权"],
    ]
    plan, _, _ = take(*rows)
    assert [one.row for one in plan.problems if one.rule == "import-status"] == [2]


OTHER_BUREAUS = [
    ("清河县市场监督管理局", "食品经营许可", "县市场监管局", "清河县城市管理综合行政执法局"),
    ("东平县住房和城乡建设局", "商品房预售许可", "东平县住建局", "东平县自然资源和规划局"),
    ("永安市卫生健康委员会", "护士执业注册", "永安市卫健委", "永安市市场监督管理局"),
]
ASKED = "由谁办 谁来办 谁负责 谁实施 哪个部门办 归谁管 哪个单位来负责 办理单位 这件事归谁 承担的单位 经手的那一家"


@pytest.mark.parametrize("head", ASKED.split())
@pytest.mark.parametrize("bureau", OTHER_BUREAUS)
def test_who_acts_is_known_by_a_question_or_by_the_bodies_below(take, catalog, head, bureau):
    own, title, ours, other = bureau
    rows = [
        ["事项名称", "职权类型", head, "设定依据"],
        [title, "行政许可", ours, "《安全生产法》第六十五条"],
        ["对桥的许可", "行政许可", other, "《安全生产法》第六十六条"],
        ["对塔的许可", "行政许可", own, "《安全生产法》第六十七条"],
    ]
    plan, items, _ = take(*rows, of=called(catalog, own))
    assert [one["事项名称"] for one in items] == [title, "对塔的许可"]
    assert [one for one in messages(plan, "import-section") if other in one]


@pytest.mark.parametrize("head", ["谁来监督", "监督的单位", "原来归谁", "去哪里投诉", "配合的单位"])
def test_bodies_that_do_something_else_are_not_taken_for_those_that_act(take, catalog, head):
    rows = [
        ["事项名称", "职权类型", head, "设定依据"],
        ["对桥的许可", "行政许可", "清河县司法局", "《安全生产法》第六十六条"],
        ["对塔的许可", "行政许可", "清河县司法局", "《安全生产法》第六十七条"],
    ]
    plan, items, _ = take(*rows, of=called(catalog, "清河县市场监督管理局"))
    assert len(items) == 2
    assert not messages(plan, "import-doubt")


def test_a_row_that_names_another_body_is_asked_where_no_column_says_who_acts(take, catalog):
    rows = [
        ["事项名称", "职权类型", "归口", "设定依据"],
        ["对桥的许可", "行政许可", "食品股", "《安全生产法》第六十五条"],
        ["对塔的许可", "行政许可", "清河县水利局", "《安全生产法》第六十六条"],
        ["对坝的许可", "行政许可", "药品股", "《安全生产法》第六十七条"],
    ]
    plan, items, _ = take(*rows, of=called(catalog, "清河县市场监督管理局"))
    assert [one["状态"] for one in items] == ["拟", "拟", "拟"]
    (asked,) = messages(plan, "import-doubt")
    assert "看不出「清河县水利局」是不是本机关" in asked


def test_people_who_answer_for_an_item_are_no_bodies(take, catalog):
    rows = [
        ["事项名称", "职权类型", "谁负责", "设定依据", "哪家办"],
        ["对桥的许可", "行政许可", "李明", "《安全生产法》第六十五条", "清河县水利局"],
        ["对塔的许可", "行政许可", "王芳", "《安全生产法》第六十六条", "清河县市监局"],
    ]
    _, items, _ = take(*rows, of=called(catalog, "清河县市场监督管理局"))
    assert [one["事项名称"] for one in items] == ["对塔的许可"]
    assert "法定实施主体" not in items[0]


QUESTIONS = {
    "事项名称": "这是什么事 您要办啥事",
    "职权类型": "属于哪一类",
    "实施依据": "凭什么管 依据什么 有什么法律规定",
    "办理.地点": "在哪办 去哪里办理 去哪儿办",
    "办理.收费": "收不收费 要多少钱",
    "监督电话": "咋投诉 不满意打哪个电话 怎么投诉 到哪里投诉",
    "承办机构": "找哪个科",
    "办理.材料": "要带什么材料",
    "办理.条件": "需要什么条件",
    "实施对象": "谁可以申请",
    "配合主体": "谁来配合",
    "行使层级": "哪一级办",
    "办理.法定时限": "多久办完",
    "办理.承诺时限": "承诺多久办完",
    "责任事项": "有什么责任",
    "追责情形": "什么情况追责",
    "办理.网办": "能不能网上办",
    "法定实施主体": "法律规定由谁办",
    "序号": "第几项",
}


@pytest.mark.parametrize(
    ("path", "question"), [(path, one) for path, all_ in QUESTIONS.items() for one in all_.split()]
)
def test_a_plain_question_is_the_head_of_its_field(catalog, path, question):
    known = [one for one in ("事项名称", "职权类型", "编号") if one != path]
    sheet = Sheet("表.xlsx", "清单", [[Cell(one) for one in (*known[:2], question)]])
    found = Heads(catalog.forms["items"], (), {}).at(sheet, 1)
    assert found
    assert found.targets[2].path == path


@pytest.mark.parametrize("head", ["有什么", "管哪些内容", "怎么办", "多久检查一次", "谁来监督"])
def test_a_question_that_no_field_answers_is_left(catalog, head):
    sheet = Sheet("表.xlsx", "清单", [[Cell("项目名称"), Cell("权力类型"), Cell(head)]])
    found = Heads(catalog.forms["items"], (), {}).at(sheet, 1)
    assert found
    assert not found.targets[2].path


def test_colloquial_heads_a_type_headed_like_a_name_and_instruments_beside_their_articles(take, catalog):
    rows = [
        ["序号", "事项", "", "法律依据", "", "到底谁说了算"],
        ["", "大类", "具体名称", "文件", "第几条", ""],
        ["1", "行政许可", "对桥的许可", "《安全生产法》", "第六十五条", "清河县水利局"],
        ["2", "行政检查", "对塔的检查", "《安全生产法》", "第六十六条", "清河县水利局"],
        ["3", "行政检查", "对坝的检查", "《安全生产法》", "第六十七条", "清河县司法局"],
    ]
    _, items, laws = take(*rows, of=called(catalog, "清河县水利局"))
    assert [(one["事项名称"], one["职权类型"], one["实施依据"][0]["条"]) for one in items] == [
        ("对桥的许可", "行政许可", 65), ("对塔的检查", "行政检查", 66),
    ]  # fmt: skip
    assert not laws


def test_a_column_that_cites_is_that_of_the_bases_where_there_is_none(take):
    rows = [
        ["事项名称", "职权类型", "出处"],
        *(["对桥的检查" + one, "行政检查", f"《安全生产法》第{one}条"] for one in "五六七"),
    ]
    assert [one["实施依据"][0]["条"] for one in take(*rows)[1]] == [5, 6, 7]
