"""附件: every original, whole, two beside one another; long ones go on over several pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from smsdesk.domain.cases import Original
from smsdesk.report.exhibits import Exhibit
from smsdesk.report.pdf.blocks import Block, Paragraph, Placing, draw_lines, heading
from smsdesk.report.pdf.book import Book, message_anchor, original_anchor, original_end
from smsdesk.report.pdf.pages import Part
from smsdesk.report.pdf.sheet import Sheet
from smsdesk.report.pdf.styles import (
    BODY_HEIGHT,
    BODY_WIDTH,
    CAPTION,
    CAPTION_BOLD,
    CAPTION_GREY,
    MM,
    SUBHEADING,
)
from smsdesk.report.pdf.text import Line, break_lines, one_line, shape
from smsdesk.report.phrases import captured, exhibit_name, ranges

_GUTTER = 5 * MM
CELL_WIDTH = (BODY_WIDTH - _GUTTER) / 2
"""80 mm: two to a page, and never wider than the 82 mm that keep a phone's text legible."""
_CAPTION_LINES = 7
_CAPTION_HEIGHT = _CAPTION_LINES * CAPTION.leading + 4
MAX_PICTURE = BODY_HEIGHT - _CAPTION_HEIGHT - 84
"""What a page leaves for a picture below its caption (and the headings of the first page)."""
OVERLAP = 10 * MM
_WIDE = 1.15
"""Pictures broader than high (tablets) get the whole width; at 80 mm they could not be read."""
_BLANK_STEP = 6
"""Rows whose darkest and lightest pixel differ by no more than this (of 255) are blank: JPEG noise
stays below it, the palest bubble outline stands out from its ground by 10 and more."""
_SEARCH = 0.3
"""A cut is looked for in this last share of a piece; higher up would waste paper."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The rows y0 to y1 of an original that stand in one cell; piece *part* of *parts*."""

    original: Original
    y0: int
    y1: int
    part: int
    parts: int


def annex(book: Book) -> Part:
    """Return all originals in the order of the exhibits."""
    place = Placing(anchors=("annex",), bookmark=("附件　截图原件", 0))
    blocks: list[Block] = [heading("附件　截图原件", placing=place)]
    for exhibit, pieces in _by_exhibit(book):
        blocks.append(_exhibit_head(exhibit))
        blocks += _rows(book, pieces)
    if len(blocks) == 1:
        blocks.append(Paragraph.of("本案尚无截图原件。"))
    return Part("annex", "附件", blocks)


def _by_exhibit(book: Book) -> Iterator[tuple[Exhibit, list[Piece]]]:
    for group in book.numbering.groups:
        for exhibit in group.exhibits:
            yield exhibit, [p for o in exhibit.originals for p in pieces_of(book, o)]


def _exhibit_head(exhibit: Exhibit) -> Block:
    title = f"证据 {exhibit.number}　{exhibit_name(exhibit)}"
    place = Placing(anchors=(f"exhibit-{exhibit.number}",), bookmark=(title, 1))
    return heading(title, SUBHEADING, space=24, placing=place)


def _rows(book: Book, pieces: Sequence[Piece]) -> Iterator[Block]:
    """Pair the pieces of an exhibit; a wide one stands alone."""
    waiting: list[Piece] = []
    for piece in pieces:
        if is_wide(piece.original):
            yield from _flush(book, waiting)
            yield PictureRow(book, (piece,))
            continue
        waiting.append(piece)
        if len(waiting) == 2:
            yield from _flush(book, waiting)
    yield from _flush(book, waiting)


def _flush(book: Book, waiting: list[Piece]) -> Iterator[Block]:
    if waiting:
        yield PictureRow(book, tuple(waiting))
        waiting.clear()


def is_wide(original: Original) -> bool:
    """Say whether an original takes the whole width of the page."""
    return original.width > _WIDE * original.height


def cell_width(original: Original) -> float:
    """Return how wide an original is printed."""
    return BODY_WIDTH if is_wide(original) else CELL_WIDTH


def pieces_of(book: Book, original: Original) -> list[Piece]:
    """Return the pieces in which an original is printed, one where it fits a page."""
    scale = cell_width(original) / original.width
    if original.height * scale <= MAX_PICTURE:
        return [Piece(original, 0, original.height, 1, 1)]
    overlap = round(OVERLAP / scale)
    image = book.content.pictures.upright(original.id)
    cuts = find_cuts(image, int(MAX_PICTURE / scale), overlap)
    return [Piece(original, y0, y1, part, len(cuts)) for part, (y0, y1) in enumerate(cuts, 1)]


def find_cuts(image: Image.Image, limit: int, overlap: int) -> list[tuple[int, int]]:
    """Cut a picture into pieces of at most *limit* rows, at blank rows where there are any.

    Each piece but the first repeats *overlap* rows of the one before.
    """
    blank = _blank_rows(image)
    pieces = []
    top = 0
    while image.height - top > limit:
        bottom = _cut_between(blank, top + round(limit * (1 - _SEARCH)), top + limit)
        pieces.append((top, bottom))
        top = bottom - overlap
    return [*pieces, (top, image.height)]


def _blank_rows(image: Image.Image) -> np.ndarray:
    """Return for each row whether it shows nothing but its ground."""
    grey = np.asarray(image.convert("L"))
    spread: np.ndarray = grey.max(axis=1).astype(np.int16) - grey.min(axis=1)
    return spread <= _BLANK_STEP


def _cut_between(blank: np.ndarray, low: int, high: int) -> int:
    """Return the middle of the longest run of blank rows in [low, high), *high* if none."""
    best, best_length, start = high, 0, None
    for row in range(low, high + 1):
        if row < high and blank[row]:
            start = row if start is None else start
        elif start is not None:
            if row - start > best_length:
                best, best_length = (start + row) // 2, row - start
            start = None
    return best


@dataclass(frozen=True, slots=True)
class PictureRow:
    """One or two pieces with their captions, side by side."""

    book: Book
    pieces: tuple[Piece, ...]

    @property
    def placing(self) -> Placing:
        """Name the places of the originals that begin and end here."""
        begins = [original_anchor(p.original.id) for p in self.pieces if p.part == 1]
        ends = [original_end(p.original.id) for p in self.pieces if p.part == p.parts]
        return Placing(space=9, anchors=(*begins, *ends))

    def height(self, width: float) -> float:
        """Return the height of the higher piece with its caption."""
        return _CAPTION_HEIGHT + max(self._size(piece)[1] for piece in self.pieces)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Never splits: long pictures were cut before."""
        return None

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw the pieces."""
        for piece in self.pieces:
            self._caption(sheet, piece, x, y)
            self._picture(sheet, piece, x, y + _CAPTION_HEIGHT)
            x += CELL_WIDTH + _GUTTER

    def _size(self, piece: Piece) -> tuple[float, float]:
        width = cell_width(piece.original)
        height = (piece.y1 - piece.y0) * width / piece.original.width
        shrink = min(1.0, MAX_PICTURE / height)
        return width * shrink, height * shrink

    def _picture(self, sheet: Sheet, piece: Piece, x: float, y: float) -> None:
        width, height = self._size(piece)
        original = piece.original
        sheet.picture(original.id, (x, y, width, height), (0, piece.y0, original.width, piece.y1))
        sheet.box(x, y, width, height, stroke=0.6)
        if piece.part == piece.parts:
            self.book.drawn["originals"] += 1

    def _caption(self, sheet: Sheet, piece: Piece, x: float, y: float) -> None:
        original, width = piece.original, cell_width(piece.original)
        number = self.book.numbering.originals[original.id]
        more = f"　续 {piece.part}/{piece.parts}" if piece.parts > 1 else ""
        if piece.part == 1 and more:
            more = f"　长图，共 {piece.parts} 段，第 1 段"
        sheet.text(f"证据 {number}{more}", x, y, width, CAPTION_BOLD)
        pixels = f"　{original.width} × {original.height} 像素"
        room = width - sum(g.width for g in shape(pixels)) * CAPTION.size
        name = one_line(original.file_name, CAPTION.size, room) + shape(pixels)
        half = len(original.sha256) // 2
        lines = [
            name,
            one_line(f"截图时间　{captured(original.captured)}", CAPTION.size, width),
            one_line(f"原始载体　{self.book.device_name(original)}", CAPTION.size, width),
            shape(f"SHA-256　{original.sha256[:half]}"),
            shape(f"　　　　　{original.sha256[half:]}"),
        ]
        for row, glyphs in enumerate(lines, 1):
            length = sum(g.width for g in glyphs)
            line = Line(glyphs, length, ends=True)
            sheet.line(line, x, y + row * CAPTION.leading, width, CAPTION)
        self._backlink(sheet, original, x, y + 6 * CAPTION.leading, width)

    def _backlink(self, sheet: Sheet, original: Original, x: float, y: float, width: float) -> None:
        """Lead back from the picture to the messages that were read from it."""
        shown = self.book.numbering.shown_in.get(original.id)
        if not shown:
            return
        numbers = ranges([int(self.book.number(m)) for m in shown])
        words = one_line(f"所见短信　{numbers}", CAPTION_GREY.size, width)
        draw_lines(sheet, break_lines(words, width), x, y, width, CAPTION_GREY)
        sheet.link(message_anchor(shown[0].id), x, y, width, CAPTION_GREY.leading)
