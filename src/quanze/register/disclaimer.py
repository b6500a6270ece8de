"""The words that a demonstration carries on its every page, print and export (DESIGN §9).

One short sentence stands first everywhere; what it means at length stands behind 详情, and in full on the home page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quanze.register.settings import Settings

COLUMN = "本文件声明"
"""The head of the last column of a table as text, in which every row says the sentence: its first line is the heads."""
_MARK, _FICTION = "【演示】", "【虚构示例】"


def mark(site: Settings) -> str:
    """Return what stands before the title of every page of a demonstration; empty where it is none."""
    if not site.demonstration.on:
        return ""
    return _FICTION if site.demonstration.fictitious else _MARK


def disclaimer(site: Settings) -> str:
    """Return the short sentence of a demonstration; empty where site.yaml says that it is none."""
    demonstration = site.demonstration
    if not demonstration.on:
        return ""
    if demonstration.fictitious:
        return f"{_FICTION}{demonstration.bureau or '这个机关'}并不存在；本站不是政府网站，不能作任何依据。"
    return f"{_MARK}本站是演示，不是政府网站，不能作任何依据。"


def details(site: Settings) -> str:
    """Return what the short sentence means at length; empty where there is none."""
    demonstration = site.demonstration
    if not demonstration.on:
        return ""
    bureau = demonstration.bureau or "一个机关"
    if demonstration.fictitious:
        first = f"{bureau}、它的电话、文件、批准和地方性法规都是为演示编的；所引国家法律是真的。"
    else:
        first = f"本站由{site.host}依据公开的法律编写，写的是{bureau}；不是正式清单，未经该机关审核或者批准。"
    official = f"正式内容以{demonstration.official}公布的为准。" if demonstration.official else ""
    checked = f"所引法律核对至 {demonstration.checked}" if demonstration.checked else ""
    left = f"，不包括{demonstration.left}" if checked and demonstration.left else ""
    return f"{first}{official}{checked}{left}{'。' if checked else ''}不能作为执法、申辩、复议或者诉讼的依据。"
