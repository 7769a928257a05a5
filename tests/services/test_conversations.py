"""A person's word on conversations: what belongs to another one, and which are one."""

from __future__ import annotations

import random

import pytest

from smsdesk.domain.errors import CannotJoin
from smsdesk.domain.findings import Recipient
from smsdesk.domain.messages import ReviewState
from smsdesk.domain.numbers import parse_sender
from smsdesk.domain.rulings import Answer
from smsdesk.services import listing, reviewing
from smsdesk.services.conversations import (
    candidates,
    conversations,
    plan_moving,
    plan_parting,
    plan_union,
    preview_union,
    strays,
)
from smsdesk.services.joining import plan_split
from tests.services.test_join_batches import sketches_fit
from tests.services.test_joining import A, B, C, device_of, messages, show_from, texts
from tests.storage.builders import at

NUMBER, MISREAD = "+86 171 0123 8846", "+86 171 0123 8848"
KEY = "+8617101238846"


@pytest.fixture
def misread(empty_case):
    """Two screens of one conversation that overlap; the number of the second was misread."""
    device_of(empty_case)
    show_from(empty_case, NUMBER, (A, at(9)), (B, at(10)))
    show_from(empty_case, MISREAD, (A, at(9)), (B, at(10)), (C, at(11)), minutes=1)
    return empty_case


def put_right(case, sender=NUMBER):
    """Correct the number of all messages under the misread one."""
    wrong = [m for m in messages(case) if m.sender.key == parse_sender(MISREAD).key]
    reviewing.apply(case, reviewing.plan_sender(wrong, parse_sender(sender)))
    return [message for message in messages(case) if message.id in {m.id for m in wrong}]


def move(case, message):
    change = plan_moving(case, message)
    reviewing.apply(case, change)
    return change


def test_messages_whose_number_was_put_right_are_told_from_those_that_belong(misread):
    assert [strays(misread, message) for message in messages(misread)] == [None] * 5
    fixed = put_right(misread)
    found = {strays(misread, message) for message in fixed}
    (one,) = found
    assert (one.stands, one.belongs) == (parse_sender(MISREAD).key, KEY)
    assert one.message_ids == tuple(message.id for message in fixed)
    others = [m for m in messages(misread) if m not in fixed]
    assert [strays(misread, message) for message in others] == [None, None]
    with pytest.raises(CannotJoin):
        plan_moving(misread, others[0])


def test_moved_to_their_conversation_messages_are_counted_once(misread):
    move(misread, put_right(misread)[0])
    assert texts(misread) == [(A, 2), (B, 2), (C, 1)]
    assert {message.sender.key for message in messages(misread)} == {KEY}
    assert len({message.thread_id for message in messages(misread)}) == 1
    assert [strays(misread, message) for message in messages(misread)] == [None] * 3
    show_from(misread, NUMBER, (C, at(11)), minutes=2)
    assert texts(misread) == [(A, 2), (B, 2), (C, 2)]
    assert "moved_by_hand" in {entry.action for entry in listing.custody(misread)}


def test_a_move_is_undone_with_all_that_was_done_before_it(misread):
    fixed = put_right(misread)
    reviewing.apply(misread, reviewing.plan_review(fixed[1:], ReviewState.REVIEWED))
    before = messages(misread)
    change = move(misread, fixed[0])
    united = texts(misread)
    reviewing.apply(misread, change.inverse())
    assert _told(messages(misread)) == _told(before)
    reviewing.apply(misread, change)
    assert texts(misread) == united


def _told(found):
    """Return what tells messages; proposals come anew with ids of their own."""
    return [
        (m.id, m.thread_id, m.sender, m.text, m.state, m.before, [s.id for s in m.sightings])
        for m in found
    ]


def test_only_messages_of_that_number_leave_a_conversation(misread):
    one = next(m for m in messages(misread) if m.text == C)
    reviewing.apply(misread, reviewing.plan_sender([one], parse_sender(NUMBER)))
    (fixed,) = (m for m in messages(misread) if m.id == one.id)
    move(misread, fixed)
    by_thread = {}
    for message in messages(misread):
        by_thread.setdefault(message.thread_id, []).append(message.text)
    assert sorted(by_thread.values()) == sorted([[A, B, C], [A, B]])


def test_the_number_may_be_one_that_no_screen_shows(misread):
    fixed = put_right(misread, "+86 171 0123 9999")
    change = move(misread, fixed[0])
    assert len(messages(misread)) == 5
    assert len({message.thread_id for message in messages(misread)}) == 2
    (back,) = {m.id for m in messages(misread) if m.text == C}
    (message,) = listing.messages(misread, [back])
    reviewing.apply(misread, reviewing.plan_sender([message], None))
    (message,) = listing.messages(misread, [back])
    assert strays(misread, message).belongs == parse_sender(MISREAD).key
    reviewing.apply(misread, change.inverse())


def test_what_two_phones_show_of_a_conversation_is_moved_together(empty_case):
    device_of(empty_case)
    show_from(empty_case, MISREAD, (A, at(9)), (B, at(10)))
    show_from(empty_case, MISREAD, (A, at(9)), (B, at(10)), name="新手机")
    reviewing.apply(empty_case, plan_union(empty_case, *threads(empty_case)))
    change = move(empty_case, put_right(empty_case)[0])
    assert texts(empty_case) == [(A, 2), (B, 2)]
    assert len(threads(empty_case)) == 1
    reviewing.apply(empty_case, change.inverse())
    assert texts(empty_case) == [(A, 2), (B, 2)]


def test_a_screen_without_a_header_is_moved_once_it_has_a_number(empty_case):
    device_of(empty_case)
    show_from(empty_case, NUMBER, (A, at(9)))
    show_from(empty_case, "", (A, at(9)), (B, at(10)), minutes=1)
    assert len(messages(empty_case)) == 3
    unknown = [m for m in messages(empty_case) if not m.sender.key]
    assert strays(empty_case, unknown[0]) is None
    reviewing.apply(empty_case, reviewing.plan_sender(unknown, parse_sender(NUMBER)))
    (fixed, *_) = listing.messages(empty_case, [unknown[0].id])
    move(empty_case, fixed)
    assert texts(empty_case) == [(A, 2), (B, 1)]


def test_what_a_person_said_of_moved_messages_goes_with_them(misread):
    show_from(misread, MISREAD, (B, at(10)), (C, at(11)), minutes=3)
    both = next(m for m in messages(misread) if m.text == C)
    assert len(both.sightings) == 2
    reviewing.apply(misread, plan_split(misread, both.id))
    answer = Answer(Recipient.THIRD, "母亲")
    (known, *_) = (m for m in messages(misread) if m.sender.key == KEY)
    reviewing.apply(misread, reviewing.plan_recipient(misread, [known], answer))
    move(misread, put_right(misread)[0])
    assert [text for text, _ in texts(misread)] == [A, B, C, C]
    assert {message.recipient for message in messages(misread)} == {Recipient.THIRD}


# --- two conversations that are one ---------------------------------------------------------------


@pytest.fixture
def two_phones(empty_case):
    """One number on the old phone and on the new one, which shows two of the old messages."""
    device_of(empty_case)
    show_from(empty_case, NUMBER, (A, at(9)), (B, at(10)))
    show_from(empty_case, NUMBER, (A, at(9)), (B, at(10)), (C, at(11)), name="新手机")
    return empty_case


def threads(case):
    return [one.thread_id for one in candidates(case)]


def test_conversations_that_may_be_one_are_offered_likely_ones_first(two_phones):
    show_from(two_phones, "王经理", (C, at(15)), (C, at(16)), (C, at(17)))
    show_from(two_phones, "+86 171 0123 9999", (C, at(15)))
    own, *_ = threads(two_phones)
    found = [(c.name, c.phone, c.messages) for c in candidates(two_phones, own)]
    assert found == [(KEY, "新手机", 3), ("王经理", "手机", 3)]


def test_a_preview_says_what_uniting_would_change_and_changes_nothing(two_phones):
    own, other = threads(two_phones)
    third = next(m for m in messages(two_phones) if m.thread_id == other)
    answer = Answer(Recipient.THIRD, "母亲")
    reviewing.apply(two_phones, reviewing.plan_recipient(two_phones, [third], answer))
    before, log = messages(two_phones), listing.custody(two_phones)
    found = preview_union(two_phones, own, other)
    assert (found.messages, found.together, found.counted_once) == (5, 3, 2)
    assert (found.recipients, found.recipient) == (3, Recipient.SELF)
    assert (messages(two_phones), listing.custody(two_phones)) == (before, log)


def test_conversations_united_by_hand_stay_so_and_are_undone(two_phones):
    change = plan_union(two_phones, *threads(two_phones))
    reviewing.apply(two_phones, change)
    assert texts(two_phones) == [(A, 2), (B, 2), (C, 1)]
    assert len(threads(two_phones)) == 1
    (one,) = conversations(two_phones)
    assert (one.together, one.part_phone, one.root_phone) == (True, "新手机", "手机")
    show_from(two_phones, NUMBER, (B, at(10)), (C, at(11)), minutes=5)
    show_from(two_phones, NUMBER, (C, at(11)), minutes=6, name="新手机")
    assert texts(two_phones) == [(A, 2), (B, 3), (C, 3)]
    reviewing.apply(two_phones, change.inverse())
    assert len(messages(two_phones)) == 6
    assert conversations(two_phones) == []
    reviewing.apply(two_phones, change)
    reviewing.apply(two_phones, plan_parting(two_phones, one.part_id))
    assert [c.together for c in conversations(two_phones)] == [False]


def test_undoing_a_union_brings_back_messages_as_they_were(two_phones):
    reviewed = messages(two_phones)[1:3]
    reviewing.apply(two_phones, reviewing.plan_review(reviewed, ReviewState.REVIEWED))
    before = messages(two_phones)
    change = plan_union(two_phones, *threads(two_phones))
    reviewing.apply(two_phones, change)
    reviewing.apply(two_phones, change.inverse())
    assert _told(messages(two_phones)) == _told(before)


def test_what_was_part_of_a_conversation_comes_back_to_it(empty_case):
    device_of(empty_case)
    show_from(empty_case, "王经理", (A, at(9)), (B, at(10)))
    show_from(empty_case, NUMBER, (A, at(9)), (B, at(10)), minutes=1)
    show_from(empty_case, NUMBER, (C, at(12)), name="新手机")
    before, linked = messages(empty_case), conversations(empty_case)
    (joined, _), (phone, _) = ((c.thread_id, c.phone) for c in candidates(empty_case))
    change = plan_union(empty_case, phone, joined)
    reviewing.apply(empty_case, change)
    assert len(conversations(empty_case)) == 2
    reviewing.apply(empty_case, change.inverse())
    assert (_told(messages(empty_case)), conversations(empty_case)) == (_told(before), linked)


def test_every_merge_of_a_message_is_undone_in_its_turn(two_phones):
    show_from(two_phones, NUMBER, (A, at(9)), name="旧手机")
    own, second, third = threads(two_phones)
    before, changes = [], []
    for other in (second, third):
        before.append(_told(messages(two_phones)))
        changes.append(plan_union(two_phones, own, other))
        reviewing.apply(two_phones, changes[-1])
    assert texts(two_phones)[0] == (A, 3)
    for change, told in zip(reversed(changes), reversed(before), strict=True):
        reviewing.apply(two_phones, change.inverse())
        assert _told(messages(two_phones)) == told


def test_a_name_that_changed_is_united_and_two_numbers_are_not(empty_case):
    device_of(empty_case)
    for sender in ("王经理", "王经理（云杉）", NUMBER, "+86 171 0123 9999"):
        show_from(empty_case, sender, (A, at(9)))
    names, numbers = threads(empty_case)[:2], threads(empty_case)[2:]
    reviewing.apply(empty_case, plan_union(empty_case, *names))
    assert len(threads(empty_case)) == 3
    for wrong in (numbers, [numbers[0]] * 2, [numbers[0], 999], names):
        with pytest.raises(CannotJoin):
            plan_union(empty_case, *wrong)


# --- whatever is done -----------------------------------------------------------------------------


TEXTS = (A, B, C, "你再躲也没有用，我们已经到你家楼下了", "今天是最后一天，明天就走程序")
SENDERS = (NUMBER, MISREAD, "王经理", "李主任", "")


def _correct(case, rnd):
    found = messages(case)
    of_one = [m for m in found if m.thread_id == rnd.choice(found).thread_id]
    return reviewing.plan_sender(of_one, parse_sender(rnd.choice(SENDERS[:3])))


def _move(case, rnd):
    return plan_moving(case, rnd.choice(messages(case)))


def _unite(case, rnd):
    return plan_union(case, rnd.choice(threads(case)), rnd.choice(threads(case)))


def _review(case, rnd):
    return reviewing.plan_review([rnd.choice(messages(case))], ReviewState.REVIEWED)


DEEDS = (_correct, _move, _unite, _review)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_to_conversations_is_undone_step_by_step(empty_case, seed):
    rnd = random.Random(seed)
    device_of(empty_case)
    for minute in range(4):
        first = rnd.randrange(len(TEXTS) - 1)
        rows = [(TEXTS[n], at(9 + n)) for n in range(first, min(first + 3, len(TEXTS)))]
        phone = rnd.choice((None, None, "新手机"))
        show_from(empty_case, rnd.choice(SENDERS), *rows, minutes=minute, name=phone)
    done = []
    while len(done) < 6:
        try:
            change = rnd.choice(DEEDS)(empty_case, rnd)
        except CannotJoin:  # nothing strays, say, or two numbers were to be one
            continue
        done.append((change, _told(messages(empty_case)), conversations(empty_case)))
        reviewing.apply(empty_case, change, judge=False)
        with empty_case.view() as view:
            assert sketches_fit(view)
    for change, told, linked in reversed(done):
        reviewing.apply(empty_case, change.inverse(), judge=False)
        assert (_told(messages(empty_case)), conversations(empty_case)) == (told, linked)
