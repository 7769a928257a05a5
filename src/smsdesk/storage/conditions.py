"""What a MessageQuery means in SQL."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from sqlalchemy import ColumnElement, exists, false, func, or_
from sqlalchemy.orm import InstrumentedAttribute

from smsdesk.domain.findings import HINTS, SPECIAL, FindingState, ViolationType
from smsdesk.domain.messages import Continuity
from smsdesk.domain.numbers import Sender
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.screens import Direction
from smsdesk.domain.searching import fold
from smsdesk.domain.times import CHINA
from smsdesk.storage.schema import FindingRow, MessageRow, OpenPairRow, SightingRow

Condition = ColumnElement[bool]

_FIRST_DAY, _LAST_DAY = dt.date(1900, 1, 1), dt.date(9000, 1, 1)
"""Days outside cannot be shifted to UTC without leaving the calendar that Python knows."""

_LONGEST_SEARCH = 5000
"""Characters. No message is that long, and SQLite fails on patterns of over 50,000 bytes."""

MOST_NAMED = 500
"""Ids that a statement names itself; older SQLite takes no more than 999 parameters. The caller
leaves out what is not among `only`: more of them cannot be asked for in SQL."""

_NUMBER_MARKS = re.compile(r"[\s+\-.()]")


def digits_of(sender: Sender) -> str:
    """Return the digits of a sender's number, country code first; empty for a name."""
    return re.sub(r"[^0-9]", "", sender.number or "")


def words_of(sender: Sender) -> str:
    """Return a sender's name, and the sender as shown, as they are searched."""
    return fold(f"{sender.name or ''} {sender.raw}")


def conditions(query: MessageQuery) -> Iterator[Condition]:
    """Yield what must hold of a MessageRow for the query to find it."""
    if query.search is not None:
        yield _contains(MessageRow.search_text, fold(query.search))
    if query.label is not None or query.state is not None:
        yield _has_finding(query.label, query.state)
    if query.sender is not None:
        yield _sender(query.sender)
    if query.review is not None:
        yield MessageRow.state == query.review
    yield from _days(query.since, query.until)
    if query.only is not None and len(query.only) <= MOST_NAMED:
        yield MessageRow.id.in_(query.only)
    for wanted, condition in (
        (query.doubtful, doubtful()),
        (query.night, night()),
        (query.unlabelled, unlabelled()),
        (query.starred, MessageRow.starred.is_(True)),
        (query.special, special()),
        (query.sender_doubtful, MessageRow.sender_doubtful.is_(True)),
        (query.unsettled, unsettled()),
    ):
        if wanted is not None:
            yield condition if wanted else ~condition


def doubtful() -> Condition:
    """Characters are doubtful, and nobody corrected the text."""
    return MessageRow.has_doubt & MessageRow.corrected_text.is_(None)


def night() -> Condition:
    """Certainly sent in the night."""
    return MessageRow.night.is_(True)


def unlabelled() -> Condition:
    """Received, and no violation is proposed or confirmed; a hint is no violation."""
    labelled = exists().where(
        FindingRow.message_id == MessageRow.id,
        FindingRow.state != FindingState.REJECTED,
        FindingRow.violation.not_in(HINTS),
    )
    return (MessageRow.direction == Direction.IN) & ~labelled


def special() -> Condition:
    """Proposed or confirmed is a label that is marked apart (特别标注)."""
    return exists().where(
        FindingRow.message_id == MessageRow.id,
        FindingRow.state != FindingState.REJECTED,
        FindingRow.violation.in_(SPECIAL),
    )


def unsettled() -> Condition:
    """Something is missing before it, or likely is, or it may be two messages."""
    asked = exists().where(
        SightingRow.message_id == MessageRow.id,
        or_(OpenPairRow.one_id == SightingRow.id, OpenPairRow.other_id == SightingRow.id),
    )
    return or_(MessageRow.before.in_((Continuity.GAP, Continuity.LIKELY_GAP)), asked)


def _contains(column: InstrumentedAttribute[str], part: str) -> Condition:
    if len(part) > _LONGEST_SEARCH:
        return false()
    return column.contains(part, autoescape=True)


def _has_finding(label: ViolationType | None, state: FindingState | None) -> Condition:
    finding = exists().where(FindingRow.message_id == MessageRow.id)
    if label is not None:
        finding = finding.where(FindingRow.violation == label)
    if state is None:  # what a person rejected is not a label of the message
        return finding.where(FindingRow.state != FindingState.REJECTED)
    return finding.where(FindingRow.state == state)


def _sender(wanted: str) -> Condition:
    """Match a number however it is written, or a name; digits in a name are no number."""
    folded = fold(wanted).strip()
    named = _contains(MessageRow.sender_words, folded)
    digits = _NUMBER_MARKS.sub("", folded)
    if re.fullmatch("[0-9]+", digits) is None:
        return named
    written = [named, _contains(MessageRow.sender_digits, digits)]
    if digits.startswith("00"):  # 0086 171… for +86 171…
        written.append(_begins(digits[2:]))
    elif digits.startswith("0"):  # 0571-… for +86 571…
        written.append(_begins("86" + digits[1:]))
    return or_(*written)


def _begins(digits: str) -> Condition:
    return MessageRow.sender_digits.startswith(digits[:_LONGEST_SEARCH])


def _days(since: dt.date | None, until: dt.date | None) -> Iterator[Condition]:
    """Yield what the days ask for; a range of time counts for each day that it touches."""
    if since is not None:
        begin = dt.datetime.combine(max(since, _FIRST_DAY), dt.time(), CHINA)
        yield func.coalesce(MessageRow.sent_latest, MessageRow.sent_earliest) >= begin
    if until is not None:
        next_day = min(until, _LAST_DAY) + dt.timedelta(days=1)
        end = dt.datetime.combine(next_day, dt.time(), CHINA)
        yield func.coalesce(MessageRow.sent_earliest, MessageRow.sent_latest) < end
