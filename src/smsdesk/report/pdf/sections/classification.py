"""分类汇总: for each label its meaning, the provisions that may apply, and the messages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from smsdesk.domain.findings import Provision, ViolationType, rests_on_case
from smsdesk.domain.messages import Message
from smsdesk.report.citing import NOT_LAW, ByNumber, by_number, place_of
from smsdesk.report.labels import ShownLabel, shown_labels
from smsdesk.report.pdf.blocks import Block, Paragraph, Placing, heading
from smsdesk.report.pdf.book import Book, message_anchor
from smsdesk.report.pdf.pages import Part
from smsdesk.report.pdf.styles import BODY, BODY_BOLD, CAPTION_GREY, GRID, SUBHEADING, TABLE, Style
from smsdesk.report.pdf.tables import Cell, Columns, table
from smsdesk.report.phrases import full_time, sender_name

_MESSAGES = Columns.of(13, 42, 82, 16, 12)
_TITLES = ("编号", "时间与发送号码", "所涉词句与理由", "状态", "页码")
_CENTER = Style(TABLE.size, TABLE.leading, align="center")
RANKS = (
    "法律",
    "行政法规",
    "司法解释",
    "部门规章",
    "规范性文件",
    "国家标准",
    "自律规范",
    "典型案例",
)
"""From the most to the least binding; standards and self-regulation are never called law."""
Labelled = Sequence[tuple[Message, ShownLabel]]


def classification(book: Book) -> Part:
    """Return the labels with their provisions and messages."""
    return Part("classification", "分类汇总", _blocks(book))


def _blocks(book: Book) -> Iterator[Block]:
    yield heading("分类汇总", placing=Placing.named("classification", "分类汇总"))
    yield _introduction(book)
    quoted: dict[str, str] = {}
    by_label = _by_label(book)
    for violation, found in by_label.items():
        yield from _label(book, violation, found, quoted)
    if not by_label:
        yield Paragraph.of("所列短信均无标签。", BODY, Placing(space=GRID))


def _introduction(book: Book) -> Paragraph:
    pack = book.content.pack
    source = f"标签由规则包 {pack.version} 建议或由提交人标注；" if pack else ""
    return Paragraph.of(
        f"{source}所列规定按短信日期选取，仅表示可能对应，是否适用由办案机关认定。"
        "「」内为条文原文；注明未核原文的，只列名称，不引文字。",
        CAPTION_GREY,
        Placing(space=4),
    )


def _by_label(book: Book) -> dict[ViolationType, list[tuple[Message, ShownLabel]]]:
    found: dict[ViolationType, list[tuple[Message, ShownLabel]]] = {}
    for message in book.content.messages:
        for label in shown_labels(message):
            found.setdefault(label.violation, []).append((message, label))
    return {violation: found[violation] for violation in ViolationType if violation in found}


def _label(
    book: Book, violation: ViolationType, found: Labelled, quoted: dict[str, str]
) -> Iterator[Block]:
    name = book.label(violation)
    place = Placing.named(f"label-{violation.value}", f"涉嫌{name}", 1)
    yield heading(f"涉嫌{name}　{len(found)} 条", SUBHEADING, space=24, placing=place)
    text = book.content.labels.get(violation)
    if text:
        yield Paragraph.of(text.definition, BODY, Placing(space=3, keep_next=True))
    yield from _provisions(book, name, found, quoted)
    yield Paragraph.of("有关短信", BODY_BOLD, Placing(space=8, keep_next=True))
    yield from table(_MESSAGES, _TITLES, _rows(book, found))


def _rows(book: Book, found: Labelled) -> Iterator[list[str | Cell]]:
    """Yield a row a message; many of one and the same reason share the row of their first."""
    alike: dict[tuple[str, ...], list[Message]] = {}
    for message, label in found:
        alike.setdefault(_kind(message, label), []).append(message)
    said: dict[str, str] = {}
    for message, label in found:
        first, *others = alike[_kind(message, label)]
        if len(others) < _MANY:
            yield _row(book, message, label, said, ())
        elif message is first:
            yield _row(book, message, label, said, others)


_MANY = 8
"""Messages of the same reason that no longer get a row each: in a case of thousands one reason
fits whole months, and hundreds of pages of equal rows would hide the few that differ. Each of them
stands in the timeline, under its number."""


def _kind(message: Message, label: ShownLabel) -> tuple[str, ...]:
    """Return what messages listed together share: whether confirmed, and why but for the time."""
    reasons = (_MOMENT.sub("", line) for line in _why(message, label))
    return str(label.confirmed), *reasons


_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}(至\d{4}-\d{2}-\d{2} \d{2}:\d{2})?")
"""A message's own time as a reason names it; a day without a clock belongs to the reason."""


def _row(
    book: Book,
    message: Message,
    label: ShownLabel,
    said: dict[str, str],
    others: Sequence[Message],
) -> list[str | Cell]:
    lines = [_said_once(line, book.number(message), said) for line in _why(message, label)]
    if others:
        numbers = book.numbers(other.id for other in others)
        lines.append(
            f"同此理由（时间以时间轴所示各条为准）的另有 {len(others)} 条，编号 {numbers}。"
        )
    return [
        book.number(message),
        f"{full_time(message.sent)}\n{sender_name(message.sender)}",
        "\n".join(lines),
        "已确认" if label.confirmed else "待确认",
        book.page_cell(message_anchor(message.id), _CENTER),
    ]


def _said_once(line: str, number: str, said: dict[str, str]) -> str:
    """Return a reason, or where the very same was given; one of a day fits many messages."""
    first = said.setdefault(line, number)
    return line if first == number or len(line) < _LONG_REASON else f"理由同编号 {first}。"


_LONG_REASON = 40
"""Characters: a reason of two lines or more; shorter ones are quicker read than looked up."""


def _why(message: Message, label: ShownLabel) -> list[str]:
    """Return the reasons: what the words say, then what other messages add.

    Words that a finding rests on and that no reason names stand behind its reason.
    """
    findings = sorted(label.findings, key=lambda finding: rests_on_case(finding.proposal.rule))
    named = "".join(finding.proposal.reason for finding in findings)
    lines: dict[str, None] = {}
    for finding in findings:
        words = dict.fromkeys(message.text[start:end] for start, end in finding.proposal.spans)
        others = "".join(f"“{word}”" for word in words if word not in named)
        named += others
        also = f"（另见{others}）" if others else ""
        lines[(finding.proposal.reason or _BY_HAND) + also] = None
    return list(lines)


_BY_HAND = "由提交人标注。"


def _provisions(book: Book, name: str, found: Labelled, quoted: dict[str, str]) -> Iterator[Block]:
    """List the provisions by rank; words quoted under an earlier label are not repeated."""
    named = dict.fromkeys(
        id_ for _, label in found for f in label.findings for id_ in f.proposal.provisions
    )
    known = [book.content.provisions[id_] for id_ in named if id_ in book.content.provisions]
    if not known:
        return
    yield Paragraph.of("可能对应的规定", BODY_BOLD, Placing(space=8, keep_next=True))
    for rank in sorted({p.rank for p in known}, key=_rank_order):
        note = f"（{NOT_LAW[rank]}）" if rank in NOT_LAW else ""
        yield Paragraph.of(f"【{rank}】{note}", TABLE, Placing(space=4, keep_next=True))
        for provision in _in_order([p for p in known if p.rank == rank]):
            place = place_of(provision, book.content.provisions)
            yield from _provision(provision, place, name, quoted)


def _in_order(provisions: Sequence[Provision]) -> list[Provision]:
    """Put provisions of one instrument together, by article."""
    instruments = list(dict.fromkeys(provision.instrument for provision in provisions))

    def key(provision: Provision) -> tuple[int, ByNumber]:
        return instruments.index(provision.instrument), by_number(provision)

    return sorted(provisions, key=key)


def _rank_order(rank: str) -> int:
    return RANKS.index(rank) if rank in RANKS else len(RANKS)


def _provision(
    provision: Provision, place: str, name: str, quoted: dict[str, str]
) -> Iterator[Block]:
    title = f"《{provision.instrument}》{place}{_in_force(provision)}"
    if not provision.verified or provision.text is None:
        yield Paragraph.of(f"{title}　未核原文，仅列名称", TABLE, Placing(space=2))
    elif provision.id in quoted:
        yield Paragraph.of(
            f"{title}　条文见「涉嫌{quoted[provision.id]}」", TABLE, Placing(space=2)
        )
    else:
        quoted[provision.id] = name
        yield Paragraph.of(title, TABLE, Placing(space=2, keep_next=True))
        yield Paragraph.of(f"「{provision.text}」", TABLE)


def _in_force(provision: Provision) -> str:
    since, until = provision.in_force_from, provision.in_force_to
    if until:
        return f"（{since or ''} 至 {until} 施行）"
    return f"（{since} 起施行）" if since else ""
