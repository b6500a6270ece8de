"""How far a command is: seen on a terminal, by nobody else."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest
from tests import project

from quanze.base.parallel import parallel_map, unwatched, watcher
from quanze.cli import progress


class Terminal(io.StringIO):
    """What a person looks at."""

    def isatty(self):
        return True


def drawn(*seconds):
    """Return what a terminal shows of work whose two steps and end are looked at after so many seconds."""
    out, times = Terminal(), iter((0, *seconds))
    bars = progress.Bars(out, lambda: next(times, seconds[-1]))
    for begun in range(3):
        bars("写网页", begun, 2)
    return out.getvalue()


def test_what_is_done_within_a_second_is_not_drawn():
    assert drawn(0.1, 0.5, 0.9) == ""


def test_what_takes_longer_is_drawn_to_its_end():
    text = drawn(0.1, 1.5, 1.6)
    assert "写网页" in text
    assert "100%" in text


def test_the_parent_is_told_and_the_forks_say_nothing(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    told = []
    before = watcher.set(lambda *one: told.append((*one, os.getpid())))
    try:
        list(parallel_map(lambda part: part, range(50), "做"))
    finally:
        watcher.reset(before)
    assert told[-1] == ("做", 50, 50, os.getpid())
    assert {one[3] for one in told} == {os.getpid()}
    assert [one[1] for one in told] == sorted({one[1] for one in told})


def test_without_a_terminal_nobody_watches(monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with progress.shown():
        assert watcher.get() is unwatched


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="这个系统没有伪终端")
def test_a_build_on_a_terminal_shows_how_far_it_is(tmp_path):
    import pty  # noqa: PLC0415 — not everywhere

    folder = project.copy(tmp_path / "p")
    words = [str(Path(sys.executable).with_name("quanze")), "build", "--root", str(folder), "--at", project.DAY]
    seen = []

    def read(descriptor):
        seen.append(os.read(descriptor, 65536))
        return seen[-1]

    assert pty.spawn(words, read, lambda _: b"") == 0
    text = b"".join(seen).decode()
    assert "写网页" in text
    assert "%" in text
    assert "QUANZE_PROGRESS" not in text
