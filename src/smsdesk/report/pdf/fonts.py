"""The fonts of the court PDF: which one holds a character, and how wide it is there."""

from __future__ import annotations

from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from smsdesk.resources import resource

REGULAR = "NotoSansSC"
BOLD = "NotoSansSC-Bold"
EMOJI = "NotoEmoji"
_FILES = {
    REGULAR: "NotoSansSC-Regular.ttf",
    BOLD: "NotoSansSC-Bold.ttf",
    EMOJI: "NotoEmoji-Regular.ttf",
}


@cache
def _font(name: str) -> TTFont:
    """Return the font, known to reportlab under its name from now on."""
    font = TTFont(name, str(resource("fonts", _FILES[name])))
    pdfmetrics.registerFont(font)
    return font


def register() -> None:
    """Make all fonts known to reportlab; cheap after the first call."""
    for name in _FILES:
        _font(name)


@cache
def font_for(char: str, bold: bool) -> str | None:
    """Return the name of a font that can draw *char*, or None if there is none."""
    for name in (BOLD if bold else REGULAR, EMOJI):
        if ord(char) in _font(name).face.charToGlyph:
            return name
    return None


@cache
def advance(char: str, font: str) -> float:
    """Return the width of *char* in *font* at a size of one point."""
    face = _font(font).face
    return float(face.charWidths.get(ord(char), face.defaultWidth)) / 1000


@cache
def outline_size(char: str, font: str) -> int:
    """Return how many bytes the outline of *char* takes in *font*, not yet packed."""
    face = _font(font).face
    glyph = face.charToGlyph.get(ord(char), 0)
    return int(face.glyphPos[glyph + 1] - face.glyphPos[glyph])
