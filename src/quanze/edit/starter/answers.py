"""What a new register is to be: the answers that `quanze init` asks for."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.edit.spelling import initials
from quanze.edit.starter import package
from quanze.form import kinds
from quanze.form.words import near

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OWN_SITE, COLUMN, INTRANET = "独立网站", "栏目", "内网"
PLACES = (COLUMN, OWN_SITE, INTRANET)
ALL, ENFORCEMENT = "权责清单", "执法事项目录"
ENFORCED = ("行政处罚", "行政强制")
"""The powers that a directory of enforcement (综合行政执法事项指导目录) holds."""
_SERVICES = ("公共服务", "其他行政权力")
"""Types of power under which dealing with an application for information can stand."""

SEVERAL = re.compile(r"[、，,；;\n]")
"""What parts several answers to one question."""


@dataclass(frozen=True, slots=True)
class NewRegister:
    """What distinguishes one new register from another; everything else is the same in all."""

    bureau: str = "示例县市场监督管理局"
    level: str = "县级"
    government: str = ""
    """The government that reconsiders the bureau's acts; empty where there is none, or it is not known."""
    region: str = ""
    address: str = ""
    place: str = COLUMN
    lists: tuple[str, ...] = (ALL,)
    types: tuple[str, ...] = ()
    """Types of power, own words included; empty for all that the form has."""
    laws: tuple[str, ...] = ()
    """Titles of instruments besides those that the powers themselves need."""

    @property
    def example(self) -> str:
        """The type of the example item: one under which a power of every bureau can stand, or just the first."""
        return next((type_ for type_ in _SERVICES if type_ in self.types), self.types[0])

    @property
    def fitting(self) -> bool:
        """Whether the example item is one of its type; else it only shows how items are written, and stays a draft."""
        return self.example in _SERVICES

    def data(self) -> dict[str, object]:
        """Return the answers as they are kept for the next upgrade."""
        return asdict(self)

    @staticmethod
    def of(data: Mapping[str, object]) -> NewRegister:
        """Return answers that were kept; what is not known any more is left out."""
        known = {field.name for field in fields(NewRegister)}
        kept = {name: tuple(one) if isinstance(one, list) else one for name, one in data.items() if name in known}
        return NewRegister(**kept)  # type: ignore[arg-type]

    def completed(self) -> NewRegister:
        """Return the answers with what follows from them; a Fault where one cannot be."""
        vocabulary = package.power_types()
        own = [one for one in dict.fromkeys(self.types) if one not in vocabulary]
        types = (*(one for one in vocabulary if not self.types or one in self.types), *own)
        for name in own:
            if SEVERAL.search(name) or not initials(name):
                raise Fault(f"--type：{kinds.POWERTYPE.name}「{name}」不对；写一类的名称，几类的分开写")
        _among("--level", self.level, package.levels(), kinds.LEVEL.name)
        _among("--place", self.place, PLACES, "发布方式")
        for name in self.lists:
            _among("--list", name, [ALL, ENFORCEMENT, *package.further()], "清单")
        if ENFORCEMENT in self.lists and not {*ENFORCED} & {*types}:
            raise Fault(f"{ENFORCEMENT}列的是{'、'.join(ENFORCED)}，而职权类型里都没有；请加上，或者不要这张清单")
        return replace(self, types=types, lists=tuple(dict.fromkeys(self.lists)), laws=tuple(dict.fromkeys(self.laws)))


def _among(option: str, value: str, words: Sequence[str], what: str) -> None:
    if value not in words:
        raise Fault(f"{option}：{what}「{value}」不对{near(value, words)}；可以是：{'、'.join(words)}")
