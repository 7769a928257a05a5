"""Conversations under two headers: which were recognised as one, and a person's word on it."""

from __future__ import annotations

from dataclasses import dataclass

from smsdesk.domain.changes import Change, ConversationChange
from smsdesk.domain.errors import CannotJoin
from smsdesk.layout.conversations import prefers
from smsdesk.services.cases import actor, now
from smsdesk.services.joining import join_thread
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread (`part`, with its id) that is one conversation with another one, or is kept apart.

    Both are named by number or name; a screen without a header by "?" and its original's number.
    """

    part_id: int
    root_id: int
    part: str
    root: str
    together: bool


def conversations(case: CaseFile) -> list[Conversation]:
    """Return the threads that were put together, and those that a person parted."""
    with case.view() as work:
        pairs = [(part, root, True) for part, root in work.messages.parts()]
        pairs += [(*_part_first(work, pair), False) for pair in work.messages.apart()]
        key = work.messages.own_key
        return [
            Conversation(part, root, key(part).sender_key, key(root).sender_key, together)
            for part, root, together in pairs
        ]


def _part_first(work: UnitOfWork, pair: tuple[int, int]) -> tuple[int, int]:
    one, other = pair
    first = work.messages.own_key(one).sender_key, work.messages.own_key(other).sender_key
    return (other, one) if prefers(*first) else (one, other)


def plan_parting(case: CaseFile, part_id: int) -> Change:
    """Return the change that makes a part a conversation of its own; no import overrules it.

    CannotJoin if there is no such part.
    """
    return _plan(case, part_id, together=False)


def plan_uniting(case: CaseFile, part_id: int) -> Change:
    """Return the change that puts what was parted together again; CannotJoin if it is not apart."""
    return _plan(case, part_id, together=True)


def _plan(case: CaseFile, part_id: int, *, together: bool) -> Change:
    known = (c for c in conversations(case) if c.part_id == part_id and c.together != together)
    found = next(known, None)
    if found is None:
        raise CannotJoin(why="apart" if together else "no_part")
    change = ConversationChange(part_id, found.root_id, before=not together, after=together)
    return Change(conversations=(change,))


def apply_conversation(work: UnitOfWork, change: ConversationChange) -> list[int]:
    """Carry out a change within *work* and join both threads; return what came or changed."""
    part, root = (work.messages.own_key(i) for i in (change.part_id, change.root_id))
    details: dict[str, object] = {"part": part.sender_key, "into": root.sender_key}
    if change.after:
        work.messages.allow_together(change.part_id, change.root_id)
    else:
        work.messages.keep_apart(change.part_id, change.root_id)
    action = "threads_united_by_hand" if change.after else "threads_parted_by_hand"
    work.custody.append(action, details, actor(), now())
    changed = [] if change.after else join_thread(work, part)
    return [*changed, *join_thread(work, root)]
