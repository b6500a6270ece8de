"""Forms that are none: one sentence at the schema, whatever a person or a program has put there."""

from __future__ import annotations

import copy
import json
import random

import pytest
from tests.clerk import DAY, Clerk

from quanze.form.malformed import faults

FORM = {
    "title": "抽查",
    "type": "object",
    "additionalProperties": False,
    "required": ["抽查事项"],
    "properties": {
        "抽查事项": {"$ref": "common.schema.json#/$defs/title"},
        "进度": {"$ref": "common.schema.json#/$defs/status"},
        "类": {"type": "string", "enum": ["甲", "乙"]},
    },
}
RECORD = "抽查事项: 集贸市场\n进度: 有效\n"


def ref(name, **more):
    return {"$ref": f"common.schema.json#/$defs/{name}", **more}


def with_field(name, part):
    return {**FORM, "properties": {**FORM["properties"], name: part}}


def nested(depth):
    part = {"type": "string"}
    for _ in range(depth):
        part = {"type": "object", "properties": {"甲": part}}
    return part


def exploding(levels):
    parts = {"a0": {"type": "string"}}
    for n in range(1, levels):
        twice = {"$ref": f"#/$defs/a{n - 1}"}
        parts[f"a{n}"] = {"type": "object", "properties": {"甲": twice, "乙": twice}}
    return {**with_field("类", {"$ref": f"#/$defs/a{levels - 1}"}), "$defs": parts}


@pytest.fixture(name="clerk")
def _clerk(tmp_path):
    made = Clerk(tmp_path / "登记")
    made.write("catalog/spotchecks/cc-001.yaml", RECORD)
    return made


def check(clerk, schema):
    text = schema if isinstance(schema, str) else json.dumps(schema, ensure_ascii=False, indent=2)
    clerk.write("schema/spotchecks.schema.json", text)
    return clerk("check", "--at", DAY)


def test_the_form_is_sound(clerk):
    assert check(clerk, FORM).code == 0


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        (with_field("抽查事项", {"type": "array", "items": ref("title")}), ":9:13: 「抽查事项」是标题"),
        (with_field("进度", {"type": "array", "items": ref("status")}), "「进度」是状态，一条记录只能有一个"),
        (with_field("类型", {"type": "array", "items": ref("powertype")}), "「类型」是职权类型，一条记录只能有一个"),
        (with_field("第二状态", ref("status")), ":22:13: 「进度」和「第二状态」都是状态"),
        ({**FORM, "properties": ["甲"]}, ":8:17: properties 须是一组「栏目名: 写法」"),
        (with_field("类", {"type": "string", "enum": 5}), "enum 须是词的列表"),
        ({**FORM, "required": ["抽查事项", "抽查事项"]}, "required 须是栏目名的列表，一个名称写一次"),
        ({**FORM, "required": ["抽查事项", "类别"]}, ":7:5: required 写的「类别」不在 properties 里；最接近的是「类」"),
        ({**{name: FORM[name] for name in ("title", "type", "properties")}, "required": ["进"]}, "required 写的「进」"),
        ({**FORM, "$schema": "draft-07"}, "$schema 只能是 https://json-schema.org/draft/2020-12/schema"),
        ({**FORM, "$anchor": "甲"}, "$anchor 不用；引用写 $ref"),
        (with_field("类", {"type": "string", "deprecated": 3}), "deprecated 不是 JSON Schema 的写法"),
        (with_field("类", {"type": "string", "format": "email"}), "format 写了也不检查；请引用"),
        (with_field("类", {"type": "array", "items": ref("text"), "contains": {}}), "contains 不用；列表里每一项"),
        ({**FORM, "unevaluatedProperties": False}, "unevaluatedProperties 不用；栏目写在 properties 里"),
        ({**FORM, "if": {"required": ["类"]}, "then": False}, "then 须是一个写法（大括号）"),
        ({**FORM, "allOf": [True]}, "allOf 须是写法（大括号）的列表"),
        (with_field("类", {"$ref": "#/properties/进度"}), "没有指向任何定义；只能引用 $defs 里的"),
        (with_field("类", {"type": "string", "minLength": 10**30}), "minLength 须是整数，不超过 1000000"),
        (with_field("类", {"type": "number", "minimum": 1e308}), "minimum 须是数字，不超过"),
        (with_field("类", {"enum": [1, True]}), "enum 须是词的列表，至少一个，一个词写一次；数字也加引号"),
        (with_field("类", {"enum": ["甲", "甲"]}), "一个词写一次"),
        (with_field("类", {"enum": ["甲 "]}), "enum 须是词的列表"),
        (with_field("类", {"const": True}), "const 须是一个词，数字也加引号；是或否引用 $defs/yesno"),
        (with_field("类", ref("date", title="成立日")), "引用了类型的，不另写 title"),
        (with_field("类", {"type": "string", "enum": ["甲"], "codes": {"甲": 1}}), "codes 须是一组「词: "),
        (with_field("类", {"type": "string", "enum": ["甲"], "codes": {"乙": "1"}}), "codes 里的「乙」不在 enum 里"),
        (with_field("类", {"type": "strnig"}), "type 只能是 array、boolean"),
        (with_field("类", {"type": "string", "pattern": "["}), "pattern 须是正则表达式"),
        (with_field("类", {"type": "array", "items": [{"type": "string"}]}), "items 须是一个写法"),
        (with_field("类", 5), "栏目「类」的写法须是一个大括号"),
        (with_field("类", ref("nix")), ":16:15: $ref「common.schema.json#/$defs/nix」没有指向任何定义"),
        (with_field("类", {"type": "array", "items": {"$ref": "common.schema.json#/$defs"}}), "没有指向任何定义"),
        (with_field("类", {"$ref": "common.schema.json#/$defs/title/type"}), "没有指向任何定义"),
        (with_field("类", {"$ref": 5}), "$ref 须是文字"),
        (with_field("类", nested(300)), "套了 32 层以上"),
        (exploding(40), ":89:11: 这里的 $ref 一层套一层，展开以后太大"),
        (exploding(31), "展开以后太大"),
        ({**FORM, "allOf": [{"if": {"properties": {"类": {"enum": 3}}}}]}, "enum 须是词的列表"),
        ({**FORM, "rules": 5}, "rules 须是列表"),
        ("{", "spotchecks.schema.json:1:2: 不是有效的 JSON"),
        ("[" * 100_000, "括号套得太深"),
        ('{"title": "甲", "title": "乙"}', ":1:25: 「title」在同一个大括号里写了两次"),
        ('{"maximum": NaN}', ":1:13: 写了 NaN，这不是数字"),
        (r'{"\ud800": 1}', r" 里写了 \ud800，这是半个字符"),
        (r'{"title": "甲\udc00"}', r" 里写了 \udc00，这是半个字符"),
        (f'{{"maximum": {"9" * 5000}}}', " 里有位数太多的数字"),
        ("[1]", ":1:1: 最外层应当是一个 JSON 对象"),
    ],
)
def test_one_sentence_at_the_schema(clerk, schema, said):
    done = check(clerk, schema)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert done.err.startswith("schema/spotchecks.schema.json")
    assert done.err.count("\n") == 1


def group(**fields):
    return {"type": "object", "additionalProperties": False, "properties": fields}


def many(part, **more):
    return {"type": "array", "items": part, **more}


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        (with_field("新", {"type": "object"}), "「新」是一组栏目，要在 properties 里写明"),
        (with_field("新", {"type": "array"}), "「新」是列表，要写 items"),
        (with_field("新", many(many(ref("citation")))), "「新」是列表的列表，网页显示不了"),
        (with_field("新", group(甲=group(乙=many(many(group(丙=ref("text"))))))), "「乙」是列表的列表"),
        (with_field("新", {}), "「新」没有写明填什么；请引用 $defs 里的一种类型"),
        (with_field("新", {"type": ["string", "object"]}), "「新」没有写明填什么"),
        (with_field("新", {"allOf": [ref("ref", collection="bodies")]}), "allOf 里引用了类型「关联记录」"),
        (with_field("新", {"anyOf": [ref("date"), {"const": "长期"}]}), "anyOf 里引用了类型「日期」"),
        (with_field("新", {"type": "string", "oneOf": [ref("phone"), ref("text")]}), "oneOf 里引用了类型"),
        (
            with_field("新", {"type": "object", "additionalProperties": ref("citation")}),
            "additionalProperties 里写的栏目",
        ),
        (with_field("新", {**group(甲=ref("text")), "additionalProperties": True}), "additionalProperties 里写的栏目"),
        (
            {**FORM, "if": {"required": ["类"]}, "then": {"properties": {"类": ref("date")}}},
            "then 里引用了类型「日期」",
        ),
        (with_field("新", ref("ref")), "「新」引用了 $defs/ref，要写指向哪个集合"),
        (with_field("新", group(甲=many(ref("ref")))), "「甲」引用了 $defs/ref，要写指向哪个集合"),
        (with_field("序号", ref("text")), "栏目不能叫「序号」：清单和数据里已经有这一列"),
        (with_field("编号", ref("text")), "栏目不能叫「编号」"),
        (with_field("__proto__", ref("text")), "栏目名「__proto__」写法不对"),
        (with_field("甲.乙", ref("text")), "栏目名「甲.乙」写法不对；用文字、数字，不用点"),
        (with_field("新", many(ref("text"), minItems=5, maxItems=2)), "「新」的 minItems 大于 maxItems"),
        (with_field("新", ref("count", minimum=10**14)), "「新」的 minimum 大于 maximum，没有值能符合"),
    ],
)
def test_a_field_that_nobody_would_read(clerk, schema, said):
    """What no rule would check or no page show is told once, at the schema."""
    done = check(clerk, schema)
    assert (done.code, [line for line in done.lines if said in line]) == (1, done.lines[:1])
    assert done.out.startswith("schema/spotchecks.schema.json:")


@pytest.mark.parametrize(
    "part",
    [
        many(ref("ref"), collection="bodies"),
        {"type": "string", "anyOf": [{"const": "长期"}, {"pattern": "^[0-9]+$"}]},
        {"type": ["integer", "string"]},
        many(group(序号=ref("count"), 甲=many(ref("citation")))),
    ],
)
def test_a_field_that_is_read(clerk, part):
    assert "没有问题" in check(clerk, with_field("罚款（元）", part)).err


def test_a_form_that_does_not_say_that_it_has_no_other_fields(clerk):
    done = check(clerk, with_field("新", many({"type": "object", "properties": {"甲": ref("text")}})))
    assert '待复核：没有写 "additionalProperties": false' in done.out


@pytest.mark.parametrize("name", ["site", "common"])
def test_a_form_that_every_register_needs(clerk, name):
    (clerk.root / f"schema/{name}.schema.json").unlink()
    done = clerk("check", "--at", DAY)
    assert done.code == 2
    assert f"没有找到 schema/{name}.schema.json" in done.err


@pytest.mark.parametrize("seed", range(60))
def test_no_slip_of_the_hand_in_a_form_raises(clerk, seed):
    """A value of a schema is replaced by another at random: the check tells something, and ends."""
    dice = random.Random(seed)
    schema = copy.deepcopy(with_field("类", {"type": "array", "minItems": 1, "items": ref("text", maxLength=9)}))
    places = []

    def walk(node):
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            places.append((node, key))
            if isinstance(value, dict | list):
                walk(value)

    walk(schema)
    node, key = dice.choice(places)
    node[key] = dice.choice([None, True, False, 0, -1, 1.5, "", "甲", "[", [], [1], ["甲"], {}, {"type": 5}, {"a": []}])
    done = check(clerk, schema)
    assert done.code in {0, 1, 2}
    assert "Traceback" not in done.err


def test_the_forms_of_the_project_hold_nothing_strange(clerk):
    for file in (clerk.root / "schema").iterdir():
        assert [*faults(json.loads(file.read_bytes()))] == []


def ruled(*rules):
    fields = {
        "名": ref("text"),
        "限": ref("count"),
        "起": ref("date"),
        "网": ref("yesno"),
        "何": {"type": ["string", "integer"]},
    }
    return {**FORM, "properties": {**FORM["properties"], **fields}, "rules": [*rules]}


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"compare": ["名", "<=", "限"]}, "规则写的「名」填文字，「限」填数字，不能比较"),
        ({"compare": ["限", "=", "起"]}, "规则写的「限」填数字，「起」填日期，不能比较"),
        ({"compare": ["网", "=", "网"]}, "规则写的「网」填是或否，不能比较"),
        ({"due": "限"}, "规则写的「限」填数字，不能算期限；请用填日期的栏目"),
        ({"due": ["名", {"年": 1}]}, "规则写的「名」填文字，不能算期限"),
        ({"sum": ["限", ["名"]]}, "规则写的「名」填文字，不能加起来；请用填数字的栏目"),
        ({"cover": "名"}, "规则写的「名」没有指向别的集合（collection），不能逐一覆盖"),
        ({"unique": ["姓名"]}, "规则写的「姓名」不是抽查的栏目；最接近的是「名」"),
    ],
)
def test_a_rule_that_can_say_nothing_of_its_fields(clerk, rule, said):
    clerk.write("catalog/spotchecks/cc-001.yaml", RECORD + "名: 甲\n限: 3\n起: 2020-01-01\n网: true\n何: 甲\n")
    done = check(clerk, ruled(rule))
    assert done.code == 1
    assert done.err.count("[schema-declaration]") + done.out.count("[schema-declaration]") == 1
    assert said in done.out + done.err
    assert "schema/spotchecks.schema.json:4" in done.out + done.err


def test_of_a_field_whose_type_is_open_nothing_is_said(clerk):
    clerk.write("catalog/spotchecks/cc-001.yaml", RECORD + "限: 3\n何: 甲\n")
    done = check(clerk, ruled({"compare": ["何", "<=", "限"]}, {"compare": ["限", "<=", "限"]}))
    assert done.code == 0
    assert "没有问题" in done.err


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        (
            {**FORM, "rule": [{"unique": ["类"]}]},
            ":23:3: 待复核：rule 不是表单用的词，写了不起作用；最接近的是「rules」",
        ),
        ({**FORM, "grup": "甲"}, "grup 不是表单用的词，写了不起作用；最接近的是「group」"),
        (with_field("数", ref("count", units="件")), "units 不是表单用的词，写了不起作用；最接近的是「unit」"),
        (with_field("类", {"type": "array", "items": ref("text", maxlenght=3)}), "maxlenght 不是表单用的词"),
        (ruled({"compare": ["限", "<=", "限"], "level": "warn"}), "规则的 level「warn」不对；只能是 review"),
    ],
)
def test_a_misspelt_word_of_a_form(clerk, schema, said):
    done = check(clerk, schema)
    assert said in done.out + done.err
    assert (done.out + done.err).count("[schema-declaration]") == 1


@pytest.mark.parametrize(
    "word", ["$comment", "default", "note", "x-order", "markdownDescription", "enumNames", "order"]
)
def test_of_words_of_other_tools_nothing_is_said(clerk, word):
    done = check(clerk, {**with_field("类", {"type": "string", word: "甲"})})
    assert (done.code, "没有问题" in done.err) == (0, True)
