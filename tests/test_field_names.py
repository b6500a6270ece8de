"""A field of the forms is spelt in one module, that of its type; everybody else asks the type."""

import ast
import json
import tokenize
from collections import defaultdict
from functools import cache

from tests.project import ROOT

CODE = ROOT / "src/quanze"
MOST_ANY = 43
"""How often `Any` may stand in the code: where YAML, JSON Schema or a library without types is read. Only ever less."""

GENERIC = {
    "条": "a unit of every statute: grammar, numerals, places",
    "款": "a unit of every statute",
    "项": "a unit of every statute",
    "目": "a unit of every statute",
    "无": "the word for what the law rules out",
    "行": "a row of a workbook",
    "起点": "where a shallow history begins, a kind of entry",
    "清单": "what a list is called in heads and facets",
    "豁免": "a group of rules, and of days in the calendar",
    "期限": "a kind of day in the calendar, and a group of parts",
    "颜色": "what a cell of a workbook has",
    "类别": "a facet of the search",
    "栏目": "the head of a column of names of fields",
    "类型": "a kind of difference between two lists",
    "依据": "a kind of difference between two lists",
    "旧": "how former names begin",
    "单位": "an addressee that is no person",
    "办理": "a group of rules, and a heading",
    "引用": "a group of rules",
}
"""Words that say something else besides, wherever they stand."""

_LAW, _SETTINGS, _LIST = "law/instrument.py", "register/settings.py", "register/definition.py"
_VERSION, _MOVE, _CITATION, _SANCTION = "law/version.py", "law/move.py", "law/citation.py", "law/sanction.py"
_WORDS, _DIFFERENCE = "edit/importer/words.py", "register/reconciliation.py"
_SELECT, _FIGURE, _ADJUSTMENT = "form/kinds/select.py", "form/kinds/statistic.py", "law/adjustment.py"
_OVERLAY = "form/kinds/adoption.py"
OWNERS = {
    "事项": {_LIST, _ADJUSTMENT},
    "位阶": {_LAW, _SETTINGS, _LIST, _WORDS},
    "公布日期": {_VERSION, _LIST, _ADJUSTMENT},
    "内容": {_LIST, "register/remedies.py", "form/kinds/stage.py", _WORDS},
    "写法": {_SETTINGS, "register/remedies.py"},
    "列": {_LIST},
    "变化": {_MOVE, _ADJUSTMENT},
    "名称": {_VERSION, _SETTINGS, _LIST, "form/kinds/attachment.py", "register/remedies.py", _WORDS, _DIFFERENCE},
    "提交": {_LIST, _OVERLAY},
    "文号": {_CITATION, _LIST, _ADJUSTMENT},
    "方案": {_SETTINGS, "law/codes.py"},
    "日期": {"form/kinds/check.py", _ADJUSTMENT, _OVERLAY},
    "机关": {_OVERLAY, _ADJUSTMENT},
    "校验值": {_OVERLAY, "form/kinds/attachment.py"},
    "编号": {_OVERLAY, _LIST},
    "文件": {"form/kinds/attachment.py", "form/kinds/origin.py"},
    "标准": {"form/kinds/tier.py", "law/fee.py"},
    "职权类型": {"register/remedies.py", "register/vocabulary.py"},
    "条件": {_LIST, _SELECT},
    "栏目": {_SETTINGS, _LIST, _FIGURE},
    "版本": {_CITATION},
    "理由": {_SETTINGS, _LIST, _OVERLAY},
    "种类": {_SANCTION},
    "简介": {_SETTINGS, _LIST},
    "记录": {_SETTINGS, _LIST},
    "说明": {_MOVE, _SANCTION, _LIST, "register/remedies.py"},
    "集合": {_LIST, _SELECT},
}
"""Names that several types have, each in the one module of its type."""

NOT_YET = {}
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


TELLING = (
    "edit/starter/answers.py",
    "proof/proposal/approval_sheet.py",
    "proof/verify.py",
    "site/exports/",
    "site/pages/changes.py",
    "cli/",
    "edit/impact.py",
    "edit/renumbering_report.py",
    "proof/audit_report.py",
    "proof/evidence.py",
    "site/exports/reconciliation.py",
    "portal/pages.py",
    "portal/settings.py",
    "portal/shards.py",
)
"""Modules that write heads, keys and questions of their own: there a field is spelt only where it is read by."""


def read_by(tree):
    """Yield the texts by which something is read: x["名称"], x.get("名称"), "名称" in x."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript):
            yield node.slice
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"get", "pop", "setdefault"}:
            yield from node.args[:1]
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
            yield node.left


def aside(tree):
    """Yield the texts that are no field's: docstrings, sentences, names of kinds, what the help calls an argument."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield node.value
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Kind":
            yield from node.args[:1]
        elif isinstance(node, ast.keyword) and node.arg == "metavar":
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield from node.values


@cache
def spelt():
    """Return the modules in which each field is spelt."""
    found = defaultdict(set)
    for path in CODE.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        name, other = path.relative_to(CODE).as_posix(), {id(node) for node in aside(tree)}
        for node in read_by(tree) if name.startswith(TELLING) else ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in other:
                found[node.value].add(name)
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
