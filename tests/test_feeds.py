"""The Atom feeds: valid, absolute, and silent on who committed what."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from tests.small_register import INSPECTION, LIST, LIST_ID, PENALTY, Register

from quanze.site import feeds, page_template
from quanze.site.pages import changes, lists

SITE = "https://example.gov.cn/zwgk/"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(name="register")
def _register(tmp_path):
    register = Register(tmp_path / "project")
    register.edit("catalog/site.yaml", ("本机关:", f"网址: {SITE}\n本机关:"))
    register.edit(PENALTY, ("上限: 100000", "上限: 200000"))
    register.commit("2024-02-01", "改<幅度>", "赵六")
    return register


def feed(register, path="feed.xml"):
    return ET.fromstring(dict(register.past()._change_files())[path])


def text(element, tag):
    return element.findtext(f"{ATOM}{tag}")


def titles(root):
    return [text(entry, "title") for entry in root.iter(f"{ATOM}entry")]


def test_it_has_what_atom_demands(register):
    root = feed(register)
    ids = []
    for element in (root, *root.iter(f"{ATOM}entry")):
        ids.append(text(element, "id"))
        assert text(element, "title")
        assert datetime.fromisoformat(text(element, "updated")).tzinfo
        assert UUID(ids[-1].removeprefix("urn:uuid:"))
    assert len({*ids}) == len(ids)
    assert text(root.find(f"{ATOM}author"), "name") == "开源项目"
    links = {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}
    assert links == {"self": f"{SITE}feed.xml", "alternate": f"{SITE}changes/"}
    assert text(root, "updated") == text(root.find(f"{ATOM}entry"), "updated")


def test_every_address_is_absolute(register):
    for link in feed(register).iter(f"{ATOM}link"):
        assert link.get("href").startswith(SITE)
    content = text(feed(register).find(f"{ATOM}entry"), "content")
    assert f'<a href="{SITE}items/xzcf-001/">' in content


def test_one_change_is_an_entry_with_its_difference(register):
    entry = feed(register).find(f"{ATOM}entry")
    assert text(entry, "title") == "变更：对生产经营单位未按照规定对从业人员进行安全生产教育和培训的处罚"
    assert "“处罚”第一项的“罚款”的上限由<del>10 万元</del>改为<ins>20 万元</ins>" in text(entry, "content")


def test_many_changes_of_one_commit_are_one_entry(register):
    assert titles(feed(register))[1] == "新增 9 条"


def test_nobody_is_named(register):
    raw = dict(register.past()._change_files())["feed.xml"].decode()
    assert "赵六" not in raw
    assert "example.org" not in raw


def test_a_demonstration_says_so(register):
    root = feed(register)
    assert text(root, "title").startswith("【演示】")
    assert "不是政府网站" in text(root, "subtitle")


def test_a_list_has_the_changes_of_its_records_and_itself(register):
    register.edit("catalog/bodies/shi-ren-min-zheng-fu.yaml", ("名称: ", "名称: 新"))
    register.commit("2024-03-01")
    register.edit(LIST, ("性质: 本机关公布", "性质: 采用上级"))
    register.commit("2024-04-01")
    path = f"lists/{LIST_ID}/feed.xml"
    assert titles(feed(register, path)) == [
        "变更：示例市应急管理局权责清单",
        "变更：对生产经营单位未按照规定对从业人员进行安全生产教育和培训的处罚",
        "新增 3 条",
    ]
    assert text(feed(register, path), "id") != text(feed(register), "id")


def test_the_page_of_a_list_leads_to_its_feed(register):
    past = register.past()
    page = lists.page(past.context, past.shown.records["lists"][LIST_ID], "")
    assert page.feed
    assert 'href="feed.xml"' in page.body


def test_a_record_that_leaves_a_list_is_in_its_feed(register):
    register.edit(INSPECTION, ("状态: 有效", "状态: 取消\n终止日期: 2024-06-01\n终止原因: 依据废止"))
    register.commit("2024-06-01")
    register.edit(INSPECTION, ("依据废止", "依据被废止"))
    register.commit("2024-07-01")
    told = titles(feed(register, f"lists/{LIST_ID}/feed.xml"))
    assert told[0] == "取消：对生产经营单位的监督检查"
    assert len(told) == 3


def test_it_is_the_same_every_time(register):
    first, second = (dict(register.past()._change_files())["feed.xml"] for _ in range(2))
    assert first == second


def test_a_feed_holds_the_newest_commits_only(register, monkeypatch):
    monkeypatch.setattr(feeds, "ENTRIES", 1)
    assert len(titles(feed(register))) == 1


def test_no_address_no_feed(tmp_path):
    register = Register(tmp_path / "p")
    assert [path for path, _ in register.past()._change_files()] == ["data/v1/changes.json"]
    assert "feed.xml" not in changes.recent(register.past().timeline).body


def ids(root):
    return [text(root, "id"), *(text(entry, "id") for entry in root.iter(f"{ATOM}entry"))]


def test_ids_stay_when_the_site_moves(register):
    before = ids(feed(register))
    register.edit("catalog/site.yaml", (SITE, "https://other.example/"))
    assert ids(feed(register)) == before


def test_another_register_has_other_ids(register):
    before = ids(feed(register))
    register.edit("catalog/site.yaml", ("本机关:", "历史起点: 2020-01-01\n本机关:"))
    assert not {*ids(feed(register))} & {*before}


def beside(register, url):
    site = register.site()
    return {path.removeprefix(url): content for job in site.jobs() if job.url == url for path, content in job.beside()}


def test_a_power_has_a_feed_of_its_own_changes(register):
    register.edit(INSPECTION, ("状态: 有效", "状态: 取消\n终止日期: 2024-06-01\n终止原因: 依据废止"))
    register.commit("2024-06-01")
    root = ET.fromstring(beside(register, "items/xzcf-001/")["feed.xml"])
    assert [one.partition("：")[0] for one in titles(root)] == ["变更", "新增"]
    links = {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}
    assert links == {"self": f"{SITE}items/xzcf-001/feed.xml", "alternate": f"{SITE}items/xzcf-001/"}


def test_the_feed_of_a_law_names_what_rests_on_it_without_its_differences(register):
    entry = ET.fromstring(beside(register, "laws/an-quan-sheng-chan-fa/")["feed.xml"]).find(f"{ATOM}entry")
    content = text(entry, "content")
    assert f'<a href="{SITE}items/xzcf-001/">' in content
    assert "20 万元" not in content


def test_the_head_of_a_page_names_its_feed(register):
    site = register.site()
    for url, named in (
        ("items/xzcf-001/", True),
        ("laws/an-quan-sheng-chan-fa/", True),
        ("bodies/shi-ren-min-zheng-fu/", False),
    ):
        page = next(job for job in site.jobs() if job.url == url).make()
        assert ('href="feed.xml"' in page_template.head(page, site.catalog.settings)) == named
        assert ("feed.xml" in beside(register, url)) == named
