"""Which findings of a message are printed, and how a violation type is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from smsdesk.domain.findings import HINTS, SPECIAL, Finding, FindingState, ViolationType
from smsdesk.domain.messages import Message
from smsdesk.report.content import LabelText


@dataclass(frozen=True, slots=True)
class ShownLabel:
    """A violation type that a message is printed with, and the findings that speak for it."""

    violation: ViolationType
    confirmed: bool
    findings: tuple[Finding, ...]


def shown_labels(message: Message) -> tuple[ShownLabel, ...]:
    """Return the message's labels in the order of ViolationType.

    Rejected findings and hints are never printed; one confirmed finding confirms its label.
    """
    labels = []
    for violation in ViolationType:
        found = tuple(
            finding
            for finding in message.findings
            if finding.proposal.violation == violation and finding.state != FindingState.REJECTED
        )
        if found and violation not in HINTS:
            confirmed = any(finding.state == FindingState.CONFIRMED for finding in found)
            labels.append(ShownLabel(violation, confirmed, found))
    return tuple(labels)


def matched_spans(label: ShownLabel) -> tuple[tuple[int, int], ...]:
    """Return the words that the label's findings rest on, as (start, end), merged and sorted."""
    spans = sorted(span for finding in label.findings for span in finding.proposal.spans)
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def label_name(labels: Mapping[ViolationType, LabelText], violation: ViolationType) -> str:
    """Return the Chinese name of *violation*; its id where the rule pack has no words for it.

    Contacting relatives or the address book bears a mark of its own wherever it is printed.
    """
    text = labels.get(violation)
    name = text.name if text else violation.value
    return f"{name}（特别标注）" if violation in SPECIAL else name
