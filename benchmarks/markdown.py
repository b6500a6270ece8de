"""The same records as Markdown, a page each, for the generators that are measured beside quanze."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks import generate, items, register

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from quanze.base.model import Value

    Targets = Mapping[str, str]

_MKDOCS = """site_name: 示例市权责清单
site_dir: {site}
theme:
  name: material
  language: zh
  font: false
plugins:
  - search
nav:
  - index.md
validation:
  omitted_files: ignore
  unrecognized_links: ignore
"""
_HUGO = """baseURL = "https://example.org/"
title = "示例市权责清单"
disableKinds = ["taxonomy", "term", "rss"]
[markup.goldmark.renderer]
unsafe = true
"""
_MOUNT = """[[module.mounts]]
source = "docs/{0}"
target = "content/{0}"
"""
_PAGE = """<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>{{ .Content }}</body></html>
"""
FOLDERS = ("laws", "bodies", "procedures", "lists", "items")


def targets(count: int) -> Targets:
    """Return where names and ids that stand in other records lead, relative to a record's page."""
    links = {register.law_title(n): f"../../laws/{register.law_id(n)}/" for n in range(register.LAWS)}
    links |= {id_: f"../../bodies/{id_}/" for id_, _ in register.bodies()}
    links |= {id_: f"../../procedures/{id_}/" for id_, _ in register.procedures()}
    return links | {items.item_id(n): f"../../items/{items.item_id(n)}/" for n in range(count)}


def page(data: Mapping[str, Value], sections: Mapping[str, str], links: Targets) -> str:
    """Return a record as Markdown: every field, under the headings of its form."""
    name, *rest = data
    parts = [f"---\ntitle: {data[name]}\n---\n\n# {data[name]}\n"]
    section = ""
    for field in rest:
        if sections[field] != section:
            section = sections[field]
            parts.append(f"\n## {section}\n")
        parts += (f"\n{block}\n" for block in _field(field, data[field], links))
    return "".join(parts)


def _field(label: str, value: Value, links: Targets) -> Iterator[str]:
    """Yield the blocks of one field: a line, a list or a table."""
    if isinstance(value, list) and isinstance(value[0], dict):
        yield f"### {label}"
        columns = dict.fromkeys(column for row in value for column in row)
        rows = (" | ".join(_inline(row.get(column, ""), links) for column in columns) for row in value)
        yield "\n".join(f"| {row} |" for row in (" | ".join(columns), " | ".join("---" for _ in columns), *rows))
    elif isinstance(value, dict):
        yield f"### {label}"
        yield "\n".join(f"- **{key}**：{_inline(inner, links)}" for key, inner in value.items())
    elif isinstance(value, str) and value.count("\n") > 1:
        yield f"**{label}**"
        yield value.rstrip().replace("\n", "\n\n")
    else:
        yield f"**{label}**：{_inline(value, links)}"


def _inline(value: Value, links: Targets) -> str:
    """Return a value as one line of Markdown."""
    if isinstance(value, dict):
        return "，".join(f"{key} {_inline(inner, links)}" for key, inner in value.items())
    if isinstance(value, list):
        return "；".join(_inline(inner, links) for inner in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    text = str(value).rstrip().replace("\n", "<br>")
    return f"[{text}]({links[text]})" if text in links else text


def write(count: int, folder: Path) -> None:
    """Make `folder` a project for MkDocs, Zensical and Hugo at once."""
    links = targets(count)
    sections = {}
    for name in FOLDERS:
        schema = json.loads((generate.ROOT / f"schema/{name}.schema.json").read_text(encoding="utf-8"))
        sections[name] = {field: rules.get("section", "") for field, rules in schema["properties"].items()}
        (folder / "docs" / name).mkdir(parents=True)
    for path, data in generate.records(count):
        name, id_ = path.split("/")[1], path.rpartition("/")[2].removesuffix(".yaml")
        (folder / f"docs/{name}/{id_}.md").write_text(page(data, sections[name], links), encoding="utf-8")
    (folder / "docs/index.md").write_text("# 示例市权责清单\n", encoding="utf-8")
    (folder / "layouts").mkdir()
    (folder / "mkdocs.yml").write_text(_MKDOCS.format(site="site-mkdocs"), encoding="utf-8")
    (folder / "zensical.yml").write_text(_MKDOCS.format(site="site-zensical"), encoding="utf-8")
    (folder / "hugo.toml").write_text(_HUGO + "".join(map(_MOUNT.format, FOLDERS)), encoding="utf-8")
    for name in ("single", "list", "home"):
        (folder / f"layouts/{name}.html").write_text(_PAGE, encoding="utf-8")
