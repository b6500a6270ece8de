"""The days ahead: the calendar file, its page, what ends within a year; and what pages say of newer law."""

from __future__ import annotations

import re

import pytest
from tests.changed import register
from tests.clerk import Clerk

from quanze.check.checking import check
from quanze.law.citation import Citation
from quanze.register import tree
from quanze.register.catalog import Catalog
from quanze.register.displaced import displaced, in_part, of_citation
from quanze.register.settings import Settings
from quanze.site.dates import Date, dates, ending
from quanze.site.ics import ics
from quanze.site.pages.provision import outdated
from quanze.site.publish import Site

LAW = """名称: 示例法
位阶: 法律
制定机关: 示例机关
条号版本: 2020年公布
版本:
  - {名称: 2020年公布, 公布日期: 2020-01-01, 施行日期: 2020-03-01, 条数: 3, 结构: '1 2:2/0 3'}
  - 名称: 2027年修正
    公布日期: 2026-09-01
    施行日期: 2027-06-01
    条数: 4
    条文对照:
      - {旧: 第二条, 新: 第三条, 变化: [改幅度]}
      - {旧: 第三条, 新: 第四条, 变化: [仅改号]}
核对: {日期: 2026-11-01, 来源: 国家法律法规公开文本}
"""
WORDING = """示例法
第一条　为了示例，制定本法。
第二条　单位应当做到：
（一）有人值守；
（二）有灯<照明>。
违反的，由主管部门责令改正。
第三条　本法自2020年3月1日起施行。
"""
ITEM = """事项名称: 对示例的检查
职权类型: 行政检查
状态: 有效
行使主体: [shi-ying-ji-guan-li-ju]
实施依据:
  - {依据文件: 示例法, 条: 2, 项: 2, 作用: 职权}
  - {依据文件: 示例法, 条: 1, 效力: 被上位法取代, 取代依据: 安全生产法第一条}
核对: {日期: 2026-11-01, 来源: 国家法律法规公开文本}
"""


@pytest.fixture(name="clerk")
def _clerk(tmp_path):
    clerk = Clerk(tmp_path / "项目")
    clerk.write("catalog/laws/shi-li-fa.yaml", LAW)
    clerk.write("catalog/items/xzjc-900.yaml", ITEM)
    return clerk


def catalog(clerk):
    loaded = tree.load(clerk.root)
    return Catalog(clerk.root, loaded.site, loaded.forms, loaded.records, loaded.broken)


def page(clerk, url, at):
    checked = check(clerk.root, at)
    assert not checked.errors
    job = next(job for job in Site(checked.catalog, at).jobs() if job.url == url)
    return str(job.make().body)


def test_what_is_to_come(clerk):
    found = dates(catalog(clerk), "2026-11-23")
    assert Date("2027-06-01", "施行", "《示例法》2027年修正施行", "laws/shi-li-fa/") in found
    assert all(one.day > "2026-11-23" for one in found)
    assert [*found] == sorted(found)
    assert not [one for one in dates(catalog(clerk), "2027-06-01") if "示例法" in one.title]


def test_the_bureaus_own_days_are_told_where_reviews_are(clerk):
    site = clerk.read("catalog/site.yaml")
    own = "核对周期: 365\n豁免:\n  - {规则: unverified, 记录: items/xzjc-900, 理由: 示例, 截止: 2027-01-31}\n"
    kept = [line for line in site.splitlines() if not line.startswith(("公开待复核", "核对周期"))]
    for public in (True, False):
        clerk.write("catalog/site.yaml", "\n".join([*kept, f"公开待复核: {str(public).lower()}", own]))
        told = {one.what for one in dates(catalog(clerk), "2026-11-23")}
        assert ({"核对", "豁免"} <= told) is public


def test_a_basis_that_changes_within_a_year(clerk):
    day = Date("2027-06-01", "施行", "《示例法》2027年修正施行", "laws/shi-li-fa/")
    assert ending(catalog(clerk), "2026-11-23") == ((day, 1),)
    assert ending(catalog(clerk), "2026-05-01") == ()
    assert ending(catalog(clerk), "9999-12-31") == ()


def test_what_has_ended_by_then_is_neither_counted_nor_due_for_a_check(clerk):
    before = dates(catalog(clerk), "2026-11-23")
    ended = "状态: 取消\n终止日期: 2026-12-01\n终止原因: 示例\n"
    clerk.write("catalog/items/xzjc-900.yaml", ITEM.replace("状态: 有效\n", ended))
    assert ending(catalog(clerk), "2026-11-23") == ()
    later = ended.replace("2026-12-01", "2027-06-02")
    clerk.write("catalog/items/xzjc-900.yaml", ITEM.replace("状态: 有效\n", later))
    assert [count for _, count in ending(catalog(clerk), "2026-11-23")] == [1]
    after = dates(catalog(clerk), "2026-11-23")
    [old], [new] = ([one.title for one in found if one.day == "2027-11-02"] for found in (before, after))
    assert int(old.partition(" ")[0]) == int(new.partition(" ")[0]) + 1


def test_the_calendar_file():
    found = [
        Date("2027-06-01", "施行", "《示例法》施行，" + "很长的题目" * 12, "laws/a/"),
        Date("2028-02-29", "终止", "a;b", "x/"),
    ]
    content = ics(found, Settings.of({"名称": "示例", "网址": "https://example.cn/", "演示": {"启用": True}}))
    assert content == ics(found, Settings.of({"名称": "示例", "网址": "https://example.cn/", "演示": {"启用": True}}))
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.replace(b"\r\n ", b"").decode().split("\r\n")
    assert lines.count("BEGIN:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20270601" in lines
    assert "URL:https://example.cn/laws/a/" in lines
    assert f"SUMMARY:【演示】《示例法》施行，{'很长的题目' * 12}" in lines
    assert "SUMMARY:【演示】a\\;b" in lines
    assert len({line for line in lines if line.startswith("UID:")}) == 2


def test_an_empty_calendar_is_one():
    assert ics([], Settings.of({"名称": "示例"})).decode().split("\r\n")[-2] == "END:VCALENDAR"


def test_the_page_of_days_and_the_auditors_page(clerk):
    body = page(clerk, "calendar/", "2026-11-23")
    assert '<a href="../laws/shi-li-fa/">《示例法》2027年修正施行</a>' in body
    assert 'href="../calendar.ics"' in body
    assert "没有登记在册的日子" in page(clerk, "calendar/", "2098-01-01")


def test_pages_say_what_a_newer_version_means_in_one_line(clerk):
    before = page(clerk, "laws/shi-li-fa/", "2026-11-23")
    assert "2027年修正已于 2026-09-01 公布，自 2027-06-01 起施行；在那以前适用2020年公布。" in before
    assert "自 2027-06-01 起施行" not in page(clerk, "items/xzjc-900/", "2026-11-23")
    item = page(clerk, "items/xzjc-900/", "2027-06-01")
    assert item.count("《示例法》2027年修正自 2027-06-01 起施行，本页所引的条号还是2020年公布的；以现行条文为准。") == 1
    assert "本站所引的条号还是2020年公布的" in page(clerk, "laws/shi-li-fa/", "2027-06-01")
    assert clerk("impact", "示例法", "--to", "2027年修正", "--at", "2027-06-01", "--apply").code == 0
    after = page(clerk, "items/xzjc-900/", "2027-06-01")
    assert "所引的第三条内容有改动，本页还没有按新条文核对" in after
    assert "本站所引的条号" not in page(clerk, "laws/shi-li-fa/", "2027-06-01")


def test_the_table_of_an_article_map_says_no_more_than_the_map(clerk):
    rows = (
        "      - {旧: 第一条, 新: 第一条, 变化: [仅改号]}\n      - {旧: 第二条第一款, 变化: [待核]}\n"
        "      - {旧: 第二条第二款, 变化: [废止]}\n"
    )
    clerk.write("catalog/laws/shi-li-fa.yaml", LAW.replace("核对: ", f"{rows}核对: "))
    plain = re.sub("<[^>]*>", " ", page(clerk, "laws/shi-li-fa/", "2026-11-23"))
    told = " ".join(plain.split())
    assert "第一条 第一条 没有改动" in told
    assert "第二条第一款 去向待核 待核" in told
    assert "第二条第二款 （无） 废止" in told


def test_an_article_of_an_older_version_is_told_as_that_one(clerk):
    named = "示例法, 条: 2, 项: 2", "示例法, 版本: 2020年公布, 条: 2, 项: 2"
    clerk.write("catalog/items/xzjc-900.yaml", ITEM.replace(*named))
    assert "2020年公布）第二项" not in page(clerk, "laws/shi-li-fa/", "2026-11-23")
    clerk.write(
        "catalog/laws/shi-li-fa.yaml",
        LAW.replace("条号版本: 2020", "条号版本: 2027").replace("2027年公布", "2027年修正"),
    )
    assert '<span class="qz-muted">（2020年公布）第二项</span>' in page(clerk, "laws/shi-li-fa/", "2027-06-01")
    said = "自 2027-06-01 起施行，本页所引的是2020年公布：第二条第二项现为第三条第二项（改幅度）；以现行条文为准。"
    assert said in page(clerk, "items/xzjc-900/", "2027-06-01")


def test_the_wording_stands_on_the_pages_with_what_is_cited_marked(clerk):
    assert (
        clerk(
            "law", "import", str(clerk.write("法.txt", WORDING)), "--version", "2020年公布", "--at", "2026-11-23"
        ).code
        == 0
    )
    item = page(clerk, "items/xzjc-900/", "2026-11-23")
    shown = re.search(
        r"<details class=\"qz-quote\"><summary>条文（2020年公布）</summary>(.*?)</details></details>", item
    )
    marked, _, whole = shown[1].partition("<details><summary>第二条全文</summary>")
    assert marked == "<p>第二条　单位应当做到：</p><p><mark>　　（二）有灯&lt;照明&gt;。</mark></p>"
    assert "<p>　　（一）有人值守；</p>" in whole
    assert "<p>　　违反的，由主管部门责令改正。</p>" in whole
    law = page(clerk, "laws/shi-li-fa/", "2026-11-23")
    assert '<h3 id="t2"><a href="text/#t2">第二条</a></h3>' in law
    assert '<li id="t3"><a href="text/#t3">3</a></li>' in law
    assert "违反的，由主管部门责令改正。" not in law
    whole = page(clerk, "laws/shi-li-fa/text/", "2026-11-23")
    assert "违反的，由主管部门责令改正。" in whole
    assert 'id="t3"' in whole
    assert re.search(r'id="t2".*?<a href="../../../laws/shi-li-fa/#t2"[^>]*>以它为依据的 1 项</a>', whole, re.DOTALL)
    assert "第一条被上位法取代：" in whole


def test_what_is_displaced_is_said_wherever_it_is_cited(clerk):
    other = ITEM.replace("对示例的检查", "对另一示例的检查").replace(
        ", 效力: 被上位法取代, 取代依据: 安全生产法第一条", ""
    )
    clerk.write("catalog/items/xzjc-901.yaml", other)
    found = catalog(clerk)
    assert str(displaced(found)["shi-li-fa"][1, 0, 0]) == "被上位法取代：安全生产法第一条"
    assert (
        str(of_citation(found, "shi-li-fa", Citation.of({"条": 1, "款": 1, "项": 2})))
        == "被上位法取代：安全生产法第一条"
    )
    assert of_citation(found, "shi-li-fa", Citation.of({"条": [1, 2]})) is None
    assert of_citation(found, "shi-li-fa", Citation.of({"条": 1, "版本": "2020年公布"})) is None
    assert [*outdated(register(found), "shi-li-fa", 1)] == ["第一条被上位法取代：安全生产法第一条，不再据以处罚。"]
    assert [*outdated(register(found), "shi-li-fa", 2)] == []
    assert "被上位法取代：安全生产法第一条</span>" in page(clerk, "items/xzjc-901/", "2026-11-23")
    assert "第一条被上位法取代：安全生产法第一条，不再据以处罚。" in page(clerk, "laws/shi-li-fa/", "2026-11-23")


def test_what_is_displaced_in_part_is_said_of_the_whole(clerk):
    item = ITEM.replace("条: 1, ", "条: 2, 项: 2, ", 1)
    assert item != ITEM
    clerk.write("catalog/items/xzjc-900.yaml", item)
    whole = ITEM.replace("对示例的检查", "对另一示例的检查").replace("条: 1, ", "条: 2, ", 1)
    clerk.write("catalog/items/xzjc-901.yaml", whole.replace(", 效力: 被上位法取代, 取代依据: 安全生产法第一条", ""))
    told = "部分不再适用：第二项被上位法取代：安全生产法第一条</span>"
    assert told in page(clerk, "items/xzjc-901/", "2026-11-23")
    cited = clerk("cite", str(clerk.write("文.txt", "《示例法》第二条、第二条第一项")), "--at", "2026-11-23").out
    assert "第二条部分被上位法取代：第二项由安全生产法第一条代替" in cited
    assert cited.count("被上位法取代") == 1


@pytest.mark.parametrize(("place", "told"), [("款: 1", "第二项"), ("款: 2", ""), ("款: 1, 项: 1", "")])
def test_an_item_without_a_paragraph_is_displaced_in_the_first(clerk, place, told):
    clerk.write("catalog/items/xzjc-900.yaml", ITEM.replace("条: 1, ", "条: 2, 项: 2, ", 1))
    cited = dict(one.split(": ") for one in f"条: 2, {place}".split(", "))
    found = in_part(catalog(clerk), "shi-li-fa", Citation.of({name: int(n) for name, n in cited.items()}))
    assert found == (f"部分不再适用：{told}被上位法取代：安全生产法第一条" if told else "")


def test_a_column_of_bases_quotes_the_wording_in_full(clerk):
    file = str(clerk.write("法.txt", WORDING))
    assert clerk("law", "import", file, "--version", "2020年公布", "--at", "2026-11-23").code == 0
    name = "catalog/lists/quan-ze-qing-dan.yaml"
    rows = "列:\n  - 字段: 序号\n  - 字段: 事项名称\n  - {字段: 实施依据, 引全文: true}\n"
    before = clerk.read(name)
    clerk.write(name, re.sub(r"(?m)^列:\n(?:[ -].*\n)+", rows, before))
    annex = page(clerk, "lists/quan-ze-qing-dan/print/", "2026-11-23")
    assert "《示例法》第二条第二项：单位应当做到：有灯&lt;照明&gt;。" in annex
    clerk.write(name, re.sub(r"(?m)^列:\n(?:[ -].*\n)+", rows.replace(", 引全文: true", ""), before))
    assert "有灯" not in page(clerk, "lists/quan-ze-qing-dan/print/", "2026-11-23")
