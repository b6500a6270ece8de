"""What a cell cites: the one place of the import that asks the law's grammar.

Cells of lists have a shape of their own: a citation, a colon or a space, then the provision itself, on several lines;
titles without marks behind 【规章】; forms such as 法律法规名称：…;条款号：…;条款内容：…. What is a provision's text is
taken out before the grammar reads, since what a provision refers to is nobody's basis; it is kept as 摘录.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from quanze.law.basis import basis as as_citation
from quanze.law.citation import Citation
from quanze.law.reader import read
from quanze.law.reader.folding import plain
from quanze.law.reader.known import NOTE_END
from quanze.law.reader.lexicon import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.law.reader import Cited, KnownTitles, Reading
    from quanze.register.catalog import Catalog

_N = "0-9０-９零〇一二两三四五六七八九十百千"
_PLACE = rf"第\s*[（(]?[{_N}]+[）)]?\s*[条款项目](?:\s*之\s*[{_N}]+)?"
_ITEM = r"[（(][一二三四五六七八九十]{1,3}[）)]"
_CLASS = r"(?:实施|管理|暂行|试行|特别)*(?:法|法典|条例|规定|办法|细则|规则|决定)"
_BACK = rf"(?:该|同一?|前述|上述|此){_CLASS}"
_BEGINS_ANEW = re.compile(
    rf"\A(?:[（(]?[0-9一二三四五六七八九十]{{1,3}}[）)、.．]\s*)?(?:【|\[|《|〈|{_PLACE}|附件|附表"
    rf"|{_BACK}{_PLACE}|本{_CLASS}(?:{_PLACE}[、和及]?)+[。；;]?\Z)|《"
)
"""The beginning of a line that is no more of the provision above: 本办法第五条 only where it is all of the line."""
_RANK = (
    r"[【\[〔［〖](?:宪法|法律|(?:国务院)?行政法规|(?:地方性?|省|市)?法规|(?:国务院)?部[门委]规章|(?:地方|省|市)?(?:政府)?规章"
    r"|(?:其他|其它)?规范性文件|(?:政策|其他|国务院)?文件|国务院决定|三定(?:方案|规定))[】\]〕］〗]"
)
"""The rank of what is cited, as lists write it before the title."""
_NO_WORDING = (
    rf"[^（）()]*(?:[（(〔\[][^（）()]*[）)〕\]][^（）()]*)*(?:[）)]\s*(?:的|中)?(?:{_PLACE}|附件|附表|[（(])"
    r"|(?:号|令|修正|修订|修改|公布|发布|施行)[）)])"
)
"""A remark in brackets that a place follows, or that ends as remarks on a version do: nothing of the provision."""
_YEAR = r"(?:\s*[（(](?:19|20)[0-9]{2}年?[^（）()：:]{0,16}[）)])?"
"""The version of the law, which may stand behind the place."""
_CONTENT = re.compile(
    rf"(?P<head>\A.*?(?:{_PLACE}{_YEAR}(?:\s*{_ITEM}(?!.*[；;。]\s*{_ITEM}))?|》(?:\s*[（(][^（）()]*[）)])*|附件[{_N}]*))"
    rf"(?P<mark>\s*(?:规定|明确|指出)?\s*[：:]\s*|(?<=[一二三四五六七八九十][）)])(?=[^\s（(：:；;。的项款目规])(?!.*《)"
    rf"|[ 　]+(?=[^\s第《（(、，,和及至或])|\s*(?=[“\"『【])"
    rf"|\s*(?=[（(](?![^）)]{{0,12}}[年号令]|{_NO_WORDING})[^）)]{{15}}))"
    rf"(?P<text>(?!(?:{_BACK})?{_PLACE})(?![《、，,和及至或])\S.{{3,}})\Z"
)  # fmt: skip
_LABELS = (
    (
        re.compile(r"[;；]?\s*+(?:[0-9]{1,2}[、.．]\s*+)?(?:法律法规名称|法律法规|法规名称|文件名称|依据名称)[：:]"),
        "\n",
    ),
    (re.compile(r"[;；]\s*(?:依据文号|发文字号|发文号|文号)[：:]\s*([^;；\n]*)"), r"（\1）"),
    (re.compile(r"[;；]\s*(?:条款号|条款序号|依据条款|条款)[：:]"), ""),
    (re.compile(r"[;；]\s*(?:条款内容|具体内容|条文内容|内容)[：:]"), "："),
)
_LABELLED = re.compile(r"(?:法律法规名称|法规名称|文件名称|依据名称)[：:]")
_LEAD = "(?:根据|依据|依照|按照|遵照|参照|违反|适用|执行)"
"""What is said before a title and is no part of it."""
_SHORT = "(?:水法|刑法|宪法)"
_TITLE = re.compile(
    r"(?P<before>(?:^|[；;。\n])\s*(?:(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．]|[①-⑳])\s*+)?(?:(?:处罚|设定|实施|法律|行使)?依据\s*[：:]\s*+)?(?:(?:【[^】]{0,60}】|[\[〔［〖][^\]〕］〗]{0,60}[\]〕］〗])\s*+)?"
    rf"(?:{_LEAD}\s*)?)"
    rf"(?P<title>{_SHORT}|[^《》【】\[\]〔〕［］〖〗\n，。；：、（）(){{}}]{{2,60}}?"
    r"(?:法|条例|规定|办法|细则|规则|决定|规程|规范|意见|通知))"
    rf"(?P<after>\s*(?:[（(][^（）()\n]{{0,60}}[）)]\s*)*{_PLACE})",
    re.MULTILINE,
)


_MARKED = rf"《[^》\n]+》(?:\s*[（(][^）)\n]*[）)])*\s*{_PLACE}"
_BARE = (
    rf"(?:{_LEAD}\s*)?(?:{_SHORT}|(?:(?![本该的]|违反|依照)[^《》【】\s，。；：、（）()0-9]){{2,40}}(?:法|条例|规定|办法|细则|规则))"
    rf"(?:\s*[（(][^）)\n]*[）)])*\s*{_PLACE}"
)
_CITED = rf"(?:{_MARKED}|{_BARE})"
"""A title, between marks or not, and a place in it."""
_SAID = r"(?:[ 　]+[^\s第《（(、，,和及至或的规]|\s*[：:])"
"""What comes between a place and its wording."""
_ANEW = re.compile(
    rf"(?<=\S)[ 　]*(?={_RANK}[ 　]*[《\u4e00-\u9fff])"
    rf"|(?<=。)[ 　]*(?=(?:{_BACK})?第\s*[{_N}]+\s*条(?:\s*第\s*[{_N}]+\s*[款项])*{_SAID})"
    rf"|(?<=[。；;）)])\s*(?=[0-9]{{1,2}}[.、．]\s*(?:【|《)|【[^】\n]{{2,8}}】\s*《?)"
    rf"|(?:(?<=\S)[ 　]+|(?<=[。；;条款项]))"
    rf"(?=(?:[0-9]{{1,2}}[.、．]|[（(][0-9]{{1,2}}[）)]|[①-⑳])\s*(?:{_RANK}|{_CITED}))"
    rf"|(?<=[条款项])[ 　]+(?={_CITED})"
    rf"|(?<=[；;])\s*(?={_MARKED})"
    rf"|(?<=。)\s*(?={_MARKED}(?:{_PLACE})*(?:{_SAID}|[。；;]?\s*(?:\n|\Z)))"
    rf"|(?<=[”」』】])[。；;，,、]?\s*(?:以?及|和)?(?=(?:{_PLACE})+\s*(?:规定)?\s*[：:]?\s*[“「『【])"
    rf"|(?<=[”」』】])(?:[。；;，,、]\s*(?:以?及|和|并)?|以?及|和)(?=第\s*[{_N}]+\s*条(?:[、和及]?{_PLACE})*[。；;]?\s*(?:\n|\Z))"
)
"""Where in a line the next basis begins: its number, rank, title with a place, or a place behind what another says."""
_BLANKS, _BLANK_LINES = re.compile(r"[^\S\n]{3,}"), re.compile(r"(?<![^\S\n])(?:[^\S\n]*\n){3,}")
_NUMBERED = re.compile(r"(?:[（(][0-9一二三四五六七八九十]{1,3}[）)]|(?<![0-9])[0-9]{1,2}[、.．）)])[ 　]*\Z")


_BEHIND = re.compile(
    rf"(?P<text>[“\"「『【].*[”\"」』】])\s*(?:的|之|中的?)?(?P<place>{_PLACE}(?:[、和及]?{_PLACE})*)\s*[。；;]?\Z",
    re.DOTALL,
)
"""A provision between quotation marks with the rest of its place behind it: “…”第（二）项."""


_REMARKS = r"(?:\s*[（(][^（）()\n]{2,60}[）)])*"
_DOCUMENT = re.compile(
    rf"(?:\A|(?<=[\n；;。、]))[^\S\n]*+(?:[（(]?[0-9一二三四五六七八九十]{{1,3}}[）)、.．]\s*+|[①-⑳]\s*+)?(?:{_RANK}\s*+)?"
    r"《(?P<title>(?=[^《》\n]{0,40}关于|[^《》\n]{4,99}》\s*[（(][^（）()\n]{2,40}号)[^《》\n]{4,99}"
    rf"(?:通知|意见|方案|批复|复函|公告|通告|纲要|规划))》(?P<remarks>{_REMARKS})"
    r"(?=\s*(?:[；;。、，,：:\n]|\Z|第|附件|[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|规定|明确|以?及|和))"
)
"""A notice or the like where a basis begins, with its number or 关于 in its title."""
_NUMBERED_SO = re.compile(r"》\s*(?P<remarks>[（(][^（）()\n]{2,40}号[）)])(?=\s*(?:第|附件|[。；;]|\Z))")
"""The number of an instrument between its title and the place."""
_IN_MARKS = re.compile("[《〈「]([^《》〈〉「」]{2,100})[》〉」]")


_ALONE = re.compile(
    rf"(?:[0-9]{{1,2}}[.、．])?《[\u4e00-\u9fff]{{2,60}}》第[{_N}]+条(?:第[{_N}]+款)?(?:第[（(]?[{_N}]+[）)]?项)?[。；;]?\Z"
)


class _Line(NamedTuple):
    """One line as the grammar reads it, and the provision that it quotes."""

    start: int
    end: int
    quoted: str


def apart(text: str) -> list[str]:
    """Return the lines of a cell where each is an instrument's title and a place, which hangs on no other; else none.

    Such a line is the same citation wherever it stands, if it is one.
    """
    lines = text.split("\n")
    return lines if all(map(_ALONE.match, lines)) else []


def basis(text: str, catalog: Catalog) -> list[Citation]:
    """Return the citations in a text; whatever is not explained by them stays with the first one near it as 原文."""
    bare, lines = _split(_marked(text))
    reading = _read(bare, catalog.titles)
    cited = [one for one in reading.citations if _cites(one)]
    unsaid = [
        *reading.rest,
        *reading.refused,
        *(one.where[0] for one in reading.citations if not _cites(one)),
    ]
    for remark in (one.span("remarks") for like in (_DOCUMENT, _NUMBERED_SO) for one in like.finditer(bare)):
        unsaid = [part for stretch in unsaid for part in _without(stretch, remark)]
    unsaid = [part for one in unsaid for part in _by_line(bare, lines, *one)]
    told = {
        n: bare[start:end].strip(" \n。")
        for n, start, end in _loose(cited, unsaid, lines, len(bare))
        if bare[start:end].strip()
    }
    if not cited:
        return [Citation(unread=text.strip())]
    found: list[Citation] = []
    last = {_line(lines, one): n for n, one in enumerate(cited)}
    for n, one in enumerate(cited):
        line = _line(lines, one)
        quote = lines[line].quoted if last[line] == n else ""
        value = as_citation(one, catalog.instruments)
        value = value._replace(quote=quote, unread=told.get(n, value.unread))
        if value not in found:
            found.append(value)
    lost = [line.quoted for n, line in enumerate(lines) if line.quoted and n not in last]
    if lost:
        found[-1] = found[-1]._replace(unread="\n".join([found[-1].unread, *lost]).strip())
    return found


def _without(stretch: tuple[int, int], part: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """Return what is left of a stretch before and behind a part of it."""
    (first, last), (start, end) = stretch, part
    return ((first, start), (end, last)) if first <= start and end <= last else (stretch,)


def _cites(one: Cited) -> bool:
    """Tell whether a citation names or points to an instrument, and is none within a provision that is quoted."""
    return not one.quoted and bool(one.instrument.keys or one.instrument.kind)


def misread(text: str, catalog: Catalog) -> dict[str, str]:
    """Return the titles of which signs were mistaken, as they are written, and those of what they are taken for."""
    if not any(_mistaken(found[1], catalog.titles) for found in _IN_MARKS.finditer(text)):
        return {}
    bare, _ = _split(_marked(text))
    named = (one.instrument for one in _read(bare, catalog.titles).citations if not one.quoted)
    return {one.name: catalog.instruments[one.keys[0]].short for one in named if one.misread}


@lru_cache(maxsize=1024)
def _mistaken(title: str, titles: KnownTitles) -> bool:
    """Tell whether a title between marks may be another's of which signs were mistaken; lists repeat their titles."""
    name = plain(title)
    while not titles.instrument(name) and NOTE_END.search(name):
        name = NOTE_END.sub("", name)
    return not titles.instrument(name) and bool(titles.meant(name))


@lru_cache(maxsize=1)
def _read(bare: str, titles: KnownTitles) -> Reading:
    """Return what the grammar reads in a cell, which is asked for its citations and then for its titles."""
    documents = {found["title"] for found in _DOCUMENT.finditer(bare)}
    return read(bare, titles.beside(documents) if documents else titles)


def _marked(text: str) -> str:
    """Put titles that have none between marks, and labels into the usual form; a cell's blanks only lay it out."""
    text = _BLANK_LINES.sub("\n\n", _BLANKS.sub("  ", text))
    if _LABELLED.search(text):
        for label, usual in _LABELS:
            text = label.sub(usual, text)
    text = _ANEW.sub(lambda found: found[0] if _going_on(text, found.start()) else "\n", text)
    return _TITLE.sub(_titled, text).strip()


def _titled(found: re.Match[str]) -> str:
    """Return a title between marks; a word that points back to one as it is: 同办法, 同上办法, 该实施细则."""
    title = re.sub(r"\A同上", "该", found["title"].strip())
    back = any(one.end() == len(title) for one in pattern("law").finditer(title))
    return f"{found['before']}{title}{found['after']}" if back else f"{found['before']}《{title}》{found['after']}"


def _going_on(text: str, at: int) -> bool:
    """Tell whether no line may begin at a place: between quotation marks, or behind the number of what begins there."""
    return _quoting(text, at) or bool(_NUMBERED.search(text[max(0, at - 6) : at]))


def _quoting(text: str, at: int) -> bool:
    """Tell whether a place lies between quotation marks."""
    return text.count("“", 0, at) > text.count("”", 0, at)


def _split(text: str) -> tuple[str, list[_Line]]:
    """Return the text without the provisions that it quotes, and its lines with them."""
    kept: list[str] = []
    quoted: list[list[str]] = []
    for line in text.split("\n"):
        if kept and quoted[-1] and not _BEGINS_ANEW.search(line.strip()):
            quoted[-1].append(line)
            continue
        found = _CONTENT.match(line)
        kept.append(f"{found['head']}。" if found else line)
        quoted.append([found["text"]] if found else [])
    lines, at = [], 0
    for n, words in enumerate(quoted):
        text = "\n".join(words).strip()
        if behind := _BEHIND.match(text):
            text, kept[n] = behind["text"], f"{kept[n].removesuffix('。')}{behind['place']}。"
        lines.append(_Line(at, at + len(kept[n]), text))
        at += len(kept[n]) + 1
    return "\n".join(kept), lines


def _loose(
    cited: Sequence[Cited], unsaid: list[tuple[int, int]], lines: list[_Line], length: int
) -> Iterator[tuple[int, int, int]]:
    """Yield (citation, start, end) of each stretch with words that nothing explains: from a citation to the next."""
    starts = [
        0,
        *(
            lines[_line(lines, one)].start if _first(cited, n, lines) else one.where[0][0]
            for n, one in enumerate(cited)
            if n
        ),
    ]
    for n, (start, end) in enumerate(zip(starts, [*starts[1:], length], strict=True)):
        if any(first < end and last > start for first, last in unsaid):
            yield n, start, end


def _by_line(text: str, lines: list[_Line], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield what of a stretch lies in each line; a line's rank alone, before its title, leaves nothing unsaid."""
    at = bisect_left(lines, start, key=lambda line: line.end)
    for line in lines[at:]:
        if line.start >= end:
            return
        first, last = max(start, line.start), min(end, line.end)
        if re.sub(rf"{_RANK}|[\W_]", "", text[first:last]):
            yield first, last


def _first(cited: Sequence[Cited], n: int, lines: list[_Line]) -> bool:
    """Tell whether a citation is the first of its line."""
    return _line(lines, cited[n]) != _line(lines, cited[n - 1])


def _line(lines: list[_Line], one: Cited) -> int:
    at = bisect_left(lines, one.where[-1][1] - 1, key=lambda line: line.end)
    return min(at, len(lines) - 1)
