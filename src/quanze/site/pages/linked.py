"""What a page says to programs in the words of schema.org (JSON-LD): a power as a service, a body, an instrument.

Only what the record says is said. A provision has the address of its article on the instrument's page, and an
identifier after the manner of ELI: laws/<id>/<day of promulgation>/art_97/par_1/pnt_3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.base.compact import in_script
from quanze.base.value import text, texts
from quanze.form import kinds
from quanze.law.instrument import MAKER, UNVERIFIED
from quanze.law.places import numbers
from quanze.register.catalog import BODIES, LAWS
from quanze.register.disclaimer import disclaimer
from quanze.register.numbering import meant
from quanze.register.occurrences import Occurrence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.base.model import Record
    from quanze.law.citation import Citation
    from quanze.site.pages.context import RenderContext

Thing = dict[str, object]


def linked(context: RenderContext, record: Record) -> str:
    """Return the script element of a record's page; empty for a record that is none of the three."""
    if context.roles[record.collection].is_power:
        told = _service(context, record)
    elif record.collection == LAWS:
        told = _legislation(context, record)
    elif record.collection == BODIES:
        told = _organization(context, record)
    else:
        return ""
    said = disclaimer(context.catalog.settings)
    whole = {"@context": "https://schema.org", **told, **({"disambiguatingDescription": said} if said else {})}
    return f'<script type="application/ld+json">{in_script(whole)}</script>'


def _address(context: RenderContext, collection: str, id_: str) -> str:
    return f"{context.address or context.look.base}{collection}/{id_}/"


def _thing(context: RenderContext, record: Record, type_: str) -> Thing:
    address = _address(context, record.collection, record.id)
    return {"@type": type_, "@id": address, "name": context.catalog.title(record)}


def _service(context: RenderContext, record: Record) -> Thing:
    """Return a power: who exercises it, what it is called by, on what it rests."""
    roles, data = context.roles[record.collection], record.data
    bodies = (context.catalog.record(BODIES, id_) for id_ in texts(data.get(roles.bodies)))
    providers = [_thing(context, body, "GovernmentOrganization") for body in bodies if body]
    provisions = [*dict.fromkeys(context.register.cited(record))]
    resting = [found for provision in provisions if (found := _provision(context, record, provision))]
    return {
        **_thing(context, record, "GovernmentService"),
        "identifier": record.id,
        "serviceType": data.get(roles.power),
        **({"provider": providers} if providers else {}),
        **({"subjectOf": resting} if resting else {}),
    }


def _provision(context: RenderContext, record: Record, citation: Citation) -> Thing | None:
    """Return a cited provision; None where its instrument is not kept or ambiguous."""
    named = context.catalog.named(citation.law)
    if len(named) != 1:
        return None
    field = context.roles[record.collection].form.fields[context.roles[record.collection].basis]
    version = meant(context.catalog, named[0], Occurrence(record, "", field, citation), context.at)
    address = _address(context, LAWS, named[0].id)
    identifier = "/".join([LAWS, named[0].id, *filter(None, [version.promulgated])])
    return context.once(("provision", citation, version), lambda: _cited(citation, address, identifier))


def _cited(citation: Citation, address: str, identifier: str) -> Thing:
    article = numbers(citation.article)
    anchor = f"#t{article[0]}" if article else ""
    return {
        "@type": "Legislation",
        "@id": f"{address}{anchor}",
        "name": str(citation),
        "legislationIdentifier": "/".join([identifier, *_steps(citation)]),
    }


_UNITS = ("art", "par", "pnt", "sub")


def _steps(citation: Citation) -> Iterator[str]:
    """Yield the steps down to a provision: as far as all that a citation names has them in common."""
    places = [("-".join(str(n) for n in step.article if n), *map(str, step[1:])) for step in citation.steps]
    for unit, found in zip(_UNITS, zip(*places, strict=True), strict=False):
        if len({*found}) > 1:
            return
        if found[0] not in {"", "0"}:
            yield f"{unit}_{found[0]}"


def _legislation(context: RenderContext, record: Record) -> Thing:
    """Return an instrument in the version in force, and the articles that something rests on."""
    instrument = context.catalog.instruments[record.id]
    version, maker = instrument.in_force(context.at), text(record.data.get(MAKER))
    passed = {"legislationPassedBy": {"@type": "Organization", "name": maker}} if maker not in {"", UNVERIFIED} else {}
    force = {} if not version or instrument.in_doubt(context.at) else {"legislationLegalForce": "InForce"}
    if instrument.repealed and context.at >= instrument.repealed:
        force = {"legislationLegalForce": "NotInForce"}
    days = {"datePublished": version.promulgated, "legislationDateOfApplicability": version.in_force} if version else {}
    parts = [*_articles(context, record)]
    return {
        **_thing(context, record, "Legislation"),
        "alternateName": [name for name in instrument.names if name != instrument.title],
        "legislationIdentifier": f"{LAWS}/{record.id}",
        **({"legislationType": instrument.rank} if instrument.rank != UNVERIFIED else {}),
        **passed,
        **{name: day for name, day in days.items() if day},
        **force,
        **({"sameAs": instrument.official} if instrument.official else {}),
        **({"hasPart": parts} if parts else {}),
    }


def _articles(context: RenderContext, record: Record) -> Iterator[Thing]:
    cited = (numbers(one.value.article) for one in context.catalog.citations.get(record.id, ()))
    for article in sorted({number for found in cited for number in found}):
        yield {"@type": "Legislation", "@id": f"{_address(context, LAWS, record.id)}#t{article}"}


def _organization(context: RenderContext, record: Record) -> Thing:
    """Return a body with its code and its region."""
    form, data = context.catalog.forms[record.collection], record.data
    code, region = (data.get(form.role(kind)) for kind in (kinds.USCC, kinds.REGION))
    return {
        **_thing(context, record, "GovernmentOrganization"),
        **({"identifier": code} if code else {}),
        **({"areaServed": {"@type": "AdministrativeArea", "identifier": region}} if region else {}),
    }
