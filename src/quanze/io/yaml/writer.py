"""Data → YAML text as a clerk would write it: block style, no needless quotes, keys in order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from quanze.io.yaml.scalars import reads_as_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quanze.base.model import Value

_WIDE = 10_000  # never fold: a folded plain value is a fault in our dialect


class _Dumper(yaml.SafeDumper):
    """PyYAML's dumper with the few implicit types of our dialect and indented lists."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002, ARG002
        """Indent list items below their key."""
        super().increase_indent(flow, False)  # noqa: FBT003

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        """Write equal values out again: anchors are refused by the reader."""
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    quoted = not reads_as_text(text) or text.isdecimal() or text.startswith("“")
    style = "|" if "\n" in text else '"' if quoted else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.yaml_implicit_resolvers = {}
_Dumper.add_representer(str, _text)
_PLAIN = (("int", "-?[0-9]+$"), ("float", r"-?[0-9]+\.[0-9]+$"), ("bool", "true$|false$"), ("null", "null$"))
for _tag, _pattern in _PLAIN:
    _Dumper.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), None)


def write(data: Mapping[str, Value], schema: str = "") -> str:
    """Return `data` as YAML text that reads back as the same data.

    `schema` is the path of the schema relative to the file, for editors; it becomes the first line.
    """
    head = f"# yaml-language-server: $schema={schema}\n" if schema else ""
    return head + yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDE)
