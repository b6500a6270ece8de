"""Instruments (法律, 法规, 规章, 文件): their names and their versions, which is in force when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.value import mapping, rows, text, texts
from quanze.law.citation import NUMBER, VERSION
from quanze.law.version import NAME, TEXT, Version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quanze.base.model import Document, Value

UNVERIFIED = "待核"
"""The name of the version of an instrument of which nobody has looked up more than its title."""
SHORT, RANK, MAKER, NUMBERS, KINDS = "简称", "位阶", "制定机关", "条号版本", "其他处罚种类"
REPEALED, SUCCESSORS, OFFICIAL, DOUBT = "废止日期", "替代文件", "官方链接", "效力待核"
VERSIONS = VERSION
PARTS = (NAME, SHORT, RANK, MAKER, NUMBER, NUMBERS, VERSIONS, KINDS, REPEALED, SUCCESSORS, TEXT)
"""In the order in which one writes them."""
_STATE = "中华人民共和国"
_TRIAL = "（试行）"
"""What belongs to a title, and is left out where it is cited."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, regulation, rule or document, as the record in `laws` describes it."""

    id: str
    title: str
    names: tuple[str, ...]
    rank: str
    versions: tuple[Version, ...]
    """Oldest first; those whose days nobody has looked up only where it has no others."""
    repealed: str
    successors: tuple[str, ...]
    own_kinds: frozenset[str]
    numbers: str = ""
    """The version whose numbers citations speak (条号版本); empty where the file does not say."""
    text: str = ""
    """The file of the wording (全文) of that version, else of the newest."""
    doubtful: str = ""
    """From which day on nobody knows whether it is still in force (效力待核); empty where that is no question."""
    official: str = ""
    """Where the official text is."""
    undated: tuple[Version, ...] = ()
    """Versions beside those of which only the name is known."""
    issues: tuple[tuple[str, str], ...] = ()
    """The numbers (文号) that are names of it, each with the day of the version that it is of: empty where it is of the
    instrument as such, or where nobody looked that version up."""

    @classmethod
    def of(cls, id_: str, data: Document) -> Instrument:
        """Return the instrument that a record of `laws` describes."""
        title = text(data.get(NAME))
        every = [Version.of(index, row) for index, row in enumerate(rows(data.get(VERSIONS)))]
        versions = [version for version in every if version.verified] or every[:1]
        return cls(
            id=id_,
            title=title,
            names=tuple(dict.fromkeys((title, title.removeprefix(_STATE), *texts(data.get(SHORT))))),
            rank=text(data.get(RANK)),
            versions=tuple(sorted(versions, key=lambda version: version.promulgated)),
            repealed=text(data.get(REPEALED)),
            successors=texts(data.get(SUCCESSORS)),
            own_kinds=frozenset(texts(data.get(KINDS))),
            numbers=text(data.get(NUMBERS)),
            text=text(data.get(TEXT)),
            doubtful=text(mapping(data.get(DOUBT)).get("自")),
            official=text(data.get(OFFICIAL)),
            undated=tuple(version for version in every if version not in versions),
            issues=tuple(_issues(text(data.get(NUMBER)), every)),
        )

    @property
    def short(self) -> str:
        """The title without the name of the state."""
        return self.title.removeprefix(_STATE)

    @property
    def newest(self) -> Version:
        """The version with the latest date of promulgation."""
        return self.versions[-1]

    @property
    def named_numbers(self) -> Version | None:
        """The version that the file says the numbers of citations are of."""
        return self.version(self.numbers)

    @property
    def looked_up(self) -> bool:
        """Whether anybody has looked up more than its title: else no version is known, and that tells nothing."""
        return bool(self.repealed) or any(version.verified for version in self.versions)

    def ended(self, at: str) -> bool:
        """Tell whether it is known to be repealed on a day."""
        return bool(self.repealed) and at >= self.repealed

    def in_doubt(self, at: str) -> bool:
        """Tell whether it is not known on a day if the instrument is still in force."""
        return bool(self.doubtful) and at >= self.doubtful

    def wording(self, version: Version) -> str:
        """Return the path of a version's wording; empty where none is kept."""
        own = version == (self.named_numbers or self.newest)
        return version.text or (self.text if own else "")

    def version(self, name: str) -> Version | None:
        """Return the version of that name; None of no name."""
        return next((one for one in (*self.versions, *self.undated) if one.name == name), None) if name else None

    def before(self, version: Version) -> Version | None:
        """Return the version in force before another; None before the first."""
        return next((one for one in reversed(self.versions) if one.in_force < version.in_force), None)

    def in_force(self, at: str) -> Version | None:
        """Return the version in force on a day; None before the first and after repeal."""
        if self.ended(at):
            return None
        return next(
            (version for version in reversed(self.versions) if version.verified and version.in_force <= at), None
        )


def _issues(number: str, versions: Iterable[Version]) -> Iterator[tuple[str, str]]:
    if number:
        yield number, ""
    for version in versions:
        if version.number:
            yield version.number, version.promulgated if version.verified else ""


def short_titles(title: str) -> tuple[str, ...]:
    """Return what else an instrument of a title is called: without the state's name, without （试行）."""
    shorter = dict.fromkeys((title.removeprefix(_STATE), title.removesuffix(_TRIAL)))
    return tuple(one for one in shorter if one != title)


def unverified(
    title: str, rank: str, number: str, short: Iterable[str] = (), versions: Iterable[str] = ()
) -> dict[str, Value]:
    """Return the record of an instrument of which nobody has looked up more than what somebody wrote of it."""
    first: dict[str, Value] = {NAME: UNVERIFIED, **({NUMBER: number} if number else {})}
    kept: list[Value] = [first, *({NAME: name} for name in versions)]  # the first says that nobody has looked them up
    rest: dict[str, Value] = {RANK: rank or UNVERIFIED, MAKER: UNVERIFIED, VERSIONS: kept}
    return {NAME: title, **({SHORT: [*short]} if short else {}), **rest}
