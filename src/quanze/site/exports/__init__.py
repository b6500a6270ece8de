"""The register as files: JSON in one envelope, lists as tables and workbooks, fragments, feeds."""

from quanze.site.exports.lists import (
    VERSION,
    envelope,
    enveloped,
    heading,
    list_csv,
    list_data,
    list_json,
    list_xlsx,
    record_data,
    rows,
)

__all__ = [
    "VERSION",
    "envelope",
    "enveloped",
    "heading",
    "list_csv",
    "list_data",
    "list_json",
    "list_xlsx",
    "record_data",
    "rows",
]
