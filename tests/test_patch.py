"""Changes to YAML text that leave everything else as it is."""

from __future__ import annotations

import pytest

from quanze.edit.patch import amend, relisted
from quanze.io.yaml import read

TEXT = """\
# 第一行
事项名称: 甲  # 旁注
依据:
  # 说明
  - 依据文件: 安全生产法
    条: 89 # 旧条
    作用: 罚则

  - {依据文件: 安全生产法, 条: 90, 作用: 罚则} # 行内
备注: |
  第一段
  # 不是注释

# 最后
"""


def lines(text):
    return text.splitlines()


@pytest.mark.parametrize(
    ("pointer", "values", "gone", "come"),
    [
        ("", {"事项名称": "乙"}, ["事项名称: 甲  # 旁注"], ["事项名称: 乙  # 旁注"]),
        ("/依据/0", {"条": 92}, ["    条: 89 # 旧条"], ["    条: 92 # 旧条"]),
        ("/依据/0", {"条": 92, "款": 2}, ["    条: 89 # 旧条"], ["    条: 92 # 旧条", "    款: 2"]),
        ("/依据/0", {"款": 2, "项": 3}, [], ["    款: 2", "    项: 3"]),
        ("/依据/0", {"依据文件": "消防法"}, ["  - 依据文件: 安全生产法"], ["  - 依据文件: 消防法"]),
        ("/依据/0", {"作用": None}, ["    作用: 罚则"], []),
        ("/依据/0", {"条": [89, 90]}, ["    条: 89 # 旧条"], ["    条:", "      - 89", "      - 90"]),
        (
            "/依据/1",
            {"条": 92, "款": 2},
            ["  - {依据文件: 安全生产法, 条: 90, 作用: 罚则} # 行内"],
            ["  - {依据文件: 安全生产法, 条: 92, 款: 2, 作用: 罚则} # 行内"],
        ),
        ("", {"备注": "短"}, ["备注: |", "  第一段", "  # 不是注释"], ["备注: 短"]),
        ("", {"备注": None}, ["备注: |", "  第一段", "  # 不是注释"], []),
        ("", {"说明": "新"}, [], ["说明: 新"]),
    ],
)
def test_changes_only_the_lines_of_its_fields(pointer, values, gone, come):
    after = amend(TEXT, pointer, values, ("依据文件", "条", "款", "项"))
    assert after is not None
    left = [line for line in lines(TEXT) if line not in gone]
    assert [line for line in lines(after) if line not in come] == left
    assert [line for line in lines(after) if line in come] == come


def test_a_new_field_stands_where_the_order_says():
    assert amend("甲: 1\n丙: 3\n", "", {"乙": 2}, ("甲", "乙", "丙")) == "甲: 1\n乙: 2\n丙: 3\n"


def test_a_value_with_a_hash_is_no_comment():
    assert amend('甲: "一 # 二" # 三\n', "", {"甲": "四"}) == "甲: 四 # 三\n"


def test_a_byte_order_mark_stays():
    assert amend("\ufeff甲: 1\n", "", {"甲": 2}) == "\ufeff甲: 2\n"


def test_a_key_with_a_slash_is_found():
    assert amend("甲/乙: 1\n", "", {"甲/乙": 2}) == "甲/乙: 2\n"


@pytest.mark.parametrize(
    ("text", "pointer", "values"),
    [
        ("甲: {乙: 1,\n  丙: 2}\n", "/甲", {"乙": 3}),
        ("- 甲\n", "", {"甲": 1}),
        ("甲：1\n", "", {"甲": 1}),
        ("甲: 1\n", "/乙", {"丙": 1}),
        ("甲:\n  - 乙: 1\n    丙: 2\n", "/甲/0", {"乙": None}),
    ],
)
def test_what_cannot_be_changed_safely_is_left(text, pointer, values):
    assert amend(text, pointer, values) is None


LISTED = """\
依据:
  - 依据文件: 甲法
    条: 1  # 一
  # 乙的前面
  - 依据文件: 乙法  # 二
    条: [2, 3]  # 三

# 后面的
后: 丙  # 四
"""


@pytest.mark.parametrize(
    ("value", "lost"),
    [
        ([("甲法", 1), ("乙法", [2, 3]), ("丙法", 4)], ()),
        ([("丙法", 4), ("甲法", 1), ("乙法", [2, 3])], ()),
        ([("甲法", 1), ("丙法", 4), ("乙法", [2, 3])], ()),
        ([("甲法", 1)], ("# 二", "# 三")),
        ([("乙法", [2, 3])], ("# 一",)),
        ([("丙法", 4), ("乙法", [2, 3])], ("# 一",)),
    ],
)
def test_a_list_that_grows_or_shrinks_keeps_the_lines_of_the_rest(value, lost):
    whole = [{"依据文件": law, "条": article} for law, article in value]
    text = relisted(LISTED, "/依据", whole)
    assert read(text.encode(), "")[0] == {"依据": whole, "后": "丙"}
    kept = [line for line in LISTED.split("\n") if "#" in line and not any(mark in line for mark in lost)]
    assert [line for line in text.split("\n") if "#" in line] == kept


@pytest.mark.parametrize("text", ["依据: [甲]\n", "依据:\n", "别的: 甲\n"])
def test_a_list_whose_elements_have_no_lines_of_their_own_is_not_made_another(text):
    assert relisted(text, "/依据", ["甲", "乙"]) is None
    assert relisted(LISTED, "/依据", []) is None


def test_a_list_in_brackets_keeps_the_comment_behind_it():
    assert amend("依据: [甲, 乙]  # 二\n", "", {"依据": ["甲", "丙"]}) == "依据:  # 二\n  - 甲\n  - 丙\n"
