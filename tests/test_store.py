"""What is kept between two runs spares time and changes nothing, whatever became of it."""

from __future__ import annotations

import json
import os
import shutil
from functools import partial

import pytest
from tests import project

from quanze.io import store
from quanze.io.store import Store
from quanze.register import tree


@pytest.fixture(name="kept")
def _kept(tmp_path):
    kept = Store(tmp_path / "cache")
    kept.put("some/slot", b"key", b"body")
    return kept


def test_what_was_kept_is_found_under_its_key_alone(kept):
    assert kept.get("some/slot", b"key") == b"body"
    assert kept.get("some/slot", b"other key") is None
    assert kept.get("some/other", b"key") is None


def test_other_code_finds_nothing(kept, monkeypatch):
    monkeypatch.setattr(store, "_code", lambda: b"of another version")
    assert kept.get("some/slot", b"key") is None


def test_what_another_machine_kept_is_not_believed(kept, monkeypatch, tmp_path):
    """Whoever puts a cache into a commit knows the code and the key, and could make any page of it."""
    store._code.cache_clear()
    try:
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another"))
        assert kept.get("some/slot", b"key") is None
        kept.put("some/slot", b"key", b"body")
        store._code.cache_clear()
        assert kept.get("some/slot", b"key") == b"body"
    finally:
        monkeypatch.undo()
        store._code.cache_clear()


@pytest.mark.parametrize("link", ["cache", "cache/some", "cache/some/slot"])
def test_nothing_is_written_where_a_link_leads(tmp_path, link):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "letter").write_text("mine")
    place = tmp_path / link
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(tmp_path / "own" / ("letter" if link.endswith("slot") else ""))
    Store(tmp_path / "cache").put("some/slot", b"key", b"body")
    assert [path.name for path in (tmp_path / "own").iterdir()] == ["letter"]
    assert (tmp_path / "own" / "letter").read_text() == "mine"


def test_what_a_killed_run_left_goes_with_the_next(kept, tmp_path):
    (tmp_path / "letter").write_text("mine")
    aside = kept.folder / "some/slot.new"
    aside.write_bytes(b"half")
    kept.put("some/slot", b"key", b"newer")
    aside.symlink_to(tmp_path / "letter")
    kept.put("some/slot", b"key", b"newest")
    assert kept.get("some/slot", b"key") == b"newest"
    assert [path.name for path in aside.parent.iterdir()] == ["slot"]
    assert (tmp_path / "letter").read_text() == "mine"


@pytest.mark.skipif(os.name == "nt", reason="没有管道")
def test_what_is_no_file_is_never_read(kept):
    os.mkfifo(kept.folder / "pipe")
    (kept.folder / "link").symlink_to("/dev/zero")
    assert kept.get("pipe", b"key") is kept.get("link", b"key") is None


@pytest.mark.parametrize(
    "damage",
    [lambda whole: whole[:0], lambda whole: whole[:-1], lambda whole: whole + b"!", lambda whole: b"\0" + whole[1:]],
    ids=["empty", "cut off", "longer", "another bit"],
)
def test_what_is_damaged_is_not_there(kept, damage):
    file = kept.folder / "some/slot"
    file.write_bytes(damage(file.read_bytes()))
    assert kept.get("some/slot", b"key") is None


def test_a_slot_that_lies_elsewhere_is_not_believed(kept):
    shutil.copy(kept.folder / "some/slot", kept.folder / "moved")
    assert kept.get("moved", b"key") is None


def test_a_place_that_cannot_be_written_is_no_fault(tmp_path):
    (tmp_path / "cache").write_text("a file")
    kept = Store(tmp_path / "cache")
    kept.put("some/slot", b"key", b"body")
    assert kept.get("some/slot", b"key") is None


@pytest.fixture(name="register")
def _register(tmp_path):
    return project.copy(tmp_path / "register")


def told(loaded):
    return loaded.site, loaded.words, loaded.records, loaded.problems, loaded.files


def test_records_are_the_same_read_anew_or_taken_again(register):
    kept = Store.of(register)
    bare = told(tree.load(register))
    assert told(tree.load(register, kept=kept)) == bare
    files = [path for path in kept.folder.rglob("*") if path.is_file()]
    assert files, "something was kept"
    assert told(tree.load(register, kept=kept)) == bare
    for path in files:
        path.write_bytes(path.read_bytes()[:-1])
    assert told(tree.load(register, kept=kept)) == bare


def test_a_changed_file_is_read_again_and_a_fault_told_each_time(register):
    kept = Store.of(register)
    tree.load(register, kept=kept)
    file = next((register / "catalog/items").rglob("*.yaml"))
    file.write_text(file.read_text("utf-8") + "没有的栏目: 甲\n", "utf-8")
    faults = tree.load(register, kept=kept).problems
    assert faults
    assert faults == tree.load(register).problems == tree.load(register, kept=kept).problems


def test_what_another_form_read_is_not_taken(register):
    kept = Store.of(register)
    tree.load(register, kept=kept)
    form = register / "schema/items.schema.json"
    schema = json.loads(form.read_text("utf-8"))
    rare = min(schema["properties"].keys() - {*schema["required"]})
    form.write_text(json.dumps({**schema, "required": [*schema["required"], rare]}), "utf-8")
    faults = tree.load(register, kept=kept).problems
    assert faults
    assert faults == tree.load(register).problems


def test_of_pieces_only_the_share_with_another_is_written_again(tmp_path):
    store = Store(tmp_path)
    names = [f"xzcf-{number:03}" for number in range(400)]

    def taken(other=""):
        with store.pieces("rows/qingdan") as kept:
            return [kept.take(name, b"2" if name == other else b"1", partial(bool, name == other)) for name in names]

    assert not any(taken())
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*")}
    assert len(before) > 1
    assert taken("xzcf-007").count(True) == 1
    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*")}
    assert [path for path in before if after[path] != before[path]] == [
        path for path in before if b"xzcf-007" in path.read_bytes()
    ]
    assert taken("xzcf-007").count(True) == 1, "taken as it was kept"
