"""Copies of a screen: the same picture resent through a chat, made smaller or compressed anew.

What a copy shows is what the better picture shows, message by message; so it takes no part in
looking for overlaps, and its own moment (often that of saving) dates nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from smsdesk.domain.messages import Sighting
from smsdesk.domain.threads import SeenScreen
from smsdesk.domain.times import UNKNOWN_TIME, CaptureSource, date_messages
from smsdesk.layout.matching import Seen, clock_of, normal, prepared

ALIKE = 50
"""Similarity (of 100) of two readings of one line of text, the one of them from a blurred copy."""

_SUREST = tuple(CaptureSource)


@dataclass(frozen=True, slots=True)
class CopiedScreen:
    """A copy's sightings, each with the id of the better picture's sighting of that message."""

    pairs: tuple[tuple[int, Seen], ...]


def without_copies(
    screens: Sequence[SeenScreen],
) -> tuple[list[SeenScreen], list[CopiedScreen]]:
    """Return the screens that count, and the copies among them.

    Where the copy's moment is known better than the better picture's, that one dates both. What was
    read of the copy alone stays as a screen of its own: one of the two readings is wrong, and
    nobody but a person can say which.
    """
    by_page = {(screen.original_id, screen.page): screen for screen in screens}
    copies: list[CopiedScreen] = []
    for screen in screens:
        better = by_page.get((screen.copy_of, screen.page)) if screen.copy_of else None
        if better is None or better is screen:
            continue
        pairs = _counterparts(screen, better)
        if 2 * len(pairs) < len(screen.sightings):
            continue
        better = by_page[better.original_id, better.page] = _dated(better, screen)
        copies.append(_copied(screen, pairs, better))
        by_page[screen.original_id, screen.page] = _rest(screen, pairs, better)
    return [screen for screen in by_page.values() if screen.sightings], copies


def _counterparts(copy: SeenScreen, better: SeenScreen) -> dict[int, int]:
    """Return positions of the copy's sightings with those of the better picture's counterparts.

    Where both show as many messages, most of them alike, each is the one in its place: the next one
    alike may be a repeat.
    """
    ones, others = copy.sightings, better.sightings
    if len(ones) == len(others):
        in_place = {i: i for i, pair in enumerate(zip(ones, others, strict=True)) if _alike(*pair)}
        if 2 * len(in_place) >= len(ones):
            return in_place
    found: dict[int, int] = {}
    start = 0
    for number, sighting in enumerate(ones):
        rest = range(start, len(others))
        other = next((i for i in rest if _may_be_one(sighting, others[i])), None)
        if other is not None:
            found[number], start = other, other + 1
    return found


def _alike(one: Sighting, other: Sighting) -> bool:
    return fuzz.ratio(normal(one.text), normal(other.text)) >= ALIKE


def _may_be_one(one: Sighting, other: Sighting) -> bool:
    """Say whether text and clock agree; in its own place a clock that differs was misread."""
    clocks = {clock for s in (one, other) if (clock := clock_of(s)) is not None}
    return len(clocks) < 2 and _alike(one, other)


def _dated(better: SeenScreen, copy: SeenScreen) -> SeenScreen:
    """Return the better picture's screen, dated by the copy's moment if that is surer."""
    if _SUREST.index(copy.captured.source) >= _SUREST.index(better.captured.source):
        return better
    labels = [(s.sent.label, s.label_scope) for s in better.sightings]
    times = date_messages(labels, copy.captured, better.kind)
    sightings = (replace(s, sent=t) for s, t in zip(better.sightings, times, strict=True))
    return replace(better, captured=copy.captured, sightings=tuple(sightings))


def _copied(copy: SeenScreen, pairs: Mapping[int, int], better: SeenScreen) -> CopiedScreen:
    """Pair the copy's sightings with their counterparts, whose times they take."""
    seen = prepared(copy)
    return CopiedScreen(
        tuple(
            (
                better.sightings[other].id,
                replace(
                    seen[number],
                    sighting=replace(seen[number].sighting, sent=better.sightings[other].sent),
                    captured=None,
                    of_copy=True,
                ),
            )
            for number, other in pairs.items()
        )
    )


def _rest(copy: SeenScreen, pairs: Mapping[int, int], better: SeenScreen) -> SeenScreen:
    """Return what the copy alone was read to show; its own labels date it by no sure moment."""
    alone = [
        replace(sighting, sent=replace(UNKNOWN_TIME, label=sighting.sent.label))
        for number, sighting in enumerate(copy.sightings)
        if number not in pairs
    ]
    return replace(copy, captured=better.captured, sightings=tuple(alone), copy_of=None)
