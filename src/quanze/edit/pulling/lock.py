"""laws.lock: what was taken from where, by hash, so that the next time it is known who has changed a fact since."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.value import mapping, text
from quanze.io import lockfile
from quanze.law.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from quanze.base.model import Value

NAME = "laws.lock"
_COMMIT, _DATED, _DIGEST, _LAWS, _SOURCES = "commit", "dated", "sha256", "laws", "sources"
_MARK = 16


@dataclass(frozen=True, slots=True)
class LawPin:
    """What was taken from one source."""

    commit: str = ""
    dated: str = ""
    digest: str = ""
    """SHA-256 of its data/v1/laws.json."""
    laws: Mapping[str, Mapping[Fact, str]] | None = None
    """The mark of every fact by the title of its law."""

    def base(self, title: str) -> Mapping[Fact, str]:
        """Return the marks of the facts of a law as they were taken; none of one that was not."""
        return (self.laws or {}).get(title, {})


class Lock(dict[str, LawPin]):
    """The pins by source, as it is written on the command line."""

    @classmethod
    def load(cls, root: Path) -> Lock:
        """Read the file of a register; empty where there is none.

        Raises:
            Fault: it is no such file.

        """
        told = lockfile.load(root, NAME, "quanze law pull")
        return cls({place: _pin(mapping(one)) for place, one in mapping(told.get(_SOURCES)).items()})

    def text(self) -> str:
        """Return the file."""
        sources = {
            place: {
                _COMMIT: pin.commit,
                _DATED: pin.dated,
                _DIGEST: pin.digest,
                _LAWS: {
                    title: {f"{fact.version}/{fact.field}": marks[fact] for fact in sorted(marks)}
                    for title, marks in sorted((pin.laws or {}).items())
                },
            }
            for place, pin in sorted(self.items())
        }
        return lockfile.text({_SOURCES: sources})


def mark(value: Value) -> str:
    """Return a short hash of a value."""
    written = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()[:_MARK]


def _pin(one: Mapping[str, Value]) -> LawPin:
    laws = {
        title: {Fact(*key.rpartition("/")[::2]): text(value) for key, value in mapping(marks).items()}
        for title, marks in mapping(one.get(_LAWS)).items()
    }
    return LawPin(text(one.get(_COMMIT)), text(one.get(_DATED)), text(one.get(_DIGEST)), laws)
