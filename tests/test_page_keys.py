"""A page that is taken again is the page that would be made: its key holds all that it reads of other records."""

from __future__ import annotations

import re
import shutil
from dataclasses import fields, replace

import pytest
from tests import project
from tests.repository import Repository

from quanze.base.model import Adopted, Record
from quanze.register.digest import of_record
from quanze.site import build
from quanze.site.page_keys import _names
from quanze.site.page_template import SLOTS

DAY = "2026-11-26"


def prepared(root, day=DAY):
    made = build.prepare(root, day)
    assert not made.checked.errors
    for name in made.templates:
        made.keep(name, "".join(SLOTS))
    return made


def powers(made):
    return [job for job in made.jobs.values() if job.key and job.key()]


class _Fields(dict):
    """The fields of a record, with those that were asked for."""

    def __init__(self, data, asked):
        super().__init__(data)
        self._asked = asked

    def get(self, name, default=None):
        self._asked.add(name)
        return super().get(name, default)

    def __getitem__(self, name):
        self._asked.add(name)
        return super().__getitem__(name)

    def __contains__(self, name):
        self._asked.add(name)
        return super().__contains__(name)

    def __iter__(self):
        self._asked.add("all of them")
        return super().__iter__()

    def values(self):
        self._asked.add("all of them")
        return super().values()

    def items(self):
        self._asked.add("all of them")
        return super().items()


SHOWN = {"事项名称", "子项名称", "状态", "终止日期"}
"""What a link to a power shows: its name, its part's, and whether it has ended; one that has is nobody's neighbour."""


def test_a_page_reads_of_powers_what_its_key_holds(shili, monkeypatch):
    made = prepared(shili)
    keys, own = made.site.keys, Record.__dict__["data"]
    counted = {record.id for record in made.checked.catalog if keys.covers(record)}
    assert len(counted) > 20
    named = {
        id_ for one in made.checked.catalog if not keys.covers(one) for id_ in _names(one.data.values(), keys._by_id)
    }
    asked: dict[str, set[str]] = {}

    def watched(record):
        data = own.__get__(record)
        if record.id not in counted or record.collection not in keys._powers:
            return data
        return _Fields(data, asked.setdefault(record.id, set()))

    told = 0
    shown = [one for one in made.site.shown if one.collection != "lists" and (keys.covers(one) or keys.of_other(one))]
    for record in sorted(shown, key=keys.covers)[::2]:
        site = replace(made.site)  # nothing is remembered from another page
        site.context.warm()
        _ = site.context.register.powers, site.shown.references, site.past.timeline.versions(("", ""))
        job = next(job for job in site.jobs() if job.url == f"{record.collection}/{record.id}/")
        asked.clear()
        with monkeypatch.context() as patched:
            patched.setattr(Record, "data", property(watched))
            job.make()
            _ = [*job.beside()]
        near = [record] if keys.covers(record) else keys._reaching(record)
        whole = named | {one.id for power in near for one in (power, *keys._beside(power))}
        cut = {id_: fields for id_, fields in asked.items() if id_ not in whole}
        assert not {id_: fields - SHOWN for id_, fields in cut.items() if fields - SHOWN}, record.id
        told += len(cut)
    assert told, "some pages name others"


@pytest.fixture(name="register")
def _register(shili, tmp_path):
    shutil.copytree(shili, tmp_path / "register", ignore=shutil.ignore_patterns("site", ".cache"))
    again = Repository.__new__(Repository)
    again.root = tmp_path / "register"
    again.git("config", "user.name", "测试")
    again.git("config", "user.email", "test@example.org")
    return again


def test_what_a_record_takes_over_counts():
    own = Record("items", "xzcf-001", "catalog/items/xzcf-001.yaml", {"备注": "甲"})
    over = Adopted({}, {}, {"备注": "甲"})
    seen = replace(over, newest={"备注": "乙"})
    found = [of_record(replace(own, adopted=one)) for one in (None, over, seen)]
    assert len({*found}) == len(found)
    assert {one.name for one in fields(Record)} == {"collection", "id", "path", "data", "adopted"}, "all count"


def both(root):
    """Return how many pages of powers were made, and of how many; fails where they differ from those made anew."""
    made, sites = prepared(root), sorted(root.parent.glob("site-*"))
    before, now = sites[-1] if sites else None, root.with_name(f"site-{len(sites)}")
    made.write(now, before)
    warm, bare, count = project.files(now), prepared(root), 0
    for job in powers(bare):
        page = f"{job.url}index.html"
        beside = dict(job.beside())
        assert {path: warm[path] for path in (page, *beside)} == {page: bare.fill(job), **beside}
        count += not (before and (before / page).is_file() and (now / page).samefile(before / page))
    return count, len(powers(made))


def replaced(file, old, new):
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8", newline="\n")


def test_pages_are_the_same_with_and_without_the_site_before(register):
    root = register.root
    made, all_ = both(root)
    assert made == all_
    assert both(root)[0] == 0
    site = prepared(root).site
    named = {
        id_ for one in site.catalog if not site.keys.covers(one) for id_ in _names(one.data.values(), site.keys._by_id)
    }
    alone = next(one for one in site.shown.records["items"].values() if one.id not in named)
    replaced(root / alone.path, "事项名称: ", "事项名称: 新")
    assert 0 < both(root)[0] < all_
    register.commit("2026-11-25", "改名")
    law = min(root.glob("catalog/laws/*.yaml"))
    law.write_text(law.read_text("utf-8") + "\n# 一句说明\n", "utf-8")
    assert 0 < both(root)[0] < all_, "no page of a power tells of a remark in a law's file"
    (root / "texts").mkdir(exist_ok=True)
    (root / "texts/new.txt").write_text("第一条　甲。", "utf-8")
    assert both(root)[0] == all_
    (root / ".cache/written").write_bytes(b"")
    assert both(root)[0] == all_, "nobody knows what the site before was made of"
    replaced(root / "catalog/site.yaml", "名称: ", "名称: 另一个")
    assert both(root)[0] == all_


def test_what_the_site_before_has_is_linked_and_what_became_another_is_made_again(register, tmp_path):
    root = register.root
    sites = [tmp_path / name for name in ("cold", "warm", "mended")]
    prepared(root).write(sites[0])
    cold = project.files(sites[0])
    page = next(path for path in cold if re.fullmatch(r"items/[^/]+/index\.html", path))
    prepared(root).write(sites[1], sites[0])
    assert project.files(sites[1]) == cold
    assert (sites[1] / page).samefile(sites[0] / page)
    (sites[1] / page).unlink()  # not what it was any more, and another of the same piece is as it was
    (sites[1] / page).write_bytes(cold[page] + b"!")
    prepared(root).write(sites[2], sites[1])
    assert project.files(sites[2]) == cold
    assert not (sites[2] / page).samefile(sites[1] / page)
