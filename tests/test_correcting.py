"""Where a reader tells a mistake: the bureau's own ways, or the form of the code host, filled in."""

from urllib.parse import parse_qs, urlsplit

import pytest
from markupsafe import Markup

from quanze.register.settings import Settings
from quanze.site.correcting import ways
from quanze.site.pages.page import Page

ADDRESS = "https://quanze.example/zwgk/items/xzcf-001/"


def told(**settings):
    page = Page("items/xzcf-001/", "对“甲”&乙的处罚", Markup())
    return ways(page, Settings.of({"网址": "https://quanze.example/zwgk/", **settings}))


def query(url):
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query, strict_parsing=True).items()}


@pytest.mark.parametrize(
    ("base", "form", "names"),
    [
        ("https://github.com/o/r/edit/main/", "https://github.com/o/r/issues/new", ("title", "body")),
        (
            "https://gitlab.com/a/b/r/-/edit/main/",
            "https://gitlab.com/a/b/r/-/issues/new",
            ("issue[title]", "issue[description]"),
        ),
        ("https://gitea.example/o/r/_edit/main/", "https://gitea.example/o/r/issues/new", ("title", "body")),
    ],
)
def test_the_form_of_the_code_host_has_the_address_in_it(base, form, names):
    (way,) = told(编辑地址=base)
    assert way.url.partition("?")[0] == form
    title, body = (query(way.url)[name] for name in names)
    assert title == "这里写错了：对“甲”&乙的处罚"
    assert body.startswith(f"网页：{ADDRESS}\n")


def test_the_form_that_init_writes_gets_the_address_in_its_own_field():
    (way,) = told(编辑地址="https://github.com/o/r/edit/main/")
    assert query(way.url)["template"] == "correction.yml"
    assert query(way.url)["page"] == ADDRESS


def test_a_host_that_takes_nothing_in_the_address_gets_nothing():
    assert [way.url for way in told(编辑地址="https://gitee.com/o/r/edit/main/")] == [
        "https://gitee.com/o/r/issues/new"
    ]


@pytest.mark.parametrize("base", ["", "https://code.example/files/"])
def test_where_nothing_is_known_nothing_is_said(base):
    assert told(编辑地址=base) == []


def test_what_the_bureau_names_takes_the_place_of_the_code_host():
    mail, phone = told(
        编辑地址="https://github.com/o/r/edit/main/", 纠错={"邮箱": "a+b@example.gov.cn", "电话": "0990-1234567转8"}
    )
    assert mail.url.startswith("mailto:a%2Bb@example.gov.cn?subject=")
    assert ADDRESS in query(mail.url)["body"]
    assert (phone.words, phone.url) == ("这里写错了，打电话 0990-1234567转8", "tel:09901234567,8")
    (page,) = told(纠错={"网址": "https://example.gov.cn/jiucuo"})
    assert page == ("这里写错了", "https://example.gov.cn/jiucuo")


def test_a_number_that_is_not_known_is_not_dialled():
    assert told(纠错={"电话": "待核"}) == []


def test_a_bureau_that_says_where_to_write_has_no_form_of_the_code_host_beside_it():
    (way,) = told(编辑地址="https://github.com/o/r/edit/main/", 纠错={"邮箱": "a@example.cn"})
    assert way.url.startswith("mailto:")
