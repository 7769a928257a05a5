"""附件: every page of every original, two beside one another; long ones go on overleaf."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from smsdesk.domain.cases import Original
from smsdesk.domain.messages import Message
from smsdesk.report.exhibits import Exhibit, Group
from smsdesk.report.pdf.blocks import Block, Paragraph, Placing, Shown, heading
from smsdesk.report.pdf.book import Book, message_anchor, original_anchor, original_end
from smsdesk.report.pdf.cutting import (
    CAPTION_HEIGHT,
    CELL_WIDTH,
    GUTTER,
    Piece,
    cell_width,
    is_wide,
)
from smsdesk.report.pdf.pages import Part
from smsdesk.report.pdf.sections.catalogue import group_title
from smsdesk.report.pdf.sheet import Sheet
from smsdesk.report.pdf.styles import CAPTION, CAPTION_BOLD, CAPTION_GREY, SUBHEADING
from smsdesk.report.pdf.text import Glyphs, one_line, shape
from smsdesk.report.phrases import captured, exhibit_name, exhibit_subject, ranges


def annex(book: Book) -> Part:
    """Return all originals in the order of the exhibits."""
    return Part("annex", "附件", _blocks(book))


def _blocks(book: Book) -> Iterator[Block]:
    place = Placing.named("annex", "附件　截图原件")
    yield heading("附件　截图原件", placing=place)
    for group in book.numbering.groups:
        yield from _group(book, group)
    if not book.numbering.groups:
        yield Paragraph.of("本案尚无截图原件。")


@dataclass(frozen=True, slots=True)
class Item:
    """A piece, the original that it is of, and the exhibit it belongs to."""

    piece: Piece
    original: Original
    exhibit: Exhibit

    @property
    def opens(self) -> bool:
        """Whether the exhibit begins with this piece."""
        starts = self.piece.part == 1 and self.piece.page.index == 0
        return starts and self.original is self.exhibit.originals[0]

    @property
    def ends(self) -> bool:
        """Whether the original ends with this piece."""
        last = self.piece.page.index == len(self.original.pages) - 1
        return last and self.piece.part == self.piece.parts


def _group(book: Book, group: Group) -> Iterator[Block]:
    """Pair the pieces of a phone's screenshots; a wide one stands alone."""
    yield heading(group_title(group), SUBHEADING, space=24)
    waiting: list[Item] = []
    for item in _items(book, group):
        if waiting and (is_wide(item.piece.page) or is_wide(waiting[0].piece.page)):
            yield PictureRow(book, tuple(waiting))
            waiting = []
        waiting.append(item)
        if len(waiting) == 2:
            yield PictureRow(book, tuple(waiting))
            waiting = []
    if waiting:
        yield PictureRow(book, tuple(waiting))


def _items(book: Book, group: Group) -> Iterator[Item]:
    for exhibit in group.exhibits:
        for original in exhibit.originals:
            for page in original.pages:
                for piece in book.pieces(page):
                    yield Item(piece, original, exhibit)


@dataclass(frozen=True, slots=True)
class PictureRow:
    """One or two pieces with their captions, side by side."""

    book: Book
    items: tuple[Item, ...]

    @property
    def placing(self) -> Placing:
        """Name the places of the originals that begin and end here."""
        pieces = [item.piece for item in self.items]
        begins = [original_anchor(p.page.original_id, p.page.index) for p in pieces if p.part == 1]
        ends = [original_end(item.original.id) for item in self.items if item.ends]
        bookmarks = [
            (_bookmark(item.exhibit), 1, original_anchor(item.original.id))
            for item in self.items
            if item.opens
        ]
        return Placing(
            space=9,
            anchors=(*begins, *ends),
            bookmarks=tuple(bookmarks),
            shows=tuple(Shown(piece.page) for piece in pieces),
        )

    def height(self, width: float) -> float:
        """Return the height of the higher piece with its caption."""
        return CAPTION_HEIGHT + max(item.piece.size[1] for item in self.items)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Never splits: long pictures were cut before."""
        return None

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw the pieces."""
        for item in self.items:
            _caption(self.book, sheet, item, x, y)
            _picture(sheet, item, x, y + CAPTION_HEIGHT)
            x += CELL_WIDTH + GUTTER


def _bookmark(exhibit: Exhibit) -> str:
    return f"证据 {exhibit.number}　{exhibit_name(exhibit)}"


def _picture(sheet: Sheet, item: Item, x: float, y: float) -> None:
    piece, page = item.piece, item.piece.page
    width, height = piece.size
    if not sheet.picture(page, (x, y, width, height), (0, piece.y0, page.width, piece.y1)):
        _say_missing(sheet, x, y, width, height)
        sheet.ledger.missing.add((page.original_id, page.index))
    sheet.box(x, y, width, height, stroke=0.6)
    sheet.ledger.pictures[page.original_id, page.index].append(sheet.place.number)


def _say_missing(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
    """Say in place of a page that it is damaged; the reason stands in the list of what is left."""
    sheet.rule(x, y, x + width, y + height, width=0.4, black=0.4)
    sheet.rule(x, y + height, x + width, y, width=0.4, black=0.4)
    words = one_line("此页无法显示，原因见「未能采用的文件和页」", CAPTION.size, width - 8)
    sheet.line_of(words, x + 4, y + 4, CAPTION)


def _caption(book: Book, sheet: Sheet, item: Item, x: float, y: float) -> None:
    piece, width = item.piece, cell_width(item.piece.page)
    title = f"证据 {book.evidence(item.original.id, piece.page.index)}"
    if len(item.original.pages) > 1:
        title += f"（共 {len(item.original.pages)} 页）"
    if piece.parts > 1:
        title += (
            f"（第 1 段，共 {piece.parts} 段）"
            if piece.part == 1
            else f"（续 {piece.part}/{piece.parts}）"
        )
    if sheet.is_reduced(piece.page):
        title += "（打印尺寸副本）"
    words = f"{title}　{exhibit_subject(item.exhibit)}"
    sheet.line_of(one_line(words, CAPTION.size, width, bold=True), x, y, CAPTION_BOLD)
    sheet.tell(title)
    sheet.tell(item.original.sha256)
    for row, glyphs in enumerate(_particulars(book, item, width), 1):
        sheet.line_of(glyphs, x, y + row * CAPTION.leading, CAPTION)
    _backlink(book, sheet, piece, x, y + 6 * CAPTION.leading)


def _particulars(book: Book, item: Item, width: float) -> Sequence[Glyphs]:
    """Return file name and size, time, phone, and the hash on two lines."""
    original, page = item.original, item.piece.page
    pixels = shape(f"　{page.width} × {page.height} 像素")
    room = width - sum(g.width for g in pixels) * CAPTION.size
    half = len(original.sha256) // 2
    return (
        one_line(original.file_name, CAPTION.size, room) + pixels,
        one_line(_captured(original), CAPTION.size, width),
        one_line(f"原始载体　{book.device_name(original)}", CAPTION.size, width),
        shape(f"SHA-256　{original.sha256[:half]}"),
        shape(f"　　　　　{original.sha256[half:]}"),
    )


def _captured(original: Original) -> str:
    """Put the note first, so that no narrow column cuts it; the statement has the details."""
    note = "（与画面不符）" if original.contradictions else ""
    return f"截图时间{note}　{captured(original.captured)}"


def _backlink(book: Book, sheet: Sheet, piece: Piece, x: float, y: float) -> None:
    """Lead back from the picture to the messages that were read from this part of it."""
    shown = [
        m for m in book.numbering.shown_in.get(piece.page.original_id, []) if _lies_in(m, piece)
    ]
    if not shown:
        return
    width = cell_width(piece.page)
    words = f"所见短信　{ranges([int(book.number(m)) for m in shown])}"
    sheet.line_of(one_line(words, CAPTION.size, width), x, y, CAPTION_GREY)
    sheet.link(message_anchor(shown[0].id), x, y, width, CAPTION.leading)


def _lies_in(message: Message, piece: Piece) -> bool:
    place = (piece.page.original_id, piece.page.index)
    return any(
        (sighting.original_id, sighting.page) == place
        and piece.y0 <= sighting.box.center_y < piece.y1
        for sighting in message.sightings
    )
