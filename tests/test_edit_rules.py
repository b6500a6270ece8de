"""The rules that a form declares, in the browser and in the check: they say the same of the same record."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from copy import deepcopy

import pytest
from tests.clerk import DAY, Clerk
from tests.project import ROOT

from quanze.check.checking import check
from quanze.form import load_forms
from quanze.form.validate import Validator
from quanze.io.yaml import read, write

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(not NODE, reason="没有 node，跳过")
RULES = [
    {"compare": ["甲", "<=", "乙"]},
    {"compare": ["起", "<", "止"]},
    {"compare": ["部分.先", "<", "部分.后"]},
    {"sum": ["总数", ["一", "二", "各.数"]]},
    {"compare": ["一", "<", "二"], "level": "review"},
    {"unique": ["丙", "部分.先"]},
]
TEXT, NUMBER = ({"$ref": f"common.schema.json#/$defs/{name}"} for name in ("text", "number"))
PART = {"type": "object", "additionalProperties": False, "properties": {"先": TEXT, "后": TEXT}}
FORM = {
    "title": "试验",
    "type": "object",
    "additionalProperties": False,
    "required": ["名称"],
    "properties": {
        "名称": {"$ref": "common.schema.json#/$defs/title"},
        **dict.fromkeys(("甲", "乙", "丙", "起", "止"), TEXT),
        **dict.fromkeys(("总数", "一", "二"), NUMBER),
        "各": {"type": "array", "minItems": 1, "items": {"type": "object", "properties": {"名": TEXT, "数": NUMBER}}},
        "部分": {"type": "array", "minItems": 1, "items": PART},
    },
    "rules": RULES,
}
RECORDS = [
    {"甲": "20个工作日", "乙": "10个工作日"},
    {"甲": "10个工作日", "乙": "20工作日"},
    {"甲": "3天", "乙": "2日"},
    {"甲": "3天", "乙": "2个工作日"},
    {"甲": "1.5万元", "乙": "1万元"},
    {"甲": "即办", "乙": "1日"},
    {"起": "2026-02-01", "止": "2026-01-01"},
    {"起": "2026-01-01", "止": "2026-01-01"},
    {"起": "2026-01-01"},
    {"部分": [{"先": "1日", "后": "2日"}, {"先": "3日", "后": "2日"}, {"先": "9日"}]},
    {"总数": 3, "一": 1, "二": 1},
    {"总数": 0.3, "一": 0.1, "二": 0.2},
    {"总数": 2, "一": 2},
    {"总数": 3, "二": 1},
    {"总数": 9, "一": 1, "二": 1, "各": [{"数": 3}, {"数": 4}]},
    {"总数": 9, "一": 1, "二": 1, "各": [{"数": 3}, {"名": "四"}]},
    {"总数": 2},
    {"一": 2, "二": 1},
    {"丙": "同", "部分": [{"先": "1日"}, {"先": "2日"}]},
    {"丙": "同", "部分": [{"先": "1日"}, {"先": "2日"}]},
    {"丙": "同", "部分": [{"先": "2日"}]},
    {"丙": "同", "部分": [{"先": "3日"}, {"先": "4日"}]},
]


def test_the_browser_says_what_the_check_says(tmp_path):
    clerk = Clerk(tmp_path / "项目")
    clerk.write("schema/trials.schema.json", json.dumps(FORM, ensure_ascii=False))
    records = [{"名称": f"第{n}条", **one} for n, one in enumerate(RECORDS)]
    for n, one in enumerate(records):
        clerk.write(f"catalog/trials/sy-{n:03}.yaml", write(one))
    found = [one for one in check(clerk.root, DAY).errors if one.path.startswith("catalog/trials/")]
    assert {one.rule for one in found} == {"declared-compare", "declared-sum", "declared-unique"}
    taken = {"丙、部分.先": dict.fromkeys(("同\t1日", "同\t2日"), f"sy-{len(RECORDS) - 4:03}")}
    told = ({"rules": RULES, "record": one, "title": "试验"} for one in records)
    second = len(RECORDS) - 3
    lines = "\n".join(json.dumps({**one, "taken": taken if n >= second else {}}) for n, one in enumerate(told))
    for n, said in enumerate(ask(lines)):
        told = [(one.pointer, one.message) for one in found if one.path.endswith(f"/sy-{n:03}.yaml")]
        assert [tuple(one) for one in said] == told, records[n]


def of(name, *, many=False):
    one = {"$ref": f"common.schema.json#/$defs/{name}"}
    return {"type": "array", "minItems": 1, "items": one} if many else one


BY_KIND = {
    "名称": of("title"),
    "日": of("date"),
    "起": of("start"),
    "止": of("end"),
    "代码": of("uscc"),
    "编码": of("code", many=True),
    "罚款": of("fine"),
    "处罚": of("sanction", many=True),
    "依据": of("citation", many=True),
    "裁量": of("tier", many=True),
}
KINDS_FORM = {**FORM, "properties": BY_KIND, "rules": []}
DAYS = ("2026-02-28", "2026-02-29", "2024-02-29", "1900-02-29", "2000-02-29", "2026-04-31", "2026-12-31", "0000-01-01")
CODES = ("91440101MA59K0AB16", "11450000007563456X", "91350100M000100Y43", "9A350100M000100Y43", "000000000000000000")
AMOUNTS = (0, 1, 999, 1_000, 30_000, 50_000, 1_234_567, 10_000_000)
RUNS = (1, "3至5", "5至3", [4, "9至8"], [2, 1], "12之3至12之1", "13之1至12", [*range(1, 20), "7至6"])


def stretch(rng, **measures):
    """Return bounds of one or two measures, each side there or not."""
    told = {
        name + side: rng.choice(numbers)
        for name, numbers in measures.items()
        for side in ("下限", "上限")
        if rng.random() < 0.8
    }
    return {**told, **({"基数": "违法所得"} if any(name not in {"下限", "上限"} for name in told) else {})}


def with_values(rng, number):
    """Return a record with a value of each kind, some of them impossible."""
    measures = {"": AMOUNTS, **({"倍数": (0, 1.5, 3, 2.25)} if rng.random() < 0.4 else {})}
    fines = [one for one in (stretch(rng, **measures) for _ in range(4)) if one]
    start, end = rng.choice(DAYS), rng.choice(DAYS)
    names = rng.sample(["不予", "减轻", "从轻", "一般", "从重"], k=rng.randint(1, 4))
    hold = [{"含下限": rng.random() < 0.5} if rng.random() < 0.3 else {} for _ in names]
    tiers = [{"阶次": name, "情节": "某某", **stretch(rng, **measures)} for name in names]
    tiers = [{**tier, **(held if "下限" in tier else {})} for tier, held in zip(tiers, hold, strict=True)]
    cited = {"依据文件": "安全生产法", **{unit: rng.choice(RUNS) for unit in rng.choice((["条"], ["条", "款"]))}}
    return {
        "名称": f"第{number}条",
        "日": rng.choice(DAYS),
        "起": rng.choice(DAYS),
        "止": rng.choice(DAYS),
        "代码": rng.choice(CODES),
        "编码": [{"方案": "基本编码", "编码": "000125045000", "起": start, "止": end}],
        **({"罚款": fines[0], "处罚": [{"情形": "基本情形", "罚款": one} for one in fines]} if fines else {}),
        "依据": [cited],
        "裁量": tiers,
    }


OF_KINDS = {"real-date", "credit-code", "fine-bounds", "article-run", "tier-order", "period-reversed"}


def test_the_browser_says_of_a_value_what_the_check_says(tmp_path):
    """Days that no calendar has, bounds and runs the wrong way round, tiers that do not meet, a wrong last sign."""
    rng = random.Random(11)
    clerk = Clerk(tmp_path / "项目")
    clerk.write("schema/trials.schema.json", json.dumps(KINDS_FORM, ensure_ascii=False))
    records = [with_values(rng, number) for number in range(150)]
    for number, one in enumerate(records):
        clerk.write(f"catalog/trials/sy-{number:03}.yaml", write(one))
    errors = check(clerk.root, DAY).errors
    found = [
        one
        for one in errors
        if one.path.startswith("catalog/trials/") and (one.rule in OF_KINDS or "写反" in one.message)
    ]
    assert {one.rule for one in found} == {*OF_KINDS, "code-scheme"}
    schema = load_forms(clerk.root / "schema")["trials"].schema
    asked = ({"schema": None if number else schema, "record": one, "kinds": True} for number, one in enumerate(records))
    for number, said in enumerate(ask("\n".join(json.dumps(one, ensure_ascii=False) for one in asked))):
        told = [[one.pointer, one.message] for one in found if one.path.endswith(f"/sy-{number:03}.yaml")]
        assert sorted(said) == sorted(told), records[number]


def ask(lines):
    words = [str(NODE), str(ROOT / "tests/rules.mjs")]
    made = subprocess.run(words, input=lines, capture_output=True, text=True, check=True, timeout=60)
    return map(json.loads, made.stdout.splitlines())


VALUES = (
    "",
    "拟",
    "有效",
    "取消",
    "行政处罚",
    "行政检查",
    "2026-1-1",
    "2026-12-31",
    0,
    7,
    -1,
    2.5,
    True,
    None,
    [],
    {},
    ["甲", "甲"],
)


def spoilt(record, rng):
    """Return a copy in which some places are removed, replaced, or made up."""
    record = deepcopy(record)
    for _ in range(rng.randint(1, 3)):
        here = record
        while inner := [
            one for one in (here.values() if isinstance(here, dict) else here) if isinstance(one, dict | list)
        ]:
            if rng.random() < 0.4:
                break
            here = rng.choice(inner)
        places = [*here] if isinstance(here, dict) else [*range(len(here))]
        if not places:
            continue
        at = rng.choice(places)
        match rng.choice(("remove", "replace", "double", "add")):
            case "remove":
                del here[at]
            case "double" if isinstance(here, list):
                here.append(deepcopy(here[at]))
            case "add" if isinstance(here, dict):
                here[rng.choice(("终止日期", "终止原因", "办理", "处罚", "没有的栏目"))] = rng.choice(VALUES)
            case _:
                here[at] = rng.choice(VALUES)
    return record


def test_what_the_form_takes_the_check_takes():
    """The schema alone, in the browser and on the server: the same records fit, for every form of a real register."""
    rng = random.Random(7)
    forms = load_forms(ROOT / "schema")
    asked, wanted = [], []
    for name in sorted(forms.keys() - {"site", "words"}):
        schema = {**forms[name].schema, "rules": []}
        files = sorted((ROOT / f"examples/shili/register/catalog/{name}").rglob("*.yaml"))[:12]
        records = [dict(read(file.read_bytes(), "")[0]) for file in files]
        tried = [spoilt(one, rng) for one in records for _ in range(25)] + records
        for number, record in enumerate(tried):
            asked.append({"schema": None if number else schema, "record": record})
            wanted.append((Validator(schema).fits(record), name, record))
    lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in asked)
    assert 300 < sum(fits for fits, *_ in wanted) < len(wanted) - 300
    told = zip(ask(lines), wanted, strict=True)
    assert [(name, found, record) for found, (fits, name, record) in told if (not found) is not fits] == []
