"""What a record said in each of its versions, as the browser reads it."""

from __future__ import annotations

import json

import pytest
from tests.small_register import INSPECTION, LIST, LIST_ID, PENALTY, Register

from quanze.site import versions


@pytest.fixture(name="register")
def _register(tmp_path):
    return Register(tmp_path / "project")


def told(register, url="items/xzcf-001/"):
    files = [one for job in register.site().jobs() if job.url == url for one in job.beside()]
    return read(dict(files)[f"{url}{versions.FILE}"])


def read(content):
    return json.loads(content.removeprefix(b"quanzePart(").removesuffix(b");\n"))


def rows(found, numbers):
    return {found["texts"][number][0]: found["texts"][number][1] for number in numbers}


def test_each_version_has_its_own_text(register):
    register.edit(PENALTY, ("上限: 100000", "上限: 200000"))
    register.commit("2024-02-01")
    found = told(register)
    new, old = found["versions"]
    assert [new["date"], old["date"]] == ["2024-02-01", "2024-01-10"]
    assert new["rows"] == found["now"]
    differing = {name for name, text in rows(found, new["rows"]).items() if text != rows(found, old["rows"])[name]}
    assert differing == {"处罚"}
    assert "十万元" in rows(found, old["rows"])["处罚"]


def test_what_is_the_same_stands_once(register):
    register.edit(PENALTY, ("上限: 100000", "上限: 200000"))
    register.commit("2024-02-01")
    found = told(register)
    assert len(found["texts"]) == len(found["now"]) + 1


def test_a_text_that_was_withdrawn_is_not_told(register):
    register.edit(PENALTY, ("状态: 有效", "状态: 拟"), ("上限: 100000", "上限: 310000"))
    register.commit("2024-02-01")
    register.edit(PENALTY, ("状态: 拟", "状态: 有效"), ("上限: 310000", "上限: 320000"))
    register.commit("2024-03-01")
    found = told(register)
    assert [bool(one["rows"]) for one in found["versions"]] == [True, False, True]
    assert "三十一万元" not in json.dumps(found, ensure_ascii=False)


def test_a_file_that_cannot_be_read_has_no_text(register):
    whole = (register.root / INSPECTION).read_text("utf-8")
    register.write(INSPECTION, "职权类型: [")
    register.commit("2024-02-01")
    register.write(INSPECTION, whole)
    register.commit("2024-03-01")
    found = told(register, "items/xzjc-001/")
    assert [bool(one["rows"]) for one in found["versions"]] == [True, False, True]


def test_the_text_of_the_page_is_there_before_it_is_recorded(register):
    register.edit(PENALTY, ("上限: 100000", "上限: 200000"))
    found = told(register)
    assert "二十万元" in rows(found, found["now"])["处罚"]
    assert [one["date"] for one in found["versions"]] == ["2024-01-10"]


def test_the_page_names_its_version_unless_it_waits_for_a_commit(register):
    commit = told(register)["versions"][0]["commit"]
    assert f'href="#v={commit}"' in page(register)
    register.edit(PENALTY, ("上限: 100000", "上限: 200000"))
    assert "这一版的网址" not in page(register)


def test_the_code_on_the_sheet_leads_to_the_version(register):
    register.edit("catalog/site.yaml", ("本机关:", "网址: https://example.gov.cn/\n本机关:"))
    commit = told(register)["versions"][0]["commit"]
    assert f'aria-label="https://example.gov.cn/items/xzcf-001/#v={commit} 的二维码"' in page(register)


def page(register, url="items/xzcf-001/"):
    return next(job for job in register.site().jobs() if job.url == url).make().body


def test_a_list_has_its_editions(register):
    register.git("tag", "v2024")
    register.edit(PENALTY, ("条: 97", "条: 98"))
    register.edit(
        LIST, ("短列:", "版次:\n  - {编号: 2024-01, 名称: 2024年版, 公布日期: 2024-01-15, 标签: v2024}\n短列:")
    )
    register.commit("2024-02-01")
    files = dict(one for make in register.past().makers() for one in make())
    found = read(files[f"lists/{LIST_ID}/{versions.FILE}"])
    assert [one["kind"] for one in found["versions"]] == ["2024年版"]
    now, then = (
        {found["texts"][number][2]: found["texts"][number][1] for number in rows}
        for rows in (found["now"], found["versions"][0]["rows"])
    )
    assert {id_ for id_, text in now.items() if text != then[id_]} == {"xzcf-001"}


def test_a_list_without_editions_has_nothing_to_compare(register):
    assert f"lists/{LIST_ID}/{versions.FILE}" not in dict(one for make in register.past().makers() for one in make())


def test_the_editions_of_a_list_are_told_newest_first(register):
    editions = "".join(f"  - {{编号: 2024-0{n}, 名称: 第{n}版, 公布日期: 2024-0{n}-15, 标签: v{n}}}\n" for n in (1, 2))
    for n in (1, 2):
        register.git("tag", f"v{n}")
    register.edit(LIST, ("短列:", f"版次:\n{editions}短列:"))
    register.commit("2024-03-01")
    files = dict(one for make in register.past().makers() for one in make())
    assert [one["kind"] for one in read(files[f"lists/{LIST_ID}/{versions.FILE}"])["versions"]] == ["第2版", "第1版"]
