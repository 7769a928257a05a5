"""The JSON of a case: domain values to plain dictionaries and back, with nothing lost between.

A message has the keys that `list --json` prints, and beside them what those leave out; reading goes
by the exact ones. docs/schema has the schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from smsdesk.domain.cases import Original, RemovedOriginal
from smsdesk.domain.exhibits import Attachment, ExhibitPlan
from smsdesk.domain.findings import Finding
from smsdesk.domain.messages import Continuity, Message, Sighting
from smsdesk.services.rows import Row, message_row
from smsdesk.storage.codec import from_json, to_json

_OF_MESSAGE = (
    "thread_id",
    "sender",
    "sent",
    "corrected_text",
    "doubtful",
)
_OF_MACHINE = ("sender", "direction", "sent")
_OF_SIGHTING = (
    "id",
    "original_id",
    "position",
    "direction",
    "text",
    "raw_text",
    "confidence",
    "doubtful",
    "snippet",
    "sender",
    "sent",
    "label_scope",
)
"""What the short form of `list --json` leaves out."""


def full_message_row(message: Message, originals: Mapping[int, Original], plan: ExhibitPlan) -> Row:
    """Return everything of a message, with its number and those of the pictures that show it."""
    short: dict[str, Any] = message_row(message, originals)
    findings = zip(short["findings"], message.findings, strict=True)
    sightings = zip(short["sightings"], message.sightings, strict=True)
    return {
        **short,
        "number": plan.message_number(message.id),
        **{name: to_json(getattr(message, name)) for name in _OF_MESSAGE},
        "machine": {name: to_json(getattr(message, f"machine_{name}")) for name in _OF_MACHINE},
        "findings": [{**row, **_finding_parts(finding)} for row, finding in findings],
        "sightings": [{**row, **_sighting_parts(seen, plan)} for row, seen in sightings],
    }


def _finding_parts(finding: Finding) -> Row:
    proposal = finding.proposal
    return {
        "id": finding.id,
        "reason": proposal.reason,
        "provisions": list(proposal.provisions),
        "proposal_pack": to_json(proposal.pack),
        "pack": to_json(finding.pack),
    }


def _sighting_parts(sighting: Sighting, plan: ExhibitPlan) -> Row:
    return {
        **{name: to_json(getattr(sighting, name)) for name in _OF_SIGHTING},
        "exhibit": plan.originals[sighting.original_id],
        "page_index": sighting.page,
        "exact_box": to_json(sighting.box),
    }


def message_of(row: Mapping[str, Any]) -> Message:
    """Return the message that `full_message_row` made *row* from."""
    return from_json(
        Message,
        {
            **row,
            "before": _before_of(row),
            **{f"machine_{name}": row["machine"][name] for name in _OF_MACHINE},
            "sightings": [_sighting_of(seen) for seen in row["sightings"]],
            "findings": [_finding_of(finding, row["id"]) for finding in row["findings"]],
        },
    )


def _before_of(row: Mapping[str, Any]) -> Continuity:
    how = (row["before"], row["before_open"])
    return next(each for each in Continuity if (each.taken_for, each.is_open) == how)


def _sighting_of(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "box": row["exact_box"], "page": row["page_index"]}


def _finding_of(row: Mapping[str, Any], message_id: int) -> dict[str, Any]:
    proposal = {**row, "violation": row["label"], "pack": row["proposal_pack"]}
    return {**row, "message_id": message_id, "proposal": proposal}


def original_row(original: Original, plan: ExhibitPlan) -> Row:
    """Return everything that is known of an original, its bytes apart."""
    return {"number": plan.originals[original.id], **to_json(original)}


def removed_row(one: RemovedOriginal) -> Row:
    """Return everything that is known of an original that was taken out: no exhibit shows it."""
    return {
        **to_json(one.original),
        "reason": one.reason,
        "removed_at": to_json(one.removed_at),
    }


def original_of(row: Mapping[str, Any]) -> Original:
    """Return the original that `original_row` made *row* from."""
    return from_json(Original, row)


def attachment_row(file: Attachment, plan: ExhibitPlan) -> Row:
    """Return everything that is known of an attachment; its number is null if it is not listed."""
    return {"number": plan.attachments.get(file.id), **to_json(file)}


def attachment_of(row: Mapping[str, Any]) -> Attachment:
    """Return the attachment that `attachment_row` made *row* from."""
    return from_json(Attachment, row)
