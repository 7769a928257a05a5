"""What a drawn time label says of when a message was sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from smsdesk.domain.moments import (
    CHINA,
    CLOCK_SLACK,
    UNKNOWN_TIME,
    CaptureMoment,
    CaptureSource,
    SentTime,
    TimeBasis,
    in_china,
)
from smsdesk.domain.screens import LabelScope, ScreenKind
from smsdesk.domain.time_labels import TimeLabel, parse_label

_MINUTE = dt.timedelta(minutes=1)
_DAY = dt.timedelta(days=1)

ORDER_SLACK = dt.timedelta(minutes=15)
"""Messages stand in order of arrival; a delayed one may show a clock this much too early."""

YEARS_BACK = 3
"""How far back a drawn weekday may lead; a date falls on the same one again after 5 years or more,
so that at most one year fits."""


def resolve(label: str | None, captured: CaptureMoment) -> SentTime:
    """Return what *label*, drawn for one message, says when it is seen at *captured*.

    Nothing later than the moment of the screenshot (but CLOCK_SLACK) is ever reckoned: a clock
    alone, or 今天, that would be later contradicts that moment and stays UNKNOWN; a date without a
    year goes to the last year in which it was past and its weekday, if drawn, is right. A full date
    is taken as drawn, whatever the moment. A weekday equal to the screenshot's own is a week ago on
    one phone and today on another: a range from the one to the other. A date without a clock is the
    whole day. 晚上12:10 may mean the start of the day named or of the next: a range. From a moment
    that the picture contradicts no day is reckoned: only dates with their year, or with a weekday
    that tells it, have a time then.
    """
    parsed = parse_label(label) if label else None
    found = _resolved(parsed, captured) if parsed else None
    return replace(found, label=label) if found else replace(UNKNOWN_TIME, label=label)


def _resolved(parsed: TimeLabel, captured: CaptureMoment) -> SentTime | None:
    seen = _minute_of(captured)
    if parsed.year is not None:
        return _full_date(parsed, seen)
    if seen is None or not (captured.vouches or _tells_its_year(parsed)):
        return None
    if parsed.ago is not None:
        return _ago(parsed, seen)
    if parsed.month is not None:
        return _month_and_day(parsed, seen, captured)
    if parsed.back is not None:
        return _days_back(parsed, seen)
    if parsed.weekday is not None:
        return _weekday(parsed, seen)
    return _span(parsed, seen.date(), seen)


def _full_date(parsed: TimeLabel, seen: dt.datetime | None) -> SentTime | None:
    date = _date(parsed.year or 0, parsed)
    if date is None or not _weekday_fits(parsed, date):  # some digit was misread
        return None
    if seen and seen.date() == date and (past := _span(parsed, date, seen)):
        return _read(past, parsed)
    span = _span(parsed, date, None)
    return _read(span, parsed) if span else None


def _read(span: SentTime, parsed: TimeLabel) -> SentTime:
    """Return *span* as read from the screen, if the label says one minute."""
    exact = parsed.clock is not None and span.earliest == span.latest
    return replace(span, basis=TimeBasis.READ) if exact else span


def _tells_its_year(parsed: TimeLabel) -> bool:
    """Say whether a date without its year has a weekday, which only one of some years fits."""
    return parsed.month is not None and parsed.weekday is not None


def _month_and_day(
    parsed: TimeLabel, seen: dt.datetime, captured: CaptureMoment
) -> SentTime | None:
    years = range(seen.year, seen.year - YEARS_BACK - 1, -1)
    dates = (date for year in years if (date := _date(year, parsed)))
    past = [(date, span) for date in dates if (span := _span(parsed, date, seen))]
    for age, (date, span) in enumerate(past):
        if _weekday_fits(parsed, date):
            # A file time may be that of a much later copy: alone it does not vouch for the year.
            sure = parsed.weekday is not None or captured.source is not CaptureSource.FILE_TIME
            return _read(span, parsed) if age == 0 and sure and captured.vouches else span
    return None


def _days_back(parsed: TimeLabel, seen: dt.datetime) -> SentTime | None:
    date = seen.date() - (parsed.back or 0) * _DAY
    return _span(parsed, date, seen) if _weekday_fits(parsed, date) else None


def _weekday(parsed: TimeLabel, seen: dt.datetime) -> SentTime | None:
    back = (seen.weekday() - (parsed.weekday or 0)) % 7
    if back:
        return _span(parsed, seen.date() - back * _DAY, seen)
    week_ago = _span(parsed, seen.date() - 7 * _DAY, seen)
    today = _span(parsed, seen.date(), seen)
    return replace(week_ago, latest=today.latest) if week_ago and today else week_ago


def _ago(parsed: TimeLabel, seen: dt.datetime) -> SentTime:
    least, less_than = parsed.ago or (0, 0)
    return SentTime(seen - less_than * _MINUTE, seen - least * _MINUTE, TimeBasis.DERIVED)


def _span(parsed: TimeLabel, date: dt.date, seen: dt.datetime | None) -> SentTime | None:
    """Return the minute, or the span, that the label's clock leaves of *date*; None if not past."""
    start = dt.datetime.combine(date, dt.time(), CHINA)
    if parsed.clock is None:
        earliest, latest = start, start + _DAY - _MINUTE
        latest = min(latest, seen) if seen else latest
    else:
        earliest = latest = start + parsed.clock * _MINUTE
        next_day = earliest + _DAY
        if parsed.either_midnight and (seen is None or next_day <= seen):
            latest = next_day
    if seen and earliest > seen + CLOCK_SLACK:
        return None
    return SentTime(earliest, latest, TimeBasis.DERIVED)


def _date(year: int, parsed: TimeLabel) -> dt.date | None:
    try:
        return dt.date(year, parsed.month or 0, parsed.day or 0)
    except ValueError:  # February 29
        return None


def _weekday_fits(parsed: TimeLabel, date: dt.date) -> bool:
    return parsed.weekday is None or parsed.weekday == date.weekday()


def date_messages(
    items: Sequence[tuple[str | None, LabelScope]],
    captured: CaptureMoment,
    kind: ScreenKind = ScreenKind.THREAD,
    *,
    days_apart: bool = False,
) -> list[SentTime]:
    """Return the times of a screen's messages from the top, from their labels and scopes.

    In a thread, messages stand in the order in which they came, which settles more than one label
    alone: a clock alone is not today's where a dated message follows it, where the screen labels
    every message (phones that do draw the date apart, and it has scrolled away; *days_apart* says
    that the screen is seen to do so), or where a later clock is smaller. A later message of a
    group came between its label and the next one.
    """
    rows = [_Row(label, scope, captured) for label, scope in items]
    if kind is ScreenKind.THREAD:  # rows of an inbox are of different senders, the newest first
        _forget_borrowed_days(rows, days_apart=days_apart)
        _settle_weekdays(rows)
        _bound_groups(rows, captured)
    return [row.sent for row in rows]


class _Row:
    """One message's label, what it says, and the time that it is taken for so far."""

    def __init__(self, label: str | None, scope: LabelScope, captured: CaptureMoment) -> None:
        self.scope = scope
        self.parsed = parse_label(label) if label and scope is not LabelScope.NONE else None
        self.sent = UNKNOWN_TIME if scope is LabelScope.NONE else resolve(label, captured)
        self.dated = self.parsed is not None and self.parsed.names_a_day
        self.bare = self.parsed is not None and self.parsed.is_bare_clock


def _forget_borrowed_days(rows: Sequence[_Row], *, days_apart: bool) -> None:
    """Make clocks UNKNOWN whose day stood further up and is not on the screen."""
    for row in rows[: _end_of_borrowed(rows, days_apart=days_apart)]:
        if row.bare:
            row.sent = replace(UNKNOWN_TIME, label=row.sent.label)


def _end_of_borrowed(rows: Sequence[_Row], *, days_apart: bool) -> int:
    """Return before which message no clock alone can be taken for today's."""
    dated = [index for index, row in enumerate(rows) if row.dated]
    end = dated[-1] if dated else 0
    if days_apart or _labels_every_message(rows):
        end = max(end, dated[0] if dated else len(rows))
    bare = [(index, row.sent.earliest) for index, row in enumerate(rows) if row.bare]
    for (_, above), (index, below) in pairwise(bare):
        if above is None or below is None or below < above - ORDER_SLACK:
            end = max(end, index)
    return end


def _labels_every_message(rows: Sequence[_Row]) -> bool:
    """Say whether two neighbours have clocks of their own at most a minute apart.

    Phones that gather messages under a label would have drawn only one of them.
    """
    return any(
        0 <= below - above <= 1
        for a, b in pairwise(rows)
        if (above := _own_bare_clock(a)) is not None and (below := _own_bare_clock(b)) is not None
    )


def _own_bare_clock(row: _Row) -> int | None:
    own = row.bare and row.scope is LabelScope.OWN
    return row.parsed.clock if row.parsed and own else None


def _settle_weekdays(rows: Sequence[_Row]) -> None:
    """Choose between a week ago and today where the neighbours leave only one of them."""
    for index, row in enumerate(rows):
        earliest, latest = row.sent.earliest, row.sent.latest
        if earliest is None or latest is None or latest - earliest != 7 * _DAY:
            continue
        above = [r.sent.earliest for r in rows[:index] if r.sent.earliest]
        below = [r.sent.latest for r in rows[index + 1 :] if r.sent.latest]
        if below and min(below) < latest - ORDER_SLACK:
            row.sent = replace(row.sent, latest=earliest)
        elif above and max(above) > earliest + ORDER_SLACK:
            row.sent = replace(row.sent, earliest=latest)


def _bound_groups(rows: Sequence[_Row], captured: CaptureMoment) -> None:
    """Give later messages of a group their range: from the label to the next one."""
    following = _minute_of(captured)
    for row in reversed(rows):
        sent = row.sent
        if row.scope is LabelScope.GROUP and sent.earliest is not None:
            ends = [t for t in (following, sent.latest) if t] if following else []
            row.sent = replace(sent, latest=max(ends, default=None), basis=TimeBasis.DERIVED)
        elif row.scope is LabelScope.OWN and sent.latest is not None:
            following = sent.latest


def _minute_of(captured: CaptureMoment) -> dt.datetime | None:
    return in_china(captured.at).replace(second=0, microsecond=0) if captured.at else None
