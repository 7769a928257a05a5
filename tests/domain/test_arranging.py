"""Every original has exactly one number, whatever a person arranged."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.domain.arranging import CaseContents, MessageFacts, arrange, message_key
from smsdesk.domain.exhibits import (
    DEFAULT_GROUPS,
    Attachment,
    ExhibitKind,
    ExhibitRecord,
    ExhibitTexts,
)
from smsdesk.domain.numbers import Sender, SenderKind
from smsdesk.domain.screens import Direction
from smsdesk.domain.times import UNKNOWN_TIME
from tests.storage.builders import NOON, original

GROUPS = tuple(replace(group, id=number) for number, group in enumerate(DEFAULT_GROUPS, 1))
RELATION, MESSAGES, HARM = GROUPS


def facts(number, sender, *originals):
    who = Sender(sender, sender, None, SenderKind.MOBILE)
    return MessageFacts(number, number, who, Direction.IN, UNKNOWN_TIME, originals, {})


def picture(number, device=1):
    return original(f"{number}".encode(), device, id=number)


def attachment(number):
    return Attachment(number, f"{number:064}", "3" * 64, 9, "x", f"{number}.x", "", None, NOON)


def describe(exhibit, messages):
    return ExhibitTexts(name=exhibit.key, summary=f"{len(messages)}")


def contents(originals, messages, records=(), attachments=()):
    return CaseContents([1, 2], originals, messages, GROUPS, records, attachments)


SMALL = contents(
    [picture(1), picture(2), picture(3), picture(4, device=2), picture(5)],
    [facts(1, "b", 2), facts(2, "a", 1), facts(3, "a", 4), facts(4, "b", 3), facts(5, "a", 3)],
)


def keys(plan):
    return [(e.number, e.key) for e in plan.exhibits]


def test_exhibits_follow_phones_and_the_first_message_of_each_sender():
    assert keys(arrange(SMALL, describe)) == [
        ("1-1", "messages:1:b"),
        ("1-2", "messages:1:a"),
        ("1-3", "messages:1:*"),
        ("1-4", "messages:1:?"),
        ("1-5", "messages:2:a"),
    ]


def test_only_groups_with_exhibits_have_a_number():
    plan = arrange(SMALL, describe)
    assert [(g.place, g.number) for g in plan.groups] == [(1, None), (2, 1), (3, None)]
    assert [g.title for g in plan.listed] == ["短信"]


def test_files_go_where_their_kind_belongs_unless_a_person_says():
    plan = arrange(
        replace(
            SMALL,
            records=[
                ExhibitRecord("file:a", ExhibitKind.MEDICAL, files=(1,)),
                ExhibitRecord("file:b", ExhibitKind.MEDICAL, RELATION.id, files=(3, 2)),
            ],
            attachments=[attachment(n) for n in (1, 2, 3, 4)],
        ),
        describe,
    )
    assert plan.find("1-1").key == "file:b"
    assert plan.find("3-1").key == "file:a"
    assert plan.attachments == {3: "1-1-01", 2: "1-1-02", 1: "3-1-01"}
    assert [file.id for file in plan.unlisted] == [4]


def test_what_a_person_placed_comes_first_and_new_ones_behind():
    placed = ExhibitRecord("messages:1:?", position=1)
    plan = arrange(replace(SMALL, records=[placed]), describe)
    assert keys(plan)[0] == ("1-1", "messages:1:?")
    assert keys(plan)[1] == ("1-2", "messages:1:b")


def test_written_columns_win_and_the_rest_follows_the_proposal():
    record = ExhibitRecord("messages:1:a", name="要紧的", copies=3)
    exhibit = arrange(replace(SMALL, records=[record]), describe).find("messages:1:a")
    assert exhibit.texts == ExhibitTexts(name="要紧的", summary="1", copies=3)
    assert exhibit.proposed == ExhibitTexts(name="messages:1:a", summary="1")
    assert exhibit.edited == {"name", "copies"}


@pytest.mark.parametrize("anchor", [2, None])
def test_a_record_follows_its_original_when_the_sender_is_put_right(anchor):
    misread = ExhibitRecord(message_key(1, "bb"), anchor=anchor, name="要紧的")
    exhibit = arrange(replace(SMALL, records=[misread]), describe).find("messages:1:b")
    assert (exhibit.texts.name == "要紧的") == (anchor == 2)


def test_a_choice_keeps_all_numbers_and_speaks_of_the_chosen_messages():
    plan = arrange(SMALL, describe, chosen=frozenset({5}))
    assert keys(plan) == [("1-3", "messages:1:*")]
    (exhibit,) = plan.exhibits
    assert (exhibit.originals, exhibit.messages, exhibit.texts.summary) == ((3,), (5,), "1")
    assert plan.originals == arrange(SMALL, describe).originals
    assert plan.message_number(5) == "0005"


@given(
    st.lists(st.integers(1, 3), min_size=1, max_size=12),
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sets(st.integers(1, 12), min_size=1)), max_size=20
    ),
    st.lists(
        st.tuples(
            st.sampled_from(["messages:1:a", "messages:2:*", "messages:9:b", "messages:1:?"]),
            st.sampled_from([None, 1, 2, 3, 77]),
            st.sampled_from([None, 1, 2]),
            st.sampled_from([None, 1, 5, 99]),
        ),
        max_size=4,
        unique_by=lambda record: record[0],
    ),
)
def test_every_original_and_message_is_numbered_once(devices, shown, records):
    originals = [picture(n, device) for n, device in enumerate(devices, 1)]
    messages = [
        facts(n, who, *(sorted(i for i in seen if i <= len(originals)) or [1]))
        for n, (who, seen) in enumerate(shown, 1)
    ]
    made = [ExhibitRecord(k, group_id=g, position=p, anchor=a) for k, g, p, a in records]
    plan = arrange(contents(originals, messages, made), describe)
    assert sorted(plan.originals) == [o.id for o in originals]
    assert len(set(plan.originals.values())) == len(originals)
    assert sorted(i for e in plan.exhibits for i in e.originals) == [o.id for o in originals]
    assert {i for e in plan.exhibits for i in e.messages} == {m.id for m in messages}
    assert [g.number for g in plan.listed] == list(range(1, len(plan.listed) + 1))
