"""Times: of screenshots and of messages; the one door to the modules that know about them."""

from __future__ import annotations

from smsdesk.domain.captures import (
    capture_from_name,
    capture_moment,
    clock_agrees,
    document_moment,
    saved_from_name,
)
from smsdesk.domain.dating import date_messages, resolve
from smsdesk.domain.moments import (
    CHINA,
    UNKNOWN_TIME,
    CaptureMoment,
    CaptureSource,
    SentTime,
    TimeBasis,
)

__all__ = [
    "CHINA",
    "UNKNOWN_TIME",
    "CaptureMoment",
    "CaptureSource",
    "SentTime",
    "TimeBasis",
    "capture_from_name",
    "capture_moment",
    "clock_agrees",
    "date_messages",
    "document_moment",
    "resolve",
    "saved_from_name",
]
