"""Put the messages of each thread together, and let a person see, question and redo it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, product

from smsdesk.domain.changes import Change, JoinChange
from smsdesk.domain.errors import CannotJoin
from smsdesk.domain.findings import Recipient
from smsdesk.domain.messages import Message, Sighting
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.threads import JoinDecision, JoinedMessage, ThreadKey
from smsdesk.layout.conversations import may_be_one, prefers, same_conversation
from smsdesk.layout.deciding import bridged
from smsdesk.layout.joining import Block, Part, Settling, blocks_of_thread, in_order
from smsdesk.services.cases import actor, now
from smsdesk.services.sketching import sketches_of
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.unit_of_work import UnitOfWork


def join_new(work: UnitOfWork, others: Iterable[ThreadKey] = ()) -> list[int]:
    """Join the threads that have new sightings, and *others*; return what came or changed (ids).

    A thread that turns out to be another one's conversation (a name here, a number there) is joined
    with it.
    """
    changed: dict[int, None] = {}
    for key in dict.fromkeys((*work.messages.unjoined_threads(), *others)):
        came = join_thread(work, key)
        for other in _same_conversations(work, key, came):
            part, root = (other, key) if prefers(key.sender_key, other.sender_key) else (key, other)
            work.messages.make_part(part, root)
            details: dict[str, object] = {"part": part.sender_key, "into": root.sender_key}
            work.custody.append("threads_joined", details, actor(), now())
            came += join_thread(work, root)
        changed.update(dict.fromkeys(came))
    still_there = work.messages.get(list(changed))
    return [message.id for message in still_there]


def _same_conversations(
    work: UnitOfWork, key: ThreadKey, message_ids: Sequence[int]
) -> list[ThreadKey]:
    """Return the other threads of the phone that show the same messages."""
    return [
        other
        for other, pairs in work.messages.of_one_minute(key, message_ids).items()
        if may_be_one(key.sender_key, other.sender_key)
        and same_conversation(pairs)
        and not work.messages.kept_apart(key, other)
    ]


def join_thread(work: UnitOfWork, key: ThreadKey, *, bring_back: bool = True) -> list[int]:
    """Join one thread within *work*; return the ids of the messages that came or changed.

    Only blocks are joined that are not as they were when they were joined last. Where a message
    went, another one of the thread stands for it, so that its day is counted anew. With
    *bring_back* False, messages that are parted keep what was done to them together.
    """
    thread_id = work.messages.thread_id(key)
    recipient = recipient_of(work, key)
    settling = Settling(work.joins.blocks(thread_id), (recipient,))
    parts = settling.parts(_blocks(work, key, thread_id))
    joined = [(part.block, part.joined) for part in parts if part.joined is not None]
    about = [i for block, _ in joined for i in block.sighting_ids]
    order = work.messages.in_order(key)
    going = set(work.messages.owners(about).values())
    before = work.messages.told(going)
    ordered = _ordered(work, parts, [i for i in order if i not in going])
    ids = work.messages.store_thread(key, ordered, recipient, bring_back=bring_back)
    questions = [question for _, found in joined for question in found.questions]
    work.joins.keep_questions(thread_id, questions, about)
    work.joins.keep_blocks(thread_id, [*(part.name for part in parts), *settling.tried])
    return _note_changes(work, before, (order, ids), ordered)


def _blocks(work: UnitOfWork, key: ThreadKey, thread_id: int) -> list[Block]:
    """Return the blocks of a thread, from the sketches of its screens."""
    kept = sketches_of(work, key)
    said = work.joins.decisions(thread_id)
    about = {i for decision in said for i in (decision.one, decision.other)}
    said = bridged(said, work.messages.shown(key, about))
    return blocks_of_thread(kept, lambda pages: work.messages.screens_of(key, pages), said)


def recipient_of(work: UnitOfWork, key: ThreadKey) -> Recipient:
    """Return whom the messages of a conversation were sent to."""
    answer = work.rulings.answer_for(key)
    return work.devices.get(key.device_id).recipient if answer is None else answer.recipient


def _ordered(
    work: UnitOfWork, parts: Sequence[Part], staying: Sequence[int]
) -> list[JoinedMessage | int]:
    """Put the messages of those *parts* that were joined between those that are *staying*.

    These are the messages of the other parts, in the order of the thread.
    """
    place = {message_id: number for number, message_id in enumerate(staying)}
    ordered: list[JoinedMessage | int] = []
    done = 0
    above: tuple[Part, bool] | None = None
    for part, tail in in_order(parts):
        if part.joined is not None:
            if above is not None and above[0].joined is None:
                end = max(place[i] for i in _messages_to(work, above[0], tail=above[1])) + 1
                ordered += staying[done:end]
                done = end
            ordered += part.messages(tail=tail)
        above = part, tail
    return [*ordered, *staying[done:]]


def _messages_to(work: UnitOfWork, part: Part, tail: bool) -> Iterable[int]:
    """Return messages of a part: the last of its *tail* among them, or of those before it."""
    bottom = part.block.bottom
    if bottom is None or tail:
        return work.messages.owners(part.block.sighting_ids).values()
    return work.messages.owners(bottom.above).values()


def _note_changes(
    work: UnitOfWork,
    before: Mapping[int, tuple[object, ...]],
    orders: tuple[Sequence[int], Sequence[int]],
    ordered: Sequence[JoinedMessage | int],
) -> list[int]:
    """Have what changed judged again; return the messages that came or changed."""
    ids = [i for i, m in zip(orders[1], ordered, strict=True) if isinstance(m, JoinedMessage)]
    after = work.messages.told(ids)
    changed = [i for i in ids if before.get(i) != after[i]]
    work.bearings.note_due([*changed, *with_other_neighbours(*orders)])
    return changed or (list(orders[1][:1]) if before.keys() - after.keys() else [])


def with_other_neighbours(before: Iterable[int], after: Iterable[int]) -> list[int]:
    """Return the messages (ids) that no longer stand beside the same ones as *before*."""
    moved = set(pairwise(before)) ^ set(pairwise(after))
    return sorted({i for pair in moved for i in pair})


# --- what a person says ---------------------------------------------------------------------------


def plan_join(case: CaseFile, ids: Sequence[int]) -> Change:
    """Return the change that makes several messages one, or that confirms one in question.

    CannotJoin if they are of different threads, or a single one is not in question.
    """
    messages = _messages(case, ids)
    if len({message.thread_id for message in messages}) > 1:
        raise CannotJoin(why="threads")
    if len(messages) == 1:
        return _settled(case, messages[0], same=True)
    pairs = [
        (a.id, b.id)
        for one, other in combinations(messages, 2)
        for a, b in product(one.sightings, other.sightings)
    ]
    wanted = [(one.sightings[0].id, other.sightings[0].id) for one, other in _chain(messages)]
    return _change(case, messages, pairs, [JoinDecision.on(*pair, same=True) for pair in wanted])


def plan_join_above(case: CaseFile, ids: Sequence[int]) -> Change:
    """Return the change that makes a message one with the message above it in its thread."""
    with case.view() as work:
        above = work.messages.above(ids[0])
    return plan_join(case, [*([] if above is None else [above]), *ids])


def plan_split(case: CaseFile, message_id: int, sighting_ids: Collection[int] = ()) -> Change:
    """Return the change that parts a message: these of its sightings are of another message.

    Without sightings, a message in question is parted where the question is. CannotJoin if that
    leaves nothing to part.
    """
    (message,) = _messages(case, [message_id])
    if not sighting_ids:
        if message.in_question:
            return _settled(case, message, same=False)
        if len(message.sightings) != 2:
            raise CannotJoin(why="where")
        sighting_ids = [message.sightings[1].id]
    off = [s.id for s in message.sightings if s.id in sighting_ids]
    rest = [s.id for s in message.sightings if s.id not in off]
    if not off or not rest:
        raise CannotJoin(why="nothing")
    pairs = list(product(off, rest))
    return _change(case, [message], pairs, [JoinDecision.on(*p, same=False) for p in pairs])


def _messages(case: CaseFile, ids: Sequence[int]) -> list[Message]:
    with case.view() as work:
        found = work.messages.get(list(dict.fromkeys(ids)))
    if len(found) != len(set(ids)):
        raise CannotJoin(why="no_message")
    return found


def _chain(messages: Sequence[Message]) -> list[tuple[Message, Message]]:
    return list(pairwise(messages))


def _settled(case: CaseFile, message: Message, *, same: bool) -> Change:
    """Return the change that answers the question that a message is in, for all of the overlap."""
    own = {sighting.id for sighting in message.sightings}
    with case.view() as work:
        questions = work.joins.questions(message.thread_id)
    pairs = [pair for q in questions if q.sighting_ids & own for pair in q.pairs]
    if not pairs:
        raise CannotJoin(why="no_question")
    return _change(case, [message], pairs, [JoinDecision.on(*p, same=same) for p in pairs])


def _change(
    case: CaseFile,
    messages: Sequence[Message],
    pairs: Iterable[tuple[int, int]],
    wanted: Iterable[JoinDecision],
) -> Change:
    """Return the change that puts *wanted* in the place of all that was said on *pairs*."""
    thread_id = messages[0].thread_id
    with case.view() as work:
        known = work.joins.decisions(thread_id)
    about = {(min(pair), max(pair)) for pair in pairs}
    before = tuple(d for d in known if (d.one, d.other) in about)
    after = tuple(sorted(set(wanted), key=lambda d: (d.one, d.other)))
    ids = tuple(message.id for message in messages)
    return Change(joins=(JoinChange(thread_id, ids, before, after),))


def apply_join(work: UnitOfWork, change: JoinChange) -> list[int]:
    """Carry out a change within *work* and join its thread anew; return what came or changed."""
    work.joins.replace(change.thread_id, change.before, change.after)
    return join_thread(work, work.messages.key_of(change.thread_id))


# --- why two sightings are one message ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class JoinReason:
    """Why a sighting was taken for the message of its best one.

    `shared` are all messages that both originals show, this one among them, in thread order;
    `same_clock` says that both tell one minute; `is_copy` that one picture is a copy of the other;
    `by_hand` that a person joined them; `in_question` that it may be a repeat.
    """

    sighting: Sighting
    shared: tuple[int, ...]
    same_clock: bool
    is_copy: bool
    by_hand: bool
    in_question: bool


def reasons(case: CaseFile, message: Message) -> list[JoinReason]:
    """Return why each further sighting of a message was joined with the best one."""
    if len(message.sightings) < 2:
        return []
    with case.view() as work:
        words = work.joins.decisions(message.thread_id)
        by_hand = {i for d in words if d.same for i in (d.one, d.other)}
        questions = work.joins.questions(message.thread_id)
        asked = {i for question in questions for i in question.sighting_ids}
        best, *others = message.sightings
        shared = work.sightings.shown_together([s.original_id for s in message.sightings])
        copies = {s.original_id: work.originals.get(s.original_id).copy_of for s in others}
        best_copy = work.originals.get(best.original_id).copy_of
    return [
        JoinReason(
            other,
            tuple(i for i in shared[best.original_id] if i in set(shared[other.original_id])),
            same_clock=_minute(best) is not None and _minute(best) == _minute(other),
            is_copy=best.original_id == copies[other.original_id] or other.original_id == best_copy,
            by_hand=other.id in by_hand,
            in_question=other.id in asked,
        )
        for other in others
    ]


def _minute(sighting: Sighting) -> object:
    sent = sighting.sent
    return sent.earliest if sent.earliest == sent.latest else None


@dataclass(frozen=True, slots=True)
class OpenPoints:
    """What nobody but a person can settle, as messages: in question, and of two times."""

    in_question: tuple[Message, ...]
    of_two_times: tuple[Message, ...]

    def by_kind(self) -> tuple[tuple[str, tuple[Message, ...]], ...]:
        """Return both lists with the names that the catalogue has for them."""
        return (("in_question", self.in_question), ("two_times", self.of_two_times))


def open_points(case: CaseFile) -> OpenPoints:
    """Return the messages that may each be two, and those whose sightings tell different times."""
    with case.view() as work:
        messages = [
            m for m in work.messages.get(work.messages.ids(MessageQuery())) if len(m.sightings) > 1
        ]
    return OpenPoints(
        tuple(message for message in messages if message.in_question),
        tuple(message for message in messages if message.times_disagree),
    )
