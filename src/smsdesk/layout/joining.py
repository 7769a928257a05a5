"""Put the messages of a thread together from all the screens that show parts of it.

A screen shows a stretch of the thread without gaps. Two stretches are of one piece where the end of
one is the beginning of the other, or one holds the other, and all that both show agrees: every
message in its place, by text, direction, label and time. Text alone never joins two messages: the
same words sent five times stand at five places. So a repeat is only taken for an overlap where
nothing on the screens tells the two apart; then the smaller count holds.

First, overlaps that prove themselves are joined (a message with the same minute, or two
different texts in order); then those that rest on a single text. Each time the longest overlap
wins. Screens are taken in the order of their moments, so that the order of importing is
nothing to the result.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from smsdesk.domain.messages import Continuity
from smsdesk.domain.screens import LabelScope, ScreenKind
from smsdesk.domain.threads import JoinedMessage, SeenScreen
from smsdesk.domain.times import UNKNOWN_TIME, SentTime, TimeBasis
from smsdesk.layout.finding import SightingIndex
from smsdesk.layout.matching import SAME, Seen, compared, prepared

TELLING = 8
"""Characters that a single text must have to show an overlap: 好的 or 收到 come back every day."""

SCROLL = dt.timedelta(minutes=2)
"""Screens taken within this time are steps of one scrolling, which people overlap by habit."""

ORDER_SLACK = dt.timedelta(minutes=15)
"""Messages stand in order of arrival; a delayed one may have been sent this much earlier."""

CLOCK_SLACK = dt.timedelta(minutes=1)
"""A clock on the screen is rounded and may be this much later than the screen's moment."""

NEAR = 50
"""Neighbours that are asked for a time; messages further off bound none."""

_LAST = dt.datetime.max.replace(tzinfo=dt.UTC)
_FIRST = dt.datetime.min.replace(tzinfo=dt.UTC)


def join(screens: Sequence[SeenScreen]) -> tuple[JoinedMessage, ...]:
    """Return the messages that the screens of one thread show, in the order of the thread.

    Inbox rows are joined to the message of which they are the beginning; one without such a
    message stands alone, and what lies between it and the rest is UNKNOWN.
    """
    ordered = sorted((s for s in screens if s.sightings), key=_canonical)
    assembly = _Assembly()
    shown = [assembly.add(prepared(s)) for s in ordered if s.kind is ScreenKind.THREAD]
    for seen in shown:
        assembly.join(seen, _Search.SAME_MINUTE)
    for search in (_Search.PROVEN, _Search.LIKELY):
        for seen in shown:
            if assembly.holds_an_end(seen):
                assembly.join(seen, search)
    alone: list[_Stretch] = []
    for row in (row for s in ordered if s.kind is ScreenKind.INBOX for row in prepared(s)):
        _place_row(row, assembly, alone)
    return tuple(_listed(assembly.stretches, alone))


def _canonical(screen: SeenScreen) -> tuple[object, ...]:
    """Order by moment, page and content; never by ids, which depend on the order of importing."""
    moment = screen.captured.at or _LAST
    return (
        moment,
        screen.page,
        [(s.text, s.confidence, s.box.rounded()) for s in screen.sightings],
    )


# --- stretches of a thread ------------------------------------------------------------------------


class _Place:
    """One message: its sightings so far, the best first, and where it stands in its stretch.

    `sent` is what all sightings together allow, `range` the moments between which it was sent,
    `clocks` those drawn for it; `scopes` say how it stood to its label where that was to be seen.
    """

    def __init__(self, stretch: _Stretch, index: int) -> None:
        self.stretch = stretch
        self.index = index
        self.seen: list[Seen] = []
        self.sent = UNKNOWN_TIME
        self.range = (_FIRST, _LAST)
        self.clocks: set[int] = set()
        self.scopes: set[LabelScope] = set()

    def add(self, seen: Iterable[Seen]) -> None:
        """Add sightings."""
        together = [*self.seen, *seen]
        longest = max(len(s.text) for s in together)
        self.seen = sorted(together, key=lambda s: _quality(s, longest))
        self.sent = _closest([s.sighting.sent for s in self.seen])
        captured = min((s.captured for s in self.seen if s.captured), default=None)
        latest = self.sent.latest or (captured + CLOCK_SLACK if captured else _LAST)
        self.range = (self.sent.earliest or _FIRST, latest)
        self.clocks = {s.clock for s in self.seen if s.clock is not None}
        self.scopes = {s.sighting.label_scope for s in self.seen} - {LabelScope.NONE}

    @property
    def best(self) -> Seen:
        """The sighting to go by."""
        return self.seen[0]

    @property
    def minute(self) -> dt.datetime | None:
        """The minute of sending, where it is known exactly."""
        return self.sent.earliest if self.sent.earliest == self.sent.latest else None


@dataclass(eq=False, slots=True)
class _Stretch:
    """Messages that follow one another without a gap; indices may begin anywhere."""

    places: dict[int, _Place] = field(default_factory=dict)
    first: int = 0
    last: int = -1

    def put(self, index: int, seen: Iterable[Seen]) -> _Place:
        """Add a message at either end, or sightings to the one that is at *index*."""
        place = self.places.get(index)
        if place is None:
            self.first = min(self.first, index) if self.places else index
            self.last = max(self.last, index) if self.places else index
            place = self.places[index] = _Place(self, index)
        place.add(seen)
        return place

    def __iter__(self) -> Iterator[_Place]:
        return (self.places[index] for index in range(self.first, self.last + 1))

    def __len__(self) -> int:
        return len(self.places)

    def bounds(self, place: _Place) -> tuple[dt.datetime, dt.datetime]:
        """Return between which moments *place* was sent, the times of its neighbours considered."""
        earliest, latest = place.range
        if earliest == latest:
            return earliest, latest
        above = range(place.index - 1, max(self.first, place.index - NEAR) - 1, -1)
        below = range(place.index + 1, min(self.last, place.index + NEAR) + 1)
        known = (self.places[i].sent.earliest for i in above)
        before = next((moment - ORDER_SLACK for moment in known if moment), _FIRST)
        known = (self.places[i].sent.latest for i in below)
        after = next((moment + ORDER_SLACK for moment in known if moment), _LAST)
        return max(earliest, before), min(latest, after)


def _quality(seen: Seen, longest: int) -> tuple[bool, bool, bool, float, int, dt.datetime]:
    """Sort key: whole before cut before shortened, then the sharper, the longer, the earlier.

    What is much shorter than the *longest* text was cut though it does not look so.
    """
    s = seen.sighting
    cut = len(seen.text) < SAME * longest
    return (s.snippet, s.clipped, cut, -s.confidence, -len(s.text), seen.captured or _LAST)


def _closest(times: Sequence[SentTime]) -> SentTime:
    """Return what all *times* of one message together allow: a minute read before one derived."""
    known = [t for t in times if t.earliest is not None]
    exact = [t for t in known if t.earliest == t.latest]
    if exact:
        return min(exact, key=lambda t: t.basis is not TimeBasis.READ)
    if not known:
        return next((t for t in times if t.label), UNKNOWN_TIME)
    narrowest = min(known, key=lambda t: (t.latest or _LAST) - (t.earliest or _FIRST))
    earliest = max(t.earliest for t in known if t.earliest)
    latest = min((t.latest for t in known if t.latest), default=None)
    if latest is not None and latest < earliest:  # they contradict each other
        return narrowest
    return replace(narrowest, earliest=earliest, latest=latest, basis=TimeBasis.DERIVED)


# --- finding overlaps -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Overlap:
    """Two stretches that lie on each other: index in `two` = index in `one` + `shift`.

    `proven`: by a shared minute or two texts. `weight` orders overlaps, the better the greater.
    """

    one: _Stretch
    two: _Stretch
    shift: int
    proven: bool
    weight: tuple[int, int, int]


class _Search(Enum):
    """What overlaps to look for, the surest and quickest found first."""

    SAME_MINUTE = auto()
    PROVEN = auto()
    LIKELY = auto()


class _Assembly:
    """Stretches put together so far, found by the texts and minutes of their messages."""

    def __init__(self) -> None:
        self._stretches: dict[int, _Stretch] = {}
        self._place_of: dict[Seen, _Place] = {}
        self._index = SightingIndex()

    @property
    def stretches(self) -> list[_Stretch]:
        """All stretches, in the order of their first screens."""
        return list(self._stretches.values())

    def add(self, shown: list[Seen]) -> list[Seen]:
        """Take in what a screen shows, as a stretch of its own."""
        stretch = _Stretch()
        self._stretches[id(stretch)] = stretch
        for index, seen in enumerate(shown):
            self._place_of[seen] = stretch.put(index, [seen])
            self._index.add(seen)
        return shown

    def holds_an_end(self, shown: list[Seen]) -> bool:
        """Say whether the screen stands at an end of its stretch; every overlap has one there."""
        first, last = self._place_of[shown[0]], self._place_of[shown[-1]]
        return first.index == first.stretch.first or last.index == last.stretch.last

    def join(self, shown: list[Seen], search: _Search) -> None:
        """Join the stretch that holds these sightings with all that overlaps there."""
        while len(self._stretches) > 1 and (overlap := self._best_overlap(shown, search)):
            self._merge(overlap)

    def places_like(self, seen: Seen, earliest: dt.datetime, latest: dt.datetime) -> list[_Place]:
        """Return the messages of which *seen*, with these bounds, may be one; each once."""
        alike = self._index.like(seen, earliest, latest)
        return list(dict.fromkeys(self._place_of[other] for other in alike))

    def _best_overlap(self, shown: list[Seen], search: _Search) -> _Overlap | None:
        shifts = {
            (id(other.stretch), other.index - place.index): (place.stretch, other.stretch)
            for seen in shown
            for place in [self._place_of[seen]]
            for other in self._candidates(seen, place, search)
            if other.stretch is not place.stretch
        }
        overlaps = (_overlap(one, two, shift) for (_, shift), (one, two) in shifts.items())
        fitting = (o for o in overlaps if o and (o.proven or search is _Search.LIKELY))
        return max(fitting, key=lambda overlap: overlap.weight, default=None)

    def _candidates(self, seen: Seen, place: _Place, search: _Search) -> Iterable[_Place]:
        if search is _Search.SAME_MINUTE:
            return (self._place_of[other] for other in self._index.of_minute(seen))
        return self.places_like(seen, *place.stretch.bounds(place))

    def _merge(self, overlap: _Overlap) -> None:
        """Move the smaller stretch into the larger."""
        into, out_of, shift = overlap.two, overlap.one, overlap.shift
        if len(into) < len(out_of):
            into, out_of, shift = out_of, into, -shift
        for place in out_of:
            target = into.put(place.index + shift, place.seen)
            self._place_of.update(dict.fromkeys(place.seen, target))
        del self._stretches[id(out_of)]


def _overlap(one: _Stretch, two: _Stretch, shift: int) -> _Overlap | None:
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
    return _Overlap(one, two, shift, proven, weight)


def _lies_inside(one: _Stretch, two: _Stretch, shift: int) -> bool:
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


def _pair(a: _Place, b: _Place) -> _Pair | None:
    """Return what speaks for it, None if anything speaks against it."""
    if a.best.sighting.direction is not b.best.sighting.direction:
        return None
    if a.scopes | b.scopes == {LabelScope.OWN, LabelScope.GROUP} or not _times_meet(a, b):
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


def _hides_label(a: _Place, b: _Place) -> bool:
    """Say whether *b* would have the label of its own that *a* has, were it not for the edge."""
    whole = any(not s.is_cut for s in b.seen)
    return LabelScope.OWN in a.scopes and not b.scopes and whole


def _times_meet(a: _Place, b: _Place) -> bool:
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


# --- rows of the inbox, and the result ------------------------------------------------------------


def _place_row(row: Seen, assembly: _Assembly, alone: list[_Stretch]) -> None:
    """Add an inbox row to the message that it begins, else to the rows that stand alone."""
    stretch = _Stretch()
    lone = stretch.put(0, [row])
    standing = [place for other in alone for place in other]
    for places in (assembly.places_like(row, *lone.range), standing):
        fitting = [place for place in places if _begins(row, lone, place)]
        if fitting:
            max(fitting, key=lambda place: _nearness(row, place)).add([row])
            return
    alone.append(stretch)


def _begins(row: Seen, lone: _Place, place: _Place) -> bool:
    """Say whether *row* can be the beginning of the message; rows do not show its direction."""
    likeness = compared(row, place.best)
    if likeness is None:
        return False
    same_minute = row.minute is not None and row.minute == place.minute
    alike = likeness.characters >= TELLING or row.text == place.best.text
    return (alike or same_minute) and _times_meet(lone, place)


def _nearness(row: Seen, place: _Place) -> tuple[bool, dt.datetime, int]:
    """Sort key: of the same minute, else the latest, since an inbox shows the last message."""
    same = row.minute is not None and row.minute == place.minute
    return (same, place.stretch.bounds(place)[0], place.index)


def _listed(stretches: Sequence[_Stretch], alone: Sequence[_Stretch]) -> Iterator[JoinedMessage]:
    lone = {id(stretch) for stretch in alone}
    before_all = True
    for stretch in sorted([*stretches, *alone], key=_position):
        before = Continuity.START if before_all else Continuity.GAP
        for place, sent in zip(stretch, _narrowed(stretch), strict=True):
            how = Continuity.UNKNOWN if id(stretch) in lone else before
            yield JoinedMessage(tuple(s.sighting.id for s in place.seen), sent, how)
            before = Continuity.CONTINUOUS
        before_all = False


def _position(stretch: _Stretch) -> dt.datetime:
    """Return the first moment known in *stretch*, else that of its first screen."""
    known = (place.sent.earliest for place in stretch)
    captured = (seen.captured for place in stretch for seen in place.seen)
    return next((moment for moment in (*known, *captured) if moment), _LAST)


def _narrowed(stretch: _Stretch) -> list[SentTime]:
    """Return the times in *stretch*, ranges ended by the next message's time."""
    following: dt.datetime | None = None
    times: list[SentTime] = []
    for place in reversed(list(stretch)):
        sent = place.sent
        if sent.earliest and following and sent.earliest <= following < (sent.latest or _LAST):
            sent = replace(sent, latest=following)
        following = sent.latest or following
        times.append(sent)
    return times[::-1]
