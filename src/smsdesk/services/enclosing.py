"""Which screenshots go with a letter, under which numbers, within which size."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PIL import Image

from smsdesk.domain.cases import Original
from smsdesk.domain.errors import ExportMismatch, PictureError
from smsdesk.domain.geometry import Box
from smsdesk.domain.messages import Message
from smsdesk.report.content import CourtFile
from smsdesk.report.instructions import Enclosed, LeftOut, megabytes
from smsdesk.report.labels import shown_labels
from smsdesk.report.phrases import ranges
from smsdesk.services.jobs import Task
from smsdesk.services.listing import original_bytes
from smsdesk.services.reading import upright
from smsdesk.storage.case_file import CaseFile

MB = 1_000_000
"""Bytes: what fits then fits by the larger megabyte of 1,048,576 bytes too."""
_SHRUNK_WIDTH = 1080
"""Pixels across the short side: as wide as most phones' own screens, so that text stays legible."""
_SHRUNK_QUALITY = 80
"""JPEG: text of a screenshot shows no smear yet; below 70 it does."""
_SCREEN = 2.2
"""Height of a screen by its width: of the longest phones in use."""
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\ud800-\udfff]+')
"""What Windows does not allow in file names, and what no ZIP can hold."""
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes that all screenshots together, and one of them, may have; None: any.

    `shrink`: a person chose that smaller copies go where the originals do not fit.
    """

    total: int | None = None
    single: int | None = None
    shrink: bool = False


@dataclass(frozen=True, slots=True)
class Enclosures:
    """What goes with a letter; what does not, and why."""

    enclosed: tuple[Enclosed, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def shown_on(self) -> dict[int, str]:
        """Return for each original enclosed the name it has (附件03)."""
        return {one.original.id: one.name for one in self.enclosed}


def enclose(case: CaseFile, court: CourtFile, limits: Limits, task: Task) -> Enclosures:
    """Choose the screenshots: those with confirmed labels first, then with proposed ones.

    All go as they are if they fit. If they do not and *limits* say so, pictures go as smaller
    copies. A copy of a screenshot that is there already is left out.
    """
    shows = _shows(court)
    wanted = [o for o in court.originals if o.id in shows]
    there = {original.id for original in wanted}
    copies = [o for o in wanted if o.copy_of in there]
    ordered = _by_weight([o for o in wanted if o not in copies], shows)
    sizes = {original.id: original.size for original in ordered}
    shrunk = _shrunk(case, ordered, limits, task) if limits.shrink else {}
    sizes |= shrunk
    chosen, reasons = _fit(ordered, sizes, limits)
    numbers = {m.id: court.numbers.get(m.id, m.id) for m in court.messages}
    told = {key: ranges([numbers[m.id] for m in found]) for key, found in shows.items()}
    enclosed = _named([o for o in wanted if o.id in chosen], shrunk, told)
    left = [LeftOut(o, told[o.id], reasons[o.id]) for o in ordered if o.id in reasons]
    left += [LeftOut(o, told[o.id], "与另一件截图画面相同（缩小或重发的副本）") for o in copies]
    return Enclosures(tuple(enclosed), tuple(left))


def enclosed_bytes(case: CaseFile, one: Enclosed) -> bytes:
    """Return what lies in the pack: the original byte for byte, or the smaller copy of it."""
    data = stored(case, one.original)
    return (small_picture(data, 0, _SHRUNK_WIDTH) or data) if one.shrunk else data


def stored(case: CaseFile, original: Original) -> bytes:
    """Return an original's bytes; ExportMismatch if they are no longer those imported."""
    data = original_bytes(case, original.id)
    if hashlib.sha256(data).hexdigest() != original.sha256:
        raise ExportMismatch(detail=original.file_name)
    return data


def _shows(court: CourtFile) -> dict[int, list[Message]]:
    shows: dict[int, list[Message]] = {}
    for message in court.messages:
        for key in dict.fromkeys(s.original_id for s in message.sightings):
            shows.setdefault(key, []).append(message)
    return shows


def _by_weight(
    originals: Sequence[Original], shows: Mapping[int, Sequence[Message]]
) -> list[Original]:
    """Sort by what they show: confirmed labels, proposed ones, none; else as they are."""

    def weight(original: Original) -> int:
        labels = [label for m in shows[original.id] for label in shown_labels(m)]
        return 0 if any(label.confirmed for label in labels) else 1 if labels else 2

    return sorted(originals, key=weight)


def _fit(
    ordered: Sequence[Original], sizes: Mapping[int, int], limits: Limits
) -> tuple[set[int], dict[int, str]]:
    """Return what fits, the weightiest first, and for the others why they do not."""
    chosen: set[int] = set()
    reasons: dict[int, str] = {}
    used = 0
    for original in ordered:
        size = sizes[original.id]
        if limits.single is not None and size > limits.single:
            reasons[original.id] = f"超过单个附件上限 {megabytes(limits.single)}"
        elif limits.total is not None and used + size > limits.total:
            reasons[original.id] = "材料包总大小已到上限"
        else:
            chosen.add(original.id)
            used += size
    return chosen, reasons


def _shrunk(
    case: CaseFile, originals: Sequence[Original], limits: Limits, task: Task
) -> dict[int, int]:
    """Return the sizes of smaller copies: of all if the sum is too large, else of the too large."""
    too_many = limits.total is not None and sum(o.size for o in originals) > limits.total
    sizes = {}
    for done, original in enumerate(originals):
        task.step(done, len(originals), original.file_name)
        large = limits.single is not None and original.size > limits.single
        if (large or too_many) and not original.page_sizes:
            copy = small_picture(stored(case, original), 0, _SHRUNK_WIDTH)
            if copy is not None and len(copy) < original.size:
                sizes[original.id] = len(copy)
    return sizes


def small_picture(data: bytes, page: int, width: int, around: Box | None = None) -> bytes | None:
    """Return a page as JPEG, its short side at most *width* pixels; None if it cannot be shown.

    *around*: of a long screenshot, only as much of it as a phone shows at once.
    """
    try:
        image = upright(data, page)
    except PictureError:
        return None
    if around is not None:
        image = _a_screen_of(image, around)
    scale = min(1.0, width / min(image.size))
    if scale < 1:
        size = (round(image.width * scale), round(image.height * scale))
        image = image.resize(size)
    drawn = io.BytesIO()
    image.save(drawn, "JPEG", quality=_SHRUNK_QUALITY)
    return drawn.getvalue()


def _a_screen_of(image: Image.Image, around: Box) -> Image.Image:
    height = min(image.height, round(image.width * _SCREEN))
    middle = (around.y0 + around.y1) / 2
    top = round(min(max(0, middle - height / 2), image.height - height))
    return image.crop((0, top, image.width, top + height))


def _named(
    originals: Sequence[Original], shrunk: Mapping[int, int], told: Mapping[int, str]
) -> list[Enclosed]:
    """Return the enclosures numbered from 1 in the order of the case; names sort as they count."""
    digits = max(2, len(str(len(originals))))
    enclosed = []
    for number, original in enumerate(originals, 1):
        name = f"附件{number:0{digits}}"
        file_name = safe_name(original.file_name)
        if original.id in shrunk:
            file_name = f"{file_name.rpartition('.')[0] or file_name}（缩小副本）.jpg"
        path = f"附件/{name}-{file_name}"
        small = original.id in shrunk
        enclosed.append(Enclosed(name, path, original, told[original.id], small))
    return enclosed


def safe_name(name: str) -> str:
    """Return a file name that every system accepts, its ending kept."""
    clean = _FORBIDDEN.sub("_", name).strip(" .") or "_"
    stem, dot, ending = clean.rpartition(".")
    if len(clean) <= _LONGEST_NAME or not dot:
        return clean[:_LONGEST_NAME]
    return f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"
