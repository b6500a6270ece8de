"""What a register says of its looks: a colour that can be read, a logo that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.register.colour import ENOUGH, WHITE, contrast
from quanze.register.settings import COLOUR, LOGO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.register.catalog import Catalog


def colour_contrast(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """「颜色」的主色与白色的对比度须至少是 4.5，白底上的链接、页头里的白字才看得清（WCAG 2.2）。"""
    colour = catalog.settings.colour
    ratio = contrast(colour, WHITE) if colour else ENOUGH
    if ratio < ENOUGH:
        message = f"主色「{colour}」与白色的对比度只有 {ratio:.1f}，看不清；请换深一些的，至少 {ENOUGH}"
        yield Finding(catalog.site_record, COLOUR, message)


def logo_missing(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """「标志」写的图片须在 docs/ 里。"""
    logo = catalog.settings.logo
    if logo and not (catalog.root / "docs" / logo).is_file():
        yield Finding(catalog.site_record, f"/{LOGO}", f"没有 docs/{logo} 这个文件；请放进去，或者核对文件名")


RULES = (colour_contrast, logo_missing)
