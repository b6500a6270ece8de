"""What was published: every record that the branch once held, the newest edition of each list, and what came since.

The branch goes online as it is, so a record is published by the first commit of the branch in which it is no draft:
from then on it cannot vanish. A list is published (公布) by an edition: a list without one is still being written, and
no change of it has to be registered. Which commit an edition stands in is told by its tag or commit; where that cannot
be found the audit says so, and nothing is held against that list.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import takewhile
from types import MappingProxyType
from typing import TYPE_CHECKING

from quanze.base.model import Record
from quanze.base.problem import Fault
from quanze.check import rules
from quanze.check.rules import adjustments, afterwards, declared, overlooked, programs
from quanze.check.rules.adjustments import Recorded
from quanze.form.conditions import conditions, meets
from quanze.history.adjustment import ADJUSTMENTS
from quanze.history.columns import ShownChange, Since, told_changes
from quanze.history.dropped import dropped
from quanze.history.governing import beginning_changed
from quanze.history.provenance import provenance
from quanze.history.recorded import documents
from quanze.history.rewind import states
from quanze.history.walk import key_of
from quanze.io import git, yaml
from quanze.proof.building import building
from quanze.proof.gone import with_gone_lists
from quanze.register.catalog import LISTS
from quanze.register.definition import ListDefinition
from quanze.register.life import Life, lives, real
from quanze.register.named_files import FOLDERS
from quanze.register.tree import CATALOG

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

    from quanze.check.rules import RuleResult
    from quanze.history import Entry, History
    from quanze.register.catalog import Catalog
    from quanze.register.definition import Edition

    Key = tuple[str, str]

RECORDED = (*adjustments.RECORDED, *afterwards.RECORDED, *overlooked.RECORDED, *declared.RECORDED)
"""The rules that hold the catalog against what git recorded."""
NONE: Mapping[tuple[str, str], tuple[Entry, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Base:
    """The newest edition of a list: what its changes are counted from."""

    list_id: str
    edition: Edition
    commit: git.Commit | None
    fault: str
    """Why its commit is not known or does not count, or what it lacks."""
    lost: bool = False
    """Whether the commit that it names is none of this branch: history was begun anew, or another's was named."""


def bases(catalog: Catalog, at: str = "", whole: Mapping[Key, tuple[Entry, ...]] = NONE) -> Iterator[Base]:
    """Yield the newest edition of every list that has one, and the newer ones that count for nothing on a day.

    Of a bureau's own list only an approved edition (文号) counts, of any only one of this branch that was recorded by
    the day on which it says that it was published, and once that day has come: what does not count is told, and moves
    nothing. Without a day all have come. Each counts as it was first registered, by the entries of all records: that
    it was altered or deleted since is told, and moves nothing either.
    """
    catalog = with_gone_lists(catalog, whole)
    known = {id_: _registered(catalog, whole.get((LISTS, id_), ())) for id_ in catalog.lists}
    any_ = any(known.values()) or any(one.editions for one in catalog.lists.values())
    line = _line(catalog) if any_ else {}
    place = {commit: index for index, commit in enumerate(line)}
    for id_, list_ in catalog.lists.items():
        now = {edition.id: edition for edition in list_.editions}
        gone = [name for name in known[id_] if name not in now]
        made = []
        for name in (*gone, *now):
            versions = [*known[id_].get(name, ()), *([now[name]] if name in now else ())]
            tried = [_base(catalog, id_, version, line, at) for version in dict.fromkeys(versions)]
            made.append(_since(next((base for base in tried if base.commit), tried[-1]), now.get(name)))
        counting = [base for base in reversed(made) if base.commit]
        base = min(counting, key=lambda one: place[one.commit.id] if one.commit else 0, default=None)
        newer = made[made.index(base) + 1 :] if base else made[len(gone) :]
        yield from (one for one in reversed(newer) if not one.commit)
        if base:
            yield base


def _registered(catalog: Catalog, entries: Iterable[Entry]) -> Mapping[str, tuple[Edition, ...]]:
    """Return every edition that a list ever registered, as it stood from the first commit on, by its id."""
    places = [(entry.commit.id, entry.path) for entry in entries if not entry.removed]
    found: dict[str, tuple[Edition, ...]] = {}
    for document in reversed([*documents(catalog.root, places)] if places else []):
        for edition in ListDefinition.of(document).editions:
            found[edition.id] = (*found.get(edition.id, ()), edition)
    return found


def _since(base: Base, now: Edition | None) -> Base:
    """Tell of an edition that counts what became of it since it was registered."""
    became = "登记以后被删去" if now is None else "登记以后改过" if base.edition.altered(now) else ""
    return replace(base, fault=f"{became}，仍从登记时写的提交查起") if base.commit and became else base


def _line(catalog: Catalog) -> dict[str, str]:
    """Return the day of each commit of this branch, newest first; none without a repository."""
    try:
        return {one.id: one.date for one in git.line(catalog.root)}
    except git.NoRepository:
        return {}


def _base(catalog: Catalog, list_id: str, edition: Edition, line: Mapping[str, str], at: str) -> Base:
    coming = max(edition.published, edition.confirmed)
    if at and real(coming) and coming > at:
        return Base(list_id, edition, None, f"写的日期 {coming} 还没有到，不能作公布的版次")
    any_counts = catalog.settings.demonstration.on
    if not (edition.approved or any_counts):
        return Base(list_id, edition, None, "没有写批准的文号，不能作公布的版次")
    if not edition.revision:
        return Base(list_id, edition, None, "没有写标签，也没有写提交")
    try:
        commit = git.commit(catalog.root, edition.revision)
    except Fault as fault:
        return Base(list_id, edition, None, str(fault), lost=bool(edition.commit) and not git.boundary(catalog.root))
    named = f"写的{f'提交 {edition.commit[:12]}' if edition.commit else f'标签 {edition.tag}'}"
    if not edition.means(commit.id):
        return Base(list_id, edition, None, f"{named} 不是提交的编号，也不是标签的名称：它指着的会变")
    if commit.id not in line:
        return Base(
            list_id, edition, None, f"{named} 不在当前分支的主线上，不能作公布的版次", lost=bool(edition.commit)
        )
    day, begins = line[commit.id], catalog.settings.beginning
    first = max(min(line.values()), begins if real(begins) else line.get(begins, ""))
    if first <= edition.published < day:
        late = f"{named} 是 {day} 才记录的，晚于公布日期 {edition.published}，不能作公布的版次"
        return Base(list_id, edition, None, late)
    bare = not edition.commit and not any_counts
    return Base(list_id, edition, commit, "只写了标签，没有写提交：标签移动了也看不出来" if bare else "")


def moved_tags(catalog: Catalog, among: Container[str] | None = None) -> Iterator[str]:
    """Yield of every edition, old ones too, that its tag names another commit than it does; of some tags, if given."""
    editions = [(id_, edition) for id_, edition in _tagged(catalog) if among is None or edition.tag in among]
    tags = git.tags(catalog.root) if editions else {}
    for id_, edition in editions:
        now = tags.get(edition.tag, edition.commit)
        if not now.startswith(edition.commit):
            differs = f"标签 {edition.tag} 现在指向提交 {now[:12]}，登记的是 {edition.commit[:12]}"
            yield f"清单 {id_} 的「{edition.name}」：{differs}：标签移动过，或者登记改过"


def _tagged(catalog: Catalog) -> Iterator[tuple[str, Edition]]:
    """Yield the editions that name a tag and a commit, with the ids of their lists."""
    for id_, list_ in catalog.lists.items():
        yield from ((id_, one) for one in list_.editions if one.tag and one.commit)


def lost_tags(catalog: Catalog) -> Iterator[str]:
    """Yield of every edition that names a tag and a commit that the tag is not here: nobody sees then if it moved."""
    editions = [*_tagged(catalog)]
    tags = git.tags(catalog.root) if editions else {}
    for id_, edition in editions:
        if edition.tag not in tags:
            yield f"清单 {id_} 的「{edition.name}」：这里没有标签 {edition.tag}：没有取来，或者被删去"


def published(catalog: Catalog) -> list[RuleResult]:
    """Ask what git alone can tell at little cost: whether a published record has vanished."""
    return [rules.ask(rules.vanished, catalog, _missing(catalog))]


def counted(catalog: Catalog, at: str, history: Callable[[], History]) -> list[RuleResult]:
    """Ask that, and whether stated figures are what the history comes to: it is read where there are such figures."""
    answers = published(catalog)
    told = history() if declared.counts_past(catalog) else None
    if told and not idle(told):
        answers += [rules.ask(rule, catalog, Recorded(told.records(), {}, "", at=at)) for rule in declared.RECORDED]
    return answers


def registered(catalog: Catalog, history: History, at: str) -> list[RuleResult]:
    """Ask also whether every change is registered, where the history is all here."""
    answers = published(catalog)
    built = building(catalog.root)
    if built:
        answers += [rules.ask(rule, catalog, *built) for rule in programs.BUILDING]
    if not idle(history):
        kept = with_gone_lists(catalog, history.records())
        told = recorded(kept, history, at)
        answers += [rules.ask(rule, kept, told) for rule in RECORDED]
    return answers


def idle(history: History) -> tuple[str, ...]:
    """Return the ids of the rules that cannot be asked of a history: without git, or in a shallow clone."""
    asking = [rules.name(rule) for rule in RECORDED]
    if not history.line:
        return (rules.name(rules.vanished), *asking)
    shallow = any(gap.state == "浅克隆" for gap in history.gaps)
    return tuple(asking) if shallow else ()


def _missing(catalog: Catalog) -> dict[Key, Record]:
    """Return the newest published version of what is gone, or a draft again; only the files of these are read."""
    found: dict[Key, Record] = {}
    drafts = {name: life.draft for name, life in lives(catalog).items()}
    unknown = Life("", "", "", "")
    versions: dict[tuple[str, str], Key] = {}
    for path, blob in _held_once(catalog):
        key = key_of(path)
        now = catalog.record(*key) if key else None
        if key and key not in catalog.broken and (now is None or drafts[key[0]](now.data)):
            versions[path, blob] = key
    contents = git.blobs(catalog.root, (blob for _, blob in versions)) if versions else iter(())
    for ((path, _), key), content in zip(versions.items(), contents, strict=True):
        data, _problems = yaml.read(content, path)
        if isinstance(data, dict) and not drafts.get(key[0], unknown.draft)(data):
            found.setdefault(key, Record(*key, path, data))
    return found


def _known(catalog: Catalog, revision: str) -> str:
    """Return the full name of a commit; empty for none, and for one that a shallow clone does not have."""
    try:
        return git.commit(catalog.root, revision).id if revision else ""
    except git.NoRepository:
        raise
    except Fault:
        return ""


def _held_once(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield (path, blob) of every version that the branch or an edition held; nothing without a repository.

    The branch counts from where the register's own history begins (历史起点): a commit, as it stood then, or a day.
    """
    root, begins = catalog.root, catalog.settings.beginning
    try:
        trunk = git.trunk(root)
        day = begins if real(begins) else ""
        start = "" if day else _known(catalog, begins)
        for one, path, blob in git.versions(root, CATALOG, trunk, start):
            if one.date >= day:
                yield path, blob
        if start:
            yield from git.files(root, start, CATALOG).items()
    except git.NoRepository:
        return
    for commit in dict.fromkeys(base.commit.id for base in bases(catalog) if base.commit):
        yield from git.files(catalog.root, commit, CATALOG).items()


def recorded(catalog: Catalog, history: History, at: str) -> Recorded:
    """Return what git recorded of every record, and since the newest edition of the lists that it stands in."""
    order = {commit.id: place for place, commit in enumerate(history.line)}
    whole = history.records()
    since: dict[Key, tuple[Entry, ...]] = {}
    through: dict[str, tuple[ShownChange, ...]] = {}
    starts: list[str] = []
    for base in bases(catalog, at, whole):
        if base.commit and base.commit.id in order:
            starts.append(base.commit.id)
            start = order[base.commit.id]
            fresh = {key: _until(entries, order, start) for key, entries in whole.items()}
            changed = {key: entries for key, entries in fresh.items() if entries}
            own, itself = _own(catalog, base.list_id, changed), (LISTS, base.list_id)
            for key in _held(catalog, own, changed, itself):
                since[key] = min(since.get(key, fresh[key]), fresh[key], key=len)
            through[base.list_id] = (
                *told_changes(catalog, Since(base.list_id, base.commit, own | {itself}, changed, order)),
            )
    back = tuple(one for one in history.line if one.claimed)
    return Recorded(
        whole,
        since,
        history.line[-1].date if history.line else "",
        back,
        at=at,
        order=order,
        files=git.contents(catalog.root, *FOLDERS),
        beginning=beginning_changed(catalog.root),
        aside=provenance(catalog, starts),
        through=through,
        dropped=[*dropped(catalog.root)] if any(len(one.parents) > 1 for one in history.line) else (),
    )


def _until(entries: Iterable[Entry], order: Mapping[str, int], start: int) -> tuple[Entry, ...]:
    """Return the entries, newest first, that came after the commit at a place of the line."""
    return tuple(takewhile(lambda one: order[one.commit.id] < start, entries))


def _own(catalog: Catalog, list_id: str, fresh: Mapping[Key, tuple[Entry, ...]]) -> frozenset[Key]:
    """Return the records that stand in a list, or did since by what it said then."""
    record = catalog.records[LISTS][list_id]
    past = [ListDefinition.of(state) for state in states(record.data, fresh.get((LISTS, list_id), ()))]
    return frozenset(
        (collection, id_)
        for collection in {one.collection for one in past}
        for id_, one in catalog.records.get(collection, {}).items()
        if any(
            meets(state, each)
            for state in states(one.data, fresh.get((collection, id_), ()))
            for each in (conditions(one.condition) for one in past if one.collection == collection)
        )
    )


def _held(catalog: Catalog, own: frozenset[Key], fresh: Iterable[Key], itself: Key) -> Iterator[Key]:
    """Yield which of the records that changed belong to a list: the list, its own records, and what these refer to.

    The last only where an adjustment has a field to name it.
    """
    form = catalog.forms.get(ADJUSTMENTS)
    nameable = {name for field in form.fields.values() for name in field.collections} if form else set()
    for key in sorted(fresh):
        referring = catalog.references.get(key, ()) if key[0] in nameable else ()
        occurrences = ((occurrence.record.collection, occurrence.record.id) for occurrence in referring)
        if key == itself or key in own or not own.isdisjoint(occurrences):
            yield key
