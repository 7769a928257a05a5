"""Text on paper: the one place through which all outside text passes, and its line breaking.

No markup is parsed anywhere in the report, so a message cannot smuggle any in. What has no glyph
becomes a readable code such as 〔U+202E〕; so does every invisible character that could change how
a text reads (direction marks, zero-width characters): evidence must not hide anything.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntFlag
from functools import cache

from smsdesk.report.pdf.fonts import advance, font_for

CLOSING = frozenset("，。、；：？！）】」』》〉〕］｝”’…%％‰℃,.;:?!)]}·")
"""May not stand at the start of a line (kinsoku, GB/T 15834 5.1.10)."""
OPENING = frozenset("（【「『《〈〔［｛“‘([{￥¥$")
"""May not stand at the end of a line."""
_HALF_BLANK_RIGHT = frozenset("，。、；：？！）】」』》〉〕］｝”’")
_HALF_BLANK_LEFT = frozenset("（【「『《〈〔［｛“‘")
_WORD_MARKS = frozenset("._-–/:@%+#&=~'*,")
_VARIATION_SELECTORS = frozenset("\ufe0e\ufe0f")
_JOINER = "\u200d"
_JUSTIFY_UP_TO = 1.6
"""A line is stretched to the full width if no more than this many ems are lacking; beyond that
the gaps between the characters would be seen."""


class Mark(IntFlag):
    """What is drawn under a character."""

    NONE = 0
    MATCHED = 1
    DOUBTFUL = 2


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawable character: its font and its width at one point; a newline ends a line."""

    char: str
    font: str
    width: float
    mark: Mark = Mark.NONE


Span = tuple[int, int, Mark]
Glyphs = tuple[Glyph, ...]


@cache
def _drawable(char: str, after_emoji: bool) -> str:
    """Return what to print for *char*: itself, a space, nothing, or its code in brackets."""
    if char in "\n\r\u2028\u2029":
        return "\n"
    if char in "\t\u00a0":
        return " "
    if char in _VARIATION_SELECTORS or (char == _JOINER and after_emoji):
        return ""
    visible = unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    return char if visible and font_for(char, False) else f"〔U+{ord(char):04X}〕"


def _joins_emoji(previous: str) -> bool:
    """Say whether a joiner after *previous* only ties two pictograms together."""
    return previous in _VARIATION_SELECTORS or unicodedata.category(previous) in {"So", "Sk"}


def _marks(length: int, spans: Iterable[Span]) -> list[Mark]:
    """Return one mark for each character; spans that reach outside the text are cut."""
    marks = [Mark.NONE] * length
    for start, end, mark in spans:
        for index in range(max(start, 0), min(end, length)):
            marks[index] |= mark
    return marks


@cache
def _glyph(char: str, bold: bool, mark: Mark) -> Glyph:
    font = font_for(char, bold) or font_for("?", bold) or ""
    return Glyph(char, font, 0.0 if char == "\n" else advance(char, font), mark)


def shape(text: str, *, bold: bool = False, spans: Sequence[Span] = ()) -> Glyphs:
    """Return *text* as glyphs; *spans* (start, end, mark) count characters of *text*."""
    glyphs: list[Glyph] = []
    previous = " "
    following = (text + " ")[1:]
    for char, after, mark in zip(text, following, _marks(len(text), spans), strict=True):
        if (char, after) == ("\r", "\n"):
            continue
        shown = _drawable(char, _joins_emoji(previous))
        glyphs.extend(_glyph(part, bold, mark) for part in shown)
        previous = char
    return tuple(glyphs)


def plain(text: str) -> str:
    """Return *text* as it is printed, in one line (for bookmarks, titles and metadata)."""
    return "".join(glyph.char for glyph in shape(text)).replace("\n", " ").strip()


@dataclass(frozen=True, slots=True)
class Line:
    """Some glyphs that stand on one line; `width` in ems as drawn, without blank edges.

    `ends` says that a paragraph ends here, or that a word had to be cut: such a line is not
    stretched.
    """

    glyphs: Glyphs
    width: float
    ends: bool


def _is_word(char: str) -> bool:
    return (char.isascii() and char.isalnum()) or char in _WORD_MARKS


def may_break(left: str, right: str) -> bool:
    """Say whether a line may end between two neighbouring characters."""
    if left == " ":
        return right != " "
    if right in CLOSING or left in OPENING or right == " ":
        return False
    return not (_is_word(left) and _is_word(right))


def _blank_left(glyph: Glyph) -> float:
    """Return the empty left half of a full-width bracket, which may hang into the margin."""
    return 0.5 if glyph.char in _HALF_BLANK_LEFT and glyph.width >= 1 else 0.0


def _blank_right(glyph: Glyph) -> float:
    return 0.5 if glyph.char in _HALF_BLANK_RIGHT and glyph.width >= 1 else 0.0


def _may_end(glyphs: Glyphs, index: int) -> bool:
    """Say whether a line may end behind a glyph: not at a space between the digits of a number."""
    left, right = glyphs[index].char, glyphs[index + 1].char
    if left == " " and right.isdigit() and index and glyphs[index - 1].char.isdigit():
        return False
    return may_break(left, right)


def _line_end(glyphs: Glyphs, start: int, stop: int, limit: float) -> int:
    """Return where the line from *start* ends: at the last good place, else where it is full.

    A place that would leave the line less than half full is not good: an unbroken string (a long
    link, a row of dots) is then cut where it reaches the edge.
    """
    width, good, good_width = -_blank_left(glyphs[start]), start, 0.0
    for index in range(start, stop):
        glyph = glyphs[index]
        if glyph.char != " " and width + glyph.width - _blank_right(glyph) > limit + 1e-6:
            return good if good_width >= limit / 2 else max(index, start + 1)
        width += glyph.width
        if index + 1 < stop and _may_end(glyphs, index):
            good, good_width = index + 1, width
    return stop


def _line(glyphs: Glyphs, ends: bool) -> Line:
    trimmed = glyphs
    while trimmed and trimmed[-1].char == " ":
        trimmed = trimmed[:-1]
    width = sum(glyph.width for glyph in trimmed)
    if trimmed:
        width -= _blank_left(trimmed[0]) + _blank_right(trimmed[-1])
    return Line(trimmed, width, ends)


def break_lines(glyphs: Glyphs, limit: float) -> tuple[Line, ...]:
    """Return *glyphs* set in lines of at most *limit* ems; nothing but spaces at ends is lost."""
    lines: list[Line] = []
    start = 0
    while start < len(glyphs):
        stop = start
        while stop < len(glyphs) and glyphs[stop].char != "\n":
            stop += 1
        if start == stop:
            lines.append(Line((), 0.0, ends=True))
        while start < stop:
            end = _line_end(glyphs, start, stop, limit)
            cut = end < stop and not may_break(glyphs[end - 1].char, glyphs[end].char)
            lines.append(_line(glyphs[start:end], ends=cut or end == stop))
            start = end
        start += 1
    return tuple(lines)


def one_line(text: str, size: float, width: float, *, bold: bool = False) -> Glyphs:
    """Return *text* on one line no wider than *width* points, cut with … where it is longer."""
    glyphs = tuple(g for g in shape(plain(text), bold=bold) if g.char != "\n")
    if sum(glyph.width for glyph in glyphs) * size <= width:
        return glyphs
    dots = shape("…", bold=bold)
    room = width / size - dots[0].width
    kept = 0
    while kept < len(glyphs) and room >= glyphs[kept].width:
        room -= glyphs[kept].width
        kept += 1
    return glyphs[:kept] + dots


def stretch(line: Line, limit: float) -> float:
    """Return how many ems to add after each glyph so that *line* fills *limit* ems."""
    lacking = limit - line.width
    if line.ends or len(line.glyphs) < 2 or lacking > _JUSTIFY_UP_TO:
        return 0.0
    return lacking / (len(line.glyphs) - 1)


def indent(line: Line) -> float:
    """Return by how many ems *line* starts to the left of its edge (a hanging bracket)."""
    return _blank_left(line.glyphs[0]) if line.glyphs else 0.0
