"""What several tests share: the reference site, built once."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests import project

from quanze.frame import package
from quanze.law.reader.lexicon import MODULE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(name="reference", scope="session")
def _reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a copy of this project whose site/ is built."""
    folder = project.copy(tmp_path_factory.mktemp("reference"))
    project.build(folder)
    return folder


@pytest.fixture(name="twin", scope="session")
def _twin(tmp_path_factory):
    """Ask the browser's reader, outside a browser: what twin.mjs takes, by name."""
    node = shutil.which("node")
    if not node:
        pytest.skip("没有 node，浏览器里的读法没有与 Python 的对照")
    folder = tmp_path_factory.mktemp("reader")
    for file in (package.HERE / "assets" / "reader").glob("*.js"):
        shutil.copy(file, folder)
    (folder / "lexicon.js").write_text(MODULE, "utf-8")
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")

    def ask(**asked):
        command = [node, str(project.ROOT / "tests" / "twin.mjs"), str(folder)]
        done = subprocess.run(
            command, input=json.dumps(asked), capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write what the check says now into expected.txt")
