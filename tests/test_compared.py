"""What registers say differently of one law; what one does not say is no difference."""

from __future__ import annotations

from quanze.portal.compared import compare
from quanze.portal.facts import LawFact, VersionFact

V14 = VersionFact("2014年修正", "2014-08-31", "2014-12-01", "", 114, "", ())
V21 = VersionFact(
    "2021年修正", "2021-06-10", "2021-09-01", "主席令第88号", 119, "1-96 97:7", ("第九十四条 → 第九十七条（改幅度）",)
)
LAW = LawFact("fa", "安全生产法", "法律", "", "", (V14, V21))


def differences(**laws):
    return {one.what: dict(one.accounts) for one in compare([*laws.items()])}


def test_equal_ones_do_not_differ():
    assert differences(a=LAW, b=LAW, c=LAW) == {}


def test_what_is_not_said_is_not_compared():
    silent = V21._replace(articles=0, structure="", map=(), document="")
    assert differences(a=LAW, b=LAW._replace(versions=(V14, silent), rank="")) == {}


def test_an_older_version_that_one_does_not_keep_is_no_difference():
    assert differences(a=LAW, b=LAW._replace(versions=(V21,))) == {}


def test_the_newest_version_and_the_end_are_compared():
    found = differences(a=LAW, b=LAW._replace(versions=(V14,), repealed="2024-05-01"))
    assert found["最新的版本"] == {
        "2021-06-10 公布（2021年修正）": ("a",),
        "2014-08-31 公布（2014年修正）": ("b",),
    }
    assert found["废止日期"] == {"没有写": ("a",), "2024-05-01": ("b",)}


def test_days_and_numbers_are_compared_version_by_version():
    other = V21._replace(in_force="2021-10-01", articles=118, document="主席令第八十八号")
    found = differences(a=LAW, b=LAW, c=LAW._replace(versions=(V14, other)))
    assert found == {
        "2021-06-10 公布的版本：施行日期": {"2021-09-01": ("a", "b"), "2021-10-01": ("c",)},
        "2021-06-10 公布的版本：文号": {"主席令第88号": ("a", "b"), "主席令第八十八号": ("c",)},
        "2021-06-10 公布的版本：条数": {"119": ("a", "b"), "118": ("c",)},
    }


def test_structures_are_compared_article_by_article():
    found = differences(a=LAW, b=LAW._replace(versions=(V14, V21._replace(structure="1-95 96:0/0 97:6"))))
    assert found == {
        "2021-06-10 公布的版本：结构": {
            "第九十六条 1 款；第九十七条 1 款，各有 7 项": ("a",),
            "第九十六条 2 款；第九十七条 1 款，各有 6 项": ("b",),
        }
    }


def test_a_structure_that_says_nothing_sound_is_not_compared():
    assert differences(a=LAW, b=LAW._replace(versions=(V14, V21._replace(structure="97:x")))) == {}


def test_maps_are_compared_row_by_row():
    more = (*V21.map, "第九十七条 → 第一百条（仅改号）")
    found = differences(a=LAW, b=LAW._replace(versions=(V14, V21._replace(map=more))))
    assert found == {
        "2021-06-10 公布的版本：条文对照": {
            "没有这几行": ("a",),
            "第九十七条 → 第一百条（仅改号）": ("b",),
        }
    }


def test_a_rank_that_nobody_has_looked_up_is_no_other_rank():
    assert differences(a=LAW, b=LAW._replace(rank="待核")) == {}
