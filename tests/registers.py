"""Registers with a hard history: a demonstration, a real one, one of a bureau that does not exist, and a bare one.

The first two hold editions (by a tag, by a commit; one whose definition no longer fits the form), an adjustment,
a merge, a record that moved and one that ended. The fictitious bureau has no laws and no items, but a
collection and a list of its own, where the status is called otherwise; the bare one has not even their forms.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from tests import golden
from tests.repository import Repository

if TYPE_CHECKING:
    from pathlib import Path

BUILT = ("demonstration", "real", "fictitious")
KINDS = (*BUILT, "bare")

_UNTRACKED = "/.cache/\n/site/\n/site.new/\n__pycache__/\n"
_DEMONSTRATION = """演示:
  启用: true
  示例机关: 示例市应急管理局
  官方渠道: 示例市应急管理局的官方网站
  法律核对至: 2026-11-01
  未包括: 部门规章
"""
_REAL = """网址: https://quanze.example/zwgk/
承办单位: 法规处
联系方式: 0990-1234567
网站标识码: "9901000001"
ICP备案号: 示ICP备00000000号
公安备案号: 示公网安备00000000号
编辑地址: https://quanze.example/edit/main/
演示:
  启用: false
  示例机关: 示例市应急管理局
  官方渠道: 示例市应急管理局的官方网站
  法律核对至: 2026-11-01
  未包括: 部门规章
"""
_EDITIONS = """版次:
  - {编号: 2024-01, 名称: 2024年版（演示）, 公布日期: "2024-01-15", 标签: v2024}
  - {编号: 2025-01, 名称: 2025年版（演示）, 公布日期: "2025-03-01", 提交: %s}
短列:"""
_ADJUSTMENT = """名称: 因法律修改的调整
事由: 法律修改
事件日期: 2026-06-01
申请: {机关: 示例市应急管理局, 日期: 2026-06-02}
涉及事项:
  - {事项: xzjc-001, 变化: 取消}
  - {事项: xzcf-001, 变化: 变更}
涉及清单: [quan-ze-qing-dan]
"""
_OWN = {
    "title": "随机抽查",
    "type": "object",
    "additionalProperties": False,
    "required": ["抽查事项", "进度"],
    "properties": {
        "抽查事项": {"$ref": "common.schema.json#/$defs/title"},
        "进度": {"$ref": "common.schema.json#/$defs/status"},
        "说明": {"$ref": "common.schema.json#/$defs/paragraph"},
    },
}
_OWN_LIST = """名称: 示例县随机抽查事项清单
性质: 本机关公布
公布主体: shi-jian-ju
集合: spotchecks
条件: {进度: [有效, 暂停]}
列: [{字段: 序号}, {字段: 抽查事项}, {字段: 说明}]
短列: [序号, 抽查事项]
"""
_LISTED, _PENALTY, _INSPECTION = (
    f"catalog/{path}.yaml" for path in ("lists/quan-ze-qing-dan", "items/xzcf-001", "items/xzjc-001")
)


def make(folder: Path, kind: str) -> Repository:
    """Make a register of a kind in a folder, which may hold the frame of a site already."""
    if kind in {"fictitious", "bare"}:
        return _own(folder, bare=kind == "bare")
    return _whole(folder, real=kind == "real")


def _whole(folder: Path, *, real: bool) -> Repository:
    shutil.rmtree(folder / "catalog", ignore_errors=True)
    shutil.copytree(golden.BASE / "catalog", folder / "catalog")
    shutil.copytree(golden.ROOT / "schema", folder / "schema", dirs_exist_ok=True)
    made = Repository(folder)
    made.write(".gitignore", _UNTRACKED)
    if real:
        _edit(folder, "catalog/site.yaml", (_DEMONSTRATION, _REAL))
    sound = (folder / _LISTED).read_text("utf-8")
    _edit(folder, _LISTED, ("性质: 本机关公布", "性质: 机关自己公布的"), ("短列: [序号, 事项名称]", "短列: 无"))
    made.commit("2024-01-10", "初次收录", "张三")
    made.git("tag", "v2024")
    inspection = (folder / _INSPECTION).read_text("utf-8")
    made.write(_LISTED, sound)
    for number in ("002", "003"):
        made.write(f"catalog/items/xzjc-{number}.yaml", inspection.replace("的监督检查", f"的第{number}种检查"))
    commit = made.commit("2025-02-20", "新增检查", "李四")
    made.branch("fine")
    _edit(folder, _PENALTY, ("上限: 100000", "上限: 70000"))
    made.commit("2026-06-01", "罚款", "王五")
    made.switch("main")
    made.move("catalog/items/xzjc-003.yaml", "catalog/items/jian-cha/xzjc-003.yaml")
    _edit(folder, _LISTED, ("短列:", _EDITIONS % commit))
    made.commit("2026-06-02", "版次", "张三")
    made.merge("fine", "2026-06-03", "赵六")
    made.write("catalog/adjustments/2026-01.yaml", _ADJUSTMENT)
    _edit(folder, _INSPECTION, ("状态: 有效", "状态: 取消\n终止日期: 2026-06-10\n终止原因: 依据废止"))
    made.commit("2026-06-10", "取消", "张三")
    return made


def _own(folder: Path, *, bare: bool) -> Repository:
    for name in ("catalog", "schema"):
        shutil.rmtree(folder / name, ignore_errors=True)
    made = Repository(folder)
    made.write(".gitignore", _UNTRACKED)
    for schema in sorted((golden.ROOT / "schema").iterdir()):
        if not bare or schema.name.partition(".")[0] in {"common", "site", "bodies"}:
            made.write(f"schema/{schema.name}", schema.read_bytes())
    if not bare:
        made.write("catalog/lists/chou-cha.yaml", _OWN_LIST)
    made.write("schema/spotchecks.schema.json", json.dumps(_OWN, ensure_ascii=False))
    site = (golden.BASE / "catalog/site.yaml").read_text("utf-8")
    made.write("catalog/site.yaml", site.replace("shi-ying-ji-guan-li-ju", "shi-jian-ju"))
    made.write("catalog/bodies/shi-jian-ju.yaml", "名称: 示例县市场监管局\n层级: 县级\n类型: 政府部门\n")
    made.write("catalog/spotchecks/sjcc-001.yaml", "抽查事项: 集贸市场抽查\n进度: 有效\n")
    made.commit("2026-01-10", "初次收录", "张三")
    made.write("catalog/spotchecks/sjcc-001.yaml", "抽查事项: 集贸市场抽查\n进度: 有效\n说明: 每季度\n")
    made.commit("2026-06-10", "说明", "张三")
    return made


def _edit(folder: Path, path: str, *pairs: tuple[str, str]) -> None:
    text = (folder / path).read_text("utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    (folder / path).write_text(text, "utf-8")
