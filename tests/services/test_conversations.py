"""A person's word on conversations: what belongs to another one, and which are one."""

from __future__ import annotations

import pytest

from smsdesk.domain.errors import CannotJoin
from smsdesk.domain.findings import Recipient
from smsdesk.domain.messages import ReviewState
from smsdesk.domain.numbers import parse_sender
from smsdesk.domain.rulings import Answer
from smsdesk.services import listing, reviewing
from smsdesk.services.conversations import plan_moving, strays
from smsdesk.services.joining import plan_split
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
