"""What a person calls an instrument or an article (安全生产法 97, 安全生产法第九十七条) → the same as citations."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.law.basis import basis
from quanze.law.citation import joined
from quanze.law.nearest import nearest
from quanze.law.reader import read
from quanze.register.faulty import faulty_laws

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quanze.law.citation import Citation
    from quanze.law.instrument import Instrument
    from quanze.law.places import Place
    from quanze.register.catalog import Catalog

_NUMERALS = "零〇一二三四五六七八九十百千"
_ARTICLE = re.compile(f"([0-9]+|[{_NUMERALS}]+)(?:条)?(?:之([0-9]+|[{_NUMERALS}]+))?")
_NO_MARKS = str.maketrans("", "", "《》")
_FIRST_PLACE = re.compile(r"[第0-9]")
_AFTER_TITLE = re.compile(f"[第0-9{_NUMERALS}]")
"""A title may have numerals in it; what follows a known one is a place."""


@dataclass(frozen=True, slots=True)
class Sought:
    """An instrument and the places in it that somebody asks for."""

    instrument: Instrument
    citations: tuple[Citation, ...]
    """The same as citations; one without 条 where the whole instrument is meant."""

    @property
    def places(self) -> tuple[Place, ...]:
        """Every (条, 款, 项), 0 where a part is left out; none for the whole instrument."""
        return tuple(place for citation in self.citations for place in citation.places)

    def __str__(self) -> str:
        """Return the places as a statute writes them."""
        return joined(self.citations)


def instrument_named(catalog: Catalog, name: str) -> Instrument:
    """Return the instrument of an id, a title or a short title; a Fault that names the nearest."""
    if name in catalog.instruments:
        return catalog.instruments[name]
    found = _called(catalog, name)
    if len(found) > 1:
        raise Fault(f"简称《{name}》同时指 {'、'.join(one.id for one in found)}；请写全称")
    if not found:
        raise Fault(unknown(catalog, name.translate(_NO_MARKS)))
    return found[0]


def absent(catalog: Catalog, title: str) -> bool:
    """Tell whether no instrument is called so, and no file that has a fault could be the one."""
    return not _called(catalog, title) and not any(faulty_laws(catalog))


def _called(catalog: Catalog, name: str) -> list[Instrument]:
    wanted = fold(name).translate(_NO_MARKS)
    return [one for one in catalog.instruments.values() if any(fold(known) == wanted for known in one.names)]


def sought(catalog: Catalog, words: Iterable[str]) -> Sought:
    """Read what a person asks for; a Fault that names the nearest title, or the way to write a place."""
    text = fold("".join(words)).translate(_NO_MARKS)
    begins = [
        name for instrument in catalog.instruments.values() for name in instrument.names if _begins(text, fold(name))
    ]
    for one in faulty_laws(catalog) if not begins else ():
        titled = max((name for name in one.names if _begins(text, fold(name))), key=len, default="")
        if titled:
            raise Fault(unknown(catalog, titled))
    if not begins:
        raise Fault(unknown(catalog, _FIRST_PLACE.split(text, maxsplit=1)[0] or text))
    name = max(begins, key=len)
    named = catalog.named(name)
    if len(named) > 1:
        raise Fault(f"简称《{name}》同时指 {'、'.join(one.id for one in named)}；请写全称")
    rest = text[len(fold(name)) :]
    place = _ARTICLE.sub(_spelt, rest, count=1) if rest[:1].isdecimal() or rest[:1] in _NUMERALS else rest
    reading = read(f"《{name}》{place}", catalog.titles)
    found = [basis(citation, {})._replace(law=name) for citation in reading.citations]
    if reading.rest or reading.refused or (rest and not all(one.article is not None for one in found)):
        raise Fault(f"看不懂「{rest}」指哪一条；写成「{name} 97」或者「{name}第九十七条第三项」")
    return Sought(named[0], tuple(found))


def fold(text: str) -> str:
    """Return a text as it is compared: half-width, without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def unknown(catalog: Catalog, name: str) -> str:
    """Return the sentence for a title that is not kept, or whose file has a fault."""
    faulty = [*faulty_laws(catalog)]
    for law in faulty:
        if fold(name) in map(fold, law.names):
            return f"《{name}》的文件 {law}"
    hint = nearest(name, (instrument.short for instrument in catalog.instruments.values()))
    nameless = next((law for law in faulty if not law.names), None)
    if nameless:
        return f"读得出的文件里没有《{name}》{hint}；{nameless}"
    return f"没有收录《{name}》{hint or '；收录的文件在 catalog/laws/ 里'}"


def _begins(text: str, name: str) -> bool:
    """Tell whether a text is a title, or a title with a place after it."""
    rest = text.removeprefix(name) if text.startswith(name) else None
    return rest is not None and (not rest or bool(_AFTER_TITLE.match(rest)))


def _spelt(match: re.Match[str]) -> str:
    return f"第{match[1]}条" + (f"之{match[2]}" if match[2] else "")
