"""An import waits, goes on, and tries again what could not be read."""

from __future__ import annotations

import shutil
import threading
import zipfile
from pathlib import Path

import pytest

from smsdesk.domain.cases import ImportStatus, SourceDevice
from smsdesk.domain.errors import SetAsideReason
from smsdesk.domain.times import CaptureSource
from smsdesk.ocr.registry import engine
from smsdesk.resources import resource
from smsdesk.services import importing, listing, storing
from smsdesk.services.gathering import gather, pasted
from smsdesk.services.importing import ImportOptions, import_paths, resume_import, try_again
from smsdesk.services.jobs import Cancelled, Task
from smsdesk.services.readers import ThreadReader
from smsdesk.services.reading_queue import read_waiting
from smsdesk.services.storing import Answers
from smsdesk.services.verifying import verify

PICTURES = [resource("samples", name) for name in ("IMG_0412.PNG", "IMG_0437.PNG")]


def _states(case):
    with case.view() as work:
        return [(Path(i.path).name, i.status, i.reason) for i in work.queue.all()]


def test_a_file_is_tried_again_where_it_lay(empty_case, tmp_path, picture):
    path = tmp_path / "later.png"
    mother = SourceDevice(0, "母亲的手机")
    import_paths(empty_case, [path], ImportOptions(device=mother), Task())
    assert _states(empty_case) == [("later.png", "set_aside", SetAsideReason.MISSING)]
    (aside,) = listing.set_aside(empty_case)

    report = try_again(empty_case, [aside.id], ImportOptions(), Task())
    assert report.with_status(ImportStatus.SET_ASIDE)  # it is still not there
    shutil.copy(picture, path)
    report = try_again(empty_case, [aside.id], ImportOptions(), Task())

    assert report.messages > 0
    assert _states(empty_case) == [("later.png", "imported", None)]
    (original,) = listing.originals(empty_case)
    with empty_case.view() as work:
        assert work.devices.get(original.device_id).name == "母亲的手机"
    assert verify(empty_case, Task()).ok


def test_a_member_of_an_archive_is_tried_again(empty_case, tmp_path, picture):
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a/one.png", b"no picture")
    import_paths(empty_case, [archive], ImportOptions(), Task())
    (aside,) = listing.set_aside(empty_case)
    with zipfile.ZipFile(archive, "w") as file:
        file.write(picture, "a/one.png")
    assert try_again(empty_case, [aside.id], ImportOptions(), Task()).messages > 0
    archive.unlink()
    assert listing.set_aside(empty_case) == []


def test_a_member_that_its_archive_lost_is_missing(empty_case, tmp_path):
    archive = tmp_path / "all.zip"
    for name in ("one.png", "two.png"):
        with zipfile.ZipFile(archive, "w") as file:
            file.writestr(name, b"no picture")
        if name == "one.png":
            import_paths(empty_case, [archive], ImportOptions(), Task())
    (aside,) = listing.set_aside(empty_case)
    (item,) = try_again(empty_case, [aside.id], ImportOptions(), Task()).files
    assert item.reason == SetAsideReason.MISSING


def test_reading_that_failed_is_tried_again_without_the_file(
    empty_case, tmp_path, picture, monkeypatch
):
    copy = Path(shutil.copy(picture, tmp_path / "copy.png"))
    with monkeypatch.context() as patch:
        patch.setattr(importing, "engine_named", lambda _name: _Broken())
        import_paths(empty_case, [copy], ImportOptions(), Task())
    (aside,) = listing.set_aside(empty_case)
    assert aside.reason == SetAsideReason.READ_FAILED
    copy.unlink()
    assert try_again(empty_case, [aside.id], ImportOptions(), Task()).messages > 0
    assert _states(empty_case) == [("copy.png", "imported", None)]


class _Broken:
    """The real engine's name on one that always fails."""

    def __init__(self):
        self.identity = engine().identity

    def read(self, image):
        raise IndexError("a bug of ours")


def test_an_import_cut_short_while_storing_goes_on(empty_case):
    batch = storing.begin(empty_case, PICTURES, Answers(SourceDevice(0, "手机甲")))
    task = Task()
    stop_at_second(task)
    with pytest.raises(Cancelled):
        storing.store(empty_case, batch, list(gather(PICTURES)), task)
    assert listing.summary(empty_case).originals == 1

    report = resume_import(empty_case, ImportOptions(), Task())
    assert listing.summary(empty_case).originals == 2
    assert [f.status for f in report.files].count(ImportStatus.IMPORTED) == 2
    assert not report.with_status(ImportStatus.DUPLICATE)
    with empty_case.view() as work:
        assert work.queue.cut_short() == []


def stop_at_second(task):
    """Let *task* be cancelled as the second file's turn comes."""
    seen = []

    def count(_progress):
        seen.append(1)
        if len(seen) == 2:
            task.cancel()

    task.on_progress = count


def test_a_paused_import_keeps_what_is_read_and_goes_on(empty_case):
    batch = storing.begin(empty_case, PICTURES, Answers())
    storing.store(empty_case, batch, list(gather(PICTURES)), Task())
    task, resting = Task(), threading.Event()

    def pause_after_the_first(progress):
        if progress.done == 1 and not resting.is_set():
            task.pause()
            resting.set()

    task.on_progress = pause_after_the_first
    results = []
    thread = threading.Thread(
        target=lambda: results.append(read_waiting(empty_case, ThreadReader(engine()), 1, task))
    )
    thread.start()
    assert resting.wait(60)
    thread.join(0.2)
    assert thread.is_alive()
    assert importing.waiting(empty_case) == 1
    with empty_case.work() as work:  # a person may write meanwhile
        work.queue.counts()
    task.resume()
    thread.join(60)
    assert len(results[0].items) == 2


def test_a_cancel_ends_a_pause():
    task = Task()
    task.pause()
    threading.Timer(0.05, task.cancel).start()
    with pytest.raises(Cancelled):
        task.step(0, 1)


def test_messages_come_before_the_end_where_asked_for(empty_case, monkeypatch):
    monkeypatch.setattr("smsdesk.services.reading_queue._EARLY_EVERY", 0.0)
    monkeypatch.setattr("smsdesk.services.reading_queue._EARLY_SHARE", 0)
    batch = storing.begin(empty_case, PICTURES, Answers())
    storing.store(empty_case, batch, list(gather(PICTURES)), Task())
    seen = []

    def joined():
        seen.append(listing.summary(empty_case).messages.total)

    result = read_waiting(empty_case, ThreadReader(engine()), 1, Task(), joined)
    total = listing.summary(empty_case).messages.total
    assert 0 < seen[0] < total
    assert result.messages == total


def test_what_is_stored_meanwhile_is_read_as_well(empty_case):
    first, second = PICTURES
    storing.take_in(empty_case, [first], Answers(), Task())
    task = Task()

    def add(_progress):
        task.on_progress = lambda _: None
        storing.take_in(empty_case, [second], Answers(), Task())

    task.on_progress = add
    assert len(read_waiting(empty_case, ThreadReader(engine()), 1, task).items) == 2


def test_a_picture_from_the_clipboard_says_so_and_claims_no_moment(empty_case, tmp_path):
    file = pasted(PICTURES[1].read_bytes(), storing.now())
    importing.import_files(empty_case, [file], ImportOptions(), Task())
    (original,) = listing.originals(empty_case)
    assert original.file_name.startswith("剪贴板图片 ")
    assert original.source.startswith("剪贴板 20")
    assert original.captured.source != CaptureSource.FILE_NAME
    with empty_case.view() as work:
        assert work.queue.cut_short() == []
