"""Drafts of article maps by wording, and the catalog's maps against the statutes at hand."""

from __future__ import annotations

import re

import pytest
from tests.clerk import Clerk

from quanze.law.mapping import MappedRow, rows
from quanze.law.places import Step
from quanze.law.text import lines, read

OLD = """示例法
第一条　为了保障示例安全，制定本法。
第二条　生产单位应当每月检查仓库的消防设施，并做好记录。
第三条　运输单位应当给车辆安装定位的装置。
第四条　违反本法第二条规定的，处五万元以下的罚款；情节严重的，责令停产停业。
第五条　工会依法监督示例工作。
第六条　本法自2010年1月1日起施行。
"""
NEW = """示例法
第一条　为了保障示例安全，制定本法。
第二条　国家实行示例标准化制度，鼓励采用新的技术。
第三条　生产单位应当每月检查仓库的消防设施，并做好记录.
第四条　违反本法第三条规定的，处十万元以下的罚款；情节严重的，责令停产停业。
第五条　运输单位应当给车辆安装卫星定位的装置。
第六条　本法自2020年1月1日起施行。
"""


def wording(text):
    return read(lines(text.encode()))


def test_articles_are_matched_by_what_they_say():
    found = [row._replace(likeness=round(row.likeness, 1)) for row in rows(wording(OLD), wording(NEW))]
    assert found == [
        MappedRow(Step((2, 0)), Step((3, 0)), ("仅改号",), 1),
        MappedRow(Step((3, 0)), Step((5, 0)), ("改文字",), 0.9),
        MappedRow(Step((4, 0)), Step((4, 0)), ("改文字", "改幅度"), 0.9),
        MappedRow(Step((5, 0)), None, ("待核",), 0),
        MappedRow(Step((6, 0)), Step((6, 0)), ("改文字",), 0.9),
        MappedRow(None, Step((2, 0)), ("新增",), 0),
    ]


def test_an_article_that_was_split_has_a_row_for_each_paragraph():
    old = "示例法\n第一条　仓库应当有人看守。\n看守的人应当登记。\n第二条　车辆应当定期检修。\n第三条　本法施行。\n"
    new = (
        "示例法\n第一条　仓库应当有人看守。\n第二条　看守的人应当登记。\n第三条　车辆应当定期检修。\n"
        "检修的记录应当保存。\n第四条　本法施行。\n"
    )
    assert [(str(row.old), str(row.new), *row.changes) for row in rows(wording(old), wording(new))] == [
        ("第一条第一款", "第一条", "仅改号"),
        ("第一条第二款", "第二条", "仅改号"),
        ("第二条", "第三条", "改文字"),
        ("第二条第一款", "第三条第一款", "仅改号"),
        ("第三条", "第四条", "仅改号"),
    ]
    assert [*rows(wording(old), wording(old))] == []


PARTS = """示例条例
第一条　经营单位有下列情形之一的，处一万元以下罚款：
（一）没有标明价格的；
（二）囤积商品的；
（三）拒绝检查的。
单位负责人应当接受培训。
第二条　本条例自2010年1月1日起施行。
"""


@pytest.mark.parametrize(
    ("article", "found"),
    [
        (
            (
                "国家鼓励举报。\n经营单位有下列情形之一的，处一万元以下罚款：\n（一）没有标明价格的；\n（二）串通涨价的；\n"
                "（三）囤积商品的；\n（四）拒绝检查的。\n单位负责人应当接受培训。"
            ),
            [
                ("第一条", "第一条", "改文字"),
                ("第一条第一款", "第一条第二款", "改文字"),
                ("第一条第一款第一项", "第一条第二款第一项", "仅改号"),
                ("第一条第一款第二项", "第一条第二款第三项", "仅改号"),
                ("第一条第一款第三项", "第一条第二款第四项", "仅改号"),
                ("第一条第二款", "第一条第三款", "仅改号"),
            ],
        ),
        (
            "经营单位有下列情形之一的，处二万元以下罚款：\n（一）囤积商品的；\n（二）没有标明价格的。",
            [
                ("第一条", "第一条", "改文字", "改幅度"),
                ("第一条第一款第一项", "第一条第二项", "改文字", "改幅度"),
                ("第一条第一款第二项", "第一条第一项", "改文字", "改幅度"),
                ("第一条第一款第三项", "None", "待核"),
                ("第一条第二款", "None", "待核"),
            ],
        ),
        (
            (
                "经营单位有下列情形之一的，处一万元以下罚款：\n（一）没有标明价格的；\n（二）囤积商品的；\n（三）拒绝检查的。\n"
                "单位负责人每年应当接受培训。"
            ),
            [("第一条", "第一条", "改文字"), ("第一条第一款", "第一条第一款", "仅改号")],
        ),
    ],
)
def test_a_changed_article_has_a_row_for_each_part_that_went_elsewhere_or_stayed_the_same(article, found):
    new = wording(f"示例条例\n第一条　{article}\n第二条　本条例自2010年1月1日起施行。\n")
    assert [(str(row.old), str(row.new), *row.changes) for row in rows(wording(PARTS), new)] == found


def test_how_a_text_is_set_is_no_change():
    assert [*rows(wording(OLD), wording(OLD.replace("，", ",").replace("　", " ").replace("。", "．")))] == []


@pytest.fixture(name="clerk")
def _clerk(tmp_path):
    clerk = Clerk(tmp_path / "项目")
    clerk.write("旧.txt", OLD)
    clerk.write("新.txt", NEW)
    return clerk


def test_the_draft_is_yaml_with_its_likeness(clerk):
    done = clerk("law", "map", "安全生产法", str(clerk.root / "旧.txt"), str(clerk.root / "新.txt"))
    assert done.code == 0
    assert done.lines[:4] == [
        "条文对照:  # 草稿：按用词比对，须由人对照条文核对",
        "  - 旧: 第二条",
        "    新: 第三条",
        "    变化:",
    ]
    assert re.search(r"^  - 旧: 第三条  # 相似 0\.\d\d$", done.out, re.MULTILINE)
    assert "6 行，其中仅改号 1 行" in done.err


def test_a_version_without_wording_is_asked_for(clerk):
    done = clerk("law", "map", "安全生产法", "2014年修正", "2021年修正")
    assert (done.code, done.out) == (2, "")
    assert "没有收录《安全生产法》2014年修正的全文" in done.err


NOTES = ("（2009年12月5日公布）", "（2009年12月5日公布　2019年11月8日修订）")
SPLIT = (
    PARTS.replace("（三）", "（三）哄抬价格的；\n（四）")
    .replace("第二条　", "第二条　举报属实的，给予奖励。\n第三条　")
    .replace("2010年", "2020年")
)


@pytest.fixture(name="told")
def _told(clerk):
    """Return what the check tells of the map that is drafted of two wordings, once `change` has altered it."""

    def told(old, new, change=str):
        title = old.partition("\n")[0]
        path = ""
        for text, note in zip((old, new), NOTES, strict=True):
            file = clerk.write("来文.txt", text.replace("\n", f"\n{note}\n", 1))
            found = clerk("law", "import", str(file), "--at", "2026-11-23").lines
            if not path:
                path = next(line for line in found if line.startswith("catalog/"))
                clerk.write(path, clerk.read(path) + "核对: {日期: 2026-11-01, 来源: 虚构}\n")
        draft = "".join(f"    {line}\n" for line in clerk("law", "map", title, "2009年公布", "2019年修订").lines)
        head, structure, tail = clerk.read(path).rpartition("    结构: ")
        structure, end, tail = f"{structure}{tail}".partition("\n")
        clerk.write(path, f"{head}{structure}{end}{change(draft)}{tail}")
        lines_ = clerk("check", "--at", "2026-11-23").lines
        return [line.partition("待复核：")[2] for line in lines_ if "article-map" in line]

    return told


@pytest.mark.parametrize(("old", "new"), [(OLD, NEW), (PARTS, SPLIT)])
def test_a_draft_agrees_with_the_wordings_that_it_was_drafted_of(told, old, new):
    assert told(old, new) == []


def without(row):
    """Return a change that leaves out one row of a draft."""
    return lambda draft: re.sub(rf"(?m)^      - {row}.*\n(?:        .*\n)*", "", draft)


@pytest.mark.parametrize(
    ("old", "new", "change", "said"),
    [
        (OLD, NEW, without("旧: 第二条"), ["第二条没有写，而两版不同", "2019年修订的第三条没有来处"]),
        (OLD, NEW, without("旧: 第四条"), ["第四条没有写，而两版不同"]),
        (OLD, NEW, without("新: 第二条"), ["2019年修订的第二条没有来处"]),
        (
            OLD,
            NEW,
            lambda draft: re.sub("改文字\n *- 改幅度", "仅改号", draft),
            ["写的是「仅改号」，而第四条和现在的第四条用词不同"],
        ),
        (
            PARTS,
            SPLIT,
            lambda draft: draft.replace("新: 第一条第一款第四项", "新: 第一条第一款第三项"),
            ["写的是「仅改号」，而第一条第一款第三项和现在的第一条第一款第三项用词不同"],
        ),
        (PARTS, SPLIT, lambda draft: draft.replace("第四项", "第五项"), ["2019年修订没有第一条第一款第五项这一项"]),
        (
            SPLIT.replace("2020年", "2010年"),
            PARTS.replace("2010年", "2020年"),
            without("旧: 第三条"),
            ["2009年公布的第三条没有写，2019年修订也没有"],
        ),
    ],
)
def test_a_map_that_the_wordings_contradict_is_told(told, old, new, change, said):
    found = told(old, new, change)
    assert [line for line in said if not any(one.startswith(line) for one in found)] == []
    assert len(found) >= len(said)
