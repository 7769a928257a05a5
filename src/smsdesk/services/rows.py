"""The JSON forms of the contract: domain values in, plain dictionaries out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from smsdesk.domain.cases import ImportItem, ImportStatus, Original, RemovedOriginal
from smsdesk.domain.custody import CustodyEntry
from smsdesk.domain.findings import Finding, Proposal
from smsdesk.domain.messages import Message, Sighting
from smsdesk.domain.numbers import Sender
from smsdesk.domain.screens import ScreenKind
from smsdesk.domain.times import CHINA, CaptureMoment, CaptureSource, Contradiction, lies_after
from smsdesk.services.joining import JoinReason
from smsdesk.services.reading import PictureReading
from smsdesk.wording import say

Row = dict[str, object]


def moment(at: dt.datetime | None) -> str | None:
    """Return ISO 8601 in China time, to the minute; None stays None."""
    return at.astimezone(CHINA).isoformat(timespec="minutes") if at else None


def second(at: dt.datetime | None) -> str | None:
    """Return ISO 8601 in China time, to the second; None stays None."""
    return at.astimezone(CHINA).isoformat(timespec="seconds") if at else None


def read_row(name: str, page: int | None, read: PictureReading) -> Row:
    """Return what `read --json` prints for one picture, or for one page (from 0) of several."""
    screen, captured = read.screen, read.captured
    return {
        "image": name,
        **page_number(page),
        "kind": screen.kind,
        "captured_at": captured.at.isoformat(timespec="seconds") if captured.at else None,
        "captured_at_source": captured.source,
        **_contradiction_parts(read.contradictions),
        "status_bar": {"time": screen.status_bar.time, "carrier": screen.status_bar.carrier},
        "messages": [
            {**_sighting_row(sighting, captured), "card": draft.card or None}
            for sighting, draft in zip(read.sightings, screen.drafts, strict=True)
        ],
    }


def unread_row(name: str, page: int | None) -> Row:
    """Return what `read --json` prints for what could not be read, error apart."""
    return {
        "image": name,
        **page_number(page),
        "kind": ScreenKind.NONE,
        "captured_at": None,
        "captured_at_source": CaptureSource.UNKNOWN,
        **_contradiction_parts(()),
        "status_bar": {"time": None, "carrier": None},
        "messages": [],
    }


def page_number(page: int | None) -> Row:
    """Return the entry that names a page (from 0) as people count; none where there is one only."""
    return {} if page is None else {"page": page + 1}


def _contradiction_parts(found: Sequence[Contradiction]) -> Row:
    return {
        "clock_clash": Contradiction.CLOCK in found,
        "label_clash": Contradiction.LABEL in found,
    }


def _sighting_row(sighting: Sighting, captured: CaptureMoment) -> Row:
    sent = sighting.sent
    return {
        **_sender_parts(sighting.sender),
        "sender_raw": sighting.sender.raw,
        "direction": sighting.direction,
        "text": sighting.text,
        "sent_at": moment(sent.minute),
        "sent_at_latest": moment(sent.latest),
        "time_basis": sent.basis,
        "time_label": sent.label,
        "label_clash": lies_after(sent.label, captured),
        "box": sighting.box.rounded(),
        "clipped": sighting.clipped,
        "snippet": sighting.snippet,
        "confidence": round(sighting.confidence, 4),
        "doubtful": sighting.doubtful,
        "repairs": sighting.repairs,
    }


def _sender_parts(sender: Sender) -> Row:
    return {
        "sender_number": sender.number,
        "sender_name": sender.name,
        "sender_kind": sender.kind,
        "sender_carrier": sender.carrier,
        "sender_resale": sender.resale,
        "sender_region": sender.region,
        "sender_doubtful": sender.doubtful,
        "sender_readings": sender.readings,
    }


def reason_row(message: Message, reason: JoinReason, originals: Mapping[int, Original]) -> Row:
    """Return what `joins CASE ID --json` prints for one further sighting of a message."""
    best = originals[message.sightings[0].original_id]
    return {
        "message": message.id,
        "image": originals[reason.sighting.original_id].file_name,
        "with": best.file_name,
        "shared": reason.shared,
        "same_clock": reason.same_clock,
        "copy": reason.is_copy,
        "by_hand": reason.by_hand,
        "in_question": reason.in_question,
    }


def message_row(message: Message, originals: Mapping[int, Original]) -> Row:
    """Return what `list --json` prints for one message."""
    sent = message.sent
    return {
        "id": message.id,
        "thread": message.thread_id,
        **_sender_parts(message.sender),
        "direction": message.direction,
        "recipient": message.recipient,
        "text": message.text,
        "machine_text": message.machine_text,
        "sent_at": moment(sent.minute),
        "sent_at_latest": moment(sent.latest),
        "time_basis": sent.basis,
        "findings": [_finding_row(finding) for finding in message.findings],
        "state": message.state,
        "starred": message.starred,
        "sightings": [_seen_row(s, originals) for s in message.sightings],
        "before": message.before.taken_for,
        "before_open": message.before.is_open,
        "in_question": message.in_question,
        "times_disagree": message.times_disagree,
        "note": message.note,
        **_machine_parts(message),
    }


def _machine_parts(message: Message) -> Row:
    """Return what the screens tell where a person said otherwise, None where nobody did."""
    sender, sent = message.machine_sender, message.machine_sent
    return {
        "machine_sender": sender and sender.raw,
        "machine_sent_at": sent and moment(sent.minute),
        "machine_direction": message.machine_direction,
    }


def _finding_row(finding: Finding) -> Row:
    proposal = finding.proposal
    return {
        "label": proposal.violation,
        "state": finding.state,
        "rule": proposal.rule,
        "spans": proposal.spans,
    }


def _seen_row(sighting: Sighting, originals: Mapping[int, Original]) -> Row:
    original = originals[sighting.original_id]
    better = originals.get(original.copy_of) if original.copy_of else None
    return {
        "image": original.file_name,
        **page_number(sighting.page if original.page_sizes else None),
        "sha256": original.sha256,
        "box": sighting.box.rounded(),
        "clipped": sighting.clipped,
        **_contradiction_parts(original.contradictions),
        "copy_of": better.file_name if better else None,
    }


def classified_row(name: object, proposals: Sequence[Proposal]) -> Row:
    """Return what `classify --json` prints for one text; nothing found is the label "none"."""
    return {
        "id": name,
        "labels": list(dict.fromkeys(p.violation for p in proposals)) or ["none"],
        "findings": [
            {
                "label": p.violation,
                "rule": p.rule,
                "spans": p.spans,
                "reason": p.reason,
                "provisions": p.provisions,
            }
            for p in proposals
        ],
    }


def import_row(item: ImportItem, language: str, twin: RemovedOriginal | None = None) -> Row:
    """Return what `import --json` prints for one file; *twin* was taken out, and is the same."""
    return {
        "path": item.path,
        **page_number(item.page),
        "status": item.status,
        "reason": reason_of(item, language),
        "twin": item.twin,
        **({} if twin is None else {"twin_removed": _removal(twin)}),
    }


def _removal(one: RemovedOriginal) -> Row:
    return {"at": moment(one.removed_at), "reason": one.reason, "sha256": one.original.sha256}


def reason_of(item: ImportItem, language: str) -> str | None:
    """Return the sentence that says why a file was set aside."""
    if item.status != ImportStatus.SET_ASIDE or item.reason is None:
        return None
    return say(f"set_aside.{item.reason}", language)


def custody_row(entry: CustodyEntry) -> Row:
    """Return one line of `log --json`; the hash can be recomputed from the other fields."""
    return {
        "number": entry.number,
        "at": entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "action": entry.action,
        "details": dict(entry.details),
        "previous_hash": entry.previous_hash,
        "hash": entry.hash,
    }
