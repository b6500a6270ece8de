"""Which of the project's files a text names: alone, as an attachment does, or among other words (见 files/a.pdf)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

from quanze.base.value import elements
from quanze.io.yaml import escape
from quanze.register.links import FILES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quanze.base.model import Value

FOLDERS = (FILES, "docs")
"""The folders of what people can fetch: with the records, or as a bureau's own pages."""
_LATIN = re.compile(r"[A-Za-z0-9%._/\\-]+")
_PHRASE = re.compile(r"[^\s，。；、：:,;()（）《》〈〉【】\[\]“”‘’\"']+")


class NamedFiles:
    """Some files of the project, looked for in texts."""

    def __init__(self, paths: Iterable[str]) -> None:
        """Take their paths from the project's root: those below the folders count."""
        self._paths = {path.lower(): path for path in paths if path.startswith(tuple(f"{it}/" for it in FOLDERS))}

    def of(self, text: str) -> frozenset[str]:
        """Return the paths of the files that a text names, in whatever way people write a file's name."""
        if not self._paths or "." not in text:
            return frozenset()
        tokens = {text.strip(), *_LATIN.findall(text), *_PHRASE.findall(text)}
        found = (self._paths.get(path) for token in tokens for path in _meant(token))
        return frozenset(filter(None, found))


def _meant(token: str) -> tuple[str, ...]:
    """Return the paths, in small letters, that a name may mean."""
    steps = [step for step in unquote(token).replace("\\", "/").lower().rstrip(".").split("/") if step not in {"", "."}]
    told = [place for place, step in enumerate(steps[:-1]) if step in FOLDERS]
    return ("/".join(steps[told[-1] :]),) if told else tuple("/".join((folder, *steps)) for folder in FOLDERS)


def texts_with_places(value: Value, pointer: str = "") -> Iterator[tuple[str, Value, str]]:
    """Yield (pointer, what it is a part of, text) of every text in a value."""
    inner = value.items() if isinstance(value, Mapping) else enumerate(elements(value))
    for name, one in inner:
        here = f"{pointer}/{escape(str(name))}"
        if isinstance(one, str):
            yield here, value, one
        else:
            yield from texts_with_places(one, here)
