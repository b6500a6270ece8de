"""Figures of a list: worked out, compared with what was stated, drawn, and written to be pasted into a report."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from pathlib import Path

import docx
import pytest

from quanze.base.model import Record
from quanze.form import Field, form
from quanze.form.kinds import reading, statistic
from quanze.form.kinds.statistic import Statistic
from quanze.history.figures import Figures
from quanze.register.catalog import Catalog
from quanze.register.links import SiteLook
from quanze.register.listing import listing
from quanze.site import exports
from quanze.site.exports.report import list_markdown, report_docx
from quanze.site.pages import lists
from quanze.site.pages.charts import chart
from quanze.site.pages.context import RenderContext
from quanze.site.pages.rows import cells
from quanze.site.reckoning import chapters

DAY = "2026-11-26"
TITLE, TEXT, NUMBER = (
    {"type": kind, "title": name} for kind, name in (("string", "标题"), ("string", "文本"), ("number", "数值"))
)
SCHEMAS = {
    "works": {
        "title": "工程",
        "properties": {
            "名称": TITLE,
            "类别": {"type": "string", "title": "文本", "enum": ["水", "电", "路"]},
            "各年": {"type": "array", "items": {"type": "object", "properties": {"年": NUMBER, "里程": NUMBER}}},
        },
    },
    "numbers": {
        "title": "年报数",
        "properties": {
            "指标": TITLE,
            "章": TEXT,
            "写的": NUMBER,
            "数": {"title": "统计", "type": "object", "properties": {"计": TEXT}},
            "单位": {"type": "string", "title": "计量单位"},
        },
        "rules": [{"compare": ["写的", "=", "数"], "level": "review"}],
    },
    "lists": {"title": "清单", "properties": {"名称": TITLE}},
}
WORKS = {
    "g-1": {"名称": "甲渠", "类别": "水", "各年": [{"年": 2025, "里程": 3}, {"年": 2026, "里程": 4}]},
    "g-2": {"名称": "乙路", "类别": "路", "各年": [{"年": 2026, "里程": 1.5}]},
    "g-3": {"名称": "丙渠", "类别": "水"},
}
COUNT = {"集合": "works", "计": "件数"}
NUMBERS = {
    "s-1": {"指标": "全部", "章": "工程", "写的": 4, "数": COUNT, "单位": "件"},
    "s-2": {"指标": "水工程", "章": "工程", "写的": 2, "数": {**COUNT, "条件": {"类别": "水"}}, "单位": "件"},
    "s-3": {"指标": "各类|工程", "章": "工程", "数": {**COUNT, "按": "类别"}, "单位": "件"},
    "s-4": {
        "指标": "2026 年里程",
        "章": "里程",
        "数": {"集合": "works", "条件": {"各年.年": 2026}, "计": "合计", "栏目": "各年.里程"},
        "单位": "%",
    },
    "s-5": {"指标": "参观", "章": "其他", "写的": 20, "单位": "人"},
    "s-6": {"指标": "新增", "章": "其他", "写的": 1, "数": {"集合": "works", "计": "新增", "年度": 2026}, "单位": "件"},
}
LIST = {
    "名称": "年报<数>",
    "性质": "本机关公布",
    "公布主体": "无",
    "集合": "numbers",
    "版式": {"分组": "章"},
    "列": [{"字段": name} for name in ("序号", "指标", "写的", "数", "单位")],
    "短列": ["序号", "指标", "数"],
}


@pytest.fixture(name="catalog")
def _catalog():
    forms = {name: form(name, schema) for name, schema in SCHEMAS.items()}
    held = {"works": WORKS, "numbers": NUMBERS, "lists": {"nb": LIST}}
    records = {
        name: {id_: Record(name, id_, f"catalog/{name}/{id_}.yaml", data) for id_, data in found.items()}
        for name, found in held.items()
    }
    return Catalog(Path(), {"名称": "工程"}, forms, records)


@pytest.fixture(name="context")
def _context(catalog):
    figures = Figures(catalog, DAY)
    return RenderContext(catalog, SiteLook(catalog, figures=figures), DAY, figures)


@pytest.fixture(name="told")
def _told(context):
    record = context.catalog.records["lists"]["nb"]
    return chapters(context.listing(record), context.figures)


def test_a_sentence_says_what_comes_out_and_what_was_stated(told):
    said = [one.sentence for chapter in told for one in chapter.figures]
    assert said == [
        "全部：登记算出来是 3 件，报告写的是 4 件，两者不同。",
        "水工程：2 件。",
        "各类|工程：3 件，其中水 2 件、路 1 件。",
        "2026 年里程：5.5%。",
        "参观：报告写的是 20 人，没有据以核对的登记。",
        "新增：报告写的是 1 件，没有据以核对的登记。",
    ]


def test_a_sum_takes_of_a_list_the_elements_that_meet_the_condition(catalog):
    asked = {"集合": "works", "计": "合计", "栏目": "各年.里程"}
    assert Figures(catalog, DAY).number(Statistic.of(asked)) == Decimal("8.5")
    assert Figures(catalog, DAY).number(Statistic.of({**asked, "条件": {"各年.年": 2025}})) == 3


def test_parts_come_in_the_order_of_the_vocabulary_and_make_up_the_whole(catalog):
    figures = Figures(catalog, DAY)
    assert figures.parts(Statistic.of({**COUNT, "按": "类别"})) == (("水", 2), ("路", 1))
    assert figures(Statistic.of({**COUNT, "按": "类别"})) == "3（水 2、路 1）"
    by_distance = {"集合": "works", "计": "合计", "栏目": "各年.里程", "按": "类别"}
    assert figures.parts(Statistic.of(by_distance)) == (("水", 7), ("路", Decimal("1.5")))
    assert figures.parts(Statistic.of({**COUNT, "按": "名"})) == (("未载明", 3),)


@pytest.mark.parametrize(
    ("statistic", "words"),
    [
        (COUNT, "工程里有多少条"),
        ({**COUNT, "条件": {"类别": ["水", "电"]}, "年度": 2025}, "工程里类别为水、电的，2025 年有多少条"),
        ({"清单": "nb", "计": "版次", "年度": 2025}, "清单「年报<数>」里 2025 年公布几版"),
        (
            {**COUNT, "条件": {"止": {"无": True}, "起": {"之后": "2026-01-01"}}},
            "工程里止没有写、起在 2026-01-01 之后的，有多少条",
        ),
    ],
)
def test_how_a_figure_is_worked_out(catalog, statistic, words):
    assert Figures(catalog, DAY).words(Statistic.of(statistic)) == words


def test_bars_are_of_one_unit_and_of_parts(told):
    drawn = [(title, [(name, str(number)) for name, _, number in bars]) for one in told for title, bars in one.charts()]
    assert drawn == [
        ("工程（件）", [("全部", "3"), ("水工程", "2")]),
        ("各类|工程", [("水", "2"), ("路", "1")]),
    ]


def test_a_chart_says_its_numbers_and_marks_what_was_stated_otherwise(told):
    title, bars = next(told[0].charts())
    svg = str(chart(title, bars))
    assert 'role="img" aria-label="工程（件）：全部 3 件，水工程 2 件"' in svg
    assert svg.count("qz-chart__stated") == 1
    widths = [int(width) for width in re.findall(r'<rect [^>]*width="(\d+)"', svg)]
    assert widths == [187, 125]  # 3 and 2 of the 4 that were stated


def test_the_page_has_the_table_before_the_charts_and_tells_what_differs(context):
    body = str(lists.page(context, context.catalog.records["lists"]["nb"], "").body)
    assert body.index("</table>") < body.index('class="qz-chart"')
    assert "<li>全部：登记算出来是 3 件，报告写的是 4 件，两者不同。</li>" in body
    assert 'href="../../data/v1/lists/nb.docx"' in body
    assert body.count("报告写的是 4 件") == 1


def test_markdown_has_a_table_under_each_heading_and_nothing_that_markdown_reads(context, told):
    record = context.catalog.records["lists"]["nb"]
    text = list_markdown(context.listing(record), cells(context, record), "【演示】", "年报<数>", told).decode()
    assert text.startswith("# 年报\\<数\\>\n\n> 【演示】\n\n## 工程\n\n- 全部：")
    assert "| 3 | 各类\\|工程 | 未载明 | 3（水 2、路 1） | 件 |" in text
    assert [line for line in text.splitlines() if line.startswith("## ")] == ["## 工程", "## 里程", "## 其他"]


def test_a_document_has_the_sentences_above_each_table(context, told):
    record = context.catalog.records["lists"]["nb"]
    made = docx.Document(io.BytesIO(report_docx(context.listing(record), cells(context, record), "", "年报", told)))
    assert [len(table.rows) for table in made.tables] == [4, 2, 3]
    assert "各类|工程：3 件，其中水 2 件、路 1 件。" in [one.text for one in made.paragraphs]


def test_a_list_without_figures_has_no_chapters(catalog):
    definition = {**LIST, "集合": "works", "版式": {}, "列": [{"字段": "名称"}], "短列": ["名称"]}
    plain = Record("lists", "gc", "catalog/lists/gc.yaml", definition)
    this = listing(catalog, plain, DAY)
    assert chapters(this, Figures(catalog, DAY)) == ()
    cells = exports.rows(this, catalog, SiteLook(catalog))
    assert "| 名称 |\n| --- |\n| 甲渠 |" in list_markdown(this, cells, "", "工程").decode()


def test_rows_under_headings_are_numbered_as_they_stand(context):
    rows = context.listing(context.catalog.records["lists"]["nb"]).rows
    assert [(row.number, row.heading) for row in rows] == [
        (1, "工程"),
        (2, "工程"),
        (3, "工程"),
        (4, "里程"),
        (5, "其他"),
        (6, "其他"),
    ]


def test_a_number_that_was_worked_out_is_no_value_of_its_field(catalog):
    field = Field("统计", statistic.KIND)
    with pytest.raises(ValueError, match="系统算出来的数"):
        reading.read("33", field, catalog)
