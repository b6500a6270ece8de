"""Acts before a law changed: the old range and the new one stand side by side for two years, without a verdict."""

from __future__ import annotations

import pytest
from tests import golden
from tests.changed import catalog, register

from quanze.site.pages.record import page
from quanze.site.pages.transition import transition
from quanze.site.pages.transition import turned as all_turned

NEW, OLD, OTHER = "xzcf-902", "xzcf-901", "xzcf-001"
LAW = """\
名称: 夜市管理{0}
位阶: 行政法规
制定机关: 示例机关
版本:
  - {{名称: {1}年公布, 公布日期: {1}-01-01, 施行日期: {2}, 条数: 30, 罚则条: [25]}}
核对: {{日期: 2026-11-01, 来源: 国家法律法规公开文本}}
"""
ITEM = """\
事项名称: 对占用夜市通道的处罚{0}
职权类型: 行政处罚
状态: {1}
行使主体: [shi-ying-ji-guan-li-ju]
实施依据:
  - {{依据文件: 夜市管理{2}, 条: 25, 作用: 罚则}}
处罚:
  - 情形: 基本情形
    对象: 摊主
    种类: [罚款]
    力度: 应当
    罚款: {{上限: {3}}}
    决定机关: 夜市管理部门
    依据:
      - {{依据文件: 夜市管理{2}, 条: 25, 作用: 罚则}}
核对: {{日期: 2026-11-01, 来源: 国家法律法规公开文本}}
"""
ENDED = "取消\n终止日期: {}\n终止原因: 新条例施行\n承接事项: xzcf-902"


def night(tmp_path, end="2026-05-01", since="2026-05-01"):
    folder = golden.project(tmp_path / "p")
    texts = {
        "laws/ye-shi-ban-fa": LAW.format("办法", 2010, "2010-03-01"),
        "laws/ye-shi-tiao-li": LAW.format("条例", 2025, since),
        f"items/{OLD}": ITEM.format("（以前的行为）", ENDED.format(end), "办法", 200),
        f"items/{NEW}": ITEM.format("", "有效", "条例", 1000),
    }
    for path, text in texts.items():
        (folder / f"catalog/{path}.yaml").write_text(text, "utf-8")
    return catalog(folder)


def turned(found, id_, at="2026-11-26"):
    return transition(register(found, at), found.record("items", id_))


@pytest.mark.parametrize("id_", [OLD, NEW])
def test_both_sides_stand_on_both_pages(tmp_path, id_):
    found = turned(night(tmp_path), id_)
    assert found.day == "2026-05-01"
    assert "夜市管理条例" in found.law
    assert [one.span for one in found.old] == ["处二百元以下罚款。"]
    assert [one.span for one in found.new] == ["处一千元以下罚款。"]
    assert "夜市管理办法》第二十五条" in found.old[0].basis


def test_the_page_says_which_law_applies_and_gives_no_verdict(tmp_path):
    whole = night(tmp_path)
    body = page(register(whole, "2026-11-26"), whole.record("items", NEW), "").body
    assert "法律改过：看行为发生在哪一天" in body
    assert "处二百元以下罚款" in body
    assert "新的规定处罚较轻或者不认为是违法的，适用新的规定" in body
    assert "由执法机关根据案情认定，本页不下结论" in body


def test_an_ended_power_says_that_it_may_still_hold_for_earlier_acts(tmp_path):
    whole = night(tmp_path)
    body = page(register(whole, "2026-11-26"), whole.record("items", OLD), "").body
    assert "行为发生在停止行使以前的，仍可能适用" in body
    later = page(register(whole, "2028-11-26"), whole.record("items", OLD), "").body
    assert "仍可能适用" not in later


@pytest.mark.parametrize(("at", "there"), [("2026-05-01", True), ("2028-04-30", True), ("2028-05-01", False)])
def test_for_two_years(tmp_path, at, there):
    assert bool(turned(night(tmp_path), NEW, at)) is there


def test_a_law_not_yet_in_force_has_changed_nothing(tmp_path):
    assert turned(night(tmp_path), NEW, "2026-04-30") is None


@pytest.mark.parametrize("end", ["2025-05-01", "2026-04-30", "2026-05-02"])
def test_a_power_that_ended_on_another_day_is_no_old_law(tmp_path, end):
    whole = night(tmp_path, end=end)
    assert turned(whole, NEW).old == ()
    assert turned(whole, OLD) is None
    body = page(register(whole, "2026-11-26"), whole.record("items", NEW), "").body
    assert "本站没有登记当时与它对应的事项；不等于当时没有规定" in body


def test_an_older_law_has_nothing_to_say(tmp_path):
    assert turned(night(tmp_path), OTHER) is None


def test_the_notice_box_has_the_same_as_plain_text(tmp_path):
    found = all_turned(register(night(tmp_path), "2026-11-26"))
    assert set(found) == {f"items/{OLD}", f"items/{NEW}"}
    assert found[f"items/{OLD}"] == found[f"items/{NEW}"]
    assert found[f"items/{OLD}"]["law"] == "《夜市管理条例》（2025年公布）"
    assert found[f"items/{OLD}"]["old"] == [
        {
            "url": f"items/{OLD}/",
            "name": "对占用夜市通道的处罚（以前的行为）",
            "basis": "《夜市管理办法》第二十五条",
            "told": "处二百元以下罚款。",
        }
    ]


def test_the_general_provision_that_counted_before_stands_on_the_old_side(tmp_path):
    found = night(tmp_path)
    path = found.root / f"catalog/items/{NEW}.yaml"
    path.write_text(path.read_text("utf-8") + f"此前适用: [{OTHER}]\n", "utf-8")
    (found.root / f"catalog/items/{OLD}.yaml").unlink()
    found = catalog(found.root)
    one = turned(found, NEW)
    assert [side.name for side in one.old] == [found.title(found.record("items", OTHER))]
    assert turned(found, OTHER) is None


VERSIONS = """\
名称: 夜市管理条例
位阶: 行政法规
制定机关: 示例机关
条号版本: {spoken}年公布
版本:
  - {{名称: 2020年公布, 公布日期: 2020-01-01, 施行日期: 2020-03-01, 条数: 30, 罚则条: [25]}}
  - 名称: 2025年公布
    公布日期: 2025-12-01
    施行日期: 2026-05-01
    条数: 31
    罚则条: [26]
    条文对照: [{{旧: 第二十五条, 新: 第二十六条, 变化: [{change}]}}]
核对: {{日期: 2026-11-01, 来源: 国家法律法规公开文本}}
"""
FINE = "处一千元以下罚款。"


PLACE = "《夜市管理条例》第二十五条"
MOVED = PLACE + "现为第二十六条"


@pytest.mark.parametrize(
    ("case", "old", "new"),
    [
        ("2020 2026-11-01 改幅度", PLACE, ""),
        ("2020 2026-11-01 仅改号", PLACE, f"{MOVED}（仅改号）"),
        ("2025 2025-11-01 改幅度", f"{MOVED}（改幅度）", ""),
        ("2025 2026-11-01 改幅度", "", "《夜市管理条例》第二十六条"),
        ("2025 2025-11-01 仅改号", PLACE, "《夜市管理条例》第二十六条"),
    ],
)
def test_a_range_not_read_against_the_new_version_is_the_old_one(tmp_path, case, old, new):
    spoken, checked, change = case.split()
    whole = night(tmp_path)
    (whole.root / "catalog/laws/ye-shi-tiao-li.yaml").write_text(VERSIONS.format(spoken=spoken, change=change), "utf-8")
    (whole.root / f"catalog/items/{OLD}.yaml").unlink()
    text = ITEM.format("", "有效", "条例", 1000).replace("日期: 2026-11-01", f"日期: {checked}")
    text = text.replace("条: 25", "条: 26") if spoken == "2025" else text
    (whole.root / f"catalog/items/{NEW}.yaml").write_text(text, "utf-8")
    whole = catalog(whole.root)
    found = turned(whole, NEW)
    assert [(one.basis.striptags(), one.span) for one in found.old] == ([(old, FINE)] if old else [])
    assert [(one.basis.striptags(), one.span) for one in found.new] == ([(new, FINE)] if new else [])
    body = page(register(whole, "2026-11-26"), whole.record("items", NEW), "").body
    assert ("本站没有按这一天起施行的规定核对过的事项；以现行条文为准" in body) is (not new)


@pytest.mark.parametrize("end", ["2026-04-30", "2026-05-01", "2026-09-01"])
def test_a_deleted_article_without_a_successor_held_before_and_not_since(tmp_path, end):
    whole = night(tmp_path)
    (whole.root / "catalog/laws/ye-shi-tiao-li.yaml").write_text(
        VERSIONS.format(spoken="2025", change="废止").replace("新: 第二十六条, ", ""), "utf-8"
    )
    (whole.root / f"catalog/items/{OLD}.yaml").unlink()
    gone = ENDED.format(end).replace("\n承接事项: xzcf-902", "")
    text = ITEM.format("", gone, "条例", 1000).replace("条例, 条", "条例, 版本: 2020年公布, 条")
    (whole.root / f"catalog/items/{NEW}.yaml").write_text(text, "utf-8")
    found = turned(catalog(whole.root), NEW)
    assert (len(found.old), len(found.new)) == (1, 0)
