"""Spans: (start, end) pairs that point at words of a text."""

from __future__ import annotations

from collections.abc import Iterable

Spans = tuple[tuple[int, int], ...]


def carried(spans: Iterable[tuple[int, int]], old: str, new: str) -> Spans:
    """Return where the words at *spans* of *old* stand in *new*, each at its nearest place.

    Words that *new* does not hold lose their span: better no mark than one on the wrong words.
    """
    places = (_nearest(old[start:end], start, new) for start, end in spans)
    return tuple(dict.fromkeys(place for place in places if place is not None))


def _nearest(words: str, start: int, text: str) -> tuple[int, int] | None:
    after = text.find(words, start)
    before = text.rfind(words, 0, start + len(words))
    found = [place for place in (before, after) if place >= 0]
    if not words or not found:
        return None
    place = min(found, key=lambda candidate: abs(candidate - start))
    return place, place + len(words)
