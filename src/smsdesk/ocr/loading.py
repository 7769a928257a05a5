"""Decode picture files safely: what kind they are, when they were taken, their pixels.

Phones and chat apps give files wrong names, so only the content counts. A picture is refused rather
than shown in part: half a picture would be half the evidence. A file may hold several: a PDF, or a
TIFF of several pages; one page is decoded at a time. Of a moving picture the first frame counts,
and of a camera's pair (MPO) the first: the others show the same moment.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image, TiffImagePlugin, UnidentifiedImageError

from smsdesk.domain.errors import PictureError, SetAsideReason
from smsdesk.ocr import pdf
from smsdesk.ocr.exif import exif_time, upright
from smsdesk.ocr.limits import MAX_PAGES, MAX_PIXELS

_FORMATS = ("PNG", "JPEG", "MPO", "WEBP", "HEIF", "AVIF", "GIF", "BMP", "TIFF")
"""Formats of screenshots, photos and scans. Never PostScript: Pillow would run a program for it."""

_MEDIA_TYPES = {"MPO": "image/jpeg", "HEIF": "image/heif"}

_decoding = threading.Lock()
"""Warning filters belong to the whole process, so decoding (a few percent of reading) queues."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded picture: `image` is RGB and upright, as `width` and `height` are.

    `media_type` is what the content is, whatever the file name says; `exif_time` is aware, and
    None for pages of documents. `page` counts from 0.
    """

    image: Image.Image
    media_type: str
    exif_time: dt.datetime | None
    width: int
    height: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was put together from pictures taken before: a PDF, a TIFF of several pages.

    `page_sizes` are (width, height) in pixels, upright. Its own times are not those of the
    pictures.
    """

    media_type: str
    page_sizes: tuple[tuple[int, int], ...]


def as_document(data: bytes) -> Document | None:
    """Return what a file holds if it is a document, None for a single picture.

    No pixel is decoded: each page shows that it is whole when it is loaded, since one that is
    damaged says nothing against the others. PictureError says why the file cannot be used.
    """
    with _decoding, _no_warnings():
        if _is_pdf(data):
            return Document(pdf.MEDIA_TYPE, pdf.page_sizes(data))
        if not data:
            raise PictureError(SetAsideReason.EMPTY)
        with _open(data) as opened:
            frames = _frames(opened)
            if len(frames) == 1:
                return None
            return Document(_media_type(opened), tuple(_size_of(opened, f) for f in frames))


def load_picture(data: bytes, page: int = 0) -> Picture:
    """Return one page of a file, decoded; PictureError says why it cannot be used.

    IndexError if the file has no such page.
    """
    with _decoding, _no_warnings():
        if _is_pdf(data):
            image = pdf.page_image(data, page)
            return Picture(image, pdf.MEDIA_TYPE, None, image.width, image.height, page)
        _check_integrity(data)
        with _open(data) as opened:
            frames = _frames(opened)
            picture = _picture(opened, frames[page])
    return picture if len(frames) == 1 else replace(picture, exif_time=None, page=page)


def taken_at(data: bytes) -> dt.datetime | None:
    """Return the moment in a picture's EXIF, None for documents and for pictures without.

    PictureError if the file cannot be used.
    """
    with _decoding, _no_warnings():
        if _is_pdf(data):
            return None
        _check_integrity(data)
        with _open(data) as opened:
            try:
                return exif_time(opened) if len(_frames(opened)) == 1 else None
            except PictureError:
                raise
            except Exception as broken:  # see _open
                raise PictureError(SetAsideReason.DAMAGED, str(broken)) from broken


def page_jpeg(data: bytes, page: int) -> bytes | None:
    """Return the JPEG that a PDF's page shows upright and as it is, None if it is none.

    PictureError if the page cannot be used.
    """
    with _decoding, _no_warnings():
        return pdf.page_jpeg(data, page) if _is_pdf(data) else None


@contextmanager
def _no_warnings() -> Iterator[None]:
    """Turn Pillow's remarks on odd files off, and its warning of bombs into an exception."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _open(data: bytes) -> Image.Image:
    """Parse the header only; no pixel is decoded yet."""
    try:
        opened = Image.open(io.BytesIO(data), formats=_formats())
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise PictureError(SetAsideReason.TOO_LARGE, str(bomb)) from bomb
    except UnidentifiedImageError as unknown:
        raise PictureError(_unknown_reason(data), str(unknown)) from unknown
    except Exception as broken:  # decoders raise whatever a broken header makes them stumble over
        raise PictureError(SetAsideReason.DAMAGED, str(broken)) from broken
    _check_pixels(opened)
    return opened


def _check_pixels(opened: Image.Image) -> None:
    if opened.width * opened.height > MAX_PIXELS:
        raise PictureError(SetAsideReason.TOO_LARGE, f"{opened.width} x {opened.height}")


def _formats() -> list[str]:
    """Return the formats of the list that this Pillow can decode."""
    from pi_heif import register_heif_opener

    Image.init()
    register_heif_opener(thumbnails=False)
    return [name for name in _FORMATS if name in Image.OPEN]


_SIGNATURES = re.compile(
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|RIFF....WEBP|....ftyp(?:hei|hev|mif|msf|avi)|GIF8[79]a"
    rb"|BM|II\*\0|MM\0\*",
    re.DOTALL,
)


def _is_pdf(data: bytes) -> bool:
    return _SIGNATURES.match(data) is None and pdf.is_pdf(data)


def _unknown_reason(data: bytes) -> SetAsideReason:
    """Tell a picture with a ruined header from a file that never was one."""
    is_picture = _SIGNATURES.match(data) is not None
    return SetAsideReason.DAMAGED if is_picture else SetAsideReason.NOT_A_PICTURE


def _check_integrity(data: bytes) -> None:
    """Check what decoders skip; PictureError if the file is empty or damaged."""
    if not data:
        raise PictureError(SetAsideReason.EMPTY)
    if data.startswith(b"\x89PNG"):
        _check_png(data)
    elif data[4:8] == b"ftyp":
        _check_item_names(data)


def _check_png(data: bytes) -> None:
    """Check the checksums, which tell lost or altered picture data."""
    with _open(data) as image:
        try:
            image.verify()
        except Exception as broken:  # see _open
            raise PictureError(SetAsideReason.DAMAGED, str(broken)) from broken


_ITEM = re.compile(rb"(....)infe(?:\x02.{7}|\x03.{9})", re.DOTALL)
"""The head of a HEIF item: size of the box, its kind, version, flags, item number, protection."""


def _check_item_names(data: bytes) -> None:
    """Check that types and names of HEIF items are text.

    WORKAROUND: pi_heif 1.4 takes them unseen and ends the whole program (null pointer) if not.
    """
    for item in _ITEM.finditer(data):
        end = item.start() + int.from_bytes(item[1], "big")
        try:
            data[item.end() : end].decode()
        except UnicodeDecodeError as broken:
            raise PictureError(SetAsideReason.DAMAGED, "HEIF item") from broken


_SUBFILE_TYPE = 254
_NO_PAGE = 0b101
"""Bits of a TIFF's subfile type: a smaller copy of another page, a mask for one."""


def _frames(opened: Image.Image) -> list[int]:
    """Return which frames are pages of their own: of most formats the first alone."""
    if not isinstance(opened, TiffImagePlugin.TiffImageFile):
        return [0]
    try:
        count = opened.n_frames
        frames = [n for n in range(min(count, MAX_PAGES + 1)) if _is_page(opened, n)]
    except Exception as broken:  # see _open
        raise PictureError(SetAsideReason.DAMAGED, str(broken)) from broken
    if len(frames) > MAX_PAGES:
        raise PictureError(SetAsideReason.TOO_MANY_PAGES, f"{count} > {MAX_PAGES}")
    return frames or [0]


def _is_page(opened: TiffImagePlugin.TiffImageFile, frame: int) -> bool:
    opened.seek(frame)
    return not opened.tag_v2.get(_SUBFILE_TYPE, 0) & _NO_PAGE


def _size_of(opened: Image.Image, frame: int) -> tuple[int, int]:
    """Return the upright size of a frame, as Pillow tells it of a TIFF."""
    opened.seek(frame)
    return opened.size


def _media_type(opened: Image.Image) -> str:
    return _MEDIA_TYPES.get(opened.format or "", Image.MIME[opened.format or ""])


def _picture(opened: Image.Image, frame: int) -> Picture:
    """Return a frame with its upright RGB pixels."""
    try:
        opened.seek(frame)
        _check_pixels(opened)
        opened.load()
        taken = exif_time(opened)
        image = _on_white(_eight_bit(upright(opened)))
    except PictureError:
        raise
    except Exception as broken:  # decoders raise whatever they stumble over
        raise PictureError(SetAsideReason.DAMAGED, str(broken)) from broken
    return Picture(image, _media_type(opened), taken, image.width, image.height)


def _eight_bit(image: Image.Image) -> Image.Image:
    """Bring the deep grey modes, which Pillow would clip at 255, to 8 bits."""
    if not image.mode.startswith(("I", "F")):
        return image
    values = np.asarray(image, dtype=np.float64)
    top = (1.0 if values.max(initial=0) <= 1 else 255.0) if image.mode == "F" else 65535.0
    return Image.fromarray((values.clip(0, top) * (255 / top)).round().astype(np.uint8))


def _on_white(image: Image.Image) -> Image.Image:
    """Return RGB; what is transparent becomes white, as a viewer would show it on paper."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    rgba = image.convert("RGBA")
    white = Image.new("RGBA", rgba.size, "white")
    return Image.alpha_composite(white, rgba).convert("RGB")
