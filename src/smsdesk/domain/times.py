"""When a message was sent, and how that is known."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

CHINA = dt.timezone(dt.timedelta(hours=8), "UTC+08:00")
"""China has one time zone and no summer time (since 1992)."""


class TimeBasis(StrEnum):
    """How a time is known (时间依据)."""

    READ = "read"
    DERIVED = "derived"
    TYPED = "typed"
    UNKNOWN = "unknown"


class CaptureSource(StrEnum):
    """Where the moment of a screenshot comes from, the surest first."""

    PERSON = "person"
    EXIF = "exif"
    FILE_NAME = "file_name"
    FILE_TIME = "file_time"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CaptureMoment:
    """When a screenshot was taken; `at` is None only with source UNKNOWN."""

    at: dt.datetime | None
    source: CaptureSource


@dataclass(frozen=True, slots=True)
class SentTime:
    """Earliest and latest moment of sending, both to the minute, aware (UTC+8).

    They are equal where the time was read from a label of the message's own. `basis` DERIVED
    means a range (a group's label is a lower bound); UNKNOWN has neither end.
    """

    earliest: dt.datetime | None
    latest: dt.datetime | None
    basis: TimeBasis
    label: str | None = None


UNKNOWN_TIME = SentTime(None, None, TimeBasis.UNKNOWN)
