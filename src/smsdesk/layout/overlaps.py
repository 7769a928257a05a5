"""Whether two stretches of a thread overlap, and how sure that is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from smsdesk.domain.messages import Continuity
from smsdesk.domain.screens import LabelScope
from smsdesk.layout.matching import UNREADABLE, Seen, compared, may_be_misread
from smsdesk.layout.stretches import Place, Stretch

TELLING = 8
"""Characters from which a text says something: 好的 or 收到 come back every day."""

EVEN = 1.0
"""From here on a repeat is likelier than an overlap, so that messages may be missing between."""

CLEAR = 5e-4
"""An overlap is clear, and taken before all that are not, where at most one in two thousand that
look like it would be a repeat."""

CERTAIN = 2e-4
"""And it is certain where at most one in five thousand would be: a case of a thousand screens will
mostly have none. Else a person is asked. Of 2,000 generated threads none has a false pair then, and
two where one in two thousand is certain; there are 2.2 questions a thread, and 2.0."""

MARKED = 1e-4
"""How often another message has this text and this minute too, at the least: where a thread shows
its text and shared minutes often, the one times the other. No more often than an overlap of just
that message does one screen end and another begin between such twins, so that adds nothing."""

MARKED_REPEATED = 1e-3
"""The same of a text that is known to come back."""

MARKED_SHORT = 1e-2
"""The same of a piece of less than TELLING, with which many texts end or begin."""

SAME_CLOCK = 1e-2
"""How often the clock of a repeat is the same, at the least: there are 1,440, but programs send at
full hours. Where a thread shows shared minutes more often, as often as that."""

UNIQUE = 1.5e-3
"""How often a telling text stands just at the edges of two screens twice, though it was never found
twice elsewhere in the thread: collectors repeat themselves."""

UNTELLING = 0.25
"""The same for texts such as 好的."""

SCROLL = dt.timedelta(minutes=2)
"""Screens taken right after one another within this time are steps of one scrolling, which people
overlap by habit; steps further apart overlap only where those between them do."""

HABIT = 0.1
"""Neighbouring steps of which each goes further than the other overlap ten times as often as they
do not; nobody scrolls to see less. Screens of one extent show the same as often."""

TELLS_NOTHING = 0.05
"""From here on what is alike comes about by chance too often to choose the likelier of two ways in
which screens may overlap: the one that leaves fewer messages holds."""

UNLIKELY = 10.0
"""What is rare in an overlap: that the edge hides the label of a whole message, that a screen shows
a single message which others surround on another screen, or that a message, or what the edge left
of it, was read as something else altogether."""


UNREAD = 100.0
"""Still rarer: that of two readings of a label between two messages, one saw nothing there, or that
a figure was misread, and no character of it doubted."""

DECIDED = 1e-9
"""The same where a person said that two sightings are of one message."""


class Knowledge(Protocol):
    """What is known of repeats in the thread, and what a person said."""

    def share(self, place: Place) -> float:
        """Return the share of messages with the text of *place*; 0 if no two are known."""

    @property
    def share_unseen(self) -> float:
        """The share that a text may have of which no two messages are known."""

    @property
    def shared_minutes(self) -> float:
        """How many of the messages have the clock of the one above them."""

    @property
    def doublets(self) -> float:
        """How many of the messages are the one above them sent again within the minute."""

    def following(self, above: tuple[Place, Place], below: Place) -> float:
        """Return how often the text of *below* follows that of *above*, these two left out."""

    def in_one_minute(self, place: Place) -> bool:
        """Say whether the text of *place* is known to be sent twice at its clock, or in bursts."""

    def neighbouring(self, one: Place, other: Place) -> bool:
        """Say whether screens that show them were taken right after one another."""

    def scrolled(self, one: Place, other: Place) -> bool:
        """Say whether such screens each reach further than the other if these two are one."""

    def decided(self, one: Place, other: Place) -> bool | None:
        """Return whether a person said that they are one message or two; None if nobody did."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two stretches that lie on each other: index in `two` = index in `one` + `shift`.

    `chance` says how often what looks so would be a repeat. `weight` orders overlaps, the better
    the greater: what leaves fewer messages first.
    """

    one: Stretch
    two: Stretch
    shift: int
    chance: float
    weight: tuple[int, int, int]

    @property
    def is_clear(self) -> bool:
        """Whether it comes before all that may as well be something else."""
        return self.chance <= CLEAR

    @property
    def is_certain(self) -> bool:
        """Whether a repeat can be ruled out."""
        return self.chance <= CERTAIN

    @property
    def reading(self) -> Continuity:
        """How the messages below follow those above, as far as the overlap tells."""
        if self.is_certain:
            return Continuity.CONTINUOUS
        return Continuity.LIKELY_CONTINUOUS if self.chance < EVEN else Continuity.LIKELY_GAP

    @property
    def first_after(self) -> int | None:
        """The index (in `two`) of the first message below that only one of them shows.

        None if one lies inside the other: then that one shows all that there is.
        """
        above = self.one.first + self.shift < self.two.first
        below = self.one.last + self.shift < self.two.last
        if above == below and self.one.first + self.shift != self.two.first:
            return min(self.one.last + self.shift, self.two.last) + 1
        return None

    def pairs(self) -> Iterator[tuple[Place, Place]]:
        """Yield the places that lie on each other."""
        first = max(self.one.first, self.two.first - self.shift)
        last = min(self.one.last, self.two.last - self.shift)
        for index in range(first, last + 1):
            yield self.one.places[index], self.two.places[index + self.shift]


def overlap_of(one: Stretch, two: Stretch, shift: int, known: Knowledge) -> Overlap | None:
    """Lay *one* on *two* and return the overlap, if every message that both show agrees."""
    lying = Overlap(one, two, shift, 1.0, (0, 0, 0))
    pairs: list[_Pair] = []
    for a, b in lying.pairs():
        pair = _pair(a, b, known)
        if pair is None:
            return None
        pairs.append(pair)
    if not any(pair.speaks for pair in pairs):
        return None
    chance = _of_series(pairs, known) * _circumstances(lying, pairs)
    # Where a text was read badly, its neighbours must tell by themselves that it is the same.
    if chance > CLEAR and any(pair.strained for pair in pairs):
        chance *= UNLIKELY
        if chance >= EVEN:
            return None
    telling = sum(pair.characters > 0 for pair in pairs)
    marks = sum(pair.same_mark for pair in pairs)
    weight = (telling, marks, sum(pair.characters for pair in pairs))
    return replace(lying, chance=chance, weight=weight)


def _of_series(pairs: Sequence[_Pair], known: Knowledge) -> float:
    """Return how often two series of messages, and not one, would agree like this.

    Programs and people send the same series anew. So a text that has no time of its own proves,
    below another one, only as much as the thread shows it to follow that one by chance. A series
    is of one side: on two steps of one scrolling an answer below what it answers proves as much
    as it does alone.
    """
    whole = 1.0
    above: _Pair | None = None
    for pair in pairs:
        chance = _coincidence(pair, known)
        in_series = above is not None and (above.of_one_side(pair) or not pair.next_steps)
        if above is not None and in_series and not pair.is_apart and chance < 1.0:
            chance = max(chance, known.following(above.places, pair.places[0]))
        whole *= chance
        above = pair if pair.characters else None
    return whole


def _circumstances(overlap: Overlap, pairs: Sequence[_Pair]) -> float:
    """Return by how much the way in which the screens were taken changes the chance."""
    one, two, shift = overlap.one, overlap.two, overlap.shift
    same_extent = len(one) == len(two) == len(pairs) > 1
    factor = HABIT if same_extent or any(pair.scrolled for pair in pairs) else 1.0
    if any(pair.garbled for pair in pairs):
        factor *= UNLIKELY
    if any(pair.other_figures for pair in pairs):
        factor *= UNREAD
    if any(pair.label_hidden for pair in pairs):
        factor *= UNREAD if any(pair.label_unread for pair in pairs) else UNLIKELY
    if len(pairs) == 1 and (_lies_inside(one, two, shift) or _lies_inside(two, one, -shift)):
        factor *= UNLIKELY
    return factor


def _lies_inside(one: Stretch, two: Stretch, shift: int) -> bool:
    return two.first < one.first + shift and one.last + shift < two.last


@dataclass(frozen=True, slots=True)
class _Pair:
    """What speaks for two places' being one: `characters` of the text were compared alike."""

    places: tuple[Place, Place]
    characters: int
    equal: bool
    strained: bool
    garbled: bool
    other_figures: bool
    same_mark: bool
    same_clock: bool
    next_steps: bool
    scrolled: bool
    label_hidden: bool
    label_unread: bool
    decided: bool | None

    @property
    def speaks(self) -> bool:
        """Whether anything at all says that the two are one: a word, a person, or two pieces.

        Of a message that one step of a scrolling ends with and the next one begins with, each may
        show a piece that has nothing in common with the other.
        """
        if self.decided is not None:
            return self.decided
        one, two = (place.best for place in self.places)
        meet = (one.cut_bottom and two.cut_top) or (one.cut_top and two.cut_bottom)
        return self.characters > 0 or (self.scrolled and meet)

    @property
    def tells(self) -> bool:
        """Whether the whole text, or enough of it, is the same."""
        return self.equal or self.characters >= TELLING

    def of_one_side(self, other: _Pair) -> bool:
        """Whether one side of the conversation sent both."""
        one, two = (pair.places[0].best.sighting for pair in (self, other))
        return one.direction is two.direction

    @property
    def is_apart(self) -> bool:
        """Whether a time of its own, or a person's word, sets it apart from a series sent anew."""
        return self.same_mark or self.same_clock or self.decided is True


def _coincidence(pair: _Pair, known: Knowledge) -> float:
    """Return how often two messages, and not one, would agree like this."""
    if pair.decided:
        return DECIDED
    if not pair.characters or pair.decided is False:
        return 1.0
    again = (pair.same_mark or pair.same_clock) and any(map(known.in_one_minute, pair.places))
    share = max(map(known.share, pair.places))
    if pair.same_mark and not again:
        often = max(share * known.shared_minutes, known.doublets)
        twins = often if share and pair.same_clock else 0.0
        least = MARKED_REPEATED if share else MARKED
        return max(least if pair.tells else MARKED_SHORT, twins)
    unrepeated = max(UNIQUE, known.share_unseen) if pair.characters >= TELLING else UNTELLING
    chance = share or unrepeated
    if not (pair.same_clock and pair.tells) or again:
        return chance
    return chance * max(SAME_CLOCK, known.shared_minutes)


def _pair(a: Place, b: Place, known: Knowledge) -> _Pair | None:
    """Return what speaks for it, None if anything speaks against it."""
    if a.best.sighting.direction is not b.best.sighting.direction:
        return None
    if a.scopes | b.scopes == {LabelScope.OWN, LabelScope.GROUP} or not times_meet(a, b):
        return None
    decided = known.decided(a, b)
    same_mark = a.mark is not None and a.mark == b.mark
    likeness = compared(a.best, b.best)
    if likeness is None and (
        decided or ((same_mark or a.clocks & b.clocks) and may_be_misread(a.best, b.best))
    ):
        likeness = UNREADABLE
    if likeness is None:
        return None
    return _Pair(
        (a, b),
        likeness.characters,
        a.best.text == b.best.text,
        likeness.strained,
        likeness.garbled,
        likeness.other_figures,
        same_mark=same_mark,
        same_clock=bool(a.clocks & b.clocks),
        next_steps=known.neighbouring(a, b),
        scrolled=known.scrolled(a, b),
        label_hidden=likeness.characters > 0 and (_hides_label(a, b) or _hides_label(b, a)),
        label_unread=(_hides_label(a, b) and _below_another(b))
        or (_hides_label(b, a) and _below_another(a)),
        decided=decided,
    )


def _below_another(place: Place) -> bool:
    """Say whether a screen shows what stands above the message: an edge hides no label there."""
    return any(not seen.at_top and not seen.from_list for seen in place.seen)


def _hides_label(a: Place, b: Place) -> bool:
    """Say whether *b* would have the label of its own that *a* has, were it not for the edge."""
    shows_top = any(not s.cut_top for s in b.seen)
    return LabelScope.OWN in a.scopes and not b.scopes and shows_top


def times_meet(a: Place, b: Place) -> bool:
    """Say whether both can be of one moment."""
    if a.clocks and b.clocks and not a.clocks & b.clocks:
        return False
    (a_earliest, a_latest), (b_earliest, b_latest) = a.stretch.bounds(a), b.stretch.bounds(b)
    return a_earliest <= b_latest and b_earliest <= a_latest


def in_one_scroll(a: Seen, b: Seen) -> bool:
    """Say whether both screens were taken within one scrolling."""
    if a.captured is None or b.captured is None:
        return False
    return abs(a.captured - b.captured) <= SCROLL
