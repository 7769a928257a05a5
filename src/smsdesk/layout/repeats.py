"""Which texts a thread is known to show more than once, whatever overlaps with what.

So are the templates of texts with figures: programs fill in sums and days, often the same again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from smsdesk.domain.messages import Sighting
from smsdesk.domain.screens import ScreenKind
from smsdesk.domain.threads import SeenScreen
from smsdesk.layout.matching import normal, template
from smsdesk.layout.stretches import ORDER_SLACK


@dataclass(slots=True)
class _Use:
    """When a text was sent at the `latest`, and until when at the `earliest`, in all its places."""

    latest: dt.datetime | None = None
    earliest: dt.datetime | None = None
    screen: int = -1
    twice: bool = False

    def note(self, sighting: Sighting, screen: int) -> None:
        self.twice = self.twice or self.screen == screen
        self.screen = screen
        sent = sighting.sent
        if sent.earliest is not None and (self.latest is None or sent.earliest > self.latest):
            self.latest = sent.earliest
        if sent.latest is not None and (self.earliest is None or sent.latest < self.earliest):
            self.earliest = sent.latest

    @property
    def is_repeated(self) -> bool:
        apart = self.latest is not None and self.earliest is not None
        return self.twice or (
            apart and self.latest - self.earliest > ORDER_SLACK  # type: ignore[operator]
        )


def repeated_texts(screens: Sequence[SeenScreen]) -> frozenset[str]:
    """Return the texts (normalised) and templates of which two messages are known for certain.

    One screen shows both, or they were sent at two times. Rows of an inbox repeat what a thread
    shows, so they tell nothing; nor does a text that an edge cuts.
    """
    uses: dict[str, _Use] = {}
    for number, screen in enumerate(screens):
        if screen.kind is ScreenKind.THREAD:
            for sighting in screen.sightings:
                if not (sighting.clipped or sighting.snippet):
                    for key in keys_of(sighting.text):
                        uses.setdefault(key, _Use()).note(sighting, number)
    return frozenset(text for text, use in uses.items() if use.is_repeated)


def keys_of(text: str) -> Iterator[str]:
    """Yield what *text* is known by: itself, normalised, and the template of one with figures."""
    whole = normal(text)
    yield whole
    if (filled := template(whole)) != whole:
        yield filled
