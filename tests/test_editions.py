"""Editions of a list: as it stood, compared with the one before, and where they cannot be made out."""

from __future__ import annotations

import csv
import json
import re
import shutil

import pytest
from tests.small_register import INSPECTION, LIST, LIST_ID, PENALTY, Register

from quanze.base.problem import Fault
from quanze.history.comparison import compare
from quanze.register.definition import Edition
from quanze.site import exports
from quanze.site.pages import annex

EDITIONS = """版次:
  - {编号: 2024-01, 名称: 2024年版（演示）, 公布日期: "2024-01-15", 标签: v2024}
  - {编号: 2025-01, 名称: 2025年版（演示）, 提交: %s}
  - {编号: 2026-01, 名称: 2026年版（演示）, 标签: v2026}
  - {编号: 2027-01, 名称: 2027年版（演示）}
"""


@pytest.fixture(name="register", scope="module")
def _register(tmp_path_factory):
    """Three states: 2024 as in the base; 2025 with an item changed, one ended, two new; then today's."""
    register = Register(tmp_path_factory.mktemp("editions") / "project")
    register.git("tag", "v2024")
    inspection = (register.root / INSPECTION).read_text("utf-8")
    register.edit(PENALTY, ("条: 28, 款: 1", "条: 28, 款: 4"))
    register.edit(INSPECTION, ("状态: 有效", "状态: 取消\n终止日期: 2024-06-01\n终止原因: 依据废止"))
    for number in ("002", "003"):
        register.write(f"catalog/items/xzjc-{number}.yaml", inspection.replace("的监督检查", f"的第{number}种检查"))
    commit = register.commit("2024-07-01", "调整", "李四")
    register.edit(LIST, ("短列:", (EDITIONS % commit) + "短列:"))
    register.edit(PENALTY, ("对生产经营单位未", "对企业未"))
    register.commit("2025-03-01")
    return register


@pytest.fixture(name="past", scope="module")
def _past(register):
    return register.past()


@pytest.fixture(name="pages", scope="module")
def _pages(past):
    return {url: make() for url, make in past.pages()}


def stand(past, when):
    return past.archive.snapshot(LIST_ID, when)


def names(past, when):
    return [row.records[0].id for row in stand(past, when).listing.rows]


def test_a_list_is_as_it_stood(past):
    assert names(past, "v2024") == ["xzcf-001", "xzjc-001"]
    assert names(past, "HEAD") == ["xzcf-001", "xzjc-002", "xzjc-003"]


@pytest.mark.parametrize(
    ("day", "ids"),
    [
        ("2024-01-10", ["xzcf-001", "xzjc-001"]),
        ("2024-06-30", ["xzcf-001", "xzjc-001"]),
        ("2024-07-01", ["xzcf-001", "xzjc-002", "xzjc-003"]),
        ("2999-01-01", ["xzcf-001", "xzjc-002", "xzjc-003"]),
    ],
)
def test_a_day_is_what_was_recorded_by_its_end(past, day, ids):
    assert names(past, day) == ids


def test_before_the_first_commit_there_is_nothing(past):
    with pytest.raises(Fault, match="最早的提交在 2024-01-10"):
        stand(past, "2024-01-09")


def test_a_catalog_is_read_once_per_commit(past):
    assert past.archive.state("v2024")[1] is past.archive.state("2024-01-10")[1]


def test_an_old_list_exports_as_a_new_one(past):
    then = stand(past, "v2024")
    rows = exports.rows(then.listing, then.catalog, then.look)
    assert rows[0][-1] == "《安全生产法》第二十八条第一款\n《安全生产法》第九十七条第三项"


def test_every_row_of_either_edition_is_counted_once(past):
    told = compare(stand(past, "v2024"), stand(past, "2024-07-01"))
    assert [pair.title for pair in told.added] == ["对生产经营单位的第002种检查", "对生产经营单位的第003种检查"]
    assert [(pair.title, pair.status) for pair in told.ended] == [("对生产经营单位的监督检查", "取消（2024-06-01 起）")]
    assert [[tuple(cell) for cell in pair.cells] for pair in told.changed] == [
        [
            (
                "实施依据",
                "《安全生产法》第二十八条第一款\n《安全生产法》第九十七条第三项",
                "《安全生产法》第二十八条第四款\n《安全生产法》第九十七条第三项",
            )
        ]
    ]
    assert (len(told.renumbered), told.unchanged) == (0, 0)
    assert len(told.pairs) == 4


def test_a_changed_number_alone_is_told_apart(tmp_path):
    register = Register(tmp_path / "p")
    register.write(
        "catalog/items/xzjc-000.yaml", (register.root / INSPECTION).read_text("utf-8").replace("监督", "专项")
    )
    register.commit("2024-02-01")
    past = register.past()
    told = compare(stand(past, "2024-01-10"), stand(past, "HEAD"))
    assert [(pair.old.number, pair.new.number) for pair in told.renumbered] == [(2, 3)]
    assert (len(told.added), told.unchanged) == (1, 1)


def test_new_and_dropped_columns_are_told_once(tmp_path):
    register = Register(tmp_path / "p")
    register.edit(LIST, ("  - 字段: 职权类型\n", "  - 字段: 承办机构\n"))
    register.commit("2024-02-01")
    past = register.past()
    told = compare(stand(past, "2024-01-10"), stand(past, "HEAD"))
    assert told.columns == (("承办机构",), ("职权类型",))
    assert told.unchanged == 2


# 页面


def test_each_edition_has_its_two_pages(pages):
    for edition in ("2024-01", "2025-01", "2026-01", "2027-01"):
        assert f"lists/{LIST_ID}/{edition}/" in pages
        assert f"changes/{LIST_ID}/{edition}/" in pages


@pytest.mark.parametrize("edition", ["2024-01", "2025-01", "2026-01", "2027-01"])
def test_an_old_edition_says_that_it_is_one(pages, edition):
    body = pages[f"lists/{LIST_ID}/{edition}/"].body
    assert "这是历史版本，不是现行清单" in body
    assert f'href="../../../lists/{LIST_ID}/"' in body
    assert 'aria-current="page"' in body


def test_the_page_shows_the_list_as_it_stood(pages):
    body = pages[f"lists/{LIST_ID}/2024-01/"].body
    assert "第二十八条第一款" in body
    assert "对生产经营单位未按照规定" in body
    assert "2024-01-10</time>" in body


def test_records_that_have_a_page_are_linked(pages):
    assert 'href="../../../items/xzjc-001/"' in pages[f"lists/{LIST_ID}/2024-01/"].body


def test_the_comparison_shows_counts_and_table(pages):
    body = pages[f"changes/{LIST_ID}/2025-01/"].body
    counts = dict(re.findall(r"<dt>(.*?)</dt><dd>(\d+)</dd>", body))
    assert counts == {"新增": "2", "不再列入": "1", "内容变更": "1", "仅序号变化": "0", "没有变化": "0"}
    assert re.findall(r'<th scope="col">(.*?)</th>', body) == ["条目", "编码", "旧", "新"]
    assert "<del>一</del>" in body
    assert "<ins>四</ins>" in body


def test_the_first_edition_is_compared_with_nothing(pages):
    body = pages[f"changes/{LIST_ID}/2024-01/"].body
    assert "第一版" in body
    assert "共 2 项" in body


def test_an_edition_that_nobody_approved_hides_nothing_from_the_next(tmp_path):
    register = Register(tmp_path / "p")
    register.git("tag", "a")
    register.edit(PENALTY, ("对生产经营单位未", "对企业未"))
    register.commit("2024-02-01")
    told = "版次:\n  - {编号: a, 名称: 甲版, 文号: 示政〔2024〕1号, 标签: a}\n"
    told += "  - {编号: b, 名称: 乙版, 标签: b}\n  - {编号: c, 名称: 丙版, 文号: 示政〔2024〕2号, 标签: b}\n"
    register.git("tag", "b")
    register.edit(LIST, ("短列:", f"{told}短列:"))
    register.commit("2024-03-01")
    pages = {url: make() for url, make in register.past().pages()}
    inner, approved = (pages[f"changes/{LIST_ID}/{id_}/"].body for id_ in "bc")
    for body in (inner, approved):
        assert "与上一版（甲版，示政〔2024〕1号）相比" in body
        assert "<dt>内容变更</dt><dd>1</dd>" in body
    assert "乙版没有写批准的文号，以后的版次不与它相比" in inner
    assert "没有写批准的文号" not in approved


def test_an_edition_whose_commit_is_missing_says_why(pages):
    assert "没有「v2026」这个标签" in pages[f"lists/{LIST_ID}/2026-01/"].body
    assert "没有「v2026」这个标签" in pages[f"changes/{LIST_ID}/2026-01/"].body
    assert "没有登记对应的标签或者提交" in pages[f"lists/{LIST_ID}/2027-01/"].body


def test_editions_that_can_be_made_out_are_data_too(past):
    files = dict(file for make in past.makers() for file in make())
    base = f"data/v1/lists/{LIST_ID}/"
    assert {path.removeprefix(base) for path in files if path.startswith(base)} == {
        f"{edition}.{suffix}" for edition in ("2024-01", "2025-01") for suffix in ("json", "csv", "xlsx")
    }
    told = json.loads(files[f"{base}2024-01.json"])
    assert (told["dated"], told["total"], told["demonstration"]) == ("2024-01-10", 2, True)
    rows = [*csv.reader(files[f"{base}2024-01.csv"].decode("utf-8-sig").splitlines(keepends=True))]
    assert all("【演示】" in row[-1] for row in rows[1:])


def test_without_a_repository_an_edition_says_why(tmp_path):
    register = Register(tmp_path / "p")
    register.edit(LIST, ("短列:", (EDITIONS % register.git("rev-parse", "HEAD")) + "短列:"))
    shutil.rmtree(register.root / ".git")
    body = dict(register.past().pages())[f"lists/{LIST_ID}/2024-01/"]().body
    assert "生成网站时没有版本库" in body
    assert str(tmp_path) not in body


def test_no_old_record_is_a_draft(tmp_path):
    register = Register(tmp_path / "p")
    register.edit(INSPECTION, ("状态: 有效", "状态: 拟"))
    register.edit(LIST, ("[有效, 暂停]", "[有效, 拟]"))
    register.commit("2024-02-01")
    register.edit(LIST, ("[有效, 拟]", "[有效]"))
    register.commit("2024-02-02")
    assert names(register.past(), "2024-02-01") == ["xzcf-001"]


# 与现在的表单不符的旧文件


def test_an_old_value_of_another_shape_is_shown_as_it_was_written(tmp_path):
    register = Register(tmp_path / "p")
    register.edit(
        PENALTY, ("实施依据:\n  - {依据文件: 安全生产法, 条: 28, 款: 1, 作用: 义务}", "实施依据:\n  - 安全生产法28条")
    )
    register.edit(INSPECTION, ("行使主体: [shi-ying-ji-guan-li-ju]", "行使主体: 市应急局"))
    register.write("catalog/laws/an-quan-sheng-chan-fa.yaml", "名称: 安全生产法\n版本: 2021\n")
    register.write("catalog/items/xzjc-009.yaml", "事项名称：坏了\n")
    register.commit("2024-02-01")
    register.git("checkout", "--quiet", "HEAD^", "--", "catalog")
    register.remove("catalog/items/xzjc-009.yaml")
    register.commit("2024-03-01")
    past = register.past()
    then = stand(past, "2024-02-01")
    rows = exports.rows(then.listing, then.catalog, then.look)
    assert "安全生产法28条" in rows[0][-1]
    assert rows[1][-1] == "《安全生产法》第六十五条第一款第一项"


def test_an_old_definition_falls_back_on_todays(tmp_path):
    register = Register(tmp_path / "p")
    text = (register.root / LIST).read_text("utf-8")
    register.write(LIST, "名称: 旧清单\n集合: items\n列: [序号, 名称]\n")
    register.commit("2024-02-01")
    register.write(LIST, text)
    register.commit("2024-03-01")
    then = stand(register.past(), "2024-02-01")
    assert then.listing.record.data["名称"] == "旧清单"
    assert [one.title for one in then.listing.columns] == ["序号", "事项名称", "职权类型", "实施依据"]


def test_a_list_that_was_not_there_is_said(past):
    with pytest.raises(Fault, match="还没有清单「xin」"):
        past.archive.snapshot("xin", "v2024")


def test_a_changed_file_is_read_from_git_not_from_the_folder(tmp_path):
    register = Register(tmp_path / "p")
    register.edit(PENALTY, ("对生产经营单位未", "对没有提交的未"))
    then = stand(register.past(), "HEAD")
    assert "没有提交" not in str(exports.rows(then.listing, then.catalog, then.look))


# 全表


def annex_of(register):
    site = register.site()
    return annex.page(site.context, site.shown.records["lists"][LIST_ID]).body


def test_the_annex_has_all_columns_and_heads_in_two_rows(tmp_path):
    register = Register(tmp_path / "p")
    column = "  - 字段: 实施依据\n    组: 实施依据\n"
    group = f"{column}    标题: 法律\n    位阶: 法律\n{column}    标题: 规章\n    位阶: 部门规章\n"
    register.edit(LIST, ("  - 字段: 实施依据\n", group))
    register.commit("2024-02-01")
    body = annex_of(register)
    assert '<th scope="col" rowspan="2">序号</th>' in body
    assert '<th scope="colgroup" colspan="2">实施依据</th>' in body
    assert body.count("<tr>") == 2 + 2
    assert "没有登记版次" in body
    assert "公布主体：示例市应急管理局" in body


def test_the_annex_names_the_newest_edition(register):
    assert "2027年版（演示）" in annex_of(register)


@pytest.mark.parametrize(
    ("data", "means"),
    [
        ({"提交": "a" * 40}, True),
        ({"提交": "a" * 12}, True),
        ({"提交": "HEAD"}, False),
        ({"提交": "main"}, False),
        ({"提交": "b" * 40}, False),  # a tag's own id
        ({"标签": "v2026"}, True),
        ({"标签": "v2026~1"}, False),
        ({"标签": "v2026^2"}, False),
    ],
)
def test_an_edition_means_a_commit_by_its_id_or_a_tag_by_its_name(data, means):
    assert Edition.of(data).means("a" * 40) is means
