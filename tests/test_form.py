"""The schema is the form: its fields, its sentences, and two validators that never disagree."""

from __future__ import annotations

import json
import os
import random
from collections import Counter

import jsonschema
import pytest
from tests import golden, mutate
from tests.project import ROOT

from quanze.base.problem import Fault
from quanze.form import RULES, Validator, form, kinds, load_forms, sentences
from quanze.form.schema import DECLARED
from quanze.form.sentences import KEYWORDS, place, quote
from quanze.form.validate import MOST_TOLD
from quanze.register import tree
from quanze.register.catalog import titled

SCHEMAS = {name: form.schema for name, form in load_forms(ROOT / "schema").items()}
VALIDATORS = {name: Validator(schema) for name, schema in SCHEMAS.items()}
ITEM = {
    "事项名称": "对生产经营单位的检查",
    "职权类型": "行政检查",
    "行使主体": ["shi-ying-ji-guan-li-ju"],
    "实施依据": [{"依据文件": "安全生产法", "条": 65}],
    "状态": "有效",
}
PENALTY = {**ITEM, "职权类型": "行政处罚", "处罚": [{"罚款": {"上限": 100000}}]}
ANNOTATIONS = {"$schema", "title", "description", "examples", "writing", *DECLARED}
STRUCTURE = {"properties", "items", "allOf", "if", "then", "else"}


def keywords(schema):
    """Yield every keyword of a schema, looking into its parts."""
    for name, part in schema.items():
        yield name
        inner = part.values() if name == "properties" else part if isinstance(part, list) else [part]
        for one in inner if name not in {"examples", "enum", "const", "required", *DECLARED} else ():
            if isinstance(one, dict) and name != "dependentRequired":
                yield from keywords(one)


def told(data, collection="items"):
    return [(error.pointer, error.rule, error.message) for error in VALIDATORS[collection].errors(data)]


# --- schemas


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_schemas_are_valid_and_closed(name):
    schema = json.loads((ROOT / "schema" / f"{name}.schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["additionalProperties"] is False
    assert "$id" not in schema


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_every_keyword_that_a_schema_uses_has_its_sentence(name):
    used = set(keywords(SCHEMAS[name])) - ANNOTATIONS - STRUCTURE
    assert used <= set(KEYWORDS)


def test_patterns_hold_for_ascii_digits_and_the_whole_line():
    patterns = [part for name in SCHEMAS for part in _patterns(SCHEMAS[name])]
    assert patterns
    for pattern in patterns:
        assert not any(short in pattern for short in ("\\d", "\\w", "\\s"))
        assert pattern.startswith("^")
        assert pattern.endswith("$")


def _patterns(node):
    if isinstance(node, dict):
        if isinstance(node.get("pattern"), str):
            yield node["pattern"]
        node = list(node.values())
    for inner in node if isinstance(node, list) else ():
        yield from _patterns(inner)


# --- the two validators


@pytest.fixture(name="records", scope="module")
def _records(shili):
    return [*records(tree.load(shili))]


def records(loaded):
    yield "site", loaded.site
    for name, found in loaded.records.items():
        for one in list(found.values())[:: max(1, len(found) // 4)]:
            yield name, one.data


def test_equal_texts_are_one_whichever_process_read_them(shili, monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    items = tree.load(shili).records["items"].values()
    for at in (lambda data: next(key for key in data if key == "状态"), lambda data: data["职权类型"]):
        texts = [at(one.data) for one in items]
        assert len({*map(id, texts)}) == len({*texts})


def test_the_validators_agree_on_records_mutated_at_random(records):
    """jsonschema-rs decides and jsonschema explains: where they disagreed a fault would have no sentence."""
    dice = random.Random(7)
    seen = Counter()
    for name, data in records * 16:
        changed = mutate.record(data, dice, most=2)
        fits, errors = VALIDATORS[name].fits(changed), VALIDATORS[name].errors(changed)
        if fits:
            assert jsonschema.Draft202012Validator(SCHEMAS[name]).is_valid(changed), (name, changed)
        assert bool(errors) is not fits, (name, changed)
        assert all(error.rule in RULES or error.rule == "yaml-fullwidth" for error in errors)
        seen[fits] += 1
    assert min(seen[True], seen[False]) > 15


def test_what_is_explained_part_by_part_is_what_the_whole_refuses(records):
    dice = random.Random(8)
    for name, data in records * 2:
        changed = mutate.record(data, dice, most=3)
        whole = Validator({"allOf": [SCHEMAS[name]]})
        assert VALIDATORS[name].errors(changed) == whole.errors(changed), (name, changed)


@pytest.mark.parametrize("text", ["９７", "甲\n", "甲\u2028", "\u3000甲", "甲\u3000", "٣", "1２", "é", "\u0085甲"])
def test_the_validators_agree_on_odd_characters(text):
    for name, data in {"事项名称": text, "监督电话": text, "主项": text}.items():
        changed = {**ITEM, name: data}
        assert VALIDATORS["items"].fits(changed) is jsonschema.Draft202012Validator(SCHEMAS["items"]).is_valid(changed)


@pytest.mark.parametrize("value", [1.0, 2**63, -0.0, 1e400, True])
def test_the_validators_agree_on_odd_numbers(value):
    changed = {**PENALTY, "处罚": [{"罚款": {"上限": value}}]}
    assert VALIDATORS["items"].fits(changed) is jsonschema.Draft202012Validator(SCHEMAS["items"]).is_valid(changed)


# --- sentences


@pytest.mark.parametrize(
    ("change", "pointer", "rule", "words"),
    [
        ({"状态": None}, "/状态", "form-enum", "没有值；只能是：拟、有效"),
        ({"状态": "有"}, "/状态", "form-enum", "最接近的是「有效」"),
        ({"职权类型": "检查"}, "/职权类型", "form-enum", "最接近的是「行政检查」"),
        ({"备住": "甲"}, "/备住", "form-unknown-field", "是不是「备注」"),
        ({"日期": "甲"}, "/日期", "form-unknown-field", "是不是「生效日期」或者「终止日期」"),
        ({"处罚": [{"对象": "甲"}]}, "/处罚", "form-forbidden", "这类记录不能有「处罚」"),
        ({"终止日期": "2026-01-01"}, "/终止日期", "form-forbidden", "；请删去，或者核对：「状态」是「有效」"),
        ({"状态": "取消"}, "", "form-required", "缺少必填的「终止日期」；「状态」是「取消」的要写"),
        ({"关键词": "甲"}, "/关键词", "form-type", "须是列表"),
        ({"行使主体": ["a", "a"]}, "/行使主体/1", "form-unique", "第 2 条「a」与第 1 条重复"),
        ({"领域": []}, "/领域", "form-length", "至少要有 1 条"),
        ({"事项名称": "甲"}, "/事项名称", "form-length", "至少 2 个字"),
        ({"事项名称": "甲" * 301}, "/事项名称", "form-length", "最多 300 个字"),
        ({"事项名称": "甲乙 "}, "/事项名称", "form-pattern", "前后有空格"),
        ({"事项名称": " 甲乙"}, "/事项名称", "form-pattern", "前后有空格"),
        ({"事项名称": "甲乙\n丙"}, "/事项名称", "form-pattern", "须写在一行里"),
        ({"生效日期": "2026/1/1"}, "/生效日期", "form-pattern", "如 2026-05-01"),
        ({"生效日期": "２０２６-01-01"}, "/生效日期", "yaml-fullwidth", "请改成半角「2026-01-01」"),
        ({"主项": 5}, "/主项", "form-type", '请加上引号："5"'),
        ({"办理": "甲：乙"}, "/办理", "form-type", "冒号似乎写成了全角"),
        ({"核对": "2026-01-01"}, "/核对", "form-type", "而这里是「2026-01-01」；写成「{日期: 值}」的样子"),
        ({"办理": {"收费": {"是否": "是"}}}, "/办理/收费/是否", "form-type", "true（是）或 false（否）"),
        ({"实施依据": [{"作用": "职权"}]}, "/实施依据/0", "form-choice", "「文号」「原文」中的一个"),
        ({"实施依据": [{"依据文件": "甲法", "款": 1}]}, "/实施依据/0/款", "form-required", "「条」就不能缺"),
        ({"实施依据": [{"依据文件": "甲法", "条": 0}]}, "/实施依据/0/条", "form-choice", "写法不对"),
        ({"实施依据": [{"依据文件": "甲法", "条": "９７"}]}, "/实施依据/0/条", "yaml-fullwidth", "请改成半角「97」"),
    ],
)
def test_sentences(change, pointer, rule, words):
    found = [one for one in told({**ITEM, **change}) if one[:2] == (pointer, rule)]
    assert found, told({**ITEM, **change})
    assert any(words in message for _, _, message in found)


def test_a_group_that_may_have_any_field_is_told_without_empty_brackets():
    assert sentences._mistyped(["object"], 5, {}) == "须是一组栏目，而这里是「5」；写成「{栏目: 值}」的样子"


def test_a_fine_that_is_no_number_says_how_to_write_one():
    ((pointer, rule, message),) = told({**PENALTY, "处罚": [{"罚款": {"上限": "10万"}}]})
    assert (pointer, rule) == ("/处罚/0/罚款/上限", "form-type")
    assert message == (
        "「处罚」第 1 条的「罚款」的「上限」须是整数，而这里是「10万」；用阿拉伯数字，不加引号、单位和千分位"
    )


def test_one_misnamed_required_field_is_one_sentence():
    item = {("行使机关" if name == "行使主体" else name): value for name, value in ITEM.items()}
    assert told(item) == [
        ("/行使机关", "form-required", "这份文件缺少必填的「行使主体」；是不是把它写成了「行使机关」"),
    ]


@pytest.mark.parametrize("type_", [{"职权类型": "处罚"}, {"职权类型": None}])
def test_what_a_record_cannot_have_is_not_told_while_it_is_unknown_what_it_is(type_):
    assert [pointer for pointer, *_ in told({**PENALTY, **type_})] == ["/职权类型"]


def test_a_field_that_a_condition_asks_for_was_not_meant_by_another_that_is_known():
    ended = {**ITEM, "状态": "取消", "终止日期": "2026-01-01"}
    assert told(ended) == [("", "form-required", "这份文件缺少必填的「终止原因」；「状态」是「取消」的要写")]


def test_all_faults_of_a_record_are_told():
    assert len(told({**ITEM, "状态": "有", "领域": [], "备住": 1, "主项": "A"})) == 4


@pytest.mark.parametrize(
    "change",
    [
        {f"键{number}": 1 for number in range(9_999)},
        {"关键词": [1] * 9_999},
        {"实施依据": [{"某": number} for number in range(9_999)]},
        {"办理": {f"键{number}": 1 for number in range(9_999)}},
    ],
)
def test_of_very_many_faults_the_first_are_told_and_that_there_are_others(change):
    found = told({**ITEM, **change})
    assert len(found) == MOST_TOLD + 1
    assert [message for *_, message in found if "超过 100 处，从这里起没有逐个列出" in message] == [found[-1][2]]


@pytest.mark.parametrize("one", [str, lambda number: {"某": number}, lambda number: [number, 1.5]])
def test_what_is_written_twice_is_found_in_one_look_through_the_list(one):
    class Counted(list):
        looks = 0

        def __getitem__(self, at):
            Counted.looks += 1
            return super().__getitem__(at)

    written = Counted([*map(one, range(3_000)), one(0), one(2_999)])
    ((_, _, message, _), (last, *_)) = KEYWORDS["uniqueItems"](True, written, ("关键词",), {})  # noqa: FBT003
    assert (last, Counted.looks) == ((3_001,), 0)
    assert message.startswith("「关键词」第 3001 条")
    assert message.endswith("与第 1 条重复；请删去一条")


@pytest.mark.parametrize(
    ("values", "twice"), [([1, 1.0], 1), ([1, True], 0), ([{"a": 1, "b": 2}, {"b": 2, "a": 1}], 1)]
)
def test_what_counts_as_the_same_is_what_json_schema_calls_so(values, twice):
    assert len([*KEYWORDS["uniqueItems"](True, values, (), {})]) == twice  # noqa: FBT003
    assert Validator({"uniqueItems": True}).fits(values) == (not twice)


def test_places_in_words():
    assert place(["实施依据", 1, "款"]) == "「实施依据」第 2 条的「款」"
    assert place([]) == "这份文件"
    assert quote("甲" * 40) == "「" + "甲" * 30 + "…」"
    assert quote(["甲", 1]) == "「甲、1」"
    assert quote([{"罚款": {"上限": 1}, "档": True}, {"没收": "甲"}]) == "「罚款: 上限: 1，档: true；没收: 甲」"
    assert quote([]) == "「[]」"


# --- forms


@pytest.mark.parametrize(
    ("name", "part", "title"),
    [
        ("物业维修资金监管", "承接查验备案", "物业维修资金监管：承接查验备案"),
        ("对安全培训的检查", "安全培训", "对安全培训的检查"),
        ("物业维修资金监管", "", "物业维修资金监管"),
        ("", "承接查验备案", ""),
    ],
)
def test_what_is_called_like_the_whole_item_is_told_by_its_part(name, part, title):
    assert titled(form("items", SCHEMAS["items"]), {"事项名称": name, "子项名称": part}) == title


def test_a_form_is_read_from_its_schema():
    items = form("items", SCHEMAS["items"])
    assert items.title == "权责事项"
    assert items.title_field == "事项名称"
    asked = (kinds.STATUS, kinds.POWERTYPE, kinds.START, kinds.END, kinds.CITATION, kinds.USCC)
    assert [*map(items.role, asked)] == ["状态", "职权类型", "生效日期", "终止日期", "实施依据", ""]
    assert items.find("办理.法定时限").kind is kinds.TEXT
    assert items.find("办理.没有") is None
    body = items.fields["行使主体"]
    assert (body.kind, body.many, body.collection, body.required) == (kinds.REF, True, "bodies", True)
    assert items.fields["办理"].kind is kinds.GROUP
    assert items.fields["处罚"].fields["罚款"].fields["上限"].kind is kinds.AMOUNT
    assert "行政处罚" in items.fields["职权类型"].choices


def test_sections_keep_the_order_of_the_form():
    items = form("items", SCHEMAS["items"])
    fields = [field.name for section in items.sections.values() for field in section]
    assert fields == list(items.fields)


def test_what_a_record_cannot_have():
    items = form("items", SCHEMAS["items"])
    assert items.forbidden(PENALTY) == {"办理", "终止日期", "终止原因", "承接事项"}
    assert "处罚" in items.forbidden(ITEM)


@pytest.fixture(name="folder")
def _folder(tmp_path):
    return golden.project(tmp_path / "project") / "schema"


def test_a_schema_that_refers_to_itself_is_refused(folder):
    text = '{"properties": {"甲": {"$ref": "#/$defs/a"}}, "$defs": {"a": {"items": {"$ref": "#/$defs/a"}}}}'
    (folder / "loops.schema.json").write_text(text, "utf-8")
    with pytest.raises(Fault, match=r"loops\.schema\.json:1:80: .*绕回了自己"):
        load_forms(folder)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "不是有效的 JSON"),
        ("[]", "最外层应当是一个 JSON 对象"),
        ('{"items": {"$ref": "common.schema.json#/x"}}', "没有指向任何定义"),
    ],
)
def test_a_schema_that_is_none_is_refused(folder, text, words):
    (folder / "notes.schema.json").write_text(text, "utf-8")
    with pytest.raises(Fault, match=words):
        load_forms(folder)


def test_a_folder_without_common_is_no_project(tmp_path):
    with pytest.raises(Fault, match=r"common\.schema\.json"):
        load_forms(tmp_path)


# --- addresses: what a shell, a header or a server would take for anything but an address is none


@pytest.mark.parametrize(
    ("address", "sound"),
    [
        ("https://quanze.example/", True),
        ("http://10.0.0.7:8080/zwgk/quan-ze/", True),
        ("https://应急管理局.政务/权责/", False),
        ("https://应急管理局.政务/a%E6%9D%83/", True),
        ("https://a.example", False),
        ("https://a.example/x", False),
        ("https://a.example/?a=1", False),
        ("https://user@a.example/", False),
        ("https://a..example/", False),
        ("https://1.2.3.4/", True),
        ("https://1.2.3.4.example/", True),
        ("https://0xa.example/", True),
        ("https://1.2.3.999/", False),
        ("https://01.2.3.4/", False),
        ("https://127.1/", False),
        ("https://0x7f.1/", False),
        ("https://a.example.0x1/", False),
        ("https://a.example/$(touch${IFS}/tmp/x)/", False),
        ("https://a.example/`id`/", False),
        ("https://a.example/;id/", False),
        ("https://a.example/a b/", False),
        ("https://a.example/%zz/", False),
        ("https://a.example/%0a/", False),
        ("https://a.example/%2E./", False),
        ("https://a.example/../", False),
        ("https://a.example/..a/", True),
        ("https://a.example:65535/", True),
        ("https://a.example:65536/", False),
        ("https://a.example:0/", False),
        ("https://-a.example/", False),
        ("https://a-.example/", False),
        ("https://a--b.example/", True),
        ("ftp://a.example/", False),
    ],
)
def test_the_address_of_a_site_has_a_strict_form(address, sound):
    for name in ("网址", "编辑地址"):
        assert (not [one for one in told({name: address}, "site") if one[0] == f"/{name}"]) is sound


@pytest.mark.parametrize(
    ("link", "sound"),
    [
        ("https://a.example/a/b.html?id=7&kind=法律#第一条", True),
        ("https://a.example", True),
        ("https://a.example/$(id)", False),
        ("https://a.example/`id`", False),
        ("https://a.example/|id", False),
        ("https://user@a.example/", False),
        ("https://a.example/%0d%0a", False),
        ("https://a.example:70000/", False),
        ("https://a.example/?q=%E5%B8%82", True),
        ("javascript:alert(1)", False),
    ],
)
def test_a_link_holds_nothing_that_a_shell_would_run(link, sound):
    assert (not [one for one in told({"官方链接": link}, "laws") if one[0] == "/官方链接"]) is sound
