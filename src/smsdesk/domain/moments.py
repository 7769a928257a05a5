"""When a picture was taken and a message sent, and how each is known.

Bases. READ: month, day and clock stand on the screen, and nothing but the year (if that) was
added. DERIVED: the day was reckoned from the moment of the screenshot (昨天, 周三, a clock alone),
so the time is no surer than that moment; or only a range is known. UNKNOWN: the screen does not
show enough; then the label is kept and no time is made up.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from smsdesk.domain.time_labels import parse_label

CHINA = dt.timezone(dt.timedelta(hours=8), "UTC+08:00")
"""China has one time zone and no summer time (since 1992)."""


CLOCK_SLACK = dt.timedelta(minutes=1)
"""A drawn clock may be this much later than the capture moment: one is rounded, one cut off."""


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
    """When a screenshot was taken; `at` is None only with source UNKNOWN.

    `vouches`: the picture does not contradict it, so that days may be reckoned from it. If not, it
    is only a moment at which the file was there.
    """

    at: dt.datetime | None
    source: CaptureSource
    vouches: bool = True


@dataclass(frozen=True, slots=True)
class SentTime:
    """Earliest and latest moment of sending, both to the minute, aware (UTC+8).

    They are equal where a clock of the message's own is drawn. DERIVED may be a range (a group's
    label is a lower bound) or one minute whose day was reckoned; its `latest` is None where
    nothing bounds it (a later message of a group, in a picture without a moment). UNKNOWN has
    neither end. `label` is the label as drawn.
    """

    earliest: dt.datetime | None
    latest: dt.datetime | None
    basis: TimeBasis
    label: str | None = None

    @property
    def minute(self) -> dt.datetime | None:
        """`earliest` where it is a minute that a clock shows, None where only days are known."""
        return self.earliest if not self.label or _may_show_clock(self.label) else None


@lru_cache(maxsize=4096)
def _may_show_clock(label: str) -> bool:
    """Say whether a label shows a clock, or cannot be read; a case asks the same ones again."""
    parsed = parse_label(label)
    return parsed is None or parsed.clock is not None


UNKNOWN_TIME = SentTime(None, None, TimeBasis.UNKNOWN)


def in_china(moment: dt.datetime) -> dt.datetime:
    """Return *moment* in China time; a naive one is taken to be China time already."""
    return moment.replace(tzinfo=CHINA) if moment.tzinfo is None else moment.astimezone(CHINA)
