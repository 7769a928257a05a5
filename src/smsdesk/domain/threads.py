"""Threads: the messages of one sender on one phone, put together from several screens."""

from __future__ import annotations

import datetime as dt
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
    """What one page of an original shows of a thread: its sightings (with ids) from the top.

    `copy_of` is the original of which this one is a poorer copy, resent or saved anew.
    """

    original_id: int
    captured: CaptureMoment
    kind: ScreenKind
    sightings: tuple[Sighting, ...]
    page: int = 0
    copy_of: int | None = None


@dataclass(frozen=True, slots=True)
class KeptSketch:
    """What is kept of a screen that was read before, so that it need not be read whole again.

    `data` and `dated` are made and understood by `layout/sketches.py`: the screen as its labels are
    drawn, and with bare clocks of the days above them (None: the same). `borrows`: it shows that
    the phone draws them so.
    """

    original_id: int
    page: int
    captured: dt.datetime | None
    copy_of: int | None
    data: bytes
    dated: bytes | None
    borrows: bool


@dataclass(frozen=True, slots=True)
class JoinDecision:
    """A person's word on two sightings (ids, the smaller first): of one message, or of two."""

    one: int
    other: int
    same: bool

    @staticmethod
    def on(one: int, other: int, *, same: bool) -> JoinDecision:
        """Return the decision on two sightings, whatever their order."""
        return JoinDecision(min(one, other), max(one, other), same)


@dataclass(frozen=True, slots=True)
class OpenOverlap:
    """Screens that overlap, or show a repeat: nothing on them tells which, so a person is asked.

    `pairs` are the sightings (ids) that were taken for one message each until then, because the
    smaller count must hold.
    """

    pairs: tuple[tuple[int, int], ...]

    @property
    def sighting_ids(self) -> frozenset[int]:
        """All sightings concerned."""
        return frozenset(i for pair in self.pairs for i in pair)


@dataclass(frozen=True, slots=True)
class JoinedMessage:
    """One message put together from its sightings, the best (whole, sharpest) first.

    A thread's joined messages are listed in the order in which they follow one another; `sent`
    is the closest that all sightings together allow.
    """

    sighting_ids: tuple[int, ...]
    sent: SentTime
    before: Continuity


@dataclass(frozen=True, slots=True)
class JoinedThread:
    """The messages of a thread, and what nobody but a person can tell about them."""

    messages: tuple[JoinedMessage, ...]
    questions: tuple[OpenOverlap, ...] = ()
