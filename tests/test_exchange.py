"""A site takes the place of another in one step; files are written aside: a kill, a full disk, a second build."""

from __future__ import annotations

import errno
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.clerk import DAY, Clerk
from tests.repository import Repository

from quanze.base.problem import Fault
from quanze.base.refusal import refusal
from quanze.io import exchange, writing
from quanze.proof.seal import replaceable
from quanze.site import rendering
from quanze.site.rendering import target

SWAPPING = """
import itertools, shutil, sys
from pathlib import Path
from quanze.io import exchange
place = Path(sys.argv[1])
if sys.argv[2] == "journal":
    exchange.exchange = lambda *_: False
for number in itertools.count():
    built = place.with_name("site.new")
    shutil.rmtree(built, ignore_errors=True)
    built.mkdir()
    for name in range(20):
        (built / f"{name}.html").write_text(str(number))
    print(flush=True)
    exchange.put(built, place)
"""


def made(folder, word):
    folder.mkdir()
    for name in range(20):
        (folder / f"{name}.html").write_text(word)
    return folder


def whole(place):
    """Tell whether a folder is one of those that were built, all of it."""
    words = {path.read_text() for path in place.iterdir()}
    return len([*place.iterdir()]) == 20 and len(words) == 1


def can_exchange(folder):
    return exchange.exchange(made(folder / "a", "a"), made(folder / "b", "b"))


def test_a_folder_takes_the_place_of_another(tmp_path):
    place = tmp_path / "site"
    for word in "abc":
        exchange.put(made(tmp_path / "new", word), place)
        assert (place / "0.html").read_text() == word
        assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.skipif(os.name == "nt", reason="没有这些信号")
@pytest.mark.parametrize("way", ["exchange", "journal"])
def test_a_kill_at_any_moment_leaves_a_whole_site(tmp_path, way):
    """Where folders can be exchanged the site is never away; else the next run brings it back."""
    if way == "exchange" and not can_exchange(tmp_path):
        pytest.skip("这里不能一步交换文件夹")
    place = made(tmp_path / "site", "first")
    dice = random.Random(1)
    for _ in range(25):
        process = subprocess.Popen([sys.executable, "-c", SWAPPING, place, way], stdout=subprocess.PIPE)
        for _ in range(dice.randrange(1, 4)):
            process.stdout.readline()
        time.sleep(dice.random() * 0.002)  # anywhere in the swap
        process.kill()
        process.communicate()
        if way == "exchange":
            assert place.is_dir()
        exchange.mend(place)
        assert whole(place)


def test_a_place_that_cannot_step_aside_is_named_itself(tmp_path, monkeypatch):
    """A disk that hangs there is such a place: the folder of a container's volume."""
    monkeypatch.setattr(exchange, "exchange", lambda *_: False)

    def busy(own, _other):
        raise OSError(errno.EBUSY, "Device or resource busy", str(own), None, "another")

    monkeypatch.setattr(Path, "rename", busy)
    with pytest.raises(OSError, match="busy") as told:
        exchange.put(made(tmp_path / "new", "new"), made(tmp_path / "site", "old"))
    assert refusal(told.value) == f"{tmp_path / 'site'}：别的程序正在用，或者有磁盘挂在这里"


def test_what_stepped_aside_comes_back(tmp_path):
    old = made(tmp_path / "site.old", "old")
    exchange.mend(tmp_path / "site")
    assert whole(tmp_path / "site")
    assert not old.exists()


def test_a_swap_that_fails_leaves_the_site(tmp_path, monkeypatch):
    monkeypatch.setattr(exchange, "exchange", lambda *_: False)
    place = made(tmp_path / "site", "old")
    with pytest.raises(OSError, match="nowhere"):
        exchange.put(tmp_path / "nowhere", place)
    assert whole(place)


def test_a_second_one_is_told_while_the_first_is_at_work(tmp_path):
    with (
        exchange.alone(tmp_path / "lock", "在忙"),
        pytest.raises(Fault, match="在忙"),
        exchange.alone(tmp_path / "lock", "在忙"),
    ):
        pass
    with exchange.alone(tmp_path / "lock", "在忙"):
        pass


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="没有这个选项")
def test_a_lock_is_not_made_where_a_link_leads(tmp_path):
    (tmp_path / "lock").symlink_to("elsewhere")
    with pytest.raises(OSError, match="lock"), exchange.alone(tmp_path / "lock", "在忙"):
        pass
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize(
    "name", ["catalog", "docs", "docs/x", "files/x/y", ".git", ".", "..", "catalog/items", "other"]
)
def test_a_site_never_takes_the_place_of_something_else(tmp_path, name):
    root = Clerk(tmp_path / "登记").root
    (root / "docs").mkdir()
    (root / "docs/a.md").write_text("a")
    (root / "other/.git").mkdir(parents=True)
    (root / "other/index.html").write_text("a")
    with pytest.raises(Fault, match="请另写一个文件夹"):
        replaceable(root, root / name)
    for fine in ("site", "empty"):
        (root / "empty").mkdir(exist_ok=True)
        replaceable(root, root / fine)


@pytest.mark.parametrize("name", ["x", "a/b", "items"])
def test_a_site_never_lies_in_another_one(tmp_path, name):
    root = Clerk(tmp_path / "登记").root
    (root / "site").mkdir()
    for file in ("index.html", "manifest.json"):
        (root / "site" / file).write_text("a")
    with pytest.raises(Fault, match="在另一个网站的文件夹"):
        replaceable(root, root / "site" / name)


def test_a_link_in_the_place_of_a_folder_goes_and_what_it_leads_to_stays(tmp_path):
    """A commit may hold links of the names that a build uses, to any folder of whoever builds it."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "letter").write_text("mine")
    for name in ("site.new", "site.old"):
        (tmp_path / name).symlink_to("own")
        exchange.clear(tmp_path / name)
        assert not (tmp_path / name).is_symlink()
    (tmp_path / "site.old").symlink_to("own")
    exchange.mend(tmp_path / "site")
    assert not (tmp_path / "site").exists()
    assert (tmp_path / "own" / "letter").read_text() == "mine"


def test_a_build_asks_nobody_for_a_date(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "junk")
    assert "SOURCE_DATE_EPOCH" not in rendering._environment("")


def test_a_site_that_is_a_link_to_itself_is_told(tmp_path):
    (tmp_path / "site").symlink_to("site")
    with pytest.raises(Fault, match="指向自己的链接"):
        target(tmp_path / "site")


def test_no_site_takes_the_place_of_the_whole_disk():
    with pytest.raises(Fault, match="是整个磁盘，放不了网站"):
        target(Path("/"))
    assert target(Path()).name


# 文件


def test_a_file_is_written_with_the_rights_that_it_had(tmp_path):
    file = tmp_path / "a"
    file.write_bytes(b"old")
    file.chmod(0o640)
    writing.write(file, b"new")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", 0o640)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_link_stays_one(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").symlink_to("a")
    writing.write(tmp_path / "b", b"new")
    assert (tmp_path / "b").is_symlink()
    assert (tmp_path / "a").read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="没有这个限制")
def test_a_full_disk_leaves_the_old_file(tmp_path):
    file = tmp_path / "a"
    file.write_bytes(b"old")
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limit[1]))
        with pytest.raises(OSError, match="a") as told:
            writing.write(file, b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, before)
    assert told.value.filename == str(file)
    assert file.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("output", ["catalog/items/xzcf-001.csv", "catalog/x.csv", "schema/items.csv", ".git/x.csv"])
def test_an_export_never_takes_the_place_of_a_record(tmp_path, output):
    clerk = Clerk(tmp_path / "登记")
    done = clerk("export", "quan-ze-qing-dan", "-o", str(clerk.root / output))
    assert done.code == 2
    assert "没有写；请写到别处" in done.err
    assert not (clerk.root / output).exists()
    assert clerk("check", "--at", DAY).code == 0


def test_an_export_takes_the_place_of_an_earlier_one_and_of_nothing_that_git_holds(tmp_path):
    clerk, page = Clerk(tmp_path / "登记"), "docs/about.md"
    register = Repository(clerk.root)
    register.write(page, "自己的一页")
    register.commit(DAY)
    asked = ("export", "quan-ze-qing-dan", "-o")
    for place in (clerk.root / page, tmp_path / "登记/docs/../docs/about.md"):
        done = clerk(*asked, str(place))
        assert (done.code, "是版本库里的文件，会盖掉它，没有写；" in done.err) == (2, True)
    assert (clerk.root / page).read_text("utf-8") == "自己的一页"
    for _ in range(2):
        assert clerk(*asked, str(clerk.root / "docs/清单.md")).code == 0
        assert clerk(*asked, str(tmp_path / "清单.md")).code == 0
    (clerk.root / page).unlink()
    assert clerk(*asked, str(clerk.root / page)).code == 0


WRITING = """
import os, sys
from pathlib import Path
from quanze.io import writing
real, left = os.{call}, [int(sys.argv[2])]
def killed(*given, **more):
    if not left[0]:
        os._exit(9)
    left[0] -= 1
    return real(*given, **more)
os.{call} = killed
writing.write(Path(sys.argv[1]), b"new")
"""


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="没有这个选项")
@pytest.mark.parametrize(("call", "left"), [("fsync", []), ("link", []), ("replace", [".a.new"])])
def test_a_write_that_is_killed_leaves_at_most_a_whole_file_that_the_next_one_takes_away(tmp_path, call, left):
    file = tmp_path / "a"
    file.write_bytes(b"old")
    for _ in range(2):
        program = WRITING.format(call=call)
        assert subprocess.run([sys.executable, "-c", program, file, "0"], check=False).returncode == 9
        assert file.read_bytes() == b"old"
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["a", *left])
    writing.write(file, b"newer")
    assert file.read_bytes() == b"newer"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("can", [True, False])
def test_a_file_is_made_where_there_is_none_and_by_either_way(tmp_path, monkeypatch, can):
    if not can:
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    before = os.umask(0o027)
    try:
        writing.create(tmp_path / "a", b"first")
        writing.write(tmp_path / "b", b"second")
    finally:
        os.umask(before)
    with pytest.raises(FileExistsError):
        writing.create(tmp_path / "a", b"other")
    writing.create(tmp_path / "key", b"secret", 0o600)
    assert os.name == "nt" or (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    (tmp_path / "key").unlink()
    (tmp_path / ".b.new").symlink_to("a")
    writing.write(tmp_path / "b", b"third")
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir() if not path.is_symlink()}
    assert files == {"a": b"first", "b": b"third"}
    assert os.name == "nt" or {path.stat().st_mode & 0o777 for path in tmp_path.glob("[ab]")} == {0o640}


@pytest.mark.parametrize("kept", ["catalog/items", "catalog", "docs"])
def test_what_git_was_told_to_leave_out_does_not_count_as_lacking(tmp_path, kept):
    clerk = Clerk(tmp_path / "登记")
    register = Repository(clerk.root)
    register.write("docs/about.md", "")
    register.commit(DAY)
    register.git("sparse-checkout", "set", kept)
    done = clerk("check")
    assert (done.code, done.out) == (2, "")
    assert "（部分检出）：请运行 git sparse-checkout disable" in done.err
    register.git("sparse-checkout", "disable")
    assert clerk("check").code == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="没有命名管道")
@pytest.mark.parametrize("name", ["site.new", "site.old", ".cache/build.lock"])
def test_nobody_waits_at_a_pipe_that_stands_where_a_build_writes(tmp_path, name):
    (tmp_path / ".cache").mkdir()
    os.mkfifo(tmp_path / name)
    exchange.clear(tmp_path / name)
    with pytest.raises(OSError, match=name), exchange.alone(tmp_path / name, ""):
        pass
    assert (tmp_path / name).exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="没有命名管道")
def test_what_is_asked_for_goes_into_a_pipe_that_somebody_reads(tmp_path):
    clerk = Clerk(tmp_path / "登记")
    os.mkfifo(tmp_path / "pipe")
    done = clerk("export", "quan-ze-qing-dan", "--format", "csv", "-o", str(tmp_path / "pipe"))
    assert (done.code, done.err.count("没有谁在读")) == (2, 1)
    ends = os.pipe()
    with os.fdopen(ends[0], "rb") as pipe:
        try:
            assert clerk("export", "quan-ze-qing-dan", "--format", "csv", "-o", f"/dev/fd/{ends[1]}").code == 0
        finally:
            os.close(ends[1])
        assert b"," in pipe.read()
