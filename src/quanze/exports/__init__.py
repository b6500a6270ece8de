"""The register as files: JSON in one envelope, lists as tables and workbooks, fragments, feeds."""

from quanze.exports.lists import (
    ABSENT,
    VERSION,
    as_json,
    envelope,
    enveloped,
    heading,
    list_csv,
    list_data,
    list_xlsx,
    record_data,
    rows,
    stored,
)

__all__ = [
    "ABSENT",
    "VERSION",
    "as_json",
    "envelope",
    "enveloped",
    "heading",
    "list_csv",
    "list_data",
    "list_xlsx",
    "record_data",
    "rows",
    "stored",
]
