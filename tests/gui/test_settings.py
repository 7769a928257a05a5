from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings

from smsdesk.gui.settings import RECENT_KEPT, RecentCase, WindowSettings


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
