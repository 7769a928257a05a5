"""Findings: what rules propose, and what a person decided of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import func, select

from smsdesk.domain.findings import (
    HINTS,
    Finding,
    FindingState,
    PackIdentity,
    Proposal,
    ViolationType,
)
from smsdesk.domain.spans import Spans
from smsdesk.storage.codec import from_json, to_json
from smsdesk.storage.repository import Repository, slices
from smsdesk.storage.schema import FindingRow

_Kind = tuple[ViolationType, str]
"""What makes two proposals for one message the same: the label, and the rule that says so."""


class FindingRepository(Repository):
    """A message has at most one finding for each rule and label."""

    def get(self, finding_id: int) -> Finding:
        """Return a finding; KeyError if there is none."""
        return finding_of(self._row(FindingRow, finding_id))

    def for_message(self, message_id: int) -> list[Finding]:
        """Return the findings of a message."""
        return [finding_of(row) for row in self._of([message_id])[message_id]]

    def replace_proposals(
        self, message_id: int, proposals: Sequence[Proposal], pack: PackIdentity
    ) -> bool:
        """Make *proposals* what the rules say of a message; return whether anything changed.

        What a person confirmed or rejected stays as it is, and is not proposed anew.
        """
        return bool(self.replace_many({message_id: proposals}, pack))

    def replace_many(
        self, proposals: Mapping[int, Sequence[Proposal]], pack: PackIdentity
    ) -> list[int]:
        """Do `replace_proposals` for many messages (keys); return the ids of those that changed."""
        changed = []
        for ids in slices(list(proposals)):
            rows = self._of(ids)
            changed += [i for i in ids if self._replace(i, rows[i], proposals[i], pack)]
        self._session.flush()
        return changed

    def _replace(
        self,
        message_id: int,
        rows: Sequence[FindingRow],
        proposals: Sequence[Proposal],
        pack: PackIdentity,
    ) -> bool:
        wanted = _by_kind(proposals)
        changed = False
        for row in rows:
            proposal = wanted.pop((row.violation, row.rule), None)
            if row.state is not FindingState.PROPOSED:
                continue
            if proposal is None:
                self._session.delete(row)
                changed = True
            elif (proposal, pack) != (_proposal(row), _pack(row)):
                _write(row, proposal, pack)
                changed = True
        for proposal in wanted.values():
            row = FindingRow(
                case_id=self._case_id, message_id=message_id, state=FindingState.PROPOSED
            )
            _write(row, proposal, pack)
            self._session.add(row)
        return changed or bool(wanted)

    def set_state(self, finding_id: int, state: FindingState) -> FindingState:
        """Keep a person's decision; return the state before. KeyError if there is no finding."""
        row = self._row(FindingRow, finding_id)
        before, row.state = row.state, state
        return before

    def counts(self) -> dict[FindingState, int]:
        """Return how many findings are in each state; hints are never counted."""
        rows = self._session.execute(
            select(FindingRow.state, func.count())
            .where(FindingRow.case_id == self._case_id, FindingRow.violation.not_in(HINTS))
            .group_by(FindingRow.state)
        )
        counted = dict(iter(rows))
        return {state: counted.get(state, 0) for state in FindingState}

    def _of(self, message_ids: Sequence[int]) -> defaultdict[int, list[FindingRow]]:
        """Return the rows of at most one slice of messages."""
        found = defaultdict(list)
        rows = (
            select(FindingRow)
            .where(FindingRow.case_id == self._case_id, FindingRow.message_id.in_(message_ids))
            .order_by(FindingRow.id)
        )
        for row in self._session.scalars(rows):
            found[row.message_id].append(row)
        return found


def finding_of(row: FindingRow) -> Finding:
    """Return the finding that a row holds."""
    return Finding(row.id, row.message_id, _proposal(row), row.state, _pack(row))


def _by_kind(proposals: Sequence[Proposal]) -> dict[_Kind, Proposal]:
    """Return the proposals by what makes them the same; such ones share their spans."""
    kinds: dict[_Kind, Proposal] = {}
    for proposal in proposals:
        kind = (proposal.violation, proposal.rule)
        known = kinds.get(kind)
        spans = proposal.spans if known is None else known.spans + proposal.spans
        kinds[kind] = replace(known or proposal, spans=tuple(dict.fromkeys(spans)))
    return kinds


def _proposal(row: FindingRow) -> Proposal:
    return Proposal(
        row.violation,
        row.rule,
        from_json(Spans, row.spans),
        row.reason,
        from_json(tuple[str, ...], row.provisions),
    )


def _pack(row: FindingRow) -> PackIdentity | None:
    if row.pack_version is None or row.pack_sha256 is None:
        return None
    return PackIdentity(row.pack_version, row.pack_sha256)


def _write(row: FindingRow, proposal: Proposal, pack: PackIdentity) -> None:
    row.violation = proposal.violation
    row.rule = proposal.rule
    row.spans = to_json(proposal.spans)
    row.reason = proposal.reason
    row.provisions = to_json(proposal.provisions)
    row.pack_version = pack.version
    row.pack_sha256 = pack.sha256
