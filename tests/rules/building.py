"""Messages for tests of rules that look at several."""

from __future__ import annotations

import datetime as dt
from itertools import count

from smsdesk.domain.findings import Recipient
from smsdesk.domain.messages import Continuity, Message, ReviewState
from smsdesk.domain.numbers import parse_sender
from smsdesk.domain.screens import Direction
from smsdesk.domain.times import CHINA, UNKNOWN_TIME, SentTime, TimeBasis

_ids = count(1)


def read_at(text: str, until: str | None = None) -> SentTime:
    """Return a time that was read ("2025-12-18T23:10"), or one derived from two ends."""
    ends = [dt.datetime.fromisoformat(end).replace(tzinfo=CHINA) for end in (text, until or text)]
    return SentTime(ends[0], ends[1], TimeBasis.DERIVED if until else TimeBasis.READ, "")


def message(text: str, sender: str = "1069011112222", sent: str | None = None, **fields) -> Message:
    """Return a received message with an id of its own."""
    values = {
        "id": next(_ids),
        "thread_id": 1,
        "sender": parse_sender(sender),
        "direction": Direction.IN,
        "recipient": Recipient.SELF,
        "machine_text": text,
        "corrected_text": None,
        "doubtful": (),
        "sent": read_at(sent) if sent else UNKNOWN_TIME,
        "state": ReviewState.NEW,
        "starred": False,
        "note": "",
        "before": Continuity.START,
        "sightings": (),
        "findings": (),
    }
    return Message(**values | fields)
