"""How ids are spelt: signs that are read in several ways are read by the word that they stand in."""

from __future__ import annotations

import pytest

from quanze.edit.spelling import initials, spelt


@pytest.mark.parametrize(
    ("words", "letters"),
    [
        ("广告法", "guang-gao-fa"),
        ("特种设备安全法", "te-zhong-she-bei-an-quan-fa"),
        ("商业银行法", "shang-ye-yin-hang-fa"),
        ("行政处罚法（2021年修订）", "xing-zheng-chu-fa-fa-2021-nian-xiu-ding"),
        ("重庆市燃气条例", "chong-qing-shi-ran-qi-tiao-li"),
        ("厦门市人民政府", "xia-men-shi-ren-min-zheng-fu"),
        ("GB 50016", "gb-50016"),
        ("……", ""),
    ],
)
def test_words_are_spelt_as_they_are_read(words, letters):
    assert spelt(words) == letters


@pytest.mark.parametrize(("words", "letters"), [("行政处罚", "xzcf"), ("其他行政权力", "qtxzql"), ("", "")])
def test_initials(words, letters):
    assert initials(words) == letters


def test_an_id_is_no_longer_than_a_file_system_takes():
    assert len(spelt("关于规范" * 40)) <= 120
