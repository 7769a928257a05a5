"""证据目录 as Art. 19 of the evidence rules wants it: number, source, what it shows, pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from smsdesk.report.exhibits import Exhibit, Group
from smsdesk.report.pdf.blocks import Block, Drawing, Paragraph, Placing, heading
from smsdesk.report.pdf.book import Book, original_anchor, original_end
from smsdesk.report.pdf.pages import Part, part_end
from smsdesk.report.pdf.sheet import Sheet
from smsdesk.report.pdf.styles import (
    BODY,
    CAPTION_GREY,
    GRID,
    TABLE_CENTER,
    TABLE_HEAD,
    Style,
)
from smsdesk.report.pdf.tables import Cell, Columns, Late, Row, head_row, text_row
from smsdesk.report.phrases import file_count, numeral

_COLUMNS = Columns.of(9, 11, 22, 22, 66, 17, 9, 9, grid=True)
_PAGES = Style(8, 13, align="center")
"""Small enough for "1234–1245" in its column."""
_TITLES = ("序号", "编号", "证据名称", "证据来源", "证明对象和内容简述", "页码", "份数", "备注")
_GROUP_SHADE = 0.08
_SMALL_TITLE = Style(15, 22.5, bold=True, align="center")

COMPANIONS = (
    ("timeline", "短信时间轴摘录", "逐条列明编号、时间及其依据、号码、全文，并附截图局部"),
    ("statistics", "短信统计", "按日期、时段、号码和标签归纳短信数量"),
    ("classification", "分类汇总", "按标签列出短信编号和可能对应的规定"),
    ("statement", "完整性说明", "列明全部原件的校验值和核对方法"),
)
"""Anchor, name and content of what accompanies the evidence itself."""


def catalogue(book: Book) -> Part:
    """Return the catalogue of exhibits."""
    return Part("catalogue", "证据目录", _blocks(book))


def _blocks(book: Book) -> Iterator[Block]:
    head = head_row(_COLUMNS, _TITLES)
    card = book.content.card
    number = card.case_number or "（立案后填写）"
    yield heading("证 据 目 录", _SMALL_TITLE, placing=Placing.named("catalogue", "证据目录"))
    yield Paragraph.of(f"案由：{card.cause}　　案号：{number}", BODY, Placing(space=6))
    yield Paragraph.of(f"提交人：{card.submitter or card.claimant}　　{_extent(book)}", BODY)
    yield head_row(_COLUMNS, _TITLES, space=6)
    serial = 0
    for group in book.numbering.groups:
        yield _group_row(group_title(group), head)
        above = ""
        for exhibit in group.exhibits:
            serial += 1
            yield _exhibit_row(book, exhibit, serial, head, above)
            above = exhibit.texts.source
    yield _group_row("附属说明（由程序根据上列证据编制，便于查阅，本身不作为证据）", head)
    companions = [_companion_row(book, entry, head) for entry in COMPANIONS]
    never_alone = replace(companions[-1].placing, keep_next=True)  # the signature behind it
    yield from (*companions[:-1], replace(companions[-1], placing=never_alone))
    yield Drawing(75, _foot, Placing(space=GRID, keep_next=True))
    yield Paragraph.of(_chosen(book) + _NOTE, CAPTION_GREY)


_NOTE = (
    "页码为全卷连续页码。短信截图为直接来源于手机原始载体的打印件，"
    "原始载体由所列保管人保存，可当庭核验。"
)


def _chosen(book: Book) -> str:
    """Say how many of the messages are listed, where it is not all."""
    chosen, total = len(book.content.messages), book.content.total_messages
    return f"选列短信 {chosen} 条，共 {total} 条；编号为全案编号。" if chosen < total else ""


def _extent(book: Book) -> str:
    groups = book.numbering.groups
    exhibits = sum(len(group.exhibits) for group in groups)
    files = len(book.numbering.attachments)
    others = f"，其他证据文件 {files} 件" if files else ""
    return (
        f"共 {len(groups)} 组 {exhibits} 项，截图原件 {file_count(book.content.originals)}{others}"
    )


def group_title(group: Group) -> str:
    """Return the heading of a group of exhibits."""
    return f"第{numeral(group.number)}组　{group.title}"


def _group_row(title: str, head: Row) -> Row:
    whole = Columns((sum(_COLUMNS.widths),), grid=True)
    cell = Paragraph.of(title, TABLE_HEAD)
    return Row(whole, (cell,), shade=_GROUP_SHADE, placing=Placing(keep_next=True, again=head))


def _exhibit_row(book: Book, exhibit: Exhibit, serial: int, head: Row, above: str) -> Row:
    """Return the row of an exhibit; *above* is the source in the row before it."""
    texts = exhibit.texts
    cells: list[str | Cell] = [
        Paragraph.of(str(serial), TABLE_CENTER),
        Paragraph.of(exhibit.number, TABLE_CENTER),
        texts.name,
        "同上" if texts.source and texts.source == above else texts.source,
        "\n".join(part for part in (_titled("证明：", texts.proves), texts.summary) if part),
        _exhibit_pages(book, exhibit),
        Paragraph.of(str(texts.copies), TABLE_CENTER),
        texts.remark,
    ]
    return text_row(_COLUMNS, cells, head)


def _titled(title: str, words: str) -> str:
    return f"{title}{words}" if words else ""


def _exhibit_pages(book: Book, exhibit: Exhibit) -> Cell:
    """Return the pages of an exhibit; what cannot be printed is handed over as files."""
    shown = [pages[0].original_id for pages in exhibit.shown if pages]
    if not shown:
        return Paragraph.of("另附", TABLE_CENTER)
    return _pages(book, original_anchor(shown[0]), original_end(shown[-1]))


def _pages(book: Book, first: str, last: str) -> Late:
    """Return the cell of a range of pages; in volumes each end may lie in another."""

    def words(sheet: Sheet) -> list[str]:
        start, end = sheet.place_of(first), sheet.place_of(last)
        pages = str(start.number) if start == end else f"{start.number}–{end.number}"
        if not book.in_volumes:
            return [pages]
        if start.volume == end.volume:
            return [f"卷 {start.volume}", pages]
        return [f"卷 {start.volume}–{end.volume}", pages]

    return Late(words, _PAGES, first, 2 if book.in_volumes else 1)


def _companion_row(book: Book, entry: tuple[str, str, str], head: Row) -> Row:
    anchor, name, content = entry
    cells: list[str | Cell] = [
        "",
        Paragraph.of("附", TABLE_CENTER),
        name,
        "程序编制",
        content,
        _pages(book, anchor, part_end(anchor)),
        Paragraph.of(str(book.content.card.copies), TABLE_CENTER),
        "",
    ]
    return text_row(_COLUMNS, cells, head)


def _foot(sheet: Sheet, x: float, y: float, width: float) -> None:
    style = Style(9.5, 15)
    middle = x + width * 0.45
    sheet.text("提交人（签名／捺印）：", middle, y, width, style)
    sheet.rule(middle + 102, y + 14, x + width, y + 14, black=0.9)
    sheet.text("日期：　　　　　年　　　月　　　日", middle, y + 24, width, style)
    sheet.text("本目录一式 ____ 份", x, y + 24, width, style)
