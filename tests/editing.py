"""A register on a site for those who record: a telephone, tiers of discretion, a record to be checked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import project, registers

if TYPE_CHECKING:
    from pathlib import Path

BODY, PENALTY, INSPECTION = "bodies/shi-ying-ji-guan-li-ju", "items/xzcf-001", "items/xzjc-001"
_TIERS = """违法行为: 对生产经营单位未按照规定对从业人员进行安全生产教育和培训的处罚（基本情形）
对应事项: xzcf-001
情形: 基本情形
状态: 有效
# 两个阶次
阶次:
  - {阶次: 从轻, 情节: 一人以下, 下限: 0, 上限: 30000}
  - {阶次: 一般, 情节: 二人以上, 下限: 30000, 上限: 100000}
核对: {日期: 2026-11-01, 来源: 国家法律法规公开文本}
"""


def made(folder: Path) -> Path:
    """Return a copy of the project with that register, and its site built."""
    project.copy(folder)

    def edit(path: str, old: str, new: str) -> None:
        file = folder / "catalog" / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    edit("site.yaml", registers._DEMONSTRATION, registers._REAL + "编辑: true\n")
    edit("site.yaml", "https://quanze.example/edit/main/", "https://github.com/a/b/edit/main/")
    edit(f"{BODY}.yaml", "复议机关:", "# 公布过的\n电话:\n  - 用途: 值班 # 全天\n    号码: 0990-1234567\n复议机关:")
    edit(f"{INSPECTION}.yaml", "日期: 2026-11-01", "日期: 2024-01-01")
    (folder / "catalog/benchmarks").mkdir()
    (folder / "catalog/benchmarks/cljz-001.yaml").write_text(_TIERS, "utf-8")
    project.build(folder)
    return folder
