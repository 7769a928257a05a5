"""Whether two threads of a phone are one conversation, shown under a number, a name or neither."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from rapidfuzz import fuzz

from smsdesk.layout.matching import SAME, normal
from smsdesk.layout.overlaps import TELLING

ENOUGH = 2
"""Messages with the same text in the same minute: one may be a text that goes out to many, two are
not sent by two senders to one phone in the same two minutes."""


def may_be_one(one: str, other: str) -> bool:
    """Say, by their keys (`Sender.key`), whether two threads can be of one sender.

    Two numbers are two senders, and so are two names; a header that was not read can be anyone.
    """
    if one.startswith("?") or other.startswith("?"):
        return True
    return is_number(one) != is_number(other)


def prefers(one: str, other: str) -> bool:
    """Say whether the conversation goes by *one* rather than *other*: a number, else a name."""
    return _rank(one) < _rank(other)


def same_conversation(pairs: Iterable[tuple[dt.datetime, str, str]]) -> bool:
    """Say whether messages of one minute (minute, text, text) show that two threads are one."""
    minutes = {
        minute
        for minute, one, other in pairs
        if min(len(normal(one)), len(normal(other))) >= TELLING
        and fuzz.ratio(normal(one), normal(other)) >= 100 * SAME
    }
    return len(minutes) >= ENOUGH


def _rank(key: str) -> int:
    if key.startswith("?"):
        return 2
    return 0 if is_number(key) else 1


def is_number(key: str) -> bool:
    """Say whether a thread goes by a number: neither a name nor a header that was not read."""
    return key.removeprefix("+").isdigit()
