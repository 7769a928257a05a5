"""Numbers are read more than once, on the real way from picture to sighting."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from smsdesk.domain.screens import Screen, ScreenKind
from smsdesk.domain.times import CaptureMoment, CaptureSource
from smsdesk.layout.framing import moved
from smsdesk.ocr.loading import load_picture
from smsdesk.ocr.registry import engine
from smsdesk.ocr.straightening import Straightened
from smsdesk.resources import resource
from smsdesk.services.reading import read_picture, upright
from smsdesk.services.rows import read_row
from smsdesk.services.senders import read_senders

NEW_YEAR = CaptureMoment(dt.datetime(2026, 1, 1, tzinfo=dt.UTC), CaptureSource.FILE_TIME)


def sample_names(kind):
    for path in sorted(resource("samples").glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        if truth.get("kind") == kind:
            yield truth["image"]


@pytest.fixture(scope="module")
def thread():
    """A sample thread with a number in its header, as bytes, and how it was read."""
    for name in sample_names("thread"):
        data = resource("samples", name).read_bytes()
        read = read_picture(load_picture(data), NEW_YEAR, engine())
        if read.screen.sender_box:
            return name, data, read
    raise AssertionError("no sample shows a number")


def test_a_sample_header_is_read_alike_each_time(thread):
    name, _, read = thread
    rows = read_row(name, None, read)["messages"]
    assert rows
    assert {(row["sender_doubtful"], row["sender_readings"]) for row in rows} == {(False, ())}


def test_a_header_whose_number_was_misread_is_told_with_what_else_was_read(thread):
    _, data, read = thread
    right = read.sightings[0].sender
    digits = "0123456789"
    last = read.screen.sender_raw[-1]
    misread = read.screen.sender_raw[:-1] + digits[(digits.index(last) + 5) % 10]
    screen = Screen(
        ScreenKind.THREAD,
        misread,
        drafts=read.screen.drafts,
        sender_box=read.screen.sender_box,
    )
    senders = read_senders(screen, upright(data))
    assert {sender.readings for sender in senders} == {(right.number,)}
    assert {sender.raw for sender in senders} == {misread}


def test_the_rows_of_a_list_are_each_read_again():
    name = next(sample_names("inbox"))
    data = resource("samples", name).read_bytes()
    read = read_picture(load_picture(data), NEW_YEAR, engine())
    numbered = [draft for draft in read.screen.drafts if draft.sender_box]
    assert numbered
    assert all(draft.sender_box.y1 <= draft.box.y1 for draft in numbered)
    assert not any(sighting.sender.doubtful for sighting in read.sightings)


def test_places_of_numbers_move_with_the_screen(thread):
    _, _, read = thread
    box = read.screen.sender_box
    draft = replace(read.screen.drafts[0], sender_box=box)
    screen = replace(read.screen, drafts=(draft,))
    shifted = moved(screen, 10, 20)
    assert shifted.sender_box == shifted.drafts[0].sender_box == box.moved(10, 20)
    doubled = Straightened(Image.new("RGB", (10, 10)), np.diag((2.0, 2.0, 1.0)), (9999, 9999))
    back = doubled.screen_back(screen)
    assert back.sender_box == back.drafts[0].sender_box
    assert back.sender_box.y0 == pytest.approx(2 * box.y0)
