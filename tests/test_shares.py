"""What is found in a share of the powers is what is found in all of them, kept or not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests import golden
from tests.project import DAY

from quanze.check import rules
from quanze.check.shares import APART, shares
from quanze.io.store import Store
from quanze.register import tree
from quanze.register.catalog import Catalog
from quanze.register.life import real


def loaded(root):
    return Catalog.of(root, tree.load(root))


def turning(catalog):
    """Return a few of the days on which something may turn: the newest in the records, the next, and a check's last."""
    told = sorted({date for days in catalog.days.values() for date in map(real, days) if date})
    days = [date.toordinal() + by for date in told[-2:] for by in (0, 1)]
    return [told[-1].fromordinal(day).isoformat() for day in (*days, days[-2] + catalog.settings.check_period + 1)]


def whole(catalog, day=DAY):
    return sorted(
        (rule, one.record.path, one.pointer, one.message, one.level, one.at_key)
        for rule in APART
        for one in rules.ask(rules.RULES[rule], catalog, day).findings
    )


def divided(catalog, kept, size=1, day=DAY):
    return sorted(
        (answer.rule, one.record.path, one.pointer, one.message, one.level, one.at_key)
        for share in shares(catalog, day, size)
        for answer in rules._apart(share, day, kept)
        for one in answer.findings
    )


def test_the_rules_are_rules():
    assert set(rules.RULES) >= APART


@pytest.mark.parametrize("rule", sorted(APART))
def test_a_rule_finds_in_each_power_by_itself_what_it_finds_in_all(rule, tmp_path):
    root = golden.project(tmp_path / rule, golden.BAD / rule) or tmp_path / rule
    catalog, kept = loaded(root), Store.of(root)
    found = whole(catalog)
    assert rule in {one[0] for one in found}
    assert divided(catalog, kept) == found
    assert divided(catalog, kept) == found, "taken again"
    for day in turning(catalog):
        assert divided(catalog, kept, day=day) == whole(catalog, day), day


def test_the_rules_find_the_same_in_the_fictitious_bureau(shili, tmp_path):
    catalog, kept = loaded(shili), Store(tmp_path)
    found = whole(catalog)
    assert divided(catalog, kept) == found
    assert divided(catalog, kept) == found


def test_what_is_found_of_the_whole_is_taken_again(shili, tmp_path, monkeypatch):
    monkeypatch.setattr(rules, "_MANY", 0)
    catalog, kept = loaded(shili), Store(tmp_path)
    first = next(iter(catalog.records["items"].values()))
    first.data["主项"] = first.id
    found = rules.run(catalog, DAY)
    assert "reference-cycle" in {rule for rule, _ in found.open}
    assert rules.run(catalog, DAY, kept=kept) == found
    with monkeypatch.context() as patched:
        patched.setitem(rules.RULES, "reference-cycle", None)
        assert rules.run(catalog, DAY, kept=kept) == found, "nobody is asked"
    del first.data["主项"]
    assert "reference-cycle" not in {rule for rule, _ in rules.run(loaded(shili), DAY, kept=kept).open}


def test_what_is_found_of_all_at_first_is_kept_in_shares(shili, tmp_path, monkeypatch):
    monkeypatch.setattr(rules, "_MANY", 0)
    catalog, kept = loaded(shili), Store(tmp_path)
    next(iter(catalog.records["items"].values())).data["备注"] = "TODO"
    rules.run(catalog, DAY, kept=kept)
    found = whole(catalog)
    assert "placeholder" in {one[0] for one in found}
    monkeypatch.setattr(rules, "ask", None)
    assert divided(catalog, kept, 200) == found, "nobody is asked"


def test_another_law_is_another_key(shili):
    catalog = loaded(shili)
    law = next(iter(catalog.records["laws"].values()))
    before = [share.key for share in shares(catalog, "2026-12-02")]
    assert [share.key for share in shares(catalog, "2026-12-03")] == before, "nothing turns between the two"
    assert not {*before} & {share.key for share in shares(catalog, "2021-08-31")}, "a version is not in force yet"
    law.data["备注"] = "一句话"
    assert not {*before} & {share.key for share in shares(replace(catalog), "2026-12-02")}
