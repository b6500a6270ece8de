"""The words that a demonstration carries on its every page, print and export (DESIGN §9).

One short sentence stands first everywhere; what it means at length stands behind 详情, and in full on the home page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_DEMONSTRATION, _FICTION = "【演示】", "【虚构示例】"


def _settings(site: Mapping[str, Any]) -> Mapping[str, Any]:
    told: Mapping[str, Any] = site.get("演示", {})
    return told if told.get("启用") else {}


def real(site: Mapping[str, Any]) -> bool:
    """Tell whether a site is a bureau's own: what it publishes has to be approved by someone."""
    return not _settings(site)


def fictitious(site: Mapping[str, Any]) -> bool:
    """Tell whether the bureau of a demonstration does not exist: then nothing can be taken for somebody's word."""
    return bool(_settings(site).get("虚构"))


def mark(site: Mapping[str, Any]) -> str:
    """Return what stands before the title of every page of a demonstration; empty where it is none."""
    if not _settings(site):
        return ""
    return _FICTION if fictitious(site) else _DEMONSTRATION


def disclaimer(site: Mapping[str, Any]) -> str:
    """Return the short sentence of a demonstration; empty where site.yaml says that it is none."""
    told = _settings(site)
    if not told:
        return ""
    if fictitious(site):
        return f"{_FICTION}{told.get('示例机关', '这个机关')}并不存在；本站不是政府网站，不能作任何依据。"
    return f"{_DEMONSTRATION}本站是演示，不是政府网站，不能作任何依据。"


def details(site: Mapping[str, Any]) -> str:
    """Return what the short sentence means at length; empty where there is none."""
    told = _settings(site)
    if not told:
        return ""
    bureau = told.get("示例机关", "一个机关")
    if fictitious(site):
        first = f"{bureau}、它的电话、文件、批准和地方性法规都是为演示编的；所引国家法律是真的。"
    else:
        first = f"本站由开源项目用公开的法律制作，以{bureau}为例；不是正式清单，未经该机关审核或者批准。"
    official = f"正式内容以{told['官方渠道']}公布的为准。" if "官方渠道" in told else ""
    checked = f"所引法律核对至 {told['法律核对至']}" if "法律核对至" in told else ""
    left = f"，不包括{told['未包括']}" if checked and "未包括" in told else ""
    return f"{first}{official}{checked}{left}{'。' if checked else ''}不能作为执法、申辩、复议或者诉讼的依据。"
