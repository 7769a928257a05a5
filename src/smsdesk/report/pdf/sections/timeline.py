"""时间轴: every message in order, its text verbatim beside the picture it was read from."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from smsdesk.domain.cases import Original
from smsdesk.domain.days import day_of
from smsdesk.domain.findings import Recipient
from smsdesk.domain.messages import Continuity, Message, Sighting
from smsdesk.domain.screens import Direction
from smsdesk.domain.times import CHINA, TimeBasis
from smsdesk.report.labels import matched_spans, shown_labels
from smsdesk.report.pdf.blocks import (
    Block,
    Drawing,
    Paragraph,
    Placing,
    Shown,
    draw_lines,
    heading,
)
from smsdesk.report.pdf.book import Book, message_anchor, original_anchor
from smsdesk.report.pdf.crops import CROP_WIDTH, Crop, crop_of
from smsdesk.report.pdf.labels import Chips, chip
from smsdesk.report.pdf.pages import Part
from smsdesk.report.pdf.sheet import Sheet
from smsdesk.report.pdf.styles import (
    BODY,
    BODY_BOLD,
    BODY_WIDTH,
    CAPTION,
    CAPTION_GREY,
    GRID,
    MM,
    Style,
)
from smsdesk.report.pdf.text import Line, Mark, one_line, shape
from smsdesk.report.phrases import (
    basis,
    clock,
    day,
    moment,
    sender_kind,
    sender_name,
    weekday,
)

_GUTTER = 5 * MM
_TEXT_WIDTH = BODY_WIDTH - CROP_WIDTH - _GUTTER
_PAD = 6.0
_TAIL_GAP = 2.0
_DAY_SHADE = 0.1
_META = Style(8, GRID)
_NUMBER_WIDTH = 30.0


_DATED = re.compile(r"\d月\d{1,2}日|\d[-/.]\d{1,2}")
"""A time label that names a day; others (昨天, 周三) lean on the screenshot's own time."""


def timeline(book: Book) -> Part:
    """Return the timeline of all messages of the file."""
    return Part("timeline", "短信时间轴", _blocks(book))


def _blocks(book: Book) -> Iterator[Block]:
    yield heading("短信时间轴", placing=Placing.named("timeline", "短信时间轴"))
    if not book.content.messages:
        yield Paragraph.of("没有可列的短信。")
        return
    yield from _legend(book)
    for date, messages in _by_day(book.content.messages):
        yield from _day(book, date, messages)


def _by_day(messages: Sequence[Message]) -> Iterator[tuple[dt.date | None, list[Message]]]:
    """Yield runs of messages under one day head; what has no time stays with its neighbours.

    Where a thread has no day at all, its messages stand beside nothing: their day is unknown.
    """
    dated = {m.thread_id for m in messages if _head_day(m)}
    run: list[Message] = []
    current: dt.date | None = None
    for message in messages:
        date = _head_day(message) or (current if message.thread_id in dated else None)
        if run and date != current:
            yield current, run
            run = []
        current = date
        run.append(message)
    if run:
        yield current, run


def _head_day(message: Message) -> dt.date | None:
    known = message.sent.earliest or message.sent.latest
    return known.astimezone(CHINA).date() if known else None


def _day(book: Book, date: dt.date | None, messages: list[Message]) -> Iterator[Block]:
    words = _day_words(book, date, messages)
    anchor = f"day-{book.number(messages[0])}"
    title = day(date) if date else "时间不明"
    yield _day_head(words, Placing(10, True, (anchor,), ((title, 1, anchor),)))
    again = _day_head(f"{words}（续）", Placing(keep_next=True))
    for position, message in enumerate(messages):
        if message.before not in (Continuity.START, Continuity.CONTINUOUS):
            yield _break_row(_break_words(book, message), again)
        yield Entry(book, message, date, Placing(again=again), ruled=position > 0)


def _day_words(book: Book, date: dt.date | None, messages: Sequence[Message]) -> str:
    if date is None:
        return f"时间不明　·　{len(messages)} 条"
    sure = [m for m in messages if day_of(m.sent) == date]
    received = [m for m in sure if m.direction == Direction.IN]
    parts = [f"{day(date)}　{weekday(date)}", f"收到 {len(received)} 条"]
    if night := sum(book.is_night(m) for m in received):
        parts.append(f"夜间 {night} 条")
    if sent := len(sure) - len(received):
        parts.append(f"发出 {sent} 条")
    if unsure := len(messages) - len(sure):
        parts.append(f"另 {unsure} 条日期未能确定")
    return "　·　".join(parts)


def _day_head(words: str, placing: Placing) -> Drawing:
    def paint(sheet: Sheet, x: float, y: float, width: float) -> None:
        sheet.box(x, y, width, 18, fill=_DAY_SHADE)
        sheet.text(words, x + 5, y + 1.5, width, BODY_BOLD)

    return Drawing(20, paint, placing)


_OPEN_BREAKS = {
    Continuity.LIKELY_CONTINUOUS: "此处大概连续，待确认：截图分不清是重叠还是重复发送",
    Continuity.LIKELY_GAP: "此处可能有缺口，待确认：截图不能确定其间有无其他短信",
    Continuity.UNKNOWN: "此处与同一会话的上一条是否相连，尚未判断",
}
"""What is said of a break that only a person can decide; never more than is known."""


def _break_words(book: Book, message: Message) -> str:
    """Say how a message fails to follow the one above it in its thread, and over what time."""
    where = f"与 {sender_name(message.sender)} 的会话"
    if message.before in _OPEN_BREAKS:
        return f"{_OPEN_BREAKS[message.before]}（{where}）"
    above = book.above.get(message.id)
    after = above and (above.sent.latest or above.sent.earliest)
    until = message.sent.earliest or message.sent.latest
    if after and until and after <= until:
        where += f"，{moment(after)} 至 {moment(until)}"
    return f"此处有缺口：没有截图显示其间的内容（{where}）"


def _break_row(words: str, again: Block) -> Drawing:
    style = Style(CAPTION.size, CAPTION.leading, black=0.8, align="center")

    def paint(sheet: Sheet, x: float, y: float, width: float) -> None:
        length = sum(g.width for g in shape(words)) * style.size + 12
        middle, at = x + width / 2, y + 10
        sheet.rule(x, at, middle - length / 2, at, width=0.6, black=0.7, dash=(3, 2))
        sheet.rule(middle + length / 2, at, x + width, at, width=0.6, black=0.7, dash=(3, 2))
        sheet.text(words, x, at - 5.5, width, style)

    return Drawing(20, paint, Placing(keep_next=True, again=again))


@dataclass(frozen=True)
class Entry:
    """One message: text, labels and notes at the left, the picture's part at the right.

    `rest` holds the lines that are left of a message begun on an earlier page.
    """

    book: Book
    message: Message
    date: dt.date | None
    placing_at_start: Placing
    ruled: bool
    rest: tuple[Line, ...] | None = None

    @property
    def placing(self) -> Placing:
        """Name the message's place at its first part."""
        if self.rest is not None:
            return self.placing_at_start.continued()
        crop = self._crop
        shows = (Shown(crop.page, crop.part),) if crop else ()
        anchors = (message_anchor(self.message.id),)
        return replace(self.placing_at_start, anchors=anchors, shows=shows)

    @cached_property
    def _crop(self) -> Crop | None:
        if self.rest is not None or not self.message.sightings:
            return None
        sighting = self.message.sightings[0]
        original = self.book.originals[sighting.original_id]
        return crop_of(original.pages[sighting.page], sighting)

    @cached_property
    def _lines(self) -> tuple[Line, ...]:
        if self.rest is not None:
            return self.rest
        message = self.message
        spans = [
            (start, end, Mark.MATCHED)
            for label in shown_labels(message)
            for start, end in matched_spans(label)
        ]
        if message.corrected_text is None:
            spans += [(start, end, Mark.DOUBTFUL) for start, end in message.doubtful]
        return Paragraph(shape(message.text, spans=spans)).lines(_TEXT_WIDTH)

    @cached_property
    def _tail(self) -> list[Block]:
        """What follows the text: labels, then notes."""
        names = [
            chip(self.book.label(x.violation), x.confirmed) for x in shown_labels(self.message)
        ]
        notes = [Paragraph.of(note, CAPTION_GREY) for note in self._notes()]
        return [*([Chips(names)] if names else []), *self._machine_text(), *notes]

    def _notes(self) -> Iterator[str]:
        message = self.message
        best: Sighting | None = message.sightings[0] if message.sightings else None
        if best and best.clipped:
            yield "截图边缘截断，仅录所见部分。"
        if best and best.snippet:
            yield "出自短信列表，手机仅显示该短信的开头。"
        yield from self._doubts()
        if message.recipient == Recipient.THIRD:
            yield f"{'发出人' if self._is_own else '收件人'}：第三人{self._relation()}。"
        if best and self.book.originals[best.original_id].contradictions:
            yield "文件所记的截图时间与画面不符，见完整性说明。"
        yield from self._elsewhere()

    def _doubts(self) -> Iterator[str]:
        """Say what readings or joined screenshots leave open."""
        message = self.message
        if message.sender.doubtful:
            yield f"号码存疑：另一次识读作 {' / '.join(message.sender.readings)}，以截图为准。"
        if message.in_question:
            yield "本条可能为两条：截图重叠与重复发送无从区分，现按一条计。"
        if message.times_disagree:
            yield "各截图所示的时间互相矛盾，以较确切者列示。"

    def _elsewhere(self) -> Iterator[str]:
        """Say what the time rests on, and where else the message is seen."""
        message = self.message
        label = message.sent.label
        if label and not _DATED.search(label):
            yield f"截图标「{label}」，日期系根据截图时间推定。"
        seen = dict.fromkeys((s.original_id, s.page) for s in message.sightings)
        numbers = [self.book.evidence(*place) for place in list(seen)[1:]]
        if numbers:
            yield f"同一短信另见证据 {'、'.join(numbers)}。"

    def _relation(self) -> str:
        """Say who a third person is, as far as the phone's entry tells."""
        for sighting in self.message.sightings:
            device = self.book.devices.get(self.book.originals[sighting.original_id].device_id)
            if device and device.relation:
                return f"（{device.relation}）"
        return ""

    def _machine_text(self) -> Iterator[Paragraph]:
        """Show what the engine read where a person changed it: both texts are kept."""
        message = self.message
        if message.corrected_text is None:
            return
        lead = "文字经人工核对更正；程序原识读为："
        spans = [
            (start + len(lead), end + len(lead), Mark.DOUBTFUL) for start, end in message.doubtful
        ]
        yield Paragraph(shape(lead + message.machine_text, spans=spans), CAPTION_GREY)

    def _left_height(self, lines: int) -> float:
        tail = sum(block.height(_TEXT_WIDTH) for block in self._tail)
        return GRID * (1 + lines) + (tail + _TAIL_GAP if tail else 0.0)

    @property
    def _right_height(self) -> float:
        if self._crop is None:
            return 0.0
        return self._crop.height + 3 + self._caption_rows * CAPTION.leading

    @property
    def _caption_rows(self) -> int:
        """One row as a rule; two where volume, page and evidence would not fit beside each other.

        Known before the page number is, so that laying out does not depend on it.
        """
        crop = self._crop
        many_pages = crop is not None and len(self._original(crop).pages) > 1
        return 2 if self.book.in_volumes or many_pages else 1

    def _original(self, crop: Crop) -> Original:
        return self.book.originals[crop.page.original_id]

    def height(self, width: float) -> float:
        """Return the height of the higher column."""
        return max(self._left_height(len(self._lines)), self._right_height) + 2 * _PAD

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Split between the text's lines; the picture stays with the first part."""
        fit = int((room - 2 * _PAD) / GRID) - 1
        fit = min(fit, len(self._lines) - 2)
        if fit < 2 or self._right_height + 2 * _PAD > room:
            return None
        rest = replace(self, rest=self._lines[fit:])
        return _Begun(self, self._lines[:fit]), rest

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw the whole entry, or the rest of it."""
        self.draw_part(sheet, x, y, width, self._lines)
        top = y + _PAD + GRID * (1 + len(self._lines)) + _TAIL_GAP
        for block in self._tail:
            block.draw(sheet, x, top, _TEXT_WIDTH)
            top += block.height(_TEXT_WIDTH)

    def draw_part(
        self, sheet: Sheet, x: float, y: float, width: float, lines: tuple[Line, ...]
    ) -> None:
        """Draw the head, these lines of the text, and the picture."""
        if self.ruled and self.rest is None:
            sheet.rule(x, y, x + width, y)
        self._head(sheet, x, y + _PAD)
        draw_lines(sheet, lines, x, y + _PAD + GRID, _TEXT_WIDTH, BODY)
        text = "".join(glyph.char for line in lines for glyph in line.glyphs)
        sheet.tell(text)
        sheet.ledger.messages[self.message.id].append((sheet.place.number, text))
        if self._crop:
            self._picture(sheet, x + _TEXT_WIDTH + _GUTTER, y + _PAD, self._crop)

    def _head(self, sheet: Sheet, x: float, y: float) -> None:
        sheet.text(self.book.number(self.message), x, y, _TEXT_WIDTH, BODY_BOLD)
        room = _TEXT_WIDTH - _NUMBER_WIDTH
        words = "（续）" if self.rest is not None else self._head_words()
        kind = sender_kind(self.message.sender) if self._names_kind else ""
        glyphs = shape(f"{words}　{kind}" if kind else words)
        if sum(g.width for g in glyphs) * _META.size > room:
            glyphs = one_line(words, _META.size, room)
        sheet.line_of(glyphs, x + _NUMBER_WIDTH, y, _META)
        sheet.tell(self.book.number(self.message) + "".join(glyph.char for glyph in glyphs))

    @property
    def _names_kind(self) -> bool:
        return self.rest is None and self.message.direction == Direction.IN

    def _head_words(self) -> str:
        message = self.message
        when = clock(message.sent, self.date)
        if message.sent.basis != TimeBasis.UNKNOWN:
            when += f"〔{basis(message.sent)}〕"
        who = sender_name(message.sender)
        if not self._is_own:
            return f"{when}　{who}"
        writer = "本人" if message.recipient == Recipient.SELF else "第三人"
        return f"{when}　{writer}发出，致 {who}"

    @property
    def _is_own(self) -> bool:
        return self.message.direction == Direction.OUT

    def _picture(self, sheet: Sheet, x: float, y: float, crop: Crop) -> None:
        sheet.picture(crop.page, (x, y, crop.width, crop.height), crop.part)
        sheet.box(x, y, crop.width, crop.height, stroke=0.6)
        place = (crop.page.original_id, crop.page.index)
        anchor = original_anchor(*place)
        top = y + crop.height + 3
        cut = "截图节录，完整" if crop.cut else "原件"
        page = f"{cut}见{self.book.page_words(sheet.place_of(anchor))}"
        evidence = f"证据 {self.book.evidence(*place)}"
        lines = [page, evidence] if self._caption_rows == 2 else [f"{page}　{evidence}"]
        for row, words in enumerate(lines):
            sheet.text(words, x, top + row * CAPTION.leading, CROP_WIDTH, CAPTION_GREY)
            sheet.tell(words)
        height = crop.height + 3 + self._caption_rows * CAPTION.leading
        sheet.link(anchor, x, y, CROP_WIDTH, height)


@dataclass(frozen=True, slots=True)
class _Begun:
    """The first part of an entry that goes on on the next page."""

    entry: Entry
    lines: tuple[Line, ...]

    @property
    def placing(self) -> Placing:
        return self.entry.placing

    def height(self, width: float) -> float:
        left = GRID * (1 + len(self.lines))
        right = self.entry._right_height  # noqa: SLF001 - both are one entry
        return max(left, right) + 2 * _PAD

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        return None

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        self.entry.draw_part(sheet, x, y, width, self.lines)


def _legend(book: Book) -> list[Block]:
    """Explain the marks once, each drawn as it is used."""
    return [
        Paragraph.of(f"{_chosen(book)}{_HOW}{night_words(book)}", CAPTION, Placing(space=4)),
        Drawing(GRID + 3, _samples, Placing(keep_next=True)),
    ]


def night_words(book: Book) -> str:
    """Say which hours are night."""
    lines = book.content.figures.lines
    ends = f"{lines.night_to:%H:%M}"
    return f"夜间指 {lines.night_from:%H:%M} 至次日 {ends}（不含 {ends}）。"


def _chosen(book: Book) -> str:
    shown, total = len(book.content.messages), book.content.total_messages
    return "" if shown == total else f"选列 {shown} 条，共 {total} 条。"


_HOW = (
    "短信全文逐字录自右侧截图。时间后注明依据：读取，截图中标有该短信的时间；推算，截图中没有该短信自己的时间，"
    "时间系根据截图时间和同组所标时间推算，列出最早和最晚；手填，由提交人填写。时间均为北京时间，以收件手机显示为准。"
)


def _samples(sheet: Sheet, x: float, y: float, width: float) -> None:
    y += 3
    x = _sample(sheet, x, y, "所依据的词句", Mark.MATCHED)
    x = _sample(sheet, x, y, "识读存疑的字", Mark.DOUBTFUL)
    for item in (chip("……", confirmed=True), chip("……", confirmed=False)):
        item.draw(sheet, x, y)
        x += item.width + 5
    sheet.text("实线框为提交人已确认，虚线框为规则建议", x + 3, y, width, Style(CAPTION.size, GRID))


def _sample(sheet: Sheet, x: float, y: float, words: str, mark: Mark) -> float:
    glyphs = shape(words, spans=[(0, len(words), mark)])
    length = sum(g.width for g in glyphs)
    style = Style(CAPTION.size, GRID)
    sheet.line(Line(glyphs, length, ends=True), x, y, length * style.size, style)
    return x + length * style.size + 14
