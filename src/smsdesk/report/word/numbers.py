"""What 12321 asks for: number by number the words as received, and a screenshot; no remarks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from smsdesk.domain.messages import Message
from smsdesk.domain.numbers import Sender, SenderKind
from smsdesk.report.channels import ChannelPage
from smsdesk.report.phrases import full_time, sender_name
from smsdesk.report.word.characters import printable
from smsdesk.report.word.letter import LetterContent, filled, new_letter, write_blanks
from smsdesk.report.word.paper import Paper
from smsdesk.report.word.tables import Columns

_COLUMNS = Columns(
    (13, 36, 91, 25),
    ("编号", "接收时间", "短信原文", "截图"),
    frozenset({0, 3}),
    verbatim=frozenset({2}),
)
_PICTURE_WIDTH = 62
"""Millimetres: a screenshot of a phone is then about as high as half a page."""


@dataclass(frozen=True, slots=True)
class NumberBlock:
    """A number to report, and what it sent; `number` as it is typed, "" where none is shown."""

    sender: Sender
    number: str
    messages: tuple[Message, ...]


def number_blocks(content: LetterContent) -> list[NumberBlock]:
    """Return a block for each sender, in the order of its first message."""
    groups: dict[str, list[Message]] = {}
    for message in content.court.messages:
        groups.setdefault(message.sender.key, []).append(message)
    return [NumberBlock(m[0].sender, dialled(m[0].sender), tuple(m)) for m in groups.values()]


def dialled(sender: Sender) -> str:
    """Return a number as it is typed in China, "" where none is shown."""
    number = sender.number or ""
    if not number.startswith("+86"):
        return number
    return ("0" if sender.kind == SenderKind.LANDLINE else "") + number.removeprefix("+86")


def number_report(
    content: LetterContent,
    page: ChannelPage,
    shown_on: Mapping[int, str],
    pictures: Mapping[str, bytes],
) -> Paper:
    """Return the report; *pictures* gives sender keys a small picture (JPEG) of a screenshot."""
    paper = new_letter(content, page.title)
    paper.title(page.title)
    paper.text(page.subject)
    card = content.card
    paper.text(f"举报人手机号：{filled(card.claimant_phone, '举报人手机号（接收验证码用）')}")
    blocks = number_blocks(content)
    for position, block in enumerate([b for b in blocks if b.number], 1):
        _write_block(paper, content, block, position, shown_on)
        if block.sender.key in pictures:
            picture = pictures[block.sender.key]
            paper.picture(picture, _PICTURE_WIDTH, "截图（缩小或局部，供查看；原图见附件）")
    _write_nameless(paper, content, [b for b in blocks if not b.number])
    write_blanks(paper)
    return paper


def _write_block(
    paper: Paper,
    content: LetterContent,
    block: NumberBlock,
    position: int,
    shown_on: Mapping[int, str],
) -> None:
    paper.heading(f"{position}．被举报号码：{block.number}")
    if block.sender.doubtful:
        others = "、".join(block.sender.readings)
        paper.text(f"（号码请核对：另读作 {others}，以截图为准）", keep_next=True)
    paper.table(
        _COLUMNS,
        (
            (
                content.number(message) + ("\n请核对" if needs_check(message) else ""),
                full_time(message.sent),
                message.text,
                _shown(message, shown_on),
            )
            for message in block.messages
        ),
    )


def _write_nameless(paper: Paper, content: LetterContent, blocks: list[NumberBlock]) -> None:
    if not blocks:
        return
    paper.heading("未显示号码的短信")
    paper.text(
        "下列短信的截图没有显示号码，不能按号码举报；请在手机上点开联系人详情，查到号码后再补充："
    )
    for block in blocks:
        numbers = "、".join(content.number(message) for message in block.messages)
        paper.text(f"{sender_name(block.sender)}：编号 {numbers}")


def needs_check(message: Message) -> bool:
    """Say whether the words may differ from the phone's: doubtful characters, a cut-off text."""
    unsure = bool(message.doubtful) and message.corrected_text is None
    return unsure or message.sightings[0].clipped


def _shown(message: Message, shown_on: Mapping[int, str]) -> str:
    shown = dict.fromkeys(s.original_id for s in message.sightings)
    return "、".join(shown_on[i] for i in shown if i in shown_on) or "未附"


def number_text(block: NumberBlock, content: LetterContent, shown_on: Mapping[int, str]) -> str:
    """Return the plain text to copy from for one number, lines ended as Windows likes them."""
    parts = [f"被举报号码：{block.number}"]
    for message in block.messages:
        check = "（请与手机核对）" if needs_check(message) else ""
        parts.append(
            f"编号 {content.number(message)}{check}\n接收时间：{full_time(message.sent)}\n"
            f"截图：{_shown(message, shown_on)}\n短信原文：\n{message.text}\n"
            f"发至 12321 的格式：\n{block.number}*{message.text}"
        )
    return printable("\n\n----\n".join(parts)).replace("\n", "\r\n") + "\r\n"
