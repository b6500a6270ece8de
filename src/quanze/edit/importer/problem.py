"""What can be wrong with a sheet: told at the cell, in the words of those who made it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from quanze.base.problem import Level

RULES = {
    "import-head": "表里要有一行表头，至少两栏与表单的栏目、清单的标题或者对照文件写明的名称相同。",
    "import-column": "表头没有对应栏目的，内容原样保留在「来源」的「原文」里。",
    "import-near": "表头与栏目名称相近而不相同的，按相近的读取，并说明按哪一个读。",
    "import-section": "只有一格有字的行当作分节标题，不导入。",
    "import-value": "单元格的文字须读得成栏目要的值：日期、数字、词表里的词、已有的机关……",
    "import-number": "编码、电话须按文本存在表里：存成数字的，前面的 0 和第 15 位以后的数字已经丢失。",
    "import-formula": "公式须有算好的值，不能是错误值；在 Excel 里打开并保存就有了。",
    "import-citation": "依据没能全部拆成条、款、项的，原话保留在「原文」里。",
    "import-blank": "表里空着、记录里有内容的，记录不动。",
    "import-required": "必填的栏目，表里须有一栏，或者用固定值写明。",
    "import-duplicate": "一张表里不能有两行指同一条记录，或者名称和类型都相同。",
    "import-joined": "清单里由几个事项合成的行、改写过的文字，要在清单的「条目」里改。",
    "import-differs": "与已有记录不同的格，要加 --update 才更新。",
    "import-layout": "记录的写法不便自动改动的，请人工改。",
}
"""The rules of the sheet itself; what a record breaks is told with the ids of the check."""


@dataclass(frozen=True, slots=True, order=True)
class SheetProblem:
    """One fault at one cell; rows and columns count from 1, 0 stands for the sheet as a whole."""

    row: int
    column: int
    file: str
    sheet: str
    rule: str
    message: str
    level: Level = "error"

    @property
    def place(self) -> str:
        """The place as Excel writes it: 目录.xlsx:Sheet1!B7."""
        cell = f"{get_column_letter(self.column)}{self.row}" if self.row and self.column else ""
        return f"{self.file}:{self.sheet}{'!' if self.sheet and cell else ''}{cell}"

    def __str__(self) -> str:
        """Return the problem as the check prints one."""
        mark = "待复核：" if self.level == "review" else ""
        return f"{self.place}: {mark}{self.message} [{self.rule}]"
