"""Recognise copies among the originals: one screenshot, sent again through a chat or made smaller.

A copy is imported like any file. It is linked to the better picture, so that its messages are not
counted and its moment (often that of saving) dates nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from PIL import Image

from smsdesk.domain.cases import Original
from smsdesk.domain.threads import ThreadKey
from smsdesk.domain.times import CaptureMoment, CaptureSource
from smsdesk.layout.copies import may_be_one, same_picture
from smsdesk.layout.sketches import Sketch, sketch_in
from smsdesk.ocr.loading import load_picture
from smsdesk.services.cases import actor, now
from smsdesk.services.sketching import sketches_of
from smsdesk.storage.unit_of_work import UnitOfWork

LOOKED_AT = 8
"""Pictures that are compared with a new one at most; each must be decoded."""

SAME_MOMENT = dt.timedelta(minutes=2)
"""Two pictures whose moments are known and lie further apart are two screenshots."""

LOSSLESS = ("image/png", "image/bmp", "image/tiff")
"""What phones save screenshots as; chats send JPEG or WebP."""

_Place = tuple[int, int]
"""The number of a line of a screen, and the hash of its text."""

_SUREST = tuple(CaptureSource)
_OWN_MOMENT = (CaptureSource.PERSON, CaptureSource.EXIF, CaptureSource.FILE_NAME)


def regroup(work: UnitOfWork, family: Sequence[Original]) -> None:
    """Make the best of those pictures of a family that are in the case its better one."""
    out = work.removals.reasons()
    better, *copies = sorted(family, key=lambda one: (one.id in out, _quality(one)))
    work.originals.regroup(better.id, [copy.id for copy in copies])


def surest_moment(pictures: Sequence[Original]) -> CaptureMoment:
    """Return the moment that is known best of pictures of one screen."""
    return min((p.captured for p in pictures), key=lambda moment: _SUREST.index(moment.source))


def link_new_copies(work: UnitOfWork) -> dict[int, Original]:
    """Link those pictures not joined yet that are copies; return by id what each is a copy of."""
    linked: list[int] = []
    waiting = work.sightings.unjoined_originals()
    shelf, alike = _Shelf(work), _Alike(work, waiting)
    for original_id in waiting:
        original = shelf.original(original_id)
        several = bool(original.page_sizes)
        twin = None if original.copy_of or several else _twin(work, shelf, alike, original)
        if twin is None:
            continue
        better, copy = sorted((twin, original), key=_quality)
        work.originals.link_copy(copy.id, better.id)
        shelf = _Shelf(work)  # what it held of the two is out of date
        out = work.removals.reasons()
        family = [better, *work.originals.copies_of(better.id)]
        date_alike(work, [one for one in family if one.id not in out])
        linked.append(copy.id)
        details: dict[str, object] = {"copy": copy.sha256, "better": better.sha256}
        work.custody.append("copy_linked", details, actor(), now())
    best = {i: work.originals.get(i).copy_of for i in linked}  # a better one may have come since
    return {i: work.originals.get(better) for i, better in best.items() if better is not None}


def date_alike(work: UnitOfWork, pictures: Sequence[Original]) -> None:
    """Resolve the labels of one picture and its copies against the surest of their moments."""
    surest = surest_moment(pictures)
    for picture in pictures:
        if picture.captured != surest:
            work.sightings.date_anew(picture.id, surest)


def _quality(original: Original) -> tuple[int, bool, int, int]:
    """Sort key, the best first: more pixels, without loss, less compressed, there earlier."""
    lossy = original.media_type not in LOSSLESS
    return (-original.width * original.height, lossy, -original.size, original.id)


class _Shelf:
    """What was already asked for: pictures of one thread are compared with the same others."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self.original = cache(work.originals.get)
        self.lines = cache(work.sightings.lines_of)
        self.clock = cache(self._clock)

    def _clock(self, original_id: int) -> str | None:
        read = self._work.readings.get(original_id)
        return read[1].status_bar.time if read else None


class _Alike:
    """Which originals show the same texts as some others, at the same places of their threads."""

    def __init__(self, work: UnitOfWork, asked: Collection[int]) -> None:
        self._work = work
        self._asked = set(asked)
        self._of_thread = cache(self._index)

    def originals(self, original_id: int) -> list[int]:
        """Return the other originals that share a line with one, those that share most first."""
        shared: Counter[int] = Counter()
        for key in self._work.sightings.threads_on(original_id):
            lines, showing = self._of_thread(key)
            for line in lines[original_id]:
                shared.update(showing[line])
        del shared[original_id]
        return sorted(shared, key=lambda other: (-shared[other], other))

    def _index(self, key: ThreadKey) -> tuple[dict[int, set[_Place]], dict[_Place, set[int]]]:
        """Return the lines of those asked for, and who shows them."""
        sketches = [sketch_in(kept, dated=False) for kept in sketches_of(self._work, key)]
        lines: defaultdict[int, set[_Place]] = defaultdict(set)
        for sketch in sketches:
            if sketch.original_id in self._asked:
                lines[sketch.original_id].update(_places(sketch))
        showing: dict[_Place, set[int]] = {line: set() for own in lines.values() for line in own}
        for sketch in sketches:
            for place in _places(sketch):
                if place in showing:
                    showing[place].add(sketch.original_id)
        return lines, showing


def _places(sketch: Sketch) -> Iterator[_Place]:
    return ((number, line[1]) for number, line in enumerate(sketch.lines))


def _twin(work: UnitOfWork, shelf: _Shelf, alike: _Alike, original: Original) -> Original | None:
    """Return the best picture that shows the same as *original*, None if there is none."""
    lines = shelf.lines(original.id)
    size = (original.width, original.height)
    for other_id in alike.originals(original.id)[:LOOKED_AT]:
        other = shelf.original(other_id)
        if other.copy_of is not None:
            other = shelf.original(other.copy_of)
        if (
            other.id != original.id
            and _moments_agree(original.captured, other.captured)
            and may_be_one(size, lines, (other.width, other.height), shelf.lines(other.id))
            and shelf.clock(original.id) == shelf.clock(other.id)
            and same_picture(_image(work, original), _image(work, other))
        ):
            return other
    return None


def _moments_agree(one: CaptureMoment, other: CaptureMoment) -> bool:
    """Say whether both pictures can be of one moment, as far as they themselves tell."""
    if one.at is None or other.at is None:
        return True
    known = one.source in _OWN_MOMENT and other.source in _OWN_MOMENT
    return not known or abs(one.at - other.at) <= SAME_MOMENT


def _image(work: UnitOfWork, original: Original) -> Image.Image:
    return load_picture(work.originals.data(original.id)).image
