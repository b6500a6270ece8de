"""What an auditor asks of the whole: clocks, open reviews, waivers, completeness, and what was checked at all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.value import mapping
from quanze.check import rules
from quanze.check.rules.adjustments import alters_list
from quanze.check.summary import coverage
from quanze.form.kinds.adoption import ADOPTION, Overlay
from quanze.history.adjustment import ADJUSTMENTS
from quanze.history.clocks import clocks
from quanze.history.governing import BESIDE, SETTINGS, governing
from quanze.history.provenance import NONE, provenance
from quanze.history.wording import ChangeWording
from quanze.io import git, yaml
from quanze.proof import publication
from quanze.proof.trusted_time import FALSE, trusted_times
from quanze.register import tree
from quanze.register.adopted import AdoptedCopy
from quanze.register.catalog import ITEMS, LISTS
from quanze.register.definition import UPSTREAM
from quanze.register.life import real
from quanze.register.links import SiteLook
from quanze.register.listing import listing
from quanze.register.settings import BEGINNING, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from quanze.base.problem import Problem
    from quanze.check.rules import Waived
    from quanze.check.summary import Coverage
    from quanze.history import History
    from quanze.history.clocks import Clock
    from quanze.proof.publication import Base
    from quanze.proof.trusted_time import TrustedTime
    from quanze.register.catalog import Catalog

OURS = frozenset(rules.MANUAL["动态调整"])
"""The rules of adjustments: what they find has a deadline, or an approval that is not there."""


class Check(NamedTuple):
    """A rule that was asked."""

    id: str
    asks: str
    found: int


class WaiverRow(NamedTuple):
    """A review that is let stand."""

    rule: str
    record: str
    """collection/id."""
    message: str
    reason: str
    since: str
    """The day on which git recorded it first, unbroken until now; empty where it is not recorded."""
    days: int | None
    """Its age; None where that is not known."""
    until: str
    days_left: int


class UnansweredRow(NamedTuple):
    """A row of an upstream directory that no item of the bureau answers to."""

    list_id: str
    collection: str
    id: str
    title: str


class AdoptedRow(NamedTuple):
    """A record that takes over a superior's."""

    record: str
    """collection/id."""
    overlay: Overlay
    waiting: str
    """The day of the superior's newest state that was seen, where another was taken."""


class GoverningRow(NamedTuple):
    """A change of the settings, of a form, of a file that goes with the records, or of a record in no edition."""

    date: str
    commit: str
    path: str
    kind: str
    fields: tuple[str, ...]
    """The places that differ, in words."""

    @property
    def beside(self) -> bool:
        """Whether it is an attachment or the text of a law."""
        return self.path.partition("/")[0] in BESIDE


@dataclass(frozen=True, slots=True)
class Audit:
    """The state of a register on a day."""

    at: str
    commit: str
    """Empty without git, and where files differ from what is recorded."""
    checks: tuple[Check, ...]
    limits: tuple[str, ...]
    """What could not be looked at, and why."""
    moved: tuple[str, ...]
    """The tags that name another commit than their edition: no part of the commit, so no page tells them."""
    bases: tuple[Base, ...]
    """The newest edition of each list: what unregistered changes are counted from."""
    errors: tuple[Problem, ...]
    reviews: tuple[Problem, ...]
    waivers: tuple[WaiverRow, ...]
    clocks: tuple[Clock, ...]
    coverage: tuple[Coverage, ...]
    """By law, the penalty articles that items rest on and those without."""
    gaps: tuple[UnansweredRow, ...]
    governing: tuple[GoverningRow, ...]
    """What became of the settings and the forms (terms, waivers, what is public), of attachments and texts."""
    aside: tuple[GoverningRow, ...]
    """Since the oldest of `bases`, what became of records that stand in no list with an edition (laws, remedies)."""
    times: tuple[TrustedTime, ...]
    """What others signed of the editions."""
    adopted: tuple[AdoptedRow, ...]
    """What is taken over from superiors."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was not looked at, and the tags that were moved."""
        return (*self.limits, *self.moved)

    @property
    def sound(self) -> bool:
        """Whether there is no error, open review of an adjustment, false signature or edition of another history."""
        false = any(one.word.state == FALSE for one in self.times) or any(base.lost for base in self.bases)
        return not self.errors and not any(review.rule in OURS for review in self.reviews) and not false


def audit(catalog: Catalog, at: str, problems: Sequence[Problem], waived: Iterable[Waived], history: History) -> Audit:
    """Work out the state of a project from what its check found with `publication.registered`."""
    found = Counter(problem.rule for problem in problems)
    idle = publication.idle(history)
    whole = bool(history.line) and not any(gap.paths for gap in history.gaps)
    bases = tuple(publication.bases(catalog, at, history.records()))
    return Audit(
        at,
        history.line[0].id if whole else "",
        tuple(
            Check(id_, asks, found[id_])
            for group in (tree.RULES, *rules.MANUAL.values())
            for id_, asks in group.items()
            if id_ not in idle
        ),
        tuple(_limits(catalog, at, history, idle, bases)),
        tuple(publication.moved_tags(catalog)) if history.line else (),
        bases,
        tuple(one for one in problems if one.level == "error"),
        tuple(one for one in problems if one.level == "review"),
        tuple(_waivers(catalog, at, waived)),
        tuple(clocks(catalog)),
        coverage(catalog, at),
        tuple(_gaps(catalog, at)),
        tuple(_governing(catalog)),
        tuple(_aside(catalog, history, bases)),
        tuple(trusted_times(catalog)),
        tuple(_adopted(catalog)),
    )


def _adopted(catalog: Catalog) -> Iterator[AdoptedRow]:
    for one in catalog:
        if one.adopted:
            newest = AdoptedCopy.of(one.adopted.newest).dated if one.adopted.newest else ""
            yield AdoptedRow(f"{one.collection}/{one.id}", Overlay.of(one.data.get(ADOPTION)), newest)


def _limits(catalog: Catalog, at: str, history: History, idle: Iterable[str], bases: Sequence[Base]) -> Iterator[str]:
    for gap in history.gaps:
        yield gap.message
    if catalog.settings.beginning:
        yield f"历史从 {catalog.settings.beginning[:12]} 算起（site.yaml 的「{BEGINNING}」），以前的没有查"
    later = sum(commit.date > at for commit in history.line)
    if later:
        newest = history.line[0].date
        yield f"有 {later} 个提交晚于 {at}，最近的写的是 {newest}：看的是以前的一天，或者提交的日期写错了"
    if history.line:
        yield from publication.lost_tags(catalog)
    if idle:
        yield f"没有查：{'、'.join(idle)}"
    elif not bases and not any(collection == LISTS for collection, _ in catalog.broken):
        yield "清单现在都没有写版次，改动是不是登记过没有查"
    line = {commit.id for commit in history.line}
    for base in bases:
        if base.commit and line and base.commit.id not in line:
            early = "它的提交早于「历史起点」，没有从它查起"
            yield f"清单 {base.list_id} 的「{base.edition.name}」：{early}"
        if base.fault:
            skipped = "" if base.commit else "，没有从它查起"
            yield f"清单 {base.list_id} 的「{base.edition.name}」{skipped}：{base.fault}"


def _waivers(catalog: Catalog, at: str, waived: Iterable[Waived]) -> Iterator[WaiverRow]:
    waived = tuple(waived)
    begun = _begun(catalog.root) if waived else {}
    for one in waived:
        waiver = one.waiver
        since = begun.get((waiver.rule, waiver.record), "")
        age = _days(since, at) if since else None
        yield WaiverRow(
            one.rule,
            waiver.record,
            one.finding.message,
            waiver.reason,
            since,
            age,
            waiver.until,
            _days(at, waiver.until),
        )


def _days(first: str, last: str) -> int:
    begin, end = real(first), real(last)
    return (end - begin).days if begin and end else 0


def _begun(root: Path) -> dict[tuple[str, str], str]:
    """Return the day since which each waiver of the newest commit has stood, by rule and record."""
    try:
        git.head(root)
    except git.NoRepository:
        return {}
    log = git.log(root, SETTINGS)
    versions = [(commit.date, touch.blob) for commit, touches in log for touch in touches if touch.blob]
    found: dict[tuple[str, str], str] = {}
    standing: list[tuple[str, str]] | None = None
    for (day, _), content in zip(versions, git.blobs(root, (blob for _, blob in versions)), strict=True):
        rows = dict.fromkeys(_rows(yaml.read(content, tree.SITE)[0]))
        standing = [*rows] if standing is None else [row for row in standing if row in rows]
        found.update(dict.fromkeys(standing, day))
    return found


def _rows(site: object) -> Iterator[tuple[str, str]]:
    """Yield (rule, record) of the waivers in some old settings, whatever they may look like."""
    for waiver in Settings.of(mapping(site)).waivers:
        yield waiver.rule, waiver.record


def _governing(catalog: Catalog) -> Iterator[GoverningRow]:
    wording = ChangeWording(catalog.forms, SiteLook(catalog))
    for one in governing(catalog.root):
        fields = (
            [f"读不出来：{one.fault}"] if one.fault else [difference.label for difference in one.differences(wording)]
        )
        yield GoverningRow(one.commit.date, one.commit.id, one.path, one.kind, tuple(dict.fromkeys(fields)))


def _aside(catalog: Catalog, history: History, bases: Iterable[Base]) -> Iterator[GoverningRow]:
    """Yield what no adjustment need register: pages of powers say it too, of their laws, steps and remedies."""
    counting = [base for base in bases if base.commit]
    order = {commit.id: place for place, commit in enumerate(history.line)}
    start = max((order.get(base.commit.id, 0) for base in counting if base.commit), default=0)
    held = {(LISTS, base.list_id) for base in counting}
    listed = {catalog.lists[id_].collection for _, id_ in held if id_ in catalog.lists} | {ADJUSTMENTS}
    names = provenance(catalog) if start else NONE
    wording = ChangeWording(catalog.forms, SiteLook(catalog))
    for entry in history.entries:
        if order[entry.commit.id] >= start:
            return
        if entry.key[0] not in listed and entry.key not in held and alters_list(entry, names):
            told = wording.differences(entry.key[0], {}, {}, entry.changes)
            fields = dict.fromkeys(difference.label for difference in told)
            yield GoverningRow(entry.date, entry.commit.id, "/".join(entry.key), entry.kind, tuple(fields))


def _gaps(catalog: Catalog, at: str) -> Iterator[UnansweredRow]:
    """Yield the rows of upstream directories without an item: by their form's first reference to items."""
    for one in catalog.records.get(LISTS, {}).values():
        list_ = catalog.lists[one.id]
        form = catalog.forms.get(list_.collection)
        if list_.nature != UPSTREAM or form is None or form.collection == ITEMS:
            continue
        link = next((field.name for field in form.fields.values() if field.collection == ITEMS), "")
        for row in listing(catalog, one, at).rows if link else ():
            for record in row.records:
                if not record.data.get(link):
                    yield UnansweredRow(one.id, record.collection, record.id, catalog.title(record))
