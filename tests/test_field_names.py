"""A field of the forms is spelt in one module, that of its type; everybody else asks the type."""

import ast
import json
import tokenize
from collections import defaultdict
from functools import cache

from tests.project import ROOT

CODE = ROOT / "src/quanze"
MOST_ANY = 474
"""How often `Any` may stand in the code: where YAML, JSON Schema or a library without types is read. Only ever less."""

GENERIC = {
    "条": "a unit of every statute: grammar, numerals, places",
    "款": "a unit of every statute",
    "项": "a unit of every statute",
    "目": "a unit of every statute",
    "无": "the word for what the law rules out",
    "表": "a sheet of a workbook",
    "行": "a row of a workbook",
}
"""Words that say something else besides, wherever they stand."""

_LAW, _SETTINGS, _LIST = "law/instrument.py", "register/settings.py", "register/definition.py"
_SELECT, _FIGURE, _ADJUSTMENT = "form/kinds/select.py", "form/kinds/statistic.py", "law/adjustment.py"
OWNERS = {
    "上限": {_SETTINGS},
    "事项": {_LIST, _ADJUSTMENT},
    "位阶": {_LAW, _SETTINGS, _LIST},
    "公布日期": {_VERSION, _LIST},
    "内容": {_LIST},
    "列": {_LIST},
    "名称": {_VERSION, _SETTINGS, _LIST},
    "提交": {_LIST},
    "文号": {_LIST, _ADJUSTMENT},
    "方案": {_SETTINGS, "law/codes.py"},
    "条件": {_LIST, _SELECT, _FIGURE},
    "日期": {"form/kinds/check.py", _ADJUSTMENT},
    "变化": {_ADJUSTMENT},
    "栏目": {_SETTINGS, _LIST, _FIGURE},
    "理由": {_SETTINGS, _LIST},
    "简介": {_SETTINGS, _LIST},
    "记录": {_SETTINGS, _LIST},
    "说明": {_MOVE, _SANCTION, _LIST},
    "集合": {_LIST, _SELECT},
}
"""Names that several types have, each in the one module of its type."""

NOT_YET = {
    "上级": 2,
    "上限": 9,
    "下限": 6,
    "与": 2,
    "事由": 2,
    "事项": 4,
    "位阶": 4,
    "依据": 5,
    "全文": 4,
    "公布日期": 4,
    "其他处罚种类": 2,
    "内容": 8,
    "写法": 4,
    "决定": 2,
    "决定机关": 6,
    "列": 1,
    "制定机关": 2,
    "力度": 3,
    "办理": 2,
    "单位": 2,
    "原因": 2,
    "发布方式": 2,
    "变化": 7,
    "名称": 17,
    "含下限": 2,
    "听证标准": 2,
    "基数": 3,
    "基数条件": 2,
    "复议机关": 2,
    "子项名称": 4,
    "对照": 3,
    "对象": 9,
    "差异": 2,
    "序号": 2,
    "引用": 2,
    "截止": 2,
    "批准": 2,
    "承接事项": 2,
    "择一": 3,
    "按日": 5,
    "提交": 2,
    "摘录": 2,
    "文件": 10,
    "文号": 6,
    "新": 4,
    "施行日期": 3,
    "日期": 3,
    "旧": 6,
    "是否": 3,
    "期限": 4,
    "本机关": 2,
    "条号版本": 4,
    "条数": 4,
    "条文对照": 4,
    "来源": 2,
    "标准": 2,
    "栏目": 3,
    "次序": 2,
    "止": 2,
    "法定实施主体": 2,
    "清单": 10,
    "演示": 2,
    "版本": 1,
    "版次": 2,
    "环节": 2,
    "理由": 2,
    "百分比上限": 4,
    "百分比下限": 4,
    "种类": 8,
    "简称": 3,
    "类别": 2,
    "类型": 3,
    "编号": 4,
    "罚则条": 4,
    "罚款": 10,
    "行使主体": 2,
    "规则": 2,
    "记录": 3,
    "说明": 2,
    "豁免": 4,
    "责令": 5,
    "起": 4,
    "起点": 8,
    "起算": 2,
    "集合": 4,
    "颜色": 2,
}
"""In how many modules a field is still spelt beside its own. Only ever fewer: take out what is spelt nowhere else."""


def names(node):
    """Yield the names of the fields that a schema has, at any depth."""
    if isinstance(node, dict):
        if isinstance(node.get("properties"), dict):
            yield from node["properties"]
        for inner in node.values():
            yield from names(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from names(inner)


FIELDS = {name for path in (ROOT / "schema").glob("*.json") for name in names(json.loads(path.read_bytes()))}


def aside(tree):
    """Yield the texts that are no field's: docstrings, how a kind is called, what the help calls an argument."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield node.value
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Kind":
            yield from node.args[:1]
        elif isinstance(node, ast.keyword) and node.arg == "metavar":
            yield node.value


@cache
def spelt():
    """Return the modules in which each field is spelt."""
    found = defaultdict(set)
    for path in CODE.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        other = {id(node) for node in aside(tree)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in other:
                found[node.value].add(path.relative_to(CODE).as_posix())
    return {name: sorted(found[name]) for name in sorted(FIELDS & found.keys())}


def stray():
    """Return the modules that spell a field and are not its own: all, where it has none of its own and several do."""
    told = {name: {*modules} - OWNERS.get(name, set()) for name, modules in spelt().items() if name not in GENERIC}
    return {name: sorted(modules) for name, modules in told.items() if len(modules) > (name not in OWNERS)}


def test_a_field_is_spelt_in_the_module_of_its_type():
    assert {name: modules for name, modules in stray().items() if len(modules) > NOT_YET.get(name, 0)} == {}


def test_what_is_spelt_nowhere_else_is_no_exception():
    assert NOT_YET.keys() - stray().keys() == set()


def test_every_owner_spells_its_field():
    assert {name: more for name, of in OWNERS.items() if (more := of - {*spelt().get(name, ())})} == {}


def test_what_is_generic_is_spelt_in_several():
    assert [name for name in GENERIC if len(spelt().get(name, [])) <= 1] == []


def test_any_is_said_ever_less():
    found = 0
    for path in CODE.rglob("*.py"):
        with tokenize.open(path) as lines:
            found += sum(
                token.type == tokenize.NAME and token.string == "Any"
                for token in tokenize.generate_tokens(lines.readline)
            )
    assert found <= MOST_ANY, f"{found}: lower MOST_ANY, never raise it"
