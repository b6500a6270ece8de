"""A file that a record names and that was replaced under its name is told, however the record names it."""

from __future__ import annotations

import hashlib

import pytest
from tests.small_register import INSPECTION, PENALTY, Register

from quanze import history
from quanze.proof import publication
from quanze.register.named_files import texts_with_places

OLD, NEW, OTHER = b"%PDF-1.4 old\n", b"%PDF-1.4 another\n", b"%PDF-1.4 third\n"
DEED = "files/deed.pdf"
PLAN = "catalog/plans/yu-an.yaml"
ADJUSTMENT = "catalog/adjustments/tz-2024-01.yaml"
TEXT = """名称: 演示的调整
事由: 法律修订。{reason}
事件日期: 2024-01-05
{more}批准: {{机关: 市政府, 文号: 市政发9号, 日期: 2024-01-09{file}}}
公布日期: 2024-01-12
涉及事项: [{{事项: xzcf-001, 变化: 变更}}]
"""


@pytest.fixture(name="register")
def _register(tmp_path):
    """The base catalog with a file, which nothing names yet."""
    register = Register(tmp_path / "登记")
    register.write(DEED, OLD)
    register.commit("2024-01-11", "附件")
    return register


def adjust(register, file="", reason="", more=""):
    register.write(ADJUSTMENT, TEXT.format(file=file and f", 文件: {file}", reason=reason, more=more))


def approved_by(file):
    return lambda register: adjust(register, file)


def attach(register, more=""):
    deed = f"{{文件: deed.pdf, 名称: 全文{more}}}"
    register.write(PLAN, f"名称: 演示预案\n类别: 总体应急预案\n层级: 市级\n状态: 有效\n全文: {deed}\n")


def noted(register):
    text = (register.root / PENALTY).read_text("utf-8")
    register.write(PENALTY, f"{text}备注: 另见批复 deed.pdf。\n")


def in_the_reason(register):
    adjust(register, reason="批复见附件deed.pdf。")


def in_a_review(register):
    adjust(register, more="审核: [{机关: 编办, 日期: 2024-01-06, 意见: 同意（files/deed.pdf）}]\n")


def with_a_wrong_digest(register):
    adjust(register, f"deed.pdf, 哈希: {'0' * 64}")


NAMINGS = [
    attach,
    noted,
    in_the_reason,
    in_a_review,
    with_a_wrong_digest,
    *map(
        approved_by,
        (
            "deed.pdf",
            "files/deed.pdf",
            "./files/deed.pdf",
            "DEED.PDF",
            "批复，deed.pdf",
            "https://a.gov.cn/files/deed.pdf",
        ),
    ),
]


def found(register):
    told = history.read(register.root)
    answers = publication.registered(register.catalog(), told, "2026-11-23")
    (answer,) = (one for one in answers if one.rule == "attachment-replaced")
    return [(one.record.path, one.message) for one in answer.findings]


def replace(register, day="2024-02-01"):
    register.write(DEED, NEW)
    return register.commit(day, "整理文件")


@pytest.mark.parametrize("name", NAMINGS)
def test_it_is_told_however_it_is_named(register, name):
    name(register)
    register.commit("2024-01-12", "登记")
    assert found(register) == []
    commit = replace(register)
    ((path, message),) = found(register)
    assert path in {PENALTY, PLAN, ADJUSTMENT}
    said = f"{DEED} 在 2024-02-01（提交 {commit[:12]}）换了内容，这条记录没有写明；请核对是不是原来那一份，"
    assert message == f"{said}写上它的 SHA-256（校验值）"


def removed_and_added(register):
    register.remove(DEED)
    register.commit("2024-01-31", "删")
    replace(register)


def another_moved_there(register):
    register.write("files/next.pdf", NEW)
    register.commit("2024-01-31", "另一份")
    register.git("mv", "-f", "files/next.pdf", DEED)
    register.commit("2024-02-01", "改名")


def in_a_merge(register):
    register.branch("side")
    replace(register)
    register.switch("main")
    register.merge("side", "2024-02-02")


def with_other_words(register):
    register.edit(ADJUSTMENT, ("机关: 市政府", "机关: 青石市政府"))
    replace(register)


def with_other_words_later(register):
    replace(register)
    register.edit(ADJUSTMENT, ("机关: 市政府", "机关: 青石市政府"))
    register.commit("2024-02-02", "改机关")


def twice(register):
    replace(register)
    register.write(DEED, OTHER)
    register.commit("2024-02-02", "又换")


def under_another_id(register):
    register.move(ADJUSTMENT, "catalog/adjustments/tz-2024-09.yaml")
    replace(register)


@pytest.mark.parametrize(
    "way",
    [
        removed_and_added,
        another_moved_there,
        in_a_merge,
        with_other_words,
        with_other_words_later,
        twice,
        under_another_id,
    ],
)
def test_it_is_told_however_it_was_replaced(register, way):
    adjust(register, "deed.pdf")
    register.commit("2024-01-12", "登记")
    way(register)
    assert len(found(register)) == 1


@pytest.mark.parametrize(
    "pair",
    [
        ("名称: 全文", "名称: 新的全文"),
        ("状态: 有效", "状态: 有效\n文号: 青安〔2024〕3号"),
        (f", 校验值: {hashlib.sha256(OLD).hexdigest()}", ""),
    ],
)
def test_a_change_beside_it_does_not_say_that_an_attachment_was_replaced(register, pair):
    register.write("files/next.pdf", OTHER)
    attach(register, more=f", 校验值: {hashlib.sha256(OLD).hexdigest()}" if "校验值" in pair[0] else "")
    register.commit("2024-01-12", "登记")
    register.edit(PLAN, pair)
    replace(register)
    assert [path for path, _ in found(register)] == [PLAN]


def test_one_that_is_gone_is_told(register):
    adjust(register, "deed.pdf")
    register.commit("2024-01-12", "登记")
    register.remove(DEED)
    commit = register.commit("2024-02-01", "删")
    assert found(register) == [
        (ADJUSTMENT, f"{DEED} 在 2024-02-01（提交 {commit[:12]}）被删去，这条记录没有写明；请核对，放回原来那一份")
    ]


def test_a_page_of_ones_own_is_a_file_too(register):
    register.write("docs/pi-fu.pdf", OLD)
    adjust(register, "docs/pi-fu.pdf")
    register.commit("2024-01-12", "登记")
    register.write("docs/pi-fu.pdf", NEW)
    register.commit("2024-02-01", "换")
    assert [message.split()[0] for _, message in found(register)] == ["docs/pi-fu.pdf"]


def named_afterwards(register):
    replace(register)
    adjust(register, "deed.pdf")


def put_back(register):
    adjust(register, "deed.pdf")
    register.commit("2024-01-12", "登记")
    replace(register)
    register.write(DEED, OLD)


def removed_and_put_back(register):
    adjust(register, "deed.pdf")
    register.commit("2024-01-12", "登记")
    register.remove(DEED)
    register.commit("2024-02-01", "删")
    register.write(DEED, OLD)


def told_by_its_digest(register):
    adjust(register, "deed.pdf")
    register.commit("2024-01-12", "登记")
    register.write(DEED, NEW)
    register.edit(ADJUSTMENT, ("文件: deed.pdf", f"文件: deed.pdf, 哈希: {hashlib.sha256(NEW).hexdigest()}"))


def another_is_named(register):
    adjust(register, "deed.pdf")
    register.commit("2024-01-12", "登记")
    register.write("files/next.pdf", NEW)
    register.edit(ADJUSTMENT, ("文件: deed.pdf", "文件: next.pdf"))
    register.remove(DEED)


def added_later(register):
    adjust(register, "next.pdf")
    register.commit("2024-01-12", "登记")
    register.write("files/next.pdf", NEW)


def names_of_others(register):
    adjust(register, "my-deed.pdf", "见 deed.pdf.docx、index_deed.pdf、批复 deed pdf 和 old/deed.pdf。")
    register.commit("2024-01-12", "登记")
    replace(register)


def where_it_comes_from(register):
    text = (register.root / INSPECTION).read_text("utf-8")
    register.write(INSPECTION, f"{text}来源: {{文件: deed.pdf, 表: 一, 行: 3}}\n")
    register.commit("2024-01-12", "登记")
    replace(register)


@pytest.mark.parametrize(
    "way",
    [
        named_afterwards,
        put_back,
        removed_and_put_back,
        told_by_its_digest,
        another_is_named,
        added_later,
        names_of_others,
        where_it_comes_from,
    ],
)
def test_nothing_is_said_of(register, way):
    way(register)
    register.commit("2024-03-01", "以后")
    assert found(register) == []


def test_where_a_text_stands_is_said_in_a_pointer_whatever_its_field_is_called():
    assert [*texts_with_places({"甲/乙": ["~", {"丙": "丁"}]})] == [
        ("/甲~1乙/0", ["~", {"丙": "丁"}], "~"),
        ("/甲~1乙/1/丙", {"丙": "丁"}, "丁"),
    ]
