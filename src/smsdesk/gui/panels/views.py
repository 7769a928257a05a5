"""The saved views: each a narrowing of the case's messages, with its count."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from smsdesk.domain.findings import FindingState
from smsdesk.domain.messages import ReviewState
from smsdesk.domain.queries import MessageQuery
from smsdesk.gui.panels.rail import RailItem
from smsdesk.services.listing import CaseSummary

translate = QCoreApplication.translate


class View(StrEnum):
    """A narrowing of the case's messages."""

    ALL = "all"
    NEW = "new"
    DOUBTFUL = "doubtful"
    NIGHT = "night"
    UNLABELLED = "unlabelled"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


QUERIES: dict[View, MessageQuery] = {
    View.ALL: MessageQuery(),
    View.NEW: MessageQuery(review=ReviewState.NEW),
    View.DOUBTFUL: MessageQuery(doubtful=True),
    View.NIGHT: MessageQuery(night=True),
    View.UNLABELLED: MessageQuery(unlabelled=True),
    View.PROPOSED: MessageQuery(state=FindingState.PROPOSED),
    View.CONFIRMED: MessageQuery(state=FindingState.CONFIRMED),
    View.REJECTED: MessageQuery(state=FindingState.REJECTED),
}


def counts_of(summary: CaseSummary) -> dict[str, int | None]:
    """Return the number shown beside each view; the last three count findings, not messages."""
    messages = summary.messages
    return {
        View.ALL: messages.total,
        View.NEW: messages.new,
        View.DOUBTFUL: messages.doubtful,
        View.NIGHT: messages.night,
        View.UNLABELLED: messages.unlabelled,
        View.PROPOSED: summary.findings.get(FindingState.PROPOSED, 0),
        View.CONFIRMED: summary.findings.get(FindingState.CONFIRMED, 0),
        View.REJECTED: summary.findings.get(FindingState.REJECTED, 0),
    }


def rail_items() -> list[RailItem]:
    """Return the rows for the rail."""
    return [
        RailItem(View.ALL, translate("Views", "All"), translate("Views", "All messages"), "all"),
        RailItem(
            View.NEW,
            translate("Views", "To review"),
            translate("Views", "Messages that nobody has looked at"),
            "inbox",
        ),
        RailItem(
            View.DOUBTFUL,
            translate("Views", "Doubtful"),
            translate("Views", "Messages with characters that the engine was not sure of"),
            "doubt",
        ),
        RailItem(
            View.NIGHT,
            translate("Views", "Night"),
            translate("Views", "Messages certainly sent in the night"),
            "moon",
        ),
        RailItem(
            View.UNLABELLED,
            translate("Views", "Unmarked"),
            translate("Views", "Received messages on which nothing is proposed or confirmed"),
            "untagged",
        ),
        *_finding_items(),
    ]


def _finding_items() -> list[RailItem]:
    return [
        RailItem(
            View.PROPOSED,
            translate("Views", "Proposed"),
            translate("Views", "Messages with open proposals; the number counts the proposals"),
            "tag",
            apart=True,
        ),
        RailItem(
            View.CONFIRMED,
            translate("Views", "Confirmed"),
            translate("Views", "Messages with confirmed findings; the number counts the findings"),
            "check",
        ),
        RailItem(
            View.REJECTED,
            translate("Views", "Rejected"),
            translate("Views", "Messages with rejected proposals; the number counts the proposals"),
            "rejected",
        ),
    ]
