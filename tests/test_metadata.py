"""What the frame says of a page: the metadata of government pages, the way to it, its date, the file behind it."""

import pytest
from markupsafe import Markup

from quanze.register.settings import Settings
from quanze.site.page_template import frame, metas
from quanze.site.pages.page import Page

SITE = Settings.of(
    {
        "名称": "权责清单",
        "主办单位": "某局",
        "网址": "https://quanze.example/zwgk/",
        "编辑地址": "https://code.example/edit/",
        "网站标识码": "6101000001",
        "栏目": {"名称": "权责清单", "关键词": ["执法", "清单"]},
    }
)


def page(**changes):
    told = {
        "url": "items/xzcf-001/",
        "title": "对<甲>的处罚",
        "body": Markup("<header><h1>对&lt;甲&gt;的处罚</h1></header><p>正文</p>"),
        "crumbs": (("权责事项", "items/"),),
        "source": "catalog/items/xzcf-001.yaml",
        "updated": "2026-05-01T09:30:00+08:00",
        "description": '"甲"',
        "keywords": ("没培训", "动火"),
    }
    return Page(**(told | changes))


def test_titles_are_escaped():
    told = frame(page(), SITE)
    assert told.title == "对&lt;甲&gt;的处罚"
    assert "<甲>" not in told.head + told.crumbs


def test_every_page_carries_the_site_and_its_column():
    assert metas(SITE) == {
        "SiteName": "权责清单",
        "SiteIDCode": "6101000001",
        "ColumnName": "权责清单",
        "ColumnKeywords": "执法,清单",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ArticleTitle", "对&lt;甲&gt;的处罚"),
        ("PubDate", "2026-05-01 09:30"),
        ("ContentSource", "某局"),
        ("Keywords", "没培训,动火"),
        ("Description", "&#34;甲&#34;"),
        ("Url", "https://quanze.example/zwgk/items/xzcf-001/"),
    ],
)
def test_a_content_page_carries_what_the_standard_asks_for(name, value):
    assert f'<meta name="{name}" content="{value}">' in frame(page(), SITE).head


def test_a_day_without_minutes_is_shown_but_is_no_pubdate():
    told = frame(page(updated="2026-05-01"), SITE)
    assert "PubDate" not in told.head
    assert '<span>发布时间：<time datetime="2026-05-01">2026-05-01</time></span>' in told.body


@pytest.mark.parametrize("kind", ["site", "column", "guide"])
def test_other_pages_are_no_articles(kind):
    told = frame(page(kind=kind), SITE)
    assert "ArticleTitle" not in told.head
    assert "qz-dateline" not in told.body


def test_the_dateline_stands_under_the_title():
    body = frame(page(), SITE).body
    assert '</h1><p class="qz-dateline"><span>发布时间：' in body
    assert "<span>来源：某局</span><span>索引号：xzcf-001</span></p></header>" in body


def test_the_way_home_is_relative():
    assert frame(page(), SITE).crumbs == (
        '<nav class="qz-crumbs" aria-label="当前位置"><ol><li><a href="../../">首页</a></li>'
        '<li><a href="../../items/">权责事项</a></li><li aria-current="page">对&lt;甲&gt;的处罚</li></ol></nav>'
    )
    assert frame(page(url=""), SITE).crumbs == ""


def test_the_foot_leads_to_the_file_behind_the_page():
    told = frame(page(), SITE).foot
    assert 'href="https://code.example/edit/catalog/items/xzcf-001.yaml"' in told
    assert "最近更改" in told


def test_a_foot_with_nothing_to_say_is_not_there():
    assert frame(page(updated="", source=""), Settings.of({})).foot == ""


def test_only_a_site_with_an_address_has_canonical_links():
    assert '<link rel="canonical" href="https://quanze.example/zwgk/items/xzcf-001/">' in frame(page(), SITE).head
    bare = frame(page(), Settings.of({"名称": "权责清单", "主办单位": "某局"})).head
    assert "canonical" not in bare
    assert "Url" not in bare
