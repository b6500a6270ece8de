"""Kinds: one file each, named nowhere else, and the whole of what code knows of a value."""

import ast
import importlib
import json

import pytest
from tests.project import ROOT

from quanze.form import Field, kinds
from quanze.form.kinds import KINDS, Kind

CODE = ROOT / "src/quanze"
DEFS = json.loads((ROOT / "schema/common.schema.json").read_bytes())["$defs"]
NO_KIND = {"kind", "reading", "group", "__init__"}
"""What else lies in the folder: the shape of a kind, the reading of cells, and groups, which have no name."""
SAME_WORD = {
    "编码": "a part of a code",
    "罚则": "what a citation proves, and a head of the manual",
    "状态": "the usual name of that field, and a column of the audit's report",
    "日期": "a part of many groups, and a column of the audit's report",
    "网址": "a setting of the site",
    "标题": "a part of a list's column",
    "位阶": "a part of a list's column, and a field of laws",
    "来源": "a word of the verification's report",
    "数量": "a sheet of the evidence",
    "关键词": "a setting of the site",
    "条件": "a part of a list, and of a reference by condition",
    "阶次": "the part that names a tier",
    "附件": "a part of a citation",
    "是否": "a part of a fee: whether there is one",
}
"""Kinds whose name is a field's or a heading's too; that no such word is taken for a kind, mypy sees."""


class Nothing:
    """A catalog in which nothing is known."""

    def title(self, _collection, id_):
        return id_

    def url(self, _collection, _id):
        return ""

    def law(self, _name, _article):
        return ""

    def lapsed(self, name):
        return name == "旧法"


@pytest.mark.parametrize("name", DEFS)
def test_every_kind_has_its_file(name):
    file = "url" if name == "address" else name  # an address is a URL that ends in a slash
    assert importlib.import_module(f"quanze.form.kinds.{file}").KIND is KINDS[DEFS[name]["title"]]


def test_every_file_is_a_kind_of_the_forms():
    files = {path.stem for path in (CODE / "form/kinds").glob("*.py")}
    assert files - NO_KIND == DEFS.keys() - {"address"}
    assert {*KINDS} == {one["title"] for one in DEFS.values()}


def test_no_kind_is_named_elsewhere():
    found = {}
    for path in CODE.rglob("*.py"):
        if path.parent != CODE / "form/kinds":
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Constant) and node.value in KINDS:
                    found.setdefault(node.value, path)
    assert found.keys() - SAME_WORD.keys() == set()


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
        '《旧法》第三条 <span class="qz-tag">职权</span> <span class="qz-tag qz-tag-dead">不再适用</span>'
        '<details class="qz-quote"><summary>条文</summary><p>第三条 &lt;应当&gt;。</p></details>'
    )
    assert "不再适用" in show(kinds.CITATION, {"依据文件": "甲法", "效力": "被新法取代"})
    assert "不再适用" not in show(kinds.CITATION, {"依据文件": "甲法", "效力": "部分适用"})


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
