"""What is read by the line is what libyaml reads, whatever is done to a file."""

import random

import pytest
from yaml import YAMLError

from quanze.base.printable import INVISIBLE
from quanze.io.yaml import lines, reader
from quanze.io.yaml.faults import MAX_DEPTH

FILE = """\
# yaml-language-server: $schema=../../schema/items.schema.json
名称: 对示例单位的处罚
编码: "0102"
备注: '原文：见附件'

领域:
  - 示例
  - 甲（乙）
  - "12"
依据:
  - 依据文件: 示例法
    条: 25
    摘录: 有下列行为之一的，处5万元以下的罚款:其一（一）不做的。
  # 还有一条
  - 依据文件: 示例办法
    款:
    条: 3
内容: |
  第一行 # 不是注释
    第二行: 缩进的

  第三行
说明: |-
    一行

处罚:
  罚款:
      上限: 1.50
  是否: true
  日期: 2024-01-01
空:
"""
_CHANGES = (
    "",
    " ",
    "  ",
    "\n",
    "\n\n",
    ":",
    ": ",
    "- ",
    "#",
    " #",
    '"',
    "'",
    "|",
    "|-",
    "甲",
    "1",
    "~",
    "甲: ",
    "[",
    "}",
    "，",
)


def _events(text: str) -> object:
    try:
        return reader._build(text.encode())
    except (YAMLError, reader._Odd):
        return None


def _lines(text: str) -> object:
    try:
        return lines.read(text, MAX_DEPTH)
    except lines.Unusual:
        return None


def test_a_usual_file_is_read_by_the_line():
    assert repr(_lines(FILE)) == repr(_events(FILE)) != "None"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "甲: 乙\n丙",
            "甲: [乙]\n",
            "甲:\n- 乙\n",
            "- 甲\n",
            "甲: >-\n  乙\n",
            "甲: |2\n  乙\n",
            "甲: 乙\n  丙\n",
            "\n",
            "甲\n",
        ),
        *(
            "甲: 乙 # 丙\n",
            "甲: 乙: 丙\n",
            "甲: 1\n甲: 2\n",
            "甲: |\n乙: 1\n",
            "甲:\n   乙: 1\n  丙: 1\n",
            "甲: 乙 \n",
            '甲: "乙\n',
        ),
        *("甲:\n  - \n", "甲:\n  - - 乙\n", "".join(f"{'  ' * depth}甲:\n" for depth in range(MAX_DEPTH + 1))),
    ],
)
def test_any_other_is_left_to_libyaml(text):
    assert _lines(text) is None


def test_no_mutation_of_a_file_is_read_otherwise_than_by_libyaml():
    dice, read = random.Random(16), 0
    for _ in range(4_000):
        text = FILE
        for _ in range(dice.randint(1, 3)):
            start = dice.randrange(len(text) + 1)
            text = text[:start] + dice.choice(_CHANGES) + text[start + dice.choice((0, 0, 1, 2, 5)) :]
        found = _lines(text)
        if found is not None and not INVISIBLE.search(text):
            assert repr(found) == repr(_events(text)), text
            read += 1
    assert read > 1_000
