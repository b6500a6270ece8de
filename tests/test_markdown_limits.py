"""No page that somebody wrote keeps Markdown busy: what would is told by its line before Markdown begins."""

from __future__ import annotations

import time
from itertools import product

import pytest
from markdown import Markdown
from tests import project

from quanze.frame.markdown_limits import MOST, OPEN, too_much
from quanze.frame.package import EXTENSIONS

SHARE = MOST // 4
ENOUGH = 2
"""Seconds of a processor for a quarter of a page: what was not refused took more than a minute before."""
SLOW = (
    *("[", "![", "[a](", "[a][", "[^", "[ ", "[[]", "[](", "![](", "[a](<", "[x](((", "[\u3000\n\u3000\n", "[\x0b\x0b"),
    *("<a ", "a<b ", "\\<a ", '<a b="', "[a]: <b\n", "<![CDATA[", "<![CDATA[ >\n\n", "<x y=z ", "<!-- > ", "<? >"),
    *("```a\n", "```-`", "\\```", '\\```!"', "1. ", "+ ", "* ", "# a\n", "a\n=\n", "---\n", "* * *\n"),
)
USUAL = """# 关于本站

本局（[示例市应急管理局](https://yj.example/)）的清单，见《安全生产法》[第九十七条](laws/a.md)。

| 类 | 数 |
| --- | --- |
| `行政处罚` | <5 |

- 一
    - 二
        1. 三

```yaml
状态: [有效, {a: [1, 2]}]
```

"""


def converted(text):
    return Markdown(extensions=["toc", "fenced_code", *EXTENSIONS]).convert(text)


@pytest.mark.parametrize("unit", [*SLOW, *map("".join, product("[(<`*_!\\", repeat=2))])
def test_what_is_not_refused_takes_no_time(unit):
    text = unit * (SHARE // len(unit))
    if not too_much(text):
        start = time.process_time()
        converted(text)
        assert time.process_time() - start < ENOUGH


@pytest.mark.parametrize("unit", [unit for unit in SLOW if "<!-- " not in unit])
def test_what_kept_it_busy_is_refused(unit):
    assert too_much(unit * (SHARE // len(unit)))


@pytest.mark.parametrize("depth", [60, 100])
def test_lists_in_lists_are_told_before_they_are_too_deep(depth):
    text = "".join(f"{'    ' * level}- 甲\n" for level in range(depth))
    assert too_much(text)[0] == 27
    assert converted("".join(text.splitlines(keepends=True)[:26]))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("一\n\n" + "[" * (OPEN + 1), (3, "这一段里没有配对的「[」超过 100 个；请补上另一半，或者写成「\\[」")),
        ("<b " * (OPEN + 1), (1, "这一页里没有「>」配对的「<」超过 100 个；请补上「>」，不是网页标签的写成 &lt;")),
        ("字" * (MOST + 1), (1, "这一页有 60,001 个字符，超过 60,000 的上限；请分成几页")),
    ],
)
def test_the_line_and_what_to_do_are_told(text, told):
    assert too_much(text) == told


@pytest.mark.parametrize(
    "text", [USUAL * 200, "\\[ \\( " * 5000, "[a](b) " * 5000, "| [ ] | (一) |\n" * 3000, "1) <5 " * 5000]
)
def test_what_people_write_is_not_refused(text):
    assert too_much(text) is None


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("一\n" + "![" * 300_000, "docs/own.md:1: 这个文件有 600,004 字节，超过 240,000 字节 的上限；请分成几页"),
        ("一\n" + "![" * 300, "docs/own.md:2: 这一段里没有配对的「[」超过 100 个"),
        ("# 一\n二".encode("gb18030"), "docs/own.md:2: 这个文件不是 UTF-8 编码"),
    ],
)
def test_such_a_page_stops_the_build(tmp_path, page, told):
    folder = project.copy(tmp_path / "p")
    (folder / "docs/own.md").write_bytes(page.encode() if isinstance(page, str) else page)
    done = project.run(folder, "quanze", "build", "--at", project.DAY)
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "site").exists()
