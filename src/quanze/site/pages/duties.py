"""Duties by stage (责任事项): the procedure's and the item's own, with a flow chart drawn from the stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from quanze.base.markup import as_html
from quanze.base.value import rows
from quanze.form.kinds import stage
from quanze.register.roles import PROCEDURES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quanze.base.model import Record, Value
    from quanze.form import Field
    from quanze.site.pages.context import RenderContext

    Stage = Mapping[str, Value]


def merged(procedure: Sequence[Stage], own: Sequence[Stage]) -> list[Stage]:
    """Return the procedure's stages with the item's own in the place of those of the same name, or at the end."""
    named = {one[stage.NAME]: one for one in own}
    known = {one[stage.NAME] for one in procedure}
    return [named.get(one[stage.NAME], one) for one in procedure] + [s for s in own if s[stage.NAME] not in known]


def duties(context: RenderContext, record: Record) -> Markup:
    """Return the stages of a record: its procedure's with its own in their place; a link to shared ones."""
    roles = context.roles[record.collection]
    shared = context.register.procedure(record)
    own = rows(record.data.get(roles.stages))
    if shared is None:
        return _stages(context, roles.form.fields[roles.stages], own) if own else Markup()
    theirs = context.roles[PROCEDURES]
    field = theirs.form.fields[theirs.stages]
    values = rows(shared.data.get(theirs.stages))
    link = context.link(shared)
    if own or not values:
        return as_html(f"<p>适用{link}。</p>{_stages(context, field, merged(values, own))}")
    return as_html(f"<p>适用{link}，各环节的责任、时限和依据写在那里。</p>{stage.chart_of(values)}")


def _stages(context: RenderContext, field: Field, values: Sequence[Stage]) -> Markup:
    return as_html(f"{stage.chart_of(values)}{stage.listed(context.element(field, value) for value in values)}")
