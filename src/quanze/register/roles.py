"""What the fields of a form are to a reader, told by their kinds: so that a form never seen before gets its page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quanze.form import kinds
from quanze.register.catalog import BODIES

if TYPE_CHECKING:
    from quanze.form import Field, Form
    from quanze.form.kinds import Kind

PROCEDURES = "procedures"
SUCCESSOR, EARLIER = "承接事项", "此前适用"
STATUTORY, UNIT = "法定实施主体", "承办机构"
Sections = tuple[tuple[str, tuple["Field", ...]], ...]
"""(heading, fields), in the form's order."""


@dataclass(frozen=True, slots=True)
class Roles:
    """The names of a form's fields by what they answer; empty where the form has none."""

    form: Form
    title: str
    power: str
    subtype: str
    status: str
    start: str
    end: str
    check: str
    keywords: str
    basis: str
    sanctions: str
    bodies: str
    procedure: str
    stages: str
    phone: str
    who: tuple[Field, ...] = ()
    """What says who acts: the short fields of the section in which the bodies stand."""
    handling: tuple[Field, ...] = ()
    """Groups that say how one applies: conditions, material, time, fee."""
    blame: tuple[Field, ...] = ()
    """What else stands beside the procedure: who answers for faults, and on what basis."""
    rest: Sections = ()
    """What the answers at the top leave over."""

    @property
    def is_power(self) -> bool:
        """Whether the records are powers of bodies: then their pages begin with what a person with a notice asks."""
        return bool(self.power and self.status and self.bodies and self.basis)


def roles(form: Form) -> Roles:
    """Return what the fields of a form are."""
    fields = form.fields.values()

    def first(kind: Kind, collection: str = "", *, many: bool | None = None) -> str:
        return next(
            (
                f.name
                for f in fields
                if f.kind is kind and (not collection or f.collection == collection) and many in (None, f.many)
            ),
            "",
        )

    bodies, procedure = first(kinds.REF, BODIES, many=True), first(kinds.REF, PROCEDURES)
    plain = Roles(
        form=form,
        title=form.title_field,
        power=form.role(kinds.POWERTYPE),
        subtype=form.role(kinds.SUBTYPE),
        status=form.role(kinds.STATUS),
        start=form.role(kinds.START),
        end=form.role(kinds.END),
        check=form.role(kinds.CHECK),
        keywords=form.role(kinds.KEYWORD),
        basis=first(kinds.CITATION, many=True),
        sanctions=first(kinds.SANCTION, many=True),
        bodies=bodies,
        procedure=procedure,
        stages=first(kinds.STAGE, many=True),
        phone=form.role(kinds.PHONE),
        rest=_left(form, {form.title_field, form.role(kinds.ADOPTION)}),
    )
    return _power(plain) if plain.is_power else plain


def _power(plain: Roles) -> Roles:
    """Give the fields of a power to the answers; what is left over comes after them."""
    fields = plain.form.fields
    placed = {plain.title, plain.power, plain.status, plain.bodies, plain.basis}
    placed |= {plain.sanctions, plain.procedure, plain.stages, plain.phone, plain.form.role(kinds.ADOPTION)}
    who = _beside(plain.form, plain.bodies, placed, long=False)
    blame = _beside(plain.form, plain.procedure, placed, long=True)
    handling = tuple(f for f in fields.values() if f.kind is kinds.GROUP and not f.many)
    placed.update(f.name for f in (*who, *blame, *handling))
    return replace(plain, who=who, blame=blame, handling=handling, rest=_left(plain.form, placed))


def _beside(form: Form, name: str, placed: set[str], *, long: bool) -> tuple[Field, ...]:
    """Return the fields that stand in the same section as the named one and are not told yet; levels first."""
    section = form.fields[name].section if name else ""
    if not section:
        return ()
    found = [f for f in form.fields.values() if f.section == section and f.name not in placed]
    found = [f for f in found if long or f.kind not in kinds.PROSE]
    return tuple(sorted(found, key=lambda f: not any(part.kind is kinds.LEVEL for part in f.fields.values())))


def _left(form: Form, told: set[str]) -> Sections:
    sections = ((title, tuple(f for f in fields if f.name not in told)) for title, fields in form.sections.items())
    return tuple((title, fields) for title, fields in sections if fields)
