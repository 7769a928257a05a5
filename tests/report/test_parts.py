"""Numbering, figures, crops and cuts, without any paper."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
import sample_content as sample
from PIL import Image, ImageDraw

from smsdesk.domain.days import day_of, hour_of
from smsdesk.domain.findings import ViolationType
from smsdesk.domain.geometry import Box
from smsdesk.domain.numbers import Sender, SenderKind
from smsdesk.domain.times import CHINA, UNKNOWN_TIME, SentTime, TimeBasis
from smsdesk.report.content import LabelText, manifest_text
from smsdesk.report.exhibits import number_everything
from smsdesk.report.labels import label_name
from smsdesk.report.pdf.crops import CROP_WIDTH, crop_of
from smsdesk.report.pdf.cutting import find_cuts
from smsdesk.report.pdf.styles import MM
from smsdesk.report.phrases import clock, sender_name


def test_contacting_others_bears_a_mark_of_its_own():
    names = {kind: LabelText(kind.value, "") for kind in ViolationType}
    marked = [kind for kind in ViolationType if "特别标注" in label_name(names, kind)]
    assert marked == [ViolationType.THIRD_PARTY_CONTACT]


def sent(first, last=None):
    moments = [
        dt.datetime.fromisoformat(f"2025-12-{text}").replace(tzinfo=CHINA)
        for text in (first, last or first)
    ]
    return SentTime(*moments, TimeBasis.READ if last is None else TimeBasis.DERIVED)


@pytest.mark.parametrize(
    ("time", "hour", "date"),
    [
        (sent("18 21:59"), 21, 18),
        (sent("18 23:50", "19 00:10"), None, None),
        (sent("18 23:50", "18 23:55"), 23, 18),
        (sent("18 07:50", "18 08:10"), None, 18),
        (UNKNOWN_TIME, None, None),
    ],
)
def test_day_and_hour_are_only_told_where_sure(time, hour, date):
    known = day_of(time)
    assert hour_of(time) == hour
    assert (known and known.day) == date


def test_numbers_are_those_of_the_plan():
    content = sample.story_file()
    numbering = number_everything(content)
    assert sorted(o.id for o in numbering.ordered) == sorted(o.id for o in content.originals)
    assert numbering.originals == content.plan.originals
    assert [group.title for group in numbering.groups] == ["短信"]
    shown = {m.id for exhibit in numbering.exhibits for m in exhibit.messages}
    assert shown == {m.id for m in content.messages}


def test_crops_keep_one_scale_and_stay_inside():
    shot = sample.original(1, sample.drawn_png(), "a.png")
    whole = crop_of(shot.pages[0], sample.message(1, "甲", box=Box(8, 60, 296, 180)).sightings[0])
    small = crop_of(shot.pages[0], sample.message(2, "乙", box=Box(8, 60, 90, 100)).sightings[0])
    outside = crop_of(
        shot.pages[0], sample.message(3, "丙", box=Box(-20, 800, 999, 2000)).sightings[0]
    )
    assert whole.width == pytest.approx(CROP_WIDTH, rel=0.03)
    scale = [crop.width / (crop.part[2] - crop.part[0]) for crop in (whole, small)]
    assert scale[1] == pytest.approx(scale[0], rel=0.05)
    letter = 17 * scale[0]  # 17 pt on a screen of 390 pt, drawn here at one pixel a point
    assert letter >= 8
    assert outside.part[0] == 0
    assert outside.part[2:] == (shot.width, shot.height)


def test_cuts_lie_between_messages_and_overlap():
    image = Image.new("RGB", (400, 4000), "white")
    draw = ImageDraw.Draw(image)
    bubbles = [(top, top + 150) for top in range(40, 3900, 190)]
    for top, bottom in bubbles:
        draw.rectangle((20, top, 300, bottom), fill=(233, 233, 235))
    cuts = find_cuts(image, 1000, 50)
    assert cuts[0][0] == 0
    assert cuts[-1][1] == 4000
    for (_, bottom), (top, _) in pairwise(cuts):
        assert bottom - top == 50
        assert not any(a <= bottom <= b for a, b in bubbles)
    assert all(600 < bottom - top <= 1000 for top, bottom in cuts[:-1])


def test_a_picture_without_blank_rows_is_cut_where_the_page_ends():
    image = Image.effect_noise((50, 2500), 80)
    assert [b - t for t, b in find_cuts(image, 1000, 100)][:2] == [1000, 1000]


def test_manifest_is_what_sha256sum_checks():
    shot = sample.original(1, sample.drawn_png(), "a b.png")
    assert manifest_text([shot]) == f"{shot.sha256}  a b.png\n"


def test_phrases():
    mobile = Sender("+86 171 0123 8846", "+8617101238846", None, SenderKind.MOBILE)
    assert sender_name(mobile) == "171 0123 8846"
    assert sender_name(Sender("", None, None, SenderKind.UNKNOWN)) == "号码未能读出"
    day = dt.date(2025, 12, 18)
    assert clock(sent("18 09:00"), day) == "09:00"
    assert clock(sent("18 09:00", "18 09:40"), day) == "09:00 至 09:40"
    assert clock(sent("18 09:00", "20 08:00"), day) == "09:00 至 12月20日 08:00"
    open_end = SentTime(None, sent("18 09:00").latest, TimeBasis.DERIVED)
    assert clock(open_end, day) == "不晚于 09:00"
    assert CROP_WIDTH == 58 * MM
