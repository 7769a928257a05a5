"""Where on a picture each character of a message stands, as far as the reading tells."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from smsdesk.domain.geometry import Box
from smsdesk.domain.messages import Sighting
from smsdesk.domain.reading import TextLine
from smsdesk.storage.case_file import CaseFile

Places = tuple[Box | None, ...]
"""The box of each character of a text, in pixels of its page; None where it is not known."""


def character_places(case: CaseFile, sighting: Sighting, text: str) -> Places:
    """Return where each character of *text*, a reading of what *sighting* shows, stands.

    The lines of the reading that lie in the sighting's box are compared with the text; what a
    person put right or a repair changed has the place of what it stands for, where the lengths
    agree.
    """
    with case.view() as work:
        found = work.readings.get(sighting.original_id, sighting.page)
    if found is None:
        return (None,) * len(text)
    reading, _ = found
    return _aligned(text, list(_characters_in(sighting.box, reading.lines)))


def seen_at(
    case: CaseFile, original_id: int, page: int, x: float, y: float
) -> tuple[int, Sighting] | None:
    """Return the message that a page shows at a point, and how; None where it shows none."""
    with case.view() as work:
        for message_id, sighting in work.sightings.on_page(original_id, page):
            box = sighting.box
            if box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1:
                return message_id, sighting
    return None


def _characters_in(box: Box, lines: Sequence[TextLine]) -> Iterator[tuple[str, Box]]:
    """Yield the characters of the lines whose middle lies in *box*, from the top."""
    inside = [line for line in lines if line.text and _holds(box, line.box)]
    for line in sorted(inside, key=lambda line: (line.box.y0 + line.box.y1, line.box.x0)):
        for char, (left, right) in zip(line.text, line.char_spans, strict=False):
            yield char, Box(left, line.box.y0, right, line.box.y1)


def _holds(box: Box, line: Box) -> bool:
    x, y = (line.x0 + line.x1) / 2, (line.y0 + line.y1) / 2
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _aligned(text: str, read: Sequence[tuple[str, Box]]) -> Places:
    places: list[Box | None] = [None] * len(text)
    drawn = "".join(char for char, _ in read)
    matcher = difflib.SequenceMatcher(None, drawn, text, autojunk=False)
    for kind, a0, a1, b0, b1 in matcher.get_opcodes():
        if kind == "equal" or (kind == "replace" and a1 - a0 == b1 - b0):
            places[b0:b1] = [box for _, box in read[a0:a1]]
    return tuple(places)
