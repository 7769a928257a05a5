"""Originals of several pages: each page is a screen of its own."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from smsdesk.domain.cases import ImportItem, ImportStatus, Page
from smsdesk.domain.reading import EngineIdentity, Reading
from smsdesk.domain.screens import Screen, ScreenKind
from smsdesk.domain.threads import ThreadKey
from smsdesk.storage.case_file import CaseFile
from tests.storage.builders import MOBILE, create_earlier, device, original, sighting

SIZES = ((1080, 2400), (1240, 1754), (1080, 900))


def test_the_pages_of_an_original_come_back(case):
    with case.work() as work:
        scan = original(b"%PDF", device(work).id, page_sizes=SIZES)
        stored = work.originals.add(scan, b"%PDF")
        single = work.originals.add(original(b"png", device(work).id), b"png")
        work.commit()
    with case.view() as view:
        pages = view.originals.get(stored.id).pages
        assert pages == tuple(Page(stored.id, n, *size) for n, size in enumerate(SIZES))
        assert view.originals.get(single.id).pages == (Page(single.id, 0, 1080, 2400),)


def test_each_page_has_its_own_reading(case):
    engine = EngineIdentity("ppocr", "1", "0" * 64)
    with case.work() as work:
        stored = work.originals.add(original(b"%PDF", device(work).id, page_sizes=SIZES), b"%PDF")
        for page in (0, 2):
            reading = Reading(engine, *SIZES[page], ())
            work.readings.add(stored.id, reading, Screen(ScreenKind.NONE), page)
        assert work.readings.get(stored.id, 2)[0].height == 900
        assert work.readings.get(stored.id, 1) is None
        assert work.readings.pages() == {(stored.id, 0), (stored.id, 2)}


def test_each_page_is_a_screen_of_its_own_in_the_order_of_pages(case):
    key = ThreadKey(1, MOBILE.key)
    with case.work() as work:
        stored = work.originals.add(original(b"%PDF", device(work).id, page_sizes=SIZES), b"%PDF")
        for page in (2, 0):  # as they happen to be read
            shown = [sighting(f"{page} {n}", page=page, position=n) for n in (0, 1)]
            work.messages.add_sightings(stored.id, ScreenKind.THREAD, [(key, s) for s in shown])
        screens = work.messages.screens_of(key)
    assert [(s.original_id, s.page) for s in screens] == [(stored.id, 0), (stored.id, 2)]
    assert [[s.text for s in screen.sightings] for screen in screens] == [
        ["0 0", "0 1"],
        ["2 0", "2 1"],
    ]
    assert {s.page for s in screens[1].sightings} == {2}


def test_a_line_of_the_queue_may_be_a_page(case):
    with case.work() as work:
        stored = work.originals.add(original(b"%PDF", device(work).id, page_sizes=SIZES), b"%PDF")
        line = ImportItem(0, "/a.pdf", ImportStatus.QUEUED, stored.id, page=2)
        added = work.queue.add(line)
        assert work.queue.pending() == [replace(line, id=added.id)]


@pytest.fixture
def first_case(case_path):
    """A case of the first schema with an original, its reading and a sighting in it."""
    create_earlier(case_path, "0001")
    with closing(sqlite3.connect(case_path)) as connection:
        connection.executescript("""
            INSERT INTO device VALUES (1, 1, '手机', '', '', '', '', 'self', '');
            INSERT INTO original VALUES (1, 1, 1, 'a', 'b', 1, 'image/png', 'a.png', '/a.png',
                8, 9, NULL, NULL, NULL, 'unknown', '2025-12-18 04:00:00.000000');
            INSERT INTO original_bytes VALUES (1, 1, x'00');
            INSERT INTO import_item VALUES (1, 1, '/a.png', 'imported', 1, NULL, '', NULL);
            INSERT INTO reading VALUES (1, 1, 1, 'ppocr', '1', '0', 8, 9, '[]',
                '{"kind": "none"}');
        """)
    return case_path


def test_what_older_cases_hold_has_one_page(first_case):
    with CaseFile.open(first_case) as case:
        assert case.damage() is None
        with case.view() as view:
            assert view.originals.get(1).pages == (Page(1, 0, 8, 9),)
            assert view.readings.pages() == {(1, 0)}
            assert [item.page for item in view.queue.all()] == [None]


def test_the_pages_of_an_original_are_written_once(first_case):
    with CaseFile.open(first_case) as case, case.work() as work:
        change = text("UPDATE original SET page_sizes = '[[1, 1], [1, 1]]'")
        with pytest.raises(DatabaseError, match="written once"):
            work._session.execute(change)
