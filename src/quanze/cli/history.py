"""quanze history."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING

import click

from quanze import history
from quanze.base.printable import shown
from quanze.base.problem import Fault
from quanze.cli import options
from quanze.cli.frame import SOUND, Command
from quanze.form import SUFFIX
from quanze.history.delta import details, remarks, words
from quanze.history.governing import SETTINGS, governing, governs, lines
from quanze.history.timeline import Timeline
from quanze.history.wording import ChangeWording, fields
from quanze.io import git, yaml
from quanze.register.links import SiteLook
from quanze.register.settings import BEGINNING
from quanze.register.tree import CATALOG, SCHEMA, SITE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from quanze.history.entry import Entry
    from quanze.history.timeline import Event
    from quanze.register.catalog import Catalog

    Key = tuple[str, str]

_HELP = """一条记录的全部变更，由新到旧：日期、提交、作者、动态调整，逐个栏目原来怎样、现在怎样。

--at 打印这条记录在那时的内容。
设置、表单、附件、法律文本、自己的网页也有历史：写 site、schema/items、files/…、docs/… 的样子。"""


@click.command("history", cls=Command, help=_HELP)
@click.argument("record", metavar="编号", help="如 xzcf-001；几个集合里都有时，写成 items/xzcf-001。")
@click.option("--format", "layout", type=click.Choice(["text", "json"]), default="text", help="结果的格式。")
@click.option("--at", metavar="版本", help="打印那时的内容：日期（那一天结束时）、标签或者提交。")
@options.root
def command(*, root: Path, record: str, layout: str, at: str | None) -> int:
    """Print the history of a record, or the record as it stood."""
    beside = record in {SITE, f"{SITE}.yaml"} or record.startswith(f"{SCHEMA}/") or governs(record)
    if at:
        return _file_then(root, _path(record), at) if beside else _then(root, record, at)
    catalog = options.catalog(root)
    if beside:
        return _governing(catalog, _path(record), layout)
    recorded = history.read(root, root / history.CACHE)
    if not recorded.line:
        early = f"「{BEGINNING}」（{CATALOG}/{SITE}.yaml）以后还没有提交，没有可以说的历史；请核对那一天"
        raise Fault(next((gap.message for gap in recorded.gaps), early))
    start = catalog.settings.beginning
    here = ((one.collection, one.id) for one in catalog) if start else ()
    key = _find(record, {*recorded.records(), *here})
    events = [
        version.event for version in Timeline(catalog, catalog, recorded, SiteLook(catalog), whole=True).versions(key)
    ]
    if layout == "json":
        options.say([json.dumps([_data(event) for event in events], ensure_ascii=False, indent=2)])
    else:
        options.say(map(shown, _text(events)))
    if start:
        none = "" if events else f"，{'/'.join(key)} 从那以来没有改动"
        options.close(f"历史从 {start[:12]} 算起（{CATALOG}/{SITE}.yaml 的「{BEGINNING}」），以前的没有列{none}")
    for gap in recorded.gaps:
        if not gap.paths or any(path.endswith(f"/{key[1]}.yaml") for path in gap.paths):
            options.close(gap.message)
    return SOUND


def _path(name: str) -> str:
    """Return where the settings, a form, or a file that goes with the records stands."""
    form = f"{name.removesuffix(SUFFIX)}{SUFFIX}" if name.startswith(f"{SCHEMA}/") else SETTINGS
    return name if governs(name) else form


def _governing(catalog: Catalog, path: str, layout: str) -> int:
    """Print what became of one of these."""
    changes = [change for change in governing(catalog.root) if change.path == path]
    wording = ChangeWording(catalog.forms, SiteLook(catalog))
    if not changes and not (catalog.root / path).is_file():
        raise Fault(f"没有 {path}；表单写成 {SCHEMA}/items 的样子")
    if layout == "json":
        data = [
            {
                "date": change.commit.date,
                "time": change.commit.time,
                "commit": change.commit.id,
                "authors": list(change.authors),
                "subject": change.commit.subject,
                "path": change.path,
                "kind": change.kind,
                **({"fault": change.fault} if change.fault else {}),
                "words": words(change.differences(wording)),
            }
            for change in changes
        ]
        options.say([json.dumps(data, ensure_ascii=False, indent=2)])
    else:
        options.say(map(shown, lines(changes, wording)))
    if not changes:
        options.close(f"本机关的历史开始以来，{path} 没有改动的记录")
    return SOUND


def _file_then(root: Path, path: str, at: str) -> int:
    """Print one of these as it was recorded, byte by byte."""
    commit = git.resolve(root, at)
    blob = git.files(root, commit.id, path).get(path)
    if blob is None:
        raise Fault(f"提交 {commit.id[:12]}（{commit.date} 记录）里没有 {path}")
    click.echo(next(git.blobs(root, (blob,))), nl=False)
    options.close(f"{path} 在提交 {commit.id[:12]}（{commit.date} 记录）里的内容")
    options.tell_revisions(root, at)
    return SOUND


def _then(root: Path, record: str, at: str) -> int:
    """Print a record as it was recorded."""
    snapshot = history.at(root, at)
    commit = snapshot.commit
    key = _find(record, {*snapshot.documents, *snapshot.faults}, f"提交 {commit.id[:12]}（{commit.date} 记录）")
    if key in snapshot.faults:
        raise Fault(f"{'/'.join(key)} 在提交 {commit.id[:12]}（{commit.date}）里读不出来：{snapshot.faults[key]}")
    click.echo(yaml.write(snapshot.documents[key]), nl=False)
    options.close(f"{'/'.join(key)} 在提交 {commit.id[:12]}（{commit.date} 记录）里的内容")
    options.tell_revisions(root, at)
    return SOUND


def _find(record: str, keys: Iterable[Key], where: str = "版本库") -> Key:
    """Return the key that a person means by an id, or by collection and id; `where` is what has these keys."""
    known = sorted(keys)
    keys = [key for key in known if record in {key[1], "/".join(key)}]
    if len(keys) > 1:
        raise Fault(f"几个集合里都有「{record}」，请写明是哪一个：{'、'.join('/'.join(key) for key in keys)}")
    if not keys:
        near = difflib.get_close_matches(record, [key[1] for key in known], 1)
        hint = f"；是不是 {near[0]}" if near else ""
        raise Fault(f"{where}里没有「{record}」这条记录{hint}")
    return keys[0]


def _text(events: Iterable[Event]) -> Iterator[str]:
    for event in events:
        entry = event.entry
        made = f"{entry.commit.id[:12]} {'、'.join(entry.authors)}{_recorder(entry)} {entry.commit.subject}"
        yield f"{entry.date} {entry.kind} {'/'.join(entry.key)} {made}"
        if entry.commit.claimed:
            yield f"    提交写的日期是 {entry.commit.claimed}，早于它前面的提交，按 {entry.date} 算"
        if event.adjustment:
            adjustment = event.adjustment
            late = adjustment.after(entry.date)
            day = f"（{adjustment.approved} 批准{'，' if late else ''}{late}）" if adjustment.approved else ""
            approval = f"{adjustment.approver}{adjustment.number or '尚无批准文号'}{day}"
            yield f"    动态调整 {adjustment.id}：{adjustment.title}　{approval}"
        yield from remarks(entry)
        for difference in event.differences:
            yield from fields(difference)


def _recorder(entry: Entry) -> str:
    """Return who recorded a change that others wrote."""
    who = entry.commit.committer
    return f"（{who} 提交）" if who and who not in entry.authors else ""


def _data(event: Event) -> dict[str, object]:
    entry = event.entry
    return {
        "date": entry.date,
        "time": entry.commit.time,
        "commit": entry.commit.id,
        **({"claimed": entry.commit.claimed} if entry.commit.claimed else {}),
        "authors": list(entry.authors),
        "committer": entry.commit.committer,
        "subject": entry.commit.subject,
        "collection": entry.key[0],
        "id": entry.key[1],
        **details(entry, event.differences),
        "adjustment": event.adjustment.id if event.adjustment else None,
    }
