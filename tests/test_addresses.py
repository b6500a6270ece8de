"""Addresses: no collection may be called like a page of ours, and what is reserved is what the pages take."""

from __future__ import annotations

import re

import pytest
from tests.small_register import Register

from quanze.base.problem import Fault
from quanze.frame.package import FOLDERS, HERE, OVERRIDES
from quanze.register.tree import RESERVED
from quanze.site.build import by_address
from quanze.site.files import SiteFiles
from quanze.site.publish import Job

FIRST = 0


def top(path):
    """Return the first folder of an address; empty for what lies at the root."""
    return path.partition("/")[FIRST] if "/" in path else ""


def test_every_folder_that_pages_and_files_take_is_reserved(tmp_path):
    site = Register(tmp_path / "p").site()
    pages = {top(job.url) for job in site.jobs()}
    files = {top(path) for task in SiteFiles(site).tasks() for path, _ in task.make()}
    ours = (pages | files | {top(f"{place}/") for place in FOLDERS.values()}) - {"", *site.catalog.forms}
    assert {"search", "notice", "data", "assets"} <= ours
    assert ours - RESERVED == set()


def test_a_page_that_is_no_records_stands_in_the_map_of_the_site(tmp_path):
    """Nobody finds a page that nothing leads to; those deeper down are led to by the page above them."""
    site = Register(tmp_path / "p").site()
    ours = {job.url for job in site.jobs() if job.url.count("/") == 1 and top(job.url) not in site.catalog.forms}
    assert {"search/", "calendar/"} <= ours
    assert ours - {*re.findall('"([a-z]+/)"', (OVERRIDES / "sitemap.html").read_text("utf-8"))} == set()


def test_the_guide_names_what_is_reserved():
    guide = (HERE / FOLDERS["guide"] / "own.md").read_text("utf-8")
    (named,) = re.findall("^((?:`[a-z]+`\\s+)+)是网址保留的名称", guide, re.MULTILINE)
    assert {*re.findall("[a-z]+", named)} == RESERVED


def test_no_form_is_called_like_a_page(tmp_path):
    assert RESERVED & Register(tmp_path / "p").site().catalog.forms.keys() == set()


def test_two_pages_with_one_address_are_a_fault(tmp_path):
    jobs = [*Register(tmp_path / "p").site().jobs()]
    assert [*by_address(jobs)] == [job.url for job in jobs]
    with pytest.raises(Fault, match="有两个页面的网址都是 /lists/quan-ze-qing-dan/"):
        by_address([*jobs, Job("lists/quan-ze-qing-dan/", (), list)])
