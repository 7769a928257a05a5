"""Figures as data: what came when, from whom, under which labels; each names its messages.

Only facts: no rule or standard limits messages a day, so a line that a figure crosses is the user's
own (自设，非法定标准). Derived times count only where the whole range falls inside.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from smsdesk.domain.days import day_of, hour_of
from smsdesk.domain.figures import (
    Dossier,
    Fact,
    Figures,
    Ids,
    InstitutionFigures,
    Interval,
    Rhythm,
    Run,
)
from smsdesk.domain.findings import HINTS, FindingState, ViolationType
from smsdesk.domain.institutions import Institution
from smsdesk.domain.messages import Message
from smsdesk.domain.senders import Sender
from smsdesk.domain.times import CHINA, SentTime
from smsdesk.rules.frequency import at_edge, at_night
from smsdesk.rules.pack import Thresholds

K = TypeVar("K")


def figures(
    messages: Iterable[Message], institutions: Sequence[Institution], thresholds: Thresholds
) -> Figures:
    """Count *messages* (received, in time order; those that count as collection)."""
    count = Count(institutions, thresholds)
    for message in messages:
        count.add(fact_of(message))
    return count.figures()


def rhythm_of(messages: Iterable[Message], thresholds: Thresholds) -> Rhythm:
    """Return when *messages* (in time order) came."""
    tally = _Tally()
    for message in messages:
        tally.add(fact_of(message), when_of(message.sent, thresholds))
    return tally.rhythm(thresholds)


def labels_of(
    messages: Iterable[Message], only: FindingState | None = None
) -> dict[ViolationType, Ids]:
    """Return, by label, the messages that bear it; hints and rejected findings count for none."""
    facts = [fact_of(message) for message in messages]
    confirmed = only is FindingState.CONFIRMED
    found: dict[ViolationType, list[int]] = defaultdict(list)
    for fact in facts:
        for violation in fact.confirmed if confirmed else fact.labels:
            found[violation].append(fact.id)
    return _by_label(found)


def fact_of(message: Message) -> Fact:
    """Return what figures need of a message."""
    live = [f for f in message.findings if f.state != FindingState.REJECTED]
    confirmed = [f for f in live if f.state == FindingState.CONFIRMED]
    labels, sure = (
        frozenset(f.proposal.violation for f in found) - HINTS for found in (live, confirmed)
    )
    return Fact(message.id, message.sender, message.sent, labels, sure)


class Count:
    """Counts messages one by one: overall, by sender, institution, weekday and hour, by label."""

    def __init__(self, institutions: Sequence[Institution], thresholds: Thresholds) -> None:
        self._thresholds = thresholds
        self._overall = _Tally()
        self._heat: dict[tuple[int, int], list[int]] = {}
        self._institutions = [(one, _Tally()) for one in institutions]
        self._of_sender = {
            key: (one.name, tally) for one, tally in self._institutions for key in one.senders
        }
        self._senders: dict[str, _SenderTally] = {}
        self._confirmed: dict[ViolationType, list[int]] = {}

    def add(self, fact: Fact, when: When | None = None) -> None:
        """Count one more message; they come in order of time. *when* saves reckoning it again."""
        when = when or when_of(fact.sent, self._thresholds)
        self._overall.add(fact, when)
        key = fact.sender.key
        if key in self._of_sender:
            self._of_sender[key][1].add(fact, when)
        if key not in self._senders:
            self._senders[key] = _SenderTally(fact.sender)
        self._senders[key].add(fact, when)
        if when.day is not None and when.hour is not None:
            self._heat.setdefault((when.day.weekday(), when.hour), []).append(fact.id)
        for violation in fact.confirmed:
            self._confirmed.setdefault(violation, []).append(fact.id)

    def figures(self) -> Figures:
        """Return what was counted, by number and by institution the most first."""
        numbers = [
            tally.dossier(self._of_sender.get(key, (key,))[0], self._thresholds)
            for key, tally in self._senders.items()
        ]
        of_institutions = [
            InstitutionFigures(one, tally.rhythm(self._thresholds), _by_label(tally.labels))
            for one, tally in self._institutions
            if tally.ids
        ]
        return Figures(
            self._overall.rhythm(self._thresholds),
            _ids(self._heat),
            tuple(sorted(numbers, key=lambda one: -len(one.rhythm.ids))),
            tuple(sorted(of_institutions, key=lambda one: -len(one.rhythm.ids))),
            _by_label(self._overall.labels),
            _by_label(self._confirmed),
        )


class When(NamedTuple):
    """A message's time as figures see it, reckoned once."""

    day: dt.date | None
    hour: int | None
    minute: dt.datetime | None
    night: bool
    edge: bool


def when_of(sent: SentTime, thresholds: Thresholds) -> When:
    """Return a message's time as figures see it."""
    return When(
        day_of(sent),
        hour_of(sent),
        sent.minute,
        at_night(sent, thresholds),
        at_edge(sent, thresholds),
    )


class _Tally:
    """What makes a rhythm, gathered message by message in order of time.

    In plain numbers: a hundred thousand small objects would hold up the whole program each time
    that garbage is collected.
    """

    def __init__(self) -> None:
        self.ids: list[int] = []
        self.labels: dict[ViolationType, list[int]] = {}
        self._days: dict[dt.date, list[int]] = {}
        self._night: list[int] = []
        self._edge: list[int] = []
        self._without_day: list[int] = []
        self._minutes = array("q")

    def add(self, fact: Fact, when: When) -> None:
        self.ids.append(fact.id)
        if when.day is None:
            self._without_day.append(fact.id)
        else:
            self._days.setdefault(when.day, []).append(fact.id)
        if when.night:
            self._night.append(fact.id)
        if when.edge:
            self._edge.append(fact.id)
        if when.minute is not None:
            self._minutes.append(_packed(when.minute, fact.id))
        for violation in fact.labels:
            self.labels.setdefault(violation, []).append(fact.id)

    def rhythm(self, thresholds: Thresholds) -> Rhythm:
        days = _ids(self._days)
        return Rhythm(
            ids=tuple(self.ids),
            days=days,
            night=tuple(self._night),
            edge=tuple(self._edge),
            without_day=tuple(self._without_day),
            shortest=_shortest(self._minutes),
            longest_run=_longest_run(days),
            noticed=tuple(d for d, ids in days.items() if len(ids) >= thresholds.notice_a_day),
            striking=tuple(d for d, ids in days.items() if len(ids) >= thresholds.many_a_day),
        )


class _SenderTally(_Tally):
    """What makes a dossier."""

    def __init__(self, sender: Sender) -> None:
        super().__init__()
        self._sender = sender
        self._hours: dict[int, list[int]] = {}
        self._doubtful: list[int] = []
        self._readings: dict[str, None] = {}

    def add(self, fact: Fact, when: When) -> None:
        super().add(fact, when)
        if when.hour is not None:
            self._hours.setdefault(when.hour, []).append(fact.id)
        if fact.sender.doubtful:
            self._doubtful.append(fact.id)
            self._readings.update(dict.fromkeys(fact.sender.readings))

    def dossier(self, institution: str, thresholds: Thresholds) -> Dossier:
        rhythm = self.rhythm(thresholds)
        return Dossier(
            self._sender,
            institution,
            min(rhythm.days, default=None),
            max(rhythm.days, default=None),
            _ids(self._hours),
            _by_label(self.labels),
            rhythm,
            tuple(self._doubtful),
            tuple(self._readings),
        )


def _ids(groups: Mapping[K, Sequence[int]]) -> dict[K, Ids]:
    return {key: tuple(groups[key]) for key in sorted(groups)}  # type: ignore[type-var]


def _by_label(found: Mapping[ViolationType, Sequence[int]]) -> dict[ViolationType, Ids]:
    return {violation: tuple(found[violation]) for violation in ViolationType if violation in found}


_ID_BITS = 36
"""Room for the id beside a minute in one number of 64 bits: no case has as many messages."""


def _packed(minute: dt.datetime, message_id: int) -> int:
    """Return a minute and an id as one number that sorts by both."""
    return (int(minute.timestamp()) // 60 << _ID_BITS) + message_id


def _shortest(minutes: array[int]) -> Interval | None:
    """Return the shortest interval between two messages whose minute is known."""
    shortest: tuple[int, int, int] | None = None
    for earlier, later in pairwise(sorted(minutes)):
        gap = (later >> _ID_BITS) - (earlier >> _ID_BITS)
        if shortest is None or gap < shortest[0]:
            shortest = gap, earlier, later
    if shortest is None:
        return None
    gap, *both = shortest
    return Interval(gap, tuple(one & ((1 << _ID_BITS) - 1) for one in both))


def _longest_run(days: Mapping[dt.date, Ids]) -> Run | None:
    runs: list[list[dt.date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == dt.timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    longest = max(runs, key=len, default=None)
    if longest is None:
        return None
    return Run(longest[0], longest[-1], tuple(i for day in longest for i in days[day]))


def china_day(moment: dt.datetime) -> dt.date:
    """Return the calendar day of a moment in China."""
    return moment.astimezone(CHINA).date()
