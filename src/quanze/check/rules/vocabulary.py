"""The words of the search (words.yaml): that each leads to something the register says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.register.vocabulary import Vocabulary, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.register.catalog import Catalog


def unused_synonym(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """「同义词」里「即」的词须有记录写到（catalog/words.yaml）：没有的，群众照那个说法查了也查不到；列为待复核。"""
    synonyms = Vocabulary.of(catalog.words).synonyms
    whole = "\n".join(catalog.texts) if synonyms else ""
    for number, saying in enumerate(synonyms):
        for place, word in enumerate(saying.meant):
            if word not in whole:
                said = "、".join(saying.said)
                message = f"没有记录写到「{word}」，查「{said}」的人找不到；请改成登记里的写法，或者删去"
                yield Finding(words(catalog), Vocabulary.place(number, place), message, "review")


RULES = (unused_synonym,)
