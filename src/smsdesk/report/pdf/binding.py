"""How the pages are bound: in one volume, or in several under running page numbers.

A page of the layout has an index; bound, it has a volume and a number. Every volume but the only
one has front pages of its own, which count as pages, so the number is the index and what was put
in front of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is: in which volume, and its running number (both from 1)."""

    volume: int
    number: int


@dataclass(frozen=True, slots=True)
class Volume:
    """The pages *first* to *last* (indices) of the layout.

    Its `fronts` front pages stand behind the page `front_behind` (index): in the first volume that
    is the cover, in the others the last page of the volume before.
    """

    number: int
    first: int
    last: int
    fronts: int = 0
    front_behind: int = 0

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return self.last - self.first + 1 + self.fronts


@dataclass(frozen=True)
class Binding:
    """All volumes in order."""

    volumes: tuple[Volume, ...]

    @staticmethod
    def single(pages: int) -> Binding:
        """Return one volume of that many pages."""
        return Binding((Volume(1, 1, pages),))

    @property
    def in_volumes(self) -> bool:
        """Whether there are several."""
        return len(self.volumes) > 1

    @property
    def pages(self) -> int:
        """How many pages there are in all."""
        return sum(volume.pages for volume in self.volumes)

    @cached_property
    def _lasts(self) -> list[int]:
        return [volume.last for volume in self.volumes]

    def place(self, index: int) -> Place:
        """Return where the page *index* of the layout is bound."""
        position = bisect_right(self._lasts, index - 1)
        before = self.volumes[: position + 1]
        fronts = sum(v.fronts for v in before if index > v.front_behind)
        return Place(self.volumes[position].number, index + fronts)

    def front_places(self, volume: Volume) -> Iterator[Place]:
        """Yield where the front pages of a volume are bound."""
        before = sum(v.fronts for v in self.volumes[: volume.number - 1])
        for page in range(1, volume.fronts + 1):
            yield Place(volume.number, volume.front_behind + before + page)

    def places(self, anchors: Mapping[str, int]) -> dict[str, Place]:
        """Return where all anchors of the layout are bound."""
        return {anchor: self.place(index) for anchor, index in anchors.items()}


def split(pages: Sequence[Mapping[Hashable, int]], page: int, limit: int) -> list[tuple[int, int]]:
    """Return runs (first, last) of pages, counted from 1, that take *limit* bytes at most.

    Each page takes *page* bytes, and what it holds (name: bytes) once in a run. A page that is
    larger than *limit* by itself gets a run of its own.
    """
    runs: list[tuple[int, int]] = []
    first, total = 1, 0
    held: set[Hashable] = set()
    for number, weights in enumerate(pages, 1):
        more = page + sum(size for name, size in weights.items() if name not in held)
        if number > first and total + more > limit:
            runs.append((first, number - 1))
            first, total, held = number, 0, set()
            more = page + sum(weights.values())
        total += more
        held |= weights.keys()
    return [*runs, (first, len(pages))]
