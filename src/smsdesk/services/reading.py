"""Read one picture: pixels -> lines -> screen -> sightings with senders, times and doubts."""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from smsdesk.domain.doubt import doubtful_spans
from smsdesk.domain.errors import PictureError, SetAsideReason
from smsdesk.domain.messages import Sighting
from smsdesk.domain.numbers import Sender
from smsdesk.domain.reading import Reading
from smsdesk.domain.screens import MessageDraft, Screen
from smsdesk.domain.times import (
    CaptureMoment,
    Contradiction,
    SentTime,
    capture_moment,
    contradictions,
    date_messages,
    dating_moment,
    document_moment,
)
from smsdesk.layout.screen import read_screen
from smsdesk.ocr.engine import Engine
from smsdesk.ocr.loading import Picture, as_document, load_picture
from smsdesk.ocr.registry import engine as engine_named
from smsdesk.ocr.straightening import straighten
from smsdesk.services.gathering import FoundFile, gather
from smsdesk.services.jobs import Task
from smsdesk.services.senders import read_senders

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PictureReading:
    """Everything that one picture tells; the sightings have no ids yet."""

    reading: Reading
    screen: Screen
    captured: CaptureMoment
    sightings: tuple[Sighting, ...]

    @property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """What the picture says against `captured`."""
        labels = [draft.time_label for draft in self.screen.drafts]
        return contradictions(self.captured, self.screen.status_bar, labels)


class FileReading(NamedTuple):
    """What came of a file, or of one page (from 0) of a file that has several."""

    file: FoundFile
    page: int | None
    result: PictureReading | PictureError


def upright(data: bytes, page: int = 0) -> Image.Image:
    """Return a page of a file as the engines see it: RGB, turned as it is to be seen.

    PictureError if it cannot be decoded.
    """
    return load_picture(data, page).image


def read_picture(picture: Picture, captured: CaptureMoment, engine: Engine) -> PictureReading:
    """Read a decoded picture whose moment is known."""
    straight = straighten(picture.image)
    seen = engine.read(straight.image)
    drawn = read_screen(seen, straight.image)
    senders = read_senders(drawn, straight.image)
    screen = straight.screen_back(drawn)
    labels = [(draft.time_label, draft.label_scope) for draft in screen.drafts]
    moment = dating_moment(captured, screen.status_bar, [label for label, _ in labels])
    times = date_messages(labels, moment, screen.kind, days_apart=screen.days_apart)
    sightings = tuple(
        _sighting(position, draft, sender, sent, picture.page)
        for position, (draft, sender, sent) in enumerate(
            zip(screen.drafts, senders, times, strict=True)
        )
    )
    return PictureReading(straight.reading_back(seen), screen, captured, sightings)


def _sighting(
    position: int, draft: MessageDraft, sender: Sender, sent: SentTime, page: int
) -> Sighting:
    count = len(draft.confidences)
    return Sighting(
        id=0,
        original_id=0,
        position=position,
        box=draft.box,
        direction=draft.direction,
        text=draft.text,
        raw_text=draft.raw_text,
        confidence=sum(draft.confidences) / count if count else 0.0,
        doubtful=doubtful_spans(draft.text, draft.confidences),
        clipped=draft.clipped,
        snippet=draft.snippet,
        sender=sender,
        sent=sent,
        label_scope=draft.label_scope,
        page=page,
    )


def read_files(
    paths: Sequence[Path], engine_name: str, jobs: int | None, task: Task
) -> Iterator[FileReading]:
    """Read every page of every file that *paths* name, several at a time, in their order.

    What cannot be read comes back with the PictureError that says why.
    EngineUnavailable if the engine cannot run.
    """
    engine = engine_named(engine_name)
    found = list(gather(paths))
    workers = jobs or default_jobs()
    with ThreadPoolExecutor(max_workers=workers) as pool:
        ahead: deque[Future[FileReading]] = deque()
        for done, file in enumerate(found):
            task.step(done, len(found), file.name)
            for page in _pages(file):
                ahead.append(pool.submit(_read_page, page, engine))
                if len(ahead) > workers:  # results wait for at most as many as are being read
                    yield ahead.popleft().result()
                    task.step(done, len(found), file.name)
        while ahead:
            yield ahead.popleft().result()


@dataclass(frozen=True, slots=True)
class _Page:
    """A page to read; `data` is its file's content, or why there is none."""

    file: FoundFile
    data: bytes | PictureError
    page: int | None
    is_document: bool


def _pages(file: FoundFile) -> Iterator[_Page]:
    """Yield the pages of a file, one for a file that cannot be opened."""
    try:
        data = file.load()
        document = as_document(data)
    except PictureError as error:
        yield _Page(file, error, None, is_document=False)
        return
    count = len(document.page_sizes) if document else 1
    for page in range(count):
        yield _Page(file, data, page if count > 1 else None, document is not None)


def _read_page(page: _Page, engine: Engine) -> FileReading:
    file, data = page.file, page.data
    if isinstance(data, PictureError):
        return FileReading(file, None, data)
    try:
        picture = load_picture(data, page.page or 0)
        captured = capture_moment(file.name, picture.exif_time, file.file_time, None)
        if page.is_document:
            captured = document_moment(None)
        return FileReading(file, page.page, read_picture(picture, captured, engine))
    except PictureError as error:
        return FileReading(file, page.page, error)
    except Exception as error:  # noqa: BLE001 - a bug on one picture must not stop the others
        return FileReading(file, page.page, reading_failed(error))


def reading_failed(error: BaseException) -> PictureError:
    """Log a failure of ours on one picture, and say that it could not be read: others go on."""
    _LOG.error("a picture could not be read", exc_info=error)
    return PictureError(SetAsideReason.READ_FAILED, f"{type(error).__name__}: {error}")


def default_jobs() -> int:
    """Return how many pictures to read at a time: one for each processor, four at most.

    More would need some 400 MB each for tall screenshots without being faster on a laptop.
    """
    return max(1, min(4, os.cpu_count() or 1))
