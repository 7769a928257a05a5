"""Pages of a PDF as pictures, through PDFium.

Most PDFs of screenshots are pictures laid on paper, one a page. Such a page is taken as that
picture's own pixels: drawing it anew would blur what is to be read. All other pages are drawn.
Which kind a page is, is told by what lies on it, and then seen: the page drawn small must look
like the picture. So masks, clipping, inverted colours or stamps need no rules of their own.

PDFium is built without JavaScript here, no form or action is ever started, and it has no means to
reach a network. It is not made for threads: `PDFIUM` is held while a document is open.
"""

from __future__ import annotations

import io
import math
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from smsdesk.domain.errors import PictureError, SetAsideReason
from smsdesk.domain.pdfium import PDFIUM
from smsdesk.ocr.limits import MAX_PAGES, MAX_PIXELS

MEDIA_TYPE = "application/pdf"

RESOLUTION = 300
"""Dots an inch at which pages are drawn: print of 9 pt has letters 37 pixels high, about those of a
phone's screen; screenshots printed 8 cm wide keep nearly their own pixels (1080 on 945)."""

COARSEST = 150
"""The same where a coarse picture fills the page: print of 9 pt beside it can still be read."""

_INCH = 72
_A4_SIZE = (2480, 3508)
"""The size given to a page that PDFium cannot load: room to say that it cannot be shown."""

_HEADER_WITHIN = 1024
"""The header may have other bytes before it, and the end mark behind it, as Acrobat allows."""

_BLOCK = 32
_LOOKS_ALIKE = 24
"""Grey levels by which blocks of 32 x 32 pixels may differ in mean between a picture and the page
that shows it. Drawing smaller moves edges by part of a pixel, a few levels in such a block; a part
cut away, a stamp or a mask changes a block by far more wherever it changes what can be seen."""

Turn = Image.Transpose
_TURNS: dict[tuple[int, int, int, int], Turn | None] = {
    (1, 0, 0, 1): None,
    (-1, 0, 0, 1): Turn.FLIP_LEFT_RIGHT,
    (1, 0, 0, -1): Turn.FLIP_TOP_BOTTOM,
    (-1, 0, 0, -1): Turn.ROTATE_180,
    (0, 1, -1, 0): Turn.ROTATE_90,
    (0, -1, 1, 0): Turn.ROTATE_270,
    (0, 1, 1, 0): Turn.TRANSVERSE,
    (0, -1, -1, 0): Turn.TRANSPOSE,
}
"""What sets a picture upright, by the directions of its right and its upper side on the page."""

_PAGE_TURNS = {0: None, 90: Turn.ROTATE_270, 180: Turn.ROTATE_180, 270: Turn.ROTATE_90}


def is_pdf(data: bytes) -> bool:
    """Say whether the content, which is no picture's, is that of a PDF."""
    return b"%PDF-" in data[:_HEADER_WITHIN]


def page_sizes(data: bytes) -> tuple[tuple[int, int], ...]:
    """Return the size of every page's picture in pixels; PictureError if there are none."""
    with _opened(data) as document:
        return tuple(_size(document, index) for index in range(len(document)))


def page_image(data: bytes, index: int) -> Image.Image:
    """Return a page as an upright RGB picture; PictureError if it cannot be shown whole."""
    with _opened(data) as document, _page(document, index) as page:
        return _Sheet(page).image()


def page_jpeg(data: bytes, index: int) -> bytes | None:
    """Return the JPEG that a page shows upright and as it is, None if it shows anything else."""
    with _opened(data) as document, _page(document, index) as page:
        return _Sheet(page).jpeg()


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    """Yield the document; everything of it is closed before another thread uses PDFium."""
    with PDFIUM, _loaded(data) as document:
        yield document


@contextmanager
def _loaded(data: bytes) -> Iterator[Any]:
    import pypdfium2
    from pypdfium2 import raw

    _check_end(data)
    handle = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not handle:
        locked = raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise PictureError(SetAsideReason.ENCRYPTED if locked else SetAsideReason.DAMAGED, "PDF")
    with closing(pypdfium2.PdfDocument(handle)) as document:
        if not len(document):
            raise PictureError(SetAsideReason.NO_PAGES)
        if len(document) > MAX_PAGES:
            raise PictureError(SetAsideReason.TOO_MANY_PAGES, f"{len(document)} > {MAX_PAGES}")
        yield document


def _check_end(data: bytes) -> None:
    """Refuse a file that was cut: PDFium would make do with the pages that it finds."""
    if b"%%EOF" not in data.rstrip(b"\0\t\n\f\r ")[-_HEADER_WITHIN:]:
        raise PictureError(SetAsideReason.DAMAGED, "PDF without its end")


@contextmanager
def _page(document: Any, index: int) -> Iterator[Any]:
    if not 0 <= index < len(document):
        raise IndexError(index)
    try:
        with closing(document[index]) as page:
            yield page
    except PictureError:
        raise
    except Exception as broken:  # the binding too stumbles over what nobody expects in a PDF
        raise PictureError(SetAsideReason.DAMAGED, str(broken)) from broken


def _size(document: Any, index: int) -> tuple[int, int]:
    try:
        with _page(document, index) as page:
            return _Sheet(page).size
    except PictureError:  # said when the page is to be read
        return _A4_SIZE


@dataclass(frozen=True, slots=True)
class _Placed:
    """A picture on a page: its pixels, and where the page shows its corners and how turned."""

    object: Any
    width: int
    height: int
    matrix: tuple[float, float, float, float, float, float]

    @property
    def sides(self) -> tuple[float, float]:
        """Width and height on the page in points."""
        a, b, c, d, _, _ = self.matrix
        return math.hypot(a, b), math.hypot(c, d)

    @property
    def corners(self) -> list[tuple[float, float]]:
        """Two opposite corners in the page's own coordinates."""
        a, b, c, d, e, f = self.matrix
        return [(e, f), (a + c + e, b + d + f)]

    @property
    def directions(self) -> tuple[int, int, int, int]:
        """Where its right and its upper side point; (0, 0, 0, 0) if not along the page's edges."""
        a, b, c, d, _, _ = self.matrix
        wide, high = self.sides
        if not wide or not high:
            return 0, 0, 0, 0
        exact = (a / wide, b / wide, c / high, d / high)
        nearest = tuple(round(part) for part in exact)
        straight = all(abs(part - near) < 1e-3 for part, near in zip(exact, nearest, strict=True))
        return nearest if straight else (0, 0, 0, 0)  # type: ignore[return-value]

    @property
    def resolution(self) -> float:
        """Pixels a point, along the finer side."""
        wide, high = self.sides
        return max(self.width / wide if wide else 0.0, self.height / high if high else 0.0)


class _Sheet:
    """An open page."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._pictures: list[_Placed] = []
        self._has_more = False
        self._look()

    @property
    def size(self) -> tuple[int, int]:
        """The size of the page's picture in pixels."""
        own = self._own
        if own is None:
            width, height = self._page.get_size()
            scale = self._scale
            return max(1, math.ceil(width * scale)), max(1, math.ceil(height * scale))
        turned = own.directions[0] == 0
        if self._page.get_rotation() in (90, 270):
            turned = not turned
        return (own.height, own.width) if turned else (own.width, own.height)

    def image(self) -> Image.Image:
        """Return the page's picture."""
        self._check()
        own = self._own
        if own is None:
            return self._drawn(self._scale)[0]
        pixels = self._upright(own)
        return pixels if self._shows(own, pixels) else self._cut_out(own)

    def jpeg(self) -> bytes | None:
        """Return the JPEG that is the page's picture, if it needs no turning."""
        self._check()
        own = self._own
        if own is None or own.object.get_filters() != ["DCTDecode"]:
            return None
        data = bytes(own.object.get_data())
        with Image.open(io.BytesIO(data), formats=["JPEG"]) as opened:
            if opened.mode not in ("L", "RGB") or opened.getexif().get(0x0112, 1) != 1:
                return None
            alone = opened.convert("RGB")
        upright = alone.size == self.size and self._upright(own).size == alone.size
        return data if upright and self._shows(own, alone) else None

    # what lies on the page

    def _look(self) -> None:
        """Note the pictures, and whether anything else can be seen."""
        from pypdfium2 import raw

        self._has_more = raw.FPDFPage_GetAnnotCount(self._page) > 0
        for thing in self._page.get_objects():
            if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
                width, height = thing.get_px_size()
                self._pictures.append(_Placed(thing, width, height, _matrix(thing)))
            elif thing.type == raw.FPDF_PAGEOBJ_TEXT:  # scanners lay what they read, unseen, on top
                unseen = raw.FPDF_TEXTRENDERMODE_INVISIBLE
                self._has_more |= raw.FPDFTextObj_GetTextRenderMode(thing) != unseen
            elif thing.type != raw.FPDF_PAGEOBJ_FORM:  # whose parts are looked at one by one
                self._has_more = True

    @property
    def _own(self) -> _Placed | None:
        """The picture that the page consists of."""
        if self._has_more or len(self._pictures) != 1:
            return None
        (own,) = self._pictures
        return own if own.directions in _TURNS else None

    @property
    def _scale(self) -> float:
        """Pixels a point at which the page is drawn: what its main picture has, else RESOLUTION."""
        width, height = self._page.get_size()
        main = max(self._pictures, key=lambda p: p.sides[0] * p.sides[1], default=None)
        scale = RESOLUTION / _INCH
        if main and main.sides[0] * main.sides[1] > width * height / 2:
            scale = max(main.resolution, COARSEST / _INCH)
        pixels = math.ceil(width * scale) * math.ceil(height * scale)
        return scale if pixels <= MAX_PIXELS else scale * math.sqrt(MAX_PIXELS / pixels) * 0.999

    def _check(self) -> None:
        """Refuse pictures that are too large to be decoded, or not all there."""
        for picture in self._pictures:
            if picture.width * picture.height > MAX_PIXELS:
                pixels = f"{picture.width} x {picture.height}"
                raise PictureError(SetAsideReason.TOO_LARGE, pixels)
        for picture in self._pictures:
            if not _is_whole(picture):
                raise PictureError(SetAsideReason.DAMAGED, "picture in a PDF")

    # pixels

    def _upright(self, own: _Placed) -> Image.Image:
        """Return the picture's own pixels as the page turns them."""
        image: Image.Image = own.object.get_bitmap().to_pil().convert("RGB")  # a copy
        for turn in (_TURNS[own.directions], _PAGE_TURNS[self._page.get_rotation()]):
            image = image if turn is None else image.transpose(turn)
        return image

    def _shows(self, own: _Placed, pixels: Image.Image) -> bool:
        """Say whether the page, drawn small, looks like the picture."""
        drawn, place = self._drawn(own.resolution / 4, own)
        small = (max(1, pixels.width // _BLOCK), max(1, pixels.height // _BLOCK))
        seen = drawn.crop(place).resize(small, Image.Resampling.BOX)
        known = pixels.resize(small, Image.Resampling.BOX)
        difference = np.abs(np.asarray(seen, np.int16) - np.asarray(known, np.int16))
        return bool(difference.max() <= _LOOKS_ALIKE)

    def _cut_out(self, own: _Placed) -> Image.Image:
        """Return the part of the drawn page where the picture lies, in the picture's size."""
        drawn, place = self._drawn(own.resolution, own)
        return drawn.crop(place).resize(self.size, Image.Resampling.BICUBIC)

    def _drawn(
        self, scale: float, own: _Placed | None = None
    ) -> tuple[Image.Image, tuple[int, int, int, int]]:
        """Return the page drawn on white, and where *own* lies on it."""
        width, height = self._page.get_size()
        most = math.sqrt(MAX_PIXELS / max(1.0, width * height))
        scale = min(scale, most)
        with closing(self._page.render(scale=scale, rev_byteorder=True)) as bitmap:
            image = bitmap.to_pil().convert("RGB")  # a copy: the bitmap's memory goes
            if own is None:
                return image, (0, 0, *image.size)
            convert = bitmap.get_posconv(self._page)
            (x0, y0), (x1, y1) = (convert.to_bitmap(*corner) for corner in own.corners)
        left, right = sorted((x0, x1))
        top, bottom = sorted((y0, y1))
        return image, (left, top, max(right, left + 1), max(bottom, top + 1))


def _matrix(thing: Any) -> tuple[float, float, float, float, float, float]:
    """Return what carries the unit square to the page, through all forms that hold the picture."""
    matrix = thing.get_matrix()
    while (thing := thing.container) is not None:
        matrix = matrix.multiply(thing.get_matrix())
    a, b, c, d, e, f = matrix.get()
    return a, b, c, d, e, f


def _is_whole(picture: _Placed) -> bool:
    """Say whether all of a picture's pixels are there, as far as its packing tells.

    PDFium shows what there is of a cut stream and leaves the rest blank.
    """
    filters = picture.object.get_filters()
    if filters == ["DCTDecode"]:
        return _decodes(bytes(picture.object.get_data()))
    if filters == ["FlateDecode"]:
        return _unpacks(bytes(picture.object.get_data()))
    return True


def _decodes(jpeg: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as opened:
            opened.load()
    except Exception:  # noqa: BLE001 - decoders raise whatever they stumble over
        return False
    return True


_UNPACKED_AT_ONCE = 2**20


def _unpacks(packed: bytes) -> bool:
    """Say whether a zlib stream goes on to its end, and fits its checksum if it has one."""
    unpacker = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    rest, checksum = packed[2:], 1
    try:
        while rest and not unpacker.eof:
            checksum = zlib.adler32(unpacker.decompress(rest, _UNPACKED_AT_ONCE), checksum)
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return False
    told = unpacker.unused_data[:4]
    return unpacker.eof and (len(told) < 4 or int.from_bytes(told, "big") == checksum)
