"""A province of twelve registers for the tests of the portal: a province, a city, ten counties, some of them amiss.

    python -m tests.province FOLDER        writes portal.yaml and sites/<id>/ to look at

Each register is real: a catalog that is checked, in a repository, and the data files, manifest and publication log that
its site has; the pages of its site, of which the portal takes none, are left out.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.register import uscc
from tests import golden
from tests.repository import Repository

from quanze.io import git, yaml
from quanze.proof import manifest
from quanze.proof.log import note
from quanze.proof.log.publications import Publication, PublicationLog
from quanze.register.adopted import AdoptedCopy, copy_path
from quanze.register.adopting import AdoptedLock, SuperiorPin
from quanze.site.build import prepare
from quanze.site.files import SiteFiles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quanze.proof.log.note import SecretKey

DAY = "2026-11-26"
KEY = note.SecretKey("shi.example", bytes(range(32)))
"""With which the city signs its log."""
LAW = "catalog/laws/an-quan-sheng-chan-fa.yaml"
BODY = "catalog/bodies/shi-ying-ji-guan-li-ju.yaml"
LIST = "catalog/lists/quan-ze-qing-dan.yaml"
PENALTY, INSPECTION = "catalog/items/xzcf-001.yaml", "catalog/items/xzjc-001.yaml"
_BENCHMARK = """违法行为: 未按照规定对从业人员进行安全生产教育和培训
对应事项: xzcf-001
情形: 基本情形
对象: 生产经营单位
状态: 有效
阶次:
  - {{阶次: 从轻, 情节: 不满十人没有培训, 上限: {middle}}}
  - {{阶次: 从重, 情节: 十人以上没有培训, 下限: {middle}, 上限: 100000}}
依据:
  - {{依据文件: 安全生产法, 条: 97, 项: 3, 作用: 罚则}}
核对: {{日期: 2026-11-01, 来源: 自编}}
"""
_EXEMPTION = """违法行为: 漏记个别从业人员的安全生产教育和培训
结果: 可以不予处罚
状态: 有效
适用条件: [初次被发现, 漏记的不超过三人, 在限定的期限内补记]
对应事项: [xzcf-001]
处罚依据:
  - {依据文件: 安全生产法, 条: 97, 项: 3, 作用: 罚则}
从宽依据:
  - {依据文件: 行政处罚法, 条: 33, 款: 1, 作用: 其他}
核对: {日期: 2026-11-01, 来源: 自编}
"""
_PUNISHING = """名称: 中华人民共和国行政处罚法
位阶: 法律
制定机关: 全国人民代表大会
版本:
  - {名称: 2021年修订, 公布日期: 2021-01-22, 施行日期: 2021-07-15, 条数: 86}
核对: {日期: 2026-11-01, 来源: 国家法律法规公开文本}
"""
_LISTED = """名称: {body}{what}
性质: 本机关公布
公布主体: shi-ying-ji-guan-li-ju
集合: {collection}
列:
  - 字段: 序号
  - 字段: 违法行为
短列: [序号, 违法行为]
"""
_GRID = '"网格员": {"section": "其他", "description": "联系哪个网格。", "$ref": "common.schema.json#/$defs/text"},'


@dataclass(frozen=True)
class Bureau:
    """One of the twelve."""

    id: str
    body: str
    region: str
    number: int
    """Of its credit code; 0 for none."""
    middle: int = 0
    """Where its tiers part; 0 for a bureau without tiers."""
    lets_off: bool = False
    own_column: bool = False
    law: tuple[tuple[str, str], ...] = ()
    """What it writes otherwise of the law."""
    title: str = ""
    """What it calls the penalty."""
    publisher: str = ""
    """Whose list it says to publish."""
    silent: bool = False
    """Whether it leaves out what its citations prove."""
    adopts: str = ""
    """From whom it takes over its inspection."""


BUREAUS = (
    Bureau("sheng", "示例省应急管理厅", "990000", 1, middle=50_000, lets_off=True),
    Bureau("shi", "示例市应急管理局", "990100", 2, middle=40_000, lets_off=True),
    *(
        Bureau(f"xian-{n}", f"示例{name}县应急管理局", f"9901{n:02}", 10 + n, middle=0 if n % 2 else 30_000)
        for n, name in enumerate("甲乙丙丁戊己庚辛壬癸", 1)
    ),
)
COLUMNS, OTHER_LAW, SLOW, NEWER, BROKEN, DOWN, BACK, HOSTILE = (f"xian-{n}" for n in range(3, 11))
"""What each of the last eight counties is for."""
ADOPTING = "xian-1"
_ODD = {
    ADOPTING: {"adopts": "示例市应急管理局"},
    COLUMNS: {"own_column": True},
    OTHER_LAW: {"law": (("条数: 119", "条数: 118"), ("新: 第一百条\n", "新: 第九十九条\n"))},
    "xian-2": {"silent": True},
    SLOW: {"title": "未按照规定对从业人员进行安全生产教育和培训"},
    HOSTILE: {"number": 2, "title": "<script>alert(1)</script>的处罚", "publisher": "示例市应急管理局"},
}


def bureaus() -> tuple[Bureau, ...]:
    """Return the twelve."""
    return tuple(replace(one, **_ODD.get(one.id, {})) for one in BUREAUS)


class PublishedRegister:
    """A bureau's register and what it has published so far."""

    def __init__(self, bureau: Bureau, root: Path, key: SecretKey | None = None) -> None:
        """Make the register, as it is on its first day."""
        self.bureau, self._key = bureau, key
        golden.project(root)
        self.repository = Repository(root)
        self.log = PublicationLog(f"{bureau.id}.example", ())
        self._write()
        self.repository.commit("2026-05-01", "初次收录")

    def _write(self) -> None:
        one, write = self.bureau, self.repository.write
        code = f'统一社会信用代码: "{uscc(one.number)}"\n' if one.number else ""
        self.edit(BODY, ("示例市应急管理局\n", f"{one.body}\n{code}"), ('"990100"', f'"{one.region}"'))
        if one.publisher:
            write("catalog/bodies/bie-de-ju.yaml", f"名称: {one.publisher}\n层级: 市级\n类型: 政府部门\n")
            self.edit(LIST, ("公布主体: shi-ying-ji-guan-li-ju", "公布主体: bie-de-ju"))
        self.edit(LIST, ("示例市应急管理局", one.body))
        self.edit("catalog/site.yaml", ("权责清单公开（演示）", f"{one.body}权责清单"))
        if one.title:
            self.edit(PENALTY, ("对生产经营单位未按照规定对从业人员进行安全生产教育和培训的处罚", one.title))
        if one.silent:
            self.edit(PENALTY, (", 作用: 罚则", ""))
        if one.law:
            self.edit(LAW, *one.law)
        if one.middle:
            write("catalog/benchmarks/cljz-001.yaml", _BENCHMARK.format(middle=one.middle))
            listed = _LISTED.format(body=one.body, what="裁量基准", collection="benchmarks")
            write("catalog/lists/cai-liang-ji-zhun.yaml", listed)
        if one.lets_off:
            write("catalog/laws/xing-zheng-chu-fa-fa.yaml", _PUNISHING)
            write("catalog/exemptions/qwbf-001.yaml", _EXEMPTION)
            listed = _LISTED.format(body=one.body, what="不予处罚清单", collection="exemptions")
            write("catalog/lists/bu-yu-chu-fa.yaml", listed)
        if one.adopts:
            self._adopt(one.adopts)
        if one.own_column:
            self.edit("schema/items.schema.json", ('"备注": {', f'{_GRID}\n    "备注": {{'))
            self.edit(PENALTY, ("状态: 有效", "状态: 有效\n网格员: 第三网格的联络员"))
            self.edit(LIST, ("字段: 实施依据", "字段: 实施依据\n  - 字段: 网格员"))

    def _adopt(self, body: str) -> None:
        """Let the inspection be the one that another bureau publishes, but for who acts and a remark."""
        data, _ = yaml.read((self.repository.root / INSPECTION).read_bytes(), INSPECTION)
        record = {name: value for name, value in data.items() if name not in {"行使主体", "核对"}}
        copy = AdoptedCopy(body, "xzjc-001", "2026-05-01", "c" * 40, "d" * 64, "2026-05-02", record).text()
        path = copy_path("items", "xzjc-001")
        lock = AdoptedLock({body: SuperiorPin("https://shi.example/")}, {path: manifest.digest(copy.encode())})
        self.repository.write(path, copy)
        self.repository.write("adopted.lock", lock.text())
        own = "行使主体: [shi-ying-ji-guan-li-ju]\n备注: 与县里的计划一起\n核对: {日期: 2026-11-01, 来源: 上级}\n"
        self.repository.write(INSPECTION, f"采用: {{机关: {body}, 编号: xzjc-001}}\n{own}")

    def edit(self, path: str, *pairs: tuple[str, str]) -> None:
        """Replace texts in a file, each of which has to be there."""
        text = (self.repository.root / path).read_text("utf-8")
        for old, new in pairs:
            assert old in text, (path, old)
            text = text.replace(old, new)
        self.repository.write(path, text)

    def publish(self, data: str = "data/v1/") -> dict[str, bytes]:
        """Return the files of its site as it is now, without its pages; `data` is where its data lies."""
        root = self.repository.root
        built = prepare(root, DAY)
        assert not built.checked.errors, built.checked.errors
        head = git.head(root)
        made = (file for task in SiteFiles(built.site).tasks() for file in task.make())
        files = {path.replace("data/v1/", data): content for path, content in made}
        origin = manifest.Origin(head.id, head.tree, (), "0", "")
        listed = {path: manifest.digest(content) for path, content in files.items() if not manifest.unlisted(path)}
        content = manifest.Manifest(origin, DAY, "", demonstration=True, files=listed).content()
        self.log = self.log.after(Publication(manifest.digest(content), head.id, head.moment))
        return {**files, **dict(self.log.files([self._key] if self._key else [])), manifest.NAME: content}


@dataclass(frozen=True)
class Province:
    """What the twelve publish: at first, and later, when some of them are amiss."""

    first: Mapping[str, Mapping[str, bytes]]
    later: Mapping[str, Mapping[str, bytes]]
    commits: Mapping[str, str]
    """The first commit in each one's log."""


def province(root: Path) -> Province:
    """Make the twelve and let each publish, some of them twice."""
    registers = {one.id: PublishedRegister(one, root / one.id, KEY if one.id == "shi" else None) for one in bureaus()}
    first = {id_: one.publish() for id_, one in registers.items()}
    later = dict(first)
    for id_ in ("shi", SLOW, BROKEN, BACK):
        register = registers[id_]
        register.edit(INSPECTION, ("的监督检查", "安全生产的监督检查"))
        register.repository.commit("2026-06-01", "改检查的名称")
        later[id_] = register.publish()
    broken = later[BROKEN]
    later[BROKEN] = {**broken, "data/v1/items.json": broken["data/v1/items.json"].replace(b"100000", b"900000")}
    later[NEWER] = registers[NEWER].publish(data="data/v2/")
    later[DOWN] = {}
    later[BACK], first[BACK] = first[BACK], later[BACK]
    commits = {id_: one.log.entries[0].commit for id_, one in registers.items()}
    return Province(first, later, commits)


def some(root: Path, *ids: str) -> str:
    """Let a few of the twelve publish into folders below `root`; return a portal.yaml over them."""
    commits = {}
    for one in bureaus():
        if one.id in ids:
            register = PublishedRegister(one, root / "registers" / one.id, KEY if one.id == "shi" else None)
            write(root / "sites" / one.id, register.publish())
            commits[one.id] = register.log.entries[0].commit
    folders = {id_: f"sites/{id_}" for id_ in ids}
    return settings({id_: f"https://{id_}.example/" for id_ in ids}, commits, folders)


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files of a site into a folder."""
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def settings(
    addresses: Mapping[str, str],
    commits: Mapping[str, str],
    folders: Mapping[str, str] | None = None,
    seconds: int = 0,
) -> str:
    """Return a portal.yaml over those that have an address; `seconds` is what the slow one is given."""
    regions = [("990000", "示例省"), ("990100", "示例市"), *((one.region, one.body[:4]) for one in BUREAUS[2:])]
    lines = [
        "名称: 示例省权责清单门户",
        "网址: https://portal.example/",
        "主办单位: 开源项目",
        "区划:",
    ]
    lines += [f'  - {{代码: "{code}", 名称: {name}}}' for code, name in regions]
    lines += ["来源:"]
    for one in (one for one in bureaus() if one.id in addresses):
        lines += [f"  - 编号: {one.id}", f"    机关: {one.body}", f'    区划代码: "{one.region}"', "    领域: 应急管理"]
        lines += [f"    网址: {addresses[one.id]}"]
        if folders:
            lines += [f"    文件夹: {folders[one.id]}"]
        if seconds and one.id == SLOW:
            lines += [f"    限额: {{秒: {seconds}}}"]
        lines += [f"    公钥: {KEY.public()}"] if one.id == "shi" else [f"    首次提交: {commits[one.id]}"]
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    here = Path(sys.argv[1])
    (here / "portal.yaml").write_text(some(here, *(one.id for one in BUREAUS)), "utf-8")
