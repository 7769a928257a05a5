from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest
from PIL import Image

from smsdesk.domain.geometry import Box
from smsdesk.domain.reading import Reading, TextLine
from smsdesk.domain.screens import LineRole, ScreenKind
from smsdesk.layout.screen import read_screen
from tests.layout.drawn_threads import (
    IDENTITY,
    DrawnScreen,
    Look,
    ThreadDrawing,
    draw_inbox,
    draw_thread,
    random_look,
)
from tests.layout.scoring import compare


def read(drawn: DrawnScreen):
    return read_screen(drawn.reading, drawn.image)


def total(screens) -> Counter[str]:
    return sum((compare(drawn, read(drawn)) for drawn in screens), Counter())


def test_reads_threads_of_phones_never_seen():
    counts = total(draw_thread(seed) for seed in range(1000, 1040))
    assert counts["kind"] == counts["screens"]
    assert counts["found"] >= 0.98 * counts["messages"]
    assert counts["invented"] <= 0.02 * counts["messages"]
    assert counts["direction"] >= 0.99 * counts["found"]
    assert counts["label"] >= 0.98 * counts["labels"]
    assert counts["called_cut"] <= 0.02 * counts["found"]
    assert counts["sender"] >= 0.97 * counts["screens"]
    assert counts["clock"] == counts["screens"]


def test_reads_lists_of_conversations():
    counts = total(draw_inbox(seed) for seed in range(1000, 1012))
    assert counts["kind"] == counts["screens"]
    assert counts["found"] == counts["messages"] == counts["label"] == counts["row_sender"]
    assert counts["snippet"] == counts["messages"]
    assert counts["invented"] == 0


def test_no_line_disappears():
    for seed in (3, 11, 26):
        drawn = draw_thread(seed)
        screen = read(drawn)
        told = "".join(d.raw_text for d in screen.drafts)
        told += "".join(other.line.text for other in screen.other_lines)
        lines = "".join(line.text for line in drawn.reading.lines)
        assert Counter("".join(told.split())) == Counter("".join(lines.split()))


def test_other_lines_say_what_they_are():
    look = fixed_look(status=True, header="left", footer="field", labels="above")
    screen = read(ThreadDrawing(5, look).draw())
    roles = {other.role for other in screen.other_lines}
    assert {LineRole.STATUS_BAR, LineRole.HEADER, LineRole.TIME_LABEL, LineRole.CHROME} <= roles


def test_confidences_belong_to_the_text():
    for draft in read(draw_thread(4)).drafts:
        assert len(draft.confidences) == len(draft.text)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("kind", ["filled", "outlined", "plain", "card"])
@pytest.mark.parametrize("labels", ["above", "below", "beside", "date+below", "pill+above"])
def test_each_way_of_drawing(kind, labels, dark):
    page = (18, 18, 20) if dark else (246, 246, 248)
    grey = (44, 44, 46) if dark else (228, 228, 230)
    look = fixed_look(kind=kind, labels=labels, dark=dark, page=page, incoming=grey)
    counts = compare(drawn := ThreadDrawing(8, look).draw(), read(drawn))
    assert counts["found"] == counts["messages"]
    assert counts["direction"] == counts["found"]
    assert counts["label"] == counts["labels"]
    assert counts["invented"] == 0


def test_a_window_frame_around_the_screen_changes_nothing():
    drawn = ThreadDrawing(12, fixed_look(width=720, em=30)).draw()
    frame = Image.new("RGB", (drawn.image.width + 300, drawn.image.height), (30, 80, 60))
    frame.paste(drawn.image, (150, 0))
    plain, framed = read(drawn), read_screen(moved(drawn.reading, 150), frame)
    assert [(d.text, d.direction, d.time_label) for d in framed.drafts] == [
        (d.text, d.direction, d.time_label) for d in plain.drafts
    ]


def moved(reading: Reading, by: float) -> Reading:
    lines = tuple(
        TextLine(
            line.text,
            Box(line.box.x0 + by, line.box.y0, line.box.x1 + by, line.box.y1),
            line.confidences,
            tuple((a + by, b + by) for a, b in line.char_spans),
        )
        for line in reading.lines
    )
    return Reading(reading.engine, reading.width + 300, reading.height, lines)


def test_a_blank_picture_shows_nothing():
    image = Image.new("RGB", (400, 800), (240, 240, 240))
    screen = read_screen(Reading(IDENTITY, 400, 800, ()), image)
    assert screen.kind is ScreenKind.NONE
    assert not screen.drafts


def fixed_look(**changes) -> Look:
    """A plain phone, but for *changes*."""
    look = replace(
        random_look(random.Random(1)),
        width=1080,
        em=44,
        dark=False,
        page=(246, 246, 248),
        incoming=(228, 228, 230),
        outgoing=(10, 88, 246),
        kind="filled",
        pad_x=0.7,
        pad_y=0.6,
        radius=0.5,
        tail=False,
        margin=0.8,
        room=0.75,
        leading=1.4,
        gap=0.9,
        avatars=None,
        labels="above",
        header="left",
        header_line=False,
        status=True,
        footer="field",
        quality=None,
        half=False,
    )
    return replace(look, **changes)
