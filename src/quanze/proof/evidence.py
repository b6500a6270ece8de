"""The evidence pack: every change between two revisions, one by one, as a workbook fit to hand in."""

from __future__ import annotations

import io
from collections import Counter
from importlib.metadata import version
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import east_asian_width

import xlsxwriter

from quanze.base.problem import Fault
from quanze.check.rules.adjustments import alters_list
from quanze.history.adjustment import ADJUSTMENTS
from quanze.history.governing import governing
from quanze.history.provenance import provenance
from quanze.io.workbook import EPOCH, stored
from quanze.proof.publication import bases
from quanze.register.disclaimer import disclaimer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

    from quanze.history import Entry
    from quanze.history.delta import Delta
    from quanze.history.governing import GoverningChange
    from quanze.history.provenance import Names
    from quanze.history.timeline import Event, Timeline

_CHANGES = ("记录", "种类", "栏目", "原", "现", "提交", "动态调整", "生效／公布")
_WIDTHS = (22, 7, 14, 32, 32, 27, 27, 12)
"""In letters of half a width: together one landscape A4 page, in a size that can be read."""
_BESIDE = ("文件", "种类", "栏目", "原", "现", "提交")
_BESIDE_WIDTHS = (30, 7, 20, 40, 40, 36)
_FILE, _NONE = "（文件）", "（没有）"
_LINES, _LINE = 25, 15
"""A row is no higher than 409 points, some of these lines; what is longer goes on in the next row."""


class _Styles(NamedTuple):
    """What the sheets have in common."""

    disclaimer: str
    """What every sheet of a demonstration begins with."""
    said: Format
    head: Format
    cell: Format


def pack(timeline: Timeline, delta: Delta, words: str, moved: Iterable[str] = ()) -> bytes:
    """Return the workbook; `words` is how the command was called, `moved` what there is to say of its tags.

    The timeline has to be whole. A Fault where the branch does not lead from the old commit to the new one.
    """
    events = _events(timeline, delta)
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": "变更证据", "comments": disclaimer(timeline.catalog.settings), "created": EPOCH})
        head = book.add_format({"bold": True, "border": 1, "bg_color": "#EDEDED", "valign": "top"})
        cell = book.add_format({"text_wrap": True, "border": 1, "valign": "top"})
        said = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#9C0006"})
        styles = _Styles(disclaimer(timeline.catalog.settings), said, head, cell)
        _sheet(book, "变更", _WIDTHS, [_CHANGES, *_changes(timeline, events, delta.old.id)], styles)
        _sheet(book, "设置和附件", _BESIDE_WIDTHS, [_BESIDE, *_governing(timeline, delta)], styles)
        _sheet(book, "数量", (16, 12, 12, 12), [*_counts(timeline, events, delta)], styles)
        _sheet(book, "说明", (20, 100), [*_made(timeline, events, delta, words, moved)], styles)
    return stored(buffer.getvalue())


def _events(timeline: Timeline, delta: Delta) -> list[Event]:
    """Return what happened after the old commit up to the new one, newest first."""
    order = [commit.id for commit in timeline.history.line]
    if delta.old.id in order and delta.new.id in order and order.index(delta.old.id) < order.index(delta.new.id):
        raise Fault("证据按先后列出变更：请先写旧的版本，再写新的版本")
    told = {(entry.commit.id, entry.key) for entry in timeline.history.between(delta.old.id, delta.new.id)}
    return [event for event in timeline.events if (event.entry.commit.id, event.entry.key) in told]


def _changes(timeline: Timeline, events: Iterable[Event], old: str) -> Iterator[tuple[str, ...]]:
    editions = bases(timeline.catalog, whole=timeline.history.records())
    aside = provenance(timeline.catalog, (old, *(base.commit.id for base in editions if base.commit)))
    for event in events:
        entry = event.entry
        record = (f"{event.title}\n{'/'.join(entry.key)}", entry.kind)
        proof = (_commit(entry), _basis(event, aside), _days(timeline, event))
        if entry.fault:
            yield (*record, _FILE, "", f"读不出来：{entry.fault}", *proof)
        elif entry.old_key or not event.differences:
            yield (*record, _FILE, *_files(entry), *proof)
        for difference in event.differences:
            told = (*record, difference.label, difference.old or _NONE, difference.new or _NONE, *proof)
            yield from _whole(told, _WIDTHS)


def _governing(timeline: Timeline, delta: Delta) -> Iterator[tuple[str, ...]]:
    """Yield what became of settings, forms, attachments and texts of laws between the two commits, one by one."""
    order = [commit.id for commit in timeline.history.line]
    between = {*order[order.index(delta.new.id) : order.index(delta.old.id)]}
    for one in governing(timeline.catalog.root):
        if one.commit.id in between:
            about = (one.path, one.kind)
            if one.fault:
                yield (*about, _FILE, "", f"读不出来：{one.fault}", _commit(one))
            for difference in one.differences(timeline.wording):
                told = (*about, difference.label, difference.old or _NONE, difference.new or _NONE, _commit(one))
                yield from _whole(told, _BESIDE_WIDTHS)


def _commit(change: Entry | GoverningChange) -> str:
    """Return the commit of a change: its day, its name, who wrote and who recorded it, and what they said of it."""
    one = change.commit
    people = f"作者：{'、'.join(change.authors)}"
    if one.committer and one.committer not in change.authors:
        people += f"\n提交人：{one.committer}"
    claimed = f"（提交写的是 {one.claimed}，早于它前面的提交）" if one.claimed else ""
    return f"{one.date}{claimed}\n{one.id}\n{people}\n说明：{one.subject}"


def _basis(event: Event, aside: Names) -> str:
    """Return the adjustment that a change rests on, its approval, and the hash of the approving document."""
    adjustment, entry = event.adjustment, event.entry
    if not adjustment:
        needless = entry.key[0] == ADJUSTMENTS or not alters_list(entry, aside)
        return "不用登记" if needless else "没有登记"
    after = adjustment.after(entry.date) if adjustment.approved else ""
    late = f"（{after}）" if after else ""
    approval = " ".join(filter(None, (adjustment.approver, adjustment.number, adjustment.approved + late)))
    digest = f"批准文件的 SHA-256：{adjustment.digest}" if adjustment.digest else "批准文件的哈希没有登记"
    return "\n".join((adjustment.title, approval or "没有登记批准", digest))


def _days(timeline: Timeline, event: Event) -> str:
    """Return from when a change is in force, and when it was published as far as its adjustment tells."""
    versions = timeline.versions(event.entry.key)
    start = next((one.start for one in versions if one.event.entry.commit.id == event.entry.commit.id), "")
    published, before = (event.adjustment.published, event.adjustment.before) if event.adjustment else ("", "")
    told = (("生效", start), ("公布", published), ("公布原写", before))
    return "\n".join(f"{what}：{day}" for what, day in told if day)


def _whole(row: tuple[str, ...], widths: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """Yield a row, and further ones for what does not fit into its cells: nothing is cut."""
    for number, (first, *rest) in enumerate(zip_longest(*map(_pieces, row, widths), fillvalue="")):
        yield (f"{row[0]}（续）" if number else first, *rest)


def _pieces(text: str, width: int) -> list[str]:
    """Return what a row holds of a text in a column of some width, and what goes on below it."""
    pieces, lines, used = [""], 1, 0
    for sign in text:
        wide = 2 if east_asian_width(sign) in "AFW" else 1
        if sign == "\n" or used + wide > width:
            lines, used = lines + 1, 0
        if lines > _LINES:
            pieces.append("")
            lines = 1
        pieces[-1] += sign
        used += 0 if sign == "\n" else wide
    return pieces


def _height(row: Iterable[str | int], widths: Sequence[int]) -> int:
    """Return how many points a row needs: not every program finds that out when it opens a file."""
    return _LINE * max(_lines(str(value), width) for value, width in zip(row, widths, strict=False))


def _lines(text: str, width: int) -> int:
    """Return on how many lines a text stands, with room for words that are not broken."""
    lines = [sum(2 if east_asian_width(sign) in "AFW" else 1 for sign in line) for line in text.split("\n")]
    count = sum(max(1, -(-line // width)) for line in lines)
    return count if count == 1 else count + 1


def _files(entry: Entry) -> tuple[str, str]:
    """Return where a record's file was and is, for a change of the record as a whole."""
    if entry.kind == "消失":
        return entry.path, _NONE
    return entry.old_path or (_NONE if entry.kind == "新增" else entry.path), entry.path


def _counts(timeline: Timeline, events: Sequence[Event], delta: Delta) -> Iterator[tuple[str | int, ...]]:
    """Yield how often each kind of change is in the pack, and what differs in sum."""
    yield ("集合", "种类", "逐次", "首尾相比")
    steps = Counter((event.entry.key[0], event.entry.kind) for event in events)
    total = Counter((record.entry.key[0], record.entry.kind) for record in delta.records)
    for collection, kind in sorted({*steps, *total}):
        form = timeline.catalog.forms.get(collection)
        yield (form.title if form else collection, kind, steps[collection, kind], total[collection, kind])
    yield ("合计", "", steps.total(), total.total())


def _made(
    timeline: Timeline, events: Sequence[Event], delta: Delta, words: str, moved: Iterable[str]
) -> Iterator[tuple[str, ...]]:
    yield ("项目", "内容")
    yield ("命令", words)
    yield ("程序", f"quanze {version('quanze')}")
    yield ("起", f"提交 {delta.old.id}（树 {delta.old.tree}），{delta.old.time} 记录")
    yield ("止", f"提交 {delta.new.id}（树 {delta.new.tree}），{delta.new.time} 记录")
    yield from (("标签", told) for told in moved)
    yield ("变更", f"{len(events)} 次，按版本库主线由新到旧逐次列出；首尾相比，{len(delta.records)} 条记录不同")
    yield ("记录日期", "提交进入主线的日期（北京时间）；不是生效日期，也不是公布日期")
    yield ("作者、提交人", "写下改动的人，和把它收进版本库的人（不同时才写）；批准以动态调整登记的文号为凭，不以人为凭")
    yield ("生效", "这一版从哪一天起有效：记录自己写的日期，没有写的是记录日期")
    yield ("动态调整", "登记了这条记录、并且在其起止日期内的调整；「没有登记」表示版本库里找不到")
    yield ("不用登记", "动态调整自己的记录；没有改到清单写的内容：只改核对、来源、关键词，登记版次，移动文件")
    yield ("比较", "按栏目比较内容；只改排版、注释、栏目先后的不算变更；取值按现在的表单称呼")
    for gap in timeline.history.gaps:
        yield (gap.state, gap.message)
    yield ("界限", "与仓库一致，不等于与批准文件一致；本文件可以由同一命令从同一版本库逐字节重新生成")


def _sheet(
    book: Workbook, name: str, widths: Sequence[int], rows: Sequence[Sequence[str | int]], styles: _Styles
) -> None:
    sheet = book.add_worksheet(name)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    top = 0
    if styles.disclaimer:
        sheet.merge_range(0, 0, 0, len(widths) - 1, styles.disclaimer, styles.said)
        sheet.set_row(0, 48)
        top = 1
    for number, row in enumerate(rows, top):
        style = styles.cell if number > top else styles.head
        sheet.set_row(number, _height(row, widths))
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(number, column, value, style)
            else:
                sheet.write_string(number, column, value, style)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(0, top)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&A&R第 &P 页，共 &N 页")
