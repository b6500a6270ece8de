"""The five questions of an auditor, asked of a history made to deceive; the answers were written down beforehand.

What did the list say on a day; who changed what; on whose approval; was it in time; is it what was approved?
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from functools import cache

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from tests import water
from tests.water import DAY, DEED, LIST, LIST_FILE, Water

from quanze import cli, history
from quanze.check.checking import check
from quanze.law.adjustment import Adjustment
from quanze.law.document_number import numbered
from quanze.proof import publication
from quanze.proof.audit import audit
from quanze.register.catalog import Catalog
from quanze.site.publish import Site

NETWORK, OFFICE = "catalog/items/guan-wang/xzcf-002.yaml", "catalog/items/xzjc-001.yaml"


@pytest.fixture(name="register", scope="module")
def _register(tmp_path_factory):
    return Water(tmp_path_factory.mktemp("water") / "水务")


@pytest.fixture(name="copied")
def _copied(register, tmp_path):
    """The same, to deceive once more."""
    made = object.__new__(Water)
    made.root, made.named = shutil.copytree(register.root, tmp_path / "水务"), register.named
    return made


@pytest.fixture(name="pages", scope="module")
def _pages(register):
    """The pages by their address, and the files beside them."""
    told = history.read(register.root)
    checked = check(register.root, DAY, also=lambda catalog: publication.registered(catalog, told, DAY))
    state = audit(checked.catalog, DAY, checked.problems, checked.waived, told)
    jobs = {job.url: job for job in Site(checked.catalog, DAY, {}, told, lambda: state).jobs()}
    assert checked.errors == ()
    return {url: job.make().body for url, job in jobs.items()}


def run(register, *words):
    return CliRunner().invoke(cli.main, [*words, "--root", str(register.root)], catch_exceptions=False)


def told(register, *words):
    return run(register, *words).stdout.splitlines()


@cache
def audited(root, _commit, at=DAY):
    """Return what the audit says of a commit."""
    done = CliRunner().invoke(cli.main, ["audit", "--at", at, "--format", "json", "--root", str(root)])
    return json.loads(done.stdout)


def found(register, rule):
    """Return what the audit says by a rule: each finding's file and message."""
    rows = audited(register.root, register.git("rev-parse", "HEAD"))["待复核"]
    return [(one["文件"].rpartition("/")[2], one["问题"]) for one in rows if one["规则"] == rule]


def short(register, name):
    return register.named[name][:12]


# 某一天写的是什么


@pytest.mark.parametrize(
    ("record", "at", "says"),
    [
        ("xzcf-003", "2024-06-30", "上限: 100000"),
        ("xzcf-003", "2024-07-02", "上限: 70000"),
        ("xzcf-003", "2024-07-03", "上限: 100000"),
        ("xzcf-001", "2024-09-02", "条: 31"),
        ("xzcf-001", "2024-09-03", "条: 35"),
        ("xzcf-004", "2024-05-22", "上限: 20000"),
        ("xzcf-002", "v2024", "事项名称: 对私接管网的处罚"),
        ("xzjc-001", "2024-11-30", "承办机构: 供水科"),
        ("xzjc-001", "2025-01-12", "承办机构: 执法支队"),
        ("xzcf-003", "2025-04-20", "状态: 有效"),
        ("xzcf-003", "2025-04-25", "状态: 合并"),
    ],
)
def test_what_a_record_said_on_a_day(register, record, at, says):
    assert says in [line.strip() for line in told(register, "history", record, "--at", at)]


def test_what_was_not_yet_in_the_branch_was_not_there(register):
    assert run(register, "history", "xzcf-004", "--at", "2024-05-21").exit_code == 2
    assert run(register, "diff", "2024-06-30", "2024-07-03").exit_code == 0


def test_the_editions_tell_rows_and_what_changed_behind_them(pages):
    first = pages[f"lists/{LIST}/2024/"]
    assert [first.count(each) for each in ("第三十一条", "第三十五条", "对二次供水设施不清洗")] == [1, 0, 0]
    changed = re.sub("<[^>]+>", "", pages[f"changes/{LIST}/2025/"])
    for each in ("五万元以下", "八万元以下", "执法支队", "对二次供水设施不清洗的处罚"):
        assert each in changed


def test_a_power_that_ended_before_it_was_recorded_had_ended_on_the_days_between(pages):
    page = pages["items/xzcf-003/"]
    assert 'data-recorded="2025-04-25" data-start="2025-04-15" data-end="2025-04-15" data-status="合并"' in page
    assert "生效日期 <time" not in page
    assert (
        'data-recorded="2025-04-25" data-start="2025-04-15" data-end="" data-status="有效"' in pages["items/xzcf-005/"]
    )


def test_a_draft_is_nowhere(pages):
    assert not any("草拟" in body or "xzcf-006" in body for body in pages.values())


# 谁改的，凭什么


def test_who_changed_what(register):
    lines = [line.split()[:5] for line in told(register, "history", "xzcf-003") if not line.startswith(" ")]
    assert [(day, kind, who) for day, kind, _, _, who in lines] == [
        ("2025-04-25", "合并", "丙"),
        ("2025-02-10", "变更", "乙（丁"),  # who recorded it for him
        ("2024-07-03", "变更", "甲"),
        ("2024-07-01", "变更", "戊"),
        ("2024-01-08", "新增", "甲"),
    ]


def test_the_merger_is_named_beside_the_author(register):
    newest, added = json.loads(run(register, "history", "xzcf-004", "--format", "json").stdout)
    assert (added["date"], added["kind"], added["authors"]) == ("2024-05-22", "新增", ["丙", "丁"])
    assert (added["adjustment"], newest["adjustment"]) == ("tz-2024-01", None)


def test_a_moved_file_keeps_its_history(register):
    kinds = [line.split()[1] for line in told(register, "history", "xzcf-002") if not line.startswith(" ")]
    assert kinds == ["变更", "变更", "移动", "变更", "新增"]


def test_a_change_names_its_adjustment_and_approval(register, pages):
    line = told(register, "history", "xzcf-001")[1]
    assert line.split() == [
        "动态调整",
        "tz-2024-02：因条例修订的调整",
        "澜溪市人民政府澜政批〔2024〕15号（2024-11-04",
        "批准，在这次改动以后）",
    ]
    assert "2024-11-04（在这次改动以后） 批准（澜政批〔2024〕15号），2024-12-09 公布" in pages["items/xzcf-001/"]


def test_what_nobody_approved_is_not_registered(register):
    message = f"2025-03-20 的变更（提交 {short(register, 'not approved')}）没有动态调整登记；请补登记"
    assert found(register, "unregistered-change") == [("xzcf-002.yaml", message)]


def test_an_approval_that_was_written_in_afterwards_is_told(register):
    said = "公布日期是 2025-04-28，而「批准」是 2025-06-05 才写成这样的"
    message = f"{said}（提交 {short(register, 'approval written in')}）；请核对是不是补登记"
    assert found(register, "adjustment-recorded") == [("tz-2025-02.yaml", message)]


# 及时没有


def test_terms_are_those_of_the_day_and_a_later_longer_one_does_not_reach_back(register):
    rows = audited(register.root, register.git("rev-parse", "HEAD"))["期限"]
    assert [(one["调整"], one["事项"], one["期限"], "逾期" in one["状态"]) for one in rows] == [
        ("tz-2024-01", "申请", "2024-05-17", False),
        ("tz-2024-01", "公布", "2024-06-18", False),
        ("tz-2024-02", "申请", "2024-09-13", True),
        ("tz-2024-02", "公布", "2024-12-02", True),
        ("tz-2025-01", "申请", "2025-06-13", False),
        ("tz-2025-02", "申请", "2025-06-30", False),
        ("tz-2025-02", "公布", "2025-08-29", False),
    ]
    assert told(register, "history", "site")[0].split()[:3] == ["2024-12-20", "变更", "catalog/site.yaml"]


def test_a_commit_that_claims_an_earlier_day_is_told(register):
    said = f"提交 {short(register, 'back-dated')} 写的日期是 2024-11-20，早于它前面的提交，按 2025-01-12 算；请核对"
    assert found(register, "time-backwards") == [("site.yaml", said)]


# 附件


def test_an_attachment_that_was_replaced_is_told_everywhere(register, pages):
    old, new = (hashlib.sha256(one).hexdigest() for one in (water.OLD_DEED, water.NEW_DEED))
    lines = told(register, "history", DEED)
    assert lines[0].split() == ["2025-01-12", "变更", DEED, short(register, "deed replaced"), "戊", "整理文件"]
    assert [line.strip() for line in lines[1:7]] == [
        "大小",
        "- 38 字节",
        "+ 46 字节",
        "SHA-256",
        f"- {old}",
        f"+ {new}",
    ]
    assert f"变更 {DEED}" in told(register, "diff", "2024-12-31", "2025-01-12")
    (row,) = found(register, "attachment-replaced")
    assert row[1].startswith(f"{DEED} 在 2025-01-12（提交 {short(register, 'deed replaced')}）换了内容")
    assert DEED in pages["audit/"]


def test_the_evidence_tells_terms_and_attachments_too(register, tmp_path):
    run(register, "diff", "v2024", "HEAD", "--format", "xlsx", "-o", str(tmp_path / "证据.xlsx"))
    sheet = load_workbook(tmp_path / "证据.xlsx")["设置和附件"]
    rows = [(path, kind, field, old, new) for path, kind, field, old, new, _ in sheet.iter_rows(values_only=True)]
    assert ("catalog/site.yaml", "变更", "期限·申请工作日", "10", "60") in rows
    assert (DEED, "变更", "大小", "38 字节", "46 字节") in rows
    assert {path for path, *_ in rows} == {"文件", "catalog/site.yaml", "schema/items.schema.json", DEED}


def test_an_attachment_whose_record_says_which_it_is_is_no_matter(copied):
    digest = hashlib.sha256(water.NEW_DEED).hexdigest()
    copied.edit("catalog/delegations/wtfq-001.yaml", ("名称: 委托书}", f"名称: 委托书, 校验值: {digest}}}"))
    copied.commit("2025-06-07")
    assert found(copied, "attachment-replaced") == []


# 瞒不过去


def limits(register):
    return audited(register.root, register.git("rev-parse", "HEAD"))["限制"]


def test_the_newest_approved_edition_counts_and_its_moved_tag_is_told(register):
    edition, moved = short(register, "taken over"), short(register, "not approved")
    assert limits(register) == [
        f"清单 {LIST} 的「2025年更新」，没有从它查起：没有写批准的文号，不能作公布的版次",
        f"清单 {LIST} 的「2025年版」：标签 v2025 现在指向提交 {moved}，登记的是 {edition}：标签移动过，或者登记改过",
    ]


@pytest.mark.parametrize("number", ["无", "待核", "暂缺"])
def test_what_is_no_number_of_a_document_approves_nothing(copied, number):
    copied.edit(LIST_FILE, ("名称: 2025年更新\n", f"名称: 2025年更新\n    文号: {number}\n"))
    assert [one.edition.id for one in publication.bases(Catalog.load(copied.root)) if one.commit] == ["2025"]
    approval = {"批准": {"机关": "市政府", "文号": number, "日期": "2025-03-19"}}
    assert not numbered(Adjustment.of(approval).approved.number)


def test_an_edition_beside_the_branch_moves_nothing_and_is_told(copied):
    branch = copied.named["branch"]
    copied.edit(LIST_FILE, (copied.named["taken over"], branch))
    copied.commit("2025-06-07")
    assert f"清单 {LIST} 的「2025年版」：登记以后改过，仍从登记时写的提交查起" in limits(copied)
    assert "xzcf-002.yaml" in [file for file, _ in found(copied, "unregistered-change")]


def test_an_edition_that_was_altered_or_removed_is_told(copied):
    copied.edit(LIST_FILE, (copied.named["taken over"], copied.named["ended"]))
    altered = copied.commit("2025-06-07")
    text = (copied.root / LIST_FILE).read_text("utf-8")
    begin, second = text.index('  - 编号: "2024"'), text.index('  - 编号: "2025"')
    copied.write(LIST_FILE, text[:begin] + text[second:])
    removed = copied.commit("2025-06-08")
    ends = f"由 {copied.named['taken over']} 改为 {copied.named['ended']}"
    assert [message for _, message in found(copied, "edition-altered")] == [
        f"版次「2024年版」登记以后被删去（2025-06-08，提交 {removed[:12]}）；请核对",
        f"版次「2025年版」登记以后改过：「提交」{ends}（2025-06-07，提交 {altered[:12]}）；请核对",
    ]


@pytest.mark.parametrize(
    ("dates", "day", "told", "late"),
    [
        ("确认日期: 2031-06-01\n    公布日期: 2025-06-07", "2025-06-08", "写的日期 2031-06-01 还没有到", False),
        ("公布日期: 2031-06-02", "2025-06-08", "写的日期 2031-06-02 还没有到", False),
        ("公布日期: 2025-06-07", "2025-07-07", "", False),
        ("公布日期: 2025-06-07", "2025-07-08", "", True),
    ],
)
def test_an_edition_of_a_day_to_come_moves_nothing_and_one_told_late_is_a_review(copied, dates, day, told, late):
    copied.edit("catalog/items/xzcf-001.yaml", ("供水科", "法规科"))
    commit = copied.commit("2025-06-07")
    entry = (
        f'  - 编号: "2025-09"\n    名称: 秋季版\n    文号: 澜政发〔2025〕9号\n    {dates}\n    提交: {commit}\n短列:'
    )
    copied.edit(LIST_FILE, ("短列:", entry))
    copied.commit(day)
    refused = [one for one in limits(copied) if "秋季版" in one]
    assert [told in one for one in refused] == [True] * bool(told)
    assert ("xzcf-001.yaml" in [file for file, _ in found(copied, "unregistered-change")]) is bool(told)
    said = f"版次「秋季版」写的公布日期是 2025-06-07，{day} 才登记；请核对是不是补登记"
    assert (said in [message for _, message in found(copied, "edition-recorded")]) is late


def test_a_beginning_behind_all_that_was_changed_is_told_and_the_edition_before_it_is_no_base(copied):
    copied.edit("catalog/site.yaml", ("核对周期", "历史起点: 2025-06-07\n核对周期"))
    commit = copied.commit("2025-06-07")
    copied.edit("catalog/items/xzcf-001.yaml", ("供水科", "法规科"))
    copied.commit("2025-06-08")
    said = f"2025-06-07（提交 {commit[:12]}）才写成「2025-06-07」：那以前的改动没有查；请核对"
    assert found(copied, "beginning-moved") == [("site.yaml", said)]
    assert f"清单 {LIST} 的「2025年版」：它的提交早于「历史起点」，没有从它查起" in limits(copied)


def test_a_history_that_begins_later_is_told(copied):
    copied.edit("catalog/site.yaml", ("核对周期", "历史起点: 2025-05-01\n核对周期"))
    commit = copied.commit("2025-06-07")
    said = f"2025-06-07（提交 {commit[:12]}）才写成「2025-05-01」：那以前的改动没有查；请核对"
    assert found(copied, "beginning-moved") == [("site.yaml", said)]
    assert "历史从 2025-05-01 算起（site.yaml 的「历史起点」），以前的没有查" in limits(copied)


def test_other_ways_to_silence_the_audit(copied):
    """A publication put off, an approval of a day to come, a list that asks for less, other names, a future commit."""
    copied.edit("catalog/adjustments/tz-2024-01.yaml", ("公布日期: 2024-05-24", "公布日期: 2026-05-24"))
    put_off = copied.commit("2025-06-06")
    approval = "批准: {机关: 澜溪市人民政府, 文号: 澜政批〔2027〕1号, 日期: 2027-01-01}\n"
    copied.edit("catalog/adjustments/tz-2025-01.yaml", ("公布日期: 2025-03-21\n", approval))
    copied.edit(LIST_FILE, ("状态: [有效, 暂停]", "状态: [暂停]"))
    copied.write(".mailmap", "甲 <test@example.org> 戊 <test@example.org>\n")
    copied.commit("2025-06-07", author="戊")
    copied.edit("catalog/items/xzcf-001.yaml", ("供水科", "法规科"))
    copied.commit("2031-06-07")
    said = "公布日期是 2024-05-24，而「公布日期」是 2025-06-06 才写成这样的"
    assert ("tz-2024-01.yaml", f"{said}（提交 {put_off[:12]}）；请核对是不是补登记") in found(
        copied, "adjustment-recorded"
    )
    told_of = [file for file, _ in found(copied, "unregistered-change")]
    assert told_of == ["xzcf-002.yaml", "xzcf-001.yaml", f"{LIST}.yaml"]
    assert limits(copied)[0].startswith(f"有 1 个提交晚于 {DAY}，最近的写的是 2031-06-07")
    assert told(copied, "history", ".mailmap")[0].split()[:3] == ["2025-06-07", "新增", ".mailmap"]
    assert "新增 .mailmap" in told(copied, "diff", "HEAD~2", "HEAD~1")


FORGED = "2025-06-01 变更 items/xzcf-001 000000000000 甲 伪造"


def test_a_name_with_a_line_break_forges_no_line(copied):
    path, odd = "catalog/items/xzcf-001.yaml", f"catalog/items/a\n{FORGED}/xzcf-001.yaml"
    copied.move(path, odd)
    copied.write(f"files/a\n{FORGED}.pdf", b"%PDF-")
    copied.commit("2025-06-08")
    copied.move(odd, path)
    copied.commit("2025-06-09")
    changed = ("diff", "HEAD~2", "HEAD~1")
    told_whole = (("history", "xzcf-001"), (*changed, "--format", "markdown"))
    for words in (*told_whole, changed, ("audit", "--at", DAY)):
        lines = told(copied, *words)
        assert words in told_whole or any("<U+000A>" in line for line in lines)
        assert not any(line.startswith(FORGED) for line in lines)


@pytest.mark.parametrize(("day", "late"), [("2025-07-07", False), ("2025-07-08", True)])
def test_an_edition_that_gets_its_document_late_is_a_review(copied, day, late):
    copied.edit("catalog/items/xzcf-001.yaml", ("供水科", "法规科"))
    commit = copied.commit("2025-06-07")
    told = f'  - 编号: "2025-09"\n    名称: 秋季版\n    公布日期: 2025-06-07\n    提交: {commit}\n短列:'
    copied.edit(LIST_FILE, ("短列:", told))
    copied.commit("2025-06-08")
    copied.edit(LIST_FILE, ("名称: 秋季版\n", "名称: 秋季版\n    文号: 澜政发〔2025〕9号\n"))
    copied.commit(day)
    said = f"版次「秋季版」写的公布日期是 2025-06-07，{day} 才登记；请核对是不是补登记"
    assert (said in [message for _, message in found(copied, "edition-recorded")]) is late
