"""What the reader finds in a text → citations."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from quanze.law.citation import NUMBER, Citation
from quanze.law.reader import read
from quanze.law.reader.notes import FORMER
from quanze.law.standing import version_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Value
    from quanze.law.instrument import Instrument
    from quanze.law.reader import Cited, KnownTitles
    from quanze.law.reader.units import Number, Span


_PUBLISHED = frozenset(("公布", "颁布", "发布", "通过", NUMBER))


def bases(text: str, titles: KnownTitles, instruments: Mapping[str, Instrument]) -> list[Citation]:
    """Return the citations in the text of a cell, those in others' words left out; none is guessed.

    Between one instrument and the next every word is explained by the citations, or the stretch stays with the first
    of them as 原文; a text that cites nothing is 原文 alone.
    """
    reading = read(text, titles)
    left = [one for one in reading.citations if one.quoted or unplaced(one, instruments)]
    unsaid = sorted([*reading.rest, *reading.refused, *(one.where[0] for one in left)])
    citations: list[Citation] = []
    for start, end, cited in _stretches([one for one in reading.citations if not one.quoted], len(text)):
        placed = [one for one in cited if one not in left] or cited[:1]
        values = [basis(one, instruments) for one in placed] or [Citation()]
        if not cited or any(first < end and last > start for first, last in unsaid):
            values[0] = values[0]._replace(unread=text[start:end].strip())
        citations += [value for value in values if value not in citations]
    return citations


def _stretches(cited: list[Cited], length: int) -> Iterator[tuple[int, int, list[Cited]]]:
    """Yield (start, end, citations) for each run of citations of one instrument; together they are the whole text."""
    runs = [list(run) for _, run in groupby(cited, key=lambda one: (one.instrument.same, one.instrument.year))]
    starts = [0, *(run[0].where[0][0] for run in runs[1:]), length]
    for (start, end), run in zip(pairwise(starts), runs or [[]], strict=True):
        yield start, end, run


def unplaced(cited: Cited, instruments: Mapping[str, Instrument]) -> bool:
    """Tell whether the numbers are of a version before today's that is not kept, or of one that nobody can name.

    So of 《…法》（2009年修正）第七条 and 原第九十四条; the year of its publication names the instrument.
    """
    law = cited.instrument
    known = instruments.get(law.keys[0]) if len(law.keys) == 1 else None
    if not known or not known.looked_up or cited.depth < 0 or law.event in _PUBLISHED:
        return False
    version = version_named(known, law.year, law.event) if law.year else None
    if law.event == FORMER:
        return version is None or version is known.newest
    return version is None and bool(law.year) and law.year < known.newest.promulgated[: len(law.year)]


def basis(cited: Cited, instruments: Mapping[str, Instrument]) -> Citation:
    """Return a citation under the short title of the instrument if it is just one.

    Numbers of which nobody knows the version are none of today's: they are left out, what was written is its 原文.
    """
    keys, year = cited.instrument.keys, cited.instrument.year
    known = instruments.get(keys[0]) if len(keys) == 1 else None
    version = version_named(known, year, cited.instrument.event) if known and year else None
    if known and version and cited.instrument.event == NUMBER and version is (known.named_numbers or known.newest):
        version = None  # its number is no more than a name of the law: the numbers of its articles are today's
    article, paragraph, item, point = map(_numbers, cited.levels)
    if known and unplaced(cited, instruments):
        event = cited.instrument.event.replace(FORMER, "前")
        places = Citation("", "", "", article, paragraph, item, point)
        law = f"《{known.short}》（{year[:4]}年{event}）" if year else f"{FORMER}《{known.short}》"
        return Citation(known.short, unread=f"{law}{places}")
    return Citation(
        known.short if known else cited.instrument.name,
        "",
        version.name if version else "",
        article,
        paragraph,
        item,
        point,
        cited.annex,
    )


def _numbers(spans: tuple[Span, ...]) -> Value:
    values = tuple(_number(first) if first == last else f"{_number(first)}至{_number(last)}" for first, last in spans)
    return values if len(values) > 1 else next(iter(values), None)


def _number(number: Number) -> int | str:
    return f"{number[0]}之{number[1]}" if number[1] else number[0]
