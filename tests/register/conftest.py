"""The site that the register's tests look at."""

from __future__ import annotations

import pytest
from tests.browser.browsing import origin, serving


@pytest.fixture(name="root", scope="session")
def _root(reference):
    """Return the address of the reference site."""
    with serving(reference / "site") as server:
        yield origin(server)
