"""Approvals that nobody can have given so: by who applied, against an opinion, by one document for two things."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from quanze.base.model import Record
from quanze.check.rules.approvals import approval_doubtful
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
