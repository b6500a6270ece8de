"""Lists of every layout exported and imported: the same records come back, and a cell that was changed changes one."""

from __future__ import annotations

import json

import openpyxl
import pytest
from tests.clerk import DAY, Clerk

from quanze.io.yaml import read

DEFS = "common.schema.json#/$defs/"


def ref(name, **more):
    return {"$ref": DEFS + name, **more}


SCHEMAS = {
    "fares": {
        "title": "水价",
        "prefix": "sj",
        "required": ["名称", "档"],
        "properties": {
            "名称": ref("title"),
            "用户": {"type": "string", "enum": ["居民", "商户", "学校"]},
            "状态": ref("status"),
            "档": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"档": ref("text"), "从": ref("count"), "价": ref("amount"), "说明": ref("text")},
                },
            },
            "依据": {"type": "array", "items": ref("citation")},
        },
    },
    "watches": {
        "title": "值守",
        "prefix": "zs",
        "required": ["名称", "单位", "时段", "任务"],
        "properties": {
            "名称": ref("title"),
            "单位": ref("ref", collection="bodies"),
            "时段": {"type": "string", "enum": ["白天", "夜间"]},
            "任务": {"type": "array", "items": ref("text")},
            "状态": ref("status"),
        },
    },
}
LISTS = {
    "dang": """
名称: 水价表
性质: 本机关公布
公布主体: shi-ying-ji-guan-li-ju
集合: fares
版式: {拆行: 档}
列: [{字段: 序号}, {字段: 名称}, {字段: 用户}, {字段: 档.档}, {字段: 档.从}, {字段: 档.价, 标题: 每吨价}, {字段: 依据}]
短列: [名称]
""",
    "zu": """
名称: 各类用户的水价
性质: 本机关公布
公布主体: shi-ying-ji-guan-li-ju
集合: fares
版式: {分组: 用户}
列: [{字段: 序号}, {字段: 名称}, {字段: 依据}]
短列: [名称]
""",
    "zhi-shou": """
名称: 值守表
性质: 本机关公布
公布主体: shi-ying-ji-guan-li-ju
集合: watches
版式: {矩阵: {行: 单位, 列: 时段, 格: 任务}}
列: [{字段: 单位}, {字段: 时段}, {字段: 任务}]
短列: [单位]
""",
}
RECORDS = {
    "fares/sj-001": """
名称: 东片
用户: 居民
状态: 有效
档:
  - {档: 一, 从: 0, 价: 3, 说明: 留着}
  - {档: 二, 从: 20, 价: 5}
依据:
  - {依据文件: 安全生产法, 条: 10, 款: 1, 作用: 其他}
""",
    "fares/sj-002": "名称: 西片\n用户: 商户\n状态: 有效\n档:\n  - {档: 一, 从: 0, 价: 6}\n",
    "fares/sj-003": """
名称: 南片
用户: 居民
状态: 有效
档:
  - {档: 一, 从: 0, 价: 3}
  - {档: 二, 从: 30, 价: 3}
""",
    "watches/zs-001": "名称: 应急局白班\n单位: shi-ying-ji-guan-li-ju\n时段: 白天\n任务: [接电话, 上报]\n状态: 有效\n",
    "watches/zs-002": "名称: 应急局夜班\n单位: shi-ying-ji-guan-li-ju\n时段: 夜间\n任务: [看监控]\n状态: 有效\n",
    "watches/zs-003": "名称: 政府夜班\n单位: shi-ren-min-zheng-fu\n时段: 夜间\n任务: [带班]\n状态: 有效\n",
}


@pytest.fixture(name="clerk")
def _clerk(tmp_path):
    clerk = Clerk(tmp_path / "项目")
    for name, schema in SCHEMAS.items():
        text = json.dumps({"type": "object", "additionalProperties": False, **schema}, ensure_ascii=False)
        clerk.write(f"schema/{name}.schema.json", text)
    for name, text in LISTS.items():
        clerk.write(f"catalog/lists/{name}.yaml", text.lstrip())
    for path, text in RECORDS.items():
        clerk.write(f"catalog/{path}.yaml", text.lstrip())
    return clerk


def records(clerk, collection):
    folder = clerk.root / "catalog" / collection
    return [read(path.read_bytes(), path.name)[0] for path in sorted(folder.glob("*.yaml"))]


def exported(clerk, list_, suffix):
    path = clerk.root / f"表.{suffix}"
    done = clerk("export", list_, "-o", str(path))
    assert done.code == 0, done
    assert path.is_file()
    return path


def take(clerk, path, collection, list_, *more):
    return clerk("import", str(path), collection, "--list", list_, "--at", DAY, *more)


LAYOUTS = [("dang", "fares"), ("zu", "fares"), ("zhi-shou", "watches")]


FORMATS = ("xlsx", "docx", "html", "csv")


@pytest.mark.parametrize(("list_", "collection"), LAYOUTS)
def test_what_was_exported_changes_nothing(clerk, list_, collection):
    before = clerk.files()
    for suffix in FORMATS if list_ != "zu" else FORMATS[:3]:  # a flat table has no headings
        done = take(clerk, exported(clerk, list_, suffix), collection, list_)
        assert (done.code, clerk.files()) == (0, before), done.out + done.err


@pytest.mark.parametrize(("list_", "collection", "shown"), [("dang", "fares", "档"), ("zhi-shou", "watches", "任务")])
def test_the_same_records_come_back_into_an_empty_register(clerk, list_, collection, shown):
    keys = ("名称", "用户") if shown == "档" else ("单位", "时段")
    wanted = {tuple(one[key] for key in keys): _exported(one[shown]) for one in records(clerk, collection)}
    books = [exported(clerk, list_, suffix) for suffix in FORMATS]
    for book in books:
        for file in (clerk.root / "catalog" / collection).iterdir():
            file.unlink()
        done = take(clerk, book, collection, list_)
        assert done.code == 0, done.out
        assert {tuple(one[key] for key in keys): one[shown] for one in records(clerk, collection)} == wanted


def _exported(values):
    """Return what the list shows of some elements."""
    return [{k: v for k, v in one.items() if k != "说明"} if isinstance(one, dict) else one for one in values]


def test_a_heading_says_the_field_by_which_a_list_is_grouped(clerk):
    clerk.write("catalog/lists/zu.yaml", LISTS["zu"].lstrip().replace("{字段: 依据}", "{字段: 状态}"))
    schema = SCHEMAS["fares"] | {"required": ["名称"], "type": "object"}
    clerk.write("schema/fares.schema.json", json.dumps(schema, ensure_ascii=False))
    path = exported(clerk, "zu", "docx")
    for file in (clerk.root / "catalog/fares").iterdir():
        file.unlink()
    assert take(clerk, path, "fares", "zu").code == 0
    told = {one["名称"]: one["用户"] for one in records(clerk, "fares")}
    assert told == {"东片": "居民", "南片": "居民", "西片": "商户"}


def changed(path, old, new):
    book = openpyxl.load_workbook(path)
    (cell,) = (one for row in book.worksheets[0].iter_rows() for one in row if one.value == old)
    cell.value = new
    book.save(path)
    return path


def test_a_changed_element_changes_one_and_what_the_list_does_not_show_stays(clerk):
    path = changed(exported(clerk, "dang", "xlsx"), "20", "25")
    done = take(clerk, path, "fares", "dang", "--update")
    assert [line for line in done.lines if line.endswith(".yaml")] == ["catalog/fares/sj-001.yaml"]
    (one, *_) = records(clerk, "fares")
    assert one["档"] == [{"档": "一", "从": 0, "价": 3, "说明": "留着"}, {"档": "二", "从": 25, "价": 5}]


def test_a_changed_cell_of_a_matrix_changes_its_record(clerk):
    path = changed(exported(clerk, "zhi-shou", "xlsx"), "看监控", "看监控\n巡查")
    done = take(clerk, path, "watches", "zhi-shou", "--update")
    assert [line for line in done.lines if line.endswith(".yaml")] == ["catalog/watches/zs-002.yaml"]
    assert records(clerk, "watches")[1] == {
        "名称": "应急局夜班",
        "单位": "shi-ying-ji-guan-li-ju",
        "时段": "夜间",
        "任务": ["看监控", "巡查"],
        "状态": "有效",
    }


def test_a_new_cell_of_a_matrix_is_a_new_draft_named_by_its_place(clerk):
    path = exported(clerk, "zhi-shou", "xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    (row,) = (n for n in range(1, sheet.max_row + 1) if sheet.cell(n, 1).value == "示例市人民政府")
    sheet.cell(row, 2).value = "值班"
    book.save(path)
    done = take(clerk, path, "watches", "zhi-shou")
    assert [line for line in done.lines if line.endswith(".yaml")] == ["catalog/watches/zs-004.yaml"]
    made = records(clerk, "watches")[-1]
    assert (made["名称"], made["任务"], made["状态"]) == ("示例市人民政府：白天", ["值班"], "拟")


def test_a_row_moved_under_another_heading_is_told(clerk):
    path = exported(clerk, "zu", "xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    (cell,) = (one for row in sheet.iter_rows() for one in row if one.value == "商户")
    cell.value = "学校"
    book.save(path)
    done = take(clerk, path, "fares", "zu", "--update")
    assert [line for line in done.lines if line.endswith(".yaml")] == ["catalog/fares/sj-002.yaml"]
    assert records(clerk, "fares")[1]["用户"] == "学校"


def test_every_cell_of_a_matrix_is_accounted_for(clerk):
    path, report = exported(clerk, "zhi-shou", "csv"), clerk.root / "report.json"
    take(clerk, path, "watches", "zhi-shou", "--report", str(report))
    told = json.loads(report.read_text("utf-8"))
    went = {one["cell"]: one["went"] for one in told["cells"]}
    assert {one["went"] for one in told["cells"] if one["value"] in {"看监控", "带班"}} == {"field"}
    assert "report" not in went.values()


@pytest.mark.parametrize("row", [["北片", "居民", "一", "0", "三"], ["北片", "居民", "一", "零点", "3"]])
def test_an_element_that_cannot_be_read_is_told_at_its_row(clerk, row):
    book = openpyxl.Workbook()
    book.active.append(["序号", "名称", "用户", "档", "从", "每吨价", "依据"])
    book.active.append(["1", *row, "《安全生产法》第十条"])
    book.save(clerk.root / "手写.xlsx")
    done = take(clerk, clerk.root / "手写.xlsx", "fares", "dang")
    assert done.code == 0, done.out
    if row[4] == "三":
        assert records(clerk, "fares")[-1]["档"] == [{"档": "一", "从": 0, "价": 3}]
    else:
        assert any("「从」第 2 行：" in line for line in done.lines), done.out


def test_a_cell_of_a_matrix_made_of_several_records_is_theirs(clerk):
    """As it was exported it changes nothing; changed, it is told whose it is, and none of them is missing."""
    clerk.write(
        "catalog/watches/zs-009.yaml", RECORDS["watches/zs-002"].replace("看监控", "巡查").replace("夜班", "乙班")
    )
    path = exported(clerk, "zhi-shou", "xlsx")
    before = clerk.files()
    assert "zs-0" not in take(clerk, path, "watches", "zhi-shou", "--update").out
    done = take(clerk, changed(path, "看监控\n巡查", "看监控"), "watches", "zhi-shou", "--update")
    assert clerk.files() == before
    (told,) = (line for line in done.lines if "zs-0" in line)
    assert "与清单对 zs-002、zs-009 的写法不同；这一格由几条记录合成，请改那几条 [import-joined]" in told


def test_what_a_list_calls_the_fields_of_its_matrix_stands_in_its_files_and_is_read_back(clerk):
    called = "[{字段: 单位, 标题: 值守单位}, {字段: 时段, 标题: 班次}, {字段: 任务}]"
    clerk.write(
        "catalog/lists/zhi-shou.yaml",
        LISTS["zhi-shou"].lstrip().replace("[{字段: 单位}, {字段: 时段}, {字段: 任务}]", called),
    )
    before = clerk.files()
    for suffix in ("xlsx", "csv"):
        path = exported(clerk, "zhi-shou", suffix)
        assert suffix == "xlsx" or "值守单位,班次·" in path.read_text("utf-8-sig")
        done = take(clerk, path, "watches", "zhi-shou")
        assert (done.code, clerk.files()) == (0, before), done.out + done.err


def test_an_ended_record_is_no_part_of_a_cell_of_a_matrix(clerk):
    schema = json.loads((clerk.root / "schema/watches.schema.json").read_text("utf-8"))
    schema["properties"]["止"] = {"$ref": "common.schema.json#/$defs/end"}
    clerk.write("schema/watches.schema.json", json.dumps(schema, ensure_ascii=False))
    old = (clerk.root / "catalog/watches/zs-002.yaml").read_text("utf-8")
    clerk.write(
        "catalog/watches/zs-009.yaml",
        old.replace("看监控", "旧任务").replace("状态: 有效", "状态: 取消\n止: 2025-01-01"),
    )
    before = clerk.files()
    done = take(clerk, exported(clerk, "zhi-shou", "xlsx"), "watches", "zhi-shou")
    assert (done.code, clerk.files()) == (0, before), done.out + done.err
