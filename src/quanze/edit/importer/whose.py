"""Whose a power is: names of bodies as sheets write them, held against the register's own body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from quanze.edit.importer.region import region, same, without_region
from quanze.edit.importer.words import plain, simplified, spelt_out
from quanze.register.catalog import BODIES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quanze.register.catalog import Catalog

_BODY = re.compile(
    r"(?:局|委员会|委|厅|办公室|办|人民政府|政府|管委会|联合会|支队|总队|大队|中心|队|站|所|院|公安|海关|办事处|部)\Z"
)
_AUTHORITY = re.compile(r"[^0-9，。：:（(]{1,24}(?:局|委员会|委|厅|政府|管委会|街道办事处|支队|总队|海关)\Z")
"""The names of bodies that are no places where one goes, nor units within: a 中心, 所 or 站 may be either."""
_WITHIN = re.compile(r"(?<!办事)(?:股|科|室|处|所|站|队|中心|办)\Z")
_OF_A_COMMITTEE = re.compile(r"(?:局|办公室|部)\Z")
_ELSEWHERE = re.compile(r"公安|派出所|交警|消防|税务|司法|海关|法院|检察|支队|总队|政府|医院|学校")
_PART = re.compile(r"(?:股|科|室|处|所|站|队|中心|院|馆)\Z")
_ANOTHERS = re.compile(r"[局委厅]|公安|派出所|交警|消防|税务|司法|海关|法院|检察|总队|政府|办事处|医院|学校")
"""What stands in the name of another organ, or of its part: 县公安局森林警察大队."""
_BRANCH = re.compile(r"(?P<whole>.{2,}?局)(?P<place>.{2,6}?)[区市县]?分局\Z")
_OF_HERE = re.compile(r"(?:[本我](?:局|委|厅|办|镇|乡|街道|区|县|市|机关|单位|部门|大队|支队|中心))\Z")
_OF_THE_LEVEL = re.compile(r"(?P<level>[省市县区州旗盟])(?P<kind>[局委厅])\Z")
"""What people call their own body or that above it: 市局."""
_ALL_OF_A_LEVEL = re.compile(
    r"(?P<each>各?)(?P<levels>(?:(?:[省市县区州旗盟乡镇]|街道|(?<=镇)街)级?[（(）)、，/或和]*)+)(?!级|以上|[场政容域])"
    r"[\u4e00-\u9fff]{0,14}?(?:部门|机关|单位|(?P<place>[站所]))\Z"
)
"""What people call whoever it is at a level: 省级部门, 县级水行政主管部门, 各镇街退役军人服务站."""
_PLACES_OF_A_LEVEL = re.compile(
    r"(?:(?:各|属地|所在地?|辖区内?|有关|相关)的?)*(?P<levels>(?:(?:[乡镇市县区州旗盟]|街道|(?<=镇)街|街(?=镇))级?[（(）)、，/或和]*)+)"
    r"(?:人民政府|政府|(?:街道)?办事处|办)?[）)]?\Z"
)
"""What people call all places of a level, or that of a case: 各镇（街道）, 属地乡镇政府, 各县（市、区）."""
_COMMITTEE = "管理委员会"
_PLACES = ("人民政府", _COMMITTEE, "街道办事处", "办事处")
"""Bodies that are called by their place alone: 佛堂镇, 高新区."""
_GENERIC = re.compile(
    r"县级以上|各级|主管部门|管理部门|监督部门|监管部门|行政机关|有关部门|执法部门|相关部门|公安机关|消防救援机构"
)
_DEPARTMENT = re.compile(
    r"(?P<field>[^的、，,；;（）()\n]{2,24}?)(?:工作)?(?:行政)?(?:监督)?(?:主管|管理|监管)?(?:部门|机关)\Z"
)
"""What laws call those who are in charge of a field: 县级以上人民政府地震工作主管部门."""
_OF_A_PLACE = re.compile(
    r"\A(?:国务院|[省县区]|市(?!场|政|容)|设区的市|所在地|地方|各级|[本同上下]级|级|以上|人民|政府|和|或者|及其)+"
)
_NO_FIELD = re.compile(
    r"有关|相关|主管|行政|执法|许可|审批|监管|监督|管理|业务|行业|职能|责任|牵头|实施|决定|处罚|负有|其他|授权"
)
_MARKS = re.compile(
    r"[\n、，,；;/]+|(?<=[局委厅办府会队院所门])(?:会同|联合|商)(?=[^\n、，,；;/]{2,16}?(?:局|委|办|厅|府|部门))"
    r"|(?<=[局委厅办府会队院所])和(?=.{2,12}(?:局|委|办|厅|府))"
)
_TOGETHER = re.compile(
    r"\A(?:(?:由|与)|(?:牵头|主办|主责|责任|配合|协办|协同)(?:部门|单位|机关)?\s*[：:])"
    r"|[（(](?:牵头|主办|主责|配合|协办|协同|协助|参与)[^（）()]{0,8}[）)]|(?:牵头|主办|负责|配合|协办|协同|组织实施|联合实施|共同实施){1,9}\Z"
)
"""What is said of one body among several, and is no part of its name."""
_BESIDE = re.compile(r"[（(](?:会同|联合|商)([^（）()]{2,60})[）)]")
"""Who acts together with the body before: 县自然资源局（会同县应急管理局、县住建局）."""
_ASSISTING = re.compile(
    r"\A(?:配合|协办|协助)|[（(](?:配合|协办|协同|协助|参与)[^（）()]{0,8}[）)]|(?:配合|协办|协同|协助)(?:实施)?\Z"
)
_LEVEL = re.compile(r"(?:[省市县区州旗]|设区的市)级?")
_IN_TITLE = re.compile(
    r"(?:[0-9]{4}年(?:度|版)?)?(?P<name>.{2,24}?(?:局|委员会|委|厅|办公室|办))(?:的|[（(]|\Z|(?=权|行政|责任|职|事项|清单|目录|政务|公共|执法|监管|20))"
)
"""Whose a list is by its title, or by the name of its sheet: 市林业局权责清单（2026年）."""
_PLACED = re.compile("(?![全本各我该])[\u4e00-\u9fff]{2,10}?[省市县区州旗盟]")
_ALIAS = re.compile(r"(?<=\S)[（(][^（）()]*[）)]\Z")
"""What stands in brackets behind a name: 住房和城乡建设局（城管局）."""
_SUBORDINATE = re.compile(r"[（(](?:[本我系]?(?:局|委|厅|办)|直|下|所)(?:直|下|所)?属(?:事业)?(?:单位|机构)?[）)]\Z")
"""What says of a body that it is one below ours: 市道路运输管理局（局属）."""
_FIELD_WORDS, _SHORTEST = 2, 3
_TOWNS = "乡镇街道"
_ENDS = re.compile(r"(?:委员会|管理委员会|委|局|厅|办公室|办|中心)\Z")


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names."""

    ids: tuple[str, ...] = ()
    """The bodies of the catalog."""
    ours: tuple[str, ...] = ()
    """The words that were taken for the register's own body though they are not its name."""
    doubtful: tuple[str, ...] = ()
    """Words that may be the register's own body or another: 体育局, where it is 教育体育局."""
    others: tuple[str, ...] = ()
    """Names of other bodies that the catalog has not."""
    units: tuple[str, ...] = ()
    """Names without a region that units within a body have: 燃气办, 质安站, 法规科."""
    generic: bool = False
    """Whether the text says what the law says, as 县级以上应急管理部门, and no body by its name."""


class Bodies:
    """The bodies of a register by all names that they go by."""

    def __init__(self, catalog: Catalog, words: Mapping[str, str], titles: Sequence[str] = ()) -> None:
        self._catalog = catalog
        self._words = {plain(word): id_ for word, id_ in words.items()}
        self._said: dict[str, Named] = {}
        self.own = catalog.settings.body
        self._abroad = any(self._elsewhere(plain(one)) for one in titles if _PLACED.match(plain(one)))
        """Whether the titles over a list say another region: a body without one is of that region."""

    @cached_property
    def _names(self) -> Mapping[str, str]:
        records = self._catalog.records.get(BODIES, {})
        found = {plain(self._catalog.title(one)): id_ for id_, one in records.items()}
        found |= {id_: id_ for id_ in records}
        return found | {word: found.get(plain(to), to) for word, to in self._words.items()}

    def under(self, titles: Sequence[str]) -> Bodies:
        """Return the same as they are meant below some titles."""
        return Bodies(self._catalog, self._words, titles)

    def id_of(self, name: str) -> str:
        """Return the id of a body that is named in full or by its id; any other word as it is."""
        return self._names.get(plain(name), name)

    @cached_property
    def _own_name(self) -> str:
        own = self._catalog.record(BODIES, self.own)
        return plain(self._catalog.title(own)) if own else ""

    @cached_property
    def _place(self) -> str:
        """Where the register's own body is."""
        return region(spelt_out(self._own_name))

    @cached_property
    def _title(self) -> str:
        """The register's own body without its region, spelt out: 应急管理局."""
        return without_region(spelt_out(self._own_name))

    @cached_property
    def _former(self) -> tuple[str, ...]:
        return tuple(one.old for one in self._catalog.settings.former_names if one.new in self._title)

    def named(self, text: str) -> Named:
        """Return what a cell or a heading names; rows say the same many times."""
        if text not in self._said:
            self._said[text] = self._named(text)
        return self._said[text]

    def _named(self, text: str) -> Named:
        ids: dict[str, None] = {}
        ours, doubtful, others, units, generic = [], [], [], [], False
        text = simplified(text)
        whole = self._names.get(plain(text))
        if not whole and (self._of_other_places(text) or self._of_another_level(text)):
            return Named(others=(text,))
        for said in [text] if whole else _parts(text):
            part = said if whole else _TOGETHER.sub("", said)
            known = self._names.get(plain(part))
            part = part if known else _ALIAS.sub("", part)
            assists = not whole and _ASSISTING.search(said)  # who only does that has no such power
            if assists or (not known and self._branch_of(part)):
                others.append(said)
            elif known:
                ids[known] = None
            elif self.is_own(part):
                ids |= {self.own: None} if self.own else {}
                ours.append(part)
            elif self._is_unit(part):
                units.append(part)
            elif _SUBORDINATE.search(said) or self._may_be_ours(part):
                doubtful.append(part)
            elif _GENERIC.search(part) or not _BODY.search(plain(part)):
                generic = True
            else:
                others.append(part)
        return Named(tuple(ids), tuple(ours), tuple(doubtful), tuple(others), tuple(units), generic)

    def _may_be_ours(self, text: str) -> bool:
        return self._alike(text) or self._may_be_part(text) or self._of_another_field(text)

    def _is_unit(self, text: str) -> bool:
        """Tell whether a name is one of a unit: 燃气办, of a town 镇畜牧站; a committee's bureaus are, too."""
        word = plain(text)
        place = region(spelt_out(word))
        if _GENERIC.search(word) or _ELSEWHERE.search(word) or (place and not self._is_here(place)):
            return False
        if self._title == _COMMITTEE:
            return bool(_WITHIN.search(word) or _OF_A_COMMITTEE.search(word))
        asked = place and not self._place.endswith(("镇", "乡", "街道"))
        return bool(not asked and _WITHIN.search(word))

    def _is_here(self, place: str) -> bool:
        return bool(self._place) and same(place, self._place)

    @cached_property
    def _branch(self) -> tuple[str, str]:
        """Whose branch the register's own body is, without its region, and where: (生态环境局, 义乌)."""
        found = _BRANCH.match(spelt_out(self._own_name))
        return (without_region(found["whole"]), found["place"]) if found else ("", "")

    def _branch_of(self, text: str) -> bool:
        """Tell whether a name is that of the body whose branch the register's own is: 市生态环境局."""
        word = spelt_out(plain(text))
        return bool(self._branch[0]) and without_region(word) == self._branch[0] and not self._of_branch(region(word))

    def _of_branch(self, place: str) -> bool:
        return bool(self._branch[1]) and self._branch[1] in (place, place[:-1])

    def _may_be_part(self, text: str) -> bool:
        """Tell whether a name of our place is one of a unit and no other organ's: 县水土保持站, 市学生资助中心."""
        word = plain(text).removeprefix("各")
        place = region(word)
        if not place or self._abroad or not (same(place, self._place) or self._of_branch(place)):
            return False
        name = word.removeprefix(place)
        return bool(name and _PART.search(name)) and not (_ANOTHERS.search(name) or _GENERIC.search(name))

    def is_own(self, text: str) -> bool:
        """Tell whether a name is one of the register's own body, if not in full: 市应急局, 本局, 县安监局, 市监局."""
        word = plain(text)
        if _OF_HERE.match(word):
            return True
        if level := _OF_THE_LEVEL.match(word):
            return same(level["level"], self._place) and self._title.endswith(level["kind"])
        if _GENERIC.search(word) or not self._title or self._elsewhere(word):
            return False
        bare, whole = without_region(word), without_region(spelt_out(word))
        if self._abroad and bare == word:
            return False
        if any(bare.startswith(one) for one in self._former):
            return True
        if not whole:
            return self._title in _PLACES
        usual = whole != bare and bare[-1:] == self._title[-1:] and _in_order(bare, self._title)
        named = usual or _short(whole, self._title) or (whole.startswith(self._title) and _BODY.search(word))
        return bool(named) and not any(_short(bare, one) for one in self._others)

    def _elsewhere(self, word: str) -> bool:
        """Tell whether a name says another region than the register's own: 长安区…, 县…, where that is a city."""
        said = region(spelt_out(word))
        return bool(said and self._place) and not same(said, self._place) and not self._of_branch(said)

    def _of_another_level(self, text: str) -> bool:
        """Tell whether a text names, by their level alone, bodies of which the register's own is none: 省级部门."""
        found = _ALL_OF_A_LEVEL.match(plain(text))
        return bool(found and (found["each"] or not found["place"]) and self._is_of_none(found["levels"]))

    def _of_other_places(self, text: str) -> bool:
        """Tell whether a text names places by their level alone, and the register's own body is of none of these."""
        found = _PLACES_OF_A_LEVEL.match(plain(text))
        if not found or len(found[0]) < _FIELD_WORDS or _COMMITTEE in self._title:
            return False
        return self._is_of_none(found["levels"])

    def _is_of_none(self, levels: str) -> bool:
        """Tell whether the register's own body is known to be at none of these levels."""
        said = {_TOWNS if one in _TOWNS else one for one in levels if one in _TOWNS or one in "省市县区州旗盟"}
        return bool(said and self._place) and not any(same(one, self._place) for one in said)

    @cached_property
    def _others(self) -> tuple[str, ...]:
        """The other bodies of the register without their regions."""
        titles = (plain(self._catalog.title(one)) for one in self._catalog.records.get(BODIES, {}).values())
        return tuple(bare for one in titles if spelt_out(bare := without_region(one)) != self._title)

    def _alike(self, text: str) -> bool:
        """Tell whether a name may be the register's own body: it begins so, or has its letters but for the last."""
        word = spelt_out(plain(text))
        bare = without_region(word)
        stem = _ENDS.sub("", bare)
        if not self._title or len(stem) < _FIELD_WORDS or _GENERIC.search(bare) or not _BODY.search(bare):
            return False
        if (self._elsewhere(word) and not word.startswith("各")) or bare.endswith("总局"):
            return False
        if bare.endswith("部") and not self._title.endswith("部"):  # a ministry
            return False
        return bare.startswith(self._title[:_FIELD_WORDS]) or _in_order(stem, _ENDS.sub("", self._title))

    def _of_another_field(self, text: str) -> bool:
        """Tell whether a text names, as laws do, who is in charge of a field that is not in our name: 地震部门."""
        found = _DEPARTMENT.match(plain(text))
        field = _OF_A_PLACE.sub("", found["field"]) if found else ""
        if not self._title or len(field) < _FIELD_WORDS or _NO_FIELD.match(field):
            return False
        return not any(field[:_FIELD_WORDS] in name for name in (self._title, *self._former))

    def is_other(self, text: str) -> bool:
        """Tell whether a heading is the name of another body: what stands below is not ours."""
        found = self.named(text)
        return bool(found.others) and not found.ids and not found.ours and not found.doubtful and len(plain(text)) > 2  # noqa: PLR2004


def titled(title: str) -> str:
    """Return the body whose list has this title, as it is called there; empty where it names none."""
    found = _IN_TITLE.match(plain(title))
    return found["name"] if found else ""


@lru_cache(8_192)
def is_body(text: str) -> bool:
    """Tell whether all that a text names are bodies by their names, none a unit, a place or what the law calls them."""
    parts = _named(text)
    return bool(parts) and all(
        _AUTHORITY.search(one) and len(one) >= _SHORTEST and not _GENERIC.search(one) for one in parts
    )


def may_be_body(text: str) -> bool:
    """Tell whether a text names, in any way that sheets do, a body, a unit of one or a place called for its own."""
    return any(
        _BODY.search(one) or _WITHIN.search(one) or _OF_HERE.match(one) or _GENERIC.search(one) or region(one) == one
        or _DEPARTMENT.match(one)
        for one in _named(text)
    )  # fmt: skip


def _named(text: str) -> list[str]:
    """Return the names in a text, each as it is looked up."""
    return [plain(_ALIAS.sub("", _TOGETHER.sub("", one))) for one in _parts(simplified(text))]


def _parts(text: str) -> list[str]:
    """Return the bodies of a text; 市、县应急管理局 are two of them."""
    parts = [one.strip() for one in _MARKS.split(_BESIDE.sub(r"、\1", text)) if one.strip()]
    for place in range(len(parts) - 2, -1, -1):
        if _LEVEL.fullmatch(parts[place]):
            parts[place] += without_region(plain(parts[place + 1]))
    return parts


def _short(word: str, title: str) -> bool:
    """Tell whether a word is a name cut short: its first and last signs and some between in their order.

    规划局 is no 自然资源和规划局, nor is 科技局 a 工业信息化和科学技术局: these may well be bodies of their own.
    """
    word, title = (one.replace("委员会", "委") for one in (word, title))
    if word == title:
        return True
    whole = len(word) >= _SHORTEST and (word[0], word[-1]) == (title[:1], title[-1:]) and _BODY.search(word)
    return bool(whole) and _in_order(word, title) and not title.endswith(word)


def _in_order(word: str, title: str) -> bool:
    letters = iter(title)
    return bool(title) and all(one in letters for one in word)
