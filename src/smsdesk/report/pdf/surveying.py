"""What is known of all pages before any is drawn: where everything lies, and how large it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from smsdesk.report.pdf.book import Book
from smsdesk.report.pdf.fonts import register
from smsdesk.report.pdf.pages import Layout, Page
from smsdesk.report.pdf.sections.annex import annex
from smsdesk.report.pdf.sections.catalogue import catalogue
from smsdesk.report.pdf.sections.classification import classification
from smsdesk.report.pdf.sections.cover import cover
from smsdesk.report.pdf.sections.statement import statement
from smsdesk.report.pdf.sections.statistics import statistics
from smsdesk.report.pdf.sections.timeline import timeline
from smsdesk.report.pdf.sections.volume import Entry
from smsdesk.report.pdf.weighing import Scales, Weights

SECTIONS = (cover, catalogue, statistics, timeline, classification, annex, statement)
"""The seven parts in the order in which they are bound."""


class Stage(StrEnum):
    """What is being done."""

    LAYING_OUT = "laying_out"
    DRAWING = "drawing"
    WRITING = "writing"
    CHECKING = "checking"


Notify = Callable[[Stage, int, int], None]
"""Told (stage, done, in all) many times a second; what it raises stops the work. How many pages
there will be is a guess while they are first laid out."""


def silent(_stage: Stage, _done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class Survey:
    """What is known of the pages before any is drawn; `weights` are their bytes, page by page."""

    layout: Layout
    weights: list[Weights] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


def lay_out(book: Book, layout: Layout) -> Iterator[Page]:
    """Yield all pages of the seven parts."""
    for section in SECTIONS:
        yield from layout.lay(section(book))


def take_survey(book: Book, notify: Notify, scales: Scales | None = None) -> Survey:
    """Lay everything out once; with *scales*, weigh each page."""
    register()
    survey = Survey(Layout())
    likely = _likely_pages(book)
    for section in SECTIONS:
        part = section(book)
        first = survey.layout.count + 1
        begun: list[tuple[str, int]] = []
        for page in survey.layout.lay(part):
            notify(Stage.LAYING_OUT, page.index, max(page.index, likely))
            begun += [(t, page.index) for t in _exhibits(page)]
            if scales:
                survey.weights.append(scales.weigh(page))
        survey.entries += _entries(part.title, first, begun, survey.layout.count)
    return survey


def _likely_pages(book: Book) -> int:
    """Guess how many pages there will be, for the progress bar.

    Five messages stand on a page of the timeline, ten rows on one of the classification, two
    pictures on one of the annex.
    """
    content = book.content
    labelled = sum(len(ids) for ids in content.figures.figures.labels.values())
    return 10 + len(content.messages) // 5 + labelled // 10 + len(content.originals) // 2


def _exhibits(page: Page) -> Iterator[str]:
    """Yield the titles of the exhibits that begin on a page."""
    if page.part.key == "annex":
        for placed in page.placed:
            yield from (t for t, level, _ in placed.block.placing.bookmarks if level)


def _entries(title: str, first: int, begun: list[tuple[str, int]], last: int) -> list[Entry]:
    """Return a part as what stands in the contents of volumes: itself, or its exhibits."""
    if not begun:
        return [Entry(title, first, last)]
    ends = [max(start, page - 1) for (_, start), (_, page) in pairwise(begun)]
    return [Entry(name, page, end) for (name, page), end in zip(begun, [*ends, last], strict=True)]
