"""Decode picture files safely: what kind they are, when they were taken, their pixels.

Phones and chat apps give files wrong names, so only the content counts. A file is refused rather
than shown in part: half a picture would be half the evidence.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import struct
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from smsdesk.domain.errors import PictureError, SetAsideReason
from smsdesk.domain.times import CHINA

MAX_PIXELS = 89_000_000
"""More pixels than this are refused before decoding (268 MB as RGB).

A scroll of 82,000 rows of a 1080-wide phone fits. Pillow's own bomb warning starts just above.
"""

_FORMATS = ("PNG", "JPEG", "MPO", "WEBP", "HEIF", "AVIF", "GIF", "BMP", "TIFF")
"""Formats of screenshots, photos and scans. Never PostScript: Pillow would run a program for it."""

_MEDIA_TYPES = {"MPO": "image/jpeg", "HEIF": "image/heif"}

_EXIF_FOLDER = 0x8769
_TIME_TAGS = (  # (in the Exif folder?, the time, its offset from UTC), the surest first
    (True, 0x9003, 0x9011),
    (False, 0x0132, 0x9010),
)

_BROKEN_EXIF = (
    ArithmeticError,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)
"""What Pillow raises over EXIF blocks that other programs cut or wrote wrongly."""

_decoding = threading.Lock()
"""Warning filters belong to the whole process, so decoding (a few percent of reading) queues."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded picture: `image` is RGB and upright, as `width` and `height` are.

    `media_type` is what the content is, whatever the file name says; `exif_time` is aware.
    """

    image: Image.Image
    media_type: str
    exif_time: dt.datetime | None
    width: int
    height: int


def load_picture(data: bytes) -> Picture:
    """Return the first frame of an encoded picture; PictureError says why it cannot be used."""
    if not data:
        raise PictureError(SetAsideReason.EMPTY)
    with _decoding, _no_warnings():
        _check_integrity(data)
        with _open(data) as opened:
            media_type = _MEDIA_TYPES.get(opened.format or "", Image.MIME[opened.format or ""])
            image = _decode(opened)
            exif_time = _exif_time(opened)
    return Picture(image, media_type, exif_time, image.width, image.height)


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
    if opened.width * opened.height > MAX_PIXELS:
        raise PictureError(SetAsideReason.TOO_LARGE, f"{opened.width} x {opened.height}")
    return opened


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


def _unknown_reason(data: bytes) -> SetAsideReason:
    """Tell a picture with a ruined header from a file that never was one."""
    is_picture = _SIGNATURES.match(data) is not None
    return SetAsideReason.DAMAGED if is_picture else SetAsideReason.NOT_A_PICTURE


def _check_integrity(data: bytes) -> None:
    """Check what decoders skip; PictureError if the file is damaged."""
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


def _decode(opened: Image.Image) -> Image.Image:
    """Return the upright RGB pixels of the first frame."""
    try:
        opened.load()
        upright = _upright(opened)
        return _on_white(_eight_bit(upright))
    except Exception as broken:  # decoders raise whatever they stumble over
        raise PictureError(SetAsideReason.DAMAGED, str(broken)) from broken


def _upright(image: Image.Image) -> Image.Image:
    """Turn the picture as its EXIF orientation says; a broken EXIF block turns nothing."""
    try:
        return ImageOps.exif_transpose(image)
    except _BROKEN_EXIF:  # the pixels are sound, and they are what is to be read
        return image


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


def _exif_time(image: Image.Image) -> dt.datetime | None:
    """Return when the picture was taken, or None where EXIF does not tell (or is broken)."""
    try:
        exif = image.getexif()
        details = exif.get_ifd(_EXIF_FOLDER)
    except _BROKEN_EXIF:
        return None
    for in_folder, time_tag, offset_tag in _TIME_TAGS:
        found = (details if in_folder else exif).get(time_tag)
        moment = _moment(found, details.get(offset_tag))
        if moment:
            return moment
    return None


def _moment(time: object, offset: object) -> dt.datetime | None:
    """Read EXIF's "2026:01:12 21:34:55" and "+08:00"; without an offset it is China's clock."""
    match = re.match(r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)", str(time or ""))
    if not match:
        return None
    year, month, day, hour, minute, second = (int(part) for part in match.groups())
    try:
        return dt.datetime(year, month, day, hour, minute, second, tzinfo=_zone(offset))
    except ValueError:  # cameras without a clock write 0000:00:00
        return None


def _zone(offset: object) -> dt.timezone:
    match = re.match(r"([+-])([01]\d):([0-5]\d)", str(offset or ""))
    if not match:
        return CHINA
    shift = dt.timedelta(hours=int(match[2]), minutes=int(match[3]))
    return dt.timezone(-shift if match[1] == "-" else shift)
