"""Small wrongs at the boundaries of what a reader sees, and the tests that should notice each: for `tests.sweep`."""

from __future__ import annotations

from typing import NamedTuple


class Mutation(NamedTuple):
    """One text in one file put for another."""

    path: str
    old: str
    new: str
    tests: str
    """Names of test modules, parted by spaces."""


_LIFE, _LAWS, _LISTS = "src/quanze/register/life.py", "src/quanze/law/instrument.py", "src/quanze/register/listing.py"
_RULES = "src/quanze/check/rules"
MUTATIONS = (
    # --- the seven that were found by hand
    Mutation("src/quanze/form/conditions.py", "return any(value in self", "return all(value in self", "listing form backlinks"),
    Mutation("catalog/remedies/qi-ta.yaml", "之日起六十日内（行政复议法第二十条）", "之日起三十日内（行政复议法第二十条）", "example"),
    Mutation("src/quanze/site/pages/answer.py", "elif start > context.at:", "elif start >= context.at:", "answer pages"),
    Mutation("src/quanze/form/kinds/citation.py", 'cited.state not in {"", IN_PART}', "cited.state", "kinds pages"),
    Mutation(_LIFE, "end if end and end <= at", "end if end and end < at", "listing backlinks rules example"),
    Mutation("src/quanze/register/catalog.py", "if len(named) == 1:", "if named:", "summary pages citing answer"),
    Mutation("src/quanze/proof/remote.py", "MAX_REDIRECTS = 3", "MAX_REDIRECTS = 4", "remote"),
    # --- days of a record
    Mutation("src/quanze/proof/remote.py", "MAX_REDIRECTS = 3", "MAX_REDIRECTS = 2", "remote"),
    Mutation(_LIFE, "(end or at) if self.gone", "at if self.gone", "answer pages rules"),
    Mutation(_LIFE, "return min(at, day_before(end))", "return min(at, end)", "rules"),
    Mutation(_LIFE, "return max(at, str(", "return min(at, str(", "rules"),
    Mutation(_LIFE, '_ENDED = frozenset({"取消", "下放", "划转", "合并"})', '_ENDED = frozenset({"取消", "下放", "划转"})', "answer pages rules diff history"),
    Mutation(_LIFE, "return DRAFT if DRAFT in words else", "return", "drafts"),
    Mutation(_LIFE, "datetime.timedelta(days=1)", "datetime.timedelta(days=2)", "rules"),
    Mutation(_LISTS, "and not life.draft(one.data)", "", "drafts listing unknown"),
    Mutation(_LISTS, "(asked or not _over(life, one, at))", "(asked or not _over(life, one, ''))", "boundaries listing"),
    Mutation("src/quanze/register/backlinks.py", "or life.ended(source.data, at)", "", "backlinks example"),
    Mutation(f"{_RULES}/lifecycle.py", "and end <= start", "and end < start", "boundaries bad/period-reversed"),
    Mutation(f"{_RULES}/lifecycle.py", "if start > at and life.exercised", "if start >= at and life.exercised", "boundaries rules"),
    Mutation(f"{_RULES}/lifecycle.py", "own and gone <= own", "own and gone < own", "boundaries bad/ended-reference"),
    # --- days of a law
    Mutation(_LAWS, "if self.repealed and at >= self.repealed:\n            return None", "if self.repealed and at > self.repealed:\n            return None", "rules legal reader answer"),
    Mutation(_LAWS, "one.verified and one.in_force <= at", "one.verified and one.in_force < at", "rules legal summary"),
    Mutation(_LAWS, "at >= self.doubtful", "at > self.doubtful", "legal citing answer pages"),
    Mutation(_LAWS, "key=lambda version: version.promulgated", "key=lambda version: version.name[::-1]", "legal rules"),
    Mutation("src/quanze/law/standing.py", "if version.in_force > at:", "if version.in_force >= at:", "boundaries citing"),
    Mutation("src/quanze/law/standing.py", "if number > version.last_article:", "if number >= version.last_article:", "citing reader standing_twin"),
    Mutation("src/quanze/law/standing.py", "instrument.repealed and at >= instrument.repealed:\n        return _ended(instrument, version, place)\n    if present", "instrument.repealed and at > instrument.repealed:\n        return _ended(instrument, version, place)\n    if present", "boundaries citing"),
    Mutation(f"{_RULES}/instruments.py", "if version.in_force < version.promulgated:", "if version.in_force <= version.promulgated:", "bad/version-dates example"),
    Mutation(f"{_RULES}/instruments.py", "if article > version.last_article:", "if article >= version.last_article:", "boundaries"),
    Mutation("src/quanze/register/renewal.py", "last < one.adopted", "last <= one.adopted", "rules renumbering"),
    Mutation("src/quanze/register/numbering.py", "min(last or then, then)", "max(last or then, then)", "boundaries"),
    Mutation("src/quanze/site/pages/transition.py", "law.version.in_force > since", "law.version.in_force >= since", "transition"),
    Mutation("src/quanze/site/pages/transition.py", "YEARS = 2", "YEARS = 3", "transition"),
    # --- periods and clocks
    Mutation("src/quanze/law/calendar.py", "    while count:\n", "    while count > 1:\n", "legal time adjustments"),
    Mutation("src/quanze/law/calendar.py", "min(start.day, last)", "last", "boundaries"),
    Mutation("src/quanze/history/clocks.py", "(self.done or at) > self.due", "(self.done or at) >= self.due", "adjustments audit time"),
    Mutation("src/quanze/check/waivers.py", "if one.until >= at}", "if one.until > at}", "rules"),
    Mutation("src/quanze/check/waivers.py", "or one.until < at:", "or one.until <= at:", "rules"),
    Mutation("src/quanze/site/dates.py", "if one.day > at and", "if one.day >= at and", "dates"),
    Mutation("src/quanze/site/dates.py", "at < one.day <= last", "at < one.day < last", "boundaries"),
    Mutation("src/quanze/site/dates.py", "days=period + 1", "days=period", "boundaries"),
    Mutation("src/quanze/register/remedies.py", '"月": "个月"', '"月": "月"', "remedies answer"),
    Mutation("src/quanze/register/remedies.py", "subtype in one.subtypes, lambda one: type_ in one.types", "type_ in one.types, lambda one: subtype in one.subtypes", "remedies answer"),
    Mutation("src/quanze/history/beginning.py", "commit.date >= start", "commit.date > start", "beginning"),
    Mutation("src/quanze/history/adjustment.py", "one.begin <= entry.date and", "one.begin < entry.date and", "boundaries adjustments"),
    Mutation("src/quanze/history/adjustment.py", "entry.date <= one.end", "entry.date < one.end", "adjustments"),
    Mutation("src/quanze/history/adjustment.py", "return max(fitting", "return min(fitting", "boundaries adjustments"),
    Mutation(f"{_RULES}/adjustments.py", "if day < last:", "if day <= last:", "bad/adjustment-order adjustments example"),
    # --- amounts
    Mutation("src/quanze/law/fine.py", "if low is not None and low == high:", "if False:", "sentence legal"),
    Mutation("src/quanze/law/fine.py", 'f"{say(high)}以下" if high', 'f"不满{say(high)}" if high', "sentence legal"),
    Mutation("src/quanze/law/numerals.py", 'gap = "零" if low and low < unit // 10 else ""', 'gap = ""', "legal sentence reader"),
    Mutation("src/quanze/law/numerals.py", 'return words[1:] if words.startswith("一十")', 'return words if words.startswith("一十")', "legal sentence reader"),
    Mutation("src/quanze/law/threshold.py", "elif highest >= amount:", "elif highest > amount:", "tiers example"),
    Mutation("src/quanze/law/threshold.py", "if target and not _concerns(whom, target):", "if False:", "tiers example"),
    Mutation("src/quanze/law/threshold.py", "if highest is None:", "if highest is None and False:", "tiers example"),
    Mutation("src/quanze/law/tier.py", "elif one.holds_high and other.holds_low:", "elif False:", "tiers bad/tier-order"),
    Mutation("src/quanze/law/tier.py", "elif one.high > other.low:", "elif one.high >= other.low:", "tiers bad/tier-order"),
    Mutation("src/quanze/law/tier.py", "last.high is None or last.high > high", "last.high is None or last.high >= high", "tiers bad/tier-bounds"),
    Mutation("src/quanze/law/tier.py", "first.low is None or first.low < low", "first.low is None or first.low <= low", "tiers bad/tier-bounds"),
    Mutation("src/quanze/law/sentence.py", 'amount.endswith(("以上", "以下"))', 'amount.endswith("以下")', "sentence"),
    Mutation("src/quanze/law/sentence.py", '"可以并处": "可以并处"', '"可以并处": "并处"', "sentence"),
    Mutation("src/quanze/law/sentence.py", " and _UNKNOWN not in row.decider", "", "sentence answer"),
    Mutation("src/quanze/site/search.py", "10_000, 50_000,", "10_001, 50_000,", "search"),
    # --- lists, editions, counts
    Mutation(_LISTS, "len(rows) + 1 if entry.number is None", "len(rows) if entry.number is None", "listing exports"),
    Mutation(_LISTS, "return tuple(row for row in self.rows if not row.part)", "return self.rows", "listing"),
    Mutation(_LISTS, "yield row.heading if row.heading != last", "yield row.heading if row.heading == last", "listing example"),
    Mutation(_LISTS, "if column.only is None or column.only[1] in", "if column.only is None or column.only[1] not in", "listing"),
    Mutation(_LISTS, "if _rank(one, catalog) == column.rank", "if _rank(one, catalog) != column.rank", "exports listing"),
    Mutation("src/quanze/form/conditions.py", "any(day < limit for day in days)", "any(day <= limit for day in days)", "listing form"),
    Mutation("src/quanze/form/conditions.py", "else any(day > limit", "else any(day >= limit", "boundaries listing form"),
    Mutation("src/quanze/form/conditions.py", "return self.absent is not bool(have)", "return self.absent is bool(have)", "listing form"),
    Mutation("src/quanze/history/figures.py", " <= day]", " < day]", "boundaries"),
    Mutation("src/quanze/register/exclusions.py", "return self.reason.startswith(_PART)", "return False", "bad/excluded-provision summary"),
    Mutation("src/quanze/check/summary.py", "if not article.accounted", "if not article.records", "summary"),
    Mutation("src/quanze/check/summary.py", "and not life.ended(record.data, at)", "", "summary"),
    Mutation("src/quanze/register/displaced.py", "return found[0] if found and all(found) else None", "return found[0] if found and any(found) else None", "dates pages"),
    Mutation("src/quanze/law/articlemap.py", "if _depth(move.old) == 1 and _depth(new) == 1:", "if False:", "legal rules renumbering"),
    Mutation("src/quanze/law/articlemap.py", "return (place[0], 1, place[2]) if place[2] and not place[1]", "return (place[0], 1, place[2]) if False", "legal rules renumbering"),
    Mutation("src/quanze/register/catalog.py", "return str(record.data.get(name) or record.id)", "return str(record.data.get(name))", "pages rules unknown adjustments"),
    Mutation("src/quanze/register/settings.py", 'on = data.get("启用") is True', 'on = data.get("启用") is not False', "registers legal rules policy"),
)  # fmt: skip
