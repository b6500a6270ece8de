"""A renumbering as people and programs read it: text, Markdown, JSON, tables of a workbook."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.edit.renumbering import Moved, Renumbering
    from quanze.register.catalog import Catalog

_BAR = r"\|"
_HEAD = ("文件", "名称", "位置", "原来", "现在", "变化", "要做什么")


def summary(found: Renumbering) -> str:
    """Return the whole in one sentence."""
    if not found.edits:
        return f"《{found.instrument.short}》的条号已经是{found.new.name}的，没有可换的"
    files = {one.record.path for one in found.moved}
    renewed = {one.record.path for one in found.moved if one.renewed}
    left = sum(not one.new for one in found.moved)
    open_ = sum(not mention.new for mention in found.mentions)
    head = f"《{found.instrument.short}》{found.old.name} → {found.new.name}"
    return (
        f"{head}：{len(files)} 个文件、{len(found.moved)} 处依据"
        f"，其中 {left} 处没有新条号、留给人改；内容有改动、要重新核对的记录 {len(renewed)} 条；"
        f"文字里写了条号的 {len(found.mentions)} 处，其中 {open_} 处留给人改"
    )


def text(found: Renumbering) -> Iterator[str]:
    """Yield what moves where, how often, and what is left for a person."""
    counted = Counter((one.old, one.new, "、".join(one.changes)) for one in found.moved if one.new)
    for (old, new, changes), count in counted.items():
        yield f"{old} → {new}（{changes}）：{count} 处"
    for one in found.moved:
        if not one.new:
            yield f"{one.record.path}: {one.old}没有新条号：{one.why}；写明了版本，请人工改"
    yield from map(str, found.mentions)


def rows(found: Renumbering, catalog: Catalog) -> Sequence[Sequence[str]]:
    """Return the table of citations, its head first."""
    return [
        _HEAD,
        *(
            (
                one.record.path,
                catalog.title(one.record),
                one.pointer,
                one.old,
                one.new,
                "、".join(one.changes),
                _todo(one),
            )
            for one in found.moved
        ),
    ]


def markdown(found: Renumbering, catalog: Catalog) -> Iterator[str]:
    """Yield the same as Markdown."""
    yield f"## {summary(found)}"
    yield ""
    head, *body = rows(found, catalog)
    yield from table(head, body)
    yield from (f"- {mention}" for mention in found.mentions)


def table(head: Sequence[str], body: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a table of Markdown."""
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in body:
        yield f"| {' | '.join(' '.join(cell.split()).replace('|', _BAR) for cell in row)} |"
    yield ""


def data(found: Renumbering, catalog: Catalog) -> Mapping[str, object]:
    """Return the same as JSON data."""
    return {
        "文件": found.instrument.id,
        "原版本": found.old.name,
        "新版本": found.new.name,
        "依据": [
            {
                "集合": one.record.collection,
                "编号": one.record.id,
                "名称": catalog.title(one.record),
                "文件": one.record.path,
                "位置": one.pointer,
                "原来": one.old,
                "现在": one.new or None,
                "变化": list(one.changes),
                "要重新核对": one.renewed,
                **({"原因": one.why} if one.why else {}),
            }
            for one in found.moved
        ],
        "文字": [*map(str, found.mentions)],
        "改动的文件": [edit.path for edit in found.edits],
    }


def _todo(one: Moved) -> str:
    if not one.new:
        return f"人工改：{one.why}"
    return "重新核对" if one.renewed else "已换号"
