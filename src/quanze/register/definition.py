"""What a list's file says (lists/*.yaml): what is listed, in which columns, what differs from the records, editions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.value import mapping, number, rows, text, texts
from quanze.form.kinds.attachment import Attachment
from quanze.law.citation import LAW
from quanze.law.document_number import numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from quanze.base.model import Value

COLLECTION, CONDITION, COLUMNS, SHORT, SORT, FILTERS = "集合", "条件", "列", "短列", "排序", "筛选"
LAYOUT, EXPECTED, ENTRIES, NOTES, EDITIONS = "版式", "应有", "条目", "说明", "版次"
SPLIT, MATRIX, GROUPED = "拆行", "矩阵", "分组"
NUMBER, ID = "序号", "编号"
"""The two columns that every list may have and no form has."""
FIELD, TITLE, RANK, TOTAL, COUNTED, COUNTS = "字段", "标题", "位阶", "总数", "栏目", "各值"
ITEMS, REWRITTEN, RECORD = "事项", "改写", "记录"
NAME, CONFIRMED, PUBLISHED, DOCUMENT = "名称", "确认日期", "公布日期", "文号"
_STEP = re.compile(r"[~^:@{]")
"""What leads on from a name to another commit."""
STAMP, COMMIT, TAG = "时间戳", "提交", "标签"
DECISIONS, UPSTREAM = "对照", "上级目录"
ADOPTED, NOT_ADOPTED = "采纳", "不采纳"
PUBLISHER = "公布主体"
_INTRO, _ORDER, _REASON = "简介", "次序", "理由"
_BESIDE, _DIFFERENCE, _ABOVE, _DECIDED = "与", "差异", "上级", "决定"
LOOKS = frozenset({EDITIONS, _INTRO, _ORDER, SHORT, FILTERS})
"""Fields that tell how a list is shown, or that an edition of it stands: they change nothing of what it says."""
_LAST = 999
"""The order of a list that does not say where it stands."""


@dataclass(frozen=True, slots=True)
class ColumnDefinition:
    """One entry of 列."""

    path: str
    title: str = ""
    """What this list calls it; empty for the field's own name."""
    group: str = ""
    rank: str = ""
    """Only citations of instruments of this rank."""
    ranked: bool = False
    """Whether it is written that only a rank is told."""
    quoted: bool = False
    """Whether citations are told with their wording."""

    @classmethod
    def of(cls, data: Mapping[str, Value]) -> ColumnDefinition:
        """Return what one entry tells."""
        path, title, group, rank = (text(data.get(name)) for name in (FIELD, TITLE, "组", RANK))
        return cls(path, title, group, rank, RANK in data, data.get("引全文") is True)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a list lays its records out (版式); at most one of the three is told."""

    split: str = ""
    """The field of which each element is a row."""
    grouped: str = ""
    """The field by whose values the rows stand under headings."""
    matrix: tuple[str, str, str] | None = None
    """The fields at the side, on top and in the cells."""

    @classmethod
    def of(cls, data: Mapping[str, Value]) -> Layout:
        """Return what 版式 tells."""
        cells = mapping(data.get(MATRIX))
        side, top, cell = (text(cells.get(name)) for name in _MATRIX)
        return cls(text(data.get(SPLIT)), text(data.get(GROUPED)), (side, top, cell) if MATRIX in data else None)

    def named(self) -> tuple[tuple[str, str], ...]:
        """Return (pointer, path) of every field that it names."""
        one = tuple((f"/{name}", path) for name, path in ((SPLIT, self.split), (GROUPED, self.grouped)) if path)
        cells = zip(_MATRIX, self.matrix or (), strict=False)
        return (*one, *((f"/{MATRIX}/{name}", path) for name, path in cells))


_MATRIX = ("行", "列", "格")


@dataclass(frozen=True, slots=True)
class Expected:
    """How many entries a list must have (应有)."""

    total: int | None
    field: str
    """The field by whose values is counted; empty where none is."""
    counts: Mapping[str, int]

    @classmethod
    def of(cls, data: Mapping[str, Value]) -> Expected:
        """Return what 应有 tells."""
        counts = {name: number(value) for name, value in mapping(data.get(COUNTS)).items()}
        return cls(number(data[TOTAL]) if TOTAL in data else None, text(data.get(COUNTED)), counts)


@dataclass(frozen=True, slots=True)
class ListNote:
    """A note below a list, on the whole or on one of its records."""

    text: str
    record: str
    """The id; empty where the note is on the whole."""

    @classmethod
    def of(cls, data: Mapping[str, Value]) -> ListNote:
        """Return what one entry of 说明 tells."""
        return cls(text(data.get("内容")), text(data.get(RECORD)))


@dataclass(frozen=True, slots=True)
class ListEntry:
    """What a list says otherwise than its records (条目): records joined, numbered or worded otherwise, and why."""

    items: tuple[str, ...]
    number: int | None
    rewritten: Mapping[str, str]
    """The words by field."""
    reason: str
    source: str

    @classmethod
    def of(cls, data: Mapping[str, Value]) -> ListEntry:
        """Return what one entry tells."""
        return cls(
            texts(data.get(ITEMS)),
            number(data[NUMBER]) if NUMBER in data else None,
            {name: text(value) for name, value in mapping(data.get(REWRITTEN)).items()},
            text(data.get(_REASON)),
            text(data.get(LAW)),
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of a difference from another list (对照), and why."""

    difference: str
    above: str
    """The name of the other list's row; empty where `items` say which difference is meant."""
    items: frozenset[str]
    adopted: bool
    reason: str
    source: str
    index: int = 0
    """Which entry it is."""

    @classmethod
    def of(cls, data: Mapping[str, Value], index: int = 0) -> Decision:
        """Return what one entry tells."""
        return cls(
            text(data.get(_DIFFERENCE)),
            text(data.get(_ABOVE)),
            frozenset(texts(data.get(ITEMS))),
            data.get(_DECIDED) == ADOPTED,
            text(data.get(_REASON)),
            text(data.get(LAW)),
            index,
        )

    def data(self) -> dict[str, Value]:
        """Return it as an entry of a list's file."""
        which: dict[str, Value] = {ITEMS: [*sorted(self.items)]} if self.items else {_ABOVE: self.above}
        word = ADOPTED if self.adopted else NOT_ADOPTED
        source = {LAW: self.source} if self.source else {}
        return {_DIFFERENCE: self.difference, **which, _DECIDED: word, _REASON: self.reason, **source}

    def covers(self, difference: str, ids: AbstractSet[str], above: str) -> bool:
        """Tell whether it decides a difference: of one record, of all of a merged row, or of a row above.

        One reason may hold for many records: each that it names is decided.
        """
        if self.difference != difference:
            return False
        if not self.items:
            return self.above == above
        return self.items == ids if len(ids) > 1 else bool(ids) and ids <= self.items


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a list (版次); what is not told of it is empty."""

    id: str
    name: str
    number: str
    """The number of the document that approves it."""
    confirmed: str
    published: str
    commit: str = ""
    tag: str = ""
    token: str = ""
    """The file of a time stamp (RFC 3161) on the commit, below files/."""

    @classmethod
    def of(cls, data: Mapping[str, Value]) -> Edition:
        """Return what one entry tells."""
        told = (text(data.get(name)) for name in (ID, NAME, DOCUMENT, CONFIRMED, PUBLISHED, COMMIT, TAG))
        return cls(*(*told, Attachment.of(data.get(STAMP)).path))

    @property
    def approved(self) -> bool:
        """Whether a document approves it."""
        return numbered(self.number)

    def altered(self, now: Edition) -> tuple[tuple[str, str, str], ...]:
        """Return (field, what it said, what it says now) of what tells this edition, where it was told and differs."""
        names = {NAME: "name", COMMIT: "commit", TAG: "tag", DOCUMENT: "number"}
        names |= {PUBLISHED: "published", CONFIRMED: "confirmed"}
        told = ((name, getattr(self, field), getattr(now, field)) for name, field in names.items())
        return tuple((name, was, new) for name, was, new in told if was and was != new)

    @property
    def revision(self) -> str:
        """The commit in which the list stood so, or the tag where no commit is told: no branch or day of that name."""
        return self.commit or (self.tag and f"refs/tags/{self.tag}")

    def means(self, commit: str) -> bool:
        """Tell whether a commit is what is written: by its own id, or by the bare name of a tag; HEAD moves on."""
        return commit.startswith(self.commit) if self.commit else not _STEP.search(self.tag)


@dataclass(frozen=True, slots=True)
class ListDefinition:
    """What a list's file says; what it does not say is empty."""

    title: str
    intro: str
    scope: str
    """To whom and what it applies."""
    nature: str
    publisher: str
    """The id of the body that publishes it."""
    order: int
    collection: str
    condition: Mapping[str, Value]
    """As it is written."""
    sort: tuple[str, ...]
    layout: Layout
    expected: Expected | None
    columns: tuple[ColumnDefinition, ...]
    short: tuple[str, ...]
    """The fields of the table on the page."""
    filters: tuple[str, ...]
    notes: tuple[ListNote, ...]
    entries: tuple[ListEntry, ...]
    decisions: tuple[tuple[str, tuple[Decision, ...]], ...]
    """(another list, what was decided of the differences from it)."""
    editions: tuple[Edition, ...]
    """The oldest first."""

    @classmethod
    def of(cls, data: Mapping[str, Value]) -> ListDefinition:
        """Return what a list's file says."""
        return cls(
            title=text(data.get(NAME)),
            intro=text(data.get(_INTRO)),
            scope=text(data.get("范围")),
            nature=text(data.get("性质")),
            publisher=text(data.get(PUBLISHER)),
            order=number(data.get(_ORDER, _LAST)),
            collection=text(data.get(COLLECTION)),
            condition=mapping(data.get(CONDITION)),
            sort=texts(data.get(SORT)),
            layout=Layout.of(mapping(data.get(LAYOUT))),
            expected=Expected.of(mapping(data[EXPECTED])) if EXPECTED in data else None,
            columns=tuple(map(ColumnDefinition.of, rows(data.get(COLUMNS)))),
            short=texts(data.get(SHORT)),
            filters=texts(data.get(FILTERS)),
            notes=tuple(map(ListNote.of, rows(data.get(NOTES)))),
            entries=tuple(map(ListEntry.of, rows(data.get(ENTRIES)))),
            decisions=tuple(map(_decisions, rows(data.get(DECISIONS)))),
            editions=tuple(map(Edition.of, rows(data.get(EDITIONS)))),
        )

    def decided(self, other: str) -> tuple[Decision, ...]:
        """Return what was decided of the differences from another list."""
        return tuple(one for list_, found in self.decisions for one in found if list_ == other)


def decided_beside(other: str, decisions: Iterable[Decision]) -> dict[str, Value]:
    """Return what was decided beside another list, as a list's file has it."""
    return {_BESIDE: other, ENTRIES: [decision.data() for decision in decisions]}


def _decisions(data: Mapping[str, Value]) -> tuple[str, tuple[Decision, ...]]:
    found = enumerate(rows(data.get(ENTRIES)))
    return text(data.get(_BESIDE)), tuple(Decision.of(one, index) for index, one in found)
