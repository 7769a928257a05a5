"""Which characters of a reading are doubtful."""

from __future__ import annotations

from collections.abc import Sequence

from smsdesk.domain.spans import Spans

DOUBT_BELOW = 0.9
"""Characters the engine is less sure of are doubtful."""


def doubtful_spans(text: str, confidences: Sequence[float]) -> Spans:
    """Return (start, end) of every run of doubtful characters; spaces have no doubt of their own.

    *confidences* (0 to 1) holds one entry for each character of *text*.
    """
    spans: list[tuple[int, int]] = []
    for index, (char, confidence) in enumerate(zip(text, confidences, strict=True)):
        if char.isspace() or confidence >= DOUBT_BELOW:
            continue
        if spans and spans[-1][1] == index:
            spans[-1] = (spans[-1][0], index + 1)
        else:
            spans.append((index, index + 1))
    return tuple(spans)
