"""The rules that a form declares for its records: compare, sum, due, cover and unique, each in one sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from functools import partial
from itertools import chain, product
from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.check.conditions import statistic_faults
from quanze.check.unfit import TEXT, unfit
from quanze.form.conditions import conditions, meets
from quanze.form.declared import OPERATORS
from quanze.form.kinds.statistic import Statistic
from quanze.form.words import quote
from quanze.history.figures import Figures
from quanze.io.yaml import escape
from quanze.law.calendar import months_after
from quanze.register.life import Life, lives, real
from quanze.register.paths import find, pointer, values
from quanze.register.published import published

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from quanze.base.model import Record, Value
    from quanze.base.problem import Level
    from quanze.check.rules.adjustments import Recorded
    from quanze.form import Form
    from quanze.form.declared import Rule
    from quanze.register.catalog import Catalog

_MEASURE = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?(个?工作日|个?自然日|日|天|个?月|年|小时|分钟|元|万元|%)\Z")


def declared_compare(catalog: Catalog, at: str) -> Iterator[Finding]:
    """表单声明要比较的两个栏目（如承诺时限不超过法定时限），大小须与声明的相符。"""
    yield from _compared(catalog, Figures(catalog, at))


def declared_figure(catalog: Catalog, recorded: Recorded) -> Iterator[Finding]:
    """表单声明要与统计相同的数（如年度报告里写的新增、变更、终止的件数），须与版本库的历史算出来的相同。"""
    past = partial(_counts_past, catalog)
    yield from _compared(published(catalog), Figures(published(catalog), recorded.at, lambda: recorded.whole), past)


def counts_past(catalog: Catalog) -> bool:
    """Tell whether anything that is stated is held against what happened."""
    rules = _declared(catalog, "compare")
    return any(
        _counts_past(catalog, record, rule)
        for form, rule in rules
        for record in catalog.records[form.collection].values()
    )


def _counts_past(catalog: Catalog, record: Record, rule: Rule) -> bool:
    told = (value for path in rule.fields for value in values(catalog, record, path))
    return any(Statistic.is_one(one) and Figures.past(Statistic.of(one)) for one in told)


def _compared(
    catalog: Catalog, figures: Figures, asked: Callable[[Record, Rule], bool] = lambda _record, _rule: True
) -> Iterator[Finding]:
    for form, rule in _declared(catalog, "compare"):
        for record in (one for one in catalog.records[form.collection].values() if asked(one, rule)):
            for at, left, right in _pairs(catalog, record, rule.fields, figures):
                if _breaks(rule.operator, left, right):
                    name, other = map(_name, rule.fields)
                    word = OPERATORS[rule.operator][2 if real(str(left)) else 1]
                    message = f"{name}是{quote(left)}，应当{word}{other}的{quote(right)}；请核对"
                    yield Finding(record, at, message, _level(rule))


def _pairs(
    catalog: Catalog, record: Record, fields: Sequence[str], figures: Figures
) -> Iterator[tuple[str, Value, Value]]:
    """Yield (pointer, left, right): within one list element by element, otherwise the one value of each."""
    left, right = fields
    top, _, rest = left.partition(".")
    other_top = right.partition(".")[0]
    rows = record.data.get(top)
    if rest and top == other_top and isinstance(rows, list):
        for index in range(len(rows)):
            pair = values(catalog, record, left, index), values(catalog, record, right, index)
            if all(pair):
                yield f"/{escape(top)}/{index}/{escape(rest)}", pair[0][0], pair[1][0]
        return
    one, other = (_worked_out(catalog, figures, values(catalog, record, path)) for path in (left, right))
    if one and other:
        yield pointer(left), one[0], other[0]


def _worked_out(catalog: Catalog, figures: Figures, found: list[Value]) -> list[Value]:
    """Return values, a figure as its number; nothing for one that cannot be worked out here, or is at fault itself."""
    sound = (one for one in found if not (Statistic.is_one(one) and any(statistic_faults(catalog, Statistic.of(one)))))
    numbers = (figures.number(Statistic.of(one)) if Statistic.is_one(one) else one for one in sound)
    return [_plain(number) if isinstance(number, Decimal) else number for number in numbers if number is not None]


def _plain(number: Decimal) -> Value:
    return int(number) if number == int(number) else float(number)


def _breaks(sign: str, left: Value, right: Value) -> bool:
    """Tell whether two values break a comparison; of those that cannot be compared nothing is said."""
    one, other = _measure(left), _measure(right)
    return one is not None and other is not None and one[0] == other[0] and not OPERATORS[sign][0](one[1], other[1])


def _measure(value: Value) -> tuple[str, float | str] | None:
    """Return (unit, amount) of a number or a text such as 20个工作日; of other texts, as days are, (文字, text)."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "", value
    if not isinstance(value, str):
        return None
    measured = _MEASURE.match(value)
    if measured:
        return measured[2].removeprefix("个").replace("天", "日"), float(measured[1])
    return TEXT, value


def declared_sum(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """表单声明的合计，须等于各分项加起来的数。"""
    for form, rule in _declared(catalog, "sum"):
        total, *parts = rule.fields
        for record in catalog.records[form.collection].values():
            whole = values(catalog, record, total)
            added = _numbers(value for path in parts for value in values(catalog, record, path))
            missing = [_name(path) for path in parts if _lacking(catalog, record, path)]
            whose, but = ("写了的分项", f"，还缺{'、'.join(missing)}") if missing else ("各分项", "")
            for stated in _numbers(whole):
                if added and sum(added) != stated:
                    told = "+".join(f"{one:f}" for one in added)
                    name = _name(total)
                    message = f"{name}写的是 {stated:f}，{whose}加起来是 {told}={sum(added):f}{but}；请核对"
                    yield Finding(record, pointer(total), message, _level(rule))


def _lacking(catalog: Catalog, record: Record, path: str) -> bool:
    """Tell whether a part of a sum is not stated, in the record or in one of the elements that have it."""
    above = path.rpartition(".")[0]
    wanted = len(values(catalog, record, above)) if above else 1
    return len(values(catalog, record, path)) < max(wanted, 1)


def _numbers(values: Iterable[Value]) -> list[Decimal]:
    """Return the numbers among some values, exact."""
    return [Decimal(str(value)) for value in values if isinstance(value, int | float) and not isinstance(value, bool)]


def declared_due(catalog: Catalog, at: str) -> Iterator[Finding]:
    """表单声明有期限的日期（如预案的修订期限），过了期限的列为待复核。"""
    known = lives(catalog)
    for form, rule in _declared(catalog, "due"):
        (path,) = rule.fields
        for record in _in_force(catalog, form, known[form.collection], at):
            for day in map(str, values(catalog, record, path)):
                end = months_after(day, rule.months)
                if end and end < at:
                    term = f"，满 {_term(rule.months)}是 {end}" if rule.months else ""
                    message = f"{_name(path)}是 {day}{term}，已经过期；请办理之后更新"
                    yield Finding(record, pointer(path), message, "review")


def _term(months: int) -> str:
    return f"{months // 12} 年" if months % 12 == 0 else f"{months} 个月"


def declared_cover(catalog: Catalog, at: str) -> Iterator[Finding]:
    """表单声明须逐一覆盖的（如每个检查事项都要列入随机抽查），没有覆盖到的列为待复核。"""
    known = lives(catalog)
    for form, rule in _declared(catalog, "cover"):
        (path,) = rule.fields
        field = find(catalog.forms, form, path)
        if field is None or field.collection not in catalog.records:
            continue
        covering = [*_in_force(catalog, form, known[form.collection], at)]
        if not covering:
            continue  # a register that keeps no such list has nothing to cover
        covered = {value for record in covering for value in values(catalog, record, path)}
        wanted = conditions(field.only if rule.where is None else rule.where)
        target = catalog.forms[field.collection]
        for record in _in_force(catalog, target, known[field.collection], at):
            if record.id not in covered and meets(record.data, wanted, at):
                yield Finding(record, "", f"没有一条{form.title}的「{field.name}」对应到它；请补上，或者核对", "review")


def declared_unique(catalog: Catalog, at: str) -> Iterator[Finding]:
    """表单声明只能有一条的（如同一事项同一情形只有一份基准），不能重复；栏目是列表的，有一项相同就是重复。"""
    for form, rule in _declared(catalog, "unique"):
        names = "".join(_name(path) for path in rule.fields)
        found = alike(catalog, form, rule, at)
        for record in _in_force(catalog, form, lives(catalog)[form.collection], at):
            keys = _keys(catalog, record, rule.fields)
            same = "有一项相同" if len(keys) > 1 else "相同"
            for first in dict.fromkeys(found[key][0].id for key in keys):
                if first != record.id:
                    message = f"{names}与 {first} {same}；这样的{form.title}只能有一条，请合并或者核对"
                    yield Finding(record, pointer(rule.fields[0]), message, _level(rule))


def alike(catalog: Catalog, form: Form, rule: Rule, at: str) -> Mapping[tuple[str, ...], Sequence[Record]]:
    """Return the records in force by what they say of the fields of which there may be but one."""
    by_value: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for record in _in_force(catalog, form, lives(catalog)[form.collection], at):
        for key in _keys(catalog, record, rule.fields):
            by_value[key].append(record)
    return by_value


def _keys(catalog: Catalog, record: Record, fields: Sequence[str]) -> Sequence[tuple[str, ...]]:
    """Return what a record says of some fields: of lists each element for itself, parts of one element together."""
    tops: dict[str, list[str]] = defaultdict(list)
    for path in fields:
        tops[path.partition(".")[0]].append(path)
    choices = (_choices(catalog, record, top, paths) for top, paths in tops.items())
    told = (dict(chain.from_iterable(one)) for one in product(*choices))
    keys = dict.fromkeys(tuple(one[path] for path in fields) for one in told)
    return [key for key in keys if any(key)]


def _choices(catalog: Catalog, record: Record, top: str, paths: list[str]) -> list[tuple[tuple[str, str], ...]]:
    """Return (path, value) of each of the paths that begin with a field, for every element of it."""
    rows = record.data.get(top)
    count = len(rows) if isinstance(rows, list) and len(paths) > 1 else 0
    return [
        one
        for part in range(count) or [None]
        for one in product(
            *([(path, str(value)) for value in values(catalog, record, path, part) or [""]] for path in paths)
        )
    ]


def _declared(catalog: Catalog, kind: str) -> Iterator[tuple[Form, Rule]]:
    """Yield the rules of one kind that fit their fields; what is wrong with the others is told at the schema."""
    for name in catalog.records:
        form = catalog.forms[name]
        for rule in form.rules:
            if rule.kind == kind and not unfit(catalog.forms, form, rule):
                yield form, rule


def _in_force(catalog: Catalog, form: Form, life: Life, at: str) -> Iterator[Record]:
    for record in catalog.records[form.collection].values():
        if not life.draft(record.data) and not life.ended(record.data, at):
            yield record


def _level(rule: Rule) -> Level:
    return "review" if rule.review else "error"


def _name(path: str) -> str:
    """Return a field as a clerk knows it: 「承诺时限」, and whose it is where it is a part or another record's."""
    return "的".join(f"「{step}」" for step in path.split("."))


RULES = (declared_compare, declared_sum, declared_due, declared_cover, declared_unique)
RECORDED = (declared_figure,)
"""The rule that needs what git recorded besides."""
