"""What a person decided about joins, what is still to be asked, and threads that are one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Select, delete, func, insert, select

from smsdesk.domain.threads import JoinDecision, OpenOverlap
from smsdesk.storage.repository import Repository, slices
from smsdesk.storage.schema import JoinDecisionRow, JoinedBlockRow, OpenPairRow, SightingRow


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

    def keep_questions(
        self, thread_id: int, questions: Sequence[OpenOverlap], sighting_ids: Collection[int]
    ) -> None:
        """Make *questions* those of a thread on these sightings; others stay."""
        for some in slices(sorted(set(sighting_ids))):
            about = OpenPairRow.one_id.in_(some) | OpenPairRow.other_id.in_(some)
            self._session.execute(delete(OpenPairRow).where(about))
        numbers = select(func.max(OpenPairRow.number)).where(OpenPairRow.thread_id == thread_id)
        first = (self._session.scalar(numbers) or 0) + 1
        pairs = {
            (min(pair), max(pair)): n
            for n, question in enumerate(questions, first)
            for pair in question.pairs
        }
        self._session.add_all(
            OpenPairRow(
                one_id=one,
                other_id=other,
                case_id=self._case_id,
                thread_id=thread_id,
                number=n,
            )
            for (one, other), n in pairs.items()
        )
        self._session.flush()

    def blocks(self, thread_id: int) -> set[str]:
        """Return the fingerprints of the blocks of a thread that were joined."""
        rows = select(JoinedBlockRow.fingerprint).where(JoinedBlockRow.thread_id == thread_id)
        return set(self._session.scalars(rows))

    def keep_blocks(self, thread_id: int, fingerprints: Collection[str]) -> None:
        """Make *fingerprints* those of the blocks of a thread."""
        known, wanted = self.blocks(thread_id), set(fingerprints)
        for gone in slices(sorted(known - wanted)):
            self._session.execute(
                delete(JoinedBlockRow).where(
                    JoinedBlockRow.thread_id == thread_id, JoinedBlockRow.fingerprint.in_(gone)
                )
            )
        new = [
            {"thread_id": thread_id, "fingerprint": name, "case_id": self._case_id}
            for name in sorted(wanted - known)
        ]
        if new:
            self._session.execute(insert(JoinedBlockRow), new)

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
        messages = self._in_question().subquery()
        return self._session.scalars(select(func.count()).select_from(messages)).one()

    def messages_in_question(self) -> list[int]:
        """Return the messages that may each be two."""
        return [found for found in self._session.scalars(self._in_question()) if found is not None]

    def _in_question(self) -> Select[int | None]:
        return (
            select(SightingRow.message_id)
            .join(OpenPairRow, OpenPairRow.one_id == SightingRow.id)
            .where(OpenPairRow.case_id == self._case_id, SightingRow.message_id.is_not(None))
            .distinct()
        )
