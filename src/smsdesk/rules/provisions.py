"""Provisions of law, standard and self-regulation, and which of them hold on a day."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from smsdesk.domain.findings import Provision
from smsdesk.resources import resource

_FIELDS = ("id", "instrument", "rank", "article", "text", "in_force_from", "in_force_to")


@cache
def load_provisions() -> Mapping[str, Provision]:
    """Return all bundled provisions by id; `text` is None where it may only be named."""
    lines = resource("rules", "provisions.jsonl").read_text(encoding="utf-8").splitlines()
    rows = (json.loads(line) for line in lines if line)
    return MappingProxyType(
        {
            row["id"]: Provision(
                **{name: row[name] for name in _FIELDS},
                verified=row["verified"],
                source=row["source"],
            )
            for row in rows
        }
    )


def in_force(ids: Iterable[str], on: dt.date | None) -> tuple[str, ...]:
    """Return those of *ids* in force on the day *on*, in the order given.

    An open or unknown end does not exclude. Without a day all are returned, old versions and new:
    each carries its own dates, and only a person can say which one the message falls under.
    """
    if on is None:
        return tuple(ids)
    known, day = load_provisions(), on.isoformat()
    return tuple(
        name
        for name in ids
        if (known[name].in_force_from or "") <= day <= (known[name].in_force_to or "9999")
    )
