"""The pages that the wording of an instrument takes."""

from __future__ import annotations

import pytest

from quanze.law.text import Clause, Statute
from quanze.site.pages.wording import divided


def _statute(sizes, chapters=()):
    articles = {(number, 0): (Clause("字" * size),) for number, size in enumerate(sizes, 1)}
    return Statute("示例法", (), tuple(((number, 0), head) for number, head in chapters), articles)


@pytest.mark.parametrize(
    ("sizes", "chapters", "pages"),
    [
        ([9000, 9000], (), ["第一条至第二条"]),
        ([9000, 9000, 9000], (), ["第一条至第二条", "第三条"]),
        ([30_000, 10], (), ["第一条", "第二条"]),
        # a chapter stays whole where the page before it is half full, but none is left nearly empty for it
        ([11_000, 6000, 6000], ((1, "第一章　总则"), (2, "第二章　责任")), ["第一条", "第二条至第三条"]),
        ([6000, 9000, 9000], ((1, "第一章　总则"), (2, "第二章　责任")), ["第一条至第二条", "第三条"]),
        ([11_000, 6000, 6000], ((1, "第一章　总则"), (2, "第一节　罚则")), ["第一条至第二条", "第三条"]),
    ],
)
def test_a_wording_is_divided_by_chapters_or_articles(sizes, chapters, pages):
    parts = [*divided(_statute(sizes, chapters))]
    assert [str(part) for part in parts] == pages
    assert [part.url for part in parts] == ["text/", "text/2/"][: len(pages)]


def test_no_article_is_lost_of_a_long_wording():
    parts = [*divided(_statute([700] * 300, tuple((n, f"第{n}章") for n in range(1, 300, 17))))]
    assert [one for part in parts for one in part.articles] == [(n, 0) for n in range(1, 301)]
    assert all(len(part.articles) * 700 <= 20_000 for part in parts)
