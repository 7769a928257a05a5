"""Sketches of screens are kept until what they show changes, and go into no copy that hides it."""

from __future__ import annotations

from contextlib import closing

import pytest

from smsdesk.domain.threads import KeptSketch, ThreadKey
from smsdesk.domain.times import CaptureMoment, CaptureSource
from smsdesk.storage.rewriting import rewrite
from smsdesk.storage.sqlite import connect, copy
from smsdesk.storage.withholding import withhold
from tests.storage.builders import MOBILE, NOON, at, device, screen, sighting

FORM = 1


def sketch(original_id, data=b"drawn", *, dated=None, borrows=False):
    return KeptSketch(original_id, 0, NOON, None, data, dated, borrows)


def kept(work, key):
    thread_id = work.messages.thread_id(key)
    return [s.original_id for s in work.sketches.of_thread(thread_id, FORM)]


def missing(work, key):
    thread_id = work.messages.thread_id(key)
    return work.sketches.missing(thread_id, work.messages.group_of(thread_id), FORM)


def keep(work, key, *sketches):
    work.sketches.keep(work.messages.thread_id(key), FORM, sketches)


@pytest.fixture
def two(work, key):
    """The ids of two originals with sketches."""
    ids = [screen(work, [sighting(text, at(9))])[0].original_id for text in "一二"]
    assert missing(work, key) == [(i, 0) for i in ids]
    keep(work, key, sketch(ids[0], dated=b"dated", borrows=True), sketch(ids[1]))
    assert missing(work, key) == []
    return ids


def test_what_was_kept_comes_back(work, key, two):
    thread_id = work.messages.thread_id(key)
    first, second = work.sketches.of_thread(thread_id, FORM)
    assert first == sketch(two[0], dated=b"dated", borrows=True)
    assert second == sketch(two[1])
    work.originals.link_copy(two[1], two[0])
    assert [s.copy_of for s in work.sketches.of_thread(thread_id, FORM)] == [None, two[0]]


def test_sketches_of_another_form_are_made_anew(work, key, two):
    thread_id, group = work.messages.thread_id(key), [work.messages.thread_id(key)]
    assert work.sketches.of_thread(thread_id, FORM + 1) == []
    assert work.sketches.missing(thread_id, group, FORM + 1) == [(i, 0) for i in two]
    work.sketches.keep(thread_id, FORM + 1, [sketch(i) for i in two])
    assert len(work.sketches.of_thread(thread_id, FORM + 1)) == 2
    assert kept(work, key) == []


@pytest.mark.parametrize("how", ["dated anew", "dated as before"])
def test_another_time_lets_a_sketch_go(work, key, two, how):
    first, second = two
    times = work.sightings.times_of([first])
    work.sightings.date_anew(first, CaptureMoment(None, CaptureSource.UNKNOWN))
    if how == "dated as before":
        keep(work, key, sketch(first))
        work.sightings.set_times(times)
    assert kept(work, key) == [second]
    assert missing(work, key) == [(first, 0)]


def test_threads_made_one_or_parted_are_sketched_anew(work, key, two):
    other = ThreadKey(key.device_id, "95588")
    work.messages.make_part(other, key)
    assert kept(work, key) == []
    keep(work, key, *map(sketch, two))
    work.messages.loosen(*dict(work.messages.parts()))
    assert kept(work, key) == []


def test_what_was_taken_out_is_neither_shown_nor_missing(work, key, two):
    first, second = two
    work.removals.take_out(first, "误导入", NOON, [])
    assert kept(work, key) == [second]
    assert missing(work, key) == []


@pytest.mark.parametrize("hide", [withhold, lambda path: rewrite(path, str.upper, [])])
def test_no_copy_that_hides_words_has_hashes_of_them(case, tmp_path, hide):
    with case.work() as work:
        key = ThreadKey(device(work).id, MOBILE.key)
        (shown,) = screen(work, [sighting("一", at(9))])
        keep(work, key, sketch(shown.original_id))
        work.removals.take_out(shown.original_id, "误导入", NOON, [])
        work.commit()
    target = tmp_path / "copy.smscase"
    copy(case.path, target)
    hide(target)
    with closing(connect(target)) as plain:
        assert plain.execute("SELECT count(*) FROM screen_sketch").fetchone() == (0,)
