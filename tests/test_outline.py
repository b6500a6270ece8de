"""The structure of laws: its compact text, what is asked of it, and the catalog's against the statutes themselves."""

from __future__ import annotations

import random

import pytest
from tests.clerk import Clerk

from quanze.law.citation import Citation
from quanze.law.outline import Outline, Paragraph
from quanze.law.places import Step, articles

TEXT = "1-2 3:0/0/0 36:0/0/2 40:3(2=4) 97:7 134之1 135-136:0/0"


def test_the_compact_text_reads_back():
    assert str(Outline.of(TEXT)) == TEXT


@pytest.mark.parametrize("seed", range(50))
def test_any_structure_reads_back(seed):
    dice = random.Random(seed)
    numbers = sorted({(dice.randint(1, 60), dice.choice((0, 0, 0, 1, 2))) for _ in range(50)})
    outline = Outline({number: tuple(_paragraph(dice) for _ in range(dice.choice((1, 1, 2, 5)))) for number in numbers})
    assert Outline.of(str(outline)).articles == outline.articles


def _paragraph(dice):
    items = dice.choice((0, 0, 0, 2, 11))
    points = {dice.randint(1, items): dice.randint(1, 5) for _ in range(2)} if items and dice.random() < 0.3 else {}
    return Paragraph(items, tuple(sorted(points.items())))


@pytest.mark.parametrize(
    ("place", "lacks"),
    [
        (((1, 0),), ""),
        (((4, 0),), "条"),
        (((3, 0), 3), ""),
        (((3, 0), 4), "款"),
        (((97, 0), 0, 7), ""),
        (((97, 0), 0, 8), "项"),
        (((97, 0), 1, 7), ""),
        (((97, 0), 2, 1), "款"),
        (((36, 0), 0, 2), ""),
        (((36, 0), 1, 1), "项"),
        (((40, 0), 0, 2, 4), ""),
        (((40, 0), 0, 2, 5), "目"),
        (((40, 0), 0, 1, 1), "目"),
        (((134, 1),), ""),
        (((134, 0),), "条"),
        (((134, 2),), "条"),
    ],
)
def test_what_is_there(place, lacks):
    assert Outline.of(TEXT).lacks(*place) == lacks


def test_the_only_paragraph_that_has_an_item():
    outline = Outline.of("1:0/3 2:3/4")
    assert [
        outline.holder((1, 0), 3),
        outline.holder((1, 0), 4),
        outline.holder((2, 0), 2),
        outline.holder((2, 0), 4),
    ] == [
        2,
        0,
        0,
        2,
    ]


@pytest.mark.parametrize(
    "text", ["1:", "a", "3 2", "5-3", "1-2 2", "1:0//0", "1:2(3=1)", "12之1-13", "1:0/x", "0", "1 1", "1:2(1=0)"]
)
def test_what_is_no_structure_is_told(text):
    with pytest.raises(ValueError, match="quanze law outline"):
        Outline.of(text)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (97, [(97, 0)]),
        ("134之1", [(134, 1)]),
        ("95至97", [(95, 0), (96, 0), (97, 0)]),
        ("12之1至13", [(12, 1), (13, 0)]),
        ([1, "3至4"], [(1, 0), (3, 0), (4, 0)]),
        (None, []),
        ("甲", []),
    ],
)
def test_the_articles_that_are_named(value, found):
    assert list(articles(value)) == found


def test_the_places_that_are_named():
    citation = Citation.of({"条": 9, "款": 1, "项": [2, 4]})
    assert [*citation.steps] == [Step((9, 0), 1, 2), Step((9, 0), 1, 4)]
    assert str(Step((134, 1), 2, 0)) == "第一百三十四条之一第二款"


def test_a_citation_that_names_millions_of_places_is_looked_at_in_part():
    assert len([*Citation.of({"条": "1至9999", "款": "1至9999", "项": "1至9999"}).steps]) == 1000


# the command

WORDING = """安全生产示例办法

第一章 总则
第一条 为了示例，制定本办法。
第二条 生产经营单位应当做到下列事项：
（一）每月检查一次；
（二）记录检查的结果。
检查的结果应当保存一年。
第三条 本办法自公布之日起施行。
"""
LAW = "catalog/laws/shi-li-ban-fa.yaml"
FACTS = """名称: 安全生产示例办法
位阶: 部门规章
制定机关: 示例部
版本:
  # 只有一版
  - 名称: 2020年公布
    公布日期: 2020-01-01
    施行日期: 2020-03-01
    条数: 3
    罚则条: [2]  # 示例
核对: {日期: 2026-11-01, 来源: 国家法律法规公开文本}
"""


@pytest.fixture(name="clerk")
def _clerk(tmp_path):
    clerk = Clerk(tmp_path / "项目")
    clerk.write(LAW, FACTS)
    clerk.write("办法.txt", WORDING)
    return clerk


def test_a_structure_is_printed(clerk):
    done = clerk("law", "outline", "安全生产示例办法", "--text", str(clerk.root / "办法.txt"))
    assert (done.code, done.out) == (0, "1 2:2/0 3\n")
    assert clerk.read(LAW) == FACTS


def test_a_structure_is_written_and_all_else_stays(clerk):
    done = clerk("law", "outline", "shi-li-ban-fa", "--text", str(clerk.root / "办法.txt"), "--write")
    assert done.code == 0, done.err
    assert clerk.read(LAW) == FACTS.replace("    条数: 3\n", "    条数: 3\n    结构: 1 2:2/0 3\n")
    again = clerk("law", "outline", "shi-li-ban-fa", "--text", str(clerk.root / "办法.txt"), "--write")
    assert (again.code, again.out) == (0, "")


def test_a_text_of_another_version_is_refused(clerk):
    clerk.write("短.txt", WORDING.partition("第三条")[0])
    done = clerk("law", "outline", "安全生产示例办法", "--text", str(clerk.root / "短.txt"))
    assert done.code == 2
    assert "文本到第 2 条为止" in done.err


def test_without_a_text_it_is_asked_for(clerk):
    done = clerk("law", "outline", "安全生产示例办法")
    assert (done.code, done.out) == (2, "")
    assert "--text" in done.err
