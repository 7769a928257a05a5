from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from smsdesk.domain.cases import SourceDevice
from smsdesk.domain.findings import Recipient
from smsdesk.gui.settings import RECENT_KEPT, RecentCase, WatchedFolder, WindowSettings
from smsdesk.services.storing import Answers


def test_the_shelf_has_the_newest_on_top_and_each_case_once(settings):
    for number in range(RECENT_KEPT + 3):
        settings.remember_case(RecentCase(f"/cases/{number}", f"案件{number}", "2026-01-01"))
    settings.remember_case(RecentCase("/cases/5", "改名", "2026-01-02"))
    shelf = settings.recent()
    assert len(shelf) == RECENT_KEPT
    assert shelf[0] == RecentCase("/cases/5", "改名", "2026-01-02")
    assert len({case.path for case in shelf}) == RECENT_KEPT
    settings.forget_case("/cases/5")
    assert shelf[1] == settings.recent()[0]


@pytest.mark.parametrize("broken", ["no json", "[1]", '[{"path": "a"}]', "{}"])
def test_a_broken_shelf_is_an_empty_one(settings, broken):
    settings.set_text("cases/recent", broken)
    assert settings.recent() == []


def test_a_folder_that_is_gone_is_not_offered(settings, tmp_path):
    gone = tmp_path / "gone"
    settings.set_folder("import", gone)
    assert settings.folder("import", tmp_path) == tmp_path
    gone.mkdir()
    assert settings.folder("import", tmp_path) == gone


def test_what_is_remembered_outlives_the_program(tmp_path):
    path = str(tmp_path / "w.ini")
    first = QSettings(path, QSettings.Format.IniFormat)
    WindowSettings(first).set_text("view/look", "dark")
    first.sync()
    again = WindowSettings(QSettings(path, QSettings.Format.IniFormat))
    assert again.text("view/look") == "dark"
    assert again.number("view/look", 7) == 7


def test_what_a_later_version_put_down_is_left_out(settings):
    row = '[{"path": "/a", "title": "案件", "opened": "2026-01-01", "court_date": "2027-01-01"}]'
    settings.set_text("cases/recent", row)
    assert settings.recent() == [RecentCase("/a", "案件", "2026-01-01")]


def test_news_of_a_case_stay_with_it_wherever_it_goes(settings):
    for name in ("/a", "/b"):
        settings.remember_case(RecentCase(name, name, "2026-01-01"))
    settings.note_case("/a", messages=7, verified="2026-01-02T10:00:00+08:00")
    assert [case.path for case in settings.recent()] == ["/b", "/a"]
    settings.note_case("/a", on_top=True)
    settings.move_case("/a", "/c")
    assert settings.recent()[0] == RecentCase(
        "/c", "/a", "2026-01-01", messages=7, verified="2026-01-02T10:00:00+08:00"
    )
    settings.note_case("/unknown", messages=1)
    assert len(settings.recent()) == 2


def test_a_case_moved_over_another_one_of_the_shelf_stands_there_once(settings):
    for name in ("/a", "/b"):
        settings.remember_case(RecentCase(name, name, "2026-01-01"))
    settings.move_case("/a", "/b")
    assert [case.path for case in settings.recent()] == ["/b"]


def test_the_watched_folder_comes_back_with_its_phone(settings):
    device = SourceDevice(9, "母亲的手机", recipient=Recipient.THIRD, relation="母亲")
    settings.set_watched("/a", WatchedFolder.of(Path("/watched"), Answers(device)))
    found = settings.watched("/a")
    assert found.path == Path("/watched")
    assert found.answers.device == SourceDevice(
        0, "母亲的手机", recipient=Recipient.THIRD, relation="母亲"
    )
    assert settings.watched("/b") is None
    settings.set_watched("/a", None)
    assert settings.watched("/a") is None


@pytest.mark.parametrize(
    "broken",
    [
        "no json",
        "[]",
        '{"/a": 1}',
        '{"/a": {"folder": "/x"}}',
        '{"/a": {"folder": "/x", "device": "y", "recipient": "nobody"}}',
    ],
)
def test_a_broken_memory_of_watching_is_none(settings, broken):
    settings.set_text("watch/folders", broken)
    assert settings.watched("/a") is None
    settings.set_watched("/b", WatchedFolder("/x", "y"))
    assert settings.watched("/b") == WatchedFolder("/x", "y")
