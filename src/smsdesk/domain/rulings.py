"""What a person told the program that rules rest on, and what rules have looked at."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from smsdesk.domain.findings import Recipient


@dataclass(frozen=True, slots=True)
class KeptPack:
    """A rule pack that an office added to a case, kept with its whole source."""

    name: str
    version: str
    sha256: str
    source: str
    added_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """Whom a thread was sent to; `relation` is what a third person is to the debtor (妻子)."""

    recipient: Recipient
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Hashes of what was judged of a message (text, time, sender, recipient) and by which packs."""

    inputs: str
    packs: str


@dataclass(frozen=True, slots=True)
class Bearing:
    """What a received message means to the judgement of others.

    `marks` (【signature】, call-back numbers) tie its sender to an institution; `day` is the one
    day in China of its time, None if unknown; `collecting`: it is collection by itself; `counted`:
    it counts among the messages of a day once its institution collects; `opens_collecting`: by the
    pack whose thresholds count it makes its institution one that collects; `contextual`: what else
    its institution sends may give it a meaning.
    """

    message_id: int
    sender_key: str
    recipient: Recipient
    day: str | None
    marks: tuple[str, ...]
    collecting: bool
    opens_collecting: bool
    counted: bool
    contextual: bool


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be judged again: these messages, and all that those which are gone bore on.

    `everything`: nothing of what is kept can be relied on.
    """

    everything: bool
    message_ids: tuple[int, ...]
    gone: tuple[Bearing, ...]
