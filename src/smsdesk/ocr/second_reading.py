"""Read numbers again, in other cuts and by another program, to see whether they come out alike.

A wrong digit in a sender's number is a wrong sender. The first reading cuts lines as the detector
found them; here the number alone is cut from the original pixels, close around its ink, so that its
digits come out larger and in other places of the model's grid. Tesseract, where it is installed,
reads it with another model altogether.
"""

from __future__ import annotations

import io
import logging
import os
import subprocess
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
from PIL import Image, ImageOps

from smsdesk.domain.errors import EngineUnavailable
from smsdesk.domain.geometry import Box
from smsdesk.ocr.ppocr import PpocrEngine
from smsdesk.ocr.registry import engine as engine_named
from smsdesk.ocr.tesseract import find_command

_LOG = logging.getLogger(__name__)

LANGUAGE = "eng"
"""Its model reads digits better than the Chinese one, and faster; it comes with every Tesseract."""

MARGIN = 0.12
"""Margin around the ink, in heights of the number: less than detectors leave (about 0.3)."""

DIGIT_HEIGHT = 24
"""Pixels that Tesseract gets a digit in; it was measured to read larger ones no better."""

_QUIET = 12
"""Pixels of empty ground that Tesseract wants around a text."""

_TIMEOUT = 10.0
"""Seconds after which Tesseract, which takes a tenth of one, is given up."""

_REMEMBERED = 256
"""Headers whose Tesseract reading is kept: screenshots of one conversation show the same one."""


def read_again(image: Image.Image, boxes: Sequence[Box]) -> list[list[str]]:
    """Return for each of *boxes*, tight around a number in *image* (RGB), what others read there.

    An engine that is missing or fails gives no reading; nothing is raised for it.
    """
    readings: list[list[str]] = [[] for _ in boxes]
    for texts in (_by_ppocr(image, boxes), _by_tesseract(image, boxes)):
        for found, text in zip(readings, texts, strict=False):
            found.append(text)
    return readings


def _by_ppocr(image: Image.Image, boxes: Sequence[Box]) -> list[str]:
    try:
        engine = engine_named("ppocr")
    except EngineUnavailable:
        return []
    if not isinstance(engine, PpocrEngine):
        return []
    return [engine.line(image, _around(box, MARGIN, image)).text for box in boxes]


def _around(box: Box, margin: float, image: Image.Image) -> Box:
    more = margin * box.height
    return Box(
        max(0.0, box.x0 - more),
        max(0.0, box.y0 - more),
        min(float(image.width), box.x1 + more),
        min(float(image.height), box.y1 + more),
    )


def _by_tesseract(image: Image.Image, boxes: Sequence[Box]) -> list[str]:
    """Read all boxes in one call: starting the program takes longer than reading."""
    command = _command()
    if command is None or not boxes:
        return []
    column = io.BytesIO()
    _column([_on_paper(image, box) for box in boxes]).save(column, "PNG", compress_level=1)
    lines = _lines(command, column.getvalue(), single=len(boxes) == 1)
    return lines if len(lines) == len(boxes) else []  # else none can be told apart


@cache
def _command() -> str | None:
    """Return the program, None where it or its language of Latin letters is missing."""
    command = find_command()
    listed = _output([command, "--list-langs"], b"") or ""
    return command if LANGUAGE in listed.split() else None


def _on_paper(image: Image.Image, box: Box) -> Image.Image:
    """Return a number as dark digits of DIGIT_HEIGHT on light ground."""
    place = _around(box, 3 * MARGIN, image)
    scale = DIGIT_HEIGHT / box.height
    size = max(1, round(place.width * scale)), max(1, round(place.height * scale))
    area = (place.x0, place.y0, place.x1, place.y1)
    grey = image.resize(size, Image.Resampling.BICUBIC, box=area).convert("L")
    if np.median(np.asarray(grey)) < 128:
        grey = ImageOps.invert(grey)
    return ImageOps.autocontrast(grey)


def _column(parts: Sequence[Image.Image]) -> Image.Image:
    width = max(part.width for part in parts) + 2 * _QUIET
    height = sum(part.height + _QUIET for part in parts) + _QUIET
    column = Image.new("L", (width, height), 255)
    top = _QUIET
    for part in parts:
        column.paste(part, (_QUIET, top))
        top += part.height + _QUIET
    return column


@lru_cache(_REMEMBERED)
def _lines(command: str, png: bytes, *, single: bool) -> list[str]:
    """Return the lines that Tesseract reads in a picture, none if it fails."""
    mode = "7" if single else "6"  # one line; one block of lines
    options = ["-l", LANGUAGE, "--psm", mode, "--oem", "1"]
    only = ["-c", "tessedit_char_whitelist=+0123456789()- "]
    text = _output([command, "stdin", "stdout", *options, *only], png)
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _output(call: Sequence[str], given: bytes) -> str | None:
    """Return what a call of Tesseract prints, None if it fails."""
    try:
        # The path comes from the system's search path, the options from this module.
        answer = subprocess.run(  # noqa: S603
            call,
            input=given,
            capture_output=True,
            timeout=_TIMEOUT,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # threads cost more than they save here
        )
    except (OSError, subprocess.SubprocessError) as failed:
        _LOG.info("no second reading by Tesseract: %s", failed)
        return None
    return answer.stdout.decode(errors="replace")
