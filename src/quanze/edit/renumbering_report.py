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


def summary(renumbering: Renumbering) -> str:
    """Return the whole in one sentence."""
    if not renumbering.edits:
        return f"《{renumbering.instrument.short}》的条号已经是{renumbering.new.name}的，没有可换的"
    files = {one.record.path for one in renumbering.moved}
    renewed = {one.record.path for one in renumbering.moved if one.renewed}
    left = sum(not one.new for one in renumbering.moved)
    open_ = sum(not mention.new for mention in renumbering.mentions)
    head = f"《{renumbering.instrument.short}》{renumbering.old.name} → {renumbering.new.name}"
    return (
        f"{head}：{len(files)} 个文件、{len(renumbering.moved)} 处依据"
        f"，其中 {left} 处没有新条号、留给人改；内容有改动、要重新核对的记录 {len(renewed)} 条；"
        f"文字里写了条号的 {len(renumbering.mentions)} 处，其中 {open_} 处留给人改"
    )


def text(renumbering: Renumbering) -> Iterator[str]:
    """Yield what moves where, how often, and what is left for a person."""
    counted = Counter((one.old, one.new, "、".join(one.changes)) for one in renumbering.moved if one.new)
    for (old, new, changes), count in counted.items():
        yield f"{old} → {new}（{changes}）：{count} 处"
    for one in renumbering.moved:
        if not one.new:
            yield f"{one.record.path}: {one.old}没有新条号：{one.why}；写明了版本，请人工改"
    yield from map(str, renumbering.mentions)


def rows(renumbering: Renumbering, catalog: Catalog) -> Sequence[Sequence[str]]:
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
            for one in renumbering.moved
        ),
    ]


def markdown(renumbering: Renumbering, catalog: Catalog) -> Iterator[str]:
    """Yield what a renumbering comes to as Markdown: a summary, the table of citations, mentions in running text."""
    yield f"## {summary(renumbering)}"
    yield ""
    head, *body = rows(renumbering, catalog)
    yield from table(head, body)
    yield from (f"- {mention}" for mention in renumbering.mentions)


def table(head: Sequence[str], body: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a table of Markdown."""
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in body:
        yield f"| {' | '.join(' '.join(cell.split()).replace('|', _BAR) for cell in row)} |"
    yield ""


def data(renumbering: Renumbering, catalog: Catalog) -> Mapping[str, object]:
    """Return what a renumbering comes to as JSON data."""
    return {
        "文件": renumbering.instrument.id,
        "原版本": renumbering.old.name,
        "新版本": renumbering.new.name,
        "依据": [
            {
                "集合": moved.record.collection,
                "编号": moved.record.id,
                "名称": catalog.title(moved.record),
                "文件": moved.record.path,
                "位置": moved.pointer,
                "原来": moved.old,
                "现在": moved.new or None,
                "变化": list(moved.changes),
                "要重新核对": moved.renewed,
                **({"原因": moved.why} if moved.why else {}),
            }
            for moved in renumbering.moved
        ],
        "文字": [*map(str, renumbering.mentions)],
        "改动的文件": [edit.path for edit in renumbering.edits],
    }


def _todo(one: Moved) -> str:
    if not one.new:
        return f"人工改：{one.why}"
    return "重新核对" if one.renewed else "换号"
