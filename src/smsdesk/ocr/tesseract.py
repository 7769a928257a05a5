"""The second engine: Tesseract with its Chinese model, where a person has installed it."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, ImageFilter, ImageOps

from smsdesk.domain.errors import EngineUnavailable
from smsdesk.domain.geometry import Box
from smsdesk.domain.reading import EngineIdentity, Reading, TextLine
from smsdesk.ocr.components import find_runs
from smsdesk.ocr.engine import in_reading_order
from smsdesk.ocr.tiling import Tile, even_tiles, gather

LANGUAGE = "chi_sim"
OPTIONS = "--oem 1 --psm 6 -c hocr_char_boxes=1"
"""The neural engine, the page as one block; automatic page layout (psm 3) skips bubbles."""

PIPELINE_VERSION = "2"
GLYPH_HEIGHT = 26.0
"""Height in pixels that Chinese characters are brought to; Tesseract reads larger ones worse."""
SCALES = (0.25, 3.0)
TALL = 2400
"""Rows of a tile as Tesseract sees it, which takes no picture of more than 32,767."""
OVERLAP = 120
MIN_CONFIDENCE = 0.5
"""Icons and wallpaper come out as lines of a mean below this; read text is mostly above 0.8."""
DOUBTS = 0.1
"""Tesseract doubts far more than it errs: of all it doubts entirely only a tenth is wrong. Brought
to the scale of likelihoods its 0.8 is 0.98: below lie 92 % of its wrong characters, and 11 % of all
(11 screens, light and dark, 1,700 characters)."""
APART = 2.0
"""A gap of so many line heights parts two texts that stand side by side."""
SPACE = 0.3
"""A narrower gap, in line heights, is no space."""

_WINDOWS_FOLDER = Path(os.environ.get("PROGRAMFILES", r"C:\Program Files"), "Tesseract-OCR")


class TesseractEngine:
    """Reads pictures with an installed Tesseract; EngineUnavailable if it or chi_sim is missing.

    *command* is the program to run; by default it is looked for.
    """

    def __init__(self, command: str | None = None) -> None:
        self._command = command or find_command()
        # Its threads wait for one another by spinning: with one it reads three times as fast.
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        self._installed = _installation(self._command)

    @cached_property
    def identity(self) -> EngineIdentity:
        """Engine "tesseract"; the version is Tesseract's, the model hash that of chi_sim."""
        version = f"{self._installed.version} {OPTIONS} ({PIPELINE_VERSION})"
        return EngineIdentity("tesseract", version, self._installed.model_sha256)

    def read(self, image: Image.Image) -> Reading:
        """Return the lines of *image* (RGB, upright) in reading order."""
        grey = _like_paper(image)
        scale = _scale(grey)
        lines = gather(
            even_tiles(grey.height, TALL / scale, OVERLAP / scale),
            lambda tile: self._tile_lines(grey, tile, scale),
            lambda line: line.box,
        )
        certain = [_likely(line) for line in lines if line.confidence >= MIN_CONFIDENCE]
        return Reading(self.identity, image.width, image.height, tuple(in_reading_order(certain)))

    def _tile_lines(self, grey: Image.Image, tile: Tile, scale: float) -> Iterator[TextLine]:
        import pytesseract

        pytesseract.pytesseract.tesseract_cmd = self._command
        height = tile.bottom - tile.top
        size = max(1, round(grey.width * scale)), max(1, round(height * scale))
        area = (0, tile.top, grey.width, tile.bottom)
        seen = grey.resize(size, Image.Resampling.BICUBIC, box=area)
        hocr = pytesseract.image_to_pdf_or_hocr(
            seen, lang=LANGUAGE, config=OPTIONS, extension="hocr"
        )
        parser = _HocrParser(grey.width / size[0], height / size[1], tile.top)
        parser.feed(hocr.decode())
        for line in parser.lines:
            yield from _text_lines(line)


def _likely(line: TextLine) -> TextLine:
    """Return *line* with likelihoods for Tesseract's own confidences."""
    return replace(line, confidences=tuple(1 - DOUBTS * (1 - c) for c in line.confidences))


@dataclass(frozen=True, slots=True)
class _Installation:
    version: str
    model_sha256: str


def find_command() -> str:
    """Return the program's path; its Windows installer does not put it on the search path."""
    found = shutil.which("tesseract") or shutil.which("tesseract", path=str(_WINDOWS_FOLDER))
    return found or "tesseract"


def _installation(command: str) -> _Installation:
    """Ask the program what it is and which languages it has."""
    version = _ask(command, "--version").splitlines()[0].removeprefix("tesseract").strip()
    listed = _ask(command, "--list-langs").splitlines()
    if LANGUAGE not in listed:
        raise EngineUnavailable(engine="tesseract", reason="chi_sim_missing")
    folder = re.search(r'"(.+)"', listed[0])  # Tesseract 4 does not tell where its models lie
    model = Path(folder[1], f"{LANGUAGE}.traineddata") if folder else None
    known = model.read_bytes() if model and model.is_file() else None
    return _Installation(version, hashlib.sha256(known).hexdigest() if known else "")


def _ask(command: str, option: str) -> str:
    try:
        # The path comes from the system's search path, the option from this module.
        answer = subprocess.run(  # noqa: S603
            [command, option], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError) as missing:
        raise EngineUnavailable(engine="tesseract", reason="tesseract_missing") from missing
    return answer.stdout or answer.stderr


def _like_paper(image: Image.Image) -> Image.Image:
    """Return the picture in grey, dark text on light ground, as Tesseract was trained.

    In dark mode all text is light, also that in coloured bubbles. Half grey and half the darkest
    channel keeps coloured links legible and makes the bubbles nearly as dark as the page; what is
    then nearly white becomes white. Tesseract parts ink from ground by one threshold for the whole
    page, and loses the lines of bubbles that fall on the side of the ink.
    """
    grey = image.convert("L")
    if np.median(np.asarray(grey)) >= 128:
        return grey
    red, green, blue = image.split()
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    inverted = ImageOps.invert(Image.blend(grey, darkest, 0.5))
    return inverted.point([min(255, round(value * 1.2)) for value in range(256)])


def _scale(grey: Image.Image) -> float:
    """Return what brings the picture's characters to GLYPH_HEIGHT."""
    height = _glyph_height(grey)
    return min(max(GLYPH_HEIGHT / height, SCALES[0]), SCALES[1]) if height else 1.0


def _glyph_height(grey: Image.Image) -> float | None:
    """Estimate the height of characters from the connected strokes of the picture's first part.

    Chinese characters fall into several components; the upper quartile of those that are about as
    high as wide are whole ones.
    """
    part = grey.crop((0, 0, grey.width, min(grey.height, 3 * grey.width)))
    around = part.filter(ImageFilter.BoxBlur(max(2, part.width // 40)))
    contrast = np.abs(np.asarray(part, np.int16) - np.asarray(around, np.int16))
    runs = find_runs(contrast > 50)
    if not runs.components:
        return None
    x0, y0, x1, y1 = runs.bounds()
    width, height = x1 - x0, y1 - y0
    glyphs = (height >= 6) & (height <= part.width / 8) & (width <= 2 * height)
    glyphs &= height <= 2 * width
    return float(np.percentile(height[glyphs], 75)) if glyphs.any() else None


@dataclass(frozen=True, slots=True)
class _Character:
    text: str
    box: Box
    confidence: float


@dataclass(slots=True)
class _Line:
    characters: list[_Character] = field(default_factory=list)


class _HocrParser(HTMLParser):
    """Collects the characters of Tesseract's hOCR answer, boxes in the picture's pixels."""

    def __init__(self, x_scale: float, y_scale: float, top: int) -> None:
        super().__init__()
        self.lines: list[_Line] = []
        self._scales = x_scale, y_scale
        self._top = top
        self._word_confidence = 0.0
        self._pending: tuple[Box, float] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a line, a word or a character."""
        values = dict(attrs)
        kind, title = values.get("class"), values.get("title") or ""
        if kind == "ocrx_word":
            self._word_confidence = _number_after("x_wconf", title)
        elif kind == "ocrx_cinfo":
            self._pending = self._box(title), _number_after("x_conf", title)
        elif kind in {"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"}:
            self.lines.append(_Line())

    def handle_data(self, data: str) -> None:
        """Take the character that the last tag announced.

        Tesseract is sure of single strokes even in icons; its word confidence is the soberer one.
        """
        if self._pending and data.strip():
            box, confidence = self._pending
            sure = min(confidence, self._word_confidence) / 100
            self.lines[-1].characters.append(_Character(data.strip(), box, sure))
        self._pending = None

    def _box(self, title: str) -> Box:
        found = re.search(r"x_bboxes (\d+) (\d+) (\d+) (\d+)", title)
        x0, y0, x1, y1 = (int(part) for part in found.groups()) if found else (0, 0, 0, 0)
        x, y = self._scales
        return Box(x0 * x, self._top + y0 * y, x1 * x, self._top + y1 * y)


def _number_after(name: str, title: str) -> float:
    found = re.search(rf"{name} ([\d.]+)", title)
    return float(found[1]) if found else 0.0


def _text_lines(line: _Line) -> Iterator[TextLine]:
    """Part a line at wide gaps, for Tesseract takes the whole width of the page as one line."""
    height = max((character.box.height for character in line.characters), default=0.0)
    part: list[_Character] = []
    for character in line.characters:
        if part and character.box.x0 - part[-1].box.x1 > APART * height:
            yield _text_line(part, height)
            part = []
        part.append(character)
    if part:
        yield _text_line(part, height)


def _text_line(characters: Sequence[_Character], height: float) -> TextLine:
    """Join characters; a space stands where a gap is wide and not both sides are Chinese."""
    joined = [characters[0]]
    for one, other in pairwise(characters):
        gap = Box(one.box.x1, one.box.y0, other.box.x0, one.box.y1)
        both_wide = ord(one.text[0]) > 0x2E7F and ord(other.text[0]) > 0x2E7F
        if gap.width > SPACE * height and not both_wide:
            joined.append(_Character(" ", gap, min(one.confidence, other.confidence)))
        joined.append(other)
    return TextLine(
        "".join(each.text for each in joined),
        Box.around(each.box for each in characters),
        tuple(each.confidence for each in joined for _ in each.text),
        tuple((each.box.x0, each.box.x1) for each in joined for _ in each.text),
    )
