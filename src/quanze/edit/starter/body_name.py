"""What the name of a body tells of it: its level, its kind, the government that reconsiders its acts."""

from __future__ import annotations

import re
from typing import NamedTuple

_PLACE = "[^省市州盟县旗区]+"
_TERRITORY = re.compile(
    f"(?P<province>{_PLACE}(?:省|自治区|特别行政区)|(?:北京|上海|天津|重庆)市)?(?P<prefecture>{_PLACE}(?:州市|市|州|盟|地区))?"
    f"(?P<county>{_PLACE}(?:州区|区|县|旗))?"
)
"""Province, prefecture and county, each where it is there: 城市管理局 begins with none of them."""
_LEVELS = {"county": "县级", "prefecture": "市级", "province": "省级"}
_ZONE = re.compile(
    r"(?:开发|高新|经开|产业|园|示范|试验|实验|合作|保税|管理|度假|风景|名胜|景|(?<!浦东)(?<!滨海)新)区\Z"
)
"""An area that is no county: who set up its body, and so who reconsiders its acts, its name does not tell."""
_COMMITTEE = re.compile(r"(?<!监督)(?<!城市)管理委员会\Z")
_TOWN = re.compile(".{1,12}(?:镇|乡|苏木)人民政府")
_STREET = re.compile(".{1,12}街道办事处")
_GOVERNMENT = "人民政府"


class BodyName(NamedTuple):
    """What can be told of a body by its name alone."""

    level: str
    """Its level; empty where the name does not tell."""
    kind: str
    """What it is (类型); 待核 where the name does not tell."""
    government: str
    """The government that reconsiders its acts (行政复议法 24); empty where the name does not tell."""

    @classmethod
    def of(cls, body: str) -> BodyName:
        """Return what the name of a body tells of it."""
        found = _TERRITORY.match(body)
        parts = {name: part for name, part in found.groupdict().items() if part} if found else {}
        if _ZONE.search(parts.get("county", "")) or _COMMITTEE.search(body):
            return cls("", "政府部门" if body.endswith("局") else "待核", "")
        territory, rest = "".join(parts.values()), body[found.end() :] if found else body
        level = next((level for name, level in _LEVELS.items() if name in parts), "")
        if _STREET.fullmatch(rest):
            return cls("乡级", "派出机关", _of(territory))
        if _TOWN.fullmatch(rest):
            return cls("乡级", _GOVERNMENT, _of(territory))
        if rest == _GOVERNMENT:  # the one above; a province's reconsiders its own
            above = "".join(part for part in list(parts.values())[:-1]) or (territory if level == "省级" else "")
            return cls(level, _GOVERNMENT, _of(above))
        return cls(level, "政府部门", _of(territory))


def _of(territory: str) -> str:
    return f"{territory}{_GOVERNMENT}" if territory else ""
