"""Look over files before they are imported: whether they tell when they were taken."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from smsdesk.domain.captures import tells_moment
from smsdesk.domain.errors import PictureError
from smsdesk.ocr.loading import taken_at
from smsdesk.services.gathering import FoundFile, gather
from smsdesk.services.jobs import Task

_OPENED_AT_MOST = 24
"""Files opened to look for EXIF: enough to tell what most are like, and soon done on a stick."""

_SHARED_BY = 3
"""So many files, and half of all, must carry one minute before it is called a time of copying: a
person takes two screenshots a minute, hardly more, and never most of a case in one."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What the files tell: how many there are, how many of those looked at tell no moment.

    `shared_time` is the file time, to the minute, of `sharing` files: most likely of copying.
    """

    files: int
    undated: int
    shared_time: dt.datetime | None = None
    sharing: int = 0


def survey(paths: Sequence[Path], task: Task) -> Survey:
    """Look over all files that *paths* name; no more than some of them are opened."""
    found = list(gather(paths))
    unnamed = [file for file in found if not tells_moment(file.name, None)]
    undated = [file for file in _some(unnamed) if _is_undated(file, len(unnamed), task)]
    shared, sharing = _shared(unnamed) if undated else (None, 0)
    return Survey(len(found), len(undated), shared, sharing)


def _some(files: Sequence[FoundFile]) -> Sequence[FoundFile]:
    """Return files spread evenly over all of them."""
    step = max(1, -(-len(files) // _OPENED_AT_MOST))
    return files[::step]


def _is_undated(file: FoundFile, of: int, task: Task) -> bool:
    task.step(0, of, file.name)
    try:
        return not tells_moment(file.name, taken_at(file.load()))
    except PictureError:  # the import will say why
        return False


def _shared(files: Sequence[FoundFile]) -> tuple[dt.datetime | None, int]:
    minutes = Counter(f.file_time.replace(second=0, microsecond=0) for f in files if f.file_time)
    if not minutes:
        return None, 0
    minute, sharing = minutes.most_common(1)[0]
    copied = sharing >= _SHARED_BY and 2 * sharing >= len(files)
    return (minute, sharing) if copied else (None, 0)
