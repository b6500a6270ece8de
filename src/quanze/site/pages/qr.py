"""QR codes of addresses as inline SVG, made for ten thousand pages at a tenth of what drawing each would take.

With version, error level, mode and mask fixed, a QR code is linear over GF(2): error correction, placing and masking
only ever add bits. So the code of an address is that of another of its length with the pattern of each bit that differs
added to it: segno draws the first address of each length, and each pattern once.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import segno

from quanze.base.markup import as_html, escape

if TYPE_CHECKING:
    from markupsafe import Markup

_MASK = 3
_QUIET = 4
"""The modules of white around a code (ISO/IEC 18004)."""
_RUN = re.compile("0+|1+")
_STRIP = 15
"""A row is drawn in strips of so many modules, each one of few."""
_STROKES = {one * n: stroke.format(n) for one, stroke in (("1", "h{}"), ("0", "m{} 0")) for n in range(1, _STRIP + 1)}
"""What draws a run of modules."""
_FIRST: dict[int, tuple[bytes, int, int]] = {}
"""The first address of each length, the side of its code, and its code."""


def svg(address: str) -> Markup:
    """Return the QR code of an address as an SVG element, one unit a module; the address is its label."""
    content = address.encode()
    if len(content) not in _FIRST:
        _FIRST[len(content)] = content, *_drawn(content)
    first, size, code = _FIRST[len(content)]
    for place, (other, byte) in enumerate(zip(first, content, strict=True)):
        if other != byte:
            code ^= _pattern(len(content), place, other ^ byte)
    modules = f"{code:0{size * size}b}"
    strips, path = _path(size)
    path %= tuple([_strip(modules[one]) for one in strips])
    box = f"-{_QUIET} -{_QUIET}.5 {size + 2 * _QUIET} {size + 2 * _QUIET}"
    return as_html(
        f'<svg class="qz-qr" viewBox="{box}" role="img" aria-label="{escape(address)} 的二维码">'
        f'<path d="{path}" fill="none" stroke="currentColor" shape-rendering="crispEdges"/></svg>'
    )


@cache
def _path(size: int) -> tuple[tuple[slice, ...], str]:
    """Return where the strips of a code lie among its modules, and the path with a place for each."""
    starts = range(0, size, _STRIP)
    strips = [slice(row + x, row + min(x + _STRIP, size)) for row in range(0, size * size, size) for x in starts]
    return tuple(strips), "".join(f"M0 {y}{'%s' * len(starts)}" for y in range(size))


@cache
def _strip(modules: str) -> str:
    """Return the strokes of some modules of a row and the moves between them, ending where the next strip begins."""
    return _RUN.sub(lambda run: _STROKES[run[0]], modules)


@cache
def _pattern(length: int, place: int, byte: int) -> int:
    """Return the modules that the bits of a byte turn over."""
    pattern = 0
    for bit in range(8):
        if byte >> bit & 1:
            pattern ^= _turned(length, place, bit)
    return pattern


@cache
def _turned(length: int, place: int, bit: int) -> int:
    content = bytearray(length)
    content[place] = 1 << bit
    return _drawn(bytes(content))[1] ^ _empty(length)


@cache
def _empty(length: int) -> int:
    return _drawn(bytes(length))[1]


def _drawn(content: bytes) -> tuple[int, int]:
    """Return the modules a side of a code, and all of them as one number, the first the highest bit."""
    matrix = segno.make_qr(content, error="m", boost_error=False, mode="byte", mask=_MASK).matrix
    return len(matrix), int("".join("1" if module else "0" for row in matrix for module in row), 2)
