"""What a person said of words in masked copies."""

from __future__ import annotations

from sqlalchemy import select

from smsdesk.domain.masks import MaskChoice
from smsdesk.storage.repository import Repository
from smsdesk.storage.schema import MaskChoiceRow


class MaskChoiceRepository(Repository):
    """A small table, read whole: one choice for each run of words."""

    def all(self) -> list[MaskChoice]:
        """Return all choices, by their words."""
        rows = select(MaskChoiceRow).where(MaskChoiceRow.case_id == self._case_id)
        found = self._session.scalars(rows.order_by(MaskChoiceRow.words))
        return [MaskChoice(row.words, row.state, row.kind) for row in found]

    def put(self, words: str, choice: MaskChoice | None) -> None:
        """Keep what is said of *words*; None takes back whatever was."""
        row = self._session.get(MaskChoiceRow, (self._case_id, words))
        if choice is not None:
            self._session.merge(
                MaskChoiceRow(
                    case_id=self._case_id, words=words, state=choice.state, kind=choice.kind
                )
            )
        elif row is not None:
            self._session.delete(row)
        self._session.flush()
