"""Which threads are one conversation, which messages belong to another: a person's word on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from smsdesk.domain.changes import Change, ConversationChange, ThreadMove
from smsdesk.domain.errors import CannotJoin
from smsdesk.domain.findings import Recipient
from smsdesk.domain.messages import Message
from smsdesk.domain.threads import ThreadKey
from smsdesk.layout.conversations import is_number, prefers
from smsdesk.services.cases import actor, now
from smsdesk.services.joining import join_thread, recipient_of, with_other_neighbours
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread (`part`, with its id) that is one conversation with another one, or is kept apart.

    Both are named by number or name; a screen without a header by "?" and its original's number.
    The phones are those that the screenshots come from.
    """

    part_id: int
    root_id: int
    part: str
    root: str
    together: bool
    part_phone: str
    root_phone: str


def conversations(case: CaseFile) -> list[Conversation]:
    """Return the threads that were put together, and those that a person parted."""
    with case.view() as work:
        parts = work.messages.parts()
        roots = dict(parts)
        pairs = [(part, root, True) for part, root in parts]
        pairs += [
            (*_part_first(work, pair), False)
            for pair in work.messages.apart()
            if len({roots.get(i, i) for i in pair}) > 1  # else they are one by way of others
        ]
        return [_conversation(work, *pair) for pair in pairs]


def _conversation(work: UnitOfWork, part_id: int, root_id: int, together: bool) -> Conversation:
    part, root = work.messages.own_key(part_id), work.messages.own_key(root_id)
    phones = [work.devices.get(key.device_id).name for key in (part, root)]
    return Conversation(part_id, root_id, part.sender_key, root.sender_key, together, *phones)


def _part_first(work: UnitOfWork, pair: tuple[int, int]) -> tuple[int, int]:
    """Return the part, then the root: the number's, else the one that was there first."""
    one, other = pair
    keys = work.messages.own_key(other).sender_key, work.messages.own_key(one).sender_key
    return (one, other) if prefers(*keys) else (other, one)


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


@dataclass(frozen=True, slots=True)
class Candidate:
    """A conversation, by number or name and phone, with how many messages it has."""

    thread_id: int
    name: str
    phone: str
    messages: int


def candidates(case: CaseFile, thread_id: int | None = None) -> list[Candidate]:
    """Return the conversations that a person may say are one with *thread_id*; None: all.

    First those of the same number or name on other phones, then those with most messages.
    """
    with case.view() as work:
        phones = {phone.id: phone.name for phone in work.devices.all()}
        found = work.messages.counted()
        if thread_id is None:
            return [Candidate(i, k.sender_key, phones[k.device_id], n) for i, k, n in found]
        root_id, *_ = work.messages.group_of(thread_id)
        own = work.messages.own_key(root_id).sender_key
    others = [
        Candidate(other, key.sender_key, phones[key.device_id], count)
        for other, key, count in found
        if other != root_id and _may_be_united(own, key.sender_key)
    ]
    return sorted(others, key=lambda other: (other.name != own, -other.messages, other.thread_id))


def _may_be_united(one: str, other: str) -> bool:
    """Two numbers are two senders, whatever anybody says; a name may change."""
    return one == other or not (is_number(one) and is_number(other))


def plan_union(case: CaseFile, one_id: int, other_id: int) -> Change:
    """Return the change that makes two conversations one, whatever later imports show.

    The number's goes before the name's, else the first one's. CannotJoin if they are one already,
    or of two numbers.
    """
    with case.view() as work:
        return Change(conversations=(_union(work, one_id, other_id),))


def _union(work: UnitOfWork, one_id: int, other_id: int) -> ConversationChange:
    known = {i for i, _, _ in work.messages.counted()}
    if not {one_id, other_id} <= known:
        raise CannotJoin(why="no_conversation")
    if one_id == other_id:
        raise CannotJoin(why="one_already")
    one, other = (work.messages.own_key(i).sender_key for i in (one_id, other_id))
    if not _may_be_united(one, other):
        raise CannotJoin(why="two_numbers")
    part_id, root_id = (one_id, other_id) if prefers(other, one) else (other_id, one_id)
    _, *parts = work.messages.group_of(part_id)
    low, high = sorted((part_id, root_id))
    before = False if (low, high) in work.messages.apart() else None
    return ConversationChange(part_id, root_id, before, after=True, parts=tuple(parts))


@dataclass(frozen=True, slots=True)
class Union:
    """What a change that makes two conversations one would do, found out by doing it.

    `messages` are how many both have now, `together` how many the one would have: what both show
    is counted once. `recipients` are the messages that would be to somebody else than now, to
    `recipient`.
    """

    change: Change
    messages: int
    together: int
    recipients: int
    recipient: Recipient

    @property
    def counted_once(self) -> int:
        """How many messages are seen in both."""
        return self.messages - self.together


def preview_union(case: CaseFile, one_id: int, other_id: int) -> Union:
    """Return what `plan_union` would do; nothing is kept of it. CannotJoin as there."""
    with case.work() as work:
        change = _union(work, one_id, other_id)
        part, root = (work.messages.own_key(i) for i in (change.part_id, change.root_id))
        ours, theirs = (len(work.messages.of_conversation(key)) for key in (root, part))
        now_to, then_to = recipient_of(work, part), recipient_of(work, root)
        apply_conversation(work, change)
        together = len(work.messages.of_conversation(root))
    moved = 0 if now_to == then_to else theirs
    return Union(Change(conversations=(change,)), ours + theirs, together, moved, then_to)


def apply_conversation(work: UnitOfWork, change: ConversationChange) -> list[int]:
    """Carry out a change within *work* and join both threads; return what came or changed."""
    part, root = (work.messages.own_key(i) for i in (change.part_id, change.root_id))
    action = "threads_united_by_hand" if change.after else "threads_parted_by_hand"
    named = _named(work, part, root)
    details: dict[str, object] = {"part": named[0], "into": named[1]}

    def carry_out() -> None:
        if change.after:
            work.messages.allow_together(change.part_id, change.root_id)
        elif change.after is None:
            work.messages.loosen(change.part_id, change.parts)
        else:
            work.messages.keep_apart(change.part_id, change.root_id, change.parts)
        work.custody.append(action, details, actor(), now())

    return _join_anew(work, [part, root], carry_out)


def _named(work: UnitOfWork, *keys: ThreadKey) -> list[str]:
    """Return the numbers or names of threads, with their phones where these differ."""
    if len({key.device_id for key in keys}) == 1:
        return [key.sender_key for key in keys]
    return [f"{key.sender_key} ({work.devices.get(key.device_id).name})" for key in keys]


def _join_anew(
    work: UnitOfWork, keys: Sequence[ThreadKey], carry_out: Callable[[], object]
) -> list[int]:
    """Join threads anew after a change of what they hold; return what came or changed.

    Whatever stands beside other messages than before is judged anew.
    """
    before = {key: work.messages.of_conversation(key) for key in keys}
    carry_out()
    changed = [i for key in _roots(work, keys) for i in join_thread(work, key)]
    for key, order in before.items():
        work.bearings.note_due(with_other_neighbours(order, work.messages.of_conversation(key)))
    return changed


def _roots(work: UnitOfWork, keys: Iterable[ThreadKey]) -> list[ThreadKey]:
    ids = dict.fromkeys(work.messages.thread_id(key) for key in keys)
    return [work.messages.own_key(i) for i in ids]


# --- a number that was put right ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Strays:
    """Messages of a conversation that bear another number than it: theirs was put right by hand.

    `stands` is the number or name of their conversation, `belongs` their own; `message_ids` are
    all that stand there and bear it.
    """

    stands: str
    belongs: str
    message_ids: tuple[int, ...]


def strays(case: CaseFile, message: Message) -> Strays | None:
    """Return the messages that stray as *message* does; None if it stands where it belongs.

    What the screens show of a conversation under several headers belongs to it, and so does one
    without a number.
    """
    with case.view() as work:
        return _strays(work, message.thread_id, message.sender.key)


def _strays(work: UnitOfWork, thread_id: int, sender_key: str) -> Strays | None:
    root, *parts = (key.sender_key for key in work.messages.keys_in(thread_id))
    if not sender_key or sender_key in (root, *parts):
        return None
    ids = work.messages.of_sender(thread_id, sender_key)
    return Strays(root, sender_key, tuple(ids))


def plan_moving(case: CaseFile, message: Message) -> Change:
    """Return the change that puts *message*, and all that stray with it, where they belong.

    No import puts them back. CannotJoin if it stands there already.
    """
    with case.view() as work:
        found = _strays(work, message.thread_id, message.sender.key)
        if found is None:
            raise CannotJoin(why="belongs")
        root, *_ = work.messages.keys_in(message.thread_id)
        after = ThreadKey(root.device_id, found.belongs)
        seen = {s.id: m.id for m in work.messages.get(found.message_ids) for s in m.sightings}
        by_thread: defaultdict[int, list[int]] = defaultdict(list)
        for sighting_id, thread_id in work.messages.own_threads(seen).items():
            by_thread[thread_id].append(sighting_id)
        moves = []
        for thread_id, ids in sorted(by_thread.items()):
            before = work.messages.own_key(thread_id)
            about = tuple(dict.fromkeys(seen[i] for i in sorted(ids)))
            moves.append(ThreadMove(tuple(sorted(ids)), about, before, after))
    return Change(moves=tuple(moves))


def apply_moves(work: UnitOfWork, moves: Sequence[ThreadMove]) -> list[int]:
    """Carry out moves within *work* and join all threads; return what came or changed."""

    def carry_out() -> None:
        work.messages.move(moves)
        for move in moves:
            details: dict[str, object] = {
                "from": move.before.sender_key,
                "into": move.after.sender_key,
                "messages": list(move.message_ids),
            }
            work.custody.append("moved_by_hand", details, actor(), now())

    keys = dict.fromkeys(key for move in moves for key in (move.before, move.after))
    return _join_anew(work, list(keys), carry_out) if moves else []
