"""A place in a row of an article map (对照条款): nobody looks for a law by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.form.kinds.kind import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.form.kinds.kind import Field, Look


def _texts(_value: object, _field: Field, _look: Look) -> Iterator[str]:
    return iter(())


KIND = Kind("对照条款", texts=_texts)
