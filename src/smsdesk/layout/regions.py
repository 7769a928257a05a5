"""Regions: what each row of text stands on, a bubble, a card, or the page itself.

A bubble is found by walking away from the text: to the left and right of a row, and between two
rows, the colour stays the same until the bubble's edge. Neither the colours nor the shape need to
be known, so that tails, outlines, gradients and dark pages are all the same case.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from statistics import median

import numpy as np

from smsdesk.domain.geometry import Box
from smsdesk.layout.pixels import Canvas, Colour, as_colour, differ, first_step, mode_colour
from smsdesk.layout.rows import Row, is_wide

_LAG = 0.12
"""Edges are no more blurred than this many em; see `first_step`."""

_SIDE = 0.25
"""Width in em of the strip beside the text that is looked at between two rows. Bubbles keep more
than that free at their sides; underlines stay inside the text, edges of bubbles do not."""

_REACH = 3.5
"""Rows of one bubble are no further apart than this many em (a blank line, a row of emoji)."""

_PART_OF_CONTRAST = 0.3
"""On a region that differs much from the page a step counts from this share of the difference on:
compression makes saturated colours rough."""

_PART_WHERE_CLEAN = 0.15
"""The same in a picture without loss: a header may differ little from the bubble it cuts."""

_CORE = 0.15
"""Half the thickness in em of the strip through the middle of a row's text."""

_AIR = (0.1, 0.3)
"""From and to so many em above and below a row every bubble is free of text."""

_REACH_OF_CARD = 14
"""A bubble may go on for this many em above or below its text: a picture or a card."""

_LINE = 14.0
"""Lines drawn between entries of a list differ from the page by more than this."""

_OWN_COLOUR = 8.0
"""A row whose background differs from the page's by more than this stands on a region."""

_SAME_MARGIN = 1.2
"""Lines of a text without a bubble start no further apart than this many em (【 is drawn far to
the right in its own width)."""

_FAINT = 3.0
_FAR_FROM_INK = 0.2
"""Even areas of compressed pictures keep their colour to less than half of the first figure, from
so many em beside the ink on."""

_SHADED = 32.0
"""A shaded bubble changes by less than this from row to row, if no step parts them."""

_EDGE_SHARE = 0.75
"""An edge shows along this share of its height; a word or a clock beside a text does not."""

_ROUND_END = 1.3
"""Round corners and tails leave a bubble's sides for at most so many em."""

_LOOK_BACK = 12
"""Among so many rows above must be the one that a row continues."""


@dataclass(frozen=True, slots=True)
class Place:
    """How far a row's background reaches to both sides; None where it runs off the screen.

    `step` is the least difference of colour that ends it.
    """

    left: float | None
    right: float | None
    step: float


@dataclass(slots=True, eq=False)
class Block:
    """Rows on one region, from the top; `bubble` is false for text that stands on the page."""

    rows: list[Row]
    box: Box
    bubble: bool
    colour: Colour
    held: list[Block] = field(default_factory=list)
    """Regions inside this one: link cards and buttons of a bubble."""

    @property
    def text_box(self) -> Box:
        """The box around the ink."""
        return Box.around(row.box for row in self.rows)

    @property
    def em(self) -> float:
        """Em of the rows' text."""
        return median(row.em for row in self.rows)


@dataclass(frozen=True, slots=True)
class Page:
    """The screen, or one of its panes, and its colour by height."""

    box: Box
    colours: tuple[tuple[float, Colour], ...]

    def colour_at(self, y: float) -> Colour:
        """Return the page's colour at height *y*."""
        return min(self.colours, key=lambda sample: abs(sample[0] - y))[1]


def find_page(canvas: Canvas) -> Page:
    """Return the page of a picture that shows a screen and nothing around it."""
    box = Box(0, 0, canvas.width, canvas.height)
    return Page(box, _margin_colours(canvas, box))


def _margin_colours(canvas: Canvas, box: Box) -> tuple[tuple[float, Colour], ...]:
    """Sample the page's colour down the margins: a page may be a gradient or change below bars."""
    margin = max(2.0, box.width * 0.012)
    height = max(24.0, box.width * 0.04)
    samples = []
    for y in np.arange(0, canvas.height, height):
        left = canvas.patch(Box(box.x0 + 1, y, box.x0 + 1 + margin, y + height))
        right = canvas.patch(Box(box.x1 - 1 - margin, y, box.x1 - 1, y + height))
        both = np.concatenate([left.reshape(-1, 1, 3), right.reshape(-1, 1, 3)])
        samples.append((float(y + height / 2), mode_colour(both)))
    return tuple(samples)


def find_blocks(rows: Sequence[Row], canvas: Canvas, page: Page) -> list[Block]:
    """Group *rows* by the region they stand on; blocks and their rows run from the top."""
    places = [_place(row, canvas, page) for row in rows]
    groups: list[list[int]] = []
    group_of: dict[int, list[int]] = {}
    for index, row in enumerate(rows):
        above = _above(index, rows, places, page)
        if above is not None and _connected(
            rows[above], places[above], row, places[index], canvas, page
        ):
            group = group_of[above]
            group.append(index)
        else:
            group = [index]
            groups.append(group)
        group_of[index] = group
    blocks = [_block([rows[i] for i in g], [places[i] for i in g], canvas, page) for g in groups]
    blocks.sort(key=lambda block: (block.box.y0, block.box.x0))
    return _nested(blocks, canvas, page)


def _place(row: Row, canvas: Canvas, page: Page) -> Place:
    """Walk to both sides from the middle of the text: there round ends reach furthest.

    An emoji is in the way there, but not just above and below the text; so what is found further
    out on those ways counts.
    """
    contrast = differ(row.look.background, page.colour_at(row.box.center_y))
    share = _PART_OF_CONTRAST if canvas.is_rough else _PART_WHERE_CLEAN
    step = max(canvas.step, share * contrast)
    middle, thick = row.box.center_y, _CORE * row.em
    left, right = _sides(row, middle - thick, middle + thick, canvas, page, step)
    near, far = _AIR[0] * row.em, _AIR[1] * row.em
    for y0, y1 in ((row.box.y0 - far, row.box.y0 - near), (row.box.y1 + near, row.box.y1 + far)):
        if _is_clear(row, y0, y1, canvas, step):
            further = _sides(row, y0, y1, canvas, page, step)
            left = _further(left, further[0], min)
            right = _further(right, further[1], max)
    slack, height = 2 + _LAG * row.em, (row.box.y0, row.box.y1)
    held = [
        None if x is None or not _has_edge(canvas, x, slack, height, step) else x
        for x in (left, right)
    ]
    return Place(held[0], held[1], step)


def _further(
    found: float | None, other: float | None, choose: Callable[[float, float], float]
) -> float | None:
    return found if found is None or other is None else choose(found, other)


def _is_clear(row: Row, y0: float, y1: float, canvas: Canvas, step: float) -> bool:
    """Say whether a band above or below the text shows nothing but the text's background."""
    if y0 < 0 or y1 > canvas.height:
        return False
    colours = canvas.along_x(row.box.x0, row.box.x1, y0, y1)
    away = np.abs(colours - np.array(row.look.background, np.float32)).max()
    return bool(away <= step)


def _sides(
    row: Row, y0: float, y1: float, canvas: Canvas, page: Page, step: float
) -> tuple[float | None, float | None]:
    """Return where the background ends left and right of the text; None where it does not."""
    lag = round(_LAG * row.em) + 1
    x0, x1 = row.box.x0 - 1, row.box.x1 + 1
    left = right = None
    if x0 > page.box.x0:
        left = first_step(canvas.along_x(page.box.x0, x0, y0, y1)[::-1], lag, step)
    if x1 < page.box.x1:
        right = first_step(canvas.along_x(x1, page.box.x1, y0, y1), lag, step)
    return (None if left is None else x0 - left, None if right is None else x1 + right)


def stands_out(row: Row, place: Place, page: Page) -> bool:
    """Say whether a row stands on a region of its own rather than on the page."""
    if place.left is not None and place.right is not None:
        return True
    return differ(row.look.background, page.colour_at(row.box.center_y)) > _OWN_COLOUR


def _above(index: int, rows: Sequence[Row], places: Sequence[Place], page: Page) -> int | None:
    """Return the nearest row above *index* in its column and of its sort (on a bubble or not)."""
    row = rows[index]
    mine = stands_out(row, places[index], page)
    best: int | None = None
    for other in range(index - 1, max(index - 1 - _LOOK_BACK, -1), -1):
        candidate = rows[other]
        overlap = min(row.box.x1, candidate.box.x1) - max(row.box.x0, candidate.box.x0)
        gap = row.box.y0 - candidate.box.y1
        if overlap <= 0 or gap < -0.5 * row.em or gap > _REACH * row.em:
            continue
        if stands_out(candidate, places[other], page) != mine:
            continue
        if not mine and abs(candidate.box.x0 - row.box.x0) > _SAME_MARGIN * row.em:
            continue
        if best is None or candidate.box.y1 > rows[best].box.y1:
            best = other
    return best


def _connected(a: Row, pa: Place, b: Row, pb: Place, canvas: Canvas, page: Page) -> bool:
    """Say whether the background goes on without a step from row *a* down to row *b*."""
    if differ(a.look.background, b.look.background) > _SHADED:
        return False
    em = min(a.em, b.em)
    if None in (pa.left, pa.right, pb.left, pb.right):
        return _page_text_goes_on(a, b, canvas)
    strips = _side_strips(a, pa, b, pb, em)
    if not strips:
        return False
    lag = round(_LAG * em) + 1
    y0, y1 = a.box.center_y, b.box.center_y
    step = max(pa.step, pb.step)
    if canvas.is_rough and _page_between(a, b, canvas, page):
        return False
    return all(first_step(canvas.along_y(x0, x1, y0, y1), lag, step) is None for x0, x1 in strips)


def _page_between(a: Row, b: Row, canvas: Canvas, page: Page) -> bool:
    """Say whether the page itself shows between two rows on bubbles that differ little from it.

    Compression hides such edges beside text; in the middle between two rows it leaves colours
    exact, and the strip there is as wide as the text.
    """
    away = _FAR_FROM_INK * min(a.em, b.em)
    x0, x1 = max(a.box.x0, b.box.x0), min(a.box.x1, b.box.x1)
    y0, y1 = a.box.y1 + away, b.box.y0 - away
    ground = page.colour_at((y0 + y1) / 2)
    apart = min(differ(row.look.background, ground) for row in (a, b))
    if x1 - x0 < a.em or y1 - y0 < away or apart < _FAINT:
        return False
    gap = canvas.along_y(x0, x1, y0, y1)
    shown = np.abs(gap - np.array(ground, np.float32)).max(axis=1) < _FAINT / 2
    return bool(shown.sum() >= away)


def _side_strips(a: Row, pa: Place, b: Row, pb: Place, em: float) -> list[tuple[float, float]]:
    """Return the clear strips left and right of both rows' text, inside both regions."""
    left0 = max(pa.left or 0.0, pb.left or 0.0) + 1
    left1 = min(a.box.x0, b.box.x0) - 1
    right0 = max(a.box.x1, b.box.x1) + 1
    right1 = min(pa.right or 0.0, pb.right or 0.0) - 1
    width = max(1.0, _SIDE * em)
    strips = []
    if left1 - left0 >= 1:
        strips.append((max(left0, left1 - width), left1))
    if right1 - right0 >= 1:
        strips.append((right0, min(right1, right0 + width)))
    return strips


def _page_text_goes_on(a: Row, b: Row, canvas: Canvas) -> bool:
    """Say whether two rows on the page are lines of one text: as large, close, nothing between."""
    # Only the ink of Chinese characters is equally high in every row.
    exact = all(sum(is_wide(c) for c in row.text) >= 2 for row in (a, b))
    slack = 1.22 if exact else 1.5
    if differ(a.look.background, b.look.background) > _OWN_COLOUR:
        return False
    if not 1 / slack < a.box.height / b.box.height < slack:
        return False
    if differ(a.look.ink, b.look.ink) > 60 and differ(*(_word_ink(r, canvas) for r in (a, b))) > 60:
        return False
    if b.box.y0 - a.box.y1 > 0.95 * min(a.em, b.em):
        return False
    x0, x1 = min(a.box.x0, b.box.x0), max(a.box.x1, b.box.x1)
    blur = 1 + 0.08 * min(a.em, b.em)
    if b.box.y0 - a.box.y1 <= 2 * blur:
        return True
    gap = canvas.along_y(x0, x1, a.box.y1 + blur, b.box.y0 - blur)
    return first_step(gap, 2, _LINE) is None


def _word_ink(row: Row, canvas: Canvas) -> Colour:
    """Return the colour of a row's first ideographs: links, which are none, have their own."""
    first = next((i for i, char in enumerate(row.text) if is_wide(char)), None)
    if first is None:
        return row.look.ink
    wide = list(takewhile(lambda i: is_wide(row.text[i]), range(first, len(row.text))))
    (x0, _), (_, x1) = row.char_spans[wide[0]], row.char_spans[wide[-1]]
    return canvas.appearance(Box(x0, row.box.y0, x1, row.box.y1)).ink


def _block(rows: list[Row], places: list[Place], canvas: Canvas, page: Page) -> Block:
    text = Box.around(row.box for row in rows)
    colour = rows[0].look.background
    if not any(stands_out(r, p, page) for r, p in zip(rows, places, strict=True)):
        return Block(rows, text, False, colour)
    lefts = [p.left for p in places if p.left is not None]
    rights = [p.right for p in places if p.right is not None]
    left = min([*(lefts or [page.box.x0]), text.x0])
    right = max([*(rights or [page.box.x1]), text.x1])
    em, step = median(row.em for row in rows), max(place.step for place in places)
    walk = _Walk(canvas, colour, em, step)
    top, bottom = walk.edge(text, left, upwards=True), walk.edge(text, left, upwards=False)
    box = walk.between_sides(Box(left, top, right, bottom), text)
    if not walk.closed(box, page.box):
        return Block(rows, text, False, colour)
    return Block(rows, box, True, colour)


@dataclass(frozen=True, slots=True)
class _Walk:
    """Walks from a block's text to the upper and lower end of its region."""

    canvas: Canvas
    colour: Colour
    em: float
    step: float

    def edge(self, text: Box, left: float, *, upwards: bool) -> float:
        """Return where the region ends above or below its text.

        First along the clear strip at the left, past pictures and cards that the bubble holds;
        from there on below the text, where round corners cut nothing off.
        """
        side0 = max(left + 1, text.x0 - _SIDE * self.em - 1)
        strips = ((side0, max(side0 + 1, text.x0 - 1)), (text.x0, text.x1))
        lag = round(_LAG * self.em) + 1
        inside = lag if upwards else -lag
        at = edge = text.y0 if upwards else text.y1
        for x0, x1 in strips:
            edge = self._walk(x0, x1, at, upwards=upwards)
            at = max(edge + inside, text.y1) if not upwards else min(edge + inside, text.y0)
        return edge

    def _walk(self, x0: float, x1: float, start: float, *, upwards: bool) -> float:
        reach = _REACH_OF_CARD * self.em
        lag = round(_LAG * self.em) + 1
        if upwards:
            profile = self.canvas.along_y(x0, x1, max(0, start - reach), start)[::-1]
        else:
            profile = self.canvas.along_y(x0, x1, start, start + reach)
        for skip in range(min(lag + 1, len(profile))):  # blur of the ink, or the edge itself
            if differ(as_colour(profile[skip]), self.colour) <= self.step:
                break
        else:
            return start
        found = first_step(profile[skip:], lag, self.step)
        length = len(profile) if found is None else found + skip
        return start - length if upwards else start + length

    def between_sides(self, box: Box, text: Box) -> Box:
        """Return *box* without what lies far beyond the ends of both of its side edges.

        A bubble of the page's own colour that the header cuts has no upper edge: its sides end.
        """
        hold = _ROUND_END * self.em
        return Box(
            box.x0,
            max(box.y0, self._end_of_sides(box, text.y0, box.y0) - hold),
            box.x1,
            min(box.y1, self._end_of_sides(box, text.y1, box.y1) + hold),
        )

    def _end_of_sides(self, box: Box, start: float, end: float) -> float:
        """Follow the side edges from *start* to *end*; return where both have stopped."""
        pace = 0.2 * self.em if end > start else -0.2 * self.em
        slack = 2 + 0.1 * self.em
        y, held = start, start
        while abs(held - y) < _ROUND_END * self.em and (end - y) * pace > 0:
            y0, y1 = min(y, y + pace), max(y, y + pace)
            if any(_has_edge(self.canvas, x, slack, (y0, y1), self.step) for x in (box.x0, box.x1)):
                held = y + pace
            y += pace
        return end if abs(end - held) < _ROUND_END * self.em else held

    def closed(self, box: Box, screen: Box) -> bool:
        """Say whether the left and right edges hold along the middle of the region's height."""
        height = box.height / 4
        y0, y1 = box.center_y - height, box.center_y + height
        slack = 2 + 0.25 * self.em
        return all(
            x <= screen.x0 + 1
            or x >= screen.x1 - 1
            or _has_edge(self.canvas, x, slack, (y0, y1), self.step)
            for x in (box.x0, box.x1)
        )


def _has_edge(
    canvas: Canvas, x: float, slack: float, rows: tuple[float, float], step: float
) -> bool:
    """Say whether the colour changes within *slack* pixels of *x* along most of *rows*."""
    patch = canvas.patch(Box(x - slack, rows[0], x + slack, rows[1])).astype(np.int16)
    thin = patch[:: max(1, len(patch) // 32)]
    spread = (thin.max(axis=1) - thin.min(axis=1)).max(axis=1)
    return bool((spread > step * 0.8).mean() > _EDGE_SHARE)


def _nested(blocks: list[Block], canvas: Canvas, page: Page) -> list[Block]:
    """Put regions that lie inside a bubble into it; return the outer blocks."""
    outer: list[Block] = []
    for block in sorted(blocks, key=lambda b: -b.box.width * b.box.height):
        holder = next((o for o in reversed(outer) if o.bubble and _touches(o, block)), None)
        if holder is None or _part_at_the_page(holder, block, canvas, page):
            outer.append(block)
        elif _same_region(holder, block):
            holder.rows = sorted([*holder.rows, *block.rows], key=lambda row: row.box.y0)
            holder.box = Box.around((holder.box, block.box))
        else:
            holder.held.append(block)
    outer.sort(key=lambda block: (block.box.y0, block.box.x0))
    return outer


def _part_at_the_page(a: Block, b: Block, canvas: Canvas, page: Page) -> bool:
    """Part two bubbles whose common edge is too faint to be seen, where the page shows between."""
    upper, lower = sorted((a, b), key=lambda block: block.text_box.y0)
    first, last = lower.rows[0], upper.rows[-1]
    if not canvas.is_rough or last.box.y1 >= first.box.y0:
        return False
    if not _same_region(a, b) or not _page_between(last, first, canvas, page):
        return False
    middle = (last.box.y1 + first.box.y0) / 2
    upper.box = replace(upper.box, y1=min(upper.box.y1, middle))
    lower.box = replace(lower.box, y0=max(lower.box.y0, middle))
    return True


def _touches(outer: Block, block: Block) -> bool:
    """Say whether *block* lies inside *outer*, or overlaps it between the same sides."""
    if _holds(outer.box, block.box):
        return True
    overlap = min(outer.box.y1, block.box.y1) - max(outer.box.y0, block.box.y0)
    return block.bubble and overlap > 0.5 * block.em and _same_region(outer, block)


def _same_region(a: Block, b: Block) -> bool:
    """Say whether two blocks have one colour and the same sides: a line at most parts them."""
    sides = max(abs(a.box.x0 - b.box.x0), abs(a.box.x1 - b.box.x1))
    on_it = not b.bubble or sides < 0.5 * a.em
    return on_it and differ(a.colour, b.colour) <= _OWN_COLOUR


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer.x0 - 1 <= inner.x0
        and outer.x1 + 1 >= inner.x1
        and outer.y0 - 1 <= inner.y0
        and outer.y1 + 1 >= inner.y1
    )
