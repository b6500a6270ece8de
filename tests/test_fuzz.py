"""A quick run of the fuzzer with fixed seeds; `make fuzz` goes on for hours."""

from __future__ import annotations

import pytest
from tests.bulk import TARGETS as BULK
from tests.bulk import Bulk
from tests.bulk import once as bulk_once
from tests.fuzz import TARGETS, Targets, once

ROUNDS = {"reader": 400, "tables": 25, "arguments": 25}
FEW = {"forms": 100, "workbooks": 20}
"""So many rounds of inputs that are tried one at a time; a round of the others is two hundred."""


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_that_is_put_in_raises_or_hangs(tmp_path, name):
    targets = Targets(tmp_path)
    codes = {once(targets, name, seed) for seed in range(ROUNDS.get(name, 8))}
    assert codes - {0}, "no input was refused: the fuzzer tries nothing"


@pytest.fixture(name="bulk", scope="module")
def _bulk(tmp_path_factory):
    return Bulk(tmp_path_factory.mktemp("bulk"))


@pytest.mark.parametrize("name", BULK)
def test_many_in_one_register_come_through(bulk, name):
    counts = [bulk_once(bulk, name, seed)[0] for seed in range(FEW.get(name, 1))]
    assert sum(counts) >= FEW.get(name, 1)
