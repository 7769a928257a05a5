"""The saved views: each a narrowing of the case's messages, with its count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from smsdesk.domain.findings import FindingState
from smsdesk.domain.messages import ReviewState
from smsdesk.domain.queries import MessageQuery
from smsdesk.gui.panels.rail import RailItem
from smsdesk.gui.settings import OwnView

translate = QCoreApplication.translate


class View(StrEnum):
    """A narrowing of the case's messages."""

    ALL = "all"
    NEW = "new"
    DOUBTFUL = "doubtful"
    NIGHT = "night"
    UNLABELLED = "unlabelled"
    SENDER_DOUBTFUL = "sender_doubtful"
    SPECIAL = "special"
    UNSETTLED = "unsettled"
    STARRED = "starred"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


QUERIES: dict[str, MessageQuery] = {
    View.ALL: MessageQuery(),
    View.NEW: MessageQuery(review=ReviewState.NEW),
    View.DOUBTFUL: MessageQuery(doubtful=True),
    View.NIGHT: MessageQuery(night=True),
    View.UNLABELLED: MessageQuery(unlabelled=True),
    View.SENDER_DOUBTFUL: MessageQuery(sender_doubtful=True),
    View.SPECIAL: MessageQuery(special=True),
    View.UNSETTLED: MessageQuery(unsettled=True),
    View.STARRED: MessageQuery(starred=True),
    View.PROPOSED: MessageQuery(state=FindingState.PROPOSED),
    View.CONFIRMED: MessageQuery(state=FindingState.CONFIRMED),
    View.REJECTED: MessageQuery(state=FindingState.REJECTED),
}

OWN = "own:"
"""Begins the key of a view that a person saved; what follows is its name."""


def queries_of(own: Iterable[OwnView]) -> dict[str, MessageQuery]:
    """Return what each view narrows to, the person's own ones included."""
    saved = {
        OWN + one.name: replace(QUERIES.get(one.view, MessageQuery()), search=one.search or None)
        for one in own
    }
    return {**QUERIES, **saved}


def rail_items(own: Iterable[OwnView] = ()) -> list[RailItem]:
    """Return the rows for the rail."""
    names = _names()
    rows = [
        RailItem(view, *names[view], _ICONS[view], apart=view in (View.STARRED, View.PROPOSED))
        for view in View
    ]
    hint = translate("Views", "Saved by you; F2 renames it, Delete removes it")
    saved = [RailItem(OWN + one.name, one.name, hint, "search", apart=False) for one in own]
    return [*rows, *(replace(row, apart=not number) for number, row in enumerate(saved))]


_ICONS: dict[View, str] = {
    View.ALL: "all",
    View.NEW: "inbox",
    View.DOUBTFUL: "doubt",
    View.NIGHT: "moon",
    View.UNLABELLED: "untagged",
    View.SENDER_DOUBTFUL: "label-number-risk",
    View.SPECIAL: "warning",
    View.UNSETTLED: "gap",
    View.STARRED: "star",
    View.PROPOSED: "tag",
    View.CONFIRMED: "check",
    View.REJECTED: "rejected",
}


def _names() -> dict[View, tuple[str, str]]:
    """Return each view's name and what it shows."""
    return {
        View.ALL: (translate("Views", "All"), translate("Views", "All messages by time")),
        View.NEW: (
            translate("Views", "To review"),
            translate("Views", "Messages that nobody has looked at"),
        ),
        View.DOUBTFUL: (
            translate("Views", "Doubtful"),
            translate("Views", "Messages with characters that the engine was not sure of"),
        ),
        View.NIGHT: (
            translate("Views", "Night"),
            translate("Views", "Messages certainly sent in the night"),
        ),
        View.UNLABELLED: (
            translate("Views", "Unmarked"),
            translate("Views", "Received messages on which nothing is proposed or confirmed"),
        ),
        View.SENDER_DOUBTFUL: (
            translate("Views", "Unsure number"),
            translate("Views", "Messages whose number was read in two ways"),
        ),
        View.SPECIAL: (
            translate("Views", "Special mark"),
            translate("Views", "Messages that may press or threaten third persons"),
        ),
        View.UNSETTLED: (
            translate("Views", "Repeats, gaps"),
            translate("Views", "Messages that may be two, and those after a gap"),
        ),
        **_more_names(),
    }


def _more_names() -> dict[View, tuple[str, str]]:
    return {
        View.STARRED: (
            translate("Views", "Key"),
            translate("Views", "Messages marked as key evidence"),
        ),
        View.PROPOSED: (
            translate("Views", "Proposed"),
            translate("Views", "Messages with open proposals"),
        ),
        View.CONFIRMED: (
            translate("Views", "Confirmed"),
            translate("Views", "Messages with confirmed findings"),
        ),
        View.REJECTED: (
            translate("Views", "Rejected"),
            translate("Views", "Messages with rejected proposals"),
        ),
    }
