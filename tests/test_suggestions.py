"""Which faults come with the line that would be sound."""

from __future__ import annotations

import pytest
from tests.clerk import DAY
from tests.small_register import INSPECTION, LIST, PENALTY, Register

from quanze.check.checking import check
from quanze.proof.proposal.suggestions import suggestions


@pytest.fixture(name="register")
def _register(tmp_path):
    return Register(tmp_path / "project")


@pytest.mark.parametrize(
    ("path", "old", "new", "mended"),
    [
        (INSPECTION, "职权类型: 行政检查", "职权类型: 行政检察 # 见方案", "职权类型: 行政检查 # 见方案"),
        (INSPECTION, "职权类型: 行政检查", '职权类型: "行政检察"', "职权类型: 行政检查"),
        (INSPECTION, "依据文件: 安全生产法,", "依据文件: 安全生产发,", None),
        (INSPECTION, "行使主体:", "行驶主体:", "行使主体: [shi-ying-ji-guan-li-ju]"),
        (LIST, "公布主体: shi-ying-ji-guan-li-ju", "公布主体: shi-ying-ji-guanli-ju", None),
        (PENALTY, "上限: 100000", "上限: １０００００", None),
        (INSPECTION, "日期: 2026-11-01", "日期: 2026年11月1日", None),
        (INSPECTION, "日期: 2026-11-01", "日期: 2026/11/1", None),
        (INSPECTION, "条: 65", "条: 第六十五条", None),
        (INSPECTION, "款: 1", "款: （一）", None),
        (PENALTY, "上限: 100000", "上限: 10万元", None),
        (INSPECTION, "状态: 有效", "状态: 有效\n备注: 2026 # 年度", '备注: "2026" # 年度'),
    ],
)
def test_the_line_as_it_should_be(register, path, old, new, mended):
    before = (register.root / path).read_text("utf-8")
    register.edit(path, (old, new))
    checked = check(register.root, DAY)
    found = [*suggestions(checked.catalog, [one for one in checked.problems if one.path == path])]
    assert found, "no suggestion"
    (one,) = found
    rows = (register.root / path).read_text("utf-8").split("\n")
    assert rows[one.line - 1] != one.text
    rows[one.line - 1] = one.text
    if mended is None:
        assert "\n".join(rows) == before
    else:
        assert one.text == mended
    register.write(path, "\n".join(rows))
    assert not [each for each in check(register.root, DAY).errors if each.path == path]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("职权类型: 行政检查", "职权类型: 没有这样的"),  # nothing is near
        ("状态: 有效\n", ""),  # a value that is not there
        ("职权类型: 行政检查", "职权类型: |\n  行政检察"),  # not on its own line
        ("职权类型: 行政检查", "职权类型: [行政检察"),  # cannot be read
        ("日期: 2026-11-01", "日期: 2026年11月"),  # no day
        ("条: 65", "条: 第六十五条第一款"),  # more than one number
    ],
)
def test_what_one_word_does_not_mend_gets_no_suggestion(register, old, new):
    register.edit(INSPECTION, (old, new))
    checked = check(register.root, DAY)
    problems = [one for one in checked.problems if one.path == INSPECTION]
    assert problems
    assert [*suggestions(checked.catalog, problems)] == []
