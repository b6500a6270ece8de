"""The very day, the very amount: what a reader is told at the boundary itself, and one step beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests import golden
from tests.changed import changed, register
from tests.project import DAY

from quanze.base.model import Adopted, Record
from quanze.check import rules, waivers
from quanze.check.rules import sanctions as sanctions_rules
from quanze.check.rules.adjustments import Recorded, adjustment_mismatch
from quanze.check.rules.afterwards import attachment_replaced, beginning_moved
from quanze.check.summary import summary
from quanze.form import form, kinds
from quanze.form.conditions import conditions, meets
from quanze.form.kinds.statistic import Statistic
from quanze.form.sentences import quote
from quanze.history import diff
from quanze.history.adjustment import OpenAdjustment, justifying
from quanze.history.figures import Figures
from quanze.law import text
from quanze.law.calendar import months_after
from quanze.law.citation import Citation
from quanze.law.heaviest import heaviest
from quanze.law.numerals import number, numeral
from quanze.law.places import Step
from quanze.law.reader import read
from quanze.law.reader.known import lawful
from quanze.law.sanction import Sanction
from quanze.law.standing import IN_FORCE, NOT_YET, REPEALED, standing
from quanze.law.tier import outside, tiers, uneven
from quanze.portal.compared import compare
from quanze.portal.facts import LawFact, VersionFact
from quanze.portal.fetching import Refused, _goes_on
from quanze.portal.state import SourceState
from quanze.proof.log.publications import Publication, PublicationLog
from quanze.proof.proposal.bases import _meets
from quanze.proof.publication import _until
from quanze.proof.response import _size
from quanze.register.adopted import files_of
from quanze.register.catalog import Catalog
from quanze.register.displaced import displaced
from quanze.register.listing import chosen
from quanze.register.numbering import meant
from quanze.register.reconciliation import ListedRow, reconcile
from quanze.register.settings import Demonstration
from quanze.site.build import _taken_over
from quanze.site.dates import dates, ending
from quanze.site.search import band, bands
from quanze.site.search_records import entries, fine_values

BEFORE, AFTER = "2026-11-22", "2026-11-24"


@pytest.fixture(name="base", scope="module")
def _base(tmp_path_factory):
    return Catalog.load(golden.project(tmp_path_factory.mktemp("base") / "p"))


def told(base, rule, **values):
    """Return what a rule says on the day of an item with some values."""
    site, _ = changed(base, "items", "xzjc-001", **values)
    return [one.message for one in rules.RULES[rule](site.catalog, DAY)]


@pytest.mark.parametrize(("end", "wrong"), [("2026-01-01", True), ("2026-01-02", False), ("2025-12-31", True)])
def test_a_record_ends_after_the_day_on_which_it_begins(base, end, wrong):
    assert bool(told(base, "period-reversed", 生效日期="2026-01-01", 终止日期=end, 状态="取消")) is wrong


@pytest.mark.parametrize(("start", "early"), [(BEFORE, False), (DAY, False), (AFTER, True)])
def test_a_record_is_in_effect_on_its_first_day(base, start, early):
    assert bool(told(base, "future-start", 生效日期=start)) is early


@pytest.mark.parametrize(("gone", "wrong"), [("2026-05-31", True), ("2026-06-01", True), ("2026-06-02", False)])
def test_what_takes_over_has_to_outlast_the_day(base, gone, wrong):
    ended = {"状态": "取消", "终止原因": "依据废止"}
    penalty = base.record("items", "xzcf-001")
    there = {**base.records["items"], "xzcf-001": replace(penalty, data={**penalty.data, **ended, "终止日期": gone})}
    whole = replace(base, records={**base.records, "items": there})
    found = told(whole, "ended-reference", **ended, 终止日期="2026-06-01", 承接事项="xzcf-001")
    assert any("不能在 2026-06-01 承接" in one for one in found) is wrong


@pytest.mark.parametrize(("end", "listed"), [(BEFORE, False), (DAY, False), (AFTER, True)])
def test_a_record_without_a_status_leaves_the_list_on_its_last_day(base, end, listed):
    kinds = {"名称": "标题", "止": "终止日期"}
    schema = {"title": "标牌", "properties": {name: {"type": "string", "title": kind} for name, kind in kinds.items()}}
    signs = {"bp-1": Record("signs", "bp-1", "catalog/signs/bp-1.yaml", {"名称": "甲", "止": end})}
    forms, records = {**base.forms, "signs": form("signs", schema)}, {**base.records, "signs": signs}
    whole = replace(base, forms=forms, records=records)
    assert bool(chosen(whole, "signs", {}, DAY)) is listed
    assert chosen(whole, "signs", {"止": {"无": False}}, DAY)


@pytest.mark.parametrize(
    ("asked", "met"),
    [({"之前": AFTER}, True), ({"之前": DAY}, False), ({"之后": BEFORE}, True), ({"之后": DAY}, False)],
)
def test_before_and_after_a_day_are_not_the_day(asked, met):
    assert meets({"生效日期": DAY}, conditions({"生效日期": asked})) is met


@pytest.mark.parametrize(("at", "state"), [("2021-08-31", NOT_YET), ("2021-09-01", IN_FORCE)])
def test_a_version_counts_from_its_day_on(base, at, state):
    law = base.instruments["an-quan-sheng-chan-fa"]
    assert standing(law, Step((97, 0), 0, 0, 0), at, when=("2021", ""), role="").state == state


def adjusted(id_, begin, end=""):
    empty = dict.fromkeys(OpenAdjustment.__dataclass_fields__, "")
    return OpenAdjustment(**{**empty, "id": id_, "begin": begin, "end": end})


@pytest.mark.parametrize(("day", "justified"), [("2026-01-31", False), ("2026-02-01", True), ("2026-02-28", True)])
def test_an_adjustment_covers_its_first_day_and_its_last(day, justified):
    one = adjusted("tz-1", "2026-02-01", "2026-02-28")
    assert (justifying([one], SimpleNamespace(date=day)) is one) is justified
    assert justifying([one], SimpleNamespace(date="2026-03-01")) is None


def test_of_two_open_adjustments_the_later_one_counts():
    early, late = adjusted("tz-1", "2026-01-01"), adjusted("tz-2", "2026-02-01")
    for given in ([early, late], [late, early]):
        assert justifying(given, SimpleNamespace(date="2026-03-01")) is late


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize(
    ("at", "state"), [("2024-04-30", IN_FORCE), ("2024-05-01", REPEALED), ("2024-05-02", REPEALED)]
)
def test_a_repealed_law_ends_on_its_day_whatever_version_is_named(base, named, at, state):
    law = base.instruments["mei-kuang-an-quan-jian-cha-tiao-li"]
    year = law.newest.promulgated[:4] if named else ""
    assert standing(law, None, at, when=(year, ""), role="").state == state


@pytest.mark.parametrize(("article", "beyond"), [(119, False), (120, True)])
def test_the_last_article_is_none_beyond_it(base, article, beyond):
    law = base.record("laws", "an-quan-sheng-chan-fa")
    versions = [{**one, "罚则条": [article]} if one["条数"] == 119 else one for one in law.data["版本"]]
    laws = {**base.records["laws"], law.id: replace(law, data={**law.data, "版本": versions})}
    found = [*rules.RULES["version-articles"](replace(base, records={**base.records, "laws": laws}), DAY)]
    assert any(f"写了第 {article} 条" in one.message for one in found) is beyond


@pytest.mark.parametrize(("end", "version"), [("2021-09-01", "2014年修正"), ("2021-09-02", "2021年修正")])
def test_a_record_that_ended_speaks_the_law_of_its_last_day_though_checked_since(base, end, version):
    ended = {"状态": "取消", "终止原因": "依据废止", "终止日期": end, "核对": {"日期": "2026-11-01", "来源": "测试"}}
    site, record = changed(base, "items", "xzjc-001", **ended)
    law = site.catalog.instruments["an-quan-sheng-chan-fa"]
    (occurrence,) = [one for one in site.catalog.citations[law.id] if one.record is record][:1]
    assert meant(site.catalog, law, occurrence, DAY).name == version


@pytest.mark.parametrize("named", ["2014年修正", "2021年修正"])
def test_a_citation_speaks_the_version_that_the_register_names_though_a_newer_one_is_in_force(base, named):
    site, record = changed(base, "items", "xzjc-001", 核对={"日期": "2026-11-01", "来源": "测试"})
    site, _ = changed(site.catalog, "laws", "an-quan-sheng-chan-fa", 条号版本=named)
    law = site.catalog.instruments["an-quan-sheng-chan-fa"]
    (occurrence,) = [one for one in site.catalog.citations[law.id] if one.record.id == record.id][:1]
    assert meant(site.catalog, law, occurrence, DAY).name == named


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [("2026-01-15", 1, "2026-02-15"), ("2026-01-31", 1, "2026-02-28"), ("2026-12-31", 2, "2027-02-28")],
)
def test_months_end_on_the_same_day_or_the_last(day, months, due):
    assert months_after(day, months) == due


@pytest.mark.parametrize(("at", "told"), [("2020-08-31", False), ("2020-09-01", True), ("2021-08-31", True)])
def test_what_ends_within_a_year_is_told_from_the_very_day_a_year_before(base, at, told):
    assert any(one.day == "2021-09-01" for one, _ in ending(base, at)) is told


def test_a_check_falls_due_on_the_day_after_its_period(base):
    whole = replace(base, site={**base.site, "核对周期": 365, "公开待复核": True})
    days = {one.day for one in dates(whole, DAY) if one.what == "核对"}
    assert days == {"2027-11-02"}


@pytest.mark.parametrize(
    ("start", "year", "count"),
    [("2026-01-01", 2025, 0), ("2025-12-31", 2025, 1), ("2026-01-01", 2026, 1), ("2026-12-10", 2026, 0)],
)
def test_a_figure_of_a_year_counts_what_was_in_effect_at_its_end_and_by_today(base, start, year, count):
    site, _ = changed(base, "items", "xzjc-001", 生效日期=start)
    asked = {"集合": "items", "计": "件数", "条件": {"职权类型": "行政检查"}, "年度": year}
    assert Figures(site.catalog, DAY).number(Statistic.of(asked)) == count


@pytest.mark.parametrize(("start", "count"), [("2026-11-22", 1), (DAY, 1), ("2026-11-24", 0)])
def test_a_figure_counts_from_the_first_day(base, start, count):
    site, _ = changed(base, "items", "xzjc-001", 生效日期=start)
    asked = {"集合": "items", "计": "件数", "条件": {"职权类型": "行政检查"}}
    assert Figures(site.catalog, DAY).number(Statistic.of(asked)) == count


@pytest.mark.parametrize(("yuan", "above"), [(99_999, []), (100_000, ["10万元以上"]), (100_001, ["10万元以上"])])
def test_a_fine_of_the_very_bound_is_above_it(yuan, above):
    assert [*bands(yuan)] == [*above, band(yuan)]


@pytest.mark.parametrize("order", [1, -1])
def test_a_power_is_found_by_the_highest_of_its_fines_wherever_it_stands(order):
    fined = [Sanction.of({"种类": ["罚款"], "罚款": {"上限": most}}) for most in (3_000, 200_000)]
    assert fine_values(fined[::order]) == [*bands(200_000)]
    assert fine_values([]) == []


@pytest.mark.parametrize(
    ("own", "copy"), [("2026-11-22", "2026-11-24"), ("2026-11-24", "2026-11-22"), ("2026-11-24", "")]
)
def test_a_record_that_takes_over_is_as_old_as_the_newer_of_its_two_files(own, copy):
    record = Record("items", "xzjc-003", "catalog/items/xzjc-003.yaml", {}, adopted=Adopted({}, {}, {}))
    one, other = files_of(record)
    changed_ = {one: own, other: copy} if copy else {one: own}
    assert _taken_over(Path(), [record], changed_, held=False) == {record.path: AFTER}


@pytest.mark.parametrize(("whom", "named"), [("生产经营单位之一", "生产经营单位之一"), ("生产经营单位的其一", "单位")])
def test_whom_the_highest_fine_is_for_stands_in_the_articles_words_where_they_are_few(whom, named):
    fined = [
        Sanction.of({"种类": ["罚款"], "对象": one, "罚款": {"上限": high}}) for one, high in ((whom, 2), ("个人", 1))
    ]
    assert f"（对{named}）" in heaviest(fined)


# --- what the check says on the day itself


@pytest.mark.parametrize(("day", "late"), [("2025-11-22", True), ("2025-11-23", False), ("2025-11-24", False)])
def test_a_check_is_too_old_from_the_day_after_its_period(base, day, late):
    known = {"依据文件": "安全生产法", "条": 65, "作用": "职权"}
    found = told(base, "check-date", 实施依据=[known], 核对={"日期": day, "来源": "测试"})
    assert any("超过核对周期" in one for one in found) is late


@pytest.mark.parametrize(("promulgated", "newer"), [(DAY, True), ("2026-11-24", False)])
def test_a_version_has_to_be_looked_at_from_the_day_on_which_it_is_promulgated(base, promulgated, newer):
    law = base.record("laws", "an-quan-sheng-chan-fa")
    version = {"名称": "新版", "公布日期": promulgated, "施行日期": "2027-06-01", "条数": 119}
    site, _ = changed(base, "laws", law.id, 版本=[*law.data["版本"], version])
    found = rules.RULES["check-date"](site.catalog, DAY)
    assert any(one.record.id == law.id and "公布了新的版本" in one.message for one in found) is newer


def test_a_law_with_one_version_has_to_be_looked_at_since_it_was_promulgated(base):
    """Of one with two, the map says which of what is cited by its number has to be looked at again."""
    law = base.record("laws", "an-quan-sheng-chan-fa")
    late = {**law.data["版本"][-1], "公布日期": "2026-11-10"}
    for versions, asked in (([late], True), ([law.data["版本"][0], late], False)):
        site, _ = changed(base, "laws", law.id, 版本=versions)
        found = rules.RULES["check-date"](site.catalog, DAY)
        assert any(one.record.id == "xzcf-001" and "《安全生产法》公布了" in one.message for one in found) is asked


@pytest.mark.parametrize(("end", "wrong"), [("2021-08-31", True), ("2021-09-01", False)])
def test_a_law_may_be_repealed_on_the_day_on_which_its_last_version_begins(base, end, wrong):
    site, _ = changed(base, "laws", "an-quan-sheng-chan-fa", 废止日期=end)
    assert any("早于最后一版" in one.message for one in rules.RULES["version-dates"](site.catalog, DAY)) is wrong


@pytest.mark.parametrize(("start", "early"), [(DAY, False), ("2026-11-24", True)])
def test_a_law_is_a_basis_on_its_first_day(base, start, early):
    law = base.record("laws", "an-quan-sheng-chan-fa")
    site, _ = changed(base, "laws", law.id, 版本=[{**law.data["版本"][-1], "施行日期": start}])
    assert any("起施行" in one.message for one in rules.RULES["not-yet-in-force"](site.catalog, DAY)) is early


@pytest.mark.parametrize(("end", "over"), [(DAY, True), ("2026-11-24", False)])
def test_a_law_is_no_basis_on_the_day_of_its_repeal(base, end, over):
    site, _ = changed(base, "laws", "an-quan-sheng-chan-fa", 废止日期=end)
    assert any("起废止" in one.message for one in rules.RULES["repealed-instrument"](site.catalog, DAY)) is over


@pytest.mark.parametrize(("day", "told_"), [("2026-01-01", False), ("2026-01-02", True)])
def test_editions_of_one_day_are_in_order(base, day, told_):
    editions = [
        {"编号": id_, "名称": id_, "公布日期": published, "提交": "0" * 40}
        for id_, published in (("a", day), ("b", "2026-01-01"))
    ]
    site, _ = changed(base, "lists", "quan-ze-qing-dan", 版次=editions)
    found = [one.message for one in rules.RULES["list-edition"](site.catalog, DAY)]
    assert any("2026-01-0" in one for one in found) is told_


@pytest.mark.parametrize(("until", "unused"), [(BEFORE, False), (DAY, True)])
def test_a_waiver_is_unused_as_long_as_it_holds(base, until, unused):
    waiver = {"规则": "check-date", "记录": "items/xzcf-001", "理由": "测试", "截止": until}
    whole = replace(base, site={**base.site, "豁免": [waiver]})
    assert bool([*waivers.waiver_unused(whole, DAY, {"check-date": True}, ())]) is unused


@pytest.mark.parametrize(("approved", "counts"), [("2026-02-01", True), ("2026-02-02", False)])
def test_an_approval_of_the_very_day_counts(approved, counts):
    one = replace(adjusted("tz-1", "2026-01-01"), number="示政〔2026〕1号", approved=approved)
    assert one.approved_by("2026-02-01") is counts


@pytest.mark.parametrize(("article", "resolved"), [(119, 1), (120, 0)])
def test_the_last_article_of_a_law_resolves(base, article, resolved):
    site, _ = changed(base, "items", "xzjc-001", 实施依据=[{"依据文件": "安全生产法", "条": article}])
    both, without = (summary(one, DAY, ()) for one in (site.catalog, base))
    assert both.resolved - without.resolved == resolved - 1


def test_numerals_end_where_no_reader_knows_a_word():
    assert (numeral(10**16 - 1)[:1], numeral(10**16)) == ("九", "1" + "0" * 16)
    assert (number("9" * 40), number("9" * 41)) == (int("9" * 40), None)


def test_tiers_of_one_amount_and_up_to_the_very_bound_are_in_order():
    rows = [{"阶次": "从轻", "情节": "一", "下限": 5, "上限": 5}, {"阶次": "从重", "情节": "二", "下限": 5, "上限": 9}]
    assert not any("高于上限" in words for _, words in uneven(tiers(rows), "元"))
    assert [*outside(tiers(rows), 5, 9, "元")] == []
    assert not any("全在幅度以外" in words for _, words in outside(tiers(rows[:1]), 5, None, "元"))


@pytest.mark.parametrize(("article", "shared"), [([97, 98], True), ([95, 97], True), ([98, 99], False)])
def test_citations_that_share_one_article_overlap(article, shared):
    one, other = (Citation.of({"条": value}) for value in ([97], article))
    assert sanctions_rules._overlap(one, other) is sanctions_rules._overlap(other, one) is shared


@pytest.mark.parametrize(("article", "slip"), [(119, False), (120, True)])
def test_the_last_article_that_any_version_has_is_no_slip(base, article, slip):
    law = base.instruments["an-quan-sheng-chan-fa"]
    assert sanctions_rules._slip(law, Citation.of({"条": article})) is slip


@pytest.mark.parametrize(("name", "is_law"), [("甲法", False), ("甲乙法", True)])
def test_an_unknown_law_has_more_than_one_word_before_its_class(name, is_law):
    assert lawful(name) is is_law


@pytest.mark.parametrize(("number_", "article"), [(9, False), (10, True)])
def test_a_number_of_two_figures_after_a_comma_is_an_article(base, number_, article):
    found = read(f"《安全生产法》第三条，{number_}条的规定", base.titles).citations
    assert any(one.levels[0] == (((number_, 0), (number_, 0)),) for one in found) is article


@pytest.mark.parametrize(("begins", "held"), [(DAY, True), ("2026-11-24", False)])
def test_what_was_published_on_the_day_of_the_first_commit_is_held_against_git(base, begins, held):
    data = {"名称": "调整", "公布日期": DAY, "涉及事项": [{"事项": "xzcf-001", "变化": "修改"}]}
    record = Record("adjustments", "tz-1", "catalog/adjustments/tz-1.yaml", data)
    whole = replace(base, records={**base.records, "adjustments": {"tz-1": record}})
    found = [*adjustment_mismatch(whole, Recorded({}, {}, begins))]
    assert bool(found) is held


@pytest.mark.parametrize(("named", "told_"), [("a", False), ("b", True)])
def test_an_attachment_that_came_with_its_record_is_told_by_it(base, named, told_):
    record = Record("items", "x", "catalog/items/x.yaml", {"备注": "见 a.pdf"})
    whole = replace(base, records={"items": {"x": record}})
    entry = SimpleNamespace(kind="新增", commit=SimpleNamespace(id=named), changes=())
    newer, older = (SimpleNamespace(id=id_, date=DAY) for id_ in "ab")
    files = {"files/a.pdf": [(newer, ""), (older, "1")]}
    recorded = Recorded({("items", "x"): (entry,)}, {}, "", order={"a": 0, "b": 1}, files=files)
    assert bool([*attachment_replaced(whole, recorded)]) is told_


def test_what_came_after_a_commit_is_without_it():
    newer, itself = (SimpleNamespace(commit=SimpleNamespace(id=id_)) for id_ in "ab")
    assert _until([newer, itself], {"a": 0, "b": 1}, 1) == (newer,)


@pytest.mark.parametrize(("size", "said"), [((1 << 20) - 1, "应有的 1,048,575 字节"), (1 << 20, " 1 MB")])
def test_a_size_is_told_in_megabytes_from_the_first_on(size, said):
    assert _size(size) == said


@pytest.mark.parametrize(("size", "end"), [(30, "」"), (31, "…」")])
def test_a_value_is_quoted_whole_up_to_its_bound(size, end):
    assert quote("甲" * size) == f"「{'甲' * 30}{end}"


@pytest.mark.parametrize(("count", "more"), [(8, False), (9, True)])
def test_of_articles_that_differ_the_first_are_named(count, more):
    told_ = [(id_, _law(f"1-{count}:{paragraphs}")) for id_, paragraphs in (("a", "0"), ("b", "0/0"))]
    (difference,) = compare(told_)
    assert (f"共 {count} 条不同" in difference.accounts[0][0]) is more


def _law(structure):
    version = VersionFact("2020年", "2020-01-01", "2020-01-01", "", 9, structure, ())
    return LawFact("l", "示例法", "法律", "", "", (version,))


@pytest.mark.parametrize("commit", ["a", "b", "before the beginning"])
def test_a_beginning_that_a_commit_changed_is_told_wherever_the_commit_stands(base, commit):
    recorded = Recorded({}, {}, "", order={"a": 0, "b": 1}, beginning=SimpleNamespace(id=commit, date=DAY))
    assert [*beginning_moved(base, recorded)]
    assert not [*beginning_moved(base, recorded._replace(beginning=None))]


@pytest.mark.parametrize(("last", "many"), [(1000, False), (1001, True)])
def test_a_citation_names_a_thousand_places_at_most(last, many):
    found = kinds.CITATION.faults["article-run"]({"依据文件": "安全生产法", "条": f"1至{last}"})
    assert any("超过 1000 处" in one.message for one in found) is many


def test_an_article_that_stands_twice_is_read_once():
    statute = text.read(["示例法", "第一条　甲。", "第二条　乙。", "第二条　丙。", "第三条　丁。"])
    assert [*statute.articles] == [(1, 0), (2, 0), (3, 0)]
    assert "乙" in statute.words((2, 0))


@pytest.mark.parametrize(("steps_", "meets_"), [(("实施依据", 1), False), (("实施依据",), True)])
def test_an_element_that_is_gone_says_nothing_of_the_one_in_its_place(steps_, meets_):
    assert _meets("/实施依据/0", diff.Change(steps_, "甲", None)) is meets_


@pytest.mark.parametrize(("entries", "said"), [(1, "只有 1 次，上次看到时有 2 次"), (2, "被改写过")])
def test_a_log_of_equal_length_that_differs_was_rewritten(entries, said):
    first, second, other = (Publication(sign * 64, sign * 40, "2026-01-01T12:00:00+08:00") for sign in "abc")
    seen = PublicationLog("o", (first, second)).checkpoint
    held = SourceState(checkpoint=seen.text())
    with pytest.raises(Refused, match=said):
        _goes_on(PublicationLog("o", (other, second)[:entries]), held, second.manifest)


@pytest.mark.parametrize(("theirs", "alike"), [("甲乙丙己庚", True), ("甲乙辛己庚", False)])
def test_names_with_a_common_article_mean_the_same_from_three_fifths_on(theirs, alike):
    ours, above = (ListedRow(one, "", frozenset({("l", 1)}), (), frozenset(), ()) for one in ("甲乙丙丁戊", theirs))
    assert (reconcile([ours], [above], ())[0].kind == "名称") is alike


@pytest.mark.parametrize(("count", "wrong"), [(0, True), (1, False), (2, True)])
def test_a_list_has_as_many_of_each_as_it_says_neither_more_nor_fewer(base, count, wrong):
    site, _ = changed(base, "lists", "quan-ze-qing-dan", 应有={"栏目": "职权类型", "各值": {"行政处罚": count}})
    assert bool([*rules.RULES["list-count"](site.catalog, DAY)]) is wrong


@pytest.mark.parametrize(("kept", "told"), [(True, ["xzjc-001"]), (False, [])])
def test_what_is_not_kept_at_all_need_not_be_covered(base, kept, told):
    check = Record("spotchecks", "cc-1", "catalog/spotchecks/cc-1.yaml", {"抽查事项": "甲"})
    records = {name: found for name, found in base.records.items() if kept or name != "items"}
    whole = replace(base, records={**records, "spotchecks": {"cc-1": check}})
    assert [one.record.id for one in rules.RULES["declared-cover"](whole, DAY)] == told


def test_a_title_that_two_laws_have_counts_for_neither(base):
    laws = ("an-quan-sheng-chan-fa", "mei-kuang-an-quan-sheng-chan-tiao-li")
    shared = {id_: replace(one, data={**one.data, "简称": ["安全规则"]}) for id_, one in base.records["laws"].items()}
    cited = [{"依据文件": "安全规则", "条": 9, "效力": "被上位法取代", "取代依据": "安全生产法第一条"}]
    penalty = base.record("items", "xzcf-001")
    items = {"xzcf-001": replace(penalty, data={**penalty.data, "实施依据": cited, "处罚": []})}
    for named, count in ((laws[:1], 1), (laws, 0)):
        known = {**base.records["laws"], **{id_: shared[id_] for id_ in named}}
        whole = replace(base, records={**base.records, "laws": known, "items": items})
        assert sum(len(whole.citations.get(id_, ())) for id_ in laws) == count
        assert sum(bool(displaced(whole).get(id_)) for id_ in laws) == count
        site = register(whole)
        entry = next(one for one in entries(site.register, site.look) if one.key == "items/xzcf-001")
        assert len(entry.facets["引用此法"]) == count


def test_a_record_whose_form_gives_it_no_title_is_called_by_its_id(base):
    one = next(iter(base.records["items"].values()))
    assert base.title(replace(one, data={**one.data, base.forms["items"].title_field: ""})) == one.id


@pytest.mark.parametrize(
    ("written", "on"), [({}, False), ({"启用": False}, False), ({"启用": "false"}, False), ({"启用": True}, True)]
)
def test_a_site_demonstrates_only_where_it_says_so(written, on):
    told = Demonstration.of({**written, "虚构": True})
    assert (told.on, told.fictitious) == (on, on)
