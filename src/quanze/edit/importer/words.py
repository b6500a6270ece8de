"""The words of sheets and of forms: which mean the same, from words.yaml and a register's own catalog/import.yaml."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.base.value import elements, mapping, text, texts
from quanze.io.file import given
from quanze.io.yaml import read
from quanze.law.reader.folding import TRADITIONAL
from quanze.register.tree import CATALOG, IMPORT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from quanze.base.model import Value

TITLE, PLACE, WORDING = "名称", "条款", "内容"
UNITS = ("条", "款", "项", "目")
"""A place whose numbers stand in columns of their own."""
PARTS = (TITLE, PLACE, *UNITS, WORDING)
"""What the lower heads of a basis say: the title, the place or its units, the wording."""
OWN = f"{CATALOG}/{IMPORT}.yaml"
"""What a register's people have answered: used again, and the same words as a map."""
HEADS, WORDS, FIXED, RENAMED = "表头", "词", "固定值", "改名"
_BRACKETS = re.compile(r"[（(【\[〔][^（(【\[〔）)】\]〕]*[）)】\]〕]")
_FOREIGN = re.compile(
    r"\A[A-Za-z][A-Za-z .,&'’/-]{3,}(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[/／|]?[A-Za-z][A-Za-z .,&'’/-]+\Z"
)
"""A head in another language, before or behind the Chinese words."""
_MARK = re.compile(r"(?<![①-⑳*＊※†‡¹²³⁴-⁹])[①-⑳*＊※†‡¹²³⁴-⁹]+\Z")
_LONGEST_NOTHING = 12
_NUMBERING = re.compile(r"\A[（(]?[0-9一二三四五六七八九十]{1,3}[）)]?[、.．]")


@dataclass(frozen=True, slots=True)
class MapAnswers:
    """What people said of their own sheets: in a map, or once and for all in catalog/import.yaml."""

    heads: Mapping[str, str | None]
    """Head → dotted field; None for a column that is not wanted."""
    words: Mapping[str, Mapping[str, str]]
    """Field → what a cell says → the form's word or the id of a record."""
    fixed: Mapping[str, Value]
    """What every new record is given where the sheet has no column for it."""
    renamed: Mapping[str, str]
    """New name → id of the record that was called otherwise; an empty id says that the row is new."""

    def __or__(self, later: MapAnswers) -> MapAnswers:
        """Return both; what the later says counts."""
        words = {
            name: {**self.words.get(name, {}), **later.words.get(name, {})} for name in {**self.words, **later.words}
        }
        return MapAnswers(
            {**self.heads, **later.heads}, words, {**self.fixed, **later.fixed}, {**self.renamed, **later.renamed}
        )

    @property
    def data(self) -> dict[str, Value]:
        """The answers as a file holds them."""
        parts = {HEADS: self.heads, WORDS: self.words, FIXED: self.fixed, RENAMED: self.renamed}
        return {name: dict(part) for name, part in parts.items() if part}


NONE = MapAnswers({}, {}, {}, {})


def answers(path: Path) -> MapAnswers:
    """Read a map; a Fault with its place where it is none."""
    try:
        content = given(path)
    except FileNotFoundError:
        raise Fault(f"没有找到文件 {path}") from None
    data, problems = read(content, path.name)
    if problems:
        first = problems[0]
        raise Fault(f"{first.path}:{first.line}:{first.column}: {first.message}")
    parts = data if isinstance(data, dict) else {"": None}
    heads, words, fixed, renamed = (parts.get(name) or {} for name in (HEADS, WORDS, FIXED, RENAMED))
    plain = not {*parts} - {HEADS, WORDS, FIXED, RENAMED} and isinstance(fixed, dict)
    if not plain or not _texts(heads, none=True) or not _texts(renamed, none=True) or not _tables(words):
        raise Fault(
            f"{path.name} 只写「{HEADS}」（表头: 栏目，不要的写 null）、「{WORDS}」（栏目: 表里的说法: 表单的词）、"
            f"「{FIXED}」（栏目: 值）和「{RENAMED}」（新名称: 编号，新事项写 null）四项"
        )
    return MapAnswers(heads, words, fixed, {str(name): str(id_ or "") for name, id_ in renamed.items()})


def own(root: Path) -> MapAnswers:
    """Return the register's own answers; none where it has no such file."""
    path = root / OWN
    return answers(path) if path.is_file() else NONE


def _texts(part: object, *, none: bool = False) -> bool:
    return isinstance(part, Mapping) and all(isinstance(one, str) or (none and one is None) for one in part.values())


def _tables(part: object) -> bool:
    return isinstance(part, Mapping) and all(_texts(one) for one in part.values())


@cache
def _data() -> Mapping[str, Value]:
    data, problems = read((files(__package__) / "words.yaml").read_bytes(), "words.yaml")
    assert isinstance(data, dict), problems  # noqa: S101 — ours
    return data


def heads() -> Mapping[str, tuple[str, ...]]:
    """Return the heads that mean a field, by its dotted path."""
    return {path: texts(names) for path, names in mapping(_data()["表头"]).items()}


def instead_of_names() -> tuple[str, ...]:
    """Return the heads below which names stand where no column is that of the name: 检查内容."""
    return texts(_data()["名称代替"])


@cache
def near_heads() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return what heads look like that nearly mean a field, the more special ones first."""
    return tuple((re.compile(pattern), path) for pattern, path in map(texts, elements(_data()["相近"])))


@cache
def questions() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the plain questions that are heads of a field, to be matched from end to end: 由谁办."""
    return tuple((re.compile(pattern), path) for pattern, path in map(texts, elements(_data()["问句"])))


@cache
def _spoken() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), to) for pattern, to in map(texts, elements(_data()["口语"])))


def plainly(question: str) -> str:
    """Return a folded question in the words in which it is compared: 您要办啥事 is 要办什么事."""
    for pattern, to in _spoken():
        question = pattern.sub(to, question)
    return question


@cache
def of_others() -> re.Pattern[str]:
    """Return what the head of a column of bodies looks like that do something else than act: 谁来监督."""
    return re.compile(str(_data()["不是行使"]))


@cache
def section_words() -> Mapping[str, str]:
    """Return what the words look like by which the heading of a section says who acts: 行使, 仍, 移交, 现, 原."""
    return {name: str(pattern) for name, pattern in mapping(_data()["分节"]).items()}


@cache
def remark_words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what remarks look like that say who acts, that may say it, and what in them says something else."""
    table = {name: str(pattern) for name, pattern in mapping(_data()["旁证"]).items()}
    still = section_words()["仍"]
    sure, like = (
        re.compile(
            rf"(?:(?P<named>{table['写明']})|(?:{table['时候']})?(?:[现改应交]?由|归)?)(?P<who>[^由归，。；,;]{{2,30}}?)"
            rf"(?(named)|(?:{still}|负责)*(?:{table[name]}))[。；;]?"
        )
        for name in ("是", "像")
    )
    return sure, like, re.compile(table["不算"])


@cache
def split_heads() -> Mapping[str, tuple[str, str]]:
    """Return (part, rank) of the lower heads below that of a field of citations, by folded word."""
    parts = mapping(_data()["分栏"])
    found = {fold(word): ("", rank) for rank, words in mapping(parts["位阶"]).items() for word in (rank, *texts(words))}
    return found | {fold(word): (part, "") for part in PARTS for word in texts(parts[part])}


@cache
def synonyms(kind: str) -> Mapping[str, str]:
    """Return word → the form's word for a field's kind."""
    table = mapping(mapping(_data()["词"]).get(kind))
    return {plain(word): choice for choice, words in table.items() for word in (choice, *texts(words))}


def meanings(kind: str, choices: Iterable[str]) -> dict[str, str]:
    """Return word → what it means, of a vocabulary and all that is said for its words."""
    return {**synonyms(kind), **{plain(one): one for one in choices}}


@cache
def subtypes() -> tuple[str, ...]:
    """Return the words that are written behind a type."""
    return texts(_data()["子类"])


@cache
def typical_names() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return what names look like whose type nobody wrote."""
    return tuple((re.compile(pattern), type_) for pattern, type_ in map(texts, elements(_data()["名称"])))


@cache
def _blank() -> frozenset[str]:
    return frozenset(texts(_data()["空"]))


@cache
def _contractions() -> tuple[re.Pattern[str], Mapping[str, str]]:
    table = mapping(_data()["机关简称"])
    whole = {word: full for full, words in table.items() for word in (full, *texts(words))}
    return re.compile("|".join(sorted(whole, key=len, reverse=True))), whole


def spelt_out(name: str) -> str:
    """Return a body's name with its contractions in full, by which names are compared: 县卫健委 as 县卫生健康局."""
    pattern, whole = _contractions()
    return pattern.sub(lambda found: whole[found[0]], name)


@cache
def _ticks() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(texts(_data()["勾"])), frozenset(texts(_data()["不勾"]))


def ticked(text: str) -> bool:
    """Tell whether a text is a tick: √, ●."""
    return "".join(text.split()).upper() in _ticks()[0]


def unticked(text: str) -> bool:
    """Tell whether a text says that there is no tick: ×, 否, nothing."""
    return says_nothing(text) or plain(text) in _ticks()[1]


@cache
def _stage_name() -> re.Pattern[str]:
    return re.compile(str(mapping(_data()["阶段"])["名称"]))


@lru_cache(8_192)
def is_stage(text: str) -> bool:
    """Tell whether a text is the name of a stage of duties and nothing else: 2.审查, 送达环节."""
    return bool(_stage_name().fullmatch(re.sub(r"\A[0-9一二三四五六七八九十]{1,2}(?=\D)|[、和与及]", "", fold(text))))


def stage_of(head: str) -> str:
    """Return the stage whose duties stand below a head: 受理 of 受理环节; empty for one that names no stage."""
    table = mapping(_data()["阶段"])
    name = re.sub(str(table["后面"]), "", simplified(bare(head)))
    return "" if name in texts(table["不是"]) else name


@lru_cache(1_024)
def is_former_name(head: str) -> bool:
    """Tell whether a column holds what an item was called before."""
    return bool(re.search(str(_data()["原名"]), simplified(bare(head))))


@cache
def status_words() -> Mapping[str, re.Pattern[str]]:
    """Return what words, heads and whole cells look like that say whether an item is still exercised, by their use."""
    return {name: re.compile(str(pattern)) for name, pattern in mapping(_data()["状态的话"]).items() if name != "栏目"}


@cache
def status_paths() -> frozenset[str]:
    """Return the fields in whose words people say whether an item is still exercised."""
    return frozenset(texts(mapping(_data()["状态的话"])["栏目"]))


def says_nothing(text: str) -> bool:
    """Tell whether a text says in words or strokes that there is nothing: 无, /, －."""
    return len(text) <= _LONGEST_NOTHING and _nothing(text)


@lru_cache(8_192)
def _nothing(text: str) -> bool:
    bare = "".join(text.split()).rstrip("。.")
    return simplified(bare) in _blank() or not re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", bare))


@cache
def twins() -> Mapping[int, str]:
    """Return the characters that look like others and are none of the usual ones: 査 for 查."""
    return str.maketrans({sign: text(other) for sign, other in mapping(_data()["换字"]).items()})


@cache
def _traditional() -> Mapping[str, str]:
    own = "".join(str(_data()["繁体"]).split())
    return {**TRADITIONAL, **dict(zip(own[::2], own[1::2], strict=True))}


@cache
def _found_in(kind: str) -> re.Pattern[str]:
    alike = [*map(chr, twins())]
    old = [one for one in _traditional() if not _in_use(one) and one not in alike]
    return re.compile(f"[{''.join({'twins': alike, 'traditional': old, 'either': alike + old}[kind])}]")


def _in_use(sign: str) -> bool:
    """Tell whether a character is one of simplified texts too, as 仝 in a name: GB 2312 has it."""
    return bool(sign.encode("gb2312", "ignore"))


@cache
def _simple() -> Mapping[int, str]:
    return str.maketrans({**_traditional(), **{chr(sign): to for sign, to in twins().items()}})


@lru_cache(8_192)
def is_traditional(text: str) -> bool:
    """Tell whether a text has traditional characters, more than such as only look like usual ones."""
    return bool(_found_in("traditional").search(text))


@lru_cache(8_192)
def usual(text: str) -> str:
    """Return a text without characters that only look like usual ones; one in traditional characters as it is."""
    return text if not _found_in("twins").search(text) or is_traditional(text) else text.translate(twins())


def simplified(text: str) -> str:
    """Return a text in simplified characters, in which all words are compared: as long as before, sign by sign."""
    return text.translate(_simple()) if _found_in("either").search(text) else text


@lru_cache(8_192)
def plain(text: str) -> str:
    """Return a word as it is compared: half-width, without white space, in simplified characters."""
    return simplified("".join(unicodedata.normalize("NFKC", text).split()))


@lru_cache(8_192)
def fold(text: str) -> str:
    """Return a head as it is compared: also without punctuation."""
    return re.sub(r"[\W_]+", "", plain(text)).casefold()


@lru_cache(1_024)
def unit(head: str) -> str:
    """Return the unit that a head, or one above it, gives in brackets for the numbers below: 承诺期限（工作日）."""
    found = next(filter(None, map(_UNIT.search, reversed(simplified("".join(head.split())).split("·")))), None)
    return f"个{found['unit']}" if found and found["unit"] in _COUNTED else found["unit"] if found else ""


def money(lines: Iterable[str]) -> str:
    """Return the unit of money that a line above a table gives for all of it: （单位：万元）; empty for none."""
    return next((found["unit"] for line in lines if (found := _MONEY.search("".join(line.split())))), "")


def counted(text: str, unit_: str) -> str:
    """Return a number that has no unit of its own with that of its head: 10 or 10万 below 上限（万元） is 10万元."""
    if unit_.endswith("元") and re.search(r"[0-9][百千]?[万亿]\Z|[一二两三四五六七八九十百千][万亿]\Z", text):
        return f"{text}元"
    return text + unit_ if _NUMBER.match(text) else text


_UNIT = re.compile(
    r"[（(](?:单位[：:])?个?(?P<unit>工作日|小时|月|日|天|年|元|万元|亿元|份|人|次|户|家|项|件|吨|千克|公斤|克|升|[公千]里|米|毫米|"
    r"平方米|平方公里|公顷|亩|立方米|%|倍)[）)]\Z"
)
_MONEY = re.compile(r"(?:\A|[（(])(?:(?:金额|货币)?单位|金额)[：:](?:人民币)?(?P<unit>元|万元|亿元)[）)]?\Z")
_NUMBER = re.compile(r"[0-9０-９][0-9０-９,，.．]*\Z|[零一二两三四五六七八九十百千]+\Z")
_COUNTED = frozenset({"工作日", "小时", "月"})


def bare(text: str) -> str:
    """Return a head without what its brackets explain, the number before it, and the same in another language."""
    return _NUMBERING.sub("", _FOREIGN.sub("", _MARK.sub("", _BRACKETS.sub("", "".join(text.split())))))
