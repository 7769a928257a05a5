"""The custody log (流转记录): a chain of hashes in which no line can change unseen.

Each entry's hash is the SHA-256 of the previous entry's hash and the canonical JSON of all its own
fields, actor included. Verifying needs nothing but this module and the entries.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

GENESIS = "0" * 64
"""Stands for the hash before the first entry."""


@dataclass(frozen=True, slots=True)
class CustodyEntry:
    """One line of the log.

    `number` counts from 1; `details` holds plain JSON values (before, after, counts).
    """

    number: int
    at: dt.datetime
    actor: str
    action: str
    details: Mapping[str, Any]
    previous_hash: str
    hash: str


def canonical_json(value: object) -> str:
    """Return *value* as JSON with sorted keys, no spaces and no ASCII escapes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def entry_hash(
    number: int,
    at: dt.datetime,
    actor: str,
    action: str,
    details: Mapping[str, Any],
    previous_hash: str,
) -> str:
    """Return the hash (lower-case hex) that binds an entry's fields to all entries before it."""
    fields = {
        "action": action,
        "actor": actor,
        "at": at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "details": dict(details),
        "number": number,
    }
    return hashlib.sha256((previous_hash + canonical_json(fields)).encode()).hexdigest()


def next_entry(
    last: CustodyEntry | None,
    at: dt.datetime,
    actor: str,
    action: str,
    details: Mapping[str, Any],
) -> CustodyEntry:
    """Return the entry that follows *last* in the chain."""
    number = last.number + 1 if last else 1
    previous = last.hash if last else GENESIS
    return CustodyEntry(
        number,
        at,
        actor,
        action,
        details,
        previous,
        entry_hash(number, at, actor, action, details, previous),
    )


def first_broken(entries: Iterable[CustodyEntry]) -> int | None:
    """Return the number of the first entry that does not fit the chain, or None if all do."""
    previous, expected_number = GENESIS, 1
    for entry in entries:
        recomputed = entry_hash(
            entry.number, entry.at, entry.actor, entry.action, entry.details, previous
        )
        fits = entry.previous_hash == previous and entry.hash == recomputed
        if not fits or entry.number != expected_number:
            return expected_number
        previous, expected_number = entry.hash, expected_number + 1
    return None
