"""Where a cited place stands, as the browser says it: what `quanze cite --format json` says of the same text."""

from __future__ import annotations

import json
import random

import pytest
from tests.clerk import DAY, Clerk

from quanze.edit.citing import cited_places
from quanze.law.standing import ABSENT, DISPLACED, IN_FORCE, MOVED, NOT_KEPT, NOT_YET, REPEALED, UNKNOWN
from quanze.register.catalog import Catalog
from quanze.site.standings import standings

NEW = """名称: 示例烟花法
简称: [烟花法]
位阶: 法律
制定机关: 示例人民代表大会常务委员会
版本:
  - {名称: 2010年版, 公布日期: 2010-01-01, 施行日期: 2010-03-01, 条数: 4, 罚则条: [3], 结构: "1-2 3:2 4"}
  - 名称: 2020年修订
    公布日期: 2020-01-01
    施行日期: 2020-03-01
    条数: 6
    罚则条: [4, 5]
    结构: "1 2:0/3 3:2(2=2) 4:0/0 4之1:2 5-6"
    条文对照:
      - {旧: 第二条, 新: 第三条, 变化: [仅改号]}
      - {旧: 第三条第一款第一项, 新: 第四条之一第一项, 变化: [改文字]}
      - {旧: 第三条第一款第二项, 新: 第四条第二款, 变化: [改幅度]}
      - {旧: 第四条, 变化: [废止]}
  - {名称: 2028年修订, 公布日期: 2026-06-01, 施行日期: 2028-01-01, 条数: 3}
核对: {日期: 2026-11-01, 来源: 虚构}
"""
OLD = """名称: 示例爆竹条例
位阶: 行政法规
制定机关: 示例国务院
版本:
  - {名称: 2001年版, 公布日期: 2001-01-01, 施行日期: 2001-03-01, 条数: 3, 结构: "1-3"}
废止日期: 2010-03-01
替代文件: [shi-li-yan-hua-fa]
核对: {日期: 2026-11-01, 来源: 虚构}
"""
DOUBTFUL = """名称: 示例仓储办法
位阶: 部门规章
制定机关: 示例部
版本:
  - {名称: 2015年版, 公布日期: 2015-01-01, 施行日期: 2015-03-01, 条数: 9, 罚则条: [8], 结构: "1-9"}
效力待核: {自: 2024-01-01, 原因: 依据的法律已经修订}
核对: {日期: 2026-11-01, 来源: 虚构}
"""
RIVER = """名称: 示例河道条例
位阶: 行政法规
制定机关: 示例国务院
版本:
  - {名称: 2012年版, 公布日期: 2012-01-01, 施行日期: 2012-03-01, 条数: 3, 结构: "1:0/4 2-3"}
  - 名称: 2022年修订
    公布日期: 2022-01-01
    施行日期: 2022-03-01
    条数: 4
    结构: "1 2:0/0/4 3-4"
    条文对照:
      - {旧: 第一条, 新: 第二条, 变化: [改文字]}
      - {旧: 第一条第二款, 新: 第二条第三款, 变化: [仅改号]}
      - {旧: 第二条, 变化: [待核]}
核对: {日期: 2026-11-01, 来源: 虚构}
"""
UNREAD = """名称: 示例旧规定
位阶: 行政法规
制定机关: 示例国务院
版本: [{名称: 待核}]
废止日期: 2001-03-01
替代文件: [shi-li-bao-zhu-tiao-li]
核对: {日期: 2026-11-01, 来源: 虚构}
"""
DRAFTED = """名称: 示例库坝条例
位阶: 行政法规
制定机关: 待核
版本: [{名称: 待核}]
"""
FACTS = {
    "shi-li-ku-ba-tiao-li": DRAFTED,
    "shi-li-jiu-gui-ding": UNREAD,
    "shi-li-he-dao-tiao-li": RIVER,
    "shi-li-yan-hua-fa": NEW,
    "shi-li-bao-zhu-tiao-li": OLD,
    "shi-li-cang-chu-ban-fa": DOUBTFUL,
}
NAMES = [
    "《示例旧规定》",
    "《示例库坝条例》",
    "示例烟花法",
    "《示例河道条例》（2012年版）",
    "烟花法",
    "《示例烟花法》",
    "示例爆竹条例",
    "《示例仓储办法》",
    "《安全生产法》",
    "《煤矿安全监察条例》",
]
NAMES += ["《刑法》", "《示例市消防条例》", "该法", "本条例", "同条", "前款", "其"]
NOTES = ["", "", "（2010年版）", "（2020年修订）", "（2014年修正）", "（2028年修订）", "（1999年版）", "（试行）"]
UNITS = [f"第{n}{u}" for n in ("一", "二", "三", "四", "五", "九", "八十九", "九十四", "一百二十") for u in "条条款项"]
UNITS += ["第四条之一", "第二条之二", "第一条至第四条", "第一项至第三项", "附件一", "第二目"]
JOINTS = [
    "、",
    "和",
    "的规定，",
    "。",
    "给予罚款；",
    "违反",
    "依据",
    "申请行政复议，依照",
    "原",
    "“",
    "”",
    "\n",
    "，",
    "",
]


@pytest.fixture(name="catalog", scope="module")
def _catalog(tmp_path_factory):
    clerk = Clerk(tmp_path_factory.mktemp("standing"))
    for name, facts in FACTS.items():
        clerk.write(f"catalog/laws/{name}.yaml", facts)
    item = clerk.read("catalog/items/xzcf-001.yaml")
    over = "效力: 被上位法取代, 取代依据: 《安全生产法》第一百条"
    places = ("条: 5", "条: 2, 款: 2, 项: 3", "条: 3, 项: 1", "条: 3, 项: 2")
    displaced = "".join(f"  - {{依据文件: 示例烟花法, {place}, {over}}}\n" for place in places)
    head, found, tail = item.partition("实施依据:\n")
    assert found
    clerk.write("catalog/items/xzcf-001.yaml", head + found + displaced + tail)
    catalog = Catalog.load(clerk.root)
    assert {*FACTS} < {*catalog.instruments}
    return catalog


def _both(catalog, twin, texts, at):
    """Return what Python and what the browser say of each text."""
    told = standings(catalog)
    laws = [[f"laws/{one.id}", *one.names] for one in catalog.instruments.values()]
    browser = twin(laws=laws, texts=texts, standings=json.loads(json.dumps(told)), at=at)
    return [[one.data() for one in cited_places(catalog, text, at)] for text in texts], browser


@pytest.mark.parametrize(
    ("text", "at", "said"),
    [
        ("依据《烟花法》第四条第二款给予罚款", DAY, ("有效", None)),
        ("《示例烟花法》第七条", DAY, ("不存在", None)),
        ("《示例烟花法》第二条第一款第一项", DAY, ("不存在", None)),
        ("《示例烟花法》（2010年版）第二条", DAY, ("旧条号", "第三条")),
        ("《示例烟花法》（2010年版）第四条", DAY, ("已废止", None)),
        ("《示例烟花法》（2010年版）第三条", DAY, ("旧条号", "第四条之一第一项、第四条第二款")),
        ("《示例烟花法》（2028年修订）第二条", DAY, ("尚未施行", None)),
        ("《示例河道条例》（2012年版）第一条第二款第三项", DAY, ("旧条号", "第二条第三款第三项")),
        ("《示例河道条例》（2012年版）第一条第二款", DAY, ("旧条号", "第二条第三款")),
        ("《示例河道条例》（2012年版）第一条第一款", DAY, ("旧条号", "第二条第一款")),
        ("《示例河道条例》（2012年版）第二条", DAY, ("未核", None)),
        ("《示例爆竹条例》第二条", DAY, ("已废止", "《示例烟花法》")),
        ("《示例爆竹条例》第四条", DAY, ("不存在", None)),
        ("《示例爆竹条例》（2001年版）第四条", DAY, ("不存在", None)),
        ("《示例旧规定》第二条", DAY, ("已废止", "《示例爆竹条例》")),
        ("《示例库坝条例》", DAY, ("未核", None)),
        ("《示例库坝条例》第二条", DAY, ("未核", None)),
        ("《示例爆竹条例》第二条", "2005-01-01", ("有效", None)),
        ("《示例爆竹条例》第二条", "2000-01-01", ("尚未施行", None)),
        ("《示例仓储办法》第八条", "2023-12-31", ("有效", None)),
        ("《示例仓储办法》第八条", "2024-01-01", ("未核", None)),
        ("《示例烟花法》第五条", DAY, ("被上位法取代", "《安全生产法》第一百条")),
        ("《安全生产法》第九十四条第三项", DAY, ("未核", None)),
        ("依据《安全生产法》第八十九条给予罚款", DAY, ("旧条号", "第九十二条第二款")),
        ("《刑法》第一百三十四条之一", DAY, ("未收录", None)),
    ],
)
def test_both_say_where_a_place_stands(catalog, twin, text, at, said):
    [[python]], [[browser]] = _both(catalog, twin, [text], at)
    assert (python["state"], python["now"]) == said
    assert browser == python


@pytest.mark.parametrize(
    ("place", "part"),
    [
        ("第二条", "第二款第三项"),
        ("第二条第二款", "第三项"),
        ("第二条第二款第三项", None),
        ("第三条", None),  # all of its 项 are
        ("第三条第一款", None),
    ],
)
def test_both_say_of_which_part_something_prevails(catalog, twin, place, part):
    [[python]], [[browser]] = _both(catalog, twin, [f"《示例烟花法》{place}"], DAY)
    assert browser == python
    assert (python["state"], python["now"], python.get("part")) == ("被上位法取代", "《安全生产法》第一百条", part)


@pytest.mark.parametrize(
    ("text", "law"),
    [
        ("《示例烟花法》第六条。《示例爆竹条例》第一条。另依据第六条处罚。", "示例烟花法"),
        ("《示例爆竹条例》第一条。另依据第六条处罚，这是《示例烟花法》的。", "示例烟花法"),
        ("《示例烟花法》第六条。《示例爆竹条例》第六条。", "示例爆竹条例"),  # named with it
        ("《示例仓储办法》、《示例烟花法》、《示例爆竹条例》第一条。另依据第六条处罚。", "示例爆竹条例"),  # two have it
        ("《示例烟花法》第六条。《示例爆竹条例》第一条。另依据第九条处罚。", "示例爆竹条例"),  # none has it
    ],
)
def test_an_article_alone_is_of_the_one_law_named_that_has_it(catalog, twin, text, law):
    [python], [browser] = _both(catalog, twin, [text], "2021-01-01" if "仓储" in text else DAY)
    assert browser == python
    assert [one["law"] for one in python if one["article"] in {6, 9}][-1] == law
    assert not any(one["law"] == law and one["article"] is None for one in python)


def _texts(dice):
    kinds = (NAMES, NOTES, UNITS, UNITS, JOINTS)
    for _ in range(1_500):
        yield "".join(dice.choice(dice.choice(kinds)) for _ in range(dice.randrange(2, 14)))


def test_both_say_the_same_of_texts_that_nobody_wrote(catalog, twin):
    texts = list(_texts(random.Random(20261126)))
    states = set()
    for at in (DAY, "2015-06-01"):
        python, browser = _both(catalog, twin, texts, at)
        wrong = [text for text, one, other in zip(texts, python, browser, strict=True) if one != other]
        assert not wrong, wrong[:3]
        states |= {entry["state"] for said in python for entry in said}
    assert states == {IN_FORCE, NOT_YET, REPEALED, ABSENT, MOVED, DISPLACED, NOT_KEPT, UNKNOWN}
