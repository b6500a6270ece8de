"""Documents as they were recorded, each whole: what a file takes over from a superior's record is in it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from quanze.form.kinds.adoption import ADOPTION
from quanze.history.outcome import whole
from quanze.history.walk import key_of
from quanze.io import git, yaml
from quanze.register.adopted import FOLDER, copy_path
from quanze.register.tree import CATALOG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from quanze.base.model import Value


def documents(root: Path, places: Iterable[tuple[str, str]]) -> Iterator[Mapping[str, Value]]:
    """Yield what a file said in a commit, for each (commit, path); an empty document where it cannot be read."""
    wanted = [*places]
    names = (f"{commit}:./{path}" for commit, path in wanted)
    for (commit, path), content in zip(wanted, git.blobs(root, names), strict=True):
        data, _ = yaml.read(content, path)
        yield _whole(root, commit, path, data) if isinstance(data, Mapping) else {}


def _whole(root: Path, commit: str, path: str, own: Mapping[str, Value]) -> Mapping[str, Value]:
    key = key_of(path)
    blob = _copies(root, commit).get(copy_path(*key), "") if key and ADOPTION in own else ""
    return whole(own, next(iter(git.blobs(root, (blob,))))) if blob else own


@lru_cache(maxsize=4)
def _copies(root: Path, commit: str) -> Mapping[str, str]:
    return git.files(root, commit, f"{CATALOG}/{FOLDER}")
