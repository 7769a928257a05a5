"""What one screenshot shows: its kind and its messages, before their times are resolved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from smsdesk.domain.geometry import Box
from smsdesk.domain.reading import TextLine


class ScreenKind(StrEnum):
    """What a screenshot is a picture of."""

    THREAD = "thread"
    INBOX = "inbox"
    NONE = "none"


class Direction(StrEnum):
    """Received by the phone's owner, or sent by them."""

    IN = "in"
    OUT = "out"


class LabelScope(StrEnum):
    """Whose time label it is: drawn for this message, or for an earlier one of its group."""

    OWN = "own"
    GROUP = "group"
    NONE = "none"


class LineRole(StrEnum):
    """Why a recognised line is not message text."""

    STATUS_BAR = "status_bar"
    HEADER = "header"
    TIME_LABEL = "time_label"
    CARD = "card"
    CHROME = "chrome"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class StatusBar:
    """The clock as drawn ("14:23") and the carrier's name, where they could be read.

    `confidence` is the engine's in the clock's weakest character.
    """

    time: str | None = None
    carrier: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class MessageDraft:
    """One message as seen on one screen.

    `text` is `raw_text` with safe repairs (full-width punctuation); `confidences` has one entry
    for each character of `text` (1.0 for a space that joining put in). `clipped` says that the
    screen's edge cuts the message; `snippet` that the phone itself shortened it with "…".
    `time_label` is the label as drawn (date and clock drawn apart: "DATE CLOCK").
    `sender_raw` is set where the row names its own sender (inbox), else the screen's header holds;
    `sender_box` is where the sender's number stands, None for a name.
    """

    direction: Direction
    text: str
    raw_text: str
    box: Box
    confidences: tuple[float, ...]
    clipped: bool = False
    snippet: bool = False
    time_label: str | None = None
    label_scope: LabelScope = LabelScope.NONE
    sender_raw: str | None = None
    card: str = ""
    sender_box: Box | None = None

    def placed(self, place: Callable[[Box], Box]) -> MessageDraft:
        """Return the draft with *place* done to its boxes."""
        sender_box = place(self.sender_box) if self.sender_box else None
        return replace(self, box=place(self.box), sender_box=sender_box)


@dataclass(frozen=True, slots=True)
class OtherLine:
    """A recognised line that is no message text, kept so that nothing disappears unsaid."""

    line: TextLine
    role: LineRole


@dataclass(frozen=True, slots=True)
class Screen:
    """What layout makes of one picture; drafts run top to bottom.

    `days_apart` says that each message shows its clock alone, beside, below or inside it: such
    phones draw the day further up, where it may have scrolled away.
    `sender_box` is where the header's number stands, None where it shows none.
    """

    kind: ScreenKind
    sender_raw: str | None = None
    sender_confidence: float = 1.0
    status_bar: StatusBar = StatusBar()
    drafts: tuple[MessageDraft, ...] = ()
    other_lines: tuple[OtherLine, ...] = ()
    days_apart: bool = False
    sender_box: Box | None = None
