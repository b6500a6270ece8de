"""What there is to say of a sheet: told at the cell, in the words of those who made it, once for all alike."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quanze.base.problem import Level

RULES = {
    "import-head": "表里要有一行表头，至少两栏与表单的栏目、清单的标题、常见的说法或者对照文件写明的名称相同。",
    "import-column": "表头没有对应栏目的，内容原样保留在「来源」的「原文」里。",
    "import-near": "表头、词与表单的相近而不相同的，按相近的读取，并说明按哪一个读。",
    "import-section": "标题和分节标题里的机关、类型用在其下各行；一行或者一节写明是别的机关的，不导入。",
    "import-swapped": "名称和类型两栏写反了的，换过来读取，并说明。",
    "import-type": "职权类型哪里都没有写的，看名称像哪一类；看不出来的，这一行不导入。",
    "import-body": "行使主体没有写的，是本机关；写的不是 bodies/ 里的名称的，说明按谁读取。",
    "import-doubt": "行使主体像是本机关的简称而看不准的，先按本机关写成「拟」，问是不是。",
    "import-status": "备注、名称的括号、没有栏目的列里像是说状态的话（拟取消、已收回）："
    "问；新记录写成「拟」，已有的不动。写明不再办的（停用、取消，新名称空着），不建新记录；要的用 --include 停办。",
    "import-value": "单元格的文字须读得成栏目要的值；读不成的，原话保留在「来源」的「原文」里，"
    "表单没有「来源」的不写进记录，说明里有原话。",
    "import-number": "编码、电话须按文本存在表里：存成数字的，前面的 0 和第 15 位以后的数字已经丢失。",
    "import-formula": "公式须有算好的值，不能是错误值；在 Excel 里打开并保存就有了。",
    "import-citation": "依据没能全部拆成条、款、项的，原话保留在「原文」里。",
    "import-law": "表里引用而 laws/ 里没有的文件，各建一条待核的记录，位阶是看名称和文号定的，看不出的写待核。",
    "import-draft": "还缺必填内容的新记录，状态写「拟」；补齐以后由人改成「有效」。",
    "import-unseen": "看不见的字符去掉后导入；繁体字照原样写，认词时当作简体字。",
    "import-signal": "隐藏的行、列、表，划掉的字，批注，脚注，目录的注，有含义的颜色：说明，不导入；要的用 --include。",
    "import-gap": "序号跳号、重号的，说明；不影响导入。",
    "import-blank": "表里清空了、记录里有内容的，加 --update 才删去。",
    "import-required": "必填的栏目，表里须有一栏，或者用固定值写明。",
    "import-duplicate": "两行指同一条记录，或者名称、子项、类型都相同的，只导入第一行。",
    "import-joined": "清单里由几个事项合成的行、改写过的文字，要在清单的「条目」里改。",
    "import-differs": "与已有记录不同的格，要加 --update 才更新。",
    "import-conflict": "上次导入以后，表和记录都改了同一格而且不同的，两个都说出来，由人决定，不自动更新。",
    "import-answer": "上级目录的行对应本机关的哪几项，是看编码、名称和依据填的；请核对，没有的请补。",
    "import-renamed": "像是已有事项改了名称的行，先问是不是；答案写在对照文件的「改名」里。",
    "import-vanished": "上次从这张表导入、这次没有了的记录，说出来；记录不动。",
    "import-layout": "记录的写法不便自动改动的，请人工改。",
}
"""The rules of the sheet itself; what a record breaks is told with the ids of the check."""
_EACH = frozenset({"import-renamed", "import-conflict", "import-duplicate", "import-joined", "import-doubt"})
"""The rules of which each place needs an answer of its own."""
_SHOWN, _FEW = 6, 3


class After(Enum):
    """What becomes of what is told: only the written record can tell whether that holds."""

    KEPT = "原话保留在来源里"
    """No field holds the cell; 来源 does."""
    DRAFTED = "状态写「拟」，改正以后再改"
    """A rule refuses the row; its record can be a draft."""


@dataclass(frozen=True, slots=True, order=True)
class SheetProblem:
    """One thing at one cell; rows and columns count from 1, 0 stands for the sheet as a whole."""

    row: int
    column: int
    file: str
    sheet: str
    rule: str
    message: str
    level: Level = "error"
    about: str = ""
    """The head of the column, or what else of the sheet is meant."""
    after: After | None = field(default=None, compare=False)
    """What becomes of the cell or the row, told behind the message once that is known."""

    @property
    def cell(self) -> str:
        """The cell as Excel writes it: B7; empty for the sheet as a whole."""
        return f"{get_column_letter(self.column)}{self.row}" if self.row and self.column else ""

    @property
    def place(self) -> str:
        """The place as Excel writes it: 目录.xlsx:Sheet1!B7."""
        within = f"{self.sheet}{'!' if self.sheet and self.cell else ''}{self.cell}"
        return f"{self.file}:{within}" if within else self.file

    def __str__(self) -> str:
        """Return the problem as the check prints one."""
        mark = "待复核：" if self.level == "review" else ""
        return f"{self.place}: {mark}{self.message} [{self.rule}]"


def together(problems: Iterable[SheetProblem]) -> Iterator[SheetProblem]:
    """Yield what is to be said once: what is said of several cells in the same words is said at the first of them."""
    groups: dict[tuple[str, ...], list[SheetProblem]] = {}
    for problem in problems:
        groups.setdefault((problem.file, problem.sheet, problem.rule, problem.message, problem.level), []).append(
            problem
        )
    for same in groups.values():
        first = min(same)
        rows = sorted({one.row for one in same if one.row})
        if len(rows) > 1:
            some = "、".join(map(str, rows[:_SHOWN])) + (f" 等 {len(rows)} 行" if len(rows) > _SHOWN else " 行")
            yield replace(first, message=f"{first.message}（第 {some}）")
        else:
            yield first


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked of the clerk: what one answer settles, however many cells ask it."""

    problems: tuple[SheetProblem, ...]
    """All that is told of it, in the order of the sheets."""

    def __str__(self) -> str:
        """Return what is told at its first place: all of it where that is little, else the first and how many more."""
        first, *more = self.problems
        told = {problem.message: problem for problem in reversed(self.problems)}
        words = [f"{self._at(one)}{message}" for message, one in reversed(told.items())]
        if len(words) <= _FEW:
            at = "".join(f"；{one.sheet}!{one.cell} 也是" for one in more[:1]) if len(words) == 1 else ""
            at += f" 等 {len(more)} 处" if at and more[1:] else ""
            return str(replace(first, message="；".join(words) + at))
        return str(replace(first, message=f"{words[0]}；另有 {len(more)} 处类似的（见 --report）"))

    def _at(self, told: SheetProblem) -> str:
        """Return the place of what is told beside the first, where that is another."""
        first = self.problems[0]
        if told.sheet != first.sheet:
            return f"{told.sheet}!{told.cell} "
        return f"{told.cell} " if told.cell != first.cell else ""


def questions(problems: Iterable[SheetProblem]) -> list[Question]:
    """Return what is asked, errors first: of each rule what concerns the same column, of some rules each place."""
    groups: dict[tuple[str, ...], list[SheetProblem]] = {}
    for problem in problems:
        about = problem.message if problem.rule in _EACH else problem.about
        groups.setdefault((problem.level, problem.rule, about), []).append(problem)
    return [Question(tuple(alike)) for _, alike in sorted(groups.items(), key=lambda group: group[0][0] != "error")]
