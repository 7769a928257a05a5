"""Whether two stretches of a thread overlap, and how sure that is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from smsdesk.domain.screens import LabelScope
from smsdesk.layout.matching import Seen, compared
from smsdesk.layout.stretches import Place, Stretch

TELLING = 8
"""Characters that a single text must have to show an overlap: 好的 or 收到 come back every day."""

SCROLL = dt.timedelta(minutes=2)
"""Screens taken within this time are steps of one scrolling, which people overlap by habit."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two stretches that lie on each other: index in `two` = index in `one` + `shift`.

    `proven`: by a shared minute or two texts. `weight` orders overlaps, the better the greater.
    """

    one: Stretch
    two: Stretch
    shift: int
    proven: bool
    weight: tuple[int, int, int]


def overlap_of(one: Stretch, two: Stretch, shift: int) -> Overlap | None:
    """Lay *one* on *two* and return the overlap, if every message that both show agrees."""
    pairs: list[_Pair] = []
    for index in range(max(one.first, two.first - shift), min(one.last, two.last - shift) + 1):
        pair = _pair(one.places[index], two.places[index + shift])
        if pair is None:
            return None
        pairs.append(pair)
    proven = _is_proven(pairs)
    same_extent = len(one) == len(two) == len(pairs)
    inside = _lies_inside(one, two, shift) or _lies_inside(two, one, -shift)
    if not proven and not _is_likely(pairs, same_extent=same_extent, inside=inside):
        return None
    telling = sum(pair.characters > 0 for pair in pairs)
    minutes = sum(pair.same_minute for pair in pairs)
    weight = (telling, minutes, sum(pair.characters for pair in pairs))
    return Overlap(one, two, shift, proven, weight)


def _lies_inside(one: Stretch, two: Stretch, shift: int) -> bool:
    return two.first < one.first + shift and one.last + shift < two.last


@dataclass(frozen=True, slots=True)
class _Pair:
    """What speaks for two places' being one: `characters` of `text` that were compared alike."""

    text: str
    characters: int
    strained: bool
    same_minute: bool
    same_clock: bool
    same_scroll: bool
    label_hidden: bool


def _pair(a: Place, b: Place) -> _Pair | None:
    """Return what speaks for it, None if anything speaks against it."""
    if a.best.sighting.direction is not b.best.sighting.direction:
        return None
    if a.scopes | b.scopes == {LabelScope.OWN, LabelScope.GROUP} or not times_meet(a, b):
        return None
    likeness = compared(a.best, b.best)
    if likeness is None:
        return None
    return _Pair(
        min(a.best.text, b.best.text, key=len),
        likeness.characters,
        likeness.strained,
        same_minute=a.minute is not None and a.minute == b.minute,
        same_clock=bool(a.clocks & b.clocks),
        same_scroll=any(_in_one_scroll(s, t) for s in a.seen for t in b.seen),
        label_hidden=_hides_label(a, b) or _hides_label(b, a),
    )


def _hides_label(a: Place, b: Place) -> bool:
    """Say whether *b* would have the label of its own that *a* has, were it not for the edge."""
    whole = any(not s.is_cut for s in b.seen)
    return LabelScope.OWN in a.scopes and not b.scopes and whole


def times_meet(a: Place, b: Place) -> bool:
    """Say whether both can be of one moment."""
    if a.clocks and b.clocks and not a.clocks & b.clocks:
        return False
    (a_earliest, a_latest), (b_earliest, b_latest) = a.stretch.bounds(a), b.stretch.bounds(b)
    return a_earliest <= b_latest and b_earliest <= a_latest


def _in_one_scroll(a: Seen, b: Seen) -> bool:
    if a.captured is None or b.captured is None:
        return False
    return abs(a.captured - b.captured) <= SCROLL


def _is_proven(pairs: Sequence[_Pair]) -> bool:
    """One message of the same minute, or two different texts in order, are no coincidence.

    The first is sure enough to outweigh a text that was read too badly: a screen has no gaps, so
    that what stands beside the same message is the same message.
    """
    if any(pair.same_minute and 2 * pair.characters >= TELLING for pair in pairs):
        return True
    texts = {pair.text for pair in pairs if 2 * pair.characters >= TELLING}
    return len(texts) > 1 and not any(pair.strained for pair in pairs)


def _is_likely(pairs: Sequence[_Pair], *, same_extent: bool, inside: bool) -> bool:
    """Take one text for an overlap if it is long, or something besides it speaks for it.

    Such as the same clock (of an unknown day), one scrolling, or two screens alike throughout. Both
    must be, where the edge of a screen is to have hidden the label of a whole message: it rarely
    does. A screen that shows a single message which others surround on another screen is rarer
    still.
    """
    if any(pair.strained for pair in pairs):
        return False
    hidden = any(pair.label_hidden for pair in pairs)
    clock = any(pair.same_clock for pair in pairs)
    support = clock or same_extent or any(pair.same_scroll for pair in pairs)
    length = max((pair.characters for pair in pairs), default=0)
    if inside and len(pairs) == 1 and not clock:
        return False
    if hidden:
        return support and length >= TELLING
    return length >= TELLING or (support and length > 0)
