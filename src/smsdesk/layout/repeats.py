"""Which texts a thread is known to show more than once, whatever overlaps with what.

So are the templates of texts with figures: programs fill in sums and days, often the same again.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass

from smsdesk.layout.sketches import UNKNOWN, WHOLE, Sketch, hashed
from smsdesk.layout.stretches import ORDER_SLACK

_SLACK = ORDER_SLACK // dt.timedelta(microseconds=1)


@dataclass(slots=True)
class _Use:
    """When a text was sent at the `latest`, and until when at the `earliest`, in all its places."""

    latest: int = UNKNOWN
    earliest: int = -UNKNOWN
    screen: int = -1

    def note(self, earliest: int, latest: int, screen: int) -> bool:
        """Take in a place of the text; say whether two messages have it for certain."""
        twice = self.screen == screen
        self.screen = screen
        self.latest = max(self.latest, earliest)
        if latest != UNKNOWN:
            self.earliest = min(self.earliest, latest)
        return twice or self.latest - self.earliest > _SLACK


def repeated_texts(screens: Iterable[Sketch]) -> frozenset[int]:
    """Return the hashes of texts and templates of which two messages are known for certain.

    One screen shows both, or they were sent at two times. Rows of an inbox repeat what a thread
    shows, so they tell nothing; nor does a text that an edge cuts.
    """
    uses: defaultdict[int, _Use] = defaultdict(_Use)
    repeated: set[int] = set()
    for number, screen in enumerate(screens):
        if screen.is_list:
            continue
        for _, text, filled, earliest, latest, flags in screen.lines:
            for key in (text, filled) if flags & WHOLE else ():
                if key and key not in repeated and uses[key].note(earliest, latest, number):
                    repeated.add(key)
    return frozenset(repeated)


@dataclass(frozen=True, slots=True)
class Repeats(Container[str]):
    """Texts (normalised) and templates by their hashes."""

    hashes: frozenset[int]

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and hashed(text) in self.hashes
