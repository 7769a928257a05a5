"""The custody log."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from smsdesk.domain.custody import CustodyEntry, canonical_json, next_entry
from smsdesk.storage.columns import clean, unbroken
from smsdesk.storage.repository import Repository
from smsdesk.storage.schema import CaseRow, CustodyRow

_SURROGATE = re.compile(r"[\ud800-\udfff]")


class CustodyRepository(Repository):
    """Entries are appended and read, never changed."""

    def append(
        self, action: str, details: Mapping[str, Any], actor: str, at: dt.datetime
    ) -> CustodyEntry:
        """Add the next entry; *details* are plain JSON values. Return it with its hash.

        The head is read while this unit holds the write lock, so no two entries can follow
        the same one.
        """
        self._hold_case()
        plain = _plain(details)
        entry = next_entry(self.head(), at, clean(actor), action, plain)
        self._session.add(
            CustodyRow(
                case_id=self._case_id,
                number=entry.number,
                at=entry.at,
                actor=entry.actor,
                action=entry.action,
                details=plain,
                previous_hash=entry.previous_hash,
                hash=entry.hash,
            )
        )
        self._session.flush()
        return entry

    def _hold_case(self) -> None:
        """Keep other writers of this case out; on SQLite the unit has done so already."""
        self._session.execute(
            select(CaseRow.id).where(CaseRow.id == self._case_id).with_for_update()
        )

    def head(self) -> CustodyEntry | None:
        """Return the last entry, None if the log is empty."""
        last = (
            select(CustodyRow)
            .where(CustodyRow.case_id == self._case_id)
            .order_by(CustodyRow.number.desc())
            .limit(1)
        )
        row = self._session.scalar(last)
        return None if row is None else _entry(row)

    def all(self) -> list[CustodyEntry]:
        """Return all entries from the first."""
        rows = (
            select(CustodyRow)
            .where(CustodyRow.case_id == self._case_id)
            .order_by(CustodyRow.number)
        )
        return [_entry(row) for row in self._session.scalars(rows)]


def _plain(details: Mapping[str, Any]) -> dict[str, Any]:
    """Return *details* as they will be read again, so that the hash fits them then."""
    text = canonical_json(dict(details))
    spelled_out = _SURROGATE.sub(lambda found: rf"\\u{ord(found[0]):x}", text)
    plain: dict[str, Any] = json.loads(spelled_out)
    return plain


@unbroken
def _mapping(details: Any) -> dict[str, Any]:
    return dict(details)


def _entry(row: CustodyRow) -> CustodyEntry:
    return CustodyEntry(
        row.number,
        row.at,
        row.actor,
        row.action,
        _mapping(row.details),
        row.previous_hash,
        row.hash,
    )
