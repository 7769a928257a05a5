"""Where on the picture a sender's number stands, so that it can be read a second time."""

from __future__ import annotations

import re

from smsdesk.domain.geometry import Box
from smsdesk.layout.rows import Row

_DIGITS = re.compile(r"[+(（]?\d[\d\s()（）+\-–—.·*OolI]*\d")
"""A number with what engines read for its digits."""

_COUNT = re.compile(r"\s*[(（]\d{1,3}\+?[)）]?\s*$")
"""How many messages are unread, drawn after a number: in a second cut it might join the number."""

_LEAST = 3
"""Digits of the shortest numbers (110)."""


def number_box(row: Row, shown: str) -> Box | None:
    """Return the place of the longest number in *shown*, the sender's part of *row*'s text.

    None if it shows no number.
    """
    start = max(row.text.find(shown), 0)
    found = _DIGITS.finditer(row.text, start, start + len(_COUNT.sub("", shown)))
    runs = [run for run in found if _count(run.group()) >= _LEAST]
    if not runs:
        return None
    run = max(runs, key=lambda each: _count(each.group()))
    spans = row.char_spans[run.start() : run.end()]
    return Box(min(x0 for x0, _ in spans), row.box.y0, max(x1 for _, x1 in spans), row.box.y1)


def _count(text: str) -> int:
    return sum(c.isdigit() for c in text)
