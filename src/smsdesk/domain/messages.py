"""Messages of a case, and where each one is seen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from smsdesk.domain.findings import Finding, Recipient
from smsdesk.domain.geometry import Box
from smsdesk.domain.numbers import Sender
from smsdesk.domain.repairs import Repairs, repairs
from smsdesk.domain.screens import Direction, LabelScope
from smsdesk.domain.times import SentTime


class ReviewState(StrEnum):
    """Whether a person has looked at a message."""

    NEW = "new"
    REVIEWED = "reviewed"


class Continuity(StrEnum):
    """How a message follows the one above it in its thread.

    CONTINUOUS: one screenshot shows both, or two screenshots share messages. GAP: no screenshot
    shows what lies between. START: the first one known. UNKNOWN: not told yet.

    LIKELY_CONTINUOUS, LIKELY_GAP: the likelier of the two, where the screenshots cannot tell. A
    person can; until then neither may be shown as certain.
    """

    START = "start"
    CONTINUOUS = "continuous"
    LIKELY_CONTINUOUS = "likely_continuous"
    LIKELY_GAP = "likely_gap"
    GAP = "gap"
    UNKNOWN = "unknown"

    @property
    def is_open(self) -> bool:
        """Whether it waits for a person's word."""
        return self in (self.LIKELY_CONTINUOUS, self.LIKELY_GAP, self.UNKNOWN)

    @property
    def taken_for(self) -> Continuity:
        """What it counts as until then."""
        settled = {self.LIKELY_CONTINUOUS: self.CONTINUOUS, self.LIKELY_GAP: self.GAP}
        return settled.get(self, self)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One place where a message is seen (出处); ids are 0 until stored.

    `page` counts from 0 in originals of several pages; `position` from the top of its screen,
    `box` is in pixels of that page. `doubtful` are (start, end) spans in `text` whose
    characters the engine was not sure of.
    """

    id: int
    original_id: int
    position: int
    box: Box
    direction: Direction
    text: str
    raw_text: str
    confidence: float
    doubtful: tuple[tuple[int, int], ...]
    clipped: bool
    snippet: bool
    sender: Sender
    sent: SentTime
    label_scope: LabelScope
    page: int = 0

    @property
    def repairs(self) -> Repairs:
        """Where `text` is not what the engine read, and what it read there."""
        return repairs(self.raw_text, self.text)


class Listed(NamedTuple):
    """What a list of messages needs of each before it shows it; the ends are those of its time."""

    id: int
    thread_id: int
    before: Continuity
    earliest: dt.datetime | None
    latest: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the case (短信) with everything a list, a review or a report needs.

    `machine_text` is what the engine read in the best sighting and never changes by hand;
    `corrected_text` is a person's reading, None where nobody changed it. `doubtful` spans refer to
    `machine_text`. The best sighting comes first in `sightings`. `in_question`: some of them may be
    of a repeat, which nothing on the screens tells from this message.

    `sender`, `direction` and `sent` are a person's where one put them right; `machine_sender`,
    `machine_direction` and `machine_sent` then hold what the screens tell, and are None elsewhere.
    """

    id: int
    thread_id: int
    sender: Sender
    direction: Direction
    recipient: Recipient
    machine_text: str
    corrected_text: str | None
    doubtful: tuple[tuple[int, int], ...]
    sent: SentTime
    state: ReviewState
    starred: bool
    note: str
    before: Continuity
    sightings: tuple[Sighting, ...]
    findings: tuple[Finding, ...]
    in_question: bool = False
    machine_sender: Sender | None = None
    machine_direction: Direction | None = None
    machine_sent: SentTime | None = None

    @property
    def text(self) -> str:
        """What the case goes by: the person's reading, else the machine's."""
        return self.machine_text if self.corrected_text is None else self.corrected_text

    @property
    def times_disagree(self) -> bool:
        """Whether the times that its sightings tell have no moment in common."""
        times = [s.sent for s in self.sightings if s.sent.earliest is not None]
        earliest = max((t.earliest for t in times if t.earliest), default=None)
        latest = min((t.latest for t in times if t.latest), default=None)
        return earliest is not None and latest is not None and latest < earliest
