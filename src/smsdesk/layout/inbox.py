"""Entries: a name at the left, its time at the right, text below.

So phones draw their lists of conversations, and some old ones the messages of one conversation;
call logs look alike. Who is named tells them apart, and what the text says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from smsdesk.domain.geometry import Box
from smsdesk.domain.numbers import parse_sender, without_caption
from smsdesk.domain.screens import Direction, LabelScope, MessageDraft
from smsdesk.layout.entries import Entries, Entry
from smsdesk.layout.labels import stacked
from smsdesk.layout.regions import Block, Page
from smsdesk.layout.rows import Row
from smsdesk.layout.sender_place import number_box
from smsdesk.layout.text import MessageText, join_rows
from smsdesk.layout.words import is_button, is_mark, time_label, without_arrows

_TOUCHING = 0.06
"""Ink nearer than this many em to the lower edge is cut by it."""


_MOST = 0.6
"""What holds for so many of the entries holds for the screen: engines misread some."""

_CAPTION = 0.85
"""A name set smaller than this in terms of the row below it is a caption: lists of conversations
set names as large as the text or larger; notifications set the program's name smaller."""

_PALE = 0.8
"""One that is smaller at all is a caption too if its contrast is less than this share of the
text's."""

_FULL = 0.9
"""A row that goes on below fills this share of the widest row: else the text ends there."""

_ROOM = 2.0
"""A missing row needs its own height and the air before the edge: so many distances of rows."""

_OWNER = re.compile(r"我|我方|本机|自己|Me|You|I", re.IGNORECASE)
"""What entries of one conversation call the phone's owner."""

_CALL = re.compile(
    r"(?:(?:未|已)?接(?:来电|听|通)?|来电|去电|呼[入出叫]|拨[入出打]|拒[接绝]|响铃|振铃|挂断|取消|通话|语音|视频|留言"
    r"|手机|电话|座机|住宅|家庭|单位|工作|办公|陌生|号码|未知|骚扰|诈骗|推销|快递|卡|声|次|VoLTE|HD|SIM"
    r"|missed|incoming|outgoing|call|mobile|\d+|小?时|分钟?|秒|[\s:：,，·()（）/|-])+",
    re.IGNORECASE,
)
"""What a row of a call log says of a call, where it is not the number's city and operator."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """The messages of a list, and the rows of text they are made of."""

    drafts: tuple[MessageDraft, ...]
    used: tuple[Row, ...]
    labels: tuple[Row, ...]


def are_bubbles(found: Entries, blocks: Sequence[Block]) -> bool:
    """Say whether the texts stand on bubbles and the times beside these: they are no entries.

    Lists that set each entry on a card have its time on the card as well.
    """
    apart = [_is_apart(entry, blocks) for entry in found.entries]
    return sum(apart) > _MOST * len(apart)


def _is_apart(entry: Entry, blocks: Sequence[Block]) -> bool:
    middle = entry.rows[0].box
    under = [b.box for b in blocks if b.bubble and b.box.x0 <= middle.center_x <= b.box.x1]
    holder = next((box for box in under if box.y0 <= middle.center_y <= box.y1), None)
    return holder is not None and entry.time.box.x0 >= holder.x1


def are_calls(found: Entries) -> bool:
    """Say whether the entries tell of calls: nothing but how they went, how long, and from where.

    A list of messages may hold such a one (已接), not mostly.
    """
    calls = [all(is_call(row.text) for row in entry.rows[1:]) for entry in found.entries]
    return sum(calls) > _MOST * len(calls)


def is_call(text: str) -> bool:
    """Say whether *text* tells of a call, or where a number is from, and nothing else."""
    return not without_caption(_CALL.sub("", text)) and bool(text.strip())


def have_captions(found: Entries) -> bool:
    """Say whether most names are set as captions, as in notifications."""
    small = [_is_caption(*entry.rows[:2]) for entry in found.entries]
    return sum(small) >= _MOST * len(small)


def _is_caption(name: Row, text: Row) -> bool:
    pale = name.look.contrast < _PALE * text.look.contrast
    return name.em < _CAPTION * text.em or (pale and name.em < text.em)


def are_of_one(found: Entries, title: str | None, title_bottom: float) -> bool:
    """Say whether the entries are one conversation's: they name the *title* or the phone's owner.

    A list of conversations names each sender once; where it has no title of its own, its first
    sender may be taken for one. Under a number as the title, names set as captions are those of the
    brand that each card of it shows.
    """
    if title_bottom > found.entries[0].rows[0].box.y0:
        return False
    if title and parse_sender(title).number and have_captions(found):
        return True
    names = [entry.name for entry in found.entries]
    titled = sum(_is_named(name, title or "") for name in names)
    owner = sum(is_owner(name) for name in names)
    return titled > 0 and titled + owner >= max(2, _MOST * len(names))


def _is_named(name: str, title: str) -> bool:
    bare, whole = (re.sub(r"\W", "", text) for text in (name, title))
    # A title may go on with a city, or hold a name before its number.
    return len(bare) > 1 and (whole.startswith(bare) or whole.endswith(bare))


def is_owner(name: str) -> bool:
    """Say whether *name* is what phones call their owner in a conversation."""
    return bool(_OWNER.fullmatch(name.strip()))


def find_inbox(found: Entries, rows: Sequence[Row], page: Page, em: float) -> Inbox | None:
    """Return the list of conversations that entries among *rows* are, or None if they are none."""
    entries = found.entries
    if not _regular(entries, found.column, em):
        return None
    drafts = [_draft(entry, page, em) for entry in entries]
    if drafts and _goes_on(entries, _bar_top(rows, entries[-1], page)):
        drafts[-1] = replace(drafts[-1], clipped=True)
    used = [row for entry in entries for row in entry.rows]
    return Inbox(tuple(drafts), tuple(used), tuple(entry.time for entry in entries))


def _goes_on(entries: Sequence[Entry], bottom: float) -> bool:
    """Say whether the last entry lacks a row that others have and for which no room is left."""
    *others, last = [entry.rows[1:] for entry in entries]
    pitches = [b.box.y0 - a.box.y0 for rows in others for a, b in pairwise(rows)]
    if not pitches or len(last) >= max(len(rows) for rows in others):
        return False
    widest = max(row.box.x1 for rows in others for row in rows)
    full = last[-1].box.width > _FULL * (widest - last[-1].box.x0)
    room = bottom - last[-1].box.y1
    return full and room < _ROOM * median(pitches) and not ends_cut(join_rows(last))


def _bar_top(rows: Sequence[Row], last: Entry, page: Page) -> float:
    """Return the upper end of a bar of tabs: rows side by side below the last entry's time."""
    below = [row for row in rows if row.box.y0 > max(last.time.box.y1, last.rows[-1].box.y1)]
    for row in below:
        band = [r for r in below if abs(r.box.center_y - row.box.center_y) < row.em]
        if len(band) > 1:
            return min(r.box.y0 for r in band)
    return page.box.y1


def _regular(entries: Sequence[Entry], column: Sequence[Row], em: float) -> bool:
    """Say whether the column holds little but entries, each no longer than a few rows."""
    rows = sum(len(entry.rows) for entry in entries)
    first = min(entry.rows[0].box.y0 for entry in entries)
    below = [row for row in column if row.box.y0 >= first - em]
    return rows >= 0.6 * len(below) and median(len(e.rows) for e in entries) <= 4


def _draft(entry: Entry, page: Page, em: float) -> MessageDraft:
    sender, *snippet = entry.rows
    edge = page.box.y1 - _TOUCHING * em
    cut = snippet[-1].box.y1 >= edge
    snippet = [row for row in snippet if not is_mark(row.text) and row.box.y1 < edge]
    joined = join_rows(snippet)
    box = Box.around(row.box for row in snippet or [sender])
    return MessageDraft(
        direction=Direction.IN,  # lists do not tell; most entries are received
        text=joined.text,
        raw_text=joined.raw_text,
        box=box,
        confidences=joined.confidences,
        clipped=cut,
        snippet=ends_cut(joined),
        time_label=entry.label,
        label_scope=LabelScope.OWN,
        sender_raw=without_arrows(sender.text),
        sender_box=number_box(sender, without_arrows(sender.text)),
    )


def entry_messages(
    found: Entries, top: float, bottom: float, page: Page, em: float
) -> list[tuple[list[Row], MessageDraft]]:
    """Return the rows and drafts of one conversation's entries between *top* and *bottom*.

    Text above the first entry is the end of a message whose name and time have scrolled away.
    """
    starts = [entry.rows[0].box.y0 for entry in found.entries]
    times = max(entry.time.box.y1 for entry in found.entries)
    end = bottom if bottom > times else page.box.y1  # a name and a time alone look like buttons
    column = [row for row in sorted(found.column, key=lambda r: r.box.y0) if row.box.y1 <= end]
    heads = [row for row in column if time_label(row.text)]
    column = [row for row in column if row not in heads]
    above = [row for row in column if top < row.box.center_y and row.box.y1 <= starts[0]]
    messages = [(above, _message(above, None, None, page, em))] if above else []
    for entry, start, following in zip(found.entries, starts, [*starts[1:], end], strict=True):
        rows = _without_buttons([row for row in column if start < row.box.y0 < following])
        day = next((row.text for row in reversed(heads) if row.box.y0 < start), None)
        if rows:
            messages.append((rows, _message(rows, entry, day, page, em)))
    return messages


def _without_buttons(rows: list[Row]) -> list[Row]:
    """Take the buttons off the lower end of a card's rows."""
    while len(rows) > 1 and is_button(rows[-1].text):
        rows = rows[:-1]
    return rows


def _message(
    rows: Sequence[Row], entry: Entry | None, day: str | None, page: Page, em: float
) -> MessageDraft:
    """Return the message of an entry; *day* is the date drawn above it and others."""
    joined = join_rows(rows)
    sent = entry is not None and is_owner(entry.name)
    return MessageDraft(
        direction=Direction.OUT if sent else Direction.IN,
        text=joined.text,
        raw_text=joined.raw_text,
        box=Box.around(row.box for row in rows),
        confidences=joined.confidences,
        clipped=entry is None or rows[-1].box.y1 >= page.box.y1 - _TOUCHING * em,
        snippet=ends_cut(joined),
        time_label=stacked(day and time_label(day), entry.label) if entry else None,
        label_scope=LabelScope.OWN if entry else LabelScope.NONE,
    )


def ends_cut(text: MessageText) -> bool:
    """Say whether a text ends in the dots of a snippet (engines read … as dots, one up to six)."""
    return text.text.rstrip().endswith(("…", "...", "⋯", "。。。", "‥", ".."))
