"""Whether the texts of two sightings can be those of one message.

They are compared as a reader would who knows that engines slip and that screens cut: without
spaces and punctuation, a fragment only with the part that it can be.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from smsdesk.domain.messages import Sighting
from smsdesk.domain.screens import LabelScope, ScreenKind
from smsdesk.domain.threads import SeenScreen
from smsdesk.domain.time_labels import parse_label

SAME = 0.85
"""Similarity of two readings of one text: engines miss at the worst one character in ten, in each
of the two readings; other messages of this length rarely come so near but in digits."""

FRAGMENT = 0.75
"""The same for a fragment: of the line that the edge cuts, half the characters may be garbled."""

NO_CONTRADICTION = 0.5
"""A fragment of two lines, one of them garbled, still agrees in half of its characters."""

SHORT = 7
"""Texts below this length (one miss would be over 15 %) must be read equal."""

_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A sighting made ready for comparing.

    `text` is normalised; `cut_top` and `cut_bottom` say which part of the message is missing;
    `captured` is the moment of the screen in China time, None if not known.
    """

    sighting: Sighting
    text: str
    cut_top: bool
    cut_bottom: bool
    captured: dt.datetime | None

    @property
    def is_cut(self) -> bool:
        """Whether any part is missing."""
        return self.cut_top or self.cut_bottom

    @property
    def minute(self) -> dt.datetime | None:
        """The minute of sending where it is known exactly."""
        sent = self.sighting.sent
        return sent.earliest if sent.earliest == sent.latest else None

    @property
    def clock(self) -> int | None:
        """The clock drawn for this very message, in minutes, though its day may be unknown."""
        if self.minute is not None:
            return self.minute.hour * 60 + self.minute.minute
        label = self.sighting.sent.label
        own = self.sighting.label_scope is LabelScope.OWN
        parsed = parse_label(label) if label and own else None
        return parsed.clock if parsed and not parsed.either_midnight else None


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
            captured=screen.captured.at,
        )
        for index, sighting in enumerate(screen.sightings)
    ]


def normal(text: str) -> str:
    """Return *text* without width, case, spaces and punctuation; all of it if nothing is left."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if c.isalnum()) or "".join(folded.split())


def compared(a: Seen, b: Seen) -> int | None:
    """Return how many characters of the two texts agree; None if the texts contradict each other.

    0 where there was nothing to compare: pieces from the two ends of a message.
    """
    if not a.is_cut and not b.is_cut:
        return _whole(a, b)
    if a.is_cut and b.is_cut and (a.cut_top, a.cut_bottom) != (b.cut_top, b.cut_bottom):
        return 0
    piece, other = (a, b) if len(a.text) <= len(b.text) or not b.is_cut else (b, a)
    if not piece.is_cut:
        piece, other = other, piece
    return _fragment(piece, other.text)


def _whole(a: Seen, b: Seen) -> int | None:
    if a.text == b.text:
        return len(a.text)
    shorter = min(len(a.text), len(b.text))
    if shorter < SHORT or fuzz.ratio(a.text, b.text) < 100 * SAME:
        return None
    return shorter if _same_digits(a, b) else None


def _same_digits(a: Seen, b: Seen) -> bool:
    """Messages made from one template differ in digits only; a digit in doubt may be a slip."""
    one, two = ("".join(_DIGITS.findall(s.text)) for s in (a, b))
    if one == two:
        return True
    in_doubt = a.minute is not None and a.minute == b.minute
    in_doubt = in_doubt or _doubts_a_digit(a.sighting) or _doubts_a_digit(b.sighting)
    return in_doubt and Levenshtein.distance(one, two) <= 1


def _doubts_a_digit(sighting: Sighting) -> bool:
    return any(_DIGITS.search(sighting.text, start, end) for start, end in sighting.doubtful)


def _fragment(piece: Seen, whole: str) -> int | None:
    size = len(piece.text)
    if size > len(whole) * (2 - SAME):
        return None
    if piece.cut_top and piece.cut_bottom:
        likeness = fuzz.partial_ratio(piece.text, whole)
    else:
        part = whole[-size:] if piece.cut_top else whole[:size]
        likeness = fuzz.ratio(piece.text, part)
    if likeness >= 100 * FRAGMENT:
        return size
    return 0 if likeness >= 100 * NO_CONTRADICTION or size <= SHORT else None
