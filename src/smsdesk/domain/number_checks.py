"""Hold further readings of a number against the first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from smsdesk.domain.numbers import parse_sender
from smsdesk.domain.senders import Sender, SenderKind


def checked(first: Sender, texts: Iterable[str]) -> Sender:
    """Return *first* with those of *texts*, read from the same place, that contradict its number.

    The first reading stays even if all others agree against it: they saw the same pixels, and a
    majority of machines is no evidence. That it is doubtful is what can be said; which one is right
    is for a person with the picture to say.
    """
    others = (_contradiction(first, text) for text in texts)
    readings = dict.fromkeys(number for number in others if number)
    return replace(first, readings=tuple(readings))


def _contradiction(first: Sender, text: str) -> str | None:
    """Return the other number in *text*, None if it agrees or is no reading of this number.

    Engines lose digits at the edges of a tight cut. What is no number of the plan counts only if
    it has as many digits as the first: then they disagree about a digit, not about where it ends.
    """
    other = parse_sender(text)
    if first.number is None or other.number is None:
        return None
    if other.number.lstrip("+") == first.number.lstrip("+"):
        return None
    planned = other.kind is not SenderKind.UNKNOWN
    return other.number if planned or _count(text) == _count(first.raw) else None


def _count(text: str) -> int:
    return sum(c.isdigit() for c in text)
