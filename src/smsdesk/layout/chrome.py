"""The parts of a screen around the messages: status bar, header and the bar at the bottom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from statistics import median

from smsdesk.domain.geometry import Box
from smsdesk.domain.screens import StatusBar
from smsdesk.layout.pixels import differ
from smsdesk.layout.regions import Block, Page
from smsdesk.layout.rows import Row, is_wide
from smsdesk.layout.sender_place import number_box
from smsdesk.layout.words import (
    CLOCK,
    NAVIGATION,
    PLACEHOLDER,
    STATUS,
    is_mark,
    time_label,
    without_arrows,
)

_HEADER_REACH = 11.0
"""A title lies at most so many em of message text below the status bar (or the upper edge): the
tallest headers hold a picture with the name under it."""

_FOOTER_REACH = 24.0
"""An input bar lies at most so many em above the lower edge: a keyboard may be open."""

_KEYS_IN_BAND = 6
"""So many single letters on one height are keys; engines miss a few of a band's seven to ten."""

_KEY_GROUPS = 4
"""So many of the letter groups of a telephone's keys are a keyboard of nine keys."""

_KEY_GROUP = re.compile("ABC|DEF|GHI|JKL|MNO|PQRS|TUV|WXYZ")

_STRIP_REACH = 3.0
"""The words that a keyboard offers stand at most so many em above its first keys."""

_FIELD_OVER_STRIP = 2.2
_FIELD_OVER_KEYS = 4.0
"""The field with what is being typed ends at most so many em above the offered words; without these
an empty strip lies between. A message above an empty field ends higher: the field is in between."""

_FAINT = 0.6
"""What an empty field says is paler than this share of the contrast of message text."""

_BUTTONS_REACH = 5.0
"""A bar of buttons lies at most so many em above the lower edge."""

_CENTRED = 0.03
_FEWEST_DIGITS = 5
"""A number on a pill is a title if its middle is so near the screen's, in shares of the width, and
has so many digits: messages stand at a side."""

_BAR = 0.97
"""What fills so much of the width is a bar, and no bubble."""

_TITLE_WITHIN = 0.7
"""Titles stand at the left or in the middle; what lies beyond this share of the width is none."""

_ICON_DOUBT = 0.7
"""Engines are less sure than this of what they read in icons."""

_COUNT_DIGITS = 3
_COUNT_APART = 2.2
"""A count in a header is this many times further from the number than the number's digits from
each other; a space between groups of digits makes 1.5 times, two of them 2 times."""

_NUMBER = re.compile(r"[+(（]?\d[\d\s()（）+\-–—.·*]{1,}\d")


@dataclass(frozen=True, slots=True)
class Header:
    """Who the screen names as sender, how surely it was read, and which rows belong to it.

    `number_box` is where the sender's number stands, if it shows one.
    """

    sender_raw: str | None
    confidence: float
    rows: tuple[Row, ...]
    bottom: float
    number_box: Box | None = None


def body_em(rows: Sequence[Row]) -> float:
    """Return the em of the screen's message text: of the longer rows, else of all."""
    long = [row.em for row in rows if sum(is_wide(c) for c in row.text) >= 5]
    return median(long or [row.em for row in rows])


def find_status_bar(
    rows: Sequence[Row], page: Page, *, framed: bool = False
) -> tuple[StatusBar, list[Row]]:
    """Return the clock and carrier of the topmost band that looks like a status bar, its rows.

    In a *framed* screen the title of its window may stand above it, and belongs to it then.
    """
    below_title = [r for r in rows if r.box.y0 > rows[0].box.y1][:1] if framed else []
    for row in [rows[0], *below_title]:
        band = [r for r in rows if abs(r.box.center_y - row.box.center_y) < 0.9 * row.em]
        clock = next((r for r in band if CLOCK.search(r.text) and _beside(r, page)), None)
        others = any(STATUS.search(r.text) for r in band)
        if clock or (others and any(CLOCK.search(r.text) for r in band)):
            shown = clock or next(r for r in band if CLOCK.search(r.text))
            if _has_sentence(band):
                continue
            above = [r for r in rows if r.box.y1 <= min(b.box.y0 for b in band)]
            return StatusBar(_clock(shown.text), _carrier(band), _sureness(shown)), [*above, *band]
    return StatusBar(), []


def _beside(row: Row, page: Page) -> bool:
    """Say whether a clock stands at a side, where labels of messages do not."""
    middle = (row.box.center_x - page.box.x0) / page.box.width
    return not 0.3 < middle < 0.7


def _has_sentence(band: Sequence[Row]) -> bool:
    return any(sum(is_wide(c) for c in row.text) > 8 for row in band)


def _clock(text: str) -> str:
    match = CLOCK.search(text)
    return re.sub(r"\s", "", match.group()).replace("：", ":") if match else ""


def _sureness(row: Row) -> float:
    match = CLOCK.search(row.text)
    return min(row.confidences[match.start() : match.end()]) if match else 0.0


def _carrier(band: Sequence[Row]) -> str | None:
    for row in band:
        match = re.search(r"中国(?:移动|联通|电信|广电)", row.text)
        if match:
            return match.group()
    return None


def find_header(blocks: Sequence[Block], top: float, em: float, page: Page) -> Header:
    """Find the title: the first number or name on the page, above all messages and labels."""
    zone = [b for b in blocks if top <= b.box.center_y < top + _HEADER_REACH * em]
    candidates: list[Row] = []
    for block in zone:
        if _is_number_pill(block, page):
            candidates.extend(block.rows)
            continue
        if _is_content(block, em, page):
            break
        at_right = block.text_box.center_x > page.box.x0 + _TITLE_WITHIN * page.box.width
        bar = block.box.width > _BAR * page.box.width
        if (bar or not block.bubble) and not _is_paragraph(block) and not at_right:
            candidates.extend(block.rows)
    named = [(row, name) for row in candidates if (name := _name(row))]
    if not named:
        return Header(None, 1.0, (), top)
    title, sender = max(named, key=lambda pair: _title_rank(*pair))
    title, sender = next((pair for pair in named if _is_over(*pair, title)), (title, sender))
    below = [
        (row, name)
        for row, name in named
        if 0 < row.box.y0 - title.box.y0 < 2.6 * em and row is not title
    ]
    place = number_box(title, sender)
    if not _is_number(sender):  # a name: its number may be printed under it
        number = next((pair for pair in below if _is_number(pair[1])), None)
        sender, place = (
            (f"{sender} {number[1]}", number_box(*number)) if number else (sender, place)
        )
    bottom = max([title.box.y1, *(row.box.y1 for row, _ in below if _caption(row, title))])
    rows = tuple(row for block in zone for row in block.rows if row.box.center_y <= bottom)
    return Header(sender, min(title.confidences), rows, bottom, place)


def _is_number_pill(block: Block, page: Page) -> bool:
    """Say whether a number stands on a pill of its own in the middle, as titles do."""
    if not block.bubble or len(block.rows) > 1:
        return False
    centred = abs(block.box.center_x - page.box.center_x) < _CENTRED * page.box.width
    name = _name(block.rows[0]) or ""
    return centred and _is_number(name) and sum(c.isdigit() for c in name) >= _FEWEST_DIGITS


def _is_content(block: Block, em: float, page: Page) -> bool:
    """Say whether the messages begin with *block*: a label, or a bubble with a text."""
    text = "".join(row.text for row in block.rows)
    if any(time_label(row.text) for row in block.rows) and not block.bubble:
        return True
    small = len(text) <= 3 or block.box.height < 1.3 * em
    bar = block.box.width > _BAR * page.box.width
    return block.bubble and not small and not bar


def _is_paragraph(block: Block) -> bool:
    """Say whether the block's rows are wrapped text: of one size, and none a number alone."""
    if any(_is_number(_name(row) or "") for row in block.rows):
        return False
    heights = [row.box.height for row in block.rows]
    return len(heights) > 1 and min(heights) > 0.85 * max(heights)


def _name(row: Row) -> str | None:
    """Return the number or name that *row* shows, without arrows, counts and buttons beside it."""
    text = without_arrows(_after_count(row))
    number = _NUMBER.search(text)
    if number and sum(c.isdigit() for c in number.group()) >= 5:
        around = (text[: number.start()] + text[number.end() :]).strip()
        if sum(is_wide(c) or c.isalpha() for c in around) <= 1:
            return number.group().strip()
    parts = [without_arrows(line.text) for line in row.lines]
    parts = [p.rstrip(")）") if "(" not in p and "（" not in p else p for p in parts]
    parts = [p for p in parts if len(p) > 1 and not NAVIGATION.fullmatch(p) and not is_mark(p)]
    sentence = any(c in "。，！？；!?" for c in text)
    if not parts or sentence or time_label(row.text) or len("".join(parts)) > 24:
        return None
    return " ".join(parts)


def _after_count(row: Row) -> str:
    """Return the row's text without a count of unread messages drawn before a number.

    The count has up to three digits and stands further off than a space: no part of the number.
    """
    marks = [
        (index, (x0 + x1) / 2)
        for index, (char, (x0, x1)) in enumerate(zip(row.text, row.char_spans, strict=True))
        if not char.isspace()
    ]
    steps = [b - a for (_, a), (_, b) in pairwise(marks)]
    far = _COUNT_APART * median(steps) if steps else 0.0
    for (index, _), step in zip(marks[1:], steps, strict=True):
        before, rest = row.text[:index], row.text[index:]
        if sum(c.isdigit() for c in before) > _COUNT_DIGITS or "+" in before:
            break
        if step > far and before[-1].isdigit() and _NUMBER.match(rest):
            return rest
    return row.text


def _is_number(name: str) -> bool:
    return sum(c.isdigit() for c in name) >= 3 and bool(_NUMBER.fullmatch(name))


def _title_rank(row: Row, name: str) -> tuple[bool, bool, float]:
    """Numbers before names, names before what engines read in icons; then the larger."""
    wide = sum(is_wide(c) for c in name)
    is_name = wide >= 2 or (len(name) >= 3 and min(row.confidences) > _ICON_DOUBT)
    return _is_number(name), is_name, row.box.height


def _is_over(row: Row, name: str, number: Row) -> bool:
    """Say whether *row* is a name with *number*, smaller, as the line under it."""
    overlap = min(row.box.x1, number.box.x1) - max(row.box.x0, number.box.x0)
    close = 0 < number.box.y0 - row.box.y0 < 2.2 * row.em
    worded = sum(is_wide(c) for c in name) >= 2 and not is_mark(name)
    return worded and overlap > 0 and close and number.em < 1.05 * row.em and row is not number


def _caption(row: Row, title: Row) -> bool:
    """Say whether *row* is a carrier or city under the title: smaller than it and close to it."""
    return row.em < title.em * 1.05 and row.box.y0 - title.box.y1 < 1.2 * title.em


class FooterKind(Enum):
    """What stands below the messages."""

    FIELD = auto()
    KEYBOARD = auto()
    BUTTONS = auto()
    NONE = auto()


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands below the messages, and where it begins: at the lower edge if it is nothing."""

    kind: FooterKind
    top: float


def find_footer(blocks: Sequence[Block], em: float, page: Page) -> Footer:
    """Return the input bar, the open keyboard or the bar of buttons."""
    bottom = page.box.y1
    low = [b for b in blocks if b.box.center_y > bottom - _FOOTER_REACH * em]
    fields = [b for b in low if _is_field(b, low) or _is_pale_field(b, blocks, page)]
    if fields:
        return Footer(FooterKind.FIELD, _field_top(fields[-1], em))
    keys = _keyboard_top(low, em)
    if keys is not None:
        return Footer(FooterKind.KEYBOARD, _typing_top(low, keys, em))
    top = _buttons_top(blocks, em, bottom)
    return Footer(FooterKind.BUTTONS if top < bottom else FooterKind.NONE, top)


def _field_top(field: Block, em: float) -> float:
    return min(field.box.y0, field.text_box.y0 - 0.4 * em)


def _is_pale_field(block: Block, blocks: Sequence[Block], page: Page) -> bool:
    """Say whether *block* looks like an empty field, whatever it says.

    Its few words are pale and leave most of it empty, as in no bubble, which are as wide as their
    text, and in no card, whose text is as dark as any; only icons stand beside or below it.
    """
    if not block.bubble or len(block.rows) != 1 or block.box.width < 0.5 * page.box.width:
        return False
    texts = [b for b in blocks if b is not block and len(b.rows[0].text) > 1]
    others = [b.rows[0].look.contrast for b in texts if b.bubble]
    if not others or any(b.text_box.y1 > block.box.y0 for b in texts):
        return False
    empty = block.text_box.width < 0.6 * block.box.width
    return empty and block.rows[0].look.contrast < _FAINT * median(others)


def _keyboard_top(blocks: Sequence[Block], em: float) -> float | None:
    """Return where the keys of an open keyboard begin; None without a keyboard."""
    rows = [row for block in blocks for row in block.rows]
    keys = [r for r in rows if len(r.text.strip()) == 1 and not is_wide(r.text.strip())]
    bands = [[k for k in keys if abs(k.box.center_y - key.box.center_y) < em] for key in keys]
    letters = [key for band in bands if len(band) >= _KEYS_IN_BAND for key in band]
    groups = [row for row in rows if _KEY_GROUP.fullmatch(row.text.strip())]
    found = letters or (groups if len(groups) >= _KEY_GROUPS else [])
    return min((row.box.y0 for row in found), default=None)


def _typing_top(blocks: Sequence[Block], keys: float, em: float) -> float:
    """Return the top of the field above a keyboard, else of the words that the keyboard offers."""
    texts = [b for b in blocks if b.text_box.y1 < keys]
    near = [b for b in texts if keys - b.text_box.y1 < _STRIP_REACH * em]
    strip = [b for b in near if len(_band(b, near, em)) > 2]
    top = min((b.text_box.y0 for b in strip), default=keys)
    reach = (_FIELD_OVER_STRIP if strip else _FIELD_OVER_KEYS) * em
    fields = [
        b
        for b in texts
        if b.bubble and b not in strip and b.text_box.y1 <= top and top - b.box.y1 < reach
    ]
    lowest = max((field.box.y0 for field in fields), default=0.0)
    beside = [field for field in fields if field.box.y1 > lowest]
    return min((_field_top(field, em) for field in beside), default=top - 0.7 * em)


def _band(block: Block, blocks: Sequence[Block], em: float) -> list[Block]:
    """Return the blocks of one row with a few characters that stand on the height of *block*."""
    return [
        b
        for b in blocks
        if abs(b.text_box.center_y - block.text_box.center_y) < 0.5 * em
        and len(b.rows) == 1
        and len(b.rows[0].text) <= 6
    ]


def _is_field(block: Block, blocks: Sequence[Block]) -> bool:
    """Say whether *block* tells what to type, with no message or label below it."""
    rows = [row for part in (block, *block.held) for row in part.rows]
    words = [row.text.strip() for row in rows]
    words = [word for word in words if len(word) > 1]  # alone: what engines read in icons
    if len(words) != 1 or not PLACEHOLDER.fullmatch(words[0]):
        return False
    below = [b for b in blocks if b.text_box.y0 > block.text_box.y1]
    return not any(len(b.rows) > 1 or time_label(b.rows[0].text) for b in below)


def _buttons_top(blocks: Sequence[Block], em: float, bottom: float) -> float:
    """Several short texts side by side at the lower edge are buttons or tabs."""
    low = [b for b in blocks if b.text_box.center_y > bottom - _BUTTONS_REACH * em]
    for block in low:
        band = [b for b in low if abs(b.text_box.center_y - block.text_box.center_y) < em]
        short = all(len(b.rows) == 1 and len(b.rows[0].text) <= 8 for b in band)
        alike = len({b.rows[0].text for b in band}) > 1
        same = all(differ(b.colour, band[0].colour) < 12 for b in band)
        if len(band) > 1 and short and alike and same:
            return min(b.text_box.y0 for b in band) - 0.7 * em
    return bottom
