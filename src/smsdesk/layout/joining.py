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
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from operator import attrgetter
from typing import NamedTuple

from smsdesk.domain.messages import Continuity
from smsdesk.domain.threads import (
    JoinDecision,
    JoinedMessage,
    JoinedThread,
    KeptSketch,
    OpenOverlap,
    SeenScreen,
)
from smsdesk.domain.times import SentTime, TimeBasis
from smsdesk.layout.assembling import Assembly, Search
from smsdesk.layout.blocks import blocks_of
from smsdesk.layout.borrowing import with_borrowed_days
from smsdesk.layout.copying import CopiedScreen, without_copies
from smsdesk.layout.cutting import Cut, Piece, Section
from smsdesk.layout.deciding import Decisions, Entry
from smsdesk.layout.listed import place_rows
from smsdesk.layout.matching import prepared
from smsdesk.layout.repeats import Repeats, repeated_texts
from smsdesk.layout.sketches import FORM, UNKNOWN, Sketch, kept_of, moment_of, sketch_in, sketch_of
from smsdesk.layout.stretches import FIRST, LAST, Stretch

JOINER = 8
"""Raised whenever this program would join the same screens otherwise than before."""


Load = Callable[[Collection[tuple[int, int]]], Iterable[SeenScreen]]
"""Returns the screens of a thread that these pages show, in any order."""


class Ends(NamedTuple):
    """Whether nothing comes to stand before a block's top cut, or follows right at its bottom cut.

    If anything does, a label was misread: the cut is none.
    """

    top: bool
    bottom: bool


@dataclass(frozen=True, slots=True)
class JoinedBlock:
    """The messages of a block, and what is to be asked about them.

    The first `main` ones stand above the block's bottom cut. The others have no known place among
    those that follow there without a gap: they come after all of what was cut.
    """

    messages: tuple[JoinedMessage, ...]
    questions: tuple[OpenOverlap, ...]
    main: int
    ends: Ends


@dataclass(frozen=True, slots=True)
class Block:
    """Screens of a thread that can be joined by themselves, in canonical order; or pieces of them.

    Beyond its ends nothing has to do with it, but for a cut at the `top` or `bottom`: there other
    blocks show the next message. `copies` are those of its screens, `decisions` what a person said
    of its sightings, `repeated` those of its texts that the whole thread shows several times
    (hashes). Only what is joined is looked at whole.
    """

    pieces: tuple[Piece, ...]
    top: Cut | None
    bottom: Cut | None
    copies: tuple[CopiedScreen, ...]
    decisions: tuple[JoinDecision, ...]
    repeated: frozenset[int]
    _shown: _Shown

    @property
    def screens(self) -> list[SeenScreen]:
        """The screens themselves, whole."""
        return self._shown.screens([piece.screen for piece in self.pieces])

    @property
    def sighting_ids(self) -> list[int]:
        """All sightings, those of copies too."""
        copied = [seen.sighting.id for copy in self.copies for _, seen in copy.pairs]
        return [*(line[0] for piece in self.pieces for line in piece.lines), *copied]

    def fingerprint(self, *light: object) -> str:
        """Hash all that the result depends on, with what else it is seen in the *light* of."""
        copied = [(i, seen.sighting.id) for copy in self.copies for i, seen in copy.pairs]
        words = [(d.one, d.other, d.same) for d in self.decisions]
        ends = [cut and (cut.at, cut.above, cut.below) for cut in (self.top, self.bottom)]
        whole = (JOINER, FORM, light, copied, words, ends, sorted(self.repeated))
        digest = hashlib.blake2b(repr(whole).encode(), digest_size=16)
        for screen, start, stop in self.pieces:
            digest.update(repr((screen.captured, screen.page, start, stop)).encode())
            digest.update(screen.data)
        return digest.hexdigest()

    def joined(self, *, first: bool) -> JoinedBlock:
        """Return the messages of the block, which is the thread's *first* one or not."""
        bond = Decisions(self.decisions)
        assembly, alone = self._assembled()
        _add_copies(self.copies, [*assembly.stretches, *alone])
        start = Continuity.START if first else Continuity.GAP
        start = start if self.top is None else Continuity.CONTINUOUS
        entries = bond.united(list(_entries(assembly.stretches, alone, bond, start)))
        last = next((e for e in reversed(entries) if self._is_last(e)), entries[-1])
        below = None if self.bottom is None else moment_of(self.bottom.at)
        return JoinedBlock(
            tuple(_dated(entries, last, below)),
            tuple(bond.still_open(assembly.questions())),
            entries.index(last) + 1,
            self._ends(entries[0], last),
        )

    def _ends(self, first: Entry, last: Entry) -> Ends:
        follows = last.place.index < last.place.stretch.last
        return Ends(
            self.top is None or _shows(first, self.top.below),
            self.bottom is None or (self._is_last(last) and not follows),
        )

    def _is_last(self, entry: Entry) -> bool:
        """Say whether it is the message above the bottom cut."""
        return self.bottom is not None and _shows(entry, self.bottom.above)

    def _assembled(self) -> tuple[Assembly, list[Stretch]]:
        """Return the stretches of the block, and the inbox rows that stand alone in it."""
        assembly = Assembly(Decisions([*self.decisions, *self._settled()]), Repeats(self.repeated))
        seen = [
            prepared(screen)[piece.start : piece.stop]
            for screen, piece in zip(self.screens, self.pieces, strict=True)
        ]
        shown = [assembly.add(rows) for rows in seen if not rows[0].from_list]
        assembly.join_decided()
        for rows in shown:
            assembly.join(rows, Search.SAME_MINUTE)
        for rows in shown:
            if assembly.holds_an_end(rows):
                assembly.join(rows, Search.CLEAR)
        assembly.join_likeliest(shown)
        return assembly, place_rows(
            (row for rows in seen if rows[0].from_list for row in rows), assembly
        )

    def _settled(self) -> list[JoinDecision]:
        """Return what nobody doubts: that all screens show the same message beside a cut."""
        below = self.top.below if self.top else []
        above = self.bottom.above if self.bottom else []
        return [
            JoinDecision.on(ids[0], other, same=True) for ids in (below, above) for other in ids[1:]
        ]

    def with_next(self, other: Block) -> Block:
        """Return this block and the one below it as one, without the cut between them."""
        pieces = {piece.screen.key: piece for piece in self.pieces}
        for piece in other.pieces:
            upper = pieces.get(piece.screen.key, piece)
            pieces[piece.screen.key] = Piece(piece.screen, upper.start, piece.stop)
        return Block(
            tuple(sorted(pieces.values(), key=lambda piece: piece.screen.order)),
            self.top,
            other.bottom,
            self.copies + other.copies,
            tuple(dict.fromkeys(self.decisions + other.decisions)),
            self.repeated | other.repeated,
            self._shown,
        )


def join(screens: Sequence[SeenScreen], decisions: Iterable[JoinDecision] = ()) -> JoinedThread:
    """Return the messages that the screens of one thread show, in the order of the thread.

    Inbox rows are joined to the message of which they are the beginning; one without such a
    message stands alone, and likely not all between it and the rest is shown. *decisions* of a
    person hold whatever the screens show.
    """
    parts = settled(blocks_in(screens, decisions))
    ordered = (part.messages(tail=tail) for part, tail in in_order(parts))
    questions = (part.joined.questions for part in parts if part.joined is not None)
    return JoinedThread(tuple(chain.from_iterable(ordered)), tuple(chain.from_iterable(questions)))


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
    copied = [i for copy in shown.copies for i, _ in copy.pairs]
    blocks = blocks_of(ordered, _on_originals(said, shown.copies), copied)
    return [
        _block(section, shown, said, repeated)
        for sections in sorted(blocks, key=lambda sections: _start(sections[0]))
        for section in sections
    ]


def _block(
    section: Section,
    shown: _Shown,
    said: Sequence[JoinDecision],
    repeated: frozenset[int],
) -> Block:
    """Return the block of a *section*, with what concerns it of the thread's."""
    lines = [line for piece in section.pieces for line in piece.lines]
    own = {line[0] for line in lines} if said or shown.copies else frozenset[int]()
    copies = tuple(copy for copy in shown.copies if copy.pairs[0][0] in own)
    own |= {seen.sighting.id for copy in copies for _, seen in copy.pairs}
    words = tuple(d for d in said if d.one in own or d.other in own)
    texts = {line[1] for line in lines} | {line[2] for line in lines}
    ends = section.top, section.bottom
    return Block(tuple(section.pieces), *ends, copies, words, repeated & texts, shown)


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

    def _loaded(self, pages: Sequence[tuple[int, int]]) -> list[SeenScreen]:
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


def _start(section: Section) -> int:
    """Return the first moment known of what screens show, else that of the first of them."""
    known = (line[3] for piece in section.pieces for line in piece.lines)
    first = min((moment for moment in known if moment != UNKNOWN), default=None)
    if first is not None:
        return first
    captured = (piece.screen.captured for piece in section.pieces)
    return min((moment for moment in captured if moment != UNKNOWN), default=-UNKNOWN)


# --- blocks that were cut -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A block under the `name` by which it is to be known; `joined` is None where it is known.

    `has_tail`: some of its messages come after all of what was cut.
    """

    block: Block
    name: str
    has_tail: bool
    joined: JoinedBlock | None

    def messages(self, *, tail: bool) -> tuple[JoinedMessage, ...]:
        """Return its messages as it was joined, those at their place or the *tail*."""
        if self.joined is None:
            return ()
        main = self.joined.main
        return self.joined.messages[main:] if tail else self.joined.messages[:main]


def in_order(parts: Sequence[Part]) -> Iterator[tuple[Part, bool]]:
    """Yield the parts of a thread in the order of their messages, and whether the tail is meant."""
    start = 0
    for end, part in enumerate(parts, 1):
        if part.block.bottom is None:
            yield from ((section, False) for section in parts[start:end])
            yield from ((section, True) for section in parts[start:end] if section.has_tail)
            start = end


class Settling:
    """Joins blocks, and puts those together whose cut does not hold.

    What was joined, or tried, is *known* by names, seen in the same *light*.
    """

    def __init__(self, known: Collection[str], light: Sequence[object]) -> None:
        self._known = known
        self._light = light
        self._joined: dict[str, JoinedBlock] = {}
        self._ends: dict[str, Ends] = {}

    def parts(self, blocks: Sequence[Block]) -> list[Part]:
        """Return the blocks that are left, joined or known."""
        named = self._named(blocks)
        while loose := self._loose(named):
            blocks = _glued([block for block, _ in named], loose)
            named = self._named(blocks)
        return [self._part(n, block, name) for n, (block, name) in enumerate(named)]

    @property
    def tried(self) -> list[str]:
        """The names under which to remember how the ends of blocks came out."""
        return [_tried(name, ends) for name, ends in self._ends.items()]

    def _named(self, blocks: Sequence[Block]) -> list[tuple[Block, str]]:
        return [(b, b.fingerprint(n == 0, *self._light)) for n, b in enumerate(blocks)]

    def _part(self, number: int, block: Block, name: str) -> Part:
        for known, has_tail in ((name, False), (name + _TAIL, True)):
            if known in self._known:
                return Part(block, known, has_tail, None)
        joined = self._join(number, block, name)
        has_tail = joined.main < len(joined.messages)
        return Part(block, name + _TAIL if has_tail else name, has_tail, joined)

    def _loose(self, named: Sequence[tuple[Block, str]]) -> set[int]:
        """Return the numbers of the blocks that must go together with the next one."""
        ends = [self._ends_of(n, block, name) for n, (block, name) in enumerate(named)]
        return {
            n
            for n, (upper, lower) in enumerate(pairwise(ends))
            if named[n][0].bottom is not None and not (upper.bottom and lower.top)
        }

    def _ends_of(self, number: int, block: Block, name: str) -> Ends:
        whole = block.top is None and block.bottom is None
        if whole or name in self._known or name + _TAIL in self._known:
            return Ends(top=True, bottom=True)
        if name not in self._ends:
            tried = next((ends for ends in _ENDS if _tried(name, ends) in self._known), None)
            self._ends[name] = tried or self._join(number, block, name).ends
        return self._ends[name]

    def _join(self, number: int, block: Block, name: str) -> JoinedBlock:
        if name not in self._joined:
            self._joined[name] = block.joined(first=number == 0)
        return self._joined[name]


_TAIL = " tail"
_ENDS = [Ends(top, bottom) for top in (True, False) for bottom in (True, False)]


def _tried(name: str, ends: Ends) -> str:
    """Return the name of a block that was joined to see whether its cuts hold."""
    return f"{name} {ends.top:d}{ends.bottom:d}"


def settled(blocks: Sequence[Block]) -> list[Part]:
    """Return the blocks of a thread of which nothing is known, all joined."""
    return Settling((), ()).parts(blocks)


def _glued(blocks: Sequence[Block], loose: Collection[int]) -> list[Block]:
    """Return *blocks*, those numbered *loose* put together with the next one."""
    left: list[Block] = []
    for number, block in enumerate(blocks):
        if number - 1 in loose:
            left[-1] = left[-1].with_next(block)
        else:
            left.append(block)
    return left


# --- copies ---------------------------------------------------------------------------------------


def _add_copies(copies: Iterable[CopiedScreen], stretches: Iterable[Stretch]) -> None:
    """Add what copies show to the messages that the better pictures show."""
    place_of = {s.sighting.id: place for st in stretches for place in st for s in place.seen}
    for copy in copies:
        for sighting_id, seen in copy.pairs:
            place_of[sighting_id].add([seen])


# --- the result -----------------------------------------------------------------------------------


def _entries(
    stretches: Sequence[Stretch], alone: Sequence[Stretch], bond: Decisions, start: Continuity
) -> Iterator[Entry]:
    """Yield the messages in their order, each with how it follows the one above.

    The first of them follows as *start* says, one that stands alone likely not at once.
    """
    lone = {id(stretch) for stretch in alone}
    for number, stretch in enumerate(sorted([*stretches, *alone], key=_position)):
        before = Continuity.LIKELY_GAP if id(stretch) in lone else Continuity.GAP
        before = start if number == 0 and start is not Continuity.GAP else before
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


def _shows(entry: Entry, sighting_ids: Collection[int]) -> bool:
    return {seen.sighting.id for seen in entry.place.seen}.issuperset(sighting_ids)


def _dated(
    entries: Sequence[Entry], last: Entry, below: dt.datetime | None
) -> Iterator[JoinedMessage]:
    """Yield the messages with their times, as far as neighbours narrow them.

    The *last* one at its place was sent before the moment *below*, if one is given.
    """
    runs: list[list[Entry]] = []
    for entry in entries:
        if entry.before is Continuity.CONTINUOUS and runs:
            runs[-1].append(entry)
        else:
            runs.append([entry])
    for run in runs:
        following = below if run[-1] is last else None
        for entry, sent in zip(run, _narrowed(run, following), strict=True):
            ids = tuple(s.sighting.id for s in entry.place.seen)
            yield JoinedMessage(ids, sent, entry.before)


def _narrowed(run: Sequence[Entry], following: dt.datetime | None) -> list[SentTime]:
    """Return the times of messages that follow one another, ranges ended by the next one's time.

    A message without any time lies between those of its neighbours. *following* is the time of the
    one below the run, where it is known.
    """
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
