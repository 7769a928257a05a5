"""The moment at which a screenshot was taken, from all that tells of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from smsdesk.domain.moments import CHINA, CLOCK_SLACK, CaptureMoment, CaptureSource, in_china
from smsdesk.domain.screens import StatusBar
from smsdesk.domain.time_labels import parse_label

_DAY_MINUTES = 24 * 60
_MINUTE = dt.timedelta(minutes=1)

CLOCK_AHEAD = 2
"""Minutes that a status bar's clock may be ahead: cut off, rounded, or of a server's time."""

CLOCK_LAG = 5
"""Minutes that it may lag behind the file: scrolling a long conversation, joining it, saving."""

CLOCK_SURE = 0.9
"""An engine less sure than this of any character has not read a clock that contradicts."""


class Contradiction(StrEnum):
    """What a picture says against the moment that is known of it."""

    CLOCK = "clock"
    LABEL = "label"


_NAMED_MOMENT = re.compile(
    r"(?P<utc>PXL_)?(?<!\d)(?P<year>20\d\d)[-_.年]?(?P<month>\d\d)[-_.月]?(?P<day>\d\d)日?"
    r"(?:[-_.T\s]|at){0,6}(?P<period>上午|下午|[AP]M)?\s?"
    r"(?P<hour>\d\d|\d(?=[.:：时]))[-_.:：时]?(?P<minute>\d\d)[-_.:：分]?(?P<second>\d\d)秒?"
    r"(?:[-_.]?\d{3})?(?!\d)(?:\s?(?P<after>[AP]M)\b)?",
    re.IGNORECASE,
)
"""Date and clock in local time, as all phones name their screenshots; Pixel photos in UTC."""

_SAVED_FROM_CHAT = re.compile(
    r"mmexport|微信图片|QQ图片|钉钉图片|(?:WeChat|WhatsApp)[ _]?Image|^photo_\d|^signal-\d",
    re.IGNORECASE,
)
_EPOCH_SECONDS = re.compile(r"Screenshot[-_ ]?(?P<seconds>1\d{9})(?!\d)", re.IGNORECASE)
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


def tells_moment(file_name: str, exif_time: dt.datetime | None) -> bool:
    """Return whether a screenshot says itself when it was taken: by EXIF or by its name."""
    told = capture_moment(file_name, exif_time, None, None).source
    return told in (CaptureSource.EXIF, CaptureSource.FILE_NAME)


def document_moment(typed: dt.datetime | None) -> CaptureMoment:
    """Return the moment of screenshots in a PDF or a TIFF of several pages: a person's, or none.

    The name and the times of such a file tell when it was put together or scanned. That may be
    months after the screenshots were taken, so no 昨天 may be reckoned from it.
    """
    return capture_moment("", None, None, typed)


def clock_agrees(status_bar: StatusBar, captured: CaptureMoment) -> bool | None:
    """Return whether the status bar's clock fits the capture moment; None if that cannot be said.

    The clock may lag: a long screenshot shows it as it was before scrolling, and files are stored
    after that. It may hardly be ahead. A 12-hour clock ("2:23") fits both halves of the day. A
    clock that the engine was not sure of contradicts nothing.
    """
    clock = (status_bar.time or "").strip()
    parsed = parse_label(clock) if clock else None
    if parsed is None or not parsed.is_bare_clock or parsed.clock is None or captured.at is None:
        return None
    if status_bar.confidence < CLOCK_SURE:
        return None
    local = in_china(captured.at)
    turn = _DAY_MINUTES // 2 if _HALF_DAY_CLOCK.fullmatch(clock) else _DAY_MINUTES
    lag = (local.hour * 60 + local.minute - parsed.clock + CLOCK_AHEAD) % turn
    return lag <= CLOCK_AHEAD + CLOCK_LAG


def contradictions(
    captured: CaptureMoment, status_bar: StatusBar, labels: Iterable[str | None]
) -> tuple[Contradiction, ...]:
    """Return what the picture itself says against *captured*, the moment that is known of it.

    *labels* are the time labels drawn for its messages.
    """
    found = []
    if clock_agrees(status_bar, captured) is False:
        found.append(Contradiction.CLOCK)
    if any(lies_after(label, captured) for label in labels):
        found.append(Contradiction.LABEL)
    return tuple(found)


def lies_after(label: str | None, captured: CaptureMoment) -> bool:
    """Say whether *label* names a moment later than the screenshot.

    Only a full date, or a clock of 今天, can: other labels are of the last day that they fit.
    """
    parsed = parse_label(label) if label else None
    if parsed is None or captured.at is None:
        return False
    seen = in_china(captured.at).replace(second=0, microsecond=0)
    if parsed.year:
        try:
            day = dt.datetime(parsed.year, parsed.month or 1, parsed.day or 1, tzinfo=CHINA)
        except ValueError:  # February 30
            return False
    elif parsed.back == 0 and parsed.clock is not None:
        day = seen.replace(hour=0, minute=0)
    else:
        return False
    return day + (parsed.clock or 0) * _MINUTE > seen + CLOCK_SLACK


def dating_moment(
    captured: CaptureMoment, status_bar: StatusBar, labels: Iterable[str | None]
) -> CaptureMoment:
    """Return *captured* as the day of messages may be reckoned from it.

    A moment that the picture contradicts was given to the file later, by a copy or a program: it
    vouches for no day. A person's word does: a person may give one moment for many screenshots.
    """
    if captured.source is CaptureSource.PERSON:
        return captured
    return replace(captured, vouches=not contradictions(captured, status_bar, labels))


def _moment_in(file_name: str) -> dt.datetime | None:
    moments = (_named_moment(match) for match in _NAMED_MOMENT.finditer(file_name))
    found = next((moment for moment in moments if moment), None)
    if found is None and _EPOCH_NAME.search(file_name) and (match := _EPOCH.search(file_name)):
        found = dt.datetime.fromtimestamp(int(match["milliseconds"]) // 1000, CHINA)
    elif found is None and (match := _EPOCH_SECONDS.search(file_name)):
        found = dt.datetime.fromtimestamp(int(match["seconds"]), CHINA)
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
