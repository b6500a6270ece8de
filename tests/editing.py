"""Registers on a site for those who record: a telephone, tiers of discretion, a record to be checked again.

And that of another bureau, as `quanze init` begins it, with columns of its own and files written by hand.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner
from tests import project, registers

from quanze import __version__, cli

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


COUNTY_BODY, LIFTS, LIFT_CHECK = "bodies/lin-xi-xian-shi-chang-jian-du-guan-li-ju", "items/xzcf-001", "items/xzjc-001"
_NAME = COUNTY_BODY.rpartition("/")[2]
_SITE = f"""名称: 临溪县市场监督管理局权责清单
网址: https://shi.linxi.example/qz/
本机关: {_NAME}
主办单位: 临溪县市场监督管理局
承办单位: 法规股
联系方式: 0990-7654321
网站标识码: "9901210002"
ICP备案号: 溪ICP备00000000号
公安备案号: 溪公网安备00000000号
编辑地址: https://gitee.com/linxi/qz/edit/main/
编辑: true
公开待复核: true
核对周期: 365
期限: {{申请工作日: 10, 公布工作日: 20}}
演示:
  启用: false
  示例机关: 临溪县市场监督管理局
  官方渠道: 临溪县市场监督管理局的官方网站
  法律核对至: 2026-11-01
  未包括: 部门规章
"""
_OWN = {
    "风险等级": {"enum": ["高", "中", "低"], "section": "监管", "description": "分级监管的等级。"},
    "抽检比例": {"$ref": "common.schema.json#/$defs/number", "section": "监管", "unit": "%"},
    "重点场所": {"type": "array", "items": {"$ref": "common.schema.json#/$defs/text"}, "section": "监管"},
    "检验机构": {
        "type": "array",
        "section": "监管",
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": ["名称", "有效期至"],
            "properties": {
                "名称": {"$ref": "common.schema.json#/$defs/text"},
                "有效期至": {"$ref": "common.schema.json#/$defs/end"},
                "项目": {"type": "array", "items": {"enum": ["锅炉", "电梯", "气瓶"]}},
            },
        },
    },
}
_CITED = "{依据文件: 溪省电梯安全条例, 条: 31, 作用: 罚则}"
_COUNTY = {
    f"{COUNTY_BODY}.yaml": """名称: 临溪县市场监督管理局
层级: 县级
类型: 政府部门
# 换过号
电话:
  - {用途: 监督, 号码: 0990-7654321, 时间: 工作日} # 法规股
""",
    "laws/dian-ti-tiao-li.yaml": """名称: 溪省电梯安全条例
位阶: 地方性法规
制定机关: 溪省人民代表大会常务委员会
版本:
  - {名称: 2020年公布, 公布日期: 2020-05-01, 施行日期: 2020-07-01, 条数: 40}
核对: {日期: 2026-08-01, 来源: 溪省人大公报}
""",
    "items/te-she/xzcf-001.yaml": f"""事项名称: 对使用未经检验的电梯的处罚
职权类型: 行政处罚
状态: 有效
行使主体: [{_NAME}]
实施依据:
  # 罚则
  - {_CITED} # 三十日
处罚:
  - 情形: 基本情形
    对象: 使用单位
    种类: [罚款]
    力度: 应当
    罚款: {{下限: 10000, 上限: 50000}} # 元
    决定机关: 市场监督管理部门
    依据: [{_CITED}]
风险等级: 高  # 2026 年分级
抽检比例: 5
重点场所:
  - 学校
  - 医院   # 急诊楼
检验机构:
  - {{名称: 溪省特检院, 有效期至: 2027-12-31, 项目: [锅炉, 电梯]}}
核对: {{日期: 2026-08-01, 来源: 溪省人大公报}}
""",
    f"{LIFT_CHECK}.yaml": f"""事项名称: 对电梯使用单位的监督检查
职权类型: 行政检查
状态: 有效
行使主体: [{_NAME}]
实施依据:
  - {{依据文件: 溪省电梯安全条例, 条: 9, 作用: 职权}} # 一般
""",
}


def county(folder: Path) -> Path:
    """Return the register of a county's market bureau, which writes forms by hand, and its site built."""
    wheel = folder.with_name(f"quanze-{__version__}-py3-none-any.whl")
    wheel.write_bytes(b"")
    words = ["init", str(folder), "--bureau", "临溪县市场监督管理局", "--level", "县级", "--wheel", str(wheel)]
    done = CliRunner().invoke(cli.main, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    form = folder / "schema/items.schema.json"
    schema = json.loads(form.read_bytes())
    schema["properties"].update(_OWN)
    form.write_text(json.dumps(schema, ensure_ascii=False), "utf-8")
    for path, text in {"site.yaml": _SITE, **_COUNTY}.items():
        file = folder / "catalog" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    project.build(folder)
    return folder
