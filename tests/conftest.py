"""What several tests share: the reference site, built once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests import project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(name="reference", scope="session")
def _reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a copy of this project whose site/ is built."""
    folder = project.copy(tmp_path_factory.mktemp("reference"))
    project.build(folder)
    return folder


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write what the check says now into expected.txt")
