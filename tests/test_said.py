"""What is said beside a change when somebody deceives: the approver, the edition, that nothing differs."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from tests.small_register import INSPECTION, LIST, PENALTY, Register

from quanze import cli

ADJUSTMENT = """名称: 降低罚款
事由: 法律修订。
事件日期: 2024-02-01
申请: {机关: 示例市应急管理局, 日期: 2024-02-02}
批准: {机关: 示例市人民政府, 日期: 2024-02-05, 文号: 市政发〔2024〕9号}
公布日期: 2024-02-28
涉及事项: [{事项: xzcf-001, 变化: 变更}]
"""


@pytest.fixture(name="register")
def _register(tmp_path):
    """A bureau's own register with an approved edition of 2024-01-15."""
    register = Register(tmp_path / "登记")
    register.edit("catalog/site.yaml", ("启用: true", "启用: false"))
    register.first = register.commit("2024-01-11")
    row = f"{{编号: v1, 名称: 第一版, 文号: 市政发〔2024〕8号, 公布日期: 2024-01-15, 提交: {register.first}}}"
    register.edit(LIST, ("短列:", f"版次:\n  - {row}\n短列:"))
    register.commit("2024-01-15", "版次")
    return register


def lower(register, day, most="70000", was="100000"):
    register.edit(PENALTY, (f"上限: {was}", f"上限: {most}"))
    return register.commit(day, "降低")


def adjust(register, day):
    register.write("catalog/adjustments/tz-1.yaml", ADJUSTMENT)
    register.commit(day, "登记")


def run(register, *words):
    return CliRunner().invoke(cli.main, [*words, "--root", str(register.root)], catch_exceptions=False)


def pages(register):
    site = register.site()
    return {url: str(make().body) for url, make in site.past.pages()}


def test_an_approval_that_was_recorded_after_the_change_says_so(register):
    lower(register, "2024-02-10")
    adjust(register, "2024-02-28")
    said = "2024-02-28 才记录，在这次改动以后"
    assert f"示例市人民政府市政发〔2024〕9号（2024-02-05 批准，{said}）" in run(register, "history", "xzcf-001").stdout
    assert f"示例市人民政府 2024-02-05（{said}） 批准（市政发〔2024〕9号）" in pages(register)["changes/"]


def test_one_that_was_there_before_says_nothing(register):
    adjust(register, "2024-02-06")
    lower(register, "2024-02-10")
    register.edit("catalog/adjustments/tz-1.yaml", ("文号:", "文件: a.pdf, 文号:"))
    register.commit("2024-02-28", "附文件")
    assert "才记录" not in run(register, "history", "xzcf-001").stdout
    assert "才记录" not in pages(register)["changes/"]


def test_a_number_that_was_changed_counts_from_then(register):
    adjust(register, "2024-02-06")
    lower(register, "2024-02-10")
    register.edit("catalog/adjustments/tz-1.yaml", ("9号", "19号"))
    register.commit("2024-03-01", "改文号")
    assert "2024-03-01 才记录，在这次改动以后" in run(register, "history", "xzcf-001").stdout


def test_what_was_changed_and_changed_back_is_told_by_diff(register):
    lower(register, "2024-02-10")
    lower(register, "2024-02-12", "100000", "70000")
    done = run(register, "diff", "2024-01-20", "HEAD")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "首尾没有差异" in done.stderr
    assert f"其间改过又改回来的：{PENALTY}；" in done.stderr
    assert "改回来" not in run(register, "diff", "2024-01-20", "2024-02-11").stderr
    assert "改回来" in run(register, "diff", "HEAD", "2024-01-20").stderr


def test_an_edition_that_was_altered_says_so_on_its_pages(register):
    clean = pages(register)
    assert "请核对" not in clean["lists/quan-ze-qing-dan/v1/"] + clean["changes/quan-ze-qing-dan/v1/"]
    commit = lower(register, "2024-02-10")
    register.edit(LIST, (register.first, commit))
    register.commit("2024-02-12", "改版次")
    for url in ("lists/quan-ze-qing-dan/v1/", "changes/quan-ze-qing-dan/v1/"):
        body = pages(register)[url]
        assert f"「第一版」登记以后改过：「提交」由 {register.first} 改为 {commit}（2024-02-12，提交 " in body
        assert "登记的内容 2024-02-10 才记录，晚于公布日期 2024-01-15" in body


def test_a_record_from_before_the_beginning_is_not_called_unknown(register):
    register.edit("catalog/site.yaml", ("演示:", "历史起点: 2024-02-01\n演示:"))
    register.commit("2024-02-01", "起点")
    lower(register, "2024-02-10")
    site = register.site()
    unchanged, changed = (str(site.past.block(site.catalog.record("items", id_))) for id_ in ("xzjc-001", "xzcf-001"))
    for body in (unchanged, changed):
        assert "还没有这条记录" not in body
        assert "本机关的历史从 2024-02-01 算起：这条记录在那以前的改动，这里没有。" in body
    register.write("catalog/items/xzjc-002.yaml", (register.root / INSPECTION).read_text("utf-8"))
    register.commit("2024-02-11", "新的")
    site = register.site()
    assert "算起" not in str(site.past.block(site.catalog.record("items", "xzjc-002")))


def test_a_day_of_publication_that_was_written_otherwise_says_so(register):
    adjust(register, "2024-02-06")
    lower(register, "2024-02-10")
    assert "原写" not in pages(register)["changes/"]
    register.edit("catalog/adjustments/tz-1.yaml", ("公布日期: 2024-02-28", "公布日期: 2024-05-10"))
    register.commit("2024-05-08", "改公布日期")
    assert "2024-05-10 公布（公布日期原写 2024-02-28）" in pages(register)["changes/"]
    out = register.root.parent / "证据.xlsx"
    run(register, "diff", "2024-01-20", "HEAD", "-o", str(out))
    rows = load_workbook(out).worksheets[0].iter_rows(values_only=True)
    assert any("公布：2024-05-10\n公布原写：2024-02-28" in str(row[7]) for row in rows)
