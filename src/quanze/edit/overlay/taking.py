"""What a superior's register means for the records here that take over its own: taken, changed, gone, the same."""

from __future__ import annotations

import enum
import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.problem import Fault
from quanze.edit.changeset import Edit
from quanze.edit.naming import NewIds, schema_path
from quanze.edit.overlay.copying import Copying, adopted
from quanze.edit.patch import amend
from quanze.form.kinds.adoption import ADOPTION, BODY, ID, STAYS, Overlay, stays
from quanze.io.yaml import read, write
from quanze.register.adopted import AdoptedCopy, copy_path, newest_path
from quanze.register.adopting import LOCK, AdoptedLock, SuperiorPin, held
from quanze.register.catalog import BODIES
from quanze.register.life import Life
from quanze.register.tree import CATALOG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from quanze.base.model import Document, Value
    from quanze.edit.overlay.source import SuperiorData
    from quanze.form import Form
    from quanze.register.catalog import Catalog


class Following(enum.Enum):
    """How a record here stands to the superior's."""

    SAME = "与上级一致"
    TAKEN = "取来"
    RENEWED = "上级没有改，这里的副本与它不同，照它重写"
    FOLLOWED = "采用新的一版"
    CHANGED = "上级改了，待定"
    KEPT = "上级改了，本处留用原来的"
    GONE = "上级没有这个编号了"


class OverlayState(NamedTuple):
    """One record that takes over a superior's."""

    key: str
    """items/xzcf-001"""
    id: str
    standing: Following
    before: Document
    """What was taken."""
    now: Document
    """What the superior says now."""


@dataclass
class Overlays:
    """What came of all that take over from one superior."""

    rows: list[OverlayState] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    """The files that are needed no longer."""
    laws: list[str] = field(default_factory=list)
    """The laws that the superior's records cite and this register does not keep."""


class Adopting(NamedTuple):
    """A record's file that takes over a superior's."""

    collection: str
    id: str
    path: str
    text: str
    says: Overlay

    @property
    def key(self) -> str:
        """What it is called on the command line."""
        return f"{self.collection}/{self.id}"


class Wanted(NamedTuple):
    """What a clerk asks for, by keys (items/xzcf-001)."""

    new: tuple[str, ...] = ()
    """The superior's records that are to be taken over; a collection alone stands for all of it."""
    take: tuple[str, ...] = ()
    """The records here that follow the superior's newest state."""
    keep: tuple[str, ...] = ()
    """Those that do not."""
    why: str = ""
    """Why they do not."""


def overlays(  # noqa: PLR0913, PLR0917
    catalog: Catalog, data: SuperiorData, body: str, place: str, on: str, wanted: Wanted
) -> Overlays:
    """Work out what the superior's newest state comes to; nothing is written.

    Raises:
        Fault: the superior is another, went back to an earlier state, or has not what was asked for.

    """
    lock = AdoptedLock.load(catalog.root)
    _sound(data, body, lock.sources.get(body, SuperiorPin(place)))
    overlaid = Overlays()
    files = [*adopting(catalog)]
    begun = [*_begun(catalog, data, body, wanted.new, files)]
    overlaid.edits += [Edit(file.path, None, file.text) for file in begun]
    mine = [file for file in (*files, *begun) if file.says.body == body]
    _known({*wanted.take, *wanted.keep}, {file.key for file in mine})
    names = {**adopted(catalog, body), **{(file.collection, file.says.id): file.id for file in mine}}
    copying = Copying(catalog, data, body, on, names)
    copies = dict(lock.copies)
    for file in mine:
        _settle(catalog, copying, file, wanted, overlaid, copies)
    kept = {path(file.collection, file.id) for file in (*files, *begun) for path in (copy_path, newest_path)}
    for path in sorted({*copies} - kept):
        copies.pop(path)
        overlaid.gone.append(path)
    sources = {**lock.sources, body: SuperiorPin(place, data.commit, data.dated)}
    overlaid.laws = [title for title in dict.fromkeys(copying.laws) if not catalog.named(title)]
    before = _text(catalog.root, LOCK)
    after = AdoptedLock(sources, copies).text()
    if mine and before != after:
        overlaid.edits.append(Edit(LOCK, before, after))
    return overlaid


def _sound(data: SuperiorData, body: str, pin: SuperiorPin) -> None:
    if body not in data.bodies:
        raise Fault(f"来源的数据里没有「{body}」这个机关；请写它的全称，或者核对来源的网址")
    if data.dated < pin.dated:
        raise Fault(f"来源现在是 {data.dated} 的，上次看到的是 {pin.dated} 的：它退回到了以前，没有取；请问明原因")


def _known(asked: set[str], keys: set[str]) -> None:
    unknown = sorted(asked - keys - {"全部"})
    if unknown:
        raise Fault(f"本处没有采用这个上级的「{unknown[0]}」；写成 items/xzcf-001 的样子，或者「全部」")


def adopting(catalog: Catalog) -> Iterator[Adopting]:
    """Yield the files that take over a superior's record, those too whose copy is not there yet."""
    for one in catalog:
        if one.adopted:
            text = (catalog.root / one.path).read_bytes().decode()
            yield Adopting(one.collection, one.id, one.path, text, Overlay.of(one.adopted.own.get(ADOPTION)))
    for collection, id_ in sorted(catalog.broken):
        form = catalog.forms.get(collection)
        folder = catalog.root / CATALOG / collection
        for file in sorted(folder.rglob(f"{id_}.yaml")) if form and form.adoptable else ():
            content = file.read_bytes()
            path = file.relative_to(catalog.root).as_posix()
            own, problems = read(content, path)
            says = Overlay.of(own.get(ADOPTION)) if isinstance(own, dict) and not problems else Overlay()
            if says.body and says.id:
                yield Adopting(collection, id_, path, content.decode(), says)


def _begun(
    catalog: Catalog, data: SuperiorData, body: str, wanted: Iterable[str], files: list[Adopting]
) -> Iterator[Adopting]:
    """Yield the files of records that are taken over from now on."""
    names = NewIds(catalog)
    have = {(file.collection, file.says.id) for file in files if file.says.body == body}
    for collection, id_ in dict.fromkeys(_asked(catalog, data, wanted)):
        form = catalog.forms[collection]
        theirs = data.collection(collection).get(id_)
        if theirs is None:
            raise Fault(f"上级公布的数据里没有 {collection}/{id_}")
        if (collection, id_) in have:
            continue
        here = id_ if not names.objection(collection, id_) else names.new(form, theirs)
        if here == id_:
            names.take(collection, id_)
        own = {ADOPTION: {BODY: body, ID: id_}, **dict(_needed(catalog, form))}
        path = names.path(collection, here)
        ordered = {name: own[name] for name in (ADOPTION, *form.fields) if name in own}
        text = write(ordered, schema_path(path, collection))
        yield Adopting(collection, here, path, text, Overlay(body, id_))


def _asked(catalog: Catalog, data: SuperiorData, wanted: Iterable[str]) -> Iterator[tuple[str, str]]:
    for key in wanted:
        collection, _, id_ = key.partition("/")
        form = catalog.forms.get(collection)
        if form is None or not form.adoptable:
            may = "、".join(name for name, one in catalog.forms.items() if one.adoptable)
            raise Fault(f"「{collection}」的表单没有说可以采用上级的；可以的有：{may}")
        life = Life.of(form)
        published = data.collection(collection)
        yield from ((collection, one) for one in ((id_,) if id_ else published) if id_ or not life.gone(published[one]))


def _needed(catalog: Catalog, form: Form) -> Iterator[tuple[str, Value]]:
    """Yield what is each register's own and can be said already: that its own body acts."""
    own = form.adoptable.own if form.adoptable else ()
    body = catalog.settings.body
    for name in own:
        known = form.fields[name]
        if known.required and known.collection == BODIES and catalog.record(BODIES, body):
            yield name, [body] if known.many else body


def _settle(  # noqa: PLR0913, PLR0917
    catalog: Catalog, copying: Copying, file: Adopting, wanted: Wanted, overlaid: Overlays, copies: dict[str, str]
) -> None:
    """Find out how one record stands, and what is to be written of it."""
    form, at = catalog.forms[file.collection], copy_path(file.collection, file.id)
    old = _held(catalog.root, at, copies)
    theirs = copying.data.record(file.collection, file.says.id)
    new = copying.copy(form, file.says.id, theirs) if theirs else copying.gone(form, file.says.id)
    fresh = old is None or (old.body, old.id) != (file.says.body, file.says.id)
    take, keep = (bool({file.key, "全部"} & {*keys}) for keys in (wanted.take, wanted.keep))
    newest: AdoptedCopy | None = None
    if new.record is None:
        standing, newest, copy = Following.GONE, new, old if old and not fresh else None
        if copy is None:
            then = f"；它改成了 {new.now}" if new.now else ""
            raise Fault(f"{file.path} 采用的 {file.says.id}，上级公布的数据里没有{then}")
    elif fresh or old is None:
        standing, copy = Following.TAKEN, new
    elif old.record == new.record or old.digest == new.digest:
        standing = Following.SAME if old.record == new.record else Following.RENEWED
        copy = replace(old, record=new.record, numbers=new.numbers, groups=new.groups, lacking=new.lacking)
    elif take:
        standing, copy = Following.FOLLOWED, new
    else:
        stays_ = bool(file.says.stays) and new.digest.startswith(file.says.stays)
        standing, copy, newest = (Following.KEPT if keep or stays_ else Following.CHANGED), old, new
    before: Document = (old.record or {}) if old and not fresh else {}
    overlaid.rows.append(OverlayState(file.key, file.says.id, standing, before, new.record or {}))
    _copied(catalog.root, at, copy, overlaid, copies)
    _copied(catalog.root, newest_path(file.collection, file.id), newest, overlaid, copies)
    if keep and standing is Following.KEPT:
        _rewrite(file, stays(new.digest, wanted.why), overlaid)
    elif file.says.stays and newest is None:
        _rewrite(file, None, overlaid)


def _copied(root: Path, path: str, copy: AdoptedCopy | None, overlaid: Overlays, copies: dict[str, str]) -> None:
    """Write a copy where it is not as it should be; let go of one that is needed no longer."""
    if copy is None:
        if copies.pop(path, None):
            overlaid.gone.append(path)
        return
    text, before = copy.text(), _text(root, path)
    if before != text:
        overlaid.edits.append(Edit(path, before, text))
    copies[path] = hashlib.sha256(text.encode()).hexdigest()


def _rewrite(file: Adopting, value: Value, overlaid: Overlays) -> None:
    text = amend(file.text, f"/{ADOPTION}", {STAYS: value})
    if text is None:
        raise Fault(f"{file.path} 里「{ADOPTION}」的写法不便自动改动；请人工改「{STAYS}」")
    if text != file.text:
        overlaid.edits.append(Edit(file.path, file.text, text))


def _held(root: Path, path: str, copies: dict[str, str]) -> AdoptedCopy | None:
    """Return the copy that is here; None where it is not there, or not what was locked: then it is taken again."""
    try:
        return AdoptedCopy.of(held(root, path, copies))
    except ValueError:
        return None


def _text(root: Path, path: str) -> str | None:
    file = root / path
    return file.read_bytes().decode("utf-8", "replace") if file.is_file() else None
