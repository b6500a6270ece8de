"""What several tests share: sites that are built once; and a watch over who looks at the reference register."""

from __future__ import annotations

import gc
import json
import os
import shutil
import subprocess
import sys
from itertools import count
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from tests import project
from tests.browser.browsing import CHROMIUM, chromium, opening
from tests.project import REFERENCE, ROOT

from quanze.base.parallel import let_go
from quanze.frame import package
from quanze.law.reader.lexicon import MODULE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_ITS_OWN = ROOT / "tests/register"
"""What a bureau would run on its register."""
_PACKED = tuple(f"{REFERENCE / name}{os.sep}" for name in ("laws", "procedures", "remedies"))
"""What the package takes along for every register: no register's own (pyproject.toml)."""
_LONGEST = ("test_package.py", "test_verify.py", "test_build.py", "test_frame.py")
_read: list[str] = []
_modules = count(1)


def _watch(event: str, given: tuple[object, ...]) -> None:
    if event in {"open", "os.scandir", "os.listdir"} and isinstance(given[0], str | os.PathLike):
        path = os.fspath(given[0])
        if isinstance(path, str) and path.startswith(f"{REFERENCE}{os.sep}") and not f"{path}/".startswith(_PACKED):
            _read.append(path)


sys.addaudithook(_watch)


@pytest.fixture(autouse=True)
def _tests_of_the_generator_never_read_the_reference_register(request):
    _read.clear()
    yield
    if not request.path.is_relative_to(_ITS_OWN):
        assert _read == [], "only tests/register/ reads catalog/: take tests/catalogs/base, or examples/shili"


@pytest.fixture(name="browser", scope="session")
def _browser():
    """Return the one browser of all tests; where there is none, each says so."""
    if not CHROMIUM.exists():
        pytest.skip(f"没有 {CHROMIUM}，跳过浏览器测试")
    with chromium() as browser:
        yield browser


@pytest.fixture(name="opened")
def _opened(browser, root):
    """Open pages of the site at `root`."""
    with opening(browser, root) as opened:
        yield opened


@pytest.fixture(name="once", scope="session")
def _once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], object]], Path]:
    """Have a folder made once by whichever worker asks first, for all of them: nobody changes what is in it."""
    base = tmp_path_factory.getbasetemp()
    common = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def once(name: str, make: Callable[[Path], object]) -> Path:
        folder, made = common / "shared" / name, common / "shared" / f"{name}.made"
        folder.parent.mkdir(exist_ok=True)
        with FileLock(folder.with_name(f"{name}.lock")):
            if not made.exists():
                make(folder)
                made.touch()
        return folder

    return once


@pytest.fixture(name="reference", scope="session")
def _reference(once) -> Path:
    """Return the folder of a copy of the reference register whose site/ is built."""
    return once("reference", lambda folder: project.build(project.copy(folder, catalog=REFERENCE)))


@pytest.fixture(name="twin", scope="session")
def _twin(tmp_path_factory):
    """Ask the browser's reader, outside a browser: what twin.mjs takes, by name."""
    node = shutil.which("node")
    if not node:
        pytest.skip("没有 node，浏览器里的读法没有与 Python 的对照")
    folder = tmp_path_factory.mktemp("reader")
    shutil.copytree(package.HERE / "assets", folder, dirs_exist_ok=True)
    (folder / "reader" / "lexicon.js").write_text(MODULE, "utf-8")
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")

    def ask(**asked):
        command = [node, "--single-threaded-gc", str(project.ROOT / "tests" / "twin.mjs"), str(folder)]
        done = subprocess.run(
            command, input=json.dumps(asked), capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask


@pytest.fixture(name="small", scope="session")
def _small(once) -> Path:
    """Return the folder of a small register whose site/ is built."""
    return once("small", lambda folder: project.build(project.copy(folder)))


@pytest.fixture(name="shili", scope="session")
def _shili(once) -> Path:
    """Return the repository of the fictitious bureau, which uses all that a form can say."""
    replay = (sys.executable, ROOT / "examples/replay.py")
    return once("shili", lambda folder: subprocess.run([*replay, folder], check=True, cwd=ROOT))


@pytest.fixture(name="example", scope="session")
def _example(once, shili: Path) -> Path:
    """Return the same with its site/ built and sealed."""

    def build(_: Path) -> None:
        done = project.run(shili, "quanze", "build", at="2026-11-26")
        assert done.returncode == 0, done.stdout + done.stderr

    once("example", build)
    return shili


@pytest.fixture(autouse=True, scope="module")
def _what_tests_leave_behind_goes_now_and_then():
    """Thousands of tests are a large heap, which no collection in the midst of them has to walk again."""
    yield
    if next(_modules) % 8 == 0:
        let_go()
        gc.freeze()


def pytest_collection_finish():
    gc.freeze()


def pytest_collection_modifyitems(items):
    """Begin with the files that take longest: at the end one worker sat over the last of them for minutes, alone."""
    items.sort(key=lambda item: item.path.name not in _LONGEST)


def pytest_xdist_auto_num_workers():
    """Have one worker more than there are cores: a third of the time one waits for a browser or for another process."""
    return (os.cpu_count() or 1) + 1


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write what the check says now into expected.txt")
