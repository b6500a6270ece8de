"""What both the fictitious and the reference site are asked in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Page


def answered(page: Page) -> list[str]:
    """Wait for the complete answer of the search page and return the titles found, in their order."""
    page.wait_for_selector("[data-qz-search][data-partial=false]")
    return page.locator(".qz-hit__title").all_inner_texts()


def wait_for_standings(page: Page, told: Iterable[tuple[str, str]]) -> None:
    """Paste citations into the notice box one after the other, and wait until it says of each where it stands."""
    for text, standing in told:
        page.fill("textarea", f"依据{text}，罚款五千元")
        page.locator(".qz-cited", has_text=standing).wait_for()


def examples(page: Page) -> dict[str, tuple[list[str], str]]:
    """Follow the examples of the home page; return the titles found and the heading above them, by address."""
    addresses = page.locator(".qz-examples a").evaluate_all("links => links.map(link => link.href)")
    found = {}
    for address in addresses:
        page.goto("about:blank")
        page.goto(address)
        found[address] = answered(page), page.locator(".qz-found__title").first.inner_text()
    return found
