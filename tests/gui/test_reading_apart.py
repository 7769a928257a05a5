"""The window as it is started: pictures are read in processes, which end with it."""

from __future__ import annotations

import gc
import multiprocessing

import pytest

from smsdesk.gui.app import prepare_rules
from smsdesk.resources import resource
from smsdesk.rules.pack import load_pack
from smsdesk.services import listing
from smsdesk.services.cases import open_case as open_file
from smsdesk.services.jobs import Task
from smsdesk.services.reading_workers import Workers
from smsdesk.services.verifying import verify
from tests.gui.acts import LONG, do_import, drop, open_case, start_import

FIRST, *OTHERS = sorted(resource("samples").glob("*.PNG"))[:7]


@pytest.fixture
def reader():
    """What the window reads with unless a test says otherwise."""
    return Workers("ppocr")


def test_pictures_are_read_elsewhere_and_closing_ends_the_readers(qtbot, window, empty_case):
    empty_case.close()
    open_case(qtbot, window, empty_case.path)
    drop(window, FIRST)
    do_import(qtbot, window)
    assert "导入 1 张" in window.bar.html
    assert len(multiprocessing.active_children()) == 1

    drop(window, *OTHERS)
    start_import(qtbot, window)
    qtbot.waitUntil(lambda: window.import_desk.progress is not None, timeout=LONG)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=LONG)
    qtbot.waitUntil(lambda: not multiprocessing.active_children(), timeout=LONG)
    with open_file(empty_case.path) as case:
        summary = listing.summary(case)
        assert summary.originals == 1 + len(OTHERS)
        assert summary.waiting > 0
        assert listing.set_aside(case) == []
        assert verify(case, Task()).ok


def test_the_rules_are_there_before_they_are_needed():
    load_pack.cache_clear()
    try:
        prepare_rules().join(60)
        assert gc.isenabled()
        assert load_pack.cache_info().currsize == 1
    finally:
        gc.unfreeze()
