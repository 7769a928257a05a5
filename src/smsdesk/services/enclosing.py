"""Which screenshots and other files go with a letter, under which numbers, within which size."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from smsdesk.domain.cases import Original
from smsdesk.domain.errors import ExportMismatch
from smsdesk.domain.exhibits import ExhibitKind
from smsdesk.domain.messages import Message
from smsdesk.report.content import CourtFile
from smsdesk.report.instructions import Enclosed, File, LeftOut, megabytes
from smsdesk.report.labels import shown_labels
from smsdesk.report.phrases import ranges
from smsdesk.services.jobs import Task
from smsdesk.services.listing import attachment_bytes, original_bytes
from smsdesk.services.smaller import SHRUNK_WIDTH, small_picture
from smsdesk.storage.case_file import CaseFile

MB = 1_000_000
"""Bytes: what fits then fits by the larger megabyte of 1,048,576 bytes too."""
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\ud800-\udfff]+')
"""What Windows does not allow in file names, and what no ZIP can hold."""
_LONGEST_NAME = 60
_ENDINGS = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/tiff": (".tif", ".tiff"),
}
"""How names end, by what a masked picture was encoded as."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes that all files together, and one of them, may have; None: any.

    `shrink`: a person chose that smaller copies of pictures go where the originals do not fit.
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
    def screenshots(self) -> list[Enclosed]:
        """Return the screenshots, without the files of other kinds."""
        return [one for one in self.enclosed if isinstance(one.file, Original)]

    @property
    def others(self) -> list[Enclosed]:
        """Return the files of other kinds."""
        return [one for one in self.enclosed if not isinstance(one.file, Original)]

    @property
    def shown_on(self) -> dict[int, str]:
        """Return for each screenshot enclosed, by original, the name it has (附件03)."""
        return {one.file.id: one.name for one in self.screenshots}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A file that should go along: lower `weight` goes first; `size` is what it would take."""

    file: File
    told: str
    weight: int
    size: int
    shrunk: bool = False


def enclose(
    case: CaseFile, court: CourtFile, limits: Limits, kinds: Collection[ExhibitKind], task: Task
) -> Enclosures:
    """Choose what goes along: exhibits of these *kinds*, and the screenshots of the messages.

    Where not all fits, exhibits go first, then screenshots with confirmed labels, with proposed
    ones, and the rest. All go as they are if they fit; if they do not and *limits* say so,
    pictures go as smaller copies. A copy of a screenshot that is there already is left out.
    """
    screenshots, copies = _screenshots(court)
    others = _others(court, kinds)
    if case.masks is not None:
        screenshots = [_as_masked(case, one) for one in screenshots]
        copies += [LeftOut(one.file, one.told, "脱敏副本不附未能遮盖的文件") for one in others]
        others = []
    wanted = [*screenshots, *others]
    if limits.shrink:
        wanted = _made_smaller(case, wanted, limits, task)
    reasons = _too_much(wanted, limits)
    chosen = [one for number, one in enumerate(wanted) if number not in reasons]
    enclosed = _named(chosen, masked=case.masks is not None)
    left = [LeftOut(wanted[n].file, wanted[n].told, why) for n, why in sorted(reasons.items())]
    return Enclosures(tuple(enclosed), (*left, *copies))


def enclosed_bytes(case: CaseFile, one: Enclosed) -> bytes:
    """Return what lies in the pack: the original byte for byte, or the smaller copy of it."""
    data = stored(case, one.file)
    return (small_picture(data, 0, SHRUNK_WIDTH) or data) if one.shrunk else data


def stored(case: CaseFile, file: File) -> bytes:
    """Return a file's bytes; ExportMismatch if they are no longer those taken in.

    In a masked copy they are other ones, with the hash of the original beside them.
    """
    read = original_bytes if isinstance(file, Original) else attachment_bytes
    data = read(case, file.id)
    if case.masks is None and hashlib.sha256(data).hexdigest() != file.sha256:
        raise ExportMismatch(detail=file.file_name)
    return data


def _screenshots(court: CourtFile) -> tuple[list[_Wanted], list[LeftOut]]:
    """Return the screenshots that show the messages, and those that are only copies of others."""
    shows: dict[int, list[Message]] = {}
    for message in court.messages:
        for key in dict.fromkeys(s.original_id for s in message.sightings):
            shows.setdefault(key, []).append(message)
    wanted, copies = [], []
    for original in court.originals:
        found = shows.get(original.id, [])
        told = f"短信 {ranges([court.numbers.get(m.id, m.id) for m in found])}"
        if found and original.copy_of in shows:
            copies.append(LeftOut(original, told, "与另一件截图画面相同（缩小或重发的副本）"))
        elif found:
            wanted.append(_Wanted(original, told, _weight(found), original.size))
    return wanted, copies


def _as_masked(case: CaseFile, one: _Wanted) -> _Wanted:
    """Return a screenshot with the size of its masked picture."""
    return replace(one, size=len(stored(case, one.file)))


def _weight(messages: Sequence[Message]) -> int:
    labels = [label for message in messages for label in shown_labels(message)]
    return 1 if any(label.confirmed for label in labels) else 2 if labels else 3


def _others(court: CourtFile, kinds: Collection[ExhibitKind]) -> list[_Wanted]:
    return [
        _Wanted(attachment, f"{exhibit.texts.name}（证据 {exhibit.number}）", 0, attachment.size)
        for exhibit in court.plan.exhibits
        if exhibit.kind in kinds
        for attachment in exhibit.attachments
    ]


def _too_much(wanted: Sequence[_Wanted], limits: Limits) -> dict[int, str]:
    """Return, by place, why what does not fit does not."""
    reasons: dict[int, str] = {}
    used = 0
    for place, one in sorted(enumerate(wanted), key=lambda pair: pair[1].weight):
        if limits.single is not None and one.size > limits.single:
            reasons[place] = f"超过单个附件上限 {megabytes(limits.single)}"
        elif limits.total is not None and used + one.size > limits.total:
            reasons[place] = "材料包总大小已到上限"
        else:
            used += one.size
    return reasons


def _made_smaller(
    case: CaseFile, wanted: Sequence[_Wanted], limits: Limits, task: Task
) -> list[_Wanted]:
    """Return *wanted* with smaller copies: of all if the sum is too large, else of large ones."""
    too_many = limits.total is not None and sum(one.size for one in wanted) > limits.total
    smaller = []
    for done, one in enumerate(wanted):
        task.step(done, len(wanted), one.file.file_name)
        large = limits.single is not None and one.size > limits.single
        size = _smaller_size(case, one.file) if large or too_many else None
        smaller.append(one if size is None else replace(one, size=size, shrunk=True))
    return smaller


def _smaller_size(case: CaseFile, file: File) -> int | None:
    """Return how large a smaller copy would be; None if there is none, as of a PDF."""
    if not file.media_type.startswith("image/") or len(file.pages) != 1:
        return None
    copy = small_picture(stored(case, file), 0, SHRUNK_WIDTH)
    return len(copy) if copy is not None and len(copy) < file.size else None


def _named(wanted: Sequence[_Wanted], *, masked: bool) -> list[Enclosed]:
    """Return the enclosures numbered from 1; names sort as they count.

    *masked*: names end as what the masked pictures are.
    """
    digits = max(2, len(str(len(wanted))))
    enclosed = []
    for number, one in enumerate(wanted, 1):
        name = f"附件{number:0{digits}}"
        file_name = safe_name(one.file.file_name)
        ending = _ENDINGS.get(one.file.media_type, ("",))
        if one.shrunk:
            file_name = f"{file_name.rpartition('.')[0] or file_name}（缩小副本）.jpg"
        elif not file_name.lower().endswith(ending) and masked:
            file_name += ending[0]
        path = f"附件/{name}-{file_name}"
        enclosed.append(Enclosed(name, path, one.file, one.told, one.shrunk))
    return enclosed


def safe_name(name: str) -> str:
    """Return a file name that every system accepts, its ending kept."""
    clean = _FORBIDDEN.sub("_", name).strip(" .") or "_"
    stem, dot, ending = clean.rpartition(".")
    if len(clean) <= _LONGEST_NAME or not dot:
        return clean[:_LONGEST_NAME]
    return f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"
