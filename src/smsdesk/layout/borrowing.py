"""Clocks whose day stands further up: some phones draw the date once and then clocks alone.

On other phones a clock alone is today's. One screen may not show which phone it is; all screens of
a thread are of one phone, so that what one of them gives away holds for the others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from smsdesk.domain.messages import Sighting
from smsdesk.domain.moments import CHINA, in_china
from smsdesk.domain.screens import LabelScope, ScreenKind
from smsdesk.domain.threads import SeenScreen
from smsdesk.domain.time_labels import TimeLabel, parse_label
from smsdesk.domain.times import UNKNOWN_TIME, SentTime, TimeBasis


def with_borrowed_days(screen: SeenScreen) -> SeenScreen:
    """Return *screen* with its clocks alone dated as a phone means them that draws a day once.

    Each is of the day that stands above it on the screen, of an unknown day if none does.
    """
    if screen.kind is not ScreenKind.THREAD:
        return screen
    return replace(screen, sightings=tuple(_dated(screen.sightings)))


def borrows(screen: SeenScreen) -> bool:
    """Say whether a clock alone was found not to be of the day of the screenshot.

    Where a screen of a thread shows such a one, none of the thread is of its screen's day.
    """
    if screen.captured.at is None or screen.kind is not ScreenKind.THREAD:
        return False
    return any(s.sent.earliest is None and _is_bare(_label(s)) for s in screen.sightings)


def _dated(sightings: Iterable[Sighting]) -> Iterator[Sighting]:
    day: dt.date | None = None
    for sighting in sightings:
        parsed = _label(sighting)
        if _is_bare(parsed) and parsed and parsed.clock is not None:
            yield replace(sighting, sent=_on(day, parsed.clock, sighting.sent.label))
            continue
        if parsed and parsed.names_a_day and sighting.sent.earliest:
            day = in_china(sighting.sent.earliest).date()
        yield sighting


def _on(day: dt.date | None, clock: int, label: str | None) -> SentTime:
    if day is None:
        return replace(UNKNOWN_TIME, label=label)
    moment = dt.datetime.combine(day, dt.time(*divmod(clock, 60)), CHINA)
    return SentTime(moment, moment, TimeBasis.DERIVED, label)


def _label(sighting: Sighting) -> TimeLabel | None:
    own = sighting.label_scope is LabelScope.OWN and sighting.sent.label
    return parse_label(sighting.sent.label) if own and sighting.sent.label else None


def _is_bare(parsed: TimeLabel | None) -> bool:
    return parsed is not None and parsed.is_bare_clock and not parsed.either_midnight
