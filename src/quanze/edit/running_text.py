"""Articles that running text names (情形, 说明, stages of a procedure), and how they are called after an adoption."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from quanze.edit.carrying import ByHandError, carried
from quanze.edit.patch import reworded
from quanze.form import kinds
from quanze.history.adjustment import ADJUSTMENTS
from quanze.io.yaml import marks
from quanze.law.articlemap import follow
from quanze.law.basis import basis
from quanze.law.citation import Citation, citations
from quanze.law.numerals import number, numeral
from quanze.law.places import ARTICLE, numbers, parse_place
from quanze.law.reader import read
from quanze.register.catalog import LAWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Record, Value
    from quanze.edit.carrying import Adoption
    from quanze.form import Field
    from quanze.law.instrument import Instrument
    from quanze.law.reader import Cited
    from quanze.register.catalog import Catalog

_THEIRS = frozenset((kinds.CITATION, kinds.ORIGIN, kinds.CHECK, kinds.MAPPED))
"""Kinds whose words are somebody else's, or are carried over by themselves."""
_NUMBER = re.compile(
    "((?<![0-9])[0-9]+|(?<![零〇一二三四五六七八九十百千])[零〇一二三四五六七八九十百千]+)(?=条(?!例))"
)
_ORDINAL = re.compile("第[^第]{1,12}条")


class RunningText(NamedTuple):
    """One text of a record, and the law whose articles are meant where it names none."""

    record: Record
    pointer: str
    field: Field
    words: str
    law: str
    """The short title of the only instrument on which this part of the record rests, or which it is about."""


class MentionedArticle(NamedTuple):
    """One article that running text names by a number that has moved."""

    text: RunningText
    start: int
    end: int
    old: str
    new: str
    """How it is called now; empty where it is left for a person."""
    why: str = ""
    line: int = 0
    """Where the text begins in its file."""

    def __str__(self) -> str:
        """Tell it in one sentence."""
        became = f"改为{self.new}" if self.new else f"没有改：{self.why}"
        return f"{self.text.record.path}:{self.line}: 「{self.text.field.name}」里写的{self.old}{became}"


def running_texts(catalog: Catalog, instrument: Instrument) -> Iterator[RunningText]:
    """Yield the texts that may name articles of an instrument; not its own file, nor what tells of the past."""
    for record in catalog:
        if record.collection == ADJUSTMENTS or (record.collection == LAWS and record.id == instrument.id):
            continue
        fields = catalog.forms[record.collection].fields
        about = [str(record.data.get(name)) for name, field in fields.items() if field.collection == LAWS]
        law = catalog.instruments[about[0]].short if len(about) == 1 and about[0] in catalog.instruments else ""
        yield from _texts(record, fields, record.data, "", law)


def _texts(
    record: Record, fields: Mapping[str, Field], data: Mapping[str, Value], pointer: str, law: str
) -> Iterator[RunningText]:
    resting = {
        "" if citation.version else citation.law
        for name, field in fields.items()
        if field.kind is kinds.CITATION and name in data
        for citation in citations(_each(data[name]))
    }
    law = (resting.pop() if len(resting) == 1 else "") if resting else law
    for name, field in fields.items():
        if name not in data or field.kind in _THEIRS:
            continue
        value = data[name]
        for index, one in enumerate(_each(value)):
            here = f"{pointer}/{name}" + (f"/{index}" if isinstance(value, (list, tuple)) else "")
            if isinstance(one, dict):
                yield from _texts(record, field.fields, one, here, law)
            elif isinstance(one, str) and ARTICLE in one:
                yield RunningText(record, here, field, one, law)


def _each(value: Value) -> list[Value]:
    return [*value] if isinstance(value, (list, tuple)) else [value]


def mentions(catalog: Catalog, plan: Adoption, text: RunningText) -> Iterator[MentionedArticle]:
    """Yield the articles of the instrument that a text names and that stand elsewhere now."""
    reading = read(text.words, catalog.titles)
    found = [
        (citation.where[0][0], citation.where[-1][1], citation) for citation in reading.citations if not citation.quoted
    ]
    if text.law in plan.instrument.names and not reading.citations:
        title = f"《{text.law}》"
        for start, _ in reading.refused:
            if _ORDINAL.match(text.words, start) and not any(first <= start < last for first, last, _ in found):
                whole = read(title + text.words[start:], catalog.titles).citations[:1]
                found += [(start, one.where[-1][1] - len(title) + start, one) for one in whole]
    ours = any(citation.instrument.keys == (plan.instrument.id,) for citation in reading.citations)
    ours = ours and text.law in {"", *plan.instrument.names}
    for start, end in reading.refused if ours else ():
        place = parse_place(text.words[start:end])
        fates = [fate for fate in follow(place, plan.later) if fate.moved] if place else []
        if fates:
            yield MentionedArticle(text, start, end, text.words[start:end], "", f"看不出是不是这部文件的；{fates[0]}")
    for start, end, one in found:
        if (
            one.instrument.keys == (plan.instrument.id,)
            and not one.instrument.year
            and not one.annex
            and one.depth >= 0
        ):
            yield from _mention(catalog, plan, text, start, end, one)


def _mention(  # noqa: PLR0913, PLR0917 — a place of a text is a start and an end
    catalog: Catalog, plan: Adoption, text: RunningText, start: int, end: int, cited: Cited
) -> Iterator[MentionedArticle]:
    citation = basis(cited, catalog.instruments)
    fates = [fate for place in citation.places for fate in follow(place, plan.later)]
    if not any(fate.moved for fate in fates):
        return
    words = text.words[start:end]
    try:
        values = carried(citation, plan)
    except ByHandError as why:
        yield MentionedArticle(text, start, end, words, "", str(why))
        return
    new = _renamed(words, citation, values)
    yield MentionedArticle(text, start, end, words, new, "" if new else "，".join(map(str, fates)))


def renamed(source: str, text: RunningText, found: list[MentionedArticle]) -> tuple[str, list[MentionedArticle]]:
    """Return a file with the articles of one of its texts called as they are now, and what became of each."""
    result = reworded(
        source,
        text.pointer,
        text.words,
        [(article.start, article.end, article.new) for article in found if article.new],
    )
    if result is None:
        result, found = source, [article._replace(new="", why=article.why or "这一处的写法改不了") for article in found]
    line = marks(source.encode()).value(text.pointer)[0]
    return result, [article._replace(line=line) for article in found]


def _renamed(words: str, citation: Citation, values: Mapping[str, Value]) -> str:
    """Return the words with the new numbers, in their own way of writing numbers; empty where that is not certain."""
    old, new = citation.place, Citation.of({**citation.data(), **values}).place
    if words.endswith(old):
        return words.removesuffix(old) + new
    written = [*_NUMBER.finditer(words)]
    moved = (citation.article, values.get(ARTICLE))
    if {*values} != {ARTICLE} or len(written) != 1 or not all(isinstance(one, int) for one in moved):
        return ""
    match, wanted = written[0], next(iter(numbers(moved[1])))
    if (int(match[1]) if match[1].isascii() else number(match[1])) != moved[0]:
        return ""
    said = str(wanted) if match[1].isascii() else numeral(wanted)
    return words[: match.start()] + said + words[match.end() :]
