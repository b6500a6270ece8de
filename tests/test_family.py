"""The family of lists: groups, ties by the references of the forms, and the page that shows both."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quanze.base.model import Record
from quanze.form import form
from quanze.register.catalog import Catalog
from quanze.register.family import groups, ties
from quanze.register.links import SiteLook
from quanze.site.pages import family
from quanze.site.pages.context import RenderContext
from quanze.site.pages.home import home

TITLE = {"type": "string", "title": "标题"}


def ref(collection):
    return {"title": "关联记录", "type": "string", "collection": collection}


SCHEMAS = {
    "offices": {"title": "部门", "properties": {"名称": TITLE}},
    "bridges": {
        "title": "桥梁",
        "family": 2,
        "group": "设施",
        "properties": {"名称": TITLE, "管养": ref("offices"), "上游": ref("bridges")},
    },
    "checks": {
        "title": "检测",
        "family": 1,
        "group": "检测和维修",
        "description": "哪座桥哪天检测。",
        "properties": {
            "名称": TITLE,
            "桥": {"type": "array", "items": ref("bridges")},
            "由谁": ref("offices"),
            "全部": {"type": "object", "title": "按条件引用", "properties": {"集合": {}, "条件": {}}},
        },
    },
    "notes": {"title": "随记", "properties": {"名称": TITLE, "记": ref("checks")}},
    "lists": {"title": "清单", "properties": {"名称": TITLE}},
}
RECORDS = {
    "offices": {"gl": {"名称": "公路局"}},
    "bridges": {"q-1": {"名称": "东桥", "管养": "gl"}, "q-2": {"名称": "西桥", "管养": "gl", "上游": "q-1"}},
    "checks": {
        "j-1": {"名称": "年检", "桥": ["q-1", "q-2"], "由谁": "gl"},
        "j-2": {"名称": "巡查", "全部": {"集合": "bridges", "条件": {"管养": "gl"}}},
    },
    "notes": {"s-1": {"名称": "一", "记": "j-1"}},
    "lists": {
        "qiao": {"名称": "桥梁名录", "集合": "bridges", "次序": 1, "列": [{"字段": "名称"}], "短列": ["名称"]},
        "jian": {"名称": "检测<计划>", "集合": "checks", "次序": 2, "列": [{"字段": "名称"}], "短列": ["名称"]},
        "sui": {"名称": "随记本", "集合": "notes", "列": [{"字段": "名称"}], "短列": ["名称"]},
    },
}


def catalog(*lists, schemas=SCHEMAS):
    forms = {name: form(name, schema) for name, schema in schemas.items()}
    records = {
        name: {
            id_: Record(name, id_, f"catalog/{name}/{id_}.yaml", data)
            for id_, data in found.items()
            if name != "lists" or id_ in lists
        }
        for name, found in RECORDS.items()
    }
    return Catalog(Path(), {"名称": "公路"}, forms, records)


@pytest.fixture(name="whole")
def _whole():
    return catalog("qiao", "jian", "sui")


def page(found, changed=lambda _: ""):
    return str(family.page(RenderContext(found, SiteLook(found), "2026-11-26"), changed).body)


def test_lists_stand_in_the_groups_of_their_forms_by_family_the_unnamed_last(whole):
    told = [(one.title, one.anchor, [record.id for record in one.lists]) for one in groups(whole)]
    assert told == [
        ("检测和维修", "group-1", ["jian"]),
        ("设施", "group-2", ["qiao"]),
        ("其他清单", "group-3", ["sui"]),
    ]


def test_the_home_page_has_the_same_groups(whole):
    html = str(home(whole, "2026-11-26", ()).body)
    heads = re.findall(r'<h([34])[^>]*><a href="([^"]*)">([^<]*)', html)
    assert [one for one in heads if one[0] == "3"] == [
        ("3", f"lists/#{one.anchor}", one.title) for one in groups(whole)
    ]
    assert len([one for one in heads if one[0] == "4"]) == 3
    alone = str(home(catalog("qiao"), "2026-11-26", ()).body)
    assert "qz-cards__group" not in alone
    assert "<h3><a" in alone


def test_ties_are_counted_by_field_with_references_by_condition_and_whom_two_forms_name(whole):
    told = [(one.source.title, one.field, one.target.title, one.number) for one in ties(whole)]
    assert told == [
        ("检测", "全部", "桥梁", 1),
        ("检测", "桥", "桥梁", 2),
        ("检测", "由谁", "部门", 1),
        ("桥梁", "上游", "桥梁", 1),
        ("桥梁", "管养", "部门", 2),
        ("随记", "记", "检测", 1),
    ]


def test_what_one_form_alone_names_and_no_list_shows_is_no_part_of_the_picture():
    assert [one.field for one in ties(catalog("qiao"))] == ["上游"]


def test_the_page_tells_each_list_with_sentence_count_and_date(whole):
    told = page(whole, lambda one: "2026-03-01" if one.id == "qiao" else "")
    assert '<a href="jian/">检测&lt;计划&gt;</a>' in told
    assert "哪座桥哪天检测。" in told
    assert "<strong>2</strong> 项" in told
    assert '<time datetime="2026-03-01">2026-03-01</time>' in told
    assert told.count("最近更改") == 1
    assert "共 3 张，分 3 组" in told


def test_the_drawing_has_an_arc_a_pair_and_the_same_in_words(whole):
    told = page(whole)
    assert told.count('class="qz-family__arc"') == 4
    assert told.count("<text ") == 4
    assert re.search(r'role="img" aria-labelledby="ties" aria-describedby="tied"', told)
    words = re.sub(r"<[^>]*>", "", told.partition('id="tied"')[2])
    assert "检测：「全部」指向桥梁（1 处）；「桥」指向桥梁（2 处）；「由谁」指向部门（1 处）" in words
    assert "「上游」指向同类记录（1 处）" in words


def test_a_name_of_fourteen_signs_stands_whole_in_the_drawing_and_a_longer_one_is_cut():
    for many, shown in ((14, "桥" * 14), (15, "桥" * 13 + "…")):
        schemas = {**SCHEMAS, "bridges": {**SCHEMAS["bridges"], "title": "桥" * many}}
        drawn = page(catalog("qiao", "jian", schemas=schemas))
        assert f">{shown}<" in drawn[drawn.index("<svg") : drawn.index("</svg>")]


def test_one_list_alone_has_no_drawing():
    told = page(catalog("qiao"))
    assert "<svg" not in told
    assert "它们怎样连在一起" in told  # its bridges still name each other


def test_no_list_is_a_page_too():
    told = page(catalog())
    assert "共 0 张" in told
    assert "它们怎样连在一起" not in told
