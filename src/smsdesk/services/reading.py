"""Read one picture: pixels -> lines -> screen -> sightings with senders, times and doubts."""

from __future__ import annotations

import datetime as dt
import logging
import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from smsdesk.domain.doubt import doubtful_spans
from smsdesk.domain.errors import PictureError, SetAsideReason
from smsdesk.domain.messages import Sighting
from smsdesk.domain.numbers import parse_sender
from smsdesk.domain.reading import Reading
from smsdesk.domain.screens import MessageDraft, Screen
from smsdesk.domain.times import CaptureMoment, SentTime, capture_moment, date_messages
from smsdesk.layout.screen import read_screen
from smsdesk.ocr.engine import Engine
from smsdesk.ocr.loading import Picture, load_picture
from smsdesk.ocr.registry import engine as engine_named
from smsdesk.ocr.straightening import straighten
from smsdesk.services.gathering import FoundFile, gather
from smsdesk.services.jobs import Task

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PictureReading:
    """Everything that one picture tells; the sightings have no ids yet."""

    reading: Reading
    screen: Screen
    captured: CaptureMoment
    sightings: tuple[Sighting, ...]


def upright(data: bytes) -> Image.Image:
    """Return an encoded picture as the engines see it: RGB, turned as its EXIF data say.

    PictureError if it cannot be decoded.
    """
    return load_picture(data).image


def read_bytes(
    data: bytes,
    file_name: str,
    engine: Engine,
    file_time: dt.datetime | None = None,
    typed: dt.datetime | None = None,
) -> PictureReading:
    """Read an encoded picture; PictureError if it cannot be decoded.

    *typed* is the moment of the screenshot as a person gave it; it wins over everything else.
    """
    picture = load_picture(data)
    captured = capture_moment(file_name, picture.exif_time, file_time, typed)
    return read_picture(picture, captured, engine)


def read_picture(picture: Picture, captured: CaptureMoment, engine: Engine) -> PictureReading:
    """Read a decoded picture whose moment is known."""
    straight = straighten(picture.image)
    seen = engine.read(straight.image)
    screen = straight.screen_back(read_screen(seen, straight.image))
    labels = [(draft.time_label, draft.label_scope) for draft in screen.drafts]
    times = date_messages(labels, captured, screen.kind, days_apart=screen.days_apart)
    sightings = tuple(
        _sighting(position, draft, screen, sent)
        for position, (draft, sent) in enumerate(zip(screen.drafts, times, strict=True))
    )
    return PictureReading(straight.reading_back(seen), screen, captured, sightings)


def _sighting(position: int, draft: MessageDraft, screen: Screen, sent: SentTime) -> Sighting:
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
        sender=parse_sender(draft.sender_raw or screen.sender_raw),
        sent=sent,
        label_scope=draft.label_scope,
    )


def read_files(
    paths: Sequence[Path], engine_name: str, jobs: int | None, task: Task
) -> Iterator[tuple[FoundFile, PictureReading | PictureError]]:
    """Read every file that *paths* name, several at a time, in their order.

    A file that cannot be read comes back with the PictureError that says why.
    EngineUnavailable if the engine cannot run.
    """
    engine = engine_named(engine_name)
    found = list(gather(paths))
    workers = jobs or default_jobs()
    with ThreadPoolExecutor(max_workers=workers) as pool:
        ahead: deque[tuple[FoundFile, Future[PictureReading | PictureError]]] = deque()
        for done, file in enumerate(found):
            ahead.append((file, pool.submit(_read_file, file, engine)))
            if len(ahead) > workers:  # results wait for at most as many as are being read
                yield _next_result(ahead)
            task.step(done, len(found), file.name)
        while ahead:
            yield _next_result(ahead)


def _next_result(
    ahead: deque[tuple[FoundFile, Future[PictureReading | PictureError]]],
) -> tuple[FoundFile, PictureReading | PictureError]:
    file, future = ahead.popleft()
    return file, future.result()


def _read_file(file: FoundFile, engine: Engine) -> PictureReading | PictureError:
    try:
        return read_bytes(file.load(), file.name, engine, file.file_time)
    except PictureError as error:
        return error
    except Exception as error:  # noqa: BLE001 - a bug on one picture must not stop the others
        return reading_failed(error)


def reading_failed(error: BaseException) -> PictureError:
    """Log a failure of ours on one picture, and say that it could not be read: others go on."""
    _LOG.error("a picture could not be read", exc_info=error)
    return PictureError(SetAsideReason.READ_FAILED, f"{type(error).__name__}: {error}")


def default_jobs() -> int:
    """Return how many pictures to read at a time: one for each processor, four at most.

    More would need some 400 MB each for tall screenshots without being faster on a laptop.
    """
    return max(1, min(4, os.cpu_count() or 1))
