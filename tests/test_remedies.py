"""Remedies as records: how they are chosen, taken over and told."""

from types import SimpleNamespace

from quanze.base.model import Record
from quanze.form.kinds.emphasis import strong
from quanze.form.kinds.kind import as_html
from quanze.law.citation import Citation, citations
from quanze.register.remedies import Deadline, Remedy, papers, remedy


def record(id_, **data):
    return Record("remedies", id_, f"catalog/remedies/{id_}.yaml", {"名称": id_, **data})


def made(*records):
    return Remedy.of(records[0], {one.id: one for one in records})


def cite(article):
    return {"依据文件": "某法", "条": article}


SHARED = record(
    "shared",
    步骤=[
        {"做什么": "申请", "说明": "可以口头申请。", "依据": [cite(1)], "引用": [cite(2)]},
        {"做什么": "起诉", "依据": [cite(3)]},
    ],
)


def test_a_deadline_is_told_as_a_statute_writes_it():
    assert Deadline.of({"数": 60, "单位": "日", "起算": "收到之日"}).text == "收到之日起六十日内"
    assert Deadline.of({"数": 6, "单位": "月", "起算": "收到之日"}).text == "收到之日起六个月内"
    assert Deadline.of({"写法": "收到时"}).text == "收到时"


def test_steps_taken_over_bear_what_is_said_before_the_first():
    paper = {"文书": "决定书", "提示": "", "步骤": [{"沿用": "shared", "说明": "不服的，", "依据": [cite(9)]}]}
    (one,) = made(record("own", 文书=[paper]), SHARED).papers
    first, second = one.steps
    assert (first.title, first.remark.text, first.basis) == (
        "申请",
        "不服的，可以口头申请。",
        citations([cite(9), cite(1)]),
    )
    assert Citation.of(cite(2)) in first.remark.cited
    assert (second.title, second.basis) == ("起诉", citations([cite(3)]))


def test_a_paper_taken_over_stands_in_its_place():
    other = record("other", 文书=[{"文书": "通知", "提示": "", "步骤": [{"做什么": "改正"}]}])
    found = made(record("own", 文书=[{"沿用": "other"}]), other)
    assert [paper.title for paper in found.papers] == ["通知"]


def test_a_paper_that_no_power_takes_over_is_one_that_may_be_in_hand():
    alone = record("alone", 文书=[{"文书": "不予决定", "提示": "", "步骤": [{"做什么": "改正"}]}])
    round_ = record("round", 文书=[{"沿用": "round"}])
    catalog = SimpleNamespace(records={"remedies": {one.id: one for one in (alone, round_, SHARED)}})
    assert [paper.title for paper in papers(catalog)] == ["不予决定"]


def test_what_takes_itself_over_ends():
    one = record("one", 文书=[{"沿用": "two"}])
    two = record("two", 文书=[{"沿用": "one"}])
    assert made(one, two).papers == ()


def chosen(type_, subtype=""):
    known = [
        made(record("penalty", 适用={"职权类型": ["行政处罚"]})),
        made(record("order", 适用={"职权子类": ["责令"]})),
        made(record("rest", 适用={"其余": True})),
    ]
    return remedy(known, type_, subtype).id


def test_the_subtype_decides_before_the_type():
    assert chosen("行政处罚") == "penalty"
    assert chosen("行政处罚", "责令") == "order"
    assert chosen("行政奖励", "别的") == "rest"


def test_without_any_record_the_paper_itself_is_pointed_to():
    assert remedy([], "行政处罚", "").hint == "按手里的文书载明的途径和期限办理。"


def test_what_depends_on_the_subtype_has_words_for_the_others():
    found = made(record("one", 情况=[{"职权子类": ["报请"], "内容": "由政府决定。"}, {"内容": "机关之间的。"}]))
    assert (found.case("报请"), found.case("告知")) == ("由政府决定。", "机关之间的。")


def test_what_stands_between_stars_is_bold_within_one_piece_of_text():
    assert strong(as_html("<p>六十日内**申请**复议</p>")) == "<p>六十日内<strong>申请</strong>复议</p>"
    assert strong(as_html("<p>甲**乙</p><p>丙**丁</p>")) == "<p>甲**乙</p><p>丙**丁</p>"


def test_the_page_of_a_record_of_remedies_shows_no_stars(example):
    pages = sorted((example / "site" / "remedies").glob("*/index.html"))
    texts = [page.read_text("utf-8") for page in pages]
    assert any("<strong>向〔向谁复议〕</strong>" in one for one in texts)
    assert not any("**" in one for one in texts)
