"""What other records say of a record, in the part of its page where it belongs; ended ones are silent or marked."""

from __future__ import annotations

import json

import pytest
from tests import golden

from quanze.register.catalog import Catalog
from quanze.register.links import SiteLook
from quanze.register.tree import load
from quanze.site.pages import record
from quanze.site.pages.context import RenderContext

DEFS = "common.schema.json#/$defs/"


def ref(name, **more):
    return {"$ref": DEFS + name, **more}


SCHEMAS = {
    "leniencies": {
        "title": "从宽情形",
        "family": 2,
        "properties": {
            "名称": ref("title"),
            "结果": ref("text"),
            "条件": ref("paragraph"),
            "状态": ref("status"),
            "事项": {
                "type": "array",
                "items": ref(
                    "ref",
                    collection="items",
                    back={
                        "title": "可以从宽的情形",
                        "at": "waive",
                        "lead": "由执法机关认定。",
                        "show": ["条件"],
                        "split": "结果",
                        "order": ["不罚", "少罚"],
                    },
                ),
            },
        },
    },
    "mandates": {
        "title": "交办",
        "family": 1,
        "properties": {
            "名称": ref("title"),
            "止": ref("end"),
            "事项": ref("ref", collection="items", back={"title": "交给谁办", "at": "how"}),
        },
    },
    "hotlines": {
        "title": "热线",
        "family": 3,
        "properties": {"名称": ref("title"), "适用": ref("select", back={"title": "打这个电话", "at": "todo"})},
    },
    "relents": {
        "title": "减免",
        "family": 4,
        "properties": {
            "名称": ref("title"),
            "结果": ref("text"),
            "适用": ref(
                "select",
                back={
                    "title": "减免",
                    "at": "waive",
                    "lead": "合乎下列情形的，依法{结果}，由机关认定",
                    "split": "结果",
                },
            ),
        },
    },
}
RECORDS = {
    "leniencies/k-1": "名称: 情形甲\n结果: 少罚\n条件: 改了\n状态: 有效\n事项: [xzcf-001]\n",
    "leniencies/k-2": "名称: 情形乙\n结果: 不罚\n状态: 有效\n事项: [xzcf-001]\n",
    "leniencies/k-3": "名称: 情形丙\n结果: 不罚\n状态: 取消\n事项: [xzcf-001]\n",
    "leniencies/k-4": "名称: 情形丁\n结果: 不罚\n状态: 拟\n事项: [xzcf-001]\n",
    "mandates/m-1": "名称: 交给支队\n止: 2026-11-24\n事项: xzcf-001\n",
    "relents/r-1": "名称: 情形一\n结果: 不予处罚\n适用:\n  集合: items\n  条件: {职权类型: 行政处罚}\n",
    "relents/r-2": "名称: 情形二\n结果: 减轻处罚\n适用:\n  集合: items\n  条件: {职权类型: 行政处罚}\n",
    "hotlines/h-1": "名称: 处罚热线\n适用:\n  集合: items\n  条件: {职权类型: 行政处罚}\n",
}


@pytest.fixture(name="body", scope="module")
def _body(tmp_path_factory):
    root = golden.project(tmp_path_factory.mktemp("back"))
    for name, schema in SCHEMAS.items():
        (root / "schema" / f"{name}.schema.json").write_text(json.dumps({"type": "object", **schema}), "utf-8")
    for path, text in RECORDS.items():
        file = root / "catalog" / f"{path}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    loaded = load(root)
    assert loaded.problems == ()
    catalog = Catalog.of(root, loaded)

    def body(id_, at="2026-11-23", collection="items"):
        register = RenderContext(catalog, SiteLook(catalog), at)
        return str(record.page(register, catalog.records[collection][id_], "").body)

    return body


def section(html, anchor):
    return html.partition(f'<h2 id="{anchor}">')[2].partition("</section>")[0]


def test_it_stands_where_the_form_puts_it_with_what_the_form_shows(body):
    told = section(body("xzcf-001"), "touch")
    assert "可以从宽的情形" in told
    assert '<p class="qz-back__lead">由执法机关认定。</p>' in told
    assert told.index("<h4>不罚</h4>") < told.index("情形乙") < told.index("<h4>少罚</h4>") < told.index("情形甲")
    assert "<dt>条件</dt><dd><p>改了</p></dd>" in told


def test_a_sentence_with_the_field_that_sets_them_apart_heads_each_part(body):
    told = section(body("xzcf-001"), "touch")
    waived = told.index("<h4>合乎下列情形的，依法不予处罚，由机关认定</h4>")
    eased = told.index("<h4>合乎下列情形的，依法减轻处罚，由机关认定</h4>")
    assert min(waived, eased) < told.index("情形二</a>")
    assert waived < told.index("情形一</a>")
    assert "{结果}" not in told


def test_drafts_and_ended_records_say_nothing(body):
    html = body("xzcf-001")
    assert "情形丙" not in html
    assert "情形丁" not in html


def test_what_has_run_out_on_the_day_is_silent_and_its_part_is_gone(body):
    assert "交给支队" in section(body("xzcf-001"), "how")
    later = body("xzcf-001", "2026-11-24")
    assert "交给支队" not in later
    assert 'id="how"' not in later


def test_a_reference_by_condition_reaches_every_record_that_meets_it(body):
    assert "处罚热线" in section(body("xzcf-001"), "todo")
    assert "处罚热线" not in body("xzjc-001")


def test_what_is_told_in_its_place_is_not_told_twice(body):
    html = body("xzcf-001")
    assert html.count("情形甲</a>") == 1
    assert html.count("交给支队</a>") == 1
