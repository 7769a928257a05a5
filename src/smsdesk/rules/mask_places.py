"""Where in a picture the words stand that are to be masked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from smsdesk.domain.geometry import Box
from smsdesk.domain.masks import MaskKind
from smsdesk.domain.reading import TextLine
from smsdesk.rules.masks import Masker, squeezed

Place = tuple[MaskKind, Box]

_LINES_TOGETHER = 3
"""Words run over the ends of lines: an address over up to three, numbers and names over two."""

_MARGIN = 0.2
"""Share of a line's height that is blackened around words: an engine's boxes are tight, and parts
of strokes would be left."""

_WIDER_THAN_A_CHARACTER = 0.5
"""Share of a line's height by which each side is widened: where exactly a character begins is an
engine's guess, good to a fraction of a character."""


def places_in(masker: Masker, lines: Sequence[TextLine]) -> list[Place]:
    """Return the boxes of all words in *lines* (top to bottom) that are to be masked."""
    return [
        (kind, box)
        for kind, start, end in _runs(masker, lines)
        for box in _boxes(lines, start, end)
    ]


def missed(masker: Masker, text: str, box: Box, lines: Sequence[TextLine]) -> list[Place]:
    """Return *box* if words masked in *text*, which it holds, were not found in its *lines*.

    An engine may have read them otherwise there than a person, or than the same message elsewhere.
    """
    within = [line for line in lines if line.box.overlaps(box)]
    seen = squeezed("".join(line.text for line in within))
    for one in masker.find(text):
        if squeezed(text[one.start : one.end]) not in seen:
            return [(one.kind, box)]
    return []


def _runs(masker: Masker, lines: Sequence[TextLine]) -> Iterator[tuple[MaskKind, int, int]]:
    """Yield (kind, start, end) in the characters of all lines, one after another.

    Each line is looked at alone, too: digits of the next one would lengthen a number at its end.
    """
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.text))
    found: set[tuple[MaskKind, int, int]] = set()
    for first in range(len(lines)):
        for last in range(first + 1, min(first + _LINES_TOGETHER, len(lines)) + 1):
            text = "".join(line.text for line in lines[first:last])
            for one in masker.find(text):
                found.add((one.kind, starts[first] + one.start, starts[first] + one.end))
    yield from sorted(found, key=lambda run: run[1:])


def _boxes(lines: Sequence[TextLine], start: int, end: int) -> Iterator[Box]:
    at = 0
    for line in lines:
        first, last = max(start - at, 0), min(end - at, len(line.text))
        if first < last:
            yield _box(line, first, last)
        at += len(line.text)


def _box(line: TextLine, first: int, last: int) -> Box:
    """Return the box of characters of a line; of the whole line where their places are unknown."""
    whole = line.box
    margin, side = _MARGIN * whole.height, _WIDER_THAN_A_CHARACTER * whole.height
    left, right = whole.x0, whole.x1
    if len(line.char_spans) == len(line.text):
        spans = line.char_spans[first:last]
        left, right = min(a for a, _ in spans), max(b for _, b in spans)
    return Box(left - side, whole.y0 - margin, right + side, whole.y1 + margin)


def counted(places: Iterable[Place]) -> dict[MaskKind, int]:
    """Return how many boxes there are of each kind."""
    counts: dict[MaskKind, int] = {}
    for kind, _ in places:
        counts[kind] = counts.get(kind, 0) + 1
    return counts
