"""What changed: a record's own history, all changes by day, and one edition of a list against the one before."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from quanze.base.markup import escape
from quanze.history import diff
from quanze.history.timeline import EventGroup
from quanze.site.pages.difference import sentences
from quanze.site.pages.page import Page, render

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quanze.base.model import Record
    from quanze.history import HistoryGap
    from quanze.history.adjustment import OpenAdjustment
    from quanze.history.timeline import Event, RecordVersion, Timeline
    from quanze.history.wording import Difference

URL = "changes/"
MANY = 30
"""A record's page tells so many of its changes; what is older is told by day."""
RECENT = 40
"""The first page tells so many groups of changes; beyond `PAGED` changes there are pages by year."""
PAGED = 300
NAMED = 40
"""So many records of one group are named."""
_KEPT = 24
"""So many letters of what is the same are left standing on either side of a difference."""
_ALIKE = 0.4
"""Texts that have less in common (0 to 1) are told one after the other."""
_TAGS = {"removed": Markup("<del>{}</del>"), "added": Markup("<ins>{}</ins>"), "equal": Markup("{}")}


_GAPS = {
    "无版本库": "生成网站时没有版本库，所以这里没有历史。",
    "浅克隆": "生成网站用的版本库不完整，更早的历史不在这里。",
    "另有起点": "主线以外另有一段历史，从别的起点来，由合并带进来：那里的改动这里没有。",
    "有未提交的改动": "生成网站时有 {} 个文件改了还没有提交，历史里没有这些改动。",
}
"""What the public is told of the gaps: nothing of the machine and no command."""


class Headline(NamedTuple):
    """One line of the latest changes on the home page."""

    date: str
    title: str
    url: str
    kind: str


class _Told(NamedTuple):
    """What is told of an event beside the record's name; many records have the same."""

    date: str
    kind: str
    commit: str
    office: str
    fault: str
    renamed: tuple[str, str] | None
    """The old id and the new one."""
    differences: tuple[Difference, ...]
    adjustment: OpenAdjustment | None


def _tell(event: Event) -> _Told:
    entry = event.entry
    renamed = (entry.old_key[1], entry.key[1]) if entry.old_key else None
    facts = entry.date, entry.kind, entry.commit.id, event.office, entry.fault
    return _Told(*facts, renamed, event.differences, event.adjustment)


def marked(old: str | None, new: str | None) -> Markup:
    """Return what differs between two texts, each marked; None for one that is not there."""
    if old is None or new is None:
        return Markup("<del>{}</del>").format(old) if new is None else Markup("<ins>{}</ins>").format(new)
    parts = diff.inline(old, new)
    if _same(parts) < _ALIKE * max(len(old), len(new)):
        return Markup('<del>{}</del><span class="qz-to"> → </span><ins>{}</ins>').format(old, new)
    return Markup().join(_segments(parts))


def sides(old: str, new: str) -> tuple[Markup, Markup]:
    """Return two texts for two columns, each with what only it has marked; an empty one stays empty."""
    if not old or not new:
        return escape(old), escape(new)
    parts = diff.inline(old, new)
    if _same(parts) < _ALIKE * max(len(old), len(new)):
        return escape(old), escape(new)
    return tuple(  # type: ignore[return-value]
        Markup().join(_TAGS[part.kind].format(part.text) for part in parts if part.kind in {"equal", only})
        for only in ("removed", "added")
    )


def _same(parts: Sequence[diff.Segment]) -> int:
    return sum(len(part.text) for part in parts if part.kind == "equal")


def _segments(parts: Sequence[diff.Segment]) -> Iterator[Markup]:
    """Yield the segments, long ones that are in both texts cut in their middle."""
    for place, part in enumerate(parts):
        text = part.text
        if part.kind == "equal" and len(text) > 3 * _KEPT:
            before = text[:_KEPT] if place else ""
            after = text[-_KEPT:] if place + 1 < len(parts) else ""
            text = f"{before}……{after}"
        yield _TAGS[part.kind].format(text)


def block(timeline: Timeline, record: Record, base: str = "../../") -> Markup:
    """Return the history of a record for its page."""
    versions = timeline.versions((record.collection, record.id))
    gaps = timeline.history.gaps
    return _block(
        tuple((_tell(version.event), version.status, version.start, version.end) for version in versions[:MANY]),
        len(versions) - MANY,
        (*_early(timeline, versions), *(_told(gap) for gap in gaps if not gap.paths)),
        base,
        unrecorded=any(record.path in gap.paths for gap in gaps),
    )


def _early(timeline: Timeline, versions: Sequence[RecordVersion]) -> Iterator[str]:
    """Say that a record was there before the register's own history begins: it is not counted, and not unknown."""
    begins = timeline.catalog.settings.beginning
    if begins and (not versions or versions[-1].event.entry.kind != "新增"):
        yield f"本机关的历史从 {begins[:12]} 算起：这条记录在那以前的改动，这里没有。"


@lru_cache(maxsize=1024)  # most records were recorded on few days and never changed
def _block(
    versions: tuple[tuple[_Told, str, str, str], ...], older: int, gaps: tuple[str, ...], base: str, *, unrecorded: bool
) -> Markup:
    return render(
        "history.html",
        versions=versions,
        older=older,
        gaps=gaps,
        unrecorded=unrecorded,
        marked=marked,
        sentences=sentences,
        base=base,
    )


def _told(gap: HistoryGap) -> str:
    return _GAPS[gap.state].format(len(gap.paths))


def years(timeline: Timeline) -> tuple[str, ...]:
    """Return the years that have a page of their own, newest first; none while one page holds everything."""
    entries = timeline.history.entries
    told = sum(entry.kind not in {"新增", "起点"} for entry in entries)  # what is new stands in a few groups
    return tuple(dict.fromkeys(entry.date[:4] for entry in entries)) if told > PAGED else ()


def recent(timeline: Timeline) -> Page:
    """Return the page of all changes by day, newest first; of the newest ones where there are many."""
    room = RECENT if years(timeline) else None
    days = []
    for day, groups in timeline.days():
        days.append((day, groups[:room]))
        if room is not None:
            room -= len(days[-1][1])
            if len(days[-1][1]) < len(groups) or not room:
                break
    return _page(timeline, URL, "变化", days, brief=False)


def year(timeline: Timeline, which: str) -> Page:
    """Return the page of the changes of one year, told by the names of the fields."""
    days = [(day, _alike(groups)) for day, groups in timeline.days() if day.startswith(which)]
    return _page(timeline, f"{URL}{which}/", f"{which} 年的变化", days, brief=True)


def _alike(groups: Iterable[EventGroup]) -> tuple[EventGroup, ...]:
    """Put those together that say the same but for the values: one kind, one collection, the same fields."""
    found: dict[tuple[object, ...], list[Event]] = {}
    for group in groups:
        event = group.events[0]
        fields = tuple(dict.fromkeys(difference.field for difference in group.differences))
        key = (group.kind, group.collection, fields, event.adjustment, event.entry.key if event.entry.fault else None)
        found.setdefault(key, []).extend(group.events)
    return tuple(EventGroup(str(key[0]), str(key[1]), tuple(events)) for key, events in found.items())


def _page(
    timeline: Timeline, url: str, title: str, days: Iterable[tuple[str, tuple[EventGroup, ...]]], *, brief: bool
) -> Page:
    listed = list(days)
    body = render(
        "changes.html",
        title=title,
        days=listed,
        brief=brief,
        years=years(timeline),
        forms=timeline.shown.forms,
        gaps=[_told(gap) for gap in timeline.history.gaps],
        tell=_tell,
        marked=marked,
        sentences=sentences,
        named=NAMED,
        url=url,
        base="../" * url.count("/"),
        feed=bool(timeline.shown.settings.url),
    )
    return Page(
        url=url,
        title=title,
        body=body,
        crumbs=() if url == URL else (("变化", URL),),
        updated=listed[0][0] if listed else "",
        description="每一条记录的新增、变更和取消，按记录的日期。",
        kind="column",
    )


def headlines(timeline: Timeline, count: int) -> list[Headline]:
    """Return the newest changes for the home page, several of one kind on one line."""
    found: list[Headline] = []
    for day, groups in timeline.days():
        for group in groups:
            first, *others = group.events
            name = timeline.shown.forms[group.collection].title if group.collection in timeline.shown.forms else ""
            title = f"{first.title} 等 {len(group.events)} 条{name}" if others else first.title
            url = first.url if first.url and not others else f"{URL}#d{day}"
            found.append(Headline(day, title, url, group.kind))
        if len(found) >= count:
            break
    return found[:count]
