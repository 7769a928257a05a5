"""短信明细表: every message of a letter, word for word, and the enclosure that shows it."""

from __future__ import annotations

from collections.abc import Mapping

from smsdesk.domain.findings import Recipient
from smsdesk.domain.messages import Message
from smsdesk.report.labels import label_name, shown_labels
from smsdesk.report.phrases import full_time, sender_name
from smsdesk.report.word.letter import LetterContent
from smsdesk.report.word.paper import Paper
from smsdesk.report.word.tables import Columns
from smsdesk.report.word.template import TABLES

_COLUMNS = Columns(
    (13, 29, 32, 18, 104, 32, 24),
    ("编号", "接收时间", "发送方", "收件人", "短信全文（逐字）", "标记", "截图"),
    frozenset({0, 3}),
    verbatim=frozenset({4}),
)
TOLD = (
    "时间未注明的为截图所示，注明推算的系根据截图时间推算。"
    "文字由程序从截图识读，由人更正过的按更正后列出，以所附截图为准。"
)
"""What whoever reads the list must know."""


def message_table(
    content: LetterContent, shown_on: Mapping[int, str], *, labelled: bool = True
) -> Paper:
    """Return the list of messages; *shown_on* gives original ids the enclosure they are.

    *labelled*: with the labels; a channel that wants no remark gets none.
    """
    court = content.court
    author = court.card.claimant or court.card.submitter
    paper = Paper("短信明细表", author, court.generated_at, TABLES, landscape=True)
    paper.head_and_foot(court.card.title, "短信明细表")
    paper.title("短信明细表")
    paper.note(extent(content) + TOLD)
    paper.table(_COLUMNS, (_row(content, m, shown_on, labelled) for m in court.messages))
    return paper


def extent(content: LetterContent) -> str:
    """Say how many messages of how many are listed."""
    court = content.court
    return f"选列 {len(court.messages)} 条，案件共 {court.total_messages} 条，编号为全案编号。"


def recipient(message: Message) -> str:
    """Say whom a message was sent to."""
    return "第三人" if message.recipient == Recipient.THIRD else "本人"


def verbatim(message: Message) -> str:
    """Return the text, with a remark where no screenshot shows the whole of it."""
    return message.text + ("\n（截图未显示全文）" if message.sightings[0].clipped else "")


def shown_in(message: Message, shown_on: Mapping[int, str]) -> str:
    """Name the enclosures that show a message."""
    shown = dict.fromkeys(s.original_id for s in message.sightings)
    return "、".join(shown_on[i] for i in shown if i in shown_on) or "未附"


def _row(
    content: LetterContent, message: Message, shown_on: Mapping[int, str], labelled: bool
) -> tuple[str, ...]:
    return (
        content.number(message),
        full_time(message.sent),
        sender_name(message.sender),
        recipient(message),
        verbatim(message),
        label_words(content, message) if labelled else "",
        shown_in(message, shown_on),
    )


def label_words(content: LetterContent, message: Message) -> str:
    """Name the labels of a message, one a line; those that nobody has confirmed say so."""
    return "\n".join(
        f"涉嫌{label_name(content.court.labels, label.violation)}"
        + ("" if label.confirmed else "（待核对）")
        for label in shown_labels(message)
    )
