"""Which blocks are messages, from whom, and whether the screen's edge cuts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from smsdesk.domain.geometry import Box
from smsdesk.domain.screens import Direction
from smsdesk.layout.pixels import Canvas, differ, first_step
from smsdesk.layout.regions import Block, Page
from smsdesk.layout.rows import Row, is_wide
from smsdesk.layout.words import is_arrow, is_button, is_icon, is_mark, names_an_action, time_label

_SAME_COLOUR = 14.0
"""Bubbles of one direction differ by less than this, those of two directions by more."""

_PICTURE = 2.2
"""Pictures of the writers are at least this many em high and wide."""

_BLUR = 0.12
"""A picture's edge is no more blurred than this many em, as are a bubble's."""

_FILLED = 0.5
"""Columns that are filled by half or more add up to this share of a picture's width; the columns of
a time or mark beside a bubble are never so full."""

_BODY = 0.87
"""Notes and labels are set at most so large in terms of message text; short rows are measured less
exactly."""

_FEW, _BODY_OF_FEW = 2, 0.78
"""The size of so few ideographs is known by their ink alone, which differs from one to another."""

_SQUARE = 1.35
"""Pictures of writers are at most so much wider than high, and buttons wider."""

_NAME = 4
"""Pictures of writers that hold a name hold its last characters, so many at most."""

_BUTTON_TEXT = 10
"""What a button says is at most so long."""

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
    bubbles = [
        b
        for b in blocks
        if b.bubble and _is_message_bubble(b, blocks, em, page) and not _is_button(b, blocks)
    ]
    dark = median([b.rows[0].look.contrast for b in bubbles]) if bubbles else None
    plain = [b for b in blocks if not b.bubble and _is_plain_message(b, em, dark, page)]
    plain = [b for b in plain if not (bubbles and _is_banner(b, blocks, bubbles[0], page))]
    chosen = sorted([*bubbles, *plain], key=lambda b: (b.box.y0, b.box.x0))
    return [candidate for b in chosen if (candidate := _candidate(b))]


def _is_message_bubble(block: Block, blocks: Sequence[Block], em: float, page: Page) -> bool:
    """Say whether a bubble holds neither a label or a mark alone nor the letter of a picture."""
    text = "".join(row.text for row in block.rows)
    lowest = not any(b.text_box.y0 > block.text_box.y1 for b in blocks)
    if is_arrow(text) or (lowest and is_icon(text)):
        return False
    if len(block.rows) == 1 and (time_label(text) or is_mark(text)):
        return block.rows[0].em > 0.95 * em and not _is_centred(block.box, page) and _roomy(block)
    return not _is_avatar(block, blocks, em, page) and block.box.width < 0.995 * page.box.width


def _is_button(block: Block, blocks: Sequence[Block]) -> bool:
    """Say whether a bubble of one short row is a button: offered answers, or a card's lower part.

    Messages never stand side by side on one height; nor do they touch, with the same sides, what
    stands above them.
    """
    if names_an_action("".join(row.text for row in block.rows)):
        return True
    if not _is_on_one_height(block.rows) or any(
        len(row.text.strip()) > _BUTTON_TEXT for row in block.rows
    ):
        return False
    others = [b for b in blocks if b is not block and b.bubble]
    return any(_stand_on_one_height(block, b) or _hangs_on(block, b) for b in others)


def _is_on_one_height(rows: Sequence[Row]) -> bool:
    return all(abs(row.box.center_y - rows[0].box.center_y) < 0.5 * row.em for row in rows)


def _stand_on_one_height(block: Block, other: Block) -> bool:
    """Say whether two bubbles of one short row each are level and as high as each other."""
    level = abs(block.box.center_y - other.box.center_y) < 0.3 * block.em
    alike = abs(block.box.height - other.box.height) < 0.3 * block.em
    short = len(other.rows) == 1 and len(other.rows[0].text.strip()) <= _BUTTON_TEXT
    long = all(b.box.width > _SQUARE * b.box.height for b in (block, other))
    apart = block.box.x0 >= other.box.x1 - 1 or block.box.x1 <= other.box.x0 + 1
    return level and alike and short and long and apart


def _hangs_on(block: Block, card: Block) -> bool:
    """Say whether *block* is the strip below a line that parts a card."""
    near = 0.2 * block.em
    sides = abs(block.box.x0 - card.box.x0) < near and abs(block.box.x1 - card.box.x1) < near
    wide = block.text_box.width < 0.6 * block.box.width or len(block.rows) > 1
    return sides and wide and -near < block.box.y0 - card.box.y1 < near


def _roomy(block: Block) -> bool:
    return block.box.height > 1.7 * block.em


def _is_centred(box: Box, page: Page) -> bool:
    return abs(box.center_x - page.box.center_x) < 0.06 * page.box.width


def _is_avatar(block: Block, blocks: Sequence[Block], em: float, page: Page) -> bool:
    """One or two letters in a small square or disc with a text beside it, or smaller than text."""
    text = "".join(row.text for row in block.rows).strip()
    if len(block.rows) == 1 and len(text) <= _NAME and _has_text_beside(block, blocks):
        return True
    if len(text) > 2 or len(block.rows) > 1:
        return False
    if block.box.height < 1.15 * em:
        return True
    if block.box.width > _SQUARE * block.box.height:
        return False
    return any(_is_inside_of(other, block, em, page) for other in blocks) or _is_outside_of_all(
        block, blocks, page
    )


def _has_text_beside(block: Block, blocks: Sequence[Block]) -> bool:
    """Say whether a bubble with more text stands on the height of *block*: no two messages do."""
    box, length = block.text_box, len(block.rows[0].text)
    return any(
        other.bubble
        and sum(len(row.text) for row in other.rows) > length
        and other.box.y0 < box.center_y < other.box.y1
        and (other.box.x0 >= box.x1 or other.box.x1 <= box.x0)
        for other in blocks
        if other is not block
    )


def _is_inside_of(block: Block, picture: Block, em: float, page: Page) -> bool:
    """Say whether *block* stands right beside *picture*, on the side of the screen's middle."""
    overlap = min(block.box.y1, picture.box.y1) - max(block.box.y0, picture.box.y0)
    if block is picture or overlap < 0.3 * picture.box.height:
        return False
    if picture.box.center_x < page.box.center_x:
        return 0 <= block.box.x0 - picture.box.x1 < 2.5 * em
    return 0 <= picture.box.x0 - block.box.x1 < 2.5 * em


def _is_outside_of_all(block: Block, blocks: Sequence[Block], page: Page) -> bool:
    """Say whether bubbles of its side keep clear of the column that *block* stands in."""
    at_left = block.box.center_x < page.box.center_x
    long = [b for b in blocks if b.bubble and sum(len(row.text) for row in b.rows) > 3]
    same_side = [b for b in long if (b.box.center_x < page.box.center_x) == at_left]
    if at_left:
        clear = all(b.box.x0 > block.box.x1 - 2 for b in same_side)
    else:
        clear = all(b.box.x1 < block.box.x0 + 2 for b in same_side)
    return bool(same_side) and clear


def _is_plain_message(block: Block, em: float, dark: float | None, page: Page) -> bool:
    """Text on the page is a message if it looks like message text, not like a note or a label."""
    text = "".join(row.text for row in block.rows)
    if all(time_label(row.text) or is_mark(row.text) for row in block.rows) or is_button(text):
        return False
    least = _BODY if sum(is_wide(char) for char in text) > _FEW else _BODY_OF_FEW
    if block.em < least * em or _is_note(block, page):
        return False
    if dark is not None:  # beside bubbles only what is as dark and long as they are
        wide = sum(is_wide(c) for c in text)
        return wide >= 6 and block.rows[0].look.contrast > 0.85 * dark
    return len(text) > 1 or is_wide(text)


def _is_banner(block: Block, blocks: Sequence[Block], first: Block, page: Page) -> bool:
    """Say whether a text above all labels and bubbles is on a strip under the header.

    It has a button beside it or a colour of its own from side to side; texts on the page do not.
    """
    labels = [b for b in blocks if any(time_label(row.text) for row in b.rows)]
    if any(b.text_box.y0 < block.text_box.y1 for b in (first, *labels)):
        return False
    box = block.text_box
    beside = any(
        b is not block and not b.bubble and b.text_box.y0 < box.center_y < b.text_box.y1
        for b in blocks
    )
    return beside or differ(block.colour, page.colour_at(first.box.center_y)) > _SAME_COLOUR


def _is_note(block: Block, page: Page) -> bool:
    """Say whether a text is a short line in the screen's middle."""
    narrow = block.box.width < 0.5 * page.box.width
    return _is_centred(block.box, page) and narrow and len(block.rows) == 1


def _candidate(block: Block) -> Candidate | None:
    """Part a block's text from clocks, marks and buttons in it."""
    rows, left_out, clock = list(block.rows), [], None
    size = median(row.em for row in rows)
    while len(rows) > 1:
        last, above = rows[-1], _above_last(rows)
        label = time_label(last.text)
        if label and _is_aside(last, above, size):
            clock = clock or label
        elif not (is_mark(last.text) and _is_aside(last, above, size)) and not _is_card_button(
            last, above, size
        ):
            break
        left_out.append(rows.pop())
    return Candidate(block, rows, clock, left_out) if rows else None


def _above_last(rows: Sequence[Row]) -> Row:
    """Return the row above the last one: buttons may stand side by side, on one height with it."""
    last = rows[-1]
    return next((row for row in reversed(rows[:-1]) if row.box.y1 <= last.box.center_y), rows[-2])


def _is_aside(row: Row, above: Row, size: float) -> bool:
    """Smaller or paler than the text above it."""
    return row.em < 0.88 * size or row.look.contrast < 0.75 * above.look.contrast


def _is_card_button(row: Row, above: Row, size: float) -> bool:
    """Say whether *row* is a button: a few words set apart from the text, mostly coloured."""
    apart = row.box.y0 - above.box.y1 > 1.0 * size
    coloured = differ(row.look.ink, above.look.ink) > 60
    return apart and len(row.text) <= 10 and (coloured or is_button(row.text))


def find_directions(messages: Sequence[Candidate], canvas: Canvas, page: Page) -> list[Direction]:
    """Return who wrote each message, received where nothing tells.

    A picture beside it tells, else the side it stands on. Of cards as wide as the screen neither
    does; these go with the bubbles of their colour whose side is plain.
    """
    sides = [_side(m.block, canvas, page) for m in messages]
    sure = [
        (m.block.colour, side) for m, side in zip(messages, sides, strict=True) if side is not None
    ]
    return [
        side if side is not None else _by_colour(m.block, sure)
        for m, side in zip(messages, sides, strict=True)
    ]


def _side(block: Block, canvas: Canvas, page: Page) -> Direction | None:
    left, right = block.box.x0 - page.box.x0, page.box.x1 - block.box.x1
    pictures = [_has_picture(block, canvas, page, at_left=side) for side in (True, False)]
    if pictures[0] != pictures[1]:
        return Direction.IN if pictures[0] else Direction.OUT
    if abs(left - right) < _SURE_SIDE * page.box.width:
        return None
    return Direction.IN if left < right else Direction.OUT


def _has_picture(block: Block, canvas: Canvas, page: Page, *, at_left: bool) -> bool:
    """Say whether a picture fills much of the room between the block and the screen's edge."""
    box, size = block.box, _PICTURE * block.em
    x0, x1 = (page.box.x0 + 2, box.x0 - 3) if at_left else (box.x1 + 3, page.box.x1 - 2)
    if x1 - x0 < 1.2 * block.em:
        return False
    lag = round(_BLUR * block.em) + 1
    if first_step(canvas.along_x(x0, x1, box.y0, box.y0 + size), lag, canvas.step) is None:
        return False  # a page that changes little by little
    patch = canvas.patch(Box(x0, box.y0, x1, box.y0 + size)).astype(np.int16)
    background = np.array(page.colour_at(box.y0), np.int16)
    filled = (np.abs(patch - background).max(axis=2) > _SAME_COLOUR).mean(axis=0) > 0.5
    return bool(filled.sum() > _FILLED * size)


def _by_colour(
    block: Block, sure: Sequence[tuple[tuple[float, float, float], Direction]]
) -> Direction:
    votes = [side for colour, side in sure if differ(colour, block.colour) < _SAME_COLOUR]
    out = sum(side is Direction.OUT for side in votes)
    return Direction.OUT if out * 2 > len(votes) else Direction.IN


def cut_by_edge(
    message: Candidate, messages: Sequence[Candidate], canvas: Canvas, page: Page
) -> tuple[Candidate, bool]:
    """Take away rows whose characters an edge has cut; say whether text is missing.

    Only the screen's first message can be cut above, only its last below. A bubble that an edge
    cuts has lost the air between its text and its end, or all but what lies between two rows: then
    rows may be missing, and it is called cut rather than whole. So is one that runs off the screen,
    or ends on the very line on which a header or an input bar begins.
    """
    if not message.block.bubble:
        return message, False
    rows, left_out = list(message.rows), list(message.left_out or [])
    others = [m for m in messages if m is not message and m.block.bubble]
    above, below = _air(message)
    usual_above = [_air(m)[0] for m in _ending_alike(others, 0)] or [below]
    usual_below = [_air(m)[1] for m in _ending_alike(others, -1)] or [above]
    top, bottom = messages[0].block.box.y0, messages[-1].block.box.y1
    box = message.block.box
    cut = box.y0 <= page.box.y0 or box.y1 >= page.box.y1
    first, last = box.y0 <= top + 1, box.y1 >= bottom - 1
    if first and above < _least_air(usual_above, rows[0], box.y0, canvas, page):
        cut = True
        left_out += _cut_rows(message, upper=True)
    if last and below < _least_air(usual_below, rows[-1], box.y1, canvas, page):
        cut = True
        left_out += _cut_rows(message, upper=False)
    rows = [row for row in rows if row not in left_out]
    return replace(message, rows=rows, left_out=left_out), cut


def _bar_ends_at(y: float, size: float, canvas: Canvas, page: Page) -> bool:
    """Say whether a bar from side to side begins or ends at *y*: both margins change there."""
    reach, width = _AROUND_END * size, max(2.0, _MARGIN * page.box.width)
    lag = round(_ON_LINE * size / 2) + 1
    for x in (page.box.x0 + 1, page.box.x1 - 1 - width):
        profile = canvas.along_y(x, x + width, y - reach, y + reach)
        step = first_step(profile, lag, canvas.step)
        if step is None or abs(step - reach) > _ON_LINE * size + 1:
            return False
    return True


def _cut_rows(message: Candidate, *, upper: bool) -> list[Row]:
    """Return the rows that touch the upper or lower end and have lost part of their height."""
    box, reach = message.block.box, _TOUCHING * max(row.em for row in message.rows)
    touching = [
        row
        for row in message.rows
        if (row.box.y0 - box.y0 if upper else box.y1 - row.box.y1) <= reach
    ]
    return [row for row in touching if _is_low(row, message.rows)]


def _air(message: Candidate) -> tuple[float, float]:
    """Return the room, in em, above and below the text inside its bubble."""
    box, size = message.block.box, message.block.em
    text = message.block.text_box
    return (text.y0 - box.y0) / size, (box.y1 - text.y1) / size


def _ending_alike(messages: Sequence[Candidate], end: int) -> list[Candidate]:
    """Return the messages whose first or last row is Chinese, if any: others' ink is uneven."""
    wide = [m for m in messages if any(is_wide(c) for c in m.rows[end].text)]
    return wide or list(messages)


def _least_air(usual: Sequence[float], row: Row, end: float, canvas: Canvas, page: Page) -> float:
    """Return the air, in em, that a whole bubble has between *row* and its *end*, at least."""
    uneven = _UNEVEN if any(is_wide(c) for c in row.text) else _UNEVEN_LATIN
    hanging = end > row.box.y1 and any(c in "gjpqy" for c in row.text)
    uneven += _DESCENT if hanging else 0.0
    if _bar_ends_at(end, row.em, canvas, page):
        uneven = min(uneven, _FLUSH)
    return min(_ROW_GAP, median(usual) - uneven)


def _is_low(row: Row, rows: Sequence[Row]) -> bool:
    """Say whether a row's characters have lost part of their height."""
    others = [r.box.height for r in rows if r is not row]
    whole = max(others) if others else _WHOLE * row.em
    return row.box.height < _LOW * whole


_WHOLE = 0.9
"""Height in em of a row's ink: Chinese characters do not fill their square."""

_LOW = 0.88
"""A row of less than this share of a whole row's height has been cut."""

_ROW_GAP = 0.65
"""Rows of one text are at most this many em apart: more air than that is a bubble's own end."""

_UNEVEN = 0.15
"""The air at one end of a bubble differs from that of others by less than this many em."""

_UNEVEN_LATIN = 0.4
"""Latin letters reach to quite different heights, and so does the air around them."""

_FLUSH = 0.06
"""A bubble that ends where a bar begins is whole only if it has its air, but for so many em."""

_MARGIN = 0.012
"""No bubble begins nearer to the screen's side than this share of its width."""

_AROUND_END = 0.5
_ON_LINE = 0.12
"""The margins are looked at so many em above and below a bubble's end; a change there is on one
line with it if it is no further off than the second figure, which blur makes of one line."""

_DESCENT = 0.12
"""Letters that hang below the line reach so many em further down than Chinese characters."""

_TOUCHING = 0.06
"""Ink nearer than this many em to the end of its region is cut by it."""
