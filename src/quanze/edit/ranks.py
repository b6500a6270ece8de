"""What a title, or the number of a promulgation, proves of an instrument's rank."""

from __future__ import annotations

import re

_STATE = "中华人民共和国"
_NUMBER = re.compile(
    r"[^（）()《》，,；;\s]{0,30}?(?:令\s*(?:\S{0,12}?第?\s*[0-9一二三四五六七八九十百千零〇]{1,9}\s*号)?|[〔\[［(（]?[0-9]{4}[〕\]］)）]?\s*第?[0-9]{1,9}\s*号"
    r"|第?[0-9]{1,9}号)"
)
_DAY = re.compile(
    rf"\A(?:(?:根据|经|由)?[0-9]{{4}}年(?:[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?)?(?:以|由|经)?)?(?:{_STATE})?(?=.)"
)
"""A day, and the state, that stand before the number."""
REGION = r"\A.{2,12}?(?:省|自治区|市|自治州|县|(?<![护胜园社发矿林景库灾特])区)(?!域|别|分|划|场|容|政)"
"""How the title of a region's own instrument begins."""
_BY_NUMBER = (
    (re.compile(r"国务院令"), "行政法规"),
    (re.compile(r"主席令"), "法律"),
    (re.compile(r"(?:人民)?政府令"), "地方政府规章"),
    (re.compile(r"国发|国办发|国函"), "国务院文件"),
    (re.compile(r"(?:人大|人民代表大会|常委会|常务委员会)\S{0,8}公告"), "地方性法规"),
    (re.compile(r"(?:总局|部|局|委员会|委|署|厅|行)\S{0,6}令|部令|局令|联合令"), "部门规章"),
)
"""Which numbers prove a rank."""
_BY_TITLE = (
    (re.compile(r"\A国务院.{0,40}决定\Z"), "国务院决定"),
    (re.compile(r"\A(?:国务院|国务院办公厅|国办|中共中央).{0,60}(?:通知|意见|方案|批复|函)\Z"), "国务院文件"),
    (re.compile(r"职能配置|主要职责|内设机构|机构编制|三定"), "三定规定"),
    (re.compile(r"(?<![办方])法\Z|法典\Z|民法[通总]则\Z"), "法律"),
    (re.compile(rf"{REGION}.*条例\Z"), "地方性法规"),
    (re.compile(r"条例\Z"), "行政法规"),
    (re.compile(r"(?:通知|意见|方案|批复|函|指南|通告|公告)\Z"), "规范性文件"),
)
"""Which titles do; 办法, 规定 and 细则 are of any rank below the laws."""


def number_in(remark: str) -> str:
    """Return the number in a remark on an instrument, without the day before it: 国务院令第493号."""
    bare = re.sub(r"《[^》]{0,200}》", "", remark.strip().lstrip("（("))
    found = _NUMBER.search(bare)
    return _DAY.sub("", re.sub(r"\s+", "", found[0])) if found else ""


def is_number(title: str) -> bool:
    """Tell whether a title is itself a number: the sheet says no other name, 应急管理部令第2号."""
    return bool(_NUMBER.fullmatch(title))


def by_number(number: str) -> str:
    """Return the rank that a number proves; empty where it proves none."""
    return next((rank for pattern, rank in _BY_NUMBER if pattern.search(number)), "")


def by_title(title: str) -> str:
    """Return the rank that a title proves; empty where it proves none: 办法 are of any rank below the laws."""
    return next((rank for pattern, rank in _BY_TITLE if pattern.search(bare(title))), "")


def bare(title: str) -> str:
    """Return a title without what stands in brackets behind it: （试行）."""
    return re.sub(r"[（(][^）)]{0,200}[）)]\Z", "", title)
