"""What every text recognition engine can do."""

from __future__ import annotations

from typing import Protocol

from PIL import Image

from smsdesk.domain.reading import EngineIdentity, Reading


class Engine(Protocol):
    """Reads the text of pictures; one engine object serves any number of threads at a time."""

    @property
    def identity(self) -> EngineIdentity:
        """Which program and which models read, exactly enough to repeat a reading."""
        ...

    def read(self, image: Image.Image) -> Reading:
        """Return all lines of *image* (mode RGB, upright), top to bottom, boxes in its pixels."""
        ...
