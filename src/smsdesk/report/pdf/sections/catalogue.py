"""证据目录 as Art. 19 of the evidence rules wants it: number, source, what it shows, pages."""

from __future__ import annotations

from dataclasses import replace

from smsdesk.domain.cases import SourceDevice
from smsdesk.domain.findings import Recipient
from smsdesk.domain.messages import Message
from smsdesk.domain.screens import Direction
from smsdesk.report.exhibits import Exhibit, Group
from smsdesk.report.figures import at_night, known_day
from smsdesk.report.labels import count_labels
from smsdesk.report.pdf.blocks import Block, Drawing, Paragraph, Placing, heading
from smsdesk.report.pdf.book import Book, device_words, exhibit_anchor, original_end
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
from smsdesk.report.phrases import exhibit_name, file_count, numeral

_COLUMNS = Columns.of(10, 14, 34, 28, 42, 18, 10, 9, grid=True)
_PAGES = Style(8, 13, align="center")
"""Small enough for "1234–1245" in its column."""
_TITLES = ("序号", "编号", "证据名称", "证据来源", "证明对象及内容简述", "页码", "份数", "备注")
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
    head = head_row(_COLUMNS, _TITLES)
    place = Placing.named("catalogue", "证据目录")
    card = book.content.card
    blocks: list[Block] = [
        heading("证 据 目 录", _SMALL_TITLE, placing=place),
        Paragraph.of(
            f"案由：{card.cause}　　案号：{card.case_number or '（立案后填写）'}",
            BODY,
            Placing(space=6),
        ),
        Paragraph.of(f"提交人：{card.submitter or card.claimant}　　{_extent(book)}", BODY),
        head_row(_COLUMNS, _TITLES, space=6),
    ]
    serial = 0
    for group in book.numbering.groups:
        blocks.append(_group_row(group_title(group), head))
        for exhibit in group.exhibits:
            serial += 1
            blocks.append(_exhibit_row(book, group, exhibit, serial, head))
    blocks.append(_group_row("附属说明（由程序根据上列证据编制，便于查阅，本身不作为证据）", head))
    companions = [_companion_row(book, entry, head) for entry in COMPANIONS]
    never_alone = replace(companions[-1].placing, keep_next=True)  # the signature behind it
    blocks += [*companions[:-1], replace(companions[-1], placing=never_alone)]
    blocks += [Drawing(75, _foot, Placing(space=GRID)), Paragraph.of(_NOTE, CAPTION_GREY)]
    return Part("catalogue", "证据目录", blocks)


_NOTE = (
    "页码为全卷连续页码。证据来源栏所称原始载体见各组标题。"
    "短信截图为直接来源于手机原始载体的打印件，原始载体由所列保管人保存，可当庭核验。"
)


def _extent(book: Book) -> str:
    groups = book.numbering.groups
    exhibits = sum(len(group.exhibits) for group in groups)
    return f"共 {len(groups)} 组 {exhibits} 项，截图原件 {file_count(book.content.originals)}"


def group_title(group: Group) -> str:
    """Return the heading of a phone's exhibits, with who keeps the phone."""
    device = group.device
    title = f"第{numeral(group.number)}组　{device_words(device)}"
    kept = f"　原始载体由{device.kept_by}保管" if device.kept_by else ""
    if device.recipient == Recipient.THIRD:
        return f"{title}收到的短信（收件人：第三人{_relation(device)}）{kept}"
    return f"{title}收发的短信{kept}"


def _relation(device: SourceDevice) -> str:
    return f"，{device.relation}" if device.relation else ""


def _group_row(title: str, head: Row) -> Row:
    whole = Columns((sum(_COLUMNS.widths),), grid=True)
    cell = Paragraph.of(title, TABLE_HEAD)
    return Row(whole, (cell,), shade=_GROUP_SHADE, placing=Placing(keep_next=True, again=head))


def _exhibit_row(book: Book, group: Group, exhibit: Exhibit, serial: int, head: Row) -> Row:
    first, last = exhibit_anchor(exhibit), original_end(exhibit.originals[-1].id)
    cells: list[str | Cell] = [
        Paragraph.of(str(serial), TABLE_CENTER),
        Paragraph.of(exhibit.number, TABLE_CENTER),
        exhibit_name(exhibit),
        "本组原始载体所存短信的截图打印件",
        _content(book, exhibit),
        _pages(book, first, last),
        Paragraph.of(str(book.content.card.copies), TABLE_CENTER),
        "",
    ]
    return text_row(_COLUMNS, cells, head)


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


def _content(book: Book, exhibit: Exhibit) -> str:
    """Describe an exhibit in neutral words; labels are only ever 涉嫌."""
    if not exhibit.messages:
        return "截图原样附上，内容见附件"
    facts = _span(exhibit.messages) + _counted(exhibit.messages)
    labels = count_labels(exhibit.messages)
    if not labels:
        return f"{facts}。"
    listed = "、".join(f"{book.label(v)} {sum(n)} 条" for v, n in labels.items())
    waiting = sum(proposed for _, proposed in labels.values())
    return f"{facts}。涉嫌：{listed}{f'（其中 {waiting} 处待确认）' if waiting else ''}。"


def _span(messages: tuple[Message, ...]) -> str:
    days = sorted(d for m in messages if (d := known_day(m.sent)))
    if not days:
        return ""
    return f"{days[0]}，" if days[0] == days[-1] else f"{days[0]} 至 {days[-1]}，"


def _counted(messages: tuple[Message, ...]) -> str:
    received = [m for m in messages if m.direction == Direction.IN]
    words = f"收到 {len(received)} 条"
    if night := sum(at_night(m.sent) for m in received):
        words += f"（其中夜间 {night} 条）"
    sent = len(messages) - len(received)
    return f"{words}，机主发出 {sent} 条" if sent else words


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
