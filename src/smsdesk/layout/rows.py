"""Visual rows of text: recognised lines put side by side again where the engine parted them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from smsdesk.domain.geometry import Box
from smsdesk.domain.reading import Reading, TextLine
from smsdesk.layout.pixels import Appearance, Canvas, differ, first_step
from smsdesk.layout.words import time_label

_CHINESE_INK = 0.92
"""Height of Chinese characters' ink as a share of the em, where no row of the screen tells it."""

_DIGIT_INK = 0.74
"""Height of digits and capitals as a share of the em."""

_DESCENT = 0.18
"""What letters that reach below the line add to that."""

_SAME_ROW = 0.4
"""Boxes lie on one row if their middles are no further apart than this share of their height."""

_TIME_AT_END = re.compile(
    r"\s*((?:(?:20\d\d[-/年]|\d{1,2}[-/月]|[今昨前]天|周|星期)\S*\s*)?"
    r"(?:[上下中]午|[早凌]晨|早上|晚上)?\d{1,2}[:：]\d{2})(?:\s*[√✓vVⅤ/]{1,3})?\s*$"
)

_FLAT = frozenset("一—–-_~～·.,。，、…:：;；")
"""Characters whose ink does not tell how large they are: the 一、 of a list, dots, a dash."""

_WORD_GAP = 1.3
"""Parts of one sentence are no further apart than this many em; columns of a list are."""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One visual row: its text with a confidence and an x-span for each character.

    `box` is the tight box of the ink, `em` the width of a full-width character in pixels: the unit
    of all thresholds of this package. `unread` are the characters beside ink that was not read.
    """

    lines: tuple[TextLine, ...]
    text: str
    confidences: tuple[float, ...]
    char_spans: tuple[tuple[float, float], ...]
    box: Box
    em: float
    look: Appearance
    unread: frozenset[int] = frozenset()


def find_rows(reading: Reading, canvas: Canvas) -> list[Row]:
    """Return the rows of *reading* from the top; lines without any text are left out."""
    lines = [line for line in reading.lines if line.text.strip()]
    rows = [row for line in lines for row in _parts(_single(line, canvas), canvas)]
    share = _ink_share(rows)
    rows = [row if _is_measured(row) else replace(row, em=_em_by_ink(row, share)) for row in rows]
    rows.sort(key=lambda row: (row.box.center_y, row.box.x0))
    return _put_together(rows, canvas)


def _single(line: TextLine, canvas: Canvas) -> Row:
    look = canvas.appearance(line.box)
    pitches = _pitches(line.text, line.char_spans)
    em = median(pitches) if pitches else line.box.height
    return Row((line,), line.text, line.confidences, line.char_spans, look.ink_box, em, look)


def _parts(row: Row, canvas: Canvas) -> list[Row]:
    """Part a text from a time drawn beside it, small or pale, that an engine took for its end."""
    match = _TIME_AT_END.search(row.text)
    if not match or not row.text[: match.start()].strip() or time_label(row.text):
        return [row]
    cut = match.start(1)
    text, time = _piece(row, 0, cut, canvas), _piece(row, cut, len(row.text), canvas)
    return [text, time] if time_label(time.text) and _look_unlike(text, time) else [row]


def _piece(row: Row, start: int, end: int, canvas: Canvas) -> Row:
    spans = row.char_spans[start:end]
    line = row.lines[0]
    box = Box(spans[0][0], line.box.y0, spans[-1][1], line.box.y1)
    look = canvas.appearance(box)
    return replace(
        row,
        text=row.text[start:end],
        confidences=row.confidences[start:end],
        char_spans=spans,
        box=look.ink_box,
        em=look.ink_box.height,
        look=look,
    )


def is_wide(char: str) -> bool:
    """Say whether *char* is an ideograph, kana or hangul: as wide as an em."""
    return "\u2e80" <= char <= "\ud7ff" and not "\u3000" <= char <= "\u303f"


def _pitches(text: str, spans: Sequence[tuple[float, float]]) -> list[float]:
    """Distances between the starts of neighbouring full-width characters."""
    pairs = zip(pairwise(text), pairwise(spans), strict=True)
    return [b[0] - a[0] for (c, d), (a, b) in pairs if is_wide(c) and is_wide(d)]


def _is_measured(row: Row) -> bool:
    """Say whether enough full-width characters stand side by side to tell the em."""
    return len(_pitches(row.text, row.char_spans)) >= 3


def _ink_share(rows: Sequence[Row]) -> float:
    """Return the usual height of Chinese characters' ink as a share of the em."""
    shares = [row.box.height / row.em for row in rows if _is_measured(row) and row.em > 0]
    return median(shares) if shares else _CHINESE_INK


def _em_by_ink(row: Row, chinese: float) -> float:
    """Return the em of a short row from the height of its ink."""
    if any(is_wide(c) for c in row.text):
        share = chinese
    else:
        share = _DIGIT_INK + (_DESCENT if any(c in "gjpqy()[]|/,;" for c in row.text) else 0.0)
    return max(row.box.height / share, 1.0)


def _put_together(rows: Sequence[Row], canvas: Canvas) -> list[Row]:
    """Join parts of one row; each row looks back at the few that can lie beside it."""
    done: list[Row] = []
    for row in rows:
        place = next(
            (
                i
                for i in range(len(done) - 1, max(len(done) - 8, -1), -1)
                if _continues(done[i], row, canvas)
            ),
            None,
        )
        if place is None:
            done.append(row)
        else:
            done[place] = _joined(done[place], row)
    return _in_reading_order(done)


def _in_reading_order(rows: Sequence[Row]) -> list[Row]:
    """Sort from the top, and from the left what stands on one height: fields and their values."""
    ordered: list[Row] = []
    band: list[Row] = []
    for row in sorted(rows, key=lambda row: row.box.center_y):
        if band and abs(row.box.center_y - band[0].box.center_y) > _SAME_ROW * band[0].em:
            ordered += sorted(band, key=lambda each: each.box.x0)
            band = []
        band.append(row)
    return ordered + sorted(band, key=lambda each: each.box.x0)


def _continues(a: Row, b: Row, canvas: Canvas) -> bool:
    """Say whether *a* and *b* are parts of one row on one background, of one size."""
    em = max(a.em, b.em)
    low = min(a.box.height, b.box.height)
    if abs(a.box.center_y - b.box.center_y) > _SAME_ROW * max(low, em * 0.5):
        return False
    flat = _is_flat(a) or _is_flat(b)
    if not (flat or 0.75 < a.em / b.em < 1.33) or differ(a.look.background, b.look.background) > 12:
        return False
    if bool(time_label(a.text)) != bool(time_label(b.text)) and _look_unlike(a, b):
        return False
    left, right = (a, b) if a.box.x0 <= b.box.x0 else (b, a)
    gap = right.box.x0 - left.box.x1
    if not -0.6 * em < gap < _WORD_GAP * em:
        return False
    y0, y1 = max(a.box.y0, b.box.y0), min(a.box.y1, b.box.y1)
    if gap < 4:
        return True
    between = canvas.along_x(left.box.x1 + 1, right.box.x0 - 1, y0, y1)
    return first_step(between, 2, canvas.step) is None


def _is_flat(row: Row) -> bool:
    return all(char in _FLAT or char.isspace() for char in row.text)


def _look_unlike(a: Row, b: Row) -> bool:
    """Say whether one row is clearly smaller or paler than the other: a label beside a text."""
    low, high = sorted((a.look.contrast, b.look.contrast))
    return low < 0.8 * high or not 0.87 < a.em / b.em < 1.15


def _joined(a: Row, b: Row) -> Row:
    left, right = (a, b) if a.box.x0 <= b.box.x0 else (b, a)
    return replace(
        left,
        lines=left.lines + right.lines,
        text=left.text + right.text,
        confidences=left.confidences + right.confidences,
        char_spans=left.char_spans + right.char_spans,
        em=right.em if _is_flat(left) else left.em,
        box=Box.around((left.box, right.box)),
    )
