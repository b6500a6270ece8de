"""The words from which the benchmark's records are made: plausible, and nobody's text (vocabulary.yaml)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from quanze.io.yaml import read

_FILE = Path(__file__).with_suffix(".yaml")


class Sector(NamedTuple):
    """One line of business: who is in it, what lies about there, what is done, what people call it."""

    name: str
    units: tuple[str, ...]
    things: tuple[str, ...]
    works: tuple[str, ...]
    keywords: tuple[str, ...]


def _load() -> dict[str, Any]:
    data, problems = read(_FILE.read_bytes(), str(_FILE))
    if not isinstance(data, dict) or problems:
        raise SystemExit(f"{_FILE} cannot be read: {problems}")
    return data


def _words(name: str) -> tuple[str, ...]:
    return tuple(_DATA[name].split())


_DATA = _load()
_PARTS = ("单位", "物品", "作业", "关键词")
SECTORS = tuple(Sector(one["名称"], *(tuple(one[part].split()) for part in _PARTS)) for one in _DATA["领域"])
ACTS = _words("行为")
MATTERS = _words("事宜")
"""What an item of another type is about, one for each act."""
DUTIES = _words("义务")
AIMS = _words("目的")
EVENTS = _words("情况")
REPORTS = _words("报告")
CONDITIONS = _words("情形")
ADDRESSEES = _words("对象")
ORDERS = _words("责令")
KINDS = _words("种类")
OFFICES = _words("处室")
STAGES: dict[str, tuple[str, ...]] = {kind: tuple(stages.split()) for kind, stages in _DATA["环节"].items()}
"""The stages of a procedure by power type."""
STAGE_DUTIES = _words("职责")
FAULTS = _words("追责")
MATERIALS = _words("材料")
