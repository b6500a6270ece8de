from xml.etree import ElementTree as ET

from quanze.site.sitemap import sitemap


def test_every_page_has_its_address_once_and_in_order():
    told = ET.fromstring(sitemap("https://quanze.example/a&b/", {"items/", "", "guide/"}))
    assert [loc.text for loc in told.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")] == [
        "https://quanze.example/a&b/",
        "https://quanze.example/a&b/guide/",
        "https://quanze.example/a&b/items/",
    ]
