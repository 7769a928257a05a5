from __future__ import annotations

import os

import pytest

from smsdesk.services.importing import ImportOptions, import_paths
from smsdesk.services.jobs import Task
from smsdesk.services.watching import Watch, known_files


class Clock:
    """A clock that a test moves."""

    def __init__(self):
        self.time = 100.0

    def __call__(self):
        return self.time


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "watched"
    made.mkdir()
    return made


def _looks(watch, clock, *seconds):
    found = []
    for step in seconds:
        clock.time += step
        found.append([path.name for path in watch.look()])
    return found


def test_a_file_comes_once_it_is_whole(folder, clock):
    watch = Watch(folder, {}, clock)
    file = folder / "a.png"
    file.write_bytes(b"1")
    assert _looks(watch, clock, 0, 2) == [[], []]
    file.write_bytes(b"12")  # still growing
    assert _looks(watch, clock, 2, 2) == [[], []]
    assert watch.coming == 1
    assert _looks(watch, clock, 2, 10) == [["a.png"], []]
    assert watch.coming == 0


def test_a_change_of_time_alone_counts_as_writing(folder, clock):
    watch = Watch(folder, {}, clock)
    file = folder / "a.png"
    file.write_bytes(b"1")
    _looks(watch, clock, 0)
    os.utime(file, ns=(1, 1))
    assert _looks(watch, clock, 3) == [[]]


@pytest.mark.parametrize(
    "name", ["a.png.crdownload", "a.png.part", ".a.png", "~$a.png", "Thumbs.db"]
)
def test_unfinished_and_hidden_files_never_come(folder, clock, name):
    (folder / name).write_bytes(b"1")
    assert _looks(Watch(folder, {}, clock), clock, 0, 100) == [[], []]


def test_a_download_waits_for_its_unfinished_twin(folder, clock):
    watch = Watch(folder, {}, clock)
    (folder / "a.png").write_bytes(b"1")
    twin = folder / "a.png.part"
    twin.write_bytes(b"1")
    assert _looks(watch, clock, 0, 100) == [[], []]
    twin.unlink()
    assert _looks(watch, clock, 1) == [["a.png"]]


def test_an_empty_file_comes_after_a_while(folder, clock):
    (folder / "a.png").write_bytes(b"")
    assert _looks(Watch(folder, {}, clock), clock, 0, 30, 31) == [[], [], ["a.png"]]


def test_folders_inside_are_watched_and_links_are_not_followed(folder, tmp_path, clock):
    inside = folder / "2026-11"
    inside.mkdir()
    (inside / "b.png").write_bytes(b"1")
    (folder / "round").symlink_to(folder)
    assert _looks(Watch(folder, {}, clock), clock, 0, 3) == [[], ["b.png"]]


def test_a_folder_that_goes_away_is_an_error(folder, clock):
    watch = Watch(folder, {}, clock)
    folder.rmdir()
    with pytest.raises(FileNotFoundError):
        watch.look()


def test_what_a_case_has_does_not_come_again_unless_it_changed(empty_case, folder, clock, picture):
    (folder / "have.png").write_bytes(picture.read_bytes())
    (folder / "bad.png").write_bytes(b"no picture")
    import_paths(empty_case, [folder], ImportOptions(), Task())
    watch = Watch(folder, known_files(empty_case), clock)
    assert _looks(watch, clock, 0, 100) == [[], []]
    (folder / "have.png").write_bytes(b"another one")
    assert _looks(watch, clock, 0, 3) == [[], ["have.png"]]
