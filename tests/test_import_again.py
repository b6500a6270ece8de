"""The same list imported again: three-way, cell by cell, with files that keep what nobody changed."""

from __future__ import annotations

import json
import random
import re

import openpyxl
import pytest
from tests import books
from tests.clerk import DAY, Clerk

from quanze.edit.importer import merging
from quanze.io.yaml import read

HEADS = ["序号", "事项名称", "职权类型", "设定依据", "承办处室", "备注"]
LAW = "《安全生产法》第{}条"
NAMES = ("矿山", "化工厂", "冶炼厂", "加油站", "粉尘车间", "有限空间", "烟花仓库", "尾矿库")


@pytest.fixture(name="clerk")
def _clerk(tmp_path):
    clerk = Clerk(tmp_path / "项目")
    rows = [
        [n, f"对{name}的检查", "行政检查", LAW.format(60 + n), "一处", f"备注{n}"] for n, name in enumerate(NAMES, 1)
    ]
    rows[0][3] = "《安全生产法》第六十二条第一款\n《安全生产法》第六十五条第一款"
    books.xlsx(tmp_path / "表.xlsx", [HEADS, *rows])
    assert take(clerk, tmp_path / "表.xlsx").code == 0
    return clerk


def take(clerk, path, *more):
    return clerk("import", str(path), "items", "--at", DAY, *more)


def change(tmp_path, **cells):
    return books.edited(str(tmp_path / "表.xlsx"), tmp_path / "改" / "表.xlsx", **cells)


@pytest.fixture(autouse=True)
def _folder(tmp_path):
    (tmp_path / "改").mkdir()


def path(row):
    return f"catalog/items/xzjc-{row:03}.yaml"


def record(clerk, row):
    return read(clerk.read(path(row)).encode(), "")[0]


def told(done, rule):
    return [line for line in done.lines if line.endswith(f"[{rule}]")]


def test_the_same_sheet_again_changes_nothing(clerk, tmp_path):
    before = clerk.files()
    done = take(clerk, tmp_path / "表.xlsx", "--update")
    assert (done.code, done.err) == (0, "读了 8 行：新增 0 条、更新 0 条，8 行没有变化\n")
    assert clerk.files() == before


@pytest.mark.parametrize("how", ["column", "struck"])
def test_what_is_hidden_or_crossed_out_is_not_asked_and_so_deletes_nothing(clerk, tmp_path, how):
    book = openpyxl.load_workbook(tmp_path / "表.xlsx")
    if how == "column":
        book.active.column_dimensions["F"].hidden = True
    else:
        book.active["F3"].font = openpyxl.styles.Font(strike=True)
    book.save(tmp_path / "改/表.xlsx")
    before = clerk.files()
    done = take(clerk, tmp_path / "改/表.xlsx", "--update")
    assert told(done, "import-signal")
    assert clerk.files() == before


@pytest.mark.parametrize(
    ("cell", "lost"),
    [
        ("{0}第六十二条第一款\n{0}第六十五条第一款\n{0}第六十六条", ()),
        ("{0}第六十二条第一款\n《矿山安全法》第三条\n{0}第六十五条第一款", ()),
        ("{0}第六十五条第一款", ("# 头", "# 一")),
        ("《矿山安全法》第三条\n{0}第六十二条第一款\n{0}第六十五条第一款\n《矿山安全法》第四条", ()),
    ],
)
def test_a_citation_that_comes_or_goes_costs_the_others_no_comment(clerk, tmp_path, cell, lost):
    text = clerk.read(path(2))
    text = text.replace("    款: 1\n", "    款: 1  # 一\n", 1).replace(
        "- 依据文件: 安全生产法\n", "- 依据文件: 安全生产法  # 头\n", 1
    )
    clerk.write(path(2), text)
    notes = [line for line in clerk.read(path(2)).split("\n") if "  # " in line]
    assert len(notes) == 2
    assert take(clerk, change(tmp_path, D2=cell.format("《安全生产法》")), "--update").code == 0
    kept = [line for line in notes if not any(mark in line for mark in lost)]
    assert [line for line in clerk.read(path(2)).split("\n") if "  # " in line] == kept


def test_corrections_made_since_are_left_alone(clerk, tmp_path):
    text = clerk.read(path(3)).replace("承办机构: 一处", "承办机构: 二处 # 核过").replace("条: 62", "条: 63")
    clerk.write(path(3), text)
    done = take(clerk, tmp_path / "表.xlsx", "--update")
    assert done.err.endswith("8 行没有变化\n")
    assert clerk.read(path(3)) == text


def test_a_change_is_told_and_only_taken_over_on_request(clerk, tmp_path):
    clerk.write(path(3), clerk.read(path(3)).replace("状态: 拟", "状态: 拟 # 核过"))
    before = clerk.read(path(3))
    changed = change(tmp_path, E3="三处")
    done = take(clerk, changed)
    assert done.code == 1
    assert (
        "「承办处室」与 catalog/items/xzjc-003.yaml 不同：「一处」→「三处」；要更新的加 --update"
        in told(done, "import-differs")[0]
    )
    assert clerk.read(path(3)) == before
    assert take(clerk, changed, "--update").code == 0
    assert clerk.read(path(3)) == before.replace("一处", "三处")


def test_a_cell_that_the_record_does_not_say_is_in_no_field(clerk, tmp_path):
    clerk.write(path(3), clerk.read(path(3)).replace("承办机构: 一处", "承办机构: 二处"))
    take(clerk, change(tmp_path, E3="三处", F3="新备注"), "--report", str(tmp_path / "报告.json"))
    cells = {one["cell"]: one for one in json.loads((tmp_path / "报告.json").read_text("utf-8"))["cells"]}
    assert [cells[place]["went"] for place in ("D3", "E3", "F3")] == ["field", "report", "report"]
    assert "记录里现在是「二处」" in cells["E3"]["reason"]


def test_a_cell_changed_in_both_is_told_with_both_values(clerk, tmp_path):
    clerk.write(path(3), clerk.read(path(3)).replace("承办机构: 一处", "承办机构: 二处"))
    changed = change(tmp_path, E3="三处", F3="新备注")
    done = take(clerk, changed, "--update")
    assert done.code == 1
    (line,) = told(done, "import-conflict")
    assert "上次是「一处」，记录里现在是「二处」，表里现在是「三处」" in line
    assert (record(clerk, 3)["承办机构"], record(clerk, 3)["备注"]) == ("二处", "新备注")
    assert told(take(clerk, changed, "--update"), "import-conflict")


def test_the_same_change_in_both_is_none(clerk, tmp_path):
    clerk.write(path(3), clerk.read(path(3)).replace("承办机构: 一处", "承办机构: 三处"))
    done = take(clerk, change(tmp_path, E3="三处"), "--update")
    assert done.code == 0
    assert "新增 0 条、更新 0 条" in done.err


def test_an_article_changed_keeps_what_people_added(clerk, tmp_path):
    old = clerk.read(path(2))
    text = old.replace("    条: 62\n    款: 1\n", "    条: 62 # 核过\n    款: 1\n    作用: 职权\n")
    clerk.write(path(2), text)
    changed = change(tmp_path, D2="《安全生产法》第六十二条第一款\n《安全生产法》第六十六条第一款")
    assert take(clerk, changed, "--update").code == 0
    assert clerk.read(path(2)).split("来源:")[0] == text.replace("条: 65", "条: 66").split("来源:")[0]


def test_an_article_changed_in_another_order(clerk, tmp_path):
    changed = change(
        tmp_path, D2="《安全生产法》第六十五条第一款\n《安全生产法》第六十二条第一款\n《安全生产法》第六十八条"
    )
    assert take(clerk, changed, "--update").code == 0
    assert [one["条"] for one in record(clerk, 2)["实施依据"]] == [65, 62, 68]


def test_an_emptied_cell_deletes_where_update_says_so(clerk, tmp_path):
    changed = change(tmp_path, F4=None, C5=None)
    done = take(clerk, changed)
    assert "「备注」清空了，记录里还是「备注3」；要删去的加 --update" in told(done, "import-blank")[0]
    take(clerk, changed, "--update")
    assert "备注" not in record(clerk, 4)
    assert record(clerk, 5)["职权类型"] == "行政检查"


def test_a_corrected_name_is_known_and_told(clerk, tmp_path):
    done = take(clerk, change(tmp_path, B2="对矿山企业的检查"), "--update")
    assert "当作 xzjc-002「对矿山的检查」改了名称" in told(done, "import-renamed")[0]
    assert record(clerk, 2)["事项名称"] == "对矿山企业的检查"
    assert "新增 0 条、更新 1 条" in done.err


def test_a_name_that_may_be_another_is_asked(clerk, tmp_path):
    changed = change(tmp_path, B4="对炼钢炼铁企业的检查", D4=LAW.format(99))
    done = take(clerk, changed, "--update")
    assert done.code == 1
    assert "像是 xzjc-004「对冶炼厂的检查」改了名称，没有导入" in told(done, "import-renamed")[0]
    answer = tmp_path / "答.yaml"
    answer.write_text("改名: {对炼钢炼铁企业的检查: xzjc-004}\n", "utf-8")
    assert take(clerk, changed, "--update", "--map", str(answer)).code == 0
    assert record(clerk, 4)["事项名称"] == "对炼钢炼铁企业的检查"


def test_a_new_item_that_somebody_says_is_new(clerk, tmp_path):
    answer = tmp_path / "答.yaml"
    answer.write_text("改名: {对炼钢炼铁企业的检查: null}\n", "utf-8")
    done = take(clerk, change(tmp_path, B4="对炼钢炼铁企业的检查", D4=LAW.format(99)), "--map", str(answer))
    assert "新增 1 条" in done.err
    assert "xzjc-004.yaml「对冶炼厂的检查」原来在这张表里，这次没有了" in told(done, "import-vanished")[0]


def test_a_row_put_in_between_moves_nobody(clerk, tmp_path):
    rows = [
        HEADS,
        [0, "对烟花厂的许可", "行政许可", "", "", ""],
        *(
            [n, f"对{name}的检查", "行政检查", LAW.format(60 + n), "一处", f"备注{n}"]
            for n, name in enumerate(NAMES, 1)
        ),
    ]
    rows[2][3] = "《安全生产法》第六十二条第一款\n《安全生产法》第六十五条第一款"
    done = take(clerk, books.xlsx(tmp_path / "改" / "表.xlsx", rows), "--update")
    assert "新增 1 条、更新 0 条，8 行没有变化" in done.err


@pytest.mark.parametrize(("kept", "said"), [(7, 1), (4, 1), (3, 0)])
def test_the_next_edition_under_another_name_tells_what_vanished(clerk, tmp_path, kept, said):
    rows = [[n, f"对{name}的检查", "行政检查", LAW.format(60 + n), "一处"] for n, name in enumerate(NAMES[-kept:], 1)]
    done = take(clerk, books.xlsx(tmp_path / "改" / "四月.xlsx", [HEADS[:5], *rows]))
    assert len(told(done, "import-vanished")) == said


def test_a_vanished_row_is_told_and_its_record_stays(clerk, tmp_path):
    rows = [HEADS, [1, "对矿山的检查", "行政检查", "", "", ""]]
    done = take(clerk, books.xlsx(tmp_path / "改" / "表.xlsx", rows))
    assert "另有 6 处类似的" in told(done, "import-vanished")[0]
    assert record(clerk, 9)["事项名称"] == "对尾矿库的检查"


def test_a_column_of_no_field_is_kept_anew(clerk, tmp_path):
    rows = [[*HEADS, "经办"], [1, "对矿山的检查", "行政检查", "", "", "", "甲"]]
    books.xlsx(tmp_path / "改" / "表.xlsx", rows)
    take(clerk, tmp_path / "改" / "表.xlsx", "--update")
    assert "经办：甲" in record(clerk, 2)["来源"]["原文"]


# 表和记录各改三十处


FIELDS = {"D": "实施依据", "E": "承办机构", "F": "备注", "G": "部门职责", "H": "实施对象"}
ROWS = range(2, 22)


@pytest.fixture(name="larger")
def _larger(tmp_path):
    clerk = Clerk(tmp_path / "大项目")
    heads = [*HEADS, "部门职责", "实施对象"]
    rows = [
        [
            n, f"对{n}号{NAMES[n % 8]}的检查", "行政检查", f"{LAW.format(20 + n)}\n{LAW.format(50 + n)}",
            *(f"{one}{n}" for one in "处注责对"),
        ]
        for n in range(1, 21)
    ]  # fmt: skip
    books.xlsx(tmp_path / "表.xlsx", [heads, *rows])
    assert take(clerk, tmp_path / "表.xlsx").code == 0
    return clerk


def in_record(clerk, dice, column, row, n):
    """Change a field as somebody would who has the file open; return what it says then."""
    field, text = FIELDS[column], clerk.read(path(row))
    if column == "D":
        old = f"    条: {50 + row - 1}\n"
        assert old in text
        new = dice.choice(
            [f"    条: {n} # 核过\n", f"{old}    款: 1\n", f"{old}  - 依据文件: 安全生产法\n    条: {n}\n"]
        )
    else:
        old = f"{field}: {'处注责对'['EFGH'.index(column)]}{row - 1}\n"
        assert old in text
        new = dice.choice([f"{field}: 记录{n}\n", f"{field}: 记录{n} # 问过\n", ""])
    clerk.write(path(row), text.replace(old, new, 1))
    return record(clerk, row).get(field)


def in_sheet(dice, column, row, n):
    """Return what a cell says then, and what that makes of the field."""
    if column != "D":
        word = dice.choice([f"表{n}", f"表{n}。又一句", None])
        return word, word
    cite = [{"依据文件": "安全生产法", "条": one} for one in (20 + row - 1, 50 + row - 1, n)]
    words = [LAW.format(one["条"]) for one in cite]
    chosen = dice.choice([(0, 2), (0,), (0, 1, 2), (1,)])
    return "\n".join(words[one] for one in chosen), [cite[one] for one in chosen]


@pytest.mark.parametrize("seed", range(3))
def test_thirty_edits_in_records_and_thirty_in_the_sheet(larger, tmp_path, seed):
    """Whatever is changed where: each cell ends as the one who changed it alone left it; both is a conflict."""
    dice, clerk = random.Random(seed), larger
    places = [(column, row) for column in FIELDS for row in ROWS]
    then = {(column, row): record(clerk, row)[FIELDS[column]] for column, row in places}
    ours = {at: in_record(clerk, dice, *at, n) for n, at in enumerate(dice.sample(places, 30), 700)}
    theirs = {at: in_sheet(dice, *at, n) for n, at in enumerate(dice.sample(places, 30), 900)}
    before = {row: clerk.read(path(row)) for row in ROWS}
    done = take(clerk, change(tmp_path, **{f"{c}{r}": word for (c, r), (word, _) in theirs.items()}), "--update")
    both = ours.keys() & theirs.keys()
    assert 5 < len(both) < 20
    conflicts = {at for at in both if ours[at] != theirs[at][1]}
    assert {line.partition("!")[2].partition(":")[0] for line in told(done, "import-conflict")} == {
        f"{column}{row}" for column, row in conflicts
    }
    for at, old in then.items():
        want = ours.get(at, old) if at in conflicts or at not in theirs else theirs[at][1]
        assert record(clerk, at[1]).get(FIELDS[at[0]]) == want, at
    for row in ROWS:
        if not any((column, row) in theirs for column in FIELDS):
            assert clerk.read(path(row)) == before[row]
        notes = [line for line in before[row].splitlines() if line.endswith(("# 核过", "# 问过"))]
        assert all(line in clerk.read(path(row)) for line in notes)
    again = clerk.files()
    take(clerk, tmp_path / "改" / "表.xlsx", "--update")
    assert clerk.files() == again


def test_what_a_row_said_is_read_back():
    row = {"事项名称": "甲", "依据·法律": "第一行\n第二行：有冒号\n", "备注": "：", "空": ""}
    assert merging.last(merging.kept(row)) == {"事项名称": "甲", "依据·法律": "第一行\n第二行：有冒号\n", "备注": "："}


STAGES = ["序号", "事项名称", "职权类型", "责任环节", "责任内容"]
DUTIES = [
    [1, "对甲厂的处罚", "行政处罚", "立案", "发现违法行为的，\n决定是否立案。"],
    ["", "", "", "2.调查取证", "收集证据。"],
    ["", "", "", "决定责任", "制作决定书。"],
    [2, "对乙厂的处罚", "行政处罚", "立案", "决定是否立案。"],
    ["", "", "", "送达", "七日内送达。"],
]


def stages(clerk, n):
    found = read(clerk.read(f"catalog/items/{STAGED[n]}.yaml").encode(), "")[0]["责任事项"]
    return [(one["环节"], one["内容"]) for one in found]


STAGED = ("xzcf-002", "xzcf-003")
BEFORE = [("立案", "发现违法行为的，\n决定是否立案。"), ("调查取证", "收集证据。"), ("决定", "制作决定书。")]


@pytest.mark.parametrize(
    ("cells", "now"),
    [
        ({"E3": "收集证据，询问当事人。"}, [BEFORE[0], ("调查取证", "收集证据，询问当事人。"), BEFORE[2]]),
        ({"D3": "2.调查"}, [BEFORE[0], ("调查", "收集证据。"), BEFORE[2]]),
        ({"D4": "", "E4": ""}, BEFORE[:2]),
        ({"E2": "发现违法行为的，决定立案。"}, [("立案", "发现违法行为的，决定立案。"), *BEFORE[1:]]),
    ],
    ids=["duty", "name", "gone", "lines"],
)
@pytest.mark.parametrize("shape", ["rows", "cell"])
def test_of_stages_a_row_each_the_one_that_was_edited_comes_back(tmp_path, shape, cells, now):
    clerk = Clerk(tmp_path / "册")
    books.xlsx(tmp_path / "表.xlsx", [STAGES, *DUTIES])
    edited = books.edited(str(tmp_path / "表.xlsx"), tmp_path / "改" / "表.xlsx", **cells)
    if shape == "cell":
        for name in (tmp_path / "表.xlsx", edited):
            books.xlsx(name, in_one_cell(name))
    assert take(clerk, tmp_path / "表.xlsx").code == 0
    assert stages(clerk, 0) == BEFORE
    before = clerk.files()
    assert take(clerk, tmp_path / "表.xlsx", "--update").err.endswith("2 行没有变化\n")
    assert clerk.files() == before
    done = take(clerk, edited, "--update")
    assert (done.code, told(done, "import-conflict")) == (0, [])
    assert stages(clerk, 0) == now
    assert {name for name, text in clerk.files().items() if text != before[name]} == {f"items/{STAGED[0]}.yaml"}
    assert take(clerk, edited, "--update").err.endswith("2 行没有变化\n")


def test_cells_of_one_field_that_were_changed_apart_are_no_conflict(tmp_path):
    clerk = Clerk(tmp_path / "册")
    books.xlsx(tmp_path / "表.xlsx", [STAGES, *DUTIES])
    take(clerk, tmp_path / "表.xlsx")
    file = f"catalog/items/{STAGED[0]}.yaml"
    clerk.write(file, clerk.read(file).replace("    内容: 制作决定书。", "    内容: 制作并送达决定书。 # 核过"))
    edited = books.edited(str(tmp_path / "表.xlsx"), tmp_path / "改" / "表.xlsx", E3="询问当事人。")
    done = take(clerk, edited, "--update")
    assert (done.code, told(done, "import-conflict")) == (0, [])
    assert stages(clerk, 0) == [BEFORE[0], ("调查取证", "询问当事人。"), ("决定", "制作并送达决定书。")]
    assert "# 核过" in clerk.read(file)
    before = clerk.files()
    edited = books.edited(str(tmp_path / "表.xlsx"), tmp_path / "改" / "表.xlsx", E3="询问当事人。", E4="另写。")
    done = take(clerk, edited, "--update")
    assert (done.code, len(told(done, "import-conflict"))) == (1, 1)
    assert clerk.files() == before


def test_of_bases_a_row_each_those_that_were_changed_apart_are_no_conflict(tmp_path):
    clerk = Clerk(tmp_path / "册")
    rows = [[1, "对甲厂的检查", "行政检查", LAW.format(65)], *(["", "", "", LAW.format(n)] for n in (66, 67))]
    books.xlsx(tmp_path / "表.xlsx", [HEADS[:4], *rows])
    take(clerk, tmp_path / "表.xlsx")
    file = "catalog/items/xzjc-002.yaml"
    clerk.write(file, clerk.read(file).replace("    条: 67", "    条: 68"))
    take(clerk, books.edited(str(tmp_path / "表.xlsx"), tmp_path / "改" / "表.xlsx", D2=LAW.format(62)), "--update")
    assert [one["条"] for one in read(clerk.read(file).encode(), "")[0]["实施依据"]] == [
        62, 66, 68,
    ]  # fmt: skip


def in_one_cell(path):
    """Return the same list with all stages of an item in one cell."""
    head, *rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    items = []
    for *item, name, duty in rows:
        if item[0]:
            items.append([*item, ""])
        if name:
            plain = name.removeprefix("2.").removesuffix("责任")
            items[-1][-1] += f"{items[-1][-1].count('责任：') + 1}.{plain}责任：{duty}\n"
    return [[*head[:3], "责任事项"], *([*item[:3], item[3].strip()] for item in items)]


def test_what_people_add_to_a_stage_stays_and_is_no_conflict(tmp_path):
    clerk = Clerk(tmp_path / "册")
    books.xlsx(tmp_path / "表.xlsx", [STAGES, *DUTIES])
    take(clerk, tmp_path / "表.xlsx")
    name = f"catalog/items/{STAGED[0]}.yaml"
    clerk.write(name, re.sub(r"( +)内容: 收集证据。\n", r"\g<0>\1承办: 执法科 # 核过\n", clerk.read(name)))
    done = take(clerk, books.edited(str(tmp_path / "表.xlsx"), tmp_path / "改" / "表.xlsx", E3="询问。"), "--update")
    assert told(done, "import-conflict") == []
    assert clerk.read(name).count("承办: 执法科 # 核过") == 1
    assert ("调查取证", "询问。") in stages(clerk, 0)
