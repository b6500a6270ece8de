"""What a page says of a record that takes over a superior's: whose it is, of which state, and what of it is our own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from quanze.base.markup import escape
from quanze.base.value import mapping
from quanze.form.kinds.adoption import ADOPTION, LEFT_OUT, Overlay
from quanze.register.adopted import AdoptedCopy
from quanze.site.pages.context import ABSENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.base.model import Document, Record
    from quanze.site.pages.context import RenderContext

_NEVER = "不随上级，没有取来"
HEADS = ("栏目", "本机关的", "上级的", "为什么不同")


class AdoptedNote(NamedTuple):
    """What is told of one record."""

    lead: str
    lines: tuple[str, ...]
    rows: tuple[tuple[Markup, ...], ...]
    """The fields that are our own: what we say, what the superior says, and why."""
    heads: tuple[str, ...] = HEADS


def adopted(context: RenderContext, record: Record) -> AdoptedNote | None:
    """Return what is told of a record; None of one that is nobody else's."""
    parts = record.adopted
    if parts is None:
        return None
    says = Overlay.of(record.data.get(ADOPTION))
    taken, copy = says.taken, AdoptedCopy.of(parts.copy)
    own = [*taken.own, *says.left_out]
    told = f"本机关自己的：{'、'.join(own)}" if own else "没有自己的栏目"
    lead = f"采用{says.superior}；{told}"
    lines = [f"取的是上级 {taken.dated} 的一版，{taken.on} 取来；公布的文件的校验值 {taken.digest}。"]
    if taken.commit:
        lines.append(f"上级的数据来自提交 {taken.commit}。")
    if taken.above:
        lines.append(f"上级的这一条采用自{'，又采用自'.join(map(str, taken.above))}。")
    newest = AdoptedCopy.of(parts.newest) if parts.newest else None
    if newest and newest.record is not None:
        why = f"：{says.why}" if says.stays and newest.digest.startswith(says.stays) else "，还没有决定采用"
        lines.append(f"上级 {newest.dated} 的一版已经改了，本机关仍照原来的{why}。")
    rows = tuple(_rows(context, record, says, copy.record or {}))
    return AdoptedNote(lead, tuple(lines), rows)


def _rows(context: RenderContext, record: Record, says: Overlay, theirs: Document) -> Iterator[tuple[Markup, ...]]:
    adoptable = context.catalog.forms[record.collection].adoptable
    apart = adoptable.own if adoptable else ()
    for path in (*says.taken.own, *says.left_out):
        name = path.partition(".")[0]
        field = context.catalog.forms[record.collection].fields.get(name)
        never = name in apart or (field is not None and field.kind.provenance)
        sides = (Markup(LEFT_OUT) if path in says.left_out else _value(context, record, path, record.data),)  # noqa: S704
        yield (
            escape(path.replace(".", "·")),
            *sides,
            Markup(_NEVER) if never else _value(context, record, path, theirs),  # noqa: S704
            escape(says.reasons.get(path, "由各机关自定")),
        )


def _value(context: RenderContext, record: Record, path: str, data: Document) -> Markup:
    """Return the value at a path as HTML; in words where there is none."""
    name, _, part = path.partition(".")
    field, value = context.catalog.forms[record.collection].fields.get(name), data.get(name)
    if field and part:
        field, value = field.fields.get(part), mapping(value).get(part)
    return context.show(field, value) if field and value is not None else escape(ABSENT)
