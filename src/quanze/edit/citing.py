"""A text that cites → each citation with where it stands in the law, as data and in the form of a record."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.model import Record
from quanze.base.problem import Fault
from quanze.check import rules
from quanze.form import Field, Form, kinds
from quanze.io.yaml import write
from quanze.law.basis import basis
from quanze.law.citation import BASIS, PENALTY, Citation
from quanze.law.places import Step
from quanze.law.reader import Cited as Found
from quanze.law.reader import KnownTitles, Reading, read
from quanze.law.reader.lexicon import pattern
from quanze.law.reader.notes import FORMER
from quanze.law.role import role
from quanze.law.standing import IN_FORCE, MOVED, NOT_KEPT, UNKNOWN, Standing, standing
from quanze.law.whose import reassigned
from quanze.register.catalog import LAWS
from quanze.register.displaced import overtaken
from quanze.register.exclusions import COVERAGE
from quanze.register.faulty import faulty_laws

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.register.catalog import Catalog
    from quanze.register.faulty import FaultyLaw

_TOLD = 5
"""So many numbers that are not read are told one by one."""
_ARTICLE = re.compile("第.*条")
_ASIDE = "-"
"""A collection of one record, which holds the citations while the rules look at them; no folder is called so."""
_LONGEST = 1_000
"""No law has more articles in a run."""
_MOST = 100_000
"""So many places of a text are looked at."""
_SIGNS = 1_000_000
"""So many characters of a text are read: a book has no more."""


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """One place that a text cites."""

    law: str
    """The full title; empty where the register keeps no instrument, or several, of that name."""
    as_written: str
    """The title as the text names the instrument, without marks."""
    place: Step | None
    span: tuple[int, int]
    run: str
    """The run of numbers that it is one of, as a statute writes it; empty where it stands alone."""
    quoted: bool
    role: str
    standing: Standing
    year: str
    """The year, or the day, by which the text names a version; empty where it does not."""
    fault: str = ""
    """What is wrong with the file of the law, where it cannot be read."""

    def data(self) -> dict[str, object]:
        """Return it as `cite --format json` prints it."""
        numbers = self.place or Step((0, 0))
        article, inserted = numbers.article
        more = {"fault": self.fault, "part": self.standing.part}
        return {name: told for name, told in more.items() if told} | {
            "law": self.law or None,
            "as_written": self.as_written,
            "version": self.standing.version or self.year or None,
            "article": f"{article}-{inserted}" if inserted else article or None,
            "paragraph": numbers.paragraph or None,
            "item": numbers.item or None,
            "range": self.run or None,
            "quoted": self.quoted,
            "role": self.role or None,
            "state": self.standing.state,
            "now": self.standing.now or None,
            "span": list(self.span),
        }


@dataclass(frozen=True, slots=True)
class CitedText:
    """One citation of a text, which may name several places."""

    value: Citation
    entries: tuple[CitedPlace, ...]
    quoted: bool
    version_in_force: str
    """Which version is in force and since when; empty where that is not known."""
    problems: tuple[str, ...]
    """What the check would say of it in a record."""

    @property
    def yaml(self) -> str:
        """The citation as an element of a list of 依据, ready to paste."""
        return write({BASIS: [self.value.data()]}).partition("\n")[2]

    @property
    def sound(self) -> bool:
        """Whether nothing is to be said against it."""
        return not self.problems and all(entry.standing.state in {IN_FORCE, UNKNOWN} for entry in self.entries)


def cite(catalog: Catalog, text: str, at: str) -> tuple[CitedText, ...]:
    """Return the citations of a text as of a day, quoted ones too; none where it names no instrument.

    Raises:
        Fault: The text has more characters, or names more places, than anybody reads.

    """
    if len(text) > _SIGNS:
        raise Fault(f"文中有 {len(text):,} 字，一次最多看 {_SIGNS:,} 字；请分成几份")
    known = _Known.of(catalog)
    found = known.read(text, at)
    count = sum(map(_count, found))
    if count > _MOST:
        raise Fault(f"文中的依据逐条逐项地数有 {count:,} 处，一次最多看 {_MOST:,} 处；请分成几份")
    values = [basis(one, catalog.instruments) for one in found]
    said = _judged(catalog, values, at)
    return tuple(
        CitedText(
            value,
            tuple(_entries(known, text, one, at)),
            one.quoted,
            _version_in_force(catalog, value, at),
            (fault,) if (fault := known.fault(one) or _shared(catalog, one)) else _doubts(one, value, said),
        )
        for one, value in zip(found, values, strict=True)
    )


def unread(catalog: Catalog, text: str) -> Iterator[str]:
    """Tell which articles a text cites that are of no law that it names, and which runs it leaves without an end."""
    reading = _reading(text, _Known.of(catalog).titles)
    words = dict.fromkeys("".join(text[start:end].split()) for start, end in reading.refused)
    articles = [one for one in words if _ARTICLE.match(one)]
    endless = [one for one in articles if pattern("endless").search(one)]
    for found, told in (
        (endless, "没有说到哪一条为止，没有读；请逐条写明"),
        ([one for one in articles if one not in endless], "看不出是哪部文件的条文，没有读；请连同法名一起写"),
    ):
        if found:
            more = f"等 {len(found)} 处" if len(found) > _TOLD else ""
            yield f"「{'」「'.join(found[:_TOLD])}」{more}{told}"


def _doubts(one: Found, value: Citation, said: Mapping[Citation, tuple[str, ...]]) -> tuple[str, ...]:
    """Return what is to be looked at: a title read by its shape, what the rules find; nothing of others' words."""
    if one.quoted:
        return ()
    written = f"原文写的是「{one.instrument.name}」，按相近的字读作《{value.law}》；请核对"
    return (written, *said[value]) if one.instrument.misread else said[value]


def _shared(catalog: Catalog, one: Found) -> str:
    """Tell that the text itself gives several instruments this name; empty where it does not."""
    keys, name = one.instrument.keys, one.instrument.name
    if len(keys) < 2 or catalog.named(name):  # noqa: PLR2004 - several; what the register itself shares is a rule's
        return ""
    named = "、".join(f"《{catalog.instruments[key].short}》" for key in keys)
    return f"文中的「{name}」是{named}的简称，看不出指哪一部；请写全称"


def _count(found: Found) -> int:
    """Return at least how many places a citation names."""
    runs = found.levels[found.depth] if found.depth >= 0 else ()
    return min(sum(max(last[0] - first[0], 0) + 1 for first, last in runs), _LONGEST) or 1


def cited_places(catalog: Catalog, text: str, at: str) -> Iterator[CitedPlace]:
    """Yield every place that a text cites with where it stands, as the browser's reader does too."""
    known = _Known.of(catalog)
    for one in known.read(text, at):
        yield from _entries(known, text, one, at)


class _Known(NamedTuple):
    """The instruments of a register, those included whose file has a fault."""

    catalog: Catalog
    titles: KnownTitles
    faulty: Mapping[str, FaultyLaw]

    @classmethod
    def of(cls, catalog: Catalog) -> _Known:
        faulty = {law.id: law for law in faulty_laws(catalog)}
        if not faulty:
            return cls(catalog, catalog.titles, faulty)
        sound = ((id_, one.names) for id_, one in catalog.instruments.items())
        every = chain(sound, ((one.id, one.titles) for one in faulty.values()))
        return cls(catalog, KnownTitles(every, catalog.numbers()), faulty)

    def read(self, text: str, at: str) -> tuple[Found, ...]:
        """Return what a text cites, what stands alone with the law that has it on a day."""
        return reassigned(_reading(text, self.titles).citations, self.catalog.instruments, at)

    def fault(self, found: Found) -> str:
        """Return what is wrong with the file of the law cited, or with one that may be it; empty where nothing is."""
        keys = found.instrument.keys
        told = (law for law in self.faulty.values() if law.id in keys or not (keys or law.names))
        return next(map(str, told), "")


@lru_cache(maxsize=1)
def _reading(text: str, titles: KnownTitles) -> Reading:
    """Read a text, once for what it cites and for what is not read in it."""
    return read(text, titles)


def _entries(known: _Known, text: str, found: Found, at: str) -> Iterator[CitedPlace]:
    """Yield every place of a citation, runs taken apart; a 目 counts as its 项."""
    named, catalog, fault = found.instrument, known.catalog, known.fault(found)
    year = "" if named.event == FORMER else named.year
    instrument = catalog.instruments.get(named.keys[0]) if len(named.keys) == 1 else None
    for place, span, run in islice(found.places(), _LONGEST):
        use = "" if found.quoted else role(text, *span)
        if instrument is None:
            state = Standing(UNKNOWN if named.keys or fault else NOT_KEPT)
            yield CitedPlace("", named.name, place, span, run, found.quoted, use, state, year, fault)
            continue
        state = standing(instrument, place, at, when=(named.year, named.event), role=use)
        state = overtaken(catalog, instrument, place, state)
        if found.annex and state.state == IN_FORCE:
            state = Standing(UNKNOWN, state.version)
        looked = instrument.version(state.version)
        penal = looked is not None and place is not None and place.article[0] in looked.penalty_articles
        use = use or (PENALTY if penal and not found.quoted else "")
        yield CitedPlace(instrument.title, named.name, place, span, run, found.quoted, use, state, year)


def _judged(catalog: Catalog, values: list[Citation], at: str) -> Mapping[Citation, tuple[str, ...]]:
    """Return what the rules find in each citation, however often the text has it."""
    said: dict[Citation, list[str]] = {value: [] for value in values}
    different = [*said]
    field = Field(BASIS, kinds.CITATION, many=True, fields=_parts(catalog))
    form = Form(_ASIDE, BASIS, "", {}, {BASIS: field})
    record = Record(_ASIDE, _ASIDE, "", {BASIS: [citation.data() for citation in different]})
    kept = {name: records if name in {LAWS, COVERAGE} else {} for name, records in catalog.records.items()}
    alone = replace(catalog, forms={**catalog.forms, _ASIDE: form}, records={**kept, _ASIDE: {_ASIDE: record}})
    for _, finding in rules.run(alone, at).open:
        index = finding.pointer.removeprefix(f"/{BASIS}/").partition("/")[0]
        if finding.record.collection == _ASIDE and finding.pointer.startswith(f"/{BASIS}/"):
            said[different[int(index)]].append(finding.message)
    return {value: tuple(messages) for value, messages in said.items()}


def _parts(catalog: Catalog) -> Mapping[str, Field]:
    """Return the parts of a citation as some form of the project has them."""
    fields = [field for form in catalog.forms.values() for field in form.fields.values()]
    while fields:
        field = fields.pop()
        if field.kind is kinds.CITATION:
            return field.fields
        fields += field.fields.values()
    return {}


def _version_in_force(catalog: Catalog, citation: Citation, at: str) -> str:
    named = catalog.named(citation.law)
    if len(named) != 1:
        return ""
    version = named[0].version(citation.version) or named[0].in_force(at)
    if version and named[0].in_doubt(at):
        return f"{version.name}，{version.in_force} 起施行，{named[0].doubtful} 起是否继续有效待核"
    return f"{version.name}，{version.in_force} 起施行，{at} 有效" if version else ""


def lines(text: CitedText) -> Iterator[str]:
    """Yield a citation as YAML with what is known of it as comments; a quoted one as a comment alone."""
    if text.quoted:
        yield f"# 引文里的{text.value}：别人的话里提到的，不作依据"
        return
    states = list(dict.fromkeys(_state(entry) for entry in text.entries if entry.standing.state != IN_FORCE))
    told = "；".join(states) or (text.version_in_force if not text.problems else "")
    yield f"# {text.value}{f'：{told}' if told else ''}"
    for problem in text.problems:
        yield f"# 注意：{problem}"
    yield text.yaml.rstrip("\n")


def _state(entry: CitedPlace) -> str:
    state = entry.standing
    if state.part:
        return f"{entry.place}部分{state.state}：{state.part}{f'由{state.now}代替' if state.now else ''}"
    now = f"，现为{state.now}" if state.state == MOVED else f"，由{state.now}代替" if state.now else ""
    where = str(entry.place or "")
    return f"{where}{'是' if state.state == MOVED else ''}{state.state}{now}" if where else f"{state.state}{now}"
