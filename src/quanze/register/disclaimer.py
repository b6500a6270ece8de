"""The words that a demonstration carries on its every page, print and export (DESIGN §9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

MARK = "【演示】"
"""What stands before every page's title."""


def disclaimer(site: Mapping[str, Any]) -> str:
    """Return the disclaimer of a demonstration, or an empty string where site.yaml says that it is none."""
    demo = site.get("演示", {})
    if not demo.get("启用"):
        return ""
    return (
        f"{MARK}本站是开源项目用公开法律制作的演示，以{demo.get('示例机关', '一个机关')}为例；"
        "不是政府网站，不是正式清单，"
        f"未经该机关审核或者批准，不能作为执法、申辩、复议或者诉讼的依据。正式内容以{demo['官方渠道']}公布的为准。"
        f"所引法律核对至 {demo['法律核对至']}，不包括{demo['未包括']}。"
    )
