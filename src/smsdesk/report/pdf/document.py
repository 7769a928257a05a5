"""The court PDF from its content to a checked file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from smsdesk.report.content import CourtFile, PdfFacts
from smsdesk.report.pdf.archive import finish, read_back
from smsdesk.report.pdf.book import Book
from smsdesk.report.pdf.fonts import REGULAR, register
from smsdesk.report.pdf.pages import Furniture, Layout, Page
from smsdesk.report.pdf.pictures import PictureStore
from smsdesk.report.pdf.sections.annex import annex
from smsdesk.report.pdf.sections.catalogue import catalogue
from smsdesk.report.pdf.sections.classification import classification
from smsdesk.report.pdf.sections.cover import cover
from smsdesk.report.pdf.sections.statement import statement
from smsdesk.report.pdf.sections.statistics import statistics
from smsdesk.report.pdf.sections.timeline import timeline
from smsdesk.report.pdf.sheet import Sheet
from smsdesk.report.pdf.styles import BODY_WIDTH, MARGIN_LEFT
from smsdesk.report.pdf.text import plain
from smsdesk.report.phrases import moment

SECTIONS = (cover, catalogue, statistics, timeline, classification, annex, statement)
"""The seven parts in the order in which they are bound."""


def write_pdf(
    content: CourtFile, target: Path, on_page: Callable[[int, int], None] = lambda *_: None
) -> PdfFacts:
    """Write *content* as a PDF to *target*, read it back, and return what it holds.

    *on_page* is told (pages drawn, pages in all) before each page; what it raises stops the
    writing. The same content gives the same bytes. ExportMismatch if a page, message or original
    is missing from what was written; OSError if *target* cannot be written.
    """
    book = Book.of(content)
    layout = _lay_out(book)
    draft = target.with_name(target.name + ".draw")
    try:
        _draw(book, layout, draft, on_page)
        finish(draft, target, content)
    finally:
        draft.unlink(missing_ok=True)
    drawn = Counter(book.drawn)
    return read_back(target, len(layout.pages), drawn, content)


def page_numbers(content: CourtFile) -> Mapping[str, int]:
    """Return on which page of the PDF each place lies, without writing it.

    Keys are the anchors of book.py (`original_anchor`, `original_end`, `message_anchor`), the keys
    of parts ("timeline") and their ends (`part_end`).
    """
    return _lay_out(Book.of(content)).anchors


def _lay_out(book: Book) -> Layout:
    register()
    layout = Layout()
    for section in SECTIONS:
        layout.add(section(book))
    return layout


def _draw(book: Book, layout: Layout, target: Path, on_page: Callable[[int, int], None]) -> None:
    canvas = Canvas(
        str(target), pagesize=A4, invariant=1, initialFontName=REGULAR, pageCompression=1
    )
    store = PictureStore(book.content.pictures)
    content = book.content
    furniture = Furniture(
        content.card.title,
        f"原件清单 {content.manifest_sha256[:12]}",
        f"编制于 {moment(book.made_at)}",
        len(layout.pages),
    )
    for page in layout.pages:
        on_page(page.number - 1, len(layout.pages))
        sheet = Sheet(canvas, page.number, layout.anchors, store.draw)
        _draw_page(sheet, page, furniture)
        canvas.showPage()
    on_page(len(layout.pages), len(layout.pages))
    book.drawn["missing"] = len(store.missing)
    canvas.save()


def _draw_page(sheet: Sheet, page: Page, furniture: Furniture) -> None:
    furniture.draw(sheet, page)
    for placed in page.placed:
        placing = placed.block.placing
        for anchor in placing.anchors:
            sheet.anchor(anchor, placed.y - 6)
        for title, level, anchor in placing.bookmarks:
            sheet.bookmark(plain(title), level, anchor)
        placed.block.draw(sheet, MARGIN_LEFT, placed.y, BODY_WIDTH)
