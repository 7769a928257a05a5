"""What was drawn, page by page, so that the finished file can be held against it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from smsdesk.report.pdf.binding import Place


@dataclass(slots=True)
class PageRecord:
    """What must be found on a page when the file is read back.

    `words` are texts, `pictures` the SHA-256 of the image data, `links` the anchors led to.
    """

    place: Place
    words: list[str] = field(default_factory=list)
    pictures: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Ledger:
    """All pages drawn, with what they hold of messages and originals.

    `messages` gives for each message (page number, text drawn there) in order; `pictures` for each
    page of an original (original id, page) the numbers of the annex pages that show it. `missing`
    are pages of originals in whose place the file says that they cannot be shown.
    """

    pages: list[PageRecord] = field(default_factory=list)
    messages: defaultdict[int, list[tuple[int, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    pictures: defaultdict[tuple[int, int], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )
    missing: set[tuple[int, int]] = field(default_factory=set)

    def turn(self, place: Place) -> PageRecord:
        """Begin a page."""
        self.pages.append(PageRecord(place))
        return self.pages[-1]
