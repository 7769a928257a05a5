"""Threads: the messages of one sender on one phone, put together from several screens."""

from __future__ import annotations

from dataclasses import dataclass

from smsdesk.domain.messages import Continuity, Sighting
from smsdesk.domain.screens import ScreenKind
from smsdesk.domain.times import CaptureMoment, SentTime


@dataclass(frozen=True, slots=True)
class ThreadKey:
    """What makes a thread: the phone, and the sender's key (`Sender.key`).

    A screen whose sender could not be read is a thread of its own, with the key "?ORIGINAL_ID"
    ("?ORIGINAL_ID.PAGE" for the second and later pages of one original).
    """

    device_id: int
    sender_key: str


@dataclass(frozen=True, slots=True)
class SeenScreen:
    """What one page of an original shows of a thread: its sightings (with ids) from the top."""

    original_id: int
    captured: CaptureMoment
    kind: ScreenKind
    sightings: tuple[Sighting, ...]
    page: int = 0


@dataclass(frozen=True, slots=True)
class JoinedMessage:
    """One message put together from its sightings, the best (whole, sharpest) first.

    A thread's joined messages are listed in the order in which they follow one another; `sent`
    is the closest that all sightings together allow.
    """

    sighting_ids: tuple[int, ...]
    sent: SentTime
    before: Continuity
