"""Decode originals for the picture view: in strips and in three sizes, off the GUI thread."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

from smsdesk.domain.cases import Page
from smsdesk.services.reading import upright

STRIP = 2048
"""Rows of one strip. A scroll of 50,000 rows is drawn strip by strip, so only what shows costs."""

SCALES = (1.0, 0.5, 0.25)
"""Sizes kept of each strip: drawing small from a smaller one is smooth text instead of jags."""

ALLOCATION_MB = 512
"""The largest decoded picture; Qt's own limit of 256 MB refuses long scrolls that we imported."""

CACHE_BYTES = 400_000_000
"""Decoded pictures kept: some twenty-five screens of a phone, or one very long scroll."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A part of the picture from row `top` on; `image` may be of a smaller size."""

    top: int
    height: int
    image: QImage


@dataclass(frozen=True, slots=True)
class DecodedPicture:
    """An upright picture of `width` by `height` pixels; `levels` maps a scale to its strips."""

    page: Page
    width: int
    height: int
    levels: tuple[tuple[float, tuple[Strip, ...]], ...]

    @property
    def size_in_bytes(self) -> int:
        """How much memory the strips take."""
        return sum(s.image.sizeInBytes() for _, strips in self.levels for s in strips)


def decode(page: Page, data: bytes) -> DecodedPicture:
    """Return a page of the file *data* decoded; PictureError if it cannot be."""
    image = QImage() if page.index else _read_by_qt(data)
    if (image.width(), image.height()) != (page.width, page.height):
        # HEIC, pages of documents, and whatever Qt sees in another way
        image = _read_as_the_engine_does(data, page.index)
    strips = tuple(_cut(image))
    levels = tuple((scale, tuple(_scaled(strip, scale) for strip in strips)) for scale in SCALES)
    return DecodedPicture(page, image.width(), image.height(), levels)


def _read_by_qt(data: bytes) -> QImage:
    """Return the picture as Qt reads it, a null image if it cannot."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    if not reader.canRead():
        return QImage()
    return _on_white(reader.read())


def _on_white(image: QImage) -> QImage:
    if not image.hasAlphaChannel():
        return image.convertToFormat(QImage.Format.Format_RGB32)
    plain = QImage(image.size(), QImage.Format.Format_RGB32)
    plain.fill(Qt.GlobalColor.white)
    painter = QPainter(plain)
    painter.drawImage(0, 0, image)
    painter.end()
    return plain


def _read_as_the_engine_does(data: bytes, page: int) -> QImage:
    picture = upright(data, page)
    pixels = picture.tobytes()
    stride = 3 * picture.width
    shared = QImage(pixels, picture.width, picture.height, stride, QImage.Format.Format_RGB888)
    return shared.convertToFormat(QImage.Format.Format_RGB32)  # a copy: `pixels` may go


def _cut(image: QImage) -> list[Strip]:
    heights = [(top, min(STRIP, image.height() - top)) for top in range(0, image.height(), STRIP)]
    return [Strip(top, high, image.copy(0, top, image.width(), high)) for top, high in heights]


def _scaled(strip: Strip, scale: float) -> Strip:
    if scale == 1.0:
        return strip
    width = max(1, round(strip.image.width() * scale))
    height = max(1, round(strip.height * scale))
    smooth = Qt.TransformationMode.SmoothTransformation
    keep = Qt.AspectRatioMode.IgnoreAspectRatio
    return Strip(strip.top, strip.height, strip.image.scaled(width, height, keep, smooth))


class PictureCache:
    """The pictures decoded last, within CACHE_BYTES; used on the GUI thread only."""

    def __init__(self) -> None:
        self._pictures: OrderedDict[Page, DecodedPicture] = OrderedDict()

    def get(self, page: Page) -> DecodedPicture | None:
        """Return a picture that is still there."""
        if page in self._pictures:
            self._pictures.move_to_end(page)
        return self._pictures.get(page)

    def put(self, picture: DecodedPicture) -> None:
        """Keep *picture*; the ones not looked at for longest go."""
        self._pictures[picture.page] = picture
        self._pictures.move_to_end(picture.page)
        while len(self._pictures) > 1 and self._total() > CACHE_BYTES:
            self._pictures.popitem(last=False)

    def clear(self) -> None:
        """Forget all pictures."""
        self._pictures.clear()

    def _total(self) -> int:
        return sum(picture.size_in_bytes for picture in self._pictures.values())


def raise_allocation_limit() -> None:
    """Let Qt decode long scrolls; called once at start."""
    QImageReader.setAllocationLimit(ALLOCATION_MB)
