"""Kinds: one file each, named nowhere else, and the whole of what code knows of a value."""

import ast
import importlib
import json

import pytest
from tests.project import ROOT

from quanze.form import Field, kinds
from quanze.form.fields import form
from quanze.form.kinds import KINDS, Kind
from quanze.history.diff import compare
from quanze.history.wording import ChangeWording
from quanze.law.citation import Citation
from quanze.law.sanction import Sanction

CODE = ROOT / "src/quanze"
DEFS = json.loads((ROOT / "schema/common.schema.json").read_bytes())["$defs"]
NO_KIND = {"kind", "reading", "group", "__init__"}
"""What else lies in the folder: the shape of a kind, the reading of cells, and groups, which have no name."""
OTHER_WORDS = {
    "罚则": "what a citation proves, and a head of the manual",
    "数量": "a sheet of the evidence",
}
"""Kinds whose name says something else, too, and is no field's."""


def fields(node):
    """Yield the names of the fields that the forms have: 状态 is a kind, and the usual name of such a field."""
    if isinstance(node, dict):
        yield from node.get("properties", {})
        for inner in node.values():
            yield from fields(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from fields(inner)


THRESHOLD = {"种类": ["吊销许可证件"], "数额": [{"对象": "个人", "起点": 10000}, {"起点": 100000}]}
FIELDS = {name for path in (ROOT / "schema").glob("*.json") for name in fields(json.loads(path.read_bytes()))}


class Nothing:
    """A catalog in which nothing is known."""

    def citation(self, value):
        return Citation.of(value)

    def cited(self, value):
        return str(Citation.of(value))

    def sanction(self, value):
        return Sanction.of(value)

    def title(self, _collection, id_):
        return id_

    def url(self, _collection, _id):
        return ""

    def law(self, _name, _article):
        return ""

    def prevails(self, citation):
        return "被上位法取代：示例法第一条" if citation.article == 99 else ""

    def lapsed(self, name):
        return name == "旧法"


@pytest.mark.parametrize("name", DEFS)
def test_every_kind_has_its_file(name):
    file = "url" if name == "address" else name  # an address is a URL that ends in a slash
    kind = importlib.import_module(f"quanze.form.kinds.{file}").KIND
    assert KINDS.get(DEFS[name]["title"]) is kind, f"form/kinds/__init__.py does not import {file}.KIND"


def test_every_file_is_a_kind_of_the_forms():
    files = {path.stem for path in (CODE / "form/kinds").glob("*.py")}
    assert files - NO_KIND == DEFS.keys() - {"address"}
    assert {*KINDS} == {one["title"] for one in DEFS.values()}


def spelt():
    """Yield (syntax tree, path) of every module that is no kind's."""
    for path in sorted(CODE.rglob("*.py")):
        if path.parent != CODE / "form/kinds":
            yield ast.parse(path.read_text("utf-8")), str(path.relative_to(ROOT))


def test_no_kind_is_named_elsewhere():
    found = {(node.value, path) for tree, path in spelt() for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert {one for one in found if one[0] in KINDS.keys() - FIELDS - OTHER_WORDS.keys()} == set()


def test_no_kind_is_asked_for_by_a_text():
    found = []
    for tree, path in spelt():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "role":
                asked = node.args
            elif isinstance(node, ast.Subscript) and getattr(node.value, "attr", "") == "by_kind":
                asked = [node.slice]
            elif isinstance(node, ast.Compare) and getattr(node.left, "attr", "") == "kind":
                asked = node.comparators
            else:
                continue
            found += [(path, node.lineno) for one in asked if isinstance(one, ast.Constant) and one.value in KINDS]
    assert found == []


def test_a_kind_that_code_does_not_know_is_a_group_or_a_text_under_its_name():
    group, text = kinds.named("尺寸", has_parts=True), kinds.named("尺码", has_parts=False)
    assert (group.html, group.name) == (kinds.GROUP.html, "尺寸")
    assert (text.html, text.name) == (kinds.TEXT.html, "尺码")
    assert kinds.named("", has_parts=True) is kinds.GROUP


def show(kind: Kind, value, *, many=False, **parts):
    return str(kinds.show(Field("栏目", kind, many=many, fields=parts), value, Nothing()))


def test_a_citation_is_shown_with_what_it_proves_whether_it_holds_and_its_words():
    told = {"依据文件": "旧法", "条": 3, "作用": "职权", "摘录": "第三条 <应当>。"}
    assert show(kinds.CITATION, told) == (
        '《旧法》第三条 <span class="qz-tag">职权</span> <span class="qz-tag qz-tag--dead">不再适用</span>'
        '<details class="qz-quote"><summary>条文</summary><p>第三条 &lt;应当&gt;。</p></details>'
    )
    assert "不再适用" in show(kinds.CITATION, {"依据文件": "甲法", "效力": "被新法取代"})
    assert "不再适用" not in show(kinds.CITATION, {"依据文件": "甲法", "效力": "部分适用"})


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"层级": "县级"}, "县级"),
        ({"层级": "县级", "权限": "本县"}, "层级：县级；权限：本县"),
        ({"权限": "本县"}, "权限：本县"),
    ],
)
def test_the_only_needed_part_stands_without_its_name_and_is_read_again(value, words):
    parts = {"层级": Field("层级", kinds.TEXT, required=True), "权限": Field("权限", kinds.TEXT)}
    field = Field("行使层级", kinds.GROUP, fields=parts)
    assert kinds.in_words(field, value, Nothing()) == words
    assert kinds.GROUP.read(words, field, Nothing()) == value


def test_sanctions_are_one_table_wherever_they_stand():
    parts = {name: Field(name, kinds.TEXT) for name in ("情形", "对象", "力度", "决定机关")}
    rows = [{"情形": "基本情形", "对象": f"<{who}>", "力度": "应当", "决定机关": "某局"} for who in "甲乙"]
    html = show(kinds.SANCTION, rows, many=True, **parts)
    assert html.count("<tr>") == 3
    assert "&lt;甲&gt;" in html
    assert html.endswith("<div><dt>决定机关</dt><dd>某局</dd></div><div><dt>依据</dt><dd>待核</dd></div></dl>")


def test_stages_are_a_chart_and_a_list():
    parts = {"环节": Field("环节", kinds.TEXT), "时限": Field("时限", kinds.TEXT)}
    html = show(kinds.STAGE, [{"环节": "立案", "时限": "七日"}, {"环节": "决定"}], many=True, **parts)
    assert html.startswith('<svg class="qz-flow"')
    assert html.endswith(
        '<ol class="qz-stages"><li><strong>立案</strong><dl><dt>时限</dt><dd>七日</dd></dl></li>'
        "<li><strong>决定</strong><dl></dl></li></ol>"
    )


def test_emphasised_words_are_bold_on_a_page_and_without_their_stars_wherever_only_text_stands():
    field, value = Field("说明", kinds.EMPHASIS), "看**告知书**，<不看>**别的**。"
    assert show(kinds.EMPHASIS, value) == "看<strong>告知书</strong>，&lt;不看&gt;<strong>别的</strong>。"
    assert show(kinds.EMPHASIS, "一\n**二**\n") == "<p>一</p><p><strong>二</strong></p>"
    assert kinds.in_words(field, value, Nothing()) == "看告知书，<不看>别的。"
    assert kinds.texts(field, value, Nothing()) == ["看告知书，<不看>别的。"]
    assert kinds.in_words(field, "三 ** 四", Nothing()) == "三 ** 四"


def test_a_change_of_emphasis_alone_is_told_as_it_is_written():
    schema = {"properties": {"说明": {"type": "string", "title": "加重文本"}}}
    wording = ChangeWording({"notes": form("notes", schema)}, Nothing())
    for old, new, told in (
        ("看告知书", "看**告知书**", ("看告知书", "看**告知书**")),
        ("看**告知书**", "看**决定书**", ("看告知书", "看决定书")),
    ):
        before, after = {"说明": old}, {"说明": new}
        (one,) = wording.differences("notes", before, after, compare(before, after))
        assert (one.old, one.new) == told


def test_each_of_several_citations_that_change_is_told_before_and_after_its_own_change():
    schema = {"properties": {"依据": {"type": "array", "items": {"type": "object", "title": "引用依据"}}}}
    wording = ChangeWording({"notes": form("notes", schema)}, Nothing())
    before = {"依据": [{"依据文件": "甲法", "条": 1, "款": 2}, {"依据文件": "乙法", "条": 5, "款": 1}]}
    after = {"依据": [{"依据文件": "甲法", "条": 3, "款": 2}, {"依据文件": "乙法", "条": 5, "款": 4}]}
    told = wording.differences("notes", before, after, compare(before, after))
    assert [(one.old, one.new) for one in told] == [
        ("《甲法》第一条第二款", "《甲法》第三条第二款"),
        ("《乙法》第五条第一款", "《乙法》第五条第四款"),
    ]


@pytest.mark.parametrize(
    ("text", "value"), [("是。", True), ("✓", True), ("Y", True), ("没有", False), ("No", False), ("☐", False)]
)
def test_yes_and_no_as_people_write_them(text, value):
    assert kinds.YESNO.read(text, None, None) is value


def test_what_is_neither_yes_nor_no_is_refused():
    with pytest.raises(ValueError, match="不是「是」或「否」"):
        kinds.YESNO.read("是（见备注）", None, None)


def test_a_threshold_says_for_whom_its_amounts_are():
    field = form("c", {"title": "目录", "properties": {"门槛": {"title": "门槛", "type": "object"}}}).fields["门槛"]
    told = field.kind.text(THRESHOLD, field, None)
    assert told == "对个人罚款一万元以上；对任何人罚款十万元以上；吊销许可证件"
