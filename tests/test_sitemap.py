from xml.etree import ElementTree as ET

from quanze.site.sitemap import sitemap


def test_every_page_has_its_address_once_and_in_order():
    told = ET.fromstring(sitemap("https://quanze.example/a&b/", {"items/": "2026-05-01", "": "", "guide/": ""}))
    assert [loc.text for loc in told.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")] == [
        "https://quanze.example/a&b/",
        "https://quanze.example/a&b/guide/",
        "https://quanze.example/a&b/items/",
    ]


def test_a_page_says_when_it_was_changed_where_that_is_known():
    told = ET.fromstring(sitemap("https://quanze.example/", {"items/a/": "2026-05-01", "guide/": ""}))
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    days = {url.findtext(f"{space}loc"): url.findtext(f"{space}lastmod") for url in told}
    assert days == {"https://quanze.example/guide/": None, "https://quanze.example/items/a/": "2026-05-01"}
