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
    from collections.abc import Iterator


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
    try:
        top = None if too_deep(body) else compose(body, Loader=CSafeLoader)
    except (YAMLError, ValueError):
        return
    for key, value in top.value if isinstance(top, MappingNode) else ():
        if key.value == name:
            inner = value.value if isinstance(value, SequenceNode) else (value,)
            yield tuple(str(one.value) if isinstance(one, ScalarNode) else one.tag for one in inner)
