"""Originals inside the PDF: each stands there once, untouched where the format allows.

A JPEG's bytes and a plain PNG's compressed pixels go in exactly as they are; other formats go in
decoded, without loss. Crops beside the timeline and the parts of long screenshots are windows on
that one picture, so nothing is ever recompressed or scaled.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PIL import Image
from reportlab.pdfbase import pdfdoc

from smsdesk.domain.cases import Page
from smsdesk.domain.errors import PictureError
from smsdesk.report.content import PictureSource

_PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
_ORIENTATION = 0x0112
_CHANNELS = {0: 1, 2: 3, 3: 1}
"""Samples a pixel of the PNG colour types that a PDF can take over: grey, RGB, palette."""
_UPRIGHT = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
"""Matrices that set a stored picture upright within the unit square, by EXIF orientation."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """An image as a PDF stream: its data, dictionary entries and EXIF orientation."""

    data: bytes
    width: int
    height: int
    bits: int
    colour_space: str
    filter: str
    parameters: dict[str, int]
    orientation: int = 1


def embed(data: bytes, upright: Callable[[], Image.Image]) -> Embedded:
    """Return how the picture *data* enters a PDF; *upright* gives its decoded form on demand."""
    found = _from_jpeg(data) if data[:2] == b"\xff\xd8" else _from_png(data)
    if found:
        return found
    buffer = io.BytesIO()
    upright().save(buffer, "PNG")
    lossless = _from_png(buffer.getvalue())
    if lossless is None:
        raise AssertionError("a PNG without alpha channel can always be taken over")
    return lossless


def _from_jpeg(data: bytes) -> Embedded | None:
    """Return a grey or colour JPEG as it is; None for CMYK and other rare kinds."""
    with Image.open(io.BytesIO(data)) as image:
        space = {"L": "/DeviceGray", "RGB": "/DeviceRGB"}.get(image.mode)
        orientation = image.getexif().get(_ORIENTATION, 1)
        if space is None or orientation not in _UPRIGHT:
            return None
        return Embedded(data, *image.size, 8, space, "/DCTDecode", {}, orientation)


def _from_png(data: bytes) -> Embedded | None:
    """Return the pixels of a PNG as they are compressed; None where a PDF cannot hold them."""
    if not data.startswith(_PNG_MAGIC):
        return None
    chunks = _chunks(data)
    width, height, bits, colour, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    odd = interlaced or bits > 8 or colour not in _CHANNELS
    if odd or b"tRNS" in chunks or b"eXIf" in chunks:
        return None
    channels = _CHANNELS[colour]
    parameters = {"Predictor": 15, "Colors": channels, "BitsPerComponent": bits, "Columns": width}
    space = _colour_space(colour, chunks.get(b"PLTE", b""))
    return Embedded(chunks[b"IDAT"], width, height, bits, space, "/FlateDecode", parameters)


def _chunks(data: bytes) -> dict[bytes, bytes]:
    """Return the contents of a PNG's chunks by name, those of one name joined."""
    found: dict[bytes, list[bytes]] = {}
    at = len(_PNG_MAGIC)
    while at + 8 <= len(data):
        length, name = struct.unpack(">I4s", data[at : at + 8])
        found.setdefault(name, []).append(data[at + 8 : at + 8 + length])
        at += 12 + length
    return {name: b"".join(parts) for name, parts in found.items()}


def _colour_space(colour: int, palette: bytes) -> str:
    if colour == 3:
        return f"[/Indexed /DeviceRGB {len(palette) // 3 - 1} <{palette.hex()}>]"
    return "/DeviceGray" if colour == 0 else "/DeviceRGB"


class _ImageObject(pdfdoc.PDFImageXObject):  # type: ignore[misc]
    """An image object whose stream is fetched when the PDF is written, not when it is drawn."""

    def __init__(self, name: str, picture: Embedded) -> None:
        super().__init__(name)
        self._picture = picture

    def format(self, document: Any) -> bytes:
        """Return the object's bytes."""
        picture = self._picture
        stream = pdfdoc.PDFStream(content=picture.data)
        entries = stream.dictionary
        entries["Type"], entries["Subtype"] = "/XObject", "/Image"
        entries["Width"], entries["Height"] = picture.width, picture.height
        entries["BitsPerComponent"] = picture.bits
        entries["ColorSpace"] = picture.colour_space
        entries["Filter"] = picture.filter
        if picture.parameters:
            entries["DecodeParms"] = pdfdoc.PDFDictionary(picture.parameters)
        return bytes(stream.format(document))


class PictureStore:
    """Draws pages of originals on a canvas; each is embedded at its first use.

    `missing` are those that cannot be shown.
    """

    def __init__(self, source: PictureSource) -> None:
        self._source = source
        self._embedded: dict[Page, Embedded] = {}
        self.missing: set[Page] = set()

    def draw(
        self,
        canvas: Any,
        page: Page,
        place: tuple[float, float, float, float],
        part: tuple[int, int, int, int],
    ) -> bool:
        """Draw the pixels *part* (x0, y0, x1, y1 of the upright picture) to fill *place*.

        *place* is (left, bottom, width, height) in points. False if the page cannot be shown.
        """
        picture = self._picture(canvas, page)
        if picture is None:
            return False
        left, bottom, width, height = place
        x0, y0, x1, y1 = part
        scale_x, scale_y = width / (x1 - x0), height / (y1 - y0)
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(left, bottom, width, height)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.translate(left - x0 * scale_x, bottom - (page.height - y1) * scale_y)
        canvas.scale(page.width * scale_x, page.height * scale_y)
        canvas.transform(*_UPRIGHT[picture.orientation])  # the whole picture in the unit square
        canvas.doForm(_name(page))
        canvas.restoreState()
        return True

    def _picture(self, canvas: Any, page: Page) -> Embedded | None:
        """Return a page's picture, embedded; None if it cannot be shown."""
        if page in self.missing:
            return None
        if page not in self._embedded:
            try:
                self._embedded[page] = self._add(canvas, page)
            except PictureError:
                self.missing.add(page)
                return None
        return self._embedded[page]

    def _add(self, canvas: Any, page: Page) -> Embedded:
        source, key = self._source, (page.original_id, page.index)
        picture = embed(source.data(*key), lambda: source.upright(*key))
        document = canvas._doc  # noqa: SLF001 - reportlab offers no other way to add an image
        name = _name(page)
        document.Reference(_ImageObject(name, picture), document.getXObjectName(name))
        return picture


def _name(page: Page) -> str:
    return f"original{page.original_id}" + (f"-{page.index}" if page.index else "")
