"""Sketches of screens: the little that tells which screens of a thread have to do with one another.

The sketch of a screen that was joined before is kept with the case, so that an import need not read
all texts of a long thread again. Texts stand in it as hashes. All in it are 64-bit integers;
moments are microseconds since 1970.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from smsdesk.domain.messages import Sighting
from smsdesk.domain.moments import in_china
from smsdesk.domain.screens import LabelScope, ScreenKind
from smsdesk.domain.threads import KeptSketch, SeenScreen
from smsdesk.layout.borrowing import borrows, with_borrowed_days
from smsdesk.layout.finding import KEY_LENGTH
from smsdesk.layout.matching import NORMAL_KEPT, clock_of, normal, template
from smsdesk.layout.overlaps import TELLING
from smsdesk.layout.stretches import ORDER_SLACK

FORM = 1
"""Raised whenever the same screen would be sketched otherwise than before."""

UNKNOWN = -(2**62)
"""In the place of a moment that is not known."""

WHOLE, OWN = 1, 2
"""Flags of a line: its text is not cut; the label above it is its own."""

APART = 2 * ORDER_SLACK // dt.timedelta(microseconds=1)
"""Of two messages further apart than this the one sent first stands first, however late it came."""

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


Line = tuple[int, int, int, int, int, int]
"""A sighting: its id, the hashes of its normalised text and of its template, the earliest and the
latest moment of sending, and flags. The hash of the template is 0 where the text has no figures,
and so is its own template. A plain tuple, since a long thread has tens of thousands."""


class _Head(NamedTuple):
    lines: int
    is_list: int
    content: int
    first: int
    last: int
    above_first: int


_HEAD = struct.Struct(f"<{len(_Head._fields)}q")
_LINE = struct.Struct("<6q")
_TRAIT = struct.Struct("<q")


@dataclass(slots=True)
class Sketch:
    """A screen (page of an original, UNKNOWN or moment of capture) in short; `data` is as kept.

    `lines` are what it shows from the top. `is_list`: it is a row of a message list, whose label is
    not drawn in the thread. `first` is the first time on it, UNKNOWN if it shows none, `last` until
    when the last of its messages can have been sent, as far as labels tell; `above_first` so many
    messages stand above the first one that has a time. `order` sorts by moment, page and content;
    never by ids, which importing gives out.
    """

    original_id: int
    page: int
    captured: int
    data: bytes
    is_list: bool = field(init=False, compare=False)
    first: int = field(init=False, compare=False)
    last: int = field(init=False, compare=False)
    above_first: int = field(init=False, compare=False)
    order: tuple[int, int, int] = field(init=False, compare=False)
    lines: list[Line] = field(init=False, compare=False)
    _traits: frozenset[int] | None = field(init=False, compare=False, default=None)

    def __post_init__(self) -> None:
        head = _Head._make(_HEAD.unpack_from(self.data))
        self.is_list = bool(head.is_list)
        self.first, self.last, self.above_first = head.first, head.last, head.above_first
        taken = -UNKNOWN if self.captured == UNKNOWN else self.captured
        self.order = (taken, self.page, head.content)
        body = self.data[_HEAD.size : _HEAD.size + head.lines * _LINE.size]
        self.lines = list(_LINE.iter_unpack(body))

    @property
    def key(self) -> tuple[int, int]:
        """The original and the page."""
        return self.original_id, self.page

    @property
    def traits(self) -> frozenset[int]:
        """What it can be known by: hashes of its texts, of their beginnings and ends, with clocks.

        Odd are those of texts that say something at all.
        """
        if self._traits is None:
            rest = self.data[_HEAD.size + len(self.lines) * _LINE.size :]
            self._traits = frozenset(row[0] for row in _TRAIT.iter_unpack(rest))
        return self._traits


def kept_of(screen: SeenScreen) -> KeptSketch:
    """Return what is to be kept of a screen."""
    drawn, dated = sketch_of(screen), sketch_of(with_borrowed_days(screen))
    return KeptSketch(
        screen.original_id,
        screen.page,
        screen.captured.at,
        screen.copy_of,
        drawn.data,
        None if dated.data == drawn.data else dated.data,
        borrows(screen),
    )


def sketch_in(kept: KeptSketch, *, dated: bool) -> Sketch:
    """Return the sketch that is kept, with bare clocks *dated* by the days above them or not."""
    data = (dated and kept.dated) or kept.data
    return Sketch(kept.original_id, kept.page, stamp(kept.captured), data)


def sketch_of(screen: SeenScreen) -> Sketch:
    """Return the sketch of a screen as it is."""
    lines = list(map(_line, screen.sightings))
    shown = [(s.text, s.confidence, s.box.rounded()) for s in screen.sightings]
    head = _Head(
        len(lines),
        screen.kind is ScreenKind.INBOX,
        hashed(repr(shown)),
        *_extent(screen),
    )
    traits = dict.fromkeys(_traits(screen))
    data = b"".join((_HEAD.pack(*head), *(_LINE.pack(*line) for line in lines)))
    data += b"".join(map(_TRAIT.pack, traits))
    return Sketch(screen.original_id, screen.page, stamp(screen.captured.at), data)


def stamp(moment: dt.datetime | None) -> int:
    """Return a moment as sketches have it."""
    return UNKNOWN if moment is None else (moment - _EPOCH) // _MICROSECOND


def moment_of(stamped: int) -> dt.datetime:
    """Return the moment that sketches have as *stamped*."""
    return in_china(_EPOCH + stamped * _MICROSECOND)


@lru_cache(maxsize=NORMAL_KEPT)
def hashed(text: str) -> int:
    """Return a hash of *text*; of a million texts two will hardly ever have the same."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def _line(sighting: Sighting) -> Line:
    text = normal(sighting.text)
    filled = template(text)
    whole = not (sighting.clipped or sighting.snippet)
    own = sighting.label_scope is LabelScope.OWN
    return (
        sighting.id,
        hashed(text),
        0 if filled == text else hashed(filled),
        stamp(sighting.sent.earliest),
        stamp(sighting.sent.latest),
        WHOLE * whole | OWN * own,
    )


def _extent(screen: SeenScreen) -> tuple[int, int, int]:
    """Return the first and the last time on a screen, and how many messages stand above it."""
    known = [(n, s) for n, s in enumerate(screen.sightings) if s.sent.earliest]
    if not known:
        return UNKNOWN, UNKNOWN, 0
    first = min(stamp(s.sent.earliest) for _, s in known)
    return first, max(_end(s) for _, s in known), known[0][0]


def _end(sighting: Sighting) -> int:
    """Return until when a message can have been sent; those of a group go with its label."""
    sent = sighting.sent
    end = sent.earliest if sighting.label_scope is LabelScope.GROUP else sent.latest
    return stamp(end or sent.earliest)


def _traits(screen: SeenScreen) -> Iterator[int]:
    """Yield what a screen can be known by; an engine slips in one place of a text, not in all."""
    for sighting in screen.sightings:
        text, beside = normal(sighting.text), (sighting.direction.value, clock_of(sighting))
        tells = len(text) >= TELLING
        for part in (text, f"^{text[:KEY_LENGTH]}", f"{text[-KEY_LENGTH:]}$"):
            yield hashed(f"{part} {beside}") & ~1 | tells
