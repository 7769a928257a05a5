"""A Word file being written: titles, text, tables, pictures; its bytes depend on them alone."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm

from smsdesk.report.word.characters import BLANK, printable, runs
from smsdesk.report.word.tables import Band, Columns, table
from smsdesk.report.word.template import A4, MARGINS, MARGINS_LANDSCAPE, Face, new_document

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a ZIP can name: no clock gets into the bytes."""
_TWIPS_A_MM = 56.6929


class Paper:
    """Writes from top to bottom; `blanks` are the gaps left for a person, each once, in order.

    `width` is what lies between the margins, in millimetres; `quoted` are the ids of the messages
    quoted so far, for those who write to keep.
    """

    def __init__(
        self,
        title: str,
        author: str,
        at: dt.datetime,
        faces: dict[str, Face],
        *,
        landscape: bool = False,
    ) -> None:
        name, who = printable(title), printable(author)
        self._document = new_document(name, who, at, faces, landscape=landscape)
        self._body = self._document.element.body
        self._blanks: dict[str, None] = {}
        self.quoted: set[int] = set()
        left, right, *_ = MARGINS_LANDSCAPE if landscape else MARGINS
        self.width = A4[landscape] - left - right

    @property
    def blanks(self) -> list[str]:
        """What a person is asked to fill in, each once, in order of appearance."""
        return list(self._blanks)

    def head_and_foot(self, left: str, right: str) -> None:
        """Set the running head above a hairline, and 第 x 页 共 y 页 at the foot."""
        section = self._document.sections[0]
        head = section.header.part.element
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{round(self.width * _TWIPS_A_MM)}"/></w:tabs>'
        words = f"{runs(printable(left), gaps=False)}<w:r><w:tab/></w:r>"
        words += runs(printable(right), gaps=False)
        head[:] = [_paragraph("Header", words, f"{_LINE_BELOW}{tab}")]
        foot = section.footer.part.element
        number = f"{runs('第 ')}{_field('PAGE')}{runs(' 页　共 ')}{_field('NUMPAGES')}{runs(' 页')}"
        foot[:] = [_paragraph("Footer", number)]

    def title(self, text: str) -> None:
        """Write the title of the document."""
        self._lines("Title", text)

    def heading(self, text: str, level: int = 1) -> None:
        """Write a heading of the first or second level."""
        self._lines(f"Heading{level}", text)

    def text(self, text: str, *, indent: bool = True, keep_next: bool = False) -> None:
        """Write a paragraph for each line, indented by two characters."""
        keep = "<w:keepNext/>" if keep_next else ""
        self._lines("Normal", text, f"{keep}{_INDENT if indent else ''}")

    def right(self, text: str) -> None:
        """Write lines that end at the right margin and stay with what follows."""
        self._lines("Normal", text, '<w:keepNext/><w:keepLines/><w:jc w:val="right"/>')

    def quote(self, text: str, *, head: str = "") -> None:
        """Write words as they are, set off by a rule at the left; nothing in them is a gap.

        *head* is a line above that stays with them.
        """
        if head:
            self._lines("Quote", head, f"<w:keepNext/>{_QUOTED}", gaps=False)
        self._lines("Quote", text, _QUOTED, gaps=False)

    def note(self, text: str) -> None:
        """Write small print."""
        self._lines("Caption", text)

    def box(self, text: str) -> None:
        """Write lines in a frame."""
        self._lines("Caption", text, _FRAME)

    def table(self, columns: Columns, rows: Iterable[Sequence[str] | Band]) -> None:
        """Write a table whose head comes again on every page and whose rows stay whole.

        A column of `columns.verbatim` has no gaps.
        """
        self._put(parse_xml(table(columns, rows, self._note_blanks)))
        self._put(_paragraph("Caption", ""))  # Word joins tables that touch

    def picture(self, data: bytes, width: float, caption: str) -> None:
        """Place a picture (PNG or JPEG) in *width* millimetres, with a line beneath."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        paragraph.add_run().add_picture(io.BytesIO(data), width=Mm(width))
        self.note(caption)

    def new_page(self) -> None:
        """Go on at the top of a page."""
        self._put(_paragraph("Normal", '<w:r><w:br w:type="page"/></w:r>'))

    def save(self, target: Path) -> None:
        """Write the file; the same content gives the same bytes. OSError if it cannot be."""
        target.write_bytes(self.data())

    def data(self) -> bytes:
        """Return the file's bytes."""
        drawn, settled = io.BytesIO(), io.BytesIO()
        self._document.save(drawn)
        with (
            zipfile.ZipFile(drawn) as source,
            zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as copy,
        ):
            for entry in source.infolist():
                copy.writestr(zipfile.ZipInfo(entry.filename, _ZIP_TIME), source.read(entry), 8)
        return settled.getvalue()

    def _lines(self, style: str, text: str, layout: str = "", *, gaps: bool = True) -> None:
        for line in printable(text).split("\n"):
            if gaps:
                self._note_blanks(line)
            self._put(_paragraph(style, runs(line, gaps=gaps), layout))

    def _note_blanks(self, text: str) -> None:
        self._blanks.update(dict.fromkeys(BLANK.findall(text)))

    def _put(self, element: BaseOxmlElement) -> None:
        self._body.sectPr.addprevious(element)


def _paragraph(style: str, content: str, layout: str = "") -> BaseOxmlElement:
    return parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style}"/>{layout}</w:pPr>{content}</w:p>'
    )


def _field(name: str) -> str:
    """Return a field that Word works out whenever it lays pages out."""
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="480"/>'
_LINE_BELOW = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="999999"/></w:pBdr>'
_QUOTED = (
    '<w:pBdr><w:left w:val="single" w:sz="12" w:space="8" w:color="999999"/></w:pBdr>'
    '<w:ind w:left="480"/>'
)
_FRAME = (
    "<w:pBdr>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="4" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right")
    )
    + "</w:pBdr>"
)
