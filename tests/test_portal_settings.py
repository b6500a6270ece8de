"""portal.yaml: what it says, and what is told of what is wrong in it, at its line and column."""

from __future__ import annotations

import pytest

from quanze.base.problem import Fault
from quanze.check import report
from quanze.portal import settings
from quanze.portal.settings import Region, SourceLimits

SOUND = """名称: 示例门户
区划:
  - {代码: "990000", 名称: 示例省}
  - {代码: "990101", 名称: 示例县}
限额: {秒: 60}
来源:
  - 编号: xian
    机关: 示例县应急管理局
    区划代码: "990101"
    网址: https://xian.example/quanze/
    限额: {文件数: 100}
"""


def told(folder, text):
    (folder / settings.FILE).write_text(text, "utf-8")
    found, problems = settings.load(folder)
    assert bool(problems) != bool(found)
    return [*report.text(problems)]


def test_what_it_says(tmp_path):
    assert told(tmp_path, SOUND) == []
    found, _ = settings.load(tmp_path)
    (source,) = found.sources
    assert source.limits == SourceLimits(seconds=60, files=100)
    assert source.url("items/x y/") == "https://xian.example/quanze/items/x%20y/"
    assert source.public_key is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("https://xian", "ftp://xian", "portal.yaml:10:9: 「来源」第 1 条的「网址」"),
        ("https://xian", "https://a:b@xian", "portal.yaml:10:9: 「来源」第 1 条的「网址」"),
        ("quanze/\n", "quanze\n", "portal.yaml:10:9: 「来源」第 1 条的「网址」"),
        ('区划代码: "990101"', '区划代码: "990102"', "portal.yaml:9:11: 区划代码「990102」没有写在上面"),
        ('区划代码: "990101"', "区划代码: 990101", "portal.yaml:9:11: 「来源」第 1 条的「区划代码」须是文字"),
        (
            "机关: 示例县应急管理局",
            "机构: 示例县应急管理局",
            "portal.yaml:8:5: 「来源」第 1 条缺少必填的「机关」；是不是把它写成了「机构」",
        ),
        ("限额: {文件数: 100}", "公钥: 随便写的", "portal.yaml:11:9: 「随便写的」不是公布日志的公钥"),
        ("限额: {文件数: 100}", "文件夹: 没有的", "portal.yaml:11:10: 没有文件夹「没有的」"),
        ("编号: xian", "编号: ../xian", "portal.yaml:7:9: 「来源」第 1 条的「编号」"),
        ("名称: 示例门户", "名称:示例门户", "portal.yaml:1:4: 栏目「名称」的冒号后面少了一个空格"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(tmp_path, old, new, said):
    assert old in SOUND
    assert any(line.startswith(said) for line in told(tmp_path, SOUND.replace(old, new))), said


def test_two_sources_share_no_id_and_no_address(tmp_path):
    again = SOUND + "".join(SOUND.partition("来源:\n")[2:])
    found = told(tmp_path, again)
    assert [line.partition(": ")[2].partition("「")[0] for line in found] == ["编号", "机关", "网址"]
    assert found[0].startswith("portal.yaml:12:9: 编号「xian」与第 1 项的相同")


def test_a_folder_without_it_is_wrong_use(tmp_path):
    with pytest.raises(Fault, match=r"没有 portal\.yaml"):
        settings.load(tmp_path)


def test_a_county_lies_in_its_city_and_province():
    assert Region("990101", "").above == ("990100", "990000")
    assert Region("990100", "").above == ("990000",)
    assert Region("990000", "").above == ()
