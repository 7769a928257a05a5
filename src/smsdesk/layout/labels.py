"""Time labels: which rows are one, and to which message each belongs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from smsdesk.domain.screens import LabelScope
from smsdesk.layout.regions import Block, Page
from smsdesk.layout.rows import Row
from smsdesk.layout.words import is_mark, says, time_label

_CENTRED = 0.06
"""A label is centred if its middle is so near the screen's, as a share of the width."""


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """A row that is a time label, and its time as drawn."""

    row: Row
    text: str


@dataclass(slots=True)
class _Given:
    own: str | None = None
    group: str | None = None
    first: bool = False


def find_labels(blocks: Sequence[Block]) -> list[Label]:
    """Return the labels among *blocks*: rows on the page, or alone in a pill."""
    found = []
    for block in blocks:
        if not all(time_label(row.text) or is_mark(row.text) for row in block.rows):
            continue
        for row in block.rows:
            text = time_label(row.text)
            if text:
                found.append(Label(row, text))
    return found


def days_are_apart(labels: Sequence[Label], clocks: Sequence[str], page: Page) -> bool:
    """Say whether messages show a clock of their own, and their day stands further up.

    *clocks* are those drawn inside bubbles. Phones that write 昨天 14:23 beside one message write
    14:23 beside today's.
    """
    own = [label.text for label in labels if not _is_centred(label, page)]
    said = [says(text) for text in (*own, *clocks)]
    with_day = any(label.names_a_day and label.clock is not None for label in said)
    return not with_day and any(label.is_bare_clock for label in said)


def assign(
    labels: Sequence[Label], messages: Sequence[Block], page: Page
) -> list[tuple[str | None, LabelScope]]:
    """Return each message's label and its scope; *messages* run from the top.

    A label in the middle heads the messages below it. One at a side is that of one message: the
    one beside it, else the nearer of those above and below; all of a screen are decided alike.
    """
    given = [_Given() for _ in messages]
    heads: list[Label] = []
    sided: list[Label] = []
    for label in labels:
        beside = _beside(label, messages)
        if beside is not None:
            given[beside].own = label.text
        elif _is_centred(label, page) or not messages:
            heads.append(label)
        else:
            sided.append(label)
    _give_sided(sided, messages, given)
    _give_heads(heads, messages, given)
    return [_result(one) for one in given]


def _beside(label: Label, messages: Sequence[Block]) -> int | None:
    middle = label.row.box.center_y
    for index, block in enumerate(messages):
        box = block.box
        apart = label.row.box.x0 >= box.x1 or label.row.box.x1 <= box.x0
        if box.y0 <= middle <= box.y1 and apart:
            return index
    return None


def _is_centred(label: Label, page: Page) -> bool:
    return abs(label.row.box.center_x - page.box.center_x) < _CENTRED * page.box.width


def _give_sided(sided: Sequence[Label], messages: Sequence[Block], given: list[_Given]) -> None:
    pairs = [(_nearest_above(label, messages), _nearest_below(label, messages)) for label in sided]
    balance = 0
    for label, (above, below) in zip(sided, pairs, strict=True):
        if above is not None and below is not None:
            up = label.row.box.y0 - messages[above].box.y1
            down = messages[below].box.y0 - label.row.box.y1
            balance += 1 if up <= down else -1
        elif below is None:
            balance += 1
    for label, (above, below) in zip(sided, pairs, strict=True):
        index = above if balance >= 0 else below
        if index is not None:
            given[index].own = given[index].own or label.text


def _nearest_above(label: Label, messages: Sequence[Block]) -> int | None:
    middle = label.row.box.center_y
    found = [i for i, block in enumerate(messages) if block.box.center_y < middle]
    return found[-1] if found else None


def _nearest_below(label: Label, messages: Sequence[Block]) -> int | None:
    middle = label.row.box.center_y
    return next((i for i, block in enumerate(messages) if block.box.center_y > middle), None)


def _give_heads(heads: Sequence[Label], messages: Sequence[Block], given: list[_Given]) -> None:
    waiting = sorted(heads, key=lambda label: label.row.box.y0)
    current: str | None = None
    for block, one in zip(messages, given, strict=True):
        fresh = False
        while waiting and waiting[0].row.box.center_y < block.box.center_y:
            label = waiting.pop(0).text
            current = stacked(current, label) if fresh else label
            fresh = True
        one.group, one.first = current, fresh


def stacked(above: str | None, below: str) -> str:
    """Put a date and its clock, drawn apart, together; of two other labels the lower holds."""
    if above and says(below).is_bare_clock and says(above).clock is None:
        return f"{above} {below}"
    return below


def _result(given: _Given) -> tuple[str | None, LabelScope]:
    if given.own is None:
        if given.group is None:
            return None, LabelScope.NONE
        # A date alone is every message's own below it; a clock is only the first one's.
        own = given.first or says(given.group).clock is None
        return given.group, LabelScope.OWN if own else LabelScope.GROUP
    label = stacked(given.group, given.own)
    return label, LabelScope.OWN
