"""What a person with a notice in hand asks first: is the power in force, whose is it, what can it cost, and why."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup, escape

from quanze.base.model import ENDED, HELD
from quanze.form.kinds import as_html
from quanze.law.sentence import SILENT, gaps, said
from quanze.register.catalog import LISTS
from quanze.site.pages.register import ABSENT, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.base.model import Record
    from quanze.form import Field
    from quanze.site.pages.register import Law, Register

_NONE = Markup('<span class="qz-muted">未规定</span>')
_WAIVED = "不予"


class Force(NamedTuple):
    """Whether a power is in force on the day of the build, and what a reader's own day is compared with."""

    word: str
    note: str
    span: Markup
    """Between which days, as attributes for the script; empty where no day is known."""
    said: str
    """As of which day this is said, and when the record was last checked."""


class Cost(NamedTuple):
    """What a power can cost: the sentence, or why there is none, and the table."""

    actor: str
    """Whom the first row is for; empty where the article does not say."""
    sentence: str
    why: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Markup, ...], ...]
    notes: tuple[tuple[str, Markup], ...]
    """What is the same in all rows, told once."""


class Touch(NamedTuple):
    """Records of one companion list that name this one."""

    title: str
    links: tuple[Markup, ...]


class Answer(NamedTuple):
    """The top of a power's page."""

    type: str
    force: Force
    who: tuple[tuple[str, Markup], ...]
    cost: Cost | None
    basis: tuple[Markup, ...]
    laws: tuple[Markup, ...]
    touch: tuple[Touch, ...]


def answer(register: Register, record: Record) -> Answer:
    """Return the answers for a record of a form that `is_power`."""
    roles, data = register.roles[record.collection], record.data
    citations: Any = data[roles.basis]
    sanctions: Any = data.get(roles.sanctions)
    laws = register.laws(citations)
    return Answer(
        type=str(data[roles.power]),
        force=force(register, record, laws),
        who=tuple(_who(register, record)),
        cost=cost(register, roles.form.fields[roles.sanctions], sanctions, checked=_checked(register, record) != "")
        if sanctions
        else None,
        basis=tuple(_basis(register, citation) for citation in citations),
        laws=tuple(map(register.law_line, laws)),
        touch=touch(register, record),
    )


def _checked(register: Register, record: Record) -> str:
    check: Any = record.data.get(register.roles[record.collection].check, {})
    return str(check.get("日期", ""))


def force(register: Register, record: Record, laws: Sequence[Law]) -> Force:
    """Tell whether a power is in force; a basis without a version in force is said, not judged."""
    roles, data = register.roles[record.collection], record.data
    word = str(data[roles.status])
    start, end = str(data.get(roles.start, "")), str(data.get(roles.end, ""))
    gone = [f"《{law.instrument.short}》" for law in laws if law.version is None]
    note = ""
    if word in ENDED:
        note = f"自 {end or '日期' + UNKNOWN} 起不再行使"
    elif start > register.at:
        word, note = "尚未生效", f"自 {start} 起行使"
    elif word == HELD:
        note = "现在暂停行使"
    elif gone:
        note = f"所引{'、'.join(gone)}没有施行中的版本，效力{UNKNOWN}"
    span = as_html(f' data-qz-span="{escape(start)}/{escape(end)}" data-qz-words="尚未生效 已生效 已终止"')
    return Force(word, note, span if start or end else Markup(), _said(register.at, _checked(register, record)))


def _said(at: str, checked: str) -> str:
    if not checked:
        return f"截至 {at}；没有核对记录，{UNKNOWN}"
    return f"截至 {at} 核对" if checked == at else f"截至 {at}；最近一次核对 {checked}"


def _who(register: Register, record: Record) -> Iterator[tuple[str, Markup]]:
    """Yield who acts, at which level, by which office, and how to reach it."""
    roles, data = register.roles[record.collection], record.data
    ids: Any = data[roles.bodies]
    offices = [register.offices[id_] for id_ in ids if id_ in register.offices]
    names = (as_html(f"{one.name}（{escape(one.level)}）") if one.level else one.name for one in offices)
    yield roles.bodies, as_html("、".join(names)) or ABSENT
    for field in roles.who:
        if field.name in data:
            yield field.name, register.lines(field, data[field.name])
    phones = [one.phones for one in offices if one.phones]
    yield "联系电话", Markup("").join(phones) if phones else ABSENT


def cost(register: Register, field: Field, sanctions: Sequence[dict[str, Any]], *, checked: bool) -> Cost:
    """Return what the sanctions come to."""
    missing = list(gaps(sanctions))
    heads, rows, notes = _table(register, field, sanctions)
    return Cost(
        "" if sanctions[0].get("对象") == SILENT else str(sanctions[0].get("对象", "")),
        said(sanctions) if checked and not missing else "",
        _why(missing) if missing else ("" if checked else "这条记录没有核对日期，所以不概括成一句话。"),
        heads,
        rows,
        notes,
    )


def _why(missing: Sequence[tuple[int, str]]) -> str:
    told = (
        f"第 {number} 行的{'、'.join(name for _, name in found)}"
        for number, found in groupby(missing, key=lambda gap: gap[0])
    )
    return f"{'，'.join(told)}尚{UNKNOWN}，所以不概括成一句话。"


def _table(
    register: Register, field: Field, sanctions: Sequence[dict[str, Any]]
) -> tuple[tuple[str, ...], tuple[tuple[Markup, ...], ...], tuple[tuple[str, Markup], ...]]:
    """Return the columns that differ between rows, the rows, and the columns that do not."""
    known = _NEEDED.union(*sanctions)
    cells = {name: [_cell(register, field, row, name) for row in sanctions] for name in _COLUMNS if name in known}
    same = {name for name in _SHARED if name in cells and len(set(cells[name])) == 1}
    heads = tuple(name for name in cells if name not in same)
    rows = zip(*(cells[name] for name in heads), strict=True)
    return heads, tuple(rows), tuple((name, cells[name][0]) for name in cells if name in same)


_COLUMNS = ("情形", "对象", "责令", "种类", "罚款", "力度", "决定机关", "依据")
_SHARED = frozenset({"决定机关", "依据"})
_NEEDED = frozenset({"情形", "对象", "力度", "决定机关", "依据"})
_NOTED = frozenset({"责令", "种类"})


def _cell(register: Register, field: Field, row: Mapping[str, Any], name: str) -> Markup:
    value = row.get(name)
    if value is None:
        return UNKNOWN if name in _NEEDED else _NONE
    if name == "依据":
        return as_html("、".join([register.place(citation) for citation in value]))
    told = escape(register.tell(field.fields[name], value))
    notes = _notes(row, name) if name in _NOTED else ()
    if not notes:
        return told
    spans = "".join([f'<span class="qz-note">{escape(note)}</span>' for note in notes])
    return as_html(f"{told}{spans}")


def _notes(row: Mapping[str, Any], name: str) -> list[str]:
    """Return what has to be said beside the orders or the kinds of a row: which exclude each other, and the remark."""
    either = row.get("择一", ())
    notes = []
    if either and name == ("责令" if set(either) & {*row.get("责令", ())} else "种类"):
        notes.append(f"择一：{'或者'.join(either)}")
    if name == "种类":
        notes += [f"条文写作：{row['条文用语']}"] if "条文用语" in row else []
        notes += [row["说明"]] if "说明" in row else []
    return notes


def _basis(register: Register, citation: Mapping[str, Any]) -> Markup:
    """Return a line of the basis: the citation, what it proves, whether it still holds, and its wording."""
    role, state, said = citation.get("作用"), citation.get("效力"), citation.get("摘录")
    law = register.law(citation.get("依据文件"))
    dead = (state and state != "部分适用") or (law and law.version is None)
    parts = [str(register.place(citation))]
    if role:
        parts.append(f' <span class="qz-tag">{escape(role)}</span>')
    if dead:
        parts.append(' <span class="qz-tag qz-tag-dead">不再适用</span>')
    if said:
        parts.append(f'<details class="qz-quote"><summary>条文</summary><p>{escape(said)}</p></details>')
    return as_html("".join(parts))


def touch(register: Register, record: Record) -> tuple[Touch, ...]:
    """Return what other collections say of this record: 不予 and 可以不予 stay apart, by the word of their own form."""
    found: dict[str, dict[tuple[str, str], Markup]] = {}
    for seat in register.catalog.references.get((record.collection, record.id), ()):
        other = seat.record
        if other.collection in {record.collection, LISTS}:
            continue
        form = register.catalog.forms[other.collection]
        apart = (str(other.data.get(f.name, "")) for f in form.fields.values() if any(_WAIVED in c for c in f.choices))
        title = "：".join(filter(None, (form.title, next(apart, ""))))
        found.setdefault(title, {})[other.collection, other.id] = register.link(other)
    return tuple(Touch(title, tuple(links.values())) for title, links in sorted(found.items()))
