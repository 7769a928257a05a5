"""How fast something goes, and how long the rest will take."""

from __future__ import annotations

import time
from collections.abc import Callable

_TRUST_AFTER = 3
"""Steps done before a rate is told: the first ones also load the models."""


class Pace:
    """Measures steps against the clock, pauses left out."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._before = 0.0
        self._since: float | None = None
        self._first: int | None = None
        self._last = 0

    def note(self, done: int) -> None:
        """Note how many steps are done; the first note starts the clock."""
        if self._first is None:
            self._first, self._since = done, self._clock()
        self._last = done

    def pause(self) -> None:
        """Let the clock stand."""
        if self._since is not None:
            self._before += self._clock() - self._since
            self._since = None

    def go_on(self) -> None:
        """Let the clock run again, if it has run before."""
        if self._first is not None and self._since is None:
            self._since = self._clock()

    @property
    def seconds_a_step(self) -> float | None:
        """How long one step takes, None while that cannot be told."""
        steps = self._last - (self._first or 0)
        running = self._clock() - self._since if self._since is not None else 0.0
        return (self._before + running) / steps if steps >= _TRUST_AFTER else None
