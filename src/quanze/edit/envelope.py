"""What another register publishes as data: the envelope of each JSON file under data/v1/."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.base.value import mapping, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quanze.base.model import Value

SCHEMA = "schema_version"
_VERSION = "1."
"""How the version of the data begins that this program understands."""


def opened(content: bytes, where: str) -> Mapping[str, Value]:
    """Return what a published file says.

    Raises:
        Fault: it is no such file, or of a version of the data that is not known here.

    """
    try:
        whole = mapping(json.loads(content))
        json.dumps(whole, ensure_ascii=False).encode()  # half a sign is no text: no file can hold it
    except (ValueError, RecursionError):
        raise Fault(f"{where} 读不懂：不是 quanze 公布的 JSON 数据") from None
    version = text(whole.get(SCHEMA))
    if not version.startswith(_VERSION):
        raise Fault(f"{where} 的数据版本是「{version}」，这里只认识 {_VERSION}x；请先升级 quanze（quanze upgrade）")
    return whole
