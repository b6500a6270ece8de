"""A quick run of the fuzzer with fixed seeds; `make fuzz` goes on for hours."""

from __future__ import annotations

import pytest
from tests.fuzz import TARGETS, Targets, once

ROUNDS = {"reader": 400, "texts": 40}


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_that_is_put_in_raises_or_hangs(tmp_path, name):
    targets = Targets(tmp_path)
    codes = {once(targets, name, seed) for seed in range(ROUNDS.get(name, 25))}
    assert codes - {0}, "no input was refused: the fuzzer tries nothing"
