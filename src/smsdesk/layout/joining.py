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
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from smsdesk.domain.messages import Continuity
from smsdesk.domain.screens import ScreenKind
from smsdesk.domain.threads import (
    JoinDecision,
    JoinedMessage,
    JoinedThread,
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
from smsdesk.layout.repeats import keys_of, repeated_texts
from smsdesk.layout.stretches import FIRST, LAST, Stretch

JOINER = 7
"""Raised whenever this program would join the same screens otherwise than before."""


@dataclass(frozen=True, slots=True)
class Block:
    """Screens of a thread that have nothing to do with the rest of it, in canonical order.

    `copies` are those of their copies, `decisions` what a person said of their sightings,
    `repeated` those of their texts that the whole thread shows several times.
    """

    screens: tuple[SeenScreen, ...]
    copies: tuple[CopiedScreen, ...]
    decisions: tuple[JoinDecision, ...]
    repeated: frozenset[str]

    @property
    def sighting_ids(self) -> list[int]:
        """All sightings, those of copies too."""
        copied = [seen.sighting.id for copy in self.copies for _, seen in copy.pairs]
        return [*(s.id for screen in self.screens for s in screen.sightings), *copied]

    def fingerprint(self, *light: object) -> str:
        """Hash all that the result depends on, with what else it is seen in the *light* of."""
        seen = [
            (s.id, _stamp(s.sent.earliest), _stamp(s.sent.latest))
            for screen in self.screens
            for s in screen.sightings
        ]
        moments = [(_stamp(s.captured.at), s.page, s.kind) for s in self.screens]
        copied = [(i, seen.sighting.id) for copy in self.copies for i, seen in copy.pairs]
        words = [(d.one, d.other, d.same) for d in self.decisions]
        whole = (JOINER, light, moments, seen, copied, words, sorted(self.repeated))
        return hashlib.blake2b(repr(whole).encode(), digest_size=16).hexdigest()

    def joined(self, *, first: bool) -> JoinedThread:
        """Return the messages of the block, which is the thread's *first* one or not."""
        bond = Decisions(self.decisions)
        assembly, alone = _assembled(self.screens, bond, self.repeated)
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
    settled = with_borrowed_days([s for s in screens if s.sightings])
    originals, copies = without_copies(settled)
    repeated = repeated_texts(originals)
    said = tuple(decisions)
    groups = blocks_of(sorted(originals, key=_canonical), _on_originals(said, copies))
    found = []
    for group in sorted(groups, key=_start):
        own = {s.id for screen in group for s in screen.sightings}
        copied = tuple(copy for copy in copies if copy.pairs[0][0] in own)
        own |= {seen.sighting.id for copy in copied for _, seen in copy.pairs}
        texts = {key for screen in group for s in screen.sightings for key in keys_of(s.text)}
        words = tuple(d for d in said if d.one in own or d.other in own)
        found.append(Block(tuple(group), copied, words, repeated & texts))
    return found


def _on_originals(
    decisions: Iterable[JoinDecision], copies: Iterable[CopiedScreen]
) -> list[JoinDecision]:
    """Return *decisions* with the sightings of better pictures in the place of copies'."""
    better = {seen.sighting.id: i for copy in copies for i, seen in copy.pairs}
    return [
        JoinDecision.on(better.get(d.one, d.one), better.get(d.other, d.other), same=d.same)
        for d in decisions
    ]


def _start(screens: Sequence[SeenScreen]) -> dt.datetime:
    """Return the first moment known of what *screens* show, else that of the first of them."""
    known = [s.sent.earliest for screen in screens for s in screen.sightings if s.sent.earliest]
    captured = (screen.captured.at for screen in screens if screen.captured.at)
    return min(known, default=None) or min(captured, default=LAST)


def _stamp(moment: dt.datetime | None) -> float | None:
    return moment.timestamp() if moment else None


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


def _canonical(screen: SeenScreen) -> tuple[object, ...]:
    """Order by moment, page and content; never by ids, which depend on the order of importing."""
    moment = screen.captured.at or LAST
    shown = [(s.text, s.confidence, s.box.rounded()) for s in screen.sightings]
    return (moment, screen.page, shown)


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
