"""quanze reconcile: a list beside another and beside a file, every difference with its decision."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import openpyxl
import pytest
from tests import golden
from tests.changed import catalog
from tests.clerk import DAY, Clerk
from tests.repository import Repository

from quanze.check.checking import check
from quanze.io import yaml
from quanze.register.definition import Decision
from quanze.register.reconciliation import ListedRow, reconcile
from quanze.site.files import SiteFiles
from quanze.site.publish import Site

LIST = "quan-ze-qing-dan"
LIST_FILE = f"catalog/lists/{LIST}.yaml"
TITLE = "对生产经营单位未按照规定对从业人员进行安全生产教育和培训的处罚"


@pytest.fixture(name="clerk")
def _clerk(tmp_path):
    return Clerk(tmp_path / "项目")


def row(title, *articles, type_="行政处罚", ids=(), codes=(), stands_for=()):
    bases = frozenset(("l", one) for one in articles)
    return ListedRow(title, type_, bases, tuple(map(str, articles)), frozenset(codes), ids, stands_for)


def kinds(ours, theirs, decisions=()):
    return [(one.kind, one.ids, one.title) for one in reconcile(ours, theirs, decisions)]


@pytest.mark.parametrize(
    ("ours", "theirs", "told"),
    [
        ([row("对甲的处罚", 1, ids=("a",))], [row("对甲的处罚", 1)], []),
        ([row("对甲的处罚", 1, 2, ids=("a",))], [row("对甲的处罚", 1)], []),
        ([row("对甲的处罚", 1, ids=("a",))], [row("对甲的处罚", 2)], [("依据", ("a",), "对甲的处罚")]),
        (
            [row("对甲的检查", 1, ids=("a",), type_="行政检查")],
            [row("对甲的检查", 1)],
            [("类型", ("a",), "对甲的检查")],
        ),
        (
            [row("对未报告事故的处罚", 1, ids=("a",))],
            [row("对不报告事故的处罚", 1)],
            [("名称", ("a",), "对不报告事故的处罚")],
        ),
        ([], [row("对甲的处罚", 1)], [("缺少", (), "对甲的处罚")]),
        ([row("对乙的许可", 9, ids=("a",))], [], [("多出", ("a",), "对乙的许可")]),
        (
            [row("对企业未报告事故的处罚", 1, ids=("a",)), row("对个人未报告事故的处罚", 1, ids=("b",))],
            [row("对未报告事故的处罚", 1)],
            [("合并", ("a", "b"), "对未报告事故的处罚")],
        ),
        (
            [row("对企业负责人未履职的处罚", 1, ids=("a",)), row("对企业其他负责人未履职的处罚", 1, ids=("b",))],
            [row("对企业负责人未履职的处罚", 1)],
            [("多出", ("b",), "对企业其他负责人未履职的处罚")],
        ),
        (
            [row("对甲的处罚", 1, ids=("a",), codes=("7",))],
            [row("完全另外的说法", 1, codes=("7",))],
            [("名称", ("a",), "完全另外的说法")],
        ),
        (
            [row("停水令", 1, ids=("a",))],
            [row("停供水令", 2)],
            [("名称", ("a",), "停供水令"), ("依据", ("a",), "停供水令")],
        ),
        ([row("对甲（试行）的处罚", 1, ids=("a",))], [row("对 甲(试行)的处罚", 1)], []),
        (
            [row("对擅自开工的处罚", 1, ids=("a",))],
            [row("对销毁账簿的处罚", 1)],
            [("缺少", (), "对销毁账簿的处罚"), ("多出", ("a",), "对擅自开工的处罚")],
        ),
    ],
)
def test_what_differs(ours, theirs, told):
    assert kinds(ours, theirs) == told


def test_a_decision_belongs_to_one_kind_of_one_row():
    decisions = [
        {"差异": "类型", "事项": ["a"], "决定": "采纳", "理由": "甲"},
        {"差异": "依据", "事项": ["a"], "决定": "不采纳", "理由": "乙", "依据文件": "文"},
        {"差异": "缺少", "上级": "对乙的处罚", "决定": "不采纳", "理由": "丙"},
    ]
    ours = [row("对甲的处罚", 1, ids=("a",))]
    found = reconcile(ours, [row("对甲的处罚", 2), row("对乙的处罚", 3)], [*map(Decision.of, decisions)])
    assert [(one.kind, one.decision.reason, one.decision.adopted) for one in found] == [
        ("依据", "乙", False),
        ("缺少", "丙", False),
    ]


def test_one_reason_may_hold_for_many_records_and_for_no_other_difference():
    several = {"差异": "多出", "事项": ["a", "b"], "决定": "不采纳", "理由": "上级只列处罚"}
    merged = {"差异": "合并", "事项": ["c", "d", "e"], "决定": "采纳", "理由": "乙"}
    ours = [row(f"对{name}的检查", n, ids=(name,)) for n, name in enumerate("abx", 50)]
    ours += [row("对丙的处罚", 3, ids=("c",)), row("对丁的处罚", 3, ids=("d",))]
    above = [row("对丙、丁等的处罚", 3, stands_for=("c", "d"))]
    found = reconcile(ours, above, [*map(Decision.of, (several, merged))])
    assert [(one.kind, one.ids, bool(one.decision)) for one in found] == [
        ("合并", ("c", "d"), False),  # another merger than the one that was decided
        ("多出", ("a",), True),
        ("多出", ("b",), True),
        ("多出", ("x",), False),
    ]


def test_what_has_no_counterpart_names_what_rests_on_the_same_article():
    ours = [
        row("对未登记的处罚", 83, ids=("a",)),
        row("对没有档案的处罚", 83, ids=("b",)),
        row("对丙的检查", 9, ids=("c",)),
    ]
    found = reconcile(ours, [row("对使用单位违反登记、维护等义务行为的行政处罚", 83), row("对事故的处理", 90)])
    assert [(one.kind, one.title, [each.ids for each in one.near]) for one in found] == [
        ("缺少", "对使用单位违反登记、维护等义务行为的行政处罚", [("a",), ("b",)]),
        ("缺少", "对事故的处理", []),
        ("多出", "对未登记的处罚", [()]),
        ("多出", "对没有档案的处罚", [()]),
        ("多出", "对丙的检查", []),
    ]


def book(path, *rows):
    made = openpyxl.Workbook()
    for one in (("事项名称", "职权类型", "实施依据"), *rows):
        made.active.append(one)
    made.save(path)
    return str(path)


NEW = (
    (TITLE, "行政处罚", "《安全生产法》第九十七条第三项"),
    ("对生产经营单位的监督检查", "行政确认", "《安全生产法》第六十六条"),
    ("对未建立应急预案的处罚", "行政处罚", "《安全生产法》第九十七条第六项"),
)


def test_a_list_beside_a_file(clerk, tmp_path):
    said = clerk("reconcile", LIST, book(tmp_path / "新.xlsx", *NEW), "--format", "json", "--at", DAY)
    assert said.code == 1, said.err
    told = [(one["kind"], one["ids"], one["above"]) for one in json.loads(said.out)["differences"]]
    assert told == [
        ("类型", "xzjc-001", "对生产经营单位的监督检查"),
        ("依据", "xzjc-001", "对生产经营单位的监督检查"),
        ("缺少", "", "对未建立应急预案的处罚"),
    ]


def test_what_is_new_above_is_said_since_an_edition(clerk, tmp_path):
    old, new = book(tmp_path / "旧.xlsx", *NEW[:2]), book(tmp_path / "新.xlsx", *NEW[1:])
    whole = json.loads(clerk("reconcile", LIST, new, "--since", old, "--format", "json", "--at", DAY).out)
    assert {(one["change"], one["title"]) for one in whole["above"]} == {("新增", NEW[2][0]), ("取消", TITLE)}
    assert [one["above_change"] for one in whole["differences"] if one["kind"] == "缺少"] == ["新增"]


def test_another_item_of_the_same_article_is_a_change_above():
    old, new = row("甲", 97), row("甲", 97)
    old, new = replace(old, cited=("第九十七条第（四）项",)), replace(new, cited=("第九十七条第（五）项",))
    assert [(one.kind, one.old, one.new) for one in reconcile([old], [new], whole=True)] == [
        ("依据", "第九十七条第（四）项", "第九十七条第（五）项")
    ]
    assert not reconcile([old], [new])


def test_drafts_and_files_at_fault_are_said_to_stand_beside_nothing(clerk, tmp_path):
    new = book(tmp_path / "新.xlsx", *NEW)
    clerk("import", new, "items", "--at", DAY)
    clerk.write("catalog/items/xzjc-900.yaml", "事项名称: 坏\n")
    said = clerk("reconcile", LIST, new, "--at", DAY)
    assert "；没有对照的：2 条「拟」的、1 条有问题的，可能就在「缺少」里" in said.err


def test_the_workbook_has_room_for_the_decisions(clerk, tmp_path):
    out = tmp_path / "对照.xlsx"
    clerk("reconcile", LIST, book(tmp_path / "新.xlsx", *NEW), "-o", str(out), "--at", DAY)
    sheet = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))["对照"]
    rows = [*sheet.iter_rows(values_only=True)][2:]
    assert rows[0] == ("差异", "上级", "本清单", "上级写的", "本清单写的", "决定", "理由", "依据文件", "事项")
    assert {one[5] for one in rows[1:]} == {"待定"}
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["F4:F6"]


def test_the_workbook_is_to_be_read_on_paper(clerk, tmp_path):
    """A title, at most eight columns, together as wide as A4 lies, and rows as high as what stands in them."""
    out = tmp_path / "对照.xlsx"
    clerk("reconcile", LIST, book(tmp_path / "新.xlsx", *NEW), "-o", str(out), "--at", DAY)
    sheet = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))["对照"]
    assert sheet["A2"].value.startswith("对照：")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert {str(one) for one in sheet.merged_cells.ranges} == {"A1:H1", "A2:H2"}
    assert sheet.column_dimensions["I"].hidden
    runs = [one for one in sheet.column_dimensions.values() if not one.hidden]
    widths = [one.width for one in runs for _ in range(one.min, one.max + 1)]
    assert len(widths) == 8
    assert sum(widths) <= 145
    for row in sheet.iter_rows(min_row=4):
        for cell, width in zip(row, widths, strict=False):
            lines = len(str(cell.value or "").encode("gb18030")) / width
            assert sheet.row_dimensions[cell.row].height >= min(lines, 20) * 15


def test_a_column_without_a_word_is_not_in_the_workbook(clerk, tmp_path):
    out = tmp_path / "对照.xlsx"
    clerk("reconcile", LIST, book(tmp_path / "新.xlsx", NEW[0], *NEW[2:]), "-o", str(out), "--at", DAY)
    sheet = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))["对照"]
    heads = [cell.value for cell in sheet[3]]
    columns = zip(*sheet.iter_rows(min_row=4, values_only=True), strict=True)
    empty = {name for name, cells in zip(heads, columns, strict=True) if not any(cells)}
    assert empty <= {"理由", "依据文件", "事项"}


def test_the_report_is_markdown(clerk, tmp_path):
    lines = clerk("reconcile", LIST, book(tmp_path / "新.xlsx", *NEW), "--at", DAY).lines
    assert lines[2] == "类型 1、依据 1、缺少 1；待定 3 处。"


def test_a_list_is_like_itself(clerk):
    said = clerk("reconcile", LIST, LIST, "--at", DAY)
    assert (said.code, said.lines[2]) == (0, "没有差异；待定 0 处。")


def test_what_is_neither_list_nor_file_is_one_sentence(clerk):
    said = clerk("reconcile", LIST, "quan-ze-qingdan", "--at", DAY)
    assert (said.code, said.out) == (2, "")
    assert said.err == "没有清单「quan-ze-qingdan」，也没有这个文件；最接近的是「quan-ze-qing-dan」\n"


def test_a_list_has_a_page_beside_the_other(tmp_path):
    root = golden.project(tmp_path / "p", golden.BAD / "open-difference")
    whole = catalog(root)
    site = Site(whole, DAY)
    (job,) = [one for one in site.jobs() if "/reconcile/" in one.url]
    body = job.make().body
    assert job.url == f"lists/{LIST}/reconcile/sheng-mu-lu/"
    assert "2 处差异，1 处还没有决定采纳还是不采纳" in body
    assert '<th scope="col"><span class="qz-whole">理由</span></th>' in body
    assert "上级写的" not in body  # the names stand there already, and no row says more
    assert "依据文件" not in body
    assert '<td data-label="本清单"><a href="../../../../items/xzjc-001/">对生产经营单位的监督检查</a></td>' in body
    hidden = replace(whole, site={**whole.site, "公开待复核": False})
    assert not [one for one in Site(hidden, DAY).jobs() if "/reconcile/" in one.url]


# 上级目录

COARSE = "对不按照规定进行安全生产教育和培训等行为的行政处罚"
FIREWORKS = "对烟花爆竹经营的行政处罚"
ABOVE = """名称: 示例省指导目录（2026年版）
性质: 上级目录
公布主体: shi-ren-min-zheng-fu
集合: directories
条件:
  目录: 示例省指导目录（2026年版）
列:
  - 字段: 序号
  - 字段: 事项名称
  - 字段: 职权类型
  - 字段: 实施依据
  - 字段: 法定实施主体
  - 字段: 第一责任层级
  - 字段: 对应事项
短列: [序号, 事项名称, 职权类型, 对应事项]
"""


@pytest.fixture(name="above")
def _above(clerk, tmp_path):
    """Return a directory that is coarser than our items: one of its rows stands for two of them."""
    second = clerk.read("catalog/items/xzcf-001.yaml").replace(TITLE, f"{TITLE}（特种作业）")
    clerk.write("catalog/items/xzcf-002.yaml", second)
    clerk.write("catalog/lists/sheng-mu-lu.yaml", ABOVE)
    made = openpyxl.Workbook()
    for one in (
        ("附件",), ("示例省综合行政执法事项指导目录（2026年版）",),
        ("序号", "事项名称", "职权类型", "实施依据", "实施主体", None),
        (None, None, None, None, "责任部门", "第一责任层级建议"),
        (1, COARSE, "行政处罚", "《安全生产法》第九十七条", "应急管理部门", "设区的市或县级"),
        (2, "对生产经营单位的监督检查", "行政检查", "《安全生产法》第六十六条", "应急管理部门", "县级"),
        (3, FIREWORKS, "行政处罚", "《烟花爆竹安全管理条例》第三十八条", "公安机关", "县级"),
    ):  # fmt: skip
        made.active.append(one)
    made.save(tmp_path / "目录.xlsx")
    return str(tmp_path / "目录.xlsx")


def test_a_superiors_directory_comes_in_as_it_is(clerk, above):
    said = clerk("import", above, "--list", "sheng-mu-lu", "--at", DAY)
    assert said.code == 0, said.out
    rows = [yaml.read(clerk.read(f"catalog/directories/sjml-00{n}.yaml").encode(), "")[0] for n in (1, 2, 3)]
    assert [one["目录"] for one in rows] == ["示例省指导目录（2026年版）"] * 3
    assert [one.get("对应事项") for one in rows] == [["xzcf-001", "xzcf-002"], ["xzjc-001"], None]
    assert [one["法定实施主体"] for one in rows] == ["应急管理部门", "应急管理部门", "公安机关"]
    assert "没有找到对应的事项" in said.out
    before = clerk.files()
    again = clerk("import", above, "--list", "sheng-mu-lu", "--at", DAY, "--update")
    assert (again.code, clerk.files()) == (0, before)
    assert clerk("check", "--at", DAY).code == 0
    assert "「对烟花爆竹经营的行政处罚」（directories/sjml-003）没有对应的事项" in clerk("audit", "--at", DAY).out


def test_two_editions_of_a_directory_stand_side_by_side(clerk, above):
    clerk("import", above, "--list", "sheng-mu-lu", "--at", DAY)
    later = ABOVE.replace("2026年版", "2027年版").replace("目录: 示例省", "目录: [示例省").replace("）\n列", "）]\n列")
    clerk.write("catalog/lists/sheng-mu-lu-2027.yaml", later)
    book = openpyxl.load_workbook(above)
    book.active["D5"] = "《安全生产法》第九十九条"
    book.save(above)
    done = clerk("import", above, "--list", "sheng-mu-lu-2027", "--at", DAY)
    assert "新增 3 条、更新 0 条，0 行没有变化" in done.err, done.out
    assert clerk("check", "--at", DAY).code == 0
    told = clerk("reconcile", "sheng-mu-lu", "sheng-mu-lu-2027", "--at", DAY).out
    assert "依据 1；待定 1 处" in told
    assert "| 依据 | " in told


def test_a_superiors_list_of_our_own_items_takes_no_rows(clerk, above):
    ours = ABOVE.replace("集合: directories", "集合: items").replace(
        "目录: 示例省指导目录（2026年版）", "职权类型: 行政处罚"
    )
    clerk.write("catalog/lists/sheng-mu-lu.yaml", ours.replace("  - 字段: 对应事项\n", "").replace(", 对应事项]", "]"))
    before = clerk.files()
    done = clerk("import", above, "--list", "sheng-mu-lu", "--at", DAY)
    assert (done.code, clerk.files()) == (2, before)
    assert "会变成本机关自己的事项" in done.err


def test_what_a_row_above_stands_for_is_believed(clerk, above):
    clerk("import", above, "--list", "sheng-mu-lu", "--at", DAY)
    path = "catalog/directories/sjml-003.yaml"
    text = clerk.read(path).replace("来源:", "对应事项: [xzjc-001]\n来源:")
    clerk.write(path, text)
    clerk.write(path.replace("3", "2"), clerk.read(path.replace("3", "2")).replace("对应事项:\n  - xzjc-001\n", ""))
    said = clerk("reconcile", LIST, "sheng-mu-lu", "--format", "json", "--at", DAY)
    told = [(one["kind"], one["ids"], one["above"]) for one in json.loads(said.out)["differences"]]
    assert ("合并", "xzcf-001、xzcf-002", COARSE) in told
    assert ("名称", "xzjc-001", FIREWORKS) in told
    assert ("缺少", "", "对生产经营单位的监督检查") in told


def test_a_superiors_row_may_have_another_type_than_ours(clerk, above):
    book = openpyxl.load_workbook(above)
    book.active["C6"] = "行政许可"
    book.save(above)
    said = clerk("import", above, "--list", "sheng-mu-lu", "--at", DAY)
    row_, _ = yaml.read(clerk.read("catalog/directories/sjml-002.yaml").encode(), "")
    assert (row_["职权类型"], row_["对应事项"]) == ("行政许可", ["xzjc-001"]), said.out
    assert clerk("check", "--at", DAY).code == 0
    told = json.loads(clerk("reconcile", LIST, "sheng-mu-lu", "--format", "json", "--at", DAY).out)["differences"]
    assert ("类型", "xzjc-001") in [(one["kind"], one["ids"]) for one in told]
    assert clerk("reconcile", "sheng-mu-lu", above, "--format", "json", "--at", DAY).code == 0


# 在 Excel 里决定


def room(sheet):
    """Return the cells for the decision on each difference, by its kind and the items or the row above."""
    heads, *rows = [*sheet.iter_rows(min_row=3)]
    first = [cell.value for cell in heads].index("决定")
    return {f"{row[0].value}{row[-1].value or row[1].value}": row[first : first + 3] for row in rows}


@pytest.fixture(name="filled")
def _filled(clerk, above, tmp_path):
    """Return a function that fills in the workbook of the differences: (rows to change, [word, reason, document])."""
    clerk("import", above, "--list", "sheng-mu-lu", "--at", DAY)

    def fill(decisions):
        out = tmp_path / "对照.xlsx"
        clerk("reconcile", LIST, "sheng-mu-lu", "-o", str(out), "--at", DAY)
        made = openpyxl.load_workbook(out)
        places = room(made["对照"])
        for place, words in decisions.items():
            for cell, word in zip(places[place], words, strict=False):
                cell.value = word
        made.save(out)
        return clerk("reconcile", LIST, "sheng-mu-lu", "--decided", str(out), "--at", DAY)

    return fill


LACKING = f"缺少{FIREWORKS}"


def test_what_was_decided_in_the_workbook_is_written_into_the_list(clerk, filled):
    clerk.write(LIST_FILE, clerk.read(LIST_FILE) + "# 末尾的话\n")
    before = clerk.read(LIST_FILE)
    said = filled({LACKING: ("不采纳", "公安机关的职权", "示编办〔2026〕3号")})
    assert said.code == 0, said.out
    added = f"""对照:
  - 与: sheng-mu-lu
    条目:
      - 差异: 缺少
        上级: {FIREWORKS}
        决定: 不采纳
        理由: 公安机关的职权
        依据文件: 示编办〔2026〕3号
"""
    assert clerk.read(LIST_FILE).replace(added, "") == before
    undecided = [one for one in clerk("check", "--at", DAY).lines if "[open-difference]" in one]
    assert undecided
    assert not [one for one in undecided if FIREWORKS in one]
    again = filled({})
    assert "1 处决定，清单里都有了" in again.err


def test_a_decision_is_changed_in_its_place(clerk, filled):
    filled({LACKING: ("不采纳", "甲"), "合并xzcf-001、xzcf-002": ("不采纳", "本局分项管理")})
    text = clerk.read(LIST_FILE)
    assert text.index("差异: 合并") < text.index("差异: 缺少")
    clerk.write(LIST_FILE, text.replace("理由: 本局分项管理", "理由: 本局分项管理 # 会议定的"))
    filled({LACKING: ("采纳", "乙")})
    after = clerk.read(LIST_FILE)
    assert "理由: 本局分项管理 # 会议定的" in after
    assert after.count("差异:") == 2
    assert "决定: 采纳\n        理由: 乙\n" in after


def test_what_was_decided_by_the_name_above_is_known_again(clerk, filled):
    """A hand wrote which row above it was; the workbook says the items too."""
    entry = f"{{差异: 合并, 上级: {COARSE}, 决定: 不采纳, 理由: 甲, 依据文件: 文}}"
    clerk.write(LIST_FILE, f"{clerk.read(LIST_FILE)}对照:\n  - 与: sheng-mu-lu\n    条目:\n      - {entry} # 手写\n")
    assert "1 处决定，清单里都有了" in filled({}).err
    filled({"合并xzcf-001、xzcf-002": ("不采纳", "乙", "")})
    assert clerk.read(LIST_FILE).endswith(f"{{差异: 合并, 上级: {COARSE}, 决定: 不采纳, 理由: 乙}} # 手写\n")


def test_a_decision_without_a_reason_is_not_written(clerk, filled):
    before = clerk.read(LIST_FILE)
    said = filled({LACKING: ("采纳", "")})
    assert (said.code, clerk.read(LIST_FILE)) == (1, before)
    assert "写了采纳，没有写理由；请补上" in said.out
    said = filled({LACKING: ("同意", "甲")})
    assert "决定不能是「同意」；只能是：采纳、不采纳、待定" in said.out
    assert "没有写好的决定" in filled({}).err


def test_nothing_is_decided_beside_a_file(clerk, filled, above, tmp_path):
    filled({LACKING: ("采纳", "甲")})
    said = clerk("reconcile", LIST, above, "--decided", str(tmp_path / "对照.xlsx"), "--at", DAY)
    assert said.code == 2
    assert "导入成上级目录" in said.err


# 不用命令


def test_the_workbook_from_the_site_comes_back_through_the_inbox(clerk, above, tmp_path):
    """Where a register has its forms the workbook can be downloaded; filled in and dropped, it is a branch."""
    clerk("import", above, "--list", "sheng-mu-lu", "--at", DAY)
    clerk.write("catalog/site.yaml", clerk.read("catalog/site.yaml") + "编辑: true\n")
    site = Site(check(clerk.root, DAY).catalog, DAY)
    address = f"edit/lists/{LIST}.sheng-mu-lu.xlsx"
    (content,) = [made for task in SiteFiles(site).tasks() for path, made in task.make() if path == address]
    assert f'href="lists/{LIST}.sheng-mu-lu.xlsx" download' in site.edit.index().body
    book = openpyxl.load_workbook(io.BytesIO(content))
    word, reason, _ = room(book["对照"])[LACKING]
    word.value, reason.value = "不采纳", "公安机关的职权"
    (clerk.root / "inbox").mkdir()
    book.save(clerk.root / "inbox/对照.xlsx")
    register = Repository(clerk.root)
    register.commit("2024-02-01", "上传")
    said = clerk("inbox", "-o", str(tmp_path / "答"), "--at", DAY)
    assert said.code == 0, said.out
    (branch,) = [
        one for one in register.git("branch", "--format=%(refname:short)").split() if one.startswith("import/")
    ]
    changed = register.git("diff", f"HEAD..{branch}", "--", "catalog")
    added = [line for line in changed.splitlines() if line.startswith("+") and not line.startswith("+++")]
    assert "+        决定: 不采纳" in added
    assert "+        理由: 公安机关的职权" in added
    assert "决定写在分支" in (tmp_path / "答/answer.md").read_text("utf-8")


def test_a_workbook_whose_decision_has_no_reason_is_told_in_the_answer(clerk, above, tmp_path):
    clerk("import", above, "--list", "sheng-mu-lu", "--at", DAY)
    (clerk.root / "inbox").mkdir()
    clerk("reconcile", LIST, "sheng-mu-lu", "-o", str(tmp_path / "对照.xlsx"), "--at", DAY)
    book = openpyxl.load_workbook(tmp_path / "对照.xlsx")
    room(book["对照"])[LACKING][0].value = "采纳"
    book.save(clerk.root / "inbox/对照.xlsx")
    Repository(clerk.root).commit("2024-02-01", "上传")
    assert clerk("inbox", "-o", str(tmp_path / "答"), "--at", DAY).code == 1
    assert "写了采纳，没有写理由；请补上" in (tmp_path / "答/answer.md").read_text("utf-8")
