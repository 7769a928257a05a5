"""The default engine: PP-OCRv6 small on onnxruntime, with numpy and Pillow only."""

from __future__ import annotations

import re
import threading
from functools import cached_property
from importlib.metadata import version

from PIL import Image

from smsdesk.domain.geometry import Box
from smsdesk.domain.reading import EngineIdentity, Reading, TextLine
from smsdesk.ocr.detection import Detector
from smsdesk.ocr.engine import in_reading_order
from smsdesk.ocr.models import (
    DETECTION,
    RECOGNITION,
    check_installed,
    models_sha256,
    open_session,
)
from smsdesk.ocr.recognition import Recognizer

PIPELINE_VERSION = "2"
"""Counts up with every change here, in detection or in recognition that can change a reading."""

MIN_CONFIDENCE = 0.5
"""Below this mean the model guesses: icons, wallpaper and emoji come out as single rare characters.

Real text, even blurred and recompressed, stays above.
"""

_LONE = re.compile(r"[\w?？!！]{1,3}")
"""What people send as a whole message of one or two characters: T, 1, 好, ？, OK."""

FAINT_CONFIDENCE = 0.97
"""A character that detection nearly missed must be plain to recognition. Of the drawn screens tried
(25, whole and halved, 9 of them without messages) four bare parts of icons reached it, three of
them dots and strokes; a lone T has 1.00."""


def _is_text(line: TextLine, *, is_faint: bool) -> bool:
    if is_faint:
        return line.confidence >= FAINT_CONFIDENCE and bool(_LONE.fullmatch(line.text))
    return bool(line.text.strip()) and line.confidence >= MIN_CONFIDENCE


class PpocrEngine:
    """Reads pictures with the bundled models, which are loaded at the first reading.

    EngineUnavailable if the installation lacks a part.
    """

    def __init__(self) -> None:
        check_installed()
        self._loading = threading.Lock()
        self._parts: tuple[Detector, Recognizer] | None = None

    @cached_property
    def identity(self) -> EngineIdentity:
        """Engine "ppocr"; the version names this pipeline and the runtime that did the sums."""
        runtime = version("onnxruntime")
        return EngineIdentity(
            "ppocr", f"{PIPELINE_VERSION} (onnxruntime {runtime})", models_sha256()
        )

    def read(self, image: Image.Image) -> Reading:
        """Return the lines of *image* (RGB, upright) in reading order."""
        detector, recognizer = self._loaded()
        regions = detector.lines(image)
        lines = [(recognizer.line(image, region.box), region.is_faint) for region in regions]
        certain = [line for line, is_faint in lines if _is_text(line, is_faint=is_faint)]
        return Reading(self.identity, image.width, image.height, tuple(in_reading_order(certain)))

    def line(self, image: Image.Image, box: Box) -> TextLine:
        """Return what stands in *box*, in pixels of *image* (RGB), taken as one line."""
        return self._loaded()[1].line(image, box)

    def _loaded(self) -> tuple[Detector, Recognizer]:
        with self._loading:
            if self._parts is None:
                self._parts = (
                    Detector(open_session(DETECTION)),
                    Recognizer(open_session(RECOGNITION)),
                )
            return self._parts
