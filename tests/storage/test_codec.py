from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smsdesk.domain.geometry import Box
from smsdesk.domain.messages import Sighting
from smsdesk.domain.reading import Reading, TextLine
from smsdesk.domain.screens import MessageDraft, OtherLine, Screen
from smsdesk.domain.times import CHINA, SentTime
from smsdesk.storage.codec import from_json, to_json

NUMBERS = st.floats(allow_nan=False)
BOXES = st.builds(Box, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
MOMENTS = st.none() | st.datetimes(timezones=st.sampled_from([dt.UTC, CHINA]))
SENT = st.builds(SentTime, MOMENTS, MOMENTS)
CONFIDENCES = st.lists(NUMBERS, max_size=4).map(tuple)
LINES = st.builds(
    TextLine,
    box=BOXES,
    confidences=CONFIDENCES,
    char_spans=st.lists(st.tuples(NUMBERS, NUMBERS), max_size=4).map(tuple),
)
DRAFTS = st.builds(MessageDraft, box=BOXES, confidences=CONFIDENCES)
WHOLE = {
    Reading: st.builds(Reading, lines=st.lists(LINES, max_size=3).map(tuple)),
    Screen: st.builds(
        Screen,
        sender_confidence=NUMBERS,
        drafts=st.lists(DRAFTS, max_size=3).map(tuple),
        other_lines=st.lists(st.builds(OtherLine, LINES), max_size=3).map(tuple),
    ),
    Sighting: st.builds(Sighting, box=BOXES, confidence=NUMBERS, sent=SENT),
}


@pytest.mark.parametrize("kind", WHOLE)
@given(data=st.data())
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_round_trip_through_json_text_is_exact(kind, data):
    value = data.draw(WHOLE[kind])
    assert from_json(kind, json.loads(json.dumps(to_json(value)))) == value


def test_a_field_that_old_json_does_not_have_takes_its_default():
    assert from_json(Screen, {"kind": "none"}).drafts == ()


def test_a_field_that_this_version_does_not_know_is_left_out():
    assert from_json(Screen, {"kind": "none", "from_the_future": 1}).sender_raw is None


def test_json_can_be_read_without_the_program():
    moment = dt.datetime(2025, 12, 18, 23, 41, tzinfo=CHINA)
    assert to_json(SentTime(moment, None, "derived", "昨天 23:41")) == {
        "earliest": "2025-12-18T23:41:00+08:00",
        "latest": None,
        "basis": "derived",
        "label": "昨天 23:41",
    }
