"""Put the messages of a thread together from all the screens that show parts of it.

A screen shows a stretch of the thread without gaps. Two stretches are of one piece where the end of
one is the beginning of the other, or one holds the other, and all that both show agrees: every
message in its place, by text, direction, label and time. Text alone never joins two messages: the
same words sent five times stand at five places.

First, overlaps are joined that no repeat could look like: a message with the same minute, or texts
of which it is known how rarely they come back in this thread. Then those that a repeat could look
like: the smaller count holds until a person was asked, and such an overlap becomes a question.
Of those that are certain the longest wins, of the others the likeliest of all. Screens are taken
in the order of their moments, so that the order of importing is nothing to the result. What a
person decided goes before everything else.

All this is done in each block of the thread by itself (`layout/blocks.py`): time that no screen
reaches across parts it from the rest.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from smsdesk.domain.messages import Continuity
from smsdesk.domain.screens import ScreenKind
from smsdesk.domain.threads import (
    JoinDecision,
    JoinedMessage,
    JoinedThread,
    KeptSketch,
    SeenScreen,
)
from smsdesk.domain.times import SentTime, TimeBasis
from smsdesk.layout.assembling import Assembly, Search
from smsdesk.layout.blocks import blocks_of
from smsdesk.layout.borrowing import with_borrowed_days
from smsdesk.layout.copying import CopiedScreen, without_copies
from smsdesk.layout.deciding import Decisions, Entry
from smsdesk.layout.listed import place_rows
from smsdesk.layout.matching import prepared
from smsdesk.layout.repeats import Repeats, repeated_texts
from smsdesk.layout.sketches import FORM, UNKNOWN, Sketch, kept_of, sketch_in, sketch_of
from smsdesk.layout.stretches import FIRST, LAST, Stretch

JOINER = 7
"""Raised whenever this program would join the same screens otherwise than before."""


PageKey = tuple[int, int]
"""An original and a page of it."""

Load = Callable[[Collection[PageKey]], Iterable[SeenScreen]]
"""Returns the screens of a thread that these pages show, in any order."""


@dataclass(frozen=True, slots=True)
class Block:
    """Screens of a thread that have nothing to do with the rest of it, in canonical order.

    `copies` are those of their copies, `decisions` what a person said of their sightings,
    `repeated` those of their texts that the whole thread shows several times (hashes). Only what is
    joined is looked at whole.
    """

    sketches: tuple[Sketch, ...]
    copies: tuple[CopiedScreen, ...]
    decisions: tuple[JoinDecision, ...]
    repeated: frozenset[int]
    _shown: _Shown

    @property
    def screens(self) -> list[SeenScreen]:
        """The screens themselves."""
        return self._shown.screens(self.sketches)

    @property
    def sighting_ids(self) -> list[int]:
        """All sightings, those of copies too."""
        copied = [seen.sighting.id for copy in self.copies for _, seen in copy.pairs]
        return [*(line[0] for sketch in self.sketches for line in sketch.lines), *copied]

    def fingerprint(self, *light: object) -> str:
        """Hash all that the result depends on, with what else it is seen in the *light* of."""
        copied = [(i, seen.sighting.id) for copy in self.copies for i, seen in copy.pairs]
        words = [(d.one, d.other, d.same) for d in self.decisions]
        whole = (JOINER, FORM, light, copied, words, sorted(self.repeated))
        digest = hashlib.blake2b(repr(whole).encode(), digest_size=16)
        for sketch in self.sketches:
            digest.update(repr((sketch.captured, sketch.page)).encode())
            digest.update(sketch.data)
        return digest.hexdigest()

    def joined(self, *, first: bool) -> JoinedThread:
        """Return the messages of the block, which is the thread's *first* one or not."""
        bond = Decisions(self.decisions)
        assembly, alone = _assembled(self.screens, bond, Repeats(self.repeated))
        _add_copies(self.copies, [*assembly.stretches, *alone])
        entries = bond.united(list(_entries(assembly.stretches, alone, bond, first=first)))
        questions = bond.still_open(assembly.questions())
        return JoinedThread(tuple(_dated(entries)), tuple(questions))


def join(screens: Sequence[SeenScreen], decisions: Iterable[JoinDecision] = ()) -> JoinedThread:
    """Return the messages that the screens of one thread show, in the order of the thread.

    Inbox rows are joined to the message of which they are the beginning; one without such a
    message stands alone, and likely not all between it and the rest is shown. *decisions* of a
    person hold whatever the screens show.
    """
    blocks = blocks_in(screens, decisions)
    parts = [block.joined(first=number == 0) for number, block in enumerate(blocks)]
    return JoinedThread(
        tuple(message for part in parts for message in part.messages),
        tuple(question for part in parts for question in part.questions),
    )


def blocks_in(screens: Sequence[SeenScreen], decisions: Iterable[JoinDecision] = ()) -> list[Block]:
    """Return the blocks of a thread in its order; each can be joined by itself."""
    shown = {(s.original_id, s.page): s for s in screens if s.sightings}
    kept = [kept_of(screen) for screen in shown.values()]
    return blocks_of_thread(kept, lambda pages: [shown[page] for page in pages], decisions)


def blocks_of_thread(
    kept: Sequence[KeptSketch], load: Load, decisions: Iterable[JoinDecision] = ()
) -> list[Block]:
    """Return the blocks of a thread of which sketches are *kept*; screens are loaded when needed.

    Of copies of one picture the first in the order of *kept* count.
    """
    shown = _Shown(kept, load)
    repeated = repeated_texts(shown.sketches)
    said = tuple(decisions)
    ordered = sorted(shown.sketches, key=attrgetter("order"))
    groups = blocks_of(ordered, _on_originals(said, shown.copies))
    return [_block(group, shown, said, repeated) for group in sorted(groups, key=_start)]


def _block(
    group: Sequence[Sketch],
    shown: _Shown,
    said: Sequence[JoinDecision],
    repeated: frozenset[int],
) -> Block:
    """Return the block of the screens of a *group*, with what concerns it of the thread's."""
    lines = [line for sketch in group for line in sketch.lines]
    own = {line[0] for line in lines} if said or shown.copies else frozenset[int]()
    copies = tuple(copy for copy in shown.copies if copy.pairs[0][0] in own)
    own |= {seen.sighting.id for copy in copies for _, seen in copy.pairs}
    words = tuple(d for d in said if d.one in own or d.other in own)
    texts = {line[1] for line in lines} | {line[2] for line in lines}
    return Block(tuple(group), copies, words, repeated & texts, shown)


class _Shown:
    """The screens of a thread: their sketches, those of copies left out, and whole when asked for.

    Copies are compared with the pictures that they are copies of, so these are looked at at once.
    """

    def __init__(self, kept: Sequence[KeptSketch], load: Load) -> None:
        self._load = load
        self._dated = any(sketch.borrows for sketch in kept)
        better = {sketch.copy_of for sketch in kept if sketch.copy_of is not None}
        families = [
            (sketch.original_id, sketch.page)
            for sketch in kept
            if sketch.copy_of is not None or sketch.original_id in better
        ]
        originals, self.copies = without_copies(self._loaded(families))
        self._compared = {(screen.original_id, screen.page): screen for screen in originals}
        apart = set(families)
        alone = (k for k in kept if (k.original_id, k.page) not in apart)
        self.sketches = [sketch_in(sketch, dated=self._dated) for sketch in alone]
        self.sketches += map(sketch_of, originals)

    def screens(self, sketches: Iterable[Sketch]) -> list[SeenScreen]:
        """Return the screens themselves, their times as they are meant."""
        pages = [(sketch.original_id, sketch.page) for sketch in sketches]
        loaded = self._loaded([page for page in pages if page not in self._compared])
        found = {(screen.original_id, screen.page): screen for screen in loaded} | self._compared
        return [found[page] for page in pages]

    def _loaded(self, pages: Sequence[PageKey]) -> list[SeenScreen]:
        """Return the screens of *pages*, in their order."""
        found = {(s.original_id, s.page): s for s in (self._load(pages) if pages else ())}
        screens = (found[page] for page in pages)
        return [with_borrowed_days(screen) if self._dated else screen for screen in screens]


def _on_originals(
    decisions: Iterable[JoinDecision], copies: Iterable[CopiedScreen]
) -> list[JoinDecision]:
    """Return *decisions* with the sightings of better pictures in the place of copies'."""
    better = {seen.sighting.id: i for copy in copies for i, seen in copy.pairs}
    return [
        JoinDecision.on(better.get(d.one, d.one), better.get(d.other, d.other), same=d.same)
        for d in decisions
    ]


def _start(sketches: Sequence[Sketch]) -> int:
    """Return the first moment known of what screens show, else that of the first of them."""
    known = (line[3] for sketch in sketches for line in sketch.lines)
    first = min((moment for moment in known if moment != UNKNOWN), default=None)
    if first is not None:
        return first
    return min((s.captured for s in sketches if s.captured != UNKNOWN), default=-UNKNOWN)


def _assembled(
    ordered: Sequence[SeenScreen], bond: Decisions, repeated: Container[str]
) -> tuple[Assembly, list[Stretch]]:
    """Return the stretches of a block, and the inbox rows that stand alone in it."""
    assembly = Assembly(bond, repeated)
    shown = [assembly.add(prepared(s)) for s in ordered if s.kind is ScreenKind.THREAD]
    assembly.join_decided()
    for seen in shown:
        assembly.join(seen, Search.SAME_MINUTE)
    for seen in shown:
        if assembly.holds_an_end(seen):
            assembly.join(seen, Search.CLEAR)
    assembly.join_likeliest(shown)
    rows = (row for s in ordered if s.kind is ScreenKind.INBOX for row in prepared(s))
    return assembly, place_rows(rows, assembly)


# --- copies ---------------------------------------------------------------------------------------


def _add_copies(copies: Iterable[CopiedScreen], stretches: Iterable[Stretch]) -> None:
    """Add what copies show to the messages that the better pictures show."""
    place_of = {s.sighting.id: place for st in stretches for place in st for s in place.seen}
    for copy in copies:
        for sighting_id, seen in copy.pairs:
            place_of[sighting_id].add([seen])


# --- the result -----------------------------------------------------------------------------------


def _entries(
    stretches: Sequence[Stretch], alone: Sequence[Stretch], bond: Decisions, *, first: bool
) -> Iterator[Entry]:
    """Yield the messages in their order, each with how it follows the one above."""
    lone = {id(stretch) for stretch in alone}
    for stretch in sorted([*stretches, *alone], key=_position):
        before = Continuity.LIKELY_GAP if id(stretch) in lone else Continuity.GAP
        before = Continuity.START if first else before
        first = False
        for place in stretch:
            joined = before is Continuity.CONTINUOUS
            how = stretch.unsure.get(place.index, before) if joined else before
            for part in bond.parted(place):
                yield Entry(part, how)
                how = before = Continuity.CONTINUOUS


def _position(stretch: Stretch) -> dt.datetime:
    """Return the first moment known in *stretch*, else that of its first screen.

    Of a row that stands alone the last one: it shows the last message of its day.
    """
    alone = all(seen.from_list for place in stretch for seen in place.seen)
    known = (place.sent.latest if alone else place.sent.earliest for place in stretch)
    captured = (seen.captured for place in stretch for seen in place.seen)
    return next((moment for moment in (*known, *captured) if moment), LAST)


def _dated(entries: Sequence[Entry]) -> Iterator[JoinedMessage]:
    """Yield the messages with their times, as far as neighbours narrow them."""
    runs: list[list[Entry]] = []
    for entry in entries:
        if entry.before is Continuity.CONTINUOUS and runs:
            runs[-1].append(entry)
        else:
            runs.append([entry])
    for run in runs:
        for entry, sent in zip(run, _narrowed(run), strict=True):
            ids = tuple(s.sighting.id for s in entry.place.seen)
            yield JoinedMessage(ids, sent, entry.before)


def _narrowed(run: Sequence[Entry]) -> list[SentTime]:
    """Return the times of messages that follow one another, ranges ended by the next one's time.

    A message without any time lies between those of its neighbours.
    """
    following: dt.datetime | None = None
    times: list[SentTime] = []
    for entry in reversed(run):
        sent = entry.place.sent
        if following and (sent.earliest or FIRST) <= following < (sent.latest or LAST):
            sent = replace(sent, latest=following)
        following = sent.latest or following
        times.append(sent)
    times.reverse()
    return list(_between(times))


def _between(times: Sequence[SentTime]) -> Iterator[SentTime]:
    """Give each time that has an end only the beginning that the one above it leaves."""
    above: dt.datetime | None = None
    for sent in times:
        if sent.earliest is not None or sent.latest is None:
            above = sent.earliest or above
            yield sent
        elif above is not None and above <= sent.latest:
            yield replace(sent, earliest=above, basis=TimeBasis.DERIVED)
        else:
            yield replace(sent, latest=None)
