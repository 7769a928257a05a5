"""What a person changed, as values: each change knows its inverse."""

from __future__ import annotations

from dataclasses import dataclass

from smsdesk.domain.findings import FindingState
from smsdesk.domain.messages import ReviewState
from smsdesk.domain.threads import JoinDecision


@dataclass(frozen=True, slots=True)
class FindingDecision:
    """A finding goes from one state to another."""

    finding_id: int
    message_id: int
    before: FindingState
    after: FindingState


@dataclass(frozen=True, slots=True)
class MessageReview:
    """A message is marked as looked at, or as new again."""

    message_id: int
    before: ReviewState
    after: ReviewState


@dataclass(frozen=True, slots=True)
class JoinChange:
    """What is said of pairs of sightings of one thread: *after* holds in the place of *before*.

    `message_ids` are the messages that it is about; joining and parting may end them.
    """

    thread_id: int
    message_ids: tuple[int, ...]
    before: tuple[JoinDecision, ...]
    after: tuple[JoinDecision, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One step of review: all of it happens, or nothing; also the unit of undo."""

    decisions: tuple[FindingDecision, ...] = ()
    reviews: tuple[MessageReview, ...] = ()
    joins: tuple[JoinChange, ...] = ()

    @property
    def message_ids(self) -> tuple[int, ...]:
        """The messages touched, each once, in order of first mention."""
        ids = [d.message_id for d in self.decisions] + [r.message_id for r in self.reviews]
        ids += [message_id for join in self.joins for message_id in join.message_ids]
        return tuple(dict.fromkeys(ids))

    def inverse(self) -> Change:
        """Return the change that undoes this one."""
        return Change(
            tuple(
                FindingDecision(d.finding_id, d.message_id, d.after, d.before)
                for d in reversed(self.decisions)
            ),
            tuple(MessageReview(r.message_id, r.after, r.before) for r in reversed(self.reviews)),
            tuple(
                JoinChange(j.thread_id, j.message_ids, j.after, j.before)
                for j in reversed(self.joins)
            ),
        )
