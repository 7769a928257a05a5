"""What was changed in a text after an engine read it."""

from __future__ import annotations

import difflib

Repairs = tuple[tuple[int, int, str], ...]


def repairs(raw: str, text: str) -> Repairs:
    """Return what turned *raw* into *text*: (start, end) in *text*, and what was read there.

    A text is stored beside its raw reading, so that this list can always be made again, and never
    disagrees with them. Putting back every piece gives *raw*.
    """
    if raw == text:
        return ()
    matcher = difflib.SequenceMatcher(None, raw, text, autojunk=False)
    return tuple(
        (start, end, raw[raw_start:raw_end])
        for kind, raw_start, raw_end, start, end in matcher.get_opcodes()
        if kind != "equal"
    )
