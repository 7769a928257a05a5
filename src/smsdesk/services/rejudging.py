"""Judge what an import, a join or a correction touched, as if the whole case were judged anew.

Words are judged alone. What messages mean to one another reaches only so far: hours and days within
an institution, contexts within an institution, parts of one text to the neighbours in the thread.
What each message bears on others is kept (`Bearing`), so that these can be found without reading
the rest of the case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from smsdesk.domain.findings import rests_on_case
from smsdesk.domain.messages import Message
from smsdesk.domain.rulings import Answer, Bearing, Due, Judgement
from smsdesk.rules.bearing import bearing_of
from smsdesk.rules.contexts import are_parts, counted_others, in_context, pairs_in
from smsdesk.rules.frequency import CROWD, NIGHT, judge_crowd, judge_night
from smsdesk.services.institutions import Groups, institutions_of
from smsdesk.services.jobs import Task
from smsdesk.services.packs import Packs
from smsdesk.services.text_judging import (
    Proposals,
    judge,
    judge_parts,
    kept_labels,
    recipient_of,
    stale_among,
)
from smsdesk.storage.unit_of_work import UnitOfWork

T = TypeVar("T")


def judge_touched(work: UnitOfWork, packs: Packs, task: Task, due: Due) -> set[int]:
    """Judge what is *due* and all that it reaches; return the messages whose proposals changed."""
    messages = work.messages.get(due.message_ids)
    answers = work.rulings.answers()
    changed = _judge_words(work, packs, messages, answers, task)
    reach = _reach(work, packs, messages, due)
    for proposals, within in (
        (_nights(work, packs, reach), _is(NIGHT)),
        (_crowds(work, packs, reach), _is(CROWD)),
        (_contexts(work, packs, reach), _starts("context.")),
        (_parts(work, packs, reach, answers), _starts("joined.")),
    ):
        changed |= {*work.findings.replace_many(proposals, packs.bundled.identity, within)}
    work.bearings.settle_due()
    return changed


def _is(name: str) -> Callable[[str], bool]:
    return lambda rule: rule == name


def _starts(prefix: str) -> Callable[[str], bool]:
    return lambda rule: rule.startswith(prefix)


def _judge_words(
    work: UnitOfWork,
    packs: Packs,
    messages: Sequence[Message],
    answers: Mapping[int, Answer],
    task: Task,
) -> set[int]:
    judged = work.rulings.judgements([message.id for message in messages])
    stale, inputs = stale_among(messages, answers, judged)
    proposals: Proposals = {}
    for done, message in enumerate(stale):
        if done % 100 == 0:
            task.step(done, len(stale))
        proposals[message.id] = judge(packs, message, recipient_of(message, answers))
    work.rulings.note_judgements({i: Judgement(inputs[i], packs.fingerprint) for i in proposals})
    pack = packs.bundled.identity
    return {*work.findings.replace_many(proposals, pack, lambda rule: not rests_on_case(rule))}


# --- how far it reaches ---------------------------------------------------------------------------


@dataclass(slots=True)
class _Reach:
    """What is to be looked at: messages that are due, what they bear, and institutions touched.

    `groups` are the institutions now; `reshaped` the senders whose institution lost or gained old
    members, or now does what it did not do: all their messages count anew. `days` are those whose
    number changed, `contexts` the institutions whose number of collecting messages did.
    """

    message_ids: Sequence[int]
    bearings: Mapping[int, Bearing]
    groups: Groups
    reshaped: set[str] = field(default_factory=set)
    days: dict[frozenset[str], set[str]] = field(default_factory=dict)
    contexts: set[frozenset[str]] = field(default_factory=set)


def _reach(work: UnitOfWork, packs: Packs, messages: Sequence[Message], due: Due) -> _Reach:
    """Find out what is reached, and keep what the messages bear now."""
    ids = [message.id for message in messages]
    old = [*work.bearings.of(ids), *due.gone]
    found = (bearing_of(packs.bundled, packs.timing, message) for message in messages)
    new = {bearing.message_id: bearing for bearing in found if bearing}
    touched = {b.sender_key for b in (*old, *new.values())}
    by_hand = work.rulings.institutions()
    before = _Standing.of(work, touched, by_hand, due.gone)
    work.bearings.keep(list(new.values()), ids, packs.fingerprint)
    after = _Standing.of(work, touched | before.groups.keys(), by_hand, ())
    reach = _Reach(ids, new, after.groups)
    for key, group in after.groups.items():
        if key in before.groups:
            _note_differences(reach, (before, after), key, group)
        else:
            reach.contexts.add(group)
    _note_days(work, reach, (*old, *new.values()), before.groups)
    return reach


@dataclass(frozen=True, slots=True)
class _Standing:
    """Institutions at one moment: which collect, and how many messages do, as far as it matters."""

    groups: Groups
    collects: Mapping[frozenset[str], bool]
    collecting: Mapping[frozenset[str], int]

    @classmethod
    def of(
        cls,
        work: UnitOfWork,
        sender_keys: Iterable[str],
        by_hand: Mapping[str, str],
        gone: Collection[Bearing],
    ) -> _Standing:
        groups = institutions_of(work, sender_keys, by_hand, gone)
        collects, collecting = {}, {}
        for group in set(groups.values()):
            lost = [bearing for bearing in gone if bearing.sender_key in group]
            opened = any(bearing.opens_collecting for bearing in lost)
            collects[group] = opened or work.bearings.collects(group)
            collecting[group] = _collecting(work, group) + sum(b.collecting for b in lost)
        return cls(groups, collects, collecting)


def _collecting(work: UnitOfWork, group: frozenset[str]) -> int:
    """Return the number of collecting messages, exactly as far as any reason tells it."""
    return work.bearings.count_collecting(sorted(group), most=_MOST)


_MOST = counted_others(10**9) + 1
"""A message is not counted among those beside itself, hence one more."""


def _note_differences(
    reach: _Reach, moments: tuple[_Standing, _Standing], key: str, group: frozenset[str]
) -> None:
    before, after = moments
    known = before.groups[key]
    if (group & before.groups.keys()) != (known & after.groups.keys()) or (
        before.collects[known] != after.collects[group]
    ):
        reach.reshaped |= group
        reach.contexts.add(group)
    if min(before.collecting[known], _MOST) != min(after.collecting[group], _MOST):
        reach.contexts.add(group)


def _note_days(
    work: UnitOfWork, reach: _Reach, bearings: Iterable[Bearing], before: Groups
) -> None:
    days: defaultdict[frozenset[str], set[str]] = defaultdict(set)
    every = [*bearings, *(work.bearings.of_senders(reach.reshaped) if reach.reshaped else ())]
    for bearing in every:
        if bearing.day is None:
            continue
        old = before.get(bearing.sender_key, frozenset())
        for key in (bearing.sender_key, *old):
            if key in reach.groups:
                days[reach.groups[key]].add(bearing.day)
    reach.days = dict(days)


# --- what is proposed there -----------------------------------------------------------------------


def _nights(work: UnitOfWork, packs: Packs, reach: _Reach) -> Proposals:
    bearings = dict(reach.bearings)
    if reach.reshaped:
        bearings.update((b.message_id, b) for b in work.bearings.of_senders(reach.reshaped))
    collecting = _which(reach.groups, work.bearings.collects)
    counted = [i for i, b in bearings.items() if b.counted and collecting(b.sender_key)]
    proposals: Proposals = dict.fromkeys((*reach.message_ids, *bearings), ())
    for message in work.messages.get(counted):
        proposals[message.id] = judge_night(packs.timing, message)
    return proposals


def _crowds(work: UnitOfWork, packs: Packs, reach: _Reach) -> Proposals:
    proposals: Proposals = dict.fromkeys(reach.message_ids, ())
    for group, days in reach.days.items():
        bearings = work.bearings.on_days(group, days)
        proposals.update(dict.fromkeys((b.message_id for b in bearings), ()))
        if not work.bearings.collects(group):
            continue
        crowds: defaultdict[tuple[str, str | None], list[int]] = defaultdict(list)
        for bearing in bearings:
            if bearing.counted:
                crowds[bearing.recipient, bearing.day].append(bearing.message_id)
        for ids in crowds.values():
            if len(ids) >= packs.timing.thresholds.many_a_day:
                proposals.update(judge_crowd(packs.timing, work.messages.get(ids)))
    return proposals


def _contexts(work: UnitOfWork, packs: Packs, reach: _Reach) -> Proposals:
    number = _which(reach.groups, lambda group: _collecting(work, group))
    proposals: Proposals = dict.fromkeys(reach.message_ids, ())
    wanted = {i for i, bearing in reach.bearings.items() if bearing.contextual}
    for group in reach.contexts:
        wanted |= set(work.bearings.contextual(group))
    bearings = work.bearings.of(sorted(wanted))
    others = {b.message_id: number(b.sender_key) - b.collecting for b in bearings}
    for message in work.messages.get(list(others)):
        beside = counted_others(others[message.id])
        found = in_context(packs.bundled, message, beside, kept_labels(message))
        proposals[message.id] = tuple(found) if beside else ()
    return proposals


def _parts(
    work: UnitOfWork, packs: Packs, reach: _Reach, answers: Mapping[int, Answer]
) -> Proposals:
    runs = _runs(work, reach.message_ids)
    proposals: Proposals = {message.id: () for run in runs for message in run}
    for run in runs:
        labels = {message.id: kept_labels(message) for message in run}
        for pair in pairs_in(run):
            recipient = recipient_of(pair.first, answers)
            for i, found in judge_parts(packs, pair, recipient, labels).items():
                proposals[i] += found
    return proposals


def _runs(work: UnitOfWork, message_ids: Collection[int]) -> list[list[Message]]:
    """Return the messages and their neighbours, with all that reads on from one to the next."""
    messages: dict[int, Message] = {}
    below_of: dict[int, int] = {}
    tried: set[int] = set()
    # The neighbours of what is due may have lost the part that they went with: they are due too.
    waiting = {*message_ids, *(i for link in _links(work, message_ids) for i in link)}
    while waiting:
        links = _links(work, waiting)
        wanted = waiting.union(*links) - messages.keys()
        messages |= {message.id: message for message in work.messages.get(sorted(wanted))}
        tried |= waiting
        joined = [link for link in links if are_parts(*(messages[i] for i in link))]
        below_of.update(joined)
        waiting = {i for link in joined for i in link} - tried
    return _in_runs({i: messages[i] for i in tried if i in messages}, below_of)


def _links(work: UnitOfWork, message_ids: Collection[int]) -> set[tuple[int, int]]:
    """Return the pairs of neighbours of which one is of these messages."""
    beside = work.messages.beside(sorted(message_ids))
    pairs = ((above, i, below) for i, (above, below) in beside.items())
    return {
        (one, two)
        for above, i, below in pairs
        for one, two in ((above, i), (i, below))
        if one is not None and two is not None
    }


def _in_runs(messages: Mapping[int, Message], below_of: Mapping[int, int]) -> list[list[Message]]:
    runs = []
    for start in messages.keys() - set(below_of.values()):
        run, at = [messages[start]], start
        while (at := below_of.get(at, 0)) in messages:
            run.append(messages[at])
        runs.append(run)
    return runs


def _which(groups: Groups, answer: Callable[[frozenset[str]], T]) -> Callable[[str], T]:
    """Return a function that answers for a sender's institution and asks once for each."""
    known: dict[frozenset[str], T] = {}

    def of_sender(key: str) -> T:
        group = groups[key]
        if group not in known:
            known[group] = answer(group)
        return known[group]

    return of_sender
