"""What people say for a register's own words (catalog/words.yaml), and which powers they mean by what they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.model import Record
from quanze.base.value import rows, texts
from quanze.register.tree import CATALOG, WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quanze.base.model import Value
    from quanze.register.catalog import Catalog

_SYNONYMS, _INTENTS, _SAID, _MEANT, _TYPES = "同义词", "意图", "说法", "即", "职权类型"


@dataclass(frozen=True, slots=True)
class Saying:
    """What people say, and what it leads to: words of the register, or types of power."""

    said: tuple[str, ...]
    meant: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a register's search; empty where it keeps no such file."""

    synonyms: tuple[Saying, ...] = ()
    intents: tuple[Saying, ...] = ()

    @classmethod
    def of(cls, data: Mapping[str, Value]) -> Vocabulary:
        """Return what the file holds."""
        synonyms = tuple(Saying(texts(row.get(_SAID)), texts(row.get(_MEANT))) for row in rows(data.get(_SYNONYMS)))
        intents = tuple(Saying(texts(row.get(_SAID)), texts(row.get(_TYPES))) for row in rows(data.get(_INTENTS)))
        return cls(synonyms, intents)

    @staticmethod
    def place(number: int, word: int) -> str:
        """Return the pointer to a word that a synonym leads to."""
        return f"/{_SYNONYMS}/{number}/{_MEANT}/{word}"


def words(catalog: Catalog) -> Record:
    """Return the file as a record, so that rules can find fault with it at its place."""
    return Record(WORDS, WORDS, f"{CATALOG}/{WORDS}.yaml", catalog.words)
