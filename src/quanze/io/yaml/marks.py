"""Where each value stands in its file: read only for files with problems, since marks cost time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yaml import MappingNode, ScalarNode, SequenceNode, YAMLError
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from quanze.io.yaml.foreign import too_deep

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yaml import Node

Position = tuple[int, int]
"""Line and column, both counted from 1."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The places of a document's values and keys, by JSON pointer."""

    values: Mapping[str, Position]
    keys: Mapping[str, Position]

    def value(self, pointer: str) -> Position:
        """Return where the value stands; for one that is not there, the nearest that encloses it."""
        while pointer and pointer not in self.values:
            pointer = pointer.rpartition("/")[0]
        return self.values.get(pointer, (1, 1))

    def key(self, pointer: str) -> Position:
        """Return where the key of the value stands; an element of a list, or the root, has its value's place."""
        return self.keys.get(pointer) or self.value(pointer)


class _Composer(CParser):
    """libyaml's composer without tag resolution."""

    def resolve(self, kind: type, value: object, implicit: object) -> str:  # noqa: ARG002
        """Give every node the same tag."""
        return "-"

    def descend_resolver(self, current: object, index: object) -> None:
        """Do nothing."""

    def ascend_resolver(self) -> None:
        """Do nothing."""


def escape(name: str) -> str:
    """Return `name` as one token of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


def steps(pointer: str) -> list[str]:
    """Return the names and numbers that a JSON pointer leads through."""
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def marks(content: bytes) -> Marks:
    """Return the places in a document that `read` accepts; an unreadable one has none."""
    values: dict[str, Position] = {}
    keys: dict[str, Position] = {}

    def place(node: Node) -> Position:
        return node.start_mark.line + 1, node.start_mark.column + 1

    def walk(node: Node, pointer: str) -> None:
        values[pointer] = place(node)
        if isinstance(node, MappingNode):
            for name, value in node.value:
                if isinstance(name, ScalarNode):
                    inner = f"{pointer}/{escape(name.value)}"
                    keys[inner] = place(name)
                    walk(value, inner)
        elif isinstance(node, SequenceNode):
            for index, value in enumerate(node.value):
                walk(value, f"{pointer}/{index}")

    try:
        root = None if too_deep(content) else _Composer(content.removeprefix(b"\xef\xbb\xbf")).get_single_node()
    except YAMLError:
        root = None
    if root is not None:
        walk(root, "")
    return Marks(values, keys)
