"""Copies of a screen: the same picture resent through a chat, made smaller or compressed anew.

What a copy shows is what the better picture shows, message by message; so it takes no part in
looking for overlaps, and its own moment (often that of saving) dates nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from smsdesk.domain.messages import Sighting
from smsdesk.domain.threads import SeenScreen
from smsdesk.domain.times import CaptureSource, date_messages
from smsdesk.layout.matching import Seen, normal, prepared

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

    A copy of which a message finds no counterpart counts as a screen of its own. Where the copy's
    moment is known better than the better picture's, that one dates both.
    """
    by_page = {(screen.original_id, screen.page): screen for screen in screens}
    copies: list[CopiedScreen] = []
    copied: set[tuple[int, int]] = set()
    for screen in screens:
        better = by_page.get((screen.copy_of, screen.page)) if screen.copy_of else None
        if better is None or better is screen or not (pairs := _counterparts(screen, better)):
            continue
        better = by_page[better.original_id, better.page] = _dated(better, screen)
        copies.append(_copied(screen, pairs))
        copied.add((screen.original_id, screen.page))
    return [screen for place, screen in by_page.items() if place not in copied], copies


def _counterparts(copy: SeenScreen, better: SeenScreen) -> list[Sighting]:
    """Return, for each sighting of the copy, the one of the better picture; [] if one has none."""
    found: list[Sighting] = []
    rest = list(better.sightings)
    for sighting in copy.sightings:
        while rest and not _alike(sighting, rest[0]):
            rest.pop(0)
        if not rest:
            return []
        found.append(rest.pop(0))
    return found


def _alike(one: Sighting, other: Sighting) -> bool:
    return fuzz.ratio(normal(one.text), normal(other.text)) >= ALIKE


def _dated(better: SeenScreen, copy: SeenScreen) -> SeenScreen:
    """Return the better picture's screen, dated by the copy's moment if that is surer."""
    if _SUREST.index(copy.captured.source) >= _SUREST.index(better.captured.source):
        return better
    labels = [(s.sent.label, s.label_scope) for s in better.sightings]
    times = date_messages(labels, copy.captured, better.kind)
    sightings = (replace(s, sent=t) for s, t in zip(better.sightings, times, strict=True))
    return replace(better, captured=copy.captured, sightings=tuple(sightings))


def _copied(copy: SeenScreen, counterparts: Sequence[Sighting]) -> CopiedScreen:
    """Pair the copy's sightings with their counterparts, whose times they take."""
    seen = [
        replace(one, sighting=replace(one.sighting, sent=other.sent), captured=None)
        for one, other in zip(prepared(copy), counterparts, strict=True)
    ]
    ids = (other.id for other in counterparts)
    return CopiedScreen(tuple(zip(ids, seen, strict=True)))
