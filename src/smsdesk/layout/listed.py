"""Rows of a message list: each shows how the last message of its thread begins, and when.

A row joins the message that it begins. One without such a message stands alone; two such rows are
one message where nothing can have come between them. Where another message could look the same,
the smaller count holds and a person is asked, as with overlaps.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from smsdesk.domain.moments import in_china
from smsdesk.layout.assembling import Assembly
from smsdesk.layout.matching import Seen, compared
from smsdesk.layout.overlaps import TELLING, times_meet
from smsdesk.layout.stretches import CLOCK_SLACK, Place, Stretch


def place_rows(rows: Iterable[Seen], assembly: Assembly) -> list[Stretch]:
    """Join *rows* to the messages that they begin; return those that stand alone."""
    alone: list[Stretch] = []
    for row in rows:
        stretch = Stretch()
        lone = stretch.put(0, [row])
        standing = [place for other in alone for place in other]
        if not (
            _joined(row, lone, assembly.places_like(row, *lone.range), assembly)
            or _joined(row, lone, standing, assembly)
        ):
            alone.append(stretch)
            assembly.stand_alone(row, lone)
    return alone


def _joined(row: Seen, lone: Place, places: Iterable[Place], assembly: Assembly) -> bool:
    """Join *row* to the likeliest of *places* that it can begin; say whether there is one."""
    fitting = [place for place in places if _begins(row, lone, place, assembly)]
    if not fitting:
        return False
    best = max(fitting, key=lambda place: _nearness(row, place))
    certain = len(fitting) == 1 and _is_certain(row, best, assembly)
    assembly.add_row(row, best, certain=certain)
    return True


def _begins(row: Seen, lone: Place, place: Place, assembly: Assembly) -> bool:
    """Say whether *row* can be the beginning of the message; rows do not show its direction."""
    likeness = compared(row, place.best)
    if likeness is None or likeness.garbled or assembly.decided(lone, place) is False:
        return False
    same_minute = row.minute is not None and row.minute == place.minute
    alike = likeness.characters >= TELLING or row.text == place.best.text
    return (alike or same_minute) and times_meet(lone, place) and not _is_passed(row, place)


def _is_passed(row: Seen, place: Place) -> bool:
    """Say whether another message stood below *place* already when the row's list was taken."""
    below = place.stretch.places.get(place.index + 1)
    if below is None or row.captured is None:
        return False
    return place.stretch.bounds(below)[1] < row.captured - CLOCK_SLACK


def _is_certain(row: Seen, place: Place, assembly: Assembly) -> bool:
    """Say whether *row* can be of no other message than *place*.

    A text found once may have come twice, unseen: so a day alone proves nothing, a minute does
    where both show some of the same text, and it is none that comes back.
    """
    if row.minute is not None and row.minute == place.minute:
        likeness = compared(row, place.best)
        compares = likeness is not None and likeness.characters > 0
        return compares and not (assembly.share(place) or assembly.in_one_minute(place))
    return _nothing_between(row, place)


def _nothing_between(row: Seen, place: Place) -> bool:
    """Say whether *place* is a row that shows the last message of the same day, long past.

    What came after the earlier one of the two lists would be of a later day.
    """
    day = _day_before(row)
    return (
        day is not None
        and len(place.stretch) == 1
        and all(seen.from_list and _day_before(seen) == day for seen in place.seen)
    )


def _day_before(row: Seen) -> dt.date | None:
    """Return the day of what a row shows; None if it is the very day of the picture, or unknown."""
    sent, captured = row.sighting.sent, row.captured
    if sent.earliest is None or sent.latest is None or captured is None:
        return None
    day = in_china(sent.earliest).date()
    whole = in_china(sent.latest).date() == day
    return day if whole and day < in_china(captured).date() else None


def _nearness(row: Seen, place: Place) -> tuple[bool, dt.datetime, int]:
    """Sort key: of the same minute, else the latest, since an inbox shows the last message."""
    same = row.minute is not None and row.minute == place.minute
    return (same, place.stretch.bounds(place)[0], place.index)
