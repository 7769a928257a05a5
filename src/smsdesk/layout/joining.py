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
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from smsdesk.domain.messages import Continuity
from smsdesk.domain.screens import LabelScope, ScreenKind
from smsdesk.domain.threads import JoinedMessage, SeenScreen
from smsdesk.domain.times import UNKNOWN_TIME, SentTime, TimeBasis
from smsdesk.layout.matching import Seen, compared, prepared

TELLING = 8
"""Characters that a single text must have to show an overlap: 好的 or 收到 come back every day."""

SCROLL = dt.timedelta(minutes=2)
"""Screens taken within this time are steps of one scrolling, which people overlap by habit."""

ORDER_SLACK = dt.timedelta(minutes=15)
"""Messages stand in order of arrival; a delayed one may have been sent this much earlier."""

CLOCK_SLACK = dt.timedelta(minutes=1)
"""A clock on the screen is rounded and may be this much later than the screen's moment."""

KEY_LENGTH = 6
"""Characters at the beginning or end by which texts find each other though the rest differs."""

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
    for proven_only in (True, False):
        for seen in shown:
            assembly.join(seen, proven_only=proven_only)
    alone: list[_Stretch] = []
    for row in (row for s in ordered if s.kind is ScreenKind.INBOX for row in prepared(s)):
        _place_row(row, assembly, alone)
    return tuple(_listed(assembly.stretches, alone))


def _canonical(screen: SeenScreen) -> tuple[object, ...]:
    """Order by moment, then by content; never by ids, which depend on the order of importing."""
    moment = screen.captured.at or _LAST
    return (moment, [(s.text, s.confidence, s.box.rounded()) for s in screen.sightings])


# --- stretches of a thread ------------------------------------------------------------------------


@dataclass(eq=False, slots=True)
class _Place:
    """One message: its sightings so far, the best first, and where it stands in its stretch."""

    stretch: _Stretch
    index: int
    seen: list[Seen]
    sent: SentTime = UNKNOWN_TIME

    def add(self, seen: Iterable[Seen]) -> None:
        """Add sightings."""
        self.seen = sorted([*self.seen, *seen], key=_quality)
        self.sent = _closest([s.sighting.sent for s in self.seen])

    @property
    def best(self) -> Seen:
        """The sighting to go by."""
        return self.seen[0]

    @property
    def minute(self) -> dt.datetime | None:
        """The minute of sending, where it is known exactly."""
        return self.sent.earliest if self.sent.earliest == self.sent.latest else None

    @property
    def range(self) -> tuple[dt.datetime, dt.datetime]:
        """Between which moments it was sent, as far as its own sightings tell."""
        captured = min((s.captured for s in self.seen if s.captured), default=None)
        latest = self.sent.latest or (captured + CLOCK_SLACK if captured else _LAST)
        return self.sent.earliest or _FIRST, latest

    @property
    def clocks(self) -> set[int]:
        """The clocks drawn for it."""
        return {s.clock for s in self.seen if s.clock is not None}

    @property
    def scopes(self) -> set[LabelScope]:
        """How it stood to its label, where one was to be seen."""
        return {s.sighting.label_scope for s in self.seen} - {LabelScope.NONE}


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
            place = self.places[index] = _Place(self, index, [])
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


def _quality(seen: Seen) -> tuple[bool, bool, float, int]:
    """Sort key: whole before cut before shortened, then the sharper, then the longer."""
    s = seen.sighting
    return (s.snippet, s.clipped, -s.confidence, -len(s.text))


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


class _Assembly:
    """Stretches put together so far, found by the texts and minutes of their messages."""

    def __init__(self) -> None:
        self._stretches: dict[int, _Stretch] = {}
        self._place_of: dict[Seen, _Place] = {}
        self._index: dict[object, list[Seen]] = defaultdict(list)

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
            for key in _keys(seen):
                self._index[key].append(seen)
        return shown

    def join(self, shown: list[Seen], *, proven_only: bool) -> None:
        """Join the stretch that holds these sightings with all that overlaps there."""
        while overlap := self._best_overlap(shown, proven_only=proven_only):
            self._merge(overlap)

    def places_like(self, seen: Seen) -> list[_Place]:
        """Return the messages that have a key in common with *seen*, each once."""
        found = (self._place_of[other] for key in _keys(seen) for other in self._index[key])
        return list(dict.fromkeys(found))

    def _best_overlap(self, shown: list[Seen], *, proven_only: bool) -> _Overlap | None:
        shifts = {
            (id(other.stretch), other.index - place.index): (place.stretch, other.stretch)
            for seen in shown
            for place in [self._place_of[seen]]
            for other in self.places_like(seen)
            if other.stretch is not place.stretch
        }
        overlaps = (_overlap(one, two, shift) for (_, shift), (one, two) in shifts.items())
        fitting = (o for o in overlaps if o and (o.proven or not proven_only))
        return max(fitting, key=lambda overlap: overlap.weight, default=None)

    def _merge(self, overlap: _Overlap) -> None:
        """Move the smaller stretch into the larger."""
        into, out_of, shift = overlap.two, overlap.one, overlap.shift
        if len(into) < len(out_of):
            into, out_of, shift = out_of, into, -shift
        for place in out_of:
            target = into.put(place.index + shift, place.seen)
            self._place_of.update(dict.fromkeys(place.seen, target))
        del self._stretches[id(out_of)]


def _keys(seen: Seen) -> Iterator[object]:
    """Yield what another sighting of the same message is likely to share."""
    yield ("head", seen.text[:KEY_LENGTH])
    yield ("tail", seen.text[-KEY_LENGTH:])
    if seen.minute is not None:
        yield seen.minute


def _overlap(one: _Stretch, two: _Stretch, shift: int) -> _Overlap | None:
    """Lay *one* on *two* and return the overlap, if every message that both show agrees."""
    pairs: list[_Pair] = []
    for index in range(max(one.first, two.first - shift), min(one.last, two.last - shift) + 1):
        pair = _pair(one.places[index], two.places[index + shift])
        if pair is None:
            return None
        pairs.append(pair)
    proven = _is_proven(pairs)
    if not proven and not _is_likely(pairs, same_extent=len(one) == len(two) == len(pairs)):
        return None
    telling = sum(pair.characters > 0 for pair in pairs)
    minutes = sum(pair.same_minute for pair in pairs)
    weight = (telling, minutes, sum(pair.characters for pair in pairs))
    return _Overlap(one, two, shift, proven, weight)


@dataclass(frozen=True, slots=True)
class _Pair:
    """What speaks for two places' being one: `characters` of `text` that were compared alike."""

    text: str
    characters: int
    same_minute: bool
    same_clock: bool
    same_scroll: bool


def _pair(a: _Place, b: _Place) -> _Pair | None:
    """Return what speaks for it, None if anything speaks against it."""
    if a.best.sighting.direction is not b.best.sighting.direction:
        return None
    if a.scopes | b.scopes == {LabelScope.OWN, LabelScope.GROUP} or not _times_meet(a, b):
        return None
    characters = compared(a.best, b.best)
    if characters is None:
        return None
    return _Pair(
        min(a.best.text, b.best.text, key=len),
        characters,
        same_minute=a.minute is not None and a.minute == b.minute,
        same_clock=bool(a.clocks & b.clocks),
        same_scroll=any(_in_one_scroll(s, t) for s in a.seen for t in b.seen),
    )


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
    """One message of the same minute, or two different texts in order, are no coincidence."""
    texts = {pair.text for pair in pairs if 2 * pair.characters >= TELLING}
    return len(texts) > 1 or any(pair.same_minute and pair.characters for pair in pairs)


def _is_likely(pairs: Sequence[_Pair], *, same_extent: bool) -> bool:
    """Take one text for an overlap if it is long, or something besides it speaks for it.

    Such as the same clock (of an unknown day), one scrolling, or two screens alike throughout.
    """
    return any(
        pair.characters >= TELLING
        or (pair.characters and (pair.same_clock or pair.same_scroll or same_extent))
        for pair in pairs
    )


# --- rows of the inbox, and the result ------------------------------------------------------------


def _place_row(row: Seen, assembly: _Assembly, alone: list[_Stretch]) -> None:
    """Add an inbox row to the message that it begins, else to the rows that stand alone."""
    standing = [place for stretch in alone for place in stretch]
    for places in (assembly.places_like(row), standing):
        fitting = [place for place in places if _begins(row, place)]
        if fitting:
            max(fitting, key=lambda place: _nearness(row, place)).add([row])
            return
    stretch = _Stretch()
    stretch.put(0, [row])
    alone.append(stretch)


def _begins(row: Seen, place: _Place) -> bool:
    """Say whether *row* can be the beginning of the message; rows do not show its direction."""
    characters = compared(row, place.best)
    same_minute = row.minute is not None and row.minute == place.minute
    alike = (characters or 0) >= TELLING or row.text == place.best.text
    if characters is None or not (alike or same_minute):  # two ends of it share no text
        return False
    other = _Stretch()
    return _times_meet(other.put(0, [row]), place)


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
