"""The place that a body's name begins with: found, and held against that of another name."""

from __future__ import annotations

import re

_REGION = re.compile(
    r"\A(?:.{0,14}?(?:自治区|自治州|自治县|省|(?<!城)市(?!场|政|容|监局|监管局)|(?<=城)市(?!管|综|建|规|更|园|绿|执|行政|运|公用|局|委)|县|(?<!社)区|州|旗|盟|镇(?!街)|(?<!城)乡|街道))+"
)
_PEERS = {"区": "县", "旗": "县", "州": "市", "盟": "市"}
"""Regions of one level: lists say 县 for a district as well."""
_SEGMENT = re.compile(r".{1,24}?(?:[省市县区州旗盟镇乡]|街道)(?![省市县区州旗盟])")
_TOWNS = re.compile(r"\A(?:乡镇|镇乡|镇街|街镇|乡、镇|乡\(镇\)|乡镇\(街道\)|镇\(街道\)|乡镇街道)")
"""What laws call towns of all kinds."""
_TOWN = re.compile(r"(?:镇|乡|街道)\Z")


def region(name: str) -> str:
    """Return the place that a name begins with: 合肥市 of 合肥市应急管理局, 县 of 县应急管理局; empty for none."""
    found = _TOWNS.match(name) or _REGION.match(name)
    return found[0] if found else ""


def without_region(name: str) -> str:
    """Return a name without its place, and without the 级 of a level: 应急管理局 of 县级应急管理局."""
    place = region(name)
    return name.removeprefix(place).removeprefix("级") if place else name


def same(said: str, own: str) -> bool:
    """Tell whether a place as it was written may be another one: in full or cut short, by its level alone, 乡镇 too."""
    if len(said) == 1:
        return _PEERS.get(said, said) == _PEERS.get(own[-1:], own[-1:])
    if _TOWNS.match(said):
        return bool(_TOWN.search(own))
    pairs = (said, own), (_key(said), _key(own))
    if any(a.endswith(b) or b.endswith(a) for a, b in pairs):
        return True
    last, ours = (_SEGMENT.findall(one)[-1:] for one in pairs[1])
    return bool(last and ours) and "族" in ours[0] and ours[0].startswith(last[0][:-1]) and last[0][-1] == ours[0][-1]


def _key(place: str) -> str:
    """Return a place as it is compared: 合肥市高新技术产业开发区 and the same without 市 are one."""
    return re.sub(r"自治(?=[州县旗])|(?<=..)[省市](?=..)", "", place)
