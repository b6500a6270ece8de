"""The same list imported again: three-way, cell by cell, with files that keep what nobody changed."""

from __future__ import annotations

import random

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
    assert [one["条"] for one in record(clerk, 2)["实施依据"]] == [62, 65, 68]


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


@pytest.mark.parametrize("seed", range(4))
def test_edits_at_random_in_records_and_in_the_sheet(clerk, tmp_path, seed):
    """Whatever is changed where: each cell ends as the one who changed it alone left it; both is a conflict."""
    dice = random.Random(seed)
    fields = {"D": "实施依据", "E": "承办机构", "F": "备注"}
    then = {(column, row): record(clerk, row)[field] for column, field in fields.items() for row in range(2, 10)}
    places = [*then]
    ours = {place: f"{n}" for n, place in enumerate(dice.sample(places, 10), 70)}
    theirs = {place: f"{n}" for n, place in enumerate(dice.sample(places, 10), 90)}
    for (column, row), word in ours.items():
        field, old = fields[column], then[column, row]
        text = clerk.read(path(row))
        if column == "D":
            was = f"条: {old[0]['条']}\n"
            assert was in text
            clerk.write(path(row), text.replace(was, f"条: {word}\n", 1))
        else:
            clerk.write(path(row), text.replace(f"{field}: {old}\n", f"{field}: 记录{word}\n", 1))
    kept = {row: record(clerk, row) for row in range(2, 10)}
    cells = {f"{c}{r}": LAW.format(word) if c == "D" else f"表{word}" for (c, r), word in theirs.items()}
    done = take(clerk, change(tmp_path, **cells), "--update")
    both = ours.keys() & theirs.keys()
    assert len(told(done, "import-conflict")) == len(both)
    for (column, row), old in then.items():
        now = record(clerk, row)[fields[column]]
        if (column, row) in theirs and (column, row) not in both:
            word = theirs[column, row]
            want = [{"依据文件": "安全生产法", "条": int(word)}] if column == "D" else f"表{word}"
        else:
            want = kept[row][fields[column]] if (column, row) in ours else old
        assert now == want, (column, row)
    again = clerk.files()
    take(clerk, tmp_path / "改" / "表.xlsx", "--update")
    assert clerk.files() == again


def test_what_a_row_said_is_read_back():
    row = {"事项名称": "甲", "依据·法律": "第一行\n第二行：有冒号\n", "备注": "：", "空": ""}
    assert merging.last(merging.kept(row)) == {"事项名称": "甲", "依据·法律": "第一行\n第二行：有冒号\n", "备注": "："}
