"""The site's own search: what goes into the index, how it is packed, and what exactly a query finds.

The index is three files that the worker in quanze/frame/assets/ reads one after the other, so that names,
keywords and codes answer first, the articles cited next, and the whole published text in the end: that only where the
marks that come before it say that it may have what is looked for. A fourth, what is not the register's own matter, is
read where little or nothing else is found.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from hashlib import sha256
from itertools import chain, pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from quanze.base.compact import compact
from quanze.law.reader.folding import plain
from quanze.law.reader.lexicon import STATE
from quanze.law.reader.shapes import shapes
from quanze.register.vocabulary import Vocabulary
from quanze.site import packing
from quanze.site.gist import SHARE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_LAWS: Final = "laws"
_LIMITS: Final = (10_000, 50_000, 100_000, 500_000, 1_000_000)
BANDS: Final = (
    "不超过1万元",
    "超过1万元，不超过5万元",
    "超过5万元，不超过10万元",
    "超过10万元，不超过50万元",
    "超过50万元，不超过100万元",
    "超过100万元",
)
"""The bands of a facet over the highest fine, in their order."""
ABOVE: Final = {100_000: "10万元以上", 1_000_000: "100万元以上"}
"""Values of the same facet that take several bands together, by the least fine, in yuan."""
FINES: Final = (*ABOVE.values(), *BANDS, SHARE)
"""All values of the facet, in their order."""

AND: Final = "…"
"""What stands, in what people say, between words that need not follow each other."""

_SPARSE: Final = 16
_SPREAD: Final = 7919
"""What the first of a pair is multiplied by; there are `_SPARSE` marks for each pair."""

_APART: Final = "\0"
"""What stands between clauses that are looked at together: no text holds it."""


class SearchCitation(NamedTuple):
    """One citation of a record.

    `text` is the citation as the record's page writes it, with the instrument's name in it
    (《安全生产法》第九十七条第三项): the reader of notices reads it too. `law` is the key of the instrument's own
    entry, empty for one that is not kept; `names` are the titles by which it is cited, full and short.
    """

    law: str
    names: tuple[str, ...]
    text: str


class SearchRecord(NamedTuple):
    """What the search knows of one page; all texts are as published on that page.

    `key` is `collection/id` and `url` the page's address below the site's root; `label` says what kind of thing it
    is (事项); `names` are other names than the title; `facets` are the values to filter by, which alone need not
    stand on the page; `ended` puts it after those in force.
    """

    key: str
    url: str
    title: str
    collection: str
    label: str
    names: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    citations: tuple[SearchCitation, ...] = ()
    values: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    ended: bool = False
    gist: str = ""
    """The one thing to know of it before its page is opened: the heaviest fine, the time limit of a licence."""
    fines: tuple[tuple[int, int, str], ...] = ()
    """The ranges of its fines in yuan, from 0 where the law names no least, and when and for whom each is."""
    outside: tuple[str, ...] = ()
    """The bodies that are competent where the matter is not this register's; such a record is found apart."""
    numbers: tuple[tuple[str, str], ...] = ()
    """The numbers (文号) that name an instrument, each with the day of the version that it is of."""

    def tiers(self) -> tuple[tuple[str, ...], ...]:
        """Return the page's texts, each once, by rank: names; keywords and codes; citations; all the rest."""
        ranks = (
            (self.title, *self.names),
            (*self.keywords, *self.codes),
            tuple(cited.text for cited in self.citations),
            self.values,
        )
        tiers: list[tuple[str, ...]] = []
        seen: set[str] = set()
        for texts in ranks:
            tiers.append(tuple(dict.fromkeys([text for text in texts if text not in seen and text.strip()])))
            seen.update(tiers[-1])
        return tuple(tiers)


def fold(text: str) -> str:
    """Return the form in which texts are compared: Unicode NFKC, case folded, without white space."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def matches(query: str, entries: Iterable[SearchRecord]) -> tuple[SearchRecord, ...]:
    """Return the entries of which each term of the query, separated by spaces, lies within one text.

    What is not the register's own matter is found apart. This is the definition that the worker's faster search is
    tested against.
    """
    terms = [fold(term) for term in query.split()]
    return tuple(
        entry
        for entry in entries
        if not entry.outside
        and all(any(term in fold(text) for text in chain.from_iterable(entry.tiers())) for term in terms)
    )


def band(yuan: float) -> str:
    """Return the band of `BANDS` that the highest possible fine, in yuan, falls into."""
    return BANDS[bisect_left(_LIMITS, yuan)]


def bands(yuan: int) -> tuple[str, ...]:
    """Return all values of the facet that the highest possible fine falls under."""
    return (*(name for least, name in ABOVE.items() if yuan >= least), band(yuan))


_NOTHING_SAID: Final = Vocabulary()


def index(
    entries: Iterable[SearchRecord],
    orders: Mapping[str, Sequence[str]] | None = None,
    said: Vocabulary = _NOTHING_SAID,
    facet: str = "",
    basis: str = "",
) -> Mapping[str, bytes]:
    """Return the index as files by their path below the site's root; equal entries make equal bytes.

    `orders` gives the order in which a facet's values are offered, as in its form's vocabulary; other values
    follow by how often they occur. `said` is what people say for the register's words, and `facet` the one whose values
    its intents name, `basis` the one that tells by which laws a power punishes.
    """
    everything = tuple(entries)
    entries = tuple(entry for entry in everything if not entry.outside)
    names, words, citations, texts = zip(*(entry.tiers() for entry in entries), strict=True) if entries else [()] * 4
    values, sentences = packing.sentences(texts)
    laws = _laws(entries)
    parts: dict[str, dict[str, object]] = {
        "names": {
            "keys": [*packing.runs([entry.key for entry in entries])],
            "urls": {number: entry.url for number, entry in enumerate(entries) if entry.url != f"{entry.key}/"},
            "labels": packing.column([(entry.label,) for entry in entries], ()),
            "ended": [number for number, entry in enumerate(entries) if entry.ended],
            "facets": _facets(entries, orders or {}),
            "type": facet,
            "basis": basis,
            "names": packing.pool(names),
            "words": packing.pool(words),
        },
        "citations": {
            "laws": laws,
            "decrees": [[entry.key, *number] for entry in entries for number in entry.numbers],
            "citations": packing.pool(citations),
            "gists": packing.column([(entry.gist,) if entry.gist else () for entry in entries], ()),
            "fines": packing.column(
                [[f"{low}-{high} {when}".strip() for low, high, when in record.fines] for record in entries], ()
            ),
            "absent": _marks(sentences),
            "intents": [[_sayings(one.said), one.meant] for one in said.intents],
        },
        "texts": {"texts": packing.letters(values, sentences)},
        "elsewhere": {
            "elsewhere": [_elsewhere(entry) for entry in everything if entry.outside],
            "synonyms": [[_sayings(synonym.said), _folded(synonym.meant)] for synonym in said.synonyms],
        },
        "signs": {"alike": shapes((STATE, *(plain(name) for _, *names in laws for name in names)))},
    }
    told = {name: compact(part) for name, part in parts.items()}
    stamp = sha256(b"".join(told.values())).hexdigest()[:16].encode()
    return {f"search/{name}.js": script(b'{"stamp":"%b",%b' % (stamp, part[1:])) for name, part in told.items()}


def _folded(words: Iterable[str]) -> list[str]:
    return [fold(word) for word in words]


def _sayings(said: Iterable[str]) -> list[str]:
    """Return what people say, folded but for what stands between words that need not follow each other."""
    return [AND.join(map(fold, one.split(AND))) for one in said]


def script(value: bytes) -> bytes:
    """Return a JSON value as a script: a page opened from a folder, without a server, may fetch nothing."""
    return b"quanzePart(%b);\n" % value


def _elsewhere(entry: SearchRecord) -> dict[str, object]:
    """Return what is told of a matter that is not this register's."""
    return {
        "url": entry.url,
        "title": entry.title,
        "bodies": entry.outside,
        "words": entry.keywords,
        "basis": [cited.text for cited in entry.citations],
    }


def _laws(entries: Sequence[SearchRecord]) -> list[list[str]]:
    """Return each instrument's key, followed by the names under which it may be cited."""
    names: dict[str, dict[str, None]] = {}
    for entry in entries:
        if entry.collection == _LAWS:
            names.setdefault(entry.key, {}).update(dict.fromkeys((entry.title, *entry.names)))
    for cited in chain.from_iterable(entry.citations for entry in entries):
        if cited.law:
            names.setdefault(cited.law, {}).update(dict.fromkeys(cited.names))
    return [[key, *known] for key, known in names.items()]


def _facets(entries: Sequence[SearchRecord], orders: Mapping[str, Sequence[str]]) -> list[dict[str, object]]:
    found = dict.fromkeys(name for entry in entries for name in entry.facets)
    return [
        {"name": name, **packing.column([entry.facets.get(name, ()) for entry in entries], orders.get(name, ()))}
        for name in found
    ]


def _marks(sentences: Iterable[Sequence[str]]) -> tuple[int, str]:
    """Return how many marks there are, and the distances between those that a pair of characters in a text sets.

    A term of which a pair has no mark is in none of the texts: they need not be fetched for it. At most a sixteenth of
    the marks are set. The marks are those of absent.js.

    Each clause is folded once: what stands between clauses joins with no letter when it is folded.
    """
    sentences = [*sentences]
    folded = {clause: fold(clause) for clause in dict.fromkeys(chain.from_iterable(sentences))}
    joined = set(chain.from_iterable(pairwise(filter(folded.__getitem__, clauses)) for clauses in sentences))
    within = {pair for pair in set(pairwise(_APART.join(folded.values()))) if _APART not in pair}
    pairs = within.union((folded[one][-1], folded[other][0]) for one, other in joined)
    size = _SPARSE * len(pairs) + 1
    marks = [-1, *sorted({(ord(one) * _SPREAD + ord(other)) % size for one, other in pairs})]
    return size, "".join(packing.sign(after - mark) for mark, after in pairwise(marks))
