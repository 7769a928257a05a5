"""Whether the texts of two sightings can be those of one message.

They are compared as a reader would who knows that engines slip and that screens cut: without
spaces and punctuation, a fragment only with the part that it can be.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from smsdesk.domain.messages import Sighting
from smsdesk.domain.screens import LabelScope, ScreenKind
from smsdesk.domain.threads import SeenScreen
from smsdesk.domain.time_labels import parse_label
from smsdesk.domain.times import SentTime

SAME = 0.85
"""Similarity of two readings of one text: engines miss at the worst one character in ten, in each
of the two readings; other messages of this length rarely come so near but in digits."""

STRAINED = 0.7
"""Below this even poor readings (a blurred copy, one character in six wrong) do not fall."""

FRAGMENT = 0.75
"""The same for a fragment: of the line that the edge cuts, half the characters may be garbled."""

NO_CONTRADICTION = 0.5
"""A fragment of two lines, one of them garbled, still agrees in half of its characters."""

LEGIBLE = 0.35
"""Of a bubble that can be read at all more than this comes out right; two sentences that have
nothing to do with one another agree in a tenth or two of their characters."""

SHORT = 7
"""Texts below this length (one miss would be over 15 %) must be read equal."""

NORMAL_KEPT = 2**15
"""Texts kept as `normal` made them: as many as a thread of 5,000 screens has sightings, which are
asked for several times in joining it; at 200 characters some 20 MB."""

_DIGITS = re.compile(r"\d")
_FIGURES = re.compile(r"\d+")
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A sighting made ready for comparing.

    `text` is normalised; `cut_top` and `cut_bottom` say which part of the message is missing,
    `at_top` and `at_bottom` that it stands at that end of its screen, and may be cut unnoticed;
    `captured` is the moment of its screen, None if not known; `minute` that of sending, where it is
    known exactly; `clock` the clock drawn for this very message, in minutes, though its day may not
    be known. `anchor` is the time known next to it: its own beginning, else the next below on its
    screen, else the moment of the screen; None where nothing is known. `of_copy`: the picture
    is the copy of a better one. `from_list`: it is a row of a message list.
    """

    sighting: Sighting
    text: str
    cut_top: bool
    cut_bottom: bool
    at_top: bool
    at_bottom: bool
    captured: dt.datetime | None
    minute: dt.datetime | None
    clock: int | None
    anchor: dt.datetime | None
    of_copy: bool = False
    from_list: bool = False

    @property
    def is_cut(self) -> bool:
        """Whether any part is missing."""
        return self.cut_top or self.cut_bottom


def prepared(screen: SeenScreen) -> list[Seen]:
    """Make the sightings of a screen ready, from the top."""
    last = len(screen.sightings) - 1
    inbox = screen.kind is ScreenKind.INBOX
    return [
        Seen(
            sighting,
            normal(sighting.text),
            cut_top=sighting.clipped and index == 0 and not inbox,
            # Alone on its screen it may be cut at both ends; a row of an inbox may always be.
            cut_bottom=sighting.snippet or inbox or (sighting.clipped and (index > 0 or last == 0)),
            at_top=index == 0,
            at_bottom=index == last,
            captured=screen.captured.at,
            minute=_minute(sighting.sent),
            clock=clock_of(sighting),
            anchor=anchor,
            from_list=inbox,
        )
        for index, (sighting, anchor) in enumerate(
            zip(screen.sightings, _anchors(screen), strict=True)
        )
    ]


def _anchors(screen: SeenScreen) -> list[dt.datetime | None]:
    """Return, for each sighting, the time known next to it."""
    anchors: list[dt.datetime | None] = []
    below = screen.captured.at
    for sighting in reversed(screen.sightings):
        below = sighting.sent.earliest or below
        anchors.append(below)
    return anchors[::-1]


def can_be_one(a: Seen, b: Seen) -> bool:
    """Say, at a glance, whether nothing that stands by the two themselves parts them."""
    if a.clock is not None and b.clock is not None:
        return a.clock == b.clock and (a.minute is None or b.minute is None or a.minute == b.minute)
    one, two = a.sighting.sent, b.sighting.sent
    return not (_before(one.latest, two.earliest) or _before(two.latest, one.earliest))


def _minute(sent: SentTime) -> dt.datetime | None:
    return sent.earliest if sent.earliest == sent.latest else None


def clock_of(sighting: Sighting) -> int | None:
    """Return the clock drawn for this very message, in minutes; None where there is none."""
    minute = _minute(sighting.sent)
    if minute is not None:
        return minute.hour * 60 + minute.minute
    own = sighting.label_scope is LabelScope.OWN
    parsed = parse_label(sighting.sent.label) if sighting.sent.label and own else None
    return parsed.clock if parsed and not parsed.either_midnight else None


def _before(one: dt.datetime | None, two: dt.datetime | None) -> bool:
    return one is not None and two is not None and one < two


@lru_cache(maxsize=NORMAL_KEPT)
def normal(text: str) -> str:
    """Return *text* without width, case, spaces and punctuation; all of it if nothing is left."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _NO_WORD.sub("", folded) or "".join(folded.split())


def template(text: str) -> str:
    """Return a normalised *text* as the template that programs fill: any figure is one mark."""
    return _FIGURES.sub("#", text)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two texts agree: in so many `characters` (0: they have no part in common to compare).

    `strained`: they differ by more than engines often do, so that only a sure neighbour on both
    screens makes them one message. `garbled`: the few characters that an edge left are others.
    `other_figures`: they are of one template, with figures that differ.
    """

    characters: int
    strained: bool = False
    garbled: bool = False
    other_figures: bool = False


_NOTHING_TO_COMPARE = Likeness(0)
_GARBLED = Likeness(0, garbled=True)
_OTHER_FIGURES = Likeness(0, strained=True, other_figures=True)
UNREADABLE = Likeness(0, strained=True)
"""Of two texts that have nothing in common where all else says that they are the same."""


def compared(a: Seen, b: Seen) -> Likeness | None:
    """Return how the two texts agree; None if they are of different messages."""
    if not a.is_cut and not b.is_cut:
        return _whole(a, b) or _cut_unnoticed(a, b) or _cut_unnoticed(b, a)
    if a.is_cut and b.is_cut and (a.cut_top, a.cut_bottom) != (b.cut_top, b.cut_bottom):
        return _meeting(a, b) if a.cut_bottom and b.cut_top else _meeting(b, a)
    piece, other = (a, b) if len(a.text) <= len(b.text) or not b.is_cut else (b, a)
    if not piece.is_cut:
        piece, other = other, piece
    return _fragment(piece, other.text)


def may_be_misread(a: Seen, b: Seen) -> bool:
    """Say whether texts that differ may be one, of which an engine read hardly anything right.

    Of a few characters all may be wrong, but not their number; of one that is cut nobody knows it.
    """
    if a.is_cut or b.is_cut or not (a.text and b.text):
        return True
    if max(len(a.text), len(b.text)) < SHORT:
        return abs(len(a.text) - len(b.text)) <= 1
    return fuzz.ratio(a.text, b.text) >= 100 * LEGIBLE


def _meeting(upper: Seen, lower: Seen) -> Likeness:
    """Compare the end of what the bottom edge cut with the beginning of what the top edge cut."""
    longest = min(len(upper.text), len(lower.text))
    for size in range(longest, SHORT - 1, -1):
        if fuzz.ratio(upper.text[-size:], lower.text[:size]) >= 100 * SAME:
            return Likeness(size)
    return _NOTHING_TO_COMPARE


def _whole(a: Seen, b: Seen) -> Likeness | None:
    if a.text == b.text:
        return Likeness(len(a.text))
    shorter = min(len(a.text), len(b.text))
    if shorter < SHORT:
        return UNREADABLE if Levenshtein.distance(a.text, b.text) == 1 < shorter else None
    likeness = fuzz.ratio(a.text, b.text)
    if likeness < 100 * STRAINED:
        return None
    figures = _other_digits(a.text, b.text)
    slips = figures > 0 and _may_slip(a, b)
    if figures > 1 and not slips:
        return None
    if figures > 1 or (figures and not slips):
        return _OTHER_FIGURES
    return Likeness(shorter) if likeness >= 100 * SAME else UNREADABLE


def _cut_unnoticed(piece: Seen, whole: Seen) -> Likeness | None:
    """Allow a message that the edge cut between two lines: it looks whole, but proves nothing."""
    if not piece.text or len(piece.text) >= len(whole.text):
        return None
    ends = piece.at_top and whole.text.endswith(piece.text)
    begins = piece.at_bottom and whole.text.startswith(piece.text)
    return _NOTHING_TO_COMPARE if ends or begins else None


def _may_slip(a: Seen, b: Seen) -> bool:
    """Say whether a digit of either text is in doubt.

    Messages made from one template differ in digits only, so that one in another place is no slip.
    """
    same_minute = a.minute is not None and a.minute == b.minute
    return same_minute or _doubts_a_digit(a.sighting) or _doubts_a_digit(b.sighting)


def _other_digits(one: str, other: str) -> int:
    """Count the digits that stand in one text only, or are others there.

    A letter for a digit (O for 0) is a slip of an engine, never a difference of templates.
    """
    count = 0
    for edit in Levenshtein.editops(one, other):
        from_digit = edit.tag != "insert" and one[edit.src_pos].isdigit()
        to_digit = edit.tag != "delete" and other[edit.dest_pos].isdigit()
        count += from_digit and to_digit if edit.tag == "replace" else from_digit or to_digit
    return count


def _doubts_a_digit(sighting: Sighting) -> bool:
    return any(_DIGITS.search(sighting.text, start, end) for start, end in sighting.doubtful)


def _fragment(piece: Seen, whole: str) -> Likeness | None:
    size = len(piece.text)
    if size > len(whole) * (2 - SAME):
        return None
    if piece.cut_top and piece.cut_bottom:
        found = fuzz.partial_ratio_alignment(piece.text, whole)
        part = whole[found.dest_start : found.dest_end] if found else ""
    else:
        part = whole[-size:] if piece.cut_top else whole[:size]
    likeness = fuzz.ratio(piece.text, part)
    if likeness >= 100 * FRAGMENT and not _other_digits(piece.text, part):
        return Likeness(size)
    if likeness >= 100 * NO_CONTRADICTION:
        return _NOTHING_TO_COMPARE
    return _GARBLED if size <= SHORT else None
