from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from smsdesk.domain.findings import FindingState, Recipient, ViolationType
from smsdesk.domain.messages import ReviewState
from smsdesk.domain.numbers import Sender, SenderKind
from smsdesk.domain.queries import MessageCounts, MessageQuery
from smsdesk.domain.screens import Direction
from smsdesk.domain.threads import ThreadKey
from smsdesk.domain.times import CHINA, UNKNOWN_TIME, SentTime, TimeBasis
from tests.storage.builders import (
    MOBILE,
    PACK,
    at,
    device,
    joined,
    proposal,
    screen,
    sighting,
    store,
)

SHORT_CODE = Sender("10690123456789", "10690123456789", None, SenderKind.SP106)
NAME = Sender("李经理2", None, "李经理2", SenderKind.NAME)
LANDLINE = Sender("0571-8888 8888", "+8657188888888", None, SenderKind.LANDLINE, region="杭州")


def _texts(work, query=MessageQuery()):  # noqa: B008
    return [message.text for message in work.messages.get(work.messages.ids(query))]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("还", ["Huabei 逾期,再不还款100%", "（已还清）"]),
        ("还款", ["Huabei 逾期,再不还款100%"]),
        ("HUABEI", ["Huabei 逾期,再不还款100%"]),
        ("逾期，再", ["Huabei 逾期,再不还款100%"]),
        ("(已还清)", ["（已还清）"]),
        ("100%", ["Huabei 逾期,再不还款100%"]),
        ("%", ["Huabei 逾期,再不还款100%"]),
        ("_", ["a_b"]),
        ("/", ["/"]),
        ("'", []),
        ("", ["Huabei 逾期,再不还款100%", "（已还清）", "a_b", "/"]),
        ("老" * 60_000, []),
        ("\udcff", []),
    ],
)
def test_search_finds_parts_of_any_length_literally(work, search, found):
    texts = ["Huabei 逾期,再不还款100%", "（已还清）", "a_b", "/"]
    store(work, [sighting(text, at(9, n)) for n, text in enumerate(texts)])
    assert _texts(work, MessageQuery(search=search)) == found


@given(text=st.text("还款Aa%_\\/ ，,"), start=st.integers(0, 8), length=st.integers(0, 8))
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_part_of_a_text_finds_it(case, text, start, length):
    with case.work() as work:
        store(work, [sighting(text)])
        assert text in _texts(work, MessageQuery(search=text[start : start + length]))


def test_search_goes_by_the_persons_reading(work):
    (message_id,) = store(work, [sighting("再不还歉")])
    assert work.messages.set_corrected(message_id, "再不还款") is None
    assert _texts(work, MessageQuery(search="还款")) == ["再不还款"]
    assert _texts(work, MessageQuery(search="还歉")) == []
    assert work.messages.set_corrected(message_id, None) == "再不还款"
    assert _texts(work, MessageQuery(search="还歉")) == ["再不还歉"]


@pytest.mark.parametrize(
    ("sender", "found"),
    [
        ("+86 171 0123 6805", ["手机"]),
        ("0086-171-0123-6805", ["手机"]),
        ("17101236805", ["手机"]),
        ("6805", ["手机"]),
        ("１７１", ["手机"]),
        ("10690123", ["短号"]),
        ("0571-88888888", ["固话"]),
        ("(0571) 8888 8888", ["固话"]),
        ("李经理", ["姓名"]),
        ("经理2", ["姓名"]),
        ("李经理3", []),
        ("2", ["手机", "短号", "姓名"]),
        ("%", []),
        ("4" * 60_000, []),
    ],
)
def test_senders_are_found_however_their_number_is_written(work, sender, found):
    senders = {"手机": MOBILE, "短号": SHORT_CODE, "姓名": NAME, "固话": LANDLINE}
    for number, (text, shown) in enumerate(senders.items()):
        store(work, [sighting(text, at(9, number), sender=shown)])
    assert _texts(work, MessageQuery(sender=sender)) == found


def _range(earliest, latest):
    day = dt.datetime(2025, 12, 1, tzinfo=CHINA)
    return SentTime(
        day + dt.timedelta(days=earliest - 1),
        day + dt.timedelta(days=latest - 1),
        TimeBasis.DERIVED,
    )


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (18, 18, ["0:00", "23:59", "17–19"]),
        (19, None, ["17–19", "next day"]),
        (None, 17, ["17–19"]),
        (20, None, []),
        (None, None, ["0:00", "23:59", "17–19", "next day", "unknown"]),
    ],
)
def test_days_are_chinas_and_both_included(work, since, until, found):
    times = {
        "0:00": at(0),
        "23:59": at(23, 59),
        "17–19": _range(17.5, 19.5),
        "next day": at(0, day=19),
        "unknown": UNKNOWN_TIME,
    }
    for text, sent in times.items():
        store(work, [sighting(text, sent, sender=replace(MOBILE, number=text))])
    days = [None if day is None else dt.date(2025, 12, day) for day in (since, until)]
    assert sorted(_texts(work, MessageQuery(since=days[0], until=days[1]))) == sorted(found)


def test_the_first_and_last_day_of_the_calendar_are_no_trouble(work):
    store(work, [sighting("一", at(9))])
    assert _texts(work, MessageQuery(since=dt.date.min, until=dt.date.max)) == ["一"]
    assert _texts(work, MessageQuery(until=dt.date.min)) == []
    assert _texts(work, MessageQuery(since=dt.date.max)) == []


@pytest.fixture
def labelled(work):
    """Messages with a finding of each state, one with a hint only, one with none, one sent."""
    texts = ["proposed", "confirmed", "rejected", "hint", "none"]
    seen = [sighting(text, at(9, number)) for number, text in enumerate(texts)]
    ids = store(work, [*seen, sighting("sent", at(10), direction=Direction.OUT)])
    for message_id, state in zip(ids, FindingState, strict=False):
        work.findings.replace_proposals(message_id, [proposal()], PACK)
        work.findings.set_state(work.findings.for_message(message_id)[0].id, state)
    hint = proposal(ViolationType.NO_IDENTITY, "identity")
    work.findings.replace_proposals(ids[3], [hint], PACK)
    return work


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (MessageQuery(label=ViolationType.INSULT), ["proposed", "confirmed"]),
        (MessageQuery(label=ViolationType.INSULT, state=FindingState.REJECTED), ["rejected"]),
        (MessageQuery(label=ViolationType.FREQUENT), []),
        (MessageQuery(state=FindingState.PROPOSED), ["proposed", "hint"]),
        (MessageQuery(unlabelled=True), ["rejected", "hint", "none"]),
        (MessageQuery(unlabelled=False), ["proposed", "confirmed", "sent"]),
        (MessageQuery(search="o", label=ViolationType.INSULT), ["proposed", "confirmed"]),
        (MessageQuery(search="e", unlabelled=True), ["rejected", "none"]),
    ],
)
def test_labels_and_states(labelled, query, found):
    assert _texts(labelled, query) == found


def test_review_doubt_night_and_their_counts(work):
    doubt = ((0, 1),)
    ids = store(
        work,
        [
            sighting("plain", at(9)),
            sighting("doubtful", at(10), doubtful=doubt),
            sighting("corrected", at(11), doubtful=doubt),
            sighting("night", at(23)),
            sighting("unknown", UNKNOWN_TIME),
        ],
    )
    assert work.messages.set_state(ids[0], ReviewState.REVIEWED) is ReviewState.NEW
    work.messages.set_corrected(ids[2], "corrected")
    assert _texts(work, MessageQuery(review=ReviewState.REVIEWED)) == ["plain"]
    assert _texts(work, MessageQuery(doubtful=True)) == ["doubtful"]
    assert _texts(work, MessageQuery(doubtful=False)) == ["plain", "corrected", "night", "unknown"]
    assert _texts(work, MessageQuery(night=True)) == ["night"]
    assert len(_texts(work, MessageQuery(night=False))) == 4
    assert work.messages.counts() == MessageCounts(5, 4, 1, 1, 5, 1)
    assert work.messages.count() == 5


def test_an_empty_case_counts_nothing(work):
    assert work.messages.counts() == MessageCounts(0, 0, 0, 0, 0, 0)
    assert work.messages.ids() == []


def test_messages_come_in_order_of_time_and_unknown_times_beside_their_neighbours(work):
    other = replace(MOBILE, number="95588")
    third = replace(MOBILE, number="10086")
    first = [("a?", UNKNOWN_TIME), ("a9", at(9)), ("a9?", UNKNOWN_TIME), ("a11", at(11))]
    store(work, [sighting(text, sent) for text, sent in first])
    store(work, [sighting("c?", UNKNOWN_TIME, sender=third)])
    store(work, [sighting("b8", at(8), sender=other), sighting("b10", at(10), sender=other)])
    store(work, [sighting("b10?", UNKNOWN_TIME, sender=other)])
    assert _texts(work) == ["b8", "a?", "a9", "a9?", "b10", "b10?", "a11", "c?"]


def test_a_time_that_becomes_known_moves_its_neighbours_too(work):
    seen = screen(work, [sighting("一"), sighting("二")])
    (other,) = store(work, [sighting("三", at(9), sender=replace(MOBILE, number="95588"))])
    key = ThreadKey(device(work).id, MOBILE.key)
    ids = work.messages.store_thread(key, [joined(s) for s in seen], Recipient.SELF)
    assert work.messages.ids() == [other, *ids]
    dated = replace(joined(seen[1]), sent=at(8))
    work.messages.store_thread(key, [joined(seen[0]), dated], Recipient.SELF)
    assert work.messages.ids() == [*ids, other]


def test_a_range_is_listed_by_its_beginning(work):
    derived = SentTime(at(9).earliest, at(12).latest, TimeBasis.DERIVED)
    store(work, [sighting("range", derived)])
    store(work, [sighting("exact", at(10), sender=SHORT_CODE)])
    assert _texts(work) == ["range", "exact"]
    assert work.messages.get(work.messages.ids())[0].sent == derived


def test_get_keeps_the_order_asked_for_and_leaves_out_what_is_not_there(work):
    a, b = store(work, [sighting("一"), sighting("二")])
    assert [m.id for m in work.messages.get([b, 99, a, b])] == [b, a, b]
    assert work.messages.get([]) == []


def test_spans_follow_a_correction(work):
    (message_id,) = store(work, [sighting("你老赖")])
    work.findings.replace_proposals(message_id, [proposal(spans=((1, 3),))], PACK)
    work.messages.set_corrected(message_id, "你这老赖")
    assert work.findings.for_message(message_id)[0].proposal.spans == ((2, 4),)


def test_a_message_of_another_id_is_a_mistake(work):
    with pytest.raises(KeyError):
        work.messages.set_state(1, ReviewState.REVIEWED)
    with pytest.raises(KeyError):
        work.messages.set_corrected(1, "a")


def test_three_thousand_messages_are_listed_and_read_with_a_handful_of_queries(case):
    with case.work() as work:
        key = ThreadKey(device(work).id, MOBILE.key)
        texts = [sighting(f"第{n}条", at(n % 24, n % 60, 1 + n % 28)) for n in range(3_000)]
        seen = screen(work, texts)
        ids = work.messages.store_thread(key, [joined(s) for s in seen], Recipient.SELF)
        work.findings.replace_many({i: [proposal()] for i in ids}, PACK)
        work.commit()
    statements = []
    event.listen(case._engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    with case.view() as view:
        listed = view.messages.ids(MessageQuery(search="条"))
        page = view.messages.get(listed[1500:1700])
    assert len(listed) == 3_000
    assert [m.sent.earliest for m in page] == sorted(m.sent.earliest for m in page)
    assert all(m.sightings and m.findings for m in page)
    assert len([s for s in statements if s.startswith("SELECT")]) == 5


def test_ticked_messages_narrow_what_the_other_conditions_find(work):
    first, second, third = store(work, [sighting(t) for t in ("老赖一", "老赖二", "还款三")])
    ticked = frozenset({second, third, 999})
    assert work.messages.ids(MessageQuery(only=ticked)) == [second, third]
    assert work.messages.ids(MessageQuery("老赖", only=ticked)) == [second]
    assert work.messages.ids(MessageQuery(only=frozenset())) == []
    assert first in work.messages.ids()
