"""What a page says on the very day, of the very length: at the boundary itself, and one step beside it."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from types import SimpleNamespace

import docx
import openpyxl
import pytest
import xlsxwriter
from markupsafe import Markup
from tests import golden
from tests.changed import changed, register
from tests.project import DAY
from tests.small_register import Register

from quanze.base.model import Record
from quanze.form import Field, kinds
from quanze.form.kinds import tier
from quanze.history import comparison
from quanze.history.wording import Difference
from quanze.law import sentence
from quanze.law.articlemap import Fate
from quanze.law.citation import DUTY, Citation
from quanze.law.places import Step
from quanze.law.sanction import Sanction
from quanze.law.text import read
from quanze.proof import evidence
from quanze.register import disclaimer
from quanze.register.catalog import Catalog
from quanze.register.displaced import Displaced, _covering
from quanze.register.links import SiteLook
from quanze.register.renewal import CHANGED
from quanze.register.settings import Settings
from quanze.site import dates, feeds, gist, robots, versions
from quanze.site.exports import annex, lists
from quanze.site.ics import _folded
from quanze.site.notices import notices
from quanze.site.pages import annex as whole_table
from quanze.site.pages import (
    changes,
    difference,
    first,
    hearing,
    law,
    linked,
    parts,
    provision,
    related,
    renewed,
    sheet,
)
from quanze.site.search_records import entries

SAFETY, NAME = "an-quan-sheng-chan-fa", "安全生产法"
EVE, IN_FORCE = "2021-08-31", "2021-09-01"
"""Of the version of 2021."""


@pytest.fixture(name="base", scope="module")
def _base(tmp_path_factory):
    return Catalog.load(golden.project(tmp_path_factory.mktemp("base") / "p"))


def without(version, *names):
    return {name: value for name, value in version.items() if name not in names}


# --- instruments


@pytest.mark.parametrize(("at", "until"), [(EVE, IN_FORCE), (IN_FORCE, "")])
def test_a_version_is_replaced_until_the_day_on_which_the_next_one_begins(base, at, until):
    site, _ = changed(base, "laws", SAFETY, at)
    assert site.law(NAME).until == until


def test_of_several_days_on_which_a_version_ends_the_first_is_told(base):
    site, _ = changed(base, "laws", SAFETY, EVE, 废止日期="2030-01-01")
    assert site.law(NAME).until == IN_FORCE


@pytest.mark.parametrize(("at", "until"), [("2026-11-22", DAY), (DAY, "")])
def test_a_repeal_is_to_come_until_its_day(base, at, until):
    site, one = changed(base, "laws", SAFETY, at, 废止日期=DAY)
    assert site.law(NAME).until == until
    assert linked._legislation(site, one).get("legislationLegalForce") == ("InForce" if until else "NotInForce")


@pytest.mark.parametrize(
    ("values", "after"),
    [({}, "已失效"), ({"效力待核": {"自": "2026-02-01"}}, "待核"), ({"废止日期": "2026-01-01"}, "已失效")],
)
def test_a_version_is_no_more_after_its_last_day_unless_that_is_open(base, values, after):
    site, one = changed(base, "laws", SAFETY, **values)
    assert law.law(site, one).versions[0].words == f"尚未施行 现行 {after}"


def test_the_page_of_an_instrument_speaks_the_numbers_that_citations_are_written_by(base):
    for named, spoken in (("2014年修正", "2014年修正"), ("2021年修正", "2021年修正"), (None, "2021年修正")):
        site, _ = changed(base, "laws", SAFETY, 条号版本=named)
        assert law._spoken(site.catalog.instruments[SAFETY], DAY).name == spoken


def test_no_article_beyond_the_last_has_a_link(base):
    site, one = changed(base, "laws", SAFETY)
    told = law.law(site, one)
    numbers = {number for number, _ in told.uncited} | {article.number for article in told.articles}
    assert numbers == set(range(1, told.stands.articles + 1))


@pytest.mark.parametrize("unknown", [False, True])
def test_programs_are_told_the_rank_and_the_maker_of_an_instrument_where_they_are_known(base, unknown):
    known = base.record("laws", SAFETY).data
    values = {"位阶": "待核", "制定机关": "待核"} if unknown else {}
    told = linked._legislation(*changed(base, "laws", SAFETY, **values))
    names = (told.get("legislationType"), told.get("legislationPassedBy", {}).get("name"))
    assert names == ((None, None) if unknown else (known["位阶"], known["制定机关"]))


def test_a_repealed_law_ends_with_its_repeal_and_a_doubtful_one_from_its_doubt(base):
    site, one = changed(base, "laws", SAFETY, 废止日期="2026-01-01")
    assert law.law(site, one).versions[0].until == "2026-01-01"
    site, one = changed(base, "laws", SAFETY, 效力待核={"自": "2026-02-01"})
    assert law.law(site, one).versions[0].until == "2026-02-01"


def test_what_nobody_has_looked_up_of_a_version_is_said_to_be_open(base):
    newest = base.record("laws", SAFETY).data["版本"][-1]
    site, one = changed(base, "laws", SAFETY, 版本=[without(newest, "条数", "结构", "罚则条", "条文对照")])
    assert law.law(site, one).versions[0].articles == "待核"
    assert law._state("", DAY, "") == "待核"


@pytest.mark.parametrize(("at", "coming"), [(EVE, 1), (IN_FORCE, 0)])
def test_a_version_is_announced_until_the_day_before_it_begins(base, at, coming):
    site, one = changed(base, "laws", SAFETY, at)
    assert sum("起施行；在那以前适用" in line for line in renewed.of_law(site, one)) == coming


@pytest.mark.parametrize(("articles", "steps"), [(97, ["art_97"]), ([97, 98], [])])
def test_programs_are_told_a_provision_as_far_as_all_places_share_it(articles, steps):
    assert [*linked._steps(Citation.of({"依据文件": NAME, "条": articles}))] == steps


STATUTE = """示例法
第一条　生产经营单位应当：
（一）每月检查；
（二）记录结果。
结果应当保存；不得：
（一）涂改；
（二）销毁；
（三）隐匿。
第二条　本法自2020年3月1日起施行。
"""


@pytest.mark.parametrize(
    ("paragraph", "item", "marked", "folded"),
    [
        (0, 0, [], False),
        (1, 0, ["第一条　生产经营单位应当：", "（一）每月检查；", "（二）记录结果。"], True),
        (2, 2, ["（二）销毁；"], True),
        (0, 3, ["（三）隐匿。"], True),  # one 款 alone has it
        (0, 2, ["（二）记录结果。", "（二）销毁；"], True),  # which of them nobody has said
        (1, 2, ["（二）记录结果。"], True),
        (1, 3, [], True),
    ],
)
def test_of_a_provision_what_is_cited_is_marked_and_the_rest_folded(paragraph, item, marked, folded):
    told = str(provision._shown(read(STATUTE.splitlines()), "2020年", [Step((1, 0), paragraph, item, 0)]))
    shown, _, rest = told.partition("<summary>第一条全文")
    assert [one.strip("　") for one in re.findall("<mark>(.*?)</mark>", shown)] == marked
    assert bool(rest) is folded


# --- powers


@pytest.mark.parametrize(("length", "told"), [(90, True), (91, False)])
def test_a_power_is_told_first_where_that_takes_few_words(base, length, told):
    site, one = changed(base, "items", "xzjc-001", 行使内容="甲" * length)
    assert ("行使内容" in first._what(site, one)) is told


def test_what_of_a_power_is_open_is_not_told_first(base):
    site, one = changed(base, "items", "xzjc-001", 行使内容="范围待核")
    assert "行使内容" not in first._what(site, one)


@pytest.mark.parametrize(("count", "cut"), [(8, False), (9, True)])
def test_the_sheet_says_that_citations_are_left_out_where_they_are(count, cut):
    told = SimpleNamespace(basis=[Markup("甲")] * count, cost=None)
    assert sheet.sheet(told, Markup(), "").cut is cut


@pytest.mark.parametrize(("length", "rows"), [(44, 5), (45, 4)])
def test_the_sheet_is_filled_to_its_last_line(length, rows):
    told = SimpleNamespace(who=(), basis=(), laws=(), force=SimpleNamespace(note=""))
    cost = SimpleNamespace(table=SimpleNamespace(rows=[("甲" * length,)] * 6))
    assert sheet._fitting(told, cost) == rows


@pytest.mark.parametrize(("count", "tied"), [(60, 60), (61, 0)])
def test_what_too_many_are_bound_to_ties_nobody(count, tied):
    citing = {("items", str(number)): "行政处罚" for number in range(count)}
    register = SimpleNamespace(articles={("fa", 1, DUTY): citing})
    search = related._Search(SimpleNamespace(register=register), "行政处罚", set())
    assert len(search._citing(("fa", 1), [DUTY], same_type=True)) == tied


@pytest.mark.parametrize(("count", "more"), [(3, False), (4, True)])
def test_of_changed_places_the_first_are_named(count, more):
    fates = [Fate((number, 0, 0), (number, 0, 0), ("内容",), "") for number in range(1, count + 1)]
    instrument, version = SimpleNamespace(short="示例法"), SimpleNamespace(name="2020年修订", in_force="2020-01-01")
    renewal = SimpleNamespace(instrument=instrument, current=version, why=CHANGED, fates=fates)
    assert ("第三条等内容有改动" in renewed._told([renewal])) is more


@pytest.mark.parametrize(("paragraph", "covered"), [(0, True), (1, True), (2, False)])
def test_an_item_without_its_paragraph_is_that_of_the_first(paragraph, covered):
    assert bool([*_covering({(5, 1, 3): Displaced("被上位法取代", "")}, (5, paragraph, 3))]) is covered


@pytest.mark.parametrize(("yuan", "told"), [(9_999, "9999 元"), (10_000, "1 万元")])
def test_amounts_are_told_in_myriads_from_the_first_on(yuan, told):
    assert gist._money(yuan) == told


@pytest.mark.parametrize(
    ("types", "told"), [(["罚款"], "可以处一百元以下罚款"), (["罚款", "警告"], "并处一百元以下罚款")]
)
def test_a_fine_is_imposed_beside_another_penalty_where_there_is_one(types, told):
    row = Sanction.of({"种类": types, "力度": "可以", "罚款": {"上限": 100}})
    assert sentence._penalty(row, also=True) == told


@pytest.mark.parametrize(("size", "told"), [(first._SHORT, True), (first._SHORT + 1, False)])
def test_a_short_value_stands_in_its_line(base, size, told):
    site, _ = changed(base, "items", "xzjc-001")
    shown = first._short(site, Field("地点", kinds.TEXT), "甲" * size)
    assert (shown == "甲" * size) is told


def test_the_sheet_has_as_many_lines_as_there_is_room_for():
    shown = parts.lines(map(Markup, "甲乙丙"), "qz-x", 2)
    assert [bool(one) for one in re.findall("<li([^>]*)>", shown)] == [False, False, True]


@pytest.mark.parametrize(("count", "room"), [(25, True), (26, False)])
def test_guides_have_room_up_to_the_last_line(count, room):
    told = SimpleNamespace(basis=(), cost=None)
    assert sheet.sheet(told, Markup("<tr>" * count), "").guides is room


def test_two_words_that_left_one_field_are_told_in_one_sentence():
    gone = [Difference("关键词", word, None) for word in ("甲", "乙")]
    assert len([*difference.sentences(gone, lambda *_: Markup())]) == 1


# --- lists, versions, feeds


def test_a_cell_over_two_rows_spans_them_on_the_whole_table():
    listing = SimpleNamespace(
        columns=(1, 2),
        rows=("甲", "乙"),
        headings=lambda: [None, None],
        spans=lambda row, _: {"甲": (2, 1), "乙": (0, 1)}[row],
    )
    told = whole_table.table_body(listing, [("对甲的处罚", "轻微"), ("", "严重")])
    assert told.count('<td rowspan="2">对甲的处罚</td>') == 1


@pytest.mark.parametrize(("size", "count"), [(75, 1), (76, 2)])
def test_a_line_of_a_calendar_holds_75_octets(size, count):
    assert len([*_folded(b"a" * size)]) == count


@pytest.mark.parametrize(("kept", "name"), [(1, ""), (2, "2021年修正")])
def test_a_law_of_which_versions_are_kept_is_dated_by_them(base, kept, name):
    versions = base.record("laws", SAFETY).data["版本"][-kept:]
    site, _ = changed(base, "laws", SAFETY, 版本=versions)
    begins = [one.title for one in dates._laws(site.catalog) if one.day == IN_FORCE]
    assert begins == [f"《{NAME}》{name}施行"]


def test_a_group_of_two_columns_has_one_head():
    columns = [
        SimpleNamespace(group=group, title=title) for group, title in (("", "号"), ("监管", "险"), ("监管", "频"))
    ]
    heads, merges = annex._heads(columns)
    assert heads == [["号", "监管", ""], ["", "险", "频"]]
    assert merges == [(0, 0, 1, 0), (0, 1, 0, 2)]


def test_two_rows_of_one_record_share_a_cell_of_the_annex():
    texts = {"甲": ("对甲的处罚", "轻微"), "乙": ("", "严重")}
    listing = SimpleNamespace(
        total=1,
        columns=[SimpleNamespace(group="", title=title, field=None, width=9) for title in ("名称", "阶次")],
        rows=[*texts],
        headings=lambda: [None, None],
        spans=lambda row, _: {"甲": (2, 1), "乙": (0, 1)}[row],
        definition=SimpleNamespace(notes=(), scope=""),
    )
    document = docx.Document(io.BytesIO(annex.list_docx(listing, [*texts.values()], "", "裁量基准", None)))
    first, second = document.tables[0].rows[1:]
    assert first.cells[0]._tc is second.cells[0]._tc
    assert [row.cells[1].text for row in (first, second)] == ["轻微", "严重"]


@pytest.mark.parametrize(("edits", "paged"), [(1, False), (2, True)])
def test_what_a_shallow_clone_begins_with_is_no_change(monkeypatch, edits, paged):
    monkeypatch.setattr(changes, "PAGED", 1)
    entries = [SimpleNamespace(kind=kind, date="2026-01-01") for kind in (*["起点"] * 3, *["修改"] * edits)]
    assert bool(changes.years(SimpleNamespace(history=SimpleNamespace(entries=entries)))) is paged


@pytest.mark.parametrize(("parts", "name"), [(1, "甲"), (2, "甲（1）")])
def test_a_row_of_a_record_in_several_rows_says_which_it_is(parts, name):
    row = SimpleNamespace(part=0, parts=parts, records=[SimpleNamespace(id="a-1")])
    state = SimpleNamespace(
        listing=SimpleNamespace(columns=(), rows=[row]), cells=[()], catalog=SimpleNamespace(title=lambda _: "甲")
    )
    assert [told for told, _, _ in versions._entries(state)] == [name]


def test_of_many_records_that_changed_alike_a_feed_names_the_first(tmp_path, monkeypatch):
    register = Register(tmp_path / "project")
    register.edit("catalog/site.yaml", ("本机关:", "网址: https://example.gov.cn/\n本机关:"))
    monkeypatch.setattr(feeds, "NAMED", 2)
    content = dict(register.past()._change_files())["feed.xml"].decode()
    assert [count for count in (2, 3) if f"等 {count} 条" in content] == [3]


def test_a_change_behind_a_row_of_two_records_says_whose_it_is():
    differs = SimpleNamespace(differences=lambda *_: [Difference("备注", "甲", "乙")], field=lambda *_: None)
    for ids, names in (("a", ["事项·备注"]), ("ab", ["事项（a）·备注", "事项（b）·备注"])):
        before, after = (
            SimpleNamespace(records=[Record("items", id_, "", {"备注": words}) for id_ in ids]) for words in "甲乙"
        )
        assert [one.column for one in comparison._beyond(differs, before, after, set())] == names


def test_the_first_row_of_the_evidence_is_its_head():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        head, cell = book.add_format({"bold": True}), book.add_format()
        evidence._sheet(book, "甲", [9], [["栏目"], ["值"]], evidence._Styles("", cell, head, cell))
    sheet = openpyxl.load_workbook(content)["甲"]
    assert [sheet.cell(row, 1).font.b for row in (1, 2)] == [True, False]


def test_a_group_of_one_column_in_a_workbook_is_one_cell():
    content = io.BytesIO()
    columns = [SimpleNamespace(group=group, title=title) for group, title in (("监管", "险"), ("措施", "频"))]
    with xlsxwriter.Workbook(content) as book:
        assert lists._heads(book.add_worksheet(), 0, columns, book.add_format()) == 1
    assert not openpyxl.load_workbook(content).active.merged_cells.ranges


def test_kinds_of_many_words_have_wide_columns():
    assert (kinds.CITATION.wide, kinds.TEXT.wide) == (True, False)


def test_the_last_mark_of_a_scale_ends_with_it():
    rows = [{"阶次": "从轻", "情节": "一", "上限": 3}, {"阶次": "从重", "情节": "二", "下限": 3, "上限": 9}]
    (scale,) = tier._scales(rows)
    assert re.findall('text-anchor="([a-z]+)"', scale) == ["start", "middle", "end"]


@pytest.mark.parametrize(("width", "merged"), [(1, []), (2, ["A1:B1"])])
def test_a_heading_stands_over_all_columns_of_a_workbook(width, merged):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        lists._across(book.add_worksheet(), 0, width, "甲", book.add_format())
    assert [str(one) for one in openpyxl.load_workbook(content).active.merged_cells.ranges] == merged


@pytest.mark.parametrize("said", ["", "待核", "范围待核"])
def test_an_open_value_is_not_told_first(base, said):
    site, _ = changed(base, "items", "xzjc-001")
    assert first._short(site, Field("地点", kinds.TEXT), said) == ""


@pytest.mark.parametrize(("times", "told"), [(["20 日", "20 日"], {"时限": Markup("20 日")}), (["20 日", "30 日"], {})])
def test_guides_that_differ_are_not_told_first(times, told):
    part = SimpleNamespace(back=SimpleNamespace(at="how", show=("时限",)), many=False)
    links = [SimpleNamespace(field=part, record=SimpleNamespace(collection="g", data={"时限": one})) for one in times]
    forms = {"g": SimpleNamespace(find=lambda path: Field(path, kinds.TEXT))}
    site = SimpleNamespace(
        register=SimpleNamespace(backlinks={("items", "a"): links}),
        catalog=SimpleNamespace(forms=forms),
        in_words=lambda _, value: value,
    )
    assert dict(first._guides(site, SimpleNamespace(collection="items", id="a"))) == told


def test_of_several_fines_the_highest_is_the_gist():
    rows = [{"情形": one, "罚款": {"上限": most}} for one, most in (("一", 10_000), ("二", 200_000))]
    catalog, roles = SimpleNamespace(sanction=Sanction.of), SimpleNamespace(sanctions="罚则")
    assert gist.gist(catalog, roles, SimpleNamespace(data={"罚则": rows})) == "罚款最高 20 万元"


@pytest.mark.parametrize(("fine", "told"), [({"上限": 100}, [(0, 100, "")]), ({"下限": 100}, [])])
def test_a_fine_without_an_end_is_no_range_and_silence_no_addressee(fine, told):
    assert [*gist.ranges([Sanction.of({"情形": "基本情形", "对象": "未载明", "罚款": fine})])] == told


@pytest.mark.parametrize(("count", "ended"), [(1, True), (2, False)])
def test_a_law_has_lapsed_where_one_alone_bears_the_name(count, ended):
    named = [SimpleNamespace(id="fa", ended=lambda _: True)] * count
    look = SiteLook(SimpleNamespace(named=lambda _: named), at=DAY)
    assert look.lapsed("甲法") is ended
    assert look.law("甲法", 1) == ("../../laws/fa/#t1" if ended else "")


@pytest.mark.parametrize("on", [True, False])
def test_robots_are_told_of_a_demonstration(on):
    catalog = SimpleNamespace(settings=Settings.of({"名称": "甲局", "演示": {"启用": on}}))
    assert ("noindex" in robots.robots(catalog).decode()) is on


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"法律核对至": "2026-11-23", "未包括": "司法解释"}, "所引法律核对至 2026-11-23，不包括司法解释。不能作为"),
        ({"法律核对至": "2026-11-23"}, "所引法律核对至 2026-11-23。不能作为"),
        ({"未包括": "司法解释"}, "未经该机关审核或者批准。不能作为"),
        ({"官方渠道": "甲局官网"}, "正式内容以甲局官网公布的为准。不能作为"),
    ],
)
def test_a_demonstration_says_until_when_its_laws_were_looked_at(said, told):
    settings = Settings.of({"名称": "甲局", "主办单位": "编写组", "演示": {"启用": True, "示例机关": "甲局", **said}})
    assert f"{told}执法、申辩、复议或者诉讼的依据。" in disclaimer.details(settings)


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ({"条": 97, "原因": "由公安机关实施"}, True),
        ({"条": 98, "原因": "由公安机关实施"}, False),
        ({"条": 98, "原因": "仅其中的拘留由公安机关实施"}, True),
        ({"条": 28, "原因": "由公安机关实施"}, False),
    ],
)
def test_a_provision_on_which_a_penalty_rests_is_anothers_in_part_alone(base, row, part):
    data = {"依据文件": "an-quan-sheng-chan-fa", "不列事项": [row]}
    coverage = {"aq": Record("coverage", "aq", "catalog/coverage/aq.yaml", data)}
    site = register(replace(base, records={**base.records, "coverage": coverage}))
    assert [one[-1] for one in notices(site)["others"]["laws/an-quan-sheng-chan-fa"]] == [part]


def test_only_the_law_itself_is_found_by_its_other_names_and_not_what_is_called_after_it(base):
    coverage = {SAFETY: Record("coverage", SAFETY, f"catalog/coverage/{SAFETY}.yaml", {"依据文件": SAFETY})}
    site = register(replace(base, records={**base.records, "coverage": coverage}))
    names = {one.key: one.names for one in entries(site.register, site.look) if one.key.endswith(SAFETY)}
    assert names == {f"laws/{SAFETY}": (NAME,), f"coverage/{SAFETY}": ()}


@pytest.mark.parametrize(
    ("law", "article", "heard"), [("甲处罚法", 63, 0), ("行政处罚法", 57, 0), ("行政处罚法", 63, 1)]
)
def test_amounts_are_those_of_a_hearing_only_where_they_rest_on_the_article_of_that_right(base, law, article, heard):
    data = {"依据": [{"依据文件": law, "条": article}], "门槛": {"数额": [{"对象": "个人", "起点": 10000}]}}
    limit = Record("reviews", "tz-1", "catalog/reviews/tz-1.yaml", data)
    titles = {"cf": "行政处罚法", "jia": "甲处罚法"}
    laws = {id_: Record("laws", id_, f"catalog/laws/{id_}.yaml", {"名称": name}) for id_, name in titles.items()}
    site = register(replace(base, records={**base.records, "laws": laws, "reviews": {"tz-1": limit}}))
    assert len([*hearing.of_record(site, limit)]) == heard
