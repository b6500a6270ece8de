"""The most that a penalty can come to, and whether a hearing can be asked for."""

import pytest

from quanze.law.heaviest import elsewhere, figure, hearing, heaviest
from quanze.law.sanction import sanctions


def row(*kinds, **values):
    return {"情形": "基本情形", "对象": "生产经营单位", "种类": [*kinds], "决定机关": "应急管理部门", **values}


@pytest.mark.parametrize(
    ("amount", "told"),
    [(500, "500 元"), (5_000, "5000 元"), (25_000, "2.5 万元"), (20_000_000, "2000 万元"), (10**8, "1 亿元")],
)
def test_figures(amount, told):
    assert figure(amount) == told


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([row("罚款", 罚款={"上限": 100_000})], "罚款最高 10 万元"),
        (
            [row("罚款", 罚款={"上限": 50_000}, 对象="负责人"), row("责令停产停业", "罚款", 罚款={"上限": 200_000})],
            "罚款最高 20 万元（对生产经营单位）；还可能责令停产停业",
        ),
        (
            [row("没收违法所得", "罚款", 罚款={"基数": "违法所得", "倍数下限": 2, "倍数上限": 5})],
            "违法所得五倍的罚款；还可能没收违法所得",
        ),
        (
            [row("罚款", 罚款={"基数": "上一年年收入", "百分比下限": n, "百分比上限": n}) for n in (40, 100)],
            "上一年年收入百分之一百的罚款",
        ),
        ([row("罚款", 罚款={"下限": 10_000})], "一万元以上罚款"),
        ([row("罚款")], "罚款（数额待核）"),
        ([row("罚款", 罚款={"幅度": "条文没有写"})], "罚款（条文没有写数额）"),
        ([row("罚款", 罚款={"按日": "按日", "基数": "原罚款数额"})], "按日连续处罚"),
        ([row("警告")], "警告"),
        (
            [row("责令关闭", 决定机关="县级以上人民政府"), row("吊销许可证件", 决定机关="原发证机关")],
            "责令关闭（由县级以上人民政府决定）、吊销许可证件（由原发证机关决定）",
        ),
        ([row("警告", "罚款", 罚款={"上限": 1_000})], "罚款最高 1000 元"),
        (
            [row("罚款", 罚款={"上限": 1_000}), row("吊销许可证件", 决定机关="发证机关")],
            "罚款最高 1000 元；还可能吊销许可证件（由发证机关决定）",
        ),
        ([row(责令=["责令限期改正"])], "责令限期改正"),
    ],
)
def test_the_most_that_it_can_come_to(rows, told):
    assert heaviest(sanctions(rows)) == told


def test_a_long_addressee_is_told_by_what_it_is():
    long = "在互联网上销售剧毒化学品的单位的直接负责的主管人员"
    told = heaviest(sanctions([row("罚款", 罚款={"上限": 9_000}, 对象=long), row("罚款", 罚款={"上限": 1_000})]))
    assert told == "罚款最高 9000 元（对个人）"


@pytest.mark.parametrize(
    ("kinds", "amounts", "told"),
    [
        (["罚款"], [], "拟罚款数额较大的，可以要求"),
        (["罚款"], [("单位", 100_000)], "拟罚款数额较大（单位 10 万元以上）的，可以要求"),
        (["责令停业整顿", "罚款"], [], "拟责令停业整顿，或者罚款数额较大的，可以要求"),
        (["没收违法所得"], [], "拟没收数额较大的，可以要求"),
        (["没收违法所得", "罚款"], [("单位", 100_000)], "拟没收、罚款数额较大（罚款：单位 10 万元以上）的，可以要求"),
        (["警告"], [], "法定处罚只有警告，一般不在可以要求听证的情形之内"),
        ([], [], "看告知书拟作出的处罚"),
        (["行政拘留"], [], "看告知书拟作出的处罚"),
    ],
)
def test_when_a_hearing_can_be_asked_for(kinds, amounts, told):
    assert hearing(sanctions([row(*kinds)]), amounts) == told


@pytest.mark.parametrize(
    ("deciders", "others"),
    [
        (["应急管理部门", "应急管理部门"], set()),
        (["应急管理部门", "待核"], set()),
        (["应急管理部门", "原发证机关", "市场监督管理部门"], {"原发证机关", "市场监督管理部门"}),
        (["县级以上人民政府"], {"县级以上人民政府"}),
        ([], set()),
    ],
)
def test_who_else_decides_beside_the_usual_authority(deciders, others):
    assert elsewhere(sanctions([row("罚款", 决定机关=one) for one in deciders])) == others
