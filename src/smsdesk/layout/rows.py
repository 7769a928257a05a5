"""Visual rows of text: recognised lines put side by side again where the engine parted them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from smsdesk.domain.geometry import Box
from smsdesk.domain.reading import Reading, TextLine
from smsdesk.layout.pixels import Appearance, Canvas, differ, first_step

_USUAL_EM = 0.84
"""Width of a full-width character as a share of an engine's line box, where nothing tells it."""

_SAME_ROW = 0.4
"""Boxes lie on one row if their middles are no further apart than this share of their height."""

_WORD_GAP = 1.3
"""Parts of one sentence are no further apart than this many em; columns of a list are."""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One visual row: its text with a confidence and an x-span for each character.

    `box` is the tight box of the ink, `em` the width of a full-width character in pixels: the unit
    of all thresholds of this package.
    """

    lines: tuple[TextLine, ...]
    text: str
    confidences: tuple[float, ...]
    char_spans: tuple[tuple[float, float], ...]
    box: Box
    em: float
    look: Appearance


def find_rows(reading: Reading, canvas: Canvas) -> list[Row]:
    """Return the rows of *reading* from the top; lines without any text are left out."""
    lines = [line for line in reading.lines if line.text.strip()]
    usual = _usual_em(lines)
    rows = [_single(line, _em(line, usual), canvas) for line in lines]
    rows.sort(key=lambda row: (row.box.center_y, row.box.x0))
    return _put_together(rows, canvas)


def _single(line: TextLine, em: float, canvas: Canvas) -> Row:
    look = canvas.appearance(line.box)
    return Row((line,), line.text, line.confidences, line.char_spans, look.ink_box, em, look)


def is_wide(char: str) -> bool:
    """Say whether *char* is an ideograph, kana or hangul: as wide as an em."""
    return "\u2e80" <= char <= "\ud7ff" and not "\u3000" <= char <= "\u303f"


def _pitches(line: TextLine) -> list[float]:
    """Distances between the starts of neighbouring full-width characters."""
    pairs = zip(pairwise(line.text), pairwise(line.char_spans), strict=True)
    return [b[0] - a[0] for (c, d), (a, b) in pairs if is_wide(c) and is_wide(d)]


def _em(line: TextLine, usual: float) -> float:
    pitches = _pitches(line)
    by_height = line.box.height * usual
    return median(pitches if len(pitches) >= 3 else [*pitches, by_height])


def _usual_em(lines: Sequence[TextLine]) -> float:
    shares = [
        median(pitches) / line.box.height
        for line in lines
        if len(pitches := _pitches(line)) >= 3 and line.box.height > 0
    ]
    return median(shares) if shares else _USUAL_EM


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
    done.sort(key=lambda row: (row.box.y0, row.box.x0))
    return done


def _continues(a: Row, b: Row, canvas: Canvas) -> bool:
    """Say whether *a* and *b* are parts of one row on one background, of one size."""
    em = max(a.em, b.em)
    low = min(a.box.height, b.box.height)
    if abs(a.box.center_y - b.box.center_y) > _SAME_ROW * max(low, em * 0.5):
        return False
    if not 0.75 < a.em / b.em < 1.33 or differ(a.look.background, b.look.background) > 12:
        return False
    left, right = (a, b) if a.box.x0 <= b.box.x0 else (b, a)
    gap = right.box.x0 - left.box.x1
    if not -0.6 * em < gap < _WORD_GAP * em:
        return False
    y0, y1 = max(a.box.y0, b.box.y0), min(a.box.y1, b.box.y1)
    if gap < 4:
        return True
    return first_step(canvas.along_x(left.box.x1 + 1, right.box.x0 - 1, y0, y1), 2) is None


def _joined(a: Row, b: Row) -> Row:
    left, right = (a, b) if a.box.x0 <= b.box.x0 else (b, a)
    return replace(
        left,
        lines=left.lines + right.lines,
        text=left.text + right.text,
        confidences=left.confidences + right.confidences,
        char_spans=left.char_spans + right.char_spans,
        box=Box.around((left.box, right.box)),
    )
