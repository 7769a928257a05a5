"""The case card."""

from __future__ import annotations

from dataclasses import asdict, fields

from smsdesk.domain.cases import CaseCard
from smsdesk.storage.repository import Repository
from smsdesk.storage.schema import CaseRow


class CaseRepository(Repository):
    """The one case that a unit of work is about."""

    def card(self) -> CaseCard:
        """Return the case card."""
        row = self._session.get_one(CaseRow, self._case_id)
        return CaseCard(**{field.name: getattr(row, field.name) for field in fields(CaseCard)})

    def update_card(self, card: CaseCard) -> None:
        """Replace the case card."""
        row = self._session.get_one(CaseRow, self._case_id)
        for name, value in asdict(card).items():
            setattr(row, name, value)
