"""Records that take over a superior's: what differs has a reason, and what the superior changed is not passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quanze.base.problem import Finding
from quanze.base.value import text
from quanze.form.kinds.adoption import ADOPTION, ID, LEFT_OUT, REASONS, Overlay
from quanze.form.words import near
from quanze.history.diff import compare
from quanze.io.yaml import escape
from quanze.register.adopted import AdoptedCopy, own_paths
from quanze.register.catalog import BODIES
from quanze.register.life import Life
from quanze.register.paths import pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.base.model import Adopted, Document, Record
    from quanze.form import Form
    from quanze.form.declared import Adoptable
    from quanze.register.catalog import Catalog

_AT = f"/{ADOPTION}"


class _Overlay(NamedTuple):
    """A record that takes over a superior's, with all that is asked of it."""

    record: Record
    form: Form
    adoptable: Adoptable
    parts: Adopted
    says: Overlay
    copy: AdoptedCopy

    @property
    def own(self) -> tuple[str, ...]:
        """The paths of what its file says itself."""
        return own_paths(self.parts.own, self.copy.groups)

    def needs(self, path: str) -> bool:
        """Tell whether a field needs a reason to differ; one that must not differ needs more than that."""
        name = path.partition(".")[0]
        field = self.form.fields.get(name)
        told = (*self.adoptable.own, *self.adoptable.free, *self.adoptable.kept)
        return name not in told and not (field and field.kind.provenance)


def _overlays(catalog: Catalog) -> Iterator[_Overlay]:
    for record in catalog:
        form = catalog.forms[record.collection]
        if record.adopted and form.adoptable:
            says, copy = Overlay.of(record.adopted.own.get(ADOPTION)), AdoptedCopy.of(record.adopted.copy)
            yield _Overlay(record, form, form.adoptable, record.adopted, says, copy)


def adoption_reason(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """采用上级的记录，本处不同的栏目和不取的栏目各要写明理由（表单说可以自定的除外）；没有不同的，不写理由。"""
    for overlay in _overlays(catalog):
        told = overlay.says.reasons
        for path in overlay.own:
            if overlay.needs(path) and path not in told:
                said = f"「{path}」与上级不同，要在「{ADOPTION}」的「{REASONS}」里写明理由；没有不同的，删去这一栏"
                yield Finding(overlay.record, pointer(path), said, at_key=True)
        for index, path in enumerate(overlay.says.left_out):
            if overlay.needs(path) and path not in told:
                said = f"不取上级的「{path}」，要在「{REASONS}」里写明理由"
                yield Finding(overlay.record, f"{_AT}/{LEFT_OUT}/{index}", said)
        for path in told:
            if path not in {*overlay.own, *overlay.says.left_out}:
                hint = near(path, (*overlay.own, *overlay.says.left_out))
                said = f"「{path}」没有与上级不同，不用写理由；请写出这一栏，或者删去理由{hint}"
                yield Finding(overlay.record, f"{_AT}/{REASONS}/{escape(path)}", said, at_key=True)


def adoption_kept(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """采用上级的记录，表单说由上级定的栏目（adopt 的 kept）不能改，也不能不取。"""
    for overlay in _overlays(catalog):
        for path in overlay.own:
            if path.partition(".")[0] in overlay.adoptable.kept:
                said = f"「{path}」由上级定，采用的记录不能改；请删去这一栏，或者不采用、整条自己写"
                yield Finding(overlay.record, pointer(path), said, at_key=True)
        for index, path in enumerate(overlay.says.left_out):
            if path.partition(".")[0] in overlay.adoptable.kept:
                said = f"「{path}」由上级定，不能不取；请删去，或者不采用、整条自己写"
                yield Finding(overlay.record, f"{_AT}/{LEFT_OUT}/{index}", said)


def adoption_same(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """采用上级的记录只写不同的栏目：与上级一样的，不用写；写了，上级以后改了，本处不会跟着改。列为待复核，不影响公布。"""
    for overlay in _overlays(catalog):
        for path in overlay.own:
            name, _, part = path.partition(".")
            mine, theirs = overlay.parts.own[name], overlay.parts.base.get(name)
            if part:
                mine, theirs = (side.get(part) if isinstance(side, dict) else None for side in (mine, theirs))
            if theirs is not None and not compare({"": theirs}, {"": mine}):
                said = f"「{path}」与上级的一样，不用写；请删去这一栏和它的理由"
                yield Finding(overlay.record, pointer(path), said, "review", at_key=True)


def adoption_changed(catalog: Catalog, at: str) -> Iterator[Finding]:
    """上级改了或者终止了本处采用的记录：采用新的一版，或者写明理由照旧（留用），在这以前列为待复核，不影响公布。"""
    for overlay in _overlays(catalog):
        newest = AdoptedCopy.of(overlay.parts.newest) if overlay.parts.newest else None
        life = Life.of(overlay.form)
        if newest and newest.record is not None:
            if overlay.says.stays and newest.digest.startswith(overlay.says.stays):
                continue
            said = _changed(overlay, newest, newest.record, life, at)
        elif life.gone(overlay.copy.record or {}) and not life.gone(overlay.record.data):
            said = f"上级的这一条已经{life.says(overlay.copy.record or {})}，本处的还没有终止；请终止，或者不再采用"
        else:
            continue
        yield Finding(overlay.record, f"{_AT}/{ID}", said, "review")


def _changed(overlay: _Overlay, newest: AdoptedCopy, record: Document, life: Life, at: str) -> str:
    key = f"{overlay.record.collection}/{overlay.record.id}"
    then = f"用 quanze adopt --take {key} 采用，或者用 --keep {key} --because 写明理由照旧"
    if life.gone(record) and not life.gone(overlay.copy.record or {}):
        end = life.ended(record, at)
        return (
            f"{overlay.says.body} {newest.dated} 的一版里，{overlay.says.id} 已经{life.says(record)}（{end}）；{then}"
        )
    names = dict.fromkeys(text(change.steps[0]) for change in compare(overlay.copy.record or {}, record))
    told = "、".join(f"「{name}」" for name in names if name != ADOPTION) or f"「{ADOPTION}」"
    ours = f"本处还照 {overlay.copy.dated} 的"
    return f"{overlay.says.body} {newest.dated} 的一版改了 {overlay.says.id} 的{told}，{ours}；{then}"


def adoption_gone(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """采用的编号在上级公布的数据里须还有：没有了的，改成它现在的编号，或者不再采用。"""
    for overlay in _overlays(catalog):
        newest = AdoptedCopy.of(overlay.parts.newest) if overlay.parts.newest else None
        if newest and newest.record is None:
            hint = f"，它改成了 {newest.now}；请改写编号" if newest.now else "；请问明上级，改写编号，或者不再采用"
            said = f"{overlay.says.body} {newest.dated} 的数据里没有 {overlay.says.id} 了{hint}"
            yield Finding(overlay.record, f"{_AT}/{ID}", said)


def adoption_cycle(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """采用不能绕回来：上级的那一条，不能又是从本机关采用去的。"""
    here = catalog.record(BODIES, catalog.settings.body)
    name = catalog.title(here) if here else ""
    for overlay in _overlays(catalog):
        chain = [each.body for each in (overlay.says.superior, *overlay.copy.above)]
        if name and name in chain:
            said = f"绕了回来：{' ← '.join((name, *chain[: chain.index(name) + 1]))}；请有一个机关整条自己写"
            yield Finding(overlay.record, f"{_AT}/{ID}", said)


def adoption_reference(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """上级的记录指向的别的记录，本处也采用了或者有同名的，才能照着指；没有的，那一栏没有取，列为待复核，不影响公布。"""
    for overlay in _overlays(catalog):
        for path, what in overlay.copy.lacking.items():
            if not any(own == path or own.startswith(f"{path}.") for own in (*overlay.own, *overlay.says.left_out)):
                then = "请先采用它再运行 quanze adopt，或者自己写这一栏"
                said = f"上级的「{path}」指向{what}，本处没有，这一栏没有取；{then}"
                yield Finding(overlay.record, f"{_AT}/{ID}", said, "review")


RULES = (
    adoption_reason,
    adoption_kept,
    adoption_same,
    adoption_changed,
    adoption_gone,
    adoption_cycle,
    adoption_reference,
)
