"""A text → what it cites: one grammar for check, cite, import, search and the notice box.

The browser has the same grammar in frame/assets/reader/. lexicon.json holds the words of both,
tests/citations.json the cases of both.
"""

from __future__ import annotations

from quanze.base.parallel import undisturbed
from quanze.law.reader.cited import Cited, Reading
from quanze.law.reader.columns import columns
from quanze.law.reader.folding import fold
from quanze.law.reader.known import KnownTitles, TitledInstrument
from quanze.law.reader.machine import Machine
from quanze.law.reader.notes import year_of
from quanze.law.reader.titles import titles

__all__ = ["Cited", "KnownTitles", "Reading", "TitledInstrument", "read", "year_of"]


def read(text: str, names: KnownTitles) -> Reading:
    """Return what a text cites, in its order, and what is left unexplained.

    `names` holds the names of the instruments of a register, made once. Nothing is guessed: an article that belongs
    to no law named in the text, a title that is no law's and a range without its beginning are in `refused` and in
    `rest`. A name that several instruments share gives them all as `instrument.keys`; a law that the register lacks
    gives none. `where` and `rest` are places in the text as given. Takes time in proportion to the text.
    """
    with undisturbed():
        folded = fold(text)
        named = titles(folded, names)
        if not any(one.instrument.kind for one in named):
            return Machine(folded, named).lawless()
        return Machine(folded, named, [*columns(text, folded, named)]).run()
