"""Old law and new: what a power could cost for an act before the law changed, beside what it can cost since.

An act before the change is judged by the law of its day, unless the new one is lighter (行政处罚法 37); it can be
punished for two years (36). So the page of a changed power shows both sides for so long, without a verdict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from quanze.base.markup import as_html, escape
from quanze.base.value import texts
from quanze.law.articlemap import describe, origins
from quanze.law.citation import PENALTY, Citation
from quanze.law.sentence import sentence
from quanze.register.renewal import CHANGED
from quanze.register.roles import EARLIER, SUCCESSOR
from quanze.site.pages.renewed import overtaken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.base.model import Record
    from quanze.site.pages.context import LawState, RenderContext

YEARS = 2


class Side(NamedTuple):
    """What holds for acts on one side of the day."""

    url: str
    """From the site's root."""
    name: str
    power: Markup
    """A link to the power's page; its name alone on its own."""
    basis: Markup
    span: str
    """The sanctions as a sentence, or where to look for them."""


class Transition(NamedTuple):
    """The change of the law that a power has gone through."""

    day: str
    law: Markup
    old: tuple[Side, ...]
    """Empty where the register has no power of the time before."""
    new: tuple[Side, ...]
    """Empty where the power has ended by then, or has not been read against the law since."""


class Crossing(NamedTuple):
    """Where a power's own range stood before a version of its law, and where it stands since."""

    old: Markup
    new: Markup
    """Empty where nobody has read the range against the version, and more may have changed than its number."""


def transition(context: RenderContext, record: Record) -> Transition | None:
    """Return the change that acts of the last two years may lie before; None where there is none."""
    olds, news = _sides(context, record)
    laws = [law for power in news for law in _young(context, power)]
    if not laws:
        return None
    law = max(laws, key=lambda law: law.version.in_force if law.version else "")
    day, name = (law.version.in_force, law.version.name) if law.version else ("", "")
    olds = [power for power in olds if power.data.get(context.roles[power.collection].end) == day]
    olds += [power for new in news for power in _earlier(context, new) if power not in olds]
    if not olds and record not in news:
        return None
    link = context.place(Citation(law.instrument.short)) + (f"（{name}）" if name else "")
    before, since = [_side(context, power) for power in olds], []
    for power in news:
        if context.register.lives[power.collection].over(power.data, day):
            before.append(_side(context, power))
            continue
        crossing = _crossing(context, power, law)
        if crossing:
            before.append(_side(context, power, crossing.old))
        if not crossing or crossing.new:
            since.append(_side(context, power, crossing.new if crossing else None))
    return Transition(day, link, tuple(before), tuple(since))


def turned(context: RenderContext) -> dict[str, dict[str, object]]:
    """Return every power's change as plain text, for the box that reads notices: by the power's key."""
    found: dict[str, dict[str, object]] = {}
    for record in context.catalog:
        roles = context.roles[record.collection]
        one = transition(context, record) if roles.is_power and roles.sanctions in record.data else None
        if one:
            found[f"{record.collection}/{record.id}"] = {
                "day": one.day,
                "law": one.law.striptags(),
                "old": [*map(_plain, one.old)],
                "new": [*map(_plain, one.new)],
            }
    return found


def _plain(side: Side) -> dict[str, str]:
    return {"url": side.url, "name": side.name, "basis": side.basis.striptags(), "told": side.span}


def _sides(context: RenderContext, record: Record) -> tuple[list[Record], list[Record]]:
    """Return the powers before and after: an ended one leads to its successor, a living one to its forerunners."""
    catalog = context.catalog
    after = catalog.record(record.collection, record.data.get(SUCCESSOR, ""))
    if after:
        return [record], [after]
    occurrences = catalog.references.get((record.collection, record.id), ())
    return [occurrence.record for occurrence in occurrences if occurrence.field.name == SUCCESSOR], [record]


def _earlier(context: RenderContext, record: Record) -> list[Record]:
    """Return the powers, still in force, that a living one's acts came under before its law: the general provision."""
    found = (context.catalog.record(record.collection, text) for text in texts(record.data.get(EARLIER)))
    return [one for one in found if one]


def punishable(at: str) -> str:
    """Return the day after which an act lies, on a day, that can still be punished."""
    return f"{int(at[:4]) - YEARS}{at[4:]}"


def _young(context: RenderContext, record: Record) -> Iterator[LawState]:
    """Yield the laws of a power's sanctions whose version in force is younger than two years."""
    since = punishable(context.at)
    for law in context.laws(_bases(context, record)):
        if law.version and law.version.in_force > since:
            yield law


def _bases(context: RenderContext, record: Record) -> list[Citation]:
    found = dict.fromkeys(basis for row in context.register.sanctions(record) for basis in row.bases)
    return [one for one in found if one.role == PENALTY]


def _crossing(context: RenderContext, record: Record, law: LawState) -> Crossing | None:
    """Return how a power's range goes back to the time before its law's version; None where it came with it.

    What is not yet read against the version is the range of before. It holds since too where the map says that only the
    number changed, and so does what has its new number already.
    """
    mine = [basis for basis in _bases(context, record) if context.law(basis.law) == law]
    name, cited = f"《{law.instrument.short}》", _places(context, record)
    found = [one for one in overtaken(context, record).get(law.instrument.id, ()) if one.occurrence.value in mine]
    if found:
        told = escape(name + "，".join(dict.fromkeys(one.outcome for one in found)))
        carried = all(one.fates and not any(fate.renewed for fate in one.fates) for one in found)
        return Crossing(told if found[0].why == CHANGED else cited, told if carried else Markup())
    places = [place for one in mine if not one.version for place in one.places]
    led = [[*origins(place, law.version)] for place in places] if law.version else []
    if led and all(led) and not any(fate.renewed for fates in led for fate in fates):
        was = dict.fromkeys(describe(fate.old) for fates in led for fate in fates)
        return Crossing(escape(name + "、".join(was)), cited)
    return None


def _places(context: RenderContext, record: Record) -> Markup:
    return as_html("、".join([context.place(basis) for basis in _bases(context, record)]))


def _side(context: RenderContext, record: Record, basis: Markup | None = None) -> Side:
    """Return a power as one side has it, by the provisions that it cites, or by others."""
    roles = context.roles[record.collection]
    told = sentence(context.register.sanctions(record)) if record.data.get(roles.check) else ""
    return Side(
        url=f"{record.collection}/{record.id}/",
        name=context.catalog.title(record),
        power=context.link(record),
        basis=_places(context, record) if basis is None else basis,
        span=told or "没有概括成一句话，见这个事项的页面。",
    )
