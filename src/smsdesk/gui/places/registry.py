"""The places there are, in the order of the rail: a new one is a module and a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from smsdesk.gui.places.exhibits import ExhibitsPlace
from smsdesk.gui.places.export import ExportPlace
from smsdesk.gui.places.numbers import NumbersPlace
from smsdesk.gui.places.place import PlaceContext, PlacePage
from smsdesk.gui.places.review import ReviewPlace
from smsdesk.gui.places.timeline import TimelinePlace
from smsdesk.services.listing import CaseSummary

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place: `name` and `hint` as the rail words them, an icon of resources/icons, its page.

    `count` gives the number beside the name, None for no number.
    """

    key: str
    icon: str
    name: str
    hint: str
    make: Callable[[PlaceContext], PlacePage]
    count: Callable[[CaseSummary], int | None] = lambda _summary: None


REVIEW = "review"
EXHIBITS = "exhibits"
EXPORT = "export"


def places() -> tuple[PlaceEntry, ...]:
    """Return all places; the first is where a case opens."""
    return (
        PlaceEntry(
            REVIEW,
            "check",
            translate("Places", "Review"),
            translate("Places", "Message by message, beside its screenshot"),
            ReviewPlace,
            lambda summary: summary.messages.new,
        ),
        PlaceEntry(
            "timeline",
            "calendar",
            translate("Places", "Timeline"),
            translate("Places", "What came when: by day, by hour, beside the messages"),
            TimelinePlace,
        ),
        PlaceEntry(
            "numbers",
            "phone",
            translate("Places", "Numbers"),
            translate("Places", "Who wrote how often; which numbers act as one"),
            NumbersPlace,
            lambda summary: summary.messages.senders,
        ),
        PlaceEntry(
            EXHIBITS,
            "exhibits",
            translate("Places", "Exhibits"),
            translate("Places", "The catalogue of exhibits: order, columns, other files"),
            ExhibitsPlace,
        ),
        PlaceEntry(
            EXPORT,
            "export",
            translate("Places", "Export"),
            translate("Places", "What is missing, and everything that can be made of the case"),
            ExportPlace,
        ),
    )
