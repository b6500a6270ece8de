"""Which fields tell where a record comes from or how it is found, and nothing that was published (核对, 来源, 关键词).

What a field is stands in its form, which may change too: one that was more at some time since a list was published is
more still, and so is one that a list tells in a column.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.form import SUFFIX, forms
from quanze.io import git
from quanze.register.tree import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from quanze.form import Form
    from quanze.register.catalog import Catalog

    Names = Mapping[str, frozenset[str]]

NONE: Names = MappingProxyType({})


def provenance(catalog: Catalog, commits: Iterable[str] = ()) -> Names:
    """Return by collection the names of such fields: by today's forms and by all since these commits, which count."""
    versions = [catalog.forms, *forms_since(catalog.root, dict.fromkeys(commits)).values()]
    more = {
        (collection, name)
        for version in versions
        for collection, form in version.items()
        for name, field in form.fields.items()
        if not field.kind.provenance
    } | {
        (definition.collection, column.path.partition(".")[0])
        for definition in catalog.lists.values()
        for column in definition.columns
    }
    return {
        collection: frozenset(name for name in form.fields if (collection, name) not in more)
        for collection, form in catalog.forms.items()
    }


def forms_since(root: Path, commits: Iterable[str]) -> Mapping[str, Mapping[str, Form]]:
    """Return the forms of each of these commits and of every later one that changed them, where they can be read."""
    starts = tuple(commits)
    return _since(root, git.head(root).id, starts) if starts else {}


@lru_cache(maxsize=4)
def _since(root: Path, head: str, starts: tuple[str, ...]) -> Mapping[str, Mapping[str, Form]]:
    """Return the same as of a commit: the lists of a register often have editions of one, and each asks."""
    found = {}
    changing = (one.id for start in starts for one, _, _ in git.versions(root, SCHEMA, head, start))
    for commit in dict.fromkeys((*starts, *changing)):
        held = git.files(root, commit, SCHEMA).items()
        files = {path: blob for path, blob in held if path.endswith(SUFFIX) and path.count("/") == 1}
        with suppress(Fault):
            found[commit] = forms(dict(zip(files, git.blobs(root, files.values()), strict=True)))
    return found
