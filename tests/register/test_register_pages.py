"""The reference site as its readers use it: their words find its items, and a notice is told from its laws."""

from __future__ import annotations

from collections import defaultdict
from urllib.parse import quote

import pytest
from tests.browser.asking import answered, examples, wait_for_standings

TRAINING = "对生产经营单位未按照规定对从业人员进行安全生产教育和培训的处罚"
A4 = {"width": 680, "height": 1009}
"""What an A4 page with margins of 15 mm has room for, in CSS pixels."""


def test_a_notice_on_the_law_before_sees_both_sides(opened):
    page = opened("notice/")
    page.fill("textarea", "依据《危险化学品安全管理条例》第七十八条第一款第三项")
    turned = page.locator(".qz-turned").first
    turned.wait_for()
    turned.locator("summary").click()
    told = turned.inner_text()
    assert "《危险化学品安全法》（2025年公布）自 2026-05-01 起施行" in told
    assert "责令改正，可以处五万元以下罚款" in told
    assert "责令限期改正，可以处十万元以下罚款" in told
    assert page.get_by_text("由执法机关认定").count() == 1
    page.get_by_label("行为发生在哪一天").fill("2025-03-01")
    page.get_by_text("以前：先看当时的规定").first.wait_for()


def test_what_a_notice_cites_is_told_with_where_it_stands(opened):
    told = (
        ("《安全生产法》第一百二十五条", "没有这一处"),
        ("《安全生产法》第九十七条第九项", "没有这一处"),
        ("《安全生产法》（2014年修正）第九十四条第三项", "旧条号，现在是"),
        ("《安全生产法》第九十一条第一项", "可能是2014年修正的旧条号，现在是第九十四条第一款"),
        ("《安全生产法》第九十条", "可能是2014年修正的旧条号，现在是第九十三条"),
        ("《危险化学品安全管理条例》第八十条第一款第一项", "2026-05-01 起这部文件是否继续有效，没有核实"),
        ("《煤矿安全监察条例》第四十五条", "已经废止"),
        ("《突发事件应对法》（2007年）第六十四条", "旧条号，现在是"),
        ("《烟花爆竹安全管理条例》第三十六条第二款", "由公安机关实施"),
        ("《消防法》第六十条第一款第三项", "消防救援机构"),
        ("《食品安全法》第一百二十四条", "没有收录"),
        ("《生产安全事故报告和调查处理条例》第三十七条第一项", "被上位法取代"),
    )
    wait_for_standings(opened("notice/"), told)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("没培训", TRAINING),
        ("电焊证", "对生产经营单位特种作业人员未取得相应资格上岗作业的处罚"),
        ("卖鞭炮", "烟花爆竹"),
        ("动火", "危险作业"),
        ("有限空间", "危险作业"),
        ("三同时", "安全设施"),
        ("安全生产法97", TRAINING),
        ("xzcf-012", TRAINING),
    ],
)
def test_from_the_words_that_people_use(opened, words, title):
    page = opened(f"search/#q={quote(words)}")
    assert any(title in one for one in answered(page)[:10])


def test_the_home_page_gives_examples_that_find_something(opened):
    found = examples(opened(""))
    assert len(found) == 4
    assert {address: one for address, one in found.items() if not one[0] or "相近的" in one[1]} == {}


_FULLEST = 12


def test_the_fullest_sheets_of_every_type_of_power_are_one_a4_page(opened, reference):
    page = opened("", viewport=A4)
    page.emulate_media(media="print")
    by_type = defaultdict(list)
    for file in (reference / "site/items").glob("*/index.html"):
        by_type[file.parent.name.partition("-")[0]].append((file.stat().st_size, file.parent.name))
    high = {}
    for name in (name for pages in by_type.values() for _, name in sorted(pages)[-_FULLEST:]):
        page.goto(f"items/{name}/#sheet")
        high[name] = page.evaluate("document.documentElement.scrollHeight")
    assert len(high) > 30
    assert {name: height for name, height in high.items() if height > A4["height"]} == {}
