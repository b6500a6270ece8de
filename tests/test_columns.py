"""What the columns of a list tell of other records counts as a change of the list since its edition."""

from __future__ import annotations

import json

import pytest
from tests.small_register import INSPECTION, LIST, LIST_ID, PENALTY, Register

from quanze import history
from quanze.proof import publication

DAY = "2026-11-23"
BUREAU, GOVERNMENT = "catalog/bodies/shi-ying-ji-guan-li-ju.yaml", "catalog/bodies/shi-ren-min-zheng-fu.yaml"
OTHER = "catalog/bodies/shi-cheng-guan-ju.yaml"
LAW = "catalog/laws/an-quan-sheng-chan-fa.yaml"
PROCEDURE = "catalog/procedures/xing-zheng-chu-fa.yaml"
RANKED = "{字段: 实施依据, 标题: 规章, 位阶: 部门规章}"
BODY = '名称: {}\n层级: 市级\n行政区划: "990100"\n类型: 政府部门\n'
NEW_NAME = ("名称: 示例市应急管理局", "名称: 示例市城管局")


def register_with(tmp_path, *columns):
    """Make the base catalog, whose list has more columns, has another publisher and an edition of 2024-01-15."""
    register = Register(tmp_path / "登记")
    register.edit(LIST, ("公布主体: shi-ying-ji-guan-li-ju", "公布主体: gong-bu-ju"))
    register.write("catalog/bodies/gong-bu-ju.yaml", BODY.format("示例市公布局"))
    register.edit(LIST, ("短列:", f"{''.join(f'  - {one}{chr(10)}' for one in columns)}短列:"))
    register.write(OTHER, BODY.format("示例市城管局（旧）"))
    commit = register.commit("2024-01-11", "清单")
    edition = f"版次:\n  - {{编号: v1, 名称: 第一版, 公布日期: 2024-01-15, 提交: {commit}}}\n"
    register.edit(LIST, ("短列:", f"{edition}短列:"))
    register.commit("2024-01-15", "版次")
    return register


def found(register):
    told = history.read(register.root)
    answers = publication.registered(register.catalog(), told, DAY)
    (answer,) = (one for one in answers if one.rule == "unregistered-change")
    return [(one.record.path, one.message) for one in answer.findings]


def renamed(register):
    register.edit(BUREAU, NEW_NAME)


def renamed_and_back(register):
    register.edit(BUREAU, NEW_NAME)
    register.commit("2024-01-20")
    register.edit(BUREAU, NEW_NAME[::-1])


def moved_too(register):
    register.edit(BUREAU, NEW_NAME)
    register.move(BUREAU, "catalog/bodies/old/shi-ying-ji-guan-li-ju.yaml")


def swapped(register):
    register.move(BUREAU, "x.yaml")
    register.move(OTHER, BUREAU)
    register.move("x.yaml", OTHER)


def in_steps(register):
    register.move(BUREAU, "catalog/bodies/shi-an-jian-ju.yaml")
    register.move(OTHER, BUREAU)
    register.commit("2024-01-20")


def unreadable_between(register):
    text = (register.root / BUREAU).read_text("utf-8")
    register.write(BUREAU, "名称: [")
    register.commit("2024-01-20")
    register.write(BUREAU, text.replace(*NEW_NAME))


def away_and_again(register):
    text = (register.root / BUREAU).read_text("utf-8")
    register.remove(BUREAU)
    register.commit("2024-01-20")
    register.write(BUREAU, text.replace(*NEW_NAME))


def in_a_merge(register):
    register.branch("side")
    register.edit(BUREAU, NEW_NAME)
    register.commit("2024-01-20")
    register.switch("main")
    register.merge("side", "2024-01-21")


def and_dropped_from_the_item(register):
    register.edit(BUREAU, NEW_NAME)
    register.commit("2024-01-20")
    for path in (PENALTY, INSPECTION):
        register.edit(path, ("[shi-ying-ji-guan-li-ju]", "[shi-ren-min-zheng-fu]"))


WAYS = [
    renamed,
    renamed_and_back,
    moved_too,
    swapped,
    in_steps,
    unreadable_between,
    away_and_again,
    in_a_merge,
    and_dropped_from_the_item,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_what_a_column_says_of_a_body_cannot_change_unseen(tmp_path, way):
    register = register_with(tmp_path, "字段: 行使主体")
    assert found(register) == []
    way(register)
    register.commit("2024-02-01", "改机关")
    lists = [message for path, message in found(register) if path == LIST]
    assert len(lists) == 1
    assert "改了 bodies/shi-ying-ji-guan-li-ju 的「名称」，清单的栏目里写着它，没有动态调整登记；请补登记" in lists[0]


@pytest.mark.parametrize(
    ("column", "path", "pair", "field"),
    [
        ("字段: 行使主体.层级", BUREAU, ("层级: 市级", "层级: 县级"), "bodies/shi-ying-ji-guan-li-ju 的「层级」"),
        ("字段: 行使主体.复议机关", GOVERNMENT, ("名称: ", "名称: 新的"), "bodies/shi-ren-min-zheng-fu 的「名称」"),
        (
            "{字段: 实施依据, 标题: 规章, 位阶: 部门规章}",
            LAW,
            ("位阶: 法律", "位阶: 部门规章"),
            "laws/an-quan-sheng-chan-fa 的「位阶」",
        ),
    ],
)
def test_whatever_a_column_tells_of_another_record_counts(tmp_path, column, path, pair, field):
    register = register_with(tmp_path, column)
    register.edit(path, pair)
    commit = register.commit("2024-02-01")
    assert found(register) == [
        (LIST, f"2024-02-01 的改动（提交 {commit[:12]}）改了 {field}，清单的栏目里写着它，没有动态调整登记；请补登记")
    ]


def test_who_publishes_the_list_is_told_at_its_head(tmp_path):
    register = Register(tmp_path / "登记")
    register.edit(LIST, ("短列:", "版次:\n  - {编号: v1, 名称: 第一版, 标签: v1}\n短列:"))
    register.commit("2024-01-15")
    register.git("tag", "v1")
    register.edit(BUREAU, NEW_NAME)
    register.commit("2024-02-01")
    assert [path for path, _ in found(register)] == [LIST]


def test_an_adjustment_of_the_list_registers_it(tmp_path):
    register = register_with(tmp_path, "字段: 行使主体")
    text = (
        "名称: 改名\n事由: 机构改革。\n事件日期: 2024-01-20\n批准: {机关: 市政府, 文号: 市政发9号, 日期: 2024-01-25}\n"
    )
    register.write("catalog/adjustments/tz-2024-01.yaml", f"{text}涉及清单: [{LIST_ID}]\n")
    register.edit(BUREAU, NEW_NAME)
    register.commit("2024-02-01")
    assert found(register) == []


FORM = "schema/items.schema.json"


def form_with(register, name, **told):
    schema = json.loads((register.root / FORM).read_text("utf-8"))
    schema["properties"][name] |= told
    register.write(FORM, json.dumps(schema, ensure_ascii=False, indent=2))


@pytest.mark.parametrize("told", [{"unit": "日"}, {"masked": True}, {"$ref": "common.schema.json#/$defs/count"}])
def test_a_form_that_words_a_column_otherwise_counts(tmp_path, told):
    register = register_with(tmp_path, "字段: 备注")
    form_with(register, "备注", **told)
    commit = register.commit("2024-02-01", "表单")
    form_with(register, "备注", description="说明")
    register.commit("2024-02-02", "说明")
    said = "改了 schema/items 的「备注」，清单的栏目里写着它，没有动态调整登记；请补登记"
    assert found(register) == [(LIST, f"2024-02-01 的改动（提交 {commit[:12]}）{said}")]


@pytest.mark.parametrize("name", ["备注", "承办机构"])
def test_a_form_that_words_it_the_same_does_not(tmp_path, name):
    register = register_with(tmp_path, "字段: 备注")
    form_with(register, name, **({"section": "别的"} if name == "备注" else {"unit": "科"}))
    register.commit("2024-02-01", "表单")
    assert found(register) == []


def other_fields(register):
    register.edit(BUREAU, ("类型: 政府部门", "类型: 政府部门\n地址: 青石路 1 号"))


def another_body(register):
    register.edit(OTHER, ("（旧）", ""))


def moved(register):
    register.move(BUREAU, "catalog/bodies/old/shi-ying-ji-guan-li-ju.yaml")


def comments(register):
    register.edit(BUREAU, ("名称: ", "# 局\n名称:   "))


def new_one(register):
    register.write("catalog/bodies/xin-ju.yaml", BODY.format("新局"))


@pytest.mark.parametrize("way", [other_fields, another_body, moved, comments, new_one], ids=lambda way: way.__name__)
def test_nothing_is_said_of(tmp_path, way):
    register = register_with(tmp_path, "字段: 行使主体")
    way(register)
    register.commit("2024-02-01")
    assert found(register) == []


def test_a_column_that_tells_no_other_record_asks_for_none(tmp_path):
    register = register_with(tmp_path)
    register.edit(BUREAU, NEW_NAME)
    register.commit("2024-02-01")
    assert found(register) == []


def test_a_procedure_is_told_once(tmp_path):
    register = register_with(tmp_path, "字段: 程序")
    register.edit(PROCEDURE, ("名称: 行政处罚一般程序", "名称: 行政处罚程序"))
    register.commit("2024-02-01")
    assert [path for path, _ in found(register)] == [PROCEDURE]
