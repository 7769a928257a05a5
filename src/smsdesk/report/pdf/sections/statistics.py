"""统计: how many messages came when, from whom, under which labels."""

from __future__ import annotations

from smsdesk.domain.screens import Direction
from smsdesk.report.figures import DayCount, SenderCount, known_day
from smsdesk.report.labels import count_labels
from smsdesk.report.pdf.blocks import Block, Drawing, Paragraph, Placing, heading
from smsdesk.report.pdf.book import Book
from smsdesk.report.pdf.charts import BarChart, HeatMap
from smsdesk.report.pdf.pages import Part
from smsdesk.report.pdf.sheet import Sheet
from smsdesk.report.pdf.styles import BODY, CAPTION_GREY, SUBHEADING, TABLE, Style
from smsdesk.report.pdf.tables import Cell, Columns, table
from smsdesk.report.phrases import day, ranges, sender_kind, sender_name, weekday

_SENDERS = Columns.of(32, 30, 24, 11, 11, 14, 43)
_LABELS = Columns.of(60, 35, 35, 35)
_NUMBER = Style(22, 28, bold=True, align="center")
_UNDER = Style(8, 12, align="center")
_RIGHT = Style(TABLE.size, TABLE.leading, align="right")


def statistics(book: Book) -> Part:
    """Return the statistics of the messages in the file."""
    place = Placing.named("statistics", "短信统计")
    blocks: list[Block] = [
        heading("短信统计", placing=place),
        Paragraph.of(_what_counts(book), BODY, Placing(space=4)),
        Drawing(62, lambda s, x, y, w: _headline(book, s, x, y, w), Placing(space=12)),
    ]
    if book.figures.received:
        blocks += [*_days(book), *_hours(book), *_senders(book), *_labels(book)]
    return Part("statistics", "短信统计", blocks)


def _what_counts(book: Book) -> str:
    figures = book.figures
    own = f"机主一方发出的 {figures.sent} 条不计。" if figures.sent else ""
    shown, total = len(book.content.messages), book.content.total_messages
    asked = sum(m.in_question for m in book.content.messages if m.direction == Direction.IN)
    open_ = (
        f"其中 {asked} 条可能各是两条（截图重叠与重复发送无从区分），均按一条计，条数从少。"
        if asked
        else ""
    )
    chosen = "" if shown == total else f"（选列 {shown} 条，共 {total} 条）"
    return (
        f"以下各数只计本卷所列的收到的短信{chosen}，每条计一次，同一短信出现在几张截图中不重复计；"
        f"正常通知、验证码等也在其内。{open_}{own}"
    )


def _headline(book: Book, sheet: Sheet, x: float, y: float, width: float) -> None:
    figures = book.figures
    values = (
        (figures.received, "收到短信（条）"),
        (figures.night, "其中夜间收到（条）"),
        (figures.labelled, "其中有涉嫌标签（条）"),
        (len(figures.senders), "发送号码或名称（个）"),
    )
    step = width / len(values)
    sheet.rule(x, y, x + width, y, width=0.8, black=1)
    for position, (value, words) in enumerate(values):
        left = x + position * step
        sheet.text(str(value), left, y + 8, step, _NUMBER)
        sheet.text(words, left, y + 40, step, _UNDER)
        if position:
            sheet.rule(left, y + 10, left, y + 52)
    sheet.rule(x, y + 62, x + width, y + 62, width=0.8, black=1)


def _days(book: Book) -> list[Block]:
    figures = book.figures
    title = heading("每日条数", SUBHEADING, space=18)
    if not figures.days or figures.worst is None:
        return [title, Paragraph.of("收到的短信都不能确定到日。", BODY)]
    chart = BarChart(figures.days)
    blocks: list[Block] = [
        title,
        Paragraph.of(_worst_words(book, figures.worst), BODY, Placing(keep_next=True)),
        Drawing(chart.height, chart.draw, Placing(space=8)),
    ]
    if figures.without_day:
        note = f"另有 {figures.without_day} 条只知时间范围或时间不明，不能确定到日，未计入本图。"
        blocks.append(Paragraph.of(note, CAPTION_GREY, Placing(space=2)))
    return blocks


def _worst_words(book: Book, worst: DayCount) -> str:
    found = [m for m in book.content.messages if known_day(m.sent) == worst.date]
    numbers = ranges([int(book.number(m)) for m in found if m.direction == Direction.IN])
    night = f"，其中夜间 {worst.night} 条" if worst.night else ""
    return (
        f"收到最多的一天是{day(worst.date)}（{weekday(worst.date)}），"
        f"共 {worst.received} 条{night}，编号 {numbers}。"
    )


def _hours(book: Book) -> list[Block]:
    figures = book.figures
    heat = HeatMap(figures.heat)
    note = (
        "格内数字为该星期该钟点收到的条数。"
        "粗线之外为夜间（22:00 至次日 8:00，含 22:00，不含 8:00）。该时段取自推荐性国家标准"
        "《互联网金融 个人网络消费信贷 贷后催收风控指引》（GB/T 45251-2025）"
        "和中国银行业协会催收工作指引（试行），二者均非法律、行政法规；"
        "短信每日条数没有法定上限，此处只列事实。"
    )
    if figures.without_hour:
        note += f"另有 {figures.without_hour} 条不能确定到钟点，未计入本表。"
    return [
        heading("星期与时段", SUBHEADING, space=18),
        Drawing(heat.height, heat.draw, Placing(space=4, keep_next=True)),
        Paragraph.of(note, CAPTION_GREY, Placing(space=3)),
    ]


def _senders(book: Book) -> list[Block]:
    titles = ("发送号码或名称", "号码类型", "短信签名", ">收到", ">夜间", ">有标签", "首末日期")
    rows = [_sender_row(book, sender) for sender in book.figures.senders]
    return [
        heading("按发送号码", SUBHEADING, space=18),
        *table(_SENDERS, titles, rows),
        Paragraph.of(
            "号码类型依号段规划列示，不表示机主或实际发送方。", CAPTION_GREY, Placing(space=3)
        ),
    ]


def _sender_row(book: Book, count: SenderCount) -> list[str | Cell]:
    period = "日期未能确定"
    if count.first and count.last:
        period = f"{count.first:%Y-%m-%d}" + (
            f" 至 {count.last:%m-%d}"
            if count.first.year == count.last.year
            else f" 至 {count.last:%Y-%m-%d}"
        )
    numbers = (Paragraph.of(str(n), _RIGHT) for n in (count.received, count.night, count.labelled))
    signatures = dict.fromkeys(
        signature
        for message in book.content.messages
        if message.sender.key == count.sender.key
        and (signature := book.content.signatures.get(message.id))
    )
    names = "、".join(signatures) or "—"
    return [sender_name(count.sender), sender_kind(count.sender), names, *numbers, period]


def _labels(book: Book) -> list[Block]:
    received = [m for m in book.content.messages if m.direction == Direction.IN]
    counts = count_labels(received)
    title = heading("按涉嫌标签", SUBHEADING, space=18)
    if not counts:
        return [title, Paragraph.of("所列短信均无标签。", BODY)]
    rows: list[list[str | Cell]] = [
        [
            book.label(violation),
            *(Paragraph.of(str(n), _RIGHT) for n in (confirmed, proposed, confirmed + proposed)),
        ]
        for violation, (confirmed, proposed) in counts.items()
    ]
    note = (
        "一条短信可有几个标签，故各行之和可大于有标签的短信数。「建议」由规则提出，尚待提交人确认。"
    )
    return [
        title,
        *table(
            _LABELS, ("标签", ">提交人已确认（条）", ">建议，待确认（条）", ">合计（条）"), rows
        ),
        Paragraph.of(note, CAPTION_GREY, Placing(space=3)),
    ]
