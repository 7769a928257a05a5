"""统计: how many messages came when, from whom, under which labels, and which ones each counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from smsdesk.domain.figures import Dossier, Ids, InstitutionFigures, Rhythm
from smsdesk.domain.findings import ViolationType
from smsdesk.domain.institutions import Basis
from smsdesk.domain.messages import Message
from smsdesk.domain.screens import Direction
from smsdesk.report.pdf.blocks import Block, Drawing, Paragraph, Placing, heading
from smsdesk.report.pdf.book import Book
from smsdesk.report.pdf.charts import BarChart, DayCount, HeatMap
from smsdesk.report.pdf.pages import Part
from smsdesk.report.pdf.sheet import Sheet
from smsdesk.report.pdf.styles import BODY, CAPTION_CELL, CAPTION_GREY, SUBHEADING, TABLE, Style
from smsdesk.report.pdf.tables import Cell, Columns, table
from smsdesk.report.phrases import day, sender_kind, sender_name, weekday

_SENDERS = Columns.of(30, 43, 22, 10, 10, 13, 37)
_INSTITUTIONS = Columns.of(24, 76, 10, 10, 13, 32)
_LABELS = Columns.of(60, 35, 35, 35)
_KEPT = Columns.of(41, 44, 40, 40)
_COUNTED = Columns.of(40, 12, 113)
_NUMBER = Style(22, 28, bold=True, align="center")
_UNDER = Style(8, 12, align="center")
_RIGHT = Style(TABLE.size, TABLE.leading, align="right")
_MOST_DATES = 12
"""Dates named in a sentence; the chart and the timeline show all."""


def statistics(book: Book) -> Part:
    """Return the statistics of the messages in the file."""
    return Part("statistics", "短信统计", _blocks(book))


def _blocks(book: Book) -> Iterator[Block]:
    yield heading("短信统计", placing=Placing.named("statistics", "短信统计"))
    yield Paragraph.of(_what_counts(book), BODY, Placing(space=4))
    yield Drawing(62, lambda s, x, y, w: _headline(book, s, x, y, w), Placing(space=12))
    if not book.content.figures.figures.overall.ids:
        return
    yield from _days(book)
    yield from _hours(book)
    yield from _labels(book)
    yield from _institutions(book)
    yield from _senders(book)
    yield from _kept(book)
    yield from _counted(book)


def _what_counts(book: Book) -> str:
    shown, total = len(book.content.messages), book.content.total_messages
    chosen = f"本卷所列短信 {shown} 条" + ("" if shown == total else f"（选列，共 {total} 条）")
    sent, others = _not_counted(book)
    left_out = [
        *([f"收到的通知、验证码等与催收无关的 {len(others)} 条"] if others else []),
        *([f"机主一方发出的 {len(sent)} 条"] if sent else []),
    ]
    without = f"未计入：{'，'.join(left_out)}，编号见本节末的附表。" if left_out else ""
    ids = set(book.content.figures.figures.overall.ids)
    asked = sum(m.in_question for m in book.content.messages if m.id in ids)
    open_ = (
        f"其中 {asked} 条可能各是两条（截图重叠与重复发送无从区分），均按一条计，条数从少。"
        if asked
        else ""
    )
    return (
        f"{chosen}，以下各数只计其中收到的催收短信 {len(ids)} 条：发自从事催收的号码或机构，"
        f"或者带有涉嫌标签。每条计一次，同一短信出现在几张截图中不重复计。{without}{open_}"
    )


def _not_counted(book: Book) -> tuple[list[Message], list[Message]]:
    """Return the messages that no figure counts: those sent, and others that came in."""
    counted = set(book.content.figures.figures.overall.ids)
    rest = [m for m in book.content.messages if m.id not in counted]
    sent = [m for m in rest if m.direction == Direction.OUT]
    return sent, [m for m in rest if m.direction == Direction.IN]


def _headline(book: Book, sheet: Sheet, x: float, y: float, width: float) -> None:
    figures = book.content.figures.figures
    labelled = {i for ids in figures.labels.values() for i in ids}
    values = (
        (len(figures.overall.ids), "催收短信（条）"),
        (len(figures.overall.night), "其中夜间收到（条）"),
        (len(labelled), "其中有涉嫌标签（条）"),
        (len(figures.numbers), "发送号码或名称（个）"),
    )
    step = width / len(values)
    sheet.rule(x, y, x + width, y, width=0.8, black=1)
    for position, (value, words) in enumerate(values):
        left = x + position * step
        sheet.text(str(value), left, y + 8, step, _NUMBER)
        sheet.text(words, left, y + 40, step, _UNDER)
        sheet.tell(f"{value}")
        if position:
            sheet.rule(left, y + 10, left, y + 52)
    sheet.rule(x, y + 62, x + width, y + 62, width=0.8, black=1)


def _days(book: Book) -> Iterator[Block]:
    overall = book.content.figures.figures.overall
    yield heading("每日条数", SUBHEADING, space=18)
    if not overall.days:
        yield Paragraph.of("所计短信都不能确定到日。", BODY)
        return
    night = set(overall.night)
    chart = BarChart(
        [DayCount(date, len(ids), len(night & set(ids))) for date, ids in overall.days.items()]
    )
    yield Paragraph.of(_worst_words(book, overall), BODY, Placing(space=4, keep_next=True))
    yield Drawing(chart.height, chart.draw, Placing(space=8))
    for words in _rhythm_words(book, overall):
        yield Paragraph.of(words, BODY, Placing(space=2))
    if overall.without_day:
        note = (
            f"另有 {len(overall.without_day)} 条只知时间范围或时间不明，不能确定到日，未计入本图"
            f"（编号 {book.numbers(overall.without_day)}）。"
        )
        yield Paragraph.of(note, CAPTION_GREY, Placing(space=2))


def _worst_words(book: Book, overall: Rhythm) -> str:
    """Tell the worst day in a sentence, with the numbers of its messages."""
    worst = overall.worst_day
    if worst is None:
        return ""
    ids = overall.days[worst]
    at_night = len(set(overall.night) & set(ids))
    night = f"，其中夜间 {at_night} 条" if at_night else ""
    return (
        f"收到最多的一天是{day(worst)}（{weekday(worst)}），"
        f"共 {len(ids)} 条{night}，编号 {book.numbers(ids)}。"
    )


def _rhythm_words(book: Book, overall: Rhythm) -> Iterator[str]:
    lines, run = book.content.figures.lines, overall.longest_run
    if run and run.first < run.last:
        length = (run.last - run.first).days + 1
        yield (
            f"连续每天都收到的最长一段为 {length} 天：{day(run.first)} 至 {day(run.last)}，"
            f"共 {len(run.ids)} 条。"
        )
    if overall.shortest:
        minutes, numbers = overall.shortest.minutes, book.numbers(overall.shortest.ids)
        apart = f"为 {minutes} 分钟" if minutes else "不足一分钟"
        yield f"相邻两条之间最短的间隔{apart}（编号 {numbers}）。"
    for least, dates in (
        (lines.notice_a_day, overall.noticed),
        (lines.many_a_day, overall.striking),
    ):
        if dates:
            yield (
                f"达到每日 {least} 条提示线（自设，非法定标准）的有 {len(dates)} 天："
                f"{_dates(dates)}。"
            )


def _dates(dates: tuple[dt.date, ...]) -> str:
    named = "、".join(f"{date:%Y-%m-%d}" for date in dates[:_MOST_DATES])
    return named + (" 等，其余见时间轴各日" if len(dates) > _MOST_DATES else "")


def _hours(book: Book) -> Iterator[Block]:
    figures, lines = book.content.figures.figures, book.content.figures.lines
    cells = [[len(figures.heat.get((d, hour), ())) for hour in range(24)] for d in range(7)]
    heat = HeatMap(cells, (_hour(lines.night_to), _hour(lines.night_from)))
    begins, ends = f"{lines.night_from:%H:%M}", f"{lines.night_to:%H:%M}"
    note = (
        "格内数字为该星期该钟点收到的条数。"
        f"粗线之外为夜间（{begins} 至次日 {ends}，含 {begins}，不含 {ends}）。"
        "该时段参照推荐性国家标准"
        "《互联网金融 个人网络消费信贷 贷后催收风控指引》（GB/T 45251-2025）"
        "和中国银行业协会催收工作指引（试行），二者均非法律、行政法规；"
        "短信每日条数没有法定上限，此处只列事实。"
    )
    edge = figures.overall.edge
    if edge:
        note += f"恰在夜间起止时刻的有 {len(edge)} 条（编号 {book.numbers(edge)}）。"
    without = len(figures.overall.ids) - sum(map(sum, cells))
    if without:
        note += f"另有 {without} 条不能确定到钟点，未计入本表。"
    yield heading("星期与时段", SUBHEADING, space=18)
    yield Drawing(heat.height, heat.draw, Placing(space=4, keep_next=True))
    yield Paragraph.of(note, CAPTION_GREY, Placing(space=3))


def _hour(time: dt.time) -> float:
    return time.hour + time.minute / 60


def _labels(book: Book) -> Iterator[Block]:
    figures = book.content.figures.figures
    yield heading("按涉嫌标签", SUBHEADING, space=18)
    if not figures.labels:
        yield Paragraph.of("所计短信均无标签。", BODY)
        return
    rows: list[list[str | Cell]] = [
        [book.label(violation), *_figures(_confirmed_and_not(figures.confirmed, violation, ids))]
        for violation, ids in figures.labels.items()
    ]
    titles = ("标签", ">提交人已确认（条）", ">建议，待确认（条）", ">合计（条）")
    yield from table(_LABELS, titles, rows)
    yield Paragraph.of(
        "一条短信可有几个标签，故各行之和可大于有标签的短信数。「建议」由规则提出，尚待提交人确认。"
        "各标签所计的短信逐条列在「分类汇总」。",
        CAPTION_GREY,
        Placing(space=3),
    )


def _confirmed_and_not(
    confirmed: Mapping[ViolationType, Ids], violation: ViolationType, ids: Ids
) -> tuple[int, int, int]:
    sure = len(confirmed.get(violation, ()))
    return sure, len(ids) - sure, len(ids)


def _figures(numbers: tuple[int, ...]) -> list[Paragraph]:
    return [Paragraph.of(str(number), _RIGHT) for number in numbers]


def _labelled(labels: Mapping[ViolationType, Ids]) -> int:
    return len({i for ids in labels.values() for i in ids})


_HOW_KNOWN = {
    Basis.HAND: "依提交人指定",
    Basis.SIGNATURE: "依短信签名",
    Basis.CALLBACK: "依短信所留回拨号码",
    Basis.ALONE: "单一号码",
}


def _institutions(book: Book) -> Iterator[Block]:
    titles = ("机构", "号码及归入的依据", ">收到", ">夜间", ">有标签", "最多的一天")
    rows = [_institution_row(book, one) for one in book.content.figures.figures.institutions]
    yield heading("按机构", SUBHEADING, space=18)
    yield from table(_INSTITUTIONS, titles, rows)
    yield Paragraph.of(
        "号码按短信签名【】、短信所留的回拨号码归在一起，或由提交人指定；"
        "签名和号码均可冒用，归类不表示已证实由该机构发出。",
        CAPTION_GREY,
        Placing(space=3),
    )


def _institution_row(book: Book, one: InstitutionFigures) -> list[str | Cell]:
    names = {d.sender.key: sender_name(d.sender) for d in book.content.figures.figures.numbers}
    by_basis: dict[Basis, list[str]] = {}
    for key in one.institution.senders:
        if key in names:
            by_basis.setdefault(one.institution.basis[key], []).append(names[key])
    senders = "\n".join(
        f"{_HOW_KNOWN[basis]}：{'、'.join(found)}" for basis, found in by_basis.items()
    )
    rhythm, worst = one.rhythm, one.rhythm.worst_day
    counts = (len(rhythm.ids), len(rhythm.night), _labelled(one.labels))
    most = f"{worst}　{len(rhythm.days[worst])} 条" if worst else "日期未能确定"
    return [_institution_name(one.institution.name, names), senders, *_figures(counts), most]


def _institution_name(name: str, names: Mapping[str, str]) -> str:
    """Return an institution's name; one that is known by its number only is called so."""
    return names.get(name, name)


def _senders(book: Book) -> Iterator[Block]:
    titles = ("发送号码或名称", "号码类型", "所属机构", ">收到", ">夜间", ">有标签", "首末日期")
    rows = [_sender_row(one) for one in book.content.figures.figures.numbers]
    yield heading("按发送号码", SUBHEADING, space=18)
    yield from table(_SENDERS, titles, rows)
    yield Paragraph.of(
        "号码类型依号段规划列示，不表示机主或实际发送方。", CAPTION_GREY, Placing(space=3)
    )


def _sender_row(one: Dossier) -> list[str | Cell]:
    period = "日期未能确定"
    if one.first and one.last:
        same_year = one.first.year == one.last.year
        last = f"{one.last:%m-%d}" if same_year else f"{one.last}"
        period = f"{one.first}" + (f" 至 {last}" if one.first != one.last else "")
    counts = (len(one.rhythm.ids), len(one.rhythm.night), _labelled(one.labels))
    institution = "—" if one.institution == one.sender.key else one.institution
    kind = sender_kind(one.sender)
    return [sender_name(one.sender), kind, institution, *_figures(counts), period]


def _kept(book: Book) -> Iterator[Block]:
    """Tell until when providers must keep their records, number by number."""
    rows = [row for one in book.content.figures.figures.numbers if (row := _kept_row(book, one))]
    if not rows:
        return
    yield heading("短信服务记录的保存期", SUBHEADING, space=18)
    yield from table(_KEPT, ("发送号码或名称", "保存期届满", "尚在期内（条）", "保存的内容"), rows)
    yield Paragraph.of(
        "供申请调取证据时参考。收发时间和两端号码的记录，2026年5月1日起发送的至少保存六个月，"
        "此前发送的至少保存五个月，自发送之日起算（《通信短信息服务管理规定》，未核原文）；"
        "短信内容只有端口类号码（106、95、短号）自该日起有保存要求。"
        f"是否尚在期内按编制日期 {book.made_at:%Y-%m-%d} 计算。",
        CAPTION_GREY,
        Placing(space=3),
    )


def _kept_row(book: Book, one: Dossier) -> list[str | Cell] | None:
    known = book.content.figures.retention
    kept = {i: known[i] for i in one.rhythm.ids if i in known}
    if not kept:
        return None
    ends = sorted(record.until for record in kept.values())
    span = f"{ends[0]}" + (f" 至 {ends[-1]}" if ends[0] != ends[-1] else "")
    today = book.made_at.date()
    left = [i for i, record in kept.items() if record.until >= today]
    words = f"{len(left)}，编号 {book.numbers(left)}" if left else "0"
    content = any(record.content for record in kept.values())
    return [sender_name(one.sender), span, words, "时间、号码和内容" if content else "时间和号码"]


def _counted(book: Book) -> Iterator[Block]:
    """Give the numbers of the messages that each figure counts."""
    rows: list[list[str | Cell]] = [
        [name, *_figures((len(ids),)), Paragraph.of(book.numbers(ids), CAPTION_CELL)]
        for name, ids in _sets(book)
        if ids
    ]
    yield heading("附表　各数所计的短信编号", SUBHEADING, space=18)
    yield from table(_COUNTED, ("所计", ">条数", "编号"), rows)


def _sets(book: Book) -> Iterator[tuple[str, Ids]]:
    figures = book.content.figures.figures
    sent, others = _not_counted(book)
    yield "催收短信", figures.overall.ids
    yield "其中夜间收到", figures.overall.night
    names = {one.sender.key: sender_name(one.sender) for one in figures.numbers}
    for one in figures.institutions:
        if len(one.institution.senders) > 1:
            yield f"机构　{_institution_name(one.institution.name, names)}", one.rhythm.ids
    for dossier in figures.numbers:
        yield f"号码　{sender_name(dossier.sender)}", dossier.rhythm.ids
    yield "未计入：与催收无关的", tuple(m.id for m in others)
    yield "未计入：机主一方发出的", tuple(m.id for m in sent)
