"""附件: every page of every original, two beside one another; long ones go on overleaf."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from smsdesk.domain.cases import Original
from smsdesk.domain.exhibits import Attachment
from smsdesk.domain.messages import Message
from smsdesk.report.exhibits import Exhibit, Group, file_id, pages_of
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
from smsdesk.report.pdf.styles import (
    BODY_BOLD,
    CAPTION,
    CAPTION_BOLD,
    CAPTION_GREY,
    HASH,
    SUBHEADING,
)
from smsdesk.report.pdf.tables import Cell, Columns, table
from smsdesk.report.pdf.text import Glyphs, one_line, shape
from smsdesk.report.phrases import captured, moment, ranges, sender_name


def annex(book: Book) -> Part:
    """Return all originals in the order of the exhibits."""
    return Part("annex", "附件", _blocks(book))


def _blocks(book: Book) -> Iterator[Block]:
    place = Placing.named("annex", "附件　证据原件")
    yield heading("附件　证据原件", placing=place)
    for group in book.numbering.groups:
        yield from _group(book, group)
    if not book.numbering.groups:
        yield Paragraph.of("本案尚无证据原件。")


@dataclass(frozen=True, slots=True)
class Item:
    """A piece, the file that it is of, and the exhibit it belongs to."""

    piece: Piece
    file: Original | Attachment
    exhibit: Exhibit

    @property
    def opens(self) -> bool:
        """Whether the exhibit begins with this piece."""
        starts = self.piece.part == 1 and self.piece.page.index == 0
        return starts and self.file is next(_printed(self.exhibit), None)

    @property
    def ends(self) -> bool:
        """Whether the file ends with this piece."""
        last = self.piece.page.index == len(self.file.pages) - 1
        return last and self.piece.part == self.piece.parts


def _printed(exhibit: Exhibit) -> Iterator[Original | Attachment]:
    """Yield the files of an exhibit that can be shown."""
    yield from exhibit.originals
    yield from (file for file in exhibit.attachments if file.page_sizes)


def _group(book: Book, group: Group) -> Iterator[Block]:
    """Pair the pieces of a group's pictures; a wide one stands alone. Then list other files."""
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
    yield from _listed_only(book, group)


def _items(book: Book, group: Group) -> Iterator[Item]:
    for exhibit in group.exhibits:
        for file in _printed(exhibit):
            for page in pages_of(file):
                for piece in book.pieces(page):
                    yield Item(piece, file, exhibit)


_LISTED = Columns.of(16, 62, 22, 65)


def _listed_only(book: Book, group: Group) -> Iterator[Block]:
    """List the files that cannot be printed; they are handed over as files."""
    files = [f for e in group.exhibits for f in e.attachments if not f.page_sizes]
    if not files:
        return
    yield Paragraph.of("另附的文件（不能印在纸上，以文件形式提交）", BODY_BOLD, _LISTED_PLACING)
    rows: list[list[str | Cell]] = [
        [
            book.numbering.originals[file_id(file)],
            file.file_name,
            f"{file.size:,} 字节",
            Paragraph.of(f"{file.sha256[:32]}\n{file.sha256[32:]}", HASH),
        ]
        for file in files
    ]
    yield from table(_LISTED, ("编号", "文件名", "大小", "SHA-256"), rows)


_LISTED_PLACING = Placing(space=15, keep_next=True)


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
        ends = [original_end(file_id(item.file)) for item in self.items if item.ends]
        bookmarks = [
            (_bookmark(item.exhibit), 1, original_anchor(file_id(item.file)))
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
    return f"证据 {exhibit.number}　{exhibit.texts.name}"


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
    title = f"证据 {book.evidence(piece.page.original_id, piece.page.index)}"
    if len(item.file.pages) > 1:
        title += f"（共 {len(item.file.pages)} 页）"
    if piece.parts > 1:
        title += (
            f"（第 1 段，共 {piece.parts} 段）"
            if piece.part == 1
            else f"（续 {piece.part}/{piece.parts}）"
        )
    if sheet.is_reduced(piece.page):
        title += "（打印尺寸副本）"
    words = f"{title}　{_subject(item.exhibit)}"
    sheet.line_of(one_line(words, CAPTION.size, width, bold=True), x, y, CAPTION_BOLD)
    sheet.tell(title)
    sheet.tell(item.file.sha256)
    for row, glyphs in enumerate(_particulars(book, item, width), 1):
        sheet.line_of(glyphs, x, y + row * CAPTION.leading, CAPTION)
    _backlink(book, sheet, piece, x, y + 6 * CAPTION.leading)


def _particulars(book: Book, item: Item, width: float) -> Sequence[Glyphs]:
    """Return file name and size, time, phone, and the hash on two lines."""
    file, page = item.file, item.piece.page
    pixels = shape(f"　{page.width} × {page.height} 像素")
    room = width - sum(g.width for g in pixels) * CAPTION.size
    half = len(file.sha256) // 2
    when, whence = _history(book, file)
    return (
        one_line(file.file_name, CAPTION.size, room) + pixels,
        one_line(when, CAPTION.size, width),
        one_line(whence, CAPTION.size, width),
        shape(f"SHA-256　{file.sha256[:half]}"),
        shape(f"　　　　　{file.sha256[half:]}"),
    )


def _subject(exhibit: Exhibit) -> str:
    """Return what a picture of an exhibit shows, for its caption."""
    return f"与 {sender_name(exhibit.sender)} 的短信" if exhibit.sender else exhibit.texts.name


def _history(book: Book, file: Original | Attachment) -> tuple[str, str]:
    """Return when a file came to be, and where it comes from."""
    if isinstance(file, Original):
        return _captured(file), f"原始载体　{book.device_name(file)}"
    when = moment(file.file_time, seconds=True) if file.file_time else "不明"
    return f"文件时间　{when}", f"加入案件　{moment(file.added_at, seconds=True)}"


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
