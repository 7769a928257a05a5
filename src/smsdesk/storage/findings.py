"""Findings: what rules propose, and what a person decided of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from smsdesk.domain.findings import (
    BY_HAND,
    HINTS,
    Finding,
    FindingState,
    PackIdentity,
    Proposal,
    ProposalChange,
    ViolationType,
    rests_on_case,
)
from smsdesk.domain.spans import Spans
from smsdesk.storage.bearings import DueRepository
from smsdesk.storage.codec import from_json, to_json
from smsdesk.storage.repository import Repository, slices
from smsdesk.storage.schema import FindingRow

_Kind = tuple[ViolationType, str]
"""What makes two proposals for one message the same: the label, and the rule that says so."""


def _every_rule(_rule: str) -> bool:
    return True


_Written = tuple[FindingRow | None, Proposal, PackIdentity]


@dataclass(frozen=True, slots=True)
class _Step:
    """What is to be done to the open findings of one message; empty if nothing."""

    message_id: int
    removed: tuple[FindingRow, ...]
    written: tuple[_Written, ...]

    def __bool__(self) -> bool:
        return bool(self.removed or self.written)


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

        What a person confirmed or rejected stays as it is, and its label is not proposed anew, by
        whatever rule.
        """
        return bool(self.replace_many({message_id: proposals}, pack))

    def replace_many(
        self,
        proposals: Mapping[int, Sequence[Proposal]],
        pack: PackIdentity,
        within: Callable[[str], bool] = _every_rule,
    ) -> list[int]:
        """Do `replace_proposals` for many messages (keys); return the ids of those that changed.

        Findings of rules that are not *within* are left alone.
        """
        steps = [step for step in self._plan(proposals, pack, within) if step]
        for step in steps:
            self._carry_out(step)
        self._session.flush()
        return [step.message_id for step in steps]

    def compare_many(
        self,
        proposals: Mapping[int, Sequence[Proposal]],
        pack: PackIdentity,
        within: Callable[[str], bool] = _every_rule,
    ) -> list[ProposalChange]:
        """Return what `replace_many` would change, and change nothing."""
        return [
            ProposalChange(
                step.message_id,
                tuple(proposal for row, proposal, _ in step.written if row is None),
                tuple(map(_proposal, step.removed)),
                tuple(proposal for row, proposal, _ in step.written if row is not None),
            )
            for step in self._plan(proposals, pack, within)
            if step
        ]

    def _plan(
        self,
        proposals: Mapping[int, Sequence[Proposal]],
        pack: PackIdentity,
        within: Callable[[str], bool],
    ) -> Iterator[_Step]:
        for ids in slices(list(proposals)):
            rows = self._of(ids)
            for i in ids:
                yield _step(i, [r for r in rows[i] if within(r.rule)], proposals[i], pack)

    def _carry_out(self, step: _Step) -> None:
        for row in step.removed:
            self._session.delete(row)
        for known, proposal, pack in step.written:
            row = known or FindingRow(
                case_id=self._case_id, message_id=step.message_id, state=FindingState.PROPOSED
            )
            _write(row, proposal, pack)
            self._session.add(row)

    def set_state(self, finding_id: int, state: FindingState) -> FindingState:
        """Keep a person's decision; return the state before. KeyError if there is no finding."""
        row = self._row(FindingRow, finding_id)
        before, row.state = row.state, state
        return before

    def decide(
        self, message_id: int, violation: ViolationType, rule: str, state: FindingState
    ) -> int | None:
        """Keep a person's decision on what a rule says; return the finding's id.

        None if it is not there any more: rules may propose otherwise since the text was changed.
        """
        row = self._find(message_id, violation, rule)
        if row is None:
            return None
        row.state = state
        return row.id

    def add_by_hand(self, message_id: int, proposal: Proposal) -> int:
        """Put a label on a message, confirmed; return the finding's id."""
        row = self._find(message_id, proposal.violation, proposal.rule) or FindingRow(
            case_id=self._case_id, message_id=message_id, violation=proposal.violation
        )
        row.rule, row.reason = proposal.rule, proposal.reason
        row.spans, row.provisions = to_json(proposal.spans), to_json(proposal.provisions)
        row.state = FindingState.CONFIRMED
        DueRepository(self._session, self._case_id).note_due([message_id])
        return self._add(row).id

    def remove_by_hand(self, message_id: int, violation: ViolationType) -> int | None:
        """Take off a label that was put on by hand; return the id that its finding had."""
        row = self._find(message_id, violation, BY_HAND)
        if row is None:
            return None
        self._session.delete(row)
        self._session.flush()
        return row.id

    def _find(self, message_id: int, violation: ViolationType, rule: str) -> FindingRow | None:
        return self._session.scalar(
            select(FindingRow).where(
                FindingRow.case_id == self._case_id,
                FindingRow.message_id == message_id,
                FindingRow.violation == violation,
                FindingRow.rule == rule,
            )
        )

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


def _step(
    message_id: int, rows: Sequence[FindingRow], proposals: Sequence[Proposal], pack: PackIdentity
) -> _Step:
    """Compare what is kept of a message with what is proposed; decisions win."""
    decided = {_topic(r.violation, r.rule) for r in rows if r.state is not FindingState.PROPOSED}
    wanted = {
        kind: proposal
        for kind, proposal in _by_kind(proposals).items()
        if _topic(*kind) not in decided
    }
    open_rows = [row for row in rows if row.state is FindingState.PROPOSED]
    written: list[_Written] = []
    for row in open_rows:
        proposal = wanted.get((row.violation, row.rule))
        if proposal and (_bare(proposal), proposal.pack or pack) != (_proposal(row), _pack(row)):
            written.append((row, _bare(proposal), proposal.pack or pack))
    known = {(row.violation, row.rule) for row in open_rows}
    new = [(None, _bare(p), p.pack or pack) for kind, p in wanted.items() if kind not in known]
    removed = tuple(row for row in open_rows if (row.violation, row.rule) not in wanted)
    return _Step(message_id, removed, (*written, *new))


def _topic(violation: ViolationType, rule: str) -> tuple[ViolationType, str]:
    """Return what a decision settles: the label, whichever rule or pack says it of the words.

    At night and many a day are two matters, though both are called frequent.
    """
    return violation, rule if rests_on_case(rule) else ""


def _bare(proposal: Proposal) -> Proposal:
    return replace(proposal, pack=None)


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
