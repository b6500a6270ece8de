"""The water bureau of a city that does not exist, whose register has a history made to deceive: commits, replayed.

What is right is known beforehand, and stands in `tests/test_water.py`. In short:

- two approved editions, 2024 and 2025, and a later one that nobody approved; the tag of 2025 is moved afterwards;
- an adjustment in time, one late in both its terms, one that nobody approved, one whose approval was written in later;
- terms in site.yaml that are made longer once they were missed;
- a merge whose merger writes another amount than the author of the branch; a change and its reversal; a moved file;
  a power that ended with a successor, recorded ten days late; a commit dated two months back; a change taken over for
  someone; a version of the law that comes into force between the editions; an attachment replaced without notice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.repository import Repository

from quanze.edit.starter.package import folder

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2025-06-10"
"""The day on which the auditor comes."""
LIST, LIST_FILE = "quan-ze-qing-dan", "catalog/lists/quan-ze-qing-dan.yaml"
DEED = "files/wei-tuo-shu.pdf"
OLD_DEED, NEW_DEED = b"%PDF-1.4\n% deed of 2024, checks alone\n", b"%PDF-1.4\n% deed of 2024, checks and penalties\n"

_SITE = """名称: 澜溪市水务局权责清单
网址: https://shui.lanxi.example/qz/
本机关: lan-xi-shi-shui-wu-ju
主办单位: 澜溪市水务局
承办单位: 政策法规科
联系方式: 0990-7654321
网站标识码: "9902000001"
ICP备案号: 澜ICP备00000000号
公安备案号: 澜公网安备00000000号
演示:
  启用: false
  示例机关: 澜溪市水务局
  官方渠道: 澜溪市水务局的官方网站
  法律核对至: 2025-06-01
  未包括: 部门规章
公开待复核: true
核对周期: 3650
期限:
  申请工作日: 10
  公布工作日: 20
"""
_BODIES = {
    "lan-xi-shi-ren-min-zheng-fu": "名称: 澜溪市人民政府\n层级: 市级\n类型: 人民政府\n",
    "lan-xi-shi-shui-wu-ju": """名称: 澜溪市水务局
层级: 市级
行政区划: "990200"
类型: 政府部门
复议机关: lan-xi-shi-ren-min-zheng-fu
""",
    "lan-xi-shi-gong-shui-zhan": "名称: 澜溪市供水管理站\n层级: 市级\n类型: 受委托组织\n",
}
_LAW = """名称: 澜溪市供水管理条例
位阶: 地方性法规
制定机关: 澜溪市人民代表大会常务委员会
版本:
  - {名称: 2019年公布, 公布日期: 2019-05-01, 施行日期: 2019-07-01, 条数: 40, 罚则条: [31, 32, 33]}
核对: {日期: 2024-01-05, 来源: 澜溪市人大公报}
"""
_REVISED = """
  - 名称: 2024年修订
    公布日期: 2024-03-28
    施行日期: 2024-09-01
    条数: 46
    罚则条: [35, 36, 37]
    条文对照:
      - {旧: 第三十一条, 新: 第三十五条, 变化: [改幅度]}
      - {旧: 第三十二条, 新: 第三十六条, 变化: [仅改号]}
      - {旧: 第三十三条, 新: 第三十七条, 变化: [仅改号]}
核对:"""
_CHECKED = "核对: {日期: 2024-01-05, 来源: 澜溪市供水管理条例}"
_LISTED = """名称: 澜溪市水务局权责清单
性质: 本机关公布
公布主体: lan-xi-shi-shui-wu-ju
集合: items
条件:
  状态: [有效, 暂停]
列:
  - 字段: 序号
  - 字段: 事项名称
  - 字段: 职权类型
  - 字段: 实施依据
短列: [序号, 事项名称]
"""
_DEED = f"""名称: 委托供水管理站检查
方式: 委托
委托方: lan-xi-shi-shui-wu-ju
受托方: lan-xi-shi-gong-shui-zhan
事项: [xzjc-001]
权限: 以委托机关的名义检查二次供水设施。
起: 2024-01-01
止: 2026-12-31
依据:
  - {{依据文件: 澜溪市供水管理条例, 条: 9, 作用: 职权}}
委托书: {{文件: {DEED.partition("/")[2]}, 名称: 委托书}}
{_CHECKED}
"""
_ADJUSTMENTS: Final = {
    "tz-2024-01": """名称: 增加二次供水设施的处罚
事由: 第一次评估后列入。
事件日期: 2024-05-06
申请: {机关: 澜溪市水务局, 日期: 2024-05-13}
涉及事项:
  - {事项: xzcf-004, 变化: 新增}
""",
    "tz-2024-02": """名称: 因条例修订的调整
事由: 条例修订后条号和幅度改变。
事件日期: 2024-09-01
申请: {机关: 澜溪市水务局, 日期: 2024-10-21}
涉及事项:
  - {事项: xzcf-001, 变化: 变更}
""",
    "tz-2025-01": """名称: 降低私接管网的罚款
事由: 裁量评估。
事件日期: 2025-03-17
申请: {机关: 澜溪市水务局, 日期: 2025-03-18}
公布日期: 2025-03-21
涉及事项:
  - {事项: xzcf-002, 变化: 变更}
""",
    "tz-2025-02": """名称: 合并停水告知的两项处罚
事由: 两项依据同一条。
事件日期: 2025-04-01
申请: {机关: 澜溪市水务局, 日期: 2025-04-03}
涉及事项:
  - {事项: xzcf-003, 变化: 合并}
  - {事项: xzcf-005, 变化: 新增}
""",
}


def item(title: str, article: int, most: int, more: str = "") -> str:
    """Return a power to punish by an article, with its highest fine in yuan."""
    basis = f"{{依据文件: 澜溪市供水管理条例, 条: {article}, 作用: 罚则}}"
    return f"""事项名称: {title}
职权类型: 行政处罚
状态: 有效
行使主体: [lan-xi-shi-shui-wu-ju]
承办机构: 供水科
实施依据:
  - {basis}
处罚:
  - 情形: 基本情形
    对象: 单位
    种类: [罚款]
    责令: [责令限期改正]
    力度: 可以
    罚款: {{上限: {most}}}
    决定机关: 水务部门
    依据:
      - {basis}
{more}{_CHECKED}
"""


class Water(Repository):
    """The register and its commits by name."""

    def __init__(self, root: Path) -> None:
        """Replay all of it."""
        super().__init__(root)
        self.named: dict[str, str] = {}
        for step in (self._first_edition, self._by_the_law, self._deceptions, self._after_the_edition):
            step()

    def edit(self, path: str, *pairs: tuple[str, str]) -> None:
        """Replace texts in a file, each of which has to be there, the first time that it is."""
        text = (self.root / path).read_text("utf-8")
        for old, new in pairs:
            assert old in text, (path, old)
            text = text.replace(old, new, 1)
        self.write(path, text)

    def told(self, name: str, when: str, message: str, author: str, committer: str = "") -> None:
        """Commit everything under a name, as recorded by another where one is named."""
        self.named[name] = self.commit(when, message, author)
        if committer:
            self.git("commit", "--quiet", "--amend", "--no-edit",
                     GIT_COMMITTER_NAME=committer, GIT_COMMITTER_DATE=f"{when}T12:00:00+08:00")  # fmt: skip
            self.named[name] = self.git("rev-parse", "HEAD")

    def _first_edition(self) -> None:
        self.write(".gitignore", "/.cache/\n/site/\n/site.new/\n/site.old/\n__pycache__/\n")
        for file in sorted((folder("schema")).iterdir()):
            self.write(f"schema/{file.name}", file.read_bytes())
        self.write("catalog/site.yaml", _SITE)
        for name, text in _BODIES.items():
            self.write(f"catalog/bodies/{name}.yaml", text)
        self.write("catalog/laws/gong-shui-tiao-li.yaml", _LAW)
        self.write("catalog/items/xzcf-001.yaml", item("对擅自停水的处罚", 31, 50000))
        self.write("catalog/items/xzcf-002.yaml", item("对私接管网的处法", 32, 20000))
        self.write("catalog/items/xzcf-003.yaml", item("对停水不告知的处罚", 33, 100000))
        self.write("catalog/items/xzjc-001.yaml", f"""事项名称: 对二次供水设施的检查
职权类型: 行政检查
状态: 有效
行使主体: [lan-xi-shi-shui-wu-ju]
承办机构: 供水科
实施依据:
  - {{依据文件: 澜溪市供水管理条例, 条: 8, 作用: 职权}}
{_CHECKED}
""")  # fmt: skip
        self.write(LIST_FILE, _LISTED)
        self.told("begin", "2024-01-08", "初次收录", "甲")
        self.write("catalog/delegations/wtfq-001.yaml", _DEED)
        self.write(DEED, OLD_DEED)
        self.told("deed", "2024-01-15", "收录委托书", "乙")
        self.edit("catalog/items/xzcf-002.yaml", ("处法", "处罚"))
        self.told("typo", "2024-02-01", "改正错字", "甲")
        self.git("tag", "v2024")
        edition = f"""版次:
  - 编号: "2024"
    名称: 2024年版
    文号: 澜政发〔2024〕1号
    公布日期: 2024-03-01
    标签: v2024
    提交: {self.named["typo"]}
短列:"""
        self.edit(LIST_FILE, ("短列:", edition))
        self.told("edition 2024", "2024-03-01", "公布2024年版", "甲")

    def _by_the_law(self) -> None:
        self.edit("catalog/laws/gong-shui-tiao-li.yaml", ("\n核对:", _REVISED))
        self.told("law", "2024-04-10", "收录条例的修订", "乙")
        self.write("catalog/adjustments/tz-2024-01.yaml", _ADJUSTMENTS["tz-2024-01"])
        self.told("applied", "2024-05-13", "申请增加一项", "丙")
        self.branch("second-supply")
        self.write("catalog/items/xzcf-004.yaml", item("对二次供水设施不清洗的处罚", 33, 30000))
        self.told("branch", "2024-05-21", "新增二次供水的处罚", "丙")
        self.switch("main")
        self.git("merge", "--quiet", "--no-ff", "--no-commit", "second-supply")
        self.edit("catalog/items/xzcf-004.yaml", ("上限: 30000", "上限: 20000"))
        self.told("merge", "2024-05-22", "合并二次供水", "丁")
        approval = "批准: {机关: 澜溪市人民政府, 文号: 澜政批〔2024〕3号, 日期: 2024-05-20}\n公布日期: 2024-05-24"
        self.edit("catalog/adjustments/tz-2024-01.yaml", ("涉及事项:", f"{approval}\n涉及事项:"))
        self.told("approved", "2024-05-24", "公布调整", "丙")
        self.edit("catalog/items/xzcf-003.yaml", ("上限: 100000", "上限: 70000"))
        self.told("lowered", "2024-07-01", "改罚款", "戊")
        self.named["reverted"] = self.revert(self.named["lowered"], "2024-07-03", "甲")
        self.move("catalog/items/xzcf-002.yaml", "catalog/items/guan-wang/xzcf-002.yaml")
        self.told("moved", "2024-08-20", "按领域分文件夹", "乙")
        self.edit(
            "catalog/laws/gong-shui-tiao-li.yaml",
            ("核对: {日期: 2024-01-05", "条号版本: 2024年修订\n核对: {日期: 2024-09-02"),
        )
        self.edit("catalog/items/xzcf-001.yaml", ("条: 31", "条: 35"), ("条: 31", "条: 35"), ("50000", "80000"))
        self.told("by the law", "2024-09-03", "按修订改条号和幅度", "戊")
        self.write("catalog/adjustments/tz-2024-02.yaml", _ADJUSTMENTS["tz-2024-02"])
        self.told("late application", "2024-10-21", "申请", "丙")
        self.edit(
            "catalog/adjustments/tz-2024-02.yaml",
            ("涉及事项:", "批准: {机关: 澜溪市人民政府, 文号: 澜政批〔2024〕15号, 日期: 2024-11-04}\n涉及事项:"),
        )
        self.told("late approval", "2024-11-05", "批准", "丙")
        self.edit("catalog/adjustments/tz-2024-02.yaml", ("涉及事项:", "公布日期: 2024-12-09\n涉及事项:"))
        self.told("late publication", "2024-12-09", "公布", "丙")

    def _deceptions(self) -> None:
        self.edit("catalog/site.yaml", ("申请工作日: 10", "申请工作日: 60"), ("公布工作日: 20", "公布工作日: 90"))
        self.told("terms", "2024-12-20", "调整期限", "戊")
        self.write(DEED, NEW_DEED)
        self.told("deed replaced", "2025-01-12", "整理文件", "戊")
        self.edit("catalog/items/xzjc-001.yaml", ("承办机构: 供水科", "承办机构: 执法支队"))
        self.told("back-dated", "2024-11-20", "改承办机构", "戊")
        path = "catalog/items/guan-wang/xzcf-002.yaml"
        self.edit(path, ("条: 32", "条: 36"), ("条: 32", "条: 36"))
        self.edit("catalog/items/xzcf-003.yaml", ("条: 33", "条: 37"), ("条: 33", "条: 37"))
        self.edit("catalog/items/xzcf-004.yaml", ("条: 33", "条: 37"), ("条: 33", "条: 37"))
        self.told("taken over", "2025-02-10", "其余条号", "乙", "丁")
        self.git("tag", "v2025")
        edition = f"""短列:
  - 编号: "2025"
    名称: 2025年版
    文号: 澜政发〔2025〕2号
    公布日期: 2025-03-03
    标签: v2025
    提交: {self.named["taken over"]}
短列:"""
        self.edit(LIST_FILE, ("短列:", edition.partition("\n")[2]))
        self.told("edition 2025", "2025-03-03", "公布2025年版", "甲")

    def _after_the_edition(self) -> None:
        path = "catalog/items/guan-wang/xzcf-002.yaml"
        self.edit(path, ("上限: 20000", "上限: 5000"))
        self.write("catalog/adjustments/tz-2025-01.yaml", _ADJUSTMENTS["tz-2025-01"])
        self.told("not approved", "2025-03-20", "降低罚款", "戊")
        self.git("tag", "--force", "v2025")
        edition = f"""  - 编号: 2025-b
    名称: 2025年更新
    公布日期: 2025-03-21
    标签: v2025b
    提交: {self.named["not approved"]}
短列:"""
        self.git("tag", "v2025b")
        self.edit(LIST_FILE, ("短列:", edition))
        self.told("edition without approval", "2025-03-21", "更新", "戊")
        self.write("catalog/adjustments/tz-2025-02.yaml", _ADJUSTMENTS["tz-2025-02"])
        self.told("applied again", "2025-04-03", "申请合并", "丙")
        ended = "状态: 合并\n终止日期: 2025-04-15\n终止原因: 并入对停水的处罚\n承接事项: xzcf-005"
        self.edit("catalog/items/xzcf-003.yaml", ("状态: 有效", ended))
        self.write(
            "catalog/items/xzcf-005.yaml", item("对停水和停水不告知的处罚", 37, 100000, "生效日期: 2025-04-15\n")
        )
        self.told("ended", "2025-04-25", "合并两项", "丙")
        self.edit("catalog/adjustments/tz-2025-02.yaml", ("涉及事项:", "公布日期: 2025-04-28\n涉及事项:"))
        self.told("published unapproved", "2025-04-28", "公布合并", "丙")
        self.edit("schema/items.schema.json", ('"title": "权责事项"', '"title": "权责事项（澜溪）"'))
        self.told("form", "2025-05-12", "改表单", "乙")
        self.write("catalog/items/xzcf-006.yaml", item("对草拟的处罚", 37, 1000).replace("状态: 有效", "状态: 拟"))
        self.told("draft", "2025-05-20", "草拟一项", "丙")
        self.edit(
            "catalog/adjustments/tz-2025-02.yaml",
            ("公布日期:", "批准: {机关: 澜溪市人民政府, 文号: 澜政批〔2025〕9号, 日期: 2025-04-22}\n公布日期:"),
        )
        self.told("approval written in", "2025-06-05", "补充资料", "戊")
