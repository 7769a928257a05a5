from __future__ import annotations

import datetime as dt
from dataclasses import fields

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from smsdesk.domain.cases import (
    CaseCard,
    ImportBatch,
    ImportItem,
    ImportStatus,
    SourceDevice,
)
from smsdesk.domain.custody import first_broken
from smsdesk.domain.findings import Recipient
from smsdesk.domain.geometry import Box
from smsdesk.domain.reading import EngineIdentity, Reading, TextLine
from smsdesk.domain.screens import Direction, MessageDraft, Screen, ScreenKind, StatusBar
from smsdesk.domain.threads import ThreadKey
from smsdesk.domain.times import (
    CHINA,
    CaptureMoment,
    CaptureSource,
    Contradiction,
    SentTime,
    TimeBasis,
)
from tests.storage.builders import NOON, device, original, sighting

UNKNOWN_MOMENT = CaptureMoment(None, CaptureSource.UNKNOWN)


def _captured(day):
    return CaptureMoment(NOON.replace(day=day), CaptureSource.FILE_NAME)


def test_the_card_can_be_replaced(case):
    words = {f.name: f"{f.name}\n二" for f in fields(CaseCard) if f.name != "copies"}
    card = CaseCard(**words, copies=4)
    with case.work() as work:
        work.case.update_card(card)
        work.commit()
    with case.view() as view:
        assert view.case.card() == card


def test_devices_come_back_as_added(case):
    phone = SourceDevice(0, "母亲的手机", "李女士", "Mate", "139", "本人", Recipient.THIRD, "母亲")
    with case.work() as work:
        stored = work.devices.add(phone)
        work.commit()
    with case.view() as view:
        assert view.devices.all() == [stored]
        assert view.devices.by_name("母亲的手机") == view.devices.get(stored.id) == stored
        assert view.devices.by_name("别的手机") is None
        with pytest.raises(KeyError):
            view.devices.get(stored.id + 1)


def test_two_phones_cannot_have_one_name(case):
    with case.work() as work:
        device(work)
        with pytest.raises(IntegrityError):
            work.devices.add(SourceDevice(0, "手机"))


def test_originals_come_back_with_their_exact_bytes(case):
    data = bytes(range(256)) * 10
    east = dt.timezone(dt.timedelta(hours=9))
    with case.work() as work:
        stored = work.originals.add(
            original(
                data,
                device(work).id,
                file_time=dt.datetime(2025, 12, 18, 5, 6, 7, 89, tzinfo=east),
                exif_time=NOON,
                captured=UNKNOWN_MOMENT,
            ),
            data,
        )
        work.commit()
    with case.view() as view:
        assert view.originals.get(stored.id) == stored
        assert view.originals.by_sha256(stored.sha256) == stored
        assert view.originals.by_sha256("0" * 64) is None
        assert view.originals.data(stored.id) == data
        assert view.originals.count() == 1
        with pytest.raises(KeyError):
            view.originals.data(99)
        with pytest.raises(KeyError):
            view.originals.get(99)


def test_the_same_picture_cannot_be_stored_twice(case):
    with case.work() as work:
        phone = device(work)
        work.originals.add(original(b"a", phone.id), b"a")
        with pytest.raises(IntegrityError):
            work.originals.add(original(b"a", phone.id), b"a")


def test_originals_are_listed_in_order_of_capture_and_then_of_import(case):
    moments = [UNKNOWN_MOMENT, _captured(20), _captured(19), UNKNOWN_MOMENT, _captured(19)]
    with case.work() as work:
        for number, captured in enumerate(moments):
            data = bytes([number])
            work.originals.add(original(data, device(work).id, captured=captured), data)
        assert [o.id for o in work.originals.all()] == [3, 5, 2, 1, 4]


def test_the_moment_of_capture_may_be_put_right(case):
    typed = CaptureMoment(NOON.replace(hour=13), CaptureSource.PERSON)
    with case.work() as work:
        stored = work.originals.add(original(b"a", device(work).id), b"a")
        work.originals.set_captured(stored.id, typed)
        work.commit()
    with case.view() as view:
        assert view.originals.get(stored.id).captured == typed


def test_a_file_name_that_is_no_utf_8_is_spelled_out(case):
    with case.work() as work:
        stored = work.originals.add(
            original(b"a", device(work).id, file_name="截图\udcff.png"), b"a"
        )
        item = work.queue.add(ImportItem(0, "/a/截图\udcff.png", ImportStatus.QUEUED))
        work.custody.append("original_imported", {"file_name": "截图\udcff.png"}, "a\udcff", NOON)
        work.commit()
    with case.view() as view:
        assert view.originals.get(stored.id).file_name == "截图\\udcff.png"
        assert view.queue.all() == [item.__class__(1, "/a/截图\\udcff.png", ImportStatus.QUEUED)]
        assert view.custody.head().details == {"file_name": "截图\\udcff.png"}
        assert first_broken(view.custody.all()) is None


def test_the_queue_keeps_what_is_still_to_be_read(case):
    with case.work() as work:
        work.originals.add(original(b"a", device(work).id), b"a")
        first = work.queue.add(ImportItem(0, "/a.png", ImportStatus.QUEUED, original_id=1))
        second = work.queue.add(ImportItem(0, "/b.png", ImportStatus.QUEUED, original_id=1))
        twin = work.queue.add(ImportItem(0, "/c.png", ImportStatus.DUPLICATE, twin="a.png"))
        aside = ImportItem(first.id, "/a.png", ImportStatus.SET_ASIDE, 1, "read_failed", "why")
        work.queue.update(aside)
        work.commit()
    with case.view() as view:
        assert view.queue.pending() == [second]
        assert view.queue.all() == [aside, second, twin]
        with pytest.raises(KeyError):
            view.queue.update(ImportItem(99, "/a.png", ImportStatus.QUEUED))


def _reading(engine="ppocr", text="再不还款"):
    box = Box(1.5, 2.0, 3.25, 4.0)
    line = TextLine(text, box, (0.1,) * len(text), ((1.0, 2.5),) * len(text))
    return Reading(EngineIdentity(engine, "1.0", "a" * 64), 1080, 2400, (line, line))


def test_the_latest_reading_counts_and_all_engines_are_named(case):
    draft = MessageDraft(Direction.IN, "再不还款", "再不还款", Box(0, 0, 1, 1), (0.5,) * 4)
    screen = Screen(ScreenKind.THREAD, "10690", 0.9, StatusBar("14:23", "移动"), (draft,))
    with case.work() as work:
        stored = work.originals.add(original(b"a", device(work).id), b"a")
        assert work.readings.get(stored.id) is None
        work.readings.add(stored.id, _reading("tesseract", ""), Screen(ScreenKind.NONE))
        work.readings.add(stored.id, _reading(), screen)
        work.commit()
    with case.view() as view:
        assert view.readings.get(stored.id) == (_reading(), screen)
        assert [engine.name for engine in view.readings.list_engines()] == ["ppocr", "tesseract"]


def test_originals_know_what_their_pictures_say_against_their_moment(case):
    shown = Screen(ScreenKind.THREAD, status_bar=StatusBar("09:12"))
    agreeing = Screen(ScreenKind.THREAD, status_bar=StatusBar("12:00"))
    with case.work() as work:
        phone = device(work).id
        copied, whole, unread = (
            work.originals.add(original(data, phone), data) for data in (b"a", b"b", b"c")
        )
        work.readings.add(copied.id, _reading("tesseract"), agreeing)
        work.readings.add(copied.id, _reading(), shown)  # the later reading counts
        work.readings.add(whole.id, _reading(), agreeing)
        key = ThreadKey(phone, "10690")
        later = SentTime(None, None, TimeBasis.READ, "2031-01-01 10:00")
        work.messages.add_sightings(copied.id, ScreenKind.THREAD, [(key, sighting("a", later))])
        work.commit()
    with case.view() as view:
        found = {o.id: (o.status_clock, o.contradictions) for o in view.originals.all()}
        assert found == {
            copied.id: ("09:12", (Contradiction.CLOCK, Contradiction.LABEL)),
            whole.id: ("12:00", ()),
            unread.id: (None, ()),
        }
        assert view.originals.get(copied.id).contradictions == found[copied.id][1]
        assert view.originals.get(whole.id).contradictions == ()


def test_a_moment_put_right_is_contradicted_no_more(case):
    with case.work() as work:
        stored = work.originals.add(original(b"a", device(work).id), b"a")
        bar = StatusBar("09:12")
        work.readings.add(stored.id, _reading(), Screen(ScreenKind.THREAD, status_bar=bar))
        assert work.originals.get(stored.id).contradictions == (Contradiction.CLOCK,)
        right = CaptureMoment(NOON.replace(hour=9, minute=12), CaptureSource.PERSON)
        work.originals.set_captured(stored.id, right)
        assert work.originals.get(stored.id).contradictions == ()


_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(
    details=st.dictionaries(st.text(), _PLAIN, max_size=4),
    actor=st.text(),
    at=st.datetimes(
        dt.datetime(1971, 1, 1),  # noqa: DTZ001
        dt.datetime(2200, 1, 1),  # noqa: DTZ001
        timezones=st.sampled_from([dt.UTC, CHINA, dt.timezone(-dt.timedelta(hours=9, minutes=30))]),
    ),
)
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_logged_still_fits_the_chain_when_it_is_read_again(case, details, actor, at):
    with case.work() as work:
        entry = work.custody.append("anything", details, actor, at)
        work.commit()
    with case.view() as view:
        assert view.custody.head() == entry
        assert first_broken(view.custody.all()) is None


def test_the_log_takes_tuples_and_refuses_what_json_cannot_hold(case):
    with case.work() as work:
        assert work.custody.append("a", {"ids": (1, 2)}, "a", NOON).details == {"ids": [1, 2]}
        with pytest.raises(TypeError):
            work.custody.append("a", {"at": NOON}, "a", NOON)


def test_an_import_is_kept_until_all_its_files_have_a_line(case):
    with case.work() as work:
        phone = device(work)
        batch = work.queue.begin(
            ImportBatch(0, ("/a", "/b\udcff"), phone.id, NOON, NOON, captured_for_all=False)
        )
        work.queue.add(ImportItem(0, "/a/1.png", ImportStatus.DUPLICATE, batch_id=batch.id))
        work.commit()
    with case.work() as work:
        assert work.queue.batch(batch.id) == batch
        assert batch.paths == ("/a", r"/b\udcff")  # as text that every database takes
        assert work.queue.cut_short() == [batch]
        assert work.queue.sources_of(batch.id) == {"/a/1.png"}
        assert work.queue.counts()[ImportStatus.DUPLICATE] == 1
        work.queue.set_stored(batch.id)
        assert work.queue.cut_short() == []
        with pytest.raises(KeyError):
            work.queue.batch(99)
        with pytest.raises(KeyError):
            work.queue.get(99)
