"""data/v1/index.json: every file of the open data, what it holds, and the schema that its records follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quanze.base.compact import compact
from quanze.form import kinds
from quanze.proof.manifest import NAME as MANIFEST
from quanze.register.catalog import LISTS
from quanze.register.disclaimer import disclaimer
from quanze.site.exports import bulk, interface, packages
from quanze.site.exports.lists import VERSION
from quanze.site.exports.shapes import address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quanze.register.catalog import Catalog
    from quanze.register.settings import Settings
    from quanze.register.table import Listing

BASE = "data/v1/"
FORMATS, REPORTS = ("json", "csv", "xlsx"), ("md", "docx")
"""What every list is published as, and one with figures besides."""


class Family(NamedTuple):
    """Files of one shape."""

    title: str
    schema: str
    """The address of the schema that each record in them follows; empty where there is none."""
    file_schema: str
    """The address of the schema of those that are JSON, as a whole; empty where there is none."""
    files: tuple[str, ...]


def families(shown: Catalog, listings: Mapping[str, Listing], editions: Iterable[tuple[str, str]]) -> Iterator[Family]:
    """Yield the families of files; `editions` are the (list, edition) that can be made out again."""
    past = [*editions]
    yield Family("本目录", "", address("index"), (f"{BASE}index.json",))
    yield Family("接口和数据包的说明", "", "", (interface.FILE, packages.FILE))
    yield Family("一次下载", "", "", (bulk.ARCHIVE,))
    yield Family("每个文件的校验值", "", address("manifest"), (MANIFEST,))
    yield Family("全部变化", "", address("changes"), (f"{BASE}changes.json",))
    for name, records in shown.records.items():
        title, schema, whole = shown.forms[name].title, f"schema/{name}.schema.json", address(name)
        yield Family(f"{title}：全部记录", schema, whole, (f"{BASE}{name}.json",))
        yield Family(f"{title}：全部记录，一行一条", schema, "", (bulk.address(name),))
        if name != LISTS:
            yield Family(f"{title}：逐条", schema, whole, tuple(f"{BASE}{name}/{id_}.json" for id_ in records))
            continue
        for id_, listing in listings.items():
            formats = (*FORMATS, *(REPORTS if listing.rows and listing.form.role(kinds.STATISTIC) else ()))
            files = tuple(f"{BASE}{name}/{id_}.{format_}" for format_ in formats)
            yield Family(f"{title}：{listing.definition.title}", schema, address(f"{name}/{id_}"), files)
        files = tuple(f"{BASE}{name}/{id_}/{edition}.{format_}" for id_, edition in past for format_ in FORMATS)
        yield Family(f"{title}：以前的版次", "", address("edition"), files)


def index(told: Iterable[Family], commit: str, dated: str, site: Settings) -> bytes:
    """Return the file; the commit that the data was made from stands here and in manifest.json only.

    `commit` is empty where the data is not that of a commit.
    """
    result = [family._asdict() for family in told if family.files]
    address_ = {"url": site.licence.url} if site.licence.url else {}
    whole = {
        "schema_version": VERSION,
        "dated": dated,
        "total": sum(len(one["files"]) for one in result),
        **({"demonstration": True} if disclaimer(site) else {}),
        "commit": commit,
        **({"licence": {"name": site.licence.name, **address_}} if site.licence.name else {}),
        "result": result,
    }
    return compact(whole) + b"\n"
