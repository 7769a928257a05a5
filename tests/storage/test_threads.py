from __future__ import annotations

import random
from dataclasses import replace

import pytest
from sqlalchemy import event, text

from smsdesk.domain.findings import FindingState, Recipient, ViolationType
from smsdesk.domain.messages import Continuity, ReviewState
from smsdesk.domain.screens import Direction, ScreenKind
from smsdesk.domain.threads import ThreadKey
from smsdesk.domain.times import UNKNOWN_TIME, CaptureMoment, CaptureSource
from tests.storage.builders import (
    MOBILE,
    NOON,
    PACK,
    at,
    device,
    joined,
    proposal,
    screen,
    sighting,
)


def test_sightings_come_back_as_stored_with_their_ids(work, key):
    seen = [
        sighting("一", at(9), doubtful=((0, 1),), clipped=True),
        sighting("二", UNKNOWN_TIME, snippet=True, confidence=0.5),
    ]
    stored = screen(work, seen)
    expected = [
        replace(s, id=number, original_id=1, position=number - 1)
        for number, s in enumerate(seen, start=1)
    ]
    assert stored == expected
    (shown,) = work.messages.screens_of(key)
    assert list(shown.sightings) == expected
    assert (shown.original_id, shown.kind) == (1, ScreenKind.THREAD)
    assert shown.captured == CaptureMoment(NOON, CaptureSource.EXIF)


def test_screens_come_in_order_of_capture_and_then_of_import(work, key):
    for captured in (
        CaptureMoment(None, CaptureSource.UNKNOWN),
        CaptureMoment(NOON.replace(hour=14), CaptureSource.EXIF),
        CaptureMoment(NOON.replace(hour=13), CaptureSource.EXIF),
        CaptureMoment(NOON.replace(hour=14), CaptureSource.EXIF),
    ):
        screen(work, [sighting("一")], captured=captured)
    assert [shown.original_id for shown in work.messages.screens_of(key)] == [3, 2, 4, 1]
    assert work.messages.screens_of(ThreadKey(1, "nobody")) == []


def test_an_inbox_is_seen_by_each_of_its_threads(work):
    other = replace(MOBILE, number="+8613900000000")
    screen(work, [sighting("一"), sighting("二", sender=other), sighting("三")])
    texts = [
        [seen.text for shown in work.messages.screens_of(key) for seen in shown.sightings]
        for key in work.messages.unjoined_threads()
    ]
    assert texts == [["一", "三"], ["二"]]


def test_joining_gives_messages_their_best_sighting_first(work, key):
    a, b = screen(work, [sighting("再不还", at(9), clipped=True), sighting("二", at(10))])
    (c,) = screen(work, [sighting("再不还款", at(9), doubtful=((3, 4),))])
    sent = at(9)
    message = replace(joined(c, a), sent=sent, before=Continuity.START)
    assert work.messages.unjoined_threads() == [key]
    ids = work.messages.store_thread(key, [message, joined(b)], Recipient.THIRD)
    assert work.messages.unjoined_threads() == []
    first, second = work.messages.get(ids)
    assert first.sightings == (c, a)
    assert (first.machine_text, first.doubtful) == ("再不还款", ((3, 4),))
    assert (first.sent, first.before) == (sent, Continuity.START)
    assert (first.sender, first.direction, first.recipient) == (MOBILE, c.direction, "third")
    assert (first.state, first.starred, first.note) == (ReviewState.NEW, False, "")
    assert first.corrected_text is None
    assert second.sightings == (b,)
    assert second.thread_id == first.thread_id


def test_a_list_does_not_show_who_wrote_a_message_but_a_bubble_does(work, key):
    (row,) = screen(work, [sighting("请不要再发", at(9))], kind=ScreenKind.INBOX)
    (bubble,) = screen(work, [sighting("请不要再", at(9), direction=Direction.OUT, clipped=True)])
    ids = work.messages.store_thread(key, [joined(row, bubble)], Recipient.SELF)
    assert work.messages.get(ids)[0].direction is Direction.OUT


def _proposed_and_decided(work, message_id):
    """Let rules propose two findings; confirm one of them."""
    insult = proposal(spans=((4, 6),))
    threat = proposal(ViolationType.FALSE_THREAT, "threat")
    work.findings.replace_proposals(message_id, [insult, threat], PACK)
    decided = work.findings.for_message(message_id)[0]
    work.findings.set_state(decided.id, FindingState.CONFIRMED)
    return decided.id


def test_a_message_keeps_its_id_and_a_persons_work_when_a_better_sighting_comes(work, key):
    (poor,) = screen(work, [sighting("再不还款老赖", at(9))])
    (message_id,) = work.messages.store_thread(key, [joined(poor)], Recipient.SELF)
    decided = _proposed_and_decided(work, message_id)
    work.messages.set_state(message_id, ReviewState.REVIEWED)
    better, new = screen(work, [sighting("你再不还款，老赖", at(9)), sighting("二", at(10))])
    ids = work.messages.store_thread(key, [joined(better, poor), joined(new)], Recipient.SELF)
    assert ids[0] == message_id
    message = work.messages.get(ids)[0]
    assert message.machine_text == "你再不还款，老赖"
    assert message.state is ReviewState.REVIEWED
    finding = work.findings.get(decided)
    assert finding.state is FindingState.CONFIRMED
    assert finding.proposal.spans == ((6, 8),)  # still on 老赖


def test_merged_messages_keep_the_work_on_both(work, key):
    a, b, c = screen(work, [sighting("再不还款老赖"), sighting("再不还款老赖"), sighting("三")])
    first, second, third = work.messages.store_thread(
        key, [joined(a), joined(b), joined(c)], Recipient.SELF
    )
    decided = _proposed_and_decided(work, second)
    work.findings.replace_proposals(first, [proposal()], PACK)
    work.messages.set_corrected(first, "再不还款，老赖")
    work.messages.set_state(second, ReviewState.REVIEWED)
    work._session.flush()
    work._session.execute(text(f"UPDATE message SET note = '二', starred = 1 WHERE id = {second}"))
    work._session.execute(text(f"UPDATE message SET note = '一' WHERE id = {first}"))
    work._session.expire_all()
    ids = work.messages.store_thread(key, [joined(a, b), joined(c)], Recipient.SELF)
    assert ids == [first, third]
    message = work.messages.get(ids)[0]
    assert message.sightings == (a, b)
    assert message.corrected_text == "再不还款，老赖"
    assert (message.note, message.starred, message.state) == ("一\n二", True, ReviewState.REVIEWED)
    (insult,) = message.findings  # the proposal of the first took over the second's decision
    assert insult.state is FindingState.CONFIRMED
    assert insult.id != decided
    assert work.messages.get([second]) == []


def test_a_decision_moves_to_the_message_that_stays(work, key):
    a, b = screen(work, [sighting("再不还款老赖"), sighting("再不还款老赖")])
    first, second = work.messages.store_thread(key, [joined(a), joined(b)], Recipient.SELF)
    work.messages.set_state(first, ReviewState.REVIEWED)
    decided = _proposed_and_decided(work, second)
    assert work.messages.store_thread(key, [joined(b, a)], Recipient.SELF) == [first]
    (finding,) = work.messages.get([first])[0].findings
    assert (finding.id, finding.message_id, finding.state) == (decided, first, "confirmed")


def test_the_message_that_a_person_worked_on_is_the_one_that_stays(work, key):
    a, b = screen(work, [sighting("一"), sighting("一")])
    _, second = work.messages.store_thread(key, [joined(a), joined(b)], Recipient.SELF)
    work.messages.set_corrected(second, "壹")
    assert work.messages.store_thread(key, [joined(a, b)], Recipient.SELF) == [second]


def test_a_split_message_lives_on_where_its_best_sighting_is(work, key):
    a, b = screen(work, [sighting("一"), sighting("一")])
    (whole,) = work.messages.store_thread(key, [joined(b, a)], Recipient.SELF)
    ids = work.messages.store_thread(key, [joined(a), joined(b)], Recipient.SELF)
    assert ids[1] == whole
    assert ids[0] != whole
    assert [m.sightings for m in work.messages.get(ids)] == [(a,), (b,)]


def test_a_message_without_sightings_is_removed_and_its_id_not_given_again(work, key):
    a, b = screen(work, [sighting("一"), sighting("二")])
    _, second = work.messages.store_thread(key, [joined(a), joined(b)], Recipient.SELF)
    work.findings.replace_proposals(second, [proposal()], PACK)
    assert len(work.messages.store_thread(key, [joined(a)], Recipient.SELF)) == 1
    assert work.messages.get([second]) == []
    assert work.findings.for_message(second) == []
    (_, third) = work.messages.store_thread(key, [joined(a), joined(b)], Recipient.SELF)
    assert third > second


@pytest.mark.parametrize("wrong", ["twice", "foreign"])
def test_joining_a_sighting_twice_or_into_another_thread_is_a_mistake(work, key, wrong):
    a, b = screen(work, [sighting("一"), sighting("二", sender=replace(MOBILE, number="95588"))])
    messages = [joined(a), joined(a)] if wrong == "twice" else [joined(a, b)]
    with pytest.raises(ValueError, match="joined twice, or of another"):
        work.messages.store_thread(key, messages, Recipient.SELF)


def test_joining_again_without_change_writes_nothing(case):
    with case.work() as work:
        key = ThreadKey(device(work).id, MOBILE.key)
        seen = screen(work, [sighting(str(number), at(9, number)) for number in range(20)])
        messages = [joined(s) for s in seen]
        ids = work.messages.store_thread(key, messages, Recipient.SELF)
        work.commit()
    statements = []
    event.listen(case._engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    with case.work() as work:
        assert work.messages.store_thread(key, messages, Recipient.SELF) == ids
        work.commit()
    assert statements
    assert not [s for s in statements if s.startswith(("UPDATE", "INSERT", "DELETE"))]


@pytest.mark.parametrize("seed", range(30))
def test_however_messages_are_joined_and_parted_none_is_lost(work, key, seed):
    """Joining takes turns that nobody foresees as screens come in."""
    rng = random.Random(seed)
    seen = screen(work, [sighting("一", at(9, n)) for n in range(6)])
    for _ in range(12):
        groups = [[] for _ in range(rng.randint(1, 6))]
        for one in rng.sample(seen, len(seen)):
            rng.choice(groups).append(one)
        messages = [joined(*group) for group in groups if group]
        ids = work.messages.store_thread(key, messages, Recipient.SELF)
        stored = work.messages.get(ids)
        assert len(set(ids)) == len(messages)
        assert [[s.id for s in m.sightings] for m in stored] == [
            list(m.sighting_ids) for m in messages
        ]
        work.messages.set_state(rng.choice(ids), rng.choice(list(ReviewState)))
