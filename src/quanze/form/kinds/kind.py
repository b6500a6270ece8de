"""What a kind of value is to the code, the fields of that kind, and the functions that ask it: in_words, show, texts.

One file a kind; a field holds its kind, so nothing else has to know its name.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from quanze.base.markup import as_html, escape
from quanze.base.value import elements, mapping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from markupsafe import Markup

    from quanze.base.model import Value
    from quanze.base.problem import Level
    from quanze.form.declared import Back
    from quanze.law.citation import Citation
    from quanze.law.instrument import Instrument
    from quanze.law.reader import KnownTitles
    from quanze.law.sanction import Sanction

WIDE, MIDDLE = 36, 16
"""Widths of a column, in characters: of one that deserves the room that others leave, and of any other."""
MARKS = re.compile(r"[\n、，,；;]+")
"""What stands between the elements of a list in a cell."""


class Look(Protocol):
    """What a kind may ask about the rest of the site; addresses are relative to the page being made."""

    def citation(self, value: object) -> Citation:
        """Return the citation that a value tells, however often it is asked for."""

    def cited(self, value: object) -> str:
        """Return the citation that a value tells, in words."""

    def sanction(self, value: object) -> Sanction:
        """Return the sanction that a value tells, however often it is asked for."""

    def title(self, collection: str, id_: str) -> str:
        """Return the name of a record; its id where it is unknown."""

    def url(self, collection: str, id_: str) -> str:
        """Return the address of a record's page; empty where it has none."""

    def law(self, name: str, article: int) -> str:
        """Return the address of an article on its law's page; empty where the law has none."""

    def lapsed(self, name: object) -> bool:
        """Tell whether an instrument is kept and has no version in force on the day of the build."""

    def prevails(self, citation: Citation) -> str:
        """Return what displaces all that a citation names though it does not say so; empty where it still applies."""

    def attachment(self, path: str) -> tuple[str, int]:
        """Return the address of a file under files/ and its size in bytes; an empty address where it is not there."""

    def figure(self, value: object) -> str:
        """Return the figure that a value asks for, worked out from the register; empty where it cannot be."""


class Lookup(Protocol):
    """What a kind may ask about the catalog to read a cell."""

    def ids(self, collection: str) -> Mapping[str, str]:
        """Return the titles of a collection's records by id."""

    def instruments(self) -> Mapping[str, Instrument]:
        """Return the instruments by id."""

    def titles(self) -> KnownTitles:
        """Return their titles, as the reader of citations takes them."""


def as_text(value: object, _field: Field, _look: Look) -> str:
    """Return the value as it is written."""
    return str(value)


def as_escaped(value: object, _field: Field, _look: Look) -> Markup:
    """Return the value as it is written, escaped."""
    return escape(value)


def escaped(text: Callable[[object, Field, Look], str]) -> Callable[[object, Field, Look], Markup]:
    """Return what shows a value as its words."""
    return lambda value, field, look: escape(text(value, field, look))


def linked(url: str, words: str) -> Markup:
    """Return words as a link; as they are where there is no address."""
    return as_html(f'<a href="{escape(url)}">{escape(words)}</a>') if url else escape(words)


def one_line(text: str) -> str:
    """Return a text whose lines are joined, as a cell breaks them anywhere."""
    return re.sub(r"(?<!\s)\s*\n\s*", "", text)


def plain(text: str) -> str:
    """Return a text on one line, in ordinary letters and digits."""
    return unicodedata.normalize("NFKC", one_line(text)).strip()


def as_read(text: str, _field: Field, _names: Lookup) -> Value:
    """Return the text of a cell in ordinary letters and digits."""
    return plain(text)


def as_written(text: str, _field: Field, _names: Lookup) -> Value:
    """Return the text of a cell as it is written, on one line."""
    return one_line(text)


def at_marks(text: str, _field: Field, _names: Lookup) -> list[str]:
    """Cut the text of a list at the marks."""
    return MARKS.split(text)


def in_lines(text: str, _field: Field, _names: Lookup) -> list[str]:
    """Cut the text of a list at the ends of lines alone."""
    return text.split("\n")


class ValueFault(NamedTuple):
    """What is wrong with a value by itself, whatever else the register holds."""

    message: str
    pointer: str = ""
    """To the part of the value where it stands."""
    level: Level = "error"
    at_key: bool = False
    """Whether the place to mend is the key of that part."""


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """One kind of value; each is one object, and compared as such."""

    name: str
    text: Callable[[object, Field, Look], str] = as_text
    """The value in words, on one line unless it has several: for cells, differences and search."""
    html: Callable[[object, Field, Look], Markup] = as_escaped
    """The value on a page."""
    read: Callable[[str, Field, Lookup], Value] = as_read
    """The value from the text of a cell; raises ValueError with a Chinese sentence."""
    split: Callable[[str, Field, Lookup], list[str]] = at_marks
    """The texts of the elements from the text of a cell that holds a list."""
    read_all: Callable[[str, Field, Lookup], Sequence[Value]] | None = None
    """A list of such values from the text of a cell, where it cannot be cut before it is read."""
    block: Callable[[Sequence[object], Field, Look], Markup] | None = None
    """A list of such values on a page, where that is more than one after the other."""
    texts: Callable[[object, Field, Look], Iterator[str]] | None = None
    """The several texts that a reader sees of one value, where `text` is not one of them."""
    faults: Mapping[str, Callable[[object], Iterator[ValueFault]]] = field(default_factory=dict)
    """By the rule that tells it: what is wrong with a value by itself, beyond its shape."""
    phrase: bool = False
    """Whether a value made of parts is one phrase: a change in a part is told as one of the whole."""
    width: int = MIDDLE
    """How wide a column of such values is, in characters."""
    shared: bool = False
    """Whether many records have the same values, so that what is made of one is kept."""
    day: bool = False
    """Whether it is a day of the calendar, so that one value can be before another."""
    provenance: bool = False
    """Whether it tells where a record comes from or how it is found, and nothing that was published."""

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    @property
    def wide(self) -> bool:
        """Whether a column deserves the room that others leave."""
        return self.width >= WIDE


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a form; its name is the YAML key, the label and the JSON key at once."""

    name: str
    kind: Kind
    type: str = ""
    """The JSON type of one value; empty where the schema names none, or several."""
    help: str = ""
    section: str = ""
    many: bool = False
    """Whether the value is a list of this kind."""
    required: bool = False
    choices: tuple[str, ...] = ()
    """The closed vocabulary, in its official order; empty for free text."""
    codes: Mapping[str, str] = field(default_factory=dict)
    """The digits by which other schemes know the words of the vocabulary."""
    collection: str = ""
    """The collection that a reference points into."""
    only: Mapping[str, Value] = field(default_factory=dict)
    """Which of its records a reference may point to: a condition."""
    back: Back | None = None
    """How the page of a record tells those that refer to it by this field."""
    masked: bool = False
    """Whether a name in it has to be hidden in part: 张*."""
    unit: str = ""
    """What a count counts, as it is told behind the number on pages: 个工作日."""
    example: Value = None
    fields: Mapping[str, Field] = field(default_factory=dict)
    """The parts of an object."""

    @property
    def collections(self) -> frozenset[str]:
        """The collections that a reference points into, those of its parts too."""
        own = {self.collection} if self.collection else set()
        return frozenset(own.union(*(part.collections for part in self.fields.values())))


def parts(value: object, field: Field) -> Iterator[tuple[Field, Value]]:
    """Yield the fields of an object that have a value, in the form's order."""
    parts = mapping(value)
    for name, part in field.fields.items():
        if name in parts:
            yield part, parts[name]


def in_words(field: Field, value: object, look: Look) -> str:
    """Return the value of a field in words; the elements of a list are joined by 、 or, where long, by line."""
    say = field.kind.text
    if not field.many:
        return say(value, field, look)
    words = [say(one, field, look) for one in elements(value)]
    return ("\n" if field.fields else "、").join(words)


def show(field: Field, value: object, look: Look) -> Markup:
    """Return the value of a field as HTML."""
    kind = field.kind
    if not field.many:
        return kind.html(value, field, look)
    many = elements(value)
    if kind.block:
        return kind.block(many, field, look)
    if len(many) == 1:
        return kind.html(many[0], field, look)
    items = "".join([f"<li>{kind.html(one, field, look)}</li>" for one in many])
    return as_html(f'<ul class="{"qz-values" if field.fields else "qz-inline"}">{items}</ul>')


def texts(field: Field, value: object, look: Look) -> list[str]:
    """Return every text that a reader sees of a field's value, each a value of its own for the search."""
    kind, many = field.kind, elements(value) if field.many else (value,)
    if kind.texts:
        return [text for one in many for text in kind.texts(one, field, look)]
    return [kind.text(one, field, look) for one in many]
