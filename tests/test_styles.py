"""The style sheets: classes named block__element--modifier, room and breakpoints from tokens.css, nothing unused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from quanze.frame import package

HERE = Path(package.HERE)
SOURCES = HERE.parent
SHEETS = sorted((HERE / "assets").rglob("*.css"))
BEM = re.compile(r"qz-[a-z0-9]+(__[a-z0-9]+)?(--[a-z0-9]+)?")
THEIRS = {
    "js": "set on the root by the frame's first script, beside the theme's no-js",
    "no-js": "the theme's name",
    "admonition": "written by Markdown",
    "admonition-title": "written by Markdown",
    "headerlink": "written by Markdown",
}
"""Names that are not ours to choose; so are those that begin with md-, the theme's."""
SPACING = re.compile(
    r"(margin|padding|gap|row-gap|column-gap|scroll-margin|scroll-padding|inset|border-spacing)(-[a-z]+)*"
)
PLACES = ("top", "right", "bottom", "left")
FREE = {
    "em": "room within a line of text: it grows with the letters beside it",
    "mm": "room on paper",
    "%": "a place in the box around it",
}
LENGTH = re.compile(r"(?<![\w.-])-?\d*\.?\d+([a-z]+|%)")
TYPE = {
    "font-size": "var(--",
    "line-height": "var(--lead",
    "font-weight": "var(--",
    "letter-spacing": "inherit",
    "border-radius": "var(--round)",
}
"""What a property of type may begin with; `inherit`, `0` and a circle's `50%` are free."""
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(rgb|hsl|color-mix|oklch)a?\(|\b(black|white|gr[ae]y|red|green|blue)\b")
RULES = {"0", "1px", "1.5px", "2px", "4px"}
"""A line between, the stroke of an arrow, a line under a head, a bar beside."""
CONTAINER = "max(var(--space-8), calc(50% - 31.2rem))"
"""Half of the width of the page, from its middle: a size, which only stands in a padding."""


class Declaration(NamedTuple):
    """One property of a sheet, and where it is."""

    sheet: str
    line: int
    name: str
    value: str

    def __str__(self) -> str:
        return f"{self.sheet}:{self.line} {self.name}: {self.value}"


def plain(text):
    """Return a sheet with its comments blank, so that lines count as they did."""
    return re.sub(r"/\*.*?\*/", lambda found: re.sub(r"[^\n]", " ", found[0]), text, flags=re.DOTALL)


def declarations(name, text):
    """Yield what a sheet sets."""
    for found in re.finditer(r"(?<=[{;\s])([a-z-][\w-]*)\s*:\s*([^;{}]+)(?=[;}])", plain(text)):
        yield Declaration(name, text.count("\n", 0, found.start()) + 1, found[1], " ".join(found[2].split()))


def classes(text):
    """Return the names of classes in a sheet's selectors."""
    selectors = re.sub(r"\{[^{}]*\}", "{}", plain(text))
    return set(re.findall(r"\.(-?[a-zA-Z][\w-]*)", selectors))


def unspaced(sheet, text):
    """Return what says how much room there is without a token."""
    return [
        str(one)
        for one in declarations(sheet, text)
        if (SPACING.fullmatch(one.name) or one.name in PLACES)
        and CONTAINER not in one.value
        and any(unit not in FREE for unit in LENGTH.findall(one.value))
    ]


def untyped(sheet, text):
    """Return the sizes, lines, weights, corners, strokes and colours that are no tokens."""
    found = []
    for one in declarations(sheet, text):
        words = one.value.removesuffix(" !important").split()
        if (begin := TYPE.get(one.name)) and not all(
            word in ("inherit", "0", "50%") or word.startswith((begin, "var(--pill)")) for word in words
        ):
            found.append(str(one))
        elif re.fullmatch(r"border(-(top|bottom|left|right|inline-start|width))*", one.name):
            found += [str(one) for word in words if LENGTH.fullmatch(word) and word not in RULES]
        if COLOUR.search(one.value):
            found.append(str(one))
    return found


def breakpoints(tokens):
    """Return the widths at which a sheet may turn: from one on, or up to just below it."""
    widths = [one.value for one in declarations("", tokens) if one.name.startswith("--break-")]
    return {
        *(f"(min-width: {width})" for width in widths),
        *(f"(max-width: {float(width.removesuffix('em')) - 0.01:g}em)" for width in widths),
    }


def turning(text):
    """Return the widths at which a sheet or a script turns."""
    return set(re.findall(r"\((?:min|max)-(?:width|height):[^)]*\)", text))


@pytest.fixture(name="written", scope="module")
def _written():
    """Return everything that can write a class into a page, in one text."""
    kinds = (".html", ".js", ".py", ".md")
    return "\n".join(file.read_text("utf-8") for file in sorted(SOURCES.rglob("*")) if file.suffix in kinds)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_keeps_to_the_names_the_room_and_the_widths(sheet, written):
    text = sheet.read_text("utf-8")
    own = {name for name in classes(text) if name not in THEIRS and not name.startswith("md-")}
    assert {name for name in own if not BEM.fullmatch(name)} == set()
    assert {name for name in own if not (name in written or re.sub(r"\d+$", "", name) in written)} == set()
    assert unspaced(sheet.name, text) == []
    assert sheet.name == "tokens.css" or untyped(sheet.name, text) == []
    assert turning(plain(text)) - breakpoints((HERE / "assets/tokens.css").read_text("utf-8")) == set()
    assert text.count("\n") <= 500


def test_classes_in_pages_are_named_so(written):
    places = r"""\bclass(?:Name)?["']?\s*[=:]\s*["'`]([^"'`]*)|classList\.\w+\(([^)]*)\)"""
    named = {name for found in re.findall(places, written) for name in re.findall(r"\bqz-[\w-]*", " ".join(found))}
    assert len(named) > 200
    assert {name for name in named if not BEM.fullmatch(name.rstrip("_-"))} == set()


def test_scripts_turn_where_the_sheets_do():
    scripts = "\n".join(file.read_text("utf-8") for file in (HERE / "assets").glob("*.js"))
    assert turning(scripts) - breakpoints((HERE / "assets/tokens.css").read_text("utf-8")) == set()


def test_every_token_is_set_and_used():
    text = "\n".join(plain(sheet.read_text("utf-8")) for sheet in SHEETS)
    used = set(re.findall(r"var\((--[\w-]+)", text))
    tokens = {one.name for one in declarations("", text) if one.name.startswith("--") and "--break-" not in one.name}
    assert used ^ tokens == set()


@pytest.mark.parametrize(
    "said",
    ["padding: 0.4rem", "margin: 0 auto 12px", "gap: var(--space-2) 1rem", "top: -0.3rem", "padding-inline: 1vw"],
)
def test_room_without_a_token_is_told(said):
    assert unspaced("x.css", f".qz-a {{\n  color: red;\n  {said};\n}}") == [f"x.css:3 {said}"]


@pytest.mark.parametrize(
    "said",
    [
        "font-size: 0.9em",
        "line-height: 1.5",
        "font-weight: 700",
        "letter-spacing: 0.1em",
        "border-radius: 2px",
        "border-left: 3px solid var(--line)",
        "color: #000",
        "box-shadow: 0 0 4px rgb(0 0 0 / 20%)",
        "--focus: white",
    ],
)
def test_type_and_colour_without_a_token_is_told(said):
    assert untyped("x.css", f".qz-a {{\n  {said};\n}}") == [f"x.css:2 {said}"]


@pytest.mark.parametrize(
    "said",
    ["font-size: var(--small) !important", "border-radius: 0 var(--round) 0 0", "border: 1px solid currentcolor"],
)
def test_type_and_colour_by_a_token_is_free(said):
    assert untyped("x.css", f".qz-a {{ {said}; }}") == []


@pytest.mark.parametrize("said", ["padding: 0 0.3em", "margin: 12mm auto", "inset: 0", "width: 3rem", "right: 50%"])
def test_sizes_and_room_in_text_are_free(said):
    assert unspaced("x.css", f".qz-a {{ {said}; }}") == []


@pytest.mark.parametrize("name", ["qz-box-link", "qz-Box", "qz-box__link__far", "box", "qz-box--a-b", "qz-a_b"])
def test_a_name_of_another_fashion_is_told(name):
    assert classes(f".js .{name}:not(.qz-a) > p {{ top: 1.5em }}") == {"js", name, "qz-a"}
    assert not BEM.fullmatch(name)


def test_every_printed_page_has_its_number():
    page = re.search(r"@page \{(.*?)\n  \}\n", (HERE / "assets/print.css").read_text("utf-8"), re.DOTALL)
    assert page
    assert re.search(r"@bottom-\w+ \{[^}]*counter\(page\)[^}]*counter\(pages\)", page[1])
    named = [rule for sheet in SHEETS for rule in re.findall(r"@page \w+ \{([^}]*)", sheet.read_text("utf-8"))]
    assert [rule for rule in named if "@bottom" in rule] == []


def test_how_the_header_is_drawn_waits_for_nothing_below_it():
    selectors = [one for sheet in SHEETS for one in re.findall(r"[^{}]+(?=\{)", plain(sheet.read_text("utf-8")))]
    asking = [one.strip() for one in selectors if ".qz-header" in one and ":has(" in one]
    assert asking
    assert [one for one in asking if not one.startswith(":root:has(> head > ")] == []
