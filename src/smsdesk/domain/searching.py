"""How texts are searched: case and full or half width make no difference."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Return *text* as it is searched."""
    return unicodedata.normalize("NFKC", text).casefold()


def hits(words: str, text: str) -> list[tuple[int, int]]:
    """Return where *words* stand in *text*: (start, end) of its characters, never overlapping.

    A character that is several when it is folded (㎏) is a hit as a whole.
    """
    wanted = fold(words)
    if not wanted:
        return []
    folded, places = "", []
    for place, char in enumerate(text):
        parts = fold(char)
        folded += parts
        places += [place] * len(parts)
    found = []
    at = folded.find(wanted)
    while at >= 0:
        found.append((places[at], places[at + len(wanted) - 1] + 1))
        at = folded.find(wanted, at + len(wanted))
    return found
