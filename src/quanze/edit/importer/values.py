"""What a cell says: text → the value of a field, as strangers write it; what cannot be read is said, never guessed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.parallel import parallel_map
from quanze.edit import cells
from quanze.edit.importer import duties
from quanze.edit.importer.bases import apart, basis
from quanze.edit.importer.fees import fee, unlabelled
from quanze.edit.importer.spread import level_part
from quanze.edit.importer.words import counted, meanings, money, plain, simplified, subtypes, typical_names, unit
from quanze.form import kinds
from quanze.law.codes import AssignedCode
from quanze.law.fee import CHARGED
from quanze.law.instrument import UNVERIFIED
from quanze.law.numerals import number
from quanze.register.catalog import BODIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from quanze.base.model import Value
    from quanze.edit.importer.target import Target
    from quanze.edit.importer.whose import Bodies
    from quanze.form import Field
    from quanze.law.citation import Citation
    from quanze.register.catalog import Catalog
    from quanze.register.settings import CodeScheme

_PART = 500
"""Texts that one process reads at a time."""
_LONGEST_TYPE = 12
_SUBTYPE = re.compile(r"\A(?P<type>[^-—－/（(：:·、,，]+)[-—－/（(：:·]+(?P<sub>[^）)]+)[）)]?\Z")
_AROUND = re.compile(
    r"\A(?:[(]?[一二三四五六七八九十0-9]{1,3}[)]?[、.])|\A[(]?(?:[A-Za-z]?[0-9]{1,4}|[A-Za-z])[)]?类?[-_—:、.]?(?=[一-鿿])"
    r"|(?<=[一-鿿])[-_—]?[(]?[A-Za-z]?[0-9]{1,4}[)]?\Z|(?<![。;,、])[。;,、]+\Z"
)
"""The number or the code of a type in somebody's system, and what closes a line: A行政许可, 行政处罚（02）."""
_KIND = re.compile(r"(?:类别|类事项|类|事项|权)\Z")
"""What stands around the word for a type and says no more: 行政处罚权, 行政许可事项."""
_FRAME = re.compile(r"\A[(]?[一二三四五六七八九十0-9]{1,3}[)]?[、.]?|[(][^()]*[0-9]+[^()]*[)]\Z|共?[0-9]{1,4}项?\Z")
"""What stands before and after the type in a heading: its number and how many there are."""
_CHINESE_DATE = re.compile(
    r"(?P<year>[〇○零一二三四五六七八九]{4})年(?P<month>[一二三四五六七八九十]{1,3})月(?P<day>[一二三四五六七八九十]{1,3})日\Z"
)
_SINCE = re.compile(
    r"[自从于由]?(?P<day>[0-9〇○零一二三四五六七八九].*[0-9日])(?:起|起?(?:开始)?(?:施行|实施|执行|生效|启用))?[。；;]?\Z"
)
"""The words around the day from which something holds: 自2024年5月20日起施行."""
_MARKS = re.compile(r"[\n、，,；;/]+")
_LEVEL = re.compile(r"\A(?P<level>[^：:（(\n]{1,10})(?:[：:]\s*(?P<power>.+))?\Z", re.DOTALL)
_BRACKETED = re.compile(r"([^（）()]*)(?:[（(](?![省市县区旗州镇乡街道及和或]*[）)])([^（）()]*)[）)])?\Z")
_AUTHORITIES = re.compile(r"(?P<level>\S{1,6}?级)(?!以[上下])(?:\S{0,16}(?:部门|机构|机关|政府))?(?:负责)?\Z")
_PLAIN_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{2,39}\Z")
_SERIAL = re.compile(r"[0-9]{5}\Z")


class Typed(NamedTuple):
    """A type of power as a cell says it."""

    type: str = ""
    subtype: str = ""


class Values:
    """What reads the cells of one form's sheets."""

    def __init__(self, catalog: Catalog, bodies: Bodies, words: Mapping[str, Mapping[str, str]]) -> None:
        self._catalog, self._bodies = catalog, bodies
        self._words = {name: {plain(word): to for word, to in table.items()} for name, table in words.items()}
        self._known: dict[tuple[str, tuple[str, ...]], Mapping[str, str]] = {}
        self._read: dict[tuple[int, str], Value] = {}
        self._lines: dict[str, list[Citation]] = {}

    def read(self, text: str, field: Field) -> Value:
        """Return the value that a text gives to a field; raises ValueError with a sentence where it gives none.

        Lists say the same many times: what was read is kept, and shared by all that say it.
        """
        key = (id(field), text)
        if key not in self._read:
            self._read[key] = self._value(text, field)
        return self._read[key]

    def of(self, text: str, field: Field, targets: Sequence[Target]) -> Value:
        """Return the value that the text of some columns gives to their field; raises ValueError as `read` does."""
        if targets[0].tick and field.kind is kinds.TEXT:
            text = text.replace("\n", "、")
        names = [one.stage for one in targets if one.stage]
        found: Value = duties.of_columns(text, names) if names else self.read(text, field)
        return found

    def prepare(self, texts: Iterable[str], field: Field) -> None:
        """Read many texts of a field on every core, before they are asked for one by one."""
        asked = [text for text in dict.fromkeys(texts) if text and (id(field), text) not in self._read]
        parts = [asked[n : n + _PART] for n in range(0, len(asked), _PART)]
        found = parallel_map(lambda part: [self._value(text, field) for text in part], parts, "读依据")
        for part, values in zip(parts, found, strict=True):
            self._read |= {(id(field), text): value for text, value in zip(part, values, strict=True)}

    def _value(self, text: str, field: Field) -> Value:
        own = self._words.get(field.name, {})
        if own and plain(text) in own:
            to = own[plain(text)]
            answer = self._bodies.id_of(to) if field.collection == BODIES else to
            return [answer] if field.many else answer
        reader = _READERS.get(field.kind.name)
        value = reader(self, text, field) if reader else None
        if value is not None:
            return value
        if field.choices:
            return self._chosen(text, field)
        if field.fields and not field.many and CHARGED in field.fields:
            return self._fee(text, field)
        if level_part(field):
            return self._levels(text, field)
        return cells.read(text, field, self._catalog)

    def typed(self, text: str, field: Field) -> Typed:
        """Return the type and subtype that a text says, or nothing."""
        known = self._choices(field)
        word = _AROUND.sub("", plain(text))
        for one in (word, _KIND.sub("", word)):
            if one in known:
                return self._allowed(Typed(known[one]), field)
        found = _SUBTYPE.match(word)
        if found and found["type"] in known and not ("/" in word and found["sub"] in known):
            return self._allowed(Typed(known[found["type"]], found["sub"]), field)
        for sub in subtypes():
            if word.endswith(sub) and word.removesuffix(sub) in known:
                return self._allowed(Typed(known[word.removesuffix(sub)], sub), field)
        words = [known[one] for one in map(plain, text.split()) if one in known]
        # letters that are alike prove nothing: 行政处分 is no 行政处罚
        return self._allowed(Typed(words[0]), field) if len(words) == 1 else Typed()

    def is_type(self, text: str, field: Field) -> bool:
        """Tell whether a text is a type of power and nothing else."""
        return len(text) < _LONGEST_TYPE and self._choices(field).get(plain(text), "") in field.choices

    def _choices(self, field: Field) -> Mapping[str, str]:
        """Return all that means one of a field's words, by the plain text."""
        key = (field.name, field.choices)
        if key not in self._known:
            own = self._words.get(field.name, {})
            self._known[key] = {**meanings(field.kind.name, field.choices), **own}
        return self._known[key]

    def typed_within(self, text: str, field: Field) -> Typed:
        """Return the one type that a heading, title or sheet's name names: 五、行政许可（40项）; none for several."""
        whole = self.typed(_FRAME.sub("", plain(text)), field)
        if whole.type:
            return whole
        word, found = plain(text), set()
        for name, type_ in sorted(self._choices(field).items(), key=lambda one: -len(one[0])):
            if len(name) > 3 and name in word and type_ in field.choices:  # noqa: PLR2004 — 许可 alone may be a name
                found.add(type_)
                word = word.replace(name, "")
        return Typed(found.pop()) if len(found) == 1 else Typed()

    def typed_by_name(self, name: str, field: Field) -> str:
        """Return the type that names like this one have; empty where that is not clear."""
        word = re.sub(r"[（(][^）)]{0,200}[）)]\Z", "", plain(name))
        return next((one for pattern, one in typical_names() if pattern.search(word) and one in field.choices), "")

    @staticmethod
    def _allowed(found: Typed, field: Field) -> Typed:
        return found if found.type in field.choices else Typed()

    def _chosen(self, text: str, field: Field) -> Value:
        known = self._choices(field)
        parts = [text] if not field.many or plain(text) in known else [one for one in _MARKS.split(text) if one.strip()]
        found = []
        for part in parts:
            word = known.get(plain(part)) or (self._level(part, known) if field.kind is kinds.LEVEL else "")
            if word not in field.choices:
                return cells.read(text, field, self._catalog)
            found.append(word)
        return [*dict.fromkeys(found)] if field.many else found[0]

    @staticmethod
    def _level(text: str, known: Mapping[str, str]) -> str:
        """Return the level of the authorities that a text names: 县级应急管理部门; empty for none."""
        found = _AUTHORITIES.match(plain(text))
        return known.get(found["level"], "") if found else ""

    def _levels(self, text: str, field: Field) -> Value:
        """Return levels with what each may do: 市级、县级, or a line each."""
        part = level_part(field)
        inner = field.fields[part]
        known = self._choices(inner)
        words = [one.strip() for one in _MARKS.split(text) if one.strip()]
        other = next((name for name in field.fields if name != part), "")
        said = [
            ("", "") if one is None else (plain(one[1]), one[2]) for one in map(_BRACKETED.match, dict.fromkeys(words))
        ]
        if said and all(level in known for level, _ in said):  # 省级、市级（委托）
            return [{part: known[level], **({other: power} if power and other else {})} for level, power in said]
        found: list[dict[str, Value]] = []
        for line in (one.strip() for one in re.split(r"[\n；;]+", text) if one.strip()):
            told = _LEVEL.match(line)
            level = known.get(plain(told["level"])) if told else None
            if level and told:
                power = (told["power"] or "").strip()
                found.append({part: level, **({other: power} if power and other else {})})
            elif found and found[-1].get(other):  # what the level before may do goes on
                found[-1][other] = f"{found[-1][other]}；{line}"
            else:
                return cells.read(text, field, self._catalog)
        return found

    def _fee(self, text: str, field: Field) -> Value:
        """Return what cells say of a fee, in our own words or in theirs; raises ValueError as `fee` does."""
        try:
            return cells.read(unlabelled(text), field, self._catalog)
        except ValueError:
            return fee(text, self._catalog).data()

    def date(self, text: str, field: Field) -> Value:
        """Return a day, in Chinese numerals too.

        Raises:
            ValueError: the text is no day, or what a workbook makes of one.

        """
        line = plain(text)
        line = found["day"] if (found := _SINCE.match(line)) else line
        found = _CHINESE_DATE.match(line)
        if found:
            year = "".join(
                str("〇一二三四五六七八九".index(one)) for one in found["year"].replace("○", "〇").replace("零", "〇")
            )
            line = f"{year}-{number(found['month'])}-{number(found['day'])}"
        if _SERIAL.match(line):
            raise ValueError(f"「{line}」像是 Excel 的日期序号；请把这一格设成日期格式或者写成 2026-05-01")
        return cells.read(line, field, self._catalog)

    def basis(self, text: str, field: Field) -> Value:
        """Return the citations in a text."""
        found = [one.data() for one in self._cited(simplified(text))]
        return found if field.many else found[0]

    def _cited(self, text: str) -> list[Citation]:
        """Return the citations in a text; a line that is one citation and no more is read once for all cells."""
        lines = apart(text)
        for line in lines:
            if line not in self._lines:
                self._lines[line] = basis(line, self._catalog)
        cited = dict.fromkeys(one for line in lines for one in self._lines[line])
        if not lines or any(one.unread for one in cited):
            return basis(text, self._catalog)
        return [*cited]

    def code(self, text: str, field: Field) -> Value:
        """Return the codes of a text: by their length, by the schemes of site.yaml, else of a scheme to be told."""
        try:
            return cells.read(text, field, self._catalog)
        except ValueError:
            words = [one for one in _MARKS.split(text) if one.strip()]
            if not words or not field.many or not all(_PLAIN_CODE.match(plain(one)) for one in words):
                raise
        local = self._catalog.settings.code_schemes
        return [AssignedCode(_scheme(plain(one), local), plain(one)).data() for one in words]

    def stages(self, text: str, field: Field) -> Value:
        """Return the stages of duties, as sheets write them or as our own lists tell them."""
        inner = field.fields
        found: list[Value] = [
            {
                name: self.basis(said, inner[name]) if inner[name].kind is kinds.CITATION else said
                for name, said in one.items()
            }
            for one in duties.told(text, [*inner])
        ]
        return found or [*duties.stages(text)]

    def body(self, text: str, field: Field) -> Value:
        """Return the bodies that a text names; nothing for another reference.

        Raises:
            ValueError: not all of it are bodies of the catalog.

        """
        if field.collection != BODIES:
            return None
        found = self._bodies.named(text)
        if not found.ids or found.doubtful or found.others or found.units or found.generic:
            raise ValueError(f"「{plain(text)}」不全是 catalog/bodies/ 里的机关")
        return [*found.ids] if field.many else found.ids[0]


def measured(text: str, target: Target, titles: Sequence[str]) -> str:
    """Return a number with the unit of its head, or of all money in the table, where its field counts in one."""
    field = target.field
    if field is None or not (field.kind in {kinds.TEXT, kinds.AMOUNT} or field.unit):
        return text
    if field.kind is kinds.TEXT:
        return text + unit(target.head) if text.isdecimal() else text
    paid = field.kind is kinds.AMOUNT or field.unit.endswith("元")
    return counted(text, unit(target.head) or (money(titles) if paid else ""))


def _scheme(code: str, local: Iterable[CodeScheme]) -> str:
    """Return the one scheme of site.yaml that a code fits; 待核 where none or several do."""
    found = [one.name for one in local if re.fullmatch(one.pattern, code)]
    return found[0] if len(found) == 1 else UNVERIFIED


_READERS: Mapping[str, Callable[[Values, str, Field], Value]] = {
    kinds.CODE.name: Values.code,
    kinds.CITATION.name: Values.basis,
    kinds.STAGE.name: Values.stages,
    kinds.REF.name: Values.body,
    **dict.fromkeys((kinds.DATE.name, kinds.START.name, kinds.END.name), Values.date),
}
