"""Duties by stage (责任事项): the procedure's and the item's own, with a flow chart drawn from the stages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from quanze.form.kinds import as_html, stage
from quanze.register.roles import PROCEDURES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quanze.base.model import Record
    from quanze.form import Field
    from quanze.site.pages.register import Register


def merged(procedure: Sequence[dict[str, Any]], own: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the procedure's stages with the item's own in the place of those of the same name, or at the end."""
    named = {one[stage.NAME]: one for one in own}
    known = {one[stage.NAME] for one in procedure}
    return [named.get(one[stage.NAME], one) for one in procedure] + [s for s in own if s[stage.NAME] not in known]


def procedure(register: Register, record: Record) -> Record | None:
    """Return the procedure that a record follows."""
    return register.catalog.record(PROCEDURES, record.data.get(register.roles[record.collection].procedure, ""))


def duties(register: Register, record: Record) -> Markup:
    """Return the stages of a record: its procedure's, with its own in their place; shared ones open at a click."""
    roles = register.roles[record.collection]
    shared = procedure(register, record)
    own: Any = record.data.get(roles.stages, ())
    if shared is None:
        return _stages(register, roles.form.fields[roles.stages], own) if own else Markup()
    theirs = register.roles[PROCEDURES]
    field = theirs.form.fields[theirs.stages]
    values: Any = shared.data.get(theirs.stages, ())
    if own:
        told = _stages(register, field, merged(values, own))
    else:
        told = register.once(("stages", shared.id), lambda: _folded(register, field, values))
    return as_html(f"<p>适用{register.link(shared)}。</p>{told}")


def _stages(register: Register, field: Field, values: Sequence[dict[str, Any]]) -> Markup:
    return as_html(f"{stage.chart_of(values)}{_list(register, field, values)}")


def _folded(register: Register, field: Field, values: Sequence[dict[str, Any]]) -> Markup:
    summary = "<summary>各环节的责任、时限和依据</summary>"
    return as_html(
        f'{stage.chart_of(values)}<details class="qz-more">{summary}{_list(register, field, values)}</details>'
    )


def _list(register: Register, field: Field, values: Sequence[dict[str, Any]]) -> Markup:
    return stage.listed(register.element(field, value) for value in values)
