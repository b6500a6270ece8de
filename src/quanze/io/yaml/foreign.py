"""YAML that is no record's (mkdocs.yml): it may use all of the language, so only what is asked for is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yaml import (
    CollectionEndEvent,
    CollectionStartEvent,
    MappingNode,
    ScalarNode,
    SequenceNode,
    YAMLError,
    compose,
    parse,
)
from yaml.cyaml import CSafeLoader

from quanze.io.yaml.faults import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yaml import Node


def too_deep(body: bytes) -> bool:
    """Tell whether a YAML text is nested deeper than its reader can bear; raises what the reader raises."""
    depth = 0
    for event in parse(body, Loader=CSafeLoader):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > MAX_DEPTH:
            return True
    return False


def lists(body: bytes, name: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of each list that stands under a name at the top; of anything else there, one that says so."""
    for key, value in _pairs(body):
        if key == name:
            inner = value.value if isinstance(value, SequenceNode) else (value,)
            yield tuple(str(one.value) if isinstance(one, ScalarNode) else one.tag for one in inner)


def settings(body: bytes) -> Iterator[tuple[str, str | Mapping[str, str]]]:
    """Yield (name, value) of what stands at the top: a text, a mapping of texts, or how anything else is written."""
    for key, value in _pairs(body):
        if isinstance(value, MappingNode) and all(isinstance(one, ScalarNode) for pair in value.value for one in pair):
            yield key, {str(inner.value): str(one.value) for inner, one in value.value}
        else:
            yield key, str(value.value) if isinstance(value, ScalarNode) or not value.value else value.tag


def words(body: bytes, name: str) -> Iterator[str]:
    """Yield every text that stands below a name at the top, each once however often an alias names it."""
    left, seen = [value for key, value in _pairs(body) if key == name], set[int]()
    while left:
        node = left.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, ScalarNode):
            yield str(node.value)
        else:
            left += (one for inner in node.value for one in (inner if isinstance(inner, tuple) else (inner,)))


def _pairs(body: bytes) -> Iterator[tuple[str, Node]]:
    try:
        top = None if too_deep(body) else compose(body, Loader=CSafeLoader)
    except (YAMLError, ValueError):
        return
    for key, value in top.value if isinstance(top, MappingNode) else ():
        yield str(key.value), value
