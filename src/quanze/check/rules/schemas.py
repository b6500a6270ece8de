"""What a form declares must be right itself: it is told once, at the schema, and not again at every record."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from quanze.base.model import Record
from quanze.base.problem import Finding
from quanze.base.value import mapping, texts
from quanze.check.conditions import impossible_values, unknown_fields
from quanze.check.shapes import unbounded, unreadable
from quanze.check.unfit import unfit
from quanze.form import kinds
from quanze.form.declared import OPERATORS, PLACES, Rule
from quanze.form.schema import SUFFIX
from quanze.form.vocabulary import misspelt
from quanze.form.words import near
from quanze.io.yaml import escape, steps
from quanze.register.catalog import LISTS
from quanze.register.paths import find
from quanze.register.tree import SCHEMA, SITE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.problem import Level
    from quanze.form import Field, Form
    from quanze.register.catalog import Catalog

_PARTS = frozenset({"title", "at", "lead", "show", "split", "order"})
_REVIEW: Level = "review"
_READ_BY_CODE = frozenset({SITE, LISTS})
"""Forms of what no page shows as it is written: code reads each part of it by name."""
_FORMS = "compare、sum、due、cover、unique"


def schema_declaration(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """表单里写的集合（collection）、指向（only）、反向显示（back）、规则（rules）和采用（adopt），所用的栏目和词须是有的；要有名称（title）。

    每个栏目要是一种类型、一组栏目、词或者数字，或者这些的列表：别的写法不会检查，网页也显示不了。
    """
    for name, form in catalog.forms.items():
        record = Record(SCHEMA, name, f"{SCHEMA}/{name}{SUFFIX}", form.schema)
        for pointer, said in _declared(catalog, form):
            yield Finding(record, pointer, said)
        yield from _alone(form)


@lru_cache(maxsize=128)
def _alone(form: Form) -> tuple[Finding, ...]:
    """Return what is wrong with a form whatever the others are: it is asked once, for all catalogs that have it."""
    record = Record(SCHEMA, form.collection, f"{SCHEMA}/{form.collection}{SUFFIX}", form.schema)
    found = []
    if form.collection not in _READ_BY_CODE:
        found += [Finding(record, pointer, said) for pointer, said in unreadable(form.schema)]
        found += [Finding(record, pointer, said, _REVIEW) for pointer, said in unbounded(form.schema)]
    if not form.schema.get("title"):
        message = f"表单没有写 title，网页和提示里就只能叫「{form.collection}」；请写这一类记录的中文名称"
        found.append(Finding(record, "", message, _REVIEW))
    for pointer, word, meant in misspelt(form.schema):
        message = f"{word} 不是表单用的词，写了不起作用；最接近的是「{meant}」，请核对"
        found.append(Finding(record, pointer, message, _REVIEW, at_key=True))
    return tuple(found)


def _declared(catalog: Catalog, form: Form) -> Iterator[tuple[str, str]]:
    yield from _fields(catalog, form, form.fields, "/properties")
    yield from _rules(catalog, form)
    yield from _adopt(form)


def _adopt(form: Form) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with what the form says of records that take over a superior's."""
    adopt, where = mapping(form.schema.get("adopt")), form.role(kinds.ADOPTION)
    if "adopt" in form.schema and not where:
        yield "/adopt", f"写了 adopt，就要有「{kinds.ADOPTION}」这个栏目"
    elif where and "adopt" not in form.schema:
        yield f"/properties/{where}", f"有「{where}」这个栏目，就要写 adopt，说明哪些栏目不随上级（own、free、kept）"
    seen: set[str] = set()
    for part, names in adopt.items():
        for index, name in enumerate(texts(names)):
            if name not in form.fields:
                yield f"/adopt/{part}/{index}", f"adopt 写的「{name}」不是{form.title}的栏目{near(name, form.fields)}"
            elif name in seen:
                yield f"/adopt/{part}/{index}", f"adopt 里「{name}」写了两次；own、free、kept 只能选一个"
            seen.add(name)


def _fields(catalog: Catalog, form: Form, fields: Mapping[str, Field], above: str) -> Iterator[tuple[str, str]]:
    for field in fields.values():
        pointer = f"{above}/{escape(field.name)}" + ("/items" if field.many else "")
        if field.collection and field.collection not in catalog.forms:
            hint = near(field.collection, [one for one in catalog.forms if one != SITE])
            yield f"{pointer}/collection", f"「{field.name}」指向的集合「{field.collection}」没有表单{hint}"
        elif field.only:
            yield from _only(catalog, field, pointer)
        if field.back:
            yield from _back(catalog, form, field, pointer)
        yield from _fields(catalog, form, field.fields, f"{pointer}/properties")


def _only(catalog: Catalog, field: Field, pointer: str) -> Iterator[tuple[str, str]]:
    target = catalog.forms.get(field.collection)
    if target is None:
        yield f"{pointer}/only", f"「{field.name}」没有写指向哪个集合（collection），不能写 only"
        return
    for fault in unknown_fields(catalog, target, field.only):
        yield f"{pointer}/only{fault.pointer}", f"「{field.name}」的 only 里，{fault.said}"
    for fault in impossible_values(catalog, target, field.only):
        path = fault.pointer.split("/")[1]
        yield f"{pointer}/only{fault.pointer}", f"「{field.name}」的 only 里，「{path}」{fault.said}"


def _back(catalog: Catalog, form: Form, field: Field, pointer: str) -> Iterator[tuple[str, str]]:
    told = mapping(_at_pointer(form.schema, f"{pointer}/back"))
    for name in sorted({*told} - _PARTS):
        yield f"{pointer}/back/{name}", f"「{field.name}」的 back 里没有 {name} 这一项{near(name, _PARTS)}"
    back = field.back
    if back is None:
        return
    if not back.title:
        yield f"{pointer}/back", f"「{field.name}」的 back 要写 title，即对方页面上的小标题"
    if back.at not in PLACES:
        yield (
            f"{pointer}/back/at",
            f"「{field.name}」的 back 写的 at「{back.at}」不是页面上的位置；只能是：{'、'.join(PLACES)}",
        )
    for part, names in (("show", back.show), ("split", (back.split,) if back.split else ())):
        for name in names:
            if find(catalog.forms, form, name) is None:
                yield (
                    f"{pointer}/back/{part}",
                    f"「{field.name}」的 back 写的「{name}」不是{form.title}的栏目{near(name, form.fields)}",
                )


def _rules(catalog: Catalog, form: Form) -> Iterator[tuple[str, str]]:
    written = form.schema.get("rules", [])
    for index, one in enumerate(written if isinstance(written, list) else [written]):
        try:
            rule = Rule.of(one)
        except (ValueError, TypeError, AttributeError):
            yield f"/rules/{index}", f"规则的写法不对；只有 {_FORMS} 五种，比较用 {'、'.join(OPERATORS)}"
            continue
        level = mapping(one).get("level", _REVIEW)
        if level != _REVIEW:
            yield f"/rules/{index}/level", f"规则的 level「{level}」不对；只能是 {_REVIEW}，不写就是错误"
        if fault := unfit(catalog.forms, form, rule):
            yield f"/rules/{index}", fault


def _at_pointer(schema: Mapping[str, object], pointer: str) -> object:
    node: object = schema
    for step in steps(pointer):
        node = node.get(step) if isinstance(node, dict) else None
    return node


RULES = (schema_declaration,)
