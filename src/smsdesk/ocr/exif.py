"""What EXIF tells of a picture, as far as cameras and chat programs left it readable."""

from __future__ import annotations

import datetime as dt
import re
import struct

from PIL import Image, ImageOps

from smsdesk.domain.times import CHINA

_EXIF_FOLDER = 0x8769
_TIME_TAGS = (  # (in the Exif folder?, the time, its offset from UTC), the surest first
    (True, 0x9003, 0x9011),
    (False, 0x0132, 0x9010),
)

_BROKEN = (
    ArithmeticError,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)
"""What Pillow raises over EXIF blocks that other programs cut or wrote wrongly."""


def upright(image: Image.Image) -> Image.Image:
    """Turn the picture as its EXIF orientation says; a broken EXIF block turns nothing."""
    try:
        return ImageOps.exif_transpose(image)
    except _BROKEN:  # the pixels are sound, and they are what is to be read
        return image


def exif_time(image: Image.Image) -> dt.datetime | None:
    """Return when the picture was taken, or None where EXIF does not tell (or is broken)."""
    try:
        exif = image.getexif()
        details = exif.get_ifd(_EXIF_FOLDER)
    except _BROKEN:
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
