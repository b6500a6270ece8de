"""A body's unified social credit code (统一社会信用代码)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.form.kinds.kind import Kind, ValueFault
from quanze.law.codes import credit_fault

if TYPE_CHECKING:
    from collections.abc import Iterator


def _sum(value: object) -> Iterator[ValueFault]:
    fault = credit_fault(str(value))
    if fault:
        yield ValueFault(f"统一社会信用代码「{value}」{fault}")


KIND = Kind("统一社会信用代码", faults={"credit-code": _sum})
