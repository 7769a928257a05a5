"""The moment at which a screenshot was taken, from all that tells of it."""

from __future__ import annotations

import datetime as dt
import re

from smsdesk.domain.moments import CHINA, CaptureMoment, CaptureSource, in_china
from smsdesk.domain.time_labels import parse_label

_DAY_MINUTES = 24 * 60

_NAMED_MOMENT = re.compile(
    r"(?P<utc>PXL_)?(?<!\d)(?P<year>20\d\d)[-_.年]?(?P<month>\d\d)[-_.月]?(?P<day>\d\d)日?"
    r"(?:[-_.T\s]|at){0,6}(?P<period>上午|下午|[AP]M)?\s?"
    r"(?P<hour>\d\d|\d(?=[.:：时]))[-_.:：时]?(?P<minute>\d\d)[-_.:：分]?(?P<second>\d\d)秒?"
    r"(?:[-_.]?\d{3})?(?!\d)(?:\s?(?P<after>[AP]M)\b)?",
    re.IGNORECASE,
)
"""Date and clock in local time, as all phones name their screenshots; Pixel photos in UTC."""

_SAVED_FROM_CHAT = re.compile(r"mmexport|微信图片|QQ图片|WeChat[ _]?Image", re.IGNORECASE)
_HALF_DAY_CLOCK = re.compile(r"(?:[1-9]|1[0-2])\D\d\d")
_EPOCH = re.compile(r"(?<!\d)(?P<milliseconds>1\d{12})(?!\d)")
_EPOCH_NAME = re.compile(r"mmexport|wx_camera|Screenshot", re.IGNORECASE)


def capture_from_name(file_name: str) -> dt.datetime | None:
    """Return the moment of the screenshot as its file name tells it, in China time.

    A name that a chat program gave when the picture was saved from a chat (mmexport…, 微信图片_…,
    QQ图片…) tells the moment of saving, not of the screenshot: None. Nor do names without a clock
    (截屏2025-10-19), or with one digit for the year (S51019-234102), tell enough.
    """
    return None if _SAVED_FROM_CHAT.search(file_name) else _moment_in(file_name)


def saved_from_name(file_name: str) -> dt.datetime | None:
    """Return the moment at which a chat program saved the picture, if the name tells it."""
    return _moment_in(file_name) if _SAVED_FROM_CHAT.search(file_name) else None


def capture_moment(
    file_name: str,
    exif_time: dt.datetime | None,
    file_time: dt.datetime | None,
    typed: dt.datetime | None,
) -> CaptureMoment:
    """Return the surest moment known: a person's, EXIF, the file name's, else the file's own time.

    The last is only the earliest moment at which the file is known to have been there: its file
    time, or the moment of saving that a chat program wrote into the name, which copying does not
    change. Clocks that were never set (1970, 1980) count as no time. Naive times are taken to be
    China time, the only one EXIF of Chinese phones can mean.
    """
    existed = [_plausible(t) for t in (file_time, saved_from_name(file_name))]
    known = (
        (typed, CaptureSource.PERSON),
        (_plausible(exif_time), CaptureSource.EXIF),
        (capture_from_name(file_name), CaptureSource.FILE_NAME),
        (min((t for t in existed if t), default=None), CaptureSource.FILE_TIME),
    )
    for at, source in known:
        if at is not None:
            return CaptureMoment(in_china(at), source)
    return CaptureMoment(None, CaptureSource.UNKNOWN)


def document_moment(typed: dt.datetime | None) -> CaptureMoment:
    """Return the moment of screenshots in a PDF or a TIFF of several pages: a person's, or none.

    The name and the times of such a file tell when it was put together or scanned. That may be
    months after the screenshots were taken, so no 昨天 may be reckoned from it.
    """
    return capture_moment("", None, None, typed)


def clock_agrees(status_bar_clock: str | None, captured: CaptureMoment) -> bool | None:
    """Return whether the status bar's clock fits the capture moment; None if either is unknown.

    Two minutes either way are allowed: a file is named and stored after the picture was taken,
    and a long screenshot takes its time. A 12-hour clock ("2:23") fits both halves of the day.
    """
    parsed = parse_label(status_bar_clock) if status_bar_clock else None
    if status_bar_clock is None or parsed is None or parsed.clock is None or captured.at is None:
        return None
    local = in_china(captured.at)
    off = abs(parsed.clock - (local.hour * 60 + local.minute))
    turns = [0, _DAY_MINUTES]
    if _HALF_DAY_CLOCK.fullmatch(status_bar_clock.strip()):
        turns.append(_DAY_MINUTES // 2)
    return any(abs(off - turn) <= 2 for turn in turns)


def _moment_in(file_name: str) -> dt.datetime | None:
    moments = (_named_moment(match) for match in _NAMED_MOMENT.finditer(file_name))
    found = next((moment for moment in moments if moment), None)
    if found is None and _EPOCH_NAME.search(file_name) and (match := _EPOCH.search(file_name)):
        found = dt.datetime.fromtimestamp(int(match["milliseconds"]) // 1000, CHINA)
    return _plausible(found)


def _named_moment(match: re.Match[str]) -> dt.datetime | None:
    hour = int(match["hour"])
    period = (match["period"] or match["after"] or "").upper()
    if period in ("下午", "PM"):
        hour = hour % 12 + 12
    elif period:
        hour %= 12
    try:
        date = dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
        clock = dt.time(hour, int(match["minute"]), int(match["second"]))
        zone = dt.UTC if match["utc"] else CHINA
        return dt.datetime.combine(date, clock, zone).astimezone(CHINA)
    except ValueError:  # digits that are no moment: an order number, 20251340
        return None


def _plausible(moment: dt.datetime | None) -> dt.datetime | None:
    """Drop moments before there were phones to take screenshots with: clocks that were not set."""
    return moment if moment and 2007 <= moment.year < 2100 else None
