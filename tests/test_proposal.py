"""quanze report and quanze check --changed: what a branch puts forward, and what that touches."""

from __future__ import annotations

import io
import json

import docx
import pytest
from click.testing import CliRunner
from tests.clerk import DAY, Said
from tests.small_register import INSPECTION, LIST, PENALTY, Register

from quanze import cli

EDITION = "版次:\n  - {编号: v1, 名称: 演示第一版, 标签: v1}\n短列:"
ITEM = "对生产经营单位未按照规定对从业人员进行安全生产教育和培训的处罚"
ADJUSTMENT = "catalog/adjustments/tz-1.yaml"


@pytest.fixture(name="register")
def _register(tmp_path):
    """The base with one published edition on main, and a branch that begins there."""
    register = Register(tmp_path / "project")
    register.edit(LIST, ("短列:", EDITION))
    register.commit("2024-01-11", "版次")
    register.git("tag", "v1")
    register.branch("x")
    return register


@pytest.fixture(name="quanze")
def _quanze(register):
    def run(*words):
        at = ["--at", DAY] if words[0] in {"report", "check"} else []
        done = CliRunner().invoke(cli.main, [*words, *at, "--root", str(register.root)], catch_exceptions=False)
        return Said(done.exit_code, done.stdout, done.stderr)

    return run


def told(quanze):
    said = quanze("report", "main", "--format", "json")
    return {one["id"]: one for one in json.loads(said.out)["records"]}, json.loads(said.out)


def test_a_citation_that_stands_twice_in_a_new_record_is_told_once(register, quanze):
    register.write(PENALTY.replace("001", "002"), (register.root / PENALTY).read_text("utf-8"))
    register.commit("2024-02-01")
    lines = [one for one in quanze("report", "main").out.splitlines() if one.startswith("- 《")]
    assert lines
    assert len(lines) == len({*lines})


def test_a_page_that_goes_or_cannot_be_made_is_among_those_that_change(register, quanze):
    register.remove(INSPECTION)
    register.edit(PENALTY, ("职权类型: 行政处罚", "职权类型: 处罚权"))
    register.commit("2024-02-01")
    assert {"items/xzjc-001/", "items/xzcf-001/"} <= {*told(quanze)[1]["pages"]}


def test_a_changed_field_is_told_old_and_new_in_words(register, quanze):
    register.edit(PENALTY, ("上限: 100000", "上限: 200000"))
    register.commit("2024-02-01")
    records, whole = told(quanze)
    assert records["xzcf-001"]["words"] == [{"field": "处罚（其一）·罚款", "old": "十万元以下", "new": "二十万元以下"}]
    assert whole["counts"] == {"变更": 1}
    assert f"## 变更：{ITEM}（items/xzcf-001）" in quanze("report", "main").out.splitlines()
    assert "| 处罚（其一）·罚款 | 十万元以下 | 二十万元以下 |" in quanze("report", "main").out


def test_what_main_got_since_is_not_the_branch_s_doing(register, quanze):
    register.edit(PENALTY, ("上限: 100000", "上限: 200000"))
    register.commit("2024-02-01")
    register.switch("main")
    register.edit(INSPECTION, ("状态: 有效", "状态: 暂停"))
    register.commit("2024-02-02")
    register.switch("x")
    assert [*told(quanze)[0]] == ["xzcf-001"]


def test_a_new_record_is_told_field_by_field(register, quanze):
    text = (register.root / INSPECTION).read_text("utf-8").replace("的监督检查", "的专项检查")
    register.write("catalog/items/xzjc-002.yaml", text)
    register.commit("2024-02-01")
    records, whole = told(quanze)
    fields = {one["field"]: (one["old"], one["new"]) for one in records["xzjc-002"]["words"]}
    assert fields["事项名称"] == (None, "对生产经营单位的专项检查")
    assert fields["行使主体"] == (None, "示例市应急管理局")
    assert [one["state"] for one in records["xzjc-002"]["citations"]] == ["未核"]
    (touched,) = whole["lists"]
    assert (touched["added"], touched["changed"], touched["newest_edition"]) == ([["xzjc-002"]], [], "v1")
    assert {"items/xzjc-002/", "lists/quan-ze-qing-dan/", "laws/an-quan-sheng-chan-fa/"} <= {*whole["pages"]}


def test_a_draft_is_told_but_touches_no_list_and_needs_no_approval(register, quanze):
    text = (register.root / INSPECTION).read_text("utf-8").replace("的监督检查", "的专项检查")
    register.write("catalog/items/xzjc-002.yaml", text.replace("状态: 有效", "状态: 拟"))
    register.commit("2024-02-01")
    records, whole = told(quanze)
    assert records["xzjc-002"]["kind"] == "拟"
    assert (records["xzjc-002"]["page"], records["xzjc-002"]["missing_approvals"], whole["lists"]) == ("", [], [])


def test_a_deleted_draft_is_told_with_all_that_it_said(register, quanze):
    text = (register.root / INSPECTION).read_text("utf-8").replace("的监督检查", "的专项检查")
    register.write("catalog/items/xzjc-002.yaml", text.replace("状态: 有效", "状态: 拟"))
    register.commit("2024-02-01")
    register.git("branch", "-f", "main")
    register.remove("catalog/items/xzjc-002.yaml")
    register.commit("2024-02-02")
    records, _ = told(quanze)
    assert {"field": "事项名称", "old": "对生产经营单位的专项检查", "new": None} in records["xzjc-002"]["words"]
    assert "## 拟（删去）：对生产经营单位的专项检查" in quanze("report", "main").out


def test_a_deleted_record_is_told_with_all_that_it_said(register, quanze):
    register.remove(INSPECTION)
    register.commit("2024-02-01")
    records, _ = told(quanze)
    assert {"field": "事项名称", "old": "对生产经营单位的监督检查", "new": None} in records["xzjc-001"]["words"]
    assert [one["rule"] for one in records["xzjc-001"]["problems"]] == ["vanished"]
    assert quanze("report", "main").code == 1


@pytest.mark.parametrize(
    ("old", "new", "state"),
    [
        ("条: 65, 款: 1, 项: 1", "条: 400", "不存在"),
        ("依据文件: 安全生产法", "依据文件: 没有收录的办法", "未收录"),
        ("条: 65, 款: 1, 项: 1", "条: 66, 款: 1", "未核"),
        ("条: 65, 款: 1, 项: 1", "条: 66", "有效"),
    ],
)
def test_the_state_of_a_citation_that_changed(register, quanze, old, new, state):
    register.edit(INSPECTION, (old, new))
    register.commit("2024-02-01")
    records, _ = told(quanze)
    assert [one["state"] for one in records["xzjc-001"]["citations"]] == [state]


def test_a_provision_that_another_record_calls_displaced_is_displaced(register, quanze):
    text = (register.root / INSPECTION).read_text("utf-8")
    whole = text.replace("条: 65, 款: 1, 项: 1", "条: 66")
    register.write(INSPECTION, whole.replace("条: 66", "条: 66, 效力: 被上位法取代, 取代依据: 示例法第一条"))
    register.write("catalog/items/xzjc-002.yaml", whole.replace("的监督检查", "的专项检查"))
    register.commit("2024-02-01")
    assert [one["state"] for one in told(quanze)[0]["xzjc-002"]["citations"]] == ["被上位法取代"]


def test_a_provision_of_which_a_part_is_displaced_is_so_in_part(register, quanze):
    text = (register.root / INSPECTION).read_text("utf-8")
    part = "条: 66, 款: 1, 项: 1"
    register.write(
        INSPECTION, text.replace("条: 65, 款: 1, 项: 1", f"{part}, 效力: 被上位法取代, 取代依据: 示例法第一条")
    )
    whole = text.replace("条: 65, 款: 1, 项: 1", "条: 66")
    register.write("catalog/items/xzjc-002.yaml", whole.replace("的监督检查", "的专项检查"))
    register.commit("2024-02-01")
    assert [one["state"] for one in told(quanze)[0]["xzjc-002"]["citations"]] == ["部分被上位法取代"]


def test_a_citation_is_in_force_where_its_article_was_looked_up(register, quanze):
    law = "catalog/laws/mei-kuang-an-quan-sheng-chan-tiao-li.yaml"
    register.edit(law, ("条数: 76", "条数: 76, 结构: '1-2 3:0/0 4-76'"))
    register.edit(
        INSPECTION, ("依据文件: 安全生产法, 条: 65, 款: 1, 项: 1", "依据文件: 煤矿安全生产条例, 条: 3, 款: 2")
    )
    register.commit("2024-02-01")
    assert [one["state"] for one in told(quanze)[0]["xzjc-001"]["citations"]] == ["有效"]


def test_a_citation_that_did_not_change_is_not_told(register, quanze):
    register.edit(INSPECTION, ("状态: 有效", "状态: 暂停"))
    register.commit("2024-02-01")
    assert told(quanze)[0]["xzjc-001"]["citations"] == []


@pytest.mark.parametrize(
    ("adjustment", "missing"),
    [
        ("", ["没有动态调整登记：请在 catalog/adjustments/ 写明事由、涉及的记录和批准"]),
        (
            "申请: {机关: 示例市应急管理局, 日期: 2024-01-20}\n审核: [{机关: 示例市委编办, 日期: 2024-01-25}]\n",
            ["动态调整「二月的调整」还没有批准（机关、文号、日期）"],
        ),
        (
            "申请: {机关: 示例市应急管理局, 日期: 2024-01-20}\n批准: {机关: 示例市人民政府, 日期: 2024-01-30}\n",
            ["动态调整「二月的调整」没有写审核意见（机构编制、司法行政）", "动态调整「二月的调整」的批准没有文号"],
        ),
        (
            """申请: {机关: 示例市应急管理局, 日期: 2024-01-20}
审核: [{机关: 示例市委编办, 日期: 2024-01-25}]
批准: {机关: 示例市人民政府, 文号: 示例〔2024〕1号, 日期: 2024-01-30}
""",
            [],
        ),
    ],
)
def test_which_approvals_a_change_of_a_published_list_lacks(register, quanze, adjustment, missing):
    register.edit(INSPECTION, ("状态: 有效", "状态: 暂停"))
    if adjustment:
        head = "名称: 二月的调整\n事由: 法律修订。\n事件日期: 2024-01-15\n涉及事项: [{事项: xzjc-001, 变化: 暂停}]\n"
        register.write(ADJUSTMENT, head + adjustment)
    register.commit("2024-02-01")
    assert told(quanze)[0]["xzjc-001"]["missing_approvals"] == missing


def test_a_new_edition_names_the_document_that_approves_it(register, quanze):
    register.edit(LIST, ("标签: v1}\n", "标签: v1}\n  - {编号: v2, 名称: 演示第二版, 公布日期: 2024-02-01}\n"))
    register.commit("2024-02-01")
    records, whole = told(quanze)
    assert "版次「演示第二版」没有写批准的文号" in records["quan-ze-qing-dan"]["missing_approvals"]
    assert whole["lists"][0]["new_editions"] == ["v2"]


def test_a_review_that_the_change_makes_elsewhere_is_told(register, quanze):
    register.edit(INSPECTION, ("状态: 有效", "状态: 取消\n终止日期: 2024-03-01\n终止原因: 依据废止"))
    register.edit(PENALTY, ("状态: 有效", "状态: 有效\n主项: xzjc-001"))
    register.commit("2024-02-01")
    register.git("branch", "--force", "main", "HEAD")
    before = told(quanze)[1]["elsewhere"]
    assert before["new_reviews"] == []
    register.edit(INSPECTION, ("状态: 取消\n终止日期: 2024-03-01\n终止原因: 依据废止", "状态: 有效"))
    register.commit("2024-02-02")
    assert told(quanze)[1]["elsewhere"]["settled"] >= 1
    register.git("branch", "--force", "main", "HEAD")
    register.edit(INSPECTION, ("状态: 有效", "状态: 取消\n终止日期: 2024-03-01\n终止原因: 依据废止"))
    register.commit("2024-02-03")
    rules = [one["rule"] for one in told(quanze)[1]["elsewhere"]["new_reviews"]]
    assert "ended-reference" in rules


def test_other_files_and_uncommitted_ones_are_named(register, quanze):
    register.write("docs/说明.md", "改了\n")
    register.commit("2024-02-01")
    register.write("docs/没有提交.md", "改了\n")
    whole = told(quanze)[1]
    assert "docs/说明.md" in whole["files"]
    assert whole["uncommitted"] == ["docs/没有提交.md"]


def test_marks_in_a_value_do_not_break_the_report(register, quanze):
    register.edit(PENALTY, ("状态: 有效", "状态: 有效\n备注: 甲|乙<img src=x>"))
    register.commit("2024-02-01")
    assert "| 备注 |  | 甲\\|乙\\<img src=x\\> |" in quanze("report", "main").out


def sheet(quanze, tmp_path):
    file = tmp_path / "审批表.docx"
    said = quanze("report", "main", "-o", str(file))
    assert said.code in {0, 1}, said.err
    return file.read_bytes()


def test_the_approval_sheet_sets_old_beside_new(register, quanze, tmp_path):
    register.edit(PENALTY, ("上限: 100000", "上限: 200000"))
    register.commit("2024-02-01")
    content = sheet(quanze, tmp_path)
    made = docx.Document(io.BytesIO(content))
    rows = [[cell.text for cell in row.cells] for table in made.tables for row in table.rows]
    assert ["栏目", "原", "现"] in rows
    signed = made.tables[-1].rows
    assert all(one.paragraphs[0].paragraph_format.keep_with_next for row in signed[:-1] for one in row.cells)
    assert ["处罚（其一）·罚款", "十万元以下", "二十万元以下"] in rows
    assert [row[0] for row in rows[-3:]] == ["机构编制部门审核意见", "司法行政部门审核意见", "批准（机关、文号、日期）"]
    assert made.sections[0].header.paragraphs[0].text.startswith("【演示】")
    assert content == sheet(quanze, tmp_path)


def test_the_approval_sheet_says_what_became_wrong_elsewhere(register, quanze, tmp_path):
    register.remove("catalog/procedures/xing-zheng-chu-fa.yaml")
    register.commit("2024-02-01")
    lines = [one.text for one in docx.Document(io.BytesIO(sheet(quanze, tmp_path))).paragraphs]
    place = lines.index("没有改动的文件里的错误")
    assert lines[place + 1].startswith(f"{PENALTY}：")
    assert "xing-zheng-chu-fa" in lines[place + 1]


# 检查


def test_the_check_tells_touched_files_first_and_counts_the_rest(register, quanze):
    register.edit(INSPECTION, ("日期: 2026-11-01", "日期: 2024-01-01"))
    register.commit("2024-02-01")
    register.git("branch", "--force", "main", "HEAD")
    whole = quanze("check").lines
    assert all(line.startswith(f"{INSPECTION}:") for line in whole)
    register.edit(PENALTY, ("条: 97", "条: 400"))
    said = quanze("check", "--changed", "main")
    assert said.code == 1
    assert said.lines[0].startswith(f"{PENALTY}:")
    assert all(line.startswith(f"{PENALTY}:") for line in said.lines)
    assert f"没有改动的文件里另有 {len(whole)} 处待复核，没有逐个列出" in said.err


def test_an_error_elsewhere_is_still_told(register, quanze):
    register.edit(PENALTY, ("条: 97", "条: 400"))
    register.commit("2024-02-01")
    register.git("branch", "--force", "main", "HEAD")
    register.edit(INSPECTION, ("日期: 2026-11-01", "日期: 2024-01-01"))
    said = quanze("check", "--changed", "main")
    assert [line.partition(":")[0] for line in said.lines] == [INSPECTION, PENALTY]


@pytest.mark.parametrize("command", ["check", "report"])
def test_a_base_that_is_not_known_is_one_sentence(quanze, command):
    words = ["report", "没有"] if command == "report" else ["check", "--changed", "没有"]
    said = quanze(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err == "「没有」不是已知的提交、标签、分支或者日期（日期写成 2026-05-01）\n"


def test_where_no_list_has_an_edition_no_approval_is_said_to_be_there(register, quanze):
    register.edit(LIST, (EDITION, "短列:"))
    register.commit("2024-02-01")
    register.git("branch", "-f", "main")
    register.edit(PENALTY, ("上限: 100000", "上限: 200000"))
    register.commit("2024-02-02")
    said = quanze("report", "main").out
    assert "没有问批准" in said
    assert "没有缺少的批准" not in said


def test_suggestions_stand_at_the_lines_of_the_branch_where_its_merge_is_checked(register, quanze):
    register.edit(PENALTY, ("上限: 100000", "上限: 10万元"))
    register.commit("2024-02-01")
    tip = register.git("rev-parse", "HEAD").strip()
    register.switch("main")
    text = (register.root / PENALTY).read_text("utf-8")
    register.write(PENALTY, text.replace("\n", "\n# 主干上后来加的\n# 两行\n", 1))
    register.commit("2024-02-02")
    register.merge("x", "2024-02-03")
    rows = register.git("show", f"{tip}:{PENALTY}").split("\n")
    own = next(n for n, row in enumerate(rows, 1) if "10万元" in row)

    def lines(*words):
        said = quanze("report", "main~1", "--format", "json", *words)
        return [each["line"] for one in json.loads(said.out)["records"] for each in one["suggestions"]]

    assert lines() == [own + 2]
    assert lines("--tip", tip) == [own]
    assert lines("--tip", "v1") == []  # there, the line says something else
