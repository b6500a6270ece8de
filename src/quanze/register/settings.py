"""The settings of a site (site.yaml): who publishes, where it stands, what it says of itself, its terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.value import mapping, number, rows, text, texts
from quanze.io.file import held
from quanze.io.yaml import MOST, read
from quanze.law.citation import BASIS
from quanze.law.fine import UPPER
from quanze.register.tree import CATALOG, SITE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from quanze.base.model import Value

URL, HOST, OFFICE, CONTACT, COLUMN = "网址", "主办单位", "承办单位", "联系方式", "栏目"
DEMONSTRATION, BEGINNING, LOGO, EDITING = "演示", "历史起点", "标志", "编辑"
REVIEWS, LOG, KEY = "公开待复核", "公布日志", "公钥"
OF_A_GOVERNMENT_SITE = ("网站标识码", "ICP备案号", "公安备案号")
_OWN, _INTRANET = "独立网站", "内网"
REQUIRED: Mapping[str, tuple[str, ...]] = {
    _OWN: (URL, OFFICE, CONTACT, *OF_A_GOVERNMENT_SITE),
    COLUMN: (URL, OFFICE, CONTACT),
    _INTRANET: (OFFICE, CONTACT),
}
"""What a real site has to say, by where it stands.

A column has the numbers of the site that it stands on, and what nobody outside sees is not filed.
"""
_COLOURS, _MAIN, _SCHEMES, _WRITTEN = "颜色", "主色", "编码方案", "写法"
_NAME, _LICENCE = "名称", "数据许可"
_WAIVERS, _RULE, _UNTIL = "豁免", "规则", "截止"


@dataclass(frozen=True, slots=True)
class SiteColumn:
    """The column (栏目) of another site that this one is; nothing is told of a site of its own."""

    title: str
    intro: str
    keywords: tuple[str, ...]
    type: str

    @classmethod
    def of(cls, data: Mapping[str, Value]) -> SiteColumn:
        """Return what 栏目 tells."""
        return cls(text(data.get(_NAME)), text(data.get("简介")), texts(data.get("关键词")), text(data.get("类别")))


@dataclass(frozen=True, slots=True)
class Licence:
    """On what terms others may use the published data (数据许可); empty where the bureau has not said."""

    name: str
    url: str

    @classmethod
    def of(cls, data: Mapping[str, Value]) -> Licence:
        """Return what 数据许可 tells."""
        return cls(text(data.get(_NAME)), text(data.get(URL)))


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What a site says that is not a bureau's own; what it does not say is empty."""

    on: bool
    fictitious: bool
    bureau: str
    official: str
    checked: str
    left: str

    @classmethod
    def of(cls, data: Mapping[str, Value]) -> Demonstration:
        """Return what 演示 tells."""
        on = data.get("启用") is True
        words = (text(data.get(name)) for name in ("示例机关", "官方渠道", "法律核对至", "未包括"))
        return cls(on, on and data.get("虚构") is True, *words)


@dataclass(frozen=True, slots=True)
class Correction:
    """Where readers tell a mistake (纠错); what is not named is empty."""

    url: str
    mail: str
    phone: str

    @classmethod
    def of(cls, data: Mapping[str, Value]) -> Correction:
        """Return what 纠错 tells."""
        return cls(text(data.get(URL)), text(data.get("邮箱")), text(data.get("电话")))


@dataclass(frozen=True, slots=True)
class CodeScheme:
    """A local scheme of codes (编码方案)."""

    name: str
    pattern: str
    """What a whole code matches, as it is written."""

    @classmethod
    def of(cls, data: Mapping[str, Value]) -> CodeScheme:
        """Return what one entry tells."""
        return cls(text(data.get("方案")), text(data.get(_WRITTEN)))

    @staticmethod
    def place(index: int) -> str:
        """Return the pointer to the pattern of an entry."""
        return f"/{_SCHEMES}/{index}/{_WRITTEN}"


@dataclass(frozen=True, slots=True)
class FormerName:
    """A body that was dissolved or renamed (旧机构名称)."""

    old: str
    new: str

    @classmethod
    def of(cls, data: Mapping[str, Value]) -> FormerName:
        """Return what one entry tells."""
        return cls(text(data.get("旧称")), text(data.get("现称")))


@dataclass(frozen=True, slots=True)
class FineLimit:
    """The highest fine that a rule of some rank may set (规章罚款限额)."""

    rank: str
    most: int
    basis: str

    @classmethod
    def of(cls, data: Mapping[str, Value]) -> FineLimit:
        """Return what one entry tells."""
        return cls(text(data.get("位阶")), number(data.get(UPPER)), text(data.get(BASIS)))


@dataclass(frozen=True, slots=True)
class Waiver:
    """A review that the bureau has looked at and lets stand for a while (豁免)."""

    rule: str
    record: str
    """collection/id, or the path of a file that is no record."""
    reason: str
    until: str
    """The last day on which it holds."""

    @classmethod
    def of(cls, data: Mapping[str, Value]) -> Waiver:
        """Return what one entry tells."""
        return cls(*(text(data.get(name)) for name in (_RULE, "记录", "理由", _UNTIL)))

    @staticmethod
    def place(index: int, part: str = "") -> str:
        """Return the pointer to an entry, to its `rule` or to `until`."""
        return f"/{_WAIVERS}/{index}" + {"": "", "rule": f"/{_RULE}", "until": f"/{_UNTIL}"}[part]


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose signatures on editions count (可信时间)."""

    roots: tuple[str, ...]
    """The certificates of time-stamp authorities' roots, PEM."""
    signers: tuple[tuple[str, str], ...]
    """(who, the SSH key's line)."""

    @classmethod
    def of(cls, data: Mapping[str, Value]) -> Trust:
        """Return what 可信时间 tells."""
        signers = ((text(row.get(_NAME)), text(row.get(KEY))) for row in rows(data.get("签名人")))
        return cls(texts(data.get("根证书")), tuple(signers))


@dataclass(frozen=True, slots=True)
class Settings:
    """What site.yaml says; what it does not say is empty, 0 or None."""

    title: str
    intro: str
    examples: tuple[str, ...]
    url: str
    """The permanent address, ending in a slash."""
    body: str
    """The id of the body that publishes (本机关)."""
    host: str
    domain: str
    code: str
    """The code of a government site."""
    column: SiteColumn
    standing: str
    """Where it stands, a key of `REQUIRED`."""
    colour: str
    logo: str
    beginning: str
    """Where the register's own history begins: a day, that day included, or the commit before it."""
    licence: Licence
    editing: bool
    offline: bool
    """Whether visitors' browsers keep the site for when there is no network."""
    edit_base: str
    correction: Correction
    demonstration: Demonstration
    shows_reviews: bool
    check_period: int
    """In days; 0 where none is set."""
    apply_within: int | None
    """Working days from an event to the application for an adjustment."""
    publish_within: int | None
    """Working days from the approval of an adjustment to its publication."""
    code_schemes: tuple[CodeScheme, ...]
    former_names: tuple[FormerName, ...]
    fine_limits: tuple[FineLimit, ...]
    waivers: tuple[Waiver, ...]
    log_key: str
    """The public key of the publication log, one line."""
    witnesses: tuple[str, ...]
    """The public keys of those who cosign it."""
    trust: Trust

    @classmethod
    def of(cls, data: Mapping[str, Value]) -> Settings:
        """Return the settings that site.yaml holds; those of a file at fault are empty."""
        limits = mapping(data.get("期限"))
        return cls(
            title=text(data.get(_NAME)),
            intro=text(data.get("简介")),
            examples=texts(data.get("搜索示例")),
            url=text(data.get(URL)),
            body=text(data.get("本机关")),
            host=text(data.get(HOST)),
            domain=text(data.get("网站域名")),
            code=text(data.get(OF_A_GOVERNMENT_SITE[0])),
            column=SiteColumn.of(mapping(data.get(COLUMN))),
            standing=text(data.get("发布方式", COLUMN if COLUMN in data else _OWN)),
            colour=text(mapping(data.get(_COLOURS)).get(_MAIN)),
            logo=text(data.get(LOGO)),
            beginning=text(data.get(BEGINNING)),
            licence=Licence.of(mapping(data.get(_LICENCE))),
            editing=data.get(EDITING) is True,
            offline=data.get("离线") is True,
            edit_base=text(data.get("编辑地址")),
            correction=Correction.of(mapping(data.get("纠错"))),
            demonstration=Demonstration.of(mapping(data.get(DEMONSTRATION))),
            shows_reviews=data.get(REVIEWS) is True,
            check_period=number(data.get("核对周期")),
            apply_within=number(limits["申请工作日"]) if "申请工作日" in limits else None,
            publish_within=number(limits["公布工作日"]) if "公布工作日" in limits else None,
            code_schemes=tuple(map(CodeScheme.of, rows(data.get(_SCHEMES)))),
            former_names=tuple(map(FormerName.of, rows(data.get("旧机构名称")))),
            fine_limits=tuple(map(FineLimit.of, rows(data.get("规章罚款限额")))),
            waivers=tuple(map(Waiver.of, rows(data.get(_WAIVERS)))),
            log_key=text(mapping(data.get(LOG)).get(KEY)),
            witnesses=texts(mapping(data.get(LOG)).get("见证")),
            trust=Trust.of(mapping(data.get("可信时间"))),
        )

    @classmethod
    def load(cls, root: Path) -> Settings:
        """Return the settings of a project without a check; empty where its site.yaml cannot be read."""
        data, _ = read(held(root / CATALOG / f"{SITE}.yaml", MOST), SITE)
        return cls.of(mapping(data))


COLOUR = f"/{_COLOURS}/{_MAIN}"
"""The pointer to the register's own colour."""
