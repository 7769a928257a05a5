"""What rules rest on beyond the messages: packs, recipients, institutions, judgements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, insert, select, update

from smsdesk.domain.findings import Recipient
from smsdesk.domain.rulings import Answer, Judgement, KeptPack
from smsdesk.domain.threads import ThreadKey
from smsdesk.storage.bearings import DueRepository
from smsdesk.storage.repository import Repository, slices
from smsdesk.storage.schema import (
    InstitutionSenderRow,
    JudgementRow,
    MessageRow,
    RulePackRow,
    ThreadRecipientRow,
    ThreadRow,
)


class RulingRepository(Repository):
    """Small tables, read whole: a case has few packs, threads and senders."""

    def packs(self) -> list[KeptPack]:
        """Return the packs added to the case, oldest first."""
        rows = self._session.scalars(
            select(RulePackRow).where(RulePackRow.case_id == self._case_id).order_by(RulePackRow.id)
        )
        return [KeptPack(r.name, r.version, r.sha256, r.source, r.added_at) for r in rows]

    def keep_pack(self, pack: KeptPack) -> None:
        """Add a pack; one of the same version is replaced."""
        self.drop_pack(pack.version)
        self._session.add(
            RulePackRow(
                case_id=self._case_id,
                name=pack.name,
                version=pack.version,
                sha256=pack.sha256,
                source=pack.source,
                added_at=pack.added_at,
            )
        )

    def drop_pack(self, version: str) -> bool:
        """Take a pack out of use; return whether the case had it."""
        row = self._session.scalar(
            select(RulePackRow).where(
                RulePackRow.case_id == self._case_id, RulePackRow.version == version
            )
        )
        if row is None:
            return False
        self._session.delete(row)
        self._session.flush()
        return True

    def answers(self) -> dict[int, Answer]:
        """Return, by thread, whom a person said it was sent to."""
        rows = self._session.scalars(
            select(ThreadRecipientRow).where(ThreadRecipientRow.case_id == self._case_id)
        )
        return {row.thread_id: Answer(row.recipient, row.relation) for row in rows}

    def answer_for(self, key: ThreadKey) -> Answer | None:
        """Return the answer for a thread by its key, None where nobody was asked."""
        row = self._session.scalar(
            select(ThreadRecipientRow)
            .join(ThreadRow, ThreadRow.id == ThreadRecipientRow.thread_id)
            .where(
                ThreadRow.case_id == self._case_id,
                ThreadRow.device_id == key.device_id,
                ThreadRow.sender_key == key.sender_key,
            )
        )
        return None if row is None else Answer(row.recipient, row.relation)

    def answer(self, thread_id: int, answer: Answer) -> None:
        """Keep whom a thread was sent to, for all its messages; KeyError if there is no thread."""
        thread = self._session.get(ThreadRow, thread_id)
        if thread is None or thread.case_id != self._case_id:
            raise KeyError(f"thread {thread_id}")
        self._session.merge(
            ThreadRecipientRow(
                thread_id=thread_id,
                case_id=self._case_id,
                recipient=answer.recipient,
                relation=answer.relation,
            )
        )
        of_thread = update(MessageRow).where(MessageRow.thread_id == thread_id)
        self._session.execute(of_thread.values(recipient=answer.recipient))
        self._note_thread_due(thread_id)

    def forget_answer(self, thread_id: int, recipient: Recipient) -> None:
        """Take an answer back; its messages go to whom the phone's owner is (*recipient*)."""
        row = self._session.get(ThreadRecipientRow, thread_id)
        if row is not None:
            self._session.delete(row)
        of_thread = update(MessageRow).where(MessageRow.thread_id == thread_id)
        self._session.execute(of_thread.values(recipient=recipient))
        self._note_thread_due(thread_id)

    def _note_thread_due(self, thread_id: int) -> None:
        concerned = select(MessageRow.id).where(MessageRow.thread_id == thread_id)
        self._due.note_due(self._session.scalars(concerned).all())

    def institutions(self) -> dict[str, str]:
        """Return, by sender key, the institution that a person put the sender under."""
        rows = self._session.scalars(
            select(InstitutionSenderRow).where(InstitutionSenderRow.case_id == self._case_id)
        )
        return {row.sender_key: row.institution for row in rows}

    def assign(self, sender_key: str, institution: str | None) -> str | None:
        """Put a sender under an institution, or (None) take it out; return the one before."""
        row = self._session.get(InstitutionSenderRow, (self._case_id, sender_key))
        before = None if row is None else row.institution
        if institution is not None:
            self._session.merge(
                InstitutionSenderRow(
                    case_id=self._case_id, sender_key=sender_key, institution=institution
                )
            )
        elif row is not None:
            self._session.delete(row)
        self._session.flush()
        self._due.note_everything_due()
        return before

    def judgements(self, message_ids: Sequence[int] | None = None) -> dict[int, Judgement]:
        """Return, by message, what was last judged of it: of all, or of these messages."""
        rows = select(JudgementRow).where(JudgementRow.case_id == self._case_id)
        found: list[JudgementRow] = []
        if message_ids is None:
            found += self._session.scalars(rows)
        for ids in slices(message_ids or ()):
            found += self._session.scalars(rows.where(JudgementRow.message_id.in_(ids)))
        return {row.message_id: Judgement(row.inputs, row.packs) for row in found}

    def forget_judgements(self, message_ids: Iterable[int]) -> None:
        """Let these messages be judged anew the next time."""
        for ids in slices(list(message_ids)):
            self._session.execute(delete(JudgementRow).where(JudgementRow.message_id.in_(ids)))
            self._due.note_due(ids)

    def note_judgements(self, judgements: Mapping[int, Judgement]) -> None:
        """Keep what was judged of messages."""
        for ids in slices(list(judgements)):
            of_these = JudgementRow.message_id.in_(ids)
            self._session.execute(delete(JudgementRow).where(of_these))
        rows = [
            {
                "message_id": message_id,
                "case_id": self._case_id,
                "inputs": judgement.inputs,
                "packs": judgement.packs,
            }
            for message_id, judgement in judgements.items()
        ]
        if rows:
            self._session.execute(insert(JudgementRow), rows)

    @property
    def _due(self) -> DueRepository:
        return DueRepository(self._session, self._case_id)
