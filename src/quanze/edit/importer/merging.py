"""A cell against its record and against what the cell said the last time: who changed what, what is to be written."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from quanze.base.value import elements, mapping, rows
from quanze.edit.changeset import Edit
from quanze.edit.patch import amend, relisted
from quanze.law.citation import CITED, LAW, NUMBER, OF_THE_PLACE, QUOTE, UNREAD, Citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quanze.base.model import Document, Record, Value
    from quanze.form import Form
    from quanze.register.catalog import Catalog

_INDENT = "  "


def kept(texts: Mapping[str, str]) -> str:
    """Return a row as 来源 keeps it: 表头：文字, a cell a line, its further lines set in."""
    return "\n".join(f"{head}：{text}".replace("\n", f"\n{_INDENT}") for head, text in texts.items() if text)


def last(text: str) -> dict[str, str]:
    """Return the row that 来源 keeps: head → text."""
    found: dict[str, list[str]] = {}
    head = ""
    for line in text.split("\n"):
        name, mark, rest = line.partition("：")
        if line.startswith(_INDENT) and head:
            found[head].append(line.removeprefix(_INDENT))
        elif mark:
            head = name
            found[head] = [rest]
    return {name: "\n".join(lines) for name, lines in found.items()}


def plain(text: str) -> str:
    """Return a text as it is compared: what a sheet does to white space is no difference."""
    return "".join(text.split())


def cited(value: object) -> tuple[str, ...]:
    """Return what a citation cites, without what people added to it."""
    citation = Citation.of(value)
    found = citation[: len(CITED)]
    return (*map(_hashable, found), "" if any(found) else plain(citation.unread))


def core(value: Value) -> tuple[str, ...]:
    """Return a value as it is compared: citations by what they cite, texts without white space."""
    if isinstance(value, str):
        return (plain(value),)
    if isinstance(value, list) and value and all(_is_citation(one) for one in value):
        return tuple(sorted({json.dumps(cited(one), ensure_ascii=False) for one in value}))
    return (_hashable(value),) if value not in (None, [], "") else ()


def quotes(value: Value, *, bare: bool = False) -> tuple[str, ...]:
    """Return the words of provisions that citations quote, by what they cite; `bare` as if they quoted none."""
    found = [row for row in rows(value) if _is_citation(row)]
    words = ((cited(one), "" if bare else one.get(QUOTE, ""), one.get(UNREAD, "")) for one in found)
    return tuple(sorted(plain(json.dumps(word, ensure_ascii=False)) for word in words))


def _hashable(value: object) -> str:
    return plain(json.dumps(value, ensure_ascii=False, sort_keys=True)) if value is not None else ""


def _is_citation(value: object) -> bool:
    told = mapping(value)
    return any(name in told for name in (LAW, NUMBER, UNREAD))


def joined(have: Value, new: Value, unseen: Iterable[Value] = (), *, words: bool = False) -> Value:
    """Return a value with the new one in it: elements that say the same stay as they are, with all that was added.

    A citation of another article of the same law keeps its 作用; `unseen` are elements that the sheet does not show;
    `words` says that the sheet changed the words that it quotes.
    """
    if not isinstance(have, list) or not isinstance(new, list):
        return new
    if all(isinstance(one, dict) and not _is_citation(one) for one in (*have, *new)):
        return _in_order(rows(have), rows(new))
    hidden = [*unseen]
    rest = [one for one in new if not any(_same(one, other) for other in have)]
    gone = [one for one in have if one not in hidden and not any(_same(one, other) for other in new)]
    moved: dict[int, Mapping[str, Value]] = {}
    for one in gone:
        twin = next((other for other in rest if _is_citation(one) and _law(one) == _law(other) != ""), None)
        if twin is not None:
            rest.remove(twin)
            kept = {k: v for k, v in mapping(one).items() if k not in (*CITED, *OF_THE_PLACE)}
            moved[id(one)] = {**kept, **mapping(twin)}
    if words:
        moved |= {
            id(one): {**one, **_quoted(one, new)}
            for one in have
            if isinstance(one, dict) and one not in hidden and one not in gone
        }
    found = [moved.get(id(one), one) for one in have if one not in gone or id(one) in moved]
    return [_ordered(one) for one in found] + rest


def turned(before: Value, new: Value) -> bool:
    """Tell whether what a sheet cites stands in another order, or the laws do where articles changed too."""
    for of in (cited, _law):
        was, now = (dict.fromkeys(map(of, elements(value))) for value in (before, new))
        if [one for one in was if one in now] != [one for one in now if one in was]:
            return True
    return False


def as_turned(have: Sequence[Value], new: Sequence[Value]) -> list[Value]:
    """Return the citations of a record in the order in which a sheet has them now; what it does not have comes last."""
    places = {cited(one): n for n, one in reversed([*enumerate(new)])}
    return sorted(have, key=lambda one: places.get(cited(one), len(places)))


def apart(before: Value, have: Value, new: Value) -> list[Value] | None:
    """Return a list of which record and sheet changed different elements since `before`, each as it was changed.

    None where both changed one, or where elements came or went.
    """
    if not (isinstance(before, list) and isinstance(have, list) and isinstance(new, list)):
        return None
    if not len(before) == len(have) == len(new):
        return None
    found: list[Value] = []
    for was, one, now in zip(before, have, new, strict=True):
        parts = {name: value for name, value in mapping(one).items() if name in mapping(was)}
        if _says(was) == _says(now) or _says(parts) == _says(now):
            found.append(one)
        elif _says(was) == _says(parts):
            merged = joined([one], [now], words=True) if _is_citation(one) else [{**mapping(one), **mapping(now)}]
            found += elements(merged)
        else:
            return None
    return found


def _says(one: Value) -> tuple[str, ...]:
    return (*core([one]), *quotes([one]))


def _in_order(have: Sequence[Mapping[str, Value]], new: Sequence[Mapping[str, Value]]) -> list[Value]:
    """Return what a sheet has in its order, each with what its twin has beside: the same, of one name, or alike."""
    left = [*have]
    twins: dict[int, Mapping[str, Value]] = {}
    for like in (_same, _namesakes, _sharing):
        for n, one in enumerate(new):
            twin = next((other for other in left if n not in twins and like(one, other)), None)
            if twin is not None:
                twins[n] = twin
                left.remove(twin)
    return [_renewed(twins.get(n, {}), one) for n, one in enumerate(new)]


def _namesakes(one: Mapping[str, Value], other: Mapping[str, Value]) -> bool:
    name = next(iter(one), "")
    return core(one.get(name)) == core(other.get(name))


def _sharing(one: Mapping[str, Value], other: Mapping[str, Value]) -> bool:
    return any(core(value) == core(other.get(name)) for name, value in one.items())


def _renewed(old: Mapping[str, Value], new: Mapping[str, Value]) -> dict[str, Value]:
    """Return an element with what the sheet says now; what only the white space parts stays as it was."""
    return {**old, **{name: value for name, value in new.items() if core(value) != core(old.get(name))}}


def _same(one: object, other: object) -> bool:
    if _is_citation(one) and _is_citation(other):
        return cited(one) == cited(other)
    return _hashable(one) == _hashable(other)


def _quoted(one: object, new: Sequence[Value]) -> Mapping[str, Value]:
    """Return the words of a provision that the sheet now has for a citation."""
    twin = mapping(next((other for other in new if _same(one, other)), None))
    return {QUOTE: twin[QUOTE]} if QUOTE in twin else {}


def _law(one: object) -> str:
    return Citation.of(one).law


def _ordered(one: Value) -> Value:
    """Return a citation with its parts in the order in which one writes them."""
    if not _is_citation(one):
        return one
    told = mapping(one)
    first = {name: told[name] for name in CITED if name in told}
    return {**first, **{name: value for name, value in told.items() if name not in CITED}}


Change: TypeAlias = "tuple[str, dict[str, Value] | list[Value]]"
"""A mapping and its fields that change, or a list and what it is made."""


def changes(before: Document, after: Document, pointer: str = "") -> list[Change]:
    """Return the smallest edits that make one document of another, in the order in which they are to be made."""
    here: dict[str, Value] = {}
    found: list[Change] = []
    longer: list[Change] = []
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        inner = f"{pointer}/{name}"
        if isinstance(old, dict) and isinstance(new, dict):
            found += changes(old, new, inner)
        elif _alike(old, new):
            for n, (one, other) in enumerate(zip(rows(old), rows(new), strict=True)):
                found += changes(one, other, f"{inner}/{n}")
        elif isinstance(old, list) and isinstance(new, list) and old and new:
            for n, other in _twins(old, new):
                found += changes(mapping(old[n]), other, f"{inner}/{n}")
            longer.append((inner, new))
        else:
            here[name] = new
    return [*([(pointer, here)] if here else []), *found, *longer]


def _twins(old: Sequence[Value], new: Sequence[Value]) -> Iterator[tuple[int, Mapping[str, Value]]]:
    """Yield what elements of a list become in a longer or shorter one: of those that stay in neither, namesakes."""
    left = [one for one in new if one not in old and isinstance(one, dict)]
    for n, one in enumerate(old):
        twin = next((other for other in left if _namesakes(mapping(one), other)), None) if one not in new else None
        if twin is not None:
            left.remove(twin)
            yield n, twin


def _alike(old: Value, new: Value) -> bool:
    """Tell whether two lists of objects have as many elements, each nearly the other."""
    if not isinstance(old, list) or not isinstance(new, list) or len(old) != len(new):
        return False
    if any(one in new and n != new.index(one) for n, one in enumerate(old)):
        return False  # what changed its place takes its comments with it
    return all(isinstance(one, dict) for one in (*old, *new))


def _of_file(record: Record) -> Record:
    """Return a record as its file has it: without what it takes over from a superior's."""
    return replace(record, data=record.adopted.own) if record.adopted else record


def _changed(text: str, pointer: str, change: dict[str, Value] | list[Value], order: Sequence[str]) -> str | None:
    if isinstance(change, dict):
        return amend(text, pointer, change, order)
    above, _, name = pointer.rpartition("/")
    return relisted(text, pointer, change) or amend(text, above, {name: change}, order)


def amended(catalog: Catalog, form: Form, record: Record) -> Edit | None:
    """Return the file of a record as it will be, changed in as few places as it can be; None where that fails."""
    old = _of_file(catalog.records[record.collection][record.id])
    record = _of_file(record)
    before = (catalog.root / record.path).read_bytes().decode()
    text: str | None = before
    for pointer, change in changes(old.data, record.data):
        text = text and _changed(text, pointer, change, [*form.fields])
    if text is None:
        values = {
            name: record.data.get(name)
            for name in dict.fromkeys((*old.data, *record.data))
            if old.data.get(name) != record.data.get(name)
        }
        text = amend(before, "", values, [*form.fields])
    return Edit(record.path, before, text) if text else None
