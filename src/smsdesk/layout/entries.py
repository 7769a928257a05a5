"""Find entries: a name, its time on the same height or below, and text under the name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from smsdesk.domain.numbers import parse_sender
from smsdesk.layout.labels import stacked
from smsdesk.layout.regions import Page
from smsdesk.layout.rows import Row, is_wide
from smsdesk.layout.words import time_label, without_arrows

_COLUMN = 0.9
"""Texts of one column start no further apart than this many em (【 has air at its left)."""

_FLUSH = 0.35
"""Characters begin so few em from their column's edge: some are drawn narrow."""

_RIGHT_PART = 0.6
"""The column of times begins in this part of the screen's width or further right."""

_UNDER_PICTURE = 3.0
_TEXT = 4
"""Cards show a small picture before the name; the text below begins up to so many em further left,
and holds so many ideographs at least: a letter in the picture is none."""

_LEFT_PART = 0.3
"""Times at the left end within this part of the width."""

_NAME = 12
"""A name has at most so many characters."""

_APART = 1.6
"""Rows of one entry are no further apart than this many em."""


@dataclass(slots=True)
class Entry:
    """A time at the right, what it says, and the column's rows from there to the next time.

    The first row is the name, the others are the text.
    """

    time: Row
    label: str
    rows: list[Row]

    @property
    def name(self) -> str:
        """The name without arrows."""
        return without_arrows(self.rows[0].text)


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of a screen from the top, and the column that they and perhaps more stand in."""

    entries: tuple[Entry, ...]
    column: tuple[Row, ...]


def find_entries(rows: Sequence[Row], page: Page, em: float) -> Entries | None:
    """Return the entries that *rows* show, or None if they show something else.

    Their mark: at least two times, one below the other at the right or at the left, each with text
    of one column on its own height; or times that end one column's texts, each under a name. Times
    of bubbles stand beside or between texts, not above a text, and no names above these.
    """
    for times in (_times_at_right(rows, page), _times_at_left(rows, page)):
        column = _text_column(rows, times, page, em)
        entries = [e for e in _under_days(_entries(times, column, em), em) if len(e.rows) >= 2]
        if len(entries) >= 2:
            return Entries(tuple(entries), tuple(column))
    return _over_times(rows, page, em)


def _under_days(entries: Sequence[Entry], em: float) -> list[Entry]:
    """Return the entries with the day that stands above them; a time without a name is a day."""
    day: str | None = None
    named = []
    for entry in entries:
        if entry.rows and abs(entry.rows[0].box.center_y - entry.time.box.center_y) < em:
            named.append(replace(entry, label=stacked(day, entry.label)))
        else:
            day = entry.label
    return named


def _over_times(rows: Sequence[Row], page: Page, em: float) -> Entries | None:
    """Return entries whose time is the last row of their own column."""
    half = page.box.x0 + 0.5 * page.box.width
    texts = [row for row in rows if row.box.x0 < half]
    times = [row for row in texts if time_label(row.text)]
    if len(times) < 2:
        return None
    left = median(row.box.x0 for row in times)
    column = sorted((r for r in texts if _is_in_column(r, left, em)), key=lambda r: r.box.y0)
    entries: list[Entry] = []
    own: list[Row] = []
    for row in column:
        label = time_label(row.text)
        if label is None:
            own = [*own, row] if own and row.box.y0 - own[-1].box.y1 < _APART * em else [row]
        else:
            entries.append(Entry(row, label, own))
            own = []
    entries = [entry for entry in entries if len(entry.rows) >= 2]
    names = sum(_is_name(entry.rows[0]) for entry in entries)
    if len(entries) < 2 or names < len(entries):
        return None
    return Entries(tuple(entries), tuple(row for row in column if not time_label(row.text)))


def _is_name(row: Row) -> bool:
    """Say whether a row is a number or a short name rather than the beginning of a text."""
    sentence = any(char in "。，！？；：【】,!?;" for char in row.text)
    return parse_sender(row.text).number is not None or (len(row.text) <= _NAME and not sentence)


def _times_at_left(rows: Sequence[Row], page: Page) -> list[tuple[Row, str]]:
    to_x = page.box.x0 + _LEFT_PART * page.box.width
    labels = [(row, time_label(row.text)) for row in rows if row.box.x1 < to_x]
    found = [(row, label) for row, label in labels if label]
    if len(found) < 2:
        return []
    edge = median(row.box.x0 for row, _ in found)
    return [(row, label) for row, label in found if abs(row.box.x0 - edge) < 1.5 * row.em]


def _times_at_right(rows: Sequence[Row], page: Page) -> list[tuple[Row, str]]:
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
    texts = [r for r in rows if id(r) not in of_times and r.box.x0 < half]
    long = [r for r in texts if len(r.text) > 1]  # letters alone: mostly pictures
    beside = [
        text
        for text in long
        for time, _ in times
        if abs(text.box.center_y - time.box.center_y) < 0.8 * em
        and (text.box.x1 < time.box.x0 or text.box.x0 > time.box.x1)
    ]
    if not beside:
        return []
    left = median(text.box.x0 for text in beside)
    inside = [r for r in texts if _is_in_column(r, left, em)]
    return [r for r in inside if len(r.text) > 1 or is_wide(r.text) or _is_flush(r, left)]


def _is_flush(row: Row, left: float) -> bool:
    """Say whether a character alone stands on the column's very edge: a text, no picture."""
    return abs(row.box.x0 - left) < _FLUSH * row.em


def _is_in_column(row: Row, left: float, em: float) -> bool:
    """Say whether a text begins where the names do, or under the picture before a name."""
    apart = row.box.x0 - left
    text = sum(is_wide(char) for char in row.text) >= _TEXT
    return abs(apart) < _COLUMN * em or (text and -_UNDER_PICTURE * em < apart < 0)


def _entries(times: Sequence[tuple[Row, str]], column: Sequence[Row], em: float) -> list[Entry]:
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
        entries.append(Entry(time, label, own))
    return entries
