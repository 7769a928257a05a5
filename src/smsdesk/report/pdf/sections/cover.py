"""封面: whose file it is, what it covers, and the record that ties it to the originals."""

from __future__ import annotations

from collections.abc import Sequence

from smsdesk.report.pdf.blocks import Block, Drawing, Paragraph, Placing
from smsdesk.report.pdf.book import Book, device_words
from smsdesk.report.pdf.pages import Part
from smsdesk.report.pdf.sheet import Sheet
from smsdesk.report.pdf.styles import (
    BODY,
    BODY_BOLD,
    BODY_WIDTH,
    CAPTION,
    CAPTION_BOLD,
    CAPTION_GREY,
    MM,
    TITLE,
    Style,
)
from smsdesk.report.pdf.tables import Columns, gap, text_row
from smsdesk.report.phrases import day, file_count, moment

_CASE_TITLE = Style(12, 18, align="center")
_LINE = Style(9.5, 15, align="center")
_FIELDS = Columns.of(30, 135)
_RECORD = Columns.of(38, 127)


def cover(book: Book) -> Part:
    """Return the cover."""
    title = Placing.named("cover", "封面")
    blocks: list[Block] = [
        gap(50 * MM),
        Paragraph.of("证 据 材 料", TITLE, title),
        Paragraph.of(book.content.card.title, _CASE_TITLE, Placing(space=6)),
        *_masked(book),
        gap(14 * MM),
        *_fields(book),
        gap(15),
        Paragraph.of(_counts(book), _LINE),
        gap(18),
        *_record(book),
        gap(24),
        Drawing(66, _signature),
        Paragraph.of(_DISCLAIMER, CAPTION_GREY, Placing(space=9)),
    ]
    return Part("cover", "封面", blocks, running_head=False)


def _masked(book: Book) -> list[Block]:
    """Say on the cover that this is not the file that a court gets."""
    if book.content.masks is None:
        return []
    return [Paragraph.of(_MASKED, _CASE_TITLE, Placing(space=6))]


_MASKED = "脱敏副本（第三人信息已遮盖，遮盖之处见「完整性说明」）"
_DISCLAIMER = (
    "本材料由程序按提交人导入的截图整理而成，用于归集和说明证据；所列标签仅表示「涉嫌」或「可能对应」，"
    "不构成法律意见，也不是对任何人是否违法的认定。"
)


def _fields(book: Book) -> list[Block]:
    card = book.content.card
    period = book.period
    submitted = book.content.submitted_on
    values = [
        ("案由", card.cause),
        ("案号", card.case_number or "（立案后填写）"),
        ("原告／申请人", card.claimant),
        ("被告／被投诉机构", card.respondent),
        ("提交人", card.submitter or card.claimant),
        ("提交日期", day(submitted) if submitted else "　　　　年　　月　　日"),
        ("短信期间", f"{day(period[0])} 至 {day(period[1])}" if period else "日期未能确定"),
        ("原始载体", _devices(book)),
    ]
    rows = [_row(_FIELDS, name, value, BODY_BOLD, BODY) for name, value in values]
    return list(rows)


def _row(columns: Columns, name: str, value: str, left: Style, right: Style) -> Block:
    return text_row(columns, [Paragraph.of(name, left), Paragraph.of(value, right)])


def _devices(book: Book) -> str:
    return "；".join(device_words(device) for device in book.content.devices)


def _counts(book: Book) -> str:
    content = book.content
    shown, total = len(content.messages), content.total_messages
    chosen = f"短信 {shown} 条" if shown == total else f"选列短信 {shown} 条，共 {total} 条"
    return (
        f"{chosen}　·　截图原件 {file_count(content.originals)}　·　一式 {content.card.copies} 份"
    )


def _record(book: Book) -> list[Block]:
    content = book.content
    head = content.custody_head
    pack = content.pack
    values: Sequence[tuple[str, str]] = (
        ("原件清单 SHA-256", content.manifest_sha256),
        ("流转记录末条", f"第 {head.number} 条　{head.hash}" if head else "尚无记录"),
        (
            "程序与规则包",
            f"{content.program_version}　·　规则包 {pack.version if pack else '未使用'}",
        ),
        ("编制时间", f"{moment(book.made_at, seconds=True)}（UTC+08:00）"),
    )
    caption = Paragraph.of(
        "完整性记录（核对方法见「完整性说明」）", CAPTION_BOLD, Placing(keep_next=True)
    )
    return [caption, *(_row(_RECORD, n, v, CAPTION, CAPTION) for n, v in values)]


def _signature(sheet: Sheet, x: float, y: float, width: float) -> None:
    style = Style(9.5, 15)
    middle = x + BODY_WIDTH * 0.42
    sheet.text("提交人（签名／捺印）：", middle, y + 15, width, style)
    sheet.rule(middle + 102, y + 29, x + width, y + 29, black=0.9)
    right = Style(9.5, 15, align="right")
    sheet.text("年　　　月　　　日", x, y + 42, width, right)
