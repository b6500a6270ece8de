"""The register's own colour (颜色): how well it can be read, and the styles that put it in the package's place."""

from __future__ import annotations

WHITE, BLACK = "#ffffff", "#000000"
DARK_PAPER = "#12181b"
"""What dark pages are printed on, as in tokens.css."""
ENOUGH = 4.5
"""The least contrast between a text and what it stands on (WCAG 2.2, 1.4.3)."""
_DIMMED = 0.55
"""So much black is in the ground of the header in the dark."""
_KNEE = 0.04045
"""Below this a channel of sRGB is linear."""


def contrast(colour: str, other: str) -> float:
    """Return the contrast ratio of two colours written #rrggbb, from 1 to 21."""
    low, high = sorted((_luminance(colour), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        channel / 12.92 if channel <= _KNEE else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def lightened(colour: str) -> str:
    """Return the nearest lighter shade of a colour that can be read on dark paper."""
    shades = (_mixed(colour, WHITE, step / 20) for step in range(21))
    return next(shade for shade in shades if contrast(shade, DARK_PAPER) >= ENOUGH)


def stylesheet(colour: str) -> str:
    """Return the styles that put a colour in the place of the package's own, in the light and in the dark."""
    read = f"var(--light, {colour}) var(--dark, {lightened(colour)})"
    ground = f"var(--light, {colour}) var(--dark, {_mixed(colour, BLACK, _DIMMED)})"
    return f":root {{\n  --link: {read};\n  --accent: {read};\n  --deep: {ground};\n}}\n"


def _mixed(colour: str, other: str, share: float) -> str:
    """Return a colour with a share of another in it."""
    pairs = ((int(colour[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)
