"""What counts as provenance, and so for no change of a list, is asked of every form since its edition."""

from __future__ import annotations

import io
import json

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from tests.small_register import LIST, PENALTY, Register

from quanze import cli, history
from quanze.history.provenance import provenance
from quanze.proof import publication

DAY = "2026-11-23"
FORM, COMMON = "schema/items.schema.json", "schema/common.schema.json"
KEYWORD = "common.schema.json#/$defs/keyword"
COLUMNS = "  - 字段: 关键词\n"


@pytest.fixture(name="register")
def _register(tmp_path):
    """The base catalog with an edition of 2024-01-15, and a remark that no column shows."""
    register = Register(tmp_path / "登记")
    register.write(PENALTY, (register.root / PENALTY).read_text("utf-8") + "备注: 一\n承办机构: 一科\n关键词: [培训]\n")
    commit = register.commit("2024-01-11", "清单")
    register.edit(
        LIST, ("短列:", f"版次:\n  - {{编号: v1, 名称: 第一版, 公布日期: 2024-01-15, 提交: {commit}}}\n短列:")
    )
    register.commit("2024-01-15", "版次")
    return register


def form(register, path, change):
    schema = json.loads((register.root / path).read_text("utf-8"))
    change(schema)
    register.write(path, json.dumps(schema, ensure_ascii=False, indent=2))


def as_keyword(name):
    def change(schema):
        schema["properties"][name] = {"section": "其他", "$ref": KEYWORD}

    return change


def found(register):
    told = history.read(register.root)
    answers = publication.registered(register.catalog(), told, DAY)
    (answer,) = (one for one in answers if one.rule == "unregistered-change")
    return [one.record.path for one in answer.findings]


def together(register):
    form(register, FORM, as_keyword("备注"))
    register.edit(PENALTY, ("备注: 一", "备注: 二"))


def before_it(register):
    form(register, FORM, as_keyword("备注"))
    register.commit("2024-01-20", "表单")
    register.edit(PENALTY, ("备注: 一", "备注: 二"))


def after_it(register):
    register.edit(PENALTY, ("备注: 一", "备注: 二"))
    register.commit("2024-01-20", "备注")
    form(register, FORM, as_keyword("备注"))


def not_recorded(register):
    register.edit(PENALTY, ("备注: 一", "备注: 二"))
    register.commit("2024-01-20", "备注")
    form(register, FORM, as_keyword("备注"))
    register.commit("2024-01-21", "表单")
    (register.root / FORM).write_text((register.root / FORM).read_text("utf-8") + "\n", "utf-8")


def there_and_back(register):
    text = (register.root / FORM).read_text("utf-8")
    before_it(register)
    register.commit("2024-01-21", "备注")
    register.write(FORM, text)


def of_all_texts(register):
    def change(schema):
        schema["$defs"]["paragraph"]["title"] = "关键词"

    form(register, COMMON, change)
    register.edit(PENALTY, ("备注: 一", "备注: 二"))


def as_where_it_is_from(register):
    def change(schema):
        schema["properties"]["承办机构"] = {"section": "其他", "type": "string", "title": "来源"}

    form(register, FORM, change)
    register.edit(PENALTY, ("承办机构: 一科", "承办机构: 二科"))


def in_a_merge(register):
    register.branch("side")
    form(register, FORM, as_keyword("备注"))
    register.commit("2024-01-20", "表单")
    register.edit(PENALTY, ("备注: 一", "备注: 二"))
    register.commit("2024-01-21", "备注")
    register.switch("main")
    register.merge("side", "2024-01-22")


def after_a_form_that_nobody_can_read(register):
    text = (register.root / FORM).read_text("utf-8")
    register.write(FORM, "{")
    register.commit("2024-01-20", "写坏")
    register.write(FORM, text)
    together(register)


def under_another_name_of_the_form(register):
    together(register)
    form(register, FORM, lambda schema: schema.update(title="权责事项"))


WAYS = [
    together,
    before_it,
    after_it,
    not_recorded,
    there_and_back,
    of_all_texts,
    as_where_it_is_from,
    in_a_merge,
    after_a_form_that_nobody_can_read,
    under_another_name_of_the_form,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_no_form_that_is_written_later_makes_a_change_one_of_provenance(register, way):
    way(register)
    register.commit("2024-02-01", "改")
    assert found(register) == [PENALTY]


def test_a_column_of_the_list_always_counts(tmp_path):
    register = Register(tmp_path / "登记")
    register.write(PENALTY, (register.root / PENALTY).read_text("utf-8") + "关键词: [培训]\n")
    edition = "版次:\n  - {编号: v1, 名称: 第一版, 标签: v1}\n"
    register.edit(LIST, ("短列:", f"{COLUMNS}{edition}短列:"))
    register.commit("2024-01-15", "清单")
    register.git("tag", "v1")
    register.edit(PENALTY, ("[培训]", "[未经培训]"))
    register.commit("2024-02-01", "改")
    assert found(register) == [PENALTY]


def keywords(register):
    register.edit(PENALTY, ("[培训]", "[未经培训]"))


def checked(register):
    register.edit(PENALTY, ("2026-11-01", "2026-11-02"))


def a_new_field(register):
    form(register, FORM, as_keyword("俗称"))
    register.commit("2024-01-20", "表单")
    register.write(PENALTY, (register.root / PENALTY).read_text("utf-8") + "俗称: 上岗培训\n")


def another_form(register):
    form(register, "schema/bodies.schema.json", lambda schema: schema.update(title="机构"))
    keywords(register)


@pytest.mark.parametrize("way", [keywords, checked, a_new_field, another_form], ids=lambda way: way.__name__)
def test_nothing_is_said_of(register, way):
    way(register)
    register.commit("2024-02-01", "改")
    assert found(register) == []


def test_the_evidence_says_that_it_is_not_registered(register, tmp_path):
    before_it(register)
    register.commit("2024-02-01", "改备注")
    words = ["diff", "2024-01-25", "HEAD", "--format", "xlsx", "-o", str(tmp_path / "证据.xlsx"), "--root"]
    CliRunner().invoke(cli.main, [*words, str(register.root)], catch_exceptions=False)
    sheet = load_workbook(io.BytesIO((tmp_path / "证据.xlsx").read_bytes()))["变更"]
    assert any("没有登记" in str(row) and "不用登记" not in str(row) for row in sheet.iter_rows(values_only=True))


def test_by_todays_forms_alone_without_a_commit(register):
    together(register)
    assert {"关键词", "核对", "备注"} <= provenance(register.catalog())["items"]
