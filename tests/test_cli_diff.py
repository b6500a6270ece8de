"""quanze diff and quanze history: what they print, and the evidence pack."""

from __future__ import annotations

import io
import json
import shutil
import zipfile

import openpyxl
import pytest
from click.testing import CliRunner
from tests.clerk import Said
from tests.small_register import INSPECTION, PENALTY, Register

from quanze import cli

ITEM = "对生产经营单位未按照规定对从业人员进行安全生产教育和培训的处罚"


@pytest.fixture(name="register")
def _register(tmp_path):
    """Three commits: the base; two changes by 李四; one change back and one adjustment by 王五."""
    register = Register(tmp_path / "project")
    register.git("tag", "v1")
    register.edit(PENALTY, ("上限: 100000", "上限: 200000"), ("状态: 有效", "状态: 有效\n备注: 甲|乙"))
    register.edit(INSPECTION, ("状态: 有效", "状态: 暂停"))
    register.commit("2024-02-01", "改两条", "李四")
    register.edit(PENALTY, ("上限: 200000", "上限: 100000"))
    register.write(
        "catalog/adjustments/tz-1.yaml",
        "名称: 二月的调整\n事由: 法律修订。\n事件日期: 2024-01-20\n涉及事项: [{事项: xzjc-001, 变化: 暂停}]\n"
        "批准: {机关: 示例市人民政府, 文号: 示例〔2024〕1号, 日期: 2024-01-30}\n",
    )
    register.commit("2024-03-01", "改回", "王五")
    register.git("tag", "v2")
    return register


@pytest.fixture(name="quanze")
def _quanze(register):
    def run(*words):
        done = CliRunner().invoke(cli.main, [*words, "--root", str(register.root)], catch_exceptions=False)
        return Said(done.exit_code, done.stdout, done.stderr)

    return run


def pack(quanze, tmp_path, *words):
    file = tmp_path / "证据.xlsx"
    said = quanze("diff", *words, "--format", "xlsx", "-o", str(file))
    assert said.code == 1, said.err
    return file.read_bytes()


def sheet(content, name):
    """Return the rows of a sheet below the notice."""
    rows = openpyxl.load_workbook(io.BytesIO(content))[name].iter_rows(values_only=True)
    return [*rows][1:]


# diff


def test_it_tells_the_sum_in_the_forms_words(quanze):
    said = quanze("diff", "v1", "v2")
    assert said.code == 1
    assert said.lines == [
        "新增 adjustments/tz-1 二月的调整",
        f"变更 items/xzcf-001 {ITEM}",
        "    备注",
        "      + 甲|乙",
        "暂停 items/xzjc-001 对生产经营单位的监督检查",
        "    状态",
        "      - 有效",
        "      + 暂停",
    ]
    assert "（2024-01-10） → " in said.err
    assert "新增 1 条，变更 1 条，暂停 1 条" in said.err


def test_the_second_revision_is_the_newest_commit(quanze):
    assert quanze("diff", "v1").out == quanze("diff", "v1", "v2").out


@pytest.mark.parametrize(("old", "new"), [("2024-01-31", "2024-02-29"), ("v1", "v2~1"), ("2024-01-10", "main~1")])
def test_days_tags_and_revisions_name_the_same(quanze, old, new):
    assert "二十万元以下" in quanze("diff", old, new).out


def test_backwards_it_tells_the_way_back(quanze):
    assert quanze("diff", "v2", "v1").lines[0] == "消失 adjustments/tz-1 二月的调整"


def test_no_difference_is_sound(quanze):
    said = quanze("diff", "v2", "HEAD")
    assert (said.code, said.out) == (0, "")
    assert "没有差异" in said.err


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("v3",), "「v3」不是已知的"),
        (("2023-01-01",), "最早的提交在 2024-01-10"),
        (("2024-02-30",), "没有「2024-02-30」这一天"),
        ((), "缺少 旧版本"),
        (("v1", "--format", "pdf"), "--format 只能是"),
    ],
)
def test_wrong_use_is_one_sentence(quanze, words, hint):
    said = quanze("diff", *words)
    assert (said.code, said.out) == (2, "")
    assert hint in said.err


def test_what_is_not_committed_is_left_out_and_said(quanze, register):
    before = quanze("diff", "v1").out
    register.edit(PENALTY, ("甲|乙", "丙"))
    said = quanze("diff", "v1")
    assert said.out == before
    assert "1 个文件改了还没有提交" in said.err


def test_without_a_repository_it_says_what_to_do(quanze, register):
    shutil.rmtree(register.root / ".git")
    for words in (("diff", "v1"), ("history", "xzcf-001"), ("history", "xzcf-001", "--at", "v1")):
        said = quanze(*words)
        assert said.code == 2
        assert "git clone" in said.err


def test_a_broken_file_does_not_hide_the_differences(quanze, register):
    register.write(PENALTY, "坏：了\n")
    register.commit("2024-04-01")
    said = quanze("diff", "v1")
    assert "不可读 items/xzcf-001" in said.out
    assert "    读不出来：" in said.out
    assert "1 个文件有问题" in said.err


def test_markdown_is_a_report_that_nothing_in_a_value_breaks(quanze):
    told = quanze("diff", "v1", "--format", "markdown").out
    assert told.startswith("# 变化：2024-01-10 → 2024-03-01\n")
    assert "| 暂停 | 1 |" in told
    assert "| 备注 |  | 甲\\|乙 |" in told


def test_json_has_values_and_words(quanze):
    told = json.loads(quanze("diff", "v1", "v2~1", "--format", "json").out)
    assert (told["old"]["date"], told["new"]["date"]) == ("2024-01-10", "2024-02-01")
    assert told["counts"] == {"变更": 1, "暂停": 1}
    assert told["records"][0]["changes"] == [
        {"field": "备注", "old": None, "new": "甲|乙"},
        {"field": "处罚[1].罚款.上限", "old": 100000, "new": 200000},
    ]
    assert told["records"][0]["words"][1] == {"field": "处罚（其一）·罚款", "old": "十万元以下", "new": "二十万元以下"}


def test_the_result_can_go_to_a_file(quanze, tmp_path):
    said = quanze("diff", "v1", "-o", str(tmp_path / "变化.txt"))
    assert (said.code, said.out) == (1, "")
    assert (tmp_path / "变化.txt").read_text("utf-8") == quanze("diff", "v1").out


# 证据


def test_the_pack_tells_every_change_one_by_one(quanze, tmp_path, register):
    head, *rows = sheet(pack(quanze, tmp_path, "v1", "v2"), "变更")
    assert head == ("记录", "种类", "栏目", "原", "现", "提交", "动态调整", "生效／公布")
    told = [(row[0].split("\n")[1], *row[1:5], *row[5].split("\n")[::2], row[6].split("\n")[0]) for row in rows]
    third, second = ("2024-03-01", "作者：王五"), ("2024-02-01", "作者：李四")
    fine = "处罚（其一）·罚款"
    assert told == [
        ("adjustments/tz-1", "新增", "（文件）", "（没有）", "catalog/adjustments/tz-1.yaml", *third, "不用登记"),
        ("items/xzcf-001", "变更", fine, "二十万元以下", "十万元以下", *third, "没有登记"),
        ("items/xzcf-001", "变更", "备注", "（没有）", "甲|乙", *second, "没有登记"),
        ("items/xzcf-001", "变更", fine, "十万元以下", "二十万元以下", *second, "没有登记"),
        ("items/xzjc-001", "暂停", "状态", "有效", "暂停", *second, "二月的调整"),
    ]
    assert rows[4][5].split("\n")[1] == register.git("rev-parse", "v2~1")
    assert rows[4][5].endswith("\n说明：改两条")
    assert rows[4][6].split("\n")[1:] == [
        "示例市人民政府 示例〔2024〕1号 2024-01-30（2024-03-01 才记录，在这次改动以后）",
        "批准文件的哈希没有登记",
    ]
    assert rows[4][7].startswith("生效：2024-02-01")


def test_the_pack_fits_a_page_and_cuts_nothing(quanze, tmp_path, register):
    register.edit(PENALTY, ("备注: 甲|乙", f"备注: {'很长的备注。' * 1500}"))
    register.commit("2024-04-01", author="赵六")
    file = tmp_path / "证据.xlsx"
    quanze("diff", "v2", "HEAD", "--format", "xlsx", "-o", str(file))
    page = openpyxl.load_workbook(file)["变更"]
    rows = sheet(file.read_bytes(), "变更")[1:]
    assert "".join(row[4] or "" for row in rows) == "很长的备注。" * 1500
    assert [row[0].endswith("（续）") for row in rows] == [False] + [True] * (len(rows) - 1)
    heights = [page.row_dimensions[number].height for number in range(page.max_row - len(rows) + 1, page.max_row + 1)]
    lines = [-(-2 * len(row[4] or "") // 32) for row in rows]
    assert all(15 * count <= (height or 15) <= 409 for count, height in zip(lines, heights, strict=True))
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert sum(one.width for one in page.column_dimensions.values()) < 190


def test_the_pack_names_who_took_a_change_over(quanze, tmp_path, register):
    register.edit(PENALTY, ("备注: 甲|乙", "备注: 丙"))
    register.git("add", "--all")
    register.git("commit", "--quiet", "-m", "代为登记", "--author=外人 <x@example.org>", GIT_COMMITTER_NAME="赵六")
    (_, row) = sheet(pack(quanze, tmp_path, "v2"), "变更")
    assert row[5].split("\n")[2:] == ["作者：外人", "提交人：赵六", "说明：代为登记"]


def test_the_pack_tells_a_late_approval_a_claimed_day_and_what_nothing_has_to_register(quanze, tmp_path, register):
    register.edit("catalog/adjustments/tz-1.yaml", ("日期: 2024-01-30", "日期: 2024-02-20"))
    register.edit(PENALTY, ("日期: 2026-11-01", "日期: 2024-01-09"))
    register.commit("2024-02-27", "早于前面的")
    told = sheet(pack(quanze, tmp_path, "v1"), "变更")[1:]
    own, checked, *_, paused = told
    assert own[6] == checked[6] == "不用登记"
    assert checked[2].startswith("核对")
    assert checked[5].startswith("2024-03-01（提交写的是 2024-02-27，早于它前面的提交）\n")
    assert "示例〔2024〕1号 2024-02-20（在这次改动以后）" in paused[6]
    said = quanze("history", "xzcf-001")
    assert said.lines[1] == "    提交写的日期是 2024-02-27，早于它前面的提交，按 2024-03-01 算"
    assert json.loads(quanze("history", "xzcf-001", "--format", "json").out)[0]["claimed"] == "2024-02-27"


def test_a_tag_that_no_longer_names_its_edition_is_told_wherever_it_is_used(quanze, tmp_path, register):
    edition = f"{{编号: 2024-02, 名称: 二月版, 标签: v1, 提交: {register.git('rev-parse', 'v1')}}}"
    register.edit("catalog/lists/quan-ze-qing-dan.yaml", ("短列:", f"版次: [{edition}]\n短列:"))
    register.commit("2024-03-02")
    file = str(tmp_path / "清单.csv")
    asked = (("diff", "v1"), ("history", "xzcf-001", "--at", "v1"), ("history", "xzcf-001", "--at", "refs/tags/v1"))
    asked = (*asked, ("export", "quan-ze-qing-dan", "--at", "v1", "-o", file))
    assert not any("移动过" in quanze(*words).err for words in asked)
    register.git("tag", "--force", "v1", "v2")
    now, was = (register.git("rev-parse", "--short=12", name) for name in ("v2", "v2~2"))
    told = f"标签 v1 现在指向提交 {now}，登记的是 {was}：标签移动过，或者登记改过；这里用的是现在指向的那个提交"
    assert all(told in quanze(*words).err for words in asked)
    assert told in dict(sheet(pack(quanze, tmp_path, "v1"), "说明"))["标签"]
    assert "移动过" not in quanze("diff", "v2").err


def test_the_pack_counts_steps_and_the_sum(quanze, tmp_path):
    rows = sheet(pack(quanze, tmp_path, "v1", "v2"), "数量")
    assert ("权责事项", "变更", 2, 1) in rows
    assert rows[-1] == ("合计", "", 4, 3)


def test_the_pack_says_how_it_was_made(quanze, tmp_path, register):
    told = dict(sheet(pack(quanze, tmp_path, "v1", "v2"), "说明"))
    assert told["命令"] == "quanze diff v1 v2 --format xlsx"
    assert register.git("rev-parse", "v1") in told["起"]
    assert register.git("rev-parse", "v2^{tree}") in told["止"]
    assert "不等于与批准文件一致" in told["界限"]


def test_the_pack_is_the_same_to_the_byte_and_stored(quanze, tmp_path):
    first, second = pack(quanze, tmp_path, "v1"), pack(quanze, tmp_path, "v1")
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}


def test_each_sheet_of_a_demonstration_begins_with_its_notice(quanze, tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(pack(quanze, tmp_path, "v1")))
    assert book.sheetnames == ["变更", "设置和附件", "数量", "说明"]
    assert all("【演示】" in str(one["A1"].value) for one in book)


def test_the_pack_wants_the_old_revision_first(quanze, tmp_path):
    said = quanze("diff", "v2", "v1", "--format", "xlsx", "-o", str(tmp_path / "x.xlsx"))
    assert said.code == 2
    assert "先写旧的版本" in said.err
    assert not (tmp_path / "x.xlsx").exists()


def test_the_pack_names_the_authors_of_a_merge(quanze, register, tmp_path):
    register.branch("side")
    register.edit(INSPECTION, ("状态: 暂停", "状态: 有效"))
    register.commit("2024-04-01", author="赵六")
    register.switch("main")
    register.merge("side", "2024-05-01", author="钱七")
    (_, row) = sheet(pack(quanze, tmp_path, "v2"), "变更")
    assert (row[1], row[5].split("\n")[0], row[5].split("\n")[2:4]) == (
        "恢复",
        "2024-05-01",
        ["作者：赵六", "提交人：钱七"],
    )


def test_a_day_that_nobody_has_recorded_yet_is_told(quanze, tmp_path):
    told = "版本库只记录到 2024-03-01：2024-12-31 的内容是到那时为止的，以后的还不知道"
    file = str(tmp_path / "清单.csv")
    assert told in quanze("history", "xzcf-001", "--at", "2024-12-31").err
    assert told in quanze("diff", "v1", "2024-12-31").err
    assert told in quanze("export", "quan-ze-qing-dan", "--at", "2024-12-31", "-o", file).err
    assert "还不知道" not in quanze("history", "xzcf-001", "--at", "2024-03-01").err


# history


def test_a_record_tells_its_changes_newest_first(quanze, register):
    said = quanze("history", "xzcf-001")
    ids = [register.git("rev-parse", "--short=12", name) for name in ("v2", "v2~1", "v1")]
    heads = [line for line in said.lines if not line.startswith(" ")]
    assert heads == [
        f"2024-03-01 变更 items/xzcf-001 {ids[0]} 王五 改回",
        f"2024-02-01 变更 items/xzcf-001 {ids[1]} 李四 改两条",
        f"2024-01-10 新增 items/xzcf-001 {ids[2]} 张三 初次收录",
    ]
    assert said.lines[1:4] == ["    处罚（其一）·罚款", "      - 二十万元以下", "      + 十万元以下"]
    assert said.code == 0


def test_the_adjustment_is_told(quanze):
    approval = "示例市人民政府示例〔2024〕1号（2024-01-30 批准，2024-03-01 才记录，在这次改动以后）"
    line = f"    动态调整 tz-1：二月的调整　{approval}"
    assert line in quanze("history", "items/xzjc-001").lines


def test_who_took_a_change_over_is_told(quanze, register):
    register.edit(INSPECTION, ("状态: 暂停", "状态: 有效"))
    register.git("add", "--all")
    register.git("commit", "--quiet", "-m", "代为登记", "--author=外人 <x@example.org>", GIT_COMMITTER_NAME="赵六")
    assert quanze("history", "xzjc-001").lines[0].endswith(" 外人（赵六 提交） 代为登记")
    newest, before, _ = json.loads(quanze("history", "xzjc-001", "--format", "json").out)
    assert (newest["authors"], newest["committer"], before["committer"]) == (["外人"], "赵六", "李四")


def test_json_has_authors_and_adjustment(quanze):
    newest, first = json.loads(quanze("history", "xzjc-001", "--format", "json").out)
    assert (newest["kind"], newest["authors"], newest["adjustment"]) == ("暂停", ["李四"], "tz-1")
    assert (first["kind"], first["changes"], first["adjustment"]) == ("新增", [], None)


def test_drafts_and_moves_are_told_here(quanze, register):
    register.edit(INSPECTION, ("状态: 暂停", "状态: 拟"))
    register.commit("2024-04-01")
    register.move(INSPECTION, "catalog/items/xzjc/xzjc-001.yaml")
    register.commit("2024-04-02")
    assert [line.split()[1] for line in quanze("history", "xzjc-001").lines if line[0] == "2"] == [
        "拟",
        "撤回",
        "暂停",
        "新增",
    ]


@pytest.mark.parametrize("when", ["v2~1", "2024-02-01", "2024-02-29"])
def test_a_record_is_printed_as_it_stood(quanze, when):
    said = quanze("history", "xzcf-001", "--at", when)
    assert said.code == 0
    assert "上限: 200000" in said.out
    assert "2024-02-01 记录" in said.err


def test_a_vanished_record_still_has_its_history(quanze, register):
    register.remove(INSPECTION)
    register.commit("2024-04-01")
    assert quanze("history", "xzjc-001").lines[0].split()[:2] == ["2024-04-01", "消失"]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("xzcf-010",), "没有「xzcf-010」这条记录；是不是 xzcf-001"),
        (("laws/xzcf-001",), "没有「laws/xzcf-001」"),
        (("xzcf-001", "--at", "2023-01-01"), "最早的提交在 2024-01-10"),
        (("tz-1", "--at", "v1"), "没有「tz-1」这条记录"),
    ],
)
def test_an_unknown_record_is_said(quanze, words, hint):
    said = quanze("history", *words)
    assert said.code == 2
    assert hint in said.err


def test_an_id_in_two_collections_wants_its_collection(quanze, register):
    register.write("catalog/procedures/xzcf-001.yaml", "名称: 程序\n")
    register.commit("2024-04-01")
    said = quanze("history", "xzcf-001")
    assert said.code == 2
    assert "items/xzcf-001、procedures/xzcf-001" in said.err


def test_an_unreadable_state_is_said(quanze, register):
    register.write(PENALTY, "坏：了\n")
    register.commit("2024-04-01")
    said = quanze("history", "xzcf-001", "--at", "HEAD")
    assert said.code == 2
    assert "读不出来" in said.err


def test_a_shallow_clone_says_so(register, tmp_path):
    shallow = register.shallow(tmp_path / "shallow", 1)
    done = CliRunner().invoke(cli.main, ["history", "xzcf-001", "--root", str(shallow.root)], catch_exceptions=False)
    assert done.exit_code == 0
    assert done.stdout.split()[1] == "起点"
    assert "git fetch --unshallow" in done.stderr
