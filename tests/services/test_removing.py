"""Originals taken out of a case and put back: nothing of them counts, and nothing is lost."""

from __future__ import annotations

import random
from contextlib import ExitStack
from dataclasses import replace

import pytest

from smsdesk.domain.errors import CannotRemove
from smsdesk.domain.findings import FindingState, ViolationType
from smsdesk.domain.messages import ReviewState
from smsdesk.domain.queries import MessageQuery
from smsdesk.services import exhibits, listing, reviewing
from smsdesk.services.conversations import conversations
from smsdesk.services.figuring import case_figures
from smsdesk.services.jobs import Task
from smsdesk.services.joining import plan_join, plan_split
from smsdesk.services.packs import packs_of
from smsdesk.services.proposing import propose_within
from smsdesk.services.removing import find_originals, plan_removal, plan_restoring, removed
from smsdesk.services.verifying import verify
from tests.layout.generated_threads import pieces
from tests.services.test_join_batches import bring_in, told
from tests.services.test_joining import A, B, C, messages, show, show_from, texts
from tests.storage.builders import at, create

THREAT = "再不还款就打断你的腿，老赖"
WHY = "误导入的私人照片"


def take_out(case, *ids, reason=WHY):
    change = plan_removal(case, ids, reason)
    reviewing.apply(case, change)
    return change


def put_back(case, *ids):
    reviewing.apply(case, plan_restoring(case, ids))


def original_of(seen):
    return seen[0].original_id


def state(case):
    """Return all that a person sees of a case; proposals without their numbers."""
    with case.view() as work:
        found = work.messages.get(work.messages.ids())
        order = work.messages.in_thread_order()
        questions = {frozenset(q.pairs) for q in work.joins.questions()}
        decisions = [work.joins.decisions(i) for i in sorted({m.thread_id for m in found})]
        recipients = work.rulings.answers()
        originals = work.originals.all()
    seen = [replace(m, findings=tuple(map(_plain, _sorted(m.findings)))) for m in found]
    return seen, order, questions, decisions, recipients, originals, conversations(case)


def _plain(finding):
    return finding if finding.state != FindingState.PROPOSED else replace(finding, id=0)


def _sorted(findings):
    return sorted(findings, key=lambda f: (f.proposal.violation, f.proposal.rule))


def _work_on(case, rng):
    """Do to some messages what a person may do to them."""
    everything = messages(case)
    for message in rng.sample(everything, min(12, len(everything))):
        (now,) = listing.messages(case, [message.id]) or [None]
        if now is None:
            continue
        open_ones = [f.id for f in now.findings]
        rejected = reviewing.plan_decision([now], open_ones, FindingState.REJECTED)
        label = ViolationType.INSULT
        reviewing.apply(
            case,
            rng.choice(
                [
                    reviewing.plan_acceptance(now),
                    rejected,
                    reviewing.plan_star([now], on=True),
                    reviewing.plan_note([now], "已核对"),
                    reviewing.plan_text(now, now.machine_text + "！"),
                    reviewing.plan_label([now], label, on=not reviewing.has_label(now, label)),
                    reviewing.plan_review([now], ReviewState.REVIEWED),
                ]
            ),
            judge=False,
        )
    several = [m for m in messages(case) if len(m.sightings) > 1 and not m.in_question]
    if several:
        last = several[-1]
        change = plan_split(case, last.id, [last.sightings[-1].id])
        reviewing.apply(case, change, judge=False)


def _judge(case):
    with case.work() as work:
        propose_within(work, packs_of(case), Task())
        work.commit()


@pytest.fixture
def case_at(tmp_path):
    """Makes cases; they are closed in the end."""
    with ExitStack() as stack:
        yield lambda name: stack.enter_context(create(tmp_path / f"{name}.smscase"))


@pytest.fixture
def overlapping(empty_case):
    """A case of two screens, of which both show B."""
    first = show(empty_case, (A, at(9)), (B, at(10)))
    second = show(empty_case, (B, at(10)), (THREAT, at(11)), minutes=1)
    return empty_case, original_of(first), original_of(second)


# --- what remains ---------------------------------------------------------------------------------


def test_messages_seen_only_there_go_and_others_stay(overlapping):
    case, first, second = overlapping
    assert texts(case) == [(A, 1), (B, 2), (THREAT, 1)]
    take_out(case, second)
    assert texts(case) == [(A, 1), (B, 1)]
    assert [o.id for o in listing.originals(case)] == [first]
    assert listing.summary(case).originals == 1
    left = {m.id for m in messages(case)}
    counted = {i for ids in case_figures(case).figures.labels.values() for i in ids}
    assert counted <= left


def test_what_is_out_is_kept_whole_named_and_verified(overlapping):
    case, _, second = overlapping
    data = listing.original_bytes(case, second)
    take_out(case, second)
    (out,) = removed(case)
    assert (out.original.id, out.reason) == (second, WHY)
    assert listing.original_bytes(case, second) == data
    assert verify(case, Task()).originals == 2
    entry = listing.custody(case)[-1]
    entries = [e for e in listing.custody(case) if e.action == "original_removed"]
    assert entry.number >= entries[0].number
    assert entries[0].details["sha256"] == out.original.sha256
    assert entries[0].details["reason"] == WHY
    assert len(entries[0].details["messages_gone"]) == 1


def test_what_was_decided_on_a_message_that_went_comes_back_with_it(overlapping):
    case, _, second = overlapping
    *_, threat = messages(case)
    reviewing.apply(case, reviewing.plan_acceptance(threat))
    reviewing.apply(case, reviewing.plan_note([threat], "律师已看"))
    before = state(case)
    assert before[0][-1].findings
    take_out(case, second)
    assert listing.messages(case, [threat.id]) == []
    put_back(case, second)
    assert state(case) == before


def test_taking_out_is_undone_and_redone(overlapping):
    case, first, _ = overlapping
    before = state(case)
    change = take_out(case, first)
    without = state(case)
    reviewing.apply(case, change.inverse())
    assert state(case) == before
    reviewing.apply(case, change)
    assert state(case) == without
    assert removed(case)[0].reason == WHY


def test_work_on_a_message_of_several_screens_outlives_the_better_one(overlapping):
    case, first, second = overlapping
    shared = messages(case)[1]
    reviewing.apply(case, reviewing.plan_label([shared], ViolationType.INSULT, on=True))
    best = shared.sightings[0].original_id
    take_out(case, best)
    (left,) = listing.messages(case, [shared.id])
    assert reviewing.has_label(left, ViolationType.INSULT)
    assert [s.original_id for s in left.sightings] == [second if best == first else first]


def test_the_same_message_found_again_meanwhile_takes_the_decision_in(empty_case):
    first = original_of(show(empty_case, (THREAT, at(9))))
    (message,) = messages(empty_case)
    reviewing.apply(empty_case, reviewing.plan_acceptance(message))
    take_out(empty_case, first)
    show(empty_case, (A, at(8)), (THREAT, at(9)), minutes=3)
    _, again = messages(empty_case)
    assert again.state is ReviewState.NEW
    put_back(empty_case, first)
    _, both = messages(empty_case)
    assert len(both.sightings) == 2
    assert both.state is ReviewState.REVIEWED
    assert {f.state for f in both.findings} == {FindingState.CONFIRMED}


def test_a_join_by_hand_holds_without_the_screen_between(empty_case):
    first = show(empty_case, (A, at(9)))
    between = show(empty_case, (B, at(10)), minutes=60)
    third = show(empty_case, (C, at(11)), minutes=120)
    reviewing.apply(empty_case, plan_join(empty_case, [m.id for m in messages(empty_case)]))
    before = state(empty_case)
    take_out(empty_case, original_of(between))
    (one,) = messages(empty_case)
    assert {s.id for s in one.sightings} == {first[0].id, third[0].id}
    put_back(empty_case, original_of(between))
    assert state(empty_case) == before


def test_what_is_out_is_not_joined_by_what_comes_after(overlapping):
    case, first, _ = overlapping
    take_out(case, first)
    show(case, (C, at(12)), minutes=2)
    assert texts(case) == [(B, 1), (THREAT, 1), (C, 1)]


def test_a_written_exhibit_waits_for_its_original(empty_case):
    show(empty_case, (A, at(9)))
    show_from(empty_case, "王经理", (THREAT, at(11)), minutes=60)
    second = messages(empty_case)[-1].sightings[0].original_id
    (exhibit,) = [e for e in exhibits.plan(empty_case).exhibits if second in e.originals]
    exhibits.apply(empty_case, exhibits.plan_edit(exhibit, {"name": "王经理的短信"}))
    before = exhibits.plan(empty_case)
    take_out(empty_case, second)
    without = exhibits.plan(empty_case)
    assert second not in without.originals
    assert "王经理的短信" not in {e.texts.name for e in without.exhibits}
    put_back(empty_case, second)
    assert exhibits.plan(empty_case) == before


# --- any case, any order --------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_a_case_without_an_original_is_as_if_it_had_never_come(empty_case, case_at, seed):
    rng = random.Random(seed)
    screens = pieces(range(10 * seed, 10 * seed + 2), days=5)
    bring_in(empty_case, screens)
    gone = set(rng.sample([s.original_id for s in screens], 3))
    ids = {o.file_name: o.id for o in listing.originals(empty_case)}
    take_out(empty_case, *(ids[f"{i}.png"] for i in sorted(gone)))
    bare = case_at("bare")
    left = [s for s in screens if s.original_id not in gone]
    bring_in(bare, left)
    assert told(empty_case) == told(bare)


@pytest.mark.parametrize("seed", [1, 3, 5])
def test_all_put_back_in_any_order_is_as_it_was(empty_case, seed):
    rng = random.Random(seed)
    bring_in(empty_case, pieces(range(10 * seed, 10 * seed + 2), days=5))
    _judge(empty_case)
    _work_on(empty_case, rng)
    _judge(empty_case)
    before = state(empty_case)
    ids = [o.id for o in listing.originals(empty_case)]
    gone = rng.sample(ids, min(4, len(ids)))
    take_out(empty_case, *gone[:2])
    for one in gone[2:]:
        take_out(empty_case, one)
    assert state(empty_case) != before
    rng.shuffle(gone)
    for one in gone[2:]:
        put_back(empty_case, one)
    put_back(empty_case, *gone[:2])
    assert state(empty_case) == before


# --- what cannot be done --------------------------------------------------------------------------


def test_without_a_reason_nothing_goes(overlapping):
    case, first, _ = overlapping
    for reason, why in (("", "no_reason"), (" \n", "no_reason"), ("长" * 201, "reason_too_long")):
        with pytest.raises(CannotRemove) as refused:
            plan_removal(case, [first], reason)
        assert refused.value.fields["why"] == why
    assert removed(case) == []


def test_what_is_out_cannot_go_again_nor_what_is_in_come_back(overlapping):
    case, first, second = overlapping
    take_out(case, first)
    for plan in (lambda: plan_removal(case, [first], WHY), lambda: plan_restoring(case, [second])):
        with pytest.raises(CannotRemove):
            plan()


def test_originals_are_found_by_name_or_hash(overlapping):
    case, first, second = overlapping
    digests = {o.id: o.sha256 for o in listing.originals(case)}
    assert find_originals(case, [digests[first][:8], digests[second].upper()]) == [first, second]
    for name, why in (("IMG_0001.PNG", "several"), ("没有.png", "unknown"), ("ab", "unknown")):
        with pytest.raises(CannotRemove) as refused:
            find_originals(case, [name])
        assert refused.value.fields["why"] == why


def test_all_can_go(overlapping):
    case, first, second = overlapping
    before = state(case)
    take_out(case, first, second)
    assert (messages(case), listing.originals(case)) == ([], [])
    assert listing.message_ids(case, MessageQuery()) == []
    put_back(case, first, second)
    assert state(case) == before
