"""Messages and sightings: from rows to domain dataclasses and back."""

from __future__ import annotations

from collections.abc import Sequence

from smsdesk.domain.geometry import Box
from smsdesk.domain.messages import Message, Sighting
from smsdesk.domain.night import is_night
from smsdesk.domain.numbers import Sender
from smsdesk.domain.screens import ScreenKind
from smsdesk.domain.spans import Spans
from smsdesk.domain.times import SentTime
from smsdesk.storage.codec import from_json, to_json
from smsdesk.storage.conditions import digits_of, fold, words_of
from smsdesk.storage.findings import finding_of
from smsdesk.storage.schema import FindingRow, MessageRow, SightingRow


def sighting_row(
    sighting: Sighting, *, case_id: int, original_id: int, thread_id: int, kind: ScreenKind
) -> SightingRow:
    """Return the row of a sighting that belongs to no message yet."""
    return SightingRow(
        case_id=case_id,
        original_id=original_id,
        thread_id=thread_id,
        rank=0,
        screen_kind=kind,
        position=sighting.position,
        box=to_json(sighting.box),
        direction=sighting.direction,
        text=sighting.text,
        raw_text=sighting.raw_text,
        confidence=sighting.confidence,
        doubtful=to_json(sighting.doubtful),
        clipped=sighting.clipped,
        snippet=sighting.snippet,
        sender=to_json(sighting.sender),
        sent=to_json(sighting.sent),
        label_scope=sighting.label_scope,
        page=sighting.page,
    )


def sighting_of(row: SightingRow) -> Sighting:
    """Return the sighting that a row holds."""
    return Sighting(
        id=row.id,
        original_id=row.original_id,
        position=row.position,
        box=from_json(Box, row.box),
        direction=row.direction,
        text=row.text,
        raw_text=row.raw_text,
        confidence=row.confidence,
        doubtful=from_json(Spans, row.doubtful),
        clipped=row.clipped,
        snippet=row.snippet,
        sender=from_json(Sender, row.sender),
        sent=from_json(SentTime, row.sent),
        label_scope=row.label_scope,
        page=row.page,
    )


def message_of(
    row: MessageRow,
    sightings: Sequence[SightingRow],
    findings: Sequence[FindingRow],
    *,
    in_question: bool = False,
) -> Message:
    """Return the message that a row holds with its sightings, the best first, and findings."""
    return Message(
        id=row.id,
        thread_id=row.thread_id,
        sender=from_json(Sender, row.sender),
        direction=row.direction,
        recipient=row.recipient,
        machine_text=row.machine_text,
        corrected_text=row.corrected_text,
        doubtful=from_json(Spans, row.doubtful),
        sent=SentTime(row.sent_earliest, row.sent_latest, row.sent_basis, row.sent_label),
        state=row.state,
        starred=row.starred,
        note=row.note,
        before=row.before,
        sightings=tuple(map(sighting_of, sightings)),
        findings=tuple(map(finding_of, findings)),
        in_question=in_question,
    )


def text_of(row: MessageRow) -> str:
    """Return what the case goes by: the person's reading, else the machine's."""
    return row.machine_text if row.corrected_text is None else row.corrected_text


def write_reading(row: MessageRow, best: SightingRow, sender: Sender) -> None:
    """Make a message of *sender* say what its best sighting does; not its direction."""
    row.sender = to_json(sender)
    row.sender_digits = digits_of(sender)
    row.sender_words = words_of(sender)
    row.machine_text = best.text
    row.doubtful = best.doubtful
    row.has_doubt = bool(best.doubtful)
    row.search_text = fold(text_of(row))


def write_sent(row: MessageRow, sent: SentTime) -> None:
    """Make a message's time *sent*; its place among others is not touched."""
    row.sent_earliest = sent.earliest
    row.sent_latest = sent.latest
    row.sent_basis = sent.basis
    row.sent_label = sent.label
    row.night = is_night(sent)
