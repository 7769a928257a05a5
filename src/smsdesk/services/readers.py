"""Where pictures are read: in the threads of this process, or elsewhere (`reading_workers`)."""

from __future__ import annotations

from typing import Protocol

from smsdesk.domain.times import CaptureMoment
from smsdesk.ocr.engine import Engine
from smsdesk.ocr.loading import load_picture
from smsdesk.services.reading import PictureReading, read_picture


class Reader(Protocol):
    """Reads pages of files for any number of threads at a time."""

    def check(self) -> None:
        """Raise EngineUnavailable if nothing can be read here at all."""

    def read(self, data: bytes, page: int, captured: CaptureMoment) -> PictureReading:
        """Return what a page (from 0) of a file's bytes tells, taken at a known moment.

        PictureError if it cannot be read, Cancelled if it was interrupted.
        """
        ...

    def interrupt(self) -> None:
        """Give up what is being read, where that is possible."""

    def close(self) -> None:
        """Give up what is being read, and free what the reader holds until it reads again."""


class ThreadReader:
    """Reads in the thread that asks, with *engine*; what has begun is read to its end."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def check(self) -> None:
        """Do nothing: an engine that is there can run."""

    def read(self, data: bytes, page: int, captured: CaptureMoment) -> PictureReading:
        """Return what a page tells; PictureError if it cannot be decoded."""
        return read_picture(load_picture(data, page), captured, self._engine)

    def interrupt(self) -> None:
        """Do nothing: a thread cannot be stopped."""

    def close(self) -> None:
        """Do nothing: there is nothing to free."""
