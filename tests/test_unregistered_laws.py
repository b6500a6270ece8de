"""The wording of a law that the register lacks, or knows by its title alone."""

from __future__ import annotations

import pytest
from tests.clerk import Clerk
from tests.project import DAY

NAME = "岚川市湿地保护条例"
FILE = "catalog/laws/lan-chuan-shi-shi-di-bao-hu-tiao-li.yaml"
TEXT = "texts/lan-chuan-shi-shi-di-bao-hu-tiao-li-2021-03-26.txt"
PASSED = "（2021年3月26日岚川市人民代表大会常务委员会通过）"
BODY = """第一条　为了保护湿地，制定本条例。
第二条　擅自开垦湿地的，责令停止违法行为，处五千元以上五万元以下罚款。
第三条　{end}
"""
BEGINS = "本条例自2021年6月1日起施行。"


@pytest.fixture(name="clerk")
def _clerk(tmp_path):
    return Clerk(tmp_path / "项目")


def brought(clerk, note=PASSED, end=BEGINS, *words, title=NAME):
    file = clerk.write("来文.txt", f"{title}\n{note}\n\n{BODY.format(end=end)}")
    return clerk("law", "import", str(file), "--at", DAY, *words)


def test_a_law_that_nobody_registered_is_registered_from_its_wording(clerk):
    done = brought(clerk)
    assert done.lines[:2] == [TEXT, FILE]
    assert clerk.read(FILE).partition("\n")[2] == (
        f"名称: {NAME}\n位阶: 地方性法规\n制定机关: 待核\n条号版本: 2021年公布\n版本:\n"
        "  - 名称: 2021年公布\n    公布日期: 2021-03-26\n    施行日期: 2021-06-01\n    条数: 3\n    结构: 1-3\n"
        f"全文: {TEXT}\n"
    )
    assert "登记了第一个版本「2021年公布」" in done.err
    assert "核对" in done.out, "that somebody compared it is not for a command to say"
    clerk.write(FILE, clerk.read(FILE) + "核对: {日期: 2026-11-01, 来源: 市人大公报}\n")
    again = brought(clerk)
    assert (again.code, "第一个版本" in again.err) == (0, False)


def test_a_law_known_by_its_title_alone_is_filled_in(clerk):
    draft = f"# 我的注\n名称: {NAME}\n位阶: 待核\n制定机关: 岚川市人大常委会\n版本:\n  - 名称: 待核  # 还没有查\n"
    clerk.write("catalog/laws/shi-di.yaml", draft)
    done = brought(clerk)
    assert done.lines[:2] == ["texts/shi-di-2021-03-26.txt", "catalog/laws/shi-di.yaml"]
    said = clerk.read("catalog/laws/shi-di.yaml")
    assert "# 我的注\n" in said
    assert "位阶: 待核\n制定机关: 岚川市人大常委会\n" in said
    assert "  - 名称: 2021年公布  # 还没有查\n    公布日期: 2021-03-26\n    施行日期: 2021-06-01\n" in said


def test_a_version_that_a_list_named_is_the_one_filled_in(clerk):
    named = f"名称: {NAME}\n位阶: 待核\n制定机关: 待核\n版本:\n  - 名称: 待核\n  - 名称: 2021年修正\n"
    clerk.write("catalog/laws/shi-di.yaml", named)
    brought(clerk, "（2016年1月8日通过 根据2021年3月26日决定修正）")
    said = clerk.read("catalog/laws/shi-di.yaml")
    assert "  - 名称: 待核\n  - 名称: 2021年修正\n    公布日期: 2021-03-26\n" in said


@pytest.mark.parametrize(
    ("note", "end", "words", "told"),
    [
        ("岚川市人大常委会", BEGINS, (), "请用 --version 写明公布日期"),
        ("发布时间：2022年5月1日　来源：法制办", BEGINS, (), "请用 --version 写明公布日期"),
        (PASSED, "本条例由市林业局解释。", (), "请用 --since 写明"),
        (PASSED, BEGINS, ("--law", "岚川市水源条例"), "没有收录《岚川市水源条例》"),
    ],
)
def test_what_the_wording_does_not_say_is_asked(clerk, note, end, words, told):
    done = brought(clerk, note, end, *words)
    assert (done.code, told in done.err) == (2, True)
    assert not (clerk.root / FILE).exists()


@pytest.mark.parametrize(
    ("note", "end", "words"),
    [
        ("公布日期：2021-03-26　施行日期：2021-06-01　时效性：有效", "本条例由市林业局解释。", ()),
        ("公布日期：2021年3月26日　施行日期：2021年6月1日", "本条例由市林业局解释。", ()),
        (f"发布时间：2021年6月30日　浏览：30 次\n{PASSED}", BEGINS, ()),
        ("岚川市人大常委会", BEGINS, ("--version", "2021-03-26")),
        (PASSED, "本条例由市林业局解释。", ("--since", "2021-06-01")),
    ],
)
def test_days_as_pages_tell_them(clerk, note, end, words):
    brought(clerk, note, end, *words)
    assert "    公布日期: 2021-03-26\n    施行日期: 2021-06-01\n" in clerk.read(FILE)


def test_from_the_day_of_its_promulgation(clerk):
    brought(clerk, end="本条例自公布之日起施行。")
    assert "    施行日期: 2021-03-26\n" in clerk.read(FILE)


@pytest.mark.parametrize(
    ("title", "note", "rank"),
    [
        ("岚川省湿地管理办法", "（2021年3月26日岚川省人民政府令第12号公布）", "地方政府规章"),
        ("湿地修复管理办法", "（2021年3月26日自然资源部令第7号公布）", "部门规章"),
        ("湿地修复管理办法", "（2021年3月26日公布）", "待核"),
        ("中华人民共和国湿地修复法", "（2021年3月26日通过）", "法律"),
    ],
)
def test_the_rank_is_said_where_number_or_title_prove_it(clerk, title, note, rank):
    done = brought(clerk, note, title=title)
    said = clerk.read(done.lines[1])
    assert f"\n位阶: {rank}\n" in said
    assert ("简称:\n  - 湿地修复法\n" in said) is title.startswith("中华")


def test_the_document_that_sent_it_out_is_not_the_law(clerk):
    done = brought(clerk, title=f"岚川市人民政府关于印发《{NAME}》的通知\n岚政发〔2021〕8号\n\n{NAME}")
    assert f"\n名称: {NAME}\n" in clerk.read(done.lines[1])


def test_a_file_with_a_fault_may_be_the_law(clerk):
    clerk.write("catalog/laws/shi-di.yaml", f"名称: {NAME}\n位阶：地方性法规\n")
    done = brought(clerk)
    assert (done.code, "catalog/laws/shi-di.yaml" in done.err) == (2, True)
    assert not (clerk.root / FILE).exists()
