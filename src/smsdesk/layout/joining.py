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
from collections.abc import Iterator, Sequence
from dataclasses import replace

from smsdesk.domain.messages import Continuity
from smsdesk.domain.screens import ScreenKind
from smsdesk.domain.threads import JoinedMessage, SeenScreen
from smsdesk.domain.times import SentTime
from smsdesk.layout.assembling import Assembly, Search
from smsdesk.layout.matching import Seen, compared, prepared
from smsdesk.layout.overlaps import TELLING, times_meet
from smsdesk.layout.stretches import LAST, Place, Stretch


def join(screens: Sequence[SeenScreen]) -> tuple[JoinedMessage, ...]:
    """Return the messages that the screens of one thread show, in the order of the thread.

    Inbox rows are joined to the message of which they are the beginning; one without such a
    message stands alone, and what lies between it and the rest is UNKNOWN.
    """
    ordered = sorted((s for s in screens if s.sightings), key=_canonical)
    assembly = Assembly()
    shown = [assembly.add(prepared(s)) for s in ordered if s.kind is ScreenKind.THREAD]
    for seen in shown:
        assembly.join(seen, Search.SAME_MINUTE)
    for search in (Search.PROVEN, Search.LIKELY):
        for seen in shown:
            if assembly.holds_an_end(seen):
                assembly.join(seen, search)
    alone: list[Stretch] = []
    for row in (row for s in ordered if s.kind is ScreenKind.INBOX for row in prepared(s)):
        _place_row(row, assembly, alone)
    return tuple(_listed(assembly.stretches, alone))


def _canonical(screen: SeenScreen) -> tuple[object, ...]:
    """Order by moment, page and content; never by ids, which depend on the order of importing."""
    moment = screen.captured.at or LAST
    shown = [(s.text, s.confidence, s.box.rounded()) for s in screen.sightings]
    return (moment, screen.page, shown)


def _place_row(row: Seen, assembly: Assembly, alone: list[Stretch]) -> None:
    """Add an inbox row to the message that it begins, else to the rows that stand alone."""
    stretch = Stretch()
    lone = stretch.put(0, [row])
    standing = [place for other in alone for place in other]
    for places in (assembly.places_like(row, *lone.range), standing):
        fitting = [place for place in places if _begins(row, lone, place)]
        if fitting:
            max(fitting, key=lambda place: _nearness(row, place)).add([row])
            return
    alone.append(stretch)


def _begins(row: Seen, lone: Place, place: Place) -> bool:
    """Say whether *row* can be the beginning of the message; rows do not show its direction."""
    likeness = compared(row, place.best)
    if likeness is None:
        return False
    same_minute = row.minute is not None and row.minute == place.minute
    alike = likeness.characters >= TELLING or row.text == place.best.text
    return (alike or same_minute) and times_meet(lone, place)


def _nearness(row: Seen, place: Place) -> tuple[bool, dt.datetime, int]:
    """Sort key: of the same minute, else the latest, since an inbox shows the last message."""
    same = row.minute is not None and row.minute == place.minute
    return (same, place.stretch.bounds(place)[0], place.index)


def _listed(stretches: Sequence[Stretch], alone: Sequence[Stretch]) -> Iterator[JoinedMessage]:
    lone = {id(stretch) for stretch in alone}
    before_all = True
    for stretch in sorted([*stretches, *alone], key=_position):
        before = Continuity.START if before_all else Continuity.GAP
        for place, sent in zip(stretch, _narrowed(stretch), strict=True):
            how = Continuity.UNKNOWN if id(stretch) in lone else before
            yield JoinedMessage(tuple(s.sighting.id for s in place.seen), sent, how)
            before = Continuity.CONTINUOUS
        before_all = False


def _position(stretch: Stretch) -> dt.datetime:
    """Return the first moment known in *stretch*, else that of its first screen."""
    known = (place.sent.earliest for place in stretch)
    captured = (seen.captured for place in stretch for seen in place.seen)
    return next((moment for moment in (*known, *captured) if moment), LAST)


def _narrowed(stretch: Stretch) -> list[SentTime]:
    """Return the times in *stretch*, ranges ended by the next message's time."""
    following: dt.datetime | None = None
    times: list[SentTime] = []
    for place in reversed(list(stretch)):
        sent = place.sent
        if sent.earliest and following and sent.earliest <= following < (sent.latest or LAST):
            sent = replace(sent, latest=following)
        following = sent.latest or following
        times.append(sent)
    return times[::-1]
