"""Messages as they were before they were joined with others, so that parting brings them back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from smsdesk.domain.findings import FindingState
from smsdesk.domain.messages import ReviewState
from smsdesk.domain.searching import fold
from smsdesk.storage.rows import hand_words, text_of, write_hand_words
from smsdesk.storage.schema import FindingRow, FormerMessageRow, MessageRow

_FINDING = ("id", "violation", "rule", "spans", "reason", "provisions", "state", "pack_version")
_PACK_HASH = "pack_sha256"
_EARLIER = "earlier"
"""Beside what a message was before its last merge: what it was before the one before that."""


def work_on(row: MessageRow, findings: Iterable[FindingRow]) -> dict[str, Any]:
    """Return all that a person did to a message, and what was proposed on it, as JSON values."""
    decided = [{n: getattr(f, n) for n in (*_FINDING, _PACK_HASH)} for f in findings]
    return {
        "state": row.state.value,
        "starred": row.starred,
        "note": row.note,
        "corrected_text": row.corrected_text,
        "findings": sorted(decided, key=lambda finding: int(finding["id"])),
        **({"by_hand": hand_words(row)} if row.by_hand else {}),
    }


def done_by_hand(work: dict[str, Any]) -> dict[str, Any]:
    """Return *work* without what rules propose: they propose anew after every join."""
    decided = [
        [finding["id"], str(finding["state"])]
        for finding in work["findings"]
        if finding["state"] != FindingState.PROPOSED
    ]
    return {**work, "findings": decided}


def write_work(session: Session, row: MessageRow, work: dict[str, Any]) -> None:
    """Bring a message back to what *work* says; its findings return with their ids."""
    row.state = ReviewState(work["state"])
    row.starred, row.note = work["starred"], work["note"]
    row.corrected_text = work["corrected_text"]
    row.search_text = fold(text_of(row))
    write_hand_words(row, work.get("by_hand", {}))
    wanted = {finding["id"]: finding for finding in work["findings"]}
    present = session.scalars(select(FindingRow).where(FindingRow.message_id == row.id))
    for finding in present.all():
        if finding.id not in wanted:
            session.delete(finding)
    session.flush()
    for finding_id, values in wanted.items():
        known = session.get(FindingRow, finding_id)
        finding = known or FindingRow(id=finding_id, case_id=row.case_id)
        finding.message_id = row.id
        for name in (*_FINDING[1:], _PACK_HASH):
            setattr(finding, name, values[name])
        finding.state = FindingState(values["state"])
        session.add(finding)
    session.flush()


def sightings_in(sightings: Iterable[int], before: Mapping[str, Any]) -> set[int]:
    """Return the sightings that a row tells of: the message's, and those before earlier merges."""
    told, earlier = set(sightings), before.get(_EARLIER)
    while earlier is not None:
        told |= set(earlier["sightings"])
        earlier = earlier["before"].get(_EARLIER)
    return told


class FormerMessages:
    """The remembered messages of one thread, by the sightings that they had."""

    def __init__(self, session: Session, case_id: int, thread_ids: Sequence[int]) -> None:
        self._session = session
        self._case_id = case_id
        rows = select(FormerMessageRow).where(FormerMessageRow.thread_id.in_(thread_ids))
        self._by_sightings: dict[tuple[int, ...], FormerMessageRow] = {}
        self._keys_with: defaultdict[int, set[tuple[int, ...]]] = defaultdict(set)
        for row in session.scalars(rows):
            self._hold(row)

    def remember(
        self, row: MessageRow, sightings: Iterable[int], before: dict[str, Any], after: Any
    ) -> None:
        """Keep what was done to a message *before* it took others in or went into one (*after*)."""
        key = tuple(sorted(sightings))
        own = self._session.get(FormerMessageRow, row.id)
        if own is not None:
            earlier = own.before.get(_EARLIER) if tuple(own.sightings) == key else _as_json(own)
            before = {**before, _EARLIER: earlier}
        for stale in (self._by_sightings.get(key), own):
            if stale is not None:
                self._drop(stale)
        kept = FormerMessageRow(
            message_id=row.id,
            case_id=self._case_id,
            thread_id=row.thread_id,
            sightings=list(key),
            before=before,
            after=after,
        )
        self._session.add(kept)
        self._hold(kept)

    def of(self, sightings: Iterable[int]) -> FormerMessageRow | None:
        """Return the message that had just these sightings."""
        return self._by_sightings.get(tuple(sorted(sightings)))

    def within(self, sightings: Iterable[int]) -> FormerMessageRow | None:
        """Return the message that had just these sightings, else most of them and no others.

        It is parted again then, and seen at more places than before.
        """
        ids = set(sightings)
        keys = {key for i in ids for key in self._keys_with.get(i, ()) if ids.issuperset(key)}
        found = [self._by_sightings[key] for key in keys]
        return max(found, key=lambda row: (len(row.sightings), -row.message_id), default=None)

    def forget(self, row: FormerMessageRow) -> None:
        """Drop a message that has come back; what it was before an earlier merge stays."""
        message_id, earlier = row.message_id, row.before.get(_EARLIER)
        self._drop(row)
        if earlier is not None:
            again = FormerMessageRow(message_id=message_id, case_id=self._case_id, **earlier)
            self._session.add(again)
            self._session.flush()
            self._hold(again)

    def _hold(self, row: FormerMessageRow) -> None:
        key = tuple(row.sightings)
        self._by_sightings[key] = row
        for i in key:
            self._keys_with[i].add(key)

    def _drop(self, row: FormerMessageRow) -> None:
        key = tuple(row.sightings)
        self._by_sightings.pop(key, None)
        for i in key:
            self._keys_with[i].discard(key)
        if row in self._session and row not in self._session.deleted:
            self._session.flush()
            self._session.delete(row)
            self._session.flush()


def _as_json(row: FormerMessageRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("thread_id", "sightings", "before", "after")}
