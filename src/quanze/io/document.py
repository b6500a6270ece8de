"""Word documents (DOCX): a title, paragraphs and tables whose heads repeat, byte for byte the same each time."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from quanze.io.workbook import EPOCH, stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docx.shared import Length
    from docx.text.paragraph import Paragraph

_FONT = "宋体"
_SIDE, _MARGIN = 29.7, 1.8
"""Centimetres: the long side of A4, and its margins."""


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
        style.element.get_or_add_rPr().get_or_add_rFonts().set(_word("eastAsia"), _FONT)
        section = self._file.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(_SIDE), Cm(21)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(_MARGIN)
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
        widths: Sequence[float],
        *,
        heads: int = 1,
        merges: Iterable[tuple[int, int, int, int]] = (),
    ) -> None:
        """Add a table of some columns with their shares of the width; its first rows are heads that repeat.

        `merges` are (first row, first column, last row, last column), counted from 0; the first cell has the text.
        """
        from docx.shared import Cm  # noqa: PLC0415

        table = self._file.add_table(rows=0, cols=len(widths), style="Table Grid")
        table.autofit = False
        room = (_SIDE - 2 * _MARGIN) / sum(widths)
        for column, width in zip(table.columns, widths, strict=True):  # some programs go by these, some by the cells
            column.width = Cm(width * room)
        for number, row in enumerate(rows):
            line = table.add_row()
            for cell, text, width in zip(line.cells, row, widths, strict=True):
                cell.width = Cm(width * room)
                if text:  # an empty run would stay as an empty line where cells are merged
                    cell.paragraphs[0].add_run(clean(text)).bold = number < heads
            properties = line._tr.get_or_add_trPr()  # noqa: SLF001 — python-docx has no other way
            properties.append(_element("cantSplit"))
            if number < heads:
                properties.append(_element("tblHeader"))
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


def _number(paragraph: Paragraph) -> None:
    """Let a paragraph say the number of its page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph._p.append(_element("fldSimple", instr="PAGE"))  # noqa: SLF001
