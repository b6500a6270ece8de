"""Lines → a statute: title, notes, heads, and the 款, 项 and 目 of each article."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from quanze.law.numerals import number
from quanze.law.text.statute import Clause, Item, Statute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quanze.law.places import Article

_N = "[0-9０-９零〇一二两三四五六七八九十百千]{1,9}"
_ARTICLE = re.compile(rf"第({_N})条(?:之({_N})(?![款项条]))?([ 　:：]*)(.*)", re.DOTALL)
_HEAD = re.compile(rf"第{_N}[编章节](?:[ 　]+|$|(?![条款项、和的至规所]))")
_FIRST_HEAD = re.compile("第[一1１][编章](?=[^条款项]|$)")
_ITEM = re.compile(rf"[（(]({_N})[）)]\s*|([㈠-㈩])\s*")
_POINT = re.compile(r"([0-9０-９]{1,2})[.．、]\s*(?![0-9])|[（(]([0-9０-９]{1,2})[）)]\s*|([①-⑳⑴-⒇⒈-⒛])\s*")
_KINDS = "法|条例|规定|办法|细则|规则|决定|规程|通则|规范|意见|通知"
_TITLE = re.compile(f"(?:[^。；：]{{2,60}})(?:{_KINDS})(?:[（(][^（()）]{{1,12}}[）)])?")
_COVER = re.compile("关于(?:印发|公布|发布|颁布|转发|批准).*的(?:通知|公告|决定|批复|令)")
"""The title of the document with which another was sent out."""
_CONTENTS = re.compile("目\\s*[录次]")
_ANNEX = re.compile("附[：:]|附[件表录图][0-9０-９一二三四五六七八九十]*(?:[：:. 　]|$)")
_FOOTER = re.compile("[（(【]?(?:责任编辑|编辑|来源|打印|关闭|分享|扫一扫)")
_REMARK = re.compile("[（(【\\[〔]?(?:编者|编辑|整理者)?注[：:]")
"""How a line begins that an editor put between the lines of a statute."""
_PAGE = re.compile(
    "[-—–―－·• ]*(?:第 ?)?[0-9０-９]{1,4}(?: ?页)?(?: ?[/／，, ] ?(?:共 ?)?[0-9０-９]{1,4}(?: ?页)?)?[-—–―－·• ]*"
)
"""A line that holds nothing but the number of a page: — 3 —, 第3页 共8页, 3/8."""
_SAYS_ON = re.compile(
    rf"第{_N}[条款项]|(?:[、和至或与及]|或者|以及)(?:前款|本[条法]|第)|[的款项，,]|规定|所[列规]|中[的规所，]"
)
"""What follows an article's number where a sentence speaks of the article."""
_ENDS = tuple("。；：:;！!？?」』”》）)…")
"""What a line ends with that is not broken in the middle of a sentence."""


class _Line(NamedTuple):
    text: str
    fresh: bool
    """Whether an empty line stands before it."""


def read(lines: Iterable[str], title: str = "") -> Statute:
    """Return the statute that lines hold; a ValueError with a Chinese sentence where there is no article.

    An article begins where its number is the next one, or a later one with a space behind it; 第三十条规定的 at the
    beginning of a 款 is neither. Lines broken in the middle of a sentence are joined, unless an empty line parts them.
    What an editor remarks between them (注：……) is no 款: it stands with what follows the last article.
    """
    whole = [*_fresh(lines)]
    starts, stop = _starts(whole)
    if not starts:
        raise ValueError("没有读到一条条文；每条另起一行，写成「第一条 ……」")
    first, last = starts[0][0], starts[-1][0]
    before = [line.text for line in whole[:first]]
    opening = _opening_heads(before)
    notes = before[: len(before) - len(opening)]
    found_title, notes = _titled(notes, title)
    heads = [(starts[0][1], head) for head in opening]
    articles: dict[Article, tuple[Clause, ...]] = {}
    after: list[str] = []
    remarks: list[str] = []
    for (at, article), (end, following) in zip(starts, [*starts[1:], (stop, starts[-1][1])], strict=True):
        match = _ARTICLE.fullmatch(whole[at].text)
        remarks += (line.text for line in whole[at + 1 : end] if _REMARK.match(line.text))
        own = [line for line in whole[at + 1 : end] if not _REMARK.match(line.text)]
        body = [_Line(match[4] if match else "", fresh=True), *own]
        body, here = _without_heads(body)
        heads += ((following, head) for head in here)
        if at == last:
            body, after = _without_end(body)
        articles[article] = _clauses(body)
    rest = (*remarks, *after, *(line.text for line in whole[stop:]))
    return Statute(found_title, tuple(notes), tuple(heads), articles, rest)


def _fresh(lines: Iterable[str]) -> Iterable[_Line]:
    """Yield the lines that have words; where a page ends, the empty lines about its number part nothing."""
    empty, turned = True, False
    for line in lines:
        text = " ".join(line.split())
        if _PAGE.fullmatch(text):
            empty, turned = False, True
        elif text:
            yield _Line(text, empty)
            empty = turned = False
        else:
            empty = not turned


def _starts(lines: Sequence[_Line]) -> tuple[list[tuple[int, Article]], int]:
    """Return (line, article) of each article, and where the last ends: of runs from 第一条 on, the longest."""
    runs: list[list[tuple[int, Article]]] = [[]]
    last: Article = (0, 0)
    for place, line in enumerate(lines):
        match = _ARTICLE.fullmatch(line.text) if line.text[0] == "第" else None
        if match is None:
            continue
        article = (_number(match[1]), _number(match[2]) if match[2] else 0)
        if not match[3] and _SAYS_ON.match(match[4]):
            continue
        if article == (1, 0) and last >= article:
            runs.append([])
            last = (0, 0)
        following = article in ((last[0] + 1, 0), (last[0], last[1] + 1))
        if article <= last or not (following or (match[3] and _near(last, article))):
            continue
        runs[-1].append((place, article))
        last = article
    longest = max(runs, key=len)
    stops = [run[0][0] for run in runs if run and longest and run[0] > longest[-1]]
    return longest, min(stops, default=len(lines))


def _near(last: Article, article: Article) -> bool:
    """Tell whether an article may follow another where some between them are gone; the first may have any number."""
    return not last[0] or article[0] - last[0] <= 20  # noqa: PLR2004 - more were never struck out in a row


def _number(words: str) -> int:
    return number(unicodedata.normalize("NFKC", words)) or 0


def _opening_heads(before: list[str]) -> list[str]:
    """Return the heads at the end of what stands before the first article; a table of contents repeats them."""
    at = len(before)
    while at and _HEAD.match(before[at - 1]):
        at -= 1
    heads = before[at:]
    first = max((n for n, head in enumerate(heads) if _FIRST_HEAD.match(head)), default=0)
    return heads[first:]


def _titled(before: list[str], title: str) -> tuple[str, list[str]]:
    """Return the title, and the lines behind it without a table of contents."""
    names = [n for n, line in enumerate(before) if _TITLE.fullmatch(line.replace(" ", ""))]
    exact = [n for n in names if before[n].replace(" ", "") == title]
    own = [n for n in names if not _COVER.search(before[n].replace(" ", ""))]
    at = (exact or own or names or [-1])[0]
    notes = [line for line in before[at + 1 :] if not _HEAD.match(line) and not _CONTENTS.fullmatch(line)]
    return title or (before[at].replace(" ", "") if at >= 0 else ""), notes


def _without_heads(body: list[_Line]) -> tuple[list[_Line], list[str]]:
    """Return the lines of an article, and the heads at their end, which belong to the next one."""
    heads = [n for n, line in enumerate(body) if n and _HEAD.match(line.text) and not line.text.endswith(_ENDS[:2])]
    if not heads:
        return body, []
    return body[: heads[0]], [line.text for line in body[heads[0] :]]


def _without_end(body: list[_Line]) -> tuple[list[_Line], list[str]]:
    """Return the lines of the last article, and what follows it: an annex, or words of a page that are no sentence."""
    for n, line in enumerate(body):
        if n and (
            _ANNEX.match(line.text)
            or _FOOTER.match(line.text)
            or (body[n - 1].text.endswith("。") and not line.text.endswith(_ENDS))
        ):
            return body[:n], [line.text for line in body[n:]]
    return body, []


def _clauses(body: Iterable[_Line]) -> tuple[Clause, ...]:
    strokes: list[tuple[str, str]] = []
    items = points = 0
    for line in body:
        unit, text = _stroke(line.text, items, points)
        broken = strokes and (not strokes[-1][1] or not (line.fresh or strokes[-1][1].endswith(_ENDS)))
        if unit == "款" and broken:
            strokes[-1] = (strokes[-1][0], strokes[-1][1] + text)
            continue
        strokes.append((unit, text))
        items = 0 if unit == "款" else items + (unit == "项")
        points = points + 1 if unit == "目" else 0
    return tuple(_gathered(strokes))


def _stroke(text: str, items: int, points: int) -> tuple[str, str]:
    """Return what a line begins, 款, 项 or 目, and its words; only the number that follows makes a 项 or 目."""
    item, point = _ITEM.match(text), _POINT.match(text)
    if item and _item(item) == items + 1:
        return "项", text[item.end() :]
    if point and items and _point(point) == points + 1:
        return "目", text[point.end() :]
    return "款", text


def _gathered(strokes: Iterable[tuple[str, str]]) -> Iterator[Clause]:
    """Yield the 款 with their 项 and 目."""
    clauses: list[tuple[str, list[tuple[str, list[str]]]]] = []
    for unit, text in strokes:
        if unit == "款":
            clauses.append((text, []))
        elif unit == "项":
            clauses = clauses or [("", [])]  # an article may begin with its first 项
            clauses[-1][1].append((text, []))
        else:
            clauses[-1][1][-1][1].append(text)
    for text, items in clauses:
        yield Clause(text, tuple(Item(words, tuple(points)) for words, points in items))


def _item(match: re.Match[str]) -> int:
    return _number(match[1]) if match[1] else ord(match[2]) - ord("㈠") + 1


def _point(match: re.Match[str]) -> int:
    written = match[1] or match[2]
    return _number(written) if written else int(unicodedata.numeric(match[3]))
