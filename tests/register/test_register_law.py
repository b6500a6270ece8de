"""The reference register against the statutes at hand: structure, article maps, amounts; and each of its citations."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from tests import statutes
from tests.project import DAY, REFERENCE, ROOT, copy

from quanze.check.checking import check
from quanze.edit.changeset import save
from quanze.edit.texting import text
from quanze.law.amounts import fold
from quanze.law.articlemap import rows as followed
from quanze.law.places import parse_place
from quanze.register.catalog import Catalog


@statutes.needed
def test_the_catalog_has_the_structure_of_every_statute_at_hand():
    catalog = Catalog.load(ROOT)
    compared = 0
    for one in statutes.known():
        (instrument,) = catalog.named(one.title)
        version = next(version for version in instrument.versions if version.promulgated == one.promulgated)
        assert version.outline == one.wording.outline, f"{instrument.id} {version.name}"
        compared += 1
    assert compared == 53


def test_every_citation_of_the_catalog_names_what_is_there():
    catalog = Catalog.load(ROOT)
    for id_, occurrences in catalog.citations.items():
        instrument = catalog.instruments[id_]
        for occurrence in occurrences:
            version = instrument.version(occurrence.value.version) or instrument.newest
            if version.outline:
                lacking = [str(step) for step in occurrence.value.steps if version.outline.lacks(*step)]
                assert not lacking, f"{occurrence.record.path} {instrument.short}"


# article maps


@statutes.needed
def test_the_maps_of_the_catalog_say_what_the_statutes_say():
    catalog = Catalog.load(ROOT)
    known = {(one.title, one.promulgated): one.wording for one in statutes.known()}
    pairs = 0
    for instrument in catalog.instruments.values():
        for before, after in zip(instrument.versions, instrument.versions[1:], strict=False):
            old, new = (known.get((instrument.title, version.promulgated)) for version in (before, after))
            if old and new:
                pairs += 1
                assert not [*wrong(after, old, new)], instrument.short
                assert not [*silent(after, old, new)], instrument.short
    assert pairs == 3


def wrong(version, old, new):
    """Yield the rows that name a place which is not there, or call one renumbered only that says something else."""
    for move in version.moves:
        there = parse_place(move.new)
        texts = [text.words((place[0], 0), *place[1:]) for text, place in ((old, move.old), (new, there)) if place]
        same = len({plain(text) for text in texts}) == 1
        if not all(texts) or (move.change == ("仅改号",) and not same):
            yield move


def silent(version, old, new):
    """Yield the 款 of the older version that changed and have no row."""
    for article, clauses in old.articles.items():
        for number in range(1, len(clauses) + 1):
            same = plain(old.words(article, number)) == plain(new.words(article, number))
            if not same and not followed(version.moves, (article[0], number, 0)):
                yield article, number


def plain(text):
    return re.sub("[^\u4e00-\u9fff0-9]", "", re.sub("第[零〇一二三四五六七八九十百千]+条", "第条", fold(text)))


# wording


@pytest.fixture(name="register", scope="module")
def _register(tmp_path_factory):
    """Return a copy of the reference register with the wording of every statute at hand."""
    root = copy(tmp_path_factory.mktemp("register") / "copy", catalog=REFERENCE)
    known = [*statutes.known()]
    while known:  # one version a law at a time: the next one changes the file as it then is
        catalog = Catalog.load(root)
        now = {one.title: one for one in known}
        for one in now.values():
            save(root, [edit for edit in text(catalog, one.wording, "", one.promulgated).edits if edit.old != edit.new])
        known = [one for one in known if one is not now[one.title]]
    return root


def told(root):
    return Counter((one.path, one.rule, one.message) for one in check(root, DAY).problems)


@statutes.needed
def test_the_statutes_at_hand_say_nothing_against_the_catalog(register):
    assert len([*(register / "texts").iterdir()]) == 53
    fresh = told(register) - Counter(
        (one.path, one.rule, one.message) for one in check(copy_of(register), DAY).problems
    )
    assert not fresh


def copy_of(register):
    """Return a copy of the register without the wording."""
    return copy(register.parent / "without", catalog=REFERENCE)


@statutes.needed
@pytest.mark.parametrize(
    ("id_", "old", "new", "said"),
    [
        ("xzcf-012", "上限: 100000", "上限: 10", "十元以下"),
        ("xzcf-012", "下限: 20000\n      上限: 50000", "下限: 10000\n      上限: 20000", "一万元以上二万元以下"),
        ("xzcf-012", "下限: 20000\n      上限: 50000", "下限: 100000\n      上限: 200000", "不是对"),
        ("xzcf-061", "百分比下限: 60", "百分比下限: 0.6", "百分之零点六"),
    ],
)
def test_a_wrong_amount_is_found(register, id_, old, new, said):
    file = next(register.glob(f"catalog/items/**/{id_}.yaml"))
    before = file.read_text("utf-8")
    assert old in before
    file.write_text(before.replace(old, new), "utf-8")
    try:
        found = [one.message for one in check(register, DAY).problems if one.rule == "fine-of-the-law"]
    finally:
        file.write_text(before, "utf-8")
    assert found
    assert said in " ".join(found)


@statutes.needed
def test_a_sanction_that_is_left_out_is_found(register):
    file = next(register.glob("catalog/items/**/xzcf-012.yaml"))
    before = file.read_text("utf-8")
    rows = before[before.index("处罚:") : before.index("\n程序:")]
    cut = rows.rindex("\n  - 情形:")
    file.write_text(before.replace(rows, rows[:cut]), "utf-8")
    try:
        found = [one.message for one in check(register, DAY).problems if one.rule == "left-out"]
    finally:
        file.write_text(before, "utf-8")
    assert len(found) == 1
    assert "安全生产法" in found[0]
