"""A law gets a new version: nothing blocks, one command carries the numbers over, what changed waits for a person."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest
from click.testing import CliRunner
from tests.clerk import Clerk

from quanze import cli

LAW = "catalog/laws/shi-li-fa.yaml"
FACTS = """名称: 中华人民共和国示例法
位阶: 法律
制定机关: 示例机关
条号版本: 2020年公布  # 目录的条号
版本:
  - 名称: 2020年公布
    公布日期: 2020-01-01
    施行日期: 2020-03-01
    条数: 12
    结构: 1-3 4:0/0 5-12
    罚则条: [10, 11]
  # 下面是新的
  - 名称: 2027年修正
    公布日期: 2026-09-01
    施行日期: 2027-06-01
    条数: 13
    罚则条: [11, 12]
    条文对照:
      - {旧: 第三条, 变化: [废止]}
      - {旧: 第四条第一款, 新: 第三条, 变化: [仅改号]}
      - {旧: 第四条第二款, 新: 第四条, 变化: [仅改号]}
      - {旧: 第七条, 新: 第八条, 变化: [仅改号]}
      - {旧: 第八条, 新: 第九条, 变化: [仅改号]}
      - {旧: 第九条, 新: 第十条, 变化: [仅改号]}
      - {旧: 第十条, 新: 第十一条, 变化: [改幅度]}
      - {旧: 第十一条, 新: 第十二条, 变化: [仅改号]}
核对: {日期: 2026-11-01, 来源: 国家法律法规公开文本}
"""
LEFT_OUT = "catalog/coverage/shi-li-fa.yaml"
EXCLUDED = """名称: 示例法不列事项的条款
依据文件: shi-li-fa
不列事项:
  - 条: 11
    原因: 示例
"""
ITEM = """# 一条记录
事项名称: 对示例的检查{n}
职权类型: 行政检查
状态: 有效
行使主体: [shi-ying-ji-guan-li-ju]
实施依据:
{rows}
核对: {{日期: {checked}, 来源: 国家法律法规公开文本}}
"""
DAY = "2027-06-01"


@pytest.fixture(name="clerk")
def _clerk(tmp_path):
    clerk = Clerk(tmp_path / "项目")
    clerk.write(LAW, FACTS)
    clerk.write(LEFT_OUT, EXCLUDED)
    return clerk


def item(clerk, n, *citations, checked="2026-11-01"):
    rows = "\n".join(f"  - {{依据文件: 示例法, {one}}}  # 注" for one in citations)
    path = f"catalog/items/xzjc-9{n:02}.yaml"
    clerk.write(path, ITEM.format(n=n, rows=rows, checked=checked))
    return path


def basis(clerk, path):
    lines = clerk.read(path).splitlines()
    return [line.partition("示例法, ")[2].partition("}")[0] for line in lines if "示例法, " in line]


def adopt(clerk, *words, at=DAY):
    return clerk("impact", "示例法", "--to", "2027年修正", "--at", at, *words)


def told(clerk, at):
    return [line for line in clerk("check", "--at", at).lines if "示例法" in line]


def test_before_the_day_nothing_is_told_and_on_the_day_nothing_blocks(clerk):
    path = item(clerk, 1, "条: 7", "条: 8, 款: 1", "条: 1")
    assert told(clerk, "2027-05-31") == []
    done = clerk("check", "--at", DAY)
    assert done.code == 0
    (line,) = [line for line in done.lines if "示例法" in line]
    assert line.startswith(f"{path}:7:")
    assert "待复核" in line
    assert "条号还是2020年公布的：第七条现为第八条（仅改号），第八条第一款现为第九条第一款（仅改号）" in line
    assert "quanze impact 示例法 --to 2027年修正 --apply" in line


def test_claiming_the_new_numbers_without_carrying_them_over_is_told(clerk):
    path = item(clerk, 1, "条: 7")
    clerk.write(LAW, FACTS.replace("条号版本: 2020年公布", "条号版本: 2027年修正"))
    assert [line.partition(":")[0] for line in told(clerk, DAY)] == [path]
    clerk.write(LAW, FACTS)
    adopt(clerk, "--apply")
    assert not told(clerk, DAY)


NEXT = """  - 名称: 2030年修正
    公布日期: 2029-09-01
    施行日期: 2030-01-01
    条数: 13
    条文对照:
      - {旧: 第五条, 新: 第六条, 变化: [仅改号]}
      - {旧: 第六条, 新: 第五条, 变化: [仅改号]}
核对: """


def test_what_one_version_changed_stays_to_be_confirmed_when_the_next_comes(clerk):
    path = item(clerk, 1, "条: 10")
    adopt(clerk, "--apply")
    (before,) = told(clerk, "2028-01-01")
    assert before.startswith(f"{path}:7:")
    assert "《示例法》2027年修正" in before
    assert "第十条现为第十一条（改幅度）" in before
    facts = clerk.read(LAW).replace("核对: ", NEXT)
    clerk.write(LAW, facts.replace("{日期: 2026-11-01", "{日期: 2029-10-01"))
    assert told(clerk, "2029-12-31") == [before]
    assert told(clerk, "2030-01-02") == [before], "the version that changed it, not the one that came since"
    clerk("impact", "示例法", "--to", "2030年修正", "--at", "2030-01-02", "--apply")
    assert told(clerk, "2030-01-02") == [before]
    clerk.write(path, clerk.read(path).replace("2026-11-01", "2030-01-02"))
    assert told(clerk, "2030-01-02") == []


@pytest.mark.parametrize(
    ("citation", "after", "confirmed"),
    [
        ("条: 5", "条: 5", False),
        ("条: 5, 款: 1, 项: 2", "条: 5, 款: 2, 项: 3", True),
        ("条: 5, 款: 1, 项: 1", "条: 5, 款: 2, 项: 1", False),
        ("条: 5, 款: 2", "条: 5, 款: 3", True),
    ],
)
def test_of_an_article_that_changed_the_parts_that_did_not_need_no_look(clerk, citation, after, confirmed):
    rows = (
        "      - {旧: 第五条, 新: 第五条, 变化: [改文字]}\n"
        "      - {旧: 第五条第一款, 新: 第五条第二款, 变化: [改文字]}\n"
        "      - {旧: 第五条第一款第二项, 新: 第五条第二款第三项, 变化: [仅改号]}\n"
        "      - {旧: 第五条第二款, 新: 第五条第三款, 变化: [仅改号]}\n"
    )
    clerk.write(LAW, FACTS.replace("    条文对照:\n", f"    条文对照:\n{rows}"))
    path = item(clerk, 1, citation)
    adopt(clerk, "--apply")
    assert basis(clerk, path) == [after]
    assert (told(clerk, DAY) == []) is confirmed


def test_a_version_entered_late_is_told_though_the_records_were_checked_since(clerk):
    item(clerk, 1, "条: 7", checked="2027-10-01")
    assert len(told(clerk, "2027-11-01")) == 1


def test_a_version_entered_late_blocks_nothing_before_or_after_its_numbers_are_taken(clerk):
    path = item(clerk, 1, "条: 3", "版本: 2020年公布, 条: 7", checked="2027-10-01")
    assert clerk("check", "--at", "2027-11-01").code == 0
    adopt(clerk, "--apply", at="2027-11-01")
    assert clerk("check", "--at", "2027-11-02").code == 0
    assert len(told(clerk, "2027-11-02")) == 2
    clerk.write(path, clerk.read(path).replace("2027-10-01", "2027-11-02"))
    assert clerk("check", "--at", "2027-11-02").code == 1, "who checked it since has seen that the article is gone"


@pytest.mark.parametrize(
    ("citation", "after"),
    [
        ("条: 7", "条: 8"),
        ("条: 7, 款: 2, 项: 3, 作用: 义务", "条: 8, 款: 2, 项: 3, 作用: 义务"),
        ("条: [7, 9]", "条: [8, 10]"),
        ("条: 7至9", "条: 8至10"),
        ("条: [1, 7]", "条: [1, 8]"),
        ("条: 4, 款: 1", "条: 3"),
        ("条: 4, 款: 2, 项: 1", "条: 4, 项: 1"),
        ("条: 4", "条: [3, 4]"),
        ("条: 1", "条: 1"),
        ("条: 3", "版本: 2020年公布, 条: 3"),
        ("条: 2至3", "版本: 2020年公布, 条: 2至3"),
        ("条: 7之1", "版本: 2020年公布, 条: 7之1"),
        ("版本: 2020年公布, 条: 7", "版本: 2020年公布, 条: 7"),
        ("效力: 被上位法取代, 条: 7", "效力: 被上位法取代, 条: 8"),
    ],
)
def test_each_citation_is_carried_over_once(clerk, citation, after):
    path = item(clerk, 1, citation)
    adopt(clerk, "--apply")
    assert basis(clerk, path) == [after]
    once = clerk.files()
    done = adopt(clerk, "--apply")
    assert (done.code, "没有可换的" in done.err) == (0, True)
    assert clerk.files() == once


def test_all_move_at_once_and_nothing_else_changes(clerk):
    path = item(clerk, 1, "条: 7", "条: 8", "条: 9")
    before = clerk.read(path)
    done = adopt(clerk, "--apply")
    assert done.code == 0, done.err
    expected = before.replace("条: 9", "条: 10").replace("条: 8", "条: 9").replace("条: 7", "条: 8")
    assert clerk.read(path) == expected
    law = FACTS.replace("条号版本: 2020年公布  # 目录的条号", "条号版本: 2027年修正  # 目录的条号")
    law = law.replace("    施行日期: 2027-06-01\n", "    施行日期: 2027-06-01\n    采用日期: 2027-06-01\n")
    assert clerk.read(LAW) == law
    assert clerk.read(LEFT_OUT) == EXCLUDED.replace("条: 11", "条: 12")
    assert told(clerk, DAY) == []


def test_what_changed_waits_for_a_check_and_the_rest_does_not(clerk):
    same, changed, gone = item(clerk, 1, "条: 7"), item(clerk, 2, "条: 10, 款: 1"), item(clerk, 3, "条: 3")
    done = adopt(clerk, "--apply")
    assert "3 个文件、3 处依据，其中 1 处没有新条号、留给人改；内容有改动、要重新核对的记录 2 条" in done.err
    assert f"{gone}: 《中华人民共和国示例法》" not in done.out
    assert [line.partition(":")[0] for line in told(clerk, DAY)] == [changed, gone]
    assert "第十条现为第十一条（改幅度）" in told(clerk, DAY)[0]
    assert clerk("check", "--at", DAY).code == 0
    confirmed = clerk.read(changed).replace("日期: 2026-11-01", "日期: 2027-06-02")
    clerk.write(changed, confirmed)
    assert [line.partition(":")[0] for line in told(clerk, "2027-06-02")] == [gone]
    assert basis(clerk, same) == ["条: 8"]


def test_a_check_without_new_numbers_rewards_nobody(clerk):
    item(clerk, 1, "条: 10", checked="2027-06-05")
    assert len(told(clerk, "2027-06-06")) == 1


def test_adopting_later_counts_from_that_day(clerk):
    item(clerk, 1, "条: 10", checked="2027-07-01")
    adopt(clerk, "--apply", at="2027-08-01")
    assert "采用日期: 2027-08-01" in clerk.read(LAW)
    assert "采用以后还没有核对（最近一次核对是 2027-07-01）" in told(clerk, "2027-08-01")[0]


def test_an_ended_record_keeps_the_numbers_of_its_time(clerk):
    path = item(clerk, 1, "条: 7")
    ended = "状态: 取消\n终止日期: 2026-12-01\n终止原因: 依据废止"
    clerk.write(path, clerk.read(path).replace("状态: 有效", ended))
    adopt(clerk, "--apply")
    assert basis(clerk, path) == ["条: 7"]


def test_who_displaces_whom_is_carried_over_and_running_text_is_told(clerk):
    path = item(clerk, 1, "条: 1, 效力: 被上位法取代, 取代依据: 示例法第七条")
    clerk.write(path, clerk.read(path) + "备注: 依照示例法第八条办理\n")
    done = adopt(clerk, "--apply")
    assert basis(clerk, path) == ["条: 1, 效力: 被上位法取代, 取代依据: 示例法第八条"]
    assert f"{path}:9: 「备注」里写的示例法第八条改为示例法第九条" in done.out


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ("依照示例法第八条办理，第九条第二款也可以", "依照示例法第九条办理，第十条第二款也可以"),
        ("见《示例法》第8条第1款", "见《示例法》第9条第1款"),
        ("《示例法》第七条至第九条都适用；该法第七条最常见", "《示例法》第八条至第十条都适用；该法第八条最常见"),
        ("《示例法》（2020年公布）第八条", "《示例法》（2020年公布）第八条"),
        ("他问：“示例法第八条怎么罚”", "他问：“示例法第八条怎么罚”"),
        ("《劳动法》第八条，示例法第一条", "《劳动法》第八条，示例法第一条"),
        ("第八条的数额", "第九条的数额"),
        ("示例法第三条没有了，第四条第一款还在", "示例法第三条没有了，第三条还在"),
        ("依照示例法第八条办理，第九条除外，没有了", "依照示例法第九条办理，第九条除外，没有了"),
        ("示例法第8条和第8条第1款", "示例法第9条和第9条第1款"),
    ],
)
def test_running_text_is_rewritten_where_it_is_certain(clerk, words, after):
    path = item(clerk, 1, "条: 1")
    clerk.write(path, clerk.read(path) + f"备注: {words}  # 注\n")
    done = adopt(clerk, "--apply")
    assert clerk.read(path).endswith(f"备注: {after}  # 注\n")
    left = [line for line in done.lines if "没有改" in line]
    assert len(left) == ("没有了" in words)


def test_a_sanction_names_an_article_of_the_law_that_it_rests_on(clerk):
    path = item(clerk, 1, "条: 1")
    clerk.write(path, clerk.read(path).replace("检查", "处罚"))
    rows = "处罚:\n  - 情形: 有第七条第一款行为的\n    对象: 单位\n    种类: [警告]\n    力度: 应当\n    依据:\n"
    clerk.write(path, clerk.read(path) + rows + "      - {依据文件: 示例法, 条: 10}\n")
    adopt(clerk, "--apply")
    assert "  - 情形: 有第八条第一款行为的\n" in clerk.read(path)


INSERTED = FACTS.replace(
    "      - {旧: 第七条, 新: 第八条, 变化: [仅改号]}\n",
    "      - {旧: 第七条, 新: 第八条, 变化: [仅改号]}\n      - {旧: 第七条之一, 新: 第八条之二, 变化: [仅改号]}\n"
    "      - {旧: 第五条, 新: 第五条之一, 变化: [仅改号]}\n"
    "      - {旧: 第六条之一第二款, 新: 第六条, 变化: [改文字]}\n",
)


@pytest.mark.parametrize(
    ("citation", "after"),
    [
        ("条: 7之1", "条: 8之2"),
        ("条: 7之1, 款: 2", "条: 8之2, 款: 2"),
        ("条: 7之1至7之2", "版本: 2020年公布, 条: 7之1至7之2"),
        ("条: [7, 7之1]", "条: [8, 8之2]"),
        ("条: 5, 项: 3", "条: 5之1, 项: 3"),
        ("条: 6之1, 款: 2", "条: 6"),
        ("条: 12之1", "条: 12之1"),
    ],
)
def test_inserted_articles_are_carried_over_where_the_map_names_them(clerk, citation, after):
    clerk.write(LAW, INSERTED)
    path = item(clerk, 1, citation)
    adopt(clerk, "--apply")
    assert basis(clerk, path) == [after]


def test_the_wording_of_the_older_version_stays_with_it(clerk):
    clerk.write(
        "texts/a.txt", "".join(f"第{n}条 甲。\n" for n in "一二三四五六七八九十") + "第十一条 甲。\n第十二条 甲。\n"
    )
    clerk.write(LAW, FACTS + "全文: texts/a.txt\n")
    adopt(clerk, "--apply")
    assert "    罚则条: [10, 11]\n    全文: texts/a.txt\n" in clerk.read(LAW)
    assert clerk.read(LAW).count("全文") == 1


def test_it_is_first_shown(clerk):
    item(clerk, 1, "条: 7")
    before = clerk.files()
    done = adopt(clerk)
    assert done.code == 1
    assert "《示例法》第七条 → 《示例法》第八条（仅改号）：1 处" in done.out
    assert "没有写入，加 --apply 才写" in done.err
    assert clerk.files() == before


def test_formats(clerk):
    path = item(clerk, 1, "条: 7", "条: 3")
    found = json.loads(adopt(clerk, "--format", "json").out)
    assert [(one["现在"], one["变化"]) for one in found["依据"]] == [("《示例法》第八条", ["仅改号"]), (None, ["废止"])]
    assert found["改动的文件"] == [LEFT_OUT, path, LAW]
    table = adopt(clerk, "--format", "markdown").out
    assert f"| {path} | 对示例的检查1 | /实施依据/0 | 《示例法》第七条 | 《示例法》第八条 | 仅改号 | 换号 |" in table
    for words in ((), ("--to", "2027年修正", "--at", DAY)):
        arguments = ["impact", "示例法", *words, "--format", "xlsx", "--root", str(clerk.root)]
        content = CliRunner().invoke(cli.main, arguments).stdout_bytes
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        assert [cell.value for cell in sheet["A"]][1:3] == ["文件", path]
    assert clerk("impact", "示例法", "7", "--format", "markdown").out.count(path) == 1


@pytest.mark.parametrize(
    ("words", "at", "said"),
    [
        (("示例法", "--to", "2027年修正"), "2027-05-31", "自 2027-06-01 起施行"),
        (("示例法", "--to", "2019年修正"), DAY, "没有登记「2019年修正」"),
        (("示例法", "7", "--to", "2027年修正"), DAY, "只写文件的名称"),
        (("示例法", "--apply"), DAY, "--to"),
        (("安全生产法", "--to", "2014年修正"), DAY, "以前没有登记别的版本"),
    ],
)
def test_what_cannot_be_done_is_said(clerk, words, at, said):
    done = clerk("impact", *words, "--at", at)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_without_a_map_no_number_is_guessed(clerk):
    clerk.write(LAW, FACTS.partition("    条文对照")[0] + "核对: {日期: 2026-11-01, 来源: 国家法律法规公开文本}\n")
    item(clerk, 1, "条: 7")
    done = adopt(clerk)
    assert (done.code, "没有条文对照" in done.err) == (2, True)
    assert clerk("check", "--at", DAY).code == 0
    assert len(told(clerk, DAY)) == 1


# a law's file that has a fault


@pytest.mark.parametrize(
    "fault", ["名称 中华人民共和国示例法", "位阶: 法律规定", "位阶：法律", "施行日期: 2020-13-40", "位阶: [法律"]
)
def test_a_fault_in_a_laws_file_is_told_as_that_fault(clerk, fault):
    old = fault.partition(":")[0].partition("：")[0].partition(" ")[0]
    broken = "\n".join(f"{fault}" if line.startswith(old) else line for line in FACTS.splitlines())
    clerk.write(
        LAW, broken.replace("    施行日期: 2020-03-01", "    施行日期: 2020-13-40") if "日期" in fault else broken
    )
    done = clerk("impact", "示例法", "7")
    assert done.code == 2
    assert "没有收录" not in done.err
    assert f"《示例法》的文件 {LAW} 有错，读不出来：第 " in done.err
    assert "没有收录" not in clerk("impact", "中华人民共和国示例法").err
    cited = clerk("cite", "《示例法》第七条", "--at", DAY)
    assert cited.code == 1
    assert f"{LAW} 有错" in cited.err
    assert "未收录" not in cited.out
    [entry] = json.loads(clerk("cite", "《示例法》第七条", "--at", DAY, "--format", "json").out)
    assert entry["state"] == "未核"
    assert entry["fault"].startswith(f"{LAW} 有错，读不出来：第 ")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_a_laws_file_of_another_encoding_is_known_by_its_names(clerk, encoding):
    (clerk.root / LAW).write_bytes(FACTS.encode(encoding))
    assert f"《示例法》的文件 {LAW} 有错，读不出来：第 " in clerk("impact", "示例法", "7").err
    [entry] = json.loads(clerk("cite", "《示例法》第七条", "--at", DAY, "--format", "json").out)
    assert (entry["state"], entry["fault"].partition("：")[0]) == ("未核", f"{LAW} 有错，读不出来")


@pytest.mark.parametrize("content", ["", "- 1\n", "%"])
def test_nobody_says_that_a_law_is_not_kept_while_a_file_has_no_readable_name(clerk, content):
    clerk.write(LAW, content)
    assert f"读得出的文件里没有《示例法》；{LAW} 有错，名称也读不出来：第 " in clerk("impact", "示例法", "7").err
    [entry] = json.loads(clerk("cite", "《示例法》第七条", "--at", DAY, "--format", "json").out)
    assert (entry["state"], entry["fault"].partition("：")[0]) == ("未核", f"{LAW} 有错，名称也读不出来")
