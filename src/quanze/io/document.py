"""Word documents (DOCX): a title, paragraphs and tables whose heads repeat, byte for byte the same each time."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from quanze.io.columns import columns, lines
from quanze.io.workbook import EPOCH, stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.shared import Length
    from docx.text.paragraph import Paragraph

_FONT = "宋体"
_SIDE, _MARGIN = 29.7, 1.5
"""Centimetres: the long side of A4, and its margins."""
_POINT = 2.54 / 72
_SMALL, _LINE, _PADDING = 9, 12.5, 0.1
"""Points: the letters and lines of a table whose widths go by what is in it; centimetres: what is left beside them."""
_APART, _ABOVE = 3, 0.06
"""Points before and behind a paragraph; centimetres above and below the letters of a table whose widths are given."""
_TALL = 14
"""A row of more lines may go on on the next page."""


class Document:
    """One document, landscape A4, with the number of each page at its foot."""

    def __init__(self, title: str, disclaimer: str = "") -> None:
        """Begin it; the notice stands above the title and at the head of every page."""
        import docx  # noqa: PLC0415 — only who writes a document waits for it
        from docx.enum.section import WD_ORIENT  # noqa: PLC0415
        from docx.shared import Cm, Pt  # noqa: PLC0415

        self._file = docx.Document()
        properties = self._file.core_properties
        properties.title, properties.comments = title, disclaimer
        properties.author = properties.last_modified_by = ""
        properties.created = properties.modified = properties.last_printed = EPOCH
        style = self._file.styles["Normal"]
        style.font.name, style.font.size = _FONT, Pt(10.5)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(_APART)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(_word("eastAsia"), _FONT)
        section = self._file.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(_SIDE), Cm(21)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(_MARGIN)
        section.header_distance = section.footer_distance = Cm(_MARGIN / 2)
        if disclaimer:
            section.header.paragraphs[0].add_run(disclaimer).font.size = Pt(8)
        _number(section.footer.paragraphs[0])
        self._centred(title, Pt(18))

    def _centred(self, text: str, size: Length) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415

        paragraph = self._file.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(text)
        run.bold, run.font.size = True, size

    def heading(self, text: str) -> None:
        """Add a heading in bold that stays with what follows."""
        from docx.shared import Pt  # noqa: PLC0415

        paragraph = self._file.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = Pt(12)  # a table ends right above it
        paragraph.add_run(clean(text)).bold = True

    def paragraph(self, text: str) -> None:
        """Add a paragraph."""
        self._file.add_paragraph(clean(text))

    def table(
        self,
        rows: Sequence[Sequence[str]],
        widths: Sequence[float] = (),
        *,
        heads: int = 1,
        merges: Iterable[tuple[int, int, int, int]] = (),
        together: bool = False,
    ) -> None:
        """Add a table of some columns with their shares of the width; its first rows are heads that repeat.

        Without widths the letters are small and the columns as wide as what is in them asks for.
        `merges` are (first row, first column, last row, last column), counted from 0; the first cell has the text.
        One `together` stands on one page, where a page is long enough.
        """
        from docx.shared import Cm, Pt  # noqa: PLC0415

        merges, small = tuple(merges), not widths
        signs = _fitting(rows, heads, merges) if small else widths
        widths = [one * _SMALL * _POINT + 2 * _PADDING for one in signs] if small else widths
        table = self._file.add_table(rows=0, cols=len(widths), style="Table Grid")
        table.autofit = False
        table._tblPr.append(_margins() if small else _margins(_ABOVE))  # noqa: SLF001 — python-docx has no other way
        room = (_SIDE - 2 * _MARGIN) / sum(widths)
        for column, width in zip(table.columns, widths, strict=True):  # some programs go by these, some by the cells
            column.width = Cm(width * room)
        head = max(
            (lines(text, width) for one in rows[:heads] for text, width in zip(one, signs, strict=True)), default=0
        )
        for number, row in enumerate(rows):
            line = table.add_row()
            for cell, text, width in zip(line.cells, row, widths, strict=True):
                cell.width = Cm(width * room)
                if text:  # an empty run would stay as an empty line where cells are merged
                    run = cell.paragraphs[0].add_run(clean(text))
                    run.bold = number < heads
                    run.font.size = Pt(_SMALL) if small else None
            whole = not small or number < heads or max(map(lines, row, signs)) <= _TALL
            line._tr.get_or_add_trPr().extend(  # noqa: SLF001 — as above
                _looks(whole=whole, head=number < heads, least=_LINE * head / heads if small and number < heads else 0)
            )
        for cell in (one for line in table.rows[:-1] for one in line.cells) if together else ():
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True
        for top, left, bottom, right in merges:
            table.cell(top, left).merge(table.cell(bottom, right))

    def content(self) -> bytes:
        """Return the file."""
        buffer = io.BytesIO()
        self._file.save(buffer)
        return stored(buffer.getvalue())


def clean(text: str) -> str:
    """Return a text without the control characters that XML does not have."""
    return "".join(sign for sign in text if sign >= " " or sign in "\n\t")


def _word(name: str) -> str:
    from docx.oxml.ns import qn  # noqa: PLC0415

    return qn(f"w:{name}")


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement  # noqa: PLC0415

    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(_word(key), value)
    return element


def _margins(above: float = 0) -> BaseOxmlElement:
    """Return how much is left beside the letters of each cell, and above and below them."""
    margins: BaseOxmlElement = _element("tblCellMar")
    sides = {"top": above, "left": _PADDING, "bottom": above, "right": _PADDING}
    margins.extend(_element(side, w=str(round(20 * wide / _POINT)), type="dxa") for side, wide in sides.items() if wide)
    return margins


def _looks(*, whole: bool, head: bool, least: float) -> list[BaseOxmlElement]:
    """Return what is said of a row: that it stays on one page, repeats, is so many points tall at least.

    A row that repeats is not made taller by a head that reaches over several rows, in LibreOffice.
    """
    height = _element("trHeight", val=str(round(20 * least)), hRule="atLeast") if least else None
    told = _element("cantSplit") if whole else None, height, _element("tblHeader") if head else None
    return [one for one in told if one is not None]


def _fitting(rows: Sequence[Sequence[str]], heads: int, merges: Iterable[tuple[int, int, int, int]]) -> Sequence[float]:
    """Return how many small letters go into each column; what reaches across several counts for none."""
    across = {(top, left) for top, left, _, right in merges if right > left}
    told = [["" if (n, c) in across else text for c, text in enumerate(row)] for n, row in enumerate(rows)]
    room = (_SIDE - 2 * _MARGIN - 2 * _PADDING * len(rows[0])) / (_SMALL * _POINT)
    return columns(told[:heads], told[heads:], room)


def _number(paragraph: Paragraph) -> None:
    """Let a paragraph say the number of its page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph._p.append(_element("fldSimple", instr="PAGE"))  # noqa: SLF001
