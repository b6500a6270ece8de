"""The fictitious bureau: the same history each time, sound lists, and every mechanism shown on its site."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import PurePosixPath

import pytest
from tests.project import ROOT

from quanze.check.checking import check
from quanze.cli import main

DAY = "2026-11-28"


def replayed(folder):
    subprocess.run([sys.executable, ROOT / "examples/replay.py", folder], check=True, cwd=ROOT)
    return folder


@pytest.fixture(name="site", scope="module")
def _site(example):
    return example / "site"


def page(site, address):
    return (site / address / "index.html").read_text("utf-8")


def test_its_history_is_the_same_each_time(shili, tmp_path):
    heads = [
        subprocess.check_output(["git", "log", "--format=%H %an %cI %s"], cwd=folder, text=True)
        for folder in (shili, replayed(tmp_path / "again"))
    ]
    assert heads[0] == heads[1]
    assert len(heads[0].splitlines()) == 9


def test_only_what_it_shows_on_purpose_is_left_to_review(shili):
    told = check(shili, DAY)
    assert told.errors == ()
    assert {one.rule for one in told.reviews} == {"adjustment-late", "declared-due", "sanction-incomplete"}


def test_every_page_says_that_the_bureau_does_not_exist(site):
    for path in site.rglob("*.html"):
        assert "【虚构示例】示例市应急管理局并不存在" in path.read_text("utf-8"), path


def test_what_others_decide_stands_where_a_citizen_looks(site):
    html = page(site, "items/xzcf-902")
    section = lambda anchor: html.partition(f'<h2 id="{anchor}">')[2].partition("</section>")[0]  # noqa: E731
    assert "委托市执法支队实施行政处罚和检查" in section("who")
    assert 'class="qz-scale"' in section("cost")
    assert "没有按时报告有限空间作业" in section("touch")
    assert "重大处罚决定的法制审核" not in html  # the fine ends below the threshold
    assert "对应急管理执法的投诉举报" in section("todo")
    assert "已到期" not in page(site, "items/xzjc-001").partition('<h2 id="related">')[0]


def test_a_threshold_is_told_where_the_sanctions_reach_it(site):
    html = page(site, "items/xzcf-012")
    assert "对生产经营单位罚款最高二十万元，拟罚二十万元以上的达到" in html
    assert "可以责令停产停业整顿" in html


def test_lists_in_every_layout(site):
    assert page(site, "lists/cai-liang-ji-zhun").count('rowspan="3"') > 30
    assert page(site, "lists/yu-an-mu-lu").count('class="qz-table__heading"') == 4
    duties = page(site, "lists/zhi-ze-qing-dan")
    assert [head for head in ("综合监督管理", "餐饮燃气") if f">{head}</th>" in duties] == ["综合监督管理", "餐饮燃气"]


def test_files_are_published_and_linked(site):
    assert 'href="../../files/wei-tuo-shu-2025.pdf"' in page(site, "delegations/wtfq-001")
    assert (site / "files/wei-tuo-shu-2025.pdf").read_bytes().startswith(b"%PDF")
    assert "files/wei-tuo-shu-2025.pdf" in json.loads((site / "manifest.json").read_bytes())["files"]


def test_figures_are_worked_out(site):
    told = json.loads((site / "data/v1/lists/nian-du-bao-gao.json").read_bytes())["result"]["rows"]
    figures = {row["指标"]: row["统计"] for row in told}
    assert figures["权责清单的事项数"] == "33"
    assert figures["评查的案卷数"] == "45"
    assert figures["终止的事项数"] == "1"


def test_both_editions_can_be_made_out_and_compared(site):
    assert "2024年版" in page(site, "lists/quan-ze-qing-dan/2024-12")
    assert re.search("2026年版", page(site, "changes/quan-ze-qing-dan/2026-06"))


def test_it_reads_like_any_register(shili, monkeypatch, capsys):
    monkeypatch.chdir(shili)
    with pytest.raises(SystemExit) as ended:
        main(["history", "items/xzcf-034"])
    assert ended.value.code == 0
    assert "合并" in capsys.readouterr().out


CHANGES = PurePosixPath("changes")
"""What an edition changed is below its list."""


def test_every_page_names_the_pages_above_it(site):
    seen = 0
    for file in site.rglob("index.html"):
        url = file.parent.relative_to(site)
        crumbs = re.search('<nav class="qz-crumbs".*?</nav>', file.read_text("utf-8"), re.DOTALL)
        named = re.findall('href="([^"]*)"', crumbs[0]) if crumbs else []
        above = [folder for folder in url.parents if (site / folder / "index.html").is_file() and folder != CHANGES]
        assert {os.path.normpath(url / one) for one in named} >= {str(folder) for folder in above}, url
        seen += len(above) > 1
    assert seen > 20
