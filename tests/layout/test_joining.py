from __future__ import annotations

import datetime as dt
import itertools
import json
import random
from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smsdesk.domain.geometry import Box
from smsdesk.domain.messages import Continuity, Sighting
from smsdesk.domain.numbers import parse_sender
from smsdesk.domain.screens import Direction, LabelScope, ScreenKind
from smsdesk.domain.threads import JoinDecision, JoinedThread, SeenScreen
from smsdesk.domain.times import CHINA, CaptureMoment, CaptureSource, TimeBasis, date_messages
from smsdesk.layout import matching
from smsdesk.layout.joining import blocks_in, join
from smsdesk.layout.repeats import repeated_texts
from smsdesk.layout.sketches import hashed, sketch_of
from smsdesk.resources import resource
from tests.layout.generated_threads import STYLES, Score, generate, pieces, score

OWN, GROUP, NONE = LabelScope.OWN, LabelScope.GROUP, LabelScope.NONE
START, CONTINUOUS, LIKELY_CONTINUOUS, LIKELY_GAP, GAP = (
    Continuity.START,
    Continuity.CONTINUOUS,
    Continuity.LIKELY_CONTINUOUS,
    Continuity.LIKELY_GAP,
    Continuity.GAP,
)
SENDER = parse_sender("+86 171 0123 8846")

A = "你好，你的欠款今天必须处理，否则后果自负"
B = "装看不见是吧？借钱的时候怎么不这样"
C = "最后通知：今晚之前不还，明天联系你单位"
D = "我没有不还，请通过书面方式联系我"


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=CHINA)


class Phone:
    """Gives screens with sightings, and remembers which message each sighting is of."""

    def __init__(self):
        self.truth: dict[int, object] = {}
        self.screens: list[SeenScreen] = []

    def show(self, rows, captured, kind=ScreenKind.THREAD):
        """*rows*: (text, label, scope) with optional keywords for the sighting and its `key`."""
        source = CaptureSource.EXIF if captured else CaptureSource.UNKNOWN
        moment = CaptureMoment(at(captured) if isinstance(captured, str) else captured, source)
        full = [(row[0], row[1], row[2], row[3] if len(row) > 3 else {}) for row in rows]
        times = date_messages([(label, scope) for _, label, scope, _ in full], moment, kind)
        original = len(self.screens) + 1
        sightings = []
        for position, ((text, _, scope, more), sent) in enumerate(zip(full, times, strict=True)):
            options = dict(more)
            number = len(self.truth) + 1
            self.truth[number] = options.pop("key", None)
            sighting = Sighting(
                id=number,
                original_id=original,
                position=position,
                box=Box(40, 200 * position, 800, 200 * position + 160),
                direction=Direction.IN,
                text=text,
                raw_text=text,
                confidence=0.99,
                doubtful=(),
                clipped=False,
                snippet=False,
                sender=SENDER,
                sent=sent,
                label_scope=scope,
            )
            sightings.append(replace(sighting, **options))
        self.screens.append(SeenScreen(original, moment, kind, tuple(sightings)))
        return self

    def joined(self):
        return [joined.sighting_ids for joined in join(self.screens).messages]

    def asked(self):
        return [question.sighting_ids for question in join(self.screens).questions]

    def continuity(self):
        return [joined.before for joined in join(self.screens).messages]


def groups(phone):
    return sorted(tuple(sorted(ids)) for ids in phone.joined())


# --- overlaps -------------------------------------------------------------------------------------


def test_nothing_gives_nothing():
    nothing = SeenScreen(1, CaptureMoment(None, CaptureSource.UNKNOWN), ScreenKind.NONE, ())
    assert join([]) == join([nothing]) == JoinedThread(())


def test_overlapping_screens_show_each_message_once():
    phone = Phone()
    phone.show([(A, "昨天 10:00", OWN), (B, "昨天 10:20", OWN)], "2026-01-13 20:00")
    phone.show([(B, "昨天 10:20", OWN), (C, "09:12", OWN)], "2026-01-13 20:01")
    assert phone.joined() == [(1,), (2, 3), (4,)]
    assert phone.continuity() == [START, CONTINUOUS, CONTINUOUS]


def test_scrolling_up_is_as_good_as_scrolling_down():
    phone = Phone()
    phone.show([(B, "昨天 10:20", OWN), (C, "09:12", OWN)], "2026-01-13 20:00")
    phone.show([(A, "昨天 10:00", OWN), (B, "昨天 10:20", OWN)], "2026-01-13 20:01")
    assert phone.joined() == [(3,), (1, 4), (2,)]


def test_a_screen_may_hold_another_and_a_third_may_bridge_two():
    phone = Phone()
    phone.show([(A, "昨天 10:00", OWN)], "2026-01-13 20:00")
    phone.show([(C, "09:12", OWN), (D, "11:00", OWN)], "2026-01-13 20:10")
    assert len(phone.joined()) == 3
    rows = [(A, "昨天 10:00", OWN), (B, "昨天 10:20", OWN), (C, "09:12", OWN), (D, "11:00", OWN)]
    phone.show(rows, "2026-01-13 20:20")
    assert groups(phone) == [(1, 4), (2, 6), (3, 7), (5,)]


def test_what_no_screen_connects_is_a_gap():
    phone = Phone()
    phone.show([(A, "1月2日 10:00", OWN), (B, "1月2日 10:20", OWN)], "2026-01-13 20:00")
    phone.show([(C, "昨天 09:12", OWN), (D, "11:00", OWN)], "2026-01-13 20:10")
    assert phone.continuity() == [START, CONTINUOUS, GAP, CONTINUOUS]


def test_threads_stand_in_the_order_of_time_not_of_import():
    phone = Phone()
    phone.show([(C, "昨天 09:12", OWN)], "2026-01-13 20:10")
    phone.show([(A, "1月2日 10:00", OWN)], "2026-01-13 20:00")
    assert phone.joined() == [(2,), (1,)]


def test_a_message_cut_by_the_edge_is_the_whole_one_of_the_next_screen():
    phone = Phone()
    cut = {"clipped": True}
    phone.show([(A, "昨天 10:00", OWN), (B[:9], "昨天 10:20", OWN, cut)], "2026-01-13 20:00")
    phone.show(
        [(A[-6:], None, NONE, cut), (B, "昨天 10:20", OWN), (C, "09:12", OWN)], "2026-01-13 20:05"
    )
    assert phone.joined() == [(1, 3), (4, 2), (5,)]


def test_two_ends_of_a_cut_message_meet_beside_a_sure_neighbour():
    phone = Phone()
    cut = {"clipped": True}
    rows = [(A, "昨天 10:00", OWN), (B, "昨天 10:20", OWN), (C, "09:12", OWN)]
    phone.show([*rows[:2], (C[:5], "09:12", OWN, cut)], "2026-01-13 20:00")
    phone.show([(B, "昨天 10:20", OWN), (C, "09:12", OWN)], "2026-01-13 20:05")
    assert groups(phone) == [(1,), (2, 4), (3, 5)]


def test_a_message_that_the_edge_cut_between_two_lines_joins_though_it_looks_whole():
    phone = Phone()
    rows = [(A, "昨天 10:00", OWN), (B, "昨天 10:20", OWN), (C, "09:12", OWN)]
    phone.show(rows, "2026-01-13 20:00")
    phone.show([(A[-5:], None, NONE, {"confidence": 1.0}), *rows[1:]], "2026-01-13 21:00")
    assert phone.joined() == [(1, 4), (2, 5), (3, 6)]


def test_slips_of_the_engine_do_not_part_a_message():
    phone = Phone()
    misread = B.replace("装", "裝").replace("？", "?").replace("这", "達")
    phone.show([(A, "昨天 10:00", OWN), (B, "昨天 10:20", OWN)], "2026-01-13 20:00")
    phone.show(
        [(misread, "昨天 10:20", OWN, {"confidence": 0.8}), (C, "09:12", OWN)], "2026-01-13 20:05"
    )
    assert phone.joined() == [(1,), (2, 3), (4,)]


def test_a_copy_of_a_screen_adds_nothing():
    phone = Phone()
    rows = [(A, "昨天 10:00", OWN), (B, "昨天 10:00", GROUP), ("好的", "09:12", OWN)]
    phone.show(rows, "2026-01-13 20:00")
    phone.show([(*row, {"confidence": 0.7}) for row in rows], "2026-01-13 21:30")
    assert phone.joined() == [(1, 4), (2, 5), (3, 6)]


def test_screens_without_a_moment_join_by_what_they_show():
    phone = Phone()
    phone.show([(A, "昨天 10:00", OWN), (B, "昨天 10:20", OWN)], None)
    phone.show([(A, "昨天 10:00", OWN), (B, "昨天 10:20", OWN), (C, "09:12", OWN)], None)
    assert groups(phone) == [(1, 3), (2, 4), (5,)]


# --- repeats --------------------------------------------------------------------------------------


def test_the_same_words_under_different_labels_are_different_messages():
    phone = Phone()
    phone.show(
        [(A, "昨天 10:00", OWN), (A, "昨天 15:00", OWN), (A, "09:00", OWN)], "2026-01-13 20:00"
    )
    phone.show([(A, "09:00", OWN), (A, "12:00", OWN)], "2026-01-13 20:01")
    assert phone.joined() == [(1,), (2,), (3, 4), (5,)]


def test_the_same_words_on_one_screen_are_never_one_message():
    phone = Phone()
    phone.show([(A, "10:00", OWN), (A, "10:00", GROUP), (A, "10:00", GROUP)], "2026-01-13 20:00")
    assert len(phone.joined()) == 3


def test_the_same_words_at_the_same_clock_of_other_days_are_apart():
    phone = Phone()
    phone.show([(A, "09:00", OWN)], "2026-01-12 20:00")
    phone.show([(A, "09:00", OWN)], "2026-01-13 20:00")
    assert len(phone.joined()) == 2


def test_messages_of_one_template_differ_in_their_digits():
    phone = Phone()
    text = "您的借款已逾期{}天，请尽快处理，以免影响征信"
    phone.show([(text.format(3), None, NONE)], "2026-01-12 20:00")
    phone.show([(text.format(4), None, NONE)], "2026-01-12 20:01")
    assert len(phone.joined()) == 2


def test_sent_and_received_are_apart():
    phone = Phone()
    phone.show([(A, None, NONE)], "2026-01-12 20:00")
    phone.show([(A, None, NONE, {"direction": Direction.OUT})], "2026-01-12 20:01")
    assert len(phone.joined()) == 2


def test_where_nothing_tells_a_repeat_from_an_overlap_the_smaller_count_holds():
    phone = Phone()
    phone.show([(A, None, NONE), (A, None, NONE), (A, None, NONE)], "2026-01-12 20:00")
    phone.show([(A, None, NONE), (A, None, NONE)], "2026-01-12 20:01")
    assert len(phone.joined()) == 3
    assert len(phone.asked()) == 1


@pytest.mark.parametrize("moment", ["2026-01-13 20:00", "2026-01-12 20:01"])
def test_a_short_text_alone_may_be_a_repeat_so_a_person_is_asked(moment):
    phone = Phone()
    phone.show([(A, "09:00", OWN), ("好的", None, NONE)], "2026-01-12 20:00")
    phone.show([("好的", None, NONE), (B, None, NONE)], moment)
    assert phone.joined() == [(1,), (2, 3), (4,)]
    assert phone.asked() == [{2, 3}]
    assert phone.continuity() == [START, CONTINUOUS, LIKELY_CONTINUOUS]


def test_where_a_repeat_is_the_likelier_there_likely_is_a_gap():
    """The label that 好的 has on one screen would have to be hidden by the edge of the other."""
    phone = Phone()
    phone.show([(A, "昨天 09:00", OWN), ("好的", "昨天 09:05", OWN)], "2026-01-13 20:00")
    phone.show([("好的", None, NONE), (B, "昨天 09:30", OWN)], "2026-01-13 23:00")
    assert phone.joined() == [(1,), (2, 3), (4,)]
    assert phone.asked() == [{2, 3}]
    assert phone.continuity() == [START, CONTINUOUS, LIKELY_GAP]


def test_a_telling_text_that_never_comes_back_joins_two_steps_of_one_scrolling():
    phone = Phone()
    phone.show([(A, "09:00", OWN), (C, "09:00", GROUP)], "2026-01-12 20:00")
    phone.show([(C, None, NONE), (B, "11:00", OWN)], "2026-01-12 20:00:05")
    assert phone.joined() == [(1,), (2, 3), (4,)]
    assert phone.asked() == []
    assert phone.continuity() == [START, CONTINUOUS, CONTINUOUS]


def test_a_message_cut_in_two_by_scrolling_is_one_and_asked_about():
    """Nothing that one screen shows of it is on the other; the smaller count holds."""
    phone = Phone()
    cut = {"clipped": True}
    phone.show([(B, "昨天 10:00", OWN), (A[:6], None, NONE, cut)], "2026-01-13 20:00")
    phone.show([(A[-6:], None, NONE, cut), (C, "昨天 11:00", OWN)], "2026-01-13 20:00:05")
    assert groups(phone) == [(1,), (2, 3), (4,)]
    assert phone.asked() == [{2, 3}]
    assert phone.continuity() == [START, CONTINUOUS, LIKELY_CONTINUOUS]


@pytest.mark.parametrize(
    ("seconds", "asked"),
    [((0, 5), []), ((0, 500), [{2, 3}])],
    ids=["steps of one scrolling", "two sittings"],
)
def test_steps_of_one_scrolling_overlap_by_habit(seconds, asked):
    phone = Phone()
    first, second = (at("2026-01-12 20:00") + dt.timedelta(seconds=s) for s in seconds)
    phone.show([(A, "09:00", OWN), (B, None, NONE)], first)
    phone.show([(B, None, NONE), (C, None, NONE)], second)
    assert phone.joined() == [(1,), (2, 3), (4,)]
    assert phone.asked() == asked


def test_no_habit_has_a_step_of_scrolling_show_less_than_the_one_before():
    """A screen within another is no step onwards, so it proves no more than any other."""
    phone = Phone()
    phone.show([(A, "09:00", OWN), (B, None, NONE), (C, None, NONE)], "2026-01-12 20:00")
    phone.show([(B, None, NONE)], "2026-01-12 20:00:05")
    assert phone.asked() == [{2, 4}]


def test_texts_of_a_template_that_comes_back_are_no_rare_texts():
    """Programs send the same sum several times a day, though it was seen only once so far."""
    phone = Phone()
    sums = [f"【鹿芽快贷】您的借款应还{n}元，请尽快处理" for n in (1280, 2186, 3040)]
    phone.show(
        [(sums[0], "09:00", OWN), (A, None, NONE), (sums[1], None, NONE)], "2026-01-12 20:00"
    )
    phone.show([(sums[1], None, NONE), (C, None, NONE)], "2026-01-12 20:00:05")
    assert phone.asked() == [{3, 4}]


def test_twins_of_one_minute_are_as_likely_as_the_thread_shows_such():
    """In a thread of one text, often twice a minute, a minute alone proves no overlap."""
    rows = [(A, f"1月8日 09:0{minute}", OWN) for minute in (0, 0, 1, 2, 2, 3)]
    edge = (A, "1月8日 09:05", OWN)
    phone = Phone()
    phone.show([*rows, edge], "2026-01-12 20:00")
    phone.show([edge, (B, "1月8日 09:40", OWN)], "2026-01-12 20:00:05")
    assert phone.asked() == [{7, 8}]


def test_what_the_edge_left_speaks_against_an_overlap_if_it_is_something_else():
    phone = Phone()
    rest = {"clipped": True}
    phone.show([(B, "09:00", OWN), (A, None, NONE), (C, None, NONE)], "2026-01-12 20:00")
    phone.show([(A, None, NONE), (D[:4], None, NONE, rest)], "2026-01-12 20:00:05")
    assert phone.asked() == [{2, 3, 4, 5}]


def test_a_row_of_a_day_parts_no_screens_of_a_thread():
    """It may have been sent at any time of the day; the screens go on without a gap."""
    phone = Phone()
    phone.show([(A, "1月8日 09:00", OWN), (B, "10:00", OWN), (C, "11:00", OWN)], "2026-01-12 20:00")
    phone.show(
        [(B, "10:00", OWN), (C, "11:00", OWN), (D, "1月10日 12:00", OWN)], "2026-01-12 20:00:05"
    )
    phone.show([(D[:8], "1月10日", OWN, {"snippet": True})], "2026-01-12 20:01", ScreenKind.INBOX)
    assert len(blocks_in(phone.screens)) == 1
    assert phone.joined()[:3] == [(1,), (2, 4), (3, 5)]


def test_steps_of_one_scrolling_that_no_time_places_stay_together():
    """By their texts alone the one would belong to the older screens, the other to the later."""
    phone = Phone()
    phone.show([(A, "1月8日 09:00", OWN), (B, None, NONE)], "2026-01-12 20:00")
    phone.show([(C, "1月10日 09:00", OWN), (D, None, NONE)], "2026-01-12 20:10")
    phone.show([(D, None, NONE), ("明天上门找你", None, NONE)], "2026-01-12 20:20:00")
    phone.show([("明天上门找你", None, NONE), (B, None, NONE)], "2026-01-12 20:20:05")
    assert {6, 7} in [set(ids) for ids in phone.joined()]


def test_the_same_text_twice_within_its_minute_proves_no_overlap():
    phone = Phone()
    phone.show([(A, "09:00", OWN), (A, "09:00", OWN)], "2026-01-12 20:00")
    phone.show([(A, "09:00", OWN), (A, "09:00", OWN), (B, "11:00", OWN)], "2026-01-12 20:00:05")
    assert len(phone.joined()) == 3
    assert phone.asked() == [{1, 2, 3, 4}]


@pytest.mark.parametrize(("times", "asked"), [(2, True), (5, True)])
def test_a_series_that_a_program_sends_again_proves_no_more_than_its_first_text(times, asked):
    phone = Phone()
    series = [(text, None, NONE) for text in (A, B, C)]
    phone.show([*times * series, (D, None, NONE)], "2026-01-12 20:00")
    phone.show([("还钱", None, NONE), *series], "2026-01-12 20:30")
    assert bool(phone.asked()) is asked


def test_below_another_message_no_edge_hides_a_label_so_a_person_is_asked():
    phone = Phone()
    phone.show([(A, None, NONE), (B, None, NONE), (C, None, NONE)], "2026-01-12 20:00")
    phone.show([(A, "09:00", OWN), (B, "10:00", OWN), (C, "11:00", OWN)], "2026-01-12 20:00:05")
    assert len(phone.asked()) == 1


def test_nor_does_the_lower_edge_hide_the_label_above_what_it_cuts():
    phone = Phone()
    bare = [(A, None, NONE), (B, None, NONE), (C[:6], None, NONE, {"clipped": True})]
    phone.show(bare, "2026-01-12 20:00")
    whole = [(A, "09:00", GROUP), (B, "09:00", GROUP), (C, "11:00", OWN)]
    phone.show(whole, "2026-01-12 20:00:05")
    assert len(phone.asked()) == 1


def test_a_short_text_typed_again_and_again_proves_no_overlap_by_its_minute():
    phone = Phone()
    phone.show([(A, "08:00", OWN), ("1", "09:00", OWN), ("1", "09:01", OWN)], "2026-01-12 20:00")
    phone.show([("1", "09:01", OWN), (B, "11:00", OWN)], "2026-01-12 20:30")
    assert phone.asked() == [{3, 4}]


def test_neighbours_times_tell_repeats_apart():
    phone = Phone()
    phone.show(
        [(B, "1月2日 09:00", OWN), (A, "1月2日 09:00", GROUP), (C, "1月3日 09:00", OWN)],
        "2026-01-12 20:00",
    )
    phone.show([(D, "1月8日 09:00", OWN), (A, "1月8日 09:00", GROUP)], "2026-01-12 20:30")
    assert len(phone.joined()) == 5


# --- times ----------------------------------------------------------------------------------------


def test_a_label_on_one_screen_dates_the_message_on_all():
    phone = Phone()
    phone.show([(A, "昨天 10:00", OWN), (B, "昨天 10:20", OWN)], "2026-01-13 20:00")
    phone.show([(B, None, NONE), (C, "09:12", OWN)], "2026-01-13 20:01")
    sent = join(phone.screens).messages[1].sent
    assert (sent.earliest, sent.latest) == (at("2026-01-12 10:20"), at("2026-01-12 10:20"))


def test_a_clock_whose_day_scrolled_away_gets_the_day_of_the_other_screen():
    phone = Phone()
    phone.show([(A, "昨天 19:55", OWN), (B, "昨天 21:36", OWN)], "2026-01-13 20:00")
    phone.show([(B, "21:36", OWN), (C, "今天 00:40", OWN)], "2026-01-13 20:01")
    assert groups(phone) == [(1,), (2, 3), (4,)]
    assert join(phone.screens).messages[1].sent.earliest == at("2026-01-12 21:36")


def test_a_date_that_is_read_goes_before_one_that_is_reckoned():
    phone = Phone()
    phone.show([(A, "昨天 10:00", OWN)], "2026-01-13 20:00")
    phone.show([(A, "2026年1月12日 10:00", OWN)], "2026-02-13 20:00")
    (message,) = join(phone.screens).messages
    assert (message.sent.basis, message.sent.label) == (TimeBasis.READ, "2026年1月12日 10:00")


def test_ranges_narrow_one_another():
    phone = Phone()
    phone.show([(A, "10:00", OWN), (B, "10:00", GROUP)], "2026-01-13 12:00")
    phone.show([(A, "10:00", OWN), (B, "10:00", GROUP), (C, "11:15", OWN)], "2026-01-13 20:00")
    sent = join(phone.screens).messages[1].sent
    assert (sent.earliest, sent.latest) == (at("2026-01-13 10:00"), at("2026-01-13 11:15"))
    assert sent.basis is TimeBasis.DERIVED


# --- the best sighting, and the inbox -------------------------------------------------------------


def test_the_best_sighting_comes_first():
    phone = Phone()
    phone.show(
        [(A, "10:00", OWN, {"confidence": 0.8}), (B[:8], "11:00", OWN, {"clipped": True})],
        "2026-01-13 20:00",
    )
    phone.show(
        [(A, "10:00", OWN, {"confidence": 0.9}), (B, "11:00", OWN, {"confidence": 0.6})],
        "2026-01-13 20:01",
    )
    assert phone.joined() == [(3, 1), (4, 2)]


def test_an_inbox_row_joins_the_message_that_it_begins():
    phone = Phone()
    phone.show([(A, "昨天 10:00", OWN), (B, "昨天 10:20", OWN)], "2026-01-13 20:00")
    row = (B[:10] + "…", "昨天", OWN, {"snippet": True})
    phone.show([row], "2026-01-13 20:05", ScreenKind.INBOX)
    assert phone.joined() == [(1,), (2, 3)]
    assert phone.continuity() == [START, CONTINUOUS]


def test_an_inbox_row_shows_the_last_of_several_alike():
    phone = Phone()
    phone.show([(A, "10:00", OWN), (A, "10:20", OWN)], "2026-01-13 20:00")
    phone.show([(A[:10], "10:20", OWN, {"snippet": True})], "2026-01-13 20:05", ScreenKind.INBOX)
    assert phone.joined() == [(1,), (2, 3)]


def test_a_bubble_is_better_than_a_sharper_row_of_the_whole_text():
    phone = Phone()
    row = (A, "10:20", OWN, {"confidence": 1.0})
    phone.show([row], "2026-01-13 20:05", ScreenKind.INBOX)
    phone.show([(A, "10:20", OWN, {"confidence": 0.8})], "2026-01-13 20:00")
    assert phone.joined() == [(2, 1)]


def test_an_inbox_row_of_another_day_stands_alone():
    phone = Phone()
    phone.show([(A, "1月5日 10:00", OWN), (B, "1月5日 10:20", OWN)], "2026-01-05 20:00")
    row = (A[:10] + "…", "昨天", OWN, {"snippet": True})
    phone.show([row], "2026-01-13 20:05", ScreenKind.INBOX)
    phone.show([row], "2026-01-13 20:06", ScreenKind.INBOX)
    assert phone.joined() == [(1,), (2,), (3, 4)]
    assert phone.continuity() == [START, CONTINUOUS, LIKELY_GAP]


@pytest.mark.parametrize(
    ("label", "asked"),
    [("10:20", []), ("昨天", [{1, 2}])],
    ids=["a minute proves it", "a day does not"],
)
def test_an_inbox_row_that_may_be_of_an_unseen_repeat_is_asked_about(label, asked):
    day, moment = ("2026-01-12", "今天") if label == "10:20" else ("2026-01-13", "昨天")
    phone = Phone()
    phone.show([(A, f"{moment} 10:20", OWN)], f"{day} 20:00")
    phone.show([(A[:10], label, OWN, {"snippet": True})], f"{day} 20:05", ScreenKind.INBOX)
    assert phone.joined() == [(1, 2)]
    assert phone.asked() == asked


def test_an_inbox_row_is_of_no_message_below_which_another_stood_already():
    """A list shows the last message of a thread: the text was sent anew, and no screen shows it."""
    phone = Phone()
    phone.show([(A, "今天 10:20", OWN), (B, None, NONE)], "2026-01-12 20:00")
    phone.show([(A[:10], "今天", OWN, {"snippet": True})], "2026-01-12 20:05", ScreenKind.INBOX)
    assert phone.joined() == [(1,), (2,), (3,)]
    assert phone.asked() == []


def test_a_minute_joins_no_inbox_row_to_what_begins_with_other_words():
    phone = Phone()
    cut = (C[:2], "今天 10:20", OWN, {"clipped": True})
    phone.show([(B, "今天 10:00", OWN), cut], "2026-01-12 20:00")
    phone.show([(A[:10], "10:20", OWN, {"snippet": True})], "2026-01-12 20:05", ScreenKind.INBOX)
    assert phone.joined() == [(1,), (2,), (3,)]


def test_a_minute_joins_an_inbox_row_to_a_piece_of_nobody_knows_where_but_asks():
    phone = Phone()
    phone.show([(A[-3:], "今天 10:20", OWN, {"clipped": True})], "2026-01-12 20:00")
    phone.show([(A[:10], "10:20", OWN, {"snippet": True})], "2026-01-12 20:05", ScreenKind.INBOX)
    assert phone.joined() == [(1, 2)]
    assert phone.asked() == [{1, 2}]


def test_a_person_parts_an_inbox_row_from_its_message():
    phone = Phone()
    phone.show([(A, "昨天 10:20", OWN)], "2026-01-13 20:00")
    phone.show([(A[:10], "昨天", OWN, {"snippet": True})], "2026-01-13 20:05", ScreenKind.INBOX)
    thread = join(phone.screens, [JoinDecision.on(1, 2, same=False)])
    assert {message.sighting_ids for message in thread.messages} == {(1,), (2,)}
    assert CONTINUOUS not in [message.before for message in thread.messages]
    assert thread.questions == ()


@pytest.mark.parametrize(("moment", "asked"), [("13 09:00", []), ("12 20:00", [{1, 2}])])
def test_equal_inbox_rows_are_one_message_where_none_can_have_come_between(moment, asked):
    """What came after 昨天 was taken is of today; what came today may have come again."""
    phone = Phone()
    label, cut = "1月12日", {"snippet": True}
    phone.show([(A[:10], label, OWN, cut)], f"2026-01-{moment}", ScreenKind.INBOX)
    phone.show([(A[:10], label, OWN, cut)], "2026-01-13 21:00", ScreenKind.INBOX)
    assert phone.joined() in ([(1, 2)], [(2, 1)])
    assert phone.asked() == asked


# --- the sample case ------------------------------------------------------------------------------


def sample_threads():
    """Return the sample case's screens by thread, as a perfect reader would see them."""
    phones = defaultdict(Phone)
    for path in sorted(resource("samples").glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        if "captured_at" not in truth:
            continue
        phone_name = "mother" if "com.android" in path.name else "daughter"
        rows = defaultdict(list)
        for m in truth["messages"]:
            sender = parse_sender(m.get("sender_raw") or truth["sender_raw"])
            scope = GROUP if m["sent_at_basis"] == "group" else OWN
            more = {
                "direction": Direction(m["direction"]),
                "clipped": m["clipped"],
                "snippet": m.get("truncated", False),
                "key": m["thread_message_id"],
            }
            if m["text"]:  # a row of which nothing is to be read is no sighting
                label = m["time_label"]
                rows[sender.key].append((m["text"], label, scope if label else NONE, more))
        captured = dt.datetime.fromisoformat(truth["captured_at"])
        for key, seen in rows.items():
            phones[phone_name, key].show(seen, captured, ScreenKind(truth["kind"]))
    return phones.values()


def pairs(phone):
    """Count pairs of sightings: of one message and joined, not joined, and falsely joined."""
    message_of = {number: n for n, ids in enumerate(phone.joined()) for number in ids}
    assert sorted(message_of) == sorted(phone.truth)  # nothing is lost
    right = missed = false = 0
    for a, b in itertools.combinations(phone.truth, 2):
        same, joined = phone.truth[a] == phone.truth[b], message_of[a] == message_of[b]
        right += same and joined
        missed += same and not joined
        false += joined and not same
    return right, missed, false


def test_the_sample_case_joins_as_its_story_tells():
    counts = [pairs(phone) for phone in sample_threads()]
    assert [sum(column) for column in zip(*counts, strict=True)] == [12, 0, 0]


# --- threads drawn at random ----------------------------------------------------------------------

TEXTS = [A, B, C, D, "还钱", "别发了", "1", "【鹿芽快贷】您的借款已逾期3天，请尽快处理"]


def random_thread(rng, count):
    """Messages (text, minute) of which most words come back, several times a day."""
    moment = at("2026-01-02 08:00")
    for _ in range(count):
        moment += dt.timedelta(minutes=rng.choice([1, 2, 7, 30, 90, 400, 1500]))
        yield rng.choice(TEXTS), moment


def label_of(moment, captured):
    days = (captured.date() - moment.date()).days
    day = {0: "今天", 1: "昨天"}.get(days, f"{moment.month}月{moment.day}日")
    return f"{day} {moment:%H:%M}"


def random_phone(rng, *, group_minutes):
    """A thread seen in windows that overlap, leave gaps, or come twice."""
    thread = list(random_thread(rng, rng.randint(8, 40)))
    starts_group = [
        index == 0 or moment - thread[index - 1][1] > dt.timedelta(minutes=group_minutes)
        for index, (_, moment) in enumerate(thread)
    ]
    captured = thread[-1][1] + dt.timedelta(minutes=rng.choice([3, 300, 3000]))
    phone, first = Phone(), 0
    while first < len(thread):
        size = rng.randint(3, 10)
        window = range(first, min(first + size, len(thread)))
        for _ in range(rng.choice([1, 1, 1, 2])):
            phone.show(list(seen_rows(thread, starts_group, window, captured)), captured)
            captured += dt.timedelta(seconds=rng.choice([3, 20, 4000]))
        first += max(1, size - rng.randint(0, min(size - 1, 10)) + rng.choice([0, 0, 2]))
    rng.shuffle(phone.screens)
    return phone


def seen_rows(thread, starts_group, window, captured):
    label = None
    for index in window:
        text, moment = thread[index]
        if starts_group[index]:
            label = label_of(moment, captured)
        scope = NONE if label is None else OWN if starts_group[index] else GROUP
        yield text, label, scope, {"key": index}


def test_random_threads_with_a_clock_on_every_message_join_exactly():
    for seed in range(60):
        phone = random_phone(random.Random(seed), group_minutes=0)
        assert pairs(phone)[1:] == (0, 0), seed
        assert_continuity_is_told(phone)


def assert_continuity_is_told(phone):
    together = set()
    for screen in phone.screens:
        keys = [phone.truth[s.id] for s in screen.sightings]
        together.update(itertools.pairwise(keys))
    joined = join(phone.screens).messages
    keys = [phone.truth[message.sighting_ids[0]] for message in joined]
    expected = [CONTINUOUS if pair in together else GAP for pair in itertools.pairwise(keys)]
    assert keys == sorted(keys)
    assert [message.before.taken_for for message in joined] == [START, *expected]


def test_the_order_of_importing_is_nothing_to_the_result():
    for seed in range(20):
        rng = random.Random(seed)
        phone = random_phone(rng, group_minutes=5)
        expected = groups(phone)
        rng.shuffle(phone.screens)
        assert groups(phone) == expected


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), style=st.sampled_from(STYLES), order=st.randoms())
def test_no_order_of_importing_changes_a_thread_of_heavy_repeats(seed, style, order):
    screens = generate(seed, style).screens
    expected = told_of(screens)
    order.shuffle(screens)
    assert told_of(screens) == expected


def told_of(screens):
    result = join(screens)
    asked = {frozenset(map(frozenset, question.pairs)) for question in result.questions}
    return [(sorted(m.sighting_ids), m.sent, m.before) for m in result.messages], asked


def test_pages_of_unknown_moment_keep_the_order_of_their_document():
    """Also where nothing overlaps and no time is known; whatever order they were read in."""
    phone = Phone()
    for page, text in (
        (2, "甲：最后通牒已经发出请查收"),
        (0, "丙：您好请尽快联系我们"),
        (1, "乙：再次提醒您今天还款"),
    ):
        phone.show([(text, None, LabelScope.NONE)], None)
        phone.screens[-1] = replace(phone.screens[-1], page=page)
    assert phone.joined() == [(2,), (3,), (1,)]


# --- what a person decided ------------------------------------------------------------------------


def decided(phone, *words):
    return join(phone.screens, [JoinDecision.on(a, b, same=same) for a, b, same in words])


def test_a_person_parts_what_was_joined_and_nothing_else():
    phone = Phone()
    phone.show([(A, "昨天 10:00", OWN), (B, "昨天 10:20", OWN)], "2026-01-13 20:00")
    phone.show([(A, "昨天 10:00", OWN), (B, "昨天 10:20", OWN)], "2026-01-13 20:01")
    result = decided(phone, (1, 3, False))
    assert [m.sighting_ids for m in result.messages] == [(1,), (3,), (2, 4)]
    assert [m.before for m in result.messages] == [START, CONTINUOUS, CONTINUOUS]


def test_where_a_person_parts_all_that_two_screens_share_they_do_not_overlap():
    phone = Phone()
    phone.show([(A, "09:00", OWN), (C, None, NONE)], "2026-01-12 20:00")
    phone.show([(C, None, NONE), (B, None, NONE)], "2026-01-12 20:01")
    result = decided(phone, (2, 3, False))
    assert [m.sighting_ids for m in result.messages] == [(1,), (2,), (3,), (4,)]
    assert [m.before for m in result.messages] == [START, CONTINUOUS, GAP, CONTINUOUS]


@pytest.mark.parametrize("same", [True, False])
def test_a_question_is_closed_by_a_persons_word(same):
    phone = Phone()
    phone.show([(A, "09:00", OWN), ("好的", None, NONE)], "2026-01-12 20:00")
    phone.show([("好的", None, NONE), (B, None, NONE)], "2026-01-12 20:01")
    assert len(phone.asked()) == 1
    result = decided(phone, (2, 3, same))
    assert result.questions == ()
    assert len(result.messages) == (3 if same else 4)
    assert not any(m.before.is_open for m in result.messages)


def test_a_person_joins_what_the_screens_would_keep_apart_with_all_that_overlaps_there():
    phone = Phone()
    garbled = "口口口口口口口口口"
    phone.show([(A, "昨天 10:00", OWN), (garbled, None, NONE)], "2026-01-13 20:00")
    phone.show([(B, None, NONE), (C, "09:12", OWN)], "2026-01-13 20:01")
    assert len(phone.joined()) == 4
    result = decided(phone, (2, 3, True))
    assert [sorted(m.sighting_ids) for m in result.messages] == [[1], [2, 3], [4]]
    assert [m.before for m in result.messages] == [START, CONTINUOUS, CONTINUOUS]


def test_a_join_by_hand_holds_though_the_times_contradict_it():
    phone = Phone()
    phone.show([(A, "昨天 10:00", OWN), (B, "昨天 10:20", OWN)], "2026-01-13 20:00")
    phone.show([(A, "昨天 11:00", OWN), (C, "昨天 12:00", OWN)], "2026-01-13 20:01")
    result = decided(phone, (1, 3, True))
    assert sorted(sorted(m.sighting_ids) for m in result.messages) == [[1, 3], [2], [4]]


def test_a_later_screen_does_not_overrule_a_person():
    phone = Phone()
    rows = [(A, "昨天 10:00", OWN), (B, "昨天 10:20", OWN), (C, "09:12", OWN)]
    phone.show(rows[:2], "2026-01-13 20:00")
    phone.show(rows[1:], "2026-01-13 20:01")
    phone.show(rows, "2026-01-13 20:02")
    result = decided(phone, (2, 3, False))
    together = [set(m.sighting_ids) for m in result.messages]
    assert not any({2, 3} <= ids for ids in together)
    assert sorted(i for ids in together for i in ids) == list(range(1, 8))


def test_a_short_text_misread_in_an_overlap_is_asked_about():
    """Neighbours agree, but not so that it would be clear; the smaller count holds."""
    phone = Phone()
    above = [(A, None, NONE), ("还钱", None, NONE), (A, None, NONE), ("还钱", None, NONE)]
    phone.show(above, "2026-01-13 20:00")
    misread = [(A, None, NONE), ("人钱", None, NONE), (B, None, NONE)]
    phone.show(misread, "2026-01-13 20:00:05")
    assert groups(phone) == [(1,), (2,), (3, 5), (4, 6), (7,)]
    assert phone.asked() == [{3, 4, 5, 6}]


def test_a_template_with_other_figures_is_another_message_whatever_surrounds_it():
    told = "【鹿芽快贷】您的借款已逾期{}天，应还{}元，请尽快处理"
    phone = Phone()
    phone.show([(A, None, NONE), (told.format(3, 2186), None, NONE)], "2026-01-13 20:00")
    later = [(A, None, NONE), (told.format(4, 3040), None, NONE), (B, None, NONE)]
    phone.show(later, "2026-01-13 20:00:05")
    assert all(len(group) == 1 for group in groups(phone))


@pytest.mark.parametrize(
    ("elsewhere", "asked"),
    [([(C, "13:00", OWN)], []), ([(A, "13:00", OWN), (C, "13:40", OWN)], [{3, 4}])],
    ids=["a text of its own", "one that comes back"],
)
def test_one_minute_alone_does_not_tell_a_text_that_comes_back(elsewhere, asked):
    phone = Phone()
    phone.show([*elsewhere, (A, "14:20", OWN)], "2026-01-13 20:00")
    phone.show([(A, "昨天 14:20", OWN), (B, "昨天 18:00", OWN)], "2026-01-14 09:00")
    number = len(elsewhere) + 1
    assert (number, number + 1) in groups(phone)
    assert phone.asked() == asked


# --- copies, and clocks without a day -------------------------------------------------------------


def copied(phone, number, captured=None, **options):
    """Add a copy of a screen, as it comes back from a chat."""
    screen = phone.screens[number - 1]
    rows = [
        (s.text, s.sent.label, s.label_scope, {"confidence": 0.6, **options})
        for s in screen.sightings
    ]
    phone.show(rows, captured)
    phone.screens[-1] = replace(phone.screens[-1], copy_of=number)


def test_a_copy_saved_days_later_adds_nothing_and_dates_nothing():
    phone = Phone()
    rows = [(A, "昨天 10:00", OWN), ("好的", "昨天 10:00", GROUP), (A, "09:12", OWN)]
    phone.show(rows, "2026-01-13 20:00")
    copied(phone, 1, "2026-01-16 12:00")
    assert phone.joined() == [(1, 4), (2, 5), (3, 6)]
    assert join(phone.screens).messages[0].sent.earliest == at("2026-01-12 10:00")


def test_a_copy_shows_each_message_in_its_own_place_though_one_was_misread():
    """The third text is the like of the second: what was not read must not draw it up."""
    phone = Phone()
    labels = ("09:12", "10:15", "11:40")
    phone.show([(C, labels[0], OWN), *((A, label, OWN) for label in labels[1:])], None)
    blurred = [(C, labels[0], OWN), ("己土曰后", labels[1], OWN), (A, labels[2], OWN)]
    phone.show(blurred, None)
    phone.screens[-1] = replace(phone.screens[-1], copy_of=1)
    assert {3, 6} in map(set, groups(phone))


def test_a_clock_misread_on_a_copy_is_no_other_message():
    phone = Phone()
    phone.show([(C, "09:12", OWN), (A, "10:15", OWN)], None)
    phone.show([(C, "09:12", OWN), (A, "10:16", OWN)], None)
    phone.screens[-1] = replace(phone.screens[-1], copy_of=1)
    assert groups(phone) == [(1, 3), (2, 4)]


def test_the_surer_moment_of_two_copies_dates_both():
    phone = Phone()
    phone.show([(A, "昨天 10:00", OWN)], None)
    copied(phone, 1, "2026-01-13 20:00")
    (message,) = join(phone.screens).messages
    assert message.sighting_ids == (1, 2)
    assert message.sent.earliest == at("2026-01-12 10:00")


def test_a_copy_on_which_another_text_was_read_is_a_screen_like_others():
    phone = Phone()
    phone.show([(A, "昨天 10:00", OWN)], "2026-01-13 20:00")
    phone.show([(D, "昨天 11:00", OWN)], "2026-01-13 20:00")
    phone.screens[-1] = replace(phone.screens[-1], copy_of=1)
    assert len(phone.joined()) == 2


def test_one_screen_shows_that_the_phone_draws_the_date_once_a_day():
    phone = Phone()
    phone.show([(A, "1月3日 04:21", OWN), (B, "04:40", OWN)], "2026-01-05 15:00")
    phone.show(
        [(B, "04:40", OWN), (C, "11:02", OWN), (D, "昨天 12:02", OWN)], "2026-01-05 15:00:20"
    )
    messages = join(phone.screens).messages
    assert [sorted(m.sighting_ids) for m in messages] == [[1], [2, 3], [4], [5]]
    assert messages[1].sent.earliest == messages[1].sent.latest == at("2026-01-03 04:40")


def test_a_message_without_any_time_lies_between_its_neighbours():
    phone = Phone()
    rows = [(A, "1月3日 09:00", OWN), (B, "10:00", OWN), (C, "1月4日 08:00", OWN)]
    phone.show(rows, "2026-01-09 15:00")
    phone.show([(B, None, NONE), *rows[2:]], "2026-01-09 15:00:09")
    sent = join([phone.screens[1]]).messages[0].sent
    assert (sent.earliest, sent.latest) == (None, None)
    phone = Phone()
    phone.show(
        [(A, "1月3日 09:00", OWN), (B, None, NONE), (C, "1月4日 08:00", OWN)], "2026-01-09 15:00"
    )
    sent = join(phone.screens).messages[1].sent
    assert (sent.earliest, sent.latest) == (at("2026-01-03 09:00"), at("2026-01-04 08:00"))
    assert sent.basis is TimeBasis.DERIVED


# --- threads of heavy repeats ---------------------------------------------------------------------


def scored(seeds, style=None):
    total = Score()
    for seed in seeds:
        thread = generate(seed, style)
        result = join(thread.screens)
        asked = {i for question in result.questions for i in question.sighting_ids}
        total += score(thread.truth, result.messages, asked, thread.adjacent)
    return total


@pytest.mark.parametrize("style", STYLES)
def test_no_repeat_is_taken_for_an_overlap_unasked(style):
    """The whole report over 1,000 threads: benchmarks/joining_report.py."""
    total = scored(range(5000, 5025), style)
    assert total.false == 0
    assert total.recall >= (0.95 if style == "day" else 0.97)
    assert total.links_wrong <= 0.02 * total.links_right


@pytest.mark.parametrize("seed", [2003, 2943])
def test_other_words_of_the_same_minute_are_no_misreading(seed):
    """In both threads, screens seemed to overlap where unlike messages came within one minute."""
    thread = generate(seed)
    result = join(thread.screens)
    asked = {i for question in result.questions for i in question.sighting_ids}
    assert score(thread.truth, result.messages, asked, thread.adjacent).false == 0


def test_generated_threads_join_the_same_in_every_order_of_importing():
    for seed in range(12):
        thread = generate(seed)
        expected = {frozenset(m.sighting_ids) for m in join(thread.screens).messages}
        random.Random(seed).shuffle(thread.screens)
        assert {frozenset(m.sighting_ids) for m in join(thread.screens).messages} == expected


# --- blocks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_a_block_is_joined_as_if_it_were_a_thread_of_its_own(seed):
    screens = pieces(range(10 * seed, 10 * seed + 5), days=60)
    whole = join(screens)
    blocks = blocks_in(screens)
    assert len(blocks) >= 3
    assert sorted(i for b in blocks for i in b.sighting_ids) == sorted(
        s.id for screen in screens for s in screen.sightings
    )
    alone = [block.joined(first=n == 0) for n, block in enumerate(blocks)]
    assert [m for part in alone for m in part.messages] == list(whole.messages)


@pytest.mark.parametrize("seed", range(3))
def test_only_a_text_newly_known_to_come_back_concerns_other_blocks(seed):
    screens = pieces(range(100 * seed, 100 * seed + 5), days=60, style="clock")
    before = {tuple(b.screens): b for b in blocks_in(screens[:-1])}
    after = {tuple(b.screens): b for b in blocks_in(screens)}
    assert len(before.keys() - after.keys()) <= 1
    for shown in before.keys() & after.keys():
        one, other = before[shown], after[shown]
        assert one.repeated <= other.repeated
        assert (one.fingerprint() == other.fingerprint()) == (one.repeated == other.repeated)


def test_a_text_that_comes_back_in_another_block_is_known_to_be_repeated():
    phone = Phone()
    phone.show([(A, "1月3日 09:00", OWN), (B, None, NONE)], "2026-01-03 20:00")
    phone.show([(B, "3月3日 09:00", OWN), (A, "3月3日 10:00", OWN)], "2026-03-03 20:00")
    early, late = blocks_in(phone.screens)
    assert len(early.screens) == len(late.screens) == 1
    repeated = repeated_texts(map(sketch_of, phone.screens))
    assert repeated == early.repeated == late.repeated == {hashed(matching.normal(A))}
