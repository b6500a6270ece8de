"""Ids and places of new records: permanent, never used before, in the folder where their like are."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.edit.spelling import initials, spelt
from quanze.form import kinds
from quanze.history.beginning import counted
from quanze.io import git
from quanze.register.litter import misnamed
from quanze.register.tree import CATALOG, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from quanze.base.model import Value
    from quanze.form import Form
    from quanze.io.git import Commit
    from quanze.register.catalog import Catalog

_NUMBERED = re.compile(r"(?P<head>[a-z0-9-]*[a-z])-(?P<number>[0-9]+)\Z")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_STATE = "中华人民共和国"
_DIGITS = 3


class NewIds:
    """The ids of a project: those of its records, those of its history, and those given out here."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._used: defaultdict[str, set[str]] = defaultdict(set)
        self._highest: dict[tuple[str, str], int] = {}
        self._folders: dict[str, frozenset[str]] = {}
        self._heads: dict[tuple[str, str], str] = {}
        for collection, records in catalog.records.items():
            self._used[collection] |= {*records}
        for collection, id_ in (*catalog.broken, *_former(catalog)):
            self._used[collection].add(id_)

    def take(self, collection: str, id_: str) -> str:
        """Give out an id that a person chose; a Fault where it is none or was used."""
        objection = self.objection(collection, id_)
        if objection:
            raise Fault(objection)
        self._used[collection].add(id_)
        return id_

    def used(self, collection: str) -> frozenset[str]:
        """Return the ids of a collection that nothing new can have."""
        return frozenset(self._used[collection])

    def objection(self, collection: str, id_: str) -> str:
        """Return why an id cannot be given out, or an empty string."""
        if not _ID.match(id_):
            return f"编号「{id_}」不对；用小写英文字母、数字和短横线，如 xzcf-001"
        if id_ in self._used[collection]:
            return f"编号「{id_}」用过了；编号一经使用不再给别的记录，请换一个"
        return misnamed(f"{id_}.yaml")

    def new(self, form: Form, data: Mapping[str, Value]) -> str:
        """Give out the next id for a record: by its form's prefix or its power type and a number, else by its title.

        Raises:
            Fault: there is nothing to make an id of.

        """
        type_, title = data.get(form.role(kinds.POWERTYPE)), data.get(form.title_field)
        if form.prefix or type_:
            return self.take(form.collection, self._numbered(form, form.prefix or self._head(form, str(type_))))
        if not title:
            telling = form.role(kinds.POWERTYPE) or form.title_field
            known = f" --set {telling}=…，或者" if telling else ""
            raise Fault(f"编不出编号；请写明{known}编号本身，如 quanze new {form.collection} xin-bian-hao")
        return self.take(form.collection, self._slug(form.collection, str(title)))

    def _numbered(self, form: Form, head: str) -> str:
        key = form.collection, head
        if key not in self._highest:
            matches = filter(None, map(_NUMBERED.match, self._used[form.collection]))
            self._highest[key] = max((int(match["number"]) for match in matches if match["head"] == head), default=0)
        while True:
            self._highest[key] += 1
            id_ = f"{head}-{self._highest[key]:0{_DIGITS}}"
            if id_ not in self._used[form.collection]:
                return id_

    def _head(self, form: Form, type_: str) -> str:
        """Return what most ids of this power type begin with, else its initials."""
        if (form.collection, type_) not in self._heads:
            self._heads[form.collection, type_] = self._most(form, type_)
        return self._heads[form.collection, type_]

    def _most(self, form: Form, type_: str) -> str:
        role = form.role(kinds.POWERTYPE)
        records = self._catalog.records.get(form.collection, {}).values()
        matches = filter(None, (_NUMBERED.match(record.id) for record in records if record.data.get(role) == type_))
        heads = Counter(match["head"] for match in matches).most_common(1)
        return heads[0][0] if heads else initials(type_)

    def _slug(self, collection: str, title: str) -> str:
        slug = spelt(title.removeprefix(_STATE)) or "wu-ming"
        number = 2
        name = slug
        while name in self._used[collection]:
            name, number = f"{slug}-{number}", number + 1
        return name

    def path(self, collection: str, id_: str) -> str:
        """Return where a new record's file belongs: beside those of the same head, in the same kind of folder."""
        numbered = _NUMBERED.match(id_)
        head = numbered["head"] if numbered else ""
        if collection not in self._folders:
            records = self._catalog.records.get(collection, {}).values()
            self._folders[collection] = frozenset(_folder(record.path, record.id) for record in records)
        folders = self._folders[collection]
        base = f"{CATALOG}/{collection}"
        known = [folder for folder in folders if head and folder == f"{base}/{head}"]
        sorted_by_head = any(folder != base for folder in folders) and base not in folders
        folder = f"{base}/{head}" if known or (head and sorted_by_head) else base
        return f"{folder}/{id_}.yaml"


def schema_path(path: str, collection: str) -> str:
    """Return the way from a record's file to its schema, for the first line of the file."""
    return "../" * path.count("/") + f"{SCHEMA}/{collection}.schema.json"


def _folder(path: str, id_: str) -> str:
    return path.removesuffix(f"/{id_}.yaml")


def _counted(catalog: Catalog) -> Callable[[Commit], bool]:
    """Return whether a commit counts; every one where the beginning that site.yaml names is not in the repository."""
    try:
        return counted(catalog.root)
    except Fault:
        return lambda _: True


def _former(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield (collection, id) of every file that the register's own history knows; none without a history."""
    try:
        counts = _counted(catalog)
        for commit, touches in git.log(catalog.root, CATALOG):
            for touch in touches if counts(commit) else ():
                for path in {touch.old_path, touch.path} - {""}:
                    steps = path.split("/")
                    if len(steps) > 2 and path.endswith(".yaml"):  # noqa: PLR2004
                        yield steps[1], steps[-1].removesuffix(".yaml")
    except git.NoRepository:
        return
