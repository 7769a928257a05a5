"""Which characters of a reading are doubtful."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from smsdesk.domain.spans import Spans

DOUBT_BELOW = 0.99
"""Letters, digits and ideographs are doubtful below this. Engines are quite sure of most mistakes:
on drawn screens, whole, halved and compressed, 15 of 16 wrong characters had less, and so had 0.7 %
of all characters; below 0.9 there were only 4 of the 16."""

DOUBT_MARKS_BELOW = 0.5
"""Of punctuation engines are unsure mostly whether it is full or half width, which is the same
mark; a mark is doubtful only where they would rather have had another."""


def doubtful_spans(text: str, confidences: Sequence[float]) -> Spans:
    """Return (start, end) of every run of doubtful characters; spaces have no doubt of their own.

    *confidences* (0 to 1) holds one entry for each character of *text*.
    """
    spans: list[tuple[int, int]] = []
    for index, (char, confidence) in enumerate(zip(text, confidences, strict=True)):
        if char.isspace() or confidence >= _least(char):
            continue
        if spans and spans[-1][1] == index:
            spans[-1] = (spans[-1][0], index + 1)
        else:
            spans.append((index, index + 1))
    return tuple(spans)


def _least(char: str) -> float:
    is_mark = unicodedata.category(char).startswith("P")
    return DOUBT_MARKS_BELOW if is_mark else DOUBT_BELOW
