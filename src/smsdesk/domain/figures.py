"""Figures as data: what came when, from whom, under which labels; each names its messages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from smsdesk.domain.findings import ViolationType
from smsdesk.domain.institutions import Institution
from smsdesk.domain.retention import Retention
from smsdesk.domain.senders import Sender
from smsdesk.domain.times import SentTime

Ids = tuple[int, ...]

NO_LABELS: frozenset[ViolationType] = frozenset()


class Fact(NamedTuple):
    """What figures need of a message: `labels` that are not rejected, `confirmed` among them."""

    id: int
    sender: Sender
    sent: SentTime
    labels: frozenset[ViolationType] = NO_LABELS
    confirmed: frozenset[ViolationType] = NO_LABELS


@dataclass(frozen=True, slots=True)
class Interval:
    """The shortest time between two messages whose minute is known."""

    minutes: int
    ids: Ids


@dataclass(frozen=True, slots=True)
class Run:
    """The longest row of days without a day's pause."""

    first: dt.date
    last: dt.date
    ids: Ids


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a group of messages came.

    `edge` are those at 22:00 or 8:00 sharp, of which the standards do not say whether they belong
    to the night. `noticed` and `striking` are the days at or above the user's own lines.
    """

    ids: Ids
    days: Mapping[dt.date, Ids]
    night: Ids
    edge: Ids
    without_day: Ids
    shortest: Interval | None
    longest_run: Run | None
    noticed: tuple[dt.date, ...]
    striking: tuple[dt.date, ...]

    @property
    def worst_day(self) -> dt.date | None:
        """The day on which most came (the earliest of equals)."""
        return max(self.days, key=lambda day: len(self.days[day]), default=None)


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is known of one number: its rhythm, the hours of the day, the labels.

    `doubtful` are the messages whose number was read in two ways, `readings` what else it was
    read as.
    """

    sender: Sender
    institution: str
    first: dt.date | None
    last: dt.date | None
    hours: Mapping[int, Ids]
    labels: Mapping[ViolationType, Ids]
    rhythm: Rhythm
    doubtful: Ids = ()
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InstitutionFigures:
    """An institution, and the rhythm of what all its numbers sent."""

    institution: Institution
    rhythm: Rhythm
    labels: Mapping[ViolationType, Ids]


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a case; `heat` gives (weekday from Monday, hour) the messages."""

    overall: Rhythm
    heat: Mapping[tuple[int, int], Ids]
    numbers: tuple[Dossier, ...]
    institutions: tuple[InstitutionFigures, ...]
    labels: Mapping[ViolationType, Ids]
    confirmed: Mapping[ViolationType, Ids]


@dataclass(frozen=True, slots=True)
class OwnLines:
    """From how many messages a day on a day is named, and stands out: a person's own lines."""

    notice_a_day: int
    many_a_day: int


@dataclass(frozen=True, slots=True)
class Lines:
    """Where night begins and ends, and from how many messages a day on a day is named.

    The numbers a day are the user's own lines (自设，非法定标准).
    """

    night_from: dt.time
    night_to: dt.time
    notice_a_day: int
    many_a_day: int


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """Figures of the collection messages, all institutions, and the countdown of each message."""

    figures: Figures
    institutions: tuple[Institution, ...]
    retention: Mapping[int, Retention]
    lines: Lines


@dataclass(frozen=True, slots=True)
class Overview:
    """Figures of all messages that a list holds, sent ones too, and of what counts as collection.

    `listed` knows no institutions; `received` are those that came in. `institutions` are those of
    the whole case, whatever the list is narrowed to; `by_hand` gives the sender keys that a person
    placed.
    """

    listed: Figures
    received: Figures
    collection: Figures
    institutions: tuple[Institution, ...]
    by_hand: Mapping[str, str]
    lines: Lines
