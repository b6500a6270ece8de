"""YAML text → data, fast; a file with anything unusual in it goes to `faults`, which tells what and where.

The dialect is small: one document, one mapping, block or flow style, no anchors, tags or folded plain
values; a plain scalar is text unless it is a canonical decimal, true, false or null.
"""

from __future__ import annotations

import re
from sys import intern
from typing import TYPE_CHECKING, Any

from yaml import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
)
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from quanze.base.printable import INVISIBLE
from quanze.io.yaml.faults import MAX_BYTES, MAX_DEPTH, explain
from quanze.io.yaml.scalars import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from quanze.base.model import Value
    from quanze.base.problem import Problem

    Open = Any  # a mapping or a list that still grows
    Known = dict[bytes, tuple[str, Value]]
    """Names and values of fields by their text."""

_BOM = b"\xef\xbb\xbf"
MOST = MAX_BYTES + len(_BOM)
"""So many bytes a file may have."""
_WORDS = "\x7f"
"""What begins beyond ASCII, as nearly all does, is text."""
_UNUSUAL = (b"&", b"*", b"!", b"%", b"\t", b"\r", b"---", b"...", b"?", b"<<<<<<<", b">>>>>>>", b"\\", "“".encode())

_COMMENT = re.compile(rb"\S +#[^\s#]")
"""What may be a comment, or more of a value; a tab is unusual already."""
_FIELD = re.compile(rb"^(?=[^\s#-])", re.MULTILINE)
"""Where a field of the record may begin; within what has quotes or brackets around it, nothing does."""
_REMARKS = re.compile(rb"(?: *(?:#[^\n]*)?\n)*")


class _Odd(Exception):  # noqa: N818
    """The quick reading met something that only the careful one can tell."""


def read(content: bytes, path: str, known: Known | None = None) -> tuple[Value, tuple[Problem, ...]]:
    """Return the data of one YAML file, or None and everything that is wrong with its text.

    Never raises for bad input, whatever the bytes are. `known` is what was read in other files, and is added to: files
    that have the same field share its value.
    """
    body = content.removeprefix(_BOM)
    if not any(mark in body for mark in _UNUSUAL) and not (b" #" in body and _COMMENT.search(body)):
        try:
            return (_build(body) if known is None else _joined(body, known)), ()
        except (_Odd, YAMLError, UnicodeDecodeError):
            pass
    problems = explain(body, path)
    return (None, problems) if problems else (_build(body), ())


def _joined(body: bytes, known: Known) -> dict[str, Value]:
    """Build the data field by field, each once however many files have it.

    What is read as one field for each place where one may begin, with the name that stands there, was cut right: no
    field can begin elsewhere but with a quote or bracket, which no name has.
    """
    _look(body)
    before, *fields = _FIELD.split(body)
    if not fields or not _REMARKS.fullmatch(before):
        return _build(body)
    new = [field for field in fields if field not in known]
    if new:
        found = _read(b"".join(new))
        if len(found) != len(new) or not all(map(bytes.startswith, new, (f"{name}:".encode() for name in found))):
            return _build(body)
        known.update(zip(new, found.items(), strict=True))
    data = dict(map(known.__getitem__, fields))
    if len(data) != len(fields):
        raise _Odd
    return data


def _build(body: bytes) -> dict[str, Value]:
    """Build the data of a whole file."""
    _look(body)
    return _read(body)


def _look(body: bytes) -> None:
    if len(body) > MAX_BYTES or INVISIBLE.search(body.decode()):
        raise _Odd


def _read(body: bytes) -> dict[str, Value]:  # noqa: C901, PLR0912 — one loop, for speed
    """Build the data from libyaml's events: no nodes, no marks, no recursion."""
    event: Callable[[], Any] = CParser(body).get_event
    event()
    event()
    outer: list[tuple[Open, bool]] = []
    root: list[Value] = []
    here: Open = root
    key: str | None = None
    in_mapping = False
    while True:
        token = event()
        kind = token.__class__
        if kind is ScalarEvent:
            text = token.value
            if not token.style and (" " in text or "\n" in text) and token.start_mark.line != token.end_mark.line:
                raise _Odd
            if in_mapping and key is None:
                if not text or text in here:
                    raise _Odd
                key = intern(text)
                continue
            value = intern(text) if token.style or text > _WORDS else plain(text)
            if in_mapping:
                here[key] = value
                key = None
            else:
                here.append(value)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            if (in_mapping and key is None) or len(outer) >= MAX_DEPTH:
                raise _Odd
            inner: Open = {} if kind is MappingStartEvent else []
            if in_mapping:
                here[key] = inner
            else:
                here.append(inner)
            outer.append((here, in_mapping))
            here, in_mapping, key = inner, kind is MappingStartEvent, None
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            here, in_mapping = outer.pop()
            key = None
            if not outer:
                break
        else:
            raise _Odd
    event()
    if not isinstance(root[0], dict) or event().__class__ is not StreamEndEvent:
        raise _Odd
    return root[0]
