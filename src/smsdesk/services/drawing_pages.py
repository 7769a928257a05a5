"""Pages of a finished PDF as pictures, for the preview and for the printer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from smsdesk.domain.pdfium import PDFIUM

_POINTS_AN_INCH = 72

BAND_PIXELS = 4_000_000
"""Pixels of a page drawn at once: 12 MB. A4 at 600 dots an inch is 35 million pixels, 105 MB."""


@dataclass(frozen=True, slots=True)
class Band:
    """A strip of a page: `top` in pixels of the page, `data` RGB, rows of `3 * width` bytes."""

    top: int
    width: int
    height: int
    data: bytes


class PageDrawer:
    """An open PDF; its methods may be called from any thread, one works at a time.

    Opened anew for every page: PDFium keeps what it has seen of an open document, and pages of
    screenshots would fill the memory.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with PDFIUM:
            document = pypdfium2.PdfDocument(path)
            sizes = [document.get_page_size(index) for index in range(len(document))]
            document.close()
        self.sizes = sizes
        """Width and height of every page in points (1/72 inch)."""

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self.sizes)

    def pixels(self, index: int, dots: float) -> tuple[int, int]:
        """Return the size of a page at *dots* an inch."""
        width, height = self.sizes[index]
        scale = dots / _POINTS_AN_INCH
        return max(1, round(width * scale)), max(1, round(height * scale))

    def bands(self, index: int, dots: float) -> Iterator[Band]:
        """Yield a page at *dots* an inch from its top, in strips of bounded size."""
        width, height = self.pixels(index, dots)
        step = max(1, BAND_PIXELS // width)
        for top in range(0, height, step):
            rows = min(step, height - top)
            yield Band(top, width, rows, self._draw(index, dots, top, rows, (width, height)))

    def whole(self, index: int, dots: float) -> Band:
        """Return a page at *dots* an inch as one strip: for a screen, not for a printer."""
        width, height = self.pixels(index, dots)
        return Band(0, width, height, self._draw(index, dots, 0, height, (width, height)))

    def _draw(self, index: int, dots: float, top: int, rows: int, size: tuple[int, int]) -> bytes:
        width, height = size
        scale = dots / _POINTS_AN_INCH
        points = self.sizes[index][1]
        crop = (0.0, points - (top + rows) / scale, 0.0, top / scale)
        if top + rows >= height:
            crop = (0.0, 0.0, 0.0, top / scale)
        with PDFIUM:
            document = pypdfium2.PdfDocument(self.path)
            try:
                drawn = document[index].render(scale=scale, crop=crop).to_pil().convert("RGB")
            finally:
                document.close()
        if drawn.size != (width, rows):  # PDFium rounds upwards
            drawn = drawn.crop((0, 0, width, rows))
        return bytes(drawn.tobytes())
