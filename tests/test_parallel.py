"""Work divided among processes: all of it done once, in order, and no failure lost."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import time
import weakref
from pathlib import Path

import pytest

from quanze.base.parallel import lasting, let_go, parallel_map
from quanze.base.problem import Fault

pytestmark = pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(), reason="这个系统没有 fork，由一个进程做"
)
CORES = 3


@pytest.fixture(name="meeting")
def _meeting(monkeypatch):
    """A point that as many parts have to reach at once as there are processes, so that each takes one."""
    monkeypatch.setattr(os, "cpu_count", lambda: CORES)
    return multiprocessing.get_context("fork").Barrier(CORES, timeout=30)


def test_the_results_are_in_order():
    assert list(parallel_map(lambda number: number * number, range(500))) == [number * number for number in range(500)]


@pytest.mark.parametrize("parts", [[], ["only"]])
def test_little_work_is_not_divided(parts):
    assert list(parallel_map(lambda part: (part, os.getpid()), parts)) == [(part, os.getpid()) for part in parts]


def test_every_core_takes_a_part(meeting):
    assert len({*parallel_map(lambda _: (meeting.wait(), os.getpid())[1], range(CORES))}) == CORES


def test_forks_begin_before_the_results_are_asked_for(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    begun = multiprocessing.get_context("fork").Event()
    results = parallel_map(lambda part: (begun.set(), part)[1], range(2))
    assert begun.wait(30)
    assert list(results) == [0, 1]


def test_work_that_nobody_asks_for_ends():
    results = parallel_map(lambda part: part, range(2))
    del results
    assert multiprocessing.active_children() == []


def test_large_results_of_several_forks_arrive(meeting):
    assert [*map(len, parallel_map(lambda _: (meeting.wait(), b"x" * 1_000_000)[1], range(CORES)))] == [
        1_000_000
    ] * CORES


def test_what_a_fork_raises_is_raised_with_its_place(meeting):
    parent = os.getpid()

    def work(_):
        meeting.wait()
        if os.getpid() != parent:
            raise ValueError("太大")

    with pytest.raises(ValueError, match="太大") as raised:
        list(parallel_map(work, range(CORES)))
    assert "in work" in raised.value.__notes__[0]


def test_a_fork_that_is_gone_is_told(meeting):
    parent = os.getpid()

    def work(_):
        meeting.wait()
        if os.getpid() != parent:
            os._exit(1)

    with pytest.raises(Fault, match="没有做完就没有了，多半是内存不够"):
        list(parallel_map(work, range(CORES)))


def test_what_this_process_raises_ends_the_forks(meeting):
    parent = os.getpid()

    def work(_):
        meeting.wait()
        if os.getpid() == parent:
            raise ValueError("太大")

    with pytest.raises(ValueError, match="太大"):
        list(parallel_map(work, range(CORES)))
    assert multiprocessing.active_children() == []


def test_what_lasts_is_let_go_when_that_is_asked_for():
    class Ring:
        """Something that only the collector of cycles can free."""

    def made():
        with lasting():
            ring = Ring()
            ring.ring = ring
        return weakref.ref(ring)

    collecting = gc.isenabled()
    first = made()
    gc.collect()
    assert first()  # it lasts
    let_go()
    assert first() is None
    assert gc.isenabled() == collecting


KILLED = """
import os, sys
from quanze.base.parallel import parallel_map
os.cpu_count = lambda: 2
mother = os.getpid()
def work(number):
    if os.getpid() == mother:
        import time; time.sleep(60)
    return b"x" * (1 << 20)
results = parallel_map(work, range(9))
print(*[child for child in open(f"/proc/{mother}/task/{mother}/children").read().split()], flush=True)
list(results)
"""


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="没有 /proc")
def test_a_fork_ends_when_its_parent_was_killed():
    with subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True) as parent:
        forks = [int(number) for number in parent.stdout.readline().split()]
        parent.kill()
    left = forks
    for _ in range(100):
        time.sleep(0.1)
        left = [fork for fork in forks if Path(f"/proc/{fork}/exe").exists()]
        if not left:
            break
    for fork in left:
        os.kill(fork, signal.SIGKILL)
    assert forks
    assert left == []
