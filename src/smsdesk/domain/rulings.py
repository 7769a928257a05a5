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
