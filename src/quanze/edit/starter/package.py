"""What the package holds for new registers: forms, facts of laws, procedures, templates."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from quanze.form import load_forms
from quanze.io.yaml import read, write
from quanze.register.tree import CATALOG, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quanze.base.model import Document, Schema
    from quanze.form import Form

HERE = Path(__file__).parent
_PACKED, _CHECKOUT = HERE / "data", HERE.parents[3]
"""A wheel has the forms and facts beside this file; in a checkout they are those of the reference register."""
_COMMON = "common.schema.json"
_BASIC = frozenset(
    ("common", "site", "words", "laws", "bodies", "items", "procedures", "lists", "adjustments", "coverage", "remedies")
)
"""Forms that no list of their own goes with."""


def folder(name: str) -> Path:
    """Return the folder of the package that holds forms (schema) or records (catalog/…)."""
    packed = _PACKED / name
    return packed if packed.is_dir() else _CHECKOUT / name


@cache
def forms() -> Mapping[str, Schema]:
    """Return every form by its file name, as the package has it."""
    return {path.name: json.loads(path.read_bytes()) for path in sorted(folder(SCHEMA).glob("*.json"))}


def power_types() -> tuple[str, ...]:
    """Return the types of power in their official order."""
    return tuple(forms()[_COMMON]["$defs"]["powertype"]["enum"])


def levels() -> tuple[str, ...]:
    """Return the levels of administration, the highest first."""
    return tuple(forms()[_COMMON]["$defs"]["level"]["enum"])


def further() -> tuple[str, ...]:
    """Return the titles of the other collections that a list can be made of."""
    names = (name.removesuffix(".schema.json") for name in forms())
    return tuple(forms()[f"{name}.schema.json"]["title"] for name in names if name not in _BASIC)


@cache
def form(collection: str) -> Form:
    """Return the form of a collection, as the code reads it."""
    return load_forms(folder(SCHEMA))[collection]


@cache
def records(collection: str) -> Mapping[str, tuple[Document, str]]:
    """Return (data, text of the file) of the records that every register may begin with, by id."""
    found = {}
    for path in sorted(folder(f"{CATALOG}/{collection}").rglob("*.yaml")):
        data, problems = read(path.read_bytes(), path.name)
        if isinstance(data, dict) and not problems:
            found[path.stem] = (data, path.read_text("utf-8"))
    return found


def templates() -> Environment:
    """Return the templates of files: their marks are square, as braces belong to the files themselves."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 — no HTML: the files are for people and for runners
        block_start_string="[%",
        block_end_string="%]",
        variable_start_string="[[",
        variable_end_string="]]",
        comment_start_string="[#",
        comment_end_string="#]",
        keep_trailing_newline=True,
    )
    environment.filters["yaml"] = lambda value: write({"": value}).partition(": ")[2].rstrip("\n")
    return environment
