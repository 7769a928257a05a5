"""What a person decided about joins, what is still to be asked, and threads that are one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from smsdesk.domain.threads import JoinDecision, OpenOverlap
from smsdesk.storage.repository import Repository
from smsdesk.storage.schema import JoinDecisionRow, OpenPairRow, SightingRow


class JoinRepository(Repository):
    """Decisions and questions are on pairs of sightings, which never change their ids."""

    def decisions(self, thread_id: int) -> list[JoinDecision]:
        """Return a person's decisions in a thread."""
        rows = select(JoinDecisionRow).where(
            JoinDecisionRow.case_id == self._case_id, JoinDecisionRow.thread_id == thread_id
        )
        ordered = rows.order_by(JoinDecisionRow.one_id, JoinDecisionRow.other_id)
        return [
            JoinDecision(row.one_id, row.other_id, row.same)
            for row in self._session.scalars(ordered)
        ]

    def replace(
        self, thread_id: int, before: Iterable[JoinDecision], after: Iterable[JoinDecision]
    ) -> None:
        """Put *after* in the place of *before*."""
        for decision in before:
            row = self._session.get(JoinDecisionRow, (decision.one, decision.other))
            if row is not None:
                self._session.delete(row)
        self._session.flush()
        self._session.add_all(
            JoinDecisionRow(
                one_id=decision.one,
                other_id=decision.other,
                case_id=self._case_id,
                thread_id=thread_id,
                same=decision.same,
            )
            for decision in after
        )
        self._session.flush()

    def keep_questions(self, thread_id: int, questions: Sequence[OpenOverlap]) -> None:
        """Make *questions* those of a thread."""
        wanted = {
            (min(pair), max(pair)): number
            for number, question in enumerate(questions)
            for pair in question.pairs
        }
        rows = self._session.scalars(select(OpenPairRow).where(OpenPairRow.thread_id == thread_id))
        for row in rows:
            if wanted.get((row.one_id, row.other_id)) == row.number:
                del wanted[row.one_id, row.other_id]
            else:
                self._session.delete(row)
        self._session.flush()
        self._session.add_all(
            OpenPairRow(
                one_id=one,
                other_id=other,
                case_id=self._case_id,
                thread_id=thread_id,
                number=number,
            )
            for (one, other), number in wanted.items()
        )
        self._session.flush()

    def questions(self, thread_id: int | None = None) -> list[OpenOverlap]:
        """Return what is to be asked, in a thread or in the whole case."""
        rows = select(OpenPairRow).where(OpenPairRow.case_id == self._case_id)
        if thread_id is not None:
            rows = rows.where(OpenPairRow.thread_id == thread_id)
        ordered = rows.order_by(OpenPairRow.thread_id, OpenPairRow.number, OpenPairRow.one_id)
        found: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for row in self._session.scalars(ordered):
            found[row.thread_id, row.number].append((row.one_id, row.other_id))
        return [OpenOverlap(tuple(pairs)) for pairs in found.values()]

    def count_in_question(self) -> int:
        """Return how many messages may each be two."""
        messages = (
            select(func.count(SightingRow.message_id.distinct()))
            .join(OpenPairRow, OpenPairRow.one_id == SightingRow.id)
            .where(OpenPairRow.case_id == self._case_id)
        )
        return self._session.scalars(messages).one()
