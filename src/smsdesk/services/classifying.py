"""Judge texts that belong to no case, as other programs and the acceptance checks send them."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from smsdesk.domain.errors import WrongUse
from smsdesk.domain.findings import Proposal, Recipient
from smsdesk.domain.numbers import parse_sender
from smsdesk.domain.times import CHINA
from smsdesk.rules.judging import judge_text
from smsdesk.rules.pack import load_pack

RECIPIENTS = {
    "self": Recipient.SELF,
    "本人": Recipient.SELF,
    "third": Recipient.THIRD,
    "第三人": Recipient.THIRD,
}


def classify_line(line: str) -> tuple[object, tuple[Proposal, ...]]:
    """Judge one JSON object (`text`, optional `id`, `sender`, `sent_at`, `recipient`).

    Returns its id and the proposals; WrongUse if it is no such object.
    """
    row = _parsed(line)
    sender = parse_sender(str(row["sender"])) if row.get("sender") else None
    proposals = judge_text(
        load_pack(),
        row["text"],
        recipient=RECIPIENTS.get(str(row.get("recipient"))),
        sent_on=_day(row.get("sent_at")),
        sender=sender,
    )
    return row.get("id"), proposals


def _parsed(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise WrongUse(detail=f"JSON: {error}") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise WrongUse(detail='{"text": "…"}')
    return row


def _day(value: object) -> dt.date | None:
    if value is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(str(value))
    except ValueError as error:
        raise WrongUse(detail=f"sent_at: {value}") from error
    return (moment.astimezone(CHINA) if moment.tzinfo else moment).date()
