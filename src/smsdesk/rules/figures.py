"""Figures as data: what came when, from whom, under which labels; each names its messages.

Only facts: no rule or standard limits messages a day, so a line that a figure crosses is the user's
own (自设，非法定标准). Derived times count only where the whole range falls inside.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from smsdesk.domain.days import day_of, hour_of
from smsdesk.domain.figures import Dossier, Figures, Ids, InstitutionFigures, Interval, Rhythm, Run
from smsdesk.domain.findings import HINTS, FindingState, ViolationType
from smsdesk.domain.institutions import Institution
from smsdesk.domain.messages import Message
from smsdesk.domain.times import CHINA
from smsdesk.rules.frequency import at_edge, at_night
from smsdesk.rules.pack import Thresholds

K = TypeVar("K", bound=Hashable)


def figures(
    messages: Sequence[Message], institutions: Sequence[Institution], thresholds: Thresholds
) -> Figures:
    """Count *messages* (received, in time order; those that count as collection)."""
    by_sender = _grouped(messages, lambda m: m.sender.key)
    name_of = {key: one.name for one in institutions for key in one.senders}
    numbers = [
        _dossier(group, name_of.get(key, key), thresholds) for key, group in by_sender.items()
    ]
    of_institutions = [
        InstitutionFigures(one, rhythm_of(group, thresholds), labels_of(group))
        for one in institutions
        if (group := [m for m in messages if m.sender.key in one.basis])
    ]
    return Figures(
        rhythm_of(messages, thresholds),
        _ids(_grouped(messages, _weekday_and_hour)),
        tuple(sorted(numbers, key=lambda one: -len(one.rhythm.ids))),
        tuple(sorted(of_institutions, key=lambda one: -len(one.rhythm.ids))),
        labels_of(messages),
        labels_of(messages, only=FindingState.CONFIRMED),
    )


def rhythm_of(messages: Sequence[Message], thresholds: Thresholds) -> Rhythm:
    """Return when *messages* (in time order) came."""
    days = _ids(_grouped(messages, lambda m: day_of(m.sent)))
    return Rhythm(
        ids=tuple(m.id for m in messages),
        days=days,
        night=tuple(m.id for m in messages if at_night(m.sent, thresholds)),
        edge=tuple(m.id for m in messages if at_edge(m.sent, thresholds)),
        without_day=tuple(m.id for m in messages if day_of(m.sent) is None),
        shortest=_shortest(messages),
        longest_run=_longest_run(days),
        noticed=tuple(d for d, ids in days.items() if len(ids) >= thresholds.notice_a_day),
        striking=tuple(d for d, ids in days.items() if len(ids) >= thresholds.many_a_day),
    )


def labels_of(
    messages: Iterable[Message], only: FindingState | None = None
) -> dict[ViolationType, Ids]:
    """Return, by label, the messages that bear it; hints and rejected findings count for none."""
    found: dict[ViolationType, list[int]] = defaultdict(list)
    for message in messages:
        shown = {
            finding.proposal.violation
            for finding in message.findings
            if finding.state not in (FindingState.REJECTED, only and FindingState.PROPOSED)
        }
        for violation in shown - HINTS:
            found[violation].append(message.id)
    return {violation: tuple(found[violation]) for violation in ViolationType if violation in found}


def _dossier(messages: Sequence[Message], institution: str, thresholds: Thresholds) -> Dossier:
    days = sorted(day for m in messages if (day := day_of(m.sent)))
    return Dossier(
        messages[0].sender,
        institution,
        days[0] if days else None,
        days[-1] if days else None,
        _ids(_grouped(messages, lambda m: hour_of(m.sent))),
        labels_of(messages),
        rhythm_of(messages, thresholds),
    )


def _weekday_and_hour(message: Message) -> tuple[int, int] | None:
    day, hour = day_of(message.sent), hour_of(message.sent)
    return None if day is None or hour is None else (day.weekday(), hour)


def _grouped(
    messages: Iterable[Message], key: Callable[[Message], K | None]
) -> dict[K, list[Message]]:
    """Group messages by a key; those without one are left out."""
    groups: dict[K, list[Message]] = {}
    for message in messages:
        name = key(message)
        if name is not None:
            groups.setdefault(name, []).append(message)
    return groups


def _ids(groups: Mapping[K, Sequence[Message]]) -> dict[K, Ids]:
    return {key: tuple(m.id for m in groups[key]) for key in sorted(groups)}  # type: ignore[type-var]


def _shortest(messages: Sequence[Message]) -> Interval | None:
    """Return the shortest interval between two messages whose minute is known."""
    timed = sorted((m.sent.minute, m.id) for m in messages if m.sent.minute is not None)
    gaps = [
        Interval(int((later - earlier).total_seconds() // 60), (first, second))
        for (earlier, first), (later, second) in pairwise(timed)
    ]
    return min(gaps, key=lambda gap: gap.minutes, default=None)


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
