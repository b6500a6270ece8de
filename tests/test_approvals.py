"""Approvals that nobody can have given so: by who applied, against an opinion, by one document for two things."""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import SimpleNamespace

import pytest

from quanze.base.model import Record
from quanze.check.rules.approvals import approval_doubtful, document_number
from quanze.law.document_number import usual
from quanze.register.definition import ListDefinition

APPLIED = {"机关": "青岚县林业局", "日期": "2025-05-02"}
APPROVED = {"机关": "青岚县人民政府", "日期": "2025-05-05", "文号": "青政发〔2025〕9号"}


def found(*adjustments, editions=(), bureau=""):
    """Return (id, pointer) of what is told of adjustments, numbered from 1, and of the editions of a list."""
    made = {str(number): Record("adjustments", str(number), "", data) for number, data in enumerate(adjustments, 1)}
    list_ = {"版次": [{"编号": str(at), "名称": f"第{at}版", "文号": one} for at, one in enumerate(editions)]}
    lists = {"l": Record("lists", "l", "", list_)}
    catalog = SimpleNamespace(
        records={"adjustments": made, "lists": lists},
        lists={"l": ListDefinition.of(list_)},
        settings=SimpleNamespace(body=bureau),
        record=lambda _, id_: id_ and Record("bodies", id_, "", {"名称": id_}),
        title=lambda record: record.data["名称"],
    )
    return [(one.record.id, one.pointer) for one in approval_doubtful(catalog, "")]


def test_what_is_usual_is_not_told():
    assert (
        found(
            {}, {"申请": APPLIED}, {"申请": APPLIED, "批准": APPROVED}, editions=("示发〔2024〕1号", "示发〔2025〕1号")
        )
        == []
    )


def test_who_applied_approves_nothing():
    assert found({"申请": APPLIED, "批准": {**APPROVED, "机关": " 青岚县林业局"}}) == [("1", "/批准")]


@pytest.mark.parametrize(
    ("bureau", "approver", "told"),
    [
        ("青岚县林业局", "青岚县林业局", True),
        ("青岚县林业局", "青岚县林业局党组", True),
        ("青岚县林业局", "青岚县人民政府", False),
        ("青岚县人民政府", "青岚县人民政府", False),
        ("青岚县人民政府", "青岚县人民政府办公室", False),
        ("", "青岚县林业局", False),
    ],
)
def test_a_bureau_approves_nothing_of_its_own(bureau, approver, told):
    assert found({"批准": {**APPROVED, "机关": approver}}, bureau=bureau) == ([("1", "/批准")] if told else [])


@pytest.mark.parametrize(
    ("opinion", "against"),
    [
        ("不同意", True),
        ("经审核，不同意该项调整。", True),
        ("不予通过", True),
        ("未通过合法性审核", True),
        ("退回修改", True),
        ("同意", False),
        ("无不同意见", False),
        ("没有不同意见", False),
        ("同意，但有不同意见一条", False),
        ("审核通过", False),
        ("", False),
    ],
)
def test_an_opinion_against_it_stands_beside_no_approval(opinion, against):
    reviews = [{"机关": "青岚县司法局", "意见": opinion, "日期": "2025-05-03"}]
    assert found({"审核": reviews}) == []
    told = [("1", "/审核/0/意见")] if against else []
    assert found({"审核": reviews, "批准": APPROVED}) == told
    assert found({"审核": reviews, "公布日期": "2025-05-06"}) == told


@pytest.mark.parametrize(
    ("number", "same"), [("青政发〔2025〕9号", True), ("青政发[2025]９ 号", True), ("青政发〔2025〕10号", False)]
)
def test_one_document_has_one_day(number, same):
    other = {**APPROVED, "文号": number, "日期": "2025-06-05"}
    assert found({"批准": other}, {"批准": APPROVED}) == ([("1", "/批准/日期")] if same else [])
    assert found({"批准": {**other, "日期": "2025-05-05"}}, {"批准": APPROVED}) == []


@pytest.mark.parametrize(("second", "same"), [("示发(2024)1号", True), ("示发〔2024〕2号", False), ("无", False)])
def test_one_document_approves_one_edition(second, same):
    assert found(editions=("示发〔2024〕1号", second, "无")) == ([("l", "/版次/1")] if same else [])


TRUE = """国办函〔2023〕51号
示政批〔2026〕11 号
青政发[2025]９ 号
青政发【2025】9号
青政发〔2025年〕9号
国务院令第397号
国务院、中央军事委员会令第436号
示例市人民代表大会常务委员会公告第 3 号
陕西省人民代表大会常务委员会公告〔十四届〕第二十五号
县人民政府令（第 12 号）
国家市场监督管理总局公告2022年第39号
青政发〔二〇二六〕十二号
青府函（2026）7号
渝府地〔2025〕1-2号
公安部令第一百五十二号
市政发9号
QZF〔2026〕3号
青政发（2025）字第9号
(2025)青政发第9号
《关于调整权责清单的批复》（青政批〔2025〕9号）
青政发〔2025〕9号、10号
县政府常务会议纪要〔2026〕第5期
市政府2026年第12次常务会议
青岚县第十八届人民政府第十二次常务会议
青政〔2025〕9 号（附件2）""".splitlines()
FALSE = """1
2025
第1号
〔2025〕9号
青政发〔2025〕 号
青政发〔2025〕X号
青政发〔20XX〕9号
青政发〔2025〕0号
2025年第9号
见附件1
附件12号
待定2025年3号
暂无，2025年补
拟报青政发〔2025〕9号
办理中，预计12月
收文2026-118
同意（2025年3月10日）
县长批示 10 月 9 日
No.12
二〇二五年""".splitlines()


@pytest.mark.parametrize(("number", "is_one"), [*((one, True) for one in TRUE), *((one, False) for one in FALSE)])
def test_the_number_of_a_document_has_a_form(number, is_one):
    assert usual(number) is is_one


def numbers(root, *approvals, editions=()):
    """Return (id, pointer) of what is told of the numbers of some approvals, numbered from 1, and of editions."""
    made = {str(at): Record("adjustments", str(at), "", {"批准": one}) for at, one in enumerate(approvals, 1)}
    list_ = {"版次": [{"编号": str(at), "名称": f"第{at}版", "文号": one} for at, one in enumerate(editions)]}
    lists = {"l": Record("lists", "l", "", list_)}
    catalog = SimpleNamespace(
        root=root, records={"adjustments": made, "lists": lists}, lists={"l": ListDefinition.of(list_)}
    )
    return [(one.record.id, one.pointer) for one in document_number(catalog, "")]


def test_a_text_with_a_digit_is_no_number(tmp_path):
    assert numbers(tmp_path, APPROVED, editions=("示发〔2024〕1号", "无", "")) == []
    assert numbers(tmp_path, {**APPROVED, "文号": "1"}, editions=("2",)) == [("1", "/批准/文号"), ("l", "/版次/0/文号")]


@pytest.mark.parametrize(
    ("day", "told"), [("2025-12-31", False), ("2026-01-20", False), ("2026-02-20", True), ("2024-12-31", True)]
)
def test_a_number_is_of_the_year_in_which_it_was_given(tmp_path, day, told):
    assert numbers(tmp_path, {**APPROVED, "日期": day}) == ([("1", "/批准/文号")] if told else [])


@pytest.mark.parametrize("how", ["file", "copy", "hash"])
def test_one_document_has_one_number(tmp_path, how):
    for name in ("a.pdf", "b.pdf"):
        Path(tmp_path, "files").mkdir(exist_ok=True)
        Path(tmp_path, "files", name).write_bytes(b"%PDF-1")
    one, other = {
        "file": ({"文件": "a.pdf"}, {"文件": "files/a.pdf"}),
        "copy": ({"文件": "a.pdf"}, {"文件": "b.pdf"}),
        "hash": ({"文件": "a.pdf"}, {"哈希": hashlib.sha256(b"%PDF-1").hexdigest()}),
    }[how]
    assert numbers(tmp_path, APPROVED | one, {**APPROVED, **other, "文号": "青政发[2025]9号"}) == []
    assert numbers(tmp_path, APPROVED | one, {**APPROVED, **other, "文号": "青政发〔2025〕10号"}) == [("2", "/批准")]
