"""Changes to a YAML file's text that leave every other line, comment and blank as it is."""

from __future__ import annotations

import json
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.value import elements, mapping
from quanze.io.yaml import escape, marks, read, steps, write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quanze.base.model import Value
    from quanze.io.yaml import Marks

_BOM = "\ufeff"


class _Entry(NamedTuple):
    """One field of a mapping and the lines that it takes, counted from 0, the end not included."""

    start: int
    end: int
    column: int


def amend(text: str, pointer: str, values: Mapping[str, Value], order: Sequence[str] = ()) -> str | None:
    """Return the text with fields of the mapping at `pointer` set; a field set to None is removed.

    A new field stands behind the nearest one that comes before it in `order`, else at the end of the mapping.
    Returns None where the layout does not permit it (several fields on one line, but not in braces), and where what
    the result says would not be exactly the change that was asked for.
    """
    bom, body = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
    before, problems = read(body.encode(), "")
    wanted = None if problems else _set(before, pointer.split("/")[1:], values)
    lines = _amended(body, pointer, values, order) if isinstance(wanted, dict) else None
    if lines is None:
        return None
    result = "\n".join(lines)
    after, problems = read(result.encode(), "")
    return bom + result if after == wanted and not problems else None


def append(text: str, pointer: str, value: Mapping[str, Value]) -> str | None:
    """Return the text with an object at the end of the list of objects at `pointer`, each of which has its own lines.

    Returns None where the layout does not permit it, or the result would say anything else.
    """
    before, _ = read(text.removeprefix(_BOM).encode(), "")
    return relisted(text, pointer, [*elements(_at(before, pointer.split("/")[1:])), dict(value)])


def relisted(text: str, pointer: str, value: Sequence[Value]) -> str | None:
    """Return the text with the list at `pointer` made another, the lines of every element that stays as they are.

    Returns None where the elements share lines, none is there or none is left, or the result would say anything else.
    """
    bom, body = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
    before, problems = read(body.encode(), "")
    steps = pointer.split("/")[1:]
    old = elements(_at(before, steps))
    where, lines = marks(body.encode()), body.split("\n")
    above, _, name = pointer.rpartition("/")
    entry = None if problems or not old or not value else (_entries(where, lines, above) or {}).get(name)
    starts = [where.value(f"{pointer}/{n}") for n in range(len(old))] if entry else []
    if not entry or any(lines[line - 1][: column - 1].strip() != "-" for line, column in starts):
        return None
    dash = " " * lines[starts[0][0] - 1].index("-")
    begins = [line - 1 for line, _ in starts]
    ends = [
        _bare_end(lines, begin, end, len(dash)) for begin, end in zip(begins, [*begins[1:], entry.end], strict=True)
    ]
    blocks = {_token(one): lines[begin:end] for one, begin, end in zip(old, begins, ends, strict=True)}
    same = SequenceMatcher(None, [*map(_token, old)], [*map(_token, value)], autojunk=False)
    for _, first, last, new_first, new_last in reversed([one for one in same.get_opcodes() if one[0] != "equal"]):
        written = [line for one in value[new_first:new_last] for line in blocks.get(_token(one)) or _lines(one, dash)]
        at = entry.end if first == len(old) else ends[first - 1] if first else begins[0]
        for n in reversed(range(first, last)):
            del lines[begins[n] : ends[n]]
            at = begins[n]
        lines[at:at] = written
    result = "\n".join(lines)
    after, problems = read(result.encode(), "")
    return bom + result if not problems and after == _put(before, steps, [*value]) else None


def _lines(element: Value, dash: str) -> list[str]:
    written = write({"": [element]}).rstrip("\n").split("\n")[1:]
    return [dash + one[2:] if one else one for one in written]


def _token(value: Value) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _bare_end(lines: Sequence[str], begin: int, end: int, column: int) -> int:
    """Return where the lines of an element end, without blanks and comments that stand before the next."""
    while end > begin + 1 and _is_between(lines[end - 1], column):
        end -= 1
    return end


def reworded(text: str, pointer: str, words: str, swaps: Sequence[tuple[int, int, str]]) -> str | None:
    """Return the text with stretches of the text value at `pointer` replaced: (start, end, new) in `words`, its value.

    Returns None where the value does not stand in the file as it reads, or the result would say anything else.
    """
    bom, body = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
    before, problems = read(body.encode(), "")
    if problems:
        return None
    line, column = marks(body.encode()).value(pointer)
    begin = sum(len(one) + 1 for one in body.split("\n")[: line - 1]) + column - 1
    result, wanted = body, words
    for start, end, new in sorted(swaps, reverse=True):
        at = begin - 1
        for _ in range(words[:start].count(words[start:end]) + 1):
            at = body.find(words[start:end], at + 1)
        if at < 0:
            return None
        result = result[:at] + new + result[at + end - start :]
        wanted = wanted[:start] + new + wanted[end:]
    after, problems = read(result.encode(), "")
    return bom + result if after == _put(before, pointer.split("/")[1:], wanted) and not problems else None


def _at(data: Value, steps: Sequence[str]) -> Value:
    """Return the value at a place; None where there is none."""
    for step in steps:
        if isinstance(data, list):
            data = data[int(step)] if step.isdecimal() and int(step) < len(data) else None
        else:
            data = {escape(name): value for name, value in mapping(data).items()}.get(step)
    return data


def _put(data: Value, steps: Sequence[str], value: Value) -> Value:
    """Return a copy of the data with the value at a place replaced."""
    if not steps:
        return value
    if isinstance(data, list):
        return [_put(one, steps[1:], value) if str(n) == steps[0] else one for n, one in enumerate(data)]
    if isinstance(data, dict):
        return {name: _put(one, steps[1:], value) if escape(name) == steps[0] else one for name, one in data.items()}
    return data


def _set(data: Value, steps: Sequence[str], values: Mapping[str, Value]) -> Value:
    """Return a copy of the data with the change made."""
    if not steps and isinstance(data, dict):
        return {name: value for name, value in {**data, **values}.items() if value is not None}
    if isinstance(data, list) and steps[0].isdecimal() and int(steps[0]) < len(data):
        index = int(steps[0])
        return [_set(one, steps[1:], values) if n == index else one for n, one in enumerate(data)]
    if isinstance(data, dict):
        for name in data:
            if escape(name) == steps[0]:
                return {**data, name: _set(data[name], steps[1:], values)}
    return None


def _amended(text: str, pointer: str, values: Mapping[str, Value], order: Sequence[str]) -> list[str] | None:
    lines = text.split("\n")
    where = marks(text.encode())
    line, column = where.value(pointer)
    if lines[line - 1][column - 1 :].startswith("{"):
        head, tail = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
        braced = _braced(tail, values, order)
        return None if braced is None else [*lines[: line - 1], head + braced, *lines[line:]]
    entries = _entries(where, lines, pointer)
    if not entries:
        return None
    # From the last line up, so that the lines above keep their numbers; at one line, what is there goes first.
    names = [*values]
    names.reverse()
    names.sort(key=lambda name: (-_place(name, entries, order), name not in entries))
    for name in names:
        value = values[name]
        entry = entries.get(name)
        if entry:
            head = lines[entry.start][: entry.column]
            if value is None and head.strip():
                return None
            written = [] if value is None else _written(name, value, head)
            listed = lines[entry.start][entry.column :].removeprefix(f"{name}: ").startswith("[")
            if entry.end == entry.start + 1 and (len(written) == 1 or (listed and written[:1] == [f"{head}{name}:"])):
                written[0] += _comment(lines[entry.start], entry.column, name)
            lines[entry.start : entry.end] = written
        elif value is not None:
            at = _place(name, entries, order)
            column = next(iter(entries.values())).column
            lines[at:at] = _written(name, value, " " * column)
    return lines


def _braced(text: str, values: Mapping[str, Value], order: Sequence[str]) -> str | None:
    """Return a text that begins with {栏目: 值, 栏目: 值} with fields set; None where the braces end elsewhere."""
    for end in (at + 1 for at, mark in enumerate(text) if mark == "}"):
        data, problems = read(f"a: {text[:end]}\n".encode(), "")
        if not problems and isinstance(data, dict) and isinstance(data["a"], dict):
            whole = {**data["a"], **values}
            rank = {name: order.index(name) if name in order else len(order) for name in whole}
            names = sorted(whole, key=rank.__getitem__) if values.keys() - data["a"].keys() else whole
            fields = (f"{name}: {_flow(whole[name])}" for name in names if whole[name] is not None)
            return f"{{{', '.join(fields)}}}{text[end:]}"
    return None


def _flow(value: Value) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return write({"a": value}).removeprefix("a: ").rstrip("\n")


def _entries(where: Marks, lines: list[str], pointer: str) -> dict[str, _Entry] | None:
    """Return the fields of a mapping with their lines; None where two of them share a line."""
    starts = {name: place for name, place in where.keys.items() if name.rpartition("/")[0] == pointer}
    found = {}
    for one, (line, column) in starts.items():
        within = {*starts} - {one}
        others = [
            place
            for name, place in (*where.keys.items(), *where.values.items())
            if place > (line, column) and name != one and not name.startswith(f"{one}/")
        ]
        if any(starts[name][0] == line for name in within):
            return None
        following = min(others, default=(len(lines) + 1, 1))[0] - 1
        if following < line:
            return None
        end = following
        while end > line and _is_between(lines[end - 1], column - 1):
            end -= 1
        found[steps(one)[-1]] = _Entry(line - 1, end, column - 1)
    return found


def _is_between(line: str, column: int) -> bool:
    """Tell whether a line after a field is blank, or a comment that is not part of the field's text."""
    bare = line.lstrip()
    return not bare or (bare.startswith("#") and len(line) - len(bare) <= column)


def _place(name: str, entries: Mapping[str, _Entry], order: Sequence[str]) -> int:
    """Return the line at which a field stands, or would be put."""
    if name in entries:
        return entries[name].start
    before = order[: order.index(name)] if name in order else ()
    for other in reversed(before):
        if other in entries:
            return entries[other].end
    return max(entry.end for entry in entries.values())


def _written(name: str, value: Value, head: str) -> list[str]:
    """Return the lines of a field whose first line begins with `head`."""
    first, *rest = write({name: value}).rstrip("\n").split("\n")
    return [head + first, *(" " * len(head) + line if line else line for line in rest)]


def _comment(line: str, column: int, name: str) -> str:
    """Return the comment behind a value on one line, with the white space before it."""
    whole, _ = read(line[column:].encode(), "")
    at = line.find(" #", column)
    while at >= 0:
        shorter, problems = read(line[column:at].encode(), "")
        if not problems and shorter == whole and isinstance(whole, dict) and name in whole:
            return line[len(line[:at].rstrip()) :]
        at = line.find(" #", at + 1)
    return ""
