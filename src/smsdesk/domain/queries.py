"""What a list of messages may be narrowed to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from smsdesk.domain.findings import FindingState, ViolationType
from smsdesk.domain.messages import ReviewState


@dataclass(frozen=True, slots=True)
class MessageQuery:
    """All conditions must hold; None does not narrow.

    `search` is a part of the text, whatever its case; `sender` a number (any part of its digits)
    or name; `since` and `until` are days in China, both included; `label` and `state` together
    ask for a finding of that type in that state, `label` alone for one that was not rejected.
    `special` asks for a label of 特别标注; `sender_doubtful` for numbers read in two ways;
    `unsettled` for messages before which something is missing, or that may be two.
    `only` are the ids of messages that a person ticked: no others are found.
    """

    search: str | None = None
    label: ViolationType | None = None
    state: FindingState | None = None
    sender: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    review: ReviewState | None = None
    doubtful: bool | None = None
    night: bool | None = None
    unlabelled: bool | None = None
    only: frozenset[int] | None = None
    starred: bool | None = None
    special: bool | None = None
    sender_doubtful: bool | None = None
    unsettled: bool | None = None


@dataclass(frozen=True, slots=True)
class MessageCounts:
    """How many messages a case holds, and how many of them are of each kind.

    `new` was not looked at yet; `doubtful` has doubtful characters that nobody corrected; `night`
    was certainly sent in the night; `unlabelled` came in and no violation is proposed or confirmed.
    `senders` are the numbers and names that something came from.
    """

    total: int
    new: int
    doubtful: int
    night: int
    unlabelled: int
    senders: int
