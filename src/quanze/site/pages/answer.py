"""What a person with a notice in hand asks first: is the power in force, whose is it, what can it cost, and why."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from quanze.base.markup import as_html, escape
from quanze.base.value import elements, texts
from quanze.base.value import rows as groups
from quanze.form.kinds import sanction
from quanze.law.sentence import SILENT, describe, gaps
from quanze.register.catalog import LISTS
from quanze.register.life import EXPIRED
from quanze.site.pages.context import ABSENT, UNKNOWN
from quanze.site.pages.provision import provision
from quanze.site.pages.renewed import of_record
from quanze.site.today import SLOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.base.model import Record, Value
    from quanze.form import Field
    from quanze.law.citation import Citation
    from quanze.law.sanction import Sanction
    from quanze.site.pages.context import LawState, RenderContext

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
    table: sanction.Table


class Mention(NamedTuple):
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
    touch: tuple[Mention, ...]
    renewed: tuple[str, ...]
    """What is to be said of laws that have a newer version."""


def answer(context: RenderContext, record: Record) -> Answer:
    """Return the answers for a record of a form that `is_power`."""
    roles, data = context.roles[record.collection], record.data
    basis = elements(data[roles.basis])
    cited = context.register.cited(record)
    penalties = groups(data.get(roles.sanctions))
    laws = context.laws(cited)
    return Answer(
        type=str(data[roles.power]),
        force=force(context, record, laws),
        who=tuple(_who(context, record)),
        cost=cost(
            context,
            roles.form.fields[roles.sanctions],
            penalties,
            context.register.sanctions(record),
            checked=context.register.lives[record.collection].checked(data) != "",
        )
        if penalties
        else None,
        basis=tuple(_basis(context, record, *one) for one in zip(basis, cited, strict=True)),
        laws=tuple(map(context.law_line, laws)),
        touch=touch(context, record),
        renewed=of_record(context, record),
    )


def _basis(context: RenderContext, record: Record, value: object, citation: Citation) -> Markup:
    """Return a citation with the wording that it names."""
    roles = context.roles[record.collection]
    field = roles.form.fields[roles.basis]
    told = context.once(("basis", citation), lambda: field.kind.html(value, field, context.look))
    return as_html(told + provision(context, record, field, citation))


_NO_DAY = Markup("日期待核")


def force(context: RenderContext, record: Record, laws: Sequence[LawState]) -> Force:
    """Tell whether a power is in force; a basis without a version in force is said, not judged."""
    roles, data = context.roles[record.collection], record.data
    life, word = context.register.lives[record.collection], str(data[roles.status])
    start, end = str(data.get(roles.start, "")), str(data.get(roles.end, ""))
    without = [law.instrument for law in laws if law.version is None]
    gone = [f"《{one.short}》" for one in without if one.looked_up]
    note = ""
    if life.ended(data, context.at):
        word, note = word if life.gone(data) else EXPIRED, f"自 {end or _NO_DAY} 起不再行使"
    elif start > context.at:
        word, note = "尚未生效", f"自 {start} 起行使"
    elif life.held(data):
        note = "现在暂停行使"
    elif gone:
        note = f"所引{'、'.join(gone)}没有施行中的版本，效力{UNKNOWN}"
    elif without:
        note = f"所引{'、'.join(f'《{one.short}》' for one in without)}还没有核对过版本，效力{UNKNOWN}"
    span = as_html(f' data-qz-span="{escape(start)}/{escape(end)}" data-qz-words="尚未生效 已生效 已终止"')
    return Force(word, note, span if start or end else Markup(), _said(life.checked(data), context.at))


def _said(checked: str, at: str) -> str:
    if not checked:
        return f"截至 {SLOT}；没有核对记录，{UNKNOWN}"
    return f"截至 {SLOT} 核对" if checked == at else f"截至 {SLOT}；最近一次核对 {checked}"


def _who(context: RenderContext, record: Record) -> Iterator[tuple[str, Markup]]:
    """Yield who acts, at which level, by which office, and how to reach it."""
    roles, data = context.roles[record.collection], record.data
    ids = texts(data[roles.bodies])
    names, phones = context.once(("offices", ids), lambda: _offices(context, ids))
    yield roles.bodies, names
    for field in roles.who:
        if field.name in data:
            yield field.name, context.lines(field, data[field.name])
    yield "联系电话", phones


def _offices(context: RenderContext, ids: Sequence[str]) -> tuple[Markup, Markup]:
    """Return the names and the telephones of bodies."""
    offices = [context.offices[id_] for id_ in ids if id_ in context.offices]
    names = [f"{office.name}（{escape(office.level)}）" if office.level else office.name for office in offices]
    phones = [office.phones for office in offices if office.phones]
    return as_html("、".join(names)) or ABSENT, as_html("".join(phones)) or ABSENT


def cost(
    context: RenderContext,
    field: Field,
    penalties: Sequence[Mapping[str, Value]],
    rows: Sequence[Sanction],
    *,
    checked: bool,
) -> Cost:
    """Return what the sanctions come to."""
    missing = list(gaps(rows))
    return Cost(
        "" if rows[0].addressee == SILENT else rows[0].addressee,
        describe(rows) if checked and not missing else "",
        _why(missing) if missing else ("" if checked else "这条记录没有核对日期，所以不概括成一句话。"),
        sanction.table(penalties, field, context.look),
    )


def _why(missing: Sequence[tuple[int, str]]) -> str:
    told = (
        f"第 {number} 行的{'、'.join(name for _, name in found)}"
        for number, found in groupby(missing, key=lambda gap: gap[0])
    )
    return f"{'，'.join(told)}尚{UNKNOWN}，所以不概括成一句话。"


def touch(context: RenderContext, record: Record) -> tuple[Mention, ...]:
    """Return what other collections say of this record: 不予 and 可以不予 stay apart, by the word of their own form."""
    found: dict[str, dict[tuple[str, str], Markup]] = {}
    for occurrence in context.catalog.references.get((record.collection, record.id), ()):
        other = occurrence.record
        if other.collection in {record.collection, LISTS} or occurrence.field.back or context.ended(other):
            continue
        form = context.catalog.forms[other.collection]
        apart = (str(other.data.get(f.name, "")) for f in form.fields.values() if any(_WAIVED in c for c in f.choices))
        title = "：".join(filter(None, (form.title, next(apart, ""))))
        found.setdefault(title, {})[other.collection, other.id] = context.link(other)
    return tuple(Mention(title, tuple(links.values())) for title, links in sorted(found.items()))
