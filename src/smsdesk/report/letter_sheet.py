"""短信明细表 as a spreadsheet, to be sorted and filtered by whoever deals with a complaint."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TypeVar

from smsdesk.domain.messages import Message
from smsdesk.report.phrases import basis, sender_name
from smsdesk.report.word.letter import LetterContent
from smsdesk.report.word.listing import TOLD, extent, label_words, recipient, shown_in, verbatim
from smsdesk.report.workbook import Cell, Column, ColumnKind, Properties, Table, write_workbook

_T = TypeVar("_T")
_COLUMNS = (
    Column("编号", 8, ColumnKind.CODE),
    Column("最早接收时间（北京时间）", 17, ColumnKind.MOMENT),
    Column("最晚接收时间（北京时间）", 17, ColumnKind.MOMENT),
    Column("时间依据", 8),
    Column("发送方", 22, ColumnKind.CODE),
    Column("收件人", 8),
    Column("短信全文（逐字）", 72),
    Column("标记", 26),
    Column("截图", 14),
)
_MARKS = 7
"""The place of 标记, which a channel that wants no remark does without."""
_TIMES = (
    "最早与最晚时间相同的，截图上有该时刻；不同的，只知道在其间；空白的，截图不足以确定。"
    "时间依据：读取为截图所示，推算系根据截图时间推算，手填由人填写。"
)


def message_sheet(
    content: LetterContent, shown_on: Mapping[int, str], program: str, *, labelled: bool = True
) -> bytes:
    """Return the list as an .xlsx file; see `word.listing.message_table` for the arguments.

    The same messages stand in both, word for word and in the same order.
    """
    court = content.court
    columns = _without_marks(_COLUMNS, labelled)
    rows = (_without_marks(_row(content, m, shown_on), labelled) for m in court.messages)
    told = Table("说明", (Column("内容", 100),), [(extent(content),), (TOLD,), (_TIMES,)])
    out = io.BytesIO()
    title = f"{court.card.title}　短信明细表"
    properties = Properties(title, program, court.generated_at, title)
    write_workbook(out, [Table("短信明细表", columns, rows, frozen=1), told], properties)
    return out.getvalue()


def _without_marks(row: Sequence[_T], labelled: bool) -> Sequence[_T]:
    return row if labelled else (*row[:_MARKS], *row[_MARKS + 1 :])


def _row(content: LetterContent, message: Message, shown_on: Mapping[int, str]) -> Sequence[Cell]:
    sent = message.sent
    return (
        content.number(message),
        sent.earliest,
        sent.latest,
        basis(sent),
        sender_name(message.sender),
        recipient(message),
        verbatim(message),
        label_words(content, message),
        shown_in(message, shown_on),
    )
