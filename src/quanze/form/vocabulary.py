"""The words that a form is written in: JSON Schema's and our own; one that is nearly ours is probably misspelt."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from quanze.form.malformed import within
from quanze.form.schema import DECLARED
from quanze.form.sentences import WRITING
from quanze.io.yaml import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.base.model import Schema

_KEYWORDS = frozenset(
    """
    $schema $id $ref $defs $comment $anchor $dynamicAnchor $dynamicRef $vocabulary
    title description default deprecated readOnly writeOnly examples
    type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern
    maxItems minItems uniqueItems maxContains minContains maxProperties minProperties required dependentRequired
    allOf anyOf oneOf not if then else dependentSchemas prefixItems items contains
    properties patternProperties additionalProperties propertyNames unevaluatedItems unevaluatedProperties
    format contentEncoding contentMediaType contentSchema
    """.split()  # noqa: SIM905 — a list of quoted words takes a page
)
"""The keywords of JSON Schema 2020-12, all its vocabularies."""
_CLOSE, _CLOSER = 0.75, 0.85
"""So close to one of ours, or of JSON Schema's, a word is taken for it: others may well be another tool's."""
_SHORT = 3
_OURS = sorted(DECLARED)
_STANDARD = {one.lower(): one for one in sorted(_KEYWORDS) if len(one) > _SHORT}
"""As they are written by those in lower case; without the shortest, as note is no misspelt not."""


def misspelt(schema: Schema, pointer: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield (pointer, word, the known word that it may be) of words that no one knows and that are nearly known."""
    for name in schema:
        if name in _KEYWORDS or name in DECLARED or name == WRITING:
            continue
        ours = difflib.get_close_matches(name.lower(), _OURS, 1, _CLOSE)
        for meant in ours or difflib.get_close_matches(name.lower(), _STANDARD, 1, _CLOSER):
            yield f"{pointer}/{escape(name)}", name, _STANDARD.get(meant, meant)
    for step, inner, _ in within(schema):
        if isinstance(inner, dict):
            yield from misspelt(inner, f"{pointer}/{step}")
