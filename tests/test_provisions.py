"""Fines and kinds against the wording of the law; and the reference register against the statutes at hand."""

from __future__ import annotations

import pytest
from tests.clerk import Clerk
from tests.project import DAY

from quanze.check.checking import check
from quanze.check.rules.provisions import elsewhere, on_persons, places
from quanze.law.amounts import Range, amounts, fold, personal, ranges
from quanze.law.fine import Fine


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("处十万元以上二十万元以下的罚款", [("元", 100_000, 200_000)]),
        ("处5万元以下的罚款", [("元", None, 50_000)]),
        ("处１．５万元罚款", [("元", 15_000, 15_000)]),
        ("处20,000元以下的罚款", [("元", None, 20_000)]),
        ("处一千元以上一万元以下罚款", [("元", 1000, 10_000)]),
        ("处2至5万元罚款", [("元", 20_000, 50_000)]),
        ("处二万元至五万元的罚款", [("元", 20_000, 50_000)]),
        ("处2万元—5万元的罚款", []),
        ("处最高不超过三万元的罚款", [("元", None, 30_000)]),
        ("处上一年年收入百分之四十的罚款", [("百分之", 40, 40)]),
        ("处上一年年收入百分之六十至百分之一百的罚款", [("百分之", 60, 100)]),
        ("处年收入30%以上60%以下的罚款", [("百分之", 30, 60)]),
        ("处30%至60％的罚款", [("百分之", 30, 60)]),
        ("处百分之零点五以下的罚款", [("百分之", None, 0.5)]),
        ("处违法所得二倍以上五倍以下的罚款", [("倍", 2, 5)]),
        ("处货值金额一倍的罚款", [("倍", 1, 1)]),
        ("处一至三倍的罚款", [("倍", 1, 3)]),
        ("违法所得十万元以上的，处二十万元以下的罚款", [("元", 100_000, None), ("元", None, 200_000)]),
        ("二亿元以下", [("元", None, 200_000_000)]),
        ("第十万条，三十日内，五百米以内", []),
    ],
)
def test_the_amounts_of_a_provision(words, found):
    expected = [Range(*one) for one in found] if "—" not in words else [Range("元", 20_000, 50_000)]
    assert [one.range for one in amounts(fold(words))] == expected


def test_how_a_text_is_set_does_not_matter():
    assert fold("（一） 甲　，\nＡ第（二）项") == "甲,A第(二)项"


def test_whom_an_amount_is_for():
    words = "处十万元以下的罚款；逾期的，并处二十万元以下的罚款，对其主要负责人和其他责任人员处五万元以下的罚款。"
    assert [one.who for one in amounts(fold(words))] == ["", "", "主要负责人和其他责任人员"]
    assert [one.personal for one in amounts(fold(words))] == [None, None, True]
    assert amounts(fold("对单位处三万元以下的罚款，对个人处一千元以下的罚款"))
    assert [one.personal for one in amounts(fold("对单位处三万元以下的罚款，对个人处一千元以下的罚款"))] == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("addressee", "found"),
    [("生产经营单位", False), ("生产经营单位的主要负责人", True), ("单位和个人", None), ("个人经营的投资人", True)],
)
def test_who_is_a_person(addressee, found):
    assert personal(addressee) is found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("井下队的主要负责人未履行职责的，处十万元罚款", True),
        ("违反本办法规定，单位主要负责人在示例期间不报告的，处十万元罚款", True),
        ("单位有前款行为的，处十万元罚款。单位主要负责人五年内不得任职，处一万元罚款", False),
        ("单位及其有关人员有下列行为的，处十万元罚款", False),
        ("企业未配备安全生产管理人员的，处十万元罚款", False),
        ("有下列行为之一的，处十万元罚款：未设主要负责人的", False),
    ],
)
def test_whom_a_sentence_speaks_of(words, found):
    text = fold(words)
    assert on_persons(text, text.index("十万元")) is found


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["有前项行为的，依照前款规定处罚"], True),
        (["有前项行为的，依照前款规定处罚", "处十万元罚款"], False),
        (["依照本条例第十条的规定处罚", "处十万元罚款"], True),
        (["依照前款规定受刑事处罚的，五年内不得任职"], False),
        (["依照下列规定处罚：处十万元罚款"], False),
    ],
)
def test_a_provision_that_leaves_its_penalty_to_another(texts, found):
    assert elsewhere([fold(text) for text in texts]) is found


@pytest.mark.parametrize(
    ("words", "kind", "count"),
    [
        ("没收违法所得", "没收非法财物", 0),
        ("没收违法所得和非法财物", "没收非法财物", 1),
        ("没收非法经营的物品及违法所得", "没收违法所得", 1),
        ("责令停产停业整顿", "责令停产停业", 0),
        ("可以暂扣许可证、停产停业", "责令停产停业", 1),
        ("应当限期改正", "责令限期改正", 0),
        ("直至吊销许可证；许可证被吊销的，变更登记", "吊销许可证件", 1),
        ("责令停产停业整顿", "责令停产停业整顿", 1),
    ],
)
def test_where_a_provision_names_a_kind(words, kind, count):
    assert len([*places(words, kind)]) == count


def test_the_ranges_of_a_record():
    fine = Fine.of({"下限": 10, "百分比上限": 60, "基数": "甲", "倍数下限": 2, "倍数上限": 2})
    assert [*ranges(fine)] == [Range("元", 10, None), Range("倍", 2, 2), Range("百分之", None, 60)]


# the command

WORDING = """安全生产示例办法
（2019年12月1日示例部令第1号公布）

第一条　为了示例，制定本办法。
第二条　违反规定的，处十万元以下的罚款。
第三条　本办法自2020年3月1日起施行。
附件：示例表
"""
LAW = "catalog/laws/shi-li-ban-fa.yaml"
FACTS = """名称: 安全生产示例办法
位阶: 部门规章
制定机关: 示例部
版本:
  - 名称: 2019年公布  # 只有一版
    公布日期: 2019-12-01
    施行日期: 2020-03-01
    条数: 3
核对: {日期: 2026-11-01, 来源: 国家法律法规公开文本}
"""


@pytest.fixture(name="clerk")
def _clerk(tmp_path):
    clerk = Clerk(tmp_path / "项目")
    clerk.write(LAW, FACTS)
    return clerk


def brought(clerk, content, *words):
    return clerk("law", "import", str(clerk.write("来文.txt", content)), "--at", DAY, *words)


def test_a_text_is_kept_and_the_law_says_so(clerk):
    done = brought(clerk, WORDING)
    path = "texts/shi-li-ban-fa-2019-12-01.txt"
    assert (done.code, done.lines) == (0, [path, LAW])
    assert "3 条、3 款、0 项" in done.err
    assert "附件：示例表" in done.err
    assert "新出现 0 个问题、0 处待复核" in done.err
    assert clerk.read(path).splitlines()[3] == "第一条　为了示例，制定本办法。"
    numbered = FACTS.replace("版本:\n", "条号版本: 2019年公布\n版本:\n")
    expected = numbered.replace("    条数: 3\n", f"    条数: 3\n    结构: 1-3\n全文: {path}\n")
    assert clerk.read(LAW) == expected
    assert brought(clerk, WORDING).code == 0
    assert clerk.read(LAW) == expected


ITEM = """事项名称: 对违反示例规定的处罚
职权类型: 行政处罚
状态: 有效
行使主体: [shi-ying-ji-guan-li-ju]
实施依据:
  - {依据文件: 安全生产示例办法, 条: 2, 作用: 罚则}
处罚:
  - {情形: 基本情形, 对象: 单位, 种类: [罚款], 力度: 应当, 罚款: {上限: 10}, 决定机关: 应急管理部门,
     依据: [{依据文件: 安全生产示例办法, 条: 2}]}
核对: {日期: 2026-11-01, 来源: 国家法律法规公开文本}
"""


def test_what_the_text_shows_to_be_wrong_is_told_at_once(clerk):
    clerk.write(
        "catalog/items/xzcf-900.yaml",
        ITEM,
    )
    done = brought(clerk, WORDING)
    assert done.code == 1
    assert "罚款写的十元以下，《安全生产示例办法》第二条写的是十万元以下" in done.out


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", ""),
        ("，对其负责人处五千元以下罚款", "对负责人的五千元以下的罚款"),
        (
            "；拒不改正的，处十万元以上二十万元以下的罚款，由发证机关吊销其许可证",
            "十万元以上二十万元以下的罚款、吊销许可证件",
        ),
        ("；屡犯的，责令其停产整顿", "停产停业"),
        ("；货值金额不足一万元的，没收违法所得", "没收违法所得"),
        ("；违法所得三万元以上的处违法所得三倍罚款", "三倍的罚款"),
        ("。另有所得的，处所得百分之十的罚款", "百分之十的罚款"),
        ("；造成损失三万元以上的，依法追究刑事责任", ""),
        ("；经停产停业整顿仍不合格或者许可证被依法吊销的，公安机关可以拘留", ""),
        ("；转产、停产、停业的单位也一样", ""),
    ],
)
def test_what_the_provision_also_imposes_is_asked_for(clerk, more, said):
    clerk.write("catalog/items/xzcf-900.yaml", ITEM.replace("{上限: 10}", "{上限: 100000}"))
    brought(clerk, WORDING.replace("十万元以下的罚款", f"十万元以下的罚款{more}"))
    assert left_out(clerk) == [f"《安全生产示例办法》第二条还写了{said}，这里没有"] * bool(said)


TWO_ACTS = "处十万元以下的罚款。出租招牌的，处七千元罚款，没收违法所得"


def test_a_sentence_on_another_act_is_another_record_s(clerk):
    clerk.write("catalog/items/xzcf-900.yaml", ITEM.replace("{上限: 10}", "{上限: 100000}"))
    brought(clerk, WORDING.replace("处十万元以下的罚款", TWO_ACTS))
    assert len(left_out(clerk)) == 1
    other = ITEM.replace("[罚款]", "[罚款, 没收违法所得]").replace("{上限: 10}", "{下限: 7000, 上限: 7000}")
    clerk.write("catalog/items/xzcf-901.yaml", other.replace("违反示例", "违反第二种示例"))
    assert left_out(clerk) == []
    clerk.write("catalog/items/xzcf-901.yaml", other.replace(", 没收违法所得", ""))
    assert len(left_out(clerk)) == 2


@pytest.mark.parametrize(("above", "told"), [("依照前款规定处罚", 1), ("依照前款规定，处以罚款", 0)])
def test_who_is_punished_like_another_may_be_spared_a_part(clerk, above, told):
    bases = "依据: [{依据文件: 安全生产示例办法, 条: 2, 款: 1}, {依据文件: 安全生产示例办法, 条: 2, 款: 2}]"
    row = ITEM.replace("依据: [{依据文件: 安全生产示例办法, 条: 2}]", bases).replace("{上限: 10}", "{上限: 100000}")
    clerk.write("catalog/items/xzcf-900.yaml", row)
    brought(clerk, WORDING.replace("的罚款。", f"的罚款，吊销许可证。\n出借招牌的，{above}。"))
    assert len(left_out(clerk)) == told


def left_out(clerk):
    found = [one for one in check(clerk.root, DAY).problems if one.rule == "left-out"]
    assert {one.level for one in found} <= {"review"}
    return [one.message.partition("；")[0] for one in found]


@pytest.mark.parametrize(
    ("addressee", "doubted"),
    [("单位的主要负责人", True), ("单位的直接责任人员", False), ("单位的主要负责人和直接责任人员", False)],
)
def test_a_fine_for_one_person_is_not_another_s(clerk, addressee, doubted):
    item = ITEM.replace("对象: 单位,", f"对象: {addressee},").replace("{上限: 10}", "{上限: 50000}")
    clerk.write("catalog/items/xzcf-900.yaml", item)
    law = WORDING.replace("处十万元以下的罚款", "处十万元以下的罚款，对其直接责任人员处五万元以下的罚款")
    assert ("在《安全生产示例办法》第二条里是对「直接责任人员」的" in brought(clerk, law).out) is doubted


@pytest.mark.parametrize(
    "and_in_force", ["", "，自2020年3月1日起施行", "；2020年3月1日 施行", "　自二〇二〇年三月一日起正式实施"]
)
def test_a_dry_run_writes_nothing(clerk, and_in_force):
    before = clerk.files()
    wording = WORDING.replace("第1号公布", f"第1号公布{and_in_force}")
    assert brought(clerk, wording, "--dry-run").lines == ["texts/shi-li-ban-fa-2019-12-01.txt", LAW]
    assert clerk.files() == before
    assert not (clerk.root / "texts").exists()


@pytest.mark.parametrize(
    ("old", "new", "words", "said"),
    [
        ("安全生产示例办法", "另一办法", ("--law", "另一办法"), "没有收录《另一办法》"),
        ("第三条　本办法自2020年3月1日起施行。\n", "", (), "文本到第 2 条为止"),
        ("2019年12月1日", "2023年5月6日", (), "2023-05-06"),
        ("安全生产示例办法", "没有名称", (), "--law"),
        ("", "", ("--version", "2014年修正"), "没有登记「2014年修正」"),
    ],
)
def test_what_is_not_the_version_is_refused(clerk, old, new, words, said):
    done = brought(clerk, WORDING.replace(old, new), *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


NEWER = WORDING.replace("公布）", "公布　根据2026年9月1日示例部令第5号修正）").replace(
    "第三条", "第三条　示例。\n第四条"
)


def test_a_newer_version_is_registered_and_citations_keep_their_numbers(clerk):
    done = brought(clerk, NEWER, "--since", "2027-06-01")
    path = "texts/shi-li-ban-fa-2026-09-01.txt"
    assert (done.code, done.lines) == (0, [path, LAW])
    assert "登记为新的版本「2026年修正」，2027-06-01 起施行；条号版本是「2019年公布」" in done.err
    assert "quanze law map 安全生产示例办法 2019年公布 2026年修正" in done.err
    row = "名称: 2026年修正\n    公布日期: 2026-09-01\n    施行日期: 2027-06-01\n    条数: 4\n    结构: 1-4"
    assert f"  - {row}\n    全文: {path}\n" in clerk.read(LAW)
    assert "\n条号版本: 2019年公布\n" in clerk.read(LAW)
    kept = clerk.read(LAW)
    assert brought(clerk, NEWER).code == 0
    assert clerk.read(LAW) == kept


def test_a_newer_text_may_say_itself_from_when_it_is_in_force(clerk):
    begins = NEWER.replace("第5号修正", "第5号修订，自2026年10月1日起施行")
    assert brought(clerk, begins).code == 0
    assert "名称: 2026年修订\n    公布日期: 2026-09-01\n    施行日期: 2026-10-01\n" in clerk.read(LAW)


def test_a_newer_text_without_that_day_is_told_what_to_do(clerk):
    done = brought(clerk, NEWER)
    assert (done.code, done.out) == (2, "")
    assert "文本是 2026-09-01 修正的，比《安全生产示例办法》登记的都新" in done.err
    assert "--since 2027-06-01" in done.err


@pytest.mark.parametrize(("confirmed", "level"), [("2026-11-01", "review"), ("2026-11-24", "error")])
def test_what_a_new_version_changed_blocks_nothing_until_it_is_confirmed(clerk, confirmed, level):
    assert brought(clerk, WORDING.replace("十万元", "十二万元")).code == 0
    newer = NEWER.replace("第5号修正", "第5号修正，自2026年11月23日起施行").replace("十万元", "二十万元")
    assert brought(clerk, newer).code == 0
    moved = "    条文对照:\n      - {旧: 第二条, 新: 第二条, 变化: [改幅度]}\n    全文: texts/shi-li-ban-fa-2026"
    law = clerk.read(LAW).replace("    全文: texts/shi-li-ban-fa-2026", moved)
    clerk.write(
        LAW,
        law.replace("条号版本: 2019年公布", "条号版本: 2026年修正").replace(
            "全文: texts/shi-li-ban-fa-2019-12-01.txt\n", ""
        ),
    )
    clerk.write("catalog/items/xzcf-900.yaml", ITEM.replace("2026-11-01", confirmed))
    found = [one for one in check(clerk.root, "2026-11-24").problems if one.rule == "fine-of-the-law"]
    assert [(one.level, "写的是二十万元以下" in one.message) for one in found] == [(level, True)]


def test_an_older_version_has_a_file_of_its_own(clerk):
    two = FACTS.replace(
        "    条数: 3\n",
        "    条数: 3\n  - 名称: 2022年修订\n    公布日期: 2022-01-01\n    施行日期: 2022-03-01\n    条数: 4\n",
    )
    clerk.write(LAW, two)
    assert brought(clerk, WORDING).code == 0
    assert "    结构: 1-3\n    全文: texts/shi-li-ban-fa-2019-12-01.txt\n  - 名称: 2022年修订" in clerk.read(LAW)


WATER = """名称: 示例用水条例
位阶: 地方性法规
制定机关: 示例市人大常委会
版本:
  - {名称: 2020年公布, 公布日期: 2020-01-01, 施行日期: 2020-03-01, 条数: 2}
全文: texts/yong-shui.txt
核对: {日期: 2026-11-01, 来源: 公报}
"""


@pytest.mark.parametrize(
    ("named", "level", "said"),
    [
        ("", "review", "到第 2 条为止，而2026年修订登记的是 3 条；是2020年公布的，请写明「条号版本」"),
        ("条号版本: 2026年修订\n", "error", "到第 2 条为止，而2026年修订登记的是 3 条；请核对是不是这一版的文本"),
        ("条号版本: 2020年公布\n", "", ""),
    ],
)
def test_a_newer_version_added_beside_the_wording_of_the_old_one_blocks_nothing(tmp_path, named, level, said):
    clerk = Clerk(tmp_path / "项目")
    clerk.write("texts/yong-shui.txt", "示例用水条例\n第一条　节约用水。\n第二条　自2020年3月1日起施行。\n")
    newer = "  - {名称: 2026年修订, 公布日期: 2026-02-01, 施行日期: 2026-03-01, 条数: 3}\n"
    clerk.write("catalog/laws/yong-shui-tiao-li.yaml", WATER.replace("全文:", f"{newer}{named}全文:"))
    found = [one for one in check(clerk.root, DAY).problems if one.rule == "law-text"]
    assert [one.level for one in found] == [level][: bool(level)]
    assert all(one.message.endswith(said) for one in found)
