"""Lists laid out: a row an element, one field against another, under headings; through a reference; by condition."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from tests.repository import Repository

from quanze.base.model import Record
from quanze.form import form, kinds
from quanze.form.conditions import conditions, meets
from quanze.form.schema import FORBIDDEN
from quanze.history.comparison import compare
from quanze.history.editions import ListSnapshot
from quanze.io import git
from quanze.register.catalog import Catalog
from quanze.register.cells import cell
from quanze.register.links import SiteLook
from quanze.register.listing import listing
from quanze.register.paths import find, values
from quanze.site import exports
from quanze.site.exports.fragment import list_html
from quanze.site.exports.lists import VALUES
from quanze.site.pages.annex import table_body
from quanze.site.pages.lists import bars
from quanze.site.pages.table import TableRows, table
from quanze.site.versions import ListState, of_list

TEXT, TITLE = {"type": "string", "title": "文本"}, {"type": "string", "title": "标题"}
STATUS = {"type": "string", "title": "状态", "enum": ["拟", "有效", "取消"]}
SCHEMAS = {
    "bureaus": {"title": "部门", "properties": {"名称": TITLE, "热线": TEXT}},
    "tiers": {
        "title": "阶梯水价",
        "properties": {
            "用户": TITLE,
            "主管": {"title": "关联记录", "type": "string", "collection": "bureaus"},
            "类别": {"type": "string", "title": "文本", "enum": ["居民", "商户"]},
            "状态": STATUS,
            "罚": {
                "type": "array",
                "items": {
                    "type": "object",
                    "title": "罚则",
                    "properties": {
                        **dict.fromkeys(("情形", "对象", "力度", "决定机关"), TEXT),
                        "种类": {"type": "array", "items": TEXT},
                        "罚款": {"title": "罚款", "type": "object", "properties": {"上限": {"title": "金额"}}},
                        "依据": {"type": "array", "items": {"title": "引用依据", "type": "object", "properties": {}}},
                    },
                },
            },
            "水期": {"title": "数量", "type": "integer", "unit": "个月"},
            "管长": {"title": "数值", "type": "number", "unit": "公里"},
            "止": {"title": "终止日期", "type": "string"},
            "档": {"type": "array", "items": {"type": "object", "properties": {"名": TEXT, "价": {"title": "金额"}}}},
        },
    },
    "lists": {"title": "清单", "properties": {"名称": TITLE}},
}
ROWS = {
    "a-1": {
        "用户": "甲户",
        "主管": "shui-ju",
        "类别": "居民",
        "状态": "有效",
        "档": [{"名": "一", "价": 1}, {"名": "二", "价": 2}],
    },
    "a-2": {"用户": "乙户", "主管": "shui-ju", "类别": "商户", "状态": "有效", "档": [{"名": "一", "价": 3}]},
    "a-3": {"用户": "丙户", "类别": "居民", "状态": "取消", "止": "2026-01-01"},
    "a-4": {"用户": "丁户", "类别": "居民", "状态": "拟"},
}


@pytest.fixture(name="catalog")
def _catalog():
    forms = {name: form(name, schema) for name, schema in SCHEMAS.items()}
    held = {"bureaus": {"shui-ju": {"名称": "水务局", "热线": "12345"}}, "tiers": ROWS, "lists": {}}
    records = {
        name: {id_: Record(name, id_, f"catalog/{name}/{id_}.yaml", data) for id_, data in found.items()}
        for name, found in held.items()
    }
    return Catalog(Path(), {"名称": "某局"}, forms, records)


def made(catalog, *columns, at="2026-06-01", short=(), **more):
    names = [{"字段": name} for name in columns]
    data = {"名称": "水价表", "集合": "tiers", "列": names, "短列": [*(short or columns)], **more}
    return listing(catalog, Record("lists", "shui-jia", "catalog/lists/shui-jia.yaml", data), at)


def cells(this, catalog):
    return exports.rows(this, catalog, SiteLook(catalog))


def shown(this, catalog, look):
    make = TableRows(this, catalog, look)
    return str(table(this, [make(row) for row in this.rows]))


def test_drafts_and_ended_records_stand_in_a_list_only_where_it_asks_for_them(catalog):
    assert [row.records[0].id for row in made(catalog, "用户").rows] == ["a-1", "a-2"]
    asked = made(catalog, "用户", 条件={"状态": ["有效", "取消", "拟"]})
    assert [row.records[0].id for row in asked.rows] == ["a-1", "a-2", "a-3"]
    by_day = made(catalog, "用户", 条件={"止": {"之前": "当日"}})
    assert [row.records[0].id for row in by_day.rows] == ["a-3"]


@pytest.mark.parametrize(
    ("written", "met"),
    [
        ({"主管": {"无": True}}, ["a-3", "a-4"]),
        ({"主管": {"无": False}}, ["a-1", "a-2"]),
        ({"止": {"之前": "2026-01-01"}}, []),
        ({"止": {"之前": "2026-01-02"}}, ["a-3"]),
        ({"止": {"之后": "2025-12-31"}}, ["a-3"]),
        ({"止": {"之后": "当日"}}, []),
        ({"档.名": "二"}, ["a-1"]),
        ({"类别": {"含": ["民", "无"]}, "状态": ["有效", "取消"]}, ["a-1", "a-3"]),
        ({"档.名": {"含": ["无此词"]}}, []),
        ({"类别": "居民", "状态": ["有效", "取消"]}, ["a-1", "a-3"]),
    ],
)
def test_conditions(written, met):
    assert [id_ for id_, data in ROWS.items() if meets(data, conditions(written), "2026-06-01")] == met


def test_a_column_passes_one_reference(catalog):
    this = made(catalog, "用户", "主管.热线")
    assert cells(this, catalog) == [["甲户", "12345"], ["乙户", "12345"]]
    assert find(catalog.forms, catalog.forms["tiers"], "主管.热线").name == "热线"
    assert find(catalog.forms, catalog.forms["tiers"], "主管.邮箱") is None
    assert values(catalog, catalog.records["tiers"]["a-3"], "主管.热线") == []


def test_a_number_in_a_cell_has_its_unit_and_as_data_is_a_number(catalog):
    row = replace(catalog.records["tiers"]["a-1"], data={**ROWS["a-1"], "水期": 6, "管长": 1200.5})
    catalog = replace(catalog, records={**catalog.records, "tiers": {"a-1": row}})
    this = made(catalog, "水期", "管长")
    told = cells(this, catalog)
    assert told == [["6 个月", "1,200.5 公里"]]
    (data,) = exports.list_data(this, told, catalog)["rows"]
    assert data[VALUES] == {"水期": [6], "管长": [1200.5]}


def test_sanctions_are_read_as_one_sentence_and_written_to_files_part_by_part(catalog):
    known = {"情形": "基本情形", "对象": "用户", "力度": "应当", "种类": ["罚款"], "罚款": {"上限": 50_000}}
    basis = {"依据": [{"依据文件": "供水条例", "条": 9}]}
    late = {**known, "情形": "逾期未交的", "罚款": {"上限": 100_000}}
    for one in ({**known, **basis}, known):  # without its basis nobody has verified it
        rows = {"a-1": replace(catalog.records["tiers"]["a-1"], data={**ROWS["a-1"], "罚": [one, {**late, **basis}]})}
        here = replace(catalog, records={**catalog.records, "tiers": rows})
        this = made(here, "用户", "罚")
        file = exports.rows(this, here, SiteLook(here))[0][1]
        assert file.startswith("情形：基本情形；对象：用户；")
        read = shown(this, here, SiteLook(here))
        assert ("处五万元以下罚款；逾期未交的，处十万元以下罚款。" in read) == ("依据" in one)
        assert ("情形：" in read) == ("依据" not in one)


def test_a_row_an_element(catalog):
    this = made(catalog, "序号", "用户", "档.名", "档.价", 版式={"拆行": "档"})
    assert this.total == 2
    assert cells(this, catalog) == [
        ["1", "甲户", "一", "1 元"],
        ["1", "甲户", "二", "2 元"],
        ["2", "乙户", "一", "3 元"],
    ]
    assert [this.spans(row, this.columns) for row in this.rows] == [[2, 2, 1, 1], [0, 0, 1, 1], [1, 1, 1, 1]]


def test_the_parts_of_one_entry_are_numbered_where_editions_are_compared(catalog):
    this = made(catalog, "用户", "档.名", 版式={"拆行": "档"})
    told = of_list(ListState("现行", "", "2026-06-01", catalog, this, cells(this, catalog)), ()).decode()
    assert [one in told for one in ("甲户（1）", "甲户（2）", "乙户（1）", '"乙户"')] == [True, True, False, True]


def test_a_record_without_any_element_has_a_row_all_the_same(catalog):
    bare = replace(catalog.records["tiers"]["a-1"], data={**ROWS["a-1"], "档": []})
    catalog = replace(catalog, records={**catalog.records, "tiers": {"a-1": bare}})
    this = made(catalog, "用户", "档.名", 版式={"拆行": "档"})
    assert cells(this, catalog) == [["甲户", "未载明"]]
    assert this.total == 1


def test_what_a_record_of_that_kind_cannot_have_is_not_applicable_and_what_it_could_is_absent(catalog):
    only_homes = {"if": {"properties": {"类别": {"const": "居民"}}}, "else": {"properties": {"水期": FORBIDDEN}}}
    forms = {**catalog.forms, "tiers": form("tiers", {**SCHEMAS["tiers"], "allOf": [only_homes]})}
    catalog = replace(catalog, forms=forms)
    this = made(catalog, "用户", "水期")
    assert cells(this, catalog) == [["甲户", "未载明"], ["乙户", "不适用"]]
    on_page = shown(this, catalog, SiteLook(catalog))
    assert [on_page.count(word) for word in ("未载明", "不适用")] == [1, 1]
    joined = made(catalog, "水期", 条目=[{"事项": ["a-1", "a-2"]}])
    assert cells(joined, catalog) == [["未载明"]]


def test_each_record_of_a_joined_row_is_a_link_of_its_own_where_its_name_stands(catalog):
    joined = [{"事项": ["a-1", "a-2"], "改写": {}, "理由": "合写"}]
    look = SimpleNamespace(base="../", title=str, url=str, law=str)
    named = shown(made(catalog, "用户", "类别", 条目=joined), catalog, look)
    assert [f'href="../tiers/{id_}/"' in named for id_ in ("a-1", "a-2")] == [True, True]
    unnamed = shown(made(catalog, "类别", 条目=joined), catalog, look)
    assert "居民" in unnamed
    assert "../tiers/a-1/" not in unnamed


def test_without_that_layout_a_part_of_a_list_is_told_whole(catalog):
    assert cells(made(catalog, "用户", "档.名"), catalog) == [["甲户", "一\n二"], ["乙户", "一"]]


def test_merged_cells_in_every_form(catalog):
    this = made(catalog, "用户", "档.名", 版式={"拆行": "档"})
    told = cells(this, catalog)
    assert str(table_body(this, told)).startswith('<tr><td rowspan="2">甲户</td><td>一</td></tr>\n<tr><td>二</td></tr>')
    assert b'rowspan="2"' in list_html(this, told, "", "水价表")
    page = shown(this, catalog, SimpleNamespace(base="../", title=str, url=str, law=str))
    assert '<th scope="row" data-label="用户" rowspan="2"><a href="../tiers/a-1/">甲户</a></th>' in page
    assert page.count("<tbody>") == page.count("</tbody>") == 2
    book = openpyxl.load_workbook(io.BytesIO(exports.list_xlsx(this, told, "", "水价表")))
    assert "A3:A4" in [str(one) for one in book.active.merged_cells.ranges]
    assert exports.list_csv(this, told, "").decode("utf-8-sig").splitlines()[1:] == ["甲户,一", "甲户,二", "乙户,一"]


def test_rows_of_a_workbook_are_as_high_as_what_they_hold_and_their_merged_cells(catalog):
    long = {**catalog.records["tiers"]["a-1"].data, "用户": "\n".join("甲乙丙丁戊")}
    one = replace(catalog.records["tiers"]["a-1"], data=long)
    whole = replace(catalog, records={**catalog.records, "tiers": {**catalog.records["tiers"], "a-1": one}})
    this = made(whole, "用户", "档.名", 版式={"拆行": "档"}, 范围="本市。")
    book = exports.list_xlsx(this, cells(this, whole), "", "水价表")
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    heights = [sheet.row_dimensions[row].height for row in (3, 4, 5)]
    assert heights[0] + heights[1] >= 5 * heights[2]
    assert "<p>适用范围：本市。</p>" in list_html(this, cells(this, whole), "", "水价表").decode()


def test_under_headings_in_the_order_of_the_vocabulary(catalog):
    this = made(catalog, "用户", 版式={"分组": "类别"}, 排序=["用户"])
    assert list(this.headings()) == ["居民", "商户"]
    page = shown(this, catalog, SiteLook(catalog))
    assert page.count('class="qz-table__heading"') == 2
    assert page.index(">居民<") < page.index(">甲户<") < page.index(">商户<") < page.index(">乙户<")


def test_one_field_against_another(catalog):
    this = made(catalog, "用户", 版式={"矩阵": {"行": "主管", "列": "类别", "格": "用户"}})
    assert [column.title for column in this.columns] == ["主管", "居民", "商户"]
    assert cells(this, catalog) == [["水务局", "甲户", "乙户"]]
    page = shown(this, catalog, SiteLook(catalog, base="../../"))
    assert '<td data-label="商户"><span class="qz-v"><a href="../../tiers/a-2/">乙户</a></span></td>' in page


def test_what_is_crossed_or_grouped_is_told_by_name_and_a_record_that_does_not_tell_it_is_not_lost(catalog):
    more = {**catalog.records["tiers"], "a-6": Record("tiers", "a-6", "catalog/tiers/a-6.yaml", {"用户": "己户"})}
    whole = replace(catalog, records={**catalog.records, "tiers": more})
    this = made(whole, "用户", 版式={"矩阵": {"行": "类别", "列": "主管", "格": "用户"}})
    assert [column.title for column in this.columns] == ["类别", "水务局", "未载明"]
    assert cells(this, whole) == [["居民", "甲户", "—"], ["商户", "乙户", "—"], ["未载明", "—", "己户"]]
    grouped = made(whole, "用户", 版式={"分组": "主管"})
    assert [row.heading for row in grouped.rows] == ["水务局", "水务局", "未载明"]
    through = made(whole, "用户", 版式={"分组": "主管.热线"})
    assert [row.heading for row in through.rows] == ["12345", "12345", "未载明"]


def test_what_is_counted_is_records_however_many_rows_tell_them(catalog):
    for layout in ({"拆行": "档"}, {"矩阵": {"行": "类别", "列": "主管", "格": "用户"}}, {"分组": "类别"}):
        first = catalog.records["tiers"]["a-1"]
        more = {**catalog.records["tiers"], "a-5": replace(first, id="a-5", path="catalog/tiers/a-5.yaml")}
        one = replace(catalog, records={**catalog.records, "tiers": more})
        this = made(one, "用户", "类别", 版式=layout, 筛选=["类别"])
        assert this.total == 3
        assert [(bar.name, bar.count) for bar in bars(this)] == [("居民", 2), ("商户", 1)]
        page = shown(this, one, SiteLook(one))
        assert "（共 3 项）" in page
        assert ('data-records="2"' in page) == this.matrix


def test_editions_of_a_matrix_differ_in_the_cell_that_differs(catalog, tmp_path):
    repository = Repository(tmp_path)
    repository.write("a", "")
    catalog = replace(catalog, root=tmp_path)
    layout = {"版式": {"矩阵": {"行": "主管", "列": "类别", "格": "用户"}}}
    record = catalog.records["tiers"]["a-2"]
    other = replace(record, data={**record.data, "用户": "乙户二"})
    later = replace(catalog, records={**catalog.records, "tiers": {**catalog.records["tiers"], "a-2": other}})
    commit = git.Commit(repository.commit("2026-01-01"), "", (), "2026-01-01", "", "", "")
    then, same, now = (
        ListSnapshot(commit, one, made(one, "用户", **layout), SiteLook(one)) for one in (catalog, catalog, later)
    )
    assert compare(then, same).changed == ()
    (pair,) = compare(then, now).changed
    assert pair.cells == (("类别·商户", "乙户", "乙户二"),)


def test_a_row_leads_to_its_record_without_a_title_among_the_columns(catalog):
    page = shown(made(catalog, "序号", "类别"), catalog, SiteLook(catalog, base="../../"))
    assert '<a href="../../tiers/a-2/">商户</a>' in page
    assert cell(made(catalog, "序号").columns[0], made(catalog, "序号").rows[0], catalog, SiteLook(catalog)) == ("1",)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"类别": "居民"}, "类别：居民"),
        ({"类别": {"含": ["人", "户"]}}, "类别：含有「人」、「户」之一"),
        ({"止": {"无": False}}, "止：写明"),
        ({"止": {"之前": "当日"}, "主管": {"无": True}}, "止：当日 之前；主管：没有写明"),
    ],
)
def test_a_condition_in_words(written, told):
    assert kinds.CONDITION.text(written, None, None) == told


def test_a_word_that_is_in_no_vocabulary_stands_after_those_that_are(catalog):
    more = {**catalog.records["tiers"]}
    for id_, word in (("a-6", "别的"), ("a-7", "商户")):
        more[id_] = Record("tiers", id_, f"catalog/tiers/{id_}.yaml", {"用户": id_, "类别": word, "状态": "有效"})
    this = made(replace(catalog, records={**catalog.records, "tiers": more}), "用户", 排序=["类别"])
    assert [row.records[0].id for row in this.rows] == ["a-1", "a-2", "a-7", "a-6"]


def test_a_short_table_says_both_heads_and_on_a_telephone_names_what_does_not_speak_for_itself(catalog):
    columns = [
        {"字段": "用户"},
        {"字段": "类别", "组": "用水", "标题": "等级"},
        {"字段": "水期", "组": "用水", "标题": "期限"},
        {"字段": "状态"},
    ]
    this = made(catalog, *(one["字段"] for one in columns), 列=columns)
    rows = [TableRows(this, catalog, SiteLook(catalog))(row) for row in this.rows]
    assert re.findall(r'scope="col"[^>]*>([^<]*)<', str(table(this, rows))) == [
        "用户",
        "用水·等级",
        "用水·期限",
        "状态",
    ]
    assert re.findall(r'data-label="([^"]*)"( data-bare)?', rows[0])[1:] == [
        ("用水·等级", ""),
        ("用水·期限", ""),
        ("状态", " data-bare"),
    ]
