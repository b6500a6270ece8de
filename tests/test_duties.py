"""The duty that an item names is held to what its penalty says, by the words of both, where the wording is kept."""

from __future__ import annotations

import re

import pytest
from tests.clerk import DAY, Clerk

from quanze.law.numerals import numeral

ACTS = (
    ("摊位经营者应当在摊位显著位置悬挂营业标牌", "未在摊位显著位置悬挂营业标牌"),
    ("夜市举办者应当为从业人员办理健康登记并留存登记簿", "未为从业人员办理健康登记"),
    ("烧烤摊位应当安装油烟净化装置并保持正常运转", "未安装油烟净化装置"),
    ("液化气钢瓶与明火之间应当保持两米以上距离", "液化气钢瓶与明火距离不足"),
    ("夜市出口和疏散道路上不得堆放杂物、停放车辆", "在疏散道路上堆放杂物"),
    ("举办者应当每半年组织一次应急演练并记录演练情况", "未按期组织应急演练"),
    ("临时用电线路应当由持证电工架设，不得私拉乱接", "私拉乱接临时用电线路"),
    ("餐厨垃圾应当分类投放，交由收运单位处置", "未分类投放餐厨垃圾"),
    ("举办者应当在入口公示投诉电话和管理人员姓名", "未在入口公示投诉电话"),
    ("使用音响设备的，夜间二十二时以后应当降低音量", "夜间音响设备音量过高"),
    ("食品摊位应当索取供货凭证，凭证保存六个月", "未索取食品供货凭证"),
    ("举办者应当配备灭火器材并定期检查其有效期", "未配备灭火器材"),
)
RIGHTS = "任何单位和个人发现摊位有违反本办法行为的，有权向有关部门举报、投诉，有关部门应当为其保密。"
OFFICES = "县级以上人民政府应当加强对夜市的规划，有关主管部门对摊位经营者办理健康登记给予便利。"
LAW = """名称: 示例夜市办法
位阶: 法律
制定机关: 示例机关
版本:
  - {{名称: 2020年公布, 公布日期: 2020-01-01, 施行日期: 2020-03-01, 条数: {last}, 罚则条: [{penal}, {named}]}}
全文: texts/ye-shi.txt
核对: {{日期: 2026-11-01, 来源: 虚构}}
"""
ITEM = """事项名称: 对{act}的处罚
职权类型: 行政处罚
状态: 有效
行使主体: [shi-ying-ji-guan-li-ju]
实施依据:
  - {{依据文件: 示例夜市办法, 条: {duty}, 作用: 义务}}
  - {{依据文件: 示例夜市办法, {penal}, 作用: 罚则}}
处罚:
  - 情形: 基本情形
    对象: 举办者
    种类: [罚款]
    力度: 应当
    罚款: {{上限: 1000}}
    决定机关: 应急管理部门
    依据: [{{依据文件: 示例夜市办法, {penal}}}]
核对: {{日期: 2026-11-01, 来源: 虚构}}
"""
PENAL, NAMED = len(ACTS) + 4, len(ACTS) + 5


@pytest.fixture(name="clerk", scope="module")
def _clerk(tmp_path_factory):
    clerk = Clerk(tmp_path_factory.mktemp("duties"))
    lines = ["为了示例，制定本办法。", *(f"{duty}。" for duty, _ in ACTS)]
    acts = "；\n".join(f"（{numeral(n)}）{act}的" for n, (_, act) in enumerate(ACTS, 1))
    lines += [RIGHTS, OFFICES]
    lines += [f"有下列行为之一的，处一千元以下的罚款：\n{acts}。"]
    lines += ["违反本办法第三条规定的，处一千元以下的罚款。", "本办法自2020年3月1日起施行。"]
    text = "\n".join(f"第{numeral(n)}条　{line}" for n, line in enumerate(lines, 1))
    clerk.write("texts/ye-shi.txt", f"示例夜市办法\n{text}\n")
    clerk.write("catalog/laws/ye-shi.yaml", LAW.format(last=len(lines), penal=PENAL, named=NAMED))
    return clerk


def doubted(clerk, pairs):
    """Return what is said of items that rest each on (duty, the number of its penalty)."""
    for n, (duty, act) in enumerate(pairs, 1):
        said = ITEM.format(act=ACTS[act - 1][1], duty=duty, penal=f"条: {PENAL}, 项: {act}")
        clerk.write(f"catalog/items/xzcf-8{n:02}.yaml", said)
    return [line for line in clerk("check", "--at", DAY).lines if "duty-of-the-law" in line]


def test_right_pairs_are_never_doubted(clerk):
    assert not doubted(clerk, [(act + 1, act) for act in range(1, len(ACTS) + 1)])


@pytest.mark.parametrize("shift", [1, 2, 5])
def test_most_wrong_pairs_are_doubted_and_the_right_article_is_named(clerk, shift):
    acts = range(1, len(ACTS) + 1)
    found = doubted(clerk, [((act + shift - 1) % len(ACTS) + 2, act) for act in acts])
    assert len(found) >= len(ACTS) * 2 // 3
    for line in found:
        act = int(re.search(r"xzcf-8(\d\d)", line)[1])
        assert f"第{numeral(act + 1)}条像得多" in line or "几乎没有相同的用词" in line


def test_what_only_tells_authorities_what_to_do_is_no_duty_of_an_act(clerk):
    found = doubted(clerk, [(PENAL - 1, act) for act in range(1, len(ACTS) + 1)])
    assert len(found) == len(ACTS) - 1
    assert any("机关的职责" in line for line in found)


@pytest.mark.parametrize(("duty", "why"), [(PENAL - 2, "是权利"), (NAMED + 1, "排在罚则之后")])
def test_a_right_and_what_follows_the_penalties_are_no_duties(clerk, duty, why):
    found = doubted(clerk, [(duty, act) for act in range(1, len(ACTS) + 1)])
    assert len(found) == len(ACTS)
    assert any(why in line for line in found)


@pytest.mark.parametrize(("duty", "why"), [(3, ""), (4, "罚则写的是违反第三条")])
def test_what_the_penalty_names_counts(clerk, duty, why):
    for n in range(1, len(ACTS) + 1):
        clerk.root.joinpath(f"catalog/items/xzcf-8{n:02}.yaml").unlink(missing_ok=True)
    clerk.write("catalog/items/xzcf-801.yaml", ITEM.format(act=ACTS[4][1], duty=duty, penal=f"条: {NAMED}"))
    found = [line for line in clerk("check", "--at", DAY).lines if "duty-of-the-law" in line]
    assert [why in line for line in found] == ([True] if why else [])


def test_an_article_that_punishes_is_never_taken_for_the_duty_where_no_list_says_which_do(clerk):
    wording = """示例游园办法
第一条　为了示例，制定本办法。
第二条　举办者应当建立隐患排查制度，及时排除隐患，并将排查情况告知从业人员。
第三条　举办者拒不停止举办、多次受到处罚、存在重大隐患的，由有关部门提请关闭，并处一千元以下的罚款。
第四条　游园活动应当遵守时间，不得喧哗、燃放烟花，举办者应当劝阻游客攀爬围栏。
第五条　游客应当爱护花木，不得采摘、攀折，不得携带宠物进入展区。
"""
    clerk.write("texts/you-yuan.txt", wording)
    law = LAW.format(last=5, penal=3, named=3).replace("夜市", "游园").replace("ye-shi", "you-yuan")
    clerk.write("catalog/laws/you-yuan.yaml", re.sub(", 罚则条: [^}]*]", "", law))
    act = "存在重大隐患，多次受到处罚，拒不停止举办的举办者"
    item = ITEM.format(act=act, duty=2, penal="条: 3").replace("夜市", "游园")
    clerk.write("catalog/items/xzcf-890.yaml", item)
    found = [line for line in clerk("check", "--at", DAY).lines if "xzcf-890" in line and "duty-of" in line]
    assert not found
