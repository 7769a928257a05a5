"""Repairs of punctuation that can be shown to be right; everything else stays as it was read.

Engines confuse the half-width and full-width forms of a mark, which look alike. What tells them
apart is the room they take: a full-width mark fills an em, a half-width one about half of it. At
the end of a row the room cannot be seen; there the message's other marks decide, since people (and
templates) type one form throughout.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from smsdesk.domain.characters import SIMPLIFIED, is_simplified
from smsdesk.layout.rows import is_wide

_HALF = ",:;!?()"
_FULL = "，：；！？（）"
_TO_FULL = dict(zip(_HALF, _FULL, strict=True))
_TO_HALF = dict(zip(_FULL, _HALF, strict=True))

_DAY_MISREAD = re.compile(r"\d月\s?\d{1,2}\s?([旦曰])")

_FULL_FROM = 0.8
"""Marks that take this many em or more are full-width (drawn 0.9 to 1.1, others 0.4 to 0.75)."""

_BRACKET_FULL_FROM = 0.86
"""Half-width brackets are wider (0.8) and engines place them less exactly."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character; `room` is how many em it is to the next one's start, None at a row's end."""

    char: str
    confidence: float
    room: float | None


def repaired(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return *glyphs* with marks in the width they were drawn in; dates, dashes, dots restored."""
    return _dots(_dashes(_dates(_paired(_same_form(_simplified(glyphs))))))


def _simplified(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Take simplified forms for others that look the same, unless the text is not simplified."""
    if not is_simplified("".join(glyph.char for glyph in glyphs)):
        return list(glyphs)
    return [replace(glyph, char=SIMPLIFIED.get(glyph.char, glyph.char)) for glyph in glyphs]


def _same_form(glyphs: Sequence[Glyph]) -> list[Glyph]:
    forms = [_drawn_full(glyphs, index) for index in range(len(glyphs))]
    seen = [form for form in forms if form is not None]
    common = None if not seen or sum(seen) not in (0, len(seen)) else seen[0]
    fixed = []
    for index, (glyph, form) in enumerate(zip(glyphs, forms, strict=True)):
        wanted = common if form is None and glyph.char not in "()（）" else form
        if wanted is None or not _is_mark(glyph) or _inside_number(glyphs, index):
            fixed.append(glyph)
            continue
        table = _TO_FULL if wanted else _TO_HALF
        fixed.append(replace(glyph, char=table.get(glyph.char, glyph.char)))
    return fixed


def _is_mark(glyph: Glyph) -> bool:
    return glyph.char in _TO_FULL or glyph.char in _TO_HALF


def _drawn_full(glyphs: Sequence[Glyph], index: int) -> bool | None:
    """Say whether a mark was drawn full-width; None where its room does not tell."""
    glyph = glyphs[index]
    if not _is_mark(glyph) or glyph.room is None or _inside_number(glyphs, index):
        return None
    following = glyphs[index + 1].char
    if not (is_wide(following) or following.isalnum()):
        return None  # a space or another mark: their own air would be counted
    if glyph.char in "()（）":
        full = glyph.room >= _BRACKET_FULL_FROM
        return True if full and glyph.char in "(（)）" else None
    return glyph.room >= _FULL_FROM


def _inside_number(glyphs: Sequence[Glyph], index: int) -> bool:
    """Say whether the mark stands in a number, a clock or a link: 1,860 or 9:00 or https://."""
    before = glyphs[index - 1].char if index else " "
    after = glyphs[index + 1].char if index + 1 < len(glyphs) else " "
    return _is_latin(before) and (_is_latin(after) or after in "/\\")


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _paired(glyphs: list[Glyph]) -> list[Glyph]:
    """Make both brackets of a pair full-width if one is."""
    fixed = list(glyphs)
    opened: list[int] = []
    for index, glyph in enumerate(glyphs):
        if glyph.char in "(（":
            opened.append(index)
        elif glyph.char in ")）" and opened:
            start = opened.pop()
            if "（" in fixed[start].char or "）" in glyph.char:
                fixed[start] = replace(fixed[start], char="（")
                fixed[index] = replace(glyph, char="）")
    return fixed


def _dates(glyphs: list[Glyph]) -> list[Glyph]:
    """Turn 旦 or 曰 after a month and a number into the day it was: no date ends otherwise."""
    text = "".join(glyph.char for glyph in glyphs)
    fixed = list(glyphs)
    for match in _DAY_MISREAD.finditer(text):
        fixed[match.start(1)] = replace(glyphs[match.start(1)], char="日")
    return fixed


def _dashes(glyphs: list[Glyph]) -> list[Glyph]:
    """Turn 一 between clocks into the dash it was: 8:30—11:00."""
    fixed = list(glyphs)
    for index in range(3, len(glyphs) - 1):
        before = "".join(g.char for g in glyphs[index - 3 : index])
        after = glyphs[index + 1].char
        clock = before[0] in ":：" and before[1:].isdigit()
        if glyphs[index].char == "一" and clock and after.isdigit():
            fixed[index] = replace(glyphs[index], char="—")
    return fixed


def _dots(glyphs: list[Glyph]) -> list[Glyph]:
    """Put an ellipsis for three dots after Chinese."""
    fixed: list[Glyph] = []
    index = 0
    while index < len(glyphs):
        chars = "".join(g.char for g in glyphs[index : index + 3])
        if chars == "..." and fixed and (is_wide(fixed[-1].char) or fixed[-1].char == "…"):
            least = min(g.confidence for g in glyphs[index : index + 3])
            fixed.append(Glyph("…", least, None))
            index += 3
        else:
            fixed.append(glyphs[index])
            index += 1
    return fixed
