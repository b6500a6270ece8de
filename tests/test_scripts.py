"""Small functions of the scripts, each asked by itself: which rows a filter leaves, which fines an amount can be of."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from tests.project import ROOT

ASSETS = ROOT / "src/quanze/frame/assets"
pytestmark = pytest.mark.skipif(not shutil.which("node"), reason="没有 node，不运行脚本")


def asked(module, expression):
    """Return what an expression in the names of a module comes to."""
    words = f'import * as of from "{(ASSETS / module).as_uri()}"; console.log(JSON.stringify({expression}))'
    done = subprocess.run(["node", "--input-type=module", "-e", words], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


KIND = {"name": "类型", "values": ["处罚", "检查"], "rows": [[0], [0], [1], [1]]}
FIELD = {"name": "领域", "values": ["矿山", "危化"], "rows": [[0], [1], [0], [1]]}


@pytest.mark.parametrize(
    ("chosen", "kept", "counts"),
    [
        ([], [0, 1, 2, 3], [[2, 2], [2, 2]]),
        ([["类型", ["处罚"]]], [0, 1], [[2, 2], [1, 1]]),
        ([["类型", ["处罚"]], ["领域", ["矿山"]]], [0], [[1, 1], [1, 1]]),
    ],
)
def test_a_value_is_told_how_many_rows_it_would_leave_beside_what_is_chosen(chosen, kept, counts):
    sets = f"new Map({json.dumps(chosen)}.map(([name, words]) => [name, new Set(words)]))"
    found = asked("tally.js", f"of.tally({json.dumps([KIND, FIELD])}, {sets}, [0, 1, 2, 3])")
    assert found["kept"] == kept
    assert [[*one.values()] for one in found["counts"]] == counts


@pytest.mark.parametrize(("yuan", "can"), [(999, False), (1_000, True), (50_000, True), (50_001, False)])
def test_a_fine_can_be_of_an_amount_from_its_lower_to_its_upper_bound(yuan, can):
    index = json.dumps({"fines": {"rows": [[0]], "values": ["1000-50000 逾期未改正"]}})
    assert asked("fines.js", f"of.within({index}, 0, {{yuan: {yuan}}})") is can


def test_of_fines_with_one_upper_bound_the_one_with_the_fewest_words_is_the_plainest():
    values = ["0-50000 ", "10000-20000 逾期未改正的，单位", "0-50000 单位和有关的个人", "10000-20000 单位"]
    fines = {"rows": [[0, 1], [2, 3]], "values": values}
    index = json.dumps({"keys": ["甲", "乙"], "ended": [0, 0], "facets": [], "fines": fines})
    assert asked("fines.js", f"of.priced({index}, {{yuan: 20000}})") == [1, 0]


@pytest.mark.parametrize(
    ("text", "found"),
    [("水", ["", "水", ""]), ("水法", ["", "水", "法"]), ("节水", ["节", "水", ""]), ("", [""]), ("火", ["火"])],
)
def test_what_was_found_is_cut_out_of_a_text_of_any_length(text, found):
    assert asked("fold.js", f'of.pieces({json.dumps(text)}, ["水"])') == found


@pytest.mark.parametrize(
    ("spans", "words"),
    [([[97, 97]], "第九十七条"), ([[97, 99]], "第九十七条至第九十九条"), ([[5, 5], [7, 8]], "第五条、第七条至第八条")],
)
def test_a_citation_is_written_as_a_statute_writes_it(spans, words):
    assert asked("article.js", f'of.written({{law: "甲法", levels: [{json.dumps(spans)}]}})') == f"《甲法》{words}"
