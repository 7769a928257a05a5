"""Messages and sightings: from rows to domain dataclasses and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from smsdesk.domain.geometry import Box
from smsdesk.domain.messages import Message, Sighting
from smsdesk.domain.night import is_night
from smsdesk.domain.numbers import Sender
from smsdesk.domain.screens import Direction, ScreenKind
from smsdesk.domain.searching import fold
from smsdesk.domain.spans import Spans
from smsdesk.domain.times import SentTime
from smsdesk.storage.codec import from_json, from_text, to_json
from smsdesk.storage.conditions import digits_of, words_of
from smsdesk.storage.findings import finding_of
from smsdesk.storage.schema import FindingRow, MessageRow, SightingRow

T = TypeVar("T")


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
    return _sighting(row, from_json)


def sighting_in(row: Any) -> Sighting:
    """Return the sighting in a plain row that has its JSON columns as the database keeps them."""
    return _sighting(row, from_text)


def _sighting(row: Any, decode: Callable[[Any, Any], Any]) -> Sighting:
    return Sighting(
        id=row.id,
        original_id=row.original_id,
        position=row.position,
        box=decode(Box, row.box),
        direction=row.direction,
        text=row.text,
        raw_text=row.raw_text,
        confidence=row.confidence,
        doubtful=decode(Spans, row.doubtful),
        clipped=row.clipped,
        snippet=row.snippet,
        sender=decode(Sender, row.sender),
        sent=decode(SentTime, row.sent),
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
        sent=sent_of(row),
        state=row.state,
        starred=row.starred,
        note=row.note,
        before=row.before,
        sightings=tuple(map(sighting_of, sightings)),
        findings=tuple(map(finding_of, findings)),
        in_question=in_question,
        machine_sender=machine_word(row, "sender", Sender),
        machine_direction=machine_word(row, "direction", Direction),
        machine_sent=machine_word(row, "sent", SentTime),
    )


def text_of(row: MessageRow) -> str:
    """Return what the case goes by: the person's reading, else the machine's."""
    return row.machine_text if row.corrected_text is None else row.corrected_text


def write_reading(row: MessageRow, best: SightingRow, sender: Sender) -> None:
    """Make a message of *sender* say what its best sighting does; not its direction."""
    _write_sender(row, _held(row, "sender", sender))
    row.machine_text = best.text
    row.doubtful = best.doubtful
    row.has_doubt = bool(best.doubtful)
    row.search_text = fold(text_of(row))


def write_direction(row: MessageRow, direction: Direction) -> None:
    """Make a message go the way that the screens show, unless a person said otherwise."""
    row.direction = _held(row, "direction", direction)


def write_sent(row: MessageRow, sent: SentTime) -> None:
    """Make a message's time *sent*, unless a person typed one; its place is not touched."""
    _write_sent(row, _held(row, "sent", sent))


def machine_word(row: MessageRow, name: str, kind: type[T]) -> T | None:
    """Return what the screens tell where a person said otherwise, None where nobody did."""
    kept = row.by_hand.get(name)
    return None if kept is None else from_json(kind, kept["machine"])


def hand_word(row: MessageRow, name: str, kind: type[T]) -> T | None:
    """Return what a person said, None where nobody did."""
    kept = row.by_hand.get(name)
    return None if kept is None else from_json(kind, kept["hand"])


def say_by_hand(row: MessageRow, name: str, word: Sender | Direction | SentTime | None) -> None:
    """Let a person's *word* hold for `sender`, `direction` or `sent`; None: the machine's."""
    kind, write = _BY_HAND[name]
    machine = machine_word(row, name, kind) or _now(row, name)
    others = {key: kept for key, kept in row.by_hand.items() if key != name}
    if word is None:
        row.by_hand = others
    else:
        row.by_hand = {**others, name: {"hand": to_json(word), "machine": to_json(machine)}}
    write(row, machine if word is None else word)


def _held(row: MessageRow, name: str, machine: T) -> T:
    """Return what holds where the screens tell *machine*, which is kept beside a person's word."""
    kept = row.by_hand.get(name)
    if kept is None:
        return machine
    row.by_hand = {**row.by_hand, name: {**kept, "machine": to_json(machine)}}
    return from_json(type(machine), kept["hand"])


def _now(row: MessageRow, name: str) -> Sender | Direction | SentTime:
    if name == "sender":
        return from_json(Sender, row.sender)
    if name == "direction":
        return row.direction
    return sent_of(row)


def sent_of(row: MessageRow) -> SentTime:
    """Return when a message was sent."""
    return SentTime(row.sent_earliest, row.sent_latest, row.sent_basis, row.sent_label)


def _write_sender(row: MessageRow, sender: Sender) -> None:
    row.sender = to_json(sender)
    row.sender_digits = digits_of(sender)
    row.sender_words = words_of(sender)
    row.sender_doubtful = sender.doubtful


def _write_direction(row: MessageRow, direction: Direction) -> None:
    row.direction = direction


def _write_sent(row: MessageRow, sent: SentTime) -> None:
    row.sent_earliest = sent.earliest
    row.sent_latest = sent.latest
    row.sent_basis = sent.basis
    row.sent_label = sent.label
    row.night = is_night(sent)


_BY_HAND: dict[str, tuple[type[Any], Callable[[MessageRow, Any], None]]] = {
    "sender": (Sender, _write_sender),
    "direction": (Direction, _write_direction),
    "sent": (SentTime, _write_sent),
}
"""What a person may put right, beside the text, and how the columns are told."""

HAND_NAMES = tuple(_BY_HAND)


def hand_words(row: MessageRow) -> dict[str, Any]:
    """Return all that a person put right, as JSON values by name."""
    return {name: kept["hand"] for name, kept in row.by_hand.items()}


def write_hand_words(row: MessageRow, words: dict[str, Any]) -> None:
    """Let just these words of a person hold."""
    for name, (kind, _) in _BY_HAND.items():
        say_by_hand(row, name, from_json(kind, words.get(name)))
