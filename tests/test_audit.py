"""The audit: what it finds, what the command prints, and what the site may show of it."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace

import openpyxl
import pytest
from click.testing import CliRunner
from tests.clerk import Said
from tests.small_register import INSPECTION, LIST, PENALTY, Register

from quanze import cli, history
from quanze.base.model import Record
from quanze.base.problem import Problem
from quanze.check.checking import check
from quanze.proof.audit import WaiverRow, audit
from quanze.proof.publication import registered
from quanze.proof.trusted_time import COMMIT, TAG, TrustedTime, Word
from quanze.site.pages.audit import page
from quanze.site.publish import Site

DAY = "2026-11-23"
SITE = "catalog/site.yaml"
EDITION = "版次:\n  - {编号: v1, 名称: 演示第一版, 标签: v1}\n"
ADJUSTMENT = """名称: 年底的调整
事由: 法律修订。
事件日期: 2024-11-01
申请: {机关: 示例市应急管理局, 日期: 2024-11-05}
涉及事项: [{事项: xzcf-001, 变化: 变更}]
"""
WAIVER = "豁免:\n  - {规则: basis-without-article, 记录: items/xzjc-001, 理由: 等待答复, 截止: 2026-12-31}\n"


@pytest.fixture(name="register")
def _register(tmp_path):
    """The base catalog as its first edition, changed once without an adjustment and once with a late one."""
    register = Register(tmp_path / "project")
    register.git("tag", "v1")
    register.write(LIST, (register.root / LIST).read_text("utf-8") + EDITION)
    register.edit(INSPECTION, ("{依据文件: 安全生产法, 条: 65, 款: 1, 项: 1, 作用: 职权}", "{依据文件: 安全生产法}"))
    register.write(SITE, (register.root / SITE).read_text("utf-8") + WAIVER)
    register.commit("2024-02-01", "改依据")
    register.edit(PENALTY, ("上限: 100000", "上限: 200000"))
    register.write("catalog/adjustments/tz-1.yaml", ADJUSTMENT.replace("2024-11-05", "2024-12-02"))
    register.commit("2024-12-02", "改上限")
    return register


def state(register, at=DAY):
    told = history.read(register.root)
    checked = check(register.root, at, also=lambda catalog: registered(catalog, told, at))
    return checked.catalog, audit(checked.catalog, at, checked.problems, checked.waived, told)


def body(register):
    catalog, found = state(register)
    html = page(catalog, Site(catalog, DAY).shown, found).body
    return re.sub(r"\s+", " ", html)


def run(register, *words):
    done = CliRunner().invoke(cli.main, ["audit", *words, "--root", str(register.root)], catch_exceptions=False)
    return Said(done.exit_code, done.stdout, done.stderr)


# 查出什么


def test_open_reviews_are_those_of_the_history_too(register):
    _, found = state(register)
    assert [one.rule for one in found.reviews] == ["adjustment-late", "unregistered-change"]
    assert not found.sound
    assert found.errors == ()


def test_a_register_without_faults_is_sound(tmp_path):
    _, found = state(Register(tmp_path / "p"))
    assert found.sound
    assert found.limits == ("清单现在都没有写版次，改动是不是登记过没有查",)


def test_a_waiver_has_an_age(register):
    _, found = state(register)
    assert found.waivers == (
        WaiverRow(
            "basis-without-article",
            "items/xzjc-001",
            "「实施依据」第 1 条只写了《安全生产法》，没有写是哪一条；请写到条、款、项",
            "等待答复",
            "2024-02-01",
            1026,
            "2026-12-31",
            38,
        ),
    )


def test_a_waiver_that_was_taken_back_begins_again(register):
    register.edit(SITE, (WAIVER, ""))
    register.commit("2025-01-01")
    register.write(SITE, (register.root / SITE).read_text("utf-8") + WAIVER)
    register.commit("2025-06-01")
    assert [one.since for one in state(register)[1].waivers] == ["2025-06-01"]


def test_settings_that_could_not_be_read_once_break_nothing(register):
    text = (register.root / SITE).read_text("utf-8")
    register.write(SITE, "豁免: [1, {规则: x}]\n")
    register.commit("2025-01-01")
    register.write(SITE, "：")
    register.commit("2025-01-02")
    register.write(SITE, text)
    register.commit("2025-06-01")
    assert [one.since for one in state(register)[1].waivers] == ["2025-06-01"]


def test_a_waiver_that_is_not_recorded_has_no_age(register):
    register.edit(SITE, ("basis-without-article", "unregistered-change"))
    (waiver,) = state(register)[1].waivers
    assert (waiver.rule, waiver.since, waiver.days) == ("unregistered-change", "", None)


def test_an_unregistered_change_can_be_waived(register):
    register.edit(SITE, (WAIVER, WAIVER.replace("basis-without-article", "unregistered-change")))
    _, found = state(register)
    assert "unregistered-change" not in [one.rule for one in found.reviews]
    assert [one.rule for one in found.waivers] == ["unregistered-change"]


def test_a_check_that_asks_nothing_of_the_history_calls_no_such_waiver_unused(register):
    register.edit(SITE, (WAIVER, WAIVER.replace("basis-without-article", "unregistered-change")))
    assert "waiver-unused" not in [one.rule for one in check(register.root, DAY).problems]


def test_the_clocks(register):
    _, found = state(register)
    assert [(clock.name, clock.due, clock.late(DAY)) for clock in found.clocks] == [("申请", "2024-11-15", True)]


def test_uncommitted_changes_leave_no_commit_to_check_against(register):
    assert state(register)[1].commit == register.git("rev-parse", "HEAD")
    register.edit(PENALTY, ("上限: 200000", "上限: 300000"))
    _, found = state(register)
    assert found.commit == ""
    assert found.limits == ("有 1 个文件改了还没有提交：历史里没有这些改动",)


@pytest.mark.parametrize("way", ["exclude", "assume-unchanged"])
def test_what_git_was_told_not_to_see_is_no_part_of_the_commit(register, way):
    if way == "exclude":
        register.write(".git/info/exclude", "xzcf-077.yaml\n")
        register.write("catalog/items/xzcf-077.yaml", (register.root / PENALTY).read_text("utf-8"))
    else:
        register.git("update-index", "--assume-unchanged", PENALTY)
        register.edit(PENALTY, ("上限: 200000", "上限: 1"))
    done = CliRunner().invoke(cli.main, ["audit", "--at", DAY, "--root", str(register.root)])
    assert "提交：没有" in done.stdout
    name = "catalog/items/xzcf-077.yaml" if way == "exclude" else PENALTY
    assert f"限制：有 1 个文件（{name}）" in done.stdout


def test_an_edition_that_cannot_be_found_is_a_limit(register):
    register.git("tag", "--delete", "v1")
    _, found = state(register)
    assert [one.rule for one in found.reviews] == ["adjustment-late"]
    (limit,) = found.limits
    assert limit.startswith("清单 quan-ze-qing-dan 的「演示第一版」，没有从它查起：没有「v1」这个标签")


def test_what_a_shallow_clone_cannot_know_is_a_limit(register, tmp_path):
    _, found = state(register.shallow(tmp_path / "shallow", 1))
    assert found.limits[0].startswith("这是浅克隆")
    assert (
        found.limits[1] == "没有查：unregistered-change、adjustment-mismatch、adjustment-recorded、time-backwards、"
        "edition-altered、edition-recorded、attachment-replaced、beginning-moved、merge-dropped、adoption-altered、"
        "adjustment-open、declared-figure"
    )
    assert {"unregistered-change", "adjustment-mismatch"}.isdisjoint(one.id for one in found.checks)


def test_every_rule_of_the_manual_is_asked(register):
    ids = [one.id for one in state(register)[1].checks]
    assert {"yaml-tab", "form-required", "vanished", "unregistered-change", "waiver-unused"} <= set(ids)
    assert len(ids) == len(set(ids))


def upstream(catalog, **row):
    """Return the catalog with an upstream directory of one row, kept in the collection `procedures` with a link."""
    form = catalog.forms["procedures"]
    link = replace(catalog.forms["items"].fields["主项"], name="对应事项")
    forms = {**catalog.forms, "procedures": replace(form, fields={**form.fields, "对应事项": link})}
    rows = {"sj-1": Record("procedures", "sj-1", "catalog/procedures/sj-1.yaml", {"名称": "上级的一行", **row})}
    data = {**catalog.record("lists", "quan-ze-qing-dan").data, "性质": "上级目录", "集合": "procedures"}
    lists = {"ml": Record("lists", "ml", "catalog/lists/ml.yaml", {**data, "条件": {}, "短列": ["名称"], "列": []})}
    return replace(catalog, forms=forms, records={**catalog.records, "procedures": rows, "lists": lists})


@pytest.mark.parametrize(("row", "missing"), [({}, ["上级的一行"]), ({"对应事项": "xzcf-001"}, [])])
def test_the_rows_of_an_upstream_directory_without_item(register, row, missing):
    catalog, _ = state(register)
    found = audit(upstream(catalog, **row), DAY, (), (), history.History((), ()))
    assert [gap.title for gap in found.gaps] == missing


def test_an_upstream_directory_of_the_items_themselves_has_no_gap(register):
    register.edit(LIST, ("性质: 本机关公布", "性质: 上级目录"))
    assert state(register)[1].gaps == ()


# 命令


def test_text(register):
    said = run(register, "--at", DAY)
    assert said.code == 1
    lines = said.lines
    assert lines[0].startswith("【演示】")
    assert lines[1:3] == [f"日期：{DAY}", f"提交：{register.git('rev-parse', 'HEAD')}"]
    assert f"版次：quan-ze-qing-dan「演示第一版」，提交 {register.git('rev-parse', 'v1')[:12]}（2024-01-10）" in lines
    assert (
        "豁免：items/xzjc-001 「实施依据」第 1 条只写了《安全生产法》，没有写是哪一条；请写到条、款、项 "
        "[basis-without-article]；理由：等待答复（自 2024-02-01 起，已 1026 天；截止 2026-12-31，还有 38 天）"
    ) in lines
    assert "期限：tz-1 申请：2024-11-01 之后 10 个工作日，到 2024-11-15；2024-12-02 才申请，逾期" in lines
    assert sum(line.startswith("待复核：") for line in lines) == 2
    assert said.err == "错误 0，待复核 2，豁免 1，逾期 1\n"


def test_json(register):
    said = run(register, "--at", DAY, "--format", "json")
    data = json.loads(said.out)
    assert data["演示"].startswith("【演示】")
    assert data["日期"] == DAY
    assert [one["规则"] for one in data["待复核"]] == ["adjustment-late", "unregistered-change"]
    assert data["豁免"][0]["已有天数"] == 1026
    assert data["期限"] == [
        {
            "调整": "tz-1",
            "事项": "申请",
            "起算": "2024-11-01",
            "工作日": 10,
            "期限": "2024-11-15",
            "完成": "2024-12-02",
            "状态": "2024-12-02 才申请，逾期",
        }
    ]
    assert {one["规则"]: one["发现"] for one in data["检查"]}["unregistered-change"] == 1


def test_xlsx_is_the_same_each_time(register, tmp_path):
    files = [tmp_path / "1.xlsx", tmp_path / "2.xlsx"]
    assert run(register, "--at", DAY, "--format", "xlsx", "-o", str(files[0])).code == 1
    assert run(register, "--at", DAY, "-o", str(files[1])).code == 1
    assert files[0].read_bytes() == files[1].read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(files[0].read_bytes()))
    assert book.sheetnames == [
        "概况",
        "检查",
        "版次",
        "错误",
        "待复核",
        "豁免",
        "期限",
        "罚则条",
        "上级目录缺项",
        "设置和表单",
        "附件和法律文本",
        "其他记录",
        "可信时间",
        "采用",
    ]
    assert all(sheet["A1"].value.startswith("【演示】") for sheet in book)
    rows = [*book["待复核"].iter_rows(min_row=3, values_only=True)]
    assert rows[0] == ("文件", "行", "列", "规则", "问题")
    assert [row[3] for row in rows[1:]] == ["adjustment-late", "unregistered-change"]
    assert [row[0] for row in book["错误"].iter_rows(min_row=3, values_only=True)] == ["没有"]


@pytest.mark.parametrize(
    ("path", "old", "new", "line"),
    [
        ("catalog/laws/an-quan-sheng-chan-fa.yaml", "位阶: 法律", "位阶: 行政法规", "变更 laws/an-quan-sheng-chan-fa"),
        ("catalog/procedures/xing-zheng-chu-fa.yaml", "  - 环节: 决定\n", "", "变更 procedures/xing-zheng-chu-fa"),
        ("catalog/laws/an-quan-sheng-chan-fa.yaml", "日期: 2026-11-01", "日期: 2026-11-02", ""),
    ],
)
def test_what_became_of_records_in_no_edition_is_told_where_it_says_something(register, path, old, new, line):
    register.edit(path, (old, new))
    commit = register.commit("2024-12-03", "改")
    told = [each for each in run(register, "--at", DAY).lines if each.startswith("其他记录：")]
    said = f"其他记录：2024-12-03 {line}（提交 {commit[:12]}"
    assert [each.partition("）")[0] for each in told] == [said][: bool(line)]
    assert ("没有版次的记录的改动" in body(register)) == bool(line)


def test_before_an_edition_counts_such_a_change_is_told_nowhere(tmp_path):
    register = Register(tmp_path / "project")
    register.edit("catalog/laws/an-quan-sheng-chan-fa.yaml", ("位阶: 法律", "位阶: 行政法规"))
    register.commit("2024-12-03", "改")
    assert not [line for line in run(register, "--at", DAY).lines if line.startswith("其他记录：")]


def test_a_sound_register_exits_0(tmp_path):
    said = run(Register(tmp_path / "p"), "--at", DAY)
    assert (said.code, said.err) == (0, "错误 0，待复核 0，豁免 0，逾期 0\n")


def test_without_git_it_says_what_it_could_not_ask(tmp_path):
    register = Register(tmp_path / "p")
    (register.root / ".git").rename(tmp_path / "git")
    said = run(register, "--at", DAY)
    assert said.code == 0
    assert (
        "限制：没有查：vanished、unregistered-change、adjustment-mismatch、adjustment-recorded、time-backwards、"
        "edition-altered、edition-recorded、attachment-replaced、beginning-moved、merge-dropped、adoption-altered、"
        "adjustment-open、declared-figure" in said.lines
    )


def test_check_tells_of_vanished_records(register):
    register.remove(INSPECTION)
    done = CliRunner().invoke(cli.main, ["check", "--root", str(register.root)], catch_exceptions=False)
    assert done.exit_code == 1
    assert "catalog/items/xzjc-001.yaml:1:1: 已经公布的「xzjc-001」不见了" in done.stdout


# 网页


def test_the_page_says_commit_manifest_and_checks(register):
    html = body(register)
    assert register.git("rev-parse", "HEAD") in html
    assert 'href="../manifest.json"' in html
    assert re.search(r"运行了 \d+ 条<a href=\"../guide/rules/\">规则</a>，没有错误", html)
    assert "与仓库一致，不等于与批准文件一致" in html


def test_the_page_shows_reviews_waivers_and_clocks(register):
    html = body(register)
    assert '<a href="../items/xzjc-001/">对生产经营单位的监督检查</a>' in html
    assert re.search(r'1 处</span></summary> <p class="qz-note">规则 .*?没有动态调整登记；请补登记</li>', html)
    assert "理由：等待答复" in html
    assert "已 1026 天" in html
    assert "<strong>2024-12-02 才申请，逾期</strong>" in html
    assert '<a href="../lists/quan-ze-qing-dan/v1/">' in html


def test_the_page_hides_them_where_the_site_does(register):
    register.edit(SITE, ("公开待复核: true", "公开待复核: false"))
    register.commit("2024-12-03")
    html = body(register)
    assert register.git("rev-parse", "HEAD") in html
    assert 'href="../manifest.json"' in html
    for word in ("待复核 ", "等待答复", "逾期", "unregistered-change", "演示第一版"):
        assert word not in html


def test_the_page_tells_what_is_signed_of_published_lists_but_of_no_tag_which_is_no_part_of_a_commit(register):
    catalog, found = state(register)
    (edition,) = catalog.lists["quan-ze-qing-dan"].editions
    signed = Word("属实", by="示例签名人")
    times = (("quan-ze-qing-dan", COMMIT), ("quan-ze-qing-dan", TAG), ("cao-gao-qing-dan", COMMIT))
    told = replace(found, times=tuple(TrustedTime(list_, edition, kind, signed) for list_, kind in times))
    html = page(catalog, Site(catalog, DAY).shown, told).body
    assert html.count("示例签名人") == 1
    assert "的提交的签名属实，示例签名人" in html


def test_the_page_tells_nothing_of_drafts(register):
    register.edit(INSPECTION, ("状态: 有效", "状态: 拟"))
    register.edit(LIST, (EDITION, ""))
    register.commit("2024-12-03")
    html = body(register)
    assert "xzjc-001" not in html
    assert "没有豁免" in html


def test_the_page_tells_what_became_of_records_in_no_edition_but_of_no_draft(register):
    path = "catalog/procedures/xing-zheng-chu-fa.yaml"
    register.edit(path, ("  - 环节: 决定\n", ""))
    register.commit("2024-12-03")
    assert '变更 <a href="../procedures/xing-zheng-chu-fa/">' in body(register)
    catalog, found = state(register)
    drafts = replace(catalog, records={**catalog.records, "procedures": {}})
    assert "没有版次的记录的改动" not in page(catalog, drafts, found).body


def test_values_are_escaped(register):
    register.edit(SITE, ("等待答复", "<b>答复</b>"))
    register.commit("2024-12-03")
    assert "&lt;b&gt;答复&lt;/b&gt;" in body(register)


def test_a_draft_of_the_site_says_so(register):
    register.edit(PENALTY, ("上限: 200000", "上限: 300000"))
    assert "没有：这是草稿，无从核对" in body(register)


def test_a_register_with_an_error_is_not_sound(tmp_path):
    _, found = state(Register(tmp_path / "p"))
    assert not replace(found, errors=(Problem("catalog/site.yaml", 1, 1, "yaml-tab", "缩进用了制表符"),)).sound
