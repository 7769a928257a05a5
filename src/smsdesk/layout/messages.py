"""Which blocks are messages, from whom, and whether the screen's edge cuts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from smsdesk.domain.geometry import Box
from smsdesk.domain.screens import Direction
from smsdesk.layout.pixels import differ
from smsdesk.layout.regions import Block, Page
from smsdesk.layout.rows import Row, is_wide
from smsdesk.layout.words import is_button, is_mark, time_label

_SAME_COLOUR = 14.0
"""Bubbles of one direction differ by less than this, those of two directions by more."""

_SURE_SIDE = 0.05
"""A bubble nearer to one side by this share of the width shows its direction by that alone."""


@dataclass(slots=True, eq=False)
class Candidate:
    """A block taken for a message, the rows that are its text, and a clock drawn inside it."""

    block: Block
    rows: list[Row]
    clock: str | None = None
    left_out: list[Row] | None = None


def find_messages(blocks: Sequence[Block], em: float, page: Page) -> list[Candidate]:
    """Return the blocks that are messages, from the top."""
    bubbles = [b for b in blocks if b.bubble and _is_message_bubble(b, blocks, em, page)]
    dark = median([b.rows[0].look.contrast for b in bubbles]) if bubbles else None
    plain = [b for b in blocks if not b.bubble and _is_plain_message(b, em, dark, page)]
    chosen = sorted([*bubbles, *plain], key=lambda b: (b.box.y0, b.box.x0))
    return [candidate for b in chosen if (candidate := _candidate(b))]


def _is_message_bubble(block: Block, blocks: Sequence[Block], em: float, page: Page) -> bool:
    """Say whether a bubble holds neither a label or a mark alone nor the letter of a picture."""
    text = "".join(row.text for row in block.rows)
    if len(block.rows) == 1 and (time_label(text) or is_mark(text)):
        return block.rows[0].em > 0.95 * em and not _is_centred(block.box, page) and _roomy(block)
    return not _is_avatar(block, blocks, em) and block.box.width < 0.995 * page.box.width


def _roomy(block: Block) -> bool:
    return block.box.height > 1.7 * block.em


def _is_centred(box: Box, page: Page) -> bool:
    return abs(box.center_x - page.box.center_x) < 0.06 * page.box.width


def _is_avatar(block: Block, blocks: Sequence[Block], em: float) -> bool:
    """One or two letters in a small square or disc with a text beside it, or smaller than text."""
    text = "".join(row.text for row in block.rows).strip()
    if len(text) > 2 or len(block.rows) > 1:
        return False
    square = block.box.width < 1.35 * block.box.height
    if block.box.height < 1.15 * em:
        return True
    beside = any(
        o is not block
        and min(o.box.y1, block.box.y1) - max(o.box.y0, block.box.y0) > 0.3 * block.box.height
        and min(abs(o.box.x0 - block.box.x1), abs(block.box.x0 - o.box.x1)) < 2.5 * em
        for o in blocks
    )
    return square and beside


def _is_plain_message(block: Block, em: float, dark: float | None, page: Page) -> bool:
    """Text on the page is a message if it looks like message text, not like a note or a label."""
    text = "".join(row.text for row in block.rows)
    if any(time_label(row.text) for row in block.rows) or is_mark(text) or is_button(text):
        return False
    if block.em < 0.93 * em or (_is_centred(block.box, page) and len(block.rows) < 3):
        return False
    if dark is not None:  # beside bubbles only what is as dark and long as they are
        wide = sum(is_wide(c) for c in text)
        return wide >= 6 and block.rows[0].look.contrast > 0.85 * dark
    return len(text) > 1


def _candidate(block: Block) -> Candidate | None:
    """Part a block's text from clocks, marks and buttons in it."""
    rows, left_out, clock = list(block.rows), [], None
    size = median(row.em for row in rows)
    while len(rows) > 1:
        last = rows[-1]
        label = time_label(last.text)
        if label and _is_aside(last, rows[-2], size):
            clock = clock or label
        elif not (is_mark(last.text) and _is_aside(last, rows[-2], size)) and not _is_card_button(
            last, rows[-2], size
        ):
            break
        left_out.append(rows.pop())
    return Candidate(block, rows, clock, left_out) if rows else None


def _is_aside(row: Row, above: Row, size: float) -> bool:
    """Smaller or paler than the text above it."""
    return row.em < 0.88 * size or row.look.contrast < 0.75 * above.look.contrast


def _is_card_button(row: Row, above: Row, size: float) -> bool:
    """Say whether *row* is a button: a few words set apart from the text, mostly coloured."""
    apart = row.box.y0 - above.box.y1 > 1.0 * size
    coloured = differ(row.look.ink, above.look.ink) > 60
    return apart and len(row.text) <= 10 and (coloured or is_button(row.text))


def find_directions(messages: Sequence[Candidate], page: Page) -> list[Direction]:
    """Return who wrote each message: by the side it stands on, else by its colour, else received.

    Sides cannot tell of cards as wide as the screen, nor of full bubbles between pictures; these go
    with the bubbles of their colour whose side is plain.
    """
    sides = [_side(m.block, page) for m in messages]
    sure = [
        (m.block.colour, side) for m, side in zip(messages, sides, strict=True) if side is not None
    ]
    return [
        side if side is not None else _by_colour(m.block, sure)
        for m, side in zip(messages, sides, strict=True)
    ]


def _side(block: Block, page: Page) -> Direction | None:
    left, right = block.box.x0 - page.box.x0, page.box.x1 - block.box.x1
    if abs(left - right) < _SURE_SIDE * page.box.width:
        return None
    return Direction.IN if left < right else Direction.OUT


def _by_colour(
    block: Block, sure: Sequence[tuple[tuple[float, float, float], Direction]]
) -> Direction:
    votes = [side for colour, side in sure if differ(colour, block.colour) < _SAME_COLOUR]
    out = sum(side is Direction.OUT for side in votes)
    return Direction.OUT if out * 2 > len(votes) else Direction.IN


def cut_by_edge(message: Candidate, *, first: bool, last: bool) -> tuple[Candidate, bool]:
    """Take away rows whose characters an edge has cut; say whether text is missing.

    Only the screen's *first* message can be cut above, only its *last* below. A bubble that an edge
    cuts has lost the air between its text and its end, or all but what lies between two rows: then
    rows may be missing, and it is called cut rather than whole.
    """
    rows, left_out = list(message.rows), list(message.left_out or [])
    box, size = message.block.box, message.block.em
    air_above, air_below = rows[0].box.y0 - box.y0, box.y1 - rows[-1].box.y1
    if not message.block.bubble:
        return message, False
    cut = False
    if first and air_above < min(_ROW_GAP * size, air_below - _UNEVEN * size):
        cut = True
        if air_above <= _TOUCHING * size and _is_low(rows[0], message.rows):
            left_out.append(rows.pop(0))
    if last and rows and air_below < min(_ROW_GAP * size, air_above - _UNEVEN * size):
        cut = True
        if air_below <= _TOUCHING * size and _is_low(rows[-1], message.rows):
            left_out.append(rows.pop())
    return replace(message, rows=rows, left_out=left_out), cut


def _is_low(row: Row, rows: Sequence[Row]) -> bool:
    """Say whether a row's characters have lost part of their height."""
    others = [r.box.height for r in rows if r is not row]
    whole = median(others) if others else _WHOLE * row.em
    return row.box.height < _LOW * whole


_WHOLE = 0.9
"""Height in em of a row's ink: Chinese characters do not fill their square."""

_LOW = 0.88
"""A row of less than this share of a whole row's height has been cut."""

_ROW_GAP = 0.65
"""Rows of one text are at most this many em apart: more air than that is a bubble's own end."""

_UNEVEN = 0.12
"""The air above and below a bubble's text differs by less than this many em."""

_TOUCHING = 0.06
"""Ink nearer than this many em to the end of its region is cut by it."""
