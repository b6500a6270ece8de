"""The site that the browser's tests look at, where they have none of their own."""

from __future__ import annotations

import pytest
from tests.browser.browsing import origin, serving


@pytest.fixture(name="looks", scope="session")
def _looks():
    """Return the looks of text whose contrast axe has measured, on whatever page."""
    return set()


@pytest.fixture(name="root", scope="session")
def _root(example):
    """Return the address of the site of the fictitious bureau, which uses all that a form can say."""
    with serving(example / "site") as server:
        yield origin(server)
