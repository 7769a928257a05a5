"""Lists of conversations: each row names its sender, its time, and the beginning of a message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from smsdesk.domain.geometry import Box
from smsdesk.domain.screens import Direction, LabelScope, MessageDraft
from smsdesk.layout.regions import Page
from smsdesk.layout.rows import Row
from smsdesk.layout.text import MessageText, join_rows
from smsdesk.layout.words import is_mark, time_label, without_arrows

_COLUMN = 0.9
"""Texts of one column start no further apart than this many em (【 has air at its left)."""

_RIGHT_PART = 0.6
"""The column of times begins in this part of the screen's width or further right."""

_TOUCHING = 0.06
"""Ink nearer than this many em to the lower edge is cut by it."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """The messages of a list, and the rows of text they are made of."""

    drafts: tuple[MessageDraft, ...]
    used: tuple[Row, ...]
    labels: tuple[Row, ...]


@dataclass(slots=True)
class _Entry:
    time: Row
    label: str
    rows: list[Row]


def find_inbox(rows: Sequence[Row], page: Page, em: float) -> Inbox | None:
    """Return the list of conversations that *rows* show, or None if they show something else.

    Its mark: at least two times, one below the other at the right, each with text of one left
    column on its own height. Times of bubbles stand beside or between texts, not above a text.
    """
    times = _times(rows, page)
    column = _text_column(rows, times, page, em)
    entries = _entries(times, column, em)
    entries = [e for e in entries if len(e.rows) >= 2]
    if len(entries) < 2 or not _regular(entries, column, em):
        return None
    drafts = [_draft(entry, page, em) for entry in entries]
    used = [row for entry in entries for row in entry.rows]
    return Inbox(tuple(drafts), tuple(used), tuple(entry.time for entry in entries))


def _times(rows: Sequence[Row], page: Page) -> list[tuple[Row, str]]:
    from_x = page.box.x0 + _RIGHT_PART * page.box.width
    found = []
    for row in rows:
        label = time_label(without_arrows(row.text))
        if label and row.box.x0 > from_x:
            found.append((row, label))
    if len(found) < 2:
        return []
    edge = median(row.box.x1 for row, _ in found)
    return [(row, label) for row, label in found if abs(row.box.x1 - edge) < 1.5 * row.em]


def _text_column(
    rows: Sequence[Row], times: Sequence[tuple[Row, str]], page: Page, em: float
) -> list[Row]:
    """Return the rows of the column of senders and snippets: the one beside the most times."""
    of_times = {id(row) for row, _ in times}
    half = page.box.x0 + 0.5 * page.box.width
    texts = [r for r in rows if id(r) not in of_times and r.box.x0 < half and len(r.text) > 1]
    beside = [
        text
        for text in texts
        for time, _ in times
        if abs(text.box.center_y - time.box.center_y) < 0.8 * em and text.box.x1 < time.box.x0
    ]
    if not beside:
        return []
    left = median(text.box.x0 for text in beside)
    return [r for r in texts if abs(r.box.x0 - left) < _COLUMN * em]


def _entries(times: Sequence[tuple[Row, str]], column: Sequence[Row], em: float) -> list[_Entry]:
    """Give each time the texts from its own height down to the next one's."""
    entries = []
    ordered = sorted(times, key=lambda pair: pair[0].box.y0)
    for index, (time, label) in enumerate(ordered):
        top = time.box.center_y - 0.8 * em
        following = (
            ordered[index + 1][0].box.center_y - 0.8 * em if index + 1 < len(ordered) else None
        )
        own: list[Row] = []
        for row in sorted(column, key=lambda row: row.box.y0):
            inside = row.box.center_y >= top and (following is None or row.box.center_y < following)
            if inside and (not own or row.box.y0 - own[-1].box.y1 < 1.3 * em):
                own.append(row)
        entries.append(_Entry(time, label, own))
    return entries


def _regular(entries: Sequence[_Entry], column: Sequence[Row], em: float) -> bool:
    """Say whether the column holds little but entries, each no longer than a few rows."""
    rows = sum(len(entry.rows) for entry in entries)
    first = min(entry.rows[0].box.y0 for entry in entries)
    below = [row for row in column if row.box.y0 >= first - em]
    return rows >= 0.6 * len(below) and median(len(e.rows) for e in entries) <= 4


def _draft(entry: _Entry, page: Page, em: float) -> MessageDraft:
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
    )


def ends_cut(text: MessageText) -> bool:
    """Say whether a text ends in the dots of a snippet (engines read … as dots, one up to six)."""
    return text.text.rstrip().endswith(("…", "...", "⋯", "。。。", "‥", ".."))
