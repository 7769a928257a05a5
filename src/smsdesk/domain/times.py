"""Times: of screenshots and of messages; the one door to the modules that know about them."""

from __future__ import annotations

from smsdesk.domain.captures import (
    Contradiction,
    capture_from_name,
    capture_moment,
    clock_agrees,
    contradictions,
    dating_moment,
    document_moment,
    lies_after,
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
    "Contradiction",
    "SentTime",
    "TimeBasis",
    "capture_from_name",
    "capture_moment",
    "clock_agrees",
    "contradictions",
    "date_messages",
    "dating_moment",
    "document_moment",
    "lies_after",
    "resolve",
    "saved_from_name",
]
