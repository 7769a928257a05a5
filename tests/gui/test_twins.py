"""From a file that was there already to the screenshot that was kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from smsdesk.gui.models.import_queue import Shown
from smsdesk.resources import resource
from smsdesk.services import listing, reviewing
from smsdesk.services.removing import plan_removal
from tests.gui.acts import LONG, click, do_import, drop, wait_idle
from tests.gui.test_review import person

__all__ = ["person"]


@pytest.fixture
def again(person):
    """Two screenshots of the sample case that were dropped a second time."""
    first, second, *_ = (o for o in listing.originals(person.case) if _shown(person, o))
    for original in (first, second):
        drop(person.window, resource("samples", original.file_name))
        do_import(person.qtbot, person.window)
    return person, first, second


def _shown(person, *originals):
    return set(listing.kept(person.case, [one.id for one in originals]).messages)


def _listed(person):
    return set(person.review.model.outline.ids)


def _choose_duplicate(person, original):
    tray = person.window.tray
    tray.show_open(True)
    click(person.qtbot, tray._filters[Shown.DUPLICATE])
    wait_idle(person.qtbot, person.window)
    (row,) = (n for n, i in enumerate(tray.model.items) if i.original_id == original.id)
    tray.queue_list.setCurrentIndex(tray.model.index(row))
    return tray


def test_a_duplicate_in_the_tray_leads_to_the_screenshot_that_was_kept(again):
    person, first, _ = again
    tray = _choose_duplicate(person, first)
    assert "保留" in tray.kept_button.text()
    person.qtbot.keyClick(tray.queue_list, Qt.Key.Key_Return)
    wanted = _shown(person, first)
    person.qtbot.waitUntil(lambda: _listed(person) == wanted, timeout=LONG)
    wait_idle(person.qtbot, person.window)
    assert first.file_name in person.review.narrowed.label.text()
    for message_id in sorted(wanted):  # also where another screenshot shows it better
        person.go_to(message_id)
        assert person.review.picture.sighting.original_id == first.id
    click(person.qtbot, person.review.narrowed.back_button)
    person.qtbot.waitUntil(lambda: len(_listed(person)) > len(wanted), timeout=LONG)


def test_the_sentence_on_an_import_leads_to_the_twins_of_its_files(again):
    person, _, second = again
    assert "smsdesk:twins" in person.window.bar.html
    person.window.bar.link_activated.emit("smsdesk:twins")
    wanted = _shown(person, second)
    person.qtbot.waitUntil(lambda: _listed(person) == wanted, timeout=LONG)


def test_a_twin_without_messages_is_shown_as_its_own_line(again):
    person, first, _ = again
    reviewing.apply(person.case, plan_removal(person.case, [first.id], "与本案无关"))
    person.window.twin_desk.show_kept([first.id])
    tray = person.window.tray
    person.qtbot.waitUntil(lambda: len(tray._chosen()) == 1, timeout=LONG)
    (line,) = tray._chosen()
    assert (line.original_id, line.twin) == (first.id, None)
    assert "没有计入" in person.window.bar.html
